-- Closed minutes with documents of traces that have grown since a sequence.
WITH grown AS
(
    SELECT trace_id
    FROM segments
    WHERE account = {account:String}
      AND minute >= toDateTime({low:Int64}, 'UTC') AND minute <= toDateTime({high:Int64}, 'UTC')
      AND (version > {complete_since:UInt64} OR (version > {since:UInt64} AND version < 4611686018427387904))
)
SELECT {account:String} AS account, toUnixTimestamp(minute) AS minute, toUInt64(0) AS sequence
FROM segments
WHERE segments.account = {account:String}
  AND minute >= toDateTime({low:Int64}, 'UTC') AND minute <= toDateTime({high:Int64}, 'UTC')
  AND toUnixTimestamp(minute) NOT IN {open:Array(UInt32)}
  AND trace_id IN (SELECT trace_id FROM grown)
GROUP BY minute
