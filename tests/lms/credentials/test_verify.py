"""What a stranger can check, and every forgery that is refused, in words."""

import base64
import json
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from azora_tui.formats import baking
from azora_tui.lms.credentials import badge, documents, exporting, issuing, jws, keys, log, status, verify
from azora_tui.lms.credentials import trusted_issuers as known
from azora_tui.lms.credentials.did import did_of, fingerprint, from_base64url, jwk_of, to_base64url
from azora_tui.lms.service import Lms
from azora_tui.models.accounts import Claims
from azora_tui.models.credentials import Outcome, VerificationReport
from tests.conftest import NOW, Clock
from tests.lms.credentials.conftest import Finish

ClaimsOf = Callable[..., Claims]


def checked(content: str | bytes | dict[str, Any], now: Any = NOW, **knowledge: Any) -> VerificationReport:
    """The report on a file, as `certificate verify` makes it."""
    if isinstance(content, dict):
        content = json.dumps(content, ensure_ascii=False)
    try:
        held = verify.parse_file(content.encode() if isinstance(content, str) else content)
    except ValueError as error:
        return verify.refused(str(error))
    return verify.verify(held, now=now, knowledge=verify.Knowledge(**knowledge))


def outcomes(report: VerificationReport) -> dict[str, Outcome]:
    return {check.name: check.outcome for check in report.checks}


def says(report: VerificationReport, name: str) -> str:
    return next(check.sentence for check in report.checks if check.name == name)


def refused(report: VerificationReport, *words: str) -> None:
    """Its signature, or what it is, is refused in these words."""
    [check] = report.checks
    assert check.outcome is Outcome.FAILED
    for word in words:
        assert word in check.sentence
    assert not report.holds
    assert report.document is None


@pytest.fixture
def admin(claims: ClaimsOf) -> Claims:
    return claims(9, role="admin")


@pytest.fixture
def token(finish: Finish, claims: ClaimsOf) -> str:
    return finish(claims()).jwt


@pytest.fixture
def trusted(lms: Lms, admin: Claims, token: str) -> dict[str, str]:
    return {fingerprint(jwk_of(keys.did_in_use(lms, admin))): "Nomsa's school"}


@pytest.fixture
def bundle(lms: Lms, claims: ClaimsOf, token: str) -> dict[str, Any]:
    return documents.bundle(lms, claims(), "1")


@pytest.fixture
def key() -> ec.EllipticCurvePrivateKey:
    """Somebody's own key."""
    return ec.generate_private_key(ec.SECP256R1())


def payload_of(token: str) -> dict[str, Any]:
    payload: dict[str, Any] = json.loads(from_base64url(token.split(".")[1]))
    return payload


def encoded(value: object) -> str:
    return to_base64url(json.dumps(value).encode())


def test_a_bundle_of_a_known_issuer_holds_in_every_point(bundle: dict[str, Any], trusted: dict[str, str]) -> None:
    report = checked(bundle, issuers=trusted)
    assert outcomes(report) == dict.fromkeys(["Signature", "Issuer", "Dates", "Revocation", "Log"], Outcome.OK)
    assert report.holds
    assert says(report, "Issuer") == "Known here as Nomsa's school."
    assert says(report, "Revocation") == "Not revoked as of 2026-11-22 12:00:00 UTC."
    assert says(report, "Log").startswith("Entry 1 of 1 in its issuer's log")
    assert report.document is not None
    assert badge.holder_of(report.document) == "Learner 1"


def test_an_unknown_issuer_is_told_by_its_fingerprint(bundle: dict[str, Any], trusted: dict[str, str]) -> None:
    report = checked(bundle)
    assert outcomes(report)["Issuer"] is Outcome.UNKNOWN
    assert not report.holds
    [digits] = trusted
    assert digits in says(report, "Issuer").replace(" ", "")


