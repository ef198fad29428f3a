"""Every fault of a course with its file and line, and none where there is none."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import azora_tui
from azora_tui.errors import RefusedError
from azora_tui.formats.checking import check_course
from azora_tui.formats.course import read_course
from azora_tui.formats.quiz import read_quiz
from azora_tui.formats.scaffold import start_course
from azora_tui.lms.bundled import SLUGS

COURSE = """\
slug: ubuntu
title: Ubuntu
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
  - title: Then
    lessons:
      - two
"""
FRONT = "---\nid: {0}\ntitle: Lesson {0}\nminutes: 15\n---\n\n"
BODY = 7
"""The line of a lesson's file on which its text begins."""
TEXT = "## A heading\n\nSome words.\n"
QUIZ = "::: quiz\n\nWhy? {#why}\n\n- [x] So\n- [ ] Not so\n\n:::\n"
CARD = "::: {.card #a-card}\n::: front\nQ\n:::\n::: back\nA\n:::\n:::\n"

Check = Callable[..., list[str]]


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """`check(one="…")`: the faults, as `file:line: sentence`, of a course whose lessons have these texts."""

    def do(course: str = COURSE, **lessons: str) -> list[str]:
        (tmp_path / "course.yaml").write_text(course, encoding="utf-8")
        for name in ("one", "two"):
            text = FRONT.format(name) + lessons.get(name, TEXT)
            (tmp_path / f"{name}.md").write_text(lessons.get(f"{name}_whole", text), encoding="utf-8")
        return [f"{fault.file}:{fault.line}: {fault.sentence}" for fault in check_course(tmp_path)]

    return do


@pytest.mark.parametrize("slug", SLUGS)
def test_the_bundled_courses_have_no_faults(slug: str) -> None:
    assert check_course(Path(azora_tui.__file__).parent / "courses" / slug) == ()


def test_a_course_without_faults_has_none(check: Check, tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# For who looks at the folder\n")
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "a dot.png").write_bytes(b"")
    whole = (
        f"{TEXT}\n{QUIZ}\n{CARD}\n### Deeper\n\n## A heading\n\n![a dot](images/a%20dot.png) ![x](images/a%20dot.png){{alt='y'}}\n"
        "[here](#a-heading), [again](#a-heading-1), [there](two.md#x), [`code`](https://example.org/), "
        "[mail](mailto:a@example.org), [ref][known], <https://example.org>, matrix[0][1], note[^1]\n\n"
        "[known]: https://example.org\n[^1]: The note.\n\n::: challenge\n#### Its title\n##### Below\n:::\n\n"
        "```text\n[x][nowhere] ![](none.png) [^9]\n```\n`![](none.png)`\n"
    )
    assert check(one=whole) == []


COURSE_FAULTS = {
    "key": (COURSE + "colour: red\n", 16, "unknown key `colour`"),
    "key of a section": (COURSE.replace("    lessons: [one]", "    lessons: [one]\n    color: red"), 13, "unknown key `color`"),
    "key twice": (COURSE + "title: Again\n", 16, "`title` stands twice"),
    "key of a section twice": (
        COURSE.replace("    lessons: [one]", "    lessons: [two]\n    lessons: [one]"), 13, "`lessons` stands twice",
    ),
    "title": (COURSE.replace("title: Ubuntu", "title: ' '"), 2, "`title` is missing"),
    "no level": (COURSE.replace("level: beginner\n", ""), 1, "level is one of"),
    "level": (COURSE.replace("beginner", "wizard"), 8, "level is one of beginner"),
    "version": (COURSE.replace("1.2.0", "new"), 3, "is not of the form 1.2.3"),
    "itself": (COURSE + "prerequisites:\n- basics\n- ubuntu\n", 18, "or the course itself"),
    "prerequisite twice": (COURSE + "prerequisites:\n- basics\n- basics\n", 18, "names a course twice"),
    "lesson twice": (COURSE.replace("      - two", "      - two\n      - one"), 16, "a lesson stands twice"),
    "lesson missing": (COURSE.replace("      - two", "      - two\n      - three"), 16, "three.md is missing"),
    "not YAML": (COURSE.replace("title: Ubuntu", "title: [Ubuntu"), 2, "is not valid YAML"),
    "section": (COURSE.replace("  - title: First\n    lessons", "  - lessons"), 11, "every section needs"),
}  # fmt: skip


@pytest.mark.parametrize("case", COURSE_FAULTS)
def test_faults_in_course_yaml(check: Check, case: str) -> None:
    course, line, sentence = COURSE_FAULTS[case]
    (found, *others) = check(course)
    assert found.startswith(f"course.yaml:{line}: ")
    assert sentence in found
    assert [each for each in others if not each.startswith(("one.md:1: no section", "two.md:1: no section"))] == []


