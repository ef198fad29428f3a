"""What either database holds of a person: what they take along, and what becomes of it when they leave.

Every table stands here, or among those that hold nobody; a test holds this to the schema. Conditions name a person by
`:user_id`, and in places by `:uuid` or `:email_key`. `:nobody` is the uuid that they have afterwards, and `:now` when.
"""

from __future__ import annotations

# ruff: noqa: S608  # only our own words
from typing import TYPE_CHECKING, Any, NamedTuple

from azora_tui.data import dialect
from azora_tui.data.transaction import rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from azora_tui.data.transaction import Transaction
    from azora_tui.models.departing import Leaving

_ENROLLED = "(SELECT id FROM enrollments WHERE user_id = :user_id)"
_MINE = f"enrollment_id IN {_ENROLLED}"
_ATTEMPTED = f"attempt_id IN (SELECT id FROM attempts WHERE {_MINE})"
_HANDED_IN = f"submission_id IN (SELECT id FROM submissions WHERE {_MINE})"
_USER = "user_id = :user_id"
_ERASED = """payload = '{"erased":true}'"""

# What somebody hid stays hidden, without their words.
_UNSAID_REASON = (("hidden_reason = '-', hidden_by = NULL", "hidden_by = :user_id"),)


class Held(NamedTuple):
    """A table with rows that are somebody's.

    `taken` is the condition of the rows that are taken along, without the columns that are `hidden`; "" takes none, and
    `why` says so. Whoever leaves has the rows of `goes` removed, and each (assignment, condition) of `blanks` done
    before that; all else stays as it is, without a name.
    """

    table: str
    what: str
    taken: str = ""
    goes: str = ""
    blanks: tuple[tuple[str, str], ...] = ()
    hidden: tuple[str, ...] = ()
    why: str = ""


# In the order in which they are cleared: what refers to another row goes before it.

AUTH: tuple[Held, ...] = (
    Held("users", "Your account", "id = :user_id", goes="id = :user_id", hidden=("password", "search_text")),
    Held("sessions", "Your sign-ins", _USER, goes=_USER),
    Held(
        "sign_in_failures",
        "Wrong passwords of the last day",
        goes="email_key = :email_key",
        why="It counts tries at an e-mail, by whomever.",
    ),
    Held("invitations", "The word that opens your account", goes=_USER, why="It is a secret until it is used."),
    Held(
        "events",
        "What happened to your account, and when",
        _USER,
        blanks=(("payload = replace(payload, :uuid, :nobody)", "instr(payload, :uuid)"),),
    ),
    Held("leaving", "Your wish to leave", blanks=(("uuid = nobody", _USER),), why="It stands until it is carried out."),
    Held("erasing", "Who is being erased", why="It is empty at all other times."),
)
AUTH_HOLDS_NOBODY = {
    "machines": "computers, not people",
    "event_kinds": "words of the program",
}

