-- WebhookDeliveries revives

-- @p NVarChar, @p3 Int, @p4 DateTimeOffset, @p5 DateTimeOffset, @id BigInt
UPDATE [w]
SET [w].[status] = @p,
    [w].[attempts] = @p3,
    [w].[next_attempt_at] = @p4,
    [w].[give_up_at] = @p5,
    [w].[finished_at] = NULL
FROM [webhook_deliveries] AS [w]
WHERE [w].[id] = @id AND [w].[status] <> N'waiting' AND EXISTS (
    SELECT 1
    FROM [webhooks] AS [w0]
    WHERE [w0].[id] = [w].[webhook_id] AND [w0].[active] = CAST(1 AS bit))
