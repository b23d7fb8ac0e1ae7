-- FirstAdmin finds one

SELECT CASE
    WHEN EXISTS (
        SELECT 1
        FROM [users] AS [u]
        WHERE EXISTS (
            SELECT 1
            FROM [user_roles] AS [u0]
            WHERE [u].[id] = [u0].[user_id] AND [u0].[role] = N'admin')) THEN CAST(1 AS bit)
    ELSE CAST(0 AS bit)
END

-- FirstAdmin makes one

SELECT CASE
    WHEN EXISTS (
        SELECT 1
        FROM [users] AS [u]
        WHERE EXISTS (
            SELECT 1
            FROM [user_roles] AS [u0]
            WHERE [u].[id] = [u0].[user_id] AND [u0].[role] = N'admin')) THEN CAST(1 AS bit)
    ELSE CAST(0 AS bit)
END

-- BEGIN TRANSACTION, ReadCommitted

-- @taken Int OUTPUT, @p0 NVarChar, @p1 NVarChar, @p2 Int
EXEC @taken = sp_getapplock @Resource = @p0, @LockMode = @p1, @LockOwner = 'Transaction', @LockTimeout = @p2

SELECT CASE
    WHEN EXISTS (
        SELECT 1
        FROM [users] AS [u]
        WHERE EXISTS (
            SELECT 1
            FROM [user_roles] AS [u0]
            WHERE [u].[id] = [u0].[user_id] AND [u0].[role] = N'admin')) THEN CAST(1 AS bit)
    ELSE CAST(0 AS bit)
END

SELECT CASE
    WHEN EXISTS (
        SELECT 1
        FROM [users] AS [u]
        WHERE [u].[username] = N'admin') THEN CAST(1 AS bit)
    ELSE CAST(0 AS bit)
END

SELECT NEXT VALUE FOR [dbo].[user_ids]

SAVE TRANSACTION [__EFSavePoint];

-- @p0 BigInt, @p1 NVarChar, @p2 DateTimeOffset, @p3 NVarChar, @p4 UniqueIdentifier, @p5 BigInt, @p6 NVarChar, @p7 BigInt, @p8 DateTimeOffset, @p9 NVarChar, @p10 DateTimeOffset, @p11 BigInt, @p12 NVarChar, @p13 NVarChar, @p14 NVarChar, @p15 DateTimeOffset, @p16 NVarChar, @p17 BigInt, @p18 BigInt, @p19 NVarChar, @p20 Bit, @p21 NVarChar, @p22 NVarChar, @p23 NVarChar, @p24 UniqueIdentifier, @p25 BigInt, @p26 NVarChar, @p27 Int, @p28 DateTimeOffset, @p29 NVarChar, @p30 UniqueIdentifier, @p31 DateTimeOffset, @p32 BigInt, @p33 NVarChar, @p34 NVarChar, @p35 BigInt
SET NOCOUNT ON;
INSERT INTO [outbox] ([aggregate_id], [aggregate_type], [created_at], [data], [event_id], [sequence], [type])
OUTPUT INSERTED.[id]
VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6);
INSERT INTO [users] ([id], [created_at], [email], [erased_at], [event_sequence], [first_name], [gender], [last_name], [updated_at], [username], [version])
VALUES (@p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17);
INSERT INTO [accounts] ([id], [concurrency_stamp], [email_confirmed], [password_hash], [security_stamp])
VALUES (@p18, @p19, @p20, @p21, @p22);
INSERT INTO [outbox_deliveries] ([consumer], [event_id], [aggregate_id], [aggregate_type], [attempts], [finished_at], [last_error], [lease_owner], [next_attempt_at], [sequence], [status])
VALUES (@p23, @p24, @p25, @p26, @p27, @p28, @p29, @p30, @p31, @p32, @p33);
INSERT INTO [user_roles] ([role], [user_id])
VALUES (@p34, @p35);

-- COMMIT
