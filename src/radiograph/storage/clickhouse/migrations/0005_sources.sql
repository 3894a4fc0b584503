-- Documents that another account shares: which one; empty for the account's own.
ALTER TABLE segments ADD COLUMN IF NOT EXISTS source LowCardinality(String) AFTER sub_status;
ALTER TABLE documents ADD COLUMN IF NOT EXISTS source LowCardinality(String) AFTER document;
