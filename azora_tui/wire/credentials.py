"""Certificates and the log as JSON."""

from azora_tui.models.credentials import Credential, Document, TreeHead, VerificationReport
from azora_tui.times import to_text
from azora_tui.wire.answers import Json, optional_time


def credential(mine: Credential, document: Document, fingerprint: str) -> Json:
    return {
        "id": mine.id,
        "uuid": mine.uuid,
        "course_id": mine.course_id,
        "title": document["name"],
        "issuer": document["issuer"],
        "identifier": document["credentialSubject"]["identifier"],
        "awarded": document["awardedDate"],
        "issued_at": to_text(mine.issued_at),
        "revoked_at": optional_time(mine.revoked_at),
        "reason": mine.reason,
        "fingerprint": fingerprint,
    }


def tree_head(head: TreeHead) -> Json:
    """`jwt` is the head as it was signed; `root` is hexadecimal."""
    return {"size": head.size, "root": head.root.hex(), "at": to_text(head.at), "jwt": head.jwt}


def report(file: str, found: VerificationReport) -> Json:
    return {
        "file": file,
        "holds": found.holds,
        "checks": [
            {"name": each.name.lower(), "outcome": each.outcome.name.lower(), "sentence": each.sentence}
            for each in found.checks
        ],
        "credential": found.document,
    }
