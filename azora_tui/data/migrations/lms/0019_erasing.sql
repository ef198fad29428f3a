-- Whoever leaves the school takes their words and their name with them. What is only ever added to lets that happen, and
-- nothing else: for as long as somebody stands in `erasing`, which is within the one transaction that erases them, rows
-- that are theirs or that name them may be changed. What stays of them (`data/personal.py`) is nobody's.
CREATE TABLE erasing (
    user_id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL
) STRICT;

DROP TRIGGER events_are_never_changed;
CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events
WHEN NEW.id <> OLD.id OR NEW.kind <> OLD.kind OR NEW.user_id <> OLD.user_id OR NEW.at <> OLD.at
    OR NEW.course_id IS NOT OLD.course_id OR NEW.lesson_id IS NOT OLD.lesson_id OR NEW.course IS NOT OLD.course
    OR NEW.lesson IS NOT OLD.lesson OR NEW.machine_id <> OLD.machine_id OR NEW.number <> OLD.number
    OR NEW.utc_offset IS NOT OLD.utc_offset
    OR NOT EXISTS (
        SELECT 1 FROM erasing WHERE erasing.user_id = OLD.user_id OR instr(OLD.payload, erasing.uuid) OR (
            OLD.kind = 'task_answered' AND OLD.payload ->> 'submission' IN (
                SELECT submissions.uuid FROM enrollments
                JOIN submissions ON submissions.enrollment_id = enrollments.id
                WHERE enrollments.user_id = erasing.user_id
            )
        )
    )
BEGIN
    SELECT RAISE(ABORT, 'events are only ever added');
END;

DROP TRIGGER answers_are_never_changed;
CREATE TRIGGER answers_are_never_changed BEFORE UPDATE ON answers
WHEN NEW.id <> OLD.id OR NEW.uuid <> OLD.uuid OR NEW.attempt_id <> OLD.attempt_id
    OR NEW.question_id <> OLD.question_id OR NEW.correct <> OLD.correct OR NEW.hint_used <> OLD.hint_used
    OR NEW.answered_at <> OLD.answered_at
    OR NOT EXISTS (
        SELECT 1 FROM attempts
        JOIN enrollments ON enrollments.id = attempts.enrollment_id
        JOIN erasing ON erasing.user_id = enrollments.user_id
        WHERE attempts.id = OLD.attempt_id
    )
BEGIN
    SELECT RAISE(ABORT, 'answers are only ever added');
END;

DROP TRIGGER rest_days_are_never_removed;
CREATE TRIGGER rest_days_are_never_removed BEFORE DELETE ON rest_days
WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE erasing.user_id = OLD.user_id)
BEGIN
    SELECT RAISE(ABORT, 'choices of rest days are only ever added');
END;

DROP TRIGGER submissions_are_never_removed;
CREATE TRIGGER submissions_are_never_removed BEFORE DELETE ON submissions
WHEN NOT EXISTS (
    SELECT 1 FROM enrollments JOIN erasing ON erasing.user_id = enrollments.user_id
    WHERE enrollments.id = OLD.enrollment_id
)
BEGIN
    SELECT RAISE(ABORT, 'what was handed in is never removed');
END;

DROP TRIGGER task_answers_are_never_removed;
CREATE TRIGGER task_answers_are_never_removed BEFORE DELETE ON task_answers
WHEN NOT EXISTS (
    SELECT 1 FROM submissions
    JOIN enrollments ON enrollments.id = submissions.enrollment_id
    JOIN erasing ON erasing.user_id = enrollments.user_id
    WHERE submissions.id = OLD.submission_id
)
BEGIN
    SELECT RAISE(ABORT, 'an answer is never removed');
END;

-- The row stays, since it says which place in the status lists is taken and what of the log is whose; what was signed
-- names its holder, and is theirs alone from then on.
DROP TRIGGER credentials_are_only_ever_revoked;
CREATE TRIGGER credentials_are_only_ever_revoked BEFORE UPDATE ON credentials
WHEN NEW.id <> OLD.id OR NEW.uuid <> OLD.uuid OR NEW.enrollment_id <> OLD.enrollment_id
    OR NEW.key_id <> OLD.key_id OR NEW.status_index <> OLD.status_index OR NEW.issued_at <> OLD.issued_at
    OR ((OLD.revoked_at IS NOT NULL OR NEW.jwt <> OLD.jwt) AND (
        NEW.jwt <> '' OR NEW.revoked_at IS NOT OLD.revoked_at OR NEW.reason IS NOT OLD.reason
        OR NEW.replaced <> OLD.replaced OR NOT EXISTS (
            SELECT 1 FROM enrollments JOIN erasing ON erasing.user_id = enrollments.user_id
            WHERE enrollments.id = OLD.enrollment_id
        )
    ))
BEGIN
    SELECT RAISE(ABORT, 'a certificate can only be revoked, once');
END;
