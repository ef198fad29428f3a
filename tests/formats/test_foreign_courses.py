"""Whole courses of others, large and small: every lesson and every question in the source is taken or told.

What is counted here is counted in the source with regular expressions and ElementTree, never with our readers. The small
courses are in `courses`; those in `../shared` are others' own, and are left out where they are not there.
"""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from azora_tui.formats.imported import Imported
from azora_tui.formats.quiz import read_quiz
from azora_tui.formats.registry import read_course_at
from azora_tui.widgets.reader.loading import read_all
from tests.widgets.test_reader_rows import rows_of, view_of

SMALL = Path(__file__).parent / "courses"
SHARED = Path(__file__).parents[3] / "shared" / "courses"
SHARED_CARTRIDGES = SHARED / "common-cartridge"

CARPENTRIES = {"small": SMALL / "carpentries", "shared": SHARED / "git-novice"}
OLX = {"small": SMALL / "olx", "shared": SHARED / "olx" / "demo-course"}
CARTRIDGES = {
    "small": SMALL / "cartridge",
    "small-questions": SMALL / "qti",
    "shared": SHARED_CARTRIDGES / "course-1",
    "shared-questions": SHARED_CARTRIDGES / "all-question-types",
    "shared-imscc": SHARED_CARTRIDGES / "canvas_cc_gem_course.imscc",
}
SHARED_COURSES = {
    f"{kind}-{name}": path
    for kind, paths in (("carpentries", CARPENTRIES), ("olx", OLX), ("cartridge", CARTRIDGES))
    for name, path in paths.items()
    if name.startswith("shared")
}
OTHERS = {"small-gift": SMALL / "gift", "small-liascript": SMALL / "liascript"}


def of_each(**groups: dict[str, Path]) -> pytest.MarkDecorator:
    """A parameter `path` for each course of the groups; one that is not there is skipped with a reason."""
    there = pytest.mark.skipif(not SHARED.is_dir(), reason="needs the courses in ../shared, which are not there")
    return pytest.mark.parametrize(
        "path",
        [
            pytest.param(path, id=f"{kind}-{name}", marks=there if name.startswith("shared") else ())
            for kind, paths in groups.items()
            for name, path in paths.items()
        ],
    )


def lost(imported: Imported) -> int:
    """Questions that the report says were not taken."""
    told = [row.what for row in imported.skipped if row.what.startswith("question “")]
    return sum(int(times[1]) if (times := re.search(r"\((\d+) times\)$", what)) else 1 for what in told)


@of_each(carpentries=CARPENTRIES, olx=OLX, cartridge=CARTRIDGES, other=OTHERS)
def test_every_lesson_is_shown_at_any_width(path: Path) -> None:
    imported = read_course_at(path)
    assert imported.course.lessons
    for lesson in imported.course.lessons:
        assert read_all(lesson.content).blocks
        for width in (20, 76):
            assert any(row.strip() for row in rows_of(view_of(lesson.content, width)))


@of_each(carpentries=CARPENTRIES)
def test_carpentries(path: Path) -> None:
    imported = read_course_at(path)
    episodes = {each.name: each.read_text() for each in path.glob("episodes/*.md")}
    named = re.findall(r"(?m)^- (.+\.md)$", (path / "config.yaml").read_text())
    assert [f"{lesson.id}.md" for lesson in imported.course.lessons] == named
    assert set(named) == set(episodes)
    assert imported.questions == sum(len(re.findall(r"(?m)^:{3,} *challenge", text)) for text in episodes.values()) > 0
    pictures = [len(re.findall(r"!\[[^\]]*\]\([^)]*\)\{alt='[^']", text)) for text in episodes.values()]
    assert imported.images == sum(pictures) > 0
    minutes = re.findall(r"(?m)^(?:teaching|exercises): (\d+)$", "\n".join(episodes.values()))
    assert sum(lesson.minutes for lesson in imported.course.lessons) == sum(map(int, minutes)) > 0
    beside = {f"learners/{each.name}" for each in path.glob("learners/*.md")} | {"index.md"}
    others = {"episodes/fig"} if (path / "episodes" / "fig").is_dir() else set()
    assert {row.where for row in imported.skipped} == beside | others
    for lesson in imported.course.lessons:
        source = episodes[f"{lesson.id}.md"]
        assert lesson.content.count("\n```") == source.count("\n```")


