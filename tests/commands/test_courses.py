"""The catalog and a course, on the command line."""

import json

import apsw
import pytest

from azora_tui.commands import courses
from azora_tui.paths import Paths

HOSTILE = "Red \x1b[31m[/x] \u202eevil\x9b0m\x07 \r\n[@click=app.quit]title"
CLEANED = "Red [31m[/x] evil0m [@click=app.quit]title"


def change(school: Paths, statement: str, *values: object) -> None:
    connection = apsw.Connection(str(school.lms_database))
    connection.execute(statement, values)
    connection.close()


def test_courses_json_has_the_rows_of_the_original_service(azora, school):
    answer = azora("courses", "--json").json
    assert answer["success"] is True
    row = next(row for row in answer["data"] if row["id"] == 1)
    assert list(row)[:8] == [
        "id", "title", "description", "instructor", "duration", "students", "is_published", "created_at",
    ]  # fmt: skip
    assert row["title"] == "Introduction to Ubuntu Philosophy"
    assert (row["students"], row["is_published"], row["slug"]) == (0, 1, "ubuntu-philosophy")
    assert len(row["created_at"]) == len("2026-11-22 12:00:00")


def test_courses_are_streamed_page_by_page(azora, school, monkeypatch: pytest.MonkeyPatch):
    whole = azora("courses", "--json").json["data"]
    monkeypatch.setattr(courses, "_PAGE", 2)
    assert azora("courses", "--json").json["data"] == whole
    monkeypatch.setattr(courses, "_PAGE", 3)
    assert azora("courses", "--json").json["data"] == whole
    assert "4 courses." in azora("courses").out


def test_only_published_courses_are_listed(azora, school: Paths):
    change(school, "UPDATE courses SET is_published = 0 WHERE id = 2")
    assert 2 not in [row["id"] for row in azora("courses", "--json").json["data"]]
    assert azora("course", "2").status == 0  # an admin teaches every course
    azora("register", "--email", "b@example.org", "--name", "B", "--password-stdin", stdin="a long passphrase")
    assert azora("course", "2").status == 1
    assert azora("enroll", "2", "--json").json == {"success": False, "error": "Course not found"}


def test_courses_for_people(azora, school):
    lines = azora("courses", "ubuntu").out.splitlines()
    assert lines[:2] == [
        "1  ○ new  Introduction to Ubuntu Philosophy",
        "          Elara AI, 4 weeks, beginner, 6 lessons",
    ]
    assert "1 course. More about one" in lines[-1]


@pytest.mark.parametrize("ask", [["courses", "--ascii"], ["--ascii", "courses"]])
def test_ascii_signs_for_who_asks(azora, school, ask: list[str]):
    assert "1  o new  Introduction" in azora(*ask).out


def test_ascii_signs_for_who_chose_them(azora, school: Paths):
    school.settings.write_text(json.dumps({"ascii": True}))
    assert "1  o new  Introduction" in azora("courses").out


def test_courses_are_sorted(azora, school: Paths):
    change(school, "UPDATE courses SET students = 9 WHERE id = 3")

    def ids(sort: str) -> list[int]:
        return [row["id"] for row in azora("courses", "--sort", sort, "--json").json["data"]]

    assert ids("title") == [4, 3, 2, 1]
    assert ids("newest") == [4, 3, 2, 1]
    assert ids("popularity") == [3, 4, 2, 1]


def test_nothing_found_is_an_answer(azora, school):
    answer = azora("courses", "xyzzy")
    assert answer.status == 0
    assert answer.out == 'No course has "xyzzy". List them all with `azora-tui courses`.\n'
    assert azora("courses", "xyzzy", "--json").json == {"success": True, "data": []}
    assert 'No course has "ubnutu". Did you mean "ubuntu"?' in azora("courses", "ubnutu").out
    assert azora("courses", "\udcff%_\\").status == 0


