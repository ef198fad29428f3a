"""Tokens: what is signed is read back, and nothing else is believed."""

import base64
import hashlib
import hmac
import json
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from azora_tui.auth import tokens
from azora_tui.auth.context import Auth
from azora_tui.data.database import Database
from azora_tui.errors import SessionError, StorageError
from azora_tui.models.accounts import Claims

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
CLAIMS = Claims(7, "0193-7", "thandi@example.org", "Thandi", "learner", "id-1", NOW, NOW + timedelta(days=30))

Forge = Callable[..., str]


@pytest.fixture
def forge(auth: Auth) -> Forge:
    """A token signed with our own key, with some claims and headers changed; None takes one away."""

    def made(typ: str | None = tokens.TYPE, headers: dict[str, Any] | None = None, **changes: Any) -> str:
        payload = jwt.decode(signed(auth), options={"verify_signature": False}) | changes
        return jwt.encode(
            {name: value for name, value in payload.items() if value is not None},
            tokens.private_key(auth),
            algorithm="ES256",
            headers={"typ": typ} | (headers or {}),
        )

    return made


def signed(auth: Auth, claims: Claims = CLAIMS) -> str:
    return tokens.sign(tokens.private_key(auth), claims)


def read(auth: Auth, token: str, now: datetime = NOW) -> Claims:
    return tokens.verify(tokens.public_key(auth), token, now)


def encoded(part: dict[str, Any] | bytes) -> str:
    raw = part if isinstance(part, bytes) else json.dumps(part).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def payload_of(auth: Auth) -> dict[str, Any]:
    payload: dict[str, Any] = jwt.decode(signed(auth), options={"verify_signature": False})
    return payload


def refused(auth: Auth, token: str) -> None:
    with pytest.raises(SessionError, match="could not be confirmed"):
        read(auth, token)


def test_token_says_what_was_signed(auth: Auth) -> None:
    assert read(auth, signed(auth)) == CLAIMS


def test_token_carries_our_claims_and_those_of_the_original_service(auth: Auth) -> None:
    token = signed(auth)
    assert jwt.get_unverified_header(token) == {"alg": "ES256", "typ": tokens.TYPE}
    assert payload_of(auth) == {
        "iss": tokens.ISSUER,
        "aud": tokens.AUDIENCE,
        "sub": "7",
        "iat": int(NOW.timestamp()),
        "exp": int((NOW + timedelta(days=30)).timestamp()),
        "jti": "id-1",
        "userId": 7,
        "userUuid": "0193-7",
        "email": "thandi@example.org",
        "name": "Thandi",
        "role": "learner",
    }


def test_longest_name_and_email_fit(auth: Auth) -> None:
    claims = Claims(7, "u" * 36, "😀" * 254, "😀" * 300, "admin", "x" * 36, NOW, NOW + timedelta(days=30))
    assert read(auth, signed(auth, claims)) == claims


def test_forge_control_unchanged_is_believed(auth: Auth, forge: Forge) -> None:
    assert read(auth, forge()) == CLAIMS


@pytest.mark.parametrize("claim", ["iss", "aud", "sub", "iat", "exp", "jti", "userId", "email", "name", "role"])
def test_each_claim_is_required(auth: Auth, forge: Forge, claim: str) -> None:
    refused(auth, forge(**{claim: None}))


@pytest.mark.parametrize(
    ("claim", "value"),
    [
        ("iss", "another-school"),
        ("aud", "another-app"),
        ("aud", [tokens.AUDIENCE]),
        ("aud", [tokens.AUDIENCE, "another-app"]),
        ("sub", "8"),
        ("sub", 7),
        ("sub", ""),
        ("sub", "07"),
        ("userId", 8),
        ("userId", "7"),
        ("userId", True),
        ("userId", 7.0),
        ("jti", 1),
        ("jti", ["id-1"]),
        ("exp", "soon"),
        ("exp", 1e12),
        ("exp", 10**30),
        ("exp", True),
        ("iat", "now"),
        ("iat", {}),
        ("role", "owner"),
        ("role", ["admin"]),
        ("email", 1),
        ("name", {"a": 1}),
    ],
)
def test_each_claim_is_checked(auth: Auth, forge: Forge, claim: str, value: object) -> None:
    refused(auth, forge(**{claim: value}))


