"""What all importers share: the report, ids that stay, minutes and counts."""

import pytest

from azora_tui.formats import imported
from azora_tui.formats.archives import Tree
from azora_tui.formats.imported import Ids, ImportRefusedError, ImportReport, Skipped

LESSON = imported.lesson("one", "One", "All", "Text.\n")


def test_what_comes_several_times_is_one_row_that_says_so() -> None:
    report = ImportReport()
    for where, what in (("a", "x"), ("b", "x"), ("a", "x"), ("a", " y\n z\x1b")):
        report.skip(where, what, "why")
    assert report.rows == (Skipped("a", "x (2 times)", "why"), Skipped("b", "x", "why"), Skipped("a", "y z", "why"))


def test_a_report_has_an_end_and_counts_what_comes_after_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imported, "_MAX_ROWS", 2)
    report = ImportReport()
    for what in ("x", "y", "z", "x", "w"):
        report.skip("a", what, "why")
    assert [row.what for row in report.rows] == ["x (2 times)", "y", "2 more things"]


def test_progress_is_told_with_how_many_there_are_or_0() -> None:
    told: list[tuple[int, int]] = []
    report = ImportReport(lambda read, of: told.append((read, of)))
    report.advance()
    report.advance(2)
    report.advance(2)
    report.count_again()
    report.advance(1)
    assert told == [(1, 0), (2, 2), (3, 3), (1, 1)]


def test_how_much_may_be_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imported, "_MAX_REPEATED", 10)
    report = ImportReport()
    report.repeat(2, 3)
    report.repeat(1, 4)
    with pytest.raises(ImportRefusedError, match="out of all proportion"):
        report.repeat(1, 1)


def test_ids() -> None:
    ids = Ids()
    assert ids.make("week-1", "x") == "week-1"
    assert ids.make("week-1", "x") == "week-1-2"
    assert ids.make("week-1", "x") == "week-1-3"
    assert ids.make("", "unit") == "unit"
    one, other = ids.make("Week 1", "x"), ids.make("Week_1", "x")
    assert one != other
    assert one.startswith("week-1-")
    assert Ids().make("Week 1", "x") == one, "the same at each import"
    assert len(ids.make("a" * 61, "x")) == 60 + 9
    assert ids.make("a" * 60, "x") == "a" * 60
    assert len(ids.make("学校", "x")) == 8


@pytest.mark.parametrize(
    ("text", "slug"),
    [("Ubuntu & Égalité", "ubuntu-egalite"), ("--a--", "a"), ("", "course"), ("学校", "course"), ("a" * 61, "a" * 60), ("a" * 59 + " b", "a" * 59)],
)  # fmt: skip
def test_a_short_name(text: str, slug: str) -> None:
    assert imported.slug_of(text) == slug


def test_titles_have_one_line_and_an_end() -> None:
    assert imported.title_of(" a\n b ", "x") == "a b"
    assert imported.title_of(" ", "x") == "x"
    assert imported.title_of("", "") == "Untitled"
    assert imported.title_of("a" * 200, "x") == "a" * 200
    assert imported.title_of("a" * 201, "x") == "a" * 199 + "…"
    assert imported.shortened("a" * 60) == "a" * 60
    assert imported.shortened("a" * 58 + "  " + "b" * 9) == "a" * 58 + "…"


@pytest.mark.parametrize(
    ("content", "minutes"),
    [
        ("", 1),
        ("word " * 200, 1),
        ("word " * 500, 2),
        ("word " * 700, 4),
        ("::: quiz\n\nA? {#a}\n\n- [x] b\n\nC? {#c}\n\n- [x] d\n\n:::\n", 2),
        ("::: challenge\n\nDo.\n\n:::\n\n::: exercise\n\nDo.\n\n:::\n\n::: callout\n\nNo.\n\n:::\n", 2),
        ("word " * 300_000, 999),
    ],
)
def test_minutes_are_estimated_of_words_and_questions(content: str, minutes: int) -> None:
    assert imported.lesson("a", "A", "S", content).minutes == minutes


