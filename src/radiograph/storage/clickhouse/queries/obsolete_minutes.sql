-- Minutes of which something is stored that does not count, with the version that does; 0 when none does.
SELECT stored.account AS account, toUnixTimestamp(stored.minute) AS minute, counted.version AS sequence
FROM (SELECT DISTINCT account, minute, version FROM graph_minutes) AS stored
LEFT JOIN (SELECT account, minute, max(version) AS version FROM graph_versions GROUP BY account, minute) AS counted
    ON stored.account = counted.account AND stored.minute = counted.minute
WHERE stored.version != counted.version
GROUP BY account, minute, sequence
