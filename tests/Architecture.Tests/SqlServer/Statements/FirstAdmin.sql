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

-- @taken Int OUTPUT, @p0 NVarChar, @p1 NVarChar, @p2 Int
EXEC @taken = sp_getapplock @Resource = @p0, @LockMode = @p1, @LockOwner = 'Transaction', @LockTimeout = @p2

SELECT CASE
    WHEN EXISTS (
        SELECT 1
        FROM [webhooks] AS [w]
        WHERE [w].[active] = CAST(1 AS bit)) THEN CAST(1 AS bit)
    ELSE CAST(0 AS bit)
END

-- @p0 NVarChar, @p1 NVarChar, @p2 DateTimeOffset, @p3 NVarChar, @p4 BigInt, @p5 NVarChar, @p6 BigInt, @p7 BigInt, @p8 NVarChar, @p9 DateTimeOffset, @p10 NVarChar, @p11 UniqueIdentifier, @p12 BigInt, @p13 NVarChar, @p14 BigInt, @p15 DateTimeOffset, @p16 NVarChar, @p17 DateTimeOffset, @p18 BigInt, @p19 NVarChar, @p20 NVarChar, @p21 NVarChar, @p22 DateTimeOffset, @p23 NVarChar, @p24 BigInt, @p25 BigInt, @p26 NVarChar, @p27 Bit, @p28 NVarChar, @p29 NVarChar, @p30 NVarChar, @p31 UniqueIdentifier, @p32 BigInt, @p33 NVarChar, @p34 Int, @p35 DateTimeOffset, @p36 NVarChar, @p37 UniqueIdentifier, @p38 DateTimeOffset, @p39 BigInt, @p40 NVarChar, @p41 NVarChar, @p42 BigInt
SET NOCOUNT ON;
INSERT INTO [audit_log] ([action], [address], [at], [changes], [subject_id], [subject_type], [user_id])
VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6);
SELECT [id]
FROM [audit_log]
WHERE @@ROWCOUNT = 1 AND [id] = scope_identity();

INSERT INTO [outbox] ([aggregate_id], [aggregate_type], [created_at], [data], [event_id], [sequence], [type])
OUTPUT INSERTED.[id]
VALUES (@p7, @p8, @p9, @p10, @p11, @p12, @p13);
INSERT INTO [users] ([id], [created_at], [email], [erased_at], [event_sequence], [first_name], [gender], [last_name], [updated_at], [username], [version])
VALUES (@p14, @p15, @p16, @p17, @p18, @p19, @p20, @p21, @p22, @p23, @p24);
INSERT INTO [accounts] ([id], [concurrency_stamp], [email_confirmed], [password_hash], [security_stamp])
VALUES (@p25, @p26, @p27, @p28, @p29);
INSERT INTO [outbox_deliveries] ([consumer], [event_id], [aggregate_id], [aggregate_type], [attempts], [finished_at], [last_error], [lease_owner], [next_attempt_at], [sequence], [status])
VALUES (@p30, @p31, @p32, @p33, @p34, @p35, @p36, @p37, @p38, @p39, @p40);
INSERT INTO [user_roles] ([role], [user_id])
VALUES (@p41, @p42);
