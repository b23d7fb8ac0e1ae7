-- SandboxGateway finds a payment

-- @query_Key NVarChar
SELECT TOP(2) [s].[reference], [s].[amount], [s].[currency], [s].[key], [s].[method], [s].[order_id], [s].[refunded], [s].[status]
FROM [sandbox_payments] AS [s]
WHERE [s].[key] = @query_Key

-- SandboxGateway finds a refund

-- @key NVarChar
SELECT TOP(2) [s].[key], [s].[amount], [s].[created_at], [s].[move], [s].[order_id], [s].[reference]
FROM [sandbox_ledger] AS [s]
WHERE [s].[key] = @key

-- SandboxGateway reserves

-- BEGIN TRANSACTION, ReadCommitted

-- @taken Int OUTPUT, @p0 NVarChar, @p1 NVarChar, @p2 Int
EXEC @taken = sp_getapplock @Resource = @p0, @LockMode = @p1, @LockOwner = 'Transaction', @LockTimeout = @p2

-- @charge_Key NVarChar
SELECT TOP(2) [s].[reference], [s].[amount], [s].[currency], [s].[key], [s].[method], [s].[order_id], [s].[refunded], [s].[status]
FROM [sandbox_payments] AS [s]
WHERE [s].[key] = @charge_Key

-- @p0 NVarChar, @p1 Decimal, @p2 NVarChar, @p3 NVarChar, @p4 NVarChar, @p5 BigInt, @p6 Decimal, @p7 NVarChar
SET IMPLICIT_TRANSACTIONS OFF;
SET NOCOUNT ON;
INSERT INTO [sandbox_payments] ([reference], [amount], [currency], [key], [method], [order_id], [refunded], [status])
VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7);

-- COMMIT
