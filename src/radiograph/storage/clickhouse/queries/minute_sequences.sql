-- The newest document of each of some minutes.
SELECT {account:String} AS account, toUnixTimestamp(minute) AS minute, max(bitAnd(version, 4611686018427387903)) AS sequence
FROM segments
WHERE segments.account = {account:String} AND toUnixTimestamp(minute) IN {minutes:Array(UInt32)}
GROUP BY minute
