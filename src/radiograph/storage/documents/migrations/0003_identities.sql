-- Users, groups, roles and what belongs to them. Relations are by unique id; names are unique whatever their case.
CREATE TABLE iam_users (
    account VARCHAR(12) NOT NULL,
    id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    path VARCHAR NOT NULL,
    created_at FLOAT NOT NULL,
    boundary VARCHAR,
    tags JSON NOT NULL,
    inline JSON NOT NULL,
    PRIMARY KEY (account, id)
);
CREATE UNIQUE INDEX iam_users_by_name ON iam_users (account, lower(name));

CREATE TABLE iam_groups (
    account VARCHAR(12) NOT NULL,
    id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    path VARCHAR NOT NULL,
    created_at FLOAT NOT NULL,
    inline JSON NOT NULL,
    PRIMARY KEY (account, id)
);
CREATE UNIQUE INDEX iam_groups_by_name ON iam_groups (account, lower(name));

CREATE TABLE iam_roles (
    account VARCHAR(12) NOT NULL,
    id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    path VARCHAR NOT NULL,
    created_at FLOAT NOT NULL,
    trust VARCHAR NOT NULL,
    description VARCHAR,
    longest_s INTEGER NOT NULL,
    boundary VARCHAR,
    tags JSON NOT NULL,
    inline JSON NOT NULL,
    PRIMARY KEY (account, id)
);
CREATE UNIQUE INDEX iam_roles_by_name ON iam_roles (account, lower(name));

CREATE TABLE iam_policies (
    account VARCHAR(12) NOT NULL,
    id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    path VARCHAR NOT NULL,
    created_at FLOAT NOT NULL,
    updated_at FLOAT NOT NULL,
    description VARCHAR,
    "default" VARCHAR NOT NULL,
    versions JSON NOT NULL,
    latest INTEGER NOT NULL,
    tags JSON NOT NULL,
    PRIMARY KEY (account, id)
);
CREATE UNIQUE INDEX iam_policies_by_name ON iam_policies (account, lower(name));

CREATE TABLE iam_instance_profiles (
    account VARCHAR(12) NOT NULL,
    id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    path VARCHAR NOT NULL,
    created_at FLOAT NOT NULL,
    role_id VARCHAR,
    tags JSON NOT NULL,
    PRIMARY KEY (account, id)
);
CREATE UNIQUE INDEX iam_instance_profiles_by_name ON iam_instance_profiles (account, lower(name));

CREATE TABLE iam_providers (
    account VARCHAR(12) NOT NULL,
    id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    path VARCHAR NOT NULL,
    created_at FLOAT NOT NULL,
    clients JSON NOT NULL,
    thumbprints JSON NOT NULL,
    tags JSON NOT NULL,
    PRIMARY KEY (account, id)
);

-- Which group a user is in, and which managed policy is attached to what.
CREATE TABLE iam_members (
    account VARCHAR(12) NOT NULL,
    one VARCHAR NOT NULL,
    other VARCHAR NOT NULL,
    PRIMARY KEY (account, one, other)
);
CREATE INDEX iam_members_by_other ON iam_members (account, other);
CREATE TABLE iam_attachments (
    account VARCHAR(12) NOT NULL,
    one VARCHAR NOT NULL,
    other VARCHAR NOT NULL,
    PRIMARY KEY (account, one, other)
);
CREATE INDEX iam_attachments_by_other ON iam_attachments (account, other);

-- Looked up before the account is known, so unique over all of them.
CREATE TABLE iam_access_keys (
    account VARCHAR(12) NOT NULL,
    id VARCHAR NOT NULL PRIMARY KEY,
    user_id VARCHAR NOT NULL,
    active BOOLEAN NOT NULL,
    created_at FLOAT NOT NULL,
    secret BLOB NOT NULL
);
CREATE INDEX iam_access_keys_by_user ON iam_access_keys (account, user_id);

-- When a key or a role was last used. Noted often, and nothing that is kept in memory changes by it.
CREATE TABLE iam_uses (
    account VARCHAR(12) NOT NULL,
    id VARCHAR NOT NULL PRIMARY KEY,
    used_at FLOAT NOT NULL,
    service VARCHAR NOT NULL,
    region VARCHAR NOT NULL
);

-- An account's other name, of which no two have the same.
CREATE TABLE iam_aliases (
    account VARCHAR(12) NOT NULL PRIMARY KEY,
    alias VARCHAR NOT NULL UNIQUE
);

-- A number that every change of an account raises.
CREATE TABLE iam_generations (
    account VARCHAR(12) NOT NULL PRIMARY KEY,
    generation INTEGER NOT NULL
);
