-- What a service is asked for: its segments by method and by the shape of the URL's path.
SELECT
    method, path, count, error, throttle, fault, total_us,
    toUInt64(took[1]) AS median_us, toUInt64(took[2]) AS p95_us,
    toUInt64(count() OVER ()) AS distinct, toUInt64(sum(total_us) OVER ()) AS all_us
FROM
(
    SELECT
        http_method AS method, /*shape*/ '' AS path,
        count() AS count, countIf(segments.error) AS error, countIf(segments.throttle) AS throttle, countIf(segments.fault) AS fault,
        toUInt64(sumIf(duration_us, complete)) AS total_us, quantilesExactIf(0.5, 0.95)(duration_us, complete) AS took
    FROM segments FINAL
    PREWHERE account = {account:String} /*sampled*/
    WHERE minute >= toStartOfMinute(toDateTime({start:Int64}, 'UTC')) AND minute < toDateTime({end:Int64}, 'UTC')
      AND start_us >= {start:Int64} * 1000000 AND start_us < {end:Int64} * 1000000
      AND segment AND name = {name:String} AND ({type:String} = '' OR type = {type:String})
    GROUP BY method, path
)
ORDER BY count DESC, method, path
LIMIT {most:UInt64}
