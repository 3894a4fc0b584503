-- Whether a subsegment was sent alone among the documents nearby.
SELECT 1 AS found
FROM segments
WHERE account = {account:String} AND NOT segment AND (/*nearby*/ true)
LIMIT 1
