-- Note that minutes have to be counted again, so that a restart finds them open; their rows count until then.
INSERT INTO graph_versions (account, minute, version, sequence)
SELECT account, minute, max(version), 0
FROM graph_versions
WHERE account = {account:String} AND toUnixTimestamp(minute) IN {minutes:Array(UInt32)}
GROUP BY account, minute
