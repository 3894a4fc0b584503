-- How many traces began in each column of a window, and how long they took: in sixteenths of an octave of microseconds.
SELECT
    toInt64(least(intDiv((toInt64(time) - {start:Int64}) * {columns:Int64}, {end:Int64} - {start:Int64}), {columns:Int64} - 1)) AS column,
    toInt64(floor(16 * log2(greatest(took_us, 1)))) AS row,
    count() AS count, countIf(error) AS error, countIf(throttle) AS throttle, countIf(fault) AS fault
FROM /*traces*/ traces
GROUP BY column, row
