-- The one time by which a trace stands in a window, over all its documents.
WITH toUInt32(intDiv(start_us + span_us, 1000000)) AS ended_s
SELECT lower(hex(trace_id)) AS id, {time} AS time
FROM segments
WHERE account = {account:String}
  AND trace_id IN (SELECT CAST(unhex(arrayJoin({ids:Array(String)})) AS FixedString(16)))
GROUP BY trace_id
