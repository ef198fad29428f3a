"""What was said to a learner, and saying something to those whom one teaches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azora_tui.commands import output
from azora_tui.commands.context import learner
from azora_tui.commands.posted import posted_text
from azora_tui.lms import catalog
from azora_tui.lms import news as service
from azora_tui.lms.teaching import announcing, messages
from azora_tui.wording.dates import since
from azora_tui.wording.news import first_words, said_by, whole_text
from azora_tui.wording.numbers import counted
from azora_tui.wording.together import GONE

if TYPE_CHECKING:
    from azora_tui.commands.context import CommandContext
    from azora_tui.commands.options import AnnouncementsOptions, AnnounceOptions, MessageOptions, NewsOptions

_FIRST_WORDS = 60


def news(context: CommandContext, options: NewsOptions) -> None:
    claims = learner(context)
    items = service.news(context.lms, claims, read=options.all)
    if options.json:
        from azora_tui.wire import news as wire
        from azora_tui.wire.answers import success

        output.say_json(success([wire.news_item(item) for item in items]))
    elif items:
        from azora_tui.commands.lesson_text import lesson_text  # only what is there to be read needs a parser

        for number, item in enumerate(items):
            now = context.lms.now()
            read = "" if item.read_at is None else f" (read {since(item.read_at, now)})"
            if number:
                output.say()
            output.say_wrapped(f"{said_by(item)}, {since(item.at, now)}{read}:")
            output.say(lesson_text(whole_text(item), output.width()))
    else:
        more = "" if options.all else " `azora-tui news --all` shows what you have read before."
        output.say_wrapped(f"Nothing {'was said to you yet' if options.all else 'is new'}.{more}")
    if options.read:
        service.mark_read(context.lms, claims, items)


def announce(context: CommandContext, options: AnnounceOptions) -> None:
    claims = learner(context)
    course_id = catalog.find(context.lms, claims, output.one_line(options.id))
    announced = announcing.announce(
        context.lms, claims, course_id, posted_text(options.text, maximum=announcing.MAX_TEXT_LENGTH)
    )
    if options.json:
        from azora_tui.wire import news as wire
        from azora_tui.wire.answers import success

        output.say_json(success(wire.announcement(announced)))
        return
    output.say_wrapped("Announced. Everybody who is in the course has it on Home until they have read it.")
    output.say_wrapped(f"Take it back with `azora-tui announcements {course_id} --withdraw {announced.id}`.")


def announcements(context: CommandContext, options: AnnouncementsOptions) -> None:
    claims = learner(context)
    course_id = catalog.find(context.lms, claims, output.one_line(options.id))
    if options.withdraw is not None:
        announcing.withdraw(context.lms, claims, course_id, options.withdraw)
    found = announcing.announcements(context.lms, claims, course_id)
    if options.json:
        from azora_tui.wire import news as wire
        from azora_tui.wire.answers import success

        output.say_json(success([wire.announcement(each) for each in found]))
        return
    if options.withdraw is not None:
        output.say_wrapped("Withdrawn. No learner finds it any more.")
    elif not found:
        output.say_wrapped(f"Nothing was announced here yet. `azora-tui announce {course_id}` does.")
    else:
        now = context.lms.now()
        rows = [
            (
                str(each.id),
                since(each.at, now),
                f"{first_words(each.text, _FIRST_WORDS)}\nby {output.one_line(each.author) or GONE}, "
                f"read by {counted(each.readers, 'learner')}",
            )
            for each in found
        ]
        output.say("\n".join(output.table(rows, output.width())))


def message(context: CommandContext, options: MessageOptions) -> None:
    claims = learner(context)
    course_id = catalog.find(context.lms, claims, output.one_line(options.id))
    learner_id = messages.learner_with_email(context.lms, claims, course_id, output.one_line(options.email))
    messages.write(
        context.lms, claims, course_id, learner_id, posted_text(options.text, maximum=announcing.MAX_TEXT_LENGTH)
    )
    if options.json:
        output.say_json({"success": True, "message": "Message sent"})
    else:
        output.say_wrapped("Sent. They have it on Home until they have read it.")
