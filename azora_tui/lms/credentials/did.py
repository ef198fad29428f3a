"""Public keys as names: did:jwk, and the fingerprint by which people compare keys (RFC 7638)."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256
from typing import Any

_PREFIX = "did:jwk:"
_MAX_LENGTH = 1_000
Jwk = dict[str, str]


def to_base64url(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def from_base64url(text: str) -> bytes:
    """Raises `ValueError` for anything but the one spelling that `to_base64url` gives."""
    data = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    if to_base64url(data) != text:
        raise ValueError("not base64url as RFC 7515 writes it")
    return data


def public_jwk(jwk: object) -> Jwk:
    """The four members of a public P-256 key, and nothing else; raises `ValueError` for any other key."""
    if not isinstance(jwk, dict) or "d" in jwk or jwk.get("kty") != "EC" or jwk.get("crv") != "P-256":
        raise ValueError("not a public P-256 key")
    x, y = jwk.get("x"), jwk.get("y")
    if not (isinstance(x, str) and isinstance(y, str) and len(from_base64url(x)) == len(from_base64url(y)) == 32):
        raise ValueError("not a public P-256 key")
    return {"crv": "P-256", "kty": "EC", "x": x, "y": y}


def did_of(jwk: Jwk) -> str:
    return _PREFIX + to_base64url(_canonical(jwk))


def jwk_of(did: str) -> Jwk:
    """The key that a did:jwk is; raises `ValueError` for anything else."""
    if not did.startswith(_PREFIX) or len(did) > _MAX_LENGTH:
        raise ValueError("not a did:jwk")
    document: Any = json.loads(from_base64url(did.removeprefix(_PREFIX)))
    return public_jwk(document)


def fingerprint(jwk: Jwk) -> str:
    """The key's thumbprint (RFC 7638, SHA-256) as 64 hexadecimal digits."""
    return sha256(_canonical(jwk)).hexdigest()


def in_groups(digits: str, most: int = 64) -> str:
    """Hexadecimal digits as people compare them: "3f2a 91c0 …"."""
    return " ".join(digits[start : start + 4] for start in range(0, min(most, len(digits)), 4))


def _canonical(jwk: Jwk) -> bytes:
    return json.dumps(jwk, separators=(",", ":"), sort_keys=True).encode()
