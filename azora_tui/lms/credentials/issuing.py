"""Issuing a certificate in the transaction that completes the course, once for each enrollment, and revoking it."""

from dataclasses import replace
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from azora_tui.data import courses, credentials, enrollments, locks
from azora_tui.data.transaction import Transaction
from azora_tui.errors import FieldError, NotFoundError, RefusedError
from azora_tui.lms.credentials import badge, jws, log, status
from azora_tui.lms.credentials.did import fingerprint, jwk_of
from azora_tui.lms.credentials.keys import KeyUnavailableError, Signer, require_admin, signer
from azora_tui.lms.service import Lms, check_claims
from azora_tui.lms.teaching.access import teaches
from azora_tui.models.accounts import Claims
from azora_tui.models.courses import Course
from azora_tui.models.credentials import Credential, Issuer, MyCredentials, Shown
from azora_tui.models.enrollments import Enrollment
from azora_tui.text import clean

SCHOOL_NAME = "Azora"
MAX_LENGTH = 300
"""Characters of a name that a certificate shows, and of the reason why one is revoked."""
_OTHER_NAME = "Replaced: its holder chose what the new one shows."


def issue(lms: Lms, transaction: Transaction, claims: Claims, course: Course, enrollment: Enrollment) -> Credential:
    """The certificate of an enrollment, issued now where it has none yet, within the caller's transaction.

    `claims` are its learner's. Raises `RefusedError` where the course was not completed, `KeyUnavailableError`.
    """
    existing = credentials.credential_of(transaction, enrollment.id)
    if existing is not None:
        return existing
    if enrollment.completed_at is None:
        raise RefusedError("course_not_completed", course=course.title)
    made_by = signer(lms, transaction)
    return _issue(lms, transaction, claims, course, enrollment, made_by=made_by)


def issue_or_wait(
    lms: Lms, transaction: Transaction, claims: Claims, course: Course, enrollment: Enrollment
) -> Credential | None:
    """`issue`, or None where the key cannot sign now: completing a course never fails because of its certificate."""
    try:
        return issue(lms, transaction, claims, course, enrollment)
    except KeyUnavailableError:
        return None


def mine(lms: Lms, claims: Claims) -> MyCredentials:
    """The learner's certificates; those of courses that were complete before are issued now."""
    check_claims(lms, claims)
    with lms.database.read() as transaction:
        if not credentials.uncertified(transaction, claims.user_id):
            return MyCredentials(tuple(credentials.credentials_of(transaction, claims.user_id)))
    waiting, why = 0, ""
    with lms.database.write(locks.SCHOOL) as transaction:
        for course_id in credentials.uncertified(transaction, claims.user_id):
            course = courses.course_by_id(transaction, course_id)
            enrollment = enrollments.enrollment_of(transaction, user_id=claims.user_id, course_id=course_id)
            assert course is not None  # foreign keys hold
            assert enrollment is not None
            try:
                issue(lms, transaction, claims, course, enrollment)
            except KeyUnavailableError as error:
                waiting, why = waiting + 1, str(error)
        return MyCredentials(tuple(credentials.credentials_of(transaction, claims.user_id)), waiting, why)


def find(lms: Lms, claims: Claims, word: str) -> Credential:
    """The learner's own certificate by its number or its UUID. Raises `NotFoundError`."""
    check_claims(lms, claims)
    with lms.database.read() as transaction:
        found = _by_word(transaction, word)
    if found is None or found.user_id != claims.user_id:
        raise NotFoundError("certificate_not_yours", word=word)
    return found


def show_as(lms: Lms, claims: Claims, credential_id: int, shown: Shown) -> Credential:
    """Reissue a certificate that shows this of its holder, as every later one will; the old one is revoked.

    One transaction. Raises `NotFoundError`, `RefusedError`, `FieldError("pseudonym")`, `KeyUnavailableError`.
    """
    check_claims(lms, claims)
    shown = replace(shown, pseudonym=checked_pseudonym(shown.pseudonym))
    with lms.database.write(locks.SCHOOL) as transaction:
        found = credentials.credential_by_id(transaction, credential_id)
        if found is None or found.user_id != claims.user_id:
            raise NotFoundError("certificate_missing")
        if found.revoked_at is not None:
            raise RefusedError("certificate_revoked")
        course = courses.course_by_id(transaction, found.course_id)
        enrollment = enrollments.enrollment_of(transaction, user_id=claims.user_id, course_id=found.course_id)
        assert course is not None  # foreign keys hold
        assert enrollment is not None
        credentials.save_choice(transaction, claims.user_id, shown)
        made_by = signer(lms, transaction)
        _revoke(lms, transaction, made_by, found, _OTHER_NAME, replaced=True)
        return _issue(lms, transaction, claims, course, enrollment, made_by=made_by)


def choice(lms: Lms, claims: Claims) -> Shown:
    """What the learner's certificates show of them."""
    check_claims(lms, claims)
    with lms.database.read() as transaction:
        return credentials.choice(transaction, claims.user_id)


