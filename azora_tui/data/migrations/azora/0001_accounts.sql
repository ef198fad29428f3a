-- users keeps the columns of the original Auth Service; `password` holds a hash, never the password.
CREATE TABLE users (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    email TEXT NOT NULL UNIQUE,
    password TEXT NOT NULL,
    name TEXT NOT NULL CHECK (name <> ''),
    created_at TEXT NOT NULL,
    email_key TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL DEFAULT 'learner' CHECK (role IN ('learner', 'instructor', 'admin'))
) STRICT;

CREATE TABLE sessions (
    id TEXT PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    revoked_at TEXT
) STRICT;
CREATE INDEX sessions_by_user ON sessions (user_id, created_at);

-- Guesses at one e-mail, whether or not an account has it. Removed when the right password comes or a day has passed.
CREATE TABLE sign_in_failures (
    email_key TEXT PRIMARY KEY,
    failures INTEGER NOT NULL CHECK (failures > 0),
    last_failed_at TEXT NOT NULL
) STRICT;
CREATE INDEX sign_in_failures_by_time ON sign_in_failures (last_failed_at);

-- What happened, only ever added to.
CREATE TABLE events (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (
        kind IN ('registered', 'signed_in', 'signed_out', 'password_changed', 'password_reset', 'session_revoked')
    ),
    user_id INTEGER NOT NULL,
    at TEXT NOT NULL
) STRICT;
CREATE INDEX events_by_user ON events (user_id, at);
CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events BEGIN
    SELECT RAISE(ABORT, 'events are only ever added');
END;
CREATE TRIGGER events_are_never_removed BEFORE DELETE ON events BEGIN
    SELECT RAISE(ABORT, 'events are only ever added');
END;
