"""A leaving that ended early, or that others hold up, is carried through."""

import contextlib
from pathlib import Path

import pytest

from azora_tui import leaving
from azora_tui.auth import leaving as accounts
from azora_tui.auth import people, service, session_file
from azora_tui.data import personal, records, schema
from azora_tui.data.database import open_database
from azora_tui.data.engines import sqlite as sqlite_engine
from azora_tui.errors import FieldError, NotFoundError, RefusedError, StorageBusyError, StorageError
from azora_tui.lms import leaving as learning
from azora_tui.lms import rebuilding
from azora_tui.models.accounts import Claims
from azora_tui.models.departing import Leaving
from tests.departing import counts, files_with, leave, secrets
from tests.engine import sqlite
from tests.roles.school import PASSWORD, School, dump


class Killed(BaseException):
    """In place of SIGKILL, at a step; `tests/faults` does it for real."""


STEPS = ("before", "asked", "erased", "wiped", "finished", "forgotten")


@pytest.mark.parametrize("step", STEPS)
def test_a_leaving_that_ended_early_has_not_begun_or_is_carried_through(
    school: School, who: Claims, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def die(*_: object, **__: object) -> None:
        raise Killed

    hidden = secrets(school, who)
    with monkeypatch.context() as patch:
        if step == "before":
            patch.setattr(accounts, "ask", die)
        elif step == "asked":
            patch.setattr(learning, "erase", die)
        elif step == "erased":
            patch.setattr(type(school.lms.database), "wipe", die)
        elif step == "wiped":
            patch.setattr(accounts, "finish", die)
        elif step == "finished":
            patch.setattr(session_file, "load", die)
        else:
            patch.setattr(personal, "remove_leaving", die)
        patch.setattr(Path, "unlink", die)  # nor is the mark taken away
        with pytest.raises(Killed):
            leave(school, who)
    assert school.auth.paths.leaving.exists()
    if step == "before":
        service.check_session(school.auth, who)
    elif counts(school, who)["azora.users"]:
        with pytest.raises(RefusedError, match="closed"):
            service.sign_in(school.auth, email=who.email, password=PASSWORD)
    leaving.go_on(school.auth, school.lms)
    assert not school.auth.paths.leaving.exists()
    if step == "before":
        service.check_session(school.auth, who)
        leave(school, who)
    assert {text: files for text, files in files_with(school.folder, *hidden).items() if files} == {}
    assert counts(school, who)["azora.users"] == 0
    with school.lms.database.read() as transaction:
        assert rebuilding.rebuilt(transaction) == records.stored(transaction)


def test_what_cannot_be_done_now_is_said_and_left_to_the_next_start(
    school: School, who: Claims, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(_: object) -> None:
        raise StorageBusyError("database_busy", name="lms.db", seconds=30)

    with monkeypatch.context() as patch:
        patch.setattr(type(school.lms.database), "wipe", busy)
        with pytest.raises(StorageError, match="next start"):
            leave(school, who)
    assert school.auth.paths.leaving.exists()
    leaving.go_on(school.auth, school.lms)
    assert accounts.under_way(school.auth) == []
    assert not school.auth.paths.leaving.exists()


def test_where_another_is_at_work_on_it_a_start_leaves_it_to_them(school: School, who: Claims) -> None:
    from azora_tui.data import leftovers

    accounts.ask(school.auth, who, password=PASSWORD)
    with leftovers.marked(school.auth.paths.leaving, wait=False) as ours:
        assert ours
        leaving.go_on(school.auth, school.lms)
        assert len(accounts.under_way(school.auth)) == 1
    leaving.go_on(school.auth, school.lms)
    assert accounts.under_way(school.auth) == []


def test_who_reads_for_too_long_only_puts_it_off(school: School, who: Claims, monkeypatch: pytest.MonkeyPatch) -> None:
    hidden = secrets(school, who)
    monkeypatch.setattr(sqlite_engine, "BUSY_TIMEOUT_MS", 0)
    with contextlib.closing(open_database(school.lms.database.path, schema.LMS)) as other, other.read() as reader:
        assert sqlite(reader).execute("SELECT COUNT(*) FROM notes").get
        with pytest.raises(StorageError, match="next start"):
            leave(school, who)
        leaving_now = accounts.under_way(school.auth)
        assert [each.user_id for each in leaving_now] == [who.user_id]
    leaving.go_on(school.auth, school.lms)
    assert {text: files for text, files in files_with(school.folder, *hidden).items() if files} == {}


def test_an_account_that_is_being_left_is_not_opened_again(school: School, who: Claims) -> None:
    accounts.ask(school.auth, who, password=PASSWORD)
    with pytest.raises(NotFoundError):
        people.enable(school.auth, school.claims["thandi"], email=who.email)


def test_finishing_what_nobody_asked_for_does_nothing(school: School, who: Claims) -> None:
    leaving_ = Leaving(who.user_id, who.user_uuid, "nobody", who.email, "2026-11-22 12:00:00")
    before = dump(school)
    accounts.finish(school.auth, leaving_)
    assert dump(school) == before


def test_a_try_at_the_e_mail_in_between_leaves_no_trace(school: School, who: Claims) -> None:
    accounts.ask(school.auth, who, password=PASSWORD)
    with pytest.raises(FieldError):
        service.sign_in(school.auth, email=who.email, password="a guess of somebody's")
    leaving.go_on(school.auth, school.lms)
    assert files_with(school.folder, who.email) == {who.email: []}
