-- Nodes and edges summed over periods of {period} seconds (0: over everything), histograms as two lists.
SELECT
    if({period:Int64} = 0, 0, intDiv(toInt64(toUnixTimestamp(minute)), greatest({period:Int64}, 1)) * {period:Int64}) AS minute,
    kind, caller_name, caller_type, name, type, active,
    sum(ok) AS ok, sum(error) AS error, sum(throttle) AS throttle, sum(fault) AS fault, sum(total_us) AS total_us,
    min(first_us) AS first_us, max(last_us) AS last_us,
    groupArray(bucket) AS buckets, groupArray(requests) AS counts
FROM
(
    SELECT
        minute, kind, caller_name, caller_type, name, type, max(active) AS active, bucket,
        sum(ok) AS ok, sum(error) AS error, sum(throttle) AS throttle, sum(fault) AS fault, sum(total_us) AS total_us,
        min(first_us) AS first_us, max(last_us) AS last_us, ok + error + throttle + fault AS requests
    FROM
    (
        SELECT
            if({period:Int64} = 0, toDateTime(0, 'UTC'), minute) AS minute, kind, caller_name, caller_type, name, type,
            active, bucket, ok, error, throttle, fault, total_us, first_us, last_us
        FROM (/*rows*/ SELECT * FROM graph_minutes)
    )
    GROUP BY minute, kind, caller_name, caller_type, name, type, bucket
)
GROUP BY minute, kind, caller_name, caller_type, name, type, active
