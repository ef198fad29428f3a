-- What who teaches a course says to everybody in it. A withdrawn one is kept: it was said.
CREATE TABLE announcements (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    course_id INTEGER NOT NULL REFERENCES courses (id),
    author_id INTEGER NOT NULL,
    author TEXT NOT NULL,
    text TEXT NOT NULL CHECK (text <> ''),
    at TEXT NOT NULL,
    withdrawn_at TEXT
) STRICT;
CREATE INDEX announcements_of_a_course ON announcements (course_id, at);

CREATE TABLE announcement_reads (
    user_id INTEGER NOT NULL,
    announcement_id INTEGER NOT NULL REFERENCES announcements (id),
    read_at TEXT NOT NULL,
    PRIMARY KEY (user_id, announcement_id)
) STRICT;
CREATE INDEX readers_of_an_announcement ON announcement_reads (announcement_id);

-- What who teaches a course writes to one of its learners, `user_id`.
CREATE TABLE messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    course_id INTEGER NOT NULL REFERENCES courses (id),
    user_id INTEGER NOT NULL REFERENCES learners (user_id),
    author_id INTEGER NOT NULL,
    author TEXT NOT NULL,
    text TEXT NOT NULL CHECK (text <> ''),
    at TEXT NOT NULL,
    read_at TEXT
) STRICT;
CREATE INDEX messages_to_a_learner ON messages (user_id, read_at, at);
CREATE INDEX messages_in_a_course ON messages (course_id);

INSERT INTO event_kinds (kind) VALUES ('announced'), ('announcement_withdrawn'), ('message_sent'), ('news_read');
