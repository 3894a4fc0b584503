-- A node or an edge of a minute is one row, its histogram two lists: a fifteenth of the rows to read for six hours.
-- Rebuilt from the documents: without a version, every minute is open until it is counted.
DROP TABLE IF EXISTS graph_minutes;
DROP TABLE IF EXISTS graph_versions;

-- Nodes and edges of closed minutes: of all traces, and of those of each group (its ARN). A minute is written whole under a version, and only its newest version counts:
-- late documents make it be written again.
CREATE TABLE IF NOT EXISTS graph_minutes
(
    account     LowCardinality(String),
    of_group    LowCardinality(String),
    minute      DateTime('UTC') CODEC(Delta, ZSTD(1)),
    version     UInt64 CODEC(T64, ZSTD(1)),
    entity      UInt64 DEFAULT cityHash64(kind, caller_name, caller_type, name, type) CODEC(ZSTD(1)),
    kind        UInt8,
    caller_name LowCardinality(String),
    caller_type LowCardinality(String),
    name        LowCardinality(String),
    type        LowCardinality(String),
    active      Bool,
    ok          UInt64 CODEC(T64, ZSTD(1)),
    error       UInt64 CODEC(T64, ZSTD(1)),
    throttle    UInt64 CODEC(T64, ZSTD(1)),
    fault       UInt64 CODEC(T64, ZSTD(1)),
    total_us    UInt64 CODEC(T64, ZSTD(1)),
    first_us    Int64 CODEC(Delta, ZSTD(1)),
    last_us     Int64 CODEC(Delta, ZSTD(1)),
    buckets     Array(Int32) CODEC(Delta, ZSTD(1)),
    counts      Array(UInt64) CODEC(T64, ZSTD(1)),
    aliases     Array(LowCardinality(String))
)
ENGINE = MergeTree
PARTITION BY toDate(minute)
ORDER BY (account, of_group, minute, version, kind, caller_name, caller_type, name, type)
SETTINGS index_granularity = 8192, {merge_tree_settings};

-- Which traces that began in a minute matched a group, under the version of the minute's count; and a row of zeros,
-- which says that the minute was counted.
CREATE TABLE IF NOT EXISTS group_traces
(
    account  LowCardinality(String),
    of_group LowCardinality(String),
    minute   DateTime('UTC') CODEC(Delta, ZSTD(1)),
    version  UInt64 CODEC(T64, ZSTD(1)),
    trace_id FixedString(16) CODEC(ZSTD(1))
)
ENGINE = MergeTree
PARTITION BY toDate(minute)
ORDER BY (account, of_group, minute, version, trace_id)
SETTINGS index_granularity = 8192, {merge_tree_settings};

-- Which version of a minute counts, and the journal sequence up to which it counted the minute's documents.
CREATE TABLE IF NOT EXISTS graph_versions
(
    account LowCardinality(String),
    minute  DateTime('UTC'),
    version UInt64,
    sequence UInt64
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY toDate(minute)
ORDER BY (account, minute)
SETTINGS index_granularity = 8192, {merge_tree_settings};

-- The same of whole hours, summed from their minutes: what questions over many hours read. An hour's version is the
-- highest of its minutes'; it holds as long as that does.
CREATE TABLE IF NOT EXISTS graph_hours
(
    account     LowCardinality(String),
    of_group    LowCardinality(String),
    minute      DateTime('UTC') CODEC(Delta, ZSTD(1)),
    version     UInt64 CODEC(T64, ZSTD(1)),
    entity      UInt64 CODEC(ZSTD(1)),
    kind        UInt8,
    caller_name LowCardinality(String),
    caller_type LowCardinality(String),
    name        LowCardinality(String),
    type        LowCardinality(String),
    active      Bool,
    ok          UInt64 CODEC(T64, ZSTD(1)),
    error       UInt64 CODEC(T64, ZSTD(1)),
    throttle    UInt64 CODEC(T64, ZSTD(1)),
    fault       UInt64 CODEC(T64, ZSTD(1)),
    total_us    UInt64 CODEC(T64, ZSTD(1)),
    first_us    Int64 CODEC(Delta, ZSTD(1)),
    last_us     Int64 CODEC(Delta, ZSTD(1)),
    buckets     Array(Int32) CODEC(Delta, ZSTD(1)),
    counts      Array(UInt64) CODEC(T64, ZSTD(1)),
    aliases     Array(LowCardinality(String))
)
ENGINE = MergeTree
PARTITION BY toDate(minute)
ORDER BY (account, of_group, minute, version, kind, caller_name, caller_type, name, type)
SETTINGS index_granularity = 8192, {merge_tree_settings};
