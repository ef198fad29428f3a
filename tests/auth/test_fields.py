"""Names and e-mails."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azora_tui.auth.fields import checked_email, checked_name, known_email_key, mixed_scripts
from azora_tui.data.accounts import email_key
from azora_tui.errors import FieldError

# Letters, marks and signs of which nothing is seen: fillers, joiners, variation selectors, a blank of Braille.
INVISIBLE = (
    0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180E, 0x180F, 0x200C, 0x200D, 0x2060, 0x2065,
    0x2800, 0x3164, 0xFE00, 0xFE0F, 0xFEFF, 0xFFA0, 0xFFF0, 0x1BCA0, 0x1D159, 0x1D173, 0xE0001, 0xE0100, 0xE01EF,
)  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Thandi", "Thandi"),
        ("  Thandi \t Mkhize\n", "Thandi Mkhize"),
        ("Tha\x1b[31mndi", "Tha[31mndi"),
        ("\u202eidnahT", "idnahT"),
        ("O’Neill", "O’Neill"),
        ("山田", "山田"),
        ("x" * 300, "x" * 300),
    ],
)
def test_name_is_kept_on_one_clean_line(typed: str, kept: str) -> None:
    assert checked_name(typed) == kept


@pytest.mark.parametrize("name", ["", "   ", "\u200d", "\u200b", "\x00\x1b", "x" * 301, "\u202e"])
def test_name_without_anything_to_read_is_refused(name: str) -> None:
    with pytest.raises(FieldError) as refused:
        checked_name(name)
    assert refused.value.field == "name"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("thandi@example.org", "thandi@example.org"),
        ("  Thandi@Example.org\n", "Thandi@Example.org"),
        ("thandi@school", "thandi@school"),
        ("ｔｈａｎｄｉ＠example.org", "thandi@example.org"),
        ("x" * 242 + "@example.org", "x" * 242 + "@example.org"),
    ],
)
def test_email_is_kept_as_typed(typed: str, kept: str) -> None:
    assert checked_email(typed) == kept


@pytest.mark.parametrize(
    "email",
    [
        "",
        "thandi",
        "@example.org",
        "thandi@",
        "a@b@c",
        "tha ndi@example.org",
        "tha\x1bndi@example.org",
        "tha\u200bndi@example.org",
        "tha\u202endi@example.org",
        "tha\ud800ndi@example.org",
        *(f"tha{chr(number)}ndi@example.org" for number in INVISIBLE),
        *(f"thandi@exa{chr(number)}mple.org" for number in INVISIBLE),
        "x" * 243 + "@example.org",
        "㎓" * 100 + "@example.org",
    ],
)
def test_email_that_cannot_be_one_is_refused(email: str) -> None:
    with pytest.raises(FieldError) as refused:
        checked_email(email)
    assert refused.value.field == "email"


@given(st.text(max_size=254), st.text(max_size=254))
def test_new_email_is_found_under_what_was_typed(local: str, domain: str) -> None:
    typed = f"{local}@{domain}"
    try:
        kept = checked_email(typed)
    except FieldError:
        return
    assert email_key(kept) == known_email_key(typed)


@pytest.mark.parametrize("email", ["x" * 255, "half \ud800 pair"])
def test_key_of_what_no_account_has_is_refused(email: str) -> None:
    with pytest.raises(FieldError):
        known_email_key(email)


@pytest.mark.parametrize(
    ("email", "said"),
    [
        ("thandi@example.org", ()),
        ("иван@example.org", ()),  # a word has one script; the next may have another
        ("ivan.иван@пример.org", ()),
        ("\u0430dmin@example.org", ("CYRILLIC", "LATIN")),
        ("admin@ex\u0430mple.org", ("CYRILLIC", "LATIN")),
        ("thand\u03b9@example.org", ("GREEK", "LATIN")),
        ("\u0578ne@example.org", ("ARMENIAN", "LATIN")),
        ("山田たろうABC@example.org", ()),  # as Japanese is written
        ("김철수abc@example.org", ()),
        ("a1-_+b@example.org", ()),
        ("ma\u0301ria@example.org", ()),
    ],
)
def test_a_word_of_two_scripts_is_noticed(email: str, said: tuple[str, ...]) -> None:
    assert mixed_scripts(email) == said
