"""A certificate as Open Badges 3.0 on Verifiable Credentials 2.0 writes it (https://www.imsglobal.org/spec/ob/v3p0)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from azora_tui.models.accounts import Claims
from azora_tui.models.courses import Course
from azora_tui.models.credentials import Document, Shown, Work
from azora_tui.text import clean
from azora_tui.wording.dates import day

CONTEXTS = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",  # defines the type of `credentialSchema`
]
TYPES = ["VerifiableCredential", "OpenBadgeCredential"]
PURPOSE = "message"
"""Of the list of those revoked. What has the purpose `revocation` validators fetch at once, and refuse a certificate
where they cannot: a school without a place on the web could issue none. The list travels with its documents instead,
and says the same as one of the standard's messages."""
MESSAGES = [{"status": "0x0", "message": "valid"}, {"status": "0x1", "message": "revoked"}]
SCHEMA = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"

_CAN = "Who has completed it can:"
_LANGUAGE = re.compile(r"[a-z]{2,4}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
"""What the standard's schema takes for one; a course may have come with "English"."""


@dataclass(frozen=True, slots=True)
class Status:
    """Where a certificate stands in the list of those revoked."""

    list: str
    index: int


def achievement(course: Course, version: str, school: str) -> dict[str, Any]:
    """What a course stands for; `school` is the URI of its issuer."""
    lines = [f"Every required lesson of the course, in its version {version}, is completed."]
    if course.outcomes:
        lines += ["", _CAN, "", *(f"- {' '.join(outcome.split())}" for outcome in course.outcomes)]
    if course.licence:
        lines += ["", f"The course's material is licensed under {course.licence}."]
    return {
        "id": f"urn:uuid:{uuid5(NAMESPACE_URL, f'{school}#{course.slug}@{version}')}",
        "type": ["Achievement"],
        "achievementType": "Course",
        "name": _line(course.title),
        "description": _line(course.description) or _line(course.title),
        "criteria": {"narrative": "\n".join(lines)},
        **({"inLanguage": course.language} if _LANGUAGE.fullmatch(course.language) else {}),
        "version": version,
        **({"tag": [_line(tag) for tag in course.tags]} if course.tags else {}),
    }


def identifiers(claims: Claims, shown: Shown, salt: str) -> list[dict[str, Any]]:
    """How a certificate names its holder: as they are shown, and their e-mail as `sha256$` of it and the salt."""
    name = {
        "type": "IdentityObject",
        "hashed": False,
        "identityHash": _line(shown.pseudonym or claims.name),
        "identityType": "name",
    }
    email = {
        "type": "IdentityObject",
        "hashed": True,
        "identityHash": f"sha256${sha256((claims.email + salt).encode()).hexdigest()}",
        "identityType": "emailAddress",
        "salt": salt,
    }
    return [name, email] if shown.with_email else [name]


def document(
    *,
    uuid: str,
    subject: str,
    issuer: dict[str, Any],
    holder: Sequence[dict[str, Any]],
    achieved: dict[str, Any],
    work: Sequence[Work],
    completed_at: datetime,
    now: datetime,
    status: Status,
) -> dict[str, Any]:
    """The credential; `subject` is a URI for this one alone, so that two do not tell that they are of one person."""
    return {
        "@context": CONTEXTS,
        "id": f"urn:uuid:{uuid}",
        "type": TYPES,
        "name": achieved["name"],
        "issuer": issuer,
        "validFrom": to_iso(now),
        "awardedDate": to_iso(completed_at),
        "credentialSubject": {
            "id": subject,
            "type": ["AchievementSubject"],
            "identifier": list(holder),
            "achievement": achieved,
        },
        "evidence": [{"type": ["Evidence"], "name": _line(each.title), "narrative": _narrative(each)} for each in work],
        "credentialSchema": [{"id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}],
        "credentialStatus": {
            "id": f"{status.list}#{status.index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": PURPOSE,
            "statusListIndex": str(status.index),
            "statusListCredential": status.list,
            "statusMessage": MESSAGES,
        },
    }


def claims_of(document: Document) -> dict[str, Any]:
    """The payload of the VC-JWT: the credential, and the registered claims that Open Badges 3.0 asks for beside it."""
    return {
        "iss": document["issuer"]["id"],
        "jti": document["id"],
        "sub": document["credentialSubject"]["id"],
        "nbf": int(from_iso(document["validFrom"]).timestamp()),
        **document,
    }


def document_of(claims: Document) -> dict[str, Any]:
    """The credential within a VC-JWT's payload."""
    return {name: value for name, value in claims.items() if name not in ("iss", "jti", "sub", "nbf", "exp", "iat")}


def holder_of(document: Document) -> str:
    """The name that a certificate shows."""
    for each in _objects(document["credentialSubject"].get("identifier")):
        if each.get("identityType") == "name" and not each.get("hashed"):
            return _line(str(each.get("identityHash", "")))
    return ""


def outcomes_of(document: Document) -> list[str]:
    """What its holder can do, as `achievement` wrote it down."""
    narrative = str(document["credentialSubject"]["achievement"]["criteria"].get("narrative", ""))
    _, found, after = narrative.partition(f"{_CAN}\n\n")
    return [_line(line[2:]) for line in after.split("\n\n")[0].split("\n") if line.startswith("- ")] if found else []


def title_of(document: Document) -> str:
    return _line(str(document["credentialSubject"]["achievement"]["name"]))


def issuer_of(document: Document) -> str:
    """What the issuer calls itself."""
    issuer = document["issuer"]
    return _line(str(issuer.get("name") or issuer["id"]))


def evidence_of(document: Document) -> list[tuple[str, str]]:
    """(lesson, what was done in it)."""
    return [
        (_line(str(each.get("name", ""))), _line(str(each.get("narrative", ""))))
        for each in _objects(document.get("evidence"))
    ]


def awarded(document: Document) -> datetime:
    return from_iso(document.get("awardedDate") or document["validFrom"])


def to_iso(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def from_iso(text: object) -> datetime:
    """Raises `ValueError` for what is not a time with its zone."""
    if not isinstance(text, str):
        raise ValueError("not a time")
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a time without its zone")
    return moment.astimezone(UTC)


def _narrative(work: Work) -> str:
    done = f"Completed on {day(work.completed_at)}."
    return done if work.best is None else f"{done} Best score in its quiz: {work.best} %."


def _objects(value: object) -> Iterator[dict[str, Any]]:
    many = value if isinstance(value, list) else [value]
    return (each for each in many if isinstance(each, dict))


def _line(text: str) -> str:
    return clean(text, keep_newlines=False).strip()
