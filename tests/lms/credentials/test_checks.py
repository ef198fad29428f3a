"""Each thing that is looked at in a certificate, alone wrong while all else is right; and what a school publishes."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from azora_tui.errors import FieldError, NotFoundError, RefusedError
from azora_tui.lms.credentials import badge, did, documents, issuing, jws, keys, log, merkle, status, verify
from azora_tui.lms.credentials.did import did_of, fingerprint, jwk_of, to_base64url
from azora_tui.lms.service import Lms
from azora_tui.models.accounts import Claims
from azora_tui.models.credentials import Issuer, Outcome
from tests.conftest import NOW
from tests.lms.credentials.conftest import Finish

ClaimsOf = Callable[..., Claims]


@pytest.fixture
def admin(claims: ClaimsOf) -> Claims:
    return claims(9, role="admin")


@pytest.fixture
def key(lms: Lms, admin: Claims, finish: Finish, claims: ClaimsOf) -> ec.EllipticCurvePrivateKey:
    """The school's own, which has issued one certificate."""
    finish(claims())
    with lms.database.write() as transaction:
        return keys.signer(lms, transaction).private


@pytest.fixture
def bundle(lms: Lms, claims: ClaimsOf, key: object) -> dict[str, Any]:
    return documents.bundle(lms, claims(), "1")


def outcomes(file: dict[str, Any], now: datetime = NOW, **knowledge: Any) -> dict[str, Outcome]:
    held = verify.parse_file(json.dumps(file).encode())
    report = verify.verify(held, now=now, knowledge=verify.Knowledge(**knowledge))
    return {check.name: check.outcome for check in report.checks}


def known(key: ec.EllipticCurvePrivateKey) -> dict[str, str]:
    return {fingerprint(jws.jwk_of_private(key)): "Nomsa's school"}


# Tokens


def test_a_token_s_type_and_its_headers_are_each_looked_at(key: ec.EllipticCurvePrivateKey) -> None:
    import jwt

    def signed(**headers: object) -> str:
        return jwt.encode({"x": 1}, key, "ES256", headers={"jwk": jws.jwk_of_private(key), **headers})

    assert jws.verify_token(signed(typ="JWT")).payload == {"x": 1}
    assert jws.verify_token(signed(typ="JWT", kid="https://school.example/key")).payload == {"x": 1}
    for headers in ({"typ": "JWT", "cty": "x"}, {"typ": "azora-handover+jwt"}, {"typ": "other", "cty": "x"}):
        with pytest.raises(jws.JwsError, match="header"):
            jws.verify_token(signed(**headers))
    with pytest.raises(jws.JwsError):
        jws.verify_token(signed(typ="JWT"), typ=jws.TREE_HEAD)


