-- CategoryTree reaches by id and name

-- @p0 BigInt
WITH steps(id, depth) AS (
    SELECT id, 1 FROM categories WHERE id = @p0
    UNION ALL
    SELECT below.id, steps.depth + 1 FROM categories below JOIN steps ON below.parent_id = steps.id)
SELECT id AS "Id", depth AS "Depth" FROM steps

-- @p0 NVarChar
WITH steps(id, depth) AS (
    SELECT id, 1 FROM categories WHERE name = @p0
    UNION ALL
    SELECT below.id, steps.depth + 1 FROM categories below JOIN steps ON below.parent_id = steps.id)
SELECT id AS "Id", depth AS "Depth" FROM steps

-- CategoryTree walks up

-- @p0 BigInt
WITH steps(id, parent_id, depth) AS (
    SELECT id, parent_id, 1 FROM categories WHERE id = @p0
    UNION ALL
    SELECT above.id, above.parent_id, steps.depth + 1 FROM categories above JOIN steps ON above.id = steps.parent_id)
SELECT id AS "Id", depth AS "Depth" FROM steps

-- CategoryTree lets withdrawn products go

-- @id BigInt
UPDATE [p]
SET [p].[category_id] = NULL
FROM [products] AS [p]
WHERE [p].[category_id] = @id AND [p].[deleted_at] IS NOT NULL
