-- Minutes whose documents are not all in the roll-up: newer than what the minute's newest version counted. With the
-- sequence before which all of a minute's documents are in.
SELECT
    account, toUnixTimestamp(minute) AS minute,
    if(counted.sequence = 0, written.first, counted.sequence + 1) AS sequence
FROM
(
    SELECT
        account, minute,
        min(bitAnd(version, 4611686018427387903)) AS first, max(bitAnd(version, 4611686018427387903)) AS last
    FROM segments
    GROUP BY account, minute
) AS written
LEFT JOIN
(
    -- Of equal versions the smaller sequence: a minute that was opened again keeps its version.
    SELECT account, minute, argMax(sequence, (version, -toInt64(sequence))) AS sequence
    FROM graph_versions
    GROUP BY account, minute
) AS counted
    ON written.account = counted.account AND written.minute = counted.minute
WHERE written.last > counted.sequence
