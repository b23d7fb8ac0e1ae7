-- WebhookWorker finds who has something due

-- @now DateTimeOffset
SELECT [w].[id]
FROM [webhooks] AS [w]
WHERE [w].[active] = CAST(1 AS bit) AND EXISTS (
    SELECT 1
    FROM [webhook_deliveries] AS [w0]
    WHERE [w0].[webhook_id] = [w].[id] AND [w0].[status] = N'waiting' AND [w0].[next_attempt_at] <= @now)

-- WebhookWorker fails and pauses

-- @webhookId BigInt
SELECT TOP(2) [w].[id], [w].[created_at], [w].[event_sequence], [w].[events], [w].[active], [w].[old_secret_ends_at], [w].[protected_old_secret], [w].[protected_secret], [w].[updated_at], [w].[url], [w].[version]
FROM [webhooks] AS [w]
WHERE [w].[id] = @webhookId AND [w].[active] = CAST(1 AS bit)

-- @p0 Int, @p1 UniqueIdentifier, @p2 DateTimeOffset, @p3 BigInt, @p4 DateTimeOffset
UPDATE TOP (@p0) webhook_deliveries SET lease_owner = @p1, attempts = attempts + 1, next_attempt_at = @p2
OUTPUT inserted.id AS [Value]
WHERE webhook_id = @p3 AND status = 'waiting' AND next_attempt_at <= @p4
    AND sequence = (
        SELECT MIN(ahead.sequence) FROM webhook_deliveries ahead
        WHERE ahead.webhook_id = webhook_deliveries.webhook_id AND ahead.status = 'waiting'
            AND ahead.aggregate_type = webhook_deliveries.aggregate_type AND ahead.aggregate_id = webhook_deliveries.aggregate_id)

-- @claimed1 BigInt
SELECT [w].[id], [w].[aggregate_id], [w].[aggregate_type], [w].[attempts], [w].[body], [w].[created_at], [w].[event_id], [w].[event_type], [w].[finished_at], [w].[give_up_at], [w].[last_error], [w].[last_status], [w].[lease_owner], [w].[next_attempt_at], [w].[sequence], [w].[status], [w].[webhook_id]
FROM [webhook_deliveries] AS [w]
WHERE [w].[id] = @claimed1

-- @p DateTimeOffset, @p4 NVarChar, @Row_Id BigInt, @Owner UniqueIdentifier
UPDATE [w]
SET [w].[next_attempt_at] = @p,
    [w].[last_status] = NULL,
    [w].[last_error] = @p4,
    [w].[lease_owner] = NULL
FROM [webhook_deliveries] AS [w]
WHERE [w].[id] = @Row_Id AND [w].[lease_owner] = @Owner AND [w].[status] = N'waiting'

-- @p DateTimeOffset, @row_WebhookId BigInt, @row_AggregateType NVarChar, @row_AggregateId BigInt, @row_Sequence BigInt, @next DateTimeOffset
UPDATE [w]
SET [w].[next_attempt_at] = @p
FROM [webhook_deliveries] AS [w]
WHERE [w].[webhook_id] = @row_WebhookId AND [w].[status] = N'waiting' AND [w].[lease_owner] IS NULL AND [w].[aggregate_type] = @row_AggregateType AND [w].[aggregate_id] = @row_AggregateId AND [w].[sequence] > @row_Sequence AND [w].[next_attempt_at] < @next

-- WebhookWorker gives up

-- @webhookId BigInt
SELECT TOP(2) [w].[id], [w].[created_at], [w].[event_sequence], [w].[events], [w].[active], [w].[old_secret_ends_at], [w].[protected_old_secret], [w].[protected_secret], [w].[updated_at], [w].[url], [w].[version]
FROM [webhooks] AS [w]
WHERE [w].[id] = @webhookId AND [w].[active] = CAST(1 AS bit)

-- @p0 Int, @p1 UniqueIdentifier, @p2 DateTimeOffset, @p3 BigInt, @p4 DateTimeOffset
UPDATE TOP (@p0) webhook_deliveries SET lease_owner = @p1, attempts = attempts + 1, next_attempt_at = @p2
OUTPUT inserted.id AS [Value]
WHERE webhook_id = @p3 AND status = 'waiting' AND next_attempt_at <= @p4
    AND sequence = (
        SELECT MIN(ahead.sequence) FROM webhook_deliveries ahead
        WHERE ahead.webhook_id = webhook_deliveries.webhook_id AND ahead.status = 'waiting'
            AND ahead.aggregate_type = webhook_deliveries.aggregate_type AND ahead.aggregate_id = webhook_deliveries.aggregate_id)

-- @claimed1 BigInt
SELECT [w].[id], [w].[aggregate_id], [w].[aggregate_type], [w].[attempts], [w].[body], [w].[created_at], [w].[event_id], [w].[event_type], [w].[finished_at], [w].[give_up_at], [w].[last_error], [w].[last_status], [w].[lease_owner], [w].[next_attempt_at], [w].[sequence], [w].[status], [w].[webhook_id]
FROM [webhook_deliveries] AS [w]
WHERE [w].[id] = @claimed1

-- @p NVarChar, @p3 DateTimeOffset, @p5 NVarChar, @Row_Id BigInt, @Owner UniqueIdentifier
UPDATE [w]
SET [w].[status] = @p,
    [w].[finished_at] = @p3,
    [w].[last_status] = NULL,
    [w].[last_error] = @p5,
    [w].[lease_owner] = NULL
FROM [webhook_deliveries] AS [w]
WHERE [w].[id] = @Row_Id AND [w].[lease_owner] = @Owner AND [w].[status] = N'waiting'
