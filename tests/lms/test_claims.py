"""Every public function of the LMS Service acts on valid claims only."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import azora_tui.lms
from azora_tui.data.transaction import Transaction
from azora_tui.errors import SessionError
from azora_tui.lms import adopting, bundled, enrolling, installing
from azora_tui.lms.credentials import documents, keys, log
from azora_tui.lms.credentials import trusted_issuers as known
from azora_tui.lms.service import Lms, check_claims
from azora_tui.lms.together import departing
from azora_tui.models.accounts import Claims
from azora_tui.models.catalog import CatalogPage
from azora_tui.models.credentials import Shown
from azora_tui.models.quizzes import Question, QuestionKind
from azora_tui.models.reviews import CardId, CardKind, Flashcard, Rating, ReviewCard

# They act for the program, or within a caller's transaction that has checked; none of them is handed claims.
FOR_NOBODY = {bundled.load, installing.install, enrolling.fill_seats, keys.settle}
# For who runs the school: an admin by their claims, or without claims who owns its files.
FOR_WHO_RUNS_IT: set[Callable[..., Any]] = {
    adopting.adopt_school, documents.website, departing.close, departing.reopen,
}  # fmt: skip
# What a school makes public: heads and proofs of its log, its public keys, and what is on record of a certificate that
# the asker already has.
FOR_ANYBODY = {log.head, log.consistency, known.own_keys, known.record}


def functions() -> Iterator[Callable[..., Any]]:
    for found in pkgutil.walk_packages(azora_tui.lms.__path__, "azora_tui.lms."):
        module: ModuleType = importlib.import_module(found.name)
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == module.__name__ and not name.startswith("_"):
                yield function


def takes(function: Callable[..., Any], kind: object) -> bool:
    return any(each.annotation is kind for each in inspect.signature(function).parameters.values())


# What works within a caller's transaction leaves the check to that caller.
ASKED_BY_SOMEBODY = [
    each for each in functions() if takes(each, Claims) and takes(each, Lms) and not takes(each, Transaction)
]


def test_every_function_that_opens_the_database_takes_claims() -> None:
    silent = {
        each
        for each in functions()
        if takes(each, Lms) and not takes(each, Claims) and ".database." in inspect.getsource(each)
    }
    assert silent <= FOR_NOBODY | FOR_ANYBODY | FOR_WHO_RUNS_IT
    assert all("check_admin_or_owner(lms, claims," in inspect.getsource(each) for each in FOR_WHO_RUNS_IT)
    assert len(ASKED_BY_SOMEBODY) >= 12


def arguments(function: Callable[..., Any]) -> dict[str, Any]:
    known: dict[str, Any] = {
        "course_id": 1,
        "lesson_id": 1,
        "position": "x",
        "query": "x",
        "paragraph": 0,
        "note_id": 1,
        "path": Path("nowhere"),
        "imported": None,
        "weekdays": {6},
        "text": "x",
        "quote": "x",
        "digest": 1,
        "word": "1",
        "found": CatalogPage(0, ()),
        "attempt_id": 1,
        "question_id": "x",
        "given": "x",
        "card": ReviewCard(CardId(1, CardKind.CARD, "x"), 1, "x", "x", Flashcard("x", "x", "x")),
        "card_id": CardId(1, CardKind.CARD, "x"),
        "rating": Rating.GOOD,
        "question": Question("x", QuestionKind.TEXT, "x", accepted=("x",)),
        "credential_id": 1,
        "shown": Shown(),
        "reason": "x",
        "passphrase": "x",
        "task_id": "x",
        "submission_id": 1,
        "accepted": True,
        "form": "jwt",
        "user_id": 2,
    }
    parameters = list(inspect.signature(function).parameters.values())[2:]
    return {each.name: known[each.name] for each in parameters if each.default is each.empty}


@pytest.mark.parametrize("late", [timedelta(0), timedelta(days=1)], ids=["now", "long ago"])
@pytest.mark.parametrize("function", ASKED_BY_SOMEBODY, ids=lambda each: f"{each.__module__}.{each.__name__}")
def test_expired_claims_are_refused_before_anything_is_looked_at(
    lms: Lms, claims: Callable[..., Claims], clock: Any, function: Callable[..., Any], late: timedelta
) -> None:
    expired = claims(expires_at=clock() - late)
    with pytest.raises(SessionError, match=r"Your session has ended\. Nothing is lost: sign in"):
        function(lms, expired, **({} if function is check_claims else arguments(function)))
    assert not lms.database.path.exists()


def test_claims_hold_until_they_run_out(lms: Lms, claims: Callable[..., Claims], clock: Any) -> None:
    check_claims(lms, claims(expires_at=clock() + timedelta(seconds=1)))


def test_a_uuid_that_stands_here_with_another_number_keeps_nobody_from_learning(
    lms: Lms, claims: Callable[..., Claims], add_course: Callable[..., int]
) -> None:
    course = add_course()
    enrolling.enroll(lms, claims(1), course)
    enrolling.enroll(lms, claims(2, user_uuid="uuid-1", name="Another"), course)
    with lms.database.read() as transaction:
        found = transaction.execute("SELECT user_id, uuid, name FROM learners")
        assert list(found) == [(1, "uuid-1", "Learner 1")]
        number = transaction.execute("SELECT COUNT(*) FROM enrollments")
        assert list(number) == [(2,)]
