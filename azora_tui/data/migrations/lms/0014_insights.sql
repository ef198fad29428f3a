-- Figures for who teaches. What would take as long as a course has learners times lessons is counted as it happens, in the
-- same transaction; all of it can be made again from what learners did (`data/figure_records.py`).

-- The day on which somebody enrolled, and the last on which they learned, each where they were then. From `silent_from`
-- (UTC) on they are silent: it is the beginning, where they were, of the fourteenth day after those.
ALTER TABLE enrollments ADD COLUMN enrolled_on TEXT;
ALTER TABLE enrollments ADD COLUMN last_active_on TEXT;
ALTER TABLE enrollments ADD COLUMN silent_from TEXT;
-- Days from enrolling to the first completion.
ALTER TABLE enrollments ADD COLUMN days_taken INTEGER CHECK (days_taken >= 0);
CREATE INDEX enrollments_by_silence ON enrollments (course_id, status, silent_from, last_lesson_id);
CREATE INDEX enrollments_by_activity ON enrollments (course_id, silent_from, last_active_on, status);
CREATE INDEX enrollments_by_day ON enrollments (course_id, enrolled_on);
CREATE INDEX enrollments_by_progress ON enrollments (course_id, status, progress);
CREATE INDEX enrollments_by_days_taken ON enrollments (course_id, days_taken) WHERE days_taken IS NOT NULL;

CREATE INDEX learners_without_name ON learners (user_id) WHERE name = '';

-- The weeks in which somebody learned: 0 is the one, Monday to Sunday, in which they enrolled.
CREATE TABLE active_weeks (
    enrollment_id INTEGER NOT NULL REFERENCES enrollments (id),
    week INTEGER NOT NULL CHECK (week >= 0),
    PRIMARY KEY (enrollment_id, week)
) STRICT, WITHOUT ROWID;

-- How many of those who enrolled in a week (by its Monday) learned in a later one.
CREATE TABLE cohort_weeks (
    course_id INTEGER NOT NULL REFERENCES courses (id) ON DELETE CASCADE,
    cohort TEXT NOT NULL,
    week INTEGER NOT NULL CHECK (week >= 0),
    learners INTEGER NOT NULL CHECK (learners >= 0),
    PRIMARY KEY (course_id, cohort, week)
) STRICT, WITHOUT ROWID;

-- How many have ever opened and completed a lesson, and how many spent so many minutes in it.
CREATE TABLE lesson_figures (
    lesson_id INTEGER PRIMARY KEY REFERENCES lessons (id) ON DELETE CASCADE,
    opened INTEGER NOT NULL DEFAULT 0 CHECK (opened >= 0),
    completed INTEGER NOT NULL DEFAULT 0 CHECK (completed >= 0)
) STRICT;
CREATE TABLE lesson_minutes (
    lesson_id INTEGER NOT NULL REFERENCES lessons (id) ON DELETE CASCADE,
    minutes INTEGER NOT NULL CHECK (minutes > 0),
    learners INTEGER NOT NULL CHECK (learners >= 0),
    PRIMARY KEY (lesson_id, minutes)
) STRICT, WITHOUT ROWID;

