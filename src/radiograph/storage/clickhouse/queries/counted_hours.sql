-- Every hour with counted minutes, with the version of its sum, or 0 when none holds: then it is its minutes' highest.
SELECT
    minutes.account AS account, toUnixTimestamp(minutes.hour) AS minute,
    if(hours.version = minutes.version, minutes.version, 0) AS sequence
FROM
(
    SELECT account, toStartOfHour(minute) AS hour, max(version) AS version
    FROM graph_versions
    GROUP BY account, hour
) AS minutes
LEFT JOIN
(
    SELECT account, minute AS hour, max(version) AS version
    FROM graph_hours
    GROUP BY account, hour
) AS hours
ON minutes.account = hours.account AND minutes.hour = hours.hour
