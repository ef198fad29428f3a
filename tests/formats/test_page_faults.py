"""A page of which something unforeseen comes: its words stay, the report names it, and the course is imported."""

from collections.abc import Callable
from typing import Any

import pytest

from azora_tui.errors import AzoraError
from azora_tui.formats import (
    carpentries,
    composing,
    foreign_markdown,
    gift,
    html,
    html_cleaning,
    liascript,
    olx,
    qti,
)
from azora_tui.formats.archives import Tree
from azora_tui.formats.imported import Imported, ImportRefusedError, ImportReport
from azora_tui.formats.registry import read_course_in
from tests.formats import samples

FAULT = "unforeseen"


def broken(*args: Any, **kwargs: Any) -> Any:
    raise ValueError(FAULT)


def on_the_word(word: str, real: Callable[..., Any]) -> Callable[..., Any]:
    """As `real`, but that it fails where its first argument speaks of `word`."""

    def failing(text: Any, *args: Any, **kwargs: Any) -> Any:
        if word in (text if isinstance(text, str) else getattr(text, "text", None) or str(text)):
            raise ValueError(FAULT)
        return real(text, *args, **kwargs)

    return failing


def taken(files: samples.Files) -> Imported:
    return read_course_in(Tree("small", {name: text.encode() for name, text in files.items()}))


def told(imported: Imported) -> list[str]:
    return [row.where for row in imported.skipped if "not foreseen" in row.why]


def test_a_page_of_html_keeps_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "prepare", broken)
    report = ImportReport()
    page = "<h1>Title</h1><p>a <b>word</b> &amp; more</p><script>no()</script>"
    shown = html.to_markdown(page, report, "page.html")
    assert [" ".join(line.split()) for line in shown.split("\n")] == ["Title a word & more"]
    assert [(row.where, row.what) for row in report.rows] == [("page.html", "the layout of a page")]


@pytest.mark.parametrize(
    ("name", "module", "function", "word"),
    [
        ("carpentries", carpentries, "adopt", "It is small"),
        ("liascript", liascript, "adopt", ""),
        ("liascript", liascript, "compose", ""),
        ("gift", gift, "to_markdown", ""),
        ("olx", olx, "to_markdown", "bold"),
        ("olx", olx, "read_problem", ""),
        ("cartridge", qti, "one_text", ""),
        ("cartridge", qti, "from_text", ""),
    ],
)  # fmt: skip
def test_one_page_ends_no_import(
    name: str, module: Any, function: str, word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = taken(samples.ALL[name])
    monkeypatch.setattr(module, function, on_the_word(word, getattr(module, function)) if word else broken)
    imported = taken(samples.ALL[name])
    assert [each.id for each in imported.course.lessons] == [each.id for each in whole.course.lessons]
    assert told(imported)


@pytest.mark.parametrize("name", ["carpentries", "liascript", "gift", "olx", "cartridge"])
def test_whatever_a_lesson_is_put_together_with_may_fail(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = taken(samples.ALL[name])
    monkeypatch.setattr(html_cleaning, "prepare", broken)
    monkeypatch.setattr(html, "prepare", broken)
    monkeypatch.setattr(foreign_markdown, "parse", broken)
    monkeypatch.setattr(composing, "write_quiz", broken)
    imported = taken(samples.ALL[name])
    assert [each.id for each in imported.course.lessons] == [each.id for each in whole.course.lessons]
    assert told(imported)


def test_the_words_of_the_page_stand_in_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(olx, "read_problem", broken)
    lesson = next(each for each in taken(samples.OLX).course.lessons if each.title == "First")
    assert "Several." in lesson.content
    monkeypatch.setattr(gift, "to_markdown", broken)
    words = " ".join(each.content for each in taken(samples.GIFT).course.lessons)
    assert "Paris" in words or "?" in words


def test_a_refusal_and_a_stop_still_end_the_import(monkeypatch: pytest.MonkeyPatch) -> None:
    def refusing(*args: object, **kwargs: object) -> None:
        raise ImportRefusedError("questions_out_of_proportion")

    monkeypatch.setattr(olx, "read_problem", refusing)
    with pytest.raises(ImportRefusedError, match="out of all proportion"):
        taken(samples.OLX)

    def stopping(done: int, of: int) -> None:
        raise AzoraError("import_stopped")

    with pytest.raises(AzoraError, match="stopped"):
        read_course_in(Tree("small", {name: text.encode() for name, text in samples.OLX.items()}), stopping)
