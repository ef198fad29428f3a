-- Who teaches a course: whoever brought it in, and whom they named. One that nobody teaches is the admins'.
CREATE TABLE course_teachers (
    course_id INTEGER NOT NULL REFERENCES courses (id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL,
    added_at TEXT NOT NULL,
    PRIMARY KEY (course_id, user_id)
) STRICT;
CREATE INDEX courses_of_a_teacher ON course_teachers (user_id, course_id);

-- A draft is seen by who teaches it, an archived course goes on for who is in it and takes no new ones. In the catalog
-- is only what is published, which `is_published` says; one statement sets both.
ALTER TABLE courses ADD COLUMN state TEXT NOT NULL DEFAULT 'published'
    CHECK (state IN ('draft', 'published', 'archived'));
UPDATE courses SET state = 'draft' WHERE is_published = 0;

-- What learners are called, for who teaches them; written down with what they do here, as their tokens have it.
ALTER TABLE learners ADD COLUMN name TEXT NOT NULL DEFAULT '';
ALTER TABLE learners ADD COLUMN email TEXT NOT NULL DEFAULT '';

INSERT INTO event_kinds (kind) VALUES ('teacher_added'), ('teacher_removed');
