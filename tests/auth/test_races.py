"""Several processes at once. Each rule has a control that breaks without its protection."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from azora_tui.auth import guesses, invitations, people, service
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


DEMOTE = """
from azora_tui.auth import people
names = ["thandi@example.org", "zola@example.org"]
{mutation}
claims = None if {as_owner} else service.authenticate(auth, service.sign_in(auth, email=names[number], password="{word}"))
meet("ready")
try:
    people.set_role(auth, claims, email=names[{whom}], role="learner")
    say("done")
except AzoraError as error:
    say(error.code)
"""
ADMINS_ASKED_BEFOREHAND = """
from azora_tui.data import people as stored
with auth.database.read() as connection:
    before = {0: stored.has_other_admin(connection, 1), 1: stored.has_other_admin(connection, 2)}[number]
stored.has_other_admin = lambda *_: before
"""
WORD = "ngiyakwazi ngoba"


@pytest.mark.parametrize(
    ("as_owner", "whom", "mutation", "refused", "admins"),
    [
        (False, "1 - number", "", "session", 1),
        (True, "number", "", "last_admin", 1),
        (True, "number", ADMINS_ASKED_BEFOREHAND, "", 0),
    ],
    ids=["each other", "by their owner", "control"],
)
def test_two_admins_who_are_demoted_at_once_leave_one(
    auth: Auth, children: Children, as_owner: bool, whom: str, mutation: str, refused: str, admins: int
) -> None:
    first, _ = service.register(auth, name="Thandi", email="thandi@example.org", password=WORD)
    other, _ = service.register(auth, name="Zola", email="zola@example.org", password=WORD)
    people.set_role(auth, None, email=other.email, role="admin")
    started = children(DEMOTE.format(mutation=mutation, as_owner=as_owner, whom=whom, word=WORD), 2)
    assert [child.hear() for child in started] == ["ready"] * 2
    for child in started:
        child.go()
    heard = sorted(child.hear() for child in started)
    if refused == "session":
        assert heard in (["done", "role_changed"], ["done", "last_admin"])
    else:
        assert heard == (["done", refused] if refused else ["done", "done"])
    everybody = people.page(auth, None, limit=9).people
    assert [each.account.role for each in everybody].count("admin") == admins
    assert first.role == "admin"


OPEN = """
from azora_tui.auth import invitations
meet("ready")
try:
    invitations.open_account(auth, email="kofi@example.org", word="{word}", password=f"a long passphrase {{number}}")
    say("open")
except AzoraError as error:
    say(error.code)
"""


def test_a_word_that_several_type_at_once_opens_an_account_once(auth: Auth, children: Children) -> None:
    _, token = service.register(auth, name="Thandi", email="thandi@example.org", password=WORD)
    claims = service.authenticate(auth, token)
    (invited,) = invitations.invite(auth, claims, [("kofi@example.org", "Kofi")])
    started = children(OPEN.format(word=invited.word), 4)
    assert [child.hear() for child in started] == ["ready"] * 4
    for child in started:
        child.go()
    assert sorted(child.hear() for child in started) == ["invitation_word_wrong"] * 3 + ["open"]


INVITE = """
from azora_tui.auth import invitations
from azora_tui.errors import AzoraError
claims = service.authenticate(auth, "{token}")
roster = [(f"n{{each}}@example.org", f"N{{each}}") for each in range(100)]
add = accounts.add_account
def half(transaction, **values):
    if values["email"] == "n50@example.org":
        meet("half")
    return add(transaction, **values)
accounts.add_account = half
for part in {parts}:
    invitations.invite(auth, claims, part)
"""


@pytest.mark.parametrize(
    ("parts", "left"), [("[roster]", 0), ("[[each] for each in roster]", 50)], ids=["real", "control"]
)
def test_an_invitation_of_many_that_is_killed_half_way_leaves_nobody(
    auth: Auth, children: Children, parts: str, left: int
) -> None:
    _, token = service.register(auth, name="Thandi", email="thandi@example.org", password=WORD)
    (child,) = children(INVITE.format(token=token, parts=parts), 1)
    assert child.hear() == "half"
    child.process.kill()
    child.process.wait()
    assert people.count(auth, None).all == 1 + left
