"""Statements on certificates, the keys that sign them, and the log of both."""

from collections.abc import Iterable
from typing import Any

from azora_tui.data.courses import MAX_ID
from azora_tui.data.transaction import Transaction, one, rows, value, values
from azora_tui.models.credentials import Credential, Issuer, IssuerKey, Shown, TreeHead, Work
from azora_tui.times import from_text, from_text_or_none

_CREDENTIAL = """
    SELECT credentials.id, credentials.uuid, credentials.enrollment_id, enrollments.user_id, enrollments.course_id,
        courses.title AS course_title, courses.instructor, credentials.issued_at, credentials.revoked_at,
        credentials.reason, credentials.replaced, credentials.jwt
    FROM credentials
    JOIN enrollments ON enrollments.id = credentials.enrollment_id
    JOIN courses ON courses.id = enrollments.course_id
"""
_KEY = "SELECT id, did, created_at, retired_at, handover FROM issuer_keys"


def issuer(transaction: Transaction) -> Issuer | None:
    row = one(transaction, "SELECT uuid, name, url FROM issuer")
    return None if row is None else Issuer(row.uuid, row.name, row.url)


def save_issuer(transaction: Transaction, issuer: Issuer) -> None:
    transaction.execute(
        """
        INSERT INTO issuer (id, uuid, name, url) VALUES (1, :uuid, :name, :url)
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, url = excluded.url
        """,
        {"uuid": issuer.uuid, "name": issuer.name, "url": issuer.url},
    )


def key_in_use(transaction: Transaction) -> IssuerKey | None:
    row = one(transaction, f"{_KEY} WHERE retired_at IS NULL")
    return None if row is None else _key(row)


def keys(transaction: Transaction) -> list[IssuerKey]:
    """Every key that ever signed here, oldest first."""
    return [_key(row) for row in rows(transaction, f"{_KEY} ORDER BY created_at, id")]


def add_key(transaction: Transaction, *, did: str, now: str) -> int:
    key_id: int = value(
        transaction,
        "INSERT INTO issuer_keys (did, created_at) VALUES (:did, :now) RETURNING id",
        {"did": did, "now": now},
    )
    return key_id


def retire_key(transaction: Transaction, key_id: int, *, handover: str | None, now: str) -> None:
    transaction.execute(
        "UPDATE issuer_keys SET retired_at = :now, handover = :handover WHERE id = :id",
        {"id": key_id, "handover": handover, "now": now},
    )


def next_status_index(transaction: Transaction) -> int:
    index: int = value(transaction, "SELECT COALESCE(MAX(status_index) + 1, 0) FROM credentials")
    return index


def insert_credential(
    transaction: Transaction,
    *,
    uuid: str,
    enrollment_id: int,
    key_id: int,
    status_index: int,
    jwt: str,
    now: str,
) -> int:
    credential_id: int = value(
        transaction,
        """
        INSERT INTO credentials (uuid, enrollment_id, key_id, status_index, jwt, issued_at)
        VALUES (:uuid, :enrollment_id, :key_id, :status_index, :jwt, :now)
        RETURNING id
        """,
        {
            "uuid": uuid,
            "enrollment_id": enrollment_id,
            "key_id": key_id,
            "status_index": status_index,
            "jwt": jwt,
            "now": now,
        },
    )
    return credential_id


def set_revoked(transaction: Transaction, credential_id: int, *, reason: str, replaced: bool = False, now: str) -> None:
    transaction.execute(
        "UPDATE credentials SET revoked_at = :now, reason = :reason, replaced = :replaced WHERE id = :id",
        {"id": credential_id, "reason": reason, "replaced": int(replaced), "now": now},
    )


def credential_by_id(transaction: Transaction, credential_id: int) -> Credential | None:
    if not 0 < credential_id <= MAX_ID:
        return None
    row = one(transaction, f"{_CREDENTIAL} WHERE credentials.id = :id", {"id": credential_id})
    return None if row is None else _credential(row)


def credential_by_uuid(transaction: Transaction, uuid: str) -> Credential | None:
    row = one(transaction, f"{_CREDENTIAL} WHERE credentials.uuid = :uuid", {"uuid": uuid})
    return None if row is None else _credential(row)


def credential_of(transaction: Transaction, enrollment_id: int) -> Credential | None:
    """The certificate of an enrollment, be it revoked; not one that another has replaced."""
    row = one(
        transaction,
        f"{_CREDENTIAL} WHERE credentials.enrollment_id = :id AND credentials.replaced = 0",
        {"id": enrollment_id},
    )
    return None if row is None else _credential(row)


def credentials_of(transaction: Transaction, user_id: int) -> list[Credential]:
    """A learner's certificates, newest first, without those that others have replaced."""
    found = rows(
        transaction,
        f"""
        {_CREDENTIAL} WHERE enrollments.user_id = :user_id AND credentials.replaced = 0
        ORDER BY credentials.issued_at DESC, credentials.status_index DESC
        """,
        {"user_id": user_id},
    )
    return [_credential(row) for row in found]