def test_a_token_alone_says_what_it_cannot_prove(token: str, trusted: dict[str, str]) -> None:
    report = checked(token, issuers=trusted)
    assert [each.outcome for each in report.checks] == [
        Outcome.OK, Outcome.OK, Outcome.OK, Outcome.UNKNOWN, Outcome.UNKNOWN,
    ]  # fmt: skip
    assert not report.holds


def test_the_issuing_school_knows_its_own(lms: Lms, token: str, admin: Claims, trusted: dict[str, str]) -> None:
    own = {"issuers": known.own_keys(lms), "record": lambda uuid, digest: known.record(lms, uuid, digest)}
    report = checked(token, **own)
    assert report.holds
    assert "Azora, the school on this computer" in says(report, "Issuer")
    issuing.revoke(lms, admin, "1", "Issued by mistake")
    report = checked(token, **own)
    assert says(report, "Revocation") == "Revoked on 22 November 2026. The reason: Issued by mistake"
    assert outcomes(report)["Revocation"] is Outcome.FAILED


def test_a_readable_file_holds_what_was_signed(lms: Lms, claims: ClaimsOf, token: str, trusted: dict[str, str]) -> None:
    readable = documents.readable(issuing.find(lms, claims(), "1"))
    assert outcomes(checked(readable, issuers=trusted))["Signature"] is Outcome.OK
    readable["credential"]["name"] = "Rocket Science"
    refused(checked(readable, issuers=trusted), "readable part says something else")


def test_revoked(lms: Lms, admin: Claims, claims: ClaimsOf, token: str, trusted: dict[str, str]) -> None:
    issuing.revoke(lms, admin, "1", "Issued by mistake")
    report = checked(documents.bundle(lms, claims(), "1"), issuers=trusted)
    assert outcomes(report)["Revocation"] is Outcome.FAILED
    assert says(report, "Revocation") == "Revoked on 22 November 2026. The reason: Issued by mistake"
    report = checked(token, issuers=trusted, schools=[documents.website(lms, admin)["school.json"]])
    assert says(report, "Revocation") == "Revoked as of 22 November 2026."


def test_the_newest_list_counts_and_one_from_the_future_does_not(
    lms: Lms, admin: Claims, token: str, trusted: dict[str, str], clock: Clock
) -> None:
    before = documents.website(lms, admin)["school.json"]
    clock.advance(days=1)
    issuing.revoke(lms, admin, "1", "Why")
    after = documents.website(lms, admin)["school.json"]
    for schools in ([before, after], [after, before]):
        report = checked(token, clock(), issuers=trusted, schools=schools)
        assert outcomes(report)["Revocation"] is Outcome.FAILED
    report = checked(token, issuers=trusted, schools=[after])
    assert outcomes(report)["Revocation"] is Outcome.UNKNOWN


def test_not_yet_valid_and_expired(
    lms: Lms, token: str, trusted: dict[str, str], admin: Claims, monkeypatch: pytest.MonkeyPatch
) -> None:
    early = checked(token, NOW - timedelta(days=1), issuers=trusted)
    assert outcomes(early)["Dates"] is Outcome.FAILED
    assert "Not valid yet" in says(early, "Dates")
    assert "clock" in says(early, "Dates")
    assert outcomes(checked(token, NOW - timedelta(seconds=30)))["Dates"] is Outcome.OK

    with lms.database.write() as transaction:
        private = keys.signer(lms, transaction).private
    ends = badge.document_of(payload_of(token)) | {"validUntil": "2026-12-01T00:00:00Z"}
    stamped = {**badge.claims_of(ends), "exp": int(badge.from_iso(ends["validUntil"]).timestamp())}
    ended = jws.sign(private, stamped)
    assert says(checked(ended), "Dates") == "Valid since 22 November 2026 until 1 December 2026."
    late = checked(ended, NOW + timedelta(days=30), issuers=trusted)
    assert says(late, "Dates") == "Expired on 2026-12-01 00:00:00 UTC."
    assert outcomes(late)["Dates"] is Outcome.FAILED
    refused(checked(jws.sign(private, {**stamped, "exp": stamped["exp"] + 9})), "contradicts itself")
    refused(checked(jws.sign(private, {**stamped, "nbf": 0})), "contradicts itself")
    refused(checked(jws.sign(private, {"iss": "x"})), "not a certificate")


