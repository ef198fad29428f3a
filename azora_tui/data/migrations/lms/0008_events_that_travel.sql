-- Ids that are the same on every machine, times to the microsecond in place of ids where the order counts, and events
-- that tell everything: who, what and where by names that hold elsewhere too, and all that is shown of it.

-- Rows get an id (UUID, version 7). One that came of an event has that event's id; those from before get ids of the
-- time at which they happened, in their order.
ALTER TABLE enrollments ADD COLUMN uuid TEXT;
UPDATE enrollments SET uuid = uuid7_of(enrolled_at, id);
ALTER TABLE enrollments ALTER COLUMN uuid SET NOT NULL;
CREATE UNIQUE INDEX enrollments_by_uuid ON enrollments (uuid);

ALTER TABLE waitlist ADD COLUMN uuid TEXT;
UPDATE waitlist SET uuid = uuid7_of(joined_at, id);
ALTER TABLE waitlist ALTER COLUMN uuid SET NOT NULL;
CREATE UNIQUE INDEX waitlist_by_uuid ON waitlist (uuid);
CREATE INDEX waitlist_in_order ON waitlist (course_id, joined_at, uuid);

DROP TRIGGER attempts_only_ever_end;
ALTER TABLE attempts ADD COLUMN uuid TEXT;
UPDATE attempts SET uuid = uuid7_of(started_at, id);
ALTER TABLE attempts ALTER COLUMN uuid SET NOT NULL;
CREATE UNIQUE INDEX attempts_by_uuid ON attempts (uuid);
DROP INDEX attempts_at_a_quiz;
CREATE INDEX attempts_at_a_quiz ON attempts (enrollment_id, lesson_id, started_at, uuid);
CREATE TRIGGER attempts_only_ever_end BEFORE UPDATE ON attempts
WHEN OLD.finished_at IS NOT NULL OR NEW.id <> OLD.id OR NEW.uuid <> OLD.uuid OR NEW.enrollment_id <> OLD.enrollment_id
    OR NEW.lesson_id <> OLD.lesson_id OR NEW.course_version <> OLD.course_version
    OR NEW.pass_percent <> OLD.pass_percent OR NEW.questions <> OLD.questions OR NEW.started_at <> OLD.started_at
BEGIN
    SELECT RAISE(ABORT, 'an attempt can only be finished, once');
END;

DROP TRIGGER answers_are_never_changed;
ALTER TABLE answers ADD COLUMN uuid TEXT;
UPDATE answers SET uuid = uuid7_of(answered_at, id);
ALTER TABLE answers ALTER COLUMN uuid SET NOT NULL;
CREATE UNIQUE INDEX answers_by_uuid ON answers (uuid);
CREATE TRIGGER answers_are_never_changed BEFORE UPDATE ON answers BEGIN
    SELECT RAISE(ABORT, 'answers are only ever added');
END;

DROP TRIGGER minutes_are_never_changed;
ALTER TABLE minutes_spent ADD COLUMN uuid TEXT;
UPDATE minutes_spent SET uuid = uuid7_of(at, id);
ALTER TABLE minutes_spent ALTER COLUMN uuid SET NOT NULL;
CREATE UNIQUE INDEX minutes_by_uuid ON minutes_spent (uuid);
CREATE TRIGGER minutes_are_never_changed BEFORE UPDATE ON minutes_spent BEGIN
    SELECT RAISE(ABORT, 'minutes are only ever added');
END;

DROP TRIGGER rest_days_are_never_changed;
ALTER TABLE rest_days ADD COLUMN uuid TEXT;
UPDATE rest_days SET uuid = uuid7_of(chosen_at, id);
ALTER TABLE rest_days ALTER COLUMN uuid SET NOT NULL;
CREATE UNIQUE INDEX rest_days_by_uuid ON rest_days (uuid);
DROP INDEX rest_days_of_a_learner;
CREATE INDEX rest_days_of_a_learner ON rest_days (user_id, chosen_at, uuid);
CREATE TRIGGER rest_days_are_never_changed BEFORE UPDATE ON rest_days BEGIN
    SELECT RAISE(ABORT, 'choices of rest days are only ever added');
