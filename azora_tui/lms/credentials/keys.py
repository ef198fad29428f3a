"""The key that signs certificates: a file of its own for its owner alone, made at first need, changed at will.

It is not the tokens' key. The file is named after the key, so that while it is being changed the old one stays good
until the database says that the new one is in use. Only public halves are in the database.

A file and a row cannot be made in one step, so a new key's file is marked as unnamed before it is written. Whoever
finds the mark asks the database, and nothing else, which files are in use (`settle`): a transaction may have ended well
though an interrupt came with its end, and a process may have been killed at any point.
"""

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from azora_tui.data import credentials, locks
from azora_tui.data.transaction import Transaction
from azora_tui.errors import AzoraError, RefusedError
from azora_tui.lms.credentials import jws
from azora_tui.lms.credentials.did import did_of, fingerprint, jwk_of
from azora_tui.lms.service import Lms, check_claims
from azora_tui.models.accounts import Claims
from azora_tui.paths import open_file, read_file, replace_file, sync_directory

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

PASSPHRASE_FILE = "AZORA_KEY_PASSPHRASE_FILE"  # noqa: S105  # the name of a variable that names a file
_MAX_PASSPHRASE_LENGTH = 1_023
"""Bytes, which is all that OpenSSL takes."""
_MAX_BYTES = 16_384

_opened: dict[bytes, tuple["EllipticCurvePrivateKey", str | None]] = {}
"""Keys of this process, with their passphrases, by their file's content: each is asked for, and stretched, once."""


class KeyUnavailableError(AzoraError):
    """The key cannot sign now: it is locked, missing or damaged. What waits for it is not lost."""


class KeyLockedError(KeyUnavailableError):
    """The key is under a passphrase that was not given, or was wrong."""


@dataclass(frozen=True, slots=True)
class Signer:
    """A key ready to sign, and its row in the database."""

    private: "EllipticCurvePrivateKey"
    id: int
    did: str


def signer(lms: Lms, transaction: Transaction) -> Signer:
    """The key in use, made where there has never been one; within the caller's write transaction, so it is made once.

    Raises `KeyUnavailableError`.
    """
    known = credentials.key_in_use(transaction)
    if known is not None:
        return Signer(_load(_path(lms, known.did))[0], known.id, known.did)
    _settle(lms, transaction)
    key = _generate()
    did = did_of(jws.jwk_of_private(key))
    _keep_new(lms, did, key, None)
    return Signer(key, credentials.add_key(transaction, did=did, now=lms.now_text()), did)


def unlock(lms: Lms, claims: Claims, passphrase: str) -> None:
    """Open the key in use for this process. Raises `KeyUnavailableError`."""
    check_claims(lms, claims)
    with lms.database.read() as transaction:
        known = credentials.key_in_use(transaction)
    if known is not None:
        _load(_path(lms, known.did), passphrase)


def is_locked(lms: Lms, claims: Claims) -> bool:
    """Whether a passphrase is all that the key in use lacks."""
    check_claims(lms, claims)
    with lms.database.read() as transaction:
        known = credentials.key_in_use(transaction)
    if known is None:
        return False
    try:
        _load(_path(lms, known.did))
    except KeyLockedError:
        return True
    except KeyUnavailableError:
        return False
    return False


def did_in_use(lms: Lms, claims: Claims) -> str:
    """The DID of the key in use, which is made where there is none. Raises `KeyUnavailableError`."""
    check_claims(lms, claims)
    with lms.database.write(locks.SCHOOL) as transaction:
        known = credentials.key_in_use(transaction)
        return known.did if known else signer(lms, transaction).did


def rotate(lms: Lms, claims: Claims) -> str:
    """Sign with a new key from now on, under the same passphrase as the old one; returns its DID.

    The old key signs that the new one comes after it, and is then destroyed. Where it is lost the new one begins
    without that word. What the old key signed stays good. Raises `RefusedError`, `KeyUnavailableError`.
    """
    check_claims(lms, claims)
    require_admin(claims)
    key = _generate()
    did = did_of(jws.jwk_of_private(key))
    try:
        with lms.database.write(locks.SCHOOL) as transaction:
            now = lms.now_text()
            old = credentials.key_in_use(transaction)
            passphrase = None
            if old is not None:
                handover, passphrase = _handover(lms, old.did, did)
                credentials.retire_key(transaction, old.id, handover=handover, now=now)
            credentials.add_key(transaction, did=did, now=now)
            _keep_new(lms, did, key, passphrase)  # before the database says that it is in use
    finally:
        settle(lms)
    return did


def settle(lms: Lms) -> None:
    """Where a key was being made or changed, take away the files of keys that the database retired, or does not name.

    What cannot be done now is left for the next start.
    """
    if _marks(lms):
        with suppress(AzoraError, OSError), lms.database.write(locks.SCHOOL) as transaction:
            _settle(lms, transaction)


def protect(lms: Lms, claims: Claims, *, passphrase: str | None) -> None:
    """Keep the key in use under a passphrase, or with None under none. Raises as `rotate` does."""
    check_claims(lms, claims)
    require_admin(claims)
    with lms.database.write(locks.SCHOOL) as transaction:
        current = signer(lms, transaction)
        _keep(_path(lms, current.did), current.private, passphrase)


