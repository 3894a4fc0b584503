-- Linked traces: which segments have received events that a segment or subsegment of another trace sent. A row counts
-- as long as its version is the one of its segment that counts. No row is written for documents without links.
CREATE TABLE IF NOT EXISTS segment_links
(
    account      LowCardinality(String),
    minute       DateTime('UTC') CODEC(Delta, ZSTD(1)),
    trace_id     FixedString(16) CODEC(ZSTD(1)),
    id           UInt64 CODEC(ZSTD(1)),
    version      UInt64 CODEC(T64, ZSTD(1)),
    linked_trace FixedString(16) CODEC(ZSTD(1)),
    linked_id    UInt64 CODEC(ZSTD(1)),
    INDEX by_linked linked_trace TYPE bloom_filter(0.01) GRANULARITY 1,
    INDEX by_version version TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY toDate(minute)
ORDER BY (account, minute, trace_id, id, linked_trace, linked_id)
SETTINGS index_granularity = 8192, {merge_tree_settings};

-- Where those events were sent, as far as their senders are stored; found when either end has come (links.py). The
-- minute is the receiver's. Of equal links the highest version counts; an empty name says that it is not known after all.
CREATE TABLE IF NOT EXISTS link_origins
(
    account      LowCardinality(String),
    minute       DateTime('UTC') CODEC(Delta, ZSTD(1)),
    linked_trace FixedString(16) CODEC(ZSTD(1)),
    linked_id    UInt64 CODEC(ZSTD(1)),
    version      UInt64 CODEC(T64, ZSTD(1)),
    name         LowCardinality(String),
    type         LowCardinality(String),
    sent_us      Int64 CODEC(Delta, ZSTD(1))
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY toDate(minute)
ORDER BY (account, minute, linked_trace, linked_id)
SETTINGS index_granularity = 8192, {merge_tree_settings};