@pytest.mark.parametrize("typ", ["JWT", "jwt", "vc+jwt", "", "azora-session", None])
def test_token_of_another_type_is_no_session(auth: Auth, forge: Forge, typ: str | None) -> None:
    refused(auth, forge(typ=typ))


@pytest.mark.parametrize("headers", [{"crit": ["exp"]}, {"crit": []}, {"b64": False, "crit": ["b64"]}])
def test_token_with_critical_headers_is_refused(auth: Auth, headers: dict[str, Any]) -> None:
    header = {"alg": "ES256", "typ": tokens.TYPE} | headers
    refused(auth, f"{encoded(header)}.{encoded(payload_of(auth))}.{signed(auth).split('.')[2]}")


def test_unsigned_token_is_refused(auth: Auth) -> None:
    for algorithm in ("none", "None", "NONE"):
        header = {"alg": algorithm, "typ": tokens.TYPE}
        refused(auth, f"{encoded(header)}.{encoded(payload_of(auth))}.")
        refused(auth, f"{encoded(header)}.{encoded(payload_of(auth))}.{signed(auth).split('.')[2]}")


def test_public_key_does_not_serve_as_a_secret(auth: Auth) -> None:
    pem = tokens.public_key(auth)
    for secret in (pem, pem.strip(), b""):
        text = f"{encoded({'alg': 'HS256', 'typ': tokens.TYPE})}.{encoded(payload_of(auth))}"
        mac = hmac.new(secret, text.encode(), hashlib.sha256).digest()
        refused(auth, f"{text}.{encoded(mac)}")


def test_another_key_is_refused(auth: Auth) -> None:
    refused(auth, tokens.sign(ec.generate_private_key(ec.SECP256R1()), CLAIMS))


def test_key_brought_along_in_the_header_is_not_believed(auth: Auth) -> None:
    own = ec.generate_private_key(ec.SECP256R1())
    jwk = json.loads(jwt.algorithms.ECAlgorithm.to_jwk(own.public_key()))
    refused(
        auth,
        jwt.encode(payload_of(auth), own, algorithm="ES256", headers={"typ": tokens.TYPE, "jwk": jwk}),
    )


def test_stronger_algorithms_are_refused_too(auth: Auth) -> None:
    for key, algorithm in (
        (ec.generate_private_key(ec.SECP384R1()), "ES384"),
        (rsa.generate_private_key(65537, 2048), "RS256"),
    ):
        refused(auth, jwt.encode(payload_of(auth), key, algorithm=algorithm, headers={"typ": tokens.TYPE}))


def test_claims_changed_after_signing_are_refused(auth: Auth) -> None:
    header, _, signature = signed(auth).split(".")
    refused(auth, f"{header}.{encoded(payload_of(auth) | {'role': 'admin'})}.{signature}")


@pytest.mark.parametrize(
    "token",
    [
        "",
        ".",
        "..",
        "a.b.c",
        "Bearer x",
        "é.é.é",
        "\ud800",
        "x" * 1_000_000,
        encoded(b"[" * 6000) + ".e30.AA",
        encoded(b"[]") + ".e30.AA",
        encoded(b"\xff") + ".e30.AA",
        encoded(b'{"alg":["ES256"]}') + ".e30.AA",
        encoded(b'{"alg":null}') + ".e30.AA",
    ],
    ids=lambda token: repr(token[:12]),
)
def test_rubbish_is_refused(auth: Auth, token: str) -> None:
    refused(auth, token)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_damage_anywhere_is_refused_or_changes_nothing(auth: Auth, data: st.DataObject) -> None:
    token = signed(auth)
    at = data.draw(st.integers(0, len(token) - 1))
    damaged = token[:at] + data.draw(st.text(max_size=3)) + token[at + 1 :]
    try:
        claims = read(auth, damaged)
    except SessionError:
        return
    assert claims == CLAIMS


def test_overlong_token_is_refused_though_we_signed_it(auth: Auth, forge: Forge) -> None:
    assert read(auth, forge(padding="x" * 10_000)) == CLAIMS
    refused(auth, forge(padding="x" * 20_000))


def test_one_algorithm_is_allowed(auth: Auth, monkeypatch: pytest.MonkeyPatch) -> None:
    # PyJWT has nets of its own below the list, so that a longer list would not show in the tests above.
    allowed: list[list[str]] = []
    decode = jwt.decode_complete

    def watched(*args: Any, **options: Any) -> dict[str, Any]:
        allowed.append(options["algorithms"])
        return decode(*args, **options)

    monkeypatch.setattr(jwt, "decode_complete", watched)
    read(auth, signed(auth))
    assert allowed == [["ES256"]]


