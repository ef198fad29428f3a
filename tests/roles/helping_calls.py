"""How the calls of asking for help are tried (`tests.roles.calls`): in beetles, where Victor alone is, he asked; in ants
everybody has, and Victor answered none."""

from collections.abc import Callable
from typing import Any

from azora_tui.lms.together import giving, helping
from tests.roles.school import School


def _own(school: School, claims: Any) -> int:
    """What they asked in ants."""
    return helping.mine(school.lms, claims)[0][0].id


def _victors(school: School, claims: Any) -> int:
    """What Victor asked in beetles."""
    return _own(school, school.claims["victor"])


def _said(school: School, claims: Any) -> int:
    """What they said to their own question."""
    return helping.request(school.lms, claims, _own(school, claims)).replies[0].id


def _said_by_victor(school: School, claims: Any) -> int:
    return _said(school, school.claims["victor"])


def _tries(
    work: Callable[..., Any], own: Callable[..., int], others: Callable[..., int], *args: Any
) -> tuple[Callable[[School, Any], object], ...]:
    return (lambda s, c: work(s.lms, c, own(s, c), *args), lambda s, c: work(s.lms, c, others(s, c), *args))


def _one_of_ants(school: School, claims: Any) -> int:
    return school.lesson["one of ants"]


def _one_of_beetles(school: School, claims: Any) -> int:
    return school.lesson["one of beetles"]


def _give(school: School, claims: Any) -> object:
    helping.settle(school.lms, claims, _own(school, claims))
    return giving.give(school.lms, claims, _own(school, claims), _said(school, claims))


HELPING: dict[str, tuple[Callable[[School, Any], object], ...]] = {
    "lms.together.giving.give": (
        _give,
        lambda s, c: giving.give(s.lms, c, _victors(s, c), _said_by_victor(s, c)),
    ),
    "lms.together.helping.ask": _tries(helping.ask, _one_of_ants, _one_of_beetles, "Why twice?"),
    "lms.together.helping.change_reply": _tries(helping.change_reply, _said, _said_by_victor, "Or once."),
    "lms.together.helping.delete_reply": _tries(helping.delete_reply, _said, _said_by_victor),
    "lms.together.helping.mine": (lambda s, c: helping.mine(s.lms, c),),
    "lms.together.helping.reach": _tries(helping.reach, _one_of_ants, _one_of_beetles),
    "lms.together.helping.reply": _tries(helping.reply, _own, _victors, "As often as you like."),
    "lms.together.helping.request": _tries(helping.request, _own, _victors),
    "lms.together.helping.settle": _tries(helping.settle, _own, _victors),
    "lms.together.helping.take_back": _tries(helping.take_back, _own, _victors),
    "lms.together.helping.wanted": (lambda s, c: helping.wanted(s.lms, c),),
}
"""By the name of each call: it on what is one's own or nobody's, and on what is somebody else's, where that differs."""


def ask_for_help(school: School) -> None:
    """Everybody asks something in ants, Victor in beetles, and says more to it."""
    for claims in school.claims.values():
        lesson = "one of beetles" if claims.user_id == school.claims["victor"].user_id else "one of ants"
        asked = helping.ask(school.lms, claims, school.lesson[lesson], "Why twice?")
        helping.reply(school.lms, claims, asked.id, "I mean, is once not enough?")
