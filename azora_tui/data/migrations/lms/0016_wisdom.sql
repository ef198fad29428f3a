-- What those who have learnt a lesson leave for those who come after. Whatever somebody wrote stands in its row and in
-- wisdom_index, and nowhere else.
CREATE TABLE wisdom_kinds (kind TEXT PRIMARY KEY) STRICT;
INSERT INTO wisdom_kinds (kind) VALUES ('tip'), ('example'), ('explanation'), ('correction');

-- `digest`, `quote` and `position` as of a note, or none of them for the whole lesson. `seen` and `thanks` count the rows
-- of wisdom_readers, `score` is the lower bound that comes of them (lms.together.ranking). Without `author_id` it is by
-- somebody who has left.
CREATE TABLE wisdom (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    course_id INTEGER NOT NULL REFERENCES courses (id),
    lesson_id INTEGER NOT NULL REFERENCES lessons (id),
    author_id INTEGER REFERENCES learners (user_id),
    kind TEXT NOT NULL REFERENCES wisdom_kinds (kind),
    text TEXT NOT NULL CHECK (text <> ''),
    digest INTEGER,
    quote TEXT NOT NULL DEFAULT '',
    position TEXT,
    written_at TEXT NOT NULL,
    changed_at TEXT,
    seen INTEGER NOT NULL DEFAULT 0 CHECK (seen >= 0),
    thanks INTEGER NOT NULL DEFAULT 0 CHECK (thanks BETWEEN 0 AND seen),
    score REAL NOT NULL DEFAULT 0,
    is_pinned INTEGER NOT NULL DEFAULT 0 CHECK (is_pinned IN (0, 1)),
    is_hidden INTEGER NOT NULL DEFAULT 0 CHECK (is_hidden IN (0, 1)),
    hidden_reason TEXT NOT NULL DEFAULT '',
    hidden_by INTEGER REFERENCES learners (user_id),
    answer TEXT NOT NULL DEFAULT '',
    answered_by INTEGER REFERENCES learners (user_id),
    answered_at TEXT,
    taken_over_at TEXT,
    CHECK ((digest IS NULL) = (position IS NULL)),
    CHECK ((is_hidden = 1) = (hidden_reason <> '')),
    CHECK ((answer <> '') = (answered_at IS NOT NULL))
) STRICT;
CREATE INDEX wisdom_of_a_lesson ON wisdom (lesson_id, is_pinned DESC, score DESC, written_at DESC, id DESC);
CREATE INDEX wisdom_counted ON wisdom (lesson_id, is_hidden, author_id);
CREATE INDEX wisdom_of_a_paragraph ON wisdom (lesson_id, digest);
CREATE INDEX wisdom_in_a_course ON wisdom (course_id);
CREATE INDEX wisdom_by_somebody ON wisdom (author_id, lesson_id);
CREATE INDEX wisdom_by_kind ON wisdom (kind);
CREATE INDEX wisdom_hidden_by ON wisdom (hidden_by);
CREATE INDEX wisdom_answered_by ON wisdom (answered_by);

-- Who has seen a piece, once, and who of them has thanked; never its author.
CREATE TABLE wisdom_readers (
    wisdom_id INTEGER NOT NULL REFERENCES wisdom (id),
    user_id INTEGER NOT NULL REFERENCES learners (user_id),
    seen_at TEXT NOT NULL,
    thanked_at TEXT,
    PRIMARY KEY (wisdom_id, user_id)
) STRICT;
CREATE INDEX wisdom_readers_by_person ON wisdom_readers (user_id);

-- What somebody told who teaches. `about_id` is a row of the table that the kind is about, and whoever removes that row
-- removes what was reported of it. One report of one thing by one person, whatever became of it.
CREATE TABLE report_kinds (kind TEXT PRIMARY KEY) STRICT;
INSERT INTO report_kinds (kind) VALUES ('wisdom');
CREATE TABLE reports (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL REFERENCES report_kinds (kind),
    about_id INTEGER NOT NULL,
    course_id INTEGER NOT NULL REFERENCES courses (id),
    reporter_id INTEGER NOT NULL REFERENCES learners (user_id),
    reason TEXT NOT NULL CHECK (reason <> ''),
    at TEXT NOT NULL,
    settled_at TEXT,
    UNIQUE (kind, about_id, reporter_id)
) STRICT;
CREATE INDEX reports_of_a_course ON reports (course_id, settled_at, at);
CREATE INDEX reports_by_somebody ON reports (reporter_id);

INSERT INTO notice_kinds (kind) VALUES
    ('wisdom_hidden'), ('wisdom_answered'), ('wisdom_pinned'), ('wisdom_taken_over');

-- Holds no text of its own. What is taken out of it is given to it once more, and then leaves nothing behind.
CREATE VIRTUAL TABLE wisdom_index USING fts5 (
    text, quote, content = '', tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3'
);
INSERT INTO wisdom_index (wisdom_index, rank) VALUES ('secure-delete', 1);
INSERT INTO wisdom_index (wisdom_index, rank) VALUES ('rank', 'bm25(5.0, 1.0)');
