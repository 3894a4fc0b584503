-- The most frequent values of attributes of traces. A trace has a pair for every value, and for every attribute a mark.
SELECT attribute, value, distinct, having, count, error, throttle, fault, median_us, p95_us
FROM
(
    SELECT
        attribute, value, mark, count, error, throttle, fault,
        toUInt64(took[1]) AS median_us, toUInt64(took[2]) AS p95_us,
        toUInt64(sum(NOT mark) OVER (PARTITION BY attribute)) AS distinct,
        toUInt64(sum(if(mark, count, 0)) OVER (PARTITION BY attribute)) AS having
    FROM
    (
        SELECT
            pair.1 AS attribute, pair.2 AS value, pair.3 AS mark,
            count() AS count, countIf(fault) AS fault, countIf(error) AS error, countIf(throttle) AS throttle,
            quantilesExact(0.5, 0.95)(took_us) AS took
        FROM
        (
            SELECT
                took_us, fault, error, throttle,
                arrayConcat(/*pairs*/ []) AS pairs,
                arrayJoin(arrayConcat(pairs, arrayMap(one -> (one, '', true), arrayDistinct(arrayMap(one -> one.1, pairs))))) AS pair
            FROM /*traces*/ traces
        )
        GROUP BY attribute, value, mark
    )
)
WHERE NOT mark
ORDER BY count DESC, attribute, value
LIMIT {most:UInt64} BY attribute
