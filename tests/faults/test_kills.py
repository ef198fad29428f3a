"""Processes that end in the middle of it, by SIGKILL."""

from collections.abc import Callable
from typing import Any

import pytest

Run = Callable[..., Any]
Held = Callable[[], dict[str, Any]]


def lost(told: list[int], found: dict[str, Any]) -> set[int]:
    return set(told) - set(found["learners"])


@pytest.mark.parametrize("seed", [1, 2])
def test_every_enrolment_that_was_told_is_there_and_none_is_half(run: Run, held: Held, seed: int) -> None:
    told = run("kill_while_enrolling", 50, seed)
    found = held()
    assert len(told) > 50
    assert lost(told, found) == set()
    assert found["events"] == found["learners"]
    assert found["students"] == len(found["learners"])
    assert found["integrity"] == "ok"


def test_a_word_before_commit_is_noticed_as_lost(run: Run, held: Held) -> None:
    """The control: who says "enrolled" before COMMIT returned, and is killed, has lied."""
    assert lost(run("kill_after_a_word_too_early"), held()) == {7}


def test_a_first_start_killed_anywhere_is_taken_up_by_the_next(run: Run) -> None:
    found = run("kill_while_creating", 4, 1)
    assert list(found) == ["ok ['lms.db']"]
    assert found["ok ['lms.db']"] > 25


def test_a_file_made_in_place_is_found_half_made(run: Run) -> None:
    """The control: without another name to build it under, some first starts leave what the next one
    refuses."""
    found = run("kill_while_creating", 5, 0)
    assert any("is empty" in said for said in found)
    assert any("StorageError" in said and "is empty" not in said for said in found)


def test_a_migration_killed_anywhere_leaves_the_old_version_or_the_new_one_and_a_backup(run: Run) -> None:
    found = run("kill_while_migrating", 4, 1)
    assert set(found) == {
        "1 old None ok | backup none | then 2 old 2 ok",
        "1 old None ok | backup 1 old None ok | then 2 old 2 ok",
        "2 old 2 ok | backup 1 old None ok | then 2 old 2 ok",
    }


def test_a_migration_without_a_transaction_is_found_half_done(run: Run) -> None:
    """The control."""
    found = run("kill_while_migrating", 3, 0)
    assert any("already exists" in said for said in found)
