"""Circles and the inbox in words."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from azora_tui.models.circles import Circle, CircleWeek, Member, Post
from azora_tui.models.inbox import Notice, Request
from azora_tui.models.together import Author
from azora_tui.wording.circles import goal_words, member_words, people_words, there_words, week_words, written_by
from azora_tui.wording.inbox import notice_line, request_line

AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
JO = Author(2, "Jo")
NAMELESS = Author(None, None)
GONE = Author(None, None, gone=True)
CIRCLE = Circle(
    1, "u", 1, "Ropes", "Three ropes", "Hitches", date(2026, 11, 24), "kubalo-31", 4, 2, 0, True, False, False
)


def test_a_circle_says_how_many_are_in_it_and_there() -> None:
    assert people_words(CIRCLE) == "4 people"
    assert people_words(replace(CIRCLE, people=3)) == "3 people"
    assert people_words(replace(CIRCLE, people=2)) == "2 people, waiting for others"
    assert people_words(replace(CIRCLE, people=1)) == "1 person, waiting for others"
    assert there_words(CIRCLE) == "2 of 4 there"
    assert goal_words(CIRCLE, date(2026, 11, 22)) == "goal: Hitches, by Tue 24 Nov"
    assert goal_words(CIRCLE, date(2026, 11, 23)) == "goal: Hitches, by tomorrow"


@pytest.mark.parametrize(
    ("week", "words"),
    [
        (CircleWeek(0, 0), "This week nothing yet."),
        (CircleWeek(1, 0), "This week: 1 lesson completed."),
        (CircleWeek(0, 1), "This week: 1 post."),
        (CircleWeek(2, 3), "This week: 2 lessons completed and 3 posts."),
    ],
)
def test_a_week_says_what_was_done(week: CircleWeek, words: str) -> None:
    assert week_words(week) == words


def test_a_member_says_only_what_they_show() -> None:
    assert member_words(Member(JO, AT, None, False, False), "✓") == "Jo"
    assert member_words(Member(JO, AT, 40, True, False), "✓") == "Jo  40 %  ✓ there"


def test_a_post_says_who_wrote_it() -> None:
    post = Post(1, "u", 1, None, JO, "Hello", AT)
    assert written_by(post) == "Jo"
    assert written_by(replace(post, author=GONE)) == "somebody who has left"
    assert written_by(replace(post, author=GONE, text="", taken_back=True)) == "a post that was taken back"


NOTICE = Notice("u", "circle_posted", 1, JO, AT, None, 1, "Ropes", 2, "The bowline", 3, "Three ropes", "Hello")


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("circle_joined", "Three ropes: Jo joined"),
        ("circle_posted", "Three ropes: Jo posted"),
        ("circle_replied", "Three ropes: Jo replied"),
        ("connection_accepted", "Jo is connected with you now"),
        ("wisdom_hidden", "What you left on The bowline was hidden; the reason stands beside it"),
        ("wisdom_answered", "Jo answered what you left on The bowline"),
        ("wisdom_pinned", "What you left on The bowline stands first now"),
        ("wisdom_taken_over", "Your correction of The bowline is in the course now"),
        ("help_asked", "Jo asks for help on The bowline"),
        ("help_answered", "Jo answered your question on The bowline"),
        ("help_settled", "Jo says that the question on The bowline is settled"),
        ("smoke_signalled", "Jo did something in The bowline"),
    ],
)
def test_each_kind_has_its_line(kind: str, line: str) -> None:
    assert notice_line(replace(NOTICE, kind=kind)) == line


def test_a_line_begins_with_a_capital_and_says_where_it_is() -> None:
    asked = replace(NOTICE, kind="help_asked", actor=NAMELESS)
    assert notice_line(asked) == "A learner asks for help on The bowline"
    assert notice_line(replace(asked, actor=GONE)) == "Somebody who has left asks for help on The bowline"
    assert notice_line(replace(asked, actor=None)) == "Somebody asks for help on The bowline"
    assert notice_line(replace(asked, lesson_title="")) == "A learner asks for help on Ropes"
    nowhere = replace(NOTICE, kind="x", lesson_title="", course_title="")
    assert notice_line(nowhere) == "Jo did something in this school"
    assert request_line(Request(1, NAMELESS, "May I?", AT, True)) == "A learner asks to be connected with you"
