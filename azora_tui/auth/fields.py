"""What a name and an e-mail must be."""

import unicodedata

from azora_tui.data import accounts
from azora_tui.errors import FieldError
from azora_tui.text import clean

MAX_NAME_LENGTH = 300
MAX_EMAIL_LENGTH = 254  # RFC 5321, 4.5.3.1.3, as the erratum 1690 of RFC 3696 reads it


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
    if any(unicodedata.category(character)[0] in "CZ" for character in email):
        raise FieldError("email", "email_has_spaces")
    return email


def known_email_key(email: str) -> str:
    """The key of an e-mail that some account may have; a `FieldError("email")` for what none can have."""
    _refuse_overlong(email)
    if any(unicodedata.category(character) == "Cs" for character in email):
        raise FieldError("email", "email_damaged")
    return accounts.email_key(email)


def _refuse_overlong(email: str) -> None:
    if len(email) > MAX_EMAIL_LENGTH:
        raise FieldError("email", "email_too_long", maximum=MAX_EMAIL_LENGTH)