def test_expired_to_the_second(auth: Auth) -> None:
    token = signed(auth)
    assert read(auth, token, NOW + timedelta(days=30, seconds=-1)) == CLAIMS
    with pytest.raises(SessionError, match="too long ago"):
        read(auth, token, NOW + timedelta(days=30))


def test_clock_set_back_is_told_as_such(auth: Auth) -> None:
    token = signed(auth)
    with pytest.raises(SessionError, match="set back"):
        read(auth, token, NOW - timedelta(hours=1))


def test_small_correction_of_the_clock_ends_nothing(auth: Auth) -> None:
    token = signed(auth)
    assert read(auth, token, NOW - timedelta(minutes=1)) == CLAIMS
    with pytest.raises(SessionError, match="set back"):
        read(auth, token, NOW - timedelta(minutes=1, seconds=1))


def test_key_file_is_made_once_and_private(auth: Auth) -> None:
    assert not auth.paths.token_key.exists()
    public = tokens.public_key(auth)
    pem = auth.paths.token_key.read_bytes()
    assert pem.startswith(b"-----BEGIN PRIVATE KEY-----")
    assert stat.S_IMODE(auth.paths.token_key.stat().st_mode) == 0o600
    assert tokens.public_key(auth) == public
    assert auth.paths.token_key.read_bytes() == pem
    assert b"PRIVATE" not in public


def test_key_that_another_process_made_while_we_waited_is_taken(auth: Auth, monkeypatch: pytest.MonkeyPatch) -> None:
    theirs = tokens._new_key()

    @contextmanager
    def waited(self: Database, *_: object) -> Iterator[None]:
        auth.paths.token_key.write_bytes(theirs)
        yield

    monkeypatch.setattr(type(auth.database), "write", waited)
    tokens.private_key(auth)
    assert auth.paths.token_key.read_bytes() == theirs


def test_checking_needs_only_the_public_key(auth: Auth) -> None:
    public, token = tokens.public_key(auth), signed(auth)
    auth.paths.token_key.unlink()
    assert tokens.verify(public, token, NOW) == CLAIMS
    assert not auth.paths.token_key.exists()


def test_lost_key_is_replaced_and_old_tokens_are_refused(auth: Auth) -> None:
    token = signed(auth)
    auth.paths.token_key.unlink()
    refused(auth, token)
    assert read(auth, signed(auth)) == CLAIMS


def other_key(kind: str) -> bytes:
    key: Any = {
        "p384": lambda: ec.generate_private_key(ec.SECP384R1()),
        "k1": lambda: ec.generate_private_key(ec.SECP256K1()),
        "rsa": lambda: rsa.generate_private_key(65537, 2048),
        "locked": lambda: ec.generate_private_key(ec.SECP256R1()),
    }[kind]()
    lock = BestAvailableEncryption(b"locked") if kind == "locked" else NoEncryption()
    pem: bytes = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock)
    return pem


@pytest.mark.parametrize("damage", ["empty", "rubbish", "half", "public", "p384", "k1", "rsa", "locked"])
def test_damaged_key_is_a_sentence_and_stays(auth: Auth, damage: str) -> None:
    public = tokens.public_key(auth)
    path = auth.paths.token_key
    content = {
        "empty": lambda: b"",
        "rubbish": lambda: b"\x00\xff rubbish",
        "half": lambda: path.read_bytes()[:100],
        "public": lambda: public,
    }.get(damage, lambda: other_key(damage))()
    path.write_bytes(content)
    for use in (tokens.private_key, tokens.public_key):
        with pytest.raises(StorageError, match="is damaged, so nobody can sign in"):
            use(auth)
    assert path.read_bytes() == content


def test_key_that_cannot_be_read_is_a_sentence(auth: Auth) -> None:
    auth.paths.token_key.mkdir()
    with pytest.raises(StorageError, match="cannot be read"):
        tokens.private_key(auth)


def test_key_that_cannot_be_kept_is_a_sentence(auth: Auth, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tokens, "replace_file", full)
    with pytest.raises(StorageError, match="No space left"):
        tokens.private_key(auth)
