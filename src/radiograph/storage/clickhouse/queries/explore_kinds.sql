-- How long spans of each kind took, and how many failed, in segments that begin in a window.
SELECT
    toInt64(number) AS number, count, fault,
    toUInt64(took[1]) AS median_us, toUInt64(took[2]) AS p90_us, toUInt64(took[3]) AS p95_us, toUInt64(took[4]) AS p99_us
FROM
(
    SELECT number, count() AS count, countIf(failed) AS fault, quantilesExactIf(0.5, 0.9, 0.95, 0.99)(took_us, complete) AS took
    FROM
    (
        SELECT /*spans*/
        FROM segments FINAL
        PREWHERE account = {account:String} /*sampled*/
        WHERE minute >= toStartOfMinute(toDateTime({start:Int64}, 'UTC')) AND minute < toDateTime({end:Int64}, 'UTC')
          AND start_us >= {start:Int64} * 1000000 AND start_us < {end:Int64} * 1000000
          AND segment AND has({names:Array(String)}, name)
    )
    GROUP BY number
)
