"""Statements on events: what happened, only ever added to, each with the machine that added it and a number there.

The number is the next one of that machine, taken in the transaction that adds the event: whoever else would take one
waits for its row.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Literal

from azora_tui.data.transaction import one, rows, value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from azora_tui.data.transaction import Transaction
    from azora_tui.models.events import Event, ToldEvent

EventKind = Literal[
    "enrolled",
    "left",
    "reenrolled",
    "waitlisted",
    "left_waitlist",
    "opened",
    "place_kept",
    "completed",
    "completed_again",
    "course_completed",
    "quiz_started",
    "quiz_resumed",
    "answered",
    "quiz_finished",
    "note_written",
    "note_changed",
    "note_deleted",
    "note_restored",
    "rest_days_chosen",
    "adopted",
    "carried_over",
    "completion_claimed",
    "hint_opened",
    "days_placed",
    "teacher_added",
    "teacher_removed",
    "course_changed",
    "task_handed_in",
    "task_answered",
    "task_answer_read",
    "completion_held",
    "completion_granted",
    "announced",
    "announcement_withdrawn",
    "message_sent",
    "news_read",
]
AccountEventKind = Literal[
    "registered",
    "signed_in",
    "signed_out",
    "password_changed",
    "password_reset",
    "session_revoked",
    "role_changed",
    "account_disabled",
    "account_enabled",
    "invited",
    "invitation_opened",
    "account_left",
]

_NOTHING_MORE: Mapping[str, object] = {}

_KNOW = """
    INSERT INTO learners (user_id, uuid, name, email) SELECT :user_id, :uuid, :name, :email
    WHERE NOT EXISTS (SELECT 1 FROM learners AS other WHERE other.uuid = :uuid AND other.user_id <> :user_id)
    ON CONFLICT (user_id) DO UPDATE SET name = excluded.name, email = excluded.email
    WHERE (learners.name <> excluded.name OR learners.email <> excluded.email)
        AND (learners.name <> '' OR learners.closed_at IS NULL)
"""
_NEXT_NUMBER = """
    UPDATE machines SET last_number = last_number + :count WHERE uuid = :machine RETURNING id, last_number AS number
"""
_ADD = """
    INSERT INTO events (
        id, kind, user_id, course_id, lesson_id, course, lesson, at, payload, machine_id, number, utc_offset
    )
    VALUES (:id, :kind, :user_id, :course_id, :lesson_id, (SELECT slug FROM courses WHERE id = :course_id),
        (SELECT slug FROM lessons WHERE id = :lesson_id), :at, :payload, :machine_id, :number, :utc_offset)
"""
_ADD_TO_ACCOUNT = """
    INSERT INTO events (id, kind, user_id, at, payload, machine_id, number)
    VALUES (:id, :kind, :user_id, :at, :payload, :machine_id, :number)
