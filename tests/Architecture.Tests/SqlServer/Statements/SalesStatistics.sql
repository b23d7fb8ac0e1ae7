-- SalesStatistics best customer

-- BEGIN TRANSACTION, Snapshot

-- @p Int, @byYear SmallInt, @firstYear Date, @lastYear Date, @range_From Date, @range_To Date
SELECT TOP(@p) [u3].[SubjectId] AS [Id], COALESCE(SUM([u3].[Cents]), CAST(0 AS bigint)) AS [Cents], COALESCE(SUM([u3].[Orders]), CAST(0 AS bigint)) AS [Orders]
FROM (
    SELECT [s].[subject_id] AS [SubjectId], [s].[revenue_cents] AS [Cents], [s].[orders] AS [Orders]
    FROM [sales_totals] AS [s]
    WHERE [s].[series] = @byYear AND [s].[starts_on] >= @firstYear AND [s].[starts_on] <= @lastYear
    UNION ALL
    SELECT [s0].[subject_id] AS [SubjectId], [s0].[revenue_cents] AS [Cents], [s0].[orders] AS [Orders]
    FROM [sales_totals] AS [s0]
    WHERE 0 = 1
    UNION ALL
    SELECT [s1].[subject_id] AS [SubjectId], -[s1].[revenue_cents] AS [Cents], -[s1].[orders] AS [Orders]
    FROM [sales_totals] AS [s1]
    WHERE 0 = 1
    UNION ALL
    SELECT [s2].[subject_id] AS [SubjectId], [s2].[revenue_cents] AS [Cents], [s2].[orders] AS [Orders]
    FROM [sales_totals] AS [s2]
    WHERE 0 = 1
    UNION ALL
    SELECT [s3].[subject_id] AS [SubjectId], -[s3].[revenue_cents] AS [Cents], -[s3].[orders] AS [Orders]
    FROM [sales_totals] AS [s3]
    WHERE 0 = 1
    UNION ALL
    SELECT [s4].[user_id] AS [SubjectId], CAST([s4].[revenue] * 100.0 AS bigint) AS [Cents], [s4].[orders] AS [Orders]
    FROM [sales_entries] AS [s4]
    WHERE [s4].[day] >= @range_From AND [s4].[day] <= @range_To
) AS [u3]
GROUP BY [u3].[SubjectId]
HAVING COALESCE(SUM([u3].[Orders]), CAST(0 AS bigint)) > CAST(0 AS bigint) AND NOT EXISTS (
    SELECT 1
    FROM [users] AS [u4]
    WHERE [u4].[id] = [u3].[SubjectId] AND [u4].[erased_at] IS NOT NULL)
ORDER BY COALESCE(SUM([u3].[Cents]), CAST(0 AS bigint)) DESC, [u3].[SubjectId]

-- SalesStatistics best product

SELECT TOP(1) [p].[id], [p].[units_sold]
FROM [products] AS [p]
WHERE [p].[units_sold] > CAST(0 AS bigint)
ORDER BY [p].[units_sold] DESC, [p].[id]

-- SalesStatistics best products of some days

-- BEGIN TRANSACTION, Snapshot

