"""A new course: a folder that already works, for its author to write over."""

import errno
import re
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from azora_tui.errors import RefusedError
from azora_tui.formats.course_folder import write_folder
from azora_tui.text import clean, fold

_NOT_IN_SLUG = re.compile(r"[^a-z0-9]+")


def start_course(folder: Path) -> list[Path]:
    """Write a small course with a quiz, a card and a callout into a folder that is new or empty; its files.

    The course is called after the folder. Raises `RefusedError`; what is there already is never replaced.
    """
    words = " ".join(re.split(r"[-_\s]+", clean(folder.absolute().name, keep_newlines=False))).strip()
    slug = _NOT_IN_SLUG.sub("-", fold(words)).strip("-")
    if not slug:
        raise RefusedError("folder_name_no_slug", folder=folder)
    title = words[:1].upper() + words[1:]
    template = _template(files("azora_tui.formats") / "first_course")
    template["course.yaml"] = (
        template["course.yaml"]
        .replace("SLUG", f'"{slug}"' if slug.isdecimal() else slug)
        .replace("TITLE", _quoted(title))
    )
    try:
        return write_folder(folder, {name: text.encode() for name, text in template.items()}, mode=0o644)
    except OSError as error:
        if error.errno == errno.ENOTEMPTY:
            raise RefusedError("folder_not_empty", folder=folder) from None
        raise RefusedError("course_not_written", folder=folder, reason=error.strerror) from error


def _template(source: Traversable, before: str = "") -> dict[str, str]:
    """The text of each file, by its path."""
    found: dict[str, str] = {}
    for each in sorted(source.iterdir(), key=lambda each: each.name):
        if each.is_dir():
            found |= _template(each, f"{before}{each.name}/")
        else:
            found[f"{before}{each.name}"] = each.read_text(encoding="utf-8")
    return found


def _quoted(text: str) -> str:
    """A text as YAML takes it whatever stands in it."""
    return "'" + text.replace("'", "''") + "'"