LESSON_FAULTS = {
    "no front matter": ({"one_whole": TEXT}, "one.md", 1, "begins without front matter"),
    "id": ({"one_whole": FRONT.format("uno") + TEXT}, "one.md", 2, "its id is 'uno'"),
    "key": ({"one_whole": FRONT.format("one").replace("minutes", "author: me\nminutes") + TEXT}, "one.md", 4, "unknown key `author`"),
    "front matter": ({"one_whole": "---\nid: one\ntitle: [\nminutes: 3\n---\n" + TEXT}, "one.md", 3, "is not valid YAML"),
    "minutes": ({"one_whole": FRONT.format("one").replace("15", "31") + TEXT}, "one.md", 4, "31 minutes are too long"),
    "no text": ({"one": "\n"}, "one.md", BODY - 1, "this lesson has no text"),
    "skipped": ({"one": "## A\n\n### B\n\n##### C `d`\n"}, "one.md", BODY + 4, 'the heading "C d" skips from level 3 to 5. Give it ####.'),
    "skipped at the beginning": ({"one": "\n\n### A\n"}, "one.md", BODY + 2, "skips from level 1 to 3"),
    "skipped in a div": ({"one": "::: callout\n### A\n##### B\n:::\n"}, "one.md", BODY + 2, "skips from level 3 to 5"),
    "open div": ({"one": "::: callout\nA\n"}, "one.md", BODY, "never closed"),
    "image without words": ({"one": "a\n\nb\n![](https://example.org/a.png)\n"}, "one.md", BODY + 3, "has no alternative text"),
    "image not there": ({"one": "![a](images/none.png)"}, "one.md", BODY, "is not in the course's folder"),
    "image outside": ({"one": "![a](../../../../../../../../etc/passwd)"}, "one.md", BODY, "is not in the course's folder"),
    "image without a file": ({"one": "![a]()"}, "one.md", BODY, "names no file"),
    "link to nothing": ({"one": "[a]()"}, "one.md", BODY, "leads nowhere"),
    "link without words": ({"one": "[](https://example.org)"}, "one.md", BODY, "has no words"),
    "link to a file": ({"one": "x\n[a](three.md)"}, "one.md", BODY + 1, "leads to no file"),
    "link to a heading": ({"one": "## B\n\n[a](#c)"}, "one.md", BODY + 2, "leads to no heading"),
    "link to a program": ({"one": "[a](ftp://example.org)"}, "one.md", BODY, "is opened by no reader"),
    "half a link": ({"one": "[a](https:///x)"}, "one.md", BODY, "is no whole address"),
    "link without an address": ({"one": "see [a][b]"}, "one.md", BODY, "the link [b] has no address"),
    "footnote": ({"one": "see[^a]"}, "one.md", BODY, "the footnote [^a] has no text"),
    "no right answer": ({"one": QUIZ.replace("[x]", "[ ]")}, "one.md", BODY + 2, "the question why has no right answer"),
    "no answer at all": ({"one": "::: quiz\nWhy? {#why}\n:::\n"}, "one.md", BODY + 1, "the question why has no right answer"),
    "quiz without questions": ({"one": "::: quiz\nSome words.\n:::\n"}, "one.md", BODY, "this quiz asks nothing"),
    "question without id": ({"one": "::: quiz\n\nWhy?\n\n- [x] So\n- [ ] No\n:::\n"}, "one.md", BODY + 2, "this question has no id"),
    "second question without id": (
        {"one": QUIZ.replace("\n:::", "\nAnd?\n\n- [x] So\n- [ ] No\n\n:::")}, "one.md", BODY + 7, "this question has no id",
    ),
    "written question without id": ({"one": "::: quiz\n\nHow many?\n\nanswer: 3\n:::\n"}, "one.md", BODY + 2, "this question has no id"),
    "pass": ({"one": QUIZ.replace("::: quiz", "::: {.quiz pass=most}")}, "one.md", BODY, "`pass` has to be a percentage"),
    "attempts": ({"one": QUIZ.replace("::: quiz", "::: {.quiz attempts=0}")}, "one.md", BODY, "`attempts` has to be"),
    "question id twice": ({"one": QUIZ, "two": TEXT + QUIZ}, "two.md", BODY + 5, f"stands twice, first in one.md:{BODY + 2}"),
    "card id twice": ({"one": CARD + "\n" + CARD}, "one.md", BODY + 9, f"stands twice, first in one.md:{BODY}"),
    "card without id": ({"one": CARD.replace("{.card #a-card}", "card")}, "one.md", BODY, "this card has no id"),
    "card without back": ({"one": CARD.replace("::: back", "::: note")}, "one.md", BODY, "a card needs one ::: back"),
}  # fmt: skip


