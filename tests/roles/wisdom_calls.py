"""How the calls of what is left at lessons are tried (`tests.roles.calls`): in ants, which Nomsa teaches.

Everybody has left a correction at its first lesson, and Kofi has reported Victor's.
"""

from collections.abc import Callable
from typing import Any

from azora_tui.lms.together import moderation, wisdom
from azora_tui.models.wisdom import WisdomKind
from tests.roles.school import School

LESSON = "one of ants"
ELSEWHERE = "one of beetles"


def leave_wisdom(school: School) -> None:
    """What the school of these tests has of it."""
    for claims in school.claims.values():
        wisdom.write(school.lms, claims, school.lesson[LESSON], WisdomKind.CORRECTION, "Mind the wind.")
    moderation.report(school.lms, school.claims["kofi"], _of(school, school.claims["victor"]), "It is unkind.")


def _of(school: School, claims: Any) -> int:
    with school.lms.database.read() as transaction:
        from azora_tui.data import wisdom as rows

        return rows.ids_of_author(transaction, claims.user_id)[0]


def _own_and_victors(work: Callable[..., Any], *args: Any) -> tuple[Callable[[School, Any], object], ...]:
    return lambda s, c: work(s.lms, c, _of(s, c), *args), _victors(work, *args)


def _victors(work: Callable[..., Any], *args: Any) -> Callable[[School, Any], object]:
    return lambda s, c: work(s.lms, c, _of(s, s.claims["victor"]), *args)


def _in_both(work: Callable[..., Any], *args: Any, **named: Any) -> tuple[Callable[[School, Any], object], ...]:
    return (
        lambda s, c: work(s.lms, c, s.lesson[LESSON], *args, **named),
        lambda s, c: work(s.lms, c, s.lesson[ELSEWHERE], *args, **named),
    )


def _dismiss(school: School, claims: Any) -> None:
    waiting, *_ = moderation.reports(school.lms, school.claims["nomsa"])
    moderation.dismiss(school.lms, claims, waiting.id)


WISDOM: dict[str, tuple[Callable[[School, Any], object], ...]] = {
    "lms.together.moderation.answer": (_victors(moderation.answer, "So it is."),),
    "lms.together.moderation.count": (lambda s, c: moderation.count(s.lms, c),),
    "lms.together.moderation.dismiss": (_dismiss,),
    "lms.together.moderation.hide": (_victors(moderation.hide, "It is unkind."),),
    "lms.together.moderation.pin": (_victors(moderation.pin),),
    "lms.together.moderation.report": (_victors(moderation.report, "It is unkind."),),
    "lms.together.moderation.reports": (lambda s, c: moderation.reports(s.lms, c),),
    "lms.together.moderation.show_again": (_victors(moderation.show_again),),
    "lms.together.moderation.take_answer_away": (_victors(moderation.take_answer_away),),
    "lms.together.moderation.take_over": (_victors(moderation.take_over),),
    "lms.together.moderation.taken_over": (lambda s, c: moderation.taken_over(s.lms, c, s.course["ants"]),),
    "lms.together.moderation.unpin": (_victors(moderation.unpin),),
    "lms.together.wisdom.change": _own_and_victors(wisdom.change, "Mind the rain."),
    "lms.together.wisdom.delete": _own_and_victors(wisdom.delete),
    "lms.together.wisdom.mark_seen": (lambda s, c: wisdom.mark_seen(s.lms, c, [_of(s, s.claims["victor"])]),),
    "lms.together.wisdom.mine": (lambda s, c: wisdom.mine(s.lms, c),),
    "lms.together.wisdom.of_lesson": _in_both(wisdom.of_lesson),
    "lms.together.wisdom.of_paragraph": _in_both(wisdom.of_paragraph, digest=1, line=0),
    "lms.together.wisdom.paragraph_with": _in_both(wisdom.paragraph_with, "all of"),
    "lms.together.wisdom.piece": (_victors(wisdom.piece),),
    "lms.together.wisdom.take_back_thanks": (_victors(wisdom.take_back_thanks),),
    "lms.together.wisdom.thank": (_victors(wisdom.thank),),
    "lms.together.wisdom.write": _in_both(wisdom.write, WisdomKind.TIP, "Mind the wind."),
}
"""By the name of each call: it on what is one's own or nobody's, and on what is somebody else's, where that differs."""
