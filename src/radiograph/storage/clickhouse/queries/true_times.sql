-- When each of some traces, by their 32 digits, began, over all its documents.
SELECT lower(hex(trace_id)) AS id, {time} AS time
FROM segments
WHERE account = {account:String}
  AND trace_id IN (SELECT CAST(unhex(arrayJoin({ids:Array(String)})) AS FixedString(16)))
GROUP BY trace_id
