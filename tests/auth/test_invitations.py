"""Accounts that are made for others, and the words that open them."""

import re
from typing import TYPE_CHECKING, Any

import pytest

from azora_tui.auth import guesses, invitations, passwords, people, service
from azora_tui.auth.context import Auth
from azora_tui.data import accounts
from azora_tui.data.transaction import rows
from azora_tui.errors import FieldError, NotFoundError, RefusedError, SessionError
from azora_tui.models.accounts import Claims, Role
from tests.auth.test_people import PASSWORD, dump, email, last_event, register, sign_in, thandi, zola

if TYPE_CHECKING:
    from tests.auth.conftest import Clock

__all__ = ["thandi", "zola"]

NEW = "ngiyakwazi ngoba"


@pytest.fixture
def instructor(auth: Auth, thandi: Claims, zola: Claims) -> Claims:
    people.set_role(auth, thandi, email=email("zola"), role="instructor")
    return sign_in(auth, "zola")


def invite(auth: Auth, claims: Claims, name: str = "kofi") -> str:
    (invited,) = invitations.invite(auth, claims, [(email(name), name.title())])
    return invited.word


def open_account(auth: Auth, word: str, name: str = "kofi", password: str = NEW) -> Claims:
    token = invitations.open_account(auth, email=email(name), word=word, password=password)
    return service.authenticate(auth, token)


def test_a_word_opens_a_learner_s_account_once(auth: Auth, instructor: Claims) -> None:
    word = invite(auth, instructor)
    assert re.fullmatch(r"([0-9a-hjkmnp-tv-z]{4}-){2}[0-9a-hjkmnp-tv-z]{4}", word)
    assert last_event(auth)[::2] == ("invited", {"by": instructor.user_uuid})
    claims = open_account(auth, word)
    assert (claims.name, claims.role, claims.email) == ("Kofi", "learner", email("kofi"))
    assert last_event(auth)[:2] == ("invitation_opened", claims.user_id)
    assert service.sign_in(auth, email=email("kofi"), password=NEW)
    with pytest.raises(RefusedError, match="do not go together"):
        open_account(auth, word)


@pytest.mark.parametrize(
    "typed",
    [
        lambda word: word,
        lambda word: word.upper(),
        lambda word: word.replace("-", ""),
        lambda word: word.replace("-", " ").upper() + " ",
        lambda word: word.replace("0", "O").replace("1", "l"),
        lambda word: word.replace("0", "o").replace("1", "I"),
    ],
)
def test_a_word_may_be_typed_as_it_was_heard(auth: Auth, thandi: Claims, typed: Any) -> None:
    for number in range(4):
        word = invite(auth, thandi, f"kofi{number}")
        assert open_account(auth, typed(word), f"kofi{number}").name == f"Kofi{number}"


def test_the_word_at_the_sign_in_leads_to_a_password(auth: Auth, thandi: Claims) -> None:
    word = invite(auth, thandi)
    before = dump(auth)
    with pytest.raises(RefusedError) as refused:
        service.sign_in(auth, email=email("kofi").upper(), password=word.upper())
    assert refused.value.code == "password_to_choose"
    assert dump(auth) == before, "neither a session nor a failure"


def test_words_are_kept_only_as_hashes_that_differ_with_the_account(auth: Auth, thandi: Claims) -> None:
    word = invite(auth, thandi)
    assert word not in repr(dump(auth))
    assert word.replace("-", "").upper() not in repr(dump(auth))
    assert word not in repr(invitations.renew(auth, thandi, email("kofi")))
    assert invitations._hash("one", word) != invitations._hash("other", word)


def test_nobody_signs_in_to_an_account_that_is_not_opened(auth: Auth, thandi: Claims) -> None:
    invite(auth, thandi)
    for password in ("!", "", "*", "wrong passphrase"):
        with pytest.raises(FieldError, match="do not go together"):
            service.sign_in(auth, email=email("kofi"), password=password)


def test_the_word_of_one_opens_no_other_account(auth: Auth, thandi: Claims) -> None:
    word = invite(auth, thandi)
    invite(auth, thandi, "amahle")
    for other in ("amahle", "thandi", "nobody"):
        with pytest.raises(RefusedError, match="do not go together"):
            open_account(auth, word, other)
    assert open_account(auth, word).name == "Kofi"


