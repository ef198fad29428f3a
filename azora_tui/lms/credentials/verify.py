"""Checking a certificate: with nothing but the file, no account and no database.

What is not in the file can be given beside it: whose keys are known, public documents of schools, and, where the
certificate is of this very school, what its own records say.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from azora_tui.errors import CertificateFileError
from azora_tui.formats import baking
from azora_tui.lms.credentials import badge, documents, jws, log, merkle, status
from azora_tui.lms.credentials.did import fingerprint, in_groups, jwk_of
from azora_tui.models.credentials import Check, Document, Outcome, VerificationReport
from azora_tui.text import clean
from azora_tui.wording.dates import day
from azora_tui.wording.numbers import counted

MAX_LENGTH = 16 * 1024 * 1024
"""Bytes of a file that is looked at."""
CLOCK_SKEW = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Record:
    """What the issuing school's own database says of a certificate."""

    number: int
    revoked_at: datetime | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """What a file holds: a certificate, what it says for reading, and what came with it."""

    token: str = ""
    said: Document | None = None
    school: Document | None = None
    log: tuple[Any, ...] = ()
    consistency: Document | None = None


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the person who checks brings along.

    `issuers` maps the fingerprints of keys to what their owners are known as; `schools` are public documents.
    """

    issuers: Mapping[str, str] = field(default_factory=dict)
    schools: Sequence[Document] = ()
    record: Callable[[str, str], Record | None] = lambda uuid, digest: None


def parse_file(content: bytes) -> ParsedFile:
    """What is in a JWT, a JSON file, a bundle, a school's documents, or a PNG or SVG with a certificate baked in.

    Raises `ValueError`, whose words a person can read.
    """
    if len(content) > MAX_LENGTH:
        raise CertificateFileError("certificate_file_too_large")
    if content.startswith(baking.PNG_START):
        return ParsedFile(baking.unbake_png(content))
    if content.startswith(b"%PDF-"):
        raise CertificateFileError("certificate_file_is_pdf")
    try:
        text = content.decode("utf-8").removeprefix("\ufeff").strip()
    except ValueError:
        raise CertificateFileError("certificate_file_foreign") from None
    if not text:
        raise CertificateFileError("certificate_file_empty")
    if text.startswith("<"):
        return ParsedFile(baking.unbake_svg(text))
    if not text.startswith("{"):
        return ParsedFile(text)
    try:
        document = jws.read_json(text)
    except ValueError:
        raise CertificateFileError("certificate_file_damaged") from None
    match document:
        case {"type": documents.CERTIFICATE, "jwt": str(token), "credential": dict(said)}:
            return ParsedFile(token, said=said)
        case {"type": documents.BUNDLE, "jwt": str(token), "school": dict(school), "log": list(entries)}:
            return ParsedFile(token, school=school, log=tuple(entries))
        case {"type": documents.SCHOOL}:
            return ParsedFile(school=document)
        case {"type": documents.GROWTH}:
            return ParsedFile(consistency=document)
    raise CertificateFileError("certificate_json_unknown")


def refused(sentence: str) -> VerificationReport:
    """The report on a file in which `parse_file` found nothing, for the reason that it gave."""
    return VerificationReport((Check("File", Outcome.FAILED, sentence),))


def verify(held: ParsedFile, *, now: datetime, knowledge: Knowledge | None = None) -> VerificationReport:
    """Everything that can be checked about a certificate, or about the growth of a log, as sentences."""
    knowledge = knowledge or Knowledge()
    schools = [*([held.school] if held.school else []), *knowledge.schools]
    successors = _successors(schools)
    known = _known(knowledge.issuers, successors)
    if held.consistency is not None:
        return _growth(held.consistency, known)
    try:
        opened = jws.verify_token(held.token)
        document = _shaped(opened.payload)
        if held.said is not None and held.said != document:
            raise jws.JwsError("readable_part_differs")
    except jws.JwsError as error:
        return VerificationReport((Check("Signature", Outcome.FAILED, str(error)),))
    uuid, digest = str(document["id"]).removeprefix("urn:uuid:"), log.digest(held.token)
    record = knowledge.record(uuid, digest)
    signers = _signers(opened.did, successors, known)
    logged, revoked_in_log = _logged(held, schools, signers, (document["id"], digest), record)
    return VerificationReport(
        (
            Check("Signature", Outcome.OK, "What it says is exactly what was signed (ES256)."),
            _issuer(document, opened, known),
            _dates(document, now),
            revoked_in_log or _revocation(document, schools, signers, now, record),
            logged,
        ),
        document,
    )


def _shaped(payload: dict[str, Any]) -> dict[str, Any]:
    """The credential in a payload, if both say the same and it is an Open Badge; else a `JwsError`."""
    document = badge.document_of(payload)
    try:
        subject = document["credentialSubject"]
        achieved = subject["achievement"]
        texts = [document["id"], document["issuer"]["id"], subject["id"], achieved["name"], document["name"]]
        start = badge.from_iso(document["validFrom"])
        end = badge.from_iso(document["validUntil"]) if "validUntil" in document else None
        is_badge = "OpenBadgeCredential" in document["type"] or "AchievementCredential" in document["type"]
        is_badge = is_badge and isinstance(achieved["criteria"], dict) and all(isinstance(each, str) for each in texts)
        if "awardedDate" in document:
            badge.from_iso(document["awardedDate"])
    except (KeyError, TypeError, ValueError, OverflowError):
        is_badge = False
    if not is_badge:
        raise jws.JwsError("not_a_certificate")
    claims = (payload.get("iss"), payload.get("jti"), payload.get("sub"), payload.get("nbf"), payload.get("exp"))
    stamps = int(start.timestamp()), None if end is None else int(end.timestamp())
    if claims != (document["issuer"]["id"], document["id"], subject["id"], *stamps):
        raise jws.JwsError("certificate_contradicts_itself")
    return document


def _issuer(document: Document, opened: jws.VerifiedToken, known: Mapping[str, str]) -> Check:
    said, name = document["issuer"]["id"], badge.issuer_of(document)
    digits = fingerprint(opened.key)
    if said.startswith("did:"):
        try:
            bound = jwk_of(said) == opened.key
        except (ValueError, RecursionError):
            bound = False
        if not bound:
            return Check(
                "Issuer",
                Outcome.FAILED,
                f"It names an issuer whose key did not sign it. Do not believe that {name} did.",
            )
    if digits in known:
        return Check("Issuer", Outcome.OK, f"Known here as {clean(known[digits], keep_newlines=False)}.")
    where = "" if said.startswith("did:") else f" It says that its keys are published beside {clean(said)}."
    return Check(
        "Issuer",
        Outcome.UNKNOWN,
        f"It calls itself {name}, which anybody can. Ask the school for the fingerprint of its key, and compare: "
        f"{in_groups(digits)}.{where}",
    )


def _dates(document: Document, now: datetime) -> Check:
    start = badge.from_iso(document["validFrom"])
    end = badge.from_iso(document["validUntil"]) if "validUntil" in document else None
    if start > now + CLOCK_SKEW:
        return Check(
            "Dates",
            Outcome.FAILED,
            f"Not valid yet: it begins on {_moment(start)}, and this computer's clock says {_moment(now)}. "
            "If the clock is wrong, set it right.",
        )
    if end is not None and end <= now:
        return Check("Dates", Outcome.FAILED, f"Expired on {_moment(end)}.")
    until = f" until {day(end)}" if end else ", without an end"
    return Check("Dates", Outcome.OK, f"Valid since {day(start)}{until}.")


def _revocation(
    document: Document,
    schools: Iterable[Document],
    signers: Callable[[str], bool],
    now: datetime,
    record: Record | None,
) -> Check:
    if record is not None:
        if record.revoked_at is not None:
            return _revoked(f" on {day(record.revoked_at)}", record.reason)
        return Check("Revocation", Outcome.OK, f"Not revoked as of {day(now)}, by this school's own records.")
    if "credentialStatus" not in document:
        return Check("Revocation", Outcome.OK, "Its issuer keeps no list of revoked certificates.")
    entry = document["credentialStatus"]
    lists = [found for school in schools for found in _status_lists(school, entry, signers, now)]
    if not lists:
        return Check(
            "Revocation",
            Outcome.UNKNOWN,
            "It came without its issuer's list of revoked certificates. Ask for a bundle, or give the school's "
            "documents (school.json) too.",
        )
    as_of, encoded, place = max(lists)
    try:
        revoked = status.is_revoked(encoded, place)
    except ValueError:
        return Check("Revocation", Outcome.UNKNOWN, "The list of revoked certificates that came with it is damaged.")
    if revoked:
        return _revoked(f" as of {day(as_of)}", None)
    return Check("Revocation", Outcome.OK, f"Not revoked as of {_moment(as_of)}.")


def _revoked(when: str, reason: str | None) -> Check:
    why = f" The reason: {clean(reason, keep_newlines=False)}" if reason else ""
    return Check("Revocation", Outcome.FAILED, f"Revoked{when}.{why}")


def _status_lists(
    school: Document, entry: Any, signers: Callable[[str], bool], now: datetime
) -> Iterable[tuple[datetime, str, int]]:
    """(as of, bits, place) of each list of the certificate's issuer that it is in."""
    tokens = school.get("statusLists")
    for token in tokens if isinstance(tokens, list) else []:
        try:
            opened = jws.verify_token(token if isinstance(token, str) else "")
            found, as_of = opened.payload, badge.from_iso(opened.payload["validFrom"])
            subject = found["credentialSubject"]
            wanted = (entry["statusListCredential"], entry["statusPurpose"], entry["statusMessage"])
            place = int(entry["statusListIndex"])
            same = wanted == (found["id"], subject["statusPurpose"], badge.MESSAGES)
            encoded = subject["encodedList"]
        except (KeyError, TypeError, ValueError, OverflowError):
            continue
        if same and signers(opened.did) and as_of <= now + CLOCK_SKEW and isinstance(encoded, str):
            yield as_of, encoded, place


