-- Traces with a document in [start, end), by the time that a kind of window goes by; documents begin no earlier
-- than "earliest".
WITH toUInt32(intDiv(start_us + span_us, 1000000)) AS ended_s
SELECT lower(hex(trace_id)) AS id, toUInt32({time}) AS time
FROM segments
WHERE account = {account:String}
  AND minute >= toStartOfMinute(toDateTime({earliest:Int64}, 'UTC'))
  AND time >= {start:Int64} AND time < {end:Int64}
ORDER BY time DESC, trace_id DESC
LIMIT 1 BY trace_id
