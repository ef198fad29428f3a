"""Statements on events: what happened, only ever added to, each with the machine that added it and a number there.

The number is the next one of that machine, taken in the transaction that adds the event: one writer at a time.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from azora_tui.data.transaction import Transaction, rows, value
from azora_tui.models.events import Event

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
]
AccountEventKind = Literal[
    "registered", "signed_in", "signed_out", "password_changed", "password_reset", "session_revoked"
]

_NUMBERED = """
    :payload, machines.id, COALESCE((SELECT MAX(number) FROM events WHERE machine_id = machines.id), 0) + 1
    FROM machines WHERE machines.uuid = :machine RETURNING number
"""
_ADD = f"""
    INSERT INTO events (id, kind, user_id, course_id, lesson_id, course, lesson, at, payload, machine_id, number)
    SELECT :id, :kind, :user_id, :course_id, :lesson_id, (SELECT slug FROM courses WHERE id = :course_id),
        (SELECT slug FROM lessons WHERE id = :lesson_id), :at, {_NUMBERED}
"""  # noqa: S608  # only our own words
_ADD_TO_ACCOUNT = f"""
    INSERT INTO events (id, kind, user_id, at, payload, machine_id, number)
    SELECT :id, :kind, :user_id, :at, {_NUMBERED}
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
) -> None:
    """Add to what happened to a learner. `payload` is all that is to be told besides, in values that JSON knows."""
    values = {
        "id": id,
        "kind": kind,
        "user_id": user_id,
        "course_id": course_id,
        "lesson_id": lesson_id,
        "at": at,
        "payload": _to_json(payload),
        "machine": machine,
    }
    _add(transaction, _ADD, values)


def add_account_event(
    transaction: Transaction, *, id: str, kind: AccountEventKind, user_id: int, at: str, machine: str
) -> None:
    """Add to what happened to an account, in azora.db."""
    values = {"id": id, "kind": kind, "user_id": user_id, "at": at, "payload": "{}", "machine": machine}
    _add(transaction, _ADD_TO_ACCOUNT, values)


def add_learner(transaction: Transaction, *, user_id: int, uuid: str) -> None:
    """Write down whose number stands in this file, unless it is known already."""
    transaction.execute(
        "INSERT INTO learners (user_id, uuid) VALUES (:user_id, :uuid) ON CONFLICT DO NOTHING",
        {"user_id": user_id, "uuid": uuid},
    )


def events(transaction: Transaction) -> Iterator[Event]:
    """Every event of learners in the order in which it was added, on several machines by their times."""
    found = rows(
        transaction,
        """
        SELECT events.id AS id, kind, user_id, course, lesson, at, payload FROM events
        JOIN machines ON machines.id = events.machine_id
        ORDER BY MAX(at) OVER (PARTITION BY machine_id ORDER BY number), machines.uuid, number
        """,
    )
    for row in found:
        yield Event(row.id, row.kind, row.user_id, row.course, row.lesson, row.at, json.loads(row.payload))


def _add(transaction: Transaction, statement: str, values: dict[str, Any]) -> None:
    if value(transaction, statement, values) is None:
        transaction.execute("INSERT INTO machines (uuid) VALUES (:machine)", {"machine": values["machine"]})
        transaction.execute(statement, values)


def _to_json(payload: Mapping[str, object]) -> str:
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":")) if payload else "{}"
