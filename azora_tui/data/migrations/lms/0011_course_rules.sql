-- Whom a course takes, and when: whole days (ISO), both of them in it, judged by the day that it is where the learner is.
-- The key is a word that who teaches tells the class, so it is kept as it is: they have to be able to tell it again.
ALTER TABLE courses ADD COLUMN opens TEXT;
ALTER TABLE courses ADD COLUMN closes TEXT;
ALTER TABLE courses ADD COLUMN enrollment_key TEXT CHECK (enrollment_key <> '');
-- What was set here and not by the course's files (a JSON list of names): a new version leaves it as it is.
ALTER TABLE courses ADD COLUMN set_here TEXT NOT NULL DEFAULT '[]';

-- Wrong keys of the last hour, which slow down whoever tries one after another.
CREATE TABLE wrong_keys (
    id INTEGER PRIMARY KEY,
    course_id INTEGER NOT NULL REFERENCES courses (id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL,
    at TEXT NOT NULL
) STRICT;
CREATE INDEX wrong_keys_of_a_learner ON wrong_keys (user_id, course_id, at);
CREATE INDEX wrong_keys_of_a_course ON wrong_keys (course_id);

INSERT INTO event_kinds (kind) VALUES ('course_changed');
