-- Link edges, as rows of kind 4 like those of graph_rows.sql: from the node that an event was sent from to the node of
-- the segment that received it. Requests and times are the segment's, the histogram is the ages of the events.
-- The comments are replaced: "scope" by the documents to count, "origins" by where events came from.
WITH
    toInt32(floor(log2(greatest(age, 1)) * 8)) AS coarse,
    toInt32(intDiv(age + 500, 1000)) AS exact_ms
SELECT
    minute, kind, caller_name, caller_type, name, type, source, caller_source,
    false AS active, sum(ok) AS ok, sum(error) AS error, sum(throttle) AS throttle, sum(fault) AS fault,
    sum(total_us) AS total_us, min(first_us) AS first_us, max(last_us) AS last_us,
    groupArray(bucket) AS buckets, groupArray(events) AS counts, emptyArrayString() AS aliases
FROM
(
    SELECT
        row_minute AS minute, toUInt8(4) AS kind, caller_name, caller_type, name, type,
        source, caller_source,
        if({exact:Bool}, exact_ms, coarse) AS bucket,
        countIf(class = 0) AS ok, countIf(class = 1) AS error, countIf(class = 2) AS throttle, countIf(class = 3) AS fault,
        sum(duration) AS total_us, min(first) AS first_us, max(last) AS last_us, count() AS events
    FROM
    (
        SELECT
            row_minute, origin.name AS caller_name, origin.type AS caller_type, received.name AS name,
            received.type AS type, received.source AS source, origin.source AS caller_source, class, duration, first, last, toUInt64(greatest(first - origin.sent_us, 0)) AS age
        FROM
        (
            SELECT
                trace_id, id, version, minute AS row_minute, name, type, source,
                if(complete, multiIf(fault, 3, throttle, 2, error, 1, 0), 4) AS class,
                if(complete, duration_us, 0) AS duration, start_us AS first, start_us + span_us AS last
            FROM segments FINAL
            WHERE account = {account:String} AND segment AND (/*scope*/ true)
              AND trace_id IN (SELECT trace_id FROM segment_links WHERE account = {account:String} AND (/*scope*/ true))
        ) AS received
        INNER JOIN
        (
            SELECT DISTINCT trace_id, id, version, linked_trace, linked_id
            FROM segment_links
            WHERE account = {account:String} AND (/*scope*/ true)
        ) AS link
            ON received.trace_id = link.trace_id AND received.id = link.id AND received.version = link.version
        INNER JOIN
        (
            /*origins*/ SELECT linked_trace, linked_id, name, type, source, sent_us FROM link_origins
        ) AS origin
            ON link.linked_trace = origin.linked_trace AND link.linked_id = origin.linked_id
        WHERE origin.name != ''
    )
    GROUP BY minute, kind, caller_name, caller_type, name, type, source, caller_source, bucket
)
GROUP BY minute, kind, caller_name, caller_type, name, type, source, caller_source
