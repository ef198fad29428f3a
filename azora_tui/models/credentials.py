"""Plain values about certificates. Times are aware UTC datetimes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

Document = Mapping[str, Any]
"""A credential as the standard writes it (JSON), without its proof."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a holder lets a certificate show: a pseudonym instead of the account's name, the e-mail's salted hash."""

    pseudonym: str | None = None
    with_email: bool = True


@dataclass(frozen=True, slots=True)
class Issuer:
    """A school as it calls itself; `url` is where it publishes its documents, None where it has no domain."""

    uuid: str
    name: str
    url: str | None


@dataclass(frozen=True, slots=True)
class IssuerKey:
    """The public half of a key that signs, or once signed, certificates."""

    id: int
    did: str
    created_at: datetime
    retired_at: datetime | None
    handover: str | None


@dataclass(frozen=True, slots=True)
class Work:
    """A completed lesson, as a certificate tells of it; `best` (percent) is None where it has no quiz or none was
    finished."""

    title: str
    completed_at: datetime
    best: int | None


@dataclass(frozen=True, slots=True)
class Credential:
    """A certificate as it is kept; `jwt` is the credential itself."""

    id: int
    uuid: str
    enrollment_id: int
    user_id: int
    course_id: int
    course_title: str
    instructor: str
    issued_at: datetime
    revoked_at: datetime | None
    reason: str | None
    replaced: bool
    jwt: str


@dataclass(frozen=True, slots=True)
class MyCredentials:
    """A learner's certificates, newest first; `waiting` courses are completed but could not be certified yet, for the
    reason `why`."""

    credentials: tuple[Credential, ...]
    waiting: int = 0
    why: str = ""


@dataclass(frozen=True, slots=True)
class TreeHead:
    """The state of the log after its first `size` entries, as it was signed."""

    size: int
    root: bytes
    at: datetime
    jwt: str


class Outcome(Enum):
    """What a check came to; the value is the word a person reads."""

    OK = "holds"
    FAILED = "fails"
    UNKNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at, and what was found, as a sentence."""

    name: str
    outcome: Outcome
    sentence: str


@dataclass(frozen=True, slots=True)
class VerificationReport:
    """Everything that was checked about one file; `document` is what it says, once its signature holds."""

    checks: tuple[Check, ...]
    document: Document | None = None

    @property
    def holds(self) -> bool:
        return bool(self.checks) and all(check.outcome is Outcome.OK for check in self.checks)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on a certificate, wherever it is drawn; every text is one clean line.

    `reference` is what its QR code says: its id and the beginning of its fingerprint.
    """

    title: str
    holder: str
    issuer: str
    awarded: datetime
    outcomes: tuple[str, ...]
    fingerprint: str
    reference: str
    language: str
