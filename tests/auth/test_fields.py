"""Names and e-mails."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azora_tui.auth.fields import checked_email, checked_name, known_email_key
from azora_tui.data.accounts import email_key
from azora_tui.errors import FieldError


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
