"""Circles in the school of `tests.roles.school`: one of each person's own, in ants, with a post, and one of Victor's."""

from collections.abc import Iterable
from datetime import timedelta

from azora_tui.lms.service import Lms
from azora_tui.lms.together import boards, circles
from azora_tui.models.accounts import Claims


def make_circles(lms: Lms, people: Iterable[Claims], course_id: int) -> None:
    for claims in people:
        until = lms.today() + timedelta(days=9)
        made = circles.make(lms, claims, course_id, name=claims.name, goal="All of it", until=until)
        boards.post(lms, claims, made.id, "Hello")
