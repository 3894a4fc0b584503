-- Minutes whose documents are not all in the roll-up: newer than what the minute's newest version counted.
SELECT account, toUnixTimestamp(minute) AS minute, written.sequence AS sequence
FROM
(
    SELECT account, minute, max(bitAnd(version, 4611686018427387903)) AS sequence
    FROM segments
    GROUP BY account, minute
) AS written
LEFT JOIN
(
    SELECT account, minute, argMax(sequence, version) AS sequence
    FROM graph_versions
    GROUP BY account, minute
) AS counted
    ON written.account = counted.account AND written.minute = counted.minute
WHERE written.sequence > counted.sequence
