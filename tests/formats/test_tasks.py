"""Tasks as they are written in lessons, and what `azora-tui check` says of them."""

from pathlib import Path
from textwrap import indent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azora_tui.formats.checking import check_course
from azora_tui.formats.task_writing import write_task
from azora_tui.formats.tasks import read_tasks
from azora_tui.models.tasks import Task

COURSE = """\
slug: knots
title: Knots
version: 1.2.0
language: en
licence: CC-BY-4.0
instructor: Elara
duration: 4 weeks
level: beginner
description: What it means.
sections:
  - title: First
    lessons: [one]
"""

TASK = """\
::: {.task #knot}
## The bowline, in words

Write down how to tie it, so that somebody who has *never* seen one can.

- not a criterion
- but a list

- [ ] the loop is named
- [ ] it goes **round** the
  standing part

Take your time.
:::
"""


def test_a_task() -> None:
    assert read_tasks(f"Before.\n\n{TASK}\nAfter.\n") == (
        Task(
            "knot",
            "The bowline, in words",
            "## The bowline, in words\n\nWrite down how to tie it, so that somebody who has *never* seen one can.\n\n"
            "- not a criterion\n- but a list\n\nTake your time.",
            ("the loop is named", "it goes **round** the\nstanding part"),
        ),
    )


def test_one_that_need_not_be_done() -> None:
    [task] = read_tasks("::: {.task #one .optional}\nSay *hello* to `them`.\nMore.\n:::\n")
    assert task == Task("one", "Say hello to them.", "Say *hello* to `them`.\nMore.", (), required=False)


def test_tasks_stand_in_their_order_and_wherever_they_are() -> None:
    inside = f"::: callout\n{TASK.replace('#knot', '#inside')}:::\n"
    listed = f"- point\n\n{indent(TASK.replace('#knot', '#listed'), '  ')}"
    tasks = read_tasks("\n\n".join([TASK, inside, listed]))
    assert [task.id for task in tasks] == ["knot", "inside", "listed"]
    assert len({(task.instruction, task.criteria) for task in tasks}) == 1


@pytest.mark.parametrize(
    "source",
    [
        "",
        "A task, and no div.",
        TASK.replace(" #knot", ""),
        "::: {.task #knot}\n:::\n",
        "::: {.task #knot}\n- [ ] a criterion alone\n:::\n",
        f"````\n{TASK}````\n",
        TASK.replace(".task", ".taskforce"),
    ],
)
def test_what_is_no_task(source: str) -> None:
    assert read_tasks(source) == ()


def test_of_two_with_one_id_the_first_counts() -> None:
    [task] = read_tasks(f"{TASK}\n::: {{.task #knot}}\nAnother.\n:::\n")
    assert task.title == "The bowline, in words"


def test_a_title_is_one_short_line_without_control_characters() -> None:
    [task] = read_tasks(f"::: {{.task #long}}\n{'word ' * 40}\n:::\n")
    assert len(task.title) <= 80
    assert task.title.endswith("…")
    [task] = read_tasks("::: {.task #rule}\n***\n:::\n")
    assert task.title == "rule"


@given(st.text(alphabet="ab:\n -[]x{}.#*>`", max_size=200))
def test_reading_never_raises(text: str) -> None:
    read_tasks(f"::: {{.task #a}}\n{text}\n:::\n")


WORDS = st.text(alphabet="abc *:`-[]#>\n~<!", max_size=60)


@given(instruction=WORDS, criteria=st.lists(WORDS, max_size=3), required=st.booleans())
def test_what_is_written_reads_the_same_again_or_as_plain_words(
    instruction: str, criteria: list[str], required: bool
) -> None:
    written = write_task("one", instruction, criteria, required=required)
    [task] = read_tasks(f"Before.\n\n{written}\n\nAfter.\n")
    assert task.id == "one"
    assert task.required is required
    assert len(task.criteria) == sum(bool(each.strip()) for each in criteria)
    assert read_tasks(write_task("one", task.instruction, task.criteria, required=required)) == (task,)


def faults(tmp_path: Path, lesson: str) -> list[tuple[int, str]]:
    (tmp_path / "course.yaml").write_text(COURSE, "utf-8")
    (tmp_path / "one.md").write_text(f"---\nid: one\ntitle: One\nminutes: 5\n---\n\n{lesson}", "utf-8")
    return [(fault.line, fault.sentence) for fault in check_course(tmp_path) if fault.file == "one.md"]


@pytest.mark.parametrize(
    ("lesson", "line", "sentence"),
    [
        (TASK, 0, ""),
        (TASK.replace(" #knot", ""), 7, "this task has no id. Open it with one: ::: {.task #name}."),
        ("::: {.task #a}\n- [ ] well done\n:::\n", 7, "this task asks for nothing. Write what is to be done."),
        (
            TASK.replace("- [ ] the loop", "- [x] the loop"),
            15,
            "this criterion is ticked. Write `- [ ]`: who reads the work ticks it.",
        ),
        (f"{TASK}\n{TASK}", 22, "the id knot stands twice, first in one.md:7. Give this one another."),
    ],
)
def test_check_says_what_is_wrong_with_a_task(tmp_path: Path, lesson: str, line: int, sentence: str) -> None:
    assert faults(tmp_path, lesson) == ([(line, sentence)] if sentence else [])
