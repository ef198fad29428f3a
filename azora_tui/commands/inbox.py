"""What is new for somebody, and what waits for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azora_tui.commands import output
from azora_tui.commands.context import learner
from azora_tui.lms.together import inbox as service
from azora_tui.wording.circles import people_words, spoken
from azora_tui.wording.dates import since
from azora_tui.wording.inbox import NOTHING_NEW, notice_line, request_line
from azora_tui.wording.news import first_words

if TYPE_CHECKING:
    from azora_tui.commands.context import CommandContext
    from azora_tui.commands.options import InboxOptions
    from azora_tui.models.inbox import Inbox

_FIRST_WORDS = 60


def inbox(context: CommandContext, options: InboxOptions) -> None:
    claims = learner(context)
    page = service.page(context.lms, claims, read=options.all)
    if options.json:
        from azora_tui.wire import circles as wire
        from azora_tui.wire.answers import success

        output.say_json(success(wire.inbox(page)))
    else:
        _say(context, page)
    if options.read:
        service.mark_read(context.lms, claims, page.new, page.requests)


def _say(context: CommandContext, page: Inbox) -> None:
    now = context.lms.now()
    told = [(since(each.at, now), notice_line(each), each.words) for each in page.new]
    asked = [(since(each.asked_at, now), request_line(each), each.words) for each in page.requests]
    waiting = [each for each in page.circles if each.is_waiting]
    if told:
        output.say(
            "\n".join(output.table([(at, _with_words(line, words)) for at, line, words in told], output.width()))
        )
    else:
        output.say_wrapped(NOTHING_NEW)
    if asked or waiting:
        output.say()
        output.say_wrapped("Waiting for you")
    if asked:
        output.say(
            "\n".join(output.table([(at, _with_words(line, words)) for at, line, words in asked], output.width()))
        )
    for each in waiting:
        output.say_wrapped(f"{each.name}: {people_words(each)}. Its word: {spoken(each.word)}")
    circles = {each.circle_id for each in page.new if each.circle_id is not None}
    for circle_id in sorted(circles):
        output.say_wrapped(f"`azora-tui circle show {circle_id}` shows the board.")


def _with_words(line: str, words: str) -> str:
    """A line, and below it what was said, as a quotation."""
    said = first_words(words, _FIRST_WORDS)
    return output.one_line(line) + (f"\n│ {output.one_line(said)}" if said else "")
