"""Our own format, from wherever its files come."""

import io
from collections.abc import Iterator
from importlib.resources.abc import Traversable
from pathlib import PurePosixPath
from typing import IO, Any

from azora_tui.formats import imported
from azora_tui.formats.archives import Tree, decoded
from azora_tui.formats.course import read_course
from azora_tui.formats.foreign_markdown import front_matter, report_unclosed
from azora_tui.formats.imported import Imported, ImportReport

NAME = "a course in our own format (course.yaml)"


def find(tree: Tree) -> str | None:
    """The folder with the first `course.yaml`, None where there is none."""
    folders = [
        name.removesuffix("course.yaml").rstrip("/") for name in tree.texts if PurePosixPath(name).name == "course.yaml"
    ]
    return min(folders, key=lambda folder: (folder.count("/"), len(folder), folder), default=None)


def read(tree: Tree, report: ImportReport) -> Imported:
    """Raises `CourseError`, and `ArchiveError` for a lesson that is too large."""
    course = read_course(TreeFile(tree, "", report))
    lessons = {f"{lesson.id}.md" for lesson in course.lessons}
    for name in sorted(tree.texts):
        if name not in lessons and name != "course.yaml" and name.lower() != "readme.md":
            report.skip(name, "a text", "course.yaml does not name it among the lessons")
    report.count_again()
    for lesson in course.lessons:
        report.advance(len(course.lessons))
        text = decoded(tree.texts[f"{lesson.id}.md"])
        report_unclosed(text, front_matter(text, ImportReport(), lesson.id)[1], report, f"{lesson.id}.md")
        without = imported.image_texts(lesson.content).count("")
        for _ in range(without):
            report.skip(f"{lesson.id}.md", "a picture", "it has no alternative text that could stand for it")
    imported.report_files(tree, report)
    return imported.finished(course, report, has_version=True)


class TreeFile(Traversable):
    """A tree in memory as `formats.course` reads a folder."""

    def __init__(self, tree: Tree, path: str, report: ImportReport) -> None:
        self._tree = tree
        self._path = path
        self._report = report

    @property
    def name(self) -> str:
        return PurePosixPath(self._path).name

    def iterdir(self) -> Iterator[Traversable]:
        return iter(TreeFile(self._tree, name, self._report) for name in self._tree.texts if "/" not in name)

    def is_dir(self) -> bool:
        return not self._path

    def is_file(self) -> bool:
        return self._path in self._tree.texts

    def joinpath(self, *descendants: Any) -> Traversable:
        path = "/".join(part for part in (self._path, *map(str, descendants)) if part)
        return TreeFile(self._tree, path, self._report)

    def __truediv__(self, child: Any) -> Traversable:
        return self.joinpath(child)

    def open(self, mode: str = "r", *args: Any, **kwargs: Any) -> IO[Any]:
        data = io.BytesIO(self.read_bytes())
        return data if "b" in mode else io.TextIOWrapper(data, *args, **kwargs)

    def read_bytes(self) -> bytes:
        try:
            return self._tree.need(self._path)
        except KeyError as error:
            raise FileNotFoundError(self._path) from error

    def read_text(self, encoding: str | None = None) -> str:
        if self._path.endswith(".md"):
            self._report.advance(len(self._tree.texts) - 1)
        return self.read_bytes().decode(encoding or "utf-8")
