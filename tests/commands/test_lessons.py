"""Reading and completing lessons, on the command line."""

import pydoc
import re

import pytest

from azora_tui.commands import lessons


def test_reading_goes_on_where_one_stopped(azora, school):
    azora("enroll", "1")
    assert azora("read", "1").out.startswith("Introduction to Ubuntu Philosophy, lesson 1 of 6\n# What is Ubuntu?\n")
    azora("read", "1", "3")
    assert "lesson 3 of 6" in azora("read", "1").out
    azora("complete", "1", "3")
    assert "lesson 1 of 6" in azora("read", "1").out


def test_reading_again_begins_at_the_beginning(azora, school):
    azora("enroll", "1")
    for number in range(1, 7):
        answer = azora("complete", "1", str(number))
    assert "You have completed Introduction to Ubuntu Philosophy." in answer.out
    out = azora("read", "1").out
    assert "lesson 1 of 6" in out
    assert out.endswith("You completed this lesson.\n")


def test_a_lesson_by_number_and_by_short_name(azora, school):
    azora("enroll", "1")
    assert azora("read", "1", "2").out == azora("read", "ubuntu-philosophy", "becoming-a-person").out


def test_a_lesson_is_wrapped_and_says_how_to_go_on(azora, school, monkeypatch: pytest.MonkeyPatch):
    azora("enroll", "4")
    monkeypatch.setenv("COLUMNS", "200")
    out = azora("read", "4", "6").out
    prose = [line for line in out.splitlines() if not line.startswith("    ") and "://" not in line]
    assert 60 < max(map(len, prose)) <= 76
    assert out.endswith("Done? `azora-tui complete 4 6` completes this lesson.\n")


def test_read_json(azora, school):
    azora("enroll", "1")
    data = azora("read", "1", "1", "--json").json["data"]
    assert (data["course_id"], data["lesson"]["id"], data["lesson"]["completed"]) == (1, 1, 0)
    assert data["lesson"]["content"] == azora("course", "1", "--json").json["data"]["lessons"][0]["content"]
    assert data["progress"] == {"completed": 0, "total": 6, "percentage": 0}


def test_who_is_not_enrolled_does_not_read(azora, school):
    answer = azora("read", "1")
    assert (answer.status, answer.out) == (1, "")
    assert "not enrolled" in answer.err


def test_an_unknown_lesson(azora, school):
    azora("enroll", "1")
    for word in ("0", "7", "nothing", "\udcff"):
        answer = azora("read", "1", word)
        assert (answer.status, answer.out) == (1, "")
        assert "has no lesson" in answer.err


def test_complete_json_is_what_the_original_service_answered(azora, school):
    azora("enroll", "1")
    answer = azora("complete", "1", "what-is-ubuntu", "--minutes", "25", "--json").json
    completed_at = answer["data"].pop("completedAt")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", completed_at)
    assert answer == {
        "success": True,
        "message": 'Lesson "What is Ubuntu?" marked as completed',
        "data": {"lessonId": 1, "completed": True},
    }


@pytest.mark.parametrize("enrolled", [True, False])
def test_complete_json_refuses_as_the_original_service_did(azora, school, enrolled: bool):
    if enrolled:
        azora("enroll", "1")
    answer = azora("complete", "1", "77" if enrolled else "1", "--json")
    assert answer.status == 1
    assert answer.json == {"success": False, "error": "Lesson not found or not enrolled"}


def test_complete_for_people(azora, school):
    azora("enroll", "1")
    assert azora("complete", "1", "1").out == (
        "Completed: What is Ubuntu?\n"
        "1 of 6 required lessons completed, 16 %.\n"
        "Next: Becoming a Person. Read it with `azora-tui read 1 2`.\n"
    )
    assert azora("complete", "1", "1").out.startswith("You had done this before.")


@pytest.mark.parametrize("minutes", ["-1", "1.5", "x", "10001", "9" * 5000, ""])
def test_minutes_are_a_whole_number(azora, school, minutes: str):
    answer = azora("complete", "1", "1", f"--minutes={minutes}")
    assert answer.status == 2
    assert "whole number from 0 to 10,000" in answer.err


def test_a_long_lesson_goes_through_the_pager_only_at_a_terminal(azora, school, monkeypatch: pytest.MonkeyPatch):
    paged: list[str] = []
    monkeypatch.setattr(pydoc, "pager", paged.append)
    monkeypatch.setenv("LINES", "24")
    azora("enroll", "1")
    out = azora("read", "1", "1").out
    assert paged == []

    class Terminal:
        @staticmethod
        def isatty() -> bool:
            return True

    with monkeypatch.context() as patch:
        patch.setattr(lessons, "sys", type("sys", (), {"stdout": Terminal}))
        assert azora("read", "1", "1").out == ""
        assert paged == [out]
        monkeypatch.setenv("LINES", "1000")
        assert azora("read", "1", "1").out == out
