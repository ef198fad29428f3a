"""Tasks on the command line, for who hands work in and for who answers it."""

from pathlib import Path

import pytest

from tests.commands.conftest import PASSWORD

COURSE = """\
slug: knots
title: Knots
version: 1.0.0
language: en
licence: CC-BY-4.0
instructor: Elara
duration: 1 week
level: beginner
description: What it means.
sections:
  - title: First
    lessons: [one, two]
"""
ONE = """\
---
id: one
title: One
minutes: 5
---

Words.

::: {.task #bowline}
## The bowline

In *words*.

- [ ] the loop
- [ ] the way **round**
:::
"""
TWO = ONE.replace("id: one", "id: two").replace("title: One", "title: Two").replace("#bowline", "#first") + (
    "\n::: {.task #second .optional}\nDraw it.\n:::\n"
)


def as_who(azora, email):
    azora("logout")
    assert azora("login", "--email", email, "--password-stdin", stdin=PASSWORD).status == 0


@pytest.fixture
def knots(azora, school, tmp_path: Path):
    """The admin has brought a course in, and kofi@example.org, who is signed in, is in it."""
    folder = tmp_path / "knots"
    folder.mkdir()
    for name, text in (("course.yaml", COURSE), ("one.md", ONE), ("two.md", TWO)):
        (folder / name).write_text(text, "utf-8")
    assert azora("import", str(folder)).status == 0
    azora("logout")
    register = ["register", "--email", "kofi@example.org", "--name", "Kofi", "--password-stdin"]
    assert azora(*register, stdin=PASSWORD).status == 0
    assert azora("enroll", "knots").status == 0
    return azora


def test_there_and_back(knots, tmp_path):
    assert "○ new" in knots("tasks").out
    shown = knots("task", "show", "knots", "one").out
    assert "Knots, One\n○ new\n\n## The bowline\n\nIn words.\n1.  the loop\n2.  the way round\n" in shown
    read = " ".join(knots("read", "knots", "1").out.split())
    assert "Task: The bowline In words. - [ ] the loop" in read
    assert "Hand it in with `azora-tui task hand-in 5 1 FILE`." in read
    held = knots("complete", "knots", "1")
    assert (held.status, held.out) == (1, "")
    assert "This lesson counts once The bowline (nothing is handed in yet) is accepted." in held.err
    held = knots("complete", "knots", "1", "--json")
    assert held.json["success"] is False
    assert "That you are done is kept" in held.json["error"]

    (tmp_path / "work.md").write_text("A *rabbit* and a tree.\n", "utf-8")
    answer = knots("task", "hand-in", "knots", "1", str(tmp_path / "work.md"))
    assert (answer.status, answer.out) == (
        0, "Handed in: The bowline, version 1. Who teaches the course reads it now.\n",
    )  # fmt: skip
    assert "● handed in, waits for an answer" in knots("tasks").out

    as_who(knots, "learner@example.org")
    waiting = knots("tasks", "--waiting")
    assert "1  Kofi: The bowline\n   Knots, handed in today\n" in waiting.out
    assert "A rabbit and a tree." in knots("task", "read", "1").out
    refused = knots("task", "answer", "1", "--return")
    assert (refused.status, refused.err) == (
        1, "Write what is missing, so that they can go on. Nothing was answered yet.\n",
    )  # fmt: skip
    answer = knots("task", "answer", "1", "--return", "--tick", "2", "--message", "-", stdin="Which *way*?\n")
    assert answer.out.startswith("Returned: The bowline, by Kofi.")
    assert "Nothing waits" in knots("tasks", "--waiting").out

    as_who(knots, "kofi@example.org")
    assert "came back with an answer, not read yet" in knots("tasks").out
    shown = knots("task", "show", "knots", "one").out
    assert "○ 1.  not met: the loop\n✓ 2.  met: the way round\n\nWhich way?\n" in shown
    assert "not read yet" not in knots("tasks").out
    assert knots("task", "hand-in", "knots", "1", stdin="Round the tree.").status == 0

    as_who(knots, "learner@example.org")
    assert knots("task", "answer", "2", "--accept", "--json").json["data"]["submission"]["answer"]["accepted"] == 1
    refused = knots("task", "answer", "2", "--accept")
    assert (refused.status, "Learner has answered this meanwhile" in refused.err) == (1, True)
    as_who(knots, "kofi@example.org")
    assert "✓ accepted" in knots("tasks").out
    assert "You completed this lesson." in knots("read", "knots", "1").out


