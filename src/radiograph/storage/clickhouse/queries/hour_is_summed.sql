-- Whether an hour is summed under a version.
SELECT {account:String} AS account, {hour:Int64} AS minute, {version:UInt64} AS sequence
FROM graph_hours
WHERE graph_hours.account = {account:String} AND graph_hours.minute = toDateTime({hour:Int64}, 'UTC')
  AND graph_hours.version = {version:UInt64}
LIMIT 1