LMS: tuple[Held, ...] = (
    Held("notes", "Your notes and bookmarks", _USER, goes=_USER),
    Held("task_drafts", "What you are writing on tasks", _USER, goes=_USER),
    Held(
        "events",
        "What you did, and when",
        _USER,
        blanks=(
            ("payload = json_remove(payload, '$.position')", f"{_USER} AND payload ->> 'position' IS NOT NULL"),
            (
                "payload = json_set(payload, '$.given', '')",
                f"{_USER} AND kind = 'answered' AND json_type(payload, '$.given') = 'text'",
            ),
            (
                _ERASED,
                f"""
                {_USER} AND (kind IN (
                    'note_written', 'note_changed', 'note_deleted', 'note_restored', 'rest_days_chosen', 'waitlisted',
                    'left_waitlist', 'task_handed_in', 'task_answer_read'
                ) OR (kind = 'carried_over' AND (payload ->> 'note' IS NOT NULL OR payload ->> 'waitlist' IS NOT NULL)))
                """,
            ),
            (
                _ERASED,
                f"""
                kind = 'task_answered'
                AND payload ->> 'submission' IN (SELECT uuid FROM submissions WHERE {_MINE})
                """,
            ),
            (_ERASED, f"{_USER} AND kind = 'news_read' AND payload ->> 'news' IN (SELECT uuid FROM messages)"),
            (_ERASED, "kind = 'message_sent' AND payload ->> 'learner' = :uuid"),
            (
                "payload = json_set(payload, '$.author', '')",
                f"{_USER} AND kind IN ('announced', 'message_sent') AND payload ->> 'author' <> ''",
            ),
            ("payload = replace(payload, :uuid, :nobody)", "instr(payload, :uuid)"),
        ),
    ),
    Held(
        "task_answers", "Answers to what you handed in, and those that you gave", f"{_HANDED_IN} OR {_USER}", _HANDED_IN
    ),
    Held("submissions", "What you handed in", _MINE, goes=_MINE),
    Held(
        "announcements",
        "What you announced",
        "author_id = :user_id",
        blanks=(("author = ''", "author_id = :user_id"),),
    ),
    Held("announcement_reads", "Announcements that you have read", _USER),
    Held(
        "messages",
        "What teachers wrote to you, and you to learners",
        f"{_USER} OR author_id = :user_id",
        goes=_USER,
        blanks=(("author = ''", "author_id = :user_id"),),
    ),
    Held("waitlist", "Courses in which you wait for a seat", _USER, goes=_USER),
    Held("rest_days", "Your rest days", _USER, goes=_USER),
    Held("wrong_keys", "Wrong keys to courses, of the last hour", _USER, goes=_USER),
    Held("course_teachers", "Courses that you teach", _USER, goes=_USER),
    Held("enrollments", "Your courses, and how far you are", _USER),
    Held(
        "lesson_progress",
        "Lessons that you opened and completed, and the minutes in them",
        _MINE,
        blanks=(("position = NULL", f"{_MINE} AND position IS NOT NULL"),),
    ),
    Held("attempts", "Quizzes that you took", _MINE),
    Held(
        "answers",
        "What you answered in quizzes",
        _ATTEMPTED,
        blanks=(("given = '\"\"'", f"{_ATTEMPTED} AND json_type(given) = 'text'"),),
    ),
    Held("hints_opened", "Hints that you looked at", _ATTEMPTED),
    Held("quiz_standings", "How you stand with each quiz", _MINE),
    Held("active_weeks", "Weeks in which you learned", _MINE),
    Held("minutes_spent", "Minutes of learning, each at its time", _USER),
    Held("review_log", "Your ratings in the review", _USER),
    Held("card_states", "When each card of your review is due", _USER),
    Held(
        "credentials",
        "Your certificates",
        _MINE,
        blanks=(("jwt = ''", f"{_MINE} AND jwt <> ''"),),
    ),
    Held(
        "log_entries",
        "What the log of certificates says of yours",
        f"credential_id IN (SELECT id FROM credentials WHERE {_MINE})",
    ),
    Held("credential_choices", "What your certificates show of you", _USER, goes=_USER),
    Held("adopted_enrollments", "Courses that came from an original school", _MINE),
    Held("adopted_minutes", "Minutes that came from an original school", _MINE),
    Held("profiles", "Your profile", _USER, goes=_USER),
    Held(
        "connections",
        "Whom you are connected with, and who asked",
        "asker_id = :user_id OR asked_id = :user_id",
        goes="asker_id = :user_id OR asked_id = :user_id",
    ),
    # Who blocked somebody is told to nobody, and least of all to them.
    Held("blocks", "Whom you blocked", "blocker_id = :user_id", goes="blocker_id = :user_id OR blocked_id = :user_id"),
    Held(
        "wisdom",
        "What you left at lessons, and what you answered to what others left",
        "author_id = :user_id OR answered_by = :user_id",
        goes="author_id = :user_id",
        blanks=(
            ("answer = '', answered_at = NULL, answered_by = NULL", "answered_by = :user_id"),
            *_UNSAID_REASON,
        ),
        hidden=("author_id", "hidden_by"),
    ),
    Held("wisdom_readers", "What you have seen at lessons, and thanked for", _USER, goes=_USER),
    Held("reports", "What you reported", "reporter_id = :user_id", goes="reporter_id = :user_id"),
    Held(
        "circles",
        "Circles that you are in; their names and goals stay with those who are",
        f"id IN (SELECT circle_id FROM circle_members WHERE {_USER}) OR maker_id = :user_id",
        hidden=("maker_id",),
    ),
    Held("circle_members", "When you joined each circle, and what you show there", _USER, goes=_USER),
    Held(
        "circle_posts",
        "What you wrote in circles",
        "author_id = :user_id",
        goes="author_id = :user_id",
        blanks=_UNSAID_REASON,
        hidden=("hidden_by",),
    ),
    Held("circle_wrong_words", "Wrong words to circles, of the last hour", _USER, goes=_USER),
    Held(
        "help_replies",
        "What you answered to who was stuck",
        "author_id = :user_id",
        goes="author_id = :user_id",
        blanks=_UNSAID_REASON,
        hidden=("hidden_by",),
    ),
    Held("help_offers", "Questions that were put to you", _USER, goes=_USER),
    Held(
        "help_requests",
        "What you asked where you were stuck",
        "asker_id = :user_id",
        goes="asker_id = :user_id",
        blanks=_UNSAID_REASON,
        hidden=("hidden_by",),
    ),
    Held("notices", "Your inbox", _USER, goes=f"{_USER} OR actor_id = :user_id"),
    Held("recent_posts", "When you posted in the last minute", _USER, goes=_USER),
    Held(
        "learners",
        "What you are called here",
        _USER,
        blanks=(("name = '', email = '', uuid = :nobody, closed_at = :now", _USER),),
    ),
    Held("erasing", "Who is being erased", why="It is empty at all other times."),
)
LMS_HOLDS_NOBODY = {
    "courses": "courses, as their files have them",
    "course_prerequisites": "courses",
    "lessons": "courses",
    "lesson_texts": "courses",
    "cards": "courses",
    "tasks": "courses",
    "bundle": "which courses came with the program",
    "search_state": "how the index was made",
    "review_state": "how cards were read",
    "issuer": "the school",
    "issuer_keys": "keys of the school",
    "log_nodes": "hashes",
    "log_heads": "hashes that the school has signed",
    "adopted_courses": "courses",
    "adopted_orphans": "rows of an original school whose learner was gone: numbers without a person",
    "machines": "computers, not people",
    "event_kinds": "words of the program",
    "notice_kinds": "words of the program",
    "wisdom_kinds": "words of the program",
    "report_kinds": "words of the program",
    "cohort_weeks": "how many there were",
    "lesson_figures": "how many there were",
    "lesson_minutes": "how many there were",
    "question_figures": "how many there were",
    "search_index": "courses",
    "courses_letters": "courses",
    "wisdom_index": "the words of wisdom, taken out one by one",
    "notes_index": "the words of notes; `dialect.index_notes_anew` makes it anew",
}


