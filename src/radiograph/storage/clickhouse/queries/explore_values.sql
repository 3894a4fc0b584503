-- Observed values in documents that begin in a window, the most frequent first.
SELECT value, count() AS count
FROM
(
    SELECT /*value*/ '' AS value
    FROM segments FINAL
    PREWHERE account = {account:String} /*sampled*/
    WHERE minute >= toStartOfMinute(toDateTime({start:Int64}, 'UTC')) AND minute < toDateTime({end:Int64}, 'UTC')
      AND start_us >= {start:Int64} * 1000000 AND start_us < {end:Int64} * 1000000
)
WHERE value != ''
  AND ({prefix:String} = '' OR startsWith(lowerUTF8(if(startsWith(value, '"') AND {key:String} != '', JSONExtractString(value), value)), lowerUTF8({prefix:String})))
GROUP BY value
ORDER BY count DESC, value
LIMIT {most:UInt64}
