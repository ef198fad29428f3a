"""The school's append-only log: what was issued and revoked, in a Merkle tree whose head is signed after each step."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import Any

from azora_tui.data import credentials
from azora_tui.data.transaction import Transaction
from azora_tui.errors import NotFoundError, RefusedError
from azora_tui.lms.credentials import jws, merkle
from azora_tui.lms.credentials.badge import to_iso
from azora_tui.lms.credentials.keys import Signer
from azora_tui.lms.service import Lms
from azora_tui.models.credentials import TreeHead
from azora_tui.times import to_text

GROWTH = "AzoraLogGrowth"


@dataclass(frozen=True, slots=True)
class LogEntry:
    """An entry of the log, and the path that proves that it is there."""

    number: int
    text: str
    path: tuple[bytes, ...]


def issued_entry(uuid: str, jwt: str, now: datetime) -> str:
    """Says of a certificate no more than its id and digest: nobody learns from the log who earned what."""
    return _entry(type="issued", credential=f"urn:uuid:{uuid}", sha256=digest(jwt), at=to_iso(now))


def revoked_entry(uuid: str, reason: str, now: datetime) -> str:
    return _entry(type="revoked", credential=f"urn:uuid:{uuid}", reason=reason, at=to_iso(now))


def digest(jwt: str) -> str:
    """A certificate's fingerprint: SHA-256 of what is signed in it, as hexadecimal digits."""
    return sha256(jws.signed_part(jwt)).hexdigest()


def append(lms: Lms, transaction: Transaction, signer: Signer, entries: Sequence[tuple[int, str]]) -> TreeHead:
    """Add (credential id, entry) each, and sign the new head, within the caller's transaction."""
    node = partial(credentials.log_node, transaction)
    size = credentials.log_size(transaction)
    for credential_id, entry in entries:
        nodes = merkle.appended(node, size, entry.encode())
        credentials.add_log_entry(transaction, number=size, credential_id=credential_id, entry=entry, nodes=nodes)
        size += 1
    before = credentials.head(transaction)
    # The log's own time never goes back, though a computer's clock may.
    at = lms.now() if before is None else max(lms.now(), before.at)
    root = merkle.root(node, size)
    payload = {
        "iss": signer.did,
        "iat": int(at.timestamp()),
        "size": size,
        "root": root.hex(),
    }
    head = TreeHead(size, root, at, jws.sign(signer.private, payload, typ=jws.TREE_HEAD))
    credentials.save_head(transaction, head, at=to_text(at))
    return head


def head(lms: Lms) -> TreeHead | None:
    """The latest head; None while nothing was issued. It is public."""
    with lms.database.read() as transaction:
        return credentials.head(transaction)


def entries_of(transaction: Transaction, credential_id: int, size: int) -> tuple[LogEntry, ...]:
    """What the first `size` entries say of a certificate, each with its proof."""
    node = partial(credentials.log_node, transaction)
    return tuple(
        LogEntry(number, text, tuple(merkle.inclusion(node, number, size)))
        for number, text in credentials.log_entries_of(transaction, credential_id)
        if number < size
    )


def consistency(lms: Lms, since: int) -> dict[str, Any]:
    """The document that proves that the log of today begins with the `since` entries of an earlier head.

    It is public. Raises `NotFoundError` while the log is empty, `RefusedError` for a size that it never had.
    """
    with lms.database.read() as transaction:
        latest = credentials.head(transaction)
        if latest is None:
            raise NotFoundError("log_empty")
        if not 0 < since <= latest.size:
            raise RefusedError("log_size_out_of_range", size=latest.size)
        node = partial(credentials.log_node, transaction)
        return {
            "type": GROWTH,
            "earlier": {"size": since, "root": merkle.root(node, since).hex()},
            "head": latest.jwt,
            "proof": [each.hex() for each in merkle.consistency(node, since, latest.size)],
        }


def as_line(head: TreeHead) -> str:
    """The one line that a school can print in a newspaper or anchor on any chain."""
    return f"azora-log {head.size} {head.root.hex()} {to_iso(head.at)}"


def _entry(**fields: str) -> str:
    return json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
