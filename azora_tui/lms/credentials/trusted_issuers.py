"""Which issuers are known on this computer: its own school, and those whose fingerprint somebody has compared."""

import json
import re

from azora_tui.data import credentials
from azora_tui.data.schema import alone
from azora_tui.errors import AzoraError, FieldError, RefusedError
from azora_tui.lms.credentials.did import fingerprint, jwk_of
from azora_tui.lms.credentials.log import digest
from azora_tui.lms.credentials.verify import Record
from azora_tui.lms.service import Lms
from azora_tui.paths import Paths, read_file, replace_file
from azora_tui.text import clean

MAX_NAME_LENGTH = 300
"""Characters, as many as a certificate shows."""
_MAX_BYTES = 4_000_000
_FINGERPRINT = re.compile(r"[0-9a-f]{64}")


def trusted(paths: Paths) -> dict[str, str]:
    """The issuers that were confirmed here, by fingerprint. Raises `RefusedError` where their file cannot be read."""
    try:
        kept = json.loads(read_file(paths.known_issuers, _MAX_BYTES).decode("utf-8"))
        if not all(_FINGERPRINT.fullmatch(key) and isinstance(name, str) for key, name in kept.items()):
            raise ValueError
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise RefusedError("issuers_unreadable", path=paths.known_issuers, reason=error.strerror) from error
    except (ValueError, AttributeError, RecursionError) as error:
        raise RefusedError("issuers_damaged", path=paths.known_issuers) from error
    return dict(kept)


def trust(paths: Paths, key: str, name: str) -> str:
    """Know an issuer by this name from now on; returns its fingerprint.

    `key` is a fingerprint, grouped or not, or a did:jwk. Raises `FieldError("fingerprint")`, `FieldError("name")`,
    `RefusedError` where the file cannot be read or written, `StorageBusyError`.
    """
    digits = as_fingerprint(key)
    name = " ".join(clean(name).split())
    if not name:
        raise FieldError("name", "issuer_name_missing")
    if len(name) > MAX_NAME_LENGTH:
        raise FieldError("name", "issuer_name_too_long", maximum=MAX_NAME_LENGTH)
    with alone(paths.known_issuers):  # who reads to write waits, or would write without what another just added
        kept = trusted(paths) | {digits: name}
        try:
            replace_file(paths.known_issuers, (json.dumps(kept, ensure_ascii=False, indent=2) + "\n").encode())
        except OSError as error:
            raise RefusedError("issuers_not_written", path=paths.known_issuers, reason=error.strerror) from error
    return digits


def as_fingerprint(key: str) -> str:
    """Raises `FieldError("fingerprint")`."""
    try:
        digits = fingerprint(jwk_of(key)) if key.startswith("did:") else re.sub(r"[\s:]", "", key).lower()
    except (ValueError, RecursionError):
        digits = ""
    if not _FINGERPRINT.fullmatch(digits):
        raise FieldError("fingerprint", "fingerprint_invalid")
    return digits


def own_keys(lms: Lms) -> dict[str, str]:
    """The keys of this computer's own school, if it has one; they are public."""
    if not lms.database.path.exists():
        return {}
    try:
        with lms.database.read() as transaction:
            issuer = credentials.issuer(transaction)
            keys = credentials.keys(transaction)
    except AzoraError:
        return {}  # a database that cannot be read takes nothing from what the file itself proves
    name = issuer.name if issuer else ""
    return {fingerprint(jwk_of(key.did)): f"{name}, the school on this computer" for key in keys}


def record(lms: Lms, uuid: str, fingerprint: str) -> Record | None:
    """What this computer's own school has on record of a certificate that is just the one it issued."""
    if not uuid.isascii() or not lms.database.path.exists():
        return None
    try:
        with lms.database.read() as transaction:
            found = credentials.credential_by_uuid(transaction, uuid)
            if found is None:
                return None
            (number, entry), *_ = credentials.log_entries_of(transaction, found.id)
            # The log says it also of a certificate that only its holder still has.
            if (digest(found.jwt) if found.jwt else json.loads(entry)["sha256"]) != fingerprint:
                return None
    except AzoraError:
        return None
    return Record(number, found.revoked_at, found.reason)
