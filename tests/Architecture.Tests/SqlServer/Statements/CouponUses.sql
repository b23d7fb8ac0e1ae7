-- CouponUses redeems

-- @code NVarChar, @now DateTimeOffset
UPDATE [c]
SET [c].[used] = [c].[used] + 1
FROM [coupons] AS [c]
WHERE [c].[code] = @code AND [c].[deleted_at] IS NULL AND ([c].[starts_at] IS NULL OR [c].[starts_at] <= @now) AND ([c].[ends_at] IS NULL OR [c].[ends_at] > @now) AND ([c].[max_uses] IS NULL OR [c].[used] < [c].[max_uses])

-- @code NVarChar
SELECT TOP(2) [c].[id], [c].[amount], [c].[code], [c].[created_at], [c].[deleted_at], [c].[ends_at], [c].[event_sequence], [c].[max_uses], [c].[max_uses_per_user], [c].[min_subtotal], [c].[percent], [c].[starts_at], [c].[updated_at], [c].[used], [c].[version]
FROM [coupons] AS [c]
WHERE [c].[code] = @code AND [c].[deleted_at] IS NULL

-- CouponUses gives back

-- @orderId BigInt
UPDATE [c]
SET [c].[used] = [c].[used] - 1
FROM [coupons] AS [c]
WHERE EXISTS (
    SELECT 1
    FROM [coupon_redemptions] AS [c0]
    WHERE [c0].[order_id] = @orderId AND [c0].[coupon_id] = [c].[id])

-- @orderId BigInt
DELETE FROM [c]
FROM [coupon_redemptions] AS [c]
WHERE [c].[order_id] = @orderId

-- CouponUses counts one user's

-- @couponId BigInt
SELECT TOP(1) COUNT(*)
FROM [coupon_redemptions] AS [c]
WHERE [c].[coupon_id] = @couponId
GROUP BY [c].[user_id]
ORDER BY COUNT(*) DESC
