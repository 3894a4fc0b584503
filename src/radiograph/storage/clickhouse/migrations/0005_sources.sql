-- Documents that another account shares: which one; empty for the account's own.
ALTER TABLE segments ADD COLUMN IF NOT EXISTS source LowCardinality(String) AFTER sub_status;
ALTER TABLE documents ADD COLUMN IF NOT EXISTS source LowCardinality(String) AFTER document;

-- Nodes of one name in two accounts are two: whose they are tells them apart. The account's own keep their numbers.
ALTER TABLE graph_minutes ADD COLUMN IF NOT EXISTS source LowCardinality(String) AFTER type;
ALTER TABLE graph_minutes ADD COLUMN IF NOT EXISTS caller_source LowCardinality(String) AFTER source;
ALTER TABLE graph_minutes
    MODIFY COLUMN entity UInt64
        DEFAULT if(source = '' AND caller_source = '', cityHash64(kind, caller_name, caller_type, name, type),
                   cityHash64(kind, caller_name, caller_type, name, type, source, caller_source))
        CODEC(ZSTD(1));
ALTER TABLE graph_hours ADD COLUMN IF NOT EXISTS source LowCardinality(String) AFTER type;
ALTER TABLE graph_hours ADD COLUMN IF NOT EXISTS caller_source LowCardinality(String) AFTER source;
ALTER TABLE link_origins ADD COLUMN IF NOT EXISTS source LowCardinality(String) AFTER type;
