"""A certificate comes with the last required lesson: once, in the same transaction, and never without the work."""

import json
import stat
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest

from azora_tui.data import courses, credentials, enrollments, teachers
from azora_tui.data.transaction import ConstraintError
from azora_tui.errors import FieldError, NotFoundError, RefusedError, StorageError
from azora_tui.lms import enrolling, quizzes, reading
from azora_tui.lms.credentials import badge, documents, exporting, issuing, keys, log, merkle
from azora_tui.lms.credentials.did import fingerprint, jwk_of
from azora_tui.lms.installing import install
from azora_tui.lms.service import Lms
from azora_tui.models.accounts import Claims
from azora_tui.models.course_sources import CourseSource, LessonSource
from azora_tui.models.credentials import Shown
from azora_tui.paths import Paths
from tests.conftest import NOW, Clock
from tests.lms.credentials.conftest import Finish
from tests.told import told

ClaimsOf = Callable[..., Claims]
Ids = Callable[[int], dict[str, int]]


def rows(lms: Lms, sql: str) -> list[tuple[Any, ...]]:
    with lms.database.read() as transaction:
        return list(transaction.execute(sql))


def test_the_last_lesson_brings_the_certificate_and_no_other(
    lms: Lms, claims: ClaimsOf, course: int, lesson_ids: Ids
) -> None:
    enrolling.enroll(lms, claims(), course)
    one, two = lesson_ids(course).values()
    assert reading.complete_lesson(lms, claims(), one).certificate is None
    assert rows(lms, "SELECT * FROM credentials") == []
    completion = reading.complete_lesson(lms, claims(), two)
    [(number, issued_at)] = rows(lms, "SELECT id, issued_at FROM credentials")
    assert (completion.certificate, issued_at) == (number, "2026-11-22 12:00:00.000000")
    assert reading.complete_lesson(lms, claims(), two).certificate is None
    assert len(issuing.mine(lms, claims()).credentials) == 1
    assert rows(lms, "SELECT count(*) FROM credentials") == [(1,)]


