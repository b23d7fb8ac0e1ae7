-- SqlServerSetup turns row versions on

SELECT CAST(is_read_committed_snapshot_on AS int) + 2 * CASE WHEN snapshot_isolation_state IN (1, 3) THEN 1 ELSE 0 END AS [Value]
FROM sys.databases WHERE name = DB_NAME()

ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON WITH NO_WAIT

ALTER DATABASE CURRENT SET ALLOW_SNAPSHOT_ISOLATION ON
