-- Where events were sent that segments of some minutes have received; the comment is replaced by the minutes.
SELECT linked_trace, linked_id, name, type, source, sent_us
FROM link_origins
WHERE account = {account:String} AND (/*when*/ true)
ORDER BY version DESC
LIMIT 1 BY linked_trace, linked_id