def test_json(knots):
    knots("task", "hand-in", "knots", "1", stdin="A rabbit.")
    page = knots("task", "show", "knots", "1", "--json").json["data"]
    assert (page["task"], page["state"], page["draft"], page["is_current"]) == ("bowline", "handed in", None, 1)
    assert page["criteria"] == [{"number": 1, "text": "the loop"}, {"number": 2, "text": "the way **round**"}]
    [version] = page["versions"]
    assert (version["version"], version["text"], version["answer"]) == (1, "A rabbit.", None)
    states = [(each["task"], each["state"], each["lesson_number"]) for each in knots("tasks", "--json").json["data"]]
    assert states == [("bowline", "handed in", 1), ("first", "new", 2), ("second", "new", 2)]
    as_who(knots, "learner@example.org")
    [waiting] = knots("tasks", "--waiting", "--json").json["data"]
    assert (waiting["learner"], waiting["title"], waiting["version"]) == ("Kofi", "The bowline", 1)
    assert knots("task", "read", str(waiting["id"]), "--json").json["data"]["submission"]["text"] == "A rabbit."


def test_a_lesson_with_several_tasks_asks_which(knots):
    refused = knots("task", "show", "knots", "two")
    assert (refused.status, refused.err) == (
        1, "This lesson has 2 tasks. Say with --task which you mean: first, second.\n",
    )  # fmt: skip
    for word in ("2", "second"):
        assert "Draw it." in knots("task", "show", "knots", "two", "--task", word).out
    assert "no such task" in knots("task", "show", "knots", "two", "--task", "third").err
    assert "--task second" in " ".join(knots("read", "knots", "2").out.split())


def test_learners_answer_nothing_and_see_no_work_of_others(knots):
    knots("task", "hand-in", "knots", "1", stdin="A rabbit.")
    for command in (["tasks", "--waiting"], ["task", "read", "1"], ["task", "answer", "1", "--accept"]):
        refused = knots(*command)
        assert (refused.status, refused.out) == (1, "")
        assert "Only instructors and admins" in refused.err


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (b"", "There are no words in it yet"),
        (b"a" * 1_000_000, "This has 1,000,000 bytes, and 100,000 is the most"),
        (b"\xff\xfe\xfa", "Standard input is not text in UTF-8."),
        ("ü".encode() * 3_000_000, "and 100,000 is the most"),
    ],
)
def test_what_cannot_be_handed_in(knots, given, sentence):
    refused = knots("task", "hand-in", "knots", "1", stdin=given)
    assert refused.status == 1
    assert sentence in refused.err
    assert "○ new" in knots("tasks").out


def test_a_file_that_is_not_there(knots):
    refused = knots("task", "hand-in", "knots", "1", "nowhere.md")
    assert (refused.status, refused.err) == (2, "nowhere.md cannot be read (No such file or directory).\n")


def test_escape_sequences_stay_out(knots):
    knots("task", "hand-in", "knots", "1", stdin="\x1b[2JRed \x1b]0;title\x07 \x9b31m words")
    as_who(knots, "learner@example.org")
    assert "Red" in knots("task", "read", "1").out
    knots("task", "answer", "1", "--accept", "--message", "\x1b[31mWell.")
    as_who(knots, "kofi@example.org")
    assert "Well." in knots("task", "show", "knots", "1").out


@pytest.mark.parametrize("word", ["0", "x", "9" * 30, "-"])
def test_work_that_is_not_there(knots, word):
    as_who(knots, "learner@example.org")
    refused = knots("task", "read", "--", word)
    assert refused.status in (1, 2)
    assert refused.err


@pytest.mark.parametrize("tick", ["x", "1;2", "", "-1"])
def test_criteria_are_numbers(azora, school, tick):
    assert azora("task", "answer", "1", "--accept", f"--tick={tick}").status == 2
