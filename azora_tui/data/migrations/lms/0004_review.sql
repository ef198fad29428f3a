-- The Sankofa review: what lessons hold to be asked, every rating that was given, and when each card is due.

-- The questions and cards of the lessons as they are now, for asking them without reading the lessons: derived from
-- those, and made anew with each version of a course. `content` is JSON, `words` what search finds of a card (its
-- front, then its back, a line each).
CREATE TABLE cards (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    lesson_id INTEGER NOT NULL REFERENCES lessons (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('question', 'card')),
    card_key TEXT NOT NULL,
    content TEXT NOT NULL,
    words TEXT NOT NULL DEFAULT '',
    UNIQUE (lesson_id, kind, card_key)
) STRICT;

-- Every rating (1 again, 2 hard, 3 good, 4 easy), and every undoing of one as a row that points at it. A card is its
-- lesson, its kind and the id that is written in the lesson.
CREATE TABLE review_log (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    user_id INTEGER NOT NULL,
    lesson_id INTEGER NOT NULL REFERENCES lessons (id),
    kind TEXT NOT NULL CHECK (kind IN ('question', 'card')),
    card_key TEXT NOT NULL,
    given_in TEXT NOT NULL CHECK (given_in IN ('quiz', 'review')),
    rating INTEGER CHECK (rating BETWEEN 1 AND 4),
    undoes INTEGER UNIQUE REFERENCES review_log (id),
    at TEXT NOT NULL,
    CHECK ((rating IS NULL) = (undoes IS NOT NULL))
) STRICT;
CREATE INDEX review_log_of_a_card ON review_log (user_id, lesson_id, kind, card_key, id);
CREATE INDEX review_log_of_a_learner ON review_log (user_id, at, id);
CREATE INDEX review_log_by_lesson ON review_log (lesson_id);
CREATE TRIGGER review_log_is_never_changed BEFORE UPDATE ON review_log BEGIN
    SELECT RAISE(ABORT, 'the review log is only ever added to');
END;
CREATE TRIGGER review_log_is_never_shortened BEFORE DELETE ON review_log BEGIN
    SELECT RAISE(ABORT, 'the review log is only ever added to');
END;

-- What FSRS makes of the log, for each card that counts at least one rating. `log_id` is the card's latest row in the
-- log, so that a rating that was given twice is noticed.
CREATE TABLE card_states (
    user_id INTEGER NOT NULL,
    lesson_id INTEGER NOT NULL REFERENCES lessons (id),
    kind TEXT NOT NULL CHECK (kind IN ('question', 'card')),
    card_key TEXT NOT NULL,
    phase INTEGER NOT NULL CHECK (phase BETWEEN 1 AND 3),
    step INTEGER CHECK (step >= 0),
    stability REAL NOT NULL CHECK (stability > 0),
    difficulty REAL NOT NULL CHECK (difficulty BETWEEN 1 AND 10),
    last_review TEXT NOT NULL,
    due TEXT NOT NULL,
    log_id INTEGER NOT NULL REFERENCES review_log (id),
    PRIMARY KEY (user_id, lesson_id, kind, card_key)
) STRICT;
CREATE INDEX card_states_by_due ON card_states (user_id, due);
CREATE INDEX card_states_by_lesson ON card_states (lesson_id);
CREATE INDEX card_states_by_log ON card_states (log_id);

-- Which way of reading cards and of computing states the two were made with; without a row they have yet to be made.
CREATE TABLE review_state (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    version INTEGER NOT NULL
) STRICT;
-- The next start looks at the bundled courses again, and makes cards and states of all that is there.
DELETE FROM bundle;

-- Answers that were given in quizzes before count as the first ratings.
INSERT INTO review_log (uuid, user_id, lesson_id, kind, card_key, given_in, rating, at)
SELECT
    lower(
        hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-'
        || substr('89ab', 1 + abs(random() % 4), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))
    ),
    enrollments.user_id, attempts.lesson_id, 'question', answers.question_id, 'quiz',
    CASE WHEN answers.correct = 0 THEN 1 WHEN answers.hint_used = 1 THEN 2 ELSE 3 END, answers.answered_at
FROM answers
JOIN attempts ON attempts.id = answers.attempt_id
JOIN enrollments ON enrollments.id = attempts.enrollment_id
ORDER BY answers.id;