END;

-- Ratings and notes of one second get fractions of it, so that they keep their order. Where that happened, the
-- next start makes the states of cards anew.
DELETE FROM bundle WHERE EXISTS (SELECT 1 FROM review_log GROUP BY user_id, at HAVING COUNT(*) > 1);
DELETE FROM review_state WHERE EXISTS (SELECT 1 FROM review_log GROUP BY user_id, at HAVING COUNT(*) > 1);
DROP TRIGGER review_log_is_never_changed;
UPDATE review_log SET at = at || printf('.%06d', tied.place) FROM (
    SELECT id, ROW_NUMBER() OVER (PARTITION BY user_id, at ORDER BY id) - 1 AS place FROM review_log
) AS tied WHERE tied.id = review_log.id AND tied.place > 0;
CREATE TRIGGER review_log_is_never_changed BEFORE UPDATE ON review_log BEGIN
    SELECT RAISE(ABORT, 'the review log is only ever added to');
END;
UPDATE notes SET created_at = created_at || printf('.%06d', tied.place) FROM (
    SELECT id, ROW_NUMBER() OVER (PARTITION BY user_id, created_at ORDER BY id) - 1 AS place FROM notes
) AS tied WHERE tied.id = notes.id AND tied.place > 0;
DROP INDEX review_log_of_a_card;
CREATE INDEX review_log_of_a_card ON review_log (user_id, lesson_id, kind, card_key, at, uuid);
DROP INDEX review_log_of_a_learner;
CREATE INDEX review_log_of_a_learner ON review_log (user_id, at, uuid);
DROP INDEX notes_of_a_learner;
CREATE INDEX notes_of_a_learner ON notes (user_id, lesson_id, created_at, uuid);

-- Where a card stands in its lesson.
ALTER TABLE cards ADD COLUMN order_index INTEGER NOT NULL DEFAULT 0;
UPDATE cards SET order_index = id;

-- Each machine that has added events here. Which one writes now stands in a file beside the databases.
CREATE TABLE machines (
    id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    -- the number of its last event: to read it from there would cost more than to add one
    last_number INTEGER NOT NULL DEFAULT 0 CHECK (last_number >= 0)
) STRICT;
-- What was added before is of a machine that nobody knows any more.
INSERT INTO machines (uuid) SELECT uuid7_of(at, 0) FROM (
    SELECT at FROM events
    UNION ALL SELECT enrolled_at FROM enrollments
    UNION ALL SELECT at FROM minutes_spent
    UNION ALL SELECT chosen_at FROM rest_days
    UNION ALL SELECT created_at FROM notes
    UNION ALL SELECT joined_at FROM waitlist
) ORDER BY at LIMIT 1;

-- Who the learners are whose numbers stand in this file; written down with the first that they do here.
CREATE TABLE learners (
    user_id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE
) STRICT;

-- A new kind is one more row.
CREATE TABLE event_kinds (kind TEXT PRIMARY KEY) STRICT;
INSERT INTO event_kinds (kind) VALUES
    ('enrolled'), ('left'), ('reenrolled'), ('waitlisted'), ('left_waitlist'),
    ('opened'), ('place_kept'), ('completed'), ('completed_again'), ('course_completed'),
    ('quiz_started'), ('quiz_resumed'), ('answered'), ('quiz_finished'),
    ('note_written'), ('note_changed'), ('note_deleted'), ('note_restored'),
    ('rest_days_chosen'), ('adopted'), ('carried_over');

