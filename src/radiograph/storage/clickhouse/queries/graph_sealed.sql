-- The rows of closed minutes in [start, end), of each minute its newest version, without the minutes still open.
SELECT
    minute, kind, caller_name, caller_type, name, type, active, bucket, ok, error, throttle, fault, total_us,
    first_us, last_us
FROM graph_minutes
WHERE account = {account:String}
  AND minute >= toDateTime({start:Int64}, 'UTC') AND minute < toDateTime({end:Int64}, 'UTC')
  AND toUnixTimestamp(minute) NOT IN {open:Array(UInt32)}
  AND (minute, version) IN (SELECT minute, max(version) FROM graph_versions
                            WHERE account = {account:String}
                              AND minute >= toDateTime({start:Int64}, 'UTC') AND minute < toDateTime({end:Int64}, 'UTC')
                            GROUP BY minute)
