-- Help for who is stuck. No event tells of it: words stand here alone, and whoever takes theirs back leaves none behind.

-- One question, and where it was asked: at a question of the lesson's quiz (`question_id`), at a paragraph (`position` as the
-- reader wrote it), or of the lesson as a whole. `quote` is what stood there.
CREATE TABLE help_requests (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    asker_id INTEGER NOT NULL REFERENCES learners (user_id),
    course_id INTEGER NOT NULL REFERENCES courses (id),
    lesson_id INTEGER NOT NULL REFERENCES lessons (id),
    question_id TEXT,
    digest INTEGER NOT NULL DEFAULT 0,
    quote TEXT NOT NULL DEFAULT '',
    position TEXT,
    text TEXT NOT NULL,
    asked_at TEXT NOT NULL,
    settled_at TEXT,
    CHECK (question_id IS NULL OR position IS NULL)
) STRICT;
CREATE INDEX help_requests_of_somebody ON help_requests (asker_id, asked_at);
CREATE INDEX help_requests_open ON help_requests (settled_at, asked_at);
CREATE INDEX help_requests_on_a_lesson ON help_requests (lesson_id, settled_at, asked_at);
CREATE INDEX help_requests_in_a_course ON help_requests (course_id);

-- `given_at` is when a reply was given to the wisdom of the lesson.
CREATE TABLE help_replies (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    request_id INTEGER NOT NULL REFERENCES help_requests (id),
    author_id INTEGER NOT NULL REFERENCES learners (user_id),
    text TEXT NOT NULL,
    at TEXT NOT NULL,
    changed_at TEXT,
    given_at TEXT
) STRICT;
CREATE INDEX help_replies_to_a_request ON help_replies (request_id, at);
CREATE INDEX help_replies_of_somebody ON help_replies (author_id);

-- Whom a question was put to by a notice, so that nobody is told twice. Others find it in their list.
CREATE TABLE help_offers (
    request_id INTEGER NOT NULL REFERENCES help_requests (id),
    user_id INTEGER NOT NULL REFERENCES learners (user_id),
    at TEXT NOT NULL,
    PRIMARY KEY (request_id, user_id)
) STRICT;
CREATE INDEX help_offers_to_somebody ON help_offers (user_id);

-- All of them are about a row of help_requests.
INSERT INTO notice_kinds (kind) VALUES ('help_asked'), ('help_answered'), ('help_settled'), ('help_given');
