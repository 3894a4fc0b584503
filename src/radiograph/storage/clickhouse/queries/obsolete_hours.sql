-- Hours of which more than one version is stored, with the newest.
SELECT account, toUnixTimestamp(minute) AS minute, max(version) AS sequence
FROM graph_hours
GROUP BY account, minute
HAVING uniqExact(version) > 1