def revoke(lms: Lms, claims: Claims, word: str, reason: str) -> Credential:
    """Revoke a certificate for a reason that everybody may read; done twice it changes nothing.

    An admin revokes any, an instructor those of the courses that they teach. Raises `NotFoundError`, `RefusedError`,
    `FieldError("reason")`, `KeyUnavailableError`.
    """
    check_claims(lms, claims)
    reason = " ".join(clean(reason).split())
    if not 0 < len(reason) <= MAX_LENGTH:
        raise FieldError("reason", "reason_length", maximum=MAX_LENGTH)
    if claims.role == "learner":
        raise RefusedError("revoke_not_allowed")
    with lms.database.write(locks.SCHOOL) as transaction:
        found = _by_word(transaction, word)
        if found is None:
            raise NotFoundError("certificate_unknown", word=word)
        if not teaches(transaction, claims, found.course_id):
            raise RefusedError("revoke_not_own_course")
        if found.revoked_at is None:
            _revoke(lms, transaction, signer(lms, transaction), found, reason)
        revoked = credentials.credential_by_id(transaction, found.id)
    assert revoked is not None  # found in this transaction
    return revoked


def school(lms: Lms, claims: Claims) -> Issuer:
    """What this school calls itself on certificates."""
    check_claims(lms, claims)
    with lms.database.write(locks.SCHOOL) as transaction:
        return issuer_here(lms, transaction)


def name_school(lms: Lms, claims: Claims, *, name: str | None = None, url: str | None = None) -> Issuer:
    """Give the school another name or, with `url`, its place on the web; "" takes that away again.

    It holds for certificates issued from now on. Raises `RefusedError`, `FieldError("name")`, `FieldError("url")`.
    """
    check_claims(lms, claims)
    require_admin(claims)
    with lms.database.write(locks.SCHOOL) as transaction:
        issuer = issuer_here(lms, transaction)
        if name is not None:
            name = " ".join(clean(name).split())
            if not 0 < len(name) <= MAX_LENGTH:
                raise FieldError("name", "school_name_length", maximum=MAX_LENGTH)
            issuer = replace(issuer, name=name)
        if url is not None:
            if url and not _is_https(url):
                raise FieldError("url", "url_invalid")
            issuer = replace(issuer, url=url.rstrip("/") or None)
        credentials.save_issuer(transaction, issuer)
    return issuer


def issuer_here(lms: Lms, transaction: Transaction) -> Issuer:
    """What this school calls itself, within the caller's write transaction."""
    issuer = credentials.issuer(transaction)
    if issuer is None:
        issuer = Issuer(lms.new_id(), SCHOOL_NAME, None)
        credentials.save_issuer(transaction, issuer)
    return issuer


def profile(issuer: Issuer, did: str) -> dict[str, Any]:
    """The issuer as a certificate names it: by its key, or by the place on the web where its keys are published."""
    if issuer.url is None:
        return {"id": did, "type": ["Profile"], "name": issuer.name}
    return {"id": f"{issuer.url}/issuer.json", "type": ["Profile"], "name": issuer.name, "url": issuer.url}


def key_address(issuer: Issuer, did: str) -> str:
    """Where a school with a domain publishes a key (JWK)."""
    return f"{issuer.url}/keys/{fingerprint(jwk_of(did))}.json" if issuer.url else ""


def checked_pseudonym(text: str | None) -> str | None:
    if text is None:
        return None
    text = " ".join(clean(text).split())
    if not 0 < len(text) <= MAX_LENGTH:
        raise FieldError("pseudonym", "pseudonym_length", maximum=MAX_LENGTH)
    return text


def _issue(
    lms: Lms, transaction: Transaction, claims: Claims, course: Course, enrollment: Enrollment, *, made_by: Signer
) -> Credential:
    assert enrollment.completed_at is not None  # every caller has looked; the database refuses it otherwise
    issuer = issuer_here(lms, transaction)
    index = credentials.next_status_index(transaction)
    shown = credentials.choice(transaction, claims.user_id)
    uuid, now = lms.new_id(), lms.now()
    document = badge.document(
        uuid=uuid,
        subject=f"urn:uuid:{lms.new_id()}",
        issuer=profile(issuer, made_by.did),
        holder=badge.identifiers(claims, shown, salt=lms.new_id()),
        achieved=badge.achievement(
            course, enrollment.completed_version or course.version, f"urn:uuid:{uuid5(NAMESPACE_URL, issuer.uuid)}"
        ),
        work=credentials.work_done(transaction, enrollment.id),
        completed_at=enrollment.completed_at,
        now=now,
        status=badge.Status(status.address(issuer, index // status.ROOM), index % status.ROOM),
    )
    jwt = jws.sign(made_by.private, badge.claims_of(document), kid=key_address(issuer, made_by.did))
    credential_id = credentials.insert_credential(
        transaction,
        uuid=uuid,
        enrollment_id=enrollment.id,
        key_id=made_by.id,
        status_index=index,
        jwt=jwt,
        now=lms.now_text(),
    )
    log.append(lms, transaction, made_by, [(credential_id, log.issued_entry(uuid, jwt, now))])
    issued = credentials.credential_by_id(transaction, credential_id)
    assert issued is not None  # inserted in this transaction
    return issued


def _revoke(
    lms: Lms, transaction: Transaction, made_by: Signer, found: Credential, reason: str, *, replaced: bool = False
) -> None:
    credentials.set_revoked(transaction, found.id, reason=reason, replaced=replaced, now=lms.now_text())
    log.append(lms, transaction, made_by, [(found.id, log.revoked_entry(found.uuid, reason, lms.now()))])


def _by_word(transaction: Transaction, word: str) -> Credential | None:
    word = word.strip().removeprefix("urn:uuid:")
    if word.isascii() and word.isdecimal() and len(word) < 20:
        return credentials.credential_by_id(transaction, int(word))
    return credentials.credential_by_uuid(transaction, word.lower()) if word.isascii() else None


def _is_https(url: str) -> bool:
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return bool(
        parts.scheme == "https" and parts.hostname and clean(url, keep_newlines=False) == url and " " not in url
    )
