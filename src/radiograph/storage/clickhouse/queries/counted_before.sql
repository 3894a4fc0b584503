-- Those of some minutes that have been counted before.
SELECT DISTINCT {account:String} AS account, toUnixTimestamp(minute) AS minute, toUInt64(0) AS sequence
FROM graph_versions
WHERE graph_versions.account = {account:String} AND toUnixTimestamp(minute) IN {minutes:Array(UInt32)}