def test_course_json_is_the_row_with_its_lessons(azora, school):
    row = azora("course", "1", "--json").json["data"]
    listed = next(each for each in azora("courses", "--json").json["data"] if each["id"] == 1)
    assert {key: row[key] for key in listed} == listed
    lesson = row["lessons"][0]
    assert list(lesson)[:7] == [
        "id", "course_id", "title", "content", "order_index", "duration_minutes", "created_at",
    ]  # fmt: skip
    assert (lesson["id"], lesson["course_id"], lesson["title"]) == (1, 1, "What is Ubuntu?")
    assert lesson["content"].count("\n") > 10
    assert lesson["created_at"] == row["created_at"]


def test_a_course_for_people(azora, school):
    by_number, by_slug = azora("course", "1").out, azora("course", "ubuntu-philosophy").out
    assert by_number == by_slug
    assert "What you will be able to do:" in by_number
    assert "1  ○ new  What is Ubuntu? (15 minutes)" in by_number
    assert "Enrol with `azora-tui enroll 1`." in by_number
    azora("enroll", "1")
    assert "Go on with `azora-tui read 1`." in azora("course", "1").out


def test_a_course_that_needs_another_first(azora, school: Paths):
    change(school, "INSERT INTO course_prerequisites VALUES (2, 'ubuntu-philosophy'), (2, 'gone')")
    out = azora("course", "2").out
    assert "- Introduction to Ubuntu Philosophy: not completed yet" in out
    assert "- gone: not installed here" in out
    answer = azora("enroll", "2")
    assert answer.status == 1
    assert "Introduction to Ubuntu Philosophy" in answer.err
    assert [each["completed"] for each in azora("course", "2", "--json").json["data"]["prerequisites"]] == [
        0,
        0,
    ]


UNKNOWN = ["99", "-1", "0", "9" * 40, "nothing-like-it", "", "\udcff", "'; DROP TABLE courses"]


@pytest.mark.parametrize("word", UNKNOWN)
@pytest.mark.parametrize("command", ["course", "enroll", "leave", "progress", "read"])
def test_an_unknown_course(azora, school, command: str, word: str):
    answer = azora(command, "--json", "--", word)
    assert answer.status == 1
    assert answer.json == {"success": False, "error": "Course not found"}
    answer = azora(command, "--", word)
    assert (answer.status, answer.out) == (1, "")
    assert answer.err == "Course not found. List the courses with `azora-tui courses`.\n"


def test_a_hostile_title_comes_out_clean(azora, school: Paths):
    change(school, "UPDATE courses SET title = ?, description = ?, instructor = ? WHERE id = 1", *[HOSTILE] * 3)
    change(
        school,
        "UPDATE lessons SET title = ?, content = ? WHERE id = 1",
        HOSTILE,
        f"{HOSTILE}\n\n    {HOSTILE}",
    )
    azora("enroll", "1")
    for argv in (
        ["courses"], ["course", "1"], ["enrollments"], ["progress", "1"], ["read", "1", "1"],
        ["complete", "1", "1"], ["leave", "1"], ["enroll", "1"],
    ):  # fmt: skip
        answer = azora(*argv)  # which looks for control characters
        assert answer.status == 0
        assert "\u202e" not in answer.out
        assert "[31m[/x] evil" in " ".join(answer.out.split())
    for argv in (["courses"], ["course", "1"], ["read", "1", "1"], ["enrollments"]):
        answer = azora(*argv, "--json")
        assert answer.json["success"] is True
        assert "\u202e" not in answer.out
        assert "\\u001b" not in answer.out
    titles = [row["title"] for row in azora("courses", "--json").json["data"]]
    assert CLEANED in [" ".join(title.split()) for title in titles]


@pytest.mark.parametrize("columns", [1, 20, 40, 60])
def test_narrow_terminals(azora, school, monkeypatch: pytest.MonkeyPatch, columns: int):
    azora("enroll", "1")
    monkeypatch.setenv("COLUMNS", str(columns))
    for argv in (["courses"], ["course", "1"], ["enrollments"], ["progress", "1"], ["whoami"]):
        out = azora(*argv).out
        assert out
        assert max(map(len, out.splitlines())) <= max(columns, 20)
