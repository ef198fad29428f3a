"""Signing and opening: compact JWS with ES256 (RFC 7515, RFC 7518), the key as `jwk` in the header."""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from azora_tui.errors import AzoraError
from azora_tui.lms.credentials.did import Jwk, did_of, from_base64url, public_jwk

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

ALGORITHM = "ES256"
CREDENTIAL = "JWT"  # what Open Badges 3.0 (JOSE Header) allows
TREE_HEAD = "azora-tree-head+jwt"
HANDOVER = "azora-handover+jwt"
MAX_LENGTH = 1_000_000
"""Characters of a token that is looked at."""

MAX_DEPTH = 64
"""Levels of objects and lists in one another; no certificate needs a quarter of them."""

_HEADERS = {"alg", "typ", "jwk", "kid"}  # Open Badges 3.0 allows no others


class JwsError(AzoraError, ValueError):
    """Why a token is refused, as a sentence."""


class DoubledNameError(ValueError):
    """An object of JSON has a name twice."""


@dataclass(frozen=True, slots=True)
class VerifiedToken:
    """A token whose signature holds. `key` is the one that made it: whose that is has yet to be asked."""

    payload: dict[str, Any]
    key: Jwk

    @property
    def did(self) -> str:
        return did_of(self.key)


def sign(key: "EllipticCurvePrivateKey", payload: dict[str, Any], *, typ: str = CREDENTIAL, kid: str = "") -> str:
    import jwt

    headers: dict[str, Any] = {"typ": typ, "jwk": jwk_of_private(key)}
    return jwt.encode(payload, key, algorithm=ALGORITHM, headers=headers | ({"kid": kid} if kid else {}))


def jwk_of_private(key: "EllipticCurvePrivateKey") -> Jwk:
    from azora_tui.lms.credentials.did import to_base64url

    numbers = key.public_key().public_numbers()
    x, y = (to_base64url(number.to_bytes(32, "big")) for number in (numbers.x, numbers.y))
    return {"crv": "P-256", "kty": "EC", "x": x, "y": y}


def verify_token(token: str, *, typ: str = CREDENTIAL) -> VerifiedToken:
    """A token of this type once its signature holds under the key in its own header; raises `JwsError`."""
    header = _header(token)
    if header.get("alg") != ALGORITHM:
        said = header.get("alg")
        is_none = isinstance(said, str) and said.lower() == "none"
        raise JwsError("jws_unsigned" if is_none else "jws_algorithm_foreign")
    if header.get("typ") != typ or set(header) - _HEADERS:
        raise JwsError("jws_header_foreign")
    try:
        key = public_jwk(header.get("jwk"))
    except ValueError:
        raise JwsError("jws_no_key") from None

    import jwt

    options: Any = {f"verify_{each}": False for each in ("exp", "nbf", "iat", "aud", "iss", "sub", "jti")}
    try:
        payload = jwt.decode(token, jwt.PyJWK(key, ALGORITHM), algorithms=[ALGORITHM], options=options)
    except jwt.PyJWTError:
        raise JwsError("jws_signature_wrong") from None
    except (ValueError, RecursionError):
        raise JwsError("jws_unreadable") from None
    try:
        read_json(from_base64url(token.split(".")[1]).decode("utf-8"))
    except DoubledNameError:
        raise JwsError("jws_doubled_name") from None
    except ValueError:
        raise JwsError("jws_unreadable") from None
    return VerifiedToken(payload, key)


def read_json(text: str) -> Any:
    """JSON in which no object has a name twice: which of the two counts would differ from reader to reader.

    Nor does it stand so deep in itself that whoever goes through it, or writes it again, could run out of stack.
    Raises `ValueError`, and `DoubledNameError`, which is one.
    """
    try:
        found = json.loads(text, object_pairs_hook=_unique)
    except RecursionError:
        raise ValueError("too deep") from None
    if text.count("{") + text.count("[") > MAX_DEPTH and _is_deeper(found, MAX_DEPTH):
        raise ValueError("too deep")
    return found


def _is_deeper(value: Any, levels: int) -> bool:
    there = [value]
    for _ in range(levels + 1):
        there = [
            each
            for outer in there
            if isinstance(outer, dict | list)
            for each in (outer.values() if isinstance(outer, dict) else outer)
        ]
    return bool(there)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise DoubledNameError("a name stands twice in an object")
    return found


def signed_part(token: str) -> bytes:
    """What the signature of a token stands for: header and claims (RFC 7515, section 2: JWS Signing Input)."""
    return token.rpartition(".")[0].encode("ascii")


def _header(token: str) -> dict[str, Any]:
    if len(token) > MAX_LENGTH:
        raise JwsError("jws_too_long")
    parts = token.split(".")
    if len(parts) != 3:
        raise JwsError("jws_not_signed")
    try:
        decoded = [from_base64url(part) for part in parts]
        header = read_json(decoded[0].decode("utf-8"))
    except (ValueError, RecursionError):
        raise JwsError("jws_damaged") from None
    if not isinstance(header, dict):
        raise JwsError("jws_header_damaged")
    return header
