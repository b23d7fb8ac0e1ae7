-- WebhookFiling files

SELECT [w].[id] AS [Id], [w].[events] AS [EventTypes]
FROM [webhooks] AS [w]
WHERE [w].[active] = CAST(1 AS bit)

-- @happened_AggregateType NVarChar, @happened_AggregateId BigInt
SELECT [w].[webhook_id] AS [WebhookId], MAX([w].[next_attempt_at]) AS [Until]
FROM [webhook_deliveries] AS [w]
WHERE [w].[status] = N'waiting' AND [w].[lease_owner] IS NULL AND [w].[aggregate_type] = @happened_AggregateType AND [w].[aggregate_id] = @happened_AggregateId
GROUP BY [w].[webhook_id]

-- @p0 BigInt, @p1 NVarChar, @p2 Int, @p3 NVarChar, @p4 DateTimeOffset, @p5 UniqueIdentifier, @p6 NVarChar, @p7 DateTimeOffset, @p8 DateTimeOffset, @p9 NVarChar, @p10 Int, @p11 UniqueIdentifier, @p12 DateTimeOffset, @p13 BigInt, @p14 NVarChar, @p15 BigInt
SET IMPLICIT_TRANSACTIONS OFF;
SET NOCOUNT ON;
INSERT INTO [webhook_deliveries] ([aggregate_id], [aggregate_type], [attempts], [body], [created_at], [event_id], [event_type], [finished_at], [give_up_at], [last_error], [last_status], [lease_owner], [next_attempt_at], [sequence], [status], [webhook_id])
OUTPUT INSERTED.[id]
VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15);
