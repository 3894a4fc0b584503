-- What the segments of some traces, by their 32 digits, are linked to.
SELECT DISTINCT lower(hex(linked_trace)) AS trace, linked_id AS id
FROM segment_links
WHERE account = {account:String}
  AND trace_id IN (SELECT CAST(unhex(arrayJoin({ids:Array(String)})) AS FixedString(16)))