def test_a_word_is_good_for_a_week_and_then_says_so(auth: Auth, clock: "Clock", thandi: Claims) -> None:
    word = invite(auth, thandi)
    other = invite(auth, thandi, "amahle")
    clock.forward(days=6, hours=23, minutes=59)
    open_account(auth, other, "amahle")
    clock.forward(minutes=1)
    for opening in (
        lambda: service.sign_in(auth, email=email("kofi"), password=word),
        lambda: open_account(auth, word),
    ):
        with pytest.raises(RefusedError, match=r"good for a week\. An instructor or the admin of this school can give"):
            opening()
    with pytest.raises(FieldError, match="do not go together"):
        service.sign_in(auth, email=email("kofi"), password="wrong passphrase")
    again = invitations.renew(auth, thandi, email("KOFI"))
    assert open_account(auth, again.word).user_id == again.account.id


def test_a_new_word_takes_the_place_of_the_last(auth: Auth, thandi: Claims) -> None:
    word = invite(auth, thandi)
    again = invitations.renew(auth, thandi, email("kofi"))
    with pytest.raises(RefusedError, match="do not go together"):
        open_account(auth, word)
    assert open_account(auth, again.word).name == "Kofi"


def test_there_is_no_new_word_for_who_needs_none(auth: Auth, thandi: Claims, zola: Claims) -> None:
    before = dump(auth)
    with pytest.raises(RefusedError, match="Zola has opened this account already"):
        invitations.renew(auth, thandi, email("zola"))
    with pytest.raises(NotFoundError, match="no account"):
        invitations.renew(auth, thandi, "nobody@example.org")
    assert dump(auth) == before


def test_who_has_an_account_keeps_it_as_it_is(auth: Auth, instructor: Claims) -> None:
    waiting = invite(auth, instructor, "amahle")
    (first, second, third, fourth) = invitations.invite(
        auth, instructor, [("THANDI@example.org", "Other"), (email("kofi"), "Kofi"), (email("Kofi"), "Kofi again"),
                           (email("amahle"), "A")]
    )  # fmt: skip
    assert (first.word, first.account.name, first.account.role) == ("", "Thandi", "admin")
    assert second.word
    assert (third.word, third.account) == ("", second.account)
    assert fourth.word == ""
    assert open_account(auth, waiting, "amahle").name == "Amahle"
    assert sign_in(auth, "thandi").role == "admin"


def test_accounts_are_found_by_the_keys_of_their_e_mails(auth: Auth, thandi: Claims, zola: Claims) -> None:
    found = invitations.account_ids(auth, ["Thandi@Example.ORG ", "nobody@example.org", "thandi@example.org"])
    assert {key: account.id for key, account in found.items()} == {email("thandi"): thandi.user_id}


def test_who_has_no_name_is_called_by_the_e_mail(auth: Auth, thandi: Claims) -> None:
    (invited,) = invitations.invite(auth, thandi, [(email("kofi.mensah"), "  ")])
    assert invited.account.name == "kofi.mensah"


def test_all_are_invited_or_none(auth: Auth, thandi: Claims, monkeypatch: pytest.MonkeyPatch) -> None:
    before = dump(auth)
    for bad, field in ((("no e-mail", "N"), "email"), ((email("long"), "n" * 301), "name")):
        with pytest.raises(FieldError) as refused:
            invitations.invite(auth, thandi, [(email("kofi"), "Kofi"), bad])
        assert refused.value.field == field
    add = accounts.add_account

    def crashing(transaction: Any, **values: Any) -> Any:
        if values["email"] == email("amahle"):
            raise KeyboardInterrupt
        return add(transaction, **values)

    monkeypatch.setattr(accounts, "add_account", crashing)
    with pytest.raises(KeyboardInterrupt):
        invitations.invite(auth, thandi, [(email("kofi"), "Kofi"), (email("amahle"), "Amahle")])
    assert dump(auth) == before


def test_nobody_is_invited_where_nobody_is_named(auth: Auth, thandi: Claims) -> None:
    before = dump(auth)
    assert invitations.invite(auth, thandi, []) == []
    assert dump(auth) == before


def test_learners_invite_nobody(auth: Auth, thandi: Claims, zola: Claims) -> None:
    invite(auth, thandi)
    before = dump(auth)
    with pytest.raises(RefusedError, match="Only instructors and admins can invite"):
        invitations.invite(auth, zola, [(email("amahle"), "Amahle")])
    with pytest.raises(RefusedError, match="Only instructors and admins can invite"):
        invitations.renew(auth, zola, email("kofi"))
    service.sign_out(auth, thandi)
    after = dump(auth)
    with pytest.raises(SessionError):
        invitations.invite(auth, thandi, [(email("amahle"), "Amahle")])
    with pytest.raises(SessionError):
        invitations.renew(auth, thandi, email("kofi"))
    assert dump(auth) == after != before


