-- What was taken over from databases of the original services, so that doing it again adds nothing twice.

-- An original course, and what it added to `students` here. `made` where it became a course of its own.
CREATE TABLE adopted_courses (
    original_id INTEGER NOT NULL,
    title TEXT NOT NULL,
    created_at TEXT NOT NULL,
    course_id INTEGER NOT NULL REFERENCES courses (id) ON DELETE CASCADE,
    students INTEGER NOT NULL DEFAULT 0,
    made INTEGER NOT NULL CHECK (made IN (0, 1)),
    PRIMARY KEY (original_id, title, created_at)
) STRICT;
CREATE INDEX adopted_courses_by_course ON adopted_courses (course_id);

-- An original enrollment; `merged` where its learner had another one in that course, there or here.
CREATE TABLE adopted_enrollments (
    enrollment_id INTEGER NOT NULL REFERENCES enrollments (id) ON DELETE CASCADE,
    original_id INTEGER NOT NULL,
    enrolled_at TEXT NOT NULL,
    merged INTEGER NOT NULL CHECK (merged IN (0, 1)),
    PRIMARY KEY (enrollment_id, original_id, enrolled_at)
) STRICT;

-- Minutes that an original row of lesson_progress has added.
CREATE TABLE adopted_minutes (
    enrollment_id INTEGER NOT NULL REFERENCES enrollments (id) ON DELETE CASCADE,
    original_id INTEGER NOT NULL,
    lesson_id INTEGER NOT NULL REFERENCES lessons (id) ON DELETE CASCADE,
    enrolled_at TEXT NOT NULL,
    minutes INTEGER NOT NULL CHECK (minutes >= 0),
    PRIMARY KEY (enrollment_id, original_id, lesson_id, enrolled_at)
) STRICT;
CREATE INDEX adopted_minutes_by_lesson ON adopted_minutes (lesson_id);

-- Rows (JSON) whose course, learner, enrollment or lesson was gone, kept for who looks for them.
CREATE TABLE adopted_orphans (
    kind TEXT NOT NULL CHECK (kind IN ('lesson', 'enrollment', 'lesson_progress')),
    original TEXT NOT NULL,
    -- the rows of lesson_progress that belong to an enrollment
    work TEXT NOT NULL DEFAULT '[]',
    why TEXT NOT NULL,
    PRIMARY KEY (kind, original)
) STRICT;
