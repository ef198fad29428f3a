"""What enter opens of something that is new, by its kind; one without an opener opens its lesson or course."""

from __future__ import annotations

from collections.abc import Callable

from azora_tui.models.inbox import Notice, Request
from azora_tui.screens.base import Page

Opener = Callable[[Page, Notice], None]


def _open_circle(page: Page, notice: Notice) -> None:
    from azora_tui.screens.circle import CircleScreen

    assert notice.circle_id is not None  # of every kind of a circle
    page.app.push_screen(CircleScreen(notice.circle_id, notice.circle_name))


def _open_help(page: Page, notice: Notice) -> None:
    from azora_tui.screens.help_thread import HelpThreadScreen

    page.app.push_screen(HelpThreadScreen(notice.about_id, area=page.AREA))


def _open_wisdom(page: Page, notice: Notice) -> None:
    from azora_tui.screens.wisdom import WisdomScreen

    assert notice.lesson_id is not None  # of every kind of wisdom
    page.app.push_screen(WisdomScreen(notice.lesson_id, notice.lesson_title, area=page.AREA))


def _open_person(page: Page, notice: Notice) -> None:
    from azora_tui.screens.profile import PersonScreen

    if notice.actor is not None and notice.actor.user_id is not None:
        page.app.push_screen(PersonScreen(notice.actor.user_id, area=page.AREA))


_OPENERS: dict[str, Opener] = {
    "connection_accepted": _open_person,
    "help_asked": _open_help,
    "help_answered": _open_help,
    "help_given": _open_help,
    "help_settled": _open_help,
    "help_hidden": _open_help,
    "wisdom_answered": _open_wisdom,
    "wisdom_hidden": _open_wisdom,
    "wisdom_pinned": _open_wisdom,
    "wisdom_taken_over": _open_wisdom,
    "circle_joined": _open_circle,
    "circle_posted": _open_circle,
    "circle_replied": _open_circle,
    "post_hidden": _open_circle,
}


def open_notice(page: Page, notice: Notice) -> str:
    """Open what was told; a sentence where there is nothing to open."""
    opener = _OPENERS.get(notice.kind)
    if opener is not None:
        opener(page, notice)
    elif notice.lesson_id is not None:
        page.open_lesson(notice.lesson_id, notice.lesson_title)
    elif notice.course_id is not None:
        page.open_course(notice.course_id, notice.course_title)
    else:
        return "That is all there is of it."
    return ""


def open_request(page: Page, request: Request) -> None:
    """Open who asks to be connected, where one answers."""
    from azora_tui.screens.profile import PersonScreen

    if request.author.user_id is not None:
        page.app.push_screen(PersonScreen(request.author.user_id, area=page.AREA))
