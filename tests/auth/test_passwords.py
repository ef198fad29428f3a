"""What a password must be, how it is kept, how it is checked."""

import os
import unicodedata
from importlib.resources import files
from typing import Literal, TypeAlias

import bcrypt
import pytest

from azora_tui.auth import passwords
from azora_tui.errors import FieldError

Form: TypeAlias = Literal["NFC", "NFD", "NFKC", "NFKD"]
OLDER_2025 = "$2a$10$Hc8yrrqJlQbSskAftmU03.UZcNcaBpuAyFhZkdqkmD96qrkfSbxiO"  # from the original service


def check_new(password: str) -> None:
    passwords.check_new(password, field="new", name="Thandi Mkhize", email="thandi.mkhize@example.org")


def bcryptjs(secret: bytes, prefix: str = "2a") -> str:
    stored = bcrypt.hashpw(secret[:72], bcrypt.gensalt(4, prefix=b"2a")).decode()
    return stored.replace("$2a$", f"${prefix}$")


@pytest.fixture
def real_hashes(cheap_hashes: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "MEMORY_KIB", 19_456)
    monkeypatch.setattr(passwords, "PASSES", 2)
    passwords._context.cache_clear()


@pytest.mark.parametrize("password", ["plinth9w", "a" * 1024, "ngiyakwazi ngoba sikwazi", "密码密码密码密码"])
def test_good_password_is_taken(password: str) -> None:
    check_new(password)


@pytest.mark.parametrize(
    ("password", "part"),
    [
        ("seven77", "too short"),
        ("", "too short"),
        ("a" * 1025, "at most 1,024"),
        ("\ufdfa" * 1024, "at most 1,024"),  # eighteen characters each, once normalized
        ("password1", "most common"),
        ("PassWord1", "most common"),
        ("ｐａｓｓｗｏｒｄ１", "most common"),
        ("iloveyou2", "most common"),
        ("thandi mkhize", "your own name"),
        ("THANDI MKHIZE", "your own name"),
        ("Thandi.Mkhize@Example.org", "your own name"),
        ("thandi.MKHIZE", "your own name"),
        ("thandi12", "your own name"),
        ("Thandi and all that follows", "your own name"),
        ("mkhize-2026", "your own name"),
        ("ＴＨＡＮＤＩ999", "your own name"),
        ("2026 thándi", "your own name"),
        ("xXthandiXx", "your own name"),
        ("unpaired \ud800 half", "damaged"),
    ],
)
def test_bad_password_is_refused_in_its_field(password: str, part: str) -> None:
    with pytest.raises(FieldError, match=part) as refused:
        check_new(password)
    assert refused.value.field == "new"


def test_length_is_counted_after_normalizing() -> None:
    with pytest.raises(FieldError, match="too short"):
        check_new("e\u0301" * 7)
    check_new("e\u0301" * 8)


def test_million_characters_are_refused_before_any_work(
    monkeypatch: pytest.MonkeyPatch, hash_checks: list[str]
) -> None:
    monkeypatch.setattr(passwords, "_normal", lambda text: pytest.fail("normalized"))
    with pytest.raises(FieldError, match="at most 1,024"):
        check_new("x" * 1_000_000)
    assert hash_checks == []


def test_rules_name_what_people_choose_most() -> None:
    for word in ("8", "common", "name"):
        assert word in passwords.RULES


def test_common_passwords_say_where_they_are_from() -> None:
    lines = (files("azora_tui.auth") / "common_passwords.txt").read_text(encoding="utf-8").splitlines()
    assert "zxcvbn" in lines[0]
    assert "MIT License" in lines[1]
    common = passwords._common()
    assert len(common) > 10_000
    assert not [entry for entry in common if len(entry) < 8 or entry != passwords._folded(entry)]


def test_real_parameters_are_argon2id_19_mib(real_hashes: None) -> None:
    stored = passwords.hash_password("ngiyakwazi ngoba")
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert passwords.verify("ngiyakwazi ngoba", stored)
    assert not passwords.verify("ngiyakwazi", stored)
    assert not passwords.outdated(stored)


def test_hash_of_nobody_costs_what_a_real_one_costs(real_hashes: None) -> None:
    stored = passwords.hash_password("ngiyakwazi ngoba")
    parameters, nobody = stored.split("$")[:4], passwords._nobody().split("$")
    assert nobody[:4] == parameters
    assert [len(part) for part in nobody] == [len(part) for part in stored.split("$")]
    assert not passwords._matches("", passwords._nobody())


def test_two_hashes_of_one_password_differ() -> None:
    assert passwords.hash_password("same words") != passwords.hash_password("same words")


@pytest.mark.parametrize(("kept", "typed"), [("NFC", "NFD"), ("NFD", "NFC"), ("NFKD", "NFC")])
def test_composed_and_decomposed_are_one_password(kept: Form, typed: Form) -> None:
    word = "Éléphant ﬁn"
    stored = passwords.hash_password(unicodedata.normalize(kept, word))
    assert passwords.verify(unicodedata.normalize(typed, word), stored)


def test_every_character_of_a_long_password_counts() -> None:
    stored = passwords.hash_password("x" * 1023 + "a")
    assert passwords.verify("x" * 1023 + "a", stored)
    assert not passwords.verify("x" * 1023 + "b", stored)


@pytest.mark.parametrize("prefix", ["2a", "2b", "2y"])
def test_bcrypt_hash_verifies_and_is_outdated(prefix: str) -> None:
    stored = bcryptjs(b"older-2025", prefix)
    assert passwords.verify("older-2025", stored)
    assert not passwords.verify("older-2024", stored)
    assert passwords.outdated(stored)


