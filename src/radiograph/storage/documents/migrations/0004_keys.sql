-- Keys that documents are sealed with, each wrapped by the one above it: master key, customer key, data key.
CREATE TABLE customer_keys (
    account VARCHAR(12) NOT NULL,
    id VARCHAR NOT NULL,
    created_at FLOAT NOT NULL,
    state VARCHAR NOT NULL,
    material BLOB,
    description VARCHAR NOT NULL,
    managed BOOLEAN NOT NULL,
    deletes_at FLOAT,
    PRIMARY KEY (account, id)
);

CREATE TABLE key_aliases (
    account VARCHAR(12) NOT NULL,
    alias VARCHAR NOT NULL,
    key_id VARCHAR NOT NULL,
    created_at FLOAT NOT NULL,
    PRIMARY KEY (account, alias)
);

CREATE TABLE data_keys (
    account VARCHAR(12) NOT NULL,
    number INTEGER NOT NULL,
    key_id VARCHAR NOT NULL,
    created_at FLOAT NOT NULL,
    material BLOB,
    PRIMARY KEY (account, number)
);

-- What documents under a data key have in common; sealed by it, because it is made of them.
CREATE TABLE data_key_dictionaries (
    account VARCHAR(12) NOT NULL,
    number INTEGER NOT NULL,
    data_key INTEGER NOT NULL,
    content BLOB,
    PRIMARY KEY (account, number)
);
