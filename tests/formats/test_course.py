"""Our own course format: what is read, what is refused and how that is said; and the quality of the bundled
courses."""

import re
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import azora_tui
from azora_tui.errors import AzoraError
from azora_tui.formats.course import CourseError, read_course
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
tags: [ethics, africa]
description: What it means.
outcomes: [Explain it]
prerequisites: [basics]
seats: 30
enrollment: closed
sections:
  - title: First
    lessons: [one]
  - title: Then
    lessons: [two]
"""
LESSON = "---\nid: {0}\ntitle: Lesson {0}\nminutes: 15\n---\n\n# Text of {0}\n"

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """`write(title="X", one="…")`: a course's folder with these lines of course.yaml or lessons another
    way."""

    def do(course: str = COURSE, **files: str) -> Path:
        (tmp_path / "course.yaml").write_text(course, encoding="utf-8")
        for name in ("one", "two"):
            (tmp_path / f"{name}.md").write_text(files.get(name, LESSON.format(name)), encoding="utf-8")
        return tmp_path

    return do


def with_line(key: str, value: str) -> str:
    changed = re.sub(rf"^{key}:.*$", lambda _: f"{key}: {value}", COURSE, count=1, flags=re.MULTILINE)
    assert changed != COURSE or value in COURSE
    return changed


def without(key: str) -> str:
    return re.sub(rf"^{key}:.*\n", "", COURSE, count=1, flags=re.MULTILINE)


def test_a_course_is_read_whole(write: Write) -> None:
    course = read_course(write(two=LESSON.format("two").replace("minutes: 15", "minutes: 5\nrequired: false")))
    assert (course.slug, course.title, course.version, course.level) == (
        "ubuntu",
        "Ubuntu",
        "1.2.0",
        "beginner",
    )
    assert (course.language, course.licence, course.instructor) == ("en", "CC-BY-4.0", "Elara")
    assert (course.duration, course.description) == ("4 weeks", "What it means.")
    assert (course.tags, course.outcomes) == (("ethics", "africa"), ("Explain it",))
    assert (course.prerequisites, course.seats, course.enrollment_open) == (("basics",), 30, False)
    one, two = course.lessons
    assert (one.id, one.title, one.minutes, one.required, one.section) == (
        "one",
        "Lesson one",
        15,
        True,
        "First",
    )
    assert (two.id, two.minutes, two.required, two.section) == ("two", 5, False, "Then")
    assert one.content == "# Text of one\n"


def test_what_may_be_left_out(write: Write) -> None:
    text = COURSE
    for key in ("tags", "outcomes", "prerequisites", "seats", "enrollment"):
        text = re.sub(rf"^{key}:.*\n", "", text, flags=re.MULTILINE)
    course = read_course(write(text))
    assert (course.tags, course.outcomes, course.prerequisites) == ((), (), ())
    assert course.seats is None
    assert course.enrollment_open


@pytest.mark.parametrize(
    ("key", "value", "field", "expected"),
    [
        ("language", "no", "language", "no"),  # Norwegian, not false
        ("version", "1.10", "version", "1.10"),  # not 1.1
        ("version", "1", "version", "1"),
        ("title", "1984", "title", "1984"),
        ("title", "12:30", "title", "12:30"),  # not 750
        ("title", "2026-11-22", "title", "2026-11-22"),
        ("title", "Yes", "title", "Yes"),
        ("title", "0x10", "title", "0x10"),
        ("tags", "[on, 1.10, null]", "tags", ("on", "1.10", "null")),
        ("enrollment", "open", "enrollment_open", True),
    ],
)
def test_texts_are_taken_as_they_are_written(write: Write, key: str, value: str, field: str, expected: object) -> None:
    assert getattr(read_course(write(with_line(key, value))), field) == expected


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(write: Write, tmp_path: Path) -> None:
    before = read_course(write())
    for file in tmp_path.iterdir():
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert read_course(tmp_path) == before


def test_nothing_that_moves_a_terminal_comes_through(write: Write) -> None:
    hostile = r'"a\e[31mb\u202ec\nd\x9b"'
    text = with_line("title", hostile)
    text = text.replace("tags: [ethics", f"tags: [{hostile}").replace("title: First", f"title: {hostile}")
    lesson = LESSON.format("one").replace("Lesson one", "x").replace("title: x", f"title: {hostile}") + "\x1b]0;x\x07"
    course = read_course(write(text, one=lesson))
    assert course.title == course.tags[0] == course.lessons[0].title == course.lessons[0].section == "a[31mbc d"
    assert course.lessons[0].content.endswith("]0;x\n")


REFUSED = {
    "empty": ("", "course.yaml: has to hold keys and values"),
    "a list": ("- a\n", "course.yaml: has to hold keys and values"),
    "not YAML": ("slug: [", "course.yaml: is not valid YAML"),
    "a tag": ("!!python/object/apply:os.system [true]", "course.yaml: has to hold keys and values"),
    "unknown key": (COURSE + "colour: red\n", "unknown key `colour`. Known are"),
    "no title": (without("title"), "`title` is missing"),
    "blank title": (with_line("title", '" "'), "`title` is missing"),
    "title of control characters": (with_line("title", r'"\u202e"'), "`title` is missing"),
    "title a list": (with_line("title", "[a]"), "`title` is missing, empty or not a text"),
    "no version": (without("version"), "`version` is missing"),
    "version": (with_line("version", "1.0-beta"), "is not of the form 1.2.3"),
    "version in other digits": (with_line("version", "١.٠"), "is not of the form 1.2.3"),
    "version endless": (with_line("version", "9" * 5000), "is not of the form 1.2.3"),
    "level": (with_line("level", "wizard"), "level is one of beginner, intermediate, advanced"),
    "slug": (with_line("slug", "../up"), "may hold only small letters"),
    "tags a text": (with_line("tags", "ethics"), "`tags` has to be a list of texts"),
    "tags nested": (with_line("tags", "[[a]]"), "`tags` has to be a list of texts"),
    "tag empty": (with_line("tags", "[a, '']"), "`tags` has to be a list of texts"),
    "prerequisite": (with_line("prerequisites", "[Big Name]"), "may hold only small letters"),
    "prerequisite twice": (
        with_line("prerequisites", "[a, a]"),
        "names a course twice, or the course itself",
    ),
    "itself": (with_line("prerequisites", "[ubuntu]"), "names a course twice, or the course itself"),
    "seats zero": (with_line("seats", "0"), "`seats` has to be a whole number above 0"),
    "seats negative": (with_line("seats", "-1"), "`seats` has to be a whole number above 0"),
    "seats in words": (with_line("seats", "many"), "`seats` has to be a whole number above 0"),
    "seats broken": (with_line("seats", "1.5"), "`seats` has to be a whole number above 0"),
    "seats beyond counting": (with_line("seats", "9" * 5000), "`seats` has to be a whole number above 0"),
    "seats null": (with_line("seats", ""), "`seats` has to be a whole number above 0"),
    "enrollment": (with_line("enrollment", "opne"), "enrollment is one of open, closed"),
    "no sections": (COURSE.split("sections", maxsplit=1)[0], "`sections` has to be a list"),
    "section without a title": (
        COURSE.replace("- title: First\n    l", "- l"),
        "every section needs `title` and `lessons`",
    ),
    "section without lessons": (
        COURSE.replace("    lessons: [two]\n", ""),
        "every section needs `title` and `lessons`",
    ),
    "lesson twice": (COURSE.replace("[two]", "[one]"), "a lesson stands twice"),
    "lesson twice in a section": (COURSE.replace("[two]", "[two, two]"), "a lesson stands twice"),
    "lesson elsewhere": (COURSE.replace("[two]", "[../../etc/passwd]"), "may hold only small letters"),
    "lesson missing": (COURSE.replace("[two]", "[three]"), "three.md is missing from the course's folder"),
    "too deep": (COURSE.replace("[ethics, africa]", "[" * 20 + "]" * 20), "too deep"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_fault_in_course_yaml_is_told_with_its_file(write: Write, case: str) -> None:
    text, sentence = REFUSED[case]
    with pytest.raises(CourseError, match=re.escape(sentence)):
        read_course(write(text))


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            "---\nid",
            "id",
            "one.md: begins without front matter. Put id, title and minutes between two --- lines.",
        ),
        ("---\n\n#", "\n#", "one.md: begins without front matter"),
        ("id: one", "id: eins", "one.md: its id is 'eins'; it has to be 'one', as the file is called."),
        ("id: one", "id: [one]", "one.md: `id` is missing"),
        ("title: Lesson one\n", "", "one.md: `title` is missing"),
        ("minutes: 15", "minutes: soon", "one.md: `minutes` has to be a whole number above 0."),
        ("minutes: 15", "minutes: 0", "one.md: `minutes` has to be a whole number above 0."),
        ("minutes: 15", "minutes: 15\nrequired: maybe", "one.md: `required` is either true or false."),
        ("minutes: 15", "minutes: 15\nauthor: me", "one.md: unknown key `author`."),
        ("minutes: 15", "minutes: 15\n- x", "one.md: is not valid YAML"),
    ],
)
def test_a_fault_in_a_lesson_is_told_with_its_file(write: Write, old: str, new: str, sentence: str) -> None:
    assert old in LESSON.format("one")
    with pytest.raises(CourseError, match=re.escape(sentence)):
        read_course(write(one=LESSON.format("one").replace(old, new, 1)))


def test_a_folder_without_a_course_and_files_that_are_no_text_are_told(write: Write, tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=r"course\.yaml is missing"):
        read_course(tmp_path)
    folder = write()
    (folder / "two.md").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CourseError, match=r"two\.md cannot be read as UTF-8 text"):
        read_course(folder)
    (folder / "two.md").unlink()
    (folder / "two.md").mkdir()
    with pytest.raises(CourseError, match=r"two\.md cannot be read"):
        read_course(folder)


def test_a_bomb_of_aliases_costs_nothing(write: Write) -> None:
    bomb = "slug: &a [x, x]\ntitle: &b [*a, *a, *a, *a, *a, *a, *a, *a]\n"
    for name, before in zip("cdefghijklmnopq", "bcdefghijklmnop", strict=True):
        bomb += f"{name}: &{name} [{', '.join([f'*{before}'] * 8)}]\n"
    with pytest.raises(CourseError):
        read_course(write(bomb))


def test_brackets_without_end_are_refused_and_do_not_crash_the_program(write: Write) -> None:
    # In a process of its own: before there was a limit, this ended the interpreter itself.
    folder = write("tags: " + "[" * 200_000 + "]" * 200_000)
    program = (
        "import sys; from pathlib import Path; from azora_tui.formats.course import CourseError, "
        "read_course\n"
        "try: read_course(Path(sys.argv[1]))\nexcept CourseError as error: print(error)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program, str(folder)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    # libyaml has a limit of its own since 0.2.6, and meets it first.
    assert "too deep" in ended.stdout or "nesting depth" in ended.stdout


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200))
@example("a: &a [*a]")
@example("? [x]: y")
@example("<<: {title: x}")
@example("%YAML 9.9\n---\n")
def test_no_text_at_all_makes_anything_but_a_course_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    folder = tmp_path_factory.getbasetemp()
    (folder / "course.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(AzoraError):
        read_course(folder)


# The bundled courses

COURSES = Path(azora_tui.__file__).parent / "courses"
LESSONS = [pytest.param(file, id=f"{file.parent.name}/{file.stem}") for file in sorted(COURSES.glob("*/*.md"))]
ID = re.compile(r"\{[^{}]*#([\w-]+)[^{}]*\}\s*$")


def body(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").split("---\n", 2)[2].splitlines()


def outside_code(lines: list[str]) -> list[str]:
    kept, fence = [], ""
    for line in lines:
        mark = re.match(r"\s*(`{3,}|~{3,})", line)
        if mark and (not fence or line.strip().startswith(fence)):
            fence = "" if fence else mark[1]
        elif not fence:
            kept.append(line)
    return kept


def without_divs(lines: list[str], *kinds: str) -> list[str]:
    kept: list[str] = []
    open_divs: list[bool] = []
    for line in lines:
        if line.startswith(":::"):
            name = line.lstrip(": ")
            if name:
                open_divs.append(any(kind in name for kind in kinds))
            else:
                open_divs.pop()
        elif not any(open_divs):
            kept.append(line)
    assert open_divs == []
    return kept


def prose(lines: list[str]) -> int:
    """Words of running text: no quiz, no review card, no code, table, heading or footnote."""
    kept = without_divs(outside_code(lines), "quiz", "card")
    text = "\n".join(line for line in kept if not re.match(r"\s*(\||#|\[\^[^\]]+\]:)", line))
    return len(re.findall(r"\w[\w'’-]*", text))


def questions(lines: list[str]) -> dict[str, list[str]]:
    """Each question of a lesson by its id, with the lines that belong to it."""
    found: dict[str, list[str]] = {}
    inside = False
    current: list[str] = []
    for line in outside_code(lines):
        if line.startswith(":::"):
            inside = line.lstrip(": ") == "quiz"
        elif inside and (mark := ID.search(line)) and not line.startswith(("- ", ">", " ")):
            assert mark[1] not in found, f"{mark[1]} twice"
            current = found[mark[1]] = []
        elif inside:
            current.append(line)
    return found


def test_all_four_courses_are_there_with_at_least_five_lessons() -> None:
    assert sorted(SLUGS) == sorted(folder.name for folder in COURSES.iterdir() if folder.is_dir())
    for slug in SLUGS:
        course = read_course(COURSES / slug)
        assert course.slug == slug
        assert len(course.lessons) >= 5
        assert {lesson.id for lesson in course.lessons} == {file.stem for file in (COURSES / slug).glob("*.md")}
        assert course.outcomes
        assert any(lesson.required for lesson in course.lessons)
        assert set(course.prerequisites) <= set(SLUGS)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_id_of_a_course_is_its_own(slug: str) -> None:
    ids: list[str] = []
    for file in (COURSES / slug).glob("*.md"):
        lines = outside_code(body(file))
        ids += [file.stem, *questions(lines)]
        ids += [mark[1] for line in lines if line.startswith(":::") and (mark := ID.search(line))]
    assert len(ids) > 20
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize("file", LESSONS)
def test_a_lesson_has_600_to_1200_words_to_read(file: Path) -> None:
    assert 600 <= prose(body(file)) <= 1200


@pytest.mark.parametrize("file", LESSONS)
def test_every_question_has_a_right_answer_and_says_why(file: Path) -> None:
    found = questions(body(file))
    assert found
    for name, lines in found.items():
        right = [line for line in lines if re.match(r"- \[[xX]\] \S|answer: *\S", line)]
        assert right, name
        assert any(re.match(r"\s*> \S", line) for line in lines), name
        options = [line for line in lines if re.match(r"- \[[ xX]\]", line)]
        assert not options or 0 < len(right) < len(options), name


@pytest.mark.parametrize("file", LESSONS)
def test_headings_do_not_skip_a_level(file: Path) -> None:
    levels = [
        1,
        *(len(mark[1]) for line in outside_code(body(file)) if (mark := re.match(r"(#{1,6}) ", line))),
    ]
    assert len(levels) > 2
    assert all(1 < following <= before + 1 for before, following in pairwise(levels))


@pytest.mark.parametrize("file", LESSONS)
def test_every_footnote_is_used_and_explained(file: Path) -> None:
    text = "\n".join(outside_code(body(file)))
    defined = re.findall(r"^\[\^([^\]]+)\]:", text, re.MULTILINE)
    used = set(re.findall(r"\[\^([^\]]+)\](?!:)", text))
    assert sorted(defined) == sorted(used)
