-- courses, lessons, enrollments and lesson_progress keep the columns of the original LMS Service, first in each table.

CREATE TABLE courses (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    title TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    instructor TEXT NOT NULL DEFAULT '',
    duration TEXT NOT NULL DEFAULT '',
    students INTEGER NOT NULL DEFAULT 0 CHECK (students >= 0),
    is_published INTEGER NOT NULL DEFAULT 1 CHECK (is_published IN (0, 1)),
    created_at TEXT NOT NULL,
    slug TEXT NOT NULL UNIQUE,
    version TEXT NOT NULL DEFAULT '1.0.0',
    language TEXT NOT NULL DEFAULT 'en',
    licence TEXT NOT NULL DEFAULT '',
    level TEXT NOT NULL DEFAULT '',
    tags TEXT NOT NULL DEFAULT '[]',
    outcomes TEXT NOT NULL DEFAULT '[]',
    seats INTEGER CHECK (seats > 0),
    enrollment_open INTEGER NOT NULL DEFAULT 1 CHECK (enrollment_open IN (0, 1)),
    -- lessons published now, and those of them that count for progress
    lesson_count INTEGER NOT NULL DEFAULT 0 CHECK (lesson_count >= 0),
    required_count INTEGER NOT NULL DEFAULT 0 CHECK (required_count BETWEEN 0 AND lesson_count),
    -- title and search_text folded (case, diacritics) by the program, so that every database sorts and finds alike
    sort_title TEXT NOT NULL,
    search_text TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;
-- Each index carries what the filter reads, so that scrolling and filtering never touch the wide rows.
CREATE INDEX courses_by_title ON courses (is_published, sort_title, id, search_text);
CREATE INDEX courses_by_newest ON courses (is_published, created_at DESC, id DESC, search_text);
CREATE INDEX courses_by_students ON courses (is_published, students DESC, sort_title, id, search_text);

CREATE TABLE course_prerequisites (
    course_id INTEGER NOT NULL REFERENCES courses (id) ON DELETE CASCADE,
    prerequisite_slug TEXT NOT NULL,
    PRIMARY KEY (course_id, prerequisite_slug)
) STRICT;

CREATE TABLE lessons (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    course_id INTEGER NOT NULL REFERENCES courses (id),
    title TEXT NOT NULL,
    content TEXT NOT NULL DEFAULT '',
    order_index INTEGER NOT NULL DEFAULT 0,
    duration_minutes INTEGER NOT NULL DEFAULT 30 CHECK (duration_minutes >= 0),
    created_at TEXT NOT NULL,
    slug TEXT NOT NULL,
    section TEXT NOT NULL DEFAULT '',
    required INTEGER NOT NULL DEFAULT 1 CHECK (required IN (0, 1)),
    is_published INTEGER NOT NULL DEFAULT 1 CHECK (is_published IN (0, 1)),
    updated_at TEXT NOT NULL,
    UNIQUE (course_id, slug)
) STRICT;
-- Lessons 1 to 6 were the original service's; those ids are kept for them (lms/bundled.py).
INSERT INTO sqlite_sequence (name, seq) VALUES ('lessons', 6);
CREATE INDEX lessons_in_order ON lessons (course_id, is_published, order_index, id);

CREATE TABLE enrollments (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL,
    course_id INTEGER NOT NULL REFERENCES courses (id),
    progress INTEGER NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 100),
    status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'completed', 'left')),
    enrolled_at TEXT NOT NULL,
    completed_at TEXT,
    last_accessed_at TEXT NOT NULL,
    -- the course version on which completed_at was reached; neither is ever taken back
    completed_version TEXT,
    last_lesson_id INTEGER REFERENCES lessons (id),
    UNIQUE (user_id, course_id),
    CHECK ((completed_at IS NULL) = (completed_version IS NULL))
) STRICT;
CREATE INDEX enrollments_of_a_learner ON enrollments (user_id, status, last_accessed_at);
CREATE INDEX enrollments_in_a_course ON enrollments (course_id, status);
CREATE INDEX enrollments_by_last_lesson ON enrollments (last_lesson_id);

CREATE TABLE lesson_progress (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    enrollment_id INTEGER NOT NULL REFERENCES enrollments (id),
    lesson_id INTEGER NOT NULL REFERENCES lessons (id),
    completed INTEGER NOT NULL DEFAULT 0 CHECK (completed IN (0, 1)),
    completed_at TEXT,
    time_spent_minutes INTEGER NOT NULL DEFAULT 0 CHECK (time_spent_minutes >= 0),
    opened_at TEXT,
    -- where the reader stood, as the reader wrote it (JSON); null at the beginning
    position TEXT,
    UNIQUE (enrollment_id, lesson_id),
    CHECK ((completed = 1) = (completed_at IS NOT NULL))
) STRICT;
CREATE INDEX lesson_progress_by_lesson ON lesson_progress (lesson_id);

CREATE TABLE waitlist (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    course_id INTEGER NOT NULL REFERENCES courses (id),
    user_id INTEGER NOT NULL,
    joined_at TEXT NOT NULL,
    UNIQUE (course_id, user_id)
) STRICT;
CREATE INDEX waitlist_of_a_learner ON waitlist (user_id);

-- What happened, only ever added to. Everything shown (status, progress, students) can be rebuilt from it.
CREATE TABLE events (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (
        kind IN ('enrolled', 'left', 'reenrolled', 'opened', 'completed', 'course_completed', 'waitlisted')
    ),
    user_id INTEGER NOT NULL,
    course_id INTEGER NOT NULL REFERENCES courses (id),
    lesson_id INTEGER REFERENCES lessons (id),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX events_of_a_learner ON events (user_id, at);
CREATE INDEX events_in_a_course ON events (course_id, at);
CREATE INDEX events_by_lesson ON events (lesson_id);
CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events BEGIN
    SELECT RAISE(ABORT, 'events are only ever added');
END;
CREATE TRIGGER events_are_never_removed BEFORE DELETE ON events BEGIN
    SELECT RAISE(ABORT, 'events are only ever added');
END;

-- Which state of the bundled courses this file holds, so that a start without news reads none of them.
CREATE TABLE bundle (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    fingerprint TEXT NOT NULL
) STRICT;
