-- Links between accounts: where a monitoring account lets others attach, and which of them have.
CREATE TABLE sinks (
    arn VARCHAR NOT NULL PRIMARY KEY,
    account VARCHAR(12) NOT NULL,
    name VARCHAR NOT NULL,
    created_at FLOAT NOT NULL,
    policy VARCHAR,
    tags JSON NOT NULL
);
CREATE INDEX sinks_by_account ON sinks (account);

CREATE TABLE sink_links (
    arn VARCHAR NOT NULL PRIMARY KEY,
    account VARCHAR(12) NOT NULL,
    sink_arn VARCHAR NOT NULL,
    label VARCHAR NOT NULL,
    label_template VARCHAR NOT NULL,
    resource_types JSON NOT NULL,
    metric_filter VARCHAR,
    log_group_filter VARCHAR,
    created_at FLOAT NOT NULL,
    tags JSON NOT NULL
);
CREATE INDEX sink_links_by_account ON sink_links (account);
CREATE INDEX sink_links_by_sink ON sink_links (sink_arn);

-- Whose documents, of those that arrived in which time, a monitoring account has: what is applied once more, after the
-- link is gone, is shared as it was.
CREATE TABLE shares (
    account VARCHAR(12) NOT NULL,
    monitor VARCHAR(12) NOT NULL,
    since FLOAT NOT NULL,
    until FLOAT
);
CREATE INDEX shares_by_account ON shares (account);