CREATE TABLE events_that_travel (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL REFERENCES event_kinds (kind),
    user_id INTEGER NOT NULL,
    course_id INTEGER REFERENCES courses (id),
    lesson_id INTEGER REFERENCES lessons (id),
    -- their own names, which hold on every machine
    course TEXT,
    lesson TEXT,
    at TEXT NOT NULL,
    -- all else that is to be told (JSON): with it everything that is shown can be made again
    payload TEXT NOT NULL,
    machine_id INTEGER NOT NULL REFERENCES machines (id),
    -- counts what this machine has added, without gaps
    number INTEGER NOT NULL CHECK (number > 0),
    UNIQUE (machine_id, number),
    CHECK ((course_id IS NULL) = (course IS NULL)),
    CHECK ((lesson_id IS NULL) = (lesson IS NULL))
) STRICT;

-- Events told no more than that something happened. The nth event of a kind that a learner has in a lesson is that of
-- the nth attempt, end of an attempt, or answer: both were always added together.
INSERT INTO events_that_travel (
    id, kind, user_id, course_id, lesson_id, course, lesson, at, payload, machine_id, number
)
WITH
numbered AS (
    SELECT id, kind, user_id, course_id, lesson_id, at, ROW_NUMBER() OVER (ORDER BY rowid) AS number,
        ROW_NUMBER() OVER (PARTITION BY user_id, lesson_id, kind ORDER BY rowid) AS nth,
        ROW_NUMBER() OVER (PARTITION BY user_id, course_id, kind ORDER BY rowid) AS nth_in_course
    FROM events
),
tries AS (
    SELECT attempts.*, enrollments.user_id,
        ROW_NUMBER() OVER (PARTITION BY enrollments.user_id, lesson_id ORDER BY attempts.id) AS nth
    FROM attempts JOIN enrollments ON enrollments.id = attempts.enrollment_id
),
said AS (
    SELECT answers.*, attempts.uuid AS attempt, attempts.lesson_id, enrollments.user_id,
        ROW_NUMBER() OVER (PARTITION BY enrollments.user_id, attempts.lesson_id ORDER BY answers.id) AS nth
    FROM answers
    JOIN attempts ON attempts.id = answers.attempt_id
    JOIN enrollments ON enrollments.id = attempts.enrollment_id
)
SELECT numbered.id, numbered.kind, numbered.user_id, numbered.course_id, numbered.lesson_id, courses.slug, lessons.slug,
    numbered.at,
    CASE
        WHEN numbered.kind = 'enrolled' AND mine.id IS NOT NULL THEN json_object(
            'uuid', mine.uuid,
            -- who was brought in from an original school is counted there
            'adopted', json(CASE WHEN nth_in_course > 1 OR EXISTS (
                SELECT 1 FROM adopted_enrollments WHERE enrollment_id = mine.id AND merged = 0
            ) THEN 'true' ELSE 'false' END)
        )
        WHEN numbered.kind = 'course_completed' AND mine.completed_at IS NOT NULL
            THEN json_object('version', mine.completed_version)
        WHEN numbered.kind = 'quiz_started' AND tries.id IS NOT NULL THEN json_object(
            'uuid', tries.uuid, 'started_at', tries.started_at, 'version', tries.course_version,
            'pass_percent', tries.pass_percent, 'questions', json(tries.questions)
        )
        WHEN numbered.kind = 'quiz_finished' AND tries.score IS NOT NULL
            THEN json_object('attempt', tries.uuid, 'finished_at', tries.finished_at, 'score', tries.score)
        WHEN numbered.kind = 'answered' AND said.id IS NOT NULL THEN json_object(
            'uuid', said.uuid, 'answered_at', said.answered_at, 'attempt', said.attempt,
            'question', said.question_id, 'given', json(said.given), 'correct', json(iif(said.correct, 'true', 'false')),
            'hint_used', json(iif(said.hint_used, 'true', 'false'))
        )
        ELSE '{}'
    END,
    1, numbered.number
FROM numbered
JOIN courses ON courses.id = numbered.course_id
LEFT JOIN lessons ON lessons.id = numbered.lesson_id
LEFT JOIN enrollments AS mine ON mine.user_id = numbered.user_id AND mine.course_id = numbered.course_id
LEFT JOIN tries ON numbered.kind IN ('quiz_started', 'quiz_finished') AND tries.user_id = numbered.user_id
    AND tries.lesson_id = numbered.lesson_id AND tries.nth = numbered.nth
