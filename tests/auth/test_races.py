"""Several processes at once. Each rule has a control that breaks without its protection."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from azora_tui.auth import guesses, service
from azora_tui.auth.context import Auth

if TYPE_CHECKING:
    from tests.auth.conftest import Child

Children = Callable[[str, int], "list[Child]"]

REGISTER = """
with auth.database.read() as connection:
    before = accounts.any_account(connection)
{mutation}
meet("ready")
email = f"{{number}}@example.org"
account, _ = service.register(auth, name="Somebody", email=email, password="ngiyakwazi ngoba")
say(account.role)
"""
DECIDED_BEFOREHAND = "accounts.any_account = lambda connection: before"

KEY = """
{mutation}
meet("ready")
say(tokens.public_key(auth).decode().splitlines()[1:3])
"""
WITHOUT_ASKING_AGAIN = """
new_key = tokens._new_key
def slow_key():
    meet("making")
    return new_key()
tokens._new_key = slow_key
type(auth.database).write = lambda self, *_: self.read()
"""

GUESS = """
verify = passwords.verify
count_failure = accounts.count_failure
def met(password, stored):
    meet("checking")
    right = verify(password, stored)
    {after}
    return right
passwords.verify = met
{mutation}
try:
    service.sign_in(auth, email="thandi@example.org", password="wrong one")
except AzoraError as error:
    say("refused" if "Try again in" in str(error) else "checked")
"""
COUNTED_AFTERWARDS = {
    "mutation": "accounts.count_failure = lambda *_: None",
    "after": """with auth.database.write() as connection:
        count_failure(connection, "thandi@example.org", auth.now())""",
}


@pytest.mark.parametrize(("mutation", "admins"), [("", 1), (DECIDED_BEFOREHAND, 4)], ids=["real", "control"])
def test_first_accounts_at_once_make_one_admin(children: Children, mutation: str, admins: int) -> None:
    started = children(REGISTER.format(mutation=mutation), 4)
    assert [child.hear() for child in started] == ["ready"] * 4
    for child in started:
        child.go()
    roles = sorted(child.hear() for child in started)
    assert roles == ["admin"] * admins + ["learner"] * (4 - admins)


def test_first_starts_at_once_end_with_one_key(children: Children) -> None:
    started = children(KEY.format(mutation=""), 4)
    assert [child.hear() for child in started] == ["ready"] * 4
    for child in started:
        child.go()
    keys = {child.hear() for child in started}
    assert len(keys) == 1
    assert keys.pop().startswith("['")


def test_control_first_starts_without_the_lock_end_with_two_keys(children: Children) -> None:
    started = children(KEY.format(mutation=WITHOUT_ASKING_AGAIN), 2)
    for child in started:
        assert child.hear() == "ready"
        child.go()
    assert [child.hear() for child in started] == ["making"] * 2
    keys = set()
    for child in started:
        child.go()
        keys.add(child.hear())
    assert len(keys) == 2


def parallel_guesses(children: Children, number: int, **mutation: str) -> int:
    """How many of that many guesses, all before any is answered, are checked against the hash."""
    started = children(GUESS.format(**({"mutation": "", "after": ""} | mutation)), number)
    first = [child.hear() for child in started]
    assert set(first) <= {"checking", "refused"}, first
    for child, word in zip(started, first, strict=True):
        if word == "checking":
            child.go()
            assert child.hear() == "checked"
    return first.count("checking")


def test_parallel_guesses_get_no_more_tries_than_one_after_the_other(auth: Auth, children: Children) -> None:
    service.register(auth, name="Thandi", email="thandi@example.org", password="ngiyakwazi ngoba")
    assert parallel_guesses(children, 8) == guesses.FREE_TRIES


def test_control_guesses_counted_afterwards_outrun_the_limit(auth: Auth, children: Children) -> None:
    service.register(auth, name="Thandi", email="thandi@example.org", password="ngiyakwazi ngoba")
    assert parallel_guesses(children, 8, **COUNTED_AFTERWARDS) == 8
