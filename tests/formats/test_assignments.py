"""Assignments and open responses of other systems as tasks. The files are written by the formats' own descriptions:
the assignment extension of Common Cartridge 1.3, Canvas's own settings and rubrics, and Open edX's OLX for ORA."""

from pathlib import Path

import pytest

from azora_tui.formats.archives import Tree
from azora_tui.formats.checking import check_course
from azora_tui.formats.course import read_course
from azora_tui.formats.course_writing import course_files
from azora_tui.formats.imported import Imported
from azora_tui.formats.registry import read_course_in
from azora_tui.formats.tasks import read_tasks
from azora_tui.models.tasks import Task
from tests.formats.test_canvas import META, manifest, resource

Files = dict[str, str]

STANDARD = """<?xml version="1.0" encoding="UTF-8"?>
<assignment identifier="a1" xmlns="http://www.imsglobal.org/xsd/imscc_extensions/assignment"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <title>A knot &amp; its name</title>
  <text texttype="text/html">&lt;p&gt;Tie a &lt;em&gt;bowline&lt;/em&gt;.&lt;/p&gt;</text>
  <instructor_text texttype="text/plain">Only for teachers.</instructor_text>
  <attachments><attachment href="rope.png" role="All"/></attachments>
  <gradable points_possible="10">true</gradable>
  <submission_formats>{formats}</submission_formats>
</assignment>"""
CANVAS = """<?xml version="1.0" encoding="UTF-8"?>
<assignment identifier="task" xmlns="http://canvas.instructure.com/xsd/cccv1p0">
  <title>Task</title>
  <due_at>2026-12-01T10:00:00</due_at>
  <workflow_state>published</workflow_state>
  <rubric_identifierref>r1</rubric_identifierref>
  <points_possible>10.0</points_possible>
  <submission_types>{types}</submission_types>
</assignment>"""
RUBRICS = """<?xml version="1.0" encoding="UTF-8"?>
<rubrics xmlns="http://canvas.instructure.com/xsd/cccv1p0">
  <rubric identifier="r0"><title>Another</title><criteria><criterion><criterion_id>x</criterion_id>
    <description>Not of this one</description></criterion></criteria></rubric>
  <rubric identifier="r1"><title>Knots</title><criteria>
    <criterion><criterion_id>_1</criterion_id><points>5.0</points><description>It holds</description>
      <long_description>It does &lt;b&gt;not&lt;/b&gt; slip.</long_description>
      <ratings><rating><description>Full marks</description><points>5.0</points></rating></ratings></criterion>
    <criterion><criterion_id>_2</criterion_id><points>5.0</points><description>It is *neat*</description></criterion>
  </criteria></rubric>
</rubrics>"""
ORA = """<openassessment url_name="ora1" submission_start="2001-01-01T00:00:00+00:00" text_response="required"
  prompts_type="{kind}">
  <title>Romeo's symbol</title>
  <assessments><assessment name="peer-assessment" must_grade="5" must_be_graded_by="3"/>
    <assessment name="self-assessment"/></assessments>
  <prompts>
    <prompt><description>{prompt}</description></prompt>
    <prompt><description>And why?</description></prompt>
  </prompts>
  <rubric>
    <criterion feedback="optional"><name>0</name><label>Clarity</label><prompt>Is it clear?</prompt>
      <option points="0"><name>0</name><label>No</label><explanation>It is not.</explanation></option></criterion>
    <criterion><name>Depth</name><prompt>Depth</prompt></criterion>
    <feedbackprompt>What else?</feedbackprompt>
  </rubric>
</openassessment>"""


def cartridge(settings: str, **more: str) -> Files:
    """A cartridge with an assignment of the standard's."""
    items = '<item identifier="i1" identifierref="a1"><title>A knot</title></item>'
    return {
        "imsmanifest.xml": manifest(resource("a1", "assignment_xmlv1p0", "a1/assignment.xml"), items),
        "a1/assignment.xml": settings,
        **more,
    }


def of_canvas(types: str, page: str = "<p>Tie it.</p>") -> Files:
    """A cartridge with an assignment as Canvas writes them: a page, and settings beside it."""
    items = '<item identifier="i1" identifierref="task"><title>Task</title></item>'
    return {
        "imsmanifest.xml": manifest(resource("task", META, "task/task.html", "task/assignment_settings.xml"), items),
        "task/task.html": f"<html><head><title>Assignment: Task</title></head><body>{page}</body></html>",
        "task/assignment_settings.xml": CANVAS.format(types=types),
        "course_settings/rubrics.xml": RUBRICS,
    }


def olx(component: str) -> Files:
    return {
        "course.xml": '<course url_name="run" org="Org" course="C1"/>',
        "course/run.xml": '<course display_name="Plays"><chapter url_name="c"/></course>',
        "chapter/c.xml": f'<chapter display_name="One"><sequential display_name="S"><vertical url_name="v" '
        f'display_name="Unit"><html>Before.</html>{component}<html>After.</html></vertical></sequential></chapter>',
    }


def read(files: Files) -> Imported:
    return read_course_in(Tree("small", {name: text.encode() for name, text in files.items()}, {}))


