-- SqlServerSandboxBooks reserves

-- BEGIN TRANSACTION, ReadCommitted

-- @taken Int OUTPUT, @p0 NVarChar, @p1 NVarChar, @p2 Int
EXEC @taken = sp_getapplock @Resource = @p0, @LockMode = @p1, @LockOwner = 'Transaction', @LockTimeout = @p2

-- @payment_Key NVarChar
SELECT TOP(2) [s].[reference], [s].[amount], [s].[currency], [s].[key], [s].[method], [s].[order_id], [s].[refunded], [s].[status]
FROM [sandbox_payments] AS [s]
WHERE [s].[key] = @payment_Key

-- @p0 NVarChar, @p1 Decimal, @p2 NVarChar, @p3 NVarChar, @p4 NVarChar, @p5 BigInt, @p6 Decimal, @p7 NVarChar
SET IMPLICIT_TRANSACTIONS OFF;
SET NOCOUNT ON;
INSERT INTO [sandbox_payments] ([reference], [amount], [currency], [key], [method], [order_id], [refunded], [status])
VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7);

-- COMMIT

-- SqlServerSandboxBooks moves

-- BEGIN TRANSACTION, ReadCommitted

-- @taken Int OUTPUT, @p0 NVarChar, @p1 NVarChar, @p2 Int
EXEC @taken = sp_getapplock @Resource = @p0, @LockMode = @p1, @LockOwner = 'Transaction', @LockTimeout = @p2

-- @call_Key NVarChar
SELECT CASE
    WHEN EXISTS (
        SELECT 1
        FROM [sandbox_ledger] AS [s]
        WHERE [s].[key] = @call_Key) THEN CAST(1 AS bit)
    ELSE CAST(0 AS bit)
END

-- @p NVarChar, @call_Back Decimal, @call_Reference NVarChar, @call_From NVarChar
UPDATE [s]
SET [s].[status] = @p,
    [s].[refunded] = [s].[refunded] + @call_Back
FROM [sandbox_payments] AS [s]
WHERE [s].[reference] = @call_Reference AND [s].[status] = @call_From AND [s].[refunded] + @call_Back <= [s].[amount]

-- @call_Reference NVarChar
SELECT TOP(2) [s].[reference], [s].[amount], [s].[currency], [s].[key], [s].[method], [s].[order_id], [s].[refunded], [s].[status]
FROM [sandbox_payments] AS [s]
WHERE [s].[reference] = @call_Reference