def test_what_it_says(lms: Lms, claims: ClaimsOf, finish: Finish) -> None:
    document = documents.contents(finish(claims()))
    assert document["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert document["issuer"]["name"] == "Azora"
    assert document["validFrom"] == document["awardedDate"] == "2026-11-22T12:00:00Z"
    achievement = document["credentialSubject"]["achievement"]
    assert (achievement["name"], achievement["version"], achievement["achievementType"]) == (
        "Weaving with Grass", "1.0.0", "Course",
    )  # fmt: skip
    assert "CC-BY-4.0" in achievement["criteria"]["narrative"]
    assert badge.outcomes_of(document) == ["Tie the first knot so that it holds", "Shape a floor, a wall and a rim"]
    assert badge.evidence_of(document) == [
        ("Lesson one", "Completed on 22 November 2026."),
        ("Lesson two", "Completed on 22 November 2026."),
    ]
    assert badge.holder_of(document) == "Learner 1"


def test_two_of_one_person_do_not_tell_that_they_are(
    lms: Lms, claims: ClaimsOf, finish: Finish, add_course: Callable[..., int]
) -> None:
    first = documents.contents(finish(claims()))["credentialSubject"]
    second = documents.contents(finish(claims(), add_course("clay")))["credentialSubject"]
    assert first["id"] != second["id"]
    assert first["identifier"][1]["identityHash"] != second["identifier"][1]["identityHash"]


def test_the_e_mail_is_there_only_as_the_standard_s_salted_hash(claims: ClaimsOf, finish: Finish) -> None:
    found = finish(claims())
    text = json.dumps(documents.contents(found))
    assert "learner1@example.org" not in text
    email = documents.contents(found)["credentialSubject"]["identifier"][1]
    assert email["hashed"] is True
    assert email["identityHash"] == "sha256$" + sha256(f"learner1@example.org{email['salt']}".encode()).hexdigest()


def test_a_quiz_s_best_score_is_evidence(lms: Lms, claims: ClaimsOf, lesson_ids: Ids) -> None:
    content = "Text.\n\n::: quiz\nIs it so? {#so}\n\n- [x] Yes\n- [ ] No\n:::\n"
    lesson = LessonSource("q", "Asked", 5, True, "All", content)
    source = CourseSource(
        slug="asked", title="Asked", version="2.1.0", language="en", licence="CC0", instructor="Elara",
        duration="", level="", tags=(), description="", outcomes=(), prerequisites=(), seats=None,
        enrollment_open=True, lessons=(lesson,),
    )  # fmt: skip
    with lms.database.write() as transaction:
        number = install(lms, transaction, source)
    enrolling.enroll(lms, claims(), number)
    [lesson_id] = lesson_ids(number).values()
    attempt = quizzes.start(lms, claims(), lesson_id).latest
    assert attempt is not None
    quizzes.answer(lms, claims(), attempt.id, attempt.questions[0].id, (0,))
    result = quizzes.finish(lms, claims(), attempt.id)
    assert result.completion is not None
    assert result.completion.certificate is not None
    [found] = issuing.mine(lms, claims()).credentials
    assert badge.evidence_of(documents.contents(found)) == [
        ("Asked", "Completed on 22 November 2026. Best score in its quiz: 100 %.")
    ]


def test_courses_that_were_complete_before_are_certified_at_the_next_visit(
    lms: Lms, claims: ClaimsOf, course: int, lesson_ids: Ids, monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    enrolling.enroll(lms, claims(), course)
    monkeypatch.setattr(issuing, "issue_or_wait", lambda *_: None)  # a program that issued none yet
    for lesson in lesson_ids(course).values():
        reading.complete_lesson(lms, claims(), lesson)
    assert rows(lms, "SELECT * FROM credentials") == []
    clock.advance(days=3)
    [found] = issuing.mine(lms, claims()).credentials
    document = documents.contents(found)
    assert (document["awardedDate"], document["validFrom"]) == ("2026-11-22T12:00:00Z", "2026-11-25T12:00:00Z")
    assert issuing.mine(lms, claims()).credentials == (found,)


def test_what_was_completed_stays_certified_when_the_course_grows_or_is_left(
    lms: Lms, claims: ClaimsOf, finish: Finish, add_course: Callable[..., int], course: int
) -> None:
    found = finish(claims())
    add_course("weaving", title="Weaving with Grass", lessons="one two three", version="2.0.0")
    enrolling.leave(lms, claims(), course)
    assert issuing.mine(lms, claims()).credentials == (found,)
    assert documents.contents(found)["credentialSubject"]["achievement"]["version"] == "1.0.0"


def test_without_the_work_there_is_none(lms: Lms, claims: ClaimsOf, course: int) -> None:
    enrolling.enroll(lms, claims(), course)
    assert issuing.mine(lms, claims()).credentials == ()
    with lms.database.write() as transaction:
        found = courses.course_by_id(transaction, course)
        enrollment = enrollments.enrollment_of(transaction, user_id=1, course_id=course)
        assert found is not None
        assert enrollment is not None
        with pytest.raises(RefusedError, match="not completed yet"):
            issuing.issue(lms, transaction, claims(), found, enrollment)
        key = credentials.add_key(transaction, did="did:x", now="2026-01-01 00:00:00")
    with (
        pytest.raises(ConstraintError, match="only issued for a completed course"),
        lms.database.write() as transaction,
    ):
        credentials.insert_credential(
            transaction, uuid="u", enrollment_id=enrollment.id, key_id=key, status_index=0, jwt="x",
            now="2026-01-01 00:00:00",
        )  # fmt: skip


def test_completion_and_certificate_are_one_transaction(
    lms: Lms, claims: ClaimsOf, course: int, lesson_ids: Ids, monkeypatch: pytest.MonkeyPatch
) -> None:
    enrolling.enroll(lms, claims(), course)
    one, two = lesson_ids(course).values()
    reading.complete_lesson(lms, claims(), one)

    def full(*_: object, **__: object) -> None:
        raise told(StorageError, "The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(credentials, "save_head", full)
        with pytest.raises(StorageError, match="The disk is full"):
            reading.complete_lesson(lms, claims(), two)
    assert rows(lms, "SELECT completed_at FROM enrollments") == [(None,)]
    assert rows(lms, "SELECT * FROM credentials") == rows(lms, "SELECT * FROM log_entries") == []
    assert reading.complete_lesson(lms, claims(), two).certificate is not None


def test_a_clock_that_was_set_back_hinders_nothing(
    lms: Lms, claims: ClaimsOf, finish: Finish, clock: Clock, add_course: Callable[..., int]
) -> None:
    finish(claims())
    clock.advance(days=-30)
    found = finish(claims(), add_course("clay"))
    assert documents.contents(found)["validFrom"] == "2026-10-23T12:00:00Z"
    head = log.head(lms)
    assert head is not None
    assert (head.size, head.at) == (2, NOW), "the log's own time never goes back"


NAMES = {
    "long": "Long " * 60,
    "arabic": "فاطمة الزهراء",
    "clicks": "ǃNaruseb ǁGaroëb ǂNūkhoen",
    "emoji": "Zola 🌍👩🏽‍🌾",
    "hostile": "Thandi\x1b[31m\u202e[b]x[/b]\nNkosi",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_every_name_is_shown_as_it_is(claims: ClaimsOf, finish: Finish, name: str) -> None:
    shown = badge.holder_of(documents.contents(finish(claims(name=name.strip()))))
    if "\x1b" in name:
        assert shown == "Thandi[31m[b]x[/b] Nkosi"
    else:
        assert shown == name.strip()


def test_the_holder_chooses_what_it_shows(
    lms: Lms, claims: ClaimsOf, finish: Finish, add_course: Callable[..., int]
) -> None:
    first = finish(claims())
    second = issuing.show_as(lms, claims(), first.id, Shown("River", with_email=False))
    assert issuing.mine(lms, claims()).credentials == (second,)
    assert documents.contents(second)["credentialSubject"]["identifier"] == [
        {"type": "IdentityObject", "hashed": False, "identityHash": "River", "identityType": "name"}
    ]
    assert "Learner" not in json.dumps(documents.contents(second))
    old = issuing.find(lms, claims(), str(first.id))
    assert (old.replaced, old.revoked_at) == (True, NOW)
    third = finish(claims(), add_course("clay"))
    assert badge.holder_of(documents.contents(third)) == "River"
    assert issuing.choice(lms, claims()) == Shown("River", with_email=False)
    head = log.head(lms)
    assert head is not None
    assert head.size == 4, "issued, revoked, issued, issued"
    with pytest.raises(RefusedError, match="revoked"):
        issuing.show_as(lms, claims(), first.id, Shown())
    with pytest.raises(NotFoundError):
        issuing.show_as(lms, claims(2), second.id, Shown())
    with pytest.raises(FieldError):
        issuing.show_as(lms, claims(), second.id, Shown(" \x1b "))


def test_who_may_revoke(lms: Lms, claims: ClaimsOf, finish: Finish) -> None:
    found = finish(claims())
    for other in (claims(), claims(2), claims(3, role="instructor", name="Somebody")):
        with pytest.raises(RefusedError):
            issuing.revoke(lms, other, str(found.id), "It was a mistake")
    with pytest.raises(FieldError):
        issuing.revoke(lms, claims(9, role="admin"), found.uuid, " ")
    with pytest.raises(NotFoundError):
        issuing.revoke(lms, claims(9, role="admin"), "77", "Why")
    teacher = claims(3, role="instructor", name="Elara")
    with pytest.raises(RefusedError):  # the name of who teaches is not enough
        issuing.revoke(lms, teacher, found.uuid, "It was a mistake")
    with lms.database.write() as transaction:
        teachers.add_teacher(transaction, course_id=found.course_id, user_id=3, now="2026-11-27T00:00:00Z")
    revoked = issuing.revoke(lms, teacher, found.uuid, "It was a mistake")
    assert (revoked.revoked_at, revoked.reason) == (NOW, "It was a mistake")
    again = issuing.revoke(lms, claims(9, role="admin"), found.uuid, "Another reason")
    assert again == revoked
    assert issuing.mine(lms, claims()).credentials == (revoked,), "and it is not issued again"


def test_nobody_finds_another_s(lms: Lms, claims: ClaimsOf, finish: Finish) -> None:
    found = finish(claims())
    assert issuing.find(lms, claims(), str(found.id)) == issuing.find(lms, claims(), f"urn:uuid:{found.uuid}") == found
    for word in (str(found.id), found.uuid):
        for other in (claims(2), claims(9, role="admin")):
            with pytest.raises(NotFoundError):
                issuing.find(lms, other, word)
    for word in ("0", "9" * 40, "", "²", "\udcff"):
        with pytest.raises(NotFoundError):
            issuing.find(lms, claims(), word)


def test_the_log_holds_all_and_nothing_can_be_rewritten(lms: Lms, claims: ClaimsOf, finish: Finish) -> None:
    for number in range(1, 8):
        found = finish(claims(number))
    issuing.revoke(lms, claims(9, role="admin"), found.uuid, "Why not")
    entries = [text for (text,) in rows(lms, "SELECT entry FROM log_entries ORDER BY number")]
    assert [json.loads(each)["type"] for each in entries] == ["issued"] * 7 + ["revoked"]
    assert "Learner" not in "".join(entries)
    nodes = {(level, position): hash_ for level, position, hash_ in rows(lms, "SELECT * FROM log_nodes")}
    head = log.head(lms)
    assert head is not None
    assert merkle.root(lambda *at: nodes[at], 8) == head.root
    for table, change in (
        ("log_entries", "SET entry = 'x'"), ("log_nodes", "SET level = 9"), ("log_heads", "SET jwt = 'x'"),
        ("credentials", "SET jwt = 'x'"),
    ):  # fmt: skip
        for sql in (f"UPDATE {table} {change}", f"DELETE FROM {table}"):
            with pytest.raises(ConstraintError), lms.database.write() as transaction:
                transaction.execute(sql)


def test_the_key_is_a_file_of_its_own_and_nowhere_else(
    lms: Lms, claims: ClaimsOf, finish: Finish, paths: Paths
) -> None:
    found = finish(claims())
    [file] = paths.home.glob("issuer-key-*.pem")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    secret = "".join(file.read_text().splitlines()[1:-1])
    for form in exporting.FORMS:
        exported = exporting.export(lms, claims(), found.uuid, form)
        assert secret[20:60].encode() not in exported
        assert b'"d":' not in exported
    for each in paths.home.iterdir():
        if each != file:
            assert secret[20:60].encode() not in each.read_bytes(), each


def test_the_key_changes_and_what_the_old_one_signed_stays(
    lms: Lms, claims: ClaimsOf, finish: Finish, paths: Paths
) -> None:
    first = finish(claims())
    before = fingerprint(jwk_of(keys.did_in_use(lms, claims())))
    with pytest.raises(RefusedError, match="Only an admin"):
        keys.rotate(lms, claims())
    after = fingerprint(jwk_of(keys.rotate(lms, claims(9, role="admin"))))
    assert after != before
    [file] = paths.home.glob("issuer-key-*.pem")
    assert after.startswith(file.stem.removeprefix("issuer-key-"))
    second = finish(claims(2))
    assert documents.contents(first)["issuer"]["id"] != documents.contents(second)["issuer"]["id"]
    assert issuing.mine(lms, claims()).credentials == (first,)


def test_a_locked_key_lets_certificates_wait_and_hinders_nobody(
    lms: Lms,
    claims: ClaimsOf,
    finish: Finish,
    course: int,
    lesson_ids: Ids,
    monkeypatch: pytest.MonkeyPatch,
    paths: Paths,
) -> None:
    finish(claims())
    keys.protect(lms, claims(9, role="admin"), passphrase="eight small baskets")
    [file] = paths.home.glob("issuer-key-*.pem")
    assert b"ENCRYPTED" in file.read_bytes()
    keys._opened.clear()

    learner = claims(2)
    enrolling.enroll(lms, learner, course)
    for lesson in lesson_ids(course).values():
        completion = reading.complete_lesson(lms, learner, lesson)
    assert completion.course_completed
    assert completion.certificate is None
    mine = issuing.mine(lms, learner)
    assert (mine.credentials, mine.waiting) == ((), 1)
    assert "locked with a passphrase" in mine.why
    with pytest.raises(keys.KeyLockedError, match="not the passphrase"):
        keys.unlock(lms, learner, "another")
    keys.unlock(lms, learner, "eight small baskets")
    assert len(issuing.mine(lms, learner).credentials) == 1

    keys._opened.clear()
    secret = paths.home / "passphrase"
    secret.write_text("eight small baskets\n")
    monkeypatch.setenv(keys.PASSPHRASE_FILE, str(secret))
    assert finish(claims(3)).jwt


def test_a_new_key_is_under_the_passphrase_of_the_old_one(
    lms: Lms, claims: ClaimsOf, finish: Finish, paths: Paths
) -> None:
    finish(claims())
    admin = claims(9, role="admin")
    keys.protect(lms, admin, passphrase="eight small baskets")
    [old] = paths.home.glob("issuer-key-*.pem")
    left_behind = old.read_bytes()
    keys._opened.clear()
    with pytest.raises(keys.KeyLockedError):
        keys.rotate(lms, admin)
    assert list(paths.home.glob("issuer-key-*.pem")) == [old], "a change that was refused leaves nothing"
    keys.unlock(lms, admin, "eight small baskets")
    keys.rotate(lms, admin)
    [new] = paths.home.glob("issuer-key-*.pem")
    assert new != old
    assert b"ENCRYPTED" in new.read_bytes()
    old.write_bytes(left_behind)  # as if the change had been interrupted just before its end
    keys.rotate(lms, admin)
    assert len(list(paths.home.glob("issuer-key-*.pem"))) == 1
    keys._opened.clear()
    assert keys.is_locked(lms, admin)


@pytest.mark.parametrize("damage", [None, b"", b"-----BEGIN NOTHING-----"])
def test_a_key_that_is_lost_or_damaged_hinders_nobody_and_can_be_replaced(
    lms: Lms, claims: ClaimsOf, finish: Finish, course: int, lesson_ids: Ids, paths: Paths, damage: bytes | None
) -> None:
    first = finish(claims())
    [file] = paths.home.glob("issuer-key-*.pem")
    file.unlink() if damage is None else file.write_bytes(damage)
    keys._opened.clear()
    learner = claims(2)
    enrolling.enroll(lms, learner, course)
    for lesson in lesson_ids(course).values():
        assert reading.complete_lesson(lms, learner, lesson).certificate is None
    assert "certificates key --new" in issuing.mine(lms, learner).why
    file.unlink(missing_ok=True)
    keys.rotate(lms, claims(9, role="admin"))
    assert len(issuing.mine(lms, learner).credentials) == 1
    assert issuing.mine(lms, claims()).credentials == (first,)


def test_a_school_gets_a_name_and_a_place(lms: Lms, claims: ClaimsOf, finish: Finish) -> None:
    admin = claims(9, role="admin")
    with pytest.raises(RefusedError):
        issuing.name_school(lms, claims(), name="Mine")
    for url in ("http://x.example", "https://", "https://x .example", "javascript:x", "https://[x"):
        with pytest.raises(FieldError):
            issuing.name_school(lms, admin, url=url)
    issuing.name_school(lms, admin, name="Nomsa's school", url="https://school.example/azora/")
    found = documents.contents(finish(claims()))
    assert found["issuer"]["id"] == "https://school.example/azora/issuer.json"
    assert found["issuer"]["name"] == "Nomsa's school"
    files = documents.website(lms, admin)
    [key] = files["jwks.json"]["keys"]
    assert files["issuer.json"]["id"] == found["issuer"]["id"]
    assert f"keys/{key['kid']}.json" in files
    assert issuing.name_school(lms, admin, url="").url is None
    assert replace(issuing.school(lms, claims()), uuid="").name == "Nomsa's school"