def _logged(
    held: ParsedFile,
    schools: Iterable[Document],
    signers: Callable[[str], bool],
    what: tuple[str, str],
    record: Record | None,
) -> tuple[Check, Check | None]:
    """Whether the certificate is in its issuer's log, and its revocation where that is there too."""
    if record is not None:
        return Check("Log", Outcome.OK, f"Entry {record.number + 1} of this school's own log."), None
    if not held.log:
        return Check("Log", Outcome.UNKNOWN, "It came without a proof that it is in its issuer's log."), None
    whose = ""
    for school in schools:
        try:
            opened = jws.verify_token(school["head"], typ=jws.TREE_HEAD)
            size, root = opened.payload["size"], bytes.fromhex(opened.payload["root"])
            as_of = datetime.fromtimestamp(opened.payload["iat"], UTC)
            entries = [_entry(each, size, root) for each in held.log]
        except (jws.JwsError, KeyError, TypeError, ValueError, OverflowError, OSError, AttributeError):
            continue
        if not signers(opened.did):
            whose = (
                f" That log is signed with another key, {in_groups(fingerprint(opened.key))}. Only if the school says "
                "that this key is its own too, `azora-tui certificates trust` both by one name."
            )
            continue
        issued = [
            number for number, entry in entries if _says(entry, "issued", what[0]) and entry.get("sha256") == what[1]
        ]
        revoked = [
            entry for _, entry in entries if (entry.get("type"), entry.get("credential")) == ("revoked", what[0])
        ]
        if issued:
            words = f"Entry {issued[0] + 1} of {size} in its issuer's log, as signed on {_moment(as_of)}."
            found = _revoked(_on_its_day(revoked[0]), str(revoked[0].get("reason"))) if revoked else None
            return Check("Log", Outcome.OK, words), found
    words = f"The proof that came with it does not lead to its issuer's signed log.{whose}"
    return Check("Log", Outcome.FAILED, words), None


