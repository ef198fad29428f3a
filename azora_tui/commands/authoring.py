"""For who writes courses: a new one, and every fault of one. None of it needs a school."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from azora_tui.commands import output
from azora_tui.errors import NotFoundError
from azora_tui.paths import typed_path
from azora_tui.wording.numbers import counted

if TYPE_CHECKING:
    from azora_tui.commands.options import CheckOptions, NewCourseOptions


def new_course(options: NewCourseOptions) -> None:
    from azora_tui.formats.scaffold import start_course

    written = start_course(typed_path(options.dir))
    for path in written:
        output.say(str(path))
    output.say()
    output.say_wrapped("A small course that works. Write over it, and look at it as you do:")
    output.say(f"azora-tui preview {shlex.quote(options.dir)}")
    output.say(f"azora-tui check {shlex.quote(options.dir)}")


def check(options: CheckOptions) -> None:
    """Say each fault as `file:line: what and how to mend`; exit status 1 where there is any."""
    from azora_tui.formats.checking import check_course

    folder = course_folder(options.path)
    faults = check_course(folder)
    if options.json:
        output.say_json(
            {
                "faults": [
                    {"file": str(folder / fault.file), "line": fault.line, "message": fault.sentence}
                    for fault in faults
                ]
            }
        )
    else:
        for fault in faults:
            output.say(f"{folder / fault.file}:{fault.line}: {output.one_line(fault.sentence)}")
        output.say_wrapped(f"{counted(len(faults), 'fault')}." if faults else "No faults.")
    if faults:
        raise SystemExit(1)


def course_folder(path: str) -> Path:
    """The folder that a person means by its path, or by that of its course.yaml. Raises `NotFoundError`."""
    folder = typed_path(path)
    # Not asked of the path itself, which raises for a name that is too long.
    if folder.name == "course.yaml" and os.path.isfile(folder):
        folder = folder.parent
    if not os.path.isdir(folder):
        raise NotFoundError("not_a_course_folder", folder=folder)
    return folder
