"""Enrolling, leaving and progress, on the command line."""

import re

import apsw
import pytest

from azora_tui.paths import Paths

ALREADY = {"success": False, "error": "Already enrolled in this course"}


def change(school: Paths, statement: str, *values: object) -> None:
    connection = apsw.Connection(str(school.lms_database))
    connection.execute(statement, values)
    connection.close()


def test_enroll_json_is_what_the_original_service_answered(azora, school):
    answer = azora("enroll", "1", "--json").json
    enrolled_at = answer["enrollment"].pop("enrolledAt")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", enrolled_at)
    assert answer == {
        "success": True,
        "message": "Successfully enrolled in Introduction to Ubuntu Philosophy",
        "enrollment": {"id": 1, "courseId": 1, "userId": 1, "progress": 0},
    }


def test_a_second_time_is_refused_and_changes_nothing(azora, school):
    azora("enroll", "1", "--json")
    before = azora("enrollments", "--json").out
    answer = azora("enroll", "1", "--json")
    assert (answer.status, answer.json, answer.err) == (1, ALREADY, "")
    answer = azora("enroll", "1")
    assert (answer.status, answer.out) == (1, "")
    assert answer.err == "Already enrolled in this course. Go on with `azora-tui read ID`.\n"
    assert azora("enrollments", "--json").out == before
    assert azora("course", "1", "--json").json["data"]["students"] == 1


def test_enroll_for_people(azora, school):
    assert azora("enroll", "ubuntu-philosophy").out == (
        "Successfully enrolled in Introduction to Ubuntu Philosophy.\nStart with `azora-tui read 1`.\n"
    )


def test_leaving_and_coming_back(azora, school):
    azora("enroll", "1")
    azora("complete", "1", "1")
    assert azora("leave", "1").out == (
        "Left Introduction to Ubuntu Philosophy. What you did in it is kept.\n"
        "Take it up again with `azora-tui enroll 1`.\n"
    )
    assert azora("enrollments", "--json").json["data"] == []
    assert [row["status"] for row in azora("enrollments", "--left", "--json").json["data"]] == ["left"]
    assert azora("leave", "1", "--json").json == {"success": False, "error": "Not enrolled in this course"}
    assert "as you left it" in azora("enroll", "1").out
    left = azora("leave", "1", "--json").json["enrollment"]
    assert (left["status"], left["progress"]) == ("left", 16)
    assert azora("enroll", "1", "--json").json["enrollment"]["progress"] == 16


def test_a_full_course(azora, school: Paths):
    change(school, "UPDATE courses SET seats = 1, students = 1 WHERE id = 1")
    answer = azora("enroll", "1")
    assert answer.status == 1
    assert "Full: 1 of 1 seats." in answer.err
    assert azora("enroll", "1", "--json").json["success"] is False


def test_waiting_for_a_seat(azora, school: Paths):
    change(school, "UPDATE courses SET seats = 1, students = 1 WHERE id = 1")
    assert azora("enroll", "1", "--wait", "--json").json == {"success": True, "waitlist": 1}
    assert "You are number 1 on its waitlist." in azora("enroll", "1", "--wait").out
    assert "no longer on the waitlist" in azora("leave", "1").out
    assert azora("leave", "1").status == 1, "there is nothing more to leave"


def test_enrollments_json(azora, school):
    azora("enroll", "1")
    azora("complete", "1", "1")
    (row,) = azora("enrollments", "--json").json["data"]
    assert list(row)[:8] == [
        "id", "user_id", "course_id", "progress", "status", "enrolled_at", "completed_at", "last_accessed_at",
    ]  # fmt: skip
    assert (row["title"], row["completed_lessons"], row["required_lessons"], row["percentage"]) == (
        "Introduction to Ubuntu Philosophy", 1, 6, 16,
    )  # fmt: skip
    assert row["next_lesson"]["title"] == "Becoming a Person"


def test_enrollments_for_people(azora, school):
    assert "not enrolled in a course yet" in azora("enrollments").out
    azora("enroll", "1")
    azora("complete", "1", "1")
    assert azora("enrollments").out.splitlines() == [
        "1  ● 16 %  Introduction to Ubuntu Philosophy",
        "           1 of 6 required lessons completed, 16 %. Next: Becoming a Person",
    ]
    assert azora("enrollments", "--completed").out == "None of your courses is completed.\n"
    assert azora("enrollments", "--left").out == "You left no course.\n"


def test_progress_json(azora, school):
    azora("enroll", "1")
    azora("complete", "1", "1", "--minutes", "25")
    azora("complete", "1", "3")
    data = azora("progress", "1", "--json").json["data"]
    assert list(data) == ["enrollment", "lessons", "progress"]
    assert data["progress"] == {"completed": 2, "total": 6, "percentage": 33}
    first, second = data["lessons"][:2]
    assert list(first)[:6] == [
        "id",
        "title",
        "order_index",
        "completed",
        "completed_at",
        "time_spent_minutes",
    ]
    assert (first["completed"], first["time_spent_minutes"], len(first["completed_at"])) == (1, 25, 19)
    assert (second["completed"], second["completed_at"]) == (0, None)
    assert data["enrollment"]["progress"] == 33


def test_a_course_without_required_lessons_has_no_percentage(azora, school: Paths):
    change(school, "UPDATE lessons SET required = 0 WHERE course_id = 1")
    change(school, "UPDATE courses SET required_count = 0 WHERE id = 1")
    azora("enroll", "1")
    assert azora("progress", "1", "--json").json["data"]["progress"]["percentage"] is None
    assert azora("enrollments", "--json").json["data"][0]["percentage"] is None
    assert "no percentage" in azora("progress", "1").out


def test_progress_for_people(azora, school):
    azora("enroll", "1")
    azora("complete", "1", "1")
    lines = azora("progress", "1").out.splitlines()
    assert lines[:2] == ["Introduction to Ubuntu Philosophy", "1 of 6 required lessons completed, 16 %."]
    assert lines[3:5] == [
        "1  ✓ completed  What is Ubuntu? (15 minutes)",
        "2  ○ new        Becoming a Person (15 minutes)",
    ]


@pytest.mark.parametrize("command", ["progress", "leave"])
def test_who_is_not_enrolled(azora, school, command: str):
    assert azora(command, "1", "--json").json == {"success": False, "error": "Not enrolled in this course"}
    answer = azora(command, "1")
    assert answer.status == 1
    assert answer.err == "Not enrolled in this course. Enrol with `azora-tui enroll ID`.\n"
