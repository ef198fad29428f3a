"""Leaving for good: what goes, what stays, who sees it, and who may."""

from functools import partial
from pathlib import Path
from typing import Any

import pytest

from azora_tui import leaving
from azora_tui.auth import people, service, session_file
from azora_tui.data import company, personal, records
from azora_tui.errors import FieldError, RefusedError, SessionError
from azora_tui.lms import news, notes, rebuilding, search
from azora_tui.lms.credentials import exporting, issuing, log
from azora_tui.lms.credentials import trusted_issuers as known
from azora_tui.lms.teaching import marking, messages, recounting, roster
from azora_tui.lms.teaching import people as teaching
from azora_tui.lms.together import boards, circles, helping, wisdom
from azora_tui.models.accounts import Claims
from azora_tui.models.credentials import Outcome
from azora_tui.models.insights import Which
from azora_tui.wording.insights import person_name
from azora_tui.wording.news import said_by
from azora_tui.wording.wisdom import FORGOTTEN_REASON
from tests.departing import KEPT, counts, files_with, leave, secrets, value
from tests.engine import sqlite
from tests.lms.credentials.test_verify import checked
from tests.roles.school import PASSWORD, School, dump, email


def test_name_e_mail_profile_and_words_are_in_no_file_afterwards(school: School, who: Claims) -> None:
    hidden = secrets(school, who)
    before = files_with(school.folder, *hidden)
    assert [text for text, files in before.items() if not files] == [], "the control"
    leave(school, who)
    after = files_with(school.folder, *hidden)
    assert {text: files for text, files in after.items() if files} == {}
    assert sorted(path.name for path in school.folder.iterdir() if "wal" in path.name) == ["azora.db-wal", "lms.db-wal"]
    assert not (school.folder / "session").exists()
    assert not school.auth.paths.leaving.exists()


