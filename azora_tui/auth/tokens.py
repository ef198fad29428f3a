"""Session tokens: JWT signed with ES256 (RFC 7515, RFC 7519) and checked as RFC 8725 advises.

Whoever only checks tokens, as the LMS Service does, needs no more than `public_key` and `verify`.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from azora_tui.data import locks
from azora_tui.errors import SessionError, StorageError
from azora_tui.paths import read_file, replace_file

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

    from azora_tui.auth.context import Auth
    from azora_tui.models.accounts import Claims

ALGORITHM = "ES256"
ISSUER = "azora-auth"
AUDIENCE = "azora-tui"
TYPE = "azora-session+jwt"  # its own (RFC 8725, 3.11): a credential cannot pass as a session
MAX_LENGTH = 16_384
MAX_KEY_BYTES = 16_384
CLOCK_SKEW = timedelta(minutes=1)  # small corrections of the clock end nobody's session

_REQUIRED = ["iss", "aud", "sub", "iat", "exp", "jti"]


def sign(key: EllipticCurvePrivateKey, claims: Claims) -> str:
    """The token of a session; `userId`, `email`, `name` are what clients of the original service read."""
    import jwt

    return jwt.encode(
        {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": str(claims.user_id),
            "iat": int(claims.issued_at.timestamp()),
            "exp": int(claims.expires_at.timestamp()),
            "jti": claims.session_id,
            "userId": claims.user_id,
            "userUuid": claims.user_uuid,
            "email": claims.email,
            "name": claims.name,
            "role": claims.role,
        },
        key,
        algorithm=ALGORITHM,
        headers={"typ": TYPE},
    )


def verify(public_pem: bytes, token: str, now: datetime) -> Claims:
    """What a token says, if it was signed by us, for us, and is valid at `now`; else a `SessionError`.

    Whether its session still lives is for `service.check_session` to say.
    """
    import jwt

    try:
        if len(token) > MAX_LENGTH:
            raise ValueError
        decoded = jwt.decode_complete(
            token,
            public_pem,
            algorithms=[ALGORITHM],
            issuer=ISSUER,
            audience=AUDIENCE,
            options={
                "require": _REQUIRED,
                "strict_aud": True,
                # PyJWT would ask the computer's clock; `_check_times` asks ours.
                "verify_exp": False,
                "verify_iat": False,
                "verify_nbf": False,
            },
        )
        if decoded["header"].get("typ") != TYPE:
            raise ValueError
        claims = _claims(decoded["payload"])
    except (jwt.PyJWTError, ValueError, TypeError, KeyError, OverflowError, OSError):
        raise _unconfirmed() from None  # without its cause, which may quote the token
    _check_times(claims, now)
    return claims


def read_verified(token: str, now: datetime) -> Claims:
    """What a token says whose signature has been verified before; a `SessionError` where it is not valid at `now`."""
    try:
        payload = token.split(".")[1]
        claims = _claims(json.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4))))
    except (ValueError, TypeError, KeyError, OverflowError, OSError):
        raise _unconfirmed() from None
    _check_times(claims, now)
    return claims


def user_of(token: str) -> int | None:
    """Whose a token says it is, signed or not, over or not; None for what is no token."""
    try:
        payload = token.split(".")[1]
        return _claims(json.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))).user_id
    except (ValueError, TypeError, KeyError, OverflowError, OSError, IndexError):
        return None


def private_key(auth: Auth) -> EllipticCurvePrivateKey:
    """The key that signs sessions; made at first need, once, however many processes need it.

    Raises `StorageError` where the file is damaged or cannot be read or written; it is then left as it is.
    """
    path = auth.paths.token_key
    pem = _read(path)
    if pem is None:
        with auth.database.write(locks.SCHOOL):  # lets one process at a time through
            pem = _read(path)
            if pem is None:
                pem = _new_key()
                _keep(path, pem)
    try:
        return _parsed(pem)
    except (ValueError, TypeError):
        raise StorageError("token_key_damaged", path=path) from None


def public_key(auth: Auth) -> bytes:
    """The public half, as PEM: all that checking a token needs. Raises as `private_key` does."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return private_key(auth).public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def preload() -> None:
    """Load PyJWT and cryptography, off the event loop."""
    import jwt  # noqa: F401


def _claims(payload: dict[str, Any]) -> Claims:
    """The payload as `Claims`; a `ValueError`, `TypeError` or `KeyError` where it is not what we sign."""
    from azora_tui.models.accounts import Claims, Role

    user_id, issued, expires = payload["userId"], payload["iat"], payload["exp"]
    if not all(type(number) is int for number in (user_id, issued, expires)):
        raise TypeError
    # A token from before accounts had UUIDs says none; the service looks it up.
    texts = [payload["email"], payload["name"], payload["jti"], payload.get("userUuid", "")]
    if not all(isinstance(text, str) for text in texts):
        raise TypeError
    email, name, session_id, user_uuid = texts
    if payload["sub"] != str(user_id) or payload["role"] not in get_args(Role):
        raise ValueError
    return Claims(
        user_id=user_id,
        user_uuid=user_uuid,
        email=email,
        name=name,
        role=payload["role"],
        session_id=session_id,
        issued_at=datetime.fromtimestamp(issued, UTC),
        expires_at=datetime.fromtimestamp(expires, UTC),
    )


def _unconfirmed() -> SessionError:
    return SessionError("token_invalid")


def _check_times(claims: Claims, now: datetime) -> None:
    if claims.expires_at <= now:
        raise SessionError("token_expired")
    if claims.issued_at > now + CLOCK_SKEW:
        raise SessionError("token_from_the_future")


def _read(path: Path) -> bytes | None:
    try:
        return read_file(path, MAX_KEY_BYTES)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StorageError("token_key_unreadable", path=path, reason=error.strerror) from error


def _keep(path: Path, pem: bytes) -> None:
    try:
        replace_file(path, pem)
    except OSError as error:
        raise StorageError("token_key_not_kept", path=path, reason=error.strerror) from error


def _new_key() -> bytes:
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    key = ec.generate_private_key(ec.SECP256R1())
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


@lru_cache(maxsize=4)
def _parsed(pem: bytes) -> EllipticCurvePrivateKey:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key = load_pem_private_key(pem, password=None)
    except UnsupportedAlgorithm as error:
        raise ValueError from error
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise ValueError
    return key
