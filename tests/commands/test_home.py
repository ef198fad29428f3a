"""Home without the app: the same facts in words, and for programs."""

import pytest

from tests.commands.conftest import Azora

pytestmark = pytest.mark.usefixtures("school")


def test_who_has_begun_nothing_is_led_to_the_courses(azora: Azora) -> None:
    answer = azora("home")
    assert answer.status == 0
    assert "azora-tui courses" in answer.out


def test_where_to_go_on_and_what_was_done(azora: Azora) -> None:
    azora("enroll", "2")
    azora("enroll", "1")
    azora("complete", "1", "1", "--minutes", "25")
    out = azora("home").out
    words = " ".join(out.split())
    assert words.startswith(
        "Continue: Becoming a Person In Introduction to Ubuntu Philosophy. 1 of 6 required lessons completed, 16 %. "
        "Go on with `azora-tui read 1`."
    )
    assert "Constitutional AI Fundamentals" in out
    assert "16 %.\n" in out, "a number and its % are not torn apart at the end of a line"
    assert "new: `azora-tui review`" in out
    assert "25 minutes, 1 lesson" in out
    assert "1 day, longest 1" in out
    assert "First lesson completed" in out
    assert "Next: " in out


def test_for_programs(azora: Azora) -> None:
    azora("enroll", "1")
    azora("complete", "1", "1", "--minutes", "25")
    data = azora("home", "--json").json["data"]
    assert data["continue"]["next_lesson"]["title"] == "Becoming a Person"
    assert data["this_week"] == {"days": 1, "minutes": 25, "lessons": 1}
    assert data["last_week"] == {"days": 0, "minutes": 0, "lessons": 0}
    assert data["streak"] == {"current": 1, "longest": 1}
    assert data["days"] == [{"day": data["today"], "minutes": 25, "lessons": 1}]
    assert data["achievements"] == [{"title": "First lesson completed", "day": data["today"]}]
    assert set(data["next_achievement"]) == {"title", "done", "needed"}


def test_nothing_begun_for_programs(azora: Azora) -> None:
    data = azora("home", "--json").json["data"]
    assert (data["continue"], data["others"], data["days"], data["achievements"]) == (None, [], [], [])


def test_rest_days_are_chosen_here_too(azora: Azora) -> None:
    azora("enroll", "1")
    assert "Sat, Sun" in azora("home", "--rest-days", "sat, SUN").out
    assert azora("home", "--json").json["data"]["rest_days"] == ["Saturday", "Sunday"]
    assert azora("home", "--rest-days", "none", "--json").json["data"]["rest_days"] == []


@pytest.mark.parametrize("word", ["", "funday", "sat sun", "0"])
def test_a_day_that_is_none_is_wrong_usage(azora: Azora, word: str) -> None:
    answer = azora("home", "--rest-days", word)
    assert answer.status == 2
    assert "or none" in answer.err


def test_when_everything_is_done(azora: Azora) -> None:
    azora("enroll", "1")
    for number in range(1, 7):
        azora("complete", "1", str(number))
    out = azora("home").out
    assert out.startswith("Nothing is under way.")
    assert "First course completed" in out


def test_in_ascii(azora: Azora) -> None:
    azora("enroll", "1")
    azora("complete", "1", "1")
    assert azora("home", "--ascii").out.isascii()
