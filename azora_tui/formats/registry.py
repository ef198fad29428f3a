"""Every format that courses can be imported from, told apart by what is in the files."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from azora_tui.formats.imported import Imported, ImportRefusedError, ImportReport

if TYPE_CHECKING:
    from azora_tui.formats.archives import Tree


class _Importer(NamedTuple):
    """`find` gives the folder of a tree that holds a course of this format, None where none does."""

    name: str
    find: "Callable[[Tree], str | None]"
    read: "Callable[[Tree, ImportReport], Imported]"


# Each module has NAME, find and read; the first that finds a course reads it.
_MODULES = ("own_course", "olx", "cartridge", "carpentries", "liascript", "qti_files", "gift")

_OUTLINES = frozenset({"course.yaml", "course.xml", "imsmanifest.xml", "config.yaml"})

Progress = Callable[[int, int], None]


def read_course_at(path: Path, progress: Progress | None = None) -> Imported:
    """The course in a folder, an archive or a file, of whatever format it is.

    `progress` is told how many lessons have been read, of how many (0 while that is not known). Raises `ArchiveError`
    for what must not be opened, `CourseError` for our own format with faults, and `ImportRefusedError` for everything
    else that cannot be taken.
    """
    from azora_tui.formats.archives import read_tree

    return read_course_in(read_tree(path), progress)


def read_course_in(tree: "Tree", progress: Progress | None = None) -> Imported:
    """The course in files that have been read; raises as `read_course_at` does."""
    from azora_tui.formats.other_systems import refuse_what_is_known

    names = []
    for module in _MODULES:
        importer = _importer(module)
        names.append(importer.name)
        folder = importer.find(tree)
        if folder is not None:
            return importer.read(tree.under(folder), ImportReport(progress))
    refuse_what_is_known(tree)
    # Nothing else was found either: then what is too large may well be the course.
    for name in sorted(tree.too_large):
        if PurePosixPath(name).name in _OUTLINES or (
            "/" not in name and name.lower().endswith((".md", ".gift", ".txt"))
        ):
            tree.need(name)
    known = f"{', '.join(names[:-1])} and {names[-1]}"
    raise ImportRefusedError("no_known_course", name=tree.name, known=known)


def _importer(module: str) -> _Importer:
    found = import_module(f"azora_tui.formats.{module}")
    return _Importer(found.NAME, found.find, found.read)
