-- Nodes and edges of the documents in scope, one row a minute each; histograms are two lists.
--   kind 1: a node's response times · kind 2: a node's durations (asynchronous work included) · kind 3: an edge
-- An edge is known when caller and callee documents are joined: the callee is the segment whose parent is the
-- caller's subsegment. A call without a callee leads to an inferred node; a segment without a caller is a client's.
-- Until "orphans_until" (µs) a segment whose caller is missing is taken for a client's; of later ones the caller's
-- document, which is sent after the callee's, may still be on its way.
-- The comments are replaced: "scope" and "nearby" by what to count and where its relatives may be, "owners" and
-- "one_of_each" where subsegments were sent alone.
WITH
    toInt32(floor(log2(greatest(duration, 1)) * 8)) AS coarse,
    toInt32(intDiv(duration + 500, 1000)) AS exact_ms
SELECT
    minute, kind, caller_name, caller_type, name, type, source, caller_source,
    max(active) AS active, sum(ok) AS ok, sum(error) AS error, sum(throttle) AS throttle, sum(fault) AS fault,
    sum(total_us) AS total_us, min(first_us) AS first_us, max(last_us) AS last_us,
    groupArrayIf(bucket, requests > 0) AS buckets, groupArrayIf(requests, requests > 0) AS counts,
    arraySort(groupUniqArrayArray(8)(aliases)) AS aliases
FROM
(
    SELECT
        row_minute AS minute,
        kind, caller_name, caller_type, name, type, source, caller_source,
        max(active) AS active,
        if({exact:Bool}, exact_ms, coarse) AS bucket,
        countIf(class = 0) AS ok,
        countIf(class = 1) AS error,
        countIf(class = 2) AS throttle,
        countIf(class = 3) AS fault,
        sum(duration) AS total_us,
        min(first) AS first_us,
        max(last) AS last_us,
        ok + error + throttle + fault AS requests,
        groupUniqArrayIf(8)(alias, alias != '') AS aliases
    FROM
    (
        -- Nodes that sent segments.
        SELECT
            minute AS row_minute,
            tupleElement(measure, 1) AS kind, '' AS caller_name, '' AS caller_type, name, type, source,
            '' AS caller_source, true AS active,
            if(complete, multiIf(fault, 3, throttle, 2, error, 1, 0), 4) AS class,
            tupleElement(measure, 2) AS duration,
            start_us AS first, start_us + span_us AS last, '' AS alias
        FROM segments FINAL
        ARRAY JOIN [(1, if(complete, duration_us, 0)), (2, if(complete, span_us, 0))] AS measure
        WHERE account = {account:String} AND segment AND (/*scope*/ true)

        UNION ALL

        -- Edges, and the nodes that only their callers know.
        SELECT
            if(caller.entity != 0, caller.minute, callee.minute) AS row_minute,
            arrayJoin(multiIf(
                caller.entity = 0, if(callee.parent_id = 0 OR callee.end_us <= {orphans_until:Int64}, [3], []),
                callee.entity != 0, if(caller.name = '', [], [3]),
                caller.node_type = '' OR caller.traced, [],
                caller.name = '', [1],
                [1, 3])) AS kind,
            multiIf(kind = 1, '', caller.entity = 0, callee.name, caller.name) AS caller_name,
            multiIf(kind = 1, '', caller.entity = 0, 'client', caller.type) AS caller_type,
            if(callee.entity != 0, callee.name, caller.node_name) AS name,
            if(callee.entity != 0, callee.type, caller.node_type) AS type,
            if(callee.entity != 0, callee.source, '') AS source,
            multiIf(kind = 1, '', caller.entity = 0, callee.source, caller.source) AS caller_source,
            callee.entity != 0 AS active,
            if(caller.entity = 0 OR caller.is_segment, callee.class, caller.class) AS class,
            if(caller.entity = 0 OR caller.is_segment, callee.duration, caller.duration) AS duration,
            if(caller.entity = 0, callee.start_us, caller.start_us) AS first,
            if(caller.entity = 0, callee.end_us, caller.end_us) AS last,
            -- What the caller calls the node, where the node calls itself something else.
            if(callee.entity != 0 AND caller.node_type != '' AND caller.node_name != callee.name, caller.node_name, '') AS alias
        FROM
        (
            SELECT
                documents.trace_id AS trace_id, documents.minute AS minute, documents.source AS source, start_us, start_us + span_us AS end_us,
                if(segment, documents.name, owner.name) AS name, if(segment, documents.type, owner.type) AS type,
                tupleElement(sub, 1) AS entity, tupleElement(sub, 2) AS node_name, tupleElement(sub, 3) AS node_type,
                tupleElement(sub, 4) AS duration, tupleElement(sub, 5) AS class, tupleElement(sub, 6) AS traced,
                tupleElement(sub, 7) AS is_segment
            FROM
            (
                SELECT
                    trace_id, minute, id, segment, name, type, source, start_us, span_us,
                    arrayZip(sub_id, sub_name, sub_type, sub_duration_us, sub_class, sub_traced,
                             arrayWithConstant(length(sub_id), false)) AS subs
                FROM segments FINAL
                WHERE account = {account:String} AND (/*nearby*/ true)
            ) AS documents
            LEFT JOIN (/*owners*/ SELECT trace_id, id, name, type FROM segments WHERE false) AS owner
                ON documents.trace_id = owner.trace_id AND documents.id = owner.id
            ARRAY JOIN
                if(segment,
                   arrayPushFront(subs, (documents.id, '', '', toUInt64(0), toUInt8(0), false, true)),
                   subs) AS sub
            WHERE tupleElement(sub, 1) != 0
            /*one_of_each*/
        ) AS caller
        FULL JOIN
        (
            SELECT
                trace_id, minute, parent_id, id AS entity, name, type, source,
                if(complete, multiIf(fault, 3, throttle, 2, error, 1, 0), 4) AS class,
                if(complete, duration_us, 0) AS duration, start_us, start_us + span_us AS end_us
            FROM segments FINAL
            WHERE account = {account:String} AND segment AND (/*nearby*/ true)
        ) AS callee
        ON caller.trace_id = callee.trace_id AND caller.entity = callee.parent_id
    )
    WHERE /*row_scope*/ true
    GROUP BY minute, kind, caller_name, caller_type, name, type, source, caller_source, bucket
)
GROUP BY minute, kind, caller_name, caller_type, name, type, source, caller_source