def _on_its_day(entry: Document) -> str:
    try:
        return f" on {day(badge.from_iso(entry.get('at')))}"
    except (ValueError, OverflowError):
        return ""


def _says(entry: Document, what: str, uri: str) -> bool:
    return (entry.get("type"), entry.get("credential")) == (what, uri)


def _entry(kept: Any, size: object, root: bytes) -> tuple[int, dict[str, Any]]:
    """(number, what it says) of an entry whose path leads to the root; raises `ValueError` for any other."""
    number, text, path = kept["number"], kept["entry"], [bytes.fromhex(each) for each in kept["path"]]
    leaf = merkle.leaf_hash(text.encode())
    if type(number) is not int or type(size) is not int or not merkle.includes(leaf, number, size, path, root):
        raise ValueError("not in the log")
    entry = jws.read_json(text)
    if not isinstance(entry, dict):
        raise ValueError("not an entry")
    return number, entry


def _growth(document: Document, known: Mapping[str, str]) -> VerificationReport:
    try:
        opened = jws.verify_token(document["head"], typ=jws.TREE_HEAD)
        size, root = opened.payload["size"], bytes.fromhex(opened.payload["root"])
        before, earlier_root = document["earlier"]["size"], bytes.fromhex(document["earlier"]["root"])
        proof = [bytes.fromhex(each) for each in document["proof"]]
        holds = type(before) is type(size) is int and merkle.extends(before, size, proof, earlier_root, root)
    except jws.JwsError as error:
        return VerificationReport((Check("Signature", Outcome.FAILED, str(error)),))
    except (KeyError, TypeError, ValueError, AttributeError):
        return VerificationReport((Check("Signature", Outcome.FAILED, "This proof is damaged."),))
    digits = fingerprint(opened.key)
    issuer = (
        Check("Issuer", Outcome.OK, f"Known here as {clean(known[digits], keep_newlines=False)}.")
        if digits in known
        else Check("Issuer", Outcome.UNKNOWN, f"Compare the fingerprint of the school's key: {in_groups(digits)}.")
    )
    log_check = (
        Check(
            "Log",
            Outcome.OK,
            f"The log of {counted(size, 'entry', 'entries')} begins, unchanged, with the {before:,} whose root was "
            f"{earlier_root.hex()}.",
        )
        if holds
        else Check("Log", Outcome.FAILED, "The proof does not show that the log only grew. Something was rewritten.")
    )
    return VerificationReport(
        (Check("Signature", Outcome.OK, "The head of the log is signed (ES256)."), issuer, log_check)
    )


