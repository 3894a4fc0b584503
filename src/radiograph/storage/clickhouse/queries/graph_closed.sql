-- Nodes and edges of closed minutes (or hours: the comments are replaced) in [start, end), summed over periods of {period}
-- seconds (0: over everything). What counts is told by the caller: to find it out here takes longer than all the rest.
SELECT
    period AS minute, of_kind AS kind, of_caller_name AS caller_name, of_caller_type AS caller_type, of_name AS name,
    of_type AS type, of_source AS source, of_caller_source AS caller_source, of_active AS active, of_ok AS ok, of_error AS error, of_throttle AS throttle, of_fault AS fault,
    of_total_us AS total_us, of_first_us AS first_us, of_last_us AS last_us,
    tupleElement(histogram, 1) AS buckets, tupleElement(histogram, 2) AS counts, of_aliases AS aliases
FROM
(
    SELECT
        if({period:Int64} = 0, 0, intDiv(toInt64(toUnixTimestamp(minute)), greatest({period:Int64}, 1)) * {period:Int64}) AS period,
        any(kind) AS of_kind, any(caller_name) AS of_caller_name, any(caller_type) AS of_caller_type,
        any(name) AS of_name, any(type) AS of_type, any(source) AS of_source, any(caller_source) AS of_caller_source, max(active) AS of_active, sum(ok) AS of_ok, sum(error) AS of_error,
        sum(throttle) AS of_throttle, sum(fault) AS of_fault, sum(total_us) AS of_total_us,
        min(first_us) AS of_first_us, max(last_us) AS of_last_us, sumMap(buckets, counts) AS histogram,
        arraySort(groupUniqArrayArray(8)(aliases)) AS of_aliases
    FROM /*table*/ graph_minutes
    WHERE account = {account:String} AND of_group = {group:String}
      AND minute >= toDateTime({start:Int64}, 'UTC') AND minute < toDateTime({end:Int64}, 'UTC')
      AND (/*counts*/ true) AND (/*condition*/ true)
    GROUP BY period, entity
)
