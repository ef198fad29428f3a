"""Which certificates are revoked, as a W3C Bitstring Status List (https://www.w3.org/TR/vc-bitstring-status-list/)."""

import zlib
from collections.abc import Iterable
from datetime import datetime
from gzip import compress
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from azora_tui.lms.credentials.badge import PURPOSE, to_iso
from azora_tui.lms.credentials.did import from_base64url, to_base64url
from azora_tui.models.credentials import Issuer

ROOM = 131_072
"""Certificates in one list: the fewest that the standard allows, so that none is told from the others by its length."""
_MAX_BYTES = 8 * 1024 * 1024


def address(issuer: Issuer, number: int) -> str:
    """The URI of a school's status list, the same whichever key signs it; the list travels with the school's
    documents."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'{issuer.uuid}/status/{number}')}"


def document(address: str, issuer: dict[str, Any], revoked: Iterable[int], *, now: datetime) -> dict[str, Any]:
    """The list as a credential of its own; `revoked` are places in it."""
    return {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": {name: value for name, value in issuer.items() if name in ("id", "name")},
        "validFrom": to_iso(now),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": PURPOSE,
            "encodedList": encoded(revoked),
        },
    }


def encoded(revoked: Iterable[int]) -> str:
    """The bits, the first leftmost, compressed and written as multibase base64url."""
    bits = bytearray(ROOM // 8)
    for place in revoked:
        bits[place // 8] |= 0x80 >> place % 8
    return "u" + to_base64url(compress(bytes(bits), mtime=0))


def is_revoked(encoded_list: object, place: int) -> bool:
    """The bit at a place; raises `ValueError` for a list that is damaged, too short, or grows beyond measure."""
    if not isinstance(encoded_list, str) or not encoded_list.startswith("u"):
        raise ValueError("not a multibase base64url list")
    unpacking = zlib.decompressobj(wbits=31)
    try:
        bits = unpacking.decompress(from_base64url(encoded_list[1:]), _MAX_BYTES)
    except zlib.error as error:
        raise ValueError("not a compressed list") from error
    if not unpacking.eof or len(bits) < ROOM // 8 or not 0 <= place < len(bits) * 8:
        raise ValueError("not a whole list")
    return bool(bits[place // 8] & 0x80 >> place % 8)