@pytest.mark.parametrize("alg", ["none", "None", "nOnE"])
@pytest.mark.parametrize("signature", ["", "AAAA"])
def test_algorithm_none_is_refused(token: str, alg: str, signature: str) -> None:
    header, payload, _ = token.split(".")
    changed = encoded({**json.loads(from_base64url(header)), "alg": alg})
    refused(checked(f"{changed}.{payload}.{signature}"), "no signature")


def test_the_public_key_is_no_secret(token: str, trusted: dict[str, str]) -> None:
    header, payload, _ = token.split(".")
    jwk = json.loads(from_base64url(header))["jwk"]
    public = jwt.PyJWK(jwk, "ES256").key
    pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    import hmac

    for secret in (pem, json.dumps(jwk).encode(), from_base64url(jwk["x"])):
        head = encoded({"alg": "HS256", "typ": "JWT", "jwk": jwk})
        signed = f"{head}.{payload}"
        tag = to_base64url(hmac.new(secret, signed.encode(), sha256).digest())
        refused(checked(f"{signed}.{tag}", issuers=trusted), "not signed with ES256")


def test_a_foreign_jwk_is_refused(token: str, key: ec.EllipticCurvePrivateKey, trusted: dict[str, str]) -> None:
    """Signed by somebody, with their key in the header, in the name of the issuer."""
    report = checked(jws.sign(key, payload_of(token)), issuers=trusted)
    assert outcomes(report)["Issuer"] is Outcome.FAILED
    assert "whose key did not sign it" in says(report, "Issuer")
    theirs = {fingerprint(jws.jwk_of_private(key)): "Somebody"}
    assert outcomes(checked(jws.sign(key, payload_of(token)), issuers=theirs))["Issuer"] is Outcome.FAILED


def test_somebody_s_own_certificate_in_the_name_of_another_is_an_unknown_issuer_s(
    token: str, key: ec.EllipticCurvePrivateKey, trusted: dict[str, str]
) -> None:
    document = badge.document_of(payload_of(token))
    document["issuer"] = {**document["issuer"], "id": did_of(jws.jwk_of_private(key)), "name": "Nomsa's school"}
    report = checked(jws.sign(key, badge.claims_of(document)), issuers=trusted)
    assert outcomes(report)["Issuer"] is Outcome.UNKNOWN
    document["issuer"] = {**document["issuer"], "id": "https://school.example/issuer.json"}
    report = checked(jws.sign(key, badge.claims_of(document)), issuers=trusted)
    assert outcomes(report)["Issuer"] is Outcome.UNKNOWN
    assert "https://school.example/issuer.json" in says(report, "Issuer")


def test_a_swapped_payload_is_refused(token: str, finish: Finish, claims: ClaimsOf) -> None:
    other = finish(claims(2)).jwt
    mine, theirs = token.split("."), other.split(".")
    refused(checked(".".join([mine[0], theirs[1], mine[2]])), "does not match")
    payload = payload_of(token)
    payload["credentialSubject"]["identifier"][0]["identityHash"] = "Somebody Else"
    refused(checked(".".join([mine[0], encoded(payload), mine[2]])), "does not match")


HEADERS = [
    {"jwk": None}, {"jwk": {"kty": "oct", "k": "AAAA"}}, {"typ": "azora-session+jwt"}, {"crit": ["x"]}, {"x5u": "https://x"},
    {"b64": False}, {"jwk": {"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"}},
    {"jwk": {"kty": "EC", "crv": "P-256", "x": to_base64url(bytes(32)), "y": to_base64url(bytes(32))}},
]  # fmt: skip


@pytest.mark.parametrize("change", HEADERS, ids=str)
def test_other_headers_are_refused(token: str, change: dict[str, Any]) -> None:
    header, payload, signature = token.split(".")
    changed = encoded({**json.loads(from_base64url(header)), **change})
    refused(checked(f"{changed}.{payload}.{signature}"))


