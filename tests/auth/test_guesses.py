"""Guessing is slow, and nobody is locked out for good."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from azora_tui.auth import guesses, service
from azora_tui.auth.context import Auth
from azora_tui.errors import FieldError
from azora_tui.models.account_records import Failures
from tests.engine import sqlite

if TYPE_CHECKING:
    from tests.auth.conftest import Clock

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
RIGHT = "ngiyakwazi ngoba"


@pytest.fixture
def thandi(auth: Auth) -> Auth:
    service.register(auth, name="Thandi", email="thandi@example.org", password=RIGHT)
    return auth


def guess(auth: Auth, password: str = "wrong one", email: str = "thandi@example.org") -> str:
    """What signing in is answered with: "in", or the sentence."""
    try:
        service.sign_in(auth, email=email, password=password)
    except FieldError as error:
        return str(error) if error.field == "password" else error.field
    return "in"


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(1, 0), (4, 0), (5, 1), (6, 2), (7, 4), (12, 128), (13, 256), (14, 300), (1000, 300), (2**62, 300)],
)
def test_wait_doubles_up_to_five_minutes(failures: int, seconds: int) -> None:
    assert guesses.seconds_to_wait(Failures(failures, NOW), NOW) == seconds


def test_wait_counts_down_in_whole_seconds() -> None:
    failures = Failures(8, NOW)
    waits = [guesses.seconds_to_wait(failures, NOW + timedelta(seconds=past)) for past in (0, 0.1, 1, 7.9, 8, 9)]
    assert waits == [8, 8, 7, 1, 0, 0]


def test_nobody_waits_without_failures() -> None:
    assert guesses.seconds_to_wait(None, NOW) == 0


@pytest.mark.parametrize("back", [1, 60, 86_400, 86_400 * 3650])
@pytest.mark.parametrize("failures", [5, 50])
def test_a_failure_in_the_future_waits_the_longest_wait(failures: int, back: int) -> None:
    assert guesses.seconds_to_wait(Failures(failures, NOW), NOW - timedelta(seconds=back)) == guesses.MAX_WAIT


def test_tries_that_are_free_stay_so_wherever_the_clock_stands() -> None:
    assert guesses.seconds_to_wait(Failures(4, NOW), NOW - timedelta(days=1)) == 0


def test_failure_rounded_up_is_not_taken_for_a_clock_set_back() -> None:
    assert guesses.seconds_to_wait(Failures(5, NOW), NOW - timedelta(seconds=0.999)) == 2


def test_sixth_guess_waits_and_says_how_long(thandi: Auth, clock: "Clock", hash_checks: list[str]) -> None:
    for _ in range(5):
        assert "do not go together" in guess(thandi)
    assert "in 1 second." in guess(thandi)
    assert "in 1 second." in guess(thandi, RIGHT)
    assert len(hash_checks) == 5
    clock.forward(seconds=1)
    assert "do not go together" in guess(thandi)
    assert "in 2 seconds." in guess(thandi)
    clock.forward(seconds=1)
    assert "in 1 second." in guess(thandi)
    clock.forward(seconds=1)
    assert guess(thandi, RIGHT) == "in"


def test_early_guesses_do_not_push_the_wait_away(thandi: Auth, clock: "Clock") -> None:
    for _ in range(5):
        guess(thandi)
    for _ in range(10):
        clock.forward(seconds=0.1)
        last = guess(thandi, RIGHT)
    assert last == "in"


def test_wait_with_fractions_is_never_shorter_than_told(thandi: Auth, clock: "Clock") -> None:
    clock.forward(seconds=0.9)
    for _ in range(5):
        guess(thandi)
    clock.forward(seconds=0.99)
    assert "in 1 second." in guess(thandi)
    clock.forward(seconds=0.2)
    assert guess(thandi, RIGHT) == "in"


def test_a_patient_guesser_never_reaches_a_lock_for_good(thandi: Auth, clock: "Clock") -> None:
    for _ in range(40):
        clock.forward(seconds=300)
        assert "do not go together" in guess(thandi)
    clock.forward(seconds=300)
    assert guess(thandi, RIGHT) == "in"


def test_right_password_forgets_the_wrong_ones(thandi: Auth) -> None:
    for _ in range(3):
        for _ in range(4):
            guess(thandi)
        assert guess(thandi, RIGHT) == "in"


def test_each_email_waits_alone(thandi: Auth) -> None:
    for _ in range(6):
        guess(thandi, email="sipho@example.org")
    assert "Try again in" in guess(thandi, email="SIPHO@example.org")
    assert guess(thandi, RIGHT) == "in"


def test_unknown_email_is_slowed_down_in_the_same_words(thandi: Auth) -> None:
    known = [guess(thandi) for _ in range(7)]
    unknown = [guess(thandi, email="nobody@example.org") for _ in range(7)]
    assert known == unknown


def test_unknown_account_costs_what_a_wrong_password_costs(thandi: Auth, hash_checks: list[str]) -> None:
    guess(thandi)
    known = len(hash_checks)
    guess(thandi, email="nobody@example.org")
    assert known == len(hash_checks) - known == 1
    assert hash_checks[0].split("$")[:4] == hash_checks[1].split("$")[:4]


def test_after_a_day_failures_are_forgotten(thandi: Auth, clock: "Clock") -> None:
    for _ in range(5):
        guess(thandi)
    guess(thandi, email="nobody@example.org")
    clock.forward(days=1, seconds=1)
    assert guess(thandi, RIGHT) == "in"
    with thandi.database.read() as connection:
        assert sqlite(connection).execute("SELECT count(*) FROM sign_in_failures").get == 0


def test_signing_in_after_the_clock_was_set_back(thandi: Auth, clock: "Clock") -> None:
    for _ in range(5):
        guess(thandi)
    clock.forward(days=-400)
    assert "in 300 seconds." in guess(thandi, RIGHT)
    clock.forward(seconds=299)
    assert "in 1 second." in guess(thandi, RIGHT)
    clock.forward(seconds=1)
    assert guess(thandi, RIGHT) == "in", "nobody is locked out until a time that lies in the future"


def test_no_clock_set_back_frees_a_guess(thandi: Auth, clock: "Clock", hash_checks: list[str]) -> None:
    for _ in range(5):
        guess(thandi)
    checked = len(hash_checks)
    for _ in range(20):
        clock.forward(hours=-1)
        assert "in 300 seconds." in guess(thandi)
    assert len(hash_checks) == checked


def test_current_password_is_guarded_as_signing_in_is(thandi: Auth, hash_checks: list[str]) -> None:
    claims = service.authenticate(thandi, service.sign_in(thandi, email="thandi@example.org", password=RIGHT))
    hash_checks.clear()
    for _ in range(6):
        with pytest.raises(FieldError) as refused:
            service.change_password(thandi, claims, current="wrong one", new="another good one")
        assert refused.value.field == "current"
    assert "Try again in 1 second." in str(refused.value)
    assert len(hash_checks) == 5
    assert "Try again in 1 second." in guess(thandi)


def test_overlong_guess_is_not_even_counted(thandi: Auth, hash_checks: list[str]) -> None:
    assert "at most 1,024" in guess(thandi, "x" * 1_000_000)
    assert hash_checks == []
    with thandi.database.read() as connection:
        assert sqlite(connection).execute("SELECT count(*) FROM sign_in_failures").get == 0
