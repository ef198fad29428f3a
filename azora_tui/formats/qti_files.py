"""Questions of QTI 1.2 in files without a manifest: each file that holds an assessment or a bank becomes a lesson."""

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from azora_tui.formats import imported, qti
from azora_tui.formats.archives import Tree
from azora_tui.formats.composing import compose
from azora_tui.formats.imported import Ids, Imported, ImportReport
from azora_tui.formats.qti_assessment import Assessment, Banks, title_of
from azora_tui.formats.safe_xml import XmlError, read_xml
from azora_tui.models.course_sources import LessonSource

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

NAME = "QTI 1.2 questions (.xml)"

_LOOKS_LIKE = re.compile(rb"<(?:\w+:)?questestinterop\b")
_BEGINNING = 10_000


def find(tree: Tree) -> str | None:
    """ "" where a file of the tree holds questions in QTI 1.2 and no cartridge says what becomes of them, else None."""
    is_cartridge = any(PurePosixPath(name).name == "imsmanifest.xml" for name in tree.too_large)
    return "" if _files(tree) and not is_cartridge else None


def _files(tree: Tree) -> list[str]:
    return sorted(
        name
        for name, data in tree.texts.items()
        if name.lower().endswith((".xml", ".qti")) and _LOOKS_LIKE.search(data[:_BEGINNING])
    )


def read(tree: Tree, report: ImportReport) -> Imported:
    """Raises `ImportRefusedError`."""

    def read_file(name: str) -> "Element | None":
        try:
            return read_xml(tree.texts[name])
        except XmlError as error:
            report.skip(name, "a file", f"it cannot be read: {error}")
            return None

    files = _files(tree)
    banks, lesson_ids, question_ids = Banks(tree.texts, read_file), Ids(), Ids()
    lessons: list[LessonSource] = []
    # Banks come last, when it is known whether an assessment draws from them.
    for name in sorted(files, key=banks.holds):
        if name in banks.drawn or (root := read_file(name)) is None:
            continue
        report.advance()
        stem = PurePosixPath(name).stem
        parts = Assessment(root, banks, question_ids, report, own_ids=stem, where=name).parts()
        content = compose(parts, report, name, attempts=qti.max_attempts(root))
        if content.strip():
            title = title_of(root) or stem
            lessons.append(imported.lesson(lesson_ids.make(name, stem), title, "Quizzes", content))
    for name in sorted(tree.texts):
        if name not in files:
            report.skip(name, "a file", "it holds no questions in QTI 1.2")
    imported.report_files(tree, report)
    return imported.finished(imported.course(slug=tree.name, title=tree.name, lessons=lessons), report)
