"""What course.yaml says of whom a course takes: read, refused with its line, fitting the schema, and written again."""

from dataclasses import replace
from pathlib import Path

import pytest

from azora_tui.formats import course as format_of_courses
from azora_tui.formats.course import read_course, read_files
from azora_tui.formats.course_folder import write_folder
from azora_tui.formats.course_writing import course_files
from tests.formats.test_course import COURSE, LESSON
from tests.formats.test_course_schema import SCHEMA, fits, is_read

RULES = "opens: 2027-03-01\ncloses: 2027-03-01\nkey: Zoë's 1984\nstate: draft\n"
LINE = COURSE.count("\n") + 1


def folder_of(folder: Path, more: str) -> Path:
    (folder / "course.yaml").write_text(COURSE + more, encoding="utf-8")
    for name in ("one", "two"):
        (folder / f"{name}.md").write_text(LESSON.format(name), encoding="utf-8")
    return folder


def test_rules_are_read_as_they_are_written(tmp_path: Path) -> None:
    course = read_course(folder_of(tmp_path, RULES))
    assert (course.opens, course.closes, course.key, course.state) == (
        "2027-03-01",
        "2027-03-01",
        "Zoë's 1984",
        "draft",
    )
    assert fits(COURSE + RULES)
    assert SCHEMA["properties"]["state"]["enum"] == list(format_of_courses.STATES)


def test_what_is_left_out_is_not_named(tmp_path: Path) -> None:
    course = read_course(folder_of(tmp_path, ""))
    assert (course.opens, course.closes, course.key, course.state) == (None, None, None, None)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("opens: soon", "`opens` has to be a day such as 2027-03-01."),
        ("closes: 2027-3-1", "`closes` has to be a day such as 2027-03-01."),
        ("opens: 20270301", "`opens` has to be a day such as 2027-03-01."),
        ("opens: [2027-03-01]", "`opens` has to be a day such as 2027-03-01."),
        ("opens:", "`opens` has to be a day such as 2027-03-01."),
        ("key:", "`key` is missing, empty or not a text."),
        ("key: '  '", "`key` is missing, empty or not a text."),
        (f"key: {'x' * 101}", "`key` has more than 100 characters."),
        ("state: hidden", "state is one of draft, published, archived."),
    ],
)
def test_a_rule_that_is_none_is_refused_on_its_line_and_does_not_fit(tmp_path: Path, line: str, sentence: str) -> None:
    (fault,) = read_files(folder_of(tmp_path, f"{line}\n")).faults
    assert (fault.file, fault.line, fault.sentence) == ("course.yaml", LINE, sentence)
    assert not is_read(tmp_path, f"{COURSE}{line}\n")
    assert not fits(f"{COURSE}{line}\n")


@pytest.mark.parametrize(
    ("lines", "line", "sentence"),
    [
        ("opens: 2027-02-30\n", LINE, "`opens` has to be a day such as 2027-03-01."),
        ("opens: 2027-03-02\ncloses: 2027-03-01\n", LINE + 1, "`closes` is before `opens`."),
    ],
)
def test_what_no_schema_sees_is_refused_too(tmp_path: Path, lines: str, line: int, sentence: str) -> None:
    (fault,) = read_files(folder_of(tmp_path, lines)).faults
    assert fault.line == line
    assert fault.sentence.startswith(sentence)


@pytest.mark.parametrize("state", ["draft", "archived", None])
@pytest.mark.parametrize("key", ["bowline", "no", "12.50", "# not a comment", None])
def test_out_and_in_again_changes_nothing(tmp_path: Path, state: str | None, key: str | None) -> None:
    course = replace(read_course(folder_of(tmp_path, RULES)), state=state, key=key)
    files = course_files(course)
    write_folder(tmp_path / "out", {name: text.encode() for name, text in files.items()})
    assert read_course(tmp_path / "out") == course
    assert fits(files["course.yaml"])
