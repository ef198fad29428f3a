-- Work that a person reads: what lessons ask for, every version that was handed in, and every answer.

-- The tasks of the lessons as they are now, derived from those and made anew with each version of a course, as cards
-- are. `content` is JSON: title, instruction, criteria.
CREATE TABLE tasks (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    lesson_id INTEGER NOT NULL REFERENCES lessons (id),
    task_key TEXT NOT NULL,
    required INTEGER NOT NULL CHECK (required IN (0, 1)),
    content TEXT NOT NULL,
    order_index INTEGER NOT NULL,
    UNIQUE (lesson_id, task_key)
) STRICT;

-- What a learner is writing, theirs alone until they hand it in.
CREATE TABLE task_drafts (
    user_id INTEGER NOT NULL,
    lesson_id INTEGER NOT NULL REFERENCES lessons (id),
    task_key TEXT NOT NULL,
    text TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (user_id, lesson_id, task_key)
) STRICT;
CREATE INDEX task_drafts_by_lesson ON task_drafts (lesson_id);

CREATE TABLE submissions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    enrollment_id INTEGER NOT NULL REFERENCES enrollments (id),
    course_id INTEGER NOT NULL REFERENCES courses (id),
    lesson_id INTEGER NOT NULL REFERENCES lessons (id),
    task_key TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    course_version TEXT NOT NULL,
    -- the task as it was then (JSON): title, instruction, criteria, required
    task TEXT NOT NULL,
    text TEXT NOT NULL,
    handed_in_at TEXT NOT NULL,
    utc_offset INTEGER CHECK (utc_offset BETWEEN -1440 AND 1440),
    is_answered INTEGER NOT NULL DEFAULT 0 CHECK (is_answered IN (0, 1)),
    UNIQUE (enrollment_id, lesson_id, task_key, version)
) STRICT;
CREATE INDEX submissions_by_lesson ON submissions (lesson_id);
CREATE INDEX submissions_waiting ON submissions (handed_in_at, uuid) WHERE is_answered = 0;
CREATE INDEX submissions_waiting_in_a_course ON submissions (course_id, handed_in_at, uuid) WHERE is_answered = 0;
CREATE TRIGGER submissions_only_get_an_answer BEFORE UPDATE ON submissions
WHEN NEW.is_answered < OLD.is_answered OR NEW.id <> OLD.id OR NEW.uuid <> OLD.uuid
    OR NEW.enrollment_id <> OLD.enrollment_id OR NEW.course_id <> OLD.course_id OR NEW.lesson_id <> OLD.lesson_id
    OR NEW.task_key <> OLD.task_key OR NEW.version <> OLD.version OR NEW.course_version <> OLD.course_version
    OR NEW.task <> OLD.task OR NEW.text <> OLD.text OR NEW.handed_in_at <> OLD.handed_in_at
    OR NEW.utc_offset IS NOT OLD.utc_offset
BEGIN
    SELECT RAISE(ABORT, 'what was handed in is never changed');
END;
CREATE TRIGGER submissions_are_never_removed BEFORE DELETE ON submissions BEGIN
    SELECT RAISE(ABORT, 'what was handed in is never removed');
END;

-- One answer to each version. `ticked` are places of criteria from 1 (JSON), `user_id` is who answered.
CREATE TABLE task_answers (
    submission_id INTEGER PRIMARY KEY REFERENCES submissions (id),
    uuid TEXT NOT NULL UNIQUE,
    user_id INTEGER NOT NULL,
    accepted INTEGER NOT NULL CHECK (accepted IN (0, 1)),
    ticked TEXT NOT NULL,
    words TEXT NOT NULL,
    answered_at TEXT NOT NULL,
    read_at TEXT
) STRICT;
CREATE TRIGGER task_answers_are_only_ever_read BEFORE UPDATE ON task_answers
WHEN OLD.read_at IS NOT NULL OR NEW.submission_id <> OLD.submission_id OR NEW.uuid <> OLD.uuid
    OR NEW.user_id <> OLD.user_id OR NEW.accepted <> OLD.accepted OR NEW.ticked <> OLD.ticked
    OR NEW.words <> OLD.words OR NEW.answered_at <> OLD.answered_at
BEGIN
    SELECT RAISE(ABORT, 'an answer is never changed');
END;
CREATE TRIGGER task_answers_are_never_removed BEFORE DELETE ON task_answers BEGIN
    SELECT RAISE(ABORT, 'an answer is never removed');
END;

-- When a learner first said that a lesson is done, or passed its quiz, while a task of it was not accepted yet. It is
-- completed once that is.
ALTER TABLE lesson_progress ADD COLUMN said_done_at TEXT;
CREATE INDEX lessons_held_up ON lesson_progress (lesson_id) WHERE said_done_at IS NOT NULL AND completed = 0;

INSERT INTO event_kinds (kind) VALUES
    ('task_handed_in'), ('task_answered'), ('task_answer_read'), ('completion_held'), ('completion_granted');
