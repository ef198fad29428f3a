"""What earlier learners left at lessons: to be read, thanked and reported, and to be left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azora_tui.commands import output
from azora_tui.commands.context import learner
from azora_tui.commands.posted import posted_text, quoted
from azora_tui.lms import catalog, reading
from azora_tui.lms.together import moderation
from azora_tui.lms.together import wisdom as service
from azora_tui.models.wisdom import WisdomKind
from azora_tui.wording.news import first_words
from azora_tui.wording.wisdom import NOTHING, QUIZ_OPEN, hidden_words, how_many, may_leave, said_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from azora_tui.commands.context import CommandContext
    from azora_tui.commands.options import (
        ChangeWisdomOptions,
        JsonOptions,
        LessonOptions,
        PieceOptions,
        ReasonOptions,
        ThankOptions,
        WisdomOptions,
        WriteWisdomOptions,
    )
    from azora_tui.models.accounts import Claims
    from azora_tui.models.progress import LessonState
    from azora_tui.models.wisdom import Piece

_QUOTE_WORDS = 60


def wisdom(context: CommandContext, options: WisdomOptions) -> None:
    claims = learner(context)
    lesson = _lesson(context, claims, options)
    limit = service.MAX_PIECES if options.all else service.PAGE
    found = service.of_lesson(context.lms, claims, lesson.id, limit=limit)
    if options.json:
        from azora_tui.wire import wisdom as wire
        from azora_tui.wire.answers import success

        output.say_json(success(wire.lesson_wisdom(found)))
    elif found.quiz_open:
        output.say_wrapped(QUIZ_OPEN)
    elif not found.pieces:
        output.say_wrapped(f"{NOTHING} {may_leave(found, '`azora-tui wisdom write`')}")
    else:
        output.say_wrapped(f"What others left at {lesson.title}: {how_many(found, len(found.pieces))}")
        say_pieces(context, found.pieces)
        if len(found.pieces) < found.total:
            output.say()
            output.say_wrapped("`--all` lists more of them. `azora-tui wisdom thank NUMBER` thanks for one.")
    service.mark_seen(context.lms, claims, [each.id for each in found.pieces])


def mine(context: CommandContext, options: JsonOptions) -> None:
    claims = learner(context)
    found = service.mine(context.lms, claims)
    if options.json:
        from azora_tui.wire import wisdom as wire

        output.say_json_rows(map(wire.piece, found))
    elif found:
        output.say_wrapped("What you left, the newest first:")
        say_pieces(context, found, places=True)
    else:
        output.say_wrapped("You have left nothing yet. `azora-tui wisdom write COURSE LESSON` does, once you know it.")


def write(context: CommandContext, options: WriteWisdomOptions) -> None:
    claims = learner(context)
    lesson = _lesson(context, claims, options)
    at = None
    if options.at is not None:
        at = service.paragraph_with(context.lms, claims, lesson.id, output.one_line(options.at))
    words = posted_text(options.text)
    left = service.write(context.lms, claims, lesson.id, WisdomKind(options.kind), words, at=at)
    if not say_piece_as_json(left, options):
        output.say_wrapped("It is there now, for who comes after you.")
        output.say_wrapped(f"Take it back with `azora-tui wisdom delete {left.id}`.")


def change(context: CommandContext, options: ChangeWisdomOptions) -> None:
    claims = learner(context)
    kind = None if options.kind is None else WisdomKind(options.kind)
    changed = service.change(context.lms, claims, options.id, posted_text(options.text), kind=kind)
    if not say_piece_as_json(changed, options):
        output.say_wrapped("Changed.")


def delete(context: CommandContext, options: PieceOptions) -> None:
    service.delete(context.lms, learner(context), options.id)
    if options.json:
        output.say_json({"success": True, "message": "Deleted"})
    else:
        output.say_wrapped("Deleted, with its thanks. Nothing of it is kept.")


def thank(context: CommandContext, options: ThankOptions) -> None:
    claims = learner(context)
    work = service.take_back_thanks if options.take_back else service.thank
    thanked = work(context.lms, claims, options.id)
    if not say_piece_as_json(thanked, options):
        output.say_wrapped("You thank for it no longer." if options.take_back else "Thanked.")


def report(context: CommandContext, options: ReasonOptions) -> None:
    moderation.report(context.lms, learner(context), options.id, options.reason)
    if options.json:
        output.say_json({"success": True, "message": "Reported"})
    else:
        output.say_wrapped("Reported to who teaches this course. It is not said who you are.")


def say_pieces(context: CommandContext, pieces: Iterable[Piece], *, places: bool = False) -> None:
    """Each with its number and what is to be known of it; with `places`, also where it stands."""
    for each in pieces:
        output.say()
        parts = [f"{each.id}", *said_of(each)]
        if places:
            parts.append(f"at {each.lesson_title} in {each.course_title}")
        output.say_wrapped(", ".join(parts))
        if each.quote:
            output.say_wrapped(f'On "{first_words(output.one_line(each.quote), _QUOTE_WORDS)}":')
        output.say(quoted(each.text))
        if each.answer:
            output.say_wrapped("Who teaches the course:")
            output.say(quoted(each.answer, "    │ "))
        if hidden := hidden_words(each):
            output.say_wrapped(hidden)


def say_piece_as_json(found: Piece, options: JsonOptions) -> bool:
    """Say a piece where JSON was asked for; whether it was."""
    if options.json:
        from azora_tui.wire import wisdom as wire
        from azora_tui.wire.answers import success

        output.say_json(success(wire.piece(found)))
    return options.json


def _lesson(context: CommandContext, claims: Claims, options: LessonOptions) -> LessonState:
    detail = catalog.detail(context.lms, claims, output.one_line(options.id))
    return reading.lesson_by_word(detail.lessons, output.one_line(options.lesson))
