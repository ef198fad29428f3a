"""The JSON shapes of circles, their boards and the inbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azora_tui.times import to_text
from azora_tui.wire.answers import optional_time
from azora_tui.wording.inbox import notice_line

if TYPE_CHECKING:
    from azora_tui.models.circles import Board, Circle, CirclePage, Post
    from azora_tui.models.inbox import Inbox, Notice, Request
    from azora_tui.models.together import Author
    from azora_tui.wire.answers import Json


def author(of: Author) -> Json:
    """`user_id` and `name` are null for who shows no name, `gone` is who has left."""
    return {"user_id": of.user_id, "name": of.name, "gone": of.gone, "mine": of.mine}


def circle(of: Circle) -> Json:
    return {
        "id": of.id,
        "uuid": of.uuid,
        "course_id": of.course_id,
        "course_title": of.course_title,
        "name": of.name,
        "goal": of.goal,
        "until": of.until.isoformat(),
        "word": of.word,
        "people": of.people,
        "there": of.there,
        "posts": of.posts,
        "waiting": of.is_waiting,
        "made_by_me": of.made_here,
        "i_show_progress": of.shows_progress,
        "i_am_there": of.is_there,
    }


def circle_page(page: CirclePage, board: Board) -> Json:
    """`percent` is null for who does not show it; `week` is what was done since Monday."""
    return {
        **circle(page.circle),
        "members": [
            {
                **author(member.author),
                "joined_at": to_text(member.joined_at),
                "percent": member.percent,
                "there": member.is_there,
                "made_it": member.made_it,
            }
            for member in page.members
        ],
        "week": {"lessons": page.week.lessons, "posts": page.week.posts},
        "threads": board.total,
        "offset": board.offset,
        "board": [
            {**post(thread.post), "replies": [post(reply) for reply in thread.replies]} for thread in board.threads
        ],
    }


def post(of: Post) -> Json:
    """`text` is Markdown; one that was taken back or hidden has none, and no author."""
    return {
        "id": of.id,
        "uuid": of.uuid,
        "circle_id": of.circle_id,
        "parent_id": of.parent_id,
        "author": None if of.is_empty else author(of.author),
        "text": of.text,
        "at": to_text(of.at),
        "changed_at": optional_time(of.changed_at),
        "taken_back": of.taken_back,
        "hidden": of.hidden,
        "hidden_reason": of.hidden_reason or None,
    }


def inbox(page: Inbox) -> Json:
    return {
        "count": page.count,
        "new": [notice(each) for each in page.new],
        "requests": [request(each) for each in page.requests],
        "circles_waiting": [circle(each) for each in page.circles if each.is_waiting],
    }


def notice(of: Notice) -> Json:
    return {
        "uuid": of.uuid,
        "kind": of.kind,
        "about_id": of.about_id,
        "line": notice_line(of),
        "actor": None if of.actor is None else author(of.actor),
        "course_id": of.course_id,
        "lesson_id": of.lesson_id,
        "circle_id": of.circle_id,
        "words": of.words or None,
        "at": to_text(of.at),
        "read_at": optional_time(of.read_at),
    }


def request(of: Request) -> Json:
    return {
        "connection_id": of.connection_id,
        "author": author(of.author),
        "words": of.words,
        "asked_at": to_text(of.asked_at),
        "new": of.is_new,
    }
