"""Work that was handed in, as text, and text that is handed in."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from azora_tui.commands import output
from azora_tui.commands.refusals import UsageError
from azora_tui.errors import RefusedError
from azora_tui.models.submissions import MAX_DRAFT_BYTES
from azora_tui.paths import typed_path
from azora_tui.times import to_text
from azora_tui.wording.tasks import verdict, version_title

if TYPE_CHECKING:
    from azora_tui.glyphs import Glyphs
    from azora_tui.models.submissions import Submission


def given_text(file: str) -> str:
    """A file that a person names, or standard input for `-`. No more is read than a draft could hold.

    Raises `UsageError` where it cannot be read, `RefusedError` for what is no text.
    """
    try:
        if file != "-":
            with typed_path(file).open("rb") as opened:
                data = opened.read(MAX_DRAFT_BYTES + 1)
        elif sys.stdin is None:
            raise UsageError("nothing_entered")
        else:
            data = sys.stdin.buffer.read(MAX_DRAFT_BYTES + 1)
    except OSError as error:
        raise UsageError("file_unreadable", path=file, reason=error.strerror or "") from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if len(data) <= MAX_DRAFT_BYTES:
            raise RefusedError("work_not_text", file="Standard input" if file == "-" else file) from error
        return data.decode("utf-8-sig", "ignore")  # cut within a sign, and too long to be taken anyway


def markdown(source: str) -> str:
    """Markdown as text, as wide as this terminal."""
    from azora_tui.commands.lesson_text import lesson_text  # the parser is heavy

    return lesson_text(source, output.width())


def say_version(version: Submission, glyphs: Glyphs) -> None:
    """A version that was handed in, and its answer."""
    output.say()
    output.say_wrapped(f"{version_title(version)}, handed in {to_text(version.handed_in_at)} UTC:")
    output.say()
    output.say(markdown(version.text))
    answer = version.answer
    if answer is None:
        return
    output.say()
    output.say_wrapped(f"{answer.by or 'A teacher'}, {to_text(answer.answered_at)} UTC: {verdict(answer.accepted)}")
    for number, criterion in enumerate(version.task.criteria, start=1):
        sign = glyphs.done if number in answer.ticked else glyphs.new
        said = "met" if number in answer.ticked else "not met"
        output.say("\n".join(output.table([(f"{sign} {number}.", f"{said}: {markdown(criterion)}")], output.width())))
    if answer.words:
        output.say()
        output.say(markdown(answer.words))
