-- Learners for each other. What is said here is no learning, so no event tells of it: words stand in one place, and whoever
-- takes theirs back leaves none behind.

-- When an account was closed. What its person wrote for others is read without their name while it is.
ALTER TABLE learners ADD COLUMN closed_at TEXT;

-- What somebody shows of themselves; without a row, and until `is_open`, nothing. `display_name` may be empty: then the
-- name of the account is shown. `helps` says that they may be asked by those who are stuck. `search_text` is what people
-- are found by, folded; it begins with the name, so that its order is theirs.
CREATE TABLE profiles (
    user_id INTEGER PRIMARY KEY REFERENCES learners (user_id),
    is_open INTEGER NOT NULL DEFAULT 0 CHECK (is_open IN (0, 1)),
    helps INTEGER NOT NULL DEFAULT 0 CHECK (helps IN (0, 1)),
    display_name TEXT NOT NULL DEFAULT '',
    learning TEXT NOT NULL DEFAULT '',
    helping TEXT NOT NULL DEFAULT '',
    about TEXT NOT NULL DEFAULT '',
    search_text TEXT NOT NULL DEFAULT '',
    updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX open_profiles ON profiles (is_open, search_text);

-- One row for two people. What was declined, taken back or ended has none.
CREATE TABLE connections (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    asker_id INTEGER NOT NULL REFERENCES learners (user_id),
    asked_id INTEGER NOT NULL REFERENCES learners (user_id),
    words TEXT NOT NULL DEFAULT '',
    asked_at TEXT NOT NULL,
    accepted_at TEXT,
    CHECK (asker_id <> asked_id)
) STRICT;
CREATE UNIQUE INDEX connections_of_two ON connections (MIN(asker_id, asked_id), MAX(asker_id, asked_id));
CREATE INDEX connections_asked_by ON connections (asker_id, accepted_at);
CREATE INDEX connections_asked_of ON connections (asked_id, accepted_at);

-- Two people with a row in either direction do not exist for each other. `name` is what the blocked were called then: whoever
-- did it has to find them again, and learns nothing newer.
CREATE TABLE blocks (
    blocker_id INTEGER NOT NULL REFERENCES learners (user_id),
    blocked_id INTEGER NOT NULL REFERENCES learners (user_id),
    name TEXT NOT NULL DEFAULT '',
    at TEXT NOT NULL,
    PRIMARY KEY (blocker_id, blocked_id),
    CHECK (blocker_id <> blocked_id)
) STRICT;
CREATE INDEX blocks_of_the_blocked ON blocks (blocked_id);

-- What stands in somebody's inbox. `about_id` is a row of the table that the kind is about; who removes that row removes
-- what was told of it. No words and no names: they are read where they stand.
CREATE TABLE notice_kinds (kind TEXT PRIMARY KEY) STRICT;
CREATE TABLE notices (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    user_id INTEGER NOT NULL REFERENCES learners (user_id),
    kind TEXT NOT NULL REFERENCES notice_kinds (kind),
    about_id INTEGER NOT NULL,
    actor_id INTEGER REFERENCES learners (user_id),
    course_id INTEGER REFERENCES courses (id),
    lesson_id INTEGER REFERENCES lessons (id),
    at TEXT NOT NULL,
    read_at TEXT
) STRICT;
CREATE INDEX notices_of_somebody ON notices (user_id, read_at, at);
CREATE INDEX notices_about ON notices (kind, about_id);
CREATE INDEX notices_by_actor ON notices (actor_id);
CREATE INDEX notices_by_course ON notices (course_id);
CREATE INDEX notices_by_lesson ON notices (lesson_id);
INSERT INTO notice_kinds (kind) VALUES ('connection_asked'), ('connection_accepted');

-- When somebody posted in the last minute, for the limit of ten.
CREATE TABLE recent_posts (
    user_id INTEGER NOT NULL REFERENCES learners (user_id),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX recent_posts_of_somebody ON recent_posts (user_id, at);
