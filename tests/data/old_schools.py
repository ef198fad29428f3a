"""Files of every older version, with rows in every table that it had: what two learners did in three courses."""

from typing import Any

DAY = "2026-11-22 12:00:00"
LATER = "2026-11-22 12:00:05"
EARLIER = "2025-03-01 08:00:00"

_FIRST = f"""
INSERT INTO courses (id, title, students, created_at, slug, seats, lesson_count, required_count, sort_title,
    search_text, updated_at)
VALUES (1, 'Weaving', 2, '{DAY}', 'weaving', NULL, 2, 2, 'weaving', 'weaving', '{DAY}'),
    (2, 'Ethics', 1, '{DAY}', 'ethics', 1, 1, 1, 'ethics', 'ethics', '{DAY}');
INSERT INTO course_prerequisites VALUES (2, 'weaving');
INSERT INTO lessons (id, course_id, title, slug, created_at, updated_at) VALUES (7, 1, 'One', 'one', '{DAY}', '{DAY}'),
    (8, 1, 'Two', 'two', '{DAY}', '{DAY}'), (9, 2, 'Alone', 'alone', '{DAY}', '{DAY}');
INSERT INTO enrollments (id, user_id, course_id, progress, status, enrolled_at, completed_at, last_accessed_at,
    completed_version, last_lesson_id)
VALUES (1, 1, 1, 100, 'completed', '{DAY}', '{LATER}', '{LATER}', '1.0.0', 8),
    (2, 2, 1, 0, 'active', '{DAY}', NULL, '{DAY}', NULL, 7), (3, 1, 2, 0, 'left', '{DAY}', NULL, '{DAY}', NULL, NULL);
INSERT INTO lesson_progress (enrollment_id, lesson_id, completed, completed_at, time_spent_minutes, opened_at, position)
VALUES (1, 7, 1, '{DAY}', 12, '{DAY}', '{{"row": 3}}'), (1, 8, 1, '{LATER}', 0, NULL, NULL),
    (2, 7, 0, NULL, 4, '{DAY}', NULL);
INSERT INTO waitlist (course_id, user_id, joined_at) VALUES (2, 9, '{DAY}'), (2, 2, '{DAY}');
INSERT INTO bundle VALUES (1, 'fingerprint');
"""
# (kind, learner, course, lesson, when); the ids fall, so that an order by them would be another one.
EVENTS: list[tuple[str, int, int, int | None, str]] = [
    ("enrolled", 1, 1, None, DAY),
    ("enrolled", 2, 1, None, DAY),
    ("opened", 2, 1, 7, DAY),
    ("left", 2, 1, None, DAY),
    ("reenrolled", 2, 1, None, DAY),
    ("enrolled", 3, 2, None, DAY),
    ("enrolled", 1, 2, None, DAY),
    ("left", 1, 2, None, DAY),
    ("waitlisted", 9, 2, None, DAY),
    ("waitlisted", 2, 2, None, DAY),
    ("opened", 1, 1, 7, DAY),
    ("completed", 1, 1, 7, DAY),
    ("completed", 1, 1, 8, LATER),
    ("course_completed", 1, 1, None, LATER),
]
_THIRD_LEARNER = f"""
INSERT INTO enrollments (id, user_id, course_id, enrolled_at, last_accessed_at) VALUES (4, 3, 2, '{DAY}', '{DAY}');
"""
_QUIZZES = f"""
INSERT INTO attempts (id, enrollment_id, lesson_id, course_version, pass_percent, questions, started_at)
VALUES (1, 1, 7, '1.0.0', 80, '[{{"id": "so"}}, {{"id": "this"}}]', '{DAY}'),
    (2, 2, 7, '1.0.0', 50, '[{{"id": "so"}}]', '{DAY}');
INSERT INTO answers (attempt_id, question_id, given, correct, hint_used, answered_at)
VALUES (2, 'so', '"half"', 0, 1, '{DAY}'), (1, 'so', '[0]', 1, 0, '{DAY}'), (1, 'this', '[1, 2]', 0, 0, '{DAY}');
UPDATE attempts SET finished_at = '{LATER}', score = 50 WHERE id = 1;
INSERT INTO attempts (id, enrollment_id, lesson_id, course_version, pass_percent, questions, started_at)
VALUES (3, 1, 7, '1.1.0', 80, '[{{"id": "so"}}]', '{LATER}');
INSERT INTO answers (attempt_id, question_id, given, correct, hint_used, answered_at)
VALUES (3, 'so', '[1]', 0, 0, '{LATER}');
"""
_QUIZ_EVENTS: list[tuple[str, int, int, int | None, str]] = [
    ("quiz_started", 1, 1, 7, DAY),
    ("quiz_started", 2, 1, 7, DAY),
    ("answered", 2, 1, 7, DAY),
    ("answered", 1, 1, 7, DAY),
    ("answered", 1, 1, 7, DAY),
    ("quiz_finished", 1, 1, 7, LATER),
    ("quiz_started", 1, 1, 7, LATER),
    ("answered", 1, 1, 7, LATER),
]
_NOTES = f"""
INSERT INTO lesson_texts VALUES (7, 'A text');
INSERT INTO notes (uuid, user_id, course_id, lesson_id, digest, quote, position, text, created_at, updated_at, deleted_at)
VALUES ('note-b', 1, 1, 7, 5, 'A text', '{{}}', 'mine', '{DAY}', '{LATER}', NULL),
    ('note-a', 1, 1, 7, 5, 'A text', '{{}}', NULL, '{DAY}', '{DAY}', '{LATER}');
INSERT INTO search_state VALUES (1, 1);
"""
_REVIEW = f"""
INSERT INTO cards (id, lesson_id, kind, card_key, content, words) VALUES (5, 7, 'card', 'b', '{{}}', ''),
    (6, 7, 'card', 'a', '{{}}', '');
INSERT INTO review_log (uuid, user_id, lesson_id, kind, card_key, given_in, rating, undoes, at)
VALUES ('log-c', 1, 7, 'card', 'a', 'review', 3, NULL, '{DAY}'), ('log-b', 1, 7, 'card', 'a', 'review', 1, NULL, '{DAY}'),
    ('log-a', 1, 7, 'card', 'a', 'review', 4, NULL, '{LATER}'), ('log-d', 2, 7, 'card', 'a', 'review', 4, NULL, '{DAY}');
INSERT INTO card_states VALUES (1, 7, 'card', 'a', 2, NULL, 1.0, 5.0, '{LATER}', '{LATER}', 3);
INSERT INTO review_state VALUES (1, 1);
"""
_CREDENTIALS = f"""
INSERT INTO issuer VALUES (1, 'issuer', 'A school', NULL);
INSERT INTO issuer_keys (id, did, created_at) VALUES (1, 'did:jwk:x', '{DAY}');
INSERT INTO credentials (id, uuid, enrollment_id, key_id, status_index, jwt, issued_at)
VALUES (1, 'credential', 1, 1, 0, 'x.y.z', '{LATER}');
INSERT INTO credential_choices VALUES (1, 'Somebody', 0);
INSERT INTO log_entries VALUES (0, 1, '{{}}');
INSERT INTO log_nodes VALUES (0, 0, zeroblob(32));
INSERT INTO log_heads VALUES (1, zeroblob(32), '{DAY}', 'x.y.z');
"""
_ADOPTION = f"""
INSERT INTO courses (id, title, students, created_at, slug, lesson_count, required_count, sort_title, search_text,
    updated_at)
VALUES (5, 'Bees', 3, '{EARLIER}', 'bees', 1, 1, 'bees', 'bees', '{DAY}');
INSERT INTO lessons (id, course_id, title, slug, created_at, updated_at)
VALUES (12, 5, 'Hives', 'hives', '{EARLIER}', '{DAY}');
INSERT INTO enrollments (id, user_id, course_id, progress, status, enrolled_at, completed_at, last_accessed_at,
    completed_version)
VALUES (6, 2, 5, 100, 'completed', '{EARLIER}', '{EARLIER}', '{EARLIER}', 'original');
INSERT INTO lesson_progress (enrollment_id, lesson_id, completed, completed_at, time_spent_minutes)
VALUES (6, 12, 1, '{EARLIER}', 9);
INSERT INTO adopted_courses VALUES (50, 'Bees', '{EARLIER}', 5, 3, 1);
INSERT INTO adopted_enrollments VALUES (6, 60, '{EARLIER}', 0), (1, 61, '{EARLIER}', 1);
INSERT INTO adopted_minutes VALUES (6, 70, 12, '{EARLIER}', 9);
INSERT INTO adopted_orphans VALUES ('lesson', '{{}}', '[]', 'Its course is gone.');
"""
_ADOPTION_EVENTS: list[tuple[str, int, int, int | None, str]] = [
    ("enrolled", 2, 5, None, EARLIER),
    ("completed", 2, 5, 12, EARLIER),
    ("course_completed", 2, 5, None, EARLIER),
    # who was here already was enrolled earlier there
    ("enrolled", 1, 1, None, EARLIER),
]
_HOME = f"""
INSERT INTO minutes_spent (user_id, lesson_id, minutes, at) VALUES (1, 7, 3, '{DAY}'), (1, 7, 2, '{LATER}');
INSERT INTO rest_days (user_id, weekdays, chosen_at) VALUES (1, 64, '{DAY}'), (1, 96, '{DAY}'), (2, 1, '{LATER}');
"""
_STEPS = {
    1: (_FIRST + _THIRD_LEARNER, EVENTS),
    2: (_QUIZZES, _QUIZ_EVENTS),
    3: (_NOTES, []),
    4: (_REVIEW, []),
    5: (_CREDENTIALS, []),
    6: (_ADOPTION + f"UPDATE enrollments SET enrolled_at = '{EARLIER}' WHERE id = 1;", _ADOPTION_EVENTS),
    7: (_HOME, []),
}


def fill(transaction: Any, version: int) -> None:
    """Put rows into every table of a file of that version, all of which agree with each other."""
    number = 0
    for step in range(1, version + 1):
        script, events = _STEPS[step]
        transaction.execute(script)
        for kind, learner, course, lesson, at in events:
            number += 1
            transaction.execute(
                "INSERT INTO events (id, kind, user_id, course_id, lesson_id, at) VALUES (?, ?, ?, ?, ?, ?)",
                (f"event-{99 - number}", kind, learner, course, lesson, at),
            )
