-- SqlServerTextSearch finds by words

-- @p Int, @begin_startswith NVarChar, @word_contains NVarChar, @begin2_startswith NVarChar, @word3_contains NVarChar
-- page

SELECT [p4].[id], [p4].[sku], [p4].[name], [p4].[description], CAST([p4].[price] AS decimal(18,2)), [c].[name], [p4].[category_id], [p4].[image_url], [p4].[stock], [p4].[seller_id], CASE
    WHEN [p4].[review_count] = 0 THEN NULL
    ELSE [p4].[rating]
END, [p4].[review_count], [p4].[created_at], [p4].[updated_at], [p4].[version]
FROM (
    SELECT TOP(@p) [p].[id], [p].[category_id], [p].[created_at], [p].[description], [p].[image_url], [p].[name], [p].[price], [p].[rating], [p].[review_count], [p].[seller_id], [p].[sku], [p].[stock], [p].[updated_at], [p].[version]
    FROM [products] AS [p]
    WHERE [p].[deleted_at] IS NULL AND [p].[id] IN (
        SELECT [p0].[product_id]
        FROM [product_words] AS [p0]
        WHERE [p0].[word] LIKE @begin_startswith ESCAPE N'\'
        UNION
        SELECT [p1].[id] AS [product_id]
        FROM [products] AS [p1]
        WHERE [p1].[deleted_at] IS NULL AND [p1].[has_words] = CAST(0 AS bit)
    ) AND [p].[search_text] LIKE @word_contains ESCAPE N'\' AND [p].[id] IN (
        SELECT [p2].[product_id]
        FROM [product_words] AS [p2]
        WHERE [p2].[word] LIKE @begin2_startswith ESCAPE N'\'
        UNION
        SELECT [p3].[id] AS [product_id]
        FROM [products] AS [p3]
        WHERE [p3].[deleted_at] IS NULL AND [p3].[has_words] = CAST(0 AS bit)
    ) AND [p].[search_text] LIKE @word3_contains ESCAPE N'\'
    ORDER BY [p].[created_at] DESC, [p].[id] DESC
) AS [p4]
LEFT JOIN [categories] AS [c] ON [p4].[category_id] = [c].[id]
ORDER BY [p4].[created_at] DESC, [p4].[id] DESC

-- SqlServerTextSearch finds by what is in no list

-- @p Int, @word_contains NVarChar
-- page

SELECT [p0].[id], [p0].[sku], [p0].[name], [p0].[description], CAST([p0].[price] AS decimal(18,2)), [c].[name], [p0].[category_id], [p0].[image_url], [p0].[stock], [p0].[seller_id], CASE
    WHEN [p0].[review_count] = 0 THEN NULL
    ELSE [p0].[rating]
END, [p0].[review_count], [p0].[created_at], [p0].[updated_at], [p0].[version]
FROM (
    SELECT TOP(@p) [p].[id], [p].[category_id], [p].[created_at], [p].[description], [p].[image_url], [p].[name], [p].[price], [p].[rating], [p].[review_count], [p].[seller_id], [p].[sku], [p].[stock], [p].[updated_at], [p].[version]
    FROM [products] AS [p]
    WHERE [p].[deleted_at] IS NULL AND [p].[search_text] LIKE @word_contains ESCAPE N'\'
    ORDER BY [p].[created_at] DESC, [p].[id] DESC
) AS [p0]
LEFT JOIN [categories] AS [c] ON [p0].[category_id] = [c].[id]
ORDER BY [p0].[created_at] DESC, [p0].[id] DESC

-- SqlServerTextSearch ranks

-- @word4 NVarChar, @word5 NVarChar, @word6 NVarChar, @word7 NVarChar, @word8 NVarChar, @word9 NVarChar, @p Int, @begin_startswith NVarChar, @word_contains NVarChar, @begin2_startswith NVarChar, @word3_contains NVarChar
-- page

SELECT [p4].[id], [p4].[sku], [p4].[name], [p4].[description], CAST([p4].[price] AS decimal(18,2)), [c].[name], [p4].[category_id], [p4].[image_url], [p4].[stock], [p4].[seller_id], CASE
    WHEN [p4].[review_count] = 0 THEN NULL
    ELSE [p4].[rating]
END, [p4].[review_count], [p4].[created_at], [p4].[updated_at], [p4].[version], CASE
    WHEN CAST(CHARINDEX(@word4, [p4].[search_text]) AS int) - CASE
        WHEN @word4 = N'' THEN 0
        ELSE 1
    END < CAST(CHARINDEX(N' ', [p4].[search_text]) AS int) - 1 AND CAST(CHARINDEX(@word5, [p4].[search_text]) AS int) - CASE
        WHEN @word5 = N'' THEN 0
        ELSE 1
    END < CAST(CHARINDEX(N' ', [p4].[search_text]) AS int) - 1 THEN 3
    WHEN CAST(CHARINDEX(@word6, [p4].[search_text]) AS int) - CASE
        WHEN @word6 = N'' THEN 0
        ELSE 1
    END < CAST(LEN([p4].[name]) AS int) AND CAST(CHARINDEX(@word7, [p4].[search_text]) AS int) - CASE
        WHEN @word7 = N'' THEN 0
        ELSE 1
    END < CAST(LEN([p4].[name]) AS int) THEN 2
    WHEN CAST(CHARINDEX(@word8, [p4].[search_text]) AS int) - CASE
        WHEN @word8 = N'' THEN 0
        ELSE 1
    END <= CAST(LEN([p4].[name]) AS int) + CAST(LEN([p4].[sku]) AS int) AND CAST(CHARINDEX(@word9, [p4].[search_text]) AS int) - CASE
        WHEN @word9 = N'' THEN 0
        ELSE 1
    END <= CAST(LEN([p4].[name]) AS int) + CAST(LEN([p4].[sku]) AS int) THEN 1
    ELSE 0
