-- Attempts at quizzes and the answers in them, and the events that tell of them.

-- A try at a lesson's quiz. The questions (JSON) and the pass mark stay as they were when it began.
CREATE TABLE attempts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    enrollment_id INTEGER NOT NULL REFERENCES enrollments (id),
    lesson_id INTEGER NOT NULL REFERENCES lessons (id),
    course_version TEXT NOT NULL,
    pass_percent INTEGER NOT NULL CHECK (pass_percent BETWEEN 0 AND 100),
    questions TEXT NOT NULL,
    started_at TEXT NOT NULL,
    finished_at TEXT,
    score INTEGER CHECK (score BETWEEN 0 AND 100),
    CHECK ((finished_at IS NULL) = (score IS NULL))
) STRICT;
CREATE INDEX attempts_at_a_quiz ON attempts (enrollment_id, lesson_id, id);
CREATE INDEX attempts_by_lesson ON attempts (lesson_id);
CREATE UNIQUE INDEX attempts_under_way ON attempts (enrollment_id, lesson_id) WHERE finished_at IS NULL;
CREATE TRIGGER attempts_only_ever_end BEFORE UPDATE ON attempts
WHEN OLD.finished_at IS NOT NULL OR NEW.id <> OLD.id OR NEW.enrollment_id <> OLD.enrollment_id
    OR NEW.lesson_id <> OLD.lesson_id OR NEW.course_version <> OLD.course_version
    OR NEW.pass_percent <> OLD.pass_percent OR NEW.questions <> OLD.questions OR NEW.started_at <> OLD.started_at
BEGIN
    SELECT RAISE(ABORT, 'an attempt can only be finished, once');
END;
CREATE TRIGGER attempts_are_never_removed BEFORE DELETE ON attempts BEGIN
    SELECT RAISE(ABORT, 'attempts are only ever added');
END;

CREATE TABLE answers (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    attempt_id INTEGER NOT NULL REFERENCES attempts (id),
    question_id TEXT NOT NULL,
    -- JSON: the places of the chosen options, from 0, or the text that was written
    given TEXT NOT NULL,
    correct INTEGER NOT NULL CHECK (correct IN (0, 1)),
    hint_used INTEGER NOT NULL CHECK (hint_used IN (0, 1)),
    answered_at TEXT NOT NULL,
    UNIQUE (attempt_id, question_id)
) STRICT;
CREATE TRIGGER answers_come_before_the_end BEFORE INSERT ON answers
WHEN (SELECT finished_at FROM attempts WHERE id = NEW.attempt_id) IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'a finished attempt takes no answer');
END;
CREATE TRIGGER answers_are_never_changed BEFORE UPDATE ON answers BEGIN
    SELECT RAISE(ABORT, 'answers are only ever added');
END;
CREATE TRIGGER answers_are_never_removed BEFORE DELETE ON answers BEGIN
    SELECT RAISE(ABORT, 'answers are only ever added');
END;

-- SQLite cannot change a CHECK, so events moves into a table of the same shape that knows the new kinds.
CREATE TABLE events_with_quizzes (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (
        kind IN (
            'enrolled', 'left', 'reenrolled', 'opened', 'completed', 'course_completed', 'waitlisted', 'left_waitlist',
            'quiz_started', 'answered', 'quiz_finished'
        )
    ),
    user_id INTEGER NOT NULL,
    course_id INTEGER NOT NULL REFERENCES courses (id),
    lesson_id INTEGER REFERENCES lessons (id),
    at TEXT NOT NULL
) STRICT;
INSERT INTO events_with_quizzes (id, kind, user_id, course_id, lesson_id, at)
SELECT id, kind, user_id, course_id, lesson_id, at FROM events ORDER BY rowid;
DROP TABLE events;
ALTER TABLE events_with_quizzes RENAME TO events;
CREATE INDEX events_of_a_learner ON events (user_id, at);
CREATE INDEX events_in_a_course ON events (course_id, at);
CREATE INDEX events_by_lesson ON events (lesson_id);
CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events BEGIN
    SELECT RAISE(ABORT, 'events are only ever added');
END;
CREATE TRIGGER events_are_never_removed BEFORE DELETE ON events BEGIN
    SELECT RAISE(ABORT, 'events are only ever added');
END;
