-- DemoShop leaves a shop alone that has products

-- BEGIN TRANSACTION, ReadCommitted

-- @taken Int OUTPUT, @p0 NVarChar, @p1 NVarChar, @p2 Int
EXEC @taken = sp_getapplock @Resource = @p0, @LockMode = @p1, @LockOwner = 'Transaction', @LockTimeout = @p2

SELECT CASE
    WHEN EXISTS (
        SELECT 1
        FROM [products] AS [p]) THEN CAST(1 AS bit)
    ELSE CAST(0 AS bit)
END

-- COMMIT
