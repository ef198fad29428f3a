"""What other systems have people hand in, as tasks."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from azora_tui.formats.html import to_line, to_markdown
from azora_tui.formats.imported import ImportReport
from azora_tui.formats.safe_xml import markup, words
from azora_tui.formats.task_writing import write_task
from azora_tui.formats.words import from_text, from_words

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_IS_A_TASK = "it is a task here, to be answered by who teaches the course"
_NOT_HANDED_IN = frozenset({"none", "not_graded", "on_paper", "external_tool", "wiki_page", "attendance"})
"""What Canvas calls work that nobody hands in to it."""
_FILES = frozenset({"online_upload", "media_recording", "student_annotation", "file"})


def assignment(
    task_id: str,
    title: str,
    shown: str,
    report: ImportReport,
    where: str,
    *,
    kinds: Iterable[str],
    criteria: Iterable[str],
) -> str:
    """An assignment of a cartridge; `shown` is what it asks for, in Markdown, and `kinds` the ways in which work is
    handed in there. One for which nothing is handed in there need not be done here."""
    handed_in = set(kinds)
    lost = ["its points and dates are not kept"]
    if handed_in & _FILES:
        lost.append("work is handed in as text, not as a file")
    required = not handed_in or not handed_in <= _NOT_HANDED_IN
    if not required:
        lost.append("nothing is handed in for it there, so a lesson counts without it")
    report.skip(where, f"an assignment, “{title}”" if title else "an assignment", f"{_IS_A_TASK}; {'; '.join(lost)}")
    return write_task(task_id, shown, criteria, title=title, required=required)


def kinds_of(root: "Element") -> set[str]:
    """The ways in which an assignment says that work is handed in, as Canvas or as the standard names them."""
    kinds = {
        kind.strip().lower()
        for each in root.iter("submission_types")
        for kind in (each.text or "").split(",")
        if kind.strip()
    }
    return kinds or {each.get("type", "").strip().lower() for each in root.iter("format") if each.get("type")}


def criteria_of(root: "Element", rubrics: "Element | None") -> list[str]:
    """The criteria of the rubric that an assignment of Canvas's names."""
    named = {words(each) for each in root.iter("rubric_identifierref")} - {""}
    if rubrics is None or not named:
        return []
    return [
        said
        for rubric in rubrics.iter("rubric")
        if rubric.get("identifier", "") in named
        for criterion in rubric.iter("criterion")
        if (said := _criterion(_line(criterion.find("description")), _line(criterion.find("long_description"))))
    ]


def open_response(block: "Element", task_id: str, report: ImportReport, where: str) -> str:
    """An open response of Open edX's (ORA): its prompts, and what its rubric looks at."""
    title = words(block.find("title")) or block.get("display_name", "")
    what = f"a text that others assess, “{title}”" if title else "a text that others assess"
    lost = "other learners do not assess it, and its points, dates and files are not kept"
    report.skip(where, what, f"{_IS_A_TASK}; {lost}")
    is_html = block.get("prompts_type", "").lower() == "html"
    asked = [
        to_markdown(said, report, where) if is_html else from_text(said)
        for prompt in (*block.findall("prompts/prompt"), *block.findall("prompt"), *block.findall("rubric/prompt"))
        if (said := _prompt(prompt)).strip()
    ]
    criteria = (
        _criterion(_line(each.find("label")) or _line(each.find("name")), _line(each.find("prompt")))
        for each in block.iter("criterion")
    )
    return write_task(task_id, "\n\n".join(asked), [each for each in criteria if each], title=title)


def _prompt(prompt: "Element") -> str:
    description = prompt.find("description")
    said = prompt if description is None else description
    return markup(said) if len(said) else said.text or ""


def _line(element: "Element | None") -> str:
    return "" if element is None else to_line("".join(element.itertext()))


def _criterion(name: str, says: str) -> str:
    if not says or says == name:
        return from_words(name)
    return f"**{from_words(name)}**: {from_words(says)}" if name else from_words(says)
