-- Two sets of traces, 1 and 2.
SELECT
    number, count() AS count, countIf(fault) AS fault, avg(took_us) AS mean_us,
    toUInt64(quantilesExact(0.5, 0.95)(took_us)[1]) AS median_us, toUInt64(quantilesExact(0.5, 0.95)(took_us)[2]) AS p95_us,
    arrayMap(one -> lower(hex(one.2)), arrayReverseSort(groupArraySample(200, 7)((began_us, trace_id)))) AS some
FROM (SELECT *, /*number*/ 0 AS number FROM /*traces*/ traces)
WHERE number != 0
GROUP BY number
