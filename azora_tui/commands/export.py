"""Records out: one's own notes, and courses with their questions."""

from __future__ import annotations

import errno
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from azora_tui.commands import output
from azora_tui.commands.context import CommandContext, learner
from azora_tui.commands.output_files import output_file
from azora_tui.errors import RefusedError
from azora_tui.lms import catalog, importing
from azora_tui.lms import notes as service
from azora_tui.models.course_sources import CourseSource
from azora_tui.paths import replace_file, replace_file_by_parts, typed_path
from azora_tui.wording.numbers import counted

if TYPE_CHECKING:
    from azora_tui.commands.options import (
        ExportCourseOptions,
        ExportFiguresOptions,
        ExportGiftOptions,
        ExportNotesOptions,
    )
    from azora_tui.formats.csv_writing import Cell


def notes(context: CommandContext, options: ExportNotesOptions) -> None:
    """Notes are private: a file of them is for its owner alone."""
    claims = learner(context)
    document = service.as_markdown(context.lms, claims)
    if not document:
        raise RefusedError("no_notes")
    if options.output is None:
        output.say(document.removesuffix("\n"))
        return
    path = _write(output_file(options.output, force=options.force), document, "Your notes")
    output.say_wrapped(f"Your notes are in {path}.")


def course(context: CommandContext, options: ExportCourseOptions) -> None:
    """Write a course as a folder in our own format, which `azora-tui import` takes again."""
    from azora_tui.formats.course_folder import write_folder
    from azora_tui.formats.course_writing import course_files

    source = _source(context, options.id)
    folder = typed_path(options.output)
    try:
        write_folder(folder, {name: text.encode() for name, text in course_files(source).items()})
    except OSError as error:
        if error.errno == errno.ENOTEMPTY:
            raise RefusedError("output_folder_not_empty", folder=folder) from None
        raise RefusedError("course_not_exported", folder=folder, reason=error.strerror) from error
    output.say_wrapped(f"{source.title} is in {folder}: course.yaml and {counted(len(source.lessons), 'lesson')}.")


def gift(context: CommandContext, options: ExportGiftOptions) -> None:
    """Write the questions of a course's quizzes as GIFT, which other systems read."""
    from azora_tui.formats.gift_writing import write_gift

    source = _source(context, options.id)
    document, questions = write_gift(source)
    if not questions:
        raise RefusedError("no_quizzes", course=source.title)
    if options.output is None:
        output.say(document.removesuffix("\n"))
        return
    path = _write(output_file(options.output, force=options.force), document, "The questions")
    output.say_wrapped(
        f"{counted(questions, 'question')} of {source.title} {'is' if questions == 1 else 'are'} in {path}."
    )


def figures(context: CommandContext, options: ExportFiguresOptions) -> None:
    """Write the figures of a course's lessons or questions as CSV, a line each."""
    from azora_tui.formats.csv_writing import write_csv
    from azora_tui.lms.teaching import insights
    from azora_tui.wording.insights import LESSON_COLUMNS, QUESTION_COLUMNS, lesson_cells, question_cells

    claims = learner(context)
    course_id = catalog.find(context.lms, claims, output.one_line(options.id))
    if options.of == "questions":
        asked = insights.questions(context.lms, claims, course_id)
        document = write_csv(QUESTION_COLUMNS, (_cells(question_cells(each)) for each in asked))
    else:
        lessons = insights.course_figures(context.lms, claims, course_id).lessons
        document = write_csv(LESSON_COLUMNS, (_cells(lesson_cells(each)) for each in lessons))
    if options.output is None:
        output.say(document.removesuffix("\n"))
        return
    path = _write(output_file(options.output, force=options.force), document, "The figures")
    output.say_wrapped(f"The figures are in {path}.")


def _cells(values: Iterable[Cell]) -> list[Cell]:
    return [output.one_line(value) if isinstance(value, str) else value for value in values]


def statements(context: CommandContext, options: ExportGiftOptions) -> None:
    """Write what a course's learners did as statements of xAPI, one a line."""
    from azora_tui.lms.teaching import exporting

    claims = learner(context)
    course_id = catalog.find(context.lms, claims, output.one_line(options.id))
    found = exporting.statements(context.lms, claims, course_id)
    if options.output is None:
        for statement in found:
            output.say_json(statement)
        return
    path = output_file(options.output, force=options.force)
    number = 0

    def lines() -> Iterator[bytes]:
        nonlocal number
        for number, statement in enumerate(found, start=1):  # noqa: B007  # how many there were is said
            yield json.dumps(statement, ensure_ascii=False).encode() + b"\n"

    try:
        replace_file_by_parts(path, lines())
    except OSError as error:
        raise RefusedError("export_not_written", what="The statements", path=path, reason=error.strerror) from error
    output.say_wrapped(f"{counted(number, 'statement')} {'is' if number == 1 else 'are'} in {path}.")


def _source(context: CommandContext, word: str) -> CourseSource:
    claims = learner(context)
    course_id = catalog.find(context.lms, claims, output.one_line(word))
    return importing.course_source(context.lms, claims, course_id)


def _write(path: Path, document: str, what: str) -> Path:
    try:
        replace_file(path, document.encode())
    except OSError as error:
        raise RefusedError("export_not_written", what=what, path=path, reason=error.strerror) from error
    return path
