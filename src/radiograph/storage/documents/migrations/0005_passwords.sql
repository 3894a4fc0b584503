-- Passwords of users, as Argon2id makes them, and the ones before that must not come again.
CREATE TABLE iam_passwords (
    account VARCHAR(12) NOT NULL,
    user_id VARCHAR NOT NULL,
    created_at FLOAT NOT NULL,
    changed_at FLOAT NOT NULL,
    hash VARCHAR NOT NULL,
    must_change BOOLEAN NOT NULL,
    earlier JSON NOT NULL,
    PRIMARY KEY (account, user_id)
);

-- What an account demands of them.
CREATE TABLE iam_password_policies (
    account VARCHAR(12) NOT NULL PRIMARY KEY,
    policy JSON NOT NULL
);
