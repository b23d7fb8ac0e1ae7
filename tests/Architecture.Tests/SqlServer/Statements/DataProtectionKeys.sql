-- DataProtectionKeys reads

SELECT [d].[xml]
FROM [data_protection_keys] AS [d]
ORDER BY [d].[id]