def test_a_private_key_in_the_header_is_refused(token: str, key: ec.EllipticCurvePrivateKey) -> None:
    jwk = {**jws.jwk_of_private(key), "d": "AAAA"}
    refused(checked(jwt.encode(payload_of(token), key, "ES256", headers={"jwk": jwk})), "no public key")


GARBAGE: list[bytes] = [
    b"", b" ", b"{", b"{}", b"[]", b"null", b"a.b.c", b"a.b", b"\xff\xfe", b"<svg/>", b"<svg>", b"\x89PNG\r\n\x1a\n",
    b"{" * 100_000, b"[" * 100_000, b'{"type": "AzoraCertificate"}', b'{"type": "AzoraCertificateBundle", "jwt": 1}',
    b'{"type": "AzoraCertificateBundle", "jwt": "x", "school": {}, "log": []}', b'{"type": "AzoraLogGrowth"}',
    b'{"type": "AzoraLogGrowth", "head": 1, "earlier": 2, "proof": 3}', b"eyJhbGciOiJFUzI1NiJ9.e30.", b"." * 9_000,
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\x00IEND\xaeB`\x82",
]  # fmt: skip


@pytest.mark.parametrize("content", GARBAGE, ids=lambda each: repr(each[:40]))
def test_what_is_no_certificate_is_refused_in_words(content: bytes) -> None:
    refused(checked(content))


def test_a_file_that_is_empty_or_a_pdf_is_told_what_it_is() -> None:
    refused(checked(b""), "empty")
    refused(checked(b"%PDF-1.7\n"), "PDF", "certificate.jwt")


def test_a_name_that_stands_twice_is_refused(lms: Lms, claims: ClaimsOf, token: str) -> None:
    """One reader takes the first, another the last: a person would read something else than what was checked."""
    readable = json.dumps(documents.readable(issuing.find(lms, claims(), "1")))
    refused(checked(readable.replace('"credential":', '"credential": {"name": "Rocket Science"}, "credential":', 1)))
    twice = json.dumps(payload_of(token)).replace('"name":', '"name": "Rocket Science", "name":', 1)
    header = encoded({"alg": "ES256", "typ": "JWT", "jwk": jws.jwk_of_private(FUZZ_KEY)})
    signed = f"{header}.{to_base64url(twice.encode())}"
    signature = jwt.get_algorithm_by_name("ES256").sign(signed.encode(), FUZZ_KEY)
    refused(checked(f"{signed}.{to_base64url(signature)}"), "two things under one name")


@given(st.binary(max_size=300))
def test_nothing_makes_it_raise(content: bytes) -> None:
    assert not checked(content).holds
    refused(checked(to_base64url(content) + "." + to_base64url(content) + "." + to_base64url(content)))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
PLACES = [
    ("issuer",), ("issuer", "id"), ("issuer", "name"), ("id",), ("type",), ("validFrom",), ("validUntil",), ("awardedDate",),
    ("credentialSubject",), ("credentialSubject", "identifier"), ("credentialSubject", "achievement"),
    ("credentialSubject", "achievement", "criteria"), ("credentialSubject", "achievement", "name"), ("evidence",),
    ("credentialStatus",), ("credentialStatus", "statusListIndex"), ("credentialStatus", "statusListCredential"),
]  # fmt: skip
FUZZ_KEY = ec.derive_private_key(7, ec.SECP256R1())


@given(place=st.sampled_from(PLACES), value=json_values)
def test_what_an_issuer_signs_may_be_nonsense_and_nothing_raises(place: tuple[str, ...], value: object) -> None:
    document: Any = {
        "@context": [], "id": "urn:x", "type": ["OpenBadgeCredential"], "name": "N", "validFrom": "2026-11-22T12:00:00Z",
        "issuer": {"id": did_of(jws.jwk_of_private(FUZZ_KEY)), "type": ["Profile"]},
        "credentialSubject": {"id": "urn:y", "achievement": {"name": "A", "criteria": {"narrative": "C"}}},
        "credentialStatus": {
            "statusPurpose": badge.PURPOSE, "statusMessage": badge.MESSAGES,
            "statusListIndex": "0", "statusListCredential": "urn:l",
        },
        "evidence": [],
    }  # fmt: skip
    inner = document
    for name in place[:-1]:
        inner = inner[name]
    inner[place[-1]] = value
    stamps = {"iss": None, "jti": None, "sub": None, "nbf": int(NOW.timestamp())}
    for claim, at in (("iss", ("issuer", "id")), ("jti", ("id",)), ("sub", ("credentialSubject", "id"))):
        found: Any = document
        for name in at:
            found = found.get(name) if isinstance(found, dict) else None
        stamps[claim] = found
    try:
        signed = jws.sign(FUZZ_KEY, {**stamps, **document})
    except (TypeError, ValueError):
        return  # PyJWT signs no such claim
    report = checked(signed, schools=[{"statusLists": [signed], "keys": [value], "head": value}])
    if report.document is not None:
        badge.holder_of(report.document)
        badge.outcomes_of(report.document)
        badge.evidence_of(report.document)
        badge.title_of(report.document)
        badge.awarded(report.document)


def test_documents_of_others_prove_nothing(
    lms: Lms,
    token: str,
    bundle: dict[str, Any],
    trusted: dict[str, str],
    key: ec.EllipticCurvePrivateKey,
    admin: Claims,
) -> None:
    """A status list, a head and a handover that somebody else has signed."""
    issuing.revoke(lms, admin, "1", "Why")
    listed = badge.document_of(payload_of(bundle["school"]["statusLists"][0]))
    head = payload_of(bundle["school"]["head"])
    forged = {
        **bundle["school"],
        "statusLists": [jws.sign(key, listed)],
        "head": jws.sign(key, head, typ=jws.TREE_HEAD),
        "keys": [
            {"handover": jws.sign(key, {"iss": head["iss"], "sub": did_of(jws.jwk_of_private(key))}, typ=jws.HANDOVER)}
        ],
    }
    report = checked({**bundle, "school": forged}, issuers=trusted)
    assert outcomes(report)["Revocation"] is Outcome.UNKNOWN
    assert outcomes(report)["Log"] is Outcome.FAILED


@pytest.mark.parametrize("change", ["entry", "number", "path", "head", "other"])
def test_a_proof_that_does_not_lead_to_the_head_is_refused(
    lms: Lms, finish: Finish, claims: ClaimsOf, trusted: dict[str, str], change: str
) -> None:
    for number in (2, 3):
        finish(claims(number))
    bundle = documents.bundle(lms, claims(2), "2")
    [entry] = bundle["log"]
    if change == "entry":
        entry["entry"] = entry["entry"].replace("issued", "Issued")
    elif change == "number":
        entry["number"] = 0
    elif change == "path":
        entry["path"] = entry["path"][:-1]
    elif change == "head":
        bundle["school"]["head"] = None
    else:
        [bundle["log"][0]] = documents.bundle(lms, claims(3), "3")["log"]
    assert outcomes(checked(bundle, issuers=trusted))["Log"] is Outcome.FAILED


def test_a_changed_key_breaks_no_old_certificate(
    lms: Lms, finish: Finish, claims: ClaimsOf, admin: Claims, trusted: dict[str, str]
) -> None:
    """Who knows the first key believes the third: each has named the one after it."""
    keys.rotate(lms, admin)
    second = {fingerprint(jwk_of(keys.did_in_use(lms, admin))): "the second"}
    keys.rotate(lms, admin)
    finish(claims(2))
    for number in (1, 2):
        bundle = documents.bundle(lms, claims(number), str(number))
        assert checked(bundle, issuers=trusted).holds
    assert outcomes(checked(documents.bundle(lms, claims(1), "1"), issuers=second))["Issuer"] is Outcome.UNKNOWN, (
        "a key says nothing about the one before it"
    )


def test_after_a_lost_key_both_hold_for_who_knows_them_as_one_school(
    lms: Lms, finish: Finish, claims: ClaimsOf, admin: Claims, trusted: dict[str, str], token: str
) -> None:
    [file] = lms.paths.home.glob("issuer-key-*.pem")
    file.unlink()
    keys._opened.clear()
    keys.rotate(lms, admin)  # nobody is left to sign that the new key comes after the old one
    finish(claims(2))
    bundle = documents.bundle(lms, claims(), "1")
    other = fingerprint(jwk_of(keys.did_in_use(lms, admin)))
    report = checked(bundle, issuers=trusted)
    assert outcomes(report)["Log"] is Outcome.FAILED
    assert other in says(report, "Log").replace(" ", "")
    assert not checked(bundle, issuers={**trusted, other: "Another school"}).holds
    assert checked(bundle, issuers={**trusted, other: "Nomsa's school"}).holds


def test_the_growth_of_the_log_is_proved(
    lms: Lms, finish: Finish, claims: ClaimsOf, trusted: dict[str, str], key: ec.EllipticCurvePrivateKey
) -> None:
    before = log.head(lms)
    assert before is not None
    for number in range(2, 7):
        finish(claims(number))
    consistency = log.consistency(lms, 1)
    assert consistency["earlier"]["root"] == before.root.hex()
    report = checked(consistency, issuers=trusted)
    assert report.holds
    assert says(report, "Log").startswith("The log of 6 entries begins, unchanged, with the 1")
    assert outcomes(checked(consistency))["Issuer"] is Outcome.UNKNOWN
    for changed in (
        {**consistency, "proof": consistency["proof"][1:]},
        {**consistency, "earlier": {"size": 2, "root": consistency["earlier"]["root"]}},
        {**consistency, "earlier": {"size": 1, "root": "00" * 32}},
    ):
        assert outcomes(checked(changed, issuers=trusted))["Log"] is Outcome.FAILED
    refused(checked({**consistency, "head": consistency["head"][:-4]}))


def test_the_status_list_is_the_standard_s() -> None:
    bits = status.encoded([0, 9, status.ROOM - 1])
    assert bits.startswith("u")
    import gzip

    plain = gzip.decompress(base64.urlsafe_b64decode(bits[1:] + "=="))
    assert len(plain) == 16 * 1024
    assert (plain[0], plain[1], plain[-1]) == (0b1000_0000, 0b0100_0000, 1)
    assert [place for place in range(status.ROOM) if status.is_revoked(bits, place)] == [0, 9, status.ROOM - 1]
    bomb = "u" + to_base64url(gzip.compress(bytes(64 * 1024 * 1024)))
    for wrong in (None, "", "zAAAA", "uAAAA", "u" + to_base64url(gzip.compress(b"short")), bomb):
        with pytest.raises(ValueError, match="list"):
            status.is_revoked(wrong, 0)
    with pytest.raises(ValueError, match="list"):
        status.is_revoked(bits, status.ROOM)


def test_no_validator_is_sent_to_fetch_a_list_that_is_not_on_the_web(bundle: dict[str, Any], token: str) -> None:
    """The public one fetches at once what has the purpose `revocation`, and takes no certificate where it cannot."""
    entry = payload_of(token)["credentialStatus"]
    listed = payload_of(bundle["school"]["statusLists"][0])
    assert entry["type"] == "BitstringStatusListEntry"
    assert entry["statusListCredential"] == listed["id"]
    assert entry["statusPurpose"] == listed["credentialSubject"]["statusPurpose"] == "message"
    assert {each["status"]: each["message"] for each in entry["statusMessage"]} == {"0x0": "valid", "0x1": "revoked"}


def test_baked_into_a_picture_and_out_again(token: str, trusted: dict[str, str]) -> None:
    picture = baking.png([b"\0\1", b"\1\0"], [(0, 0, 0), (255, 255, 255)])
    for baked in (baking.bake_png(picture, token), baking.bake_png(baking.bake_png(picture, "a.b.c"), token)):
        assert baking.unbake_png(baked) == token
        assert outcomes(checked(baked, issuers=trusted))["Signature"] is Outcome.OK
    svg = baking.bake_svg('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0"/></svg>', token)
    assert outcomes(checked(svg, issuers=trusted))["Signature"] is Outcome.OK
    refused(checked(picture), "no certificate")
    refused(checked('<svg xmlns="http://www.w3.org/2000/svg"></svg>'), "no certificate")
    with pytest.raises(ValueError, match="SVG"):
        baking.bake_svg(svg, token)


CHANGES = 2_000
"""Changed bytes in each of the five forms."""


def changed_everywhere(content: bytes, number: int, seed: int) -> list[bytes]:
    """`content` with one byte changed, at places and to values of every kind."""
    rng = random.Random(seed)
    changed = []
    for _ in range(number):
        place = rng.randrange(len(content))
        byte = content[place] ^ (1 << rng.randrange(8)) if rng.random() < 0.5 else rng.randrange(256)
        changed.append(content[:place] + bytes([byte]) + content[place + 1 :])
    return [each for each in changed if each != content]


@pytest.mark.parametrize("form", ["jwt", "json", "bundle", "png", "svg"])
def test_one_changed_byte_is_rejected_or_decodes_to_the_same(
    lms: Lms, claims: ClaimsOf, token: str, trusted: dict[str, str], form: exporting.Form
) -> None:
    content = exporting.export(lms, claims(), "1", form)
    said = checked(content, issuers=trusted).document
    assert said is not None
    for changed in changed_everywhere(content, CHANGES, seed=5):
        report = checked(changed, issuers=trusted)
        assert report.document in (None, said)
        if form == "jwt" and changed.strip() != content:
            assert report.document is None, "there is one way to write a token"


def test_the_fingerprint_does_not_depend_on_how_it_was_signed(
    lms: Lms, token: str, key: ec.EllipticCurvePrivateKey
) -> None:
    assert log.digest(jws.sign(key, payload_of(token))) == log.digest(jws.sign(key, payload_of(token)))


def test_another_implementation_of_jose_takes_it(token: str) -> None:
    from joserfc import jwk, jws

    header = json.loads(from_base64url(token.split(".", maxsplit=1)[0]))
    found = jws.deserialize_compact(token, jwk.ECKey.import_key(header["jwk"]), algorithms=["ES256"])
    assert json.loads(found.payload) == payload_of(token)
    with pytest.raises(Exception, match="bad_signature"):
        jws.deserialize_compact(token[:-8] + "AAAAAAAA", jwk.ECKey.import_key(header["jwk"]), algorithms=["ES256"])


def test_a_did_is_its_key(token: str) -> None:
    issuer = payload_of(token)["iss"]
    assert did_of(jwk_of(issuer)) == issuer
    header = json.loads(from_base64url(token.split(".", maxsplit=1)[0]))
    assert header == {"alg": "ES256", "typ": "JWT", "jwk": jwk_of(issuer)}
    for wrong in (
        "did:key:x",
        "did:jwk:",
        "did:jwk:e30",
        "did:jwk:" + encoded({**jwk_of(issuer), "d": "x"}),
        "x" * 9_999,
    ):
        with pytest.raises(ValueError):  # noqa: PT011  # any reason is one
            jwk_of(wrong)


def test_a_replaced_certificate_is_revoked_for_strangers_too(
    lms: Lms, token: str, claims: ClaimsOf, admin: Claims, trusted: dict[str, str]
) -> None:
    from azora_tui.models.credentials import Shown

    made = issuing.show_as(lms, claims(), 1, Shown("River", with_email=False))
    school = documents.website(lms, admin)["school.json"]
    assert outcomes(checked(token, issuers=trusted, schools=[school]))["Revocation"] is Outcome.FAILED
    assert outcomes(checked(made.jwt, issuers=trusted, schools=[school]))["Revocation"] is Outcome.OK
    assert replace(made, jwt="").uuid not in token
