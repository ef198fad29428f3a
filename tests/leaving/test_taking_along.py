"""Everything that a school holds of somebody, in one archive."""

import io
import json
import zipfile

import pytest

from azora_tui import leaving
from azora_tui.auth import service
from azora_tui.data import personal
from azora_tui.errors import SessionError
from azora_tui.models.accounts import Claims
from tests.departing import counts
from tests.roles.school import PASSWORD, School, email


def archive(school: School, who: Claims) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(leaving.archive(school.auth, school.lms, who))))


def test_the_person_has_something_in_every_table(school: School, who: Claims) -> None:
    assert [table for table, number in counts(school, who).items() if not number] == []


def test_everything_is_taken_along_but_what_says_why_not(school: School, who: Claims) -> None:
    found = archive(school, who)
    assert found.testzip() is None
    tables = {name.removesuffix(".json") for name in found.namelist() if name.startswith("tables/")}
    expected = {
        f"tables/{database}/{held.table}"
        for database, held_there in (("azora", personal.AUTH), ("lms", personal.LMS))
        for held in held_there
        if held.taken
    }
    assert tables == expected
    for name, number in counts(school, who).items():
        database, table = name.split(".")
        if f"tables/{database}/{table}" in expected:
            assert len(json.loads(found.read(f"tables/{database}/{table}.json"))) == number, name


def test_each_file_stands_in_the_readme(school: School, who: Claims) -> None:
    found = archive(school, who)
    readme = found.read("README.md").decode()
    for name in found.namelist():
        assert name == "README.md" or f"`{name}`" in readme
    assert "Nomsa" in readme
    assert who.email in readme


def test_what_was_written_is_in_files_that_a_person_reads(school: School, who: Claims) -> None:
    found = archive(school, who)
    texts = {name: found.read(name).decode() for name in found.namelist() if not name.startswith("tables/")}
    assert "zyxwnote" in texts["notes.md"]
    assert "zyxwgone" not in texts["notes.md"]
    assert "zyxwdraft" in texts["drafts.md"]
    assert ["zyxwwork" in texts[name] for name in sorted(texts) if name.startswith("tasks/")] == [False, True]
    assert "zyxwverdict" in texts["tasks/001.md"]
    assert all(word in texts["messages.md"] for word in ("zyxwtoher", "zyxwannounced", "zyxwtovictor"))
    (attempt,) = [each for each in json.loads(texts["quizzes.json"]) if each["course"] == "Kites"]
    assert {each["question"]: each["given"] for each in attempt["answers"]} == {"flies": "zyxwanswer", "else": [0]}
    assert [each["id"] for each in attempt["questions"]] == ["flies", "else"]
    assert texts["courses.csv"].splitlines()[0].startswith("course,status,progress")
    assert "Kites" in texts["courses.csv"]
    assert "one of kites" in texts["lessons.csv"]
    assert len(texts["reviews.csv"].splitlines()) > 2
    certificates = [name for name in texts if name.endswith(".jwt")]
    assert len(certificates) == 2, "also the one that was replaced"
    for name in certificates:
        document = json.loads(texts[name.replace(".jwt", ".json")])
        assert document["jwt"] == texts[name].strip()
        assert document["credential"]["type"]


def test_no_password_and_nobody_who_blocked_is_taken_along(school: School, who: Claims) -> None:
    found = archive(school, who)
    everything = b"".join(found.read(name) for name in found.namelist())
    assert b"argon2" not in everything
    blocked = json.loads(found.read("tables/lms/blocks.json"))
    assert [each["blocker_id"] for each in blocked] == [who.user_id]
    assert b"zyxwneighbour" not in everything


def test_who_has_nothing_takes_along_their_account(school: School) -> None:
    account, token = service.register(school.auth, name="New", email=email("new"), password=PASSWORD)
    claims = service.authenticate(school.auth, token)
    names = archive(school, claims).namelist()
    assert names == [f"tables/azora/{name}.json" for name in ("users", "sessions", "events")] + ["README.md"]
    assert account.email == email("new")


def test_nobody_takes_along_without_a_session(school: School, who: Claims) -> None:
    service.sign_out(school.auth, who)
    with pytest.raises(SessionError):
        archive(school, who)
