"""What an admin does for others: roles, accounts closed and opened again, the list of people."""

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from azora_tui.auth import guesses, invitations, passwords, people, service, session_file
from azora_tui.auth.context import Auth
from azora_tui.data import accounts
from azora_tui.data.transaction import rows
from azora_tui.errors import FieldError, NotFoundError, RefusedError, SessionError, StorageError
from azora_tui.models.accounts import Claims, Role
from azora_tui.models.people import PeopleCount

if TYPE_CHECKING:
    from tests.auth.conftest import Clock

PASSWORD = "sikwazi sonke manje"


def email(name: str) -> str:
    return f"{name}@example.org"


def register(auth: Auth, name: str) -> Claims:
    _, token = service.register(auth, name=name.title(), email=email(name), password=PASSWORD)
    return service.authenticate(auth, token)


def sign_in(auth: Auth, name: str) -> Claims:
    return service.authenticate(auth, service.sign_in(auth, email=email(name), password=PASSWORD))


@pytest.fixture
def thandi(auth: Auth) -> Claims:
    """The first account, so an admin."""
    return register(auth, "thandi")


@pytest.fixture
def zola(auth: Auth, thandi: Claims) -> Claims:
    return register(auth, "zola")


def role_of(auth: Auth, name: str) -> Role:
    with auth.database.read() as transaction:
        found = accounts.credentials(transaction, email(name))
    assert found is not None
    return found.account.role


def last_event(auth: Auth) -> tuple[str, int, object]:
    with auth.database.read() as transaction:
        row = rows(transaction, "SELECT kind, user_id, payload FROM events ORDER BY number DESC LIMIT 1")[0]
    return row.kind, row.user_id, json.loads(row.payload)


