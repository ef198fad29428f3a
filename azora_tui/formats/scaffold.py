"""A new course: a folder that already works, for its author to write over."""

import re
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from azora_tui.errors import RefusedError
from azora_tui.paths import replace_file
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
    written: list[Path] = []
    try:
        if folder.exists() and any(folder.iterdir()):
            raise RefusedError("folder_not_empty", folder=folder)
        for path, source in _template(files("azora_tui.formats") / "first_course", folder):
            path.parent.mkdir(parents=True, exist_ok=True)
            text = source.read_text(encoding="utf-8")
            if path.name == "course.yaml":
                text = text.replace("SLUG", f'"{slug}"' if slug.isdecimal() else slug).replace("TITLE", _quoted(title))
            replace_file(path, text.encode())
            path.chmod(0o644)
            written.append(path)
    except OSError as error:
        raise RefusedError("course_not_written", folder=folder, reason=error.strerror) from error
    return written


def _template(source: Traversable, target: Path) -> list[tuple[Path, Traversable]]:
    found: list[tuple[Path, Traversable]] = []
    for each in sorted(source.iterdir(), key=lambda each: each.name):
        if each.is_dir():
            found += _template(each, target / each.name)
        else:
            found.append((target / each.name, each))
    return found


def _quoted(text: str) -> str:
    """A text as YAML takes it whatever stands in it."""
    return "'" + text.replace("'", "''") + "'"
