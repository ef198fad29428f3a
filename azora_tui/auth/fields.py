"""What a name and an e-mail must be."""

import re
import unicodedata

from azora_tui.data import accounts
from azora_tui.errors import FieldError
from azora_tui.text import clean

MAX_NAME_LENGTH = 300
MAX_EMAIL_LENGTH = 254  # RFC 5321, 4.5.3.1.3, as the erratum 1690 of RFC 3696 reads it

# Nothing is seen of them: Default_Ignorable_Code_Point of Unicode 16, and what is drawn as a blank.
_INVISIBLE = (
    (0x00AD, 0x00AD),
    (0x034F, 0x034F),
    (0x061C, 0x061C),
    (0x115F, 0x1160),
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x200B, 0x200F),
    (0x202A, 0x202E),
    (0x2060, 0x206F),
    (0x2800, 0x2800),
    (0x3164, 0x3164),
    (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0),
    (0xFFF0, 0xFFF8),
    (0x16FE4, 0x16FE4),
    (0x1BCA0, 0x1BCA3),
    (0x1D159, 0x1D159),
    (0x1D173, 0x1D17A),
    (0xE0000, 0xE0FFF),
)
_WORD = re.compile(r"[^\W_]+")
# One may write these within a word beside Latin letters (UTS 39, 5.2: "highly restrictive").
_BESIDE_LATIN = {"CJK", "HIRAGANA", "KATAKANA", "BOPOMOFO", "HANGUL"}


def checked_name(name: str) -> str:
    """The name on one line, without control characters; a `FieldError("name")` says what it lacks."""
    if len(name) > MAX_NAME_LENGTH:
        raise FieldError("name", "name_too_long", maximum=MAX_NAME_LENGTH)
    name = " ".join(clean(name).split())
    if not any(unicodedata.category(character)[0] in "LNPS" for character in name):
        raise FieldError("name", "name_missing")
    return name


def checked_email(email: str) -> str:
    """The e-mail of a new account, trimmed and NFKC; a `FieldError("email")` where it cannot be one.

    Only what would surely be a slip is refused: a school without a network may use addresses of its own kind.
    """
    _refuse_overlong(email)
    email = unicodedata.normalize("NFKC", email.strip())
    _refuse_overlong(email)  # NFKC can make eighteen characters out of one
    local, _, domain = email.partition("@")
    if not local or not domain or "@" in domain:
        raise FieldError("email", "email_invalid")
    seen = email.isascii() and email.isprintable() and " " not in email  # most are, and a roster has many
    if not seen and any(unicodedata.category(each)[0] in "CZ" or _is_invisible(each) for each in email):
        raise FieldError("email", "email_has_spaces")
    return email


def mixed_scripts(email: str) -> tuple[str, ...]:
    """The scripts, by their names in Unicode, of which one word of an e-mail mixes letters that may look alike."""
    for word in _WORD.findall(unicodedata.normalize("NFC", email)):
        scripts = {unicodedata.name(letter, "").split(" ")[0] for letter in word if letter.isalpha()}
        if len(scripts - _BESIDE_LATIN) > 1:
            return tuple(sorted(scripts))
    return ()


def known_email_key(email: str) -> str:
    """The key of an e-mail that some account may have; a `FieldError("email")` for what none can have."""
    _refuse_overlong(email)
    if any(unicodedata.category(character) == "Cs" for character in email):
        raise FieldError("email", "email_damaged")
    return accounts.email_key(email)


def _is_invisible(character: str) -> bool:
    return any(first <= ord(character) <= last for first, last in _INVISIBLE)


def _refuse_overlong(email: str) -> None:
    if len(email) > MAX_EMAIL_LENGTH:
        raise FieldError("email", "email_too_long", maximum=MAX_EMAIL_LENGTH)
