"""What a school makes public so that its certificates can be checked without it, and the files that a holder takes.

Every document is JSON whose `type` says what it is; whatever has to be believed in it is signed.
"""

import json
from typing import Any

from azora_tui.data import credentials, locks
from azora_tui.data.transaction import Transaction
from azora_tui.lms.credentials import badge, jws, log, status
from azora_tui.lms.credentials.did import fingerprint, from_base64url, in_groups, jwk_of
from azora_tui.lms.credentials.issuing import find, issuer_here, profile
from azora_tui.lms.credentials.keys import Signer, signer
from azora_tui.lms.service import Lms, check_admin_or_owner
from azora_tui.models.accounts import Claims
from azora_tui.models.credentials import Credential, Issuer, IssuerKey, Sheet

CERTIFICATE = "AzoraCertificate"
BUNDLE = "AzoraCertificateBundle"
SCHOOL = "AzoraSchool"
GROWTH = log.GROWTH


def readable(credential: Credential) -> dict[str, Any]:
    """A certificate decoded for reading, with the signed one inside."""
    return {"type": CERTIFICATE, "credential": contents(credential), "jwt": credential.jwt}


def contents(credential: Credential) -> dict[str, Any]:
    """What a certificate of this school's own database says."""
    return badge.document_of(json.loads(from_base64url(credential.jwt.split(".")[1])))


def sheet(credential: Credential) -> Sheet:
    """What stands on a certificate when it is drawn."""
    document, digest = contents(credential), log.digest(credential.jwt)
    return Sheet(
        title=badge.title_of(document),
        holder=badge.holder_of(document),
        issuer=badge.issuer_of(document),
        awarded=badge.awarded(document),
        outcomes=tuple(badge.outcomes_of(document)),
        fingerprint=in_groups(digest, 32),
        # In capitals a QR code needs fewer modules.
        reference=f"URN:UUID:{credential.uuid} SHA256:{digest[:32]}".upper(),
        language=str(document["credentialSubject"]["achievement"].get("inLanguage", "en")),
    )


def bundle(lms: Lms, claims: Claims, word: str) -> dict[str, Any]:
    """A certificate with all that checking it needs: the list of those revoked as of now, and its proofs in the log.

    Raises `NotFoundError`, `KeyUnavailableError`.
    """
    found = find(lms, claims, word)
    address = contents(found)["credentialStatus"]["statusListCredential"]
    with lms.database.write(locks.SCHOOL) as transaction:
        public = _public(lms, transaction, only=address)
        head = credentials.head(transaction)
        assert head is not None  # something was issued
        entries = log.entries_of(transaction, found.id, head.size)
    return {
        "type": BUNDLE,
        "jwt": found.jwt,
        "log": [
            {"number": entry.number, "entry": entry.text, "path": [each.hex() for each in entry.path]}
            for entry in entries
        ],
        "school": public,
    }


def website(lms: Lms, claims: Claims | None) -> dict[str, Any]:
    """What a school with a domain publishes, by file name: text as it is, anything else as JSON.

    For an admin, or, without claims, for the operating-system owner of the database file. Raises `SessionError`,
    `RefusedError`, `KeyUnavailableError`.
    """
    check_admin_or_owner(lms, claims, "publish_needs_admin_or_owner")
    with lms.database.write(locks.SCHOOL) as transaction:
        school = _public(lms, transaction)
        issuer, keys = issuer_here(lms, transaction), credentials.keys(transaction)
        head = credentials.head(transaction)
    jwks = [{**jwk_of(key.did), "kid": fingerprint(jwk_of(key.did)), "alg": jws.ALGORITHM} for key in keys]
    files: dict[str, Any] = {
        "issuer.json": {"@context": badge.CONTEXTS, **profile(issuer, keys[-1].did)},
        "jwks.json": {"keys": jwks},
        "school.json": school,
    }
    files |= {f"keys/{jwk['kid']}.json": jwk for jwk in jwks}
    files |= {f"status-{number}.jwt": token + "\n" for number, token in enumerate(school["statusLists"])}
    return files | ({} if head is None else {"log-head.txt": log.as_line(head) + "\n"})


def _public(lms: Lms, transaction: Transaction, only: str | None = None) -> dict[str, Any]:
    """`only` is the address of the one status list that is wanted."""
    made_by = signer(lms, transaction)
    issuer = issuer_here(lms, transaction)
    head = credentials.head(transaction)
    return {
        "type": SCHOOL,
        "issuer": profile(issuer, made_by.did),
        "keys": [_key(key) for key in credentials.keys(transaction)],
        "statusLists": _status_lists(lms, transaction, issuer, made_by, only),
        "head": None if head is None else head.jwt,
    }


def _key(key: IssuerKey) -> dict[str, Any]:
    return {
        "id": key.did,
        "fingerprint": fingerprint(jwk_of(key.did)),
        "from": badge.to_iso(key.created_at),
        "until": None if key.retired_at is None else badge.to_iso(key.retired_at),
        "handover": key.handover,
    }


def _status_lists(lms: Lms, transaction: Transaction, issuer: Issuer, made_by: Signer, only: str | None) -> list[str]:
    lists = []
    for number in range((credentials.next_status_index(transaction) - 1) // status.ROOM + 1):
        address, first = status.address(issuer, number), number * status.ROOM
        if only in (None, address):
            revoked = credentials.revoked_indexes(transaction, first=first, last=first + status.ROOM - 1)
            document = status.document(
                address, profile(issuer, made_by.did), (index - first for index in revoked), now=lms.now()
            )
            payload = {
                "iss": document["issuer"]["id"],
                "jti": address,
                "sub": document["credentialSubject"]["id"],
                "nbf": int(lms.now().timestamp()),
            }
            lists.append(jws.sign(made_by.private, payload | document))
    return lists
