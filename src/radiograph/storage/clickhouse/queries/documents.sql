-- What is sealed is no text, and given as base64.
-- The JSON of every document of some traces, by their 32 digits.
SELECT
    concat('1-', substring(lower(hex(trace_id)), 1, 8), '-', substring(lower(hex(trace_id)), 9)) AS trace_id,
    documents.id AS id, version, toInt64(day) * 86400000000 AS start_us,
    if(startsWith(documents.document, '\x01'), base64Encode(documents.document), documents.document) AS document, source
FROM documents
WHERE account = {account:String}
  AND documents.trace_id IN (SELECT CAST(unhex(arrayJoin({ids:Array(String)})) AS FixedString(16)))
