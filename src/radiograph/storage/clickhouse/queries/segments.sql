-- The columns of every document of some traces, by their 32 digits, whose ids tell times from {first} to {last}. A
-- document has such a time or one of its own: an index tells each, where the bloom filter would meet too often.
SELECT
    concat('1-', substring(lower(hex(trace_id)), 1, 8), '-', substring(lower(hex(trace_id)), 9)) AS trace_id,
    id, version, trace_time, segment, parent_id, name, type, start_us, duration_us, span_us, complete, partial,
    error, throttle, fault, http_method, http_url, http_status, user_agent, client_ip, user, instance_id,
    availability_zone, resource_arns, sampling_rule, annotations, sub_id, sub_name, sub_type, sub_duration_us,
    sub_class, sub_traced, sub_flags, sub_status, source
FROM segments
PREWHERE account = {account:String}
  AND segments.trace_id IN (SELECT CAST(unhex(arrayJoin({ids:Array(String)})) AS FixedString(16)))
WHERE (trace_time >= {first:Int64} AND trace_time <= {last:Int64})
   OR toUInt8(trace_time != reinterpretAsUInt32(reverse(substring(segments.trace_id, 1, 4)))) = 1
