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
