"""The reader as a person meets it: keys, mouse, find, resizing."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.pilot import Pilot
from textual.widgets import Input

from azora_tui.widgets.reader import READER_BINDINGS, MarkdownReader, Position

LONG = "# Title\n\n" + "\n\n".join(
    f"## Part {n}\n\nParagraph {n} begins here. " + "It says the same thing again and again. " * 12 for n in range(60)
)


class Reading(App[None]):
    """An app that keeps what the reader tells it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "done", "Done")]

    def __init__(self, source: str, **options: object) -> None:
        super().__init__()
        self.reader = MarkdownReader(source, **options)  # type: ignore[arg-type]
        self.told: list[Message] = []
        self.done = 0

    def compose(self) -> ComposeResult:
        yield self.reader
        yield Input(id="other")

    def on_mount(self) -> None:
        self.query_one("#other").styles.height = 1
        self.query_one("#other").styles.dock = "bottom"
        self.reader.focus()

    def action_done(self) -> None:
        self.done += 1

    def on_markdown_reader_link_activated(self, message: MarkdownReader.LinkActivated) -> None:
        self.told.append(message)

    def on_markdown_reader_scrolled(self, message: MarkdownReader.Scrolled) -> None:
        self.told.append(message)

    def on_markdown_reader_code_copy_requested(self, message: MarkdownReader.CodeCopyRequested) -> None:
        self.told.append(message)

    def on_markdown_reader_loaded(self, message: MarkdownReader.Loaded) -> None:
        self.told.append(message)

    def last(self, kind: type[Message]) -> Message:
        return next(message for message in reversed(self.told) if isinstance(message, kind))


Open = Callable[..., AbstractAsyncContextManager[tuple[Reading, MarkdownReader, Pilot[None]]]]


@asynccontextmanager
async def opened(
    source: str, size: tuple[int, int] = (80, 24), **options: object
) -> AsyncIterator[tuple[Reading, MarkdownReader, Pilot[None]]]:
    app = Reading(source, **options)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await app.reader.settled()
        await pilot.pause()
        yield app, app.reader, pilot


def page(reader: MarkdownReader) -> list[str]:
    """What is in view, row by row."""
    return [reader.render_line(row).text.strip() for row in range(reader.size.height)]


async def test_a_scroll_bar_that_comes_after_the_text_was_scrolled_stands_where_the_text_is() -> None:
    async with opened(LONG) as (_, reader, pilot):
        reader.show_vertical_scrollbar = False
        reader.go_to_heading(9)
        reader.show_vertical_scrollbar = True
        await pilot.pause()
        assert reader.vertical_scrollbar.position == reader.scroll_y > 0


async def test_a_key_for_every_way_to_scroll() -> None:
    async with opened(LONG) as (_, reader, pilot):
        whole = reader.size.height - 2
        for key, moved in (("down", 1), ("j", 1), ("up", -1), ("k", -1), ("space", whole), ("pagedown", whole),
                           ("b", -whole), ("pageup", -whole)):  # fmt: skip
            before = reader.scroll_offset.y
            await pilot.press(key)
            assert reader.scroll_offset.y == before + moved, key
        for key in ("G", "end"):
            await pilot.press("home", key)
            assert reader.at_end
            assert reader.fraction == 1
        for key in ("g", "home"):
            await pilot.press("end", key)
            assert reader.fraction == 0
            assert page(reader)[0] == "Title"


async def test_the_first_frame_shows_the_first_page() -> None:
    app = Reading(LONG)
    async with app.run_test(size=(80, 24)):
        app.reader.set_document("Something *else*\n\n" + LONG)
        assert page(app.reader)[0] == "Something else"


async def test_the_page_does_not_move_when_the_rest_is_read() -> None:
    source = f"{LONG}\n\n" * 20
    app = Reading(source)
    async with app.run_test(size=(80, 24)) as pilot:
        app.reader.set_document(source)
        before = page(app.reader)
        await app.reader.settled()
        await pilot.pause()
        assert page(app.reader) == before
        assert len(app.reader.headings) == 61 * 20


async def test_resizing_keeps_the_place() -> None:
    async with opened(LONG) as (_, reader, pilot):
        reader.go_to_heading(30)
        await pilot.press(*["down"] * 4)
        first = " ".join(page(reader)).split()[:6]
        for width in (40, 120, 31, 60, 80):
            await pilot.resize_terminal(width, 24)
            await pilot.pause()
            assert set(first[:2]) & set(" ".join(page(reader)[:3]).split())
        assert " ".join(page(reader)).split()[:6] == first


