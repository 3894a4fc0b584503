-- Minutes of which more than one version is stored, with the version that counts.
SELECT account, toUnixTimestamp(minute) AS minute, max(version) AS sequence
FROM graph_minutes
GROUP BY account, minute
HAVING uniqExact(version) > 1