"""


def add_event(
    transaction: Transaction,
    *,
    id: str,
    kind: EventKind,
    user_id: int,
    course_id: int | None,
    lesson_id: int | None,
    at: str,
    payload: Mapping[str, object],
    machine: str,
    utc_offset: int | None = None,
) -> None:
    """Add to what happened to a learner. `payload` is all that is to be told besides, in values that JSON knows;
    `utc_offset` are the minutes that clocks were ahead of UTC where the learner was, as far as that is known.
    """
    machine_id, number = _next_number(transaction, machine)
    values = {
        "id": id,
        "kind": kind,
        "user_id": user_id,
        "course_id": course_id,
        "lesson_id": lesson_id,
        "at": at,
        "payload": _to_json(payload),
        "machine_id": machine_id,
        "number": number,
        "utc_offset": utc_offset,
    }
    transaction.execute(_ADD, values)


def add_account_event(
    transaction: Transaction,
    *,
    id: str,
    kind: AccountEventKind,
    user_id: int,
    at: str,
    machine: str,
    payload: Mapping[str, object] = _NOTHING_MORE,
) -> None:
    """Add to what happened to an account, in azora.db."""
    add_account_events(transaction, [(id, user_id)], kind=kind, at=at, payload=payload, machine=machine)


def add_account_events(
    transaction: Transaction,
    told: Sequence[tuple[str, int]],
    *,
    kind: AccountEventKind,
    at: str,
    payload: Mapping[str, object],
    machine: str,
) -> None:
    """Add to what happened to accounts, in azora.db: one event for each (its id, whose account)."""
    machine_id, last = _next_number(transaction, machine, len(told))
    shared = {"kind": kind, "at": at, "payload": _to_json(payload), "machine_id": machine_id}
    transaction.executemany(
        _ADD_TO_ACCOUNT,
        (
            {**shared, "id": id, "user_id": user_id, "number": number}
            for number, (id, user_id) in enumerate(told, start=last - len(told) + 1)
        ),
    )


def add_learner(transaction: Transaction, *, user_id: int, uuid: str, name: str, email: str) -> None:
    """Write down whose number stands in this file and what they are called now, unless it is known already.

    A UUID that stands here with another number stays with that; its learner's work is no less kept.
    """
    transaction.execute(_KNOW, {"user_id": user_id, "uuid": uuid, "name": name, "email": email})


def has_left(transaction: Transaction, *, user_id: int, uuid: str) -> bool:
    """Whether somebody has left the school for good, and has nothing to write here any more."""
    left = value(
        transaction,
        "SELECT 1 FROM learners WHERE user_id = :user_id AND uuid <> :uuid AND name = '' AND closed_at IS NOT NULL",
        {"user_id": user_id, "uuid": uuid},
    )
    return left is not None


def events(transaction: Transaction) -> Iterator[Event]:
    """Every event of learners in the order in which it was added, on several machines by their times."""
    from azora_tui.models.events import Event

    found = rows(
        transaction,
        """
        SELECT events.id AS id, kind, user_id, course, lesson, at, payload, utc_offset FROM events
        JOIN machines ON machines.id = events.machine_id
        ORDER BY MAX(at) OVER (PARTITION BY machine_id ORDER BY number), machines.uuid, number
        """,
    )
    for row in found:
        payload = json.loads(row.payload)
        yield Event(row.id, row.kind, row.user_id, row.course, row.lesson, row.at, payload, row.utc_offset)


def events_in(transaction: Transaction, course_id: int, kinds: Iterable[str]) -> Iterator[ToldEvent]:
    """The events of some kinds in a course, oldest first."""
    from azora_tui.models.events import ToldEvent

    names = {f"kind{place}": kind for place, kind in enumerate(kinds)}
    passed: dict[str, bool] = {
        uuid: bool(was_passed)
        for uuid, was_passed in transaction.execute(
            """
            SELECT attempts.uuid, attempts.score >= attempts.pass_percent FROM enrollments
            JOIN attempts ON attempts.enrollment_id = enrollments.id
            WHERE enrollments.course_id = :course_id AND attempts.finished_at IS NOT NULL
            """,
            {"course_id": course_id},
        )
    }
    cursor = transaction.execute(
        f"""
        SELECT events.id, events.kind, COALESCE(learners.uuid, ''), courses.slug, courses.title, lessons.slug,
            lessons.title, events.at, events.payload
        FROM events
        JOIN courses ON courses.id = events.course_id
        LEFT JOIN lessons ON lessons.id = events.lesson_id
        LEFT JOIN learners ON learners.user_id = events.user_id
        WHERE events.course_id = :course_id AND events.kind IN ({", ".join(f":{name}" for name in names)})
        ORDER BY events.at, events.id
        """,  # noqa: S608  # only our own words
        {"course_id": course_id, **names},
    )
    for id, kind, learner, course, course_title, lesson, lesson_title, at, kept in cursor:
        payload = json.loads(kept)
        was_passed = passed.get(payload.get("attempt", ""), False)
        yield ToldEvent(
            id, kind, learner, course, course_title, lesson, lesson_title, at, payload=payload, passed=was_passed
        )


def _next_number(transaction: Transaction, machine: str, count: int = 1) -> tuple[int, int]:
    """The machine's row, made with its first event, and the number of its next one, or the last of its next few."""
    row = one(transaction, _NEXT_NUMBER, {"machine": machine, "count": count})
    if row is None:
        transaction.execute("INSERT INTO machines (uuid) VALUES (:machine)", {"machine": machine})
        row = one(transaction, _NEXT_NUMBER, {"machine": machine, "count": count})
    return row.id, row.number


def _to_json(payload: Mapping[str, object]) -> str:
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":")) if payload else "{}"