def test_a_lesson_with_minutes_of_its_own() -> None:
    made = [imported.lesson("a", "", "", "word " * 900, minutes=minutes).minutes for minutes in (0, 7, 999, 1_000)]
    assert made == [1, 7, 999, 999]
    lesson = imported.lesson("a", "", "", "")
    assert (lesson.id, lesson.title, lesson.section, lesson.required) == ("a", "a", "Lessons", True)


def test_a_course_that_says_little_is_filled_in() -> None:
    course = imported.course(slug="My Course", title="My\nCourse", lessons=[LESSON])
    assert (course.slug, course.title, course.language, course.licence, course.instructor, course.description) == (
        "my-course", "My Course", "en", "not stated", "not stated", "My Course",
    )  # fmt: skip
    said = imported.course(
        slug="a", title="A", lessons=[LESSON], language="sw" * 20, licence=" CC\nBY ", instructor="Ada", tags=["b", "", "b", "c"],
        description=" It\nis ", outcomes=["x", " "],
    )  # fmt: skip
    assert (said.language, said.licence, said.instructor, said.description) == (
        ("sw" * 20)[:35],
        "CC BY",
        "Ada",
        "It is",
    )
    assert (said.tags, said.outcomes) == (("b", "c"), ("x",))
    with pytest.raises(ImportRefusedError, match="no lesson"):
        imported.course(slug="a", title="A", lessons=[])


@pytest.mark.parametrize(
    ("minutes", "duration"), [(1, "1 minute"), (29, "29 minutes"), (31, "1 hour"), (89, "1 hour"), (91, "2 hours")]
)
def test_how_long_a_course_takes(minutes: int, duration: str) -> None:
    lesson = imported.lesson("a", "A", "S", "", minutes=minutes)
    assert imported.course(slug="a", title="A", lessons=[lesson]).duration == duration


def test_what_would_swallow_the_text_after_it_is_shown_as_it_was_written() -> None:
    assert imported.sealed("\na\n\n") == "a"
    assert imported.sealed(" \n") == ""
    for open_at_its_end in ("::: callout\n\na", "<!-- a", "```\na", "- ::: callout\n  a"):
        shown = imported.sealed(open_at_its_end)
        assert shown == imported.sealed(shown)
    assert imported.sealed("```\na") == "````\n```\na\n````"
    assert imported.sealed("::: callout\na") == "```\n::: callout\na\n```"


def test_a_placeholder_holds_what_can_be_shown() -> None:
    assert imported.placeholder("a *thing*", "it is gone", "") == (
        "::: callout\n\n**Here stood a \\*thing\\*.** It is gone.\n\n:::\n"
    )
    assert imported.placeholder("a", "b", "::: tip\nc\n:::").startswith(":::::: callout\n\n")


def test_parts_are_joined_by_one_empty_line() -> None:
    assert imported.joined(["\na\n\n", " ", "", "b"]) == "a\n\nb\n"


def test_pictures_are_counted_that_have_a_text() -> None:
    content = "![a](x) ![](y) `![b](z)` ![c](w){alt='d'} ![](v){alt='e'}\n\n![f][g]\n\n[g]: h\n"
    assert imported.image_texts(content) == ["a", "", "d", "e", "f"]
    assert imported.count_images(content) == 4
    assert imported.image_texts("no picture") == []


def test_files_are_told_by_folder() -> None:
    report = ImportReport()
    others = {"a/x.png": 1, "a/y.png": 2, "b/z.png": 3, "w.png": 4}
    imported.report_files(Tree("x", {}, others, (("l", "it is a link"),)), report)
    why = "files are not kept with a course; pictures leave their alternative text"
    assert report.rows == (
        Skipped(".", "1 file that is not text", why),
        Skipped("a", "2 files that are not text", why),
        Skipped("b", "1 file that is not text", why),
        Skipped("l", "a file", "it is a link"),
    )
