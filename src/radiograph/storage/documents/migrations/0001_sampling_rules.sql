-- As release 0.1 made it, without a version; a file of that release passes this step unchanged.
CREATE TABLE IF NOT EXISTS sampling_rules (
    account VARCHAR(12) NOT NULL,
    name VARCHAR(32) NOT NULL,
    priority INTEGER NOT NULL,
    fixed_rate FLOAT NOT NULL,
    reservoir_size INTEGER NOT NULL,
    "match" BLOB NOT NULL,
    created_at FLOAT NOT NULL,
    modified_at FLOAT NOT NULL,
    PRIMARY KEY (account, name)
);