def in_outline(path: Path, kind: str, names: list[str]) -> Iterator[ElementTree.Element]:
    """The elements that the files of one kind lead to."""
    for name in names:
        yield from ElementTree.parse(path / kind / f"{name}.xml").getroot()


@of_each(olx=OLX)
def test_olx(path: Path) -> None:
    imported = read_course_at(path)
    (course,) = path.glob("course/*.xml")
    chapters = [each.get("url_name", "") for each in ElementTree.parse(course).getroot().iter("chapter")]
    sequentials = [each.get("url_name", "") for each in in_outline(path, "chapter", chapters)]
    verticals = [each.get("url_name", "") for each in in_outline(path, "sequential", sequentials)]
    assert [lesson.id for lesson in imported.course.lessons] == verticals
    assert len(verticals) == len(list(path.glob("vertical/*.xml"))) > 0
    sections = {lesson.section for lesson in imported.course.lessons}
    assert len(sections) == len(sequentials) == len(list(path.glob("sequential/*.xml"))) > 0

    blocks = list(in_outline(path, "vertical", verticals))
    libraries = [each.get("url_name", "") for each in blocks if each.tag == "library_content"]
    blocks += in_outline(path, "library_content", libraries)
    problems = [each.get("url_name", "") for each in blocks if each.tag == "problem"]
    assert len(problems) == len(list(path.glob("problem/*.xml"))) > 0
    elements = [each for name in problems for each in ElementTree.parse(path / "problem" / f"{name}.xml").iter()]
    assert imported.questions + lost(imported) == sum(each.tag.endswith("response") for each in elements)

    # Whatever is no text and no problem has left a row and, in its lesson, a placeholder.
    others = [each for each in blocks if each.tag not in ("html", "problem", "library_content", "annotatable")]
    placeholders = sum(lesson.content.count("**Here stood") for lesson in imported.course.lessons)
    told = [row for row in imported.skipped if row.where.startswith("vertical/") and "link “" not in row.what]
    assert len(told) >= len(others) > 0
    assert placeholders >= len(others) + lost(imported)
    programs = sum(each.tag == "customresponse" for each in elements)
    assert sum("graded by a Python program" in row.why for row in imported.skipped) >= programs > 0


def files_of(path: Path) -> dict[str, bytes]:
    if path.is_dir():
        return {str(each.relative_to(path)): each.read_bytes() for each in path.rglob("*") if each.is_file()}
    with zipfile.ZipFile(path) as archive:
        return {each: archive.read(each) for each in archive.namelist()}


@of_each(cartridge=CARTRIDGES)
def test_cartridges(path: Path) -> None:
    imported = read_course_at(path)
    files = files_of(path)
    manifest = re.sub(rb' xmlns(:\w+)?="[^"]*"| xsi:\w+="[^"]*"|(?<=</)\w+:|(?<=<)\w+:', b"", files["imsmanifest.xml"])
    root = ElementTree.fromstring(manifest)
    leaves = [item for item in root.iter("item") if item.find("item") is None]
    ids = {lesson.id for lesson in imported.course.lessons}
    told = {row.where for row in imported.skipped}
    titled = {leaf.get("identifier") for leaf in leaves if leaf.find("title") is not None}
    assert titled <= ids | told

    # Each resource that is not only another's companion became a lesson or has a row.
    needed = {each.get("identifierref") for each in root.iter("dependency")}
    paths = {
        each.get("identifier", ""): each.get("href") or each.findall("file")[0].get("href")
        for each in root.iter("resource")
    }
    alone = {name for name in paths if name not in needed and not name.endswith("_fallback")}
    taken = {item.get("identifierref") for item in leaves} | ids
    assert {name for name in alone if name not in taken and paths[name] not in told} == set()
    assert alone

    responses = 0
    for assessment in (name for name in files if name.endswith("assessment_qti.xml")):
        identifier = assessment.partition("/")[0]
        whole = files.get(f"non_cc_assessments/{identifier}.xml.qti", files[assessment]).decode()
        for item in re.findall(r"(?s)<item .*?</item>", whole):
            responses += len(re.findall(r"<response_(?:lid|str)\b", item)) or "text_only_question" not in item
    assert imported.questions + lost(imported) == responses


# What the small courses say, by hand: the same things in each format that has the words for it.

BENT = ("What does a grey reed do when it is bent?", "It breaks.")
GREEN = ("A green reed bends.", "True")
NEED = ("What does one need?", "a knife; water")
GAPS = ("How many gaps has a cross of four over four?", "8 ± 0.5")
OVER = "What is the reed called that goes over and under?"

