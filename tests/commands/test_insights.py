"""How a course is doing, in words, for programs, and as files."""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from azora_tui.formats.csv_writing import write_csv
from azora_tui.lms.service import open_lms
from azora_tui.paths import Paths
from azora_tui.times import now
from tests.commands.conftest import Azora
from tests.conftest import Clock
from tests.teaching import class_of_twelve, knots


@pytest.fixture
def course(school: Paths) -> str:
    clock = Clock()
    clock.moment = now()
    lms = replace(open_lms(school), now=clock)
    made = class_of_twelve(lms, clock)
    lms.database.close()
    return str(made)


def words(azora: Azora, *argv: str) -> str:
    answer = azora(*argv)
    assert answer.status == 0, answer.err
    return " ".join(answer.out.split())


def test_the_courses_that_one_teaches(azora: Azora, course: str) -> None:
    assert "Knots and Ropes" in words(azora, "insights")
    (first, *_) = azora("insights", "--json").json["data"]
    assert (first["title"], first["students"]) == ("Knots and Ropes", 12)


def test_a_course(azora: Azora, course: str) -> None:
    said = words(azora, "insights", course)
    for part in (
        "Knots and Ropes 12 enrolled, 7 active this week, 10 in the last 30 days.",
        "2 of 12 learners completed (16 %), in a median of 21 days.",
        "Stuck: 5 Kofi Mensah quiz of Hitches, 3 tries, best 0 %, last here 4 days ago",
        "Nearly done: 1 Mateo Ruiz 80 %, last here yesterday",
        "3 Hitches opened by 8, done by 5, 2 stopped here, minutes 9 (6 to 11)",
        "Outcomes 1 You can tie them. 82 % right at once, 6 questions",
    ):
        assert part in said, part
    data = azora("insights", course, "--json").json["data"]
    assert (data["enrolled"], data["active_7"], data["counts"]) == (12, 7, {"stuck": 5, "nearly done": 1})
    assert data["lessons"][2]["stopped_here"] == 2
    assert data["stuck"][0]["failing"] == [{"lesson": "Hitches", "tries": 3, "best": 0}]


def test_one_lesson(azora: Azora, course: str) -> None:
    said = words(azora, "insights", course, "--lesson", "3")
    assert said.startswith("3 Hitches Opened by 8, done by 5, 2 stopped here")
    assert "hitches-a" in said
    assert "bowline-a" not in said
    data = azora("insights", course, "--lesson", "3", "--json").json["data"]
    assert [each["id"] for each in data["questions"]] == [f"hitches-{letter}" for letter in "abcd"]
    assert "has no lesson 9" in azora("insights", course, "--lesson", "9").err


def test_one_question(azora: Azora, course: str) -> None:
    said = words(azora, "insights", course, "--question", "hitches-c")
    assert "Which c of hitches? In lesson 3, Hitches." in said
    assert "lower upper option" in said
    assert "after 7 days: not asked yet" in said
    data = azora("insights", course, "--question", "hitches-c", "--json").json["data"]
    assert [option["correct"] for option in data["options"]] == [True, False, False]
    assert "asks no question nothing" in azora("insights", course, "--question", "nothing").err


def test_people_and_one_of_them(azora: Azora, course: str) -> None:
    assert "Mateo Ruiz" not in words(azora, "insights", course, "--people", "stuck")
    assert "Mateo Ruiz" in words(azora, "insights", course, "--people", "nearly-done")
    assert words(azora, "insights", course, "--people", "left") == "Nobody has left this course."
    assert len(azora("insights", course, "--people", "everybody", "--json").json["data"]) == 12
    said = words(azora, "insights", course, "--learner", "kofi@example.org")
    assert said.startswith(
        "Kofi Mensah in Knots and Ropes × stuck, last here 4 days ago. quiz of Hitches, 3 tries, best 0 %"
    )
    assert "Hitches 0 %, 0 %, 0 %" in said
    data = azora("insights", course, "--learner", "kofi@example.org", "--json").json["data"]
    assert [lesson["quiz"] for lesson in data["lessons"]] == [[], [100], [0, 0, 0], [], []]
    assert azora("insights", course, "--learner", "nobody@example.org").status == 1


def test_a_course_without_anybody(azora: Azora, school: Paths) -> None:
    lms = open_lms(school)
    course = str(knots(lms))
    lms.database.close()
    assert words(azora, "insights", course) == (
        "Knots and Ropes 0 enrolled, 0 active this week, 0 in the last 30 days. Nobody has enrolled yet."
    )
    assert words(azora, "insights", course, "--people", "everybody") == "Nobody is in this course yet."


def test_a_learner_sees_none_of_it(azora: Azora, course: str) -> None:
    azora("register", "--email", "other@example.org", "--name", "Other", "--password-stdin", stdin="a long passphrase")
    for argv in (
        ("insights",), ("insights", course), ("insights", course, "--people", "stuck"), ("export", "figures", course),
        ("export", "statements", course), ("insights", course, "--learner", "kofi@example.org"),
    ):  # fmt: skip
        answer = azora(*argv)
        assert (answer.status, answer.out) == (1, ""), argv
        assert "Only instructors and admins" in answer.err


def test_figures_as_csv_in_which_no_cell_is_a_formula(azora: Azora, course: str, school: Paths, tmp_path: Path) -> None:
    lms = open_lms(school)
    with lms.database.write() as transaction:
        transaction.execute("UPDATE lessons SET title = '=1+1' WHERE slug = 'ropes'")
    lms.database.close()
    rows = list(csv.DictReader(io.StringIO(azora("export", "figures", course).out)))
    assert rows[0]["lesson"] == "'=1+1"
    assert (rows[2]["lesson"], rows[2]["opened"], rows[2]["minutes median"]) == ("Hitches", "8", "9.0")
    file = tmp_path / "questions.csv"
    azora("export", "figures", course, "--of", "questions", "--output", str(file))
    asked = list(csv.DictReader(file.open(encoding="utf-8")))
    assert len(asked) == 12
    assert write_csv(("r",), [(-0.5,), ("-0.5",), (None,)]) == 'r\n-0.5\n\'-0.5\n""\n', "a number stays one"
    assert azora("export", "figures", course, "--output", str(file)).status == 1, "it is there already"


def test_statements_a_line_each(azora: Azora, course: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = azora("export", "statements", course).out.splitlines()
    found = [json.loads(line) for line in lines]
    assert len({each["id"] for each in found}) == len(found) > 50
    file = tmp_path / "statements.jsonl"
    said = words(azora, "export", "statements", course, "--output", str(file))
    assert said.startswith(f"{len(found)} statements are in ")
    assert [json.loads(line) for line in file.read_text("utf-8").splitlines()] == found

    def full(*_: object) -> Callable[..., None]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("azora_tui.paths.os.fsync", full)
    answer = azora("export", "statements", course, "--output", str(file), "--force")
    assert "No space left" in answer.err
    assert len(file.read_text("utf-8").splitlines()) == len(found), "the old file is as it was"
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["statements.jsonl"]


def test_a_learner_reads_how_they_stand(azora: Azora, course: str) -> None:
    azora("enroll", course)
    for _ in range(3):
        azora("quiz", course, "2", stdin="2\n2\n2\n2\n")
    said = words(azora, "progress", course)
    assert "You have tried the quiz of The bowline 3 times without passing, best 0 %." in said
    assert "You have tried the quiz of The bowline 3 times" in words(azora, "course", course)
