"""What is no course that is read here is named for what it is, and a mistake of a course with its line."""

from pathlib import Path

import pytest

from azora_tui.formats.archives import Tree
from azora_tui.formats.imported import ImportRefusedError
from azora_tui.formats.registry import read_course_at, read_course_in
from tests.formats import samples
from tests.formats.test_what_no_lesson_uses import LARGE, put

MOODLE = {
    "moodle_backup.xml": "<?xml version='1.0'?>\n<moodle_backup><information/></moodle_backup>",
    "course/course.xml": '<?xml version="1.0"?>\n<course id="2" contextid="15"><fullname>Old</fullname></course>',
    "sections/section_1/section.xml": "<section/>",
    "activities/page_1/page.xml": "<activity><page/></activity>",
    "questions.xml": "<question_categories/>",
    "files/aa/aabb": "binary",
    ".ARCHIVE_INDEX": "Moodle archive file index. Count: 6\n",
}


@pytest.mark.parametrize("kind", ["folder", "zip", "tar", "tar.gz"])
def test_a_backup_of_moodle_is_named_with_what_to_export(kind: str, tmp_path: Path) -> None:
    path = put(kind, tmp_path, {name: text.encode() for name, text in MOODLE.items()})
    with pytest.raises(ImportRefusedError, match=r"it is a backup of Moodle.*Common Cartridge.*GIFT"):
        read_course_at(path)


@pytest.mark.parametrize(
    "files",
    [
        {"moodle_backup.xml": LARGE * 5, "course/course.xml": b"<course/>"},
        {"it/moodle_backup.xml": b"<moodle_backup/>", "it/course/course.xml": b"<course/>"},
        {"moodle.xml": b"<?xml version='1.0'?><MOODLE_BACKUP/>"},
    ],
)
def test_also_a_large_one_one_in_a_folder_and_an_old_one(files: dict[str, bytes], tmp_path: Path) -> None:
    with pytest.raises(ImportRefusedError, match="backup of Moodle"):
        read_course_at(put("zip", tmp_path, files))


def test_questions_in_the_xml_of_moodle_are_named(tmp_path: Path) -> None:
    path = tmp_path / "questions.xml"
    path.write_text('<?xml version="1.0"?>\n<quiz>\n<!-- question: 1 -->\n<question type="truefalse"/></quiz>')
    with pytest.raises(ImportRefusedError, match=r"questions in the XML of Moodle.*GIFT"):
        read_course_at(path)


def test_a_course_beside_a_backup_is_a_course(tmp_path: Path) -> None:
    files = {**samples.OWN, "old/moodle_backup.xml": "<moodle_backup/>"}
    assert read_course_in(Tree("x", {name: text.encode() for name, text in files.items()})).course.slug == "small"


README = "# My project\n\nRun `make`.\n\n## Installing\n\nWords.\n"


@pytest.mark.parametrize("name", ["README.md", "readme.md", "README.en.md", "CHANGELOG.md", "CONTRIBUTING.md"])
def test_a_lone_readme_is_no_course(name: str, tmp_path: Path) -> None:
    with pytest.raises(ImportRefusedError, match="no course that is known here"):
        read_course_at(put("folder", tmp_path, {name: README.encode(), "main.py": b"print()"}))
    (tmp_path / name).write_text(README)
    with pytest.raises(ImportRefusedError, match="no course that is known here"):
        read_course_at(tmp_path / name)


@pytest.mark.parametrize(
    "first",
    [
        "<!--\nauthor: Ada\n-->\n\n",
        "<!-- comment: About little. -->\n",
        "[![LiaScript](https://example.org/badge.svg)](https://liascript.github.io/course/?https://example.org/x)\n\n",
    ],
)
def test_a_readme_that_says_so_by_its_first_lines_is_one(first: str, tmp_path: Path) -> None:
    path = put("folder", tmp_path, {"README.md": (first + README).encode(), "main.py": b"print()"})
    assert [each.title for each in read_course_at(path).course.lessons][-2:] == ["My project", "Installing"]


def test_another_markdown_file_by_itself_is_still_a_course(tmp_path: Path) -> None:
    (tmp_path / "bees.md").write_text(README)
    assert len(read_course_at(tmp_path / "bees.md").course.lessons) == 2


def test_an_unclosed_div_is_told_with_its_line() -> None:
    files = dict(samples.CARPENTRIES)
    files["episodes/second_one.Rmd"] = (
        "---\ntitle: Second\n---\n\n{: .callout}\nWords.\n\n::: callout\n\nOne.\n\n:::\n\n```\n::: code\n```\n\n"
        "::: challenge\n\nNever closed.\n\n::: solution\n\nThat.\n\n:::\n\nMore.\n"
    )
    imported = read_course_in(Tree("x", {name: text.encode() for name, text in files.items()}))
    assert [(row.where, row.what) for row in imported.skipped if "never closed" in row.why] == [
        ("episodes/second_one.Rmd, line 18", "the part “::: challenge”")
    ]


def test_in_our_own_format_too() -> None:
    files = dict(samples.OWN)
    files["one.md"] += "\nWords.\n\n::: {.callout #a}\n\nNever closed.\n"
    imported = read_course_in(Tree("x", {name: text.encode() for name, text in files.items()}))
    assert [(row.where, row.what) for row in imported.skipped if "never closed" in row.why] == [
        ("one.md, line 15", "the part “::: {.callout #a}”")
    ]
