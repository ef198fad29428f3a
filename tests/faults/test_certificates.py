"""Two processes, and more, complete the same last lesson."""

from collections.abc import Callable
from typing import Any

Run = Callable[..., Any]


def test_processes_that_complete_the_same_last_lesson_issue_one_certificate(run: Run) -> None:
    found = run("certificates", 8, 1)
    assert found == {"issued": 1, "credentials": 1, "log": 1, "keys": 1, "files": 1, "root": True}


def test_processes_of_eight_learners_issue_eight_with_one_key_and_one_log(run: Run) -> None:
    found = run("certificates", 8, 8)
    assert found == {"issued": 8, "credentials": 8, "log": 8, "keys": 1, "files": 1, "root": True}


def test_control_without_the_transaction_there_are_more(run: Run) -> None:
    """Whoever looks first and writes later issues twice, were it not for the database's own rule."""
    found = run("certificates_unprotected", 4)
    assert found["credentials"] == 4