def dump(auth: Auth) -> list[Any]:
    with auth.database.read() as transaction:
        tables = rows(transaction, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
        return [[tuple(row) for row in rows(transaction, f"SELECT * FROM {table.name}")] for table in tables]


def test_an_instructor_is_made_and_it_is_told_who_made_them(auth: Auth, thandi: Claims, zola: Claims) -> None:
    change = people.set_role(auth, thandi, email="ZOLA@example.org ", role="instructor")
    assert (change.changed, change.account.role, change.account.name) == (True, "instructor", "Zola")
    assert role_of(auth, "zola") == "instructor"
    assert role_of(auth, "thandi") == "admin"
    assert last_event(auth) == ("role_changed", zola.user_id, {"role": "instructor", "by": thandi.user_uuid})


def test_a_role_that_somebody_has_already_changes_nothing(auth: Auth, thandi: Claims, zola: Claims) -> None:
    before = dump(auth)
    assert not people.set_role(auth, thandi, email=email("zola"), role="learner").changed
    assert dump(auth) == before
    service.check_session(auth, zola)


def test_a_changed_role_ends_the_sessions_that_bear_the_old_one_and_says_so(
    auth: Auth, thandi: Claims, zola: Claims
) -> None:
    others = [sign_in(auth, "zola"), register(auth, "kofi")]
    people.set_role(auth, thandi, email=email("zola"), role="instructor")
    for ended in (zola, others[0]):
        with pytest.raises(SessionError, match="You are an instructor of this school now") as refused:
            service.check_session(auth, ended)
        assert refused.value.code == "role_changed"
    service.check_session(auth, others[1])
    service.check_session(auth, thandi)
    assert sign_in(auth, "zola").role == "instructor"


def test_a_kept_session_says_why_it_has_ended(auth: Auth, thandi: Claims, zola: Claims) -> None:
    session_file.keep(auth.paths, service.sign_in(auth, email=email("zola"), password=PASSWORD))
    people.set_role(auth, thandi, email=email("zola"), role="admin")
    with pytest.raises(SessionError, match="You are an admin of this school now"):
        service.resume(auth)


def test_a_session_that_had_ended_before_says_no_more_than_that(auth: Auth, thandi: Claims, zola: Claims) -> None:
    service.sign_out(auth, zola)
    people.set_role(auth, thandi, email=email("zola"), role="admin")
    with pytest.raises(SessionError) as refused:
        service.check_session(auth, zola)
    assert refused.value.code == "session_ended"


def test_a_role_that_changes_while_somebody_signs_in_is_the_one_that_the_token_bears(
    auth: Auth, thandi: Claims, zola: Claims, monkeypatch: pytest.MonkeyPatch
) -> None:
    verify = passwords.verify

    def changed_meanwhile(password: str, stored: str | None) -> bool:
        people.set_role(auth, thandi, email=email("zola"), role="instructor")
        return verify(password, stored)

    monkeypatch.setattr(passwords, "verify", changed_meanwhile)
    assert sign_in(auth, "zola").role == "instructor"


@pytest.mark.parametrize("role", ["teacher", "", "Admin", "learner; DROP TABLE users", "\x1b[31m"])
def test_an_unknown_role_is_a_sentence(auth: Auth, thandi: Claims, zola: Claims, role: str) -> None:
    before = dump(auth)
    with pytest.raises(FieldError, match="Choose learner, instructor or admin") as refused:
        people.set_role(auth, thandi, email=email("zola"), role=role)
    assert refused.value.field == "role"
    assert dump(auth) == before


@pytest.mark.parametrize("call", [people.disable, people.enable, people.set_role])
def test_an_unknown_e_mail_is_a_sentence(auth: Auth, thandi: Claims, call: Any) -> None:
    more = {"role": "admin"} if call is people.set_role else {}
    for unknown in ("nobody@example.org", "", "😀"):
        with pytest.raises(NotFoundError, match="no account with this e-mail"):
            call(auth, thandi, email=unknown, **more)
    with pytest.raises(FieldError, match="damaged"):
        call(auth, thandi, email="\ud800@example.org", **more)


@pytest.mark.parametrize("role", ["learner", "instructor"])
def test_nobody_but_an_admin_does_any_of_it(auth: Auth, thandi: Claims, zola: Claims, role: Role) -> None:
    people.set_role(auth, thandi, email=email("zola"), role=role)
    asking = sign_in(auth, "zola")
    before = dump(auth)
    for call in (
        lambda: people.page(auth, asking, limit=10),
        lambda: people.count(auth, asking),
        lambda: people.set_role(auth, asking, email=email("zola"), role="admin"),
        lambda: people.disable(auth, asking, email=email("thandi")),
        lambda: people.enable(auth, asking, email=email("thandi")),
    ):
        with pytest.raises(RefusedError, match="Only an admin who is signed in"):
            call()
    assert dump(auth) == before


def test_the_owner_of_the_files_needs_no_session_and_nobody_else_does_without(
    auth: Auth, thandi: Claims, zola: Claims, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert people.set_role(auth, None, email=email("zola"), role="admin").changed
    assert last_event(auth) == ("role_changed", zola.user_id, {"role": "admin", "by": None})
    assert people.disable(auth, None, email=email("zola")).changed
    assert people.enable(auth, None, email=email("zola")).changed
    assert [each.account.name for each in people.page(auth, None, limit=9).people] == ["Thandi", "Zola"]
    monkeypatch.setattr("azora_tui.auth.transactions.is_owner", lambda path: False)
    before = dump(auth)
    for call in (people.disable, people.enable):
        with pytest.raises(RefusedError, match="Only an admin"):
            call(auth, None, email=email("zola"))
    with pytest.raises(RefusedError, match="Only an admin"):
        people.page(auth, None, limit=9)
    assert dump(auth) == before


def test_the_last_admin_can_be_neither_demoted_nor_closed_out(auth: Auth, thandi: Claims, zola: Claims) -> None:
    before = dump(auth)
    for claims in (thandi, None):
        with pytest.raises(RefusedError, match="Thandi is the only admin of this school"):
            people.set_role(auth, claims, email=email("thandi"), role="learner")
        with pytest.raises(RefusedError, match="Thandi is the only admin of this school"):
            people.disable(auth, claims, email=email("thandi"))
    assert dump(auth) == before


def test_who_cannot_act_as_an_admin_is_not_another_one(auth: Auth, thandi: Claims, zola: Claims) -> None:
    people.set_role(auth, thandi, email=email("zola"), role="admin")
    people.disable(auth, thandi, email=email("zola"))
    (kofi,) = invitations.invite(auth, thandi, [(email("kofi"), "Kofi")])
    people.set_role(auth, thandi, email=email("kofi"), role="admin")
    with pytest.raises(RefusedError, match="only admin"):
        people.set_role(auth, thandi, email=email("thandi"), role="learner")
    invitations.open_account(auth, email=email("kofi"), word=kofi.word, password=PASSWORD)
    assert people.set_role(auth, thandi, email=email("thandi"), role="learner").changed


def test_an_admin_may_step_down_where_there_is_another(auth: Auth, thandi: Claims, zola: Claims) -> None:
    people.set_role(auth, thandi, email=email("zola"), role="admin")
    assert people.set_role(auth, thandi, email=email("thandi"), role="instructor").changed
    with pytest.raises(SessionError):
        people.page(auth, thandi, limit=1)
    with pytest.raises(RefusedError, match="Zola is the only admin"):
        people.disable(auth, None, email=email("zola"))


def test_one_s_own_account_is_closed_by_another_admin_only(auth: Auth, thandi: Claims, zola: Claims) -> None:
    people.set_role(auth, thandi, email=email("zola"), role="admin")
    with pytest.raises(RefusedError, match="This is your own account"):
        people.disable(auth, thandi, email=email("thandi"))
    assert people.disable(auth, sign_in(auth, "zola"), email=email("thandi")).changed


def test_a_closed_account_is_out_at_once_and_stays_out_until_it_is_opened(
    auth: Auth, thandi: Claims, zola: Claims
) -> None:
    kofi = register(auth, "kofi")
    change = people.disable(auth, thandi, email=email("zola"))
    assert (change.changed, change.account.is_disabled) == (True, True)
    assert last_event(auth) == ("account_disabled", zola.user_id, {"by": thandi.user_uuid})
    with pytest.raises(SessionError, match=r"This account is closed for now\. Ask the admin of this school"):
        service.check_session(auth, zola)
    with pytest.raises(RefusedError, match=r"This account is closed for now\. Ask the admin of this school"):
        sign_in(auth, "zola")
    service.check_session(auth, kofi)
    assert not people.disable(auth, thandi, email=email("zola")).changed
    change = people.enable(auth, thandi, email=email("zola"))
    assert (change.changed, change.account.is_disabled) == (True, False)
    assert last_event(auth) == ("account_enabled", zola.user_id, {"by": thandi.user_uuid})
    assert not people.enable(auth, thandi, email=email("zola")).changed
    assert sign_in(auth, "zola").user_id == zola.user_id


def test_that_an_account_is_closed_is_told_only_to_who_has_its_password(
    auth: Auth, thandi: Claims, zola: Claims, hash_checks: list[str]
) -> None:
    people.disable(auth, thandi, email=email("zola"))
    costs = []
    for who, code in ((email("zola"), "credentials_wrong"), ("nobody@example.org", "credentials_wrong")):
        hash_checks.clear()
        with pytest.raises(FieldError) as refused:
            service.sign_in(auth, email=who, password="wrong passphrase")
        assert refused.value.code == code
        costs.append(len(hash_checks))
    hash_checks.clear()
    with pytest.raises(RefusedError):
        sign_in(auth, "zola")
    assert [*costs, len(hash_checks)] == [1, 1, 1]


def test_the_right_password_of_a_closed_account_is_no_guess(auth: Auth, thandi: Claims, zola: Claims) -> None:
    people.disable(auth, thandi, email=email("zola"))
    for _ in range(guesses.FREE_TRIES + 2):
        with pytest.raises(RefusedError, match="closed for now"):
            sign_in(auth, "zola")


def test_an_account_that_is_closed_while_somebody_signs_in_stays_closed(
    auth: Auth, thandi: Claims, zola: Claims, monkeypatch: pytest.MonkeyPatch
) -> None:
    verify = passwords.verify

    def closed_meanwhile(password: str, stored: str | None) -> bool:
        people.disable(auth, thandi, email=email("zola"))
        return verify(password, stored)

    monkeypatch.setattr(passwords, "verify", closed_meanwhile)
    with pytest.raises(RefusedError, match="closed for now"):
        sign_in(auth, "zola")
    with auth.database.read() as transaction:
        assert all(each.revoked_at for each in accounts.sessions(transaction, zola.user_id))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Émile", "Thandi", "Zola"]),
        ("EMILE", ["Émile"]),
        ("zola@", ["Zola"]),
        ("example.ORG  thand", ["Thandi"]),
        ("thandi zola", []),
        ("%", []),
        ("_", []),
        ("\\", []),
        ("\x1b[31m", []),
    ],
)
def test_people_are_found_by_name_and_e_mail_in_the_order_of_their_names(
    auth: Auth, thandi: Claims, zola: Claims, query: str, found: list[str]
) -> None:
    service.register(auth, name="Émile", email="e@example.org", password=PASSWORD)
    page = people.page(auth, thandi, query=query, limit=10)
    assert [each.account.name for each in page.people] == found
    assert people.count(auth, thandi, query=query) == PeopleCount(len(found), 3)