@pytest.mark.parametrize("case", LESSON_FAULTS)
def test_faults_in_a_lesson(check: Check, case: str) -> None:
    lessons, file, line, sentence = LESSON_FAULTS[case]
    (found,) = check(**lessons)
    assert found.startswith(f"{file}:{line}: ")
    assert sentence in found


def test_all_faults_are_told_at_once_in_order(check: Check) -> None:
    found = check(
        COURSE.replace("beginner", "wizard") + "colour: red\n",
        one="[a]()\n\n### B\n",
        two=QUIZ.replace("[x]", "[ ]"),
    )
    assert [each.split(": ")[0] for each in found] == [
        "course.yaml:8", "course.yaml:16", f"one.md:{BODY}", f"one.md:{BODY + 2}", f"two.md:{BODY + 2}",
    ]  # fmt: skip


def test_a_lesson_that_no_section_names(check: Check, tmp_path: Path) -> None:
    (tmp_path / "extra.md").write_text(FRONT.format("extra"))
    assert check() == [
        "extra.md:1: no section names this lesson. Add `extra` to one in course.yaml, or delete the file."
    ]


def test_an_empty_folder_and_files_that_are_no_text(check: Check, tmp_path: Path) -> None:
    assert [fault.line for fault in check_course(tmp_path)] == [1]
    check()
    (tmp_path / "two.md").write_bytes(b"\xff")
    assert [(fault.file, fault.line) for fault in check_course(tmp_path)] == [("two.md", 1)]


@given(st.text(alphabet="[]()!#:{}.-x^ \n`>|=a1", max_size=200))
def test_no_text_ends_the_check(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("course")
    (folder / "course.yaml").write_text(COURSE)
    for name in ("one", "two"):
        (folder / f"{name}.md").write_text(FRONT.format(name) + text)
    last = (FRONT.format("one") + text).count("\n") + 1
    for fault in check_course(folder):
        assert 1 <= fault.line <= max(last, BODY)
        assert "\n" not in fault.sentence


# A new course


def test_a_new_course_works_and_shows_what_there_is(tmp_path: Path) -> None:
    folder = tmp_path / "bees-and-honey"
    start_course(folder)
    assert check_course(folder) == ()
    course = read_course(folder)
    assert (course.slug, course.title) == ("bees-and-honey", "Bees and honey")
    whole = "".join(lesson.content for lesson in course.lessons)
    for part in ("::: callout", "::: challenge", "::: solution", ".card #", "![", "[^1]:"):
        assert part in whole
    quiz = next(quiz for lesson in course.lessons if (quiz := read_quiz(lesson.content)))
    assert len(quiz.questions) == 3


@pytest.mark.parametrize(
    ("name", "slug", "title"),
    [("Bees & Honey", "bees-honey", "Bees & Honey"), ("it's: #1", "it-s-1", "It's: #1"), ("2026", "2026", "2026"), ("Élan", "elan", "Élan")],
)  # fmt: skip
def test_a_course_is_called_after_its_folder(tmp_path: Path, name: str, slug: str, title: str) -> None:
    start_course(tmp_path / name)
    course = read_course(tmp_path / name)
    assert (course.slug, course.title) == (slug, title)
    assert check_course(tmp_path / name) == ()


def test_what_is_there_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "course.yaml").write_text("mine")
    with pytest.raises(RefusedError, match="is not empty"):
        start_course(tmp_path / "mine")
    assert [file.read_text() for file in (tmp_path / "mine").iterdir()] == ["mine"]
    (tmp_path / "file").write_text("")
    for place in ("file", "file/below"):
        with pytest.raises(RefusedError, match="could not be written"):
            start_course(tmp_path / place)
    with pytest.raises(RefusedError, match="neither letters"):
        start_course(tmp_path / "!!!")
    assert re.fullmatch("file mine", " ".join(sorted(each.name for each in tmp_path.iterdir())))


def test_what_the_manual_shows_is_right(check: Check) -> None:
    manual = (Path(__file__).parents[2] / "docs" / "courses.md").read_text(encoding="utf-8")
    examples = re.findall(r"^```markdown\n(.*?)^```$", manual, re.DOTALL | re.MULTILINE)
    assert len(examples) == 3
    assert check(one="\n".join(examples)) == []
    quiz = read_quiz(examples[0])
    assert quiz
    assert (len(quiz.questions), quiz.pass_percent, quiz.attempts) == (4, 80, 3)