END
FROM (
    SELECT TOP(@p) [p].[id], [p].[category_id], [p].[created_at], [p].[description], [p].[image_url], [p].[name], [p].[price], [p].[rating], [p].[review_count], [p].[search_text], [p].[seller_id], [p].[sku], [p].[stock], [p].[updated_at], [p].[version], CASE
        WHEN CAST(CHARINDEX(@word4, [p].[search_text]) AS int) - CASE
            WHEN @word4 = N'' THEN 0
            ELSE 1
        END < CAST(CHARINDEX(N' ', [p].[search_text]) AS int) - 1 AND CAST(CHARINDEX(@word5, [p].[search_text]) AS int) - CASE
            WHEN @word5 = N'' THEN 0
            ELSE 1
        END < CAST(CHARINDEX(N' ', [p].[search_text]) AS int) - 1 THEN 3
        WHEN CAST(CHARINDEX(@word6, [p].[search_text]) AS int) - CASE
            WHEN @word6 = N'' THEN 0
            ELSE 1
        END < CAST(LEN([p].[name]) AS int) AND CAST(CHARINDEX(@word7, [p].[search_text]) AS int) - CASE
            WHEN @word7 = N'' THEN 0
            ELSE 1
        END < CAST(LEN([p].[name]) AS int) THEN 2
        WHEN CAST(CHARINDEX(@word8, [p].[search_text]) AS int) - CASE
            WHEN @word8 = N'' THEN 0
            ELSE 1
        END <= CAST(LEN([p].[name]) AS int) + CAST(LEN([p].[sku]) AS int) AND CAST(CHARINDEX(@word9, [p].[search_text]) AS int) - CASE
            WHEN @word9 = N'' THEN 0
            ELSE 1
        END <= CAST(LEN([p].[name]) AS int) + CAST(LEN([p].[sku]) AS int) THEN 1
        ELSE 0
    END AS [c]
    FROM [products] AS [p]
    WHERE [p].[deleted_at] IS NULL AND [p].[id] IN (
        SELECT [p0].[product_id]
        FROM [product_words] AS [p0]
        WHERE [p0].[word] LIKE @begin_startswith ESCAPE N'\'
        UNION
        SELECT [p1].[id] AS [product_id]
        FROM [products] AS [p1]
        WHERE [p1].[deleted_at] IS NULL AND [p1].[has_words] = CAST(0 AS bit)
    ) AND [p].[search_text] LIKE @word_contains ESCAPE N'\' AND [p].[id] IN (
        SELECT [p2].[product_id]
        FROM [product_words] AS [p2]
        WHERE [p2].[word] LIKE @begin2_startswith ESCAPE N'\'
        UNION
        SELECT [p3].[id] AS [product_id]
        FROM [products] AS [p3]
        WHERE [p3].[deleted_at] IS NULL AND [p3].[has_words] = CAST(0 AS bit)
    ) AND [p].[search_text] LIKE @word3_contains ESCAPE N'\'
    ORDER BY CASE
        WHEN CAST(CHARINDEX(@word4, [p].[search_text]) AS int) - CASE
            WHEN @word4 = N'' THEN 0
            ELSE 1
        END < CAST(CHARINDEX(N' ', [p].[search_text]) AS int) - 1 AND CAST(CHARINDEX(@word5, [p].[search_text]) AS int) - CASE
            WHEN @word5 = N'' THEN 0
            ELSE 1
        END < CAST(CHARINDEX(N' ', [p].[search_text]) AS int) - 1 THEN 3
        WHEN CAST(CHARINDEX(@word6, [p].[search_text]) AS int) - CASE
            WHEN @word6 = N'' THEN 0
            ELSE 1
        END < CAST(LEN([p].[name]) AS int) AND CAST(CHARINDEX(@word7, [p].[search_text]) AS int) - CASE
            WHEN @word7 = N'' THEN 0
            ELSE 1
        END < CAST(LEN([p].[name]) AS int) THEN 2
        WHEN CAST(CHARINDEX(@word8, [p].[search_text]) AS int) - CASE
            WHEN @word8 = N'' THEN 0
            ELSE 1
        END <= CAST(LEN([p].[name]) AS int) + CAST(LEN([p].[sku]) AS int) AND CAST(CHARINDEX(@word9, [p].[search_text]) AS int) - CASE
            WHEN @word9 = N'' THEN 0
            ELSE 1
        END <= CAST(LEN([p].[name]) AS int) + CAST(LEN([p].[sku]) AS int) THEN 1
        ELSE 0
    END DESC, [p].[created_at] DESC, [p].[id] DESC
) AS [p4]
LEFT JOIN [categories] AS [c] ON [p4].[category_id] = [c].[id]
ORDER BY [p4].[c] DESC, [p4].[created_at] DESC, [p4].[id] DESC
