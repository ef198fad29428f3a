"""The JSON shapes of help for who is stuck."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azora_tui.times import to_text
from azora_tui.wire.answers import optional_time

if TYPE_CHECKING:
    from azora_tui.models.helping import Asked, HelpReply, HelpRequest, HelpThread
    from azora_tui.models.together import Author
    from azora_tui.wire.answers import Json


def request(asked: HelpRequest) -> Json:
    """`question_id` is null where it was not asked at a question, `quote` where it is about the lesson as a whole."""
    return {
        "id": asked.id,
        "uuid": asked.uuid,
        "asker": _author(asked.asker),
        "course_id": asked.course_id,
        "course_title": asked.course_title,
        "lesson_id": asked.lesson_id,
        "lesson_title": asked.lesson_title,
        "question_id": asked.question_id,
        "quote": asked.quote or None,
        "text": asked.text,
        "asked_at": to_text(asked.asked_at),
        "settled_at": optional_time(asked.settled_at),
        "replies": asked.replies,
        "hidden_reason": asked.hidden_reason or None,
    }


def thread(found: HelpThread) -> Json:
    """`said` is empty and `withheld` true while its asker takes the lesson's quiz; `reached` is null for others."""
    return {
        **request(found.request),
        "said": [_reply(each) for each in found.replies],
        "withheld": found.withheld,
        "reached": found.reached,
    }


def asked(put: Asked) -> Json:
    return {"id": put.id, "reached": put.reached}


def _reply(said: HelpReply) -> Json:
    return {
        "id": said.id,
        "uuid": said.uuid,
        "author": _author(said.author),
        "text": said.text,
        "at": to_text(said.at),
        "changed_at": optional_time(said.changed_at),
        "given_at": optional_time(said.given_at),
        "hidden_reason": said.hidden_reason or None,
    }


def _author(author: Author) -> Json:
    """`name` is null for who shows none, and for who has left."""
    return {"name": author.name, "mine": author.mine, "gone": author.gone}
