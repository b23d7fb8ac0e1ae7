-- MailConsumer knows what it sent

-- @happened_EventId UniqueIdentifier, @kind NVarChar
SELECT CASE
    WHEN EXISTS (
        SELECT 1
        FROM [mails] AS [m]
        WHERE [m].[event_id] = @happened_EventId AND [m].[kind] = @kind AND [m].[status] <> N'sending') THEN CAST(1 AS bit)
    ELSE CAST(0 AS bit)
END
