"""Real courses of others: every lesson and every question in the source is taken or told, counted here anew.

What is counted here is counted in the source with regular expressions and ElementTree, never with our readers.
"""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from azora_tui.formats.imported import Imported
from azora_tui.formats.registry import read_course_at
from azora_tui.widgets.reader.loading import read_all
from tests.widgets.test_reader_rows import rows_of, view_of

COURSES = Path(__file__).parents[3] / "shared" / "courses"
GIT = COURSES / "git-novice"
OLX = COURSES / "olx" / "demo-course"
CARTRIDGES = COURSES / "common-cartridge"
PATHS = {
    "carpentries": GIT,
    "olx": OLX,
    "cartridge": CARTRIDGES / "course-1",
    "questions": CARTRIDGES / "all-question-types",
    "imscc": CARTRIDGES / "canvas_cc_gem_course.imscc",
}

pytestmark = pytest.mark.skipif(not COURSES.is_dir(), reason="needs the courses in ../shared, which are not there")


def lost(imported: Imported) -> int:
    """Questions that the report says were not taken."""
    return sum(
        int(re.search(r"\((\d+) times\)$", row.what)[1]) if row.what.endswith("times)") else 1  # type: ignore[index]
        for row in imported.skipped
        if row.what.startswith("question “")
    )


@pytest.mark.parametrize("name", PATHS)
def test_every_lesson_is_shown_at_any_width(name: str) -> None:
    imported = read_course_at(PATHS[name])
    assert imported.course.lessons
    for lesson in imported.course.lessons:
        assert read_all(lesson.content).blocks
        for width in (20, 76):
            assert any(row.strip() for row in rows_of(view_of(lesson.content, width)))


def test_carpentries() -> None:
    imported = read_course_at(GIT)
    episodes = {path.name: path.read_text() for path in GIT.glob("episodes/*.md")}
    configuration = (GIT / "config.yaml").read_text()
    named = re.findall(r"(?m)^- (.+\.md)$", configuration)
    assert [f"{lesson.id}.md" for lesson in imported.course.lessons] == named
    assert set(named) == set(episodes)
    assert imported.questions == sum(len(re.findall(r"(?m)^:{3,} *challenge", text)) for text in episodes.values())
    assert imported.images == sum(
        len(re.findall(r"!\[[^\]]*\]\([^)]*\)\{alt='[^']", text)) for text in episodes.values()
    )
    minutes = re.findall(r"(?m)^(?:teaching|exercises): (\d+)$", "\n".join(episodes.values()))
    assert sum(lesson.minutes for lesson in imported.course.lessons) == sum(map(int, minutes))
    beside = {f"learners/{path.name}" for path in GIT.glob("learners/*.md")} | {"index.md"}
    assert {row.where for row in imported.skipped} == beside
    for lesson in imported.course.lessons:
        source = episodes[f"{lesson.id}.md"]
        assert lesson.content.count("\n```") == source.count("\n```")


def in_outline(kind: str, names: list[str]) -> Iterator[ElementTree.Element]:
    """The elements that the files of one kind lead to."""
    for name in names:
        yield from ElementTree.parse(OLX / kind / f"{name}.xml").getroot()


def test_olx() -> None:
    imported = read_course_at(OLX)
    (course,) = OLX.glob("course/*.xml")
    chapters = [each.get("url_name", "") for each in ElementTree.parse(course).getroot().iter("chapter")]
    sequentials = [each.get("url_name", "") for each in in_outline("chapter", chapters)]
    verticals = [each.get("url_name", "") for each in in_outline("sequential", sequentials)]
    assert [lesson.id for lesson in imported.course.lessons] == verticals
    assert len(verticals) == 58
    sections = {lesson.section for lesson in imported.course.lessons}
    assert len(sections) == len(sequentials) == 17

    blocks = list(in_outline("vertical", verticals))
    libraries = [each.get("url_name", "") for each in blocks if each.tag == "library_content"]
    blocks += in_outline("library_content", libraries)
    problems = [each.get("url_name", "") for each in blocks if each.tag == "problem"]
    assert len(problems) == len(list(OLX.glob("problem/*.xml"))) == 29
    responses = sum(
        element.tag.endswith("response")
        for name in problems
        for element in ElementTree.parse(OLX / "problem" / f"{name}.xml").iter()
    )
    assert imported.questions + lost(imported) == responses

    # Whatever is no text and no problem has left a row and, in its lesson, a placeholder.
    others = [each for each in blocks if each.tag not in ("html", "problem", "library_content", "annotatable")]
    placeholders = sum(lesson.content.count("**Here stood") for lesson in imported.course.lessons)
    told = [row for row in imported.skipped if row.where.startswith("vertical/") and "link “" not in row.what]
    assert len(told) >= len(others)
    assert placeholders >= len(others) + lost(imported)
    programs = sum(
        element.tag == "customresponse"
        for name in problems
        for element in ElementTree.parse(OLX / "problem" / f"{name}.xml").iter()
    )
    assert sum("graded by a Python program" in row.why for row in imported.skipped) >= programs > 0


@pytest.mark.parametrize("name", ["cartridge", "questions", "imscc"])
def test_cartridges(name: str) -> None:
    imported = read_course_at(PATHS[name])
    if PATHS[name].is_dir():
        files = {
            str(path.relative_to(PATHS[name])): path.read_bytes() for path in PATHS[name].rglob("*") if path.is_file()
        }
    else:
        with zipfile.ZipFile(PATHS[name]) as archive:
            files = {each: archive.read(each) for each in archive.namelist()}
    manifest = re.sub(rb' xmlns(:\w+)?="[^"]*"| xsi:\w+="[^"]*"|(?<=</)\w+:|(?<=<)\w+:', b"", files["imsmanifest.xml"])
    root = ElementTree.fromstring(manifest)
    leaves = [item for item in root.iter("item") if item.find("item") is None]
    ids = {lesson.id for lesson in imported.course.lessons}
    told = {row.where for row in imported.skipped}
    for leaf in leaves:
        assert leaf.get("identifier") in ids or leaf.get("identifier") in told or leaf.find("title") is None
    referred = {item.get("identifierref") for item in leaves}
    for resource in root.iter("resource"):
        identifier, path = resource.get("identifier", ""), resource.get("href") or resource.find("file").get("href")  # type: ignore[union-attr]
        needed = any(each.get("identifierref") == identifier for each in root.iter("dependency"))
        assert identifier in referred | ids or path in told or needed or identifier.endswith("_fallback"), identifier

    responses = 0
    for assessment in (path for path in files if path.endswith("assessment_qti.xml")):
        identifier = assessment.partition("/")[0]
        whole = files.get(f"non_cc_assessments/{identifier}.xml.qti", files[assessment]).decode()
        for item in re.findall(r"(?s)<item .*?</item>", whole):
            responses += len(re.findall(r"<response_(?:lid|str)\b", item)) or "text_only_question" not in item
    assert imported.questions + lost(imported) == responses
