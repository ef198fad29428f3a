"""What who teaches a course does with what was left at its lessons, and with what was reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azora_tui.commands import output
from azora_tui.commands.context import learner
from azora_tui.commands.posted import posted_text, quoted
from azora_tui.commands.wisdom import say_piece_as_json, say_pieces
from azora_tui.lms import catalog
from azora_tui.lms.together import moderation
from azora_tui.wording.dates import since
from azora_tui.wording.wisdom import reported_as, reports_waiting

if TYPE_CHECKING:
    from azora_tui.commands.context import CommandContext
    from azora_tui.commands.options import (
        AnswerWisdomOptions,
        CourseOptions,
        JsonOptions,
        PieceOptions,
        ReasonOptions,
        TakeOverOptions,
    )


def hide(context: CommandContext, options: ReasonOptions) -> None:
    hidden = moderation.hide(context.lms, learner(context), options.id, options.reason)
    if not say_piece_as_json(hidden, options):
        output.say_wrapped("Hidden. Its author still sees it, with your reason.")
        output.say_wrapped(f"Show it again with `azora-tui wisdom show {hidden.id}`.")


def show(context: CommandContext, options: PieceOptions) -> None:
    shown = moderation.show_again(context.lms, learner(context), options.id)
    if not say_piece_as_json(shown, options):
        output.say_wrapped("Everybody in the course sees it.")


def pin(context: CommandContext, options: PieceOptions) -> None:
    pinned = moderation.pin(context.lms, learner(context), options.id)
    if not say_piece_as_json(pinned, options):
        output.say_wrapped("Pinned: it stands before all others.")


def unpin(context: CommandContext, options: PieceOptions) -> None:
    unpinned = moderation.unpin(context.lms, learner(context), options.id)
    if not say_piece_as_json(unpinned, options):
        output.say_wrapped("It stands where its thanks put it.")


def answer(context: CommandContext, options: AnswerWisdomOptions) -> None:
    claims = learner(context)
    if options.take_away:
        answered = moderation.take_answer_away(context.lms, claims, options.id)
    else:
        answered = moderation.answer(context.lms, claims, options.id, posted_text(options.text))
    if not say_piece_as_json(answered, options):
        output.say_wrapped(
            "Nothing is said beneath it any more." if options.take_away else "Your answer stands beneath it."
        )


def take_over(context: CommandContext, options: TakeOverOptions) -> None:
    text = posted_text("-") if options.text == "-" else options.text
    taken = moderation.take_over(context.lms, learner(context), options.id, text)
    if not say_piece_as_json(taken, options):
        output.say_wrapped(f"It is a note in {taken.lesson_title} now, and the course is of a new version.")
        output.say_wrapped(
            "Where the course has files of its own, put it there too: the next import brings them as they are."
            f" `azora-tui wisdom taken {taken.course_id}` lists all that was taken over."
        )


def taken(context: CommandContext, options: CourseOptions) -> None:
    claims = learner(context)
    course_id = catalog.find(context.lms, claims, output.one_line(options.id))
    found = moderation.taken_over(context.lms, claims, course_id)
    if options.json:
        from azora_tui.wire import wisdom as wire

        output.say_json_rows(map(wire.piece, found))
    elif found:
        from azora_tui.lms.together.taking_over import as_markdown  # the parser is heavy

        output.say(as_markdown(found).rstrip())
    else:
        output.say_wrapped("Nothing was taken over into this course yet. `azora-tui wisdom take-over NUMBER` does.")


def reports(context: CommandContext, options: JsonOptions) -> None:
    found = moderation.reports(context.lms, learner(context))
    if options.json:
        from azora_tui.wire import wisdom as wire

        output.say_json_rows(map(wire.report, found))
    elif not found:
        output.say_wrapped("No report waits for you.")
    else:
        now = context.lms.now()
        output.say_wrapped(f"{reports_waiting(len(found))}:")
        for each in found:
            output.say()
            output.say_wrapped(f"Report {each.id}, {since(each.at, now)}:")
            output.say(quoted(each.reason))
            if each.piece is not None:
                say_pieces(context, [each.piece], places=True)
                continue
            output.say()
            output.say_wrapped(f"{reported_as(each.about)}, {since(each.about.at, now)}:")
            output.say(quoted(each.about.text))
            if each.about.hidden_reason:
                output.say_wrapped("It is hidden.")
        output.say()
        output.say_wrapped(
            "`azora-tui reports hide REPORT REASON` hides what was reported, `azora-tui reports dismiss REPORT` leaves"
            " it as it is."
        )


def dismiss(context: CommandContext, options: PieceOptions) -> None:
    moderation.dismiss(context.lms, learner(context), options.id)
    if options.json:
        output.say_json({"success": True, "message": "Report dismissed"})
    else:
        output.say_wrapped("It stays as it is, and every report of it is settled.")


def hide_reported(context: CommandContext, options: ReasonOptions) -> None:
    from azora_tui.lms.together import reporting

    reporting.hide(context.lms, learner(context), options.id, options.reason)
    if options.json:
        output.say_json({"success": True, "message": "Hidden"})
    else:
        output.say_wrapped("Hidden. Its author still sees it, with your reason, and every report of it is settled.")
        output.say_wrapped(f"Show it again with `azora-tui reports show {options.id}`.")


def show_reported(context: CommandContext, options: PieceOptions) -> None:
    from azora_tui.lms.together import reporting

    reporting.show_again(context.lms, learner(context), options.id)
    if options.json:
        output.say_json({"success": True, "message": "Shown again"})
    else:
        output.say_wrapped("It is shown again, to whom it was before.")
