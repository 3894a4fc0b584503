-- A rule is kept once, a column a member; release 0.1 kept some of them twice.
ALTER TABLE sampling_rules RENAME TO sampling_rules_of_0_1;

CREATE TABLE sampling_rules (
    account VARCHAR(12) NOT NULL,
    rule_name VARCHAR(32) NOT NULL,
    rule_arn VARCHAR NOT NULL,
    resource_arn VARCHAR NOT NULL,
    priority INTEGER NOT NULL,
    fixed_rate FLOAT NOT NULL,
    reservoir_size INTEGER NOT NULL,
    service_name VARCHAR NOT NULL,
    service_type VARCHAR NOT NULL,
    host VARCHAR NOT NULL,
    http_method VARCHAR NOT NULL,
    url_path VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    attributes JSON NOT NULL,
    sampling_rate_boost JSON,
    created_at FLOAT NOT NULL,
    modified_at FLOAT NOT NULL,
    PRIMARY KEY (account, rule_name)
);

INSERT INTO sampling_rules
SELECT
    account,
    name,
    json_extract(CAST("match" AS TEXT), '$.RuleARN'),
    json_extract(CAST("match" AS TEXT), '$.ResourceARN'),
    priority,
    fixed_rate,
    reservoir_size,
    json_extract(CAST("match" AS TEXT), '$.ServiceName'),
    json_extract(CAST("match" AS TEXT), '$.ServiceType'),
    json_extract(CAST("match" AS TEXT), '$.Host'),
    json_extract(CAST("match" AS TEXT), '$.HTTPMethod'),
    json_extract(CAST("match" AS TEXT), '$.URLPath'),
    json_extract(CAST("match" AS TEXT), '$.Version'),
    '{}',
    NULL,
    created_at,
    modified_at
FROM sampling_rules_of_0_1;

DROP TABLE sampling_rules_of_0_1;

CREATE TABLE trace_groups (
    account VARCHAR(12) NOT NULL,
    group_name VARCHAR(32) NOT NULL,
    group_arn VARCHAR NOT NULL,
    filter_expression VARCHAR,
    created_at FLOAT NOT NULL,
    changed_at FLOAT NOT NULL,
    insights_enabled BOOLEAN NOT NULL,
    notifications_enabled BOOLEAN NOT NULL,
    PRIMARY KEY (account, group_name)
);

CREATE TABLE resource_tags (
    account VARCHAR(12) NOT NULL,
    resource_arn VARCHAR NOT NULL,
    "key" VARCHAR(128) NOT NULL,
    value VARCHAR(256) NOT NULL,
    PRIMARY KEY (account, resource_arn, "key")
);

CREATE TABLE resource_policies (
    account VARCHAR(12) NOT NULL,
    policy_name VARCHAR(128) NOT NULL,
    policy_document VARCHAR NOT NULL,
    policy_revision_id VARCHAR NOT NULL,
    last_updated_time FLOAT NOT NULL,
    PRIMARY KEY (account, policy_name)
);

-- What there is one of in an account: its encryption, its destination of segments, and the like.
CREATE TABLE account_choices (
    account VARCHAR(12) NOT NULL,
    name VARCHAR NOT NULL,
    value JSON NOT NULL,
    PRIMARY KEY (account, name)
);
