"""When signs are ASCII, and what stands for a typographic one."""

import unicodedata

import pytest

from azora_tui.glyphs import ASCII, UNICODE, cells_in_ascii, glyphs_for, in_ascii, locale_shows_unicode
from azora_tui.text import cells


@pytest.mark.parametrize(
    ("environment", "shows"),
    [
        ({}, True),
        ({"LC_ALL": "C"}, False),
        ({"LC_ALL": "POSIX", "LANG": "en_ZA.UTF-8"}, False),
        ({"LC_ALL": "C.UTF-8", "LANG": "C"}, True),
        ({"LC_ALL": "", "LANG": "en_ZA.UTF-8"}, True),
        ({"LANG": "en_ZA.utf8"}, True),
        ({"LANG": "en_ZA.ISO-8859-1"}, False),
        ({"LANG": "en_ZA.UTF-8", "LC_CTYPE": "C"}, False),
        ({"LANG": "C", "LC_CTYPE": "en_ZA.UTF-8"}, True),
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, False),  # Python has set LC_CTYPE
        ({"LANG": "", "LC_CTYPE": "C.UTF-8"}, True),  # no locale is named at all
        ({"LC_CTYPE": "UTF-8"}, True),
    ],
)
def test_the_environment_says_what_the_locale_can_show(environment: dict[str, str], shows: bool) -> None:
    assert locale_shows_unicode(environment) is shows


def test_a_poor_locale_or_a_wish_gives_ascii_signs(monkeypatch: pytest.MonkeyPatch) -> None:
    assert glyphs_for(ascii_only=False) is UNICODE
    assert glyphs_for(ascii_only=True) is ASCII
    monkeypatch.setenv("LC_ALL", "C")
    assert glyphs_for(ascii_only=False) is ASCII


@pytest.mark.parametrize(
    ("text", "narrow", "free"),
    [
        ("Reading the catalog …", "Reading the catalog..", "Reading the catalog ..."),
        ("Weaving wi…", "Weaving wi~", "Weaving wi..."),
        ("“café” – it’s 3 ± 1 ×", '"café" - it\'s 3 ~ 1 x', '"café" - it\'s 3 +/- 1 x'),
        ("••••", "****", "****"),
        ("学ぶ", "学ぶ", "学ぶ"),
    ],
)
def test_typography_becomes_ascii_and_letters_stay(text: str, narrow: str, free: str) -> None:
    assert cells_in_ascii(text) == narrow
    assert in_ascii(text) == free


def test_no_sign_changes_the_width_of_a_line() -> None:
    signs = [chr(code) for code in range(0x80, 0x3000) if unicodedata.category(chr(code))[0] in "PSZ"]
    for sign in [*signs, "🔎", "a …", "…"]:
        assert cells(cells_in_ascii(sign)) == cells(sign), sign


def test_all_our_own_signs_have_one() -> None:
    for name in UNICODE.__slots__:
        if name not in ("levels", "heights", "band_top", "band_bottom", "menu", "note", "bookmark"):  # drawn by choice
            assert cells_in_ascii(getattr(UNICODE, name)).isascii(), name