def test_without_writing_the_files_anew_words_are_still_in_them(
    school: School, who: Claims, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""
    monkeypatch.setattr("azora_tui.data.engines.sqlite.SqliteDatabase.wipe", lambda self: None)
    hidden = secrets(school, who)
    leave(school, who)
    assert [files for files in files_with(school.folder, *hidden).values() if files]


def test_rows_that_go_are_gone_and_none_names_the_person(school: School, who: Claims) -> None:
    leave(school, who)
    left = {table for table, number in counts(school, who).items() if number}
    stay = {f"lms.{held.table}" for held in personal.LMS if held.taken and (not held.goes or held.table == "messages")}
    assert left - stay == {"azora.events", "lms.task_answers"}, (
        "numbers without a person, and what was answered to others"
    )
    with school.auth.database.read() as transaction:
        assert sqlite(transaction).execute("SELECT COUNT(*) FROM leaving").get == 0
        assert sqlite(transaction).execute("SELECT COUNT(*) FROM erasing").get == 0


def test_what_a_teacher_said_to_others_stays_without_the_name(school: School, who: Claims) -> None:
    leave(school, who)
    assert [bool(files) for files in files_with(school.folder, *KEPT).values()] == [True] * len(KEPT)
    victor = school.claims["victor"]
    items = [item for item in news.news(school.lms, victor, read=True) if "zyxw" in item.text]
    assert {item.text for item in items} == {"zyxwannounced", "zyxwtovictor", "zyxwtaught"}
    assert {item.author for item in items} == {""}


def test_the_one_who_left_is_called_so(school: School, who: Claims) -> None:
    leave(school, who)
    columns = company.author_columns("messages.author_id")
    with school.lms.database.read() as transaction:
        cursor: Any = sqlite(transaction).execute(
            f"SELECT {columns} FROM messages WHERE author_id = :author", {"viewer": 5, "author": who.user_id}
        )
        names = [column[0] for column in cursor.description]
        row = type("Row", (), dict(zip(names, cursor.fetchone(), strict=True)))
    assert company.author(row, viewer=5).gone
    with school.lms.database.read() as transaction:
        assert not company.is_there(transaction, who.user_id, viewer=5)


def test_notes_of_others_are_found_as_before(school: School, who: Claims) -> None:
    victor = school.claims["victor"]
    before = search.find(school.lms, victor, "zyxwneighbour")
    leave(school, who)
    assert search.find(school.lms, victor, "zyxwneighbour") == before
    assert len(before.hits) == 1


# What stays


def test_what_is_kept_can_be_made_again_and_counts_are_right(school: School, who: Claims) -> None:
    with school.lms.database.read() as transaction:
        assert rebuilding.rebuilt(transaction) == records.stored(transaction), "before"
    figures = "SELECT * FROM lesson_figures", "SELECT * FROM question_figures", "SELECT * FROM cohort_weeks"
    with school.lms.database.read() as transaction:
        before = [sqlite(transaction).execute(each).fetchall() for each in figures]
    leave(school, who)
    with school.lms.database.read() as transaction:
        assert [sqlite(transaction).execute(each).fetchall() for each in figures] == before
        rebuilt, stored = rebuilding.rebuilt(transaction), records.stored(transaction)
        for name in type(rebuilt).__dataclass_fields__:
            assert getattr(rebuilt, name) == getattr(stored, name), name
        assert recounting.recounted(transaction) == recounting.kept(transaction)
        assert sqlite(transaction).execute("PRAGMA foreign_key_check").fetchall() == []
        assert sqlite(transaction).execute("PRAGMA integrity_check").get == "ok"
        wrong = sqlite(transaction).execute(
            "SELECT slug, students FROM courses WHERE students <> (SELECT COUNT(*) FROM enrollments"
            " WHERE course_id = courses.id AND status <> 'left')"
        )
        assert wrong.fetchall() == []


def test_what_was_said_among_learners_is_as_if_they_had_not_been_there(school: School, who: Claims) -> None:
    kofi, lesson = school.claims["kofi"], school.lesson["one of ants"]
    (circle,) = [each for each in circles.mine(school.lms, kofi) if each.name == "Ropes"]
    leave(school, who)
    assert {each.author.name for each in circles.circle(school.lms, kofi, circle.id).members} == {"Kofi", "Victor"}
    threads = boards.page(school.lms, kofi, circle.id).threads
    said = sorted((each.post.text, [reply.text for reply in each.replies]) for each in threads)
    assert said == [("", ["zyxwbelow"]), ("Nothing.", []), ("zyxwthread", [])]
    (hidden,) = [each.post for each in threads if each.post.hidden]
    assert hidden.hidden_reason == FORGOTTEN_REASON  # it stays so, without their words
    answers = [helping.request(school.lms, kofi, asked.id).replies for asked in helping.mine(school.lms, kofi)[0]]
    assert answers
    assert all(reply.author.mine for replies in answers for reply in replies)
    pieces = {each.text: each for each in wisdom.of_lesson(school.lms, kofi, lesson).pieces}
    assert "zyxwtip" not in pieces
    assert (pieces["zyxwhint"].thanks, pieces["zyxwhint"].answer) == (1, "")
    assert pieces["Nothing."].hidden


def test_a_seat_goes_to_who_waits_for_it(school: School, who: Claims) -> None:
    state = "SELECT status FROM enrollments JOIN courses ON courses.id = course_id WHERE slug = 'owls' AND user_id = ?"
    assert value(school, state, school.claims["victor"].user_id) is None
    leave(school, who)
    assert value(school, state, school.claims["victor"].user_id) == "active"
    assert value(school, state, who.user_id) == "left"


def test_completed_courses_stay_counted_as_completed(school: School, who: Claims) -> None:
    counted = "SELECT COUNT(*) FROM enrollments WHERE status = 'completed'"
    before = value(school, counted)
    leave(school, who)
    assert value(school, counted) == before


def test_a_teacher_s_courses_go_to_the_admins(school: School, who: Claims) -> None:
    leave(school, who)
    spiders = school.course["spiders"]
    assert value(school, "SELECT COUNT(*) FROM course_teachers WHERE course_id = ?", spiders) == 0
    assert roster.learners(school.lms, school.claims["thandi"], spiders)


def test_the_next_account_has_another_number(school: School) -> None:
    account, token = service.register(school.auth, name="Last", email=email("last"), password=PASSWORD)
    leave(school, service.authenticate(school.auth, token))
    again, _ = service.register(school.auth, name="Last", email=email("last"), password=PASSWORD)
    assert again.id > account.id
    assert again.uuid != account.uuid


# Who is looked at by others


def test_those_who_teach_see_somebody_who_has_left(school: School, who: Claims) -> None:
    thandi, spiders = school.claims["thandi"], school.course["spiders"]
    messages.write(school.lms, thandi, spiders, who.user_id, "Until then.")
    leave(school, who)
    found, number = teaching.people(school.lms, thandi, spiders, Which.LEFT)
    assert [(person_name(person), person.email) for person in found] == [("somebody who has left", "")]
    assert number == 1
    assert teaching.nameless(school.lms, thandi, spiders) == [], "nobody asks for the name again"
    teaching.name(school.lms, thandi, spiders, {who.user_id: ("Nomsa", who.email)})
    lines = roster.learners(school.lms, thandi, spiders)
    assert "" not in {line.name for line in lines}
    with pytest.raises(RefusedError, match="not in the course"):
        messages.write(school.lms, thandi, spiders, who.user_id, "Are you there?")
    items = news.news(school.lms, school.claims["victor"], read=True)
    said = {said_by(item) for item in items if item.text in KEPT[:2]}
    assert said == {"somebody who has left in Spiders", "somebody who has left to you, in Spiders"}


def test_work_that_waited_waits_no_more(school: School, who: Claims) -> None:
    before = marking.count(school.lms, school.claims["thandi"])
    leave(school, who)
    assert marking.count(school.lms, school.claims["thandi"]) == before - 1


def test_a_certificate_stays_valid_for_who_holds_it(school: School, who: Claims) -> None:
    lms, thandi = school.lms, school.claims["thandi"]
    credential = issuing.mine(lms, who).credentials[0]
    bundle = exporting.export(lms, who, credential.uuid, "bundle")
    head = log.head(lms)

    def report() -> list[tuple[str, Outcome]]:
        record = partial(known.record, lms)
        checks = checked(bundle, issuers=known.own_keys(lms), record=record).checks
        return [(each.name, each.outcome) for each in checks]

    before = report()
    assert {"Signature", "Log"} <= {name for name, outcome in before if outcome is Outcome.OK}
    leave(school, who)
    assert log.head(lms) == head, "the log is as it was"
    assert report() == before
    assert known.record(lms, credential.uuid, "0" * 64) is None, "not another one of that id"
    issuing.revoke(lms, thandi, credential.uuid, "It was not theirs.")
    again = known.record(lms, credential.uuid, log.digest(credential.jwt))
    assert again is not None
    assert again.reason == "It was not theirs."


# Who may, and when


def test_a_wrong_password_changes_nothing(school: School, who: Claims) -> None:
    service.sign_out(school.auth, school.claims["kofi"])
    before = dump(school)
    with pytest.raises(FieldError) as refused:
        leave(school, who, "not the password")
    assert refused.value.field == "password"
    after = dump(school)
    assert [name for name in before if before[name] != after[name]] == ["azora.db sign_in_failures"]
    assert not school.auth.paths.leaving.exists()
    service.check_session(school.auth, who)


def test_the_only_admin_stays_while_others_are_there(school: School) -> None:
    thandi = school.claims["thandi"]
    people.set_role(school.auth, thandi, email=email("lwazi"), role="learner")
    before = dump(school)
    with pytest.raises(RefusedError, match="only admin"):
        leave(school, thandi)
    assert dump(school) == before
    people.set_role(school.auth, thandi, email=email("lwazi"), role="admin")
    leave(school, thandi)


def test_the_only_admin_of_a_school_without_others_can_leave(school: School, tmp_path: Path) -> None:
    from tests.roles.school import open_school

    auth, lms = open_school(tmp_path / "alone")
    _, token = service.register(auth, name="Alone", email=email("alone"), password=PASSWORD)
    leaving.leave(auth, lms, service.authenticate(auth, token), password=PASSWORD)
    assert files_with(tmp_path / "alone", "alone@") == {"alone@": []}
    assert not (tmp_path / "alone" / "lms.db").exists(), "none is made"
    auth.database.close()


def test_who_has_left_cannot_come_back_in_nor_write_any_more(school: School, who: Claims) -> None:
    leave(school, who)
    with pytest.raises(FieldError, match="do not go together"):
        service.sign_in(school.auth, email=who.email, password=PASSWORD)
    with pytest.raises(SessionError):
        service.check_session(school.auth, who)
    before = dump(school)
    with pytest.raises(SessionError):  # a call that had asked for its session just before
        notes.write(school.lms, who, school.lesson["one of ants"], digest=1, quote="", position="{}", text="Back")
    assert dump(school) == before


def test_backups_are_named_and_not_touched(school: School, who: Claims) -> None:
    backup = school.folder / "lms-before-version-3.db"
    backup.write_text("nomsa")
    assert leave(school, who) == [backup]
    assert backup.read_text() == "nomsa"


def test_somebody_else_s_session_on_this_computer_stays(school: School, who: Claims) -> None:
    session_file.keep(school.auth.paths, school.tokens["kofi"])
    leave(school, who)
    assert session_file.load(school.auth.paths) is not None