-- @p Int, @byYear SmallInt, @firstYear Date, @lastYear Date, @byMonth SmallInt, @takenMonths1 Date, @takenMonths2 Date, @byDay SmallInt, @takenDays1 Date, @takenDays2 Date, @takenDays3 Date, @takenDays4 Date, @takenDays5 Date, @takenDays6 Date, @takenDays7 Date, @takenDays8 Date, @takenDays9 Date, @takenDays10 Date, @takenDays11 Date, @takenDays12 Date, @takenDays13 Date, @takenDays14 Date, @takenDays15 Date, @takenDays16 Date, @takenDays17 Date, @takenDays18 Date, @takenDays19 Date, @takenDays20 Date, @takenDays21 Date, @takenDays22 Date, @takenDays23 Date, @takenDays24 Date, @takenDays25 Date, @takenDays26 Date, @takenDays27 Date, @takenDays28 Date, @takenDays29 Date, @takenDays30 Date, @range_From Date, @range_To Date
SELECT TOP(@p) [u3].[SubjectId] AS [Id], COALESCE(SUM([u3].[Units]), CAST(0 AS bigint)) AS [Units], COALESCE(SUM([u3].[Cents]), CAST(0 AS bigint)) AS [Cents]
FROM (
    SELECT [s].[subject_id] AS [SubjectId], [s].[revenue_cents] AS [Cents], [s].[units] AS [Units]
    FROM [sales_totals] AS [s]
    WHERE [s].[series] = @byYear AND [s].[starts_on] >= @firstYear AND [s].[starts_on] <= @lastYear
    UNION ALL
    SELECT [s0].[subject_id] AS [SubjectId], [s0].[revenue_cents] AS [Cents], [s0].[units] AS [Units]
    FROM [sales_totals] AS [s0]
    WHERE 0 = 1
    UNION ALL
    SELECT [s1].[subject_id] AS [SubjectId], -[s1].[revenue_cents] AS [Cents], -[s1].[units] AS [Units]
    FROM [sales_totals] AS [s1]
    WHERE [s1].[series] = @byMonth AND [s1].[starts_on] IN (@takenMonths1, @takenMonths2)
    UNION ALL
    SELECT [s2].[subject_id] AS [SubjectId], [s2].[revenue_cents] AS [Cents], [s2].[units] AS [Units]
    FROM [sales_totals] AS [s2]
    WHERE 0 = 1
    UNION ALL
    SELECT [s3].[subject_id] AS [SubjectId], -[s3].[revenue_cents] AS [Cents], -[s3].[units] AS [Units]
    FROM [sales_totals] AS [s3]
    WHERE [s3].[series] = @byDay AND [s3].[starts_on] IN (@takenDays1, @takenDays2, @takenDays3, @takenDays4, @takenDays5, @takenDays6, @takenDays7, @takenDays8, @takenDays9, @takenDays10, @takenDays11, @takenDays12, @takenDays13, @takenDays14, @takenDays15, @takenDays16, @takenDays17, @takenDays18, @takenDays19, @takenDays20, @takenDays21, @takenDays22, @takenDays23, @takenDays24, @takenDays25, @takenDays26, @takenDays27, @takenDays28, @takenDays29, @takenDays30)
    UNION ALL
    SELECT [s4].[product_id] AS [SubjectId], CAST([s4].[revenue] * 100.0 AS bigint) AS [Cents], [s4].[units] AS [Units]
    FROM [sales_entries] AS [s4]
    WHERE [s4].[day] >= @range_From AND [s4].[day] <= @range_To AND [s4].[product_id] IS NOT NULL
) AS [u3]
GROUP BY [u3].[SubjectId]
HAVING COALESCE(SUM([u3].[Units]), CAST(0 AS bigint)) > CAST(0 AS bigint)
ORDER BY COALESCE(SUM([u3].[Units]), CAST(0 AS bigint)) DESC, [u3].[SubjectId]

-- SalesStatistics revenue

-- BEGIN TRANSACTION, Snapshot

-- @range_From Date, @range_To Date, @range_From2 Date, @range_To3 Date
SELECT [u].[StartsOn], COALESCE(SUM([u].[Revenue]), 0.0), COALESCE(SUM([u].[Units]), CAST(0 AS bigint)), COALESCE(SUM([u].[Orders]), CAST(0 AS bigint))
FROM (
    SELECT [s].[starts_on] AS [StartsOn], [s].[revenue] AS [Revenue], [s].[units] AS [Units], [s].[orders] AS [Orders]
    FROM [sales_totals] AS [s]
    WHERE [s].[series] = CAST(1 AS smallint) AND [s].[starts_on] >= @range_From AND [s].[starts_on] <= @range_To
    UNION ALL
    SELECT [s0].[day] AS [StartsOn], [s0].[revenue] AS [Revenue], [s0].[units] AS [Units], [s0].[orders] AS [Orders]
    FROM [sales_entries] AS [s0]
    WHERE [s0].[day] >= @range_From2 AND [s0].[day] <= @range_To3
) AS [u]
GROUP BY [u].[StartsOn]
ORDER BY [u].[StartsOn]
