"""Passwords: what they must be, how they are kept, how they are checked.

Kept as argon2id with 19 MiB, two passes and one lane, as the OWASP Password Storage Cheat Sheet has it.
Hashes of the original services (bcryptjs) and older argon2 parameters verify too and are `outdated`.
"""

import os
import re
import threading
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from azora_tui.errors import FieldError
from azora_tui.text import cells, fold

if TYPE_CHECKING:
    from passlib.context import CryptContext

SHORTEST = 8  # NIST SP 800-63B-4, 3.1.1.2, where a password is one of several safeguards
MAX_LENGTH = 1024
MEMORY_KIB = 19_456
PASSES = 2
LANES = 1

RULES = f"{SHORTEST} characters or more; no common word, not your name"
"""What a form says before they are broken; `check_new` says the rest where it comes to that."""

_BCRYPT_BYTES = 72
_WORD = re.compile(r"[^\W_]+")
_NOT_LETTERS = re.compile(r"[\W\d_]+")
_LEADING = re.compile(r"^[\W\d_]+")
_TELLING = 4
"""Cells from which on a name tells its owner: a shorter one begins many words, and has to be the whole of one."""
_BCRYPT_HASH = re.compile(r"\$2[abxy]\$[0-9]{2}\$[./A-Za-z0-9]{53}")
# More hashes at once than cores only make each of them slower, and each holds 19 MiB.
_cores = threading.BoundedSemaphore(os.cpu_count() or 1)


def refuse_overlong(password: str, *, field: str) -> None:
    """A `FieldError` for a password over `MAX_LENGTH` characters, before anything costly is done with it."""
    if len(password) > MAX_LENGTH:
        raise FieldError(field, "password_too_long", maximum=MAX_LENGTH)


def check_new(password: str, *, field: str, name: str, email: str) -> None:
    """Check a new password; a `FieldError` says which rule it breaks."""
    refuse_overlong(password, field=field)
    normal = _normal(password)
    refuse_overlong(normal, field=field)  # NFKC can make eighteen characters out of one
    if len(normal) < SHORTEST:
        raise FieldError(field, "password_too_short", minimum=SHORTEST)
    if any("\ud800" <= character <= "\udfff" for character in normal):
        raise FieldError(field, "password_damaged")
    if _holds_own_name(password, name, email):
        raise FieldError(field, "password_is_own_name")
    if _folded(password) in _common():
        raise FieldError(field, "password_common")


def hash_password(password: str) -> str:
    """The argon2id hash of a password that `check_new` passed, or that was just verified."""
    context = _context()
    with _cores:
        return str(context.hash(_normal(password)))


def verify(password: str, stored: str | None) -> bool:
    """Whether `password` is the one behind the hash `stored`.

    None (there is no such account) and what is not a hash at all cost as much as a wrong password.
    Every character of a password counts, except with bcrypt, which never saw more than 72 bytes; and as the
    original services did not normalize what was typed, it is tried as typed too.
    """
    normal = _normal(password)
    if stored is None or _context().identify(stored) is None:
        _matches(normal, _nobody())
        return False
    if not stored.startswith("$2"):
        return _matches(normal, stored)
    forms = dict.fromkeys(_bytes(form)[:_BCRYPT_BYTES] for form in (normal, password))
    return any(_matches(form, stored) for form in forms)


def is_hash(stored: str) -> bool:
    """Whether `stored` is a whole hash that `verify` can check, and not a password as it was typed."""
    context = _context()
    scheme = context.identify(stored)
    if scheme == "bcrypt":
        return _BCRYPT_HASH.fullmatch(stored) is not None
    try:
        return scheme is not None and context.handler(scheme).from_string(stored).checksum is not None
    except ValueError:
        return False


def outdated(stored: str) -> bool:
    """Whether a hash that just verified should be replaced by one of the whole password."""
    return bool(_context().needs_update(stored))


def preload() -> None:
    """Load what the first check needs and do one, off the event loop; later checks are then at full speed."""
    verify("", None)


def _holds_own_name(password: str, name: str, email: str) -> bool:
    """Whether a password begins with a word of the name or of the e-mail's first part, whatever follows it, or would be
    too short without it."""
    given = fold(password)
    begins = _LEADING.sub("", given)
    for own in _WORD.findall(fold(f"{name} {email.partition('@')[0]}")):
        if cells(own) < _TELLING:
            held = _NOT_LETTERS.split(begins, maxsplit=1)[0] == own
        else:
            rest = "".join(_WORD.findall(given.replace(own, " ")))
            held = begins.startswith(own) or given.startswith(own) or (own in given and len(rest) < SHORTEST)
        if held:
            return True
    return False


def _matches(secret: str | bytes, stored: str) -> bool:
    context = _context()
    try:
        with _cores:
            return bool(context.verify(secret, stored))
    except ValueError:  # a damaged hash, or a secret that no hash of this kind can have come from
        return False


@cache
def _context() -> "CryptContext":
    from passlib.context import CryptContext

    return CryptContext(
        schemes=["argon2", "bcrypt"],
        deprecated="auto",
        argon2__type="ID",
        argon2__memory_cost=MEMORY_KIB,
        argon2__time_cost=PASSES,
        argon2__parallelism=LANES,
    )


def _nobody() -> str:
    """A hash that costs what ours cost and that no known password has."""
    return f"$argon2id$v=19$m={MEMORY_KIB},t={PASSES},p={LANES}${'A' * 22}${'A' * 43}"


@cache
def _common() -> frozenset[str]:
    text = (Path(__file__).parent / "common_passwords.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if not line.startswith("# "))


def _normal(password: str) -> str:
    return unicodedata.normalize("NFKC", password)


def _folded(text: str) -> str:
    return _normal(_normal(text).casefold())


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
