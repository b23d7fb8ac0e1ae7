-- ReportFiles reads

-- @reportId BigInt, @no Int
SELECT TOP(1) [r].[bytes]
FROM [report_chunks] AS [r]
WHERE [r].[report_id] = @reportId AND [r].[no] = @no
