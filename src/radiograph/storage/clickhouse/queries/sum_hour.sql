-- A whole hour from its minutes, each in its newest version.
INSERT INTO graph_hours
    (account, of_group, minute, version, entity, kind, caller_name, caller_type, name, type, source,
     caller_source, active, ok, error, throttle, fault, total_us, first_us, last_us, buckets, counts, aliases)
SELECT
    {account:String}, graph_minutes.of_group, toDateTime({hour:Int64}, 'UTC'), {version:UInt64}, graph_minutes.entity,
    any(graph_minutes.kind), any(graph_minutes.caller_name), any(graph_minutes.caller_type), any(graph_minutes.name),
    any(graph_minutes.type), any(graph_minutes.source), any(graph_minutes.caller_source), max(graph_minutes.active),
    sum(graph_minutes.ok), sum(graph_minutes.error), sum(graph_minutes.throttle), sum(graph_minutes.fault),
    sum(graph_minutes.total_us), min(graph_minutes.first_us), max(graph_minutes.last_us),
    tupleElement(sumMap(graph_minutes.buckets, graph_minutes.counts), 1),
    tupleElement(sumMap(graph_minutes.buckets, graph_minutes.counts), 2),
    groupUniqArrayArray(8)(graph_minutes.aliases)
FROM graph_minutes
WHERE account = {account:String}
  AND minute >= toDateTime({hour:Int64}, 'UTC') AND minute < toDateTime({hour:Int64} + 3600, 'UTC')
  AND (minute, version) IN (SELECT minute, max(version) FROM graph_versions
                            WHERE account = {account:String}
                              AND minute >= toDateTime({hour:Int64}, 'UTC')
                              AND minute < toDateTime({hour:Int64} + 3600, 'UTC')
                            GROUP BY minute)
GROUP BY graph_minutes.of_group, graph_minutes.entity
