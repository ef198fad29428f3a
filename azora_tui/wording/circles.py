"""Circles in words: the same on the screen and in the plain command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azora_tui.wording.dates import calendar_day
from azora_tui.wording.numbers import counted
from azora_tui.wording.together import author_name

if TYPE_CHECKING:
    from datetime import date

    from azora_tui.models.circles import Circle, CircleWeek, Member, Post

TAKEN_BACK = "a post that was taken back"
HIDDEN = "a post that was hidden"
NO_POSTS = "Nobody has written here yet."
NO_CIRCLES = "You are in no circle yet: three to twelve people around a course, with a goal and a day."


def people_words(circle: Circle) -> str:
    """ "4 people"; with fewer than it takes, that it waits for others."""
    people = counted(circle.people, "person", "people")
    return f"{people}, waiting for others" if circle.is_waiting else people


def goal_words(circle: Circle, today: date) -> str:
    """ "goal: Hitches, by Thu 26 Nov"."""
    return f"goal: {circle.goal}, by {calendar_day(circle.until, today)}"


def there_words(circle: Circle) -> str:
    return f"{circle.there} of {circle.people} there"


def week_words(week: CircleWeek) -> str:
    """What the circle did, and nothing of who did how much."""
    did = []
    if week.lessons:
        did.append(f"{counted(week.lessons, 'lesson')} completed")
    if week.posts:
        did.append(counted(week.posts, "post"))
    return f"This week: {' and '.join(did)}." if did else "This week nothing yet."


def member_words(member: Member, there: str) -> str:
    """Their name, and what they show; `there` is the sign for who has reached the goal."""
    words = [author_name(member.author)]
    if member.percent is not None:
        words.append(f"{member.percent} %")
    if member.is_there:
        words.append(f"{there} there")
    return "  ".join(words)


def spoken(word: str) -> str:
    """A word as it is read out loud, letter by letter: "k u b a l o - 3 1"."""
    return " ".join(word)


def written_by(post: Post) -> str:
    if post.taken_back:
        return TAKEN_BACK
    return HIDDEN if post.is_empty else author_name(post.author)


def made_words(word: str) -> str:
    """What to do with a new circle."""
    return f"Tell the others its word: {spoken(word)}"