LEFT JOIN said ON numbered.kind = 'answered' AND said.user_id = numbered.user_id
    AND said.lesson_id = numbered.lesson_id AND said.nth = numbered.nth
ORDER BY numbered.number;

-- What no event of theirs can tell: how enrollments, lessons, notes and the waitlist stand now, and rows without event.
INSERT INTO events_that_travel (
    id, kind, user_id, course_id, lesson_id, course, lesson, at, payload, machine_id, number
)
WITH told AS (
    SELECT 1 AS step, enrollments.id AS row, uuid7_of(last_accessed_at, enrollments.id) AS id, 'carried_over' AS kind,
        user_id, enrollments.course_id, NULL AS lesson_id, last_accessed_at AS at,
        json_object(
            'uuid', enrollments.uuid, 'left', json(iif(status = 'left', 'true', 'false')), 'enrolled_at', enrolled_at,
            'last_accessed_at', last_accessed_at, 'last_lesson', last.slug, 'completed_at', completed_at,
            'version', completed_version
        ) AS payload
    FROM enrollments LEFT JOIN lessons AS last ON last.id = enrollments.last_lesson_id
    UNION ALL
    SELECT 2, mine.id, uuid7_of(enrollments.last_accessed_at, mine.id), 'carried_over', enrollments.user_id,
        enrollments.course_id, mine.lesson_id, enrollments.last_accessed_at,
        json_object(
            'completed_at', mine.completed_at, 'opened_at', opened_at, 'position', position,
            'minutes', time_spent_minutes - COALESCE((
                SELECT SUM(minutes) FROM minutes_spent
                WHERE minutes_spent.user_id = enrollments.user_id AND minutes_spent.lesson_id = mine.lesson_id
            ), 0)
        )
    FROM lesson_progress AS mine JOIN enrollments ON enrollments.id = mine.enrollment_id
    UNION ALL
    SELECT 3, minutes_spent.id, minutes_spent.uuid, 'place_kept', user_id, lessons.course_id, lesson_id, at,
        json_object('minutes', minutes)
    FROM minutes_spent JOIN lessons ON lessons.id = minutes_spent.lesson_id
    UNION ALL
    SELECT 4, id, uuid, 'rest_days_chosen', user_id, NULL, NULL, chosen_at, json_object('weekdays', weekdays)
    FROM rest_days
    UNION ALL
    SELECT 5, id, uuid7_of(joined_at, id), 'carried_over', user_id, course_id, NULL, joined_at,
        json_object('waitlist', uuid, 'joined_at', joined_at)
    FROM waitlist
    UNION ALL
    SELECT 6, id, uuid7_of(updated_at, id), 'carried_over', user_id, course_id, lesson_id, updated_at,
        json_object(
            'note', uuid, 'digest', digest, 'quote', quote, 'position', position, 'text', text,
            'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at
        )
    FROM notes
)
SELECT told.id, kind, user_id, told.course_id, told.lesson_id, courses.slug, lessons.slug, at, payload, 1,
    (SELECT COUNT(*) FROM events) + ROW_NUMBER() OVER (ORDER BY step, told.row)
FROM told
LEFT JOIN courses ON courses.id = told.course_id
LEFT JOIN lessons ON lessons.id = told.lesson_id
ORDER BY step, told.row;

DROP TABLE events;
ALTER TABLE events_that_travel RENAME TO events;
CREATE INDEX events_of_a_learner ON events (user_id, at);
CREATE INDEX events_in_a_course ON events (course_id, at);
CREATE INDEX events_by_lesson ON events (lesson_id);
UPDATE machines SET last_number = (SELECT COUNT(*) FROM events);
CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events BEGIN
    SELECT RAISE(ABORT, 'events are only ever added');
END;
CREATE TRIGGER events_are_never_removed BEFORE DELETE ON events BEGIN
    SELECT RAISE(ABORT, 'events are only ever added');
END;
