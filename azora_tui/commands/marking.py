"""Work of others that waits for an answer, for who teaches its course."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azora_tui.commands import output
from azora_tui.commands.context import learner
from azora_tui.commands.submitted import given_text, markdown, say_version
from azora_tui.errors import NotFoundError
from azora_tui.lms.teaching import marking
from azora_tui.wire import tasks as wire
from azora_tui.wire.answers import success
from azora_tui.wording.dates import since
from azora_tui.wording.numbers import counted

if TYPE_CHECKING:
    from azora_tui.commands.context import CommandContext
    from azora_tui.commands.options import AnswerOptions, SubmissionOptions


def waiting(context: CommandContext, *, json: bool) -> None:
    found = marking.waiting(context.lms, learner(context))
    if json:
        output.say_json(success([wire.waiting(each) for each in found.work]))
        return
    if not found.work:
        output.say_wrapped("Nothing waits for your answer.")
        return
    now = context.lms.now()
    rows = [
        (
            str(each.submission_id),
            f"{output.one_line(each.learner or 'A learner')}: {output.one_line(each.task_title)}\n"
            f"{output.one_line(each.course_title)}, handed in {since(each.handed_in_at, now)}",
        )
        for each in found.work
    ]
    output.say("\n".join(output.table(rows, output.width())))
    output.say()
    if found.number > len(found.work):
        output.say_wrapped(f"{counted(found.number, 'piece')} of work in all; these have waited longest.")
    output.say_wrapped("`azora-tui task read NUMBER` shows one, `azora-tui task answer NUMBER` answers it.")


def read(context: CommandContext, options: SubmissionOptions) -> None:
    found = marking.work(context.lms, learner(context), _number(options.submission))
    if options.json:
        output.say_json(success(wire.work(found)))
        return
    task = found.submission.task
    output.say_wrapped(f"{found.course_title}, {found.lesson_title}")
    output.say_wrapped(f"{found.learner or 'A learner'} on: {task.title}")
    output.say()
    output.say(markdown(task.instruction))
    for number, criterion in enumerate(task.criteria, start=1):
        output.say("\n".join(output.table([(f"{number}.", markdown(criterion))], output.width())))
    for version in found.versions:
        say_version(version, context.glyphs)


def answer(context: CommandContext, options: AnswerOptions) -> None:
    claims = learner(context)
    number = _number(options.submission)
    marking.work(context.lms, claims, number)  # refused before anything is read
    words = given_text("-") if options.message == "-" else options.message
    found = marking.answer(context.lms, claims, number, accepted=options.accept, ticked=options.tick, words=words)
    if options.json:
        output.say_json(success(wire.work(found)))
        return
    done = "Accepted" if options.accept else "Returned"
    who = found.learner or "A learner"
    output.say_wrapped(f"{done}: {found.submission.task.title}, by {who}. They can read it now.")


def _number(word: str) -> int:
    if not (word.isascii() and word.isdecimal() and len(word) < 20):
        raise NotFoundError("submission_missing")
    return int(word)
