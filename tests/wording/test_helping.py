"""Help for who is stuck, in words."""

from dataclasses import replace

import pytest

from azora_tui.models.helping import HelpRequest, HelpThread
from azora_tui.models.together import Author
from azora_tui.wording import helping
from tests.conftest import NOW

ASKED = HelpRequest(
    id=1, uuid="u", asker=Author(1, "Kofi", mine=True), course_id=1, course_title="Knots", lesson_id=1,
    lesson_title="The Bowline", question_id=None, quote="", text="Why?", asked_at=NOW, settled_at=None, replies=0,
    available=True,
)  # fmt: skip


@pytest.mark.parametrize(
    ("number", "before", "after"),
    [
        (0, "Nobody who helps has completed this lesson yet.", "Asked. It waits for the first who can answer."),
        (1, "It reaches 1 learner who completed this lesson and helps.", "Asked. It reaches 1 learner who can answer."),
        (1_200, "It reaches 1,200 learners who completed this lesson and help.", "Asked. It reaches 1,200 learners"),
    ],
)
def test_whom_it_reaches(number: int, before: str, after: str) -> None:
    assert helping.reaches(number).startswith(before)
    assert helping.reached(number).startswith(after)


def test_how_it_stands() -> None:
    assert helping.state(ASKED) == "no answer yet"
    assert helping.state(replace(ASKED, replies=1)) == "1 answer"
    assert helping.state(replace(ASKED, replies=2, settled_at=NOW)) == "settled"


def test_where_it_was_asked() -> None:
    assert helping.place(ASKED) == "about the lesson as a whole"
    assert helping.place(replace(ASKED, quote="A loop.")) == "at this paragraph"
    assert helping.place(replace(ASKED, quote="A loop?", question_id="q")) == "at this question of the quiz"


def test_what_is_said_where_nobody_has_answered() -> None:
    asked = HelpThread(ASKED, (), reached=0)
    assert helping.waiting_sentence(asked).startswith("No answer yet. Nobody who helps")
    assert helping.waiting_sentence(replace(asked, reached=None)) == "Nobody has answered yet."
    assert helping.waiting_sentence(replace(asked, withheld=True)) == helping.WITHHELD
    assert helping.waiting_sentence(replace(asked, request=replace(ASKED, settled_at=NOW))) == ""
