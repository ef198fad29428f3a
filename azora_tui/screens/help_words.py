"""What the pages of help show: a question with its place and every answer, as Markdown to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from azora_tui.formats.words import from_words
from azora_tui.text import clean
from azora_tui.wording import helping as wording
from azora_tui.wording.dates import since
from azora_tui.wording.together import author_name
from azora_tui.wording.wisdom import own_hidden_words

if TYPE_CHECKING:
    from datetime import datetime

    from azora_tui.glyphs import Glyphs
    from azora_tui.models.helping import HelpRequest, HelpThread
    from azora_tui.models.together import Author


def thread_text(thread: HelpThread, now: datetime) -> str:
    """The place, the question, then the answers. What somebody wrote is a quotation, which ends where it ends, whatever
    stands in it."""
    request = thread.request
    parts = [wording.WITHHELD] if thread.withheld else []  # first, or at a small size nobody would read it
    parts.append(
        from_words(f"{wording.place(request).capitalize()}:" if request.quote else "About the lesson as a whole.")
    )
    if request.quote:
        parts.append(f"> {from_words(request.quote)}")
        if thread.position is None:
            parts.append(wording.GONE)
    parts += [f"## {_name(request.asker)} asked, {since(request.asked_at, now)}", _quoted(request.text)]
    parts += [from_words(own_hidden_words(request.hidden_reason))] if request.hidden_reason else []
    for said in thread.replies:
        changed = ", changed since" if said.changed_at is not None else ""
        parts += [f"### {_name(said.author)}, {since(said.at, now)}{changed}", _quoted(said.text)]
        parts += [from_words(own_hidden_words(said.hidden_reason))] if said.hidden_reason else []
    if not thread.withheld and (sentence := wording.waiting_sentence(thread)):
        parts.append(from_words(sentence))
    return "\n\n".join(parts) + "\n"


def thread_title(request: HelpRequest, glyphs: Glyphs) -> Content:
    """The line on top of a question's page."""
    where = f"{request.lesson_title} {glyphs.separator} {request.course_title}"
    said, look = f"   {wording.state(request)}", "$text-muted"
    if request.settled_at is not None:
        said, look = f"   {glyphs.done} settled", "$secondary"
    return Content.assemble((clean(where, keep_newlines=False), "bold"), (said, look))


def _name(author: Author) -> str:
    name = author_name(author)
    return from_words(name if author.name and not author.mine else name[:1].upper() + name[1:])


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in clean(text).split("\n"))
