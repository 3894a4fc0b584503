-- Where events were sent, as the asker has found out.
SELECT
    CAST(unhex(origin_trace) AS FixedString(16)) AS linked_trace, origin_id AS linked_id, origin_name AS name,
    origin_type AS type, origin_source AS source, origin_sent AS sent_us
FROM (SELECT 1)
ARRAY JOIN
    {origin_traces:Array(String)} AS origin_trace, {origin_ids:Array(UInt64)} AS origin_id,
    {origin_names:Array(String)} AS origin_name, {origin_types:Array(String)} AS origin_type,
    {origin_sources:Array(String)} AS origin_source, {origin_times:Array(Int64)} AS origin_sent
