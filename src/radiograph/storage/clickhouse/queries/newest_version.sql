-- The highest version of the minutes in [start, end); 0 when none is counted.
SELECT {account:String} AS account, 0 AS minute, newest AS sequence
FROM
(
    SELECT max(version) AS newest
    FROM graph_versions
    WHERE account = {account:String}
      AND minute >= toDateTime({start:Int64}, 'UTC') AND minute < toDateTime({end:Int64}, 'UTC')
)