def uncertified(transaction: Transaction, user_id: int) -> list[int]:
    """The courses that a learner has completed without a certificate of it."""
    return values(
        transaction,
        """
        SELECT course_id FROM enrollments
        WHERE user_id = :user_id AND completed_at IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM credentials WHERE credentials.enrollment_id = enrollments.id AND credentials.replaced = 0
        )
        ORDER BY completed_at, uuid
        """,
        {"user_id": user_id},
    )


def revoked_indexes(transaction: Transaction, *, first: int, last: int) -> list[int]:
    return values(
        transaction,
        """
        SELECT status_index FROM credentials
        WHERE revoked_at IS NOT NULL AND status_index BETWEEN :first AND :last
        """,
        {"first": first, "last": last},
    )


def work_done(transaction: Transaction, enrollment_id: int) -> list[Work]:
    """The lessons that an enrollment has completed, in the course's order, those out of view now too."""
    found = rows(
        transaction,
        """
        SELECT lessons.title, mine.completed_at,
            (
                SELECT MAX(score) FROM attempts
                WHERE attempts.enrollment_id = mine.enrollment_id AND attempts.lesson_id = mine.lesson_id
            ) AS best
        FROM lesson_progress AS mine
        JOIN lessons ON lessons.id = mine.lesson_id
        WHERE mine.enrollment_id = :id AND mine.completed = 1
        ORDER BY lessons.order_index, lessons.id
        """,
        {"id": enrollment_id},
    )
    return [Work(row.title, from_text(row.completed_at), row.best) for row in found]


def choice(transaction: Transaction, user_id: int) -> Shown:
    row = one(
        transaction,
        "SELECT pseudonym, with_email FROM credential_choices WHERE user_id = :user_id",
        {"user_id": user_id},
    )
    return Shown() if row is None else Shown(row.pseudonym, bool(row.with_email))


def save_choice(transaction: Transaction, user_id: int, shown: Shown) -> None:
    transaction.execute(
        """
        INSERT INTO credential_choices (user_id, pseudonym, with_email) VALUES (:user_id, :pseudonym, :with_email)
        ON CONFLICT (user_id) DO UPDATE SET pseudonym = excluded.pseudonym, with_email = excluded.with_email
        """,
        {"user_id": user_id, "pseudonym": shown.pseudonym, "with_email": int(shown.with_email)},
    )


def log_size(transaction: Transaction) -> int:
    size: int = value(transaction, "SELECT COALESCE(MAX(number) + 1, 0) FROM log_entries")
    return size


def log_node(transaction: Transaction, level: int, position: int) -> bytes:
    hash_: bytes = value(
        transaction,
        "SELECT hash FROM log_nodes WHERE level = :level AND position = :position",
        {"level": level, "position": position},
    )
    return hash_


def add_log_entry(
    transaction: Transaction,
    *,
    number: int,
    credential_id: int,
    entry: str,
    nodes: Iterable[tuple[int, int, bytes]],
) -> None:
    transaction.execute(
        "INSERT INTO log_entries (number, credential_id, entry) VALUES (:number, :credential_id, :entry)",
        {"number": number, "credential_id": credential_id, "entry": entry},
    )
    transaction.executemany(
        "INSERT INTO log_nodes (level, position, hash) VALUES (:level, :position, :hash)",
        ({"level": level, "position": position, "hash": hash_} for level, position, hash_ in nodes),
    )


def log_entries_of(transaction: Transaction, credential_id: int) -> list[tuple[int, str]]:
    """(number, entry) of all that the log says of a certificate, oldest first."""
    return rows(
        transaction,
        "SELECT number, entry FROM log_entries WHERE credential_id = :id ORDER BY number",
        {"id": credential_id},
    )


def save_head(transaction: Transaction, head: TreeHead, *, at: str) -> None:
    transaction.execute(
        "INSERT INTO log_heads (size, root, at, jwt) VALUES (:size, :root, :at, :jwt)",
        {"size": head.size, "root": head.root, "at": at, "jwt": head.jwt},
    )


def head(transaction: Transaction) -> TreeHead | None:
    """The latest head that was signed."""
    row = one(transaction, "SELECT size, root, at, jwt FROM log_heads ORDER BY size DESC LIMIT 1")
    return None if row is None else TreeHead(row.size, row.root, from_text(row.at), row.jwt)


def _key(row: Any) -> IssuerKey:
    return IssuerKey(
        row.id, row.did, from_text(row.created_at), from_text_or_none(row.retired_at), handover=row.handover
    )


def _credential(row: Any) -> Credential:
    return Credential(
        id=row.id,
        uuid=row.uuid,
        enrollment_id=row.enrollment_id,
        user_id=row.user_id,
        course_id=row.course_id,
        course_title=row.course_title,
        instructor=row.instructor,
        issued_at=from_text(row.issued_at),
        revoked_at=from_text_or_none(row.revoked_at),
        reason=row.reason,
        replaced=bool(row.replaced),
        jwt=row.jwt,
    )