def task_of(imported: Imported) -> Task:
    [lesson] = imported.course.lessons
    [task] = read_tasks(lesson.content)
    return task


def whys(imported: Imported) -> list[str]:
    return [row.why for row in imported.skipped if "it is a task here" in row.why]


def test_an_assignment_of_the_standard() -> None:
    imported = read(cartridge(STANDARD.format(formats='<format type="html"/><format type="file"/>')))
    assert task_of(imported) == Task(
        "a1", "A knot & its name", "## A knot & its name\n\nTie a *bowline*.", (), required=True
    )
    assert whys(imported) == [
        "it is a task here, to be answered by who teaches the course; its points and dates are not kept; work is"
        " handed in as text, not as a file"
    ]
    assert "Only for teachers" not in imported.course.lessons[0].content
    assert ("the file rope.png", "files are not kept with a course") in {(r.what, r.why) for r in imported.skipped}


@pytest.mark.parametrize("text", ["", "&lt;p&gt;&lt;/p&gt;"])
def test_one_that_asks_for_nothing_in_words(text: str) -> None:
    settings = STANDARD.format(formats="").replace("&lt;p&gt;Tie a &lt;em&gt;bowline&lt;/em&gt;.&lt;/p&gt;", text)
    task = task_of(read(cartridge(settings)))
    assert task.title == "A knot & its name"
    assert task.required


def test_one_that_cannot_be_read_stands_as_that() -> None:
    imported = read(cartridge("<assignment><title>"))
    assert read_tasks(imported.course.lessons[0].content) == ()
    assert "its file cannot be read" in {row.why for row in imported.skipped}


def test_an_assignment_of_canvas_with_its_rubric() -> None:
    imported = read(of_canvas("online_text_entry,online_upload"))
    assert task_of(imported) == Task(
        "task",
        "Task",
        "## Task\n\nTie it.",
        ("**It holds**: It does not slip.", "It is \\*neat\\*"),
        required=True,
    )
    assert whys(imported)[0].endswith("work is handed in as text, not as a file")


@pytest.mark.parametrize(
    ("types", "required"),
    [
        ("online_text_entry", True),
        ("", True),
        ("online_url", True),
        ("none", False),
        ("not_graded", False),
        ("on_paper", False),
        ("external_tool", False),
        ("on_paper,online_text_entry", True),
    ],
)
def test_a_lesson_waits_only_for_what_is_handed_in(types: str, required: bool) -> None:
    imported = read(of_canvas(types))
    assert task_of(imported).required is required
    assert ("a lesson counts without it" in whys(imported)[0]) is not required


def test_an_open_response() -> None:
    imported = read(olx(ORA.format(kind="html", prompt="&lt;p&gt;Choose a &lt;b&gt;symbol&lt;/b&gt;.&lt;/p&gt;")))
    assert task_of(imported) == Task(
        "ora1",
        "Romeo's symbol",
        "## Romeo's symbol\n\nChoose a **symbol**.\n\nAnd why?",
        ("**Clarity**: Is it clear?", "Depth"),
        required=True,
    )
    content = imported.course.lessons[0].content
    assert content.index("Before.") < content.index("::: {.task") < content.index("After.")
    assert whys(imported) == [
        "it is a task here, to be answered by who teaches the course; other learners do not assess it, and its points,"
        " dates and files are not kept"
    ]


def test_a_prompt_that_is_plain_text() -> None:
    task = task_of(read(olx(ORA.format(kind="text", prompt="Is 3 *  4 &lt; 5 * 6?\n\n- [ ] say"))))
    assert task.instruction == "## Romeo's symbol\n\nIs 3 \\* 4 \\< 5 \\* 6?\n\n\\- \\[ \\] say\n\nAnd why?"
    assert len(task.criteria) == 2


def test_the_first_form_of_a_prompt() -> None:
    task = task_of(read(olx("<openassessment><title>T</title><rubric><prompt>Say.</prompt></rubric></openassessment>")))
    assert (task.title, task.instruction) == ("T", "## T\n\nSay.")


@pytest.mark.parametrize(
    "prompt",
    [
        "```\nnever closed",
        "::: callout\nnever closed",
        ":::\n:::",
        "&lt;!-- never closed",
        "- [ ] no criterion\n- [x] nor this",
    ],
)
def test_a_prompt_that_would_run_on_ends_with_its_task(prompt: str) -> None:
    for kind in ("html", "text"):
        imported = read(olx(ORA.format(kind=kind, prompt=prompt)))
        assert len(task_of(imported).criteria) >= 2
        assert imported.course.lessons[0].content.rstrip().endswith("After.")


def test_what_was_imported_is_written_and_read_again_without_a_fault(tmp_path: Path) -> None:
    for number, files in enumerate([
        cartridge(STANDARD.format(formats="")),
        of_canvas("none"),
        olx(ORA.format(kind="html", prompt="Choose.")),
    ]):  # fmt: skip
        source = read(files).course
        folder = tmp_path / str(number)
        folder.mkdir()
        for name, text in course_files(source).items():
            (folder / name).write_text(text, "utf-8")
        assert read_course(folder).lessons == source.lessons
        assert check_course(folder) == ()
