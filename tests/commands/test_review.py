"""The review on the command line: course 2, lesson 1 has five questions, of which four are answered here, and three
cards."""

import sqlite3
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from azora_tui.commands import asking, review
from azora_tui.lms import service
from azora_tui.paths import Paths

QUIZ = "3\n1 2\npenumbra\n2\n"  # the first is not the right one


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch):
    """`later(days=1)`: from now on the school's clock is that much ahead."""
    real = service.open_lms

    def ahead(**parts: float) -> None:
        from dataclasses import replace

        from azora_tui.commands import context

        shift = timedelta(**parts)
        monkeypatch.setattr(
            context, "open_lms", lambda paths: replace(real(paths), now=lambda: datetime.now(UTC) + shift)
        )

    return ahead


@pytest.fixture
def enrolled(azora, school):
    azora("enroll", "2")
    return azora


@pytest.fixture
def answered(enrolled, later):
    enrolled("quiz", "2", "1", stdin=QUIZ)
    later(days=1)
    return enrolled


@pytest.fixture
def completed(enrolled):
    enrolled("complete", "2", "1")
    return enrolled


def log(school: Paths) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(school.lms_database)
    try:
        return connection.execute(
            "SELECT card_key, rating FROM review_log WHERE given_in = 'review' ORDER BY id"
        ).fetchall()
    finally:
        connection.close()


def test_nothing_yet(enrolled):
    answer = enrolled("review")
    assert (answer.status, answer.err) == (0, "")
    assert answer.out.startswith("Nothing to review yet. What you answer in a quiz comes back here")


def test_questions_from_standard_input(answered, school):
    answer = answered("review", stdin="1\n1 2\n")
    assert answer.status == 0
    assert answer.out.startswith(
        "4 cards: 4 due.\nCard 1 of 4: Constitutional Principles, in Constitutional AI Fundamentals.\nChoose one by its number.\n"
    )
    assert "✓ Yes. It can still have an unclear edge" in answer.out
    assert "✓ 2 cards reviewed: good 2.\nWaiting now: 2 due.\n" in answer.out
    assert [rating for _, rating in log(school)] == [3, 3]
    answer = answered("review", stdin="umbra\n2\n")
    assert "Card 1 of 2" in answer.out
    assert "2 cards reviewed: again 1, good 1.\nNothing is due. The next comes back in 1 minute.\n" in answer.out
    assert [rating for _, rating in log(school)] == [3, 3, 1, 3]


def test_cards_from_standard_input(completed, school):
    answer = completed("review", stdin="3\neasy\n")
    assert answer.status == 0
    assert "Name the four jobs of a constitution.\nSupremacy, rights, division of power, amendment.\n" in (
        answer.out.replace("\n\n", "\n")
    )
    assert "✓ 2 cards reviewed: good 1, easy 1.\nWaiting now: 1 new.\n" in answer.out
    assert log(school) == [("four-jobs", 3), ("rules-principles", 4)]


def test_a_line_that_is_no_rating(completed, school):
    answer = completed("review", stdin="3\nperhaps\n")
    assert answer.status == 1
    assert answer.err == "Rate a card with 1 again, 2 hard, 3 good or 4 easy.\n"
    assert log(school) == [("four-jobs", 3)]
    answer = completed("review", "--json", stdin="5\n")
    assert answer.json == {
        "success": False,
        "error": "Card 1: Rate a card with 1 again, 2 hard, 3 good or 4 easy. What was rated before it is kept.",
    }


def test_at_a_terminal_it_is_asked_again_and_may_be_rated_otherwise(answered, school, monkeypatch: pytest.MonkeyPatch):
    for module in (asking, review):
        monkeypatch.setattr(module, "at_terminal", lambda: True)
    answer = answered("review", stdin="x\n?\n1\n\n1\nperhaps\n4\n")
    assert answer.status == 0
    assert "Answer with numbers from 1 to 3." in answer.err
    assert "Hint: Does it simply apply" in answer.out
    assert "1 to 4, or enter for hard: " in answer.err
    assert "1 to 4, or enter for again: " in answer.err
    assert "Rate a card with 1 again" in answer.err
    assert "1 again (1 min), 2 hard (6 min)," in " ".join(answer.out.split())
    assert [rating for _, rating in log(school)] == [2, 4]


def test_a_card_at_a_terminal_shows_its_back_on_enter(completed, school, monkeypatch: pytest.MonkeyPatch):
    for module in (asking, review):
        monkeypatch.setattr(module, "at_terminal", lambda: True)
    answer = completed("review", stdin="\n\n2\n\n")
    assert answer.err.startswith("Enter shows the back: 1 to 4: Rate a card with")
    assert log(school) == [("four-jobs", 2)]
    assert "1 card reviewed: hard 1." in answer.out


def test_undo(completed, school):
    assert completed("review", "--undo").err == "There is no rating to undo.\n"
    completed("review", stdin="1\n")
    answer = completed("review", "--undo")
    assert answer.out == "Your last rating, again, is undone. The card is as it was before.\n"
    assert log(school) == [("four-jobs", 1), ("four-jobs", None)]
    completed("review", stdin="1\n")
    assert completed("review", "--undo", "--json").json["data"] == {"undone": 1, "id": "four-jobs"}
    assert completed("review", "--undo", "--json").status == 1


def test_the_forecast(answered):
    answer = answered("review", "--forecast")
    assert answer.status == 0
    lines = answer.out.splitlines()
    assert len(lines) == 17
    assert lines[0].endswith("  4 cards")
    assert all(line.endswith("  0 cards") for line in lines[1:14])
    assert lines[15:] == ["Today 4.", "Waiting now: 4 due."]
    days = answered("review", "--forecast", "--json").json["data"]
    assert [day["due"] for day in days] == [4] + [0] * 13
    assert answered("review", "--forecast", "--undo").status == 2


def test_json_tells_what_waits_without_the_answers(answered):
    answered("complete", "2", "1")
    answer = answered("review", "--json")
    data = answer.json["data"]
    assert (data["due"], data["new"], data["next_due"], data["rated"]) == (4, 3, None, [])
    assert [card["kind"] for card in data["cards"]] == ["question"] * 4 + ["card"] * 3
    first, last = data["cards"][0], data["cards"][-1]
    assert first["question"]["options"][0] == {"number": 1, "text": "A rule, because it either applies or does not."}
    assert (first["new"], first["card"], last["new"], last["question"]) == (0, None, 1, None)
    assert last["card"]["front"].startswith("Which three questions")
    for word in ("correct", "feedback", "Look again"):
        assert word not in answer.out


def test_json_rates_by_lines(answered, school):
    data = answered("review", "--json", stdin="?\n1\n1\n").json["data"]
    assert [(each["id"], each["rating"]) for each in data["rated"]] == log(school)
    assert [each["rating"] for each in data["rated"]] == [2, 1]
    assert data["due"] == 2


def test_ascii(answered):
    answer = answered("review", "--ascii", stdin="3\n")
    assert "x Not this one." in answer.out
    assert "v 1 card reviewed: again 1." in answer.out


def test_cards_are_searched(completed):
    answer = completed("search", "supremacy", "division")
    assert "review card" in answer.out
    assert "Name the four jobs of a constitution. (constitutional-principles)" in " ".join(answer.out.split())
    kinds = [hit["kind"] for hit in completed("search", "supremacy", "--json").json["data"]]
    assert "card" in kinds
