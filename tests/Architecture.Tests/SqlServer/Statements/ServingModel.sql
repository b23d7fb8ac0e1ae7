-- ServingModel loads the newest

SELECT MAX([r].[id])
FROM [recommender_models] AS [r]

-- @newest BigInt
SELECT TOP(2) [r].[content]
FROM [recommender_models] AS [r]
WHERE [r].[id] = @newest