-- Where somebody stands with a quiz: `failed` finished attempts in a row that did not pass.
CREATE TABLE quiz_standings (
    enrollment_id INTEGER NOT NULL REFERENCES enrollments (id),
    lesson_id INTEGER NOT NULL REFERENCES lessons (id),
    course_id INTEGER NOT NULL REFERENCES courses (id),
    attempts INTEGER NOT NULL CHECK (attempts > 0),
    failed INTEGER NOT NULL CHECK (failed BETWEEN 0 AND attempts),
    best INTEGER NOT NULL CHECK (best BETWEEN 0 AND 100),
    passed INTEGER NOT NULL CHECK (passed IN (0, 1)),
    last_finished_at TEXT NOT NULL,
    PRIMARY KEY (enrollment_id, lesson_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX quiz_standings_failing ON quiz_standings (course_id, last_finished_at, enrollment_id)
WHERE passed = 0 AND failed >= 3;
CREATE INDEX quiz_standings_by_lesson ON quiz_standings (lesson_id);

-- First answers to a question (`answered`, `answered_right`), and sums over finished first attempts, of which each is
-- right or wrong at it (1 or 0) and right at so many of the rest: they are all that a correlation needs.
CREATE TABLE question_figures (
    lesson_id INTEGER NOT NULL REFERENCES lessons (id) ON DELETE CASCADE,
    question_id TEXT NOT NULL,
    answered INTEGER NOT NULL DEFAULT 0,
    answered_right INTEGER NOT NULL DEFAULT 0,
    attempts INTEGER NOT NULL DEFAULT 0,
    right_sum INTEGER NOT NULL DEFAULT 0,
    rest_sum INTEGER NOT NULL DEFAULT 0,
    rest_squares INTEGER NOT NULL DEFAULT 0,
    right_rest INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (lesson_id, question_id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER lesson_figures_begin AFTER INSERT ON lesson_progress BEGIN
    INSERT INTO lesson_figures (lesson_id, opened, completed)
    VALUES (NEW.lesson_id, NEW.opened_at IS NOT NULL, NEW.completed)
    ON CONFLICT (lesson_id) DO UPDATE
        SET opened = opened + excluded.opened, completed = completed + excluded.completed;
    INSERT INTO lesson_minutes (lesson_id, minutes, learners)
    SELECT NEW.lesson_id, NEW.time_spent_minutes, 1 WHERE NEW.time_spent_minutes > 0
    ON CONFLICT (lesson_id, minutes) DO UPDATE SET learners = learners + 1;
END;
CREATE TRIGGER lesson_figures_follow AFTER UPDATE OF opened_at, completed ON lesson_progress
WHEN (OLD.opened_at IS NULL) <> (NEW.opened_at IS NULL) OR OLD.completed <> NEW.completed BEGIN
    UPDATE lesson_figures SET
        opened = opened + (NEW.opened_at IS NOT NULL) - (OLD.opened_at IS NOT NULL),
        completed = completed + NEW.completed - OLD.completed
    WHERE lesson_id = NEW.lesson_id;
END;
CREATE TRIGGER lesson_minutes_follow AFTER UPDATE OF time_spent_minutes ON lesson_progress
WHEN OLD.time_spent_minutes <> NEW.time_spent_minutes BEGIN
    UPDATE lesson_minutes SET learners = learners - 1
    WHERE lesson_id = OLD.lesson_id AND minutes = OLD.time_spent_minutes;
    INSERT INTO lesson_minutes (lesson_id, minutes, learners)
    SELECT NEW.lesson_id, NEW.time_spent_minutes, 1 WHERE NEW.time_spent_minutes > 0
    ON CONFLICT (lesson_id, minutes) DO UPDATE SET learners = learners + 1;
END;

CREATE TRIGGER first_answers_count AFTER INSERT ON answers
WHEN NOT EXISTS (
    SELECT 1 FROM attempts AS this
    JOIN attempts AS other ON other.enrollment_id = this.enrollment_id AND other.lesson_id = this.lesson_id
    JOIN answers ON answers.attempt_id = other.id AND answers.question_id = NEW.question_id
    WHERE this.id = NEW.attempt_id AND answers.id <> NEW.id
) BEGIN
    INSERT INTO question_figures (lesson_id, question_id, answered, answered_right)
    SELECT lesson_id, NEW.question_id, 1, NEW.correct FROM attempts WHERE id = NEW.attempt_id
    ON CONFLICT (lesson_id, question_id) DO UPDATE
        SET answered = answered + 1, answered_right = answered_right + excluded.answered_right;
END;
CREATE TRIGGER finished_attempts_count AFTER UPDATE OF finished_at ON attempts
WHEN OLD.finished_at IS NULL AND NEW.finished_at IS NOT NULL BEGIN
    INSERT INTO question_figures (lesson_id, question_id, attempts, right_sum, rest_sum, rest_squares, right_rest)
    SELECT NEW.lesson_id, question_id, 1, correct, total - correct, (total - correct) * (total - correct),
        correct * (total - correct)
    FROM (
        SELECT question_id, correct, SUM(correct) OVER () AS total FROM answers WHERE attempt_id = NEW.id
    )
    WHERE NOT EXISTS (
        SELECT 1 FROM quiz_standings WHERE enrollment_id = NEW.enrollment_id AND lesson_id = NEW.lesson_id
    )
    ON CONFLICT (lesson_id, question_id) DO UPDATE SET attempts = attempts + 1,
        right_sum = right_sum + excluded.right_sum, rest_sum = rest_sum + excluded.rest_sum,
        rest_squares = rest_squares + excluded.rest_squares, right_rest = right_rest + excluded.right_rest;
    INSERT INTO quiz_standings (enrollment_id, lesson_id, course_id, attempts, failed, best, passed, last_finished_at)
    SELECT NEW.enrollment_id, NEW.lesson_id, course_id, 1, NEW.score < NEW.pass_percent, NEW.score,
        NEW.score >= NEW.pass_percent, NEW.finished_at
    FROM enrollments WHERE id = NEW.enrollment_id
    ON CONFLICT (enrollment_id, lesson_id) DO UPDATE SET attempts = attempts + 1,
        failed = CASE WHEN excluded.passed = 1 THEN 0 ELSE failed + 1 END,
        best = MAX(best, excluded.best), passed = MAX(passed, excluded.passed),
        last_finished_at = MAX(last_finished_at, excluded.last_finished_at);
END;

-- What was done before.
INSERT INTO lesson_figures (lesson_id, opened, completed)
SELECT lesson_id, COUNT(opened_at), SUM(completed) FROM lesson_progress GROUP BY lesson_id;
INSERT INTO lesson_minutes (lesson_id, minutes, learners)
SELECT lesson_id, time_spent_minutes, COUNT(*) FROM lesson_progress WHERE time_spent_minutes > 0
GROUP BY lesson_id, time_spent_minutes;

INSERT INTO quiz_standings (enrollment_id, lesson_id, course_id, attempts, failed, best, passed, last_finished_at)
SELECT tries.enrollment_id, tries.lesson_id, enrollments.course_id, COUNT(*),
    SUM(tries.started_at > COALESCE(last_pass, '')), MAX(score), MAX(score >= pass_percent), MAX(finished_at)
FROM (
    SELECT *, MAX(CASE WHEN score >= pass_percent THEN started_at END)
        OVER (PARTITION BY enrollment_id, lesson_id) AS last_pass
    FROM attempts WHERE finished_at IS NOT NULL
) AS tries
JOIN enrollments ON enrollments.id = tries.enrollment_id
GROUP BY tries.enrollment_id, tries.lesson_id;

INSERT INTO question_figures (lesson_id, question_id, answered, answered_right)
SELECT lesson_id, question_id, COUNT(*), SUM(correct) FROM (
    SELECT attempts.lesson_id, answers.question_id, answers.correct,
        ROW_NUMBER() OVER (PARTITION BY enrollment_id, lesson_id, question_id ORDER BY answers.id) AS nth
    FROM answers JOIN attempts ON attempts.id = answers.attempt_id
) WHERE nth = 1 GROUP BY lesson_id, question_id;
INSERT INTO question_figures (lesson_id, question_id, attempts, right_sum, rest_sum, rest_squares, right_rest)
SELECT lesson_id, question_id, COUNT(*), SUM(correct), SUM(total - correct),
    SUM((total - correct) * (total - correct)), SUM(correct * (total - correct))
FROM (
    SELECT firsts.lesson_id, answers.question_id, answers.correct,
        SUM(answers.correct) OVER (PARTITION BY firsts.id) AS total
    FROM (
        SELECT id, lesson_id,
            ROW_NUMBER() OVER (PARTITION BY enrollment_id, lesson_id ORDER BY started_at, uuid) AS nth
        FROM attempts WHERE finished_at IS NOT NULL
    ) AS firsts
    JOIN answers ON answers.attempt_id = firsts.id
    WHERE firsts.nth = 1
) WHERE true GROUP BY lesson_id, question_id
ON CONFLICT (lesson_id, question_id) DO UPDATE SET attempts = excluded.attempts, right_sum = excluded.right_sum,
    rest_sum = excluded.rest_sum, rest_squares = excluded.rest_squares, right_rest = excluded.right_rest;

-- Days: of what was done before zones were kept, those of UTC.
CREATE TEMP TABLE learning AS
SELECT enrollments.id AS enrollment_id, date(events.at, COALESCE(events.utc_offset, 0) || ' minutes') AS day,
    COALESCE(events.utc_offset, 0) AS utc_offset
FROM events JOIN enrollments ON enrollments.user_id = events.user_id AND enrollments.course_id = events.course_id
WHERE events.kind IN (
    'opened', 'place_kept', 'completed', 'completed_again', 'quiz_started', 'quiz_resumed', 'hint_opened', 'answered',
    'quiz_finished', 'note_written', 'task_handed_in', 'completion_held'
)
UNION ALL
SELECT enrollments.id, date(review_log.at, COALESCE(review_log.utc_offset, 0) || ' minutes'),
    COALESCE(review_log.utc_offset, 0)
FROM review_log
JOIN lessons ON lessons.id = review_log.lesson_id
JOIN enrollments ON enrollments.user_id = review_log.user_id AND enrollments.course_id = lessons.course_id
WHERE review_log.given_in = 'review' AND review_log.rating IS NOT NULL;
CREATE TEMP TABLE marks AS
SELECT enrollment_id, MAX(day) AS last_day, MAX(datetime(day, '+14 days', -utc_offset || ' minutes')) AS silent_from
FROM learning GROUP BY enrollment_id;
CREATE TEMP TABLE enrolled_days AS
SELECT enrollments.id AS enrollment_id,
    date(enrollments.enrolled_at, COALESCE(events.utc_offset, 0) || ' minutes') AS day,
    COALESCE(events.utc_offset, 0) AS utc_offset
FROM enrollments LEFT JOIN events ON events.id = enrollments.uuid;
UPDATE enrollments SET
    enrolled_on = days.day, last_active_on = days.last_day,
    silent_from = MAX(datetime(days.day, '+14 days', -days.utc_offset || ' minutes'), COALESCE(days.silent_from, '')),
    days_taken = CASE WHEN completed_at IS NOT NULL THEN MAX(0, CAST(
        julianday(date(completed_at, COALESCE((
            SELECT utc_offset FROM events
            WHERE events.user_id = enrollments.user_id AND events.course_id = enrollments.course_id
                AND events.kind = 'course_completed' ORDER BY at LIMIT 1
        ), 0) || ' minutes')) - julianday(days.day)
    AS INTEGER)) END
FROM (
    SELECT enrolled_days.*, marks.last_day, marks.silent_from
    FROM enrolled_days LEFT JOIN marks ON marks.enrollment_id = enrolled_days.enrollment_id
) AS days
WHERE days.enrollment_id = enrollments.id;
ALTER TABLE enrollments ALTER COLUMN enrolled_on SET NOT NULL;
ALTER TABLE enrollments ALTER COLUMN silent_from SET NOT NULL;
INSERT INTO active_weeks (enrollment_id, week)
SELECT DISTINCT learning.enrollment_id, MAX(0, CAST(
    (julianday(date(learning.day, '-6 days', 'weekday 1')) - julianday(date(enrolled_on, '-6 days', 'weekday 1'))) / 7
AS INTEGER))
FROM learning JOIN enrollments ON enrollments.id = learning.enrollment_id;
INSERT INTO cohort_weeks (course_id, cohort, week, learners)
SELECT course_id, date(enrolled_on, '-6 days', 'weekday 1'), week, COUNT(*)
FROM active_weeks JOIN enrollments ON enrollments.id = active_weeks.enrollment_id
GROUP BY course_id, date(enrolled_on, '-6 days', 'weekday 1'), week;
DROP TABLE learning;
DROP TABLE marks;
DROP TABLE enrolled_days;
