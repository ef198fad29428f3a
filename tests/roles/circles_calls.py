"""How the calls of circles, boards and the inbox are tried (`tests.roles.calls`): each has a circle of their own."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from azora_tui.lms.together import boards, circles, inbox
from azora_tui.models.circles import Circle
from tests.roles.school import VICTOR, School


def _circle(school: School, claims: Any) -> Circle:
    """The circle that somebody has made; nobody's is that of Kofi."""
    (found,) = circles.mine(school.lms, school.claims["kofi"] if claims.session_id == "none" else claims)
    return found


def _post(school: School, claims: Any) -> int:
    owner = school.claims["kofi"] if claims.session_id == "none" else claims
    return boards.page(school.lms, owner, _circle(school, claims).id).threads[0].post.id


def _circles(work: Callable[..., Any], *args: Any, **more: Any) -> tuple[Callable[[School, Any], object], ...]:
    return (
        lambda s, c: work(s.lms, c, _circle(s, c).id, *args, **more),
        lambda s, c: work(s.lms, c, _circle(s, s.claims[VICTOR]).id, *args, **more),
    )


def _posts(work: Callable[..., Any], *args: Any) -> tuple[Callable[[School, Any], object], ...]:
    return (
        lambda s, c: work(s.lms, c, _post(s, c), *args),
        lambda s, c: work(s.lms, c, _post(s, s.claims[VICTOR]), *args),
    )


def _make(school: School, claims: Any, slug: str) -> object:
    until = school.lms.today() + timedelta(days=1)
    return circles.make(school.lms, claims, school.course[slug], name="Ropes", goal="Hitches", until=until)


CIRCLES: dict[str, tuple[Callable[[School, Any], object], ...]] = {
    "lms.together.boards.change": _posts(boards.change, "Other words"),
    "lms.together.boards.delete": _posts(boards.delete),
    "lms.together.boards.mark_seen": _circles(boards.mark_seen),
    "lms.together.boards.page": _circles(boards.page),
    "lms.together.boards.post": _circles(boards.post, "Hello"),
    "lms.together.boards.reply": _posts(boards.reply, "Hello"),
    "lms.together.circles.change": _circles(circles.change, name="Ropes"),
    "lms.together.circles.circle": _circles(circles.circle),
    "lms.together.circles.invitation": _circles(circles.invitation, renew=True),
    "lms.together.circles.join": (lambda s, c: circles.join(s.lms, c, _circle(s, s.claims[VICTOR]).word),),
    "lms.together.circles.leave": _circles(circles.leave),
    "lms.together.circles.make": (lambda s, c: _make(s, c, "ants"), lambda s, c: _make(s, c, "beetles")),
    "lms.together.circles.mine": (lambda s, c: circles.mine(s.lms, c),),
    "lms.together.circles.say_there": _circles(circles.say_there, True),
    "lms.together.circles.show_progress": _circles(circles.show_progress, True),
    "lms.together.inbox.count": (lambda s, c: inbox.count(s.lms, c),),
    "lms.together.inbox.mark_read": (lambda s, c: inbox.mark_read(s.lms, c, inbox.page(s.lms, s.claims["kofi"]).new),),
    "lms.together.inbox.page": (lambda s, c: inbox.page(s.lms, c),),
}
