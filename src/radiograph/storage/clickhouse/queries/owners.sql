-- Whose work a subsegment sent alone is: the segment reached by following parents, up to three documents away.
WITH containers AS
(
    SELECT trace_id, id, segment, parent_id, name, type, arrayJoin(arrayPushFront(sub_id, id)) AS entity
    FROM segments FINAL
    WHERE account = {account:String} AND (/*nearby*/ true)
      AND trace_id IN (SELECT trace_id FROM segments WHERE account = {account:String} AND NOT segment AND (/*nearby*/ true))
    LIMIT 1 BY trace_id, id, entity
)
SELECT
    alone.trace_id AS trace_id, alone.id AS id,
    multiIf(one.segment, one.name, two.segment, two.name, three.segment, three.name, '') AS name,
    multiIf(one.segment, one.type, two.segment, two.type, three.segment, three.type, '') AS type
FROM (SELECT trace_id, id, parent_id FROM segments FINAL
      WHERE account = {account:String} AND NOT segment AND (/*nearby*/ true)) AS alone
LEFT ANY JOIN containers AS one ON alone.trace_id = one.trace_id AND alone.parent_id = one.entity
LEFT ANY JOIN containers AS two ON alone.trace_id = two.trace_id AND one.parent_id = two.entity
LEFT ANY JOIN containers AS three ON alone.trace_id = three.trace_id AND two.parent_id = three.entity