ANSWERS = {
    "olx": [BENT, ("How many gaps has a cross of four over four?", "8 ± 0.8"), (OVER, "weft or the weft"),
            ("After over comes", "under"), NEED],
    "cartridge": [BENT, GREEN, NEED, (OVER, "weft or the weft"), GAPS, ("What belongs together?\n\n**green**", "bends"),
                  ("What belongs together?\n\n**grey**", "breaks")],
    "gift": [BENT, GREEN, (OVER, "weft or the weft"), GAPS, ("What does one *need*?", "a knife; water"),
             ("One weaves between \\_\\_\\_\\_ rounds for a base.", "7 ± 2"), ("What belongs together?\n\ngreen", "bends"),
             ("What belongs together?\n\ngrey", "breaks"), ("What belongs together?\n\nwet", "swells")],
    "liascript": [BENT, NEED, (OVER, "weft"), ("After over comes **…?**.", "under")],
}  # fmt: skip


@pytest.mark.parametrize("name", ["olx", "cartridge", "qti", "gift", "liascript"])
def test_what_a_small_course_asks(name: str) -> None:
    imported = read_course_at(SMALL / name)
    quizzes = [quiz for lesson in imported.course.lessons if (quiz := read_quiz(lesson.content))]
    asked = [question for quiz in quizzes for question in quiz.questions]
    assert [(question.prompt.replace("\n\nOne answer is right.", ""), question.right_words) for question in asked] == (
        ANSWERS["cartridge" if name == "qti" else name]
    )


def test_what_is_said_to_an_answer_in_a_small_course() -> None:
    said = {}
    for name in ("olx", "cartridge", "qti", "gift", "liascript"):
        lessons = read_course_at(SMALL / name).course.lessons
        first = next(quiz for lesson in lessons if (quiz := read_quiz(lesson.content))).questions[0]
        said[name] = ({option.text: option.feedback for option in first.options}, first.hint, first.feedback)
    told = {"It bends.": "Green ones do.", "It breaks.": "It is dry."}
    assert said == {
        "olx": (told, "Think of a dry twig.", "Explanation\n\nDry things break."),
        "cartridge": (told, "", "Dry things break."),
        "qti": (told, "", "Dry things break."),
        "gift": ({**told, "It sings.": ""}, "", ""),
        "liascript": (dict.fromkeys(told, ""), "Think of a dry twig.", "Dry things break."),
    }


@pytest.mark.parametrize(
    ("name", "title", "lessons"),
    [
        ("carpentries", "Baskets by Hand", ["Choosing reeds", "The first base"]),
        ("olx", "Baskets by Hand", ["Cutting", "Talking", "Crossing", "Exam"]),
        ("cartridge", "Baskets by Hand",
         ["Choosing reeds", "Your river", "What you know", "A loom to look at", "A pattern to print", "More about knots"]),
        ("qti", "qti", ["What you know"]),
        ("gift", "gift", ["Reeds", "Weaving"]),
        ("liascript", "Baskets by Hand", ["Baskets by Hand", "Reeds", "What you know", "Counting"]),
    ],
)  # fmt: skip
def test_the_lessons_of_a_small_course(name: str, title: str, lessons: list[str]) -> None:
    course = read_course_at(SMALL / name).course
    assert course.title == title
    assert [lesson.title for lesson in course.lessons] == lessons


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("olx", {"a video, “How it is cut”", "a discussion, “Your river”", "a poll, “How many reeds?”", "a Python program",
                 "a tool of another site (LTI), “A 3D loom”", "a random choice from a library, “From the library”",
                 "question “How long is your longest reed, in cm?”", "a file of settings", "1 file that is not text"}),
        ("cartridge", {"the heading “Before you go on”", "a discussion", "question “Tell of your first basket.”", "a resource",
                       "question “Hand in a picture of your basket.”", "the file pattern.pdf"}),
        ("qti", {"question “Tell of your first basket.”", "question “Hand in a picture of your basket.”"}),
        ("gift", {"part of the points for “woof”", "question “Yours”"}),
        ("liascript", {"a video, “How it is cut”", "question “How did you like it?”", "a script"}),
    ],
)  # fmt: skip
def test_what_a_small_course_has_that_is_told(name: str, told: set[str]) -> None:
    assert {row.what for row in read_course_at(SMALL / name).skipped} == told
