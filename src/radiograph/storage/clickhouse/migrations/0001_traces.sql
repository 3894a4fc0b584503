-- Columns of every document: what questions over a window of time read.
CREATE TABLE IF NOT EXISTS segments
(
    account           LowCardinality(String),
    minute            DateTime('UTC') CODEC(Delta, ZSTD(1)),
    trace_id          FixedString(16) CODEC(ZSTD(1)),
    id                UInt64 CODEC(ZSTD(1)),
    version           UInt64 CODEC(T64, ZSTD(1)),
    trace_time        UInt32 CODEC(Delta, ZSTD(1)),
    segment           Bool,
    parent_id         UInt64 CODEC(ZSTD(1)),
    name              LowCardinality(String),
    type              LowCardinality(String),
    start_us          Int64 CODEC(Delta, ZSTD(1)),
    duration_us       UInt64 CODEC(T64, ZSTD(1)),
    span_us           UInt64 CODEC(T64, ZSTD(1)),
    complete          Bool,
    partial           Bool,
    error             Bool,
    throttle          Bool,
    fault             Bool,
    http_method       LowCardinality(String),
    http_url          String CODEC(ZSTD(1)),
    http_status       UInt16,
    user_agent        LowCardinality(String),
    client_ip         String CODEC(ZSTD(1)),
    user              String CODEC(ZSTD(1)),
    instance_id       LowCardinality(String),
    availability_zone LowCardinality(String),
    resource_arns     Array(LowCardinality(String)),
    sampling_rule     LowCardinality(String),
    annotations       String CODEC(ZSTD(1)),
    sub_id            Array(UInt64) CODEC(ZSTD(1)),
    sub_name          Array(LowCardinality(String)),
    sub_type          Array(LowCardinality(String)),
    sub_duration_us   Array(UInt64) CODEC(T64, ZSTD(1)),
    sub_class         Array(UInt8) CODEC(ZSTD(1)),
    sub_traced        Array(Bool) CODEC(ZSTD(1)),
    INDEX by_trace trace_id TYPE bloom_filter(0.01) GRANULARITY 1,
    INDEX by_trace_time trace_time TYPE minmax GRANULARITY 1,
    INDEX by_version version TYPE minmax GRANULARITY 1,
    INDEX by_user user TYPE bloom_filter(0.01) GRANULARITY 1
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY toDate(minute)
ORDER BY (account, minute, trace_id, id)
SETTINGS index_granularity = 8192, {merge_tree_settings};

-- The JSON itself, found by trace id: small granules, because a document is wide.
CREATE TABLE IF NOT EXISTS documents
(
    account  LowCardinality(String),
    day      Date,
    trace_id FixedString(16) CODEC(ZSTD(1)),
    id       UInt64 CODEC(ZSTD(1)),
    version  UInt64 CODEC(T64, ZSTD(1)),
    document String CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY day
ORDER BY (account, trace_id, id)
SETTINGS index_granularity = 128, {merge_tree_settings};

-- Nodes and edges of closed minutes, one row a histogram bucket. A minute is written whole under a version,
-- and only its newest version counts: late documents make it be written again.
CREATE TABLE IF NOT EXISTS graph_minutes
(
    account     LowCardinality(String),
    minute      DateTime('UTC') CODEC(Delta, ZSTD(1)),
    version     UInt64 CODEC(T64, ZSTD(1)),
    kind        UInt8,
    caller_name LowCardinality(String),
    caller_type LowCardinality(String),
    name        LowCardinality(String),
    type        LowCardinality(String),
    active      Bool,
    bucket      Int32 CODEC(T64, ZSTD(1)),
    ok          UInt64 CODEC(T64, ZSTD(1)),
    error       UInt64 CODEC(T64, ZSTD(1)),
    throttle    UInt64 CODEC(T64, ZSTD(1)),
    fault       UInt64 CODEC(T64, ZSTD(1)),
    total_us    UInt64 CODEC(T64, ZSTD(1)),
    first_us    Int64 CODEC(Delta, ZSTD(1)),
    last_us     Int64 CODEC(Delta, ZSTD(1))
)
ENGINE = MergeTree
PARTITION BY toDate(minute)
ORDER BY (account, minute, version, kind, caller_name, caller_type, name, type, active, bucket)
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