def require_admin(claims: Claims) -> None:
    if claims.role != "admin":
        raise RefusedError("admin_needed")


def _handover(lms: Lms, old: str, new: str) -> tuple[str | None, str | None]:
    """(what the old key signs of the new one, its passphrase); nothing where it is lost."""
    path = _path(lms, old)
    if not path.exists():
        return None, None
    key, passphrase = _load(path)
    claims = {"iss": old, "sub": new, "iat": int(lms.now().timestamp())}
    return jws.sign(key, claims, typ=jws.HANDOVER), passphrase


def _path(lms: Lms, did: str) -> Path:
    return lms.paths.issuer_key(fingerprint(jwk_of(did))[:16])


def _load(path: Path, passphrase: str | None = None) -> tuple["EllipticCurvePrivateKey", str | None]:
    """(the key, the passphrase that it is under)."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        pem = read_file(path, _MAX_BYTES)
    except OSError as error:
        raise KeyUnavailableError("issuer_key_unreadable", path=path, reason=error.strerror) from error
    if pem in _opened:
        return _opened[pem]
    given = passphrase if passphrase is not None else _passphrase_from_file()
    try:
        key = load_pem_private_key(pem, None if given is None else _as_bytes(given))
    except TypeError:  # a passphrase is missing, or was given for a key that has none
        if given is None:
            raise KeyLockedError("issuer_key_locked") from None
        given = None
        key = load_pem_private_key(pem, None)
    except (ValueError, UnsupportedAlgorithm):
        if given is not None and b"ENCRYPTED" in pem:
            raise KeyLockedError("passphrase_wrong", path=path) from None
        raise _damaged(path) from None
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise _damaged(path)
    _opened[pem] = key, given
    return _opened[pem]


def _damaged(path: Path) -> KeyUnavailableError:
    return KeyUnavailableError("issuer_key_damaged", path=path)


def _passphrase_from_file() -> str | None:
    name = os.environ.get(PASSPHRASE_FILE)
    if not name:
        return None
    try:
        with open_file(name, follow=True) as file:
            return file.readline(_MAX_PASSPHRASE_LENGTH + 1).decode("utf-8").removesuffix("\n")
    except (OSError, ValueError) as error:
        raise KeyUnavailableError("passphrase_file_unreadable", variable=PASSPHRASE_FILE) from error


def _keep(path: Path, key: "EllipticCurvePrivateKey", passphrase: str | None) -> None:
    from cryptography.hazmat.primitives.serialization import (
        BestAvailableEncryption,
        Encoding,
        KeySerializationEncryption,
        NoEncryption,
        PrivateFormat,
    )

    secret = None if passphrase is None else _as_bytes(passphrase)
    if secret is not None and not 0 < len(secret) <= _MAX_PASSPHRASE_LENGTH:
        raise RefusedError("passphrase_length", maximum=_MAX_PASSPHRASE_LENGTH)
    lock: KeySerializationEncryption = NoEncryption() if secret is None else BestAvailableEncryption(secret)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock)
    try:
        replace_file(path, pem)
    except OSError as error:
        raise _not_kept(path, error) from error
    _opened[pem] = key, passphrase


def _keep_new(lms: Lms, did: str, key: "EllipticCurvePrivateKey", passphrase: str | None) -> None:
    """The same for a key that the database is yet to name; within the caller's write transaction."""
    path = _path(lms, did)
    try:
        replace_file(_mark(lms, path), b"")
    except OSError as error:
        raise _not_kept(path, error) from error
    _keep(path, key, passphrase)


def _settle(lms: Lms, transaction: Transaction) -> None:
    """`settle`, within a write transaction: no other is making a key meanwhile."""
    named = {_path(lms, each.did): each for each in credentials.keys(transaction)}
    marks = {lms.paths.issuer_key(_name_in(mark)): mark for mark in _marks(lms)}
    unneeded = [path for path, each in named.items() if each.retired_at is not None]
    for path in (*unneeded, *(marks.keys() - named.keys())):
        path.unlink(missing_ok=True)
    sync_directory(lms.paths.home)  # a mark goes only after what it stands for
    for mark in marks.values():
        mark.unlink(missing_ok=True)


def _marks(lms: Lms) -> list[Path]:
    return list(lms.paths.home.glob(lms.paths.unnamed_key("*").name))


def _mark(lms: Lms, path: Path) -> Path:
    return lms.paths.unnamed_key(_name_in(path))


def _name_in(path: Path) -> str:
    return path.stem.rpartition("-")[2]


def _not_kept(path: Path, error: OSError) -> KeyUnavailableError:
    return KeyUnavailableError("issuer_key_not_kept", path=path, reason=error.strerror)


def _as_bytes(passphrase: str) -> bytes:
    return passphrase.encode("utf-8", "surrogatepass")  # what a terminal sent that is no UTF-8 counts too


def _generate() -> "EllipticCurvePrivateKey":
    from cryptography.hazmat.primitives.asymmetric import ec

    return ec.generate_private_key(ec.SECP256R1())
