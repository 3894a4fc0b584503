-- Links that have come since a sequence, and links to traces that have grown since; each with what is known of its origin.
-- An event is received no earlier than "received_from". The first "most" of them after a place.
WITH
    grown AS
    (
        SELECT trace_id
        FROM segments
        WHERE account = {account:String}
          AND minute >= toDateTime({low:Int64}, 'UTC') AND minute <= toDateTime({high:Int64}, 'UTC')
          AND (version > {complete_since:UInt64} OR (version > {since:UInt64} AND version < 4611686018427387904))
    ),
    links AS
    (
        SELECT DISTINCT minute, linked_trace, linked_id
        FROM segment_links
        WHERE account = {account:String} AND minute >= toDateTime({received_from:Int64}, 'UTC')
          AND (version > {complete_since:UInt64} OR (version > {since:UInt64} AND version < 4611686018427387904)
               OR linked_trace IN (SELECT trace_id FROM grown))
          AND (toUnixTimestamp(minute), linked_trace, linked_id)
              > ({after_minute:UInt32}, CAST(unhex({after_trace:String}) AS FixedString(16)), {after_id:UInt64})
        ORDER BY minute, linked_trace, linked_id
        LIMIT {most:UInt64}
    )
SELECT
    toUnixTimestamp(links.minute) AS minute, lower(hex(links.linked_trace)) AS trace, links.linked_id AS id,
    known.name AS name, known.type AS type, known.source AS source, known.sent_us AS sent_us
FROM links
LEFT JOIN
(
    SELECT minute, linked_trace, linked_id, name, type, source, sent_us
    FROM link_origins
    WHERE account = {account:String} AND minute >= toDateTime({received_from:Int64}, 'UTC')
      AND linked_trace IN (SELECT linked_trace FROM links)
    ORDER BY version DESC
    LIMIT 1 BY minute, linked_trace, linked_id
) AS known
    ON links.minute = known.minute AND links.linked_trace = known.linked_trace AND links.linked_id = known.linked_id
ORDER BY minute, links.linked_trace, id
