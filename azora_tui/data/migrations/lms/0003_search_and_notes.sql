-- What a lesson says, without its Markdown, a paragraph a line: what search shows of it. Only of lessons that are found.
CREATE TABLE lesson_texts (
    lesson_id INTEGER PRIMARY KEY REFERENCES lessons (id) ON DELETE CASCADE,
    text TEXT NOT NULL
) STRICT;

-- A learner's notes; without a text it is a bookmark. `quote` is the paragraph as it was, `digest` the reader's
-- fingerprint of it, `position` where the reader had it (JSON): by these it is found again in another version.
CREATE TABLE notes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    user_id INTEGER NOT NULL,
    course_id INTEGER NOT NULL REFERENCES courses (id),
    lesson_id INTEGER NOT NULL REFERENCES lessons (id),
    digest INTEGER NOT NULL,
    quote TEXT NOT NULL,
    position TEXT NOT NULL,
    text TEXT CHECK (text <> ''),
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    deleted_at TEXT
) STRICT;
CREATE INDEX notes_of_a_learner ON notes (user_id, lesson_id, id);
CREATE INDEX notes_in_a_course ON notes (course_id);
CREATE INDEX notes_by_lesson ON notes (lesson_id);

-- The indexes hold no text of their own. A row of search_index is a course (4 × id) or a lesson (4 × id + 1), and only
-- while it is published; a row of notes_index is a note that is not deleted. The rank weighs the columns.
CREATE VIRTUAL TABLE search_index USING fts5 (
    title, about, text,
    content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3'
);
INSERT INTO search_index (search_index, rank) VALUES ('rank', 'bm25(10.0, 4.0, 1.0)');
CREATE VIRTUAL TABLE notes_index USING fts5 (
    text, quote,
    content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3'
);
INSERT INTO notes_index (notes_index, rank) VALUES ('rank', 'bm25(5.0, 1.0)');

-- Which way of reading lessons the index was made with; without a row it has yet to be made.
CREATE TABLE search_state (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    version INTEGER NOT NULL
) STRICT;
-- The next start looks at the bundled courses again, and makes the index of all that are there.
DELETE FROM bundle;

-- The letters of the catalog's search_text, three by three: finds courses that hold a rare word anywhere in a word.
CREATE VIRTUAL TABLE courses_letters USING fts5 (
    search_text, content = 'courses', content_rowid = 'id', tokenize = 'trigram case_sensitive 1'
);
INSERT INTO courses_letters (courses_letters) VALUES ('rebuild');
CREATE TRIGGER courses_letters_added AFTER INSERT ON courses BEGIN
    INSERT INTO courses_letters (rowid, search_text) VALUES (NEW.id, NEW.search_text);
END;
CREATE TRIGGER courses_letters_removed AFTER DELETE ON courses BEGIN
    INSERT INTO courses_letters (courses_letters, rowid, search_text) VALUES ('delete', OLD.id, OLD.search_text);
END;
CREATE TRIGGER courses_letters_changed AFTER UPDATE OF search_text ON courses WHEN NEW.search_text <> OLD.search_text
BEGIN
    INSERT INTO courses_letters (courses_letters, rowid, search_text) VALUES ('delete', OLD.id, OLD.search_text);
    INSERT INTO courses_letters (rowid, search_text) VALUES (NEW.id, NEW.search_text);
END;
