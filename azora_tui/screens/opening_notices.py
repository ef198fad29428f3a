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


_OPENERS: dict[str, Opener] = {
    "circle_joined": _open_circle,
    "circle_posted": _open_circle,
    "circle_replied": _open_circle,
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


def open_request(page: Page, request: Request) -> str:
    """Open who asks to be connected; a sentence that says how to answer."""
    return "Answer with `azora-tui connect`."
