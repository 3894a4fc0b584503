-- What is sealed is no text, and given as base64.
-- The JSON of those documents of some traces, by their 32 digits (whose ids tell times from {first} to {last}), that are,
-- or contain, or are called by one of some segments or subsegments. Of a document sent twice only the last one counts.
SELECT
    concat('1-', substring(lower(hex(trace_id)), 1, 8), '-', substring(lower(hex(trace_id)), 9)) AS trace_id,
    documents.id AS id, version, toInt64(day) * 86400000000 AS start_us,
    if(startsWith(documents.document, '\x01'), base64Encode(documents.document), documents.document) AS document, source
FROM documents
WHERE account = {account:String}
  AND documents.trace_id IN (SELECT CAST(unhex(arrayJoin({ids:Array(String)})) AS FixedString(16)))
  AND (documents.trace_id, documents.id, version) IN
  (
      SELECT segments.trace_id, id, version
      FROM segments FINAL
      PREWHERE account = {account:String}
        AND segments.trace_id IN (SELECT CAST(unhex(arrayJoin({ids:Array(String)})) AS FixedString(16)))
      WHERE ((trace_time >= {first:Int64} AND trace_time <= {last:Int64})
             OR toUInt8(trace_time != reinterpretAsUInt32(reverse(substring(segments.trace_id, 1, 4)))) = 1)
        AND (hasAny(sub_id, {entities:Array(UInt64)}) OR has({entities:Array(UInt64)}, id)
             OR has({entities:Array(UInt64)}, parent_id))
  )
