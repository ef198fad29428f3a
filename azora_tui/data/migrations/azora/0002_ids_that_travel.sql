-- An account has an id that is the same on every machine, and events tell which machine added them.

ALTER TABLE users ADD COLUMN uuid TEXT;
UPDATE users SET uuid = uuid7_of(created_at, id);
ALTER TABLE users ALTER COLUMN uuid SET NOT NULL;
CREATE UNIQUE INDEX users_by_uuid ON users (uuid);

-- Each machine that has added events here. Which one writes now stands in a file beside the databases.
CREATE TABLE machines (
    id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    -- the number of its last event: to read it from there would cost more than to add one
    last_number INTEGER NOT NULL DEFAULT 0 CHECK (last_number >= 0)
) STRICT;
-- What was added before is of a machine that nobody knows any more.
INSERT INTO machines (uuid) SELECT uuid7_of(MIN(at), 0) FROM events HAVING COUNT(*) > 0;

-- A new kind is one more row.
CREATE TABLE event_kinds (kind TEXT PRIMARY KEY) STRICT;
INSERT INTO event_kinds (kind) VALUES
    ('registered'), ('signed_in'), ('signed_out'), ('password_changed'), ('password_reset'), ('session_revoked');

CREATE TABLE events_by_machine (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL REFERENCES event_kinds (kind),
    user_id INTEGER NOT NULL,
    at TEXT NOT NULL,
    -- what else is to be told (JSON)
    payload TEXT NOT NULL,
    machine_id INTEGER NOT NULL REFERENCES machines (id),
    -- counts what this machine has added, without gaps
    number INTEGER NOT NULL CHECK (number > 0),
    UNIQUE (machine_id, number)
) STRICT;
INSERT INTO events_by_machine (id, kind, user_id, at, payload, machine_id, number)
SELECT events.id, kind, user_id, at, '{}', machines.id, ROW_NUMBER() OVER (ORDER BY events.rowid)
FROM events CROSS JOIN machines;
DROP TABLE events;
ALTER TABLE events_by_machine RENAME TO events;
CREATE INDEX events_by_user ON events (user_id, at);
UPDATE machines SET last_number = (SELECT COUNT(*) FROM events);
CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events BEGIN
    SELECT RAISE(ABORT, 'events are only ever added');
END;
CREATE TRIGGER events_are_never_removed BEFORE DELETE ON events BEGIN
    SELECT RAISE(ABORT, 'events are only ever added');
END;