async def test_a_position_brings_one_back() -> None:
    async with opened(LONG) as (_, reader, pilot):
        reader.go_to_heading(40)
        await pilot.press("down", "down", "down")
        position, before = reader.position, page(reader)
        reader.set_document(LONG)
        await reader.settled()
        reader.set_document(LONG, at=position)
        assert page(reader) == before
        await reader.settled()
        assert page(reader) == before
        reader.set_document("New first paragraph.\n\n" + LONG, at=position)
        await reader.settled()
        await pilot.pause()
        assert page(reader) == before
        reader.set_document("Nothing of it is left.", at=position)
        await reader.settled()
        assert page(reader)[0] == "Nothing of it is left."


async def test_headings_and_what_is_told_about_them() -> None:
    async with opened(LONG) as (app, reader, pilot):
        assert [heading.level for heading in reader.headings[:3]] == [1, 2, 2]
        reader.go_to_heading(10)
        await pilot.pause()
        told = app.last(MarkdownReader.Scrolled)
        assert isinstance(told, MarkdownReader.Scrolled)
        assert told.heading_index == 10
        assert 0 < told.fraction < 1
        assert not told.at_end
        assert told.control is reader
        assert "Part 9" in page(reader)[:2]
        with pytest.raises(IndexError):
            reader.go_to_heading(1000)


async def test_a_solution_opens_and_closes() -> None:
    source = "Before\n\n::: challenge\n### Try\nDo.\n\n::: solution\nSecret\n:::\n:::\n\nAfter"
    async with opened(source) as (_, reader, pilot):
        assert "Secret" not in " ".join(page(reader))
        await pilot.press("o")
        assert "Secret" in " ".join(page(reader))
        await pilot.press("o")
        assert "Secret" not in " ".join(page(reader))
        row = next(number for number, text in enumerate(page(reader)) if "Solution" in text)
        await pilot.click(MarkdownReader, offset=(8, row))
        assert "Secret" in " ".join(page(reader))
        await pilot.press("enter")
        assert "Secret" not in " ".join(page(reader))


async def test_links_are_reached_and_only_reported() -> None:
    source = (
        "A [first](https://a.org) and [bad](javascript:x) and [file](file:///etc) and [mail](mailto:a@b.org).\n\n"
        f"[in](#end)\n\n{LONG}\n\n## End\n"
    )
    async with opened(source) as (app, reader, pilot):
        await pilot.press("enter")
        assert app.done == 1
        await pilot.press("tab", "enter")
        first = app.last(MarkdownReader.LinkActivated)
        assert isinstance(first, MarkdownReader.LinkActivated)
        assert first.href == "https://a.org"
        await pilot.press("tab", "enter")
        second = app.last(MarkdownReader.LinkActivated)
        assert isinstance(second, MarkdownReader.LinkActivated)
        assert second.href == "mailto:a@b.org"
        await pilot.press("tab", "enter")
        assert "End" in page(reader)
        await pilot.press("home", "tab", "tab", "shift+tab", "enter")
        assert app.last(MarkdownReader.LinkActivated).href == "https://a.org"  # type: ignore[attr-defined]
        assert app.done == 1
        column = reader.render_line(0).text.index("first")
        await pilot.press("home")
        app.told.clear()
        await pilot.click(MarkdownReader, offset=(column + 1, 0))
        assert app.last(MarkdownReader.LinkActivated).href == "https://a.org"  # type: ignore[attr-defined]


async def test_tab_goes_on_after_the_last_link() -> None:
    async with opened("[one](https://a.org)") as (app, reader, pilot):
        await pilot.press("tab")
        assert app.focused is reader
        await pilot.press("tab")
        assert app.focused is app.query_one("#other")
        assert not reader.check_action("activate_link", ())


async def test_a_footnote_and_the_way_back() -> None:
    async with opened("Claim.[^a]\n\n" + LONG + "\n\n[^a]: The source.") as (_, reader, pilot):
        await pilot.press("tab", "enter")
        assert any("[1] The source." in row for row in page(reader))
        await pilot.press("enter")
        assert page(reader)[0].startswith("Claim.[1]")


async def test_find_goes_round_and_opens_what_is_closed() -> None:
    source = (
        "Café one\n\n" + LONG + "\n\n::: solution\nThe CAFE\u0301 is here, `cafe` too\n:::\n\n| cafe |\n|---|\n| x |"
    )
    async with opened(source) as (_, reader, pilot):
        assert reader.find("cafe") == 4
        assert reader.hits == 4
        assert reader.find_next() == 0
        assert reader.find_next() == 1
        await pilot.pause()
        assert any("is here" in row for row in page(reader))
        assert reader.find_next() == 2
        assert reader.find_next() == 3
        assert reader.find_next() == 0
        await pilot.pause()
        assert page(reader)[0] == "Café one"
        assert reader.find_previous() == 3
        reader.clear_find()
        assert reader.hits == 0
        assert reader.find_next() == -1
        assert reader.find("") == 0
        assert reader.find("[/x]") == 0