def test_a_page_is_as_long_as_asked_and_begins_where_asked(auth: Auth, thandi: Claims, zola: Claims) -> None:
    for name in ("amahle", "bongani", "kofi"):
        register(auth, name)
    names = [each.account.name for each in people.page(auth, thandi, limit=10).people]
    assert names == ["Amahle", "Bongani", "Kofi", "Thandi", "Zola"]
    second = people.page(auth, thandi, offset=2, limit=2)
    assert ([each.account.name for each in second.people], second.offset) == (["Kofi", "Thandi"], 2)
    assert people.page(auth, thandi, offset=5, limit=2).people == []


def test_a_list_says_what_there_is_to_know_of_each(auth: Auth, clock: "Clock", thandi: Claims, zola: Claims) -> None:
    people.disable(auth, thandi, email=email("zola"))
    invitations.invite(auth, thandi, [(email("kofi"), "Kofi")])
    kofi, first, closed = people.page(auth, thandi, limit=10).people
    assert (kofi.last_seen, kofi.invited_until) == (None, clock() + timedelta(days=7))
    assert (first.last_seen, first.invited_until, first.account.role) == (clock(), None, "admin")
    assert (closed.account.is_disabled, first.account.is_disabled) == (True, False)


def test_last_seen_is_written_once_a_day_and_only_of_who_comes(
    auth: Auth, clock: "Clock", thandi: Claims, zola: Claims, monkeypatch: pytest.MonkeyPatch
) -> None:
    session_file.keep(auth.paths, service.sign_in(auth, email=email("zola"), password=PASSWORD))
    written = []
    see = accounts.see

    def seen(transaction: Any, user_id: int, at: Any) -> None:
        written.append(user_id)
        see(transaction, user_id, at)

    monkeypatch.setattr(accounts, "see", seen)
    for _ in range(3):
        service.resume(auth)
        service.check_session(auth, zola)
    assert written == []
    clock.forward(days=1)
    for _ in range(3):
        service.resume(auth)
        service.check_session(auth, zola)
    assert written == [zola.user_id]
    with auth.database.read() as transaction:
        assert accounts.last_seen(transaction, zola.user_id) == clock()
        assert accounts.last_seen(transaction, thandi.user_id) == clock() - timedelta(days=1)


def test_who_cannot_be_written_down_comes_in_all_the_same(
    auth: Auth, clock: "Clock", thandi: Claims, monkeypatch: pytest.MonkeyPatch
) -> None:
    session_file.keep(auth.paths, service.sign_in(auth, email=email("thandi"), password=PASSWORD))
    clock.forward(days=1)

    def full(*_: object) -> None:
        raise StorageError("unforeseen", log="")

    monkeypatch.setattr(accounts, "see", full)
    claims = service.resume(auth)
    assert claims is not None
    assert claims.user_id == thandi.user_id


def test_a_new_password_from_an_admin_opens_an_account_that_nobody_has_opened(auth: Auth, thandi: Claims) -> None:
    (kofi,) = invitations.invite(auth, thandi, [(email("kofi"), "Kofi")])
    service.reset_password(auth, thandi, email=email("kofi"), new=PASSWORD)
    assert sign_in(auth, "kofi").role == "learner"
    with pytest.raises(RefusedError, match="do not go together"):
        invitations.open_account(auth, email=email("kofi"), word=kofi.word, password=PASSWORD)