def _successors(schools: Iterable[Document]) -> dict[str, set[str]]:
    """Which key each key has itself named as the one after it, by their DIDs."""
    found: dict[str, set[str]] = {}
    for school in schools:
        keys = school.get("keys")
        for key in keys if isinstance(keys, list) else []:
            try:
                opened = jws.verify_token(key["handover"], typ=jws.HANDOVER)
                successor = opened.payload["sub"]
                jwk_of(successor)
            except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
                continue
            if opened.payload.get("iss") == opened.did:
                found.setdefault(opened.did, set()).add(successor)
    return found


def _reachable(did: str, successors: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [did]
    while waiting:
        for each in successors.get(waiting.pop(), ()):
            if each not in found:
                found.add(each)
                waiting.append(each)
    return found


def _signers(did: str, successors: Mapping[str, set[str]], known: Mapping[str, str]) -> Callable[[str], bool]:
    """Tells which keys speak for the school whose key this is: that one, those that come after it by its own word, and
    those that are known by the same name, for a key that was lost could name none."""
    own = {did, *_reachable(did, successors)}
    name = known.get(fingerprint(jwk_of(did)))
    return lambda other: other in own or (name is not None and known.get(fingerprint(jwk_of(other))) == name)


def _known(issuers: Mapping[str, str], successors: Mapping[str, set[str]]) -> dict[str, str]:
    """The keys that are known, and those that they have named as the ones after them."""
    known = dict(issuers)
    for did in successors:
        name = issuers.get(fingerprint(jwk_of(did)))
        if name is not None:
            known |= {fingerprint(jwk_of(each)): name for each in _reachable(did, successors)}
    return known | dict(issuers)


def _moment(moment: datetime) -> str:
    return badge.to_iso(moment).replace("T", " ").removesuffix("Z") + " UTC"