def test_bcrypt_hash_of_the_original_service_verifies() -> None:
    assert passwords.verify("older-2025", OLDER_2025)


def test_bcrypt_saw_72_bytes_and_argon2_sees_all() -> None:
    whole = "ü" * 35 + "xyz and more"  # 70 bytes, then more than bcryptjs took
    stored = bcryptjs(whole.encode())
    assert passwords.verify(whole, stored)
    assert passwords.verify("ü" * 35 + "xy and other", stored)  # the weakness that re-hashing ends
    renewed = passwords.hash_password(whole)
    assert passwords.verify(whole, renewed)
    assert not passwords.verify("ü" * 35 + "xy and other", renewed)


def test_bcrypt_cut_inside_a_character() -> None:
    whole = "x" * 71 + "üü"
    assert passwords.verify(whole, bcryptjs(whole.encode()))


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_bcrypt_is_tried_as_typed_too(form: Form, hash_checks: list[str]) -> None:
    word = unicodedata.normalize(form, "Éléphant ﬁn")
    assert word != unicodedata.normalize("NFKC", word)
    assert passwords.verify(word, bcryptjs(word.encode()))
    assert len(hash_checks) == 2


def test_bcrypt_kept_from_normal_form_takes_what_is_typed_apart() -> None:
    composed = unicodedata.normalize("NFKC", "Éléphant")
    assert passwords.verify(unicodedata.normalize("NFD", composed), bcryptjs(composed.encode()))


def test_bcrypt_is_tried_once_where_both_forms_are_one(hash_checks: list[str]) -> None:
    assert not passwords.verify("plain ascii", bcryptjs(b"other"))
    assert len(hash_checks) == 1


def test_older_argon2_parameters_verify_and_are_outdated(monkeypatch: pytest.MonkeyPatch) -> None:
    older = passwords.hash_password("same words")
    assert not passwords.outdated(older)
    monkeypatch.setattr(passwords, "MEMORY_KIB", 16)
    passwords._context.cache_clear()
    assert passwords.verify("same words", older)
    assert passwords.outdated(older)


@pytest.mark.parametrize("stored", [None, "", "ubuntu123", "!", "\ud800", "d41d8cd98f00b204e9800998ecf8427e"])
def test_no_hash_never_matches_and_costs_one_check(stored: str | None, hash_checks: list[str]) -> None:
    assert not passwords.verify("ubuntu123", stored)
    assert hash_checks == [passwords._nobody()]


@pytest.mark.parametrize("stored", ["$argon2id$x", "$2b$05$xx", "$2b$", "$argon2id$v=19$m=8,t=1,p=1$!!$??"])
def test_damaged_hash_never_matches(stored: str) -> None:
    assert not passwords.verify("ubuntu123", stored)


@pytest.mark.parametrize("password", ["nul \0 inside", "half \ud800 pair", "\ufdfa" * 1024])
def test_strange_password_is_just_wrong(password: str) -> None:
    assert not passwords.verify(password, bcryptjs(b"older-2025"))
    assert not passwords.verify(password, passwords.hash_password("older-2025"))
    assert not passwords.verify(password, None)


def test_hashing_is_bounded_by_the_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    bound = os.cpu_count()
    assert passwords._cores._value == bound
    free: list[int] = []

    class Watching:
        def verify(self, secret: str, stored: str) -> bool:
            free.append(passwords._cores._value)
            return True

        def hash(self, secret: str) -> str:
            free.append(passwords._cores._value)
            return ""

        def identify(self, stored: str) -> str:
            return "argon2"

    monkeypatch.setattr(passwords, "_context", Watching)
    passwords.verify("any", "any")
    passwords.hash_password("any")
    assert free == [bound - 1, bound - 1]
    assert passwords._cores._value == bound


def test_warm_does_one_check(hash_checks: list[str]) -> None:
    passwords.preload()
    assert hash_checks == [passwords._nobody()]


@pytest.mark.parametrize(
    ("name", "email", "password", "refused"),
    [
        ("Lindiwe", "l@example.org", "lindiwe1", True),
        ("Jo", "x@example.org", "jo123456", True),
        ("Jo", "x@example.org", "Jo is the best of all", True),
        ("Jo", "x@example.org", "johannesburg trees", False),  # two letters stand in many words
        ("Jo", "x@example.org", "a journey by train", False),
        ("Bo Li", "x@example.org", "by boat to an island", False),
        ("山田太郎", "x@example.org", "山田太郎山田太郎", True),
        ("山田 太郎", "x@example.org", "12345山田67890", True),
        ("Zoë", "x@example.org", "zoe-12345", True),
        ("Somebody", "k.dlamini@example.org", "dlamini-secret", True),
        ("Somebody", "learner7@example.org", "learner777", True),
        ("Somebody", "a@example.org", "example for a secret", False),
        ("Sipho", "s@example.org", "the password of sipho", False),  # long enough without it
        ("Sipho", "s@example.org", "of sipho 12", True),
        ("Sipho", "s@example.org", "siphosipho", True),
        ("!!!", "...@example.org", "!!!!!!!!!", False),
    ],
)
def test_the_own_name_is_refused_whatever_follows_it(name: str, email: str, password: str, refused: bool) -> None:
    if refused:
        with pytest.raises(FieldError, match="your own name"):
            passwords.check_new(password, field="new", name=name, email=email)
    else:
        passwords.check_new(password, field="new", name=name, email=email)
