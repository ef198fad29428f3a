"""What the tests of circles share: who is in them, and who has blocked whom."""

from collections.abc import Callable
from datetime import date
from typing import Any

from azora_tui.lms import enrolling
from azora_tui.lms.service import Lms
from azora_tui.lms.together import circles
from azora_tui.models.accounts import Claims
from azora_tui.models.circles import Circle
from tests.conftest import claims_of

UNTIL = date(2026, 12, 24)

NAMES = {1: "Amina", 2: "Jo", 3: "Kofi", 4: "Lindiwe", 5: "Nomsa", 6: "Victor"}


def person(number: int) -> Claims:
    return claims_of(number, name=NAMES.get(number, f"Learner {number}"))


def made_circle(lms: Lms, course_id: int, *others: int, maker: int = 1, name: str = "Three ropes") -> Circle:
    """A circle that its maker and the others are in, who join in this order."""
    for number in (maker, *others):
        enrolling.enroll(lms, person(number), course_id)
    made = circles.make(lms, person(maker), course_id, name=name, goal="Hitches", until=UNTIL)
    for number in others:
        circles.join(lms, person(number), made.word)
    return made


def block(lms: Lms, blocker: int, blocked: int) -> None:
    """As `azora-tui people` does; only the row, which is all that circles look at."""
    with lms.database.write() as transaction:
        transaction.execute(
            "INSERT INTO blocks (blocker_id, blocked_id, at) VALUES (:one, :other, '2026-11-22 12:00:00')",
            {"one": blocker, "other": blocked},
        )


def unblock(lms: Lms, blocker: int, blocked: int) -> None:
    with lms.database.write() as transaction:
        transaction.execute(
            "DELETE FROM blocks WHERE blocker_id = :one AND blocked_id = :other", {"one": blocker, "other": blocked}
        )


def close(lms: Lms, number: int) -> None:
    with lms.database.write() as transaction:
        transaction.execute("UPDATE learners SET closed_at = '2026-11-22 12:00:00' WHERE user_id = :id", {"id": number})


def row_counts(lms: Lms) -> dict[str, int]:
    """How many rows each table of circles has, and the notices."""
    tables = ("circles", "circle_members", "circle_posts", "notices", "circle_wrong_words")
    with lms.database.read() as transaction:
        return {table: count_rows(transaction.execute, table) for table in tables}


def count_rows(execute: Callable[..., Any], table: str) -> int:
    return int(execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0])