def rows_of(transaction: Transaction, held: Held, person: Mapping[str, object]) -> tuple[list[str], Iterator[Any]]:
    """The columns, and one by one the rows, that somebody takes along of a table."""
    columns = [name for name in dialect.columns_of(transaction, held.table) if name not in held.hidden]
    return columns, iter(
        transaction.execute(
            f"SELECT {', '.join(columns)} FROM {held.table} WHERE {held.taken}",  # only our own words
            person,
        )
    )


def add_leaving(transaction: Transaction, leaving: Leaving) -> None:
    """Write down that somebody is leaving, in azora.db."""
    transaction.execute(
        "INSERT INTO leaving (user_id, uuid, nobody, asked_at) VALUES (:user_id, :uuid, :nobody, :asked_at)",
        leaving._asdict(),
    )


def leaving(transaction: Transaction) -> list[Leaving]:
    """Who is leaving, by azora.db."""
    from azora_tui.models.departing import Leaving

    found = rows(
        transaction,
        """
        SELECT leaving.user_id, leaving.uuid, leaving.nobody, COALESCE(users.email_key, '') AS email_key, asked_at
        FROM leaving LEFT JOIN users ON users.id = leaving.user_id ORDER BY asked_at, leaving.user_id
        """,
    )
    return [Leaving(*row) for row in found]


def remove_leaving(transaction: Transaction, user_id: int) -> None:
    transaction.execute("DELETE FROM leaving WHERE user_id = :user_id", {"user_id": user_id})


def keep_number(transaction: Transaction, *, user_id: int, uuid: str) -> None:
    """Let somebody's number stand in lms.db, also where they never did anything there, so that it is known as gone."""
    transaction.execute(
        """
        INSERT INTO learners (user_id, uuid)
        SELECT :user_id, :uuid WHERE NOT EXISTS (SELECT 1 FROM learners WHERE user_id = :user_id OR uuid = :uuid)
        """,
        {"user_id": user_id, "uuid": uuid},
    )


def erase(transaction: Transaction, tables: Sequence[Held], person: Mapping[str, object]) -> None:
    """Take somebody's words and names out of one database; done twice it changes nothing."""
    transaction.execute("INSERT INTO erasing (user_id, uuid) VALUES (:user_id, :uuid)", person)
    for held in tables:
        for assignment, condition in held.blanks:
            transaction.execute(f"UPDATE {held.table} SET {assignment} WHERE {condition}", person)
        if held.goes:
            transaction.execute(f"DELETE FROM {held.table} WHERE {held.goes}", person)
    transaction.execute("DELETE FROM erasing")
