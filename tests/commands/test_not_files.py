"""Pipes, devices and links in place of a school's files and a course's: each is a sentence, at once."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from azora_tui.paths import Paths
from tests.commands.conftest import Answer, Azora
from tests.test_paths import a_device, a_pipe

KINDS = pytest.mark.parametrize("make", [a_pipe, a_device])
Make = Callable[[Path], None]


def put(make: Make, path: Path) -> None:
    path.unlink(missing_ok=True)
    make(path)


def refused(answer: Answer, *words: str) -> None:
    assert answer.status == 1
    assert "unforeseen" not in answer.err
    for word in words:
        assert word in answer.out + answer.err


@KINDS
@pytest.mark.parametrize("name", ["azora.db", "lms.db"])
def test_in_place_of_a_database(azora: Azora, school: Paths, make: Make, name: str) -> None:
    put(make, school.home / name)
    refused(azora("courses"), name, "it is not a file" if make is a_pipe else "it is a link")
    refused(azora("adopt", str(school.home)), name)


def test_a_database_elsewhere_that_a_link_leads_to_is_not_opened(azora: Azora, school: Paths, tmp_path: Path) -> None:
    school.lms_database.rename(tmp_path / "theirs.db")
    before = (tmp_path / "theirs.db").read_bytes()
    school.lms_database.symlink_to(tmp_path / "theirs.db")
    refused(azora("courses"), "it is a link")
    assert (tmp_path / "theirs.db").read_bytes() == before


@KINDS
def test_in_place_of_the_session_and_of_what_signs_it(azora: Azora, school: Paths, make: Make) -> None:
    put(make, school.session)
    refused(azora("whoami"), "not signed in")
    put(make, school.token_key)
    refused(azora("login", "--email", "learner@example.org", "--password-stdin", stdin="x\n"), "token-key.pem")


@KINDS
def test_in_place_of_settings_and_the_log(azora: Azora, school: Paths, make: Make) -> None:
    put(make, school.settings)
    put(make, school.log)
    assert azora("courses").status == 0


@KINDS
def test_in_place_of_what_the_machine_is_called(azora: Azora, school: Paths, make: Make) -> None:
    put(make, school.machine)
    refused(azora("enroll", "1"), "machine")


@KINDS
@pytest.mark.parametrize("name", ["course.yaml", "welcome.md"])
def test_in_place_of_a_course_s_file(azora: Azora, school: Paths, tmp_path: Path, make: Make, name: str) -> None:
    azora("new-course", str(tmp_path / "steps"))
    put(make, tmp_path / "steps" / name)
    refused(azora("check", str(tmp_path / "steps")), name, "is not followed")
    refused(azora("import", str(tmp_path / "steps")), "Nothing was imported" if name == "course.yaml" else name)


@pytest.mark.parametrize("command", [["check"], ["import"], ["certificate", "verify"], ["adopt"], ["preview"]])
def test_in_place_of_what_a_person_names(azora: Azora, school: Paths, tmp_path: Path, command: list[str]) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/zero"), tmp_path / ("long" * 80), tmp_path / "nul\0byte"):
        refused(azora(*command, str(path)))


@KINDS
def test_in_place_of_an_original_database(azora: Azora, school: Paths, tmp_path: Path, make: Make) -> None:
    (tmp_path / "old").mkdir()
    make(tmp_path / "old" / "azora.db")
    refused(azora("adopt", str(tmp_path / "old")), "azora.db", "Nothing was changed")


def test_what_check_passes_import_takes(azora: Azora, school: Paths, tmp_path: Path) -> None:
    """A lesson longer than an import takes is a fault to who writes it, too."""
    azora("new-course", str(tmp_path / "steps"))
    lesson = tmp_path / "steps" / "welcome.md"
    lesson.write_text(lesson.read_text() + "\nMore words.\n" * 100_000)
    refused(azora("check", str(tmp_path / "steps")), "welcome.md")
    refused(azora("import", str(tmp_path / "steps")), "welcome.md")


def test_a_picture_that_a_link_brings_in_from_elsewhere_is_told(azora: Azora, tmp_path: Path) -> None:
    azora("new-course", str(tmp_path / "steps"))
    picture = tmp_path / "steps" / "images" / "triangle.svg"
    picture.rename(tmp_path / "triangle.svg")
    picture.symlink_to(tmp_path / "triangle.svg")
    refused(azora("check", str(tmp_path / "steps")), "images/triangle.svg is not in the course's folder")
