-- DataProtectionKeys keeps

-- @p0 NVarChar, @p1 NVarChar
SET IMPLICIT_TRANSACTIONS OFF;
SET NOCOUNT ON;
INSERT INTO [data_protection_keys] ([friendly_name], [xml])
OUTPUT INSERTED.[id]
VALUES (@p0, @p1);
