"""Many processes at the same moment."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]
Held = Callable[[], dict[str, Any]]


def test_forty_processes_enrol_the_same_learner_once(run: Run, held: Held) -> None:
    assert run("same", 40) == {"enrolled": 1, "already_enrolled": 39}
    assert held() == {"learners": [1], "students": 1, "events": [1], "integrity": "ok"}


def test_two_hundred_processes_get_exactly_the_thirty_seats(run: Run, held: Held) -> None:
    assert run("seats", 200, 30) == {"enrolled": 30, "course_full": 170}
    found = held()
    assert len(found["learners"]) == found["students"] == 30
    assert found["events"] == found["learners"]
    assert found["integrity"] == "ok"


def test_two_hundred_processes_for_thirty_seats_wait_in_their_order_and_move_up(run: Run) -> None:
    found = run("seats_or_waitlist", 200, 30, 5)
    assert found["seated"] == found["students"] == 30
    assert found["places"]
    assert found["moved_up"] == [0, 1, 2, 3, 4]
    assert found["still_wait"]
    assert (found["left"], len(found["learners"]), found["integrity"]) == (5, 35, "ok")


def test_without_one_transaction_the_seats_are_oversold(run: Run, held: Held) -> None:
    """The control: looking for a seat and taking it apart from one another sells every one of them too
    often."""
    assert run("seats_unprotected", 12, 3) == {"enrolled": 12}
    assert len(held()["learners"]) == 12


def test_a_card_that_eight_processes_rate_at_once_is_rated_once(run: Run) -> None:
    assert run("rate", 8, 1) == {"kept": 1, "refused": 7}


def test_without_a_look_at_the_log_it_is_rated_by_all(run: Run) -> None:
    """The control."""
    assert run("rate", 8, 0) == {"kept": 8}


def test_twenty_first_starts_at_once_end_with_one_good_file(run: Run, tmp_path: Path) -> None:
    assert run("start", 20) == {"opened": 20}
    assert [file.name for file in tmp_path.iterdir()] == ["lms.db"]
    assert (tmp_path / "lms.db").stat().st_mode & 0o777 == 0o600