async def test_hits_are_highlighted() -> None:
    async with opened("one two one") as (_, reader, _pilot):
        plain = {segment.style and segment.style.bgcolor for segment in reader.render_line(0)}
        reader.find("one")
        row = reader.render_line(0)
        found = [segment.text for segment in row if segment.style and segment.style.bgcolor not in plain]
        assert found == ["one", "one"]
        assert reader.render_line(0).text.strip() == "one two one"


async def test_wide_code_scrolls_sideways_and_is_copied() -> None:
    source = "```python\nstart = '" + "x" * 200 + "end'\n```\n\n" + LONG
    async with opened(source) as (app, reader, pilot):
        assert "columns 1 to" in page(reader)[2]
        await pilot.press(*["right"] * 30)
        assert "end'" in page(reader)[1]
        await pilot.press(*["left"] * 30, "y")
        assert page(reader)[1].startswith("start")
        copied = app.last(MarkdownReader.CodeCopyRequested)
        assert isinstance(copied, MarkdownReader.CodeCopyRequested)
        assert copied.language == "python"
        assert copied.code.startswith("start = 'x")
        await pilot.press("end")
        assert not reader.check_action("scroll_sideways", (1,))
        assert not reader.check_action("copy_code", ())
        assert not reader.check_action("toggle_part", ())


async def test_code_takes_colours() -> None:
    async with opened("```python\ndef f(): return 'x'\n```") as (_, reader, _pilot):
        assert len({segment.style for segment in reader.render_line(1)}) > 2


async def test_what_the_source_says_is_text() -> None:
    source = "[/x] [bold]b[/bold] [@click=app.quit]q[/] \x1b[31mred\x07 \u202eesrever &#27;[0m\n\n"
    source += "```[/]\n[red]\n```\n\n# [/]\n"
    async with opened(source) as (_, reader, _pilot):
        rows = page(reader)
        assert rows[0] == "[/x] [bold]b[/bold] [@click=app.quit]q[/] [31mred esrever �[0m"
        assert "[/]" in [heading.text for heading in reader.headings]


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light", "ansi-dark", "ansi-light"])
async def test_themes_change_the_colours_and_nothing_else(theme: str) -> None:
    async with opened(LONG + "\n\n```python\nx = 1\n```\n") as (app, reader, pilot):
        before = page(reader)
        app.theme = theme
        await pilot.pause()
        assert page(reader) == before
        assert reader.render_line(0).cell_length == reader.size.width


async def test_an_empty_document_and_a_tiny_terminal() -> None:
    async with opened("") as (app, reader, pilot):
        await pilot.press("down", "end", "home", "tab", "o", "y", "left", "enter", "space", "b")
        assert not reader.headings
        assert reader.position == Position()
        assert reader.at_end
        assert reader.find("x") == 0
        reader.set_document("- [x] " + LONG, at=Position(3, 4, 5, 6))
        for size in ((5, 2), (1, 1), (2, 30), (80, 24)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            await pilot.press("down")
        assert app.is_running


async def test_a_selection_is_the_text_without_the_margin() -> None:
    async with opened("One two\n\nThree", size=(120, 20)) as (_, reader, _pilot):
        reader.text_select_all()
        selected = reader.get_selection(reader.text_selection)  # type: ignore[arg-type]
        assert selected is not None
        assert [row.strip() for row in selected[0].split("\n")] == ["One two", "", "Three"]


def test_every_key_is_declared_once_with_an_id() -> None:
    ids = [binding.id for binding in READER_BINDINGS]
    assert len(set(ids)) == len(ids)
    assert all(identifier and identifier.startswith("reader.") for identifier in ids)
    keys = [key for binding in READER_BINDINGS for key in binding.key.split(",")]
    assert len(set(keys)) == len(keys)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(["# a\n\n", "b " * 50 + "\n\n", "- c\n", "```\nd\n```\n\n", "> e\n\n"]), max_size=60),
       st.lists(st.sampled_from(["down", "space", "b", "end", "home", "up"]), max_size=8))  # fmt: skip
async def test_scrolling_never_leaves_the_document(parts: list[str], keys: list[str]) -> None:
    async with opened("".join(parts)) as (_, reader, pilot):
        await pilot.press(*keys)
        assert 0 <= reader.scroll_offset.y <= reader.max_scroll_y
        assert 0 <= reader.fraction <= 1
        assert -1 <= reader.heading_index < max(1, len(reader.headings))
