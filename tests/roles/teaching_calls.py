"""How the calls of tasks, news and figures are tried (`tests.roles.calls`): in spiders, which Nomsa teaches."""

from collections.abc import Callable
from typing import Any

from azora_tui.lms import news, tasks
from azora_tui.lms.teaching import announcing, exporting, insights, marking, messages, people
from azora_tui.models.insights import Which
from tests.roles.school import School, email

TASK = "web"


def _spiders(work: Callable[..., Any], *args: Any) -> Callable[[School, Any], object]:
    return lambda s, c: work(s.lms, c, s.course["spiders"], *args)


def _in_lesson(work: Callable[..., Any], lesson: str, *args: Any) -> Callable[[School, Any], object]:
    return lambda s, c: work(s.lms, c, s.lesson[lesson], *args)


TEACHING: dict[str, tuple[Callable[[School, Any], object], ...]] = {
    "lms.news.mark_read": (lambda s, c: news.mark_read(s.lms, c, news.news(s.lms, s.claims["kofi"])),),
    "lms.news.news": (lambda s, c: news.news(s.lms, c),),
    "lms.tasks.hand_in": (
        _in_lesson(tasks.hand_in, "two of spiders", TASK, "Threads."),
        _in_lesson(tasks.hand_in, "one of beetles", TASK, "Threads."),
    ),
    "lms.tasks.keep_draft": (
        _in_lesson(tasks.keep_draft, "two of spiders", TASK, "Threa"),
        _in_lesson(tasks.keep_draft, "one of beetles", TASK, "Threa"),
    ),
    "lms.tasks.mine": (lambda s, c: tasks.mine(s.lms, c),),
    "lms.tasks.of_lesson": (
        _in_lesson(tasks.of_lesson, "one of spiders"),
        _in_lesson(tasks.of_lesson, "one of beetles"),
    ),
    "lms.tasks.page": (
        _in_lesson(tasks.page, "one of spiders", TASK),
        _in_lesson(tasks.page, "one of beetles", TASK),
    ),
    "lms.tasks.read_answers": (
        _in_lesson(tasks.read_answers, "one of spiders", TASK),
        _in_lesson(tasks.read_answers, "one of beetles", TASK),
    ),
    "lms.teaching.announcing.announce": (_spiders(announcing.announce, "We meet at nine."),),
    "lms.teaching.announcing.announcements": (_spiders(announcing.announcements),),
    "lms.teaching.announcing.withdraw": (lambda s, c: announcing.withdraw(s.lms, c, s.course["spiders"], s.announced),),
    "lms.teaching.exporting.statements": (lambda s, c: list(exporting.statements(s.lms, c, s.course["spiders"])),),
    "lms.teaching.insights.course_figures": (_spiders(insights.course_figures),),
    "lms.teaching.insights.head": (_spiders(insights.head),),
    "lms.teaching.insights.monday": (_spiders(insights.monday),),
    "lms.teaching.insights.question_page": (lambda s, c: insights.question_page(s.lms, c, s.course["ants"], "first"),),
    "lms.teaching.insights.questions": (_spiders(insights.questions),),
    "lms.teaching.marking.answer": (
        lambda s, c: marking.answer(s.lms, c, s.victor.submission, accepted=True, words="Well said."),
    ),
    "lms.teaching.marking.count": (lambda s, c: marking.count(s.lms, c),),
    "lms.teaching.marking.waiting": (lambda s, c: marking.waiting(s.lms, c),),
    "lms.teaching.marking.work": (lambda s, c: marking.work(s.lms, c, s.victor.submission),),
    "lms.teaching.messages.learner_with_email": (_spiders(messages.learner_with_email, email("victor")),),
    "lms.teaching.messages.write": (
        lambda s, c: messages.write(s.lms, c, s.course["spiders"], s.claims["victor"].user_id, "Well said."),
    ),
    "lms.teaching.people.name": (_spiders(people.name, {}),),
    "lms.teaching.people.nameless": (_spiders(people.nameless),),
    "lms.teaching.people.people": (_spiders(people.people, Which.ALL),),
    "lms.teaching.people.way": (_spiders(people.way, email("victor")),),
}
"""By the name of each call: it on what is one's own or nobody's, and on what is somebody else's, where that differs."""
