-- How many traces of two sets have each value of attributes: those by whose shares the sets differ most.
SELECT attribute, value, count_a, count_b
FROM
(
    SELECT
        pair.1 AS attribute, pair.2 AS value,
        countIf(number = 1) AS count_a, countIf(number = 2) AS count_b
    FROM
    (
        SELECT /*number*/ 0 AS number, arrayJoin(arrayConcat(/*pairs*/ [])) AS pair
        FROM /*traces*/ traces
    )
    WHERE number != 0
    GROUP BY attribute, value
)
ORDER BY abs(count_a / {all_a:UInt64} - count_b / {all_b:UInt64}) DESC, count_a + count_b DESC, attribute, value
LIMIT {most:UInt64}
