"""Courses in: from a folder, an archive or a file, whatever format it is."""

import sys
import time
from argparse import Namespace
from typing import TYPE_CHECKING

from azora_tui.commands import output
from azora_tui.commands.context import CommandContext, learner
from azora_tui.glyphs import Glyphs
from azora_tui.lms import importing
from azora_tui.lms.importing import ImportedCourse
from azora_tui.paths import typed_path
from azora_tui.text import cells, cut_start
from azora_tui.wire import imports as imports_wire
from azora_tui.wording.bars import progress_line
from azora_tui.wording.numbers import counted

if TYPE_CHECKING:
    from azora_tui.formats.imported import Imported

_PATIENCE = 0.5
_EVERY = 0.1


def import_course(context: CommandContext, options: Namespace) -> None:
    """Read a course and install it, or bring it up to date."""
    claims = learner(context)
    with _Progress(context.glyphs) as progress:
        path = typed_path(options.path)
        course, imported = importing.import_from(context.lms, claims, path, progress.tell)
    if options.json:
        output.say_json(imports_wire.imported(course, imported))
    else:
        _say(course, imported)


def _say(course: ImportedCourse, imported: "Imported") -> None:
    done = "Imported" if course.is_new else "Brought up to date" if course.changed else "Nothing new in"
    output.say_wrapped(f"{done}: {course.title}, course {course.id} ({course.slug}).")
    output.say_wrapped(
        f"{counted(course.lessons, 'lesson')}, {counted(imported.questions, 'question')}, "
        f"{counted(imported.images, 'picture')} as text."
    )
    if imported.skipped:
        output.say()
        output.say_wrapped(f"Not taken, or not whole: {counted(len(imported.skipped), 'thing')}.")
        # The end of a long place says more than its beginning.
        rows = [(output.one_line(row.where), f"{row.what}: {row.why}.") for row in imported.skipped]
        columns = min(output.width() // 3, max(cells(where) for where, _ in rows))
        output.say("\n".join(output.table([(cut_start(where, columns), said) for where, said in rows], output.width())))
    output.say()
    output.say_wrapped(f"Look at it with `azora-tui course {course.id}`.")


class _Progress:
    """One line on standard error that is painted over, for who watches a terminal and only if it takes a while."""

    def __init__(self, glyphs: Glyphs) -> None:
        self._glyphs = glyphs
        self._shown = False
        self._next = time.monotonic() + _PATIENCE

    def __enter__(self) -> "_Progress":
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown:
            self._write("\r\x1b[K")

    def tell(self, what: str, done: int, of: int) -> None:
        now = time.monotonic()
        if now < self._next or sys.stderr is None or not sys.stderr.isatty():
            return
        self._next = now + _EVERY
        self._shown = True
        self._write(f"\r\x1b[K{progress_line(what, done, of, self._glyphs)}")

    @staticmethod
    def _write(text: str) -> None:
        try:
            sys.stderr.write(text)
            sys.stderr.flush()
        except OSError:
            pass