@pytest.mark.parametrize("role", ["instructor", "admin"])
def test_an_instructor_cannot_become_more_by_a_word_of_their_own(
    auth: Auth, thandi: Claims, instructor: Claims, role: Role
) -> None:
    word = invite(auth, instructor)
    people.set_role(auth, thandi, email=email("kofi"), role=role)
    with pytest.raises(RefusedError, match="give you a new one"):
        open_account(auth, word)
    with pytest.raises(RefusedError, match="only an admin can give them a new word"):
        invitations.renew(auth, instructor, email("kofi"))
    assert open_account(auth, invitations.renew(auth, thandi, email("kofi")).word).role == role


def test_a_closed_account_is_not_opened(auth: Auth, thandi: Claims) -> None:
    word = invite(auth, thandi)
    people.disable(auth, thandi, email=email("kofi"))
    for opening in (
        lambda: service.sign_in(auth, email=email("kofi"), password=word),
        lambda: open_account(auth, word),
    ):
        with pytest.raises(RefusedError, match="closed for now"):
            opening()
    people.enable(auth, thandi, email=email("kofi"))
    assert open_account(auth, word).name == "Kofi"


@pytest.mark.parametrize("password", ["short", "password", "Kofi 2026", "k" * 2000])
def test_the_password_is_checked_as_for_any_new_account(auth: Auth, thandi: Claims, password: str) -> None:
    word = invite(auth, thandi)
    with pytest.raises(FieldError) as refused:
        open_account(auth, word, password=password)
    assert refused.value.field == "password"
    assert open_account(auth, word).name == "Kofi"


def test_words_are_guessed_as_slowly_as_passwords(auth: Auth, clock: "Clock", thandi: Claims) -> None:
    word = invite(auth, thandi)
    for _ in range(guesses.FREE_TRIES):
        with pytest.raises(RefusedError, match="do not go together"):
            open_account(auth, "aaaa-aaaa-aaaa")
    for opening in (
        lambda: open_account(auth, word),
        lambda: service.sign_in(auth, email=email("kofi"), password=word),
    ):
        with pytest.raises(FieldError, match="Try again in"):
            opening()
    clock.forward(minutes=6)
    assert open_account(auth, word).name == "Kofi"


def test_a_wrong_word_costs_the_same_whoever_it_is_for(
    auth: Auth, thandi: Claims, hash_checks: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    invite(auth, thandi)
    hashes: list[str] = []
    real = invitations._hash

    def counted(uuid: str, word: str) -> str:
        hashes.append(uuid)
        return real(uuid, word)

    monkeypatch.setattr(invitations, "_hash", counted)
    costs = set()
    for who in (email("thandi"), email("kofi"), "nobody@example.org"):
        hash_checks.clear()
        hashes.clear()
        with pytest.raises(FieldError) as refused:
            service.sign_in(auth, email=who, password="aaaa-aaaa-aaaa")
        costs.add((refused.value.code, len(hash_checks), len(hashes)))
    assert costs == {("credentials_wrong", 1, 1)}


def test_two_who_open_at_once_open_it_once(auth: Auth, thandi: Claims, monkeypatch: pytest.MonkeyPatch) -> None:
    word = invite(auth, thandi)
    hash_password = passwords.hash_password

    def slowly(password: str) -> str:
        monkeypatch.setattr(passwords, "hash_password", hash_password)
        open_account(auth, word)
        return hash_password(password)

    monkeypatch.setattr(passwords, "hash_password", slowly)
    with pytest.raises(RefusedError, match="do not go together"):
        open_account(auth, word, password=PASSWORD)
    assert sign_in_with(auth, NEW)


def sign_in_with(auth: Auth, password: str) -> str:
    return service.sign_in(auth, email=email("kofi"), password=password)


def test_a_hundred_events_have_a_number_each(auth: Auth, thandi: Claims) -> None:
    invitations.invite(auth, thandi, [(email(f"n{number}"), f"N{number}") for number in range(100)])
    register(auth, "after")
    with auth.database.read() as transaction:
        numbers = [row.number for row in rows(transaction, "SELECT number FROM events ORDER BY number")]
        assert numbers == list(range(1, 103))
        assert rows(transaction, "SELECT last_number FROM machines")[0].last_number == 102