def test_a_token_of_the_length_that_is_allowed_is_read_and_a_longer_one_is_not(
    key: ec.EllipticCurvePrivateKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = jws.sign(key, {"x": 1})
    monkeypatch.setattr(jws, "MAX_LENGTH", len(token))
    assert jws.verify_token(token).payload == {"x": 1}
    monkeypatch.setattr(jws, "MAX_LENGTH", len(token) - 1)
    with pytest.raises(jws.JwsError, match="longer"):
        jws.verify_token(token)


@pytest.mark.parametrize("payload", [b"x", b"[]", b"5", b"\xff", b'{"x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"])
def test_what_is_signed_but_cannot_be_read_is_refused(key: ec.EllipticCurvePrivateKey, payload: bytes) -> None:
    from jwt import PyJWS

    headers = {"typ": "JWT", "jwk": jws.jwk_of_private(key)}
    with pytest.raises(jws.JwsError):
        jws.verify_token(PyJWS().encode(payload, key, "ES256", headers=headers))


# Keys as names


def padded_did(length: int) -> str:
    """A did:jwk of a good key that is exactly so long, by a member that nobody reads."""
    jwk = jws.jwk_of_private(ec.generate_private_key(ec.SECP256R1()))
    for padding in range(length):
        made = "did:jwk:" + to_base64url(json.dumps({**jwk, "note": "x" * padding}).encode())
        if len(made) == length:
            return made
    raise AssertionError


def test_a_did_is_read_up_to_its_limit() -> None:
    assert set(jwk_of(padded_did(1_000))) == {"crv", "kty", "x", "y"}
    with pytest.raises(ValueError, match="not a did:jwk"):
        jwk_of(padded_did(1_002))


@pytest.mark.parametrize(
    "change",
    [{"d": "x"}, {"kty": "OKP"}, {"crv": "P-384"}, {"x": "AA"}, {"y": "AA"}, {"x": None}, {"y": 1}, {"kty": None}],
)
def test_a_key_is_public_and_of_the_one_kind(change: dict[str, object]) -> None:
    jwk = jws.jwk_of_private(ec.generate_private_key(ec.SECP256R1()))
    assert did.public_jwk({**jwk, "kid": "x"}) == jwk
    with pytest.raises(ValueError, match=r"."):
        did.public_jwk({**jwk, **change})


def test_base64url_has_one_spelling() -> None:
    assert did.from_base64url("AQ") == b"\x01"
    for other in ("AR", "AQ==", "A+", "A", "AQ\n"):
        with pytest.raises(ValueError, match=r"."):
            did.from_base64url(other)


@pytest.mark.parametrize("said", ["did:", "did:jwk:", "did:jwk:é", "did:web:school.example", "did:jwk:" + "W" * 900])
def test_an_issuer_that_is_no_key_is_refused_and_nothing_raises(
    bundle: dict[str, Any], key: ec.EllipticCurvePrivateKey, said: str
) -> None:
    """Signed by a key that is known here, which names somebody else."""
    document = badge.document_of(jws.verify_token(bundle["jwt"]).payload)
    document["issuer"] = {**document["issuer"], "id": said}
    token = jws.sign(key, badge.claims_of(document))
    assert outcomes({**bundle, "jwt": token}, issuers=known(key))["Issuer"] is Outcome.FAILED


# Times


@pytest.mark.parametrize("text", ["2026-11-22T12:00:00", "2026-11-22", "yesterday", "", None, 5])
def test_what_is_no_time_with_its_zone_is_refused(text: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        badge.from_iso(text)


@pytest.mark.parametrize("name", ["validFrom", "validUntil", "awardedDate"])
def test_a_certificate_whose_time_has_no_zone_is_none(
    bundle: dict[str, Any], key: ec.EllipticCurvePrivateKey, name: str
) -> None:
    payload = jws.verify_token(bundle["jwt"]).payload
    later = {**payload, "validUntil": "2030-01-01T00:00:00Z", "exp": 1893456000}
    assert outcomes({**bundle, "jwt": jws.sign(key, later)})["Signature"] is Outcome.OK
    broken = {**later, name: later[name].removesuffix("Z")}
    assert outcomes({**bundle, "jwt": jws.sign(key, broken)}) == {"Signature": Outcome.FAILED}


def test_it_is_valid_from_its_beginning_to_just_before_its_end(
    bundle: dict[str, Any], key: ec.EllipticCurvePrivateKey
) -> None:
    end = NOW + timedelta(days=1)
    payload = {
        **jws.verify_token(bundle["jwt"]).payload,
        "validUntil": badge.to_iso(end),
        "exp": int(end.timestamp()),
    }
    file = {**bundle, "jwt": jws.sign(key, payload)}
    for now, outcome in (
        (NOW - verify.CLOCK_SKEW - timedelta(seconds=1), Outcome.FAILED),
        (NOW - verify.CLOCK_SKEW, Outcome.OK),
        (end - timedelta(seconds=1), Outcome.OK),
        (end, Outcome.FAILED),
    ):
        assert outcomes(file, now)["Dates"] is outcome, now


# What it says beside its frame


@pytest.mark.parametrize("name", ["iss", "jti", "sub", "nbf", "exp"])
def test_each_part_of_the_frame_is_compared(bundle: dict[str, Any], key: ec.EllipticCurvePrivateKey, name: str) -> None:
    payload = jws.verify_token(bundle["jwt"]).payload
    other = {**payload, name: 1 if name in ("nbf", "exp") else "urn:x"}
    assert outcomes({**bundle, "jwt": jws.sign(key, other)}) == {"Signature": Outcome.FAILED}


@pytest.mark.parametrize(
    "change",
    [
        {"type": ["VerifiableCredential"]},
        {"name": 5},
        {"issuer": {}},
        {"issuer": "did:x"},
        {"credentialSubject": {}},
        {"validFrom": "x"},
        {"awardedDate": "x"},
        {"validUntil": "x"},
    ],
)
def test_what_is_signed_but_no_certificate_is_told_so(
    bundle: dict[str, Any], key: ec.EllipticCurvePrivateKey, change: dict[str, object]
) -> None:
    payload = {**jws.verify_token(bundle["jwt"]).payload, **change}
    assert outcomes({**bundle, "jwt": jws.sign(key, payload)}) == {"Signature": Outcome.FAILED}


# Files


@pytest.mark.parametrize(
    "content",
    [b"{", b'{"type": 1}', b"{}", b"{" + b"[" * 100_000, b'{"a":1,"a":2}', b"\xff", b"", b"  ", b"<svg>", b"%PDF-1.7",
     b"\x89PNG\r\n\x1a\nx", b'{"type": "AzoraCertificate", "jwt": 5, "credential": {}}',
     b'{"type": "AzoraCertificateBundle", "jwt": "x", "school": {}}'],
)  # fmt: skip
def test_a_file_that_holds_nothing_says_so(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"[.]$"):
        verify.parse_file(content)


def test_a_file_is_read_up_to_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify, "MAX_LENGTH", 10)
    assert verify.parse_file(b"x" * 10).token == "x" * 10
    with pytest.raises(ValueError, match="larger"):
        verify.parse_file(b"x" * 11)


def test_each_kind_of_file_is_known_by_its_type(bundle: dict[str, Any], lms: Lms) -> None:
    def held(document: dict[str, Any]) -> verify.ParsedFile:
        return verify.parse_file(("\ufeff " + json.dumps(document)).encode())

    assert held(bundle).token == bundle["jwt"]
    assert held(bundle).log == tuple(bundle["log"])
    assert held(bundle["school"]).school == bundle["school"]
    grown = log.consistency(lms, 1)
    assert held(grown).consistency == grown


# The log


def test_each_part_of_an_entry_is_looked_at(
    lms: Lms, claims: ClaimsOf, finish: Finish, bundle: dict[str, Any], key: ec.EllipticCurvePrivateKey
) -> None:
    trusted = known(key)
    assert outcomes(bundle, issuers=trusted)["Log"] is Outcome.OK
    [entry] = bundle["log"]
    for name, value in (("number", True), ("number", "0"), ("number", -1), ("path", ["zz"]), ("path", 5), ("entry", 5)):
        changed = {**bundle, "log": [{**entry, name: value}]}
        assert outcomes(changed, issuers=trusted)["Log"] is Outcome.FAILED, (name, value)
    for missing in entry:
        changed = {**bundle, "log": [{each: value for each, value in entry.items() if each != missing}]}
        assert outcomes(changed, issuers=trusted)["Log"] is Outcome.FAILED, missing


@pytest.mark.parametrize("number", [True, 1.0, "1", None])
def test_an_entry_s_number_is_a_whole_number(
    lms: Lms, claims: ClaimsOf, finish: Finish, key: ec.EllipticCurvePrivateKey, number: object
) -> None:
    finish(claims(2))
    bundle = documents.bundle(lms, claims(2), "2")
    [entry] = bundle["log"]
    assert entry["number"] == 1
    assert outcomes(bundle, issuers=known(key))["Log"] is Outcome.OK
    changed = {**bundle, "log": [{**entry, "number": number}]}
    assert outcomes(changed, issuers=known(key))["Log"] is Outcome.FAILED


@pytest.mark.parametrize("size", [True, 1.0, "1", None])
def test_a_log_s_size_is_a_whole_number(bundle: dict[str, Any], key: ec.EllipticCurvePrivateKey, size: object) -> None:
    """A head of its own school's key, in which only the size is written in another way."""
    head = jws.verify_token(bundle["school"]["head"], typ=jws.TREE_HEAD).payload
    signed = jws.sign(key, {**head, "size": size}, typ=jws.TREE_HEAD)
    changed = {**bundle, "school": {**bundle["school"], "head": signed}}
    assert outcomes(changed, issuers=known(key))["Log"] is Outcome.FAILED


@pytest.mark.parametrize(
    "payload", [{"root": "zz"}, {"root": 5}, {"iat": "x"}, {"iat": 10**30}, {"iat": None}, {"size": None}]
)
def test_a_damaged_head_proves_nothing_and_raises_nothing(
    bundle: dict[str, Any], key: ec.EllipticCurvePrivateKey, payload: dict[str, object]
) -> None:
    head = jws.verify_token(bundle["school"]["head"], typ=jws.TREE_HEAD).payload
    signed = jws.sign(key, {**head, **payload}, typ=jws.TREE_HEAD)
    changed = {**bundle, "school": {**bundle["school"], "head": signed}}
    assert outcomes(changed, issuers=known(key))["Log"] is Outcome.FAILED


@pytest.mark.parametrize(
    "said", [[], "x", 5, {"type": "issued"}, {"type": "revoked"}, {"type": "issued", "credential": "urn:uuid:x"}]
)
def test_an_entry_in_the_log_that_says_something_else_is_no_proof(
    bundle: dict[str, Any], key: ec.EllipticCurvePrivateKey, said: object
) -> None:
    text = json.dumps(said)
    leaf = merkle.leaf_hash(text.encode())
    head = {"iss": did_of(jws.jwk_of_private(key)), "iat": int(NOW.timestamp()), "size": 1, "root": leaf.hex()}
    changed = {
        **bundle,
        "log": [{"number": 0, "entry": text, "path": []}],
        "school": {**bundle["school"], "head": jws.sign(key, head, typ=jws.TREE_HEAD)},
    }
    assert outcomes(changed, issuers=known(key))["Log"] is Outcome.FAILED


def test_how_the_log_grew_can_be_asked_from_its_first_entry_to_its_latest(
    lms: Lms, claims: ClaimsOf, finish: Finish, key: ec.EllipticCurvePrivateKey
) -> None:
    finish(claims(2))
    finish(claims(3))
    for since in (1, 2, 3):
        grown = log.consistency(lms, since)
        assert grown["earlier"]["size"] == since
        assert outcomes(grown, issuers=known(key))["Log"] is Outcome.OK
    assert log.consistency(lms, 3)["proof"] == []
    for since in (0, 4, -1):
        with pytest.raises(RefusedError):
            log.consistency(lms, since)


def test_an_empty_log_has_not_grown(lms: Lms, course: int) -> None:
    for since in (0, 1):
        with pytest.raises(NotFoundError):
            log.consistency(lms, since)
    assert log.head(lms) is None


@pytest.mark.parametrize("size", [True, 1.0, "1", None])
def test_the_sizes_of_a_proof_of_growth_are_whole_numbers(
    lms: Lms, key: ec.EllipticCurvePrivateKey, size: object
) -> None:
    grown = log.consistency(lms, 1)
    earlier = {**grown, "earlier": {**grown["earlier"], "size": size}}
    found = outcomes(earlier, issuers=known(key))
    assert Outcome.FAILED in found.values()
    head = jws.verify_token(grown["head"], typ=jws.TREE_HEAD).payload
    signed = {**grown, "head": jws.sign(key, {**head, "size": size}, typ=jws.TREE_HEAD)}
    assert Outcome.FAILED in outcomes(signed, issuers=known(key)).values()


@pytest.mark.parametrize(
    "change", [{"proof": ["zz"]}, {"proof": None}, {"earlier": None}, {"head": 5}, {"earlier": {}}]
)
def test_a_damaged_proof_of_growth_is_told_so(lms: Lms, key: object, change: dict[str, object]) -> None:
    assert outcomes({**log.consistency(lms, 1), **change}) == {"Signature": Outcome.FAILED}


# Keys that come after each other


@pytest.mark.parametrize(
    "handover",
    [None, "", 5, "x.y.z", {"sub": 5}, {"sub": None}, {"sub": "did:jwk:"}, {"sub": "did:jwk:é"}, {"sub": "did:web:x"},
     {"iss": "did:x"}, {}],
)  # fmt: skip
def test_what_names_no_key_as_the_next_is_passed_over(
    bundle: dict[str, Any], key: ec.EllipticCurvePrivateKey, handover: object
) -> None:
    own = did_of(jws.jwk_of_private(key))
    other = ec.generate_private_key(ec.SECP256R1())
    if isinstance(handover, dict):
        claims = {"iss": own, "sub": did_of(jws.jwk_of_private(other)), **handover}
        handover = jws.sign(key, claims, typ=jws.HANDOVER) if handover else jws.sign(other, claims, typ=jws.HANDOVER)
    school = {**bundle["school"], "keys": [{"id": own, "handover": handover}, 5, {}]}
    found = outcomes({**bundle, "school": school}, issuers=known(other))
    assert found["Issuer"] is Outcome.UNKNOWN
    assert set(found.values()) == {Outcome.OK, Outcome.UNKNOWN}


def test_a_key_that_is_known_speaks_for_those_that_it_named(
    bundle: dict[str, Any], key: ec.EllipticCurvePrivateKey
) -> None:
    first = ec.generate_private_key(ec.SECP256R1())
    claims = {"iss": did_of(jws.jwk_of_private(first)), "sub": did_of(jws.jwk_of_private(key))}
    school = {**bundle["school"], "keys": [{"handover": jws.sign(first, claims, typ=jws.HANDOVER)}]}
    assert outcomes({**bundle, "school": school}, issuers=known(first))["Issuer"] is Outcome.OK
    backwards = {**bundle["school"], "keys": [{"handover": jws.sign(first, claims, typ=jws.TREE_HEAD)}]}
    assert outcomes({**bundle, "school": backwards}, issuers=known(first))["Issuer"] is Outcome.UNKNOWN


# The list of those revoked


def test_each_place_in_the_list_is_one_bit() -> None:
    revoked = [0, 7, 8, status.ROOM - 1]
    encoded = status.encoded(revoked)
    for place in (0, 1, 6, 7, 8, 9, status.ROOM - 2, status.ROOM - 1):
        assert status.is_revoked(encoded, place) == (place in revoked)
    for outside in (-1, status.ROOM):
        with pytest.raises(ValueError, match="whole"):
            status.is_revoked(encoded, outside)


def test_a_list_that_is_too_short_or_grows_beyond_measure_is_damaged(monkeypatch: pytest.MonkeyPatch) -> None:
    from gzip import compress

    def listed(size: int) -> str:
        return "u" + to_base64url(compress(bytes(size)))

    least = status.ROOM // 8
    assert not status.is_revoked(listed(least), 0)
    monkeypatch.setattr(status, "_MAX_BYTES", 2 * least)
    assert not status.is_revoked(listed(2 * least - 1), 0)
    for damaged in (listed(least - 1), listed(2 * least + 1), listed(least)[1:], "", "u", "uAAAA", "u=", None, 5):
        with pytest.raises(ValueError, match=r"."):
            status.is_revoked(damaged, 0)


@pytest.mark.parametrize("name", ["id", "statusPurpose", "statusMessage", "encodedList", "validFrom", "key"])
def test_a_list_counts_that_is_its_issuer_s_and_the_certificate_s(
    bundle: dict[str, Any], key: ec.EllipticCurvePrivateKey, name: str
) -> None:
    """A list in which all are revoked, and one thing is that of another list."""
    [token] = bundle["school"]["statusLists"]
    payload = jws.verify_token(token).payload
    subject = {**payload["credentialSubject"], "encodedList": status.encoded(range(status.ROOM))}
    everybody = {**payload, "credentialSubject": subject}

    def found(changed: dict[str, Any], signer: ec.EllipticCurvePrivateKey = key) -> Outcome:
        school = {**bundle["school"], "statusLists": [jws.sign(signer, changed), 5, "x"]}
        return outcomes({**bundle, "school": school}, issuers=known(key))["Revocation"]

    assert found(everybody) is Outcome.FAILED
    match name:
        case "id":
            other = {**everybody, "id": "urn:x"}
        case "validFrom":
            assert found({**everybody, name: badge.to_iso(NOW + verify.CLOCK_SKEW)}) is Outcome.FAILED
            other = {**everybody, name: badge.to_iso(NOW + verify.CLOCK_SKEW + timedelta(seconds=1))}
        case "key":
            assert found(everybody, ec.generate_private_key(ec.SECP256R1())) is Outcome.UNKNOWN
            return
        case "statusMessage":
            document = badge.document_of(jws.verify_token(bundle["jwt"]).payload)
            entry = {**document["credentialStatus"], "statusMessage": badge.MESSAGES[:1]}
            certificate = jws.sign(key, badge.claims_of({**document, "credentialStatus": entry}))
            school = {**bundle["school"], "statusLists": [jws.sign(key, everybody)]}
            changed = {**bundle, "jwt": certificate, "school": school}
            assert outcomes(changed, issuers=known(key))["Revocation"] is Outcome.UNKNOWN
            return
        case _:
            other = {**everybody, "credentialSubject": {**subject, name: 5}}
    assert found(other) is Outcome.UNKNOWN


# What a school publishes


def test_a_school_s_website_has_everything_that_checking_needs(
    lms: Lms, admin: Claims, claims: ClaimsOf, finish: Finish, key: object
) -> None:
    issuing.revoke(lms, admin, "1", "A mistake")
    keys.rotate(lms, admin)
    finish(claims(2))
    issuing.name_school(lms, admin, url="https://school.example")
    files = documents.website(lms, admin)
    head = log.head(lms)
    assert head is not None
    digits = [each["kid"] for each in files["jwks.json"]["keys"]]
    assert len(digits) == 2
    assert set(files) == {
        "issuer.json", "jwks.json", "school.json", "log-head.txt", "status-0.jwt", *(f"keys/{each}.json" for each in digits),
    }  # fmt: skip
    assert files["log-head.txt"] == f"azora-log 3 {head.root.hex()} 2026-11-22T12:00:00Z\n"
    school = files["school.json"]
    assert school["head"] == head.jwt
    assert [jws.verify_token(each).did for each in school["statusLists"]] == [keys.did_in_use(lms, admin)]
    assert files["status-0.jwt"] == school["statusLists"][0] + "\n"
    encoded = jws.verify_token(school["statusLists"][0]).payload["credentialSubject"]["encodedList"]
    assert [status.is_revoked(encoded, place) for place in (0, 1)] == [True, False]
    first, second = school["keys"]
    assert (first["until"], second["until"], second["handover"]) == ("2026-11-22T12:00:00Z", None, None)
    assert jws.verify_token(first["handover"], typ=jws.HANDOVER).payload["sub"] == second["id"]
    assert files[f"keys/{first['fingerprint']}.json"]["x"] == jwk_of(first["id"])["x"]


def test_only_who_runs_the_school_publishes_for_it(
    lms: Lms, admin: Claims, claims: ClaimsOf, finish: Finish, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish(claims(2))
    for role in ("learner", "instructor"):
        with pytest.raises(RefusedError, match="Only an admin who is signed in"):
            documents.website(lms, claims(2, role=role))
    assert documents.website(lms, None).keys() == documents.website(lms, admin).keys()
    monkeypatch.setattr("os.getuid", lambda: 4_000_000)
    with pytest.raises(RefusedError, match="the owner of"):
        documents.website(lms, None)


def test_a_school_that_has_issued_nothing_publishes_no_head(lms: Lms, admin: Claims) -> None:
    files = documents.website(lms, admin)
    assert "log-head.txt" not in files
    assert files["school.json"]["head"] is None
    assert files["school.json"]["statusLists"] == []


def test_certificates_beyond_the_room_of_one_list_are_in_the_next(
    lms: Lms, claims: ClaimsOf, admin: Claims, finish: Finish, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(status, "ROOM", 8)
    for number in range(1, 10):
        finish(claims(number))
    for which in ("8", "9"):
        issuing.revoke(lms, admin, which, "A mistake")
    lists = documents.website(lms, admin)["school.json"]["statusLists"]
    bits = [jws.verify_token(each).payload["credentialSubject"]["encodedList"] for each in lists]
    assert [[status.is_revoked(each, place) for place in range(8)] for each in bits] == [
        [False] * 7 + [True],
        [True] + [False] * 7,
    ]
    own = documents.bundle(lms, claims(9), "9")["school"]["statusLists"]
    assert [jws.verify_token(each).payload["id"] for each in own] == [jws.verify_token(lists[1]).payload["id"]]


# Names


@pytest.mark.parametrize("name", ["", " \n", "\x1b", "x" * (issuing.MAX_LENGTH + 1)])
def test_a_school_s_name_has_its_length(lms: Lms, admin: Claims, name: str) -> None:
    with pytest.raises(FieldError) as refused:
        issuing.name_school(lms, admin, name=name)
    assert refused.value.field == "name"
    assert issuing.school(lms, admin).name == issuing.SCHOOL_NAME


def test_the_longest_names_are_taken(lms: Lms, admin: Claims, claims: ClaimsOf, key: object) -> None:
    longest = "x" * issuing.MAX_LENGTH
    assert issuing.name_school(lms, admin, name=f" {longest}\n").name == longest
    assert issuing.school(lms, admin).name == longest
    assert issuing.checked_pseudonym(longest) == longest
    with pytest.raises(FieldError):
        issuing.checked_pseudonym(longest + "x")
    with pytest.raises(FieldError):
        issuing.revoke(lms, admin, "1", longest + "x")
    assert issuing.revoke(lms, admin, "1", longest).reason == longest


def test_giving_a_place_keeps_the_name_and_a_name_keeps_the_place(lms: Lms, admin: Claims) -> None:
    uuid = issuing.school(lms, admin).uuid
    issuing.name_school(lms, admin, name="Nomsa's school")
    issuing.name_school(lms, admin, url="https://school.example/")
    expected = Issuer(uuid, "Nomsa's school", "https://school.example")
    assert issuing.school(lms, admin) == expected
    issuing.name_school(lms, admin, name="Zola's school")
    assert issuing.school(lms, admin) == replace(expected, name="Zola's school")


def test_what_was_awarded_when_is_told_in_utc() -> None:
    moment = datetime(2026, 11, 22, 12, 0, 0, 999_999, tzinfo=UTC)
    assert badge.to_iso(moment) == "2026-11-22T12:00:00Z"
    assert badge.from_iso("2026-11-22T14:00:00+02:00") == datetime(2026, 11, 22, 12, tzinfo=UTC)
