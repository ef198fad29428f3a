"""What stands in the place of a list."""

import pytest
from textual.app import App, ComposeResult

from azora_tui.glyphs import ASCII, UNICODE
from azora_tui.widgets import empty_state
from azora_tui.widgets.empty_state import EmptyState
from tests.screens.conftest import calm, painted


class Host(App[None]):
    def __init__(self, glyphs: object = UNICODE) -> None:
        super().__init__()
        self.empty_state = EmptyState(glyphs)  # type: ignore[arg-type]

    def compose(self) -> ComposeResult:
        yield self.empty_state

    @property
    def text(self) -> str:
        return " ".join(" ".join(strip.text for strip in painted(self)).split())


@pytest.fixture
def host() -> Host:
    return Host()


async def test_nothing_is_shown_before_something_is_said(host: Host) -> None:
    async with host.run_test(size=(60, 12)):
        await calm(host)
        assert host.text == ""


async def test_what_takes_no_time_needs_no_word(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(empty_state, "_PATIENCE", 3600)
    async with host.run_test(size=(60, 12)):
        host.empty_state.wait("Reading …")
        await calm(host)
        assert host.empty_state.display
        assert host.text == ""


async def test_what_takes_longer_says_what_is_done(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(empty_state, "_PATIENCE", 0.001)
    async with host.run_test(size=(60, 12)) as pilot:
        host.empty_state.wait("Reading …")
        while not host.text:
            await pilot.pause()
        assert host.text == "Reading …"


@pytest.mark.parametrize("then", ["hide", "empty", "failed", "wait again"])
async def test_what_has_come_meanwhile_is_not_overwritten(
    host: Host, monkeypatch: pytest.MonkeyPatch, then: str
) -> None:
    late = []
    still_loading = EmptyState._still_loading
    monkeypatch.setattr(empty_state, "_PATIENCE", 0.001)
    monkeypatch.setattr(EmptyState, "_still_loading", lambda *given: late.append(given))
    async with host.run_test(size=(60, 12)) as pilot:
        host.empty_state.wait("Reading …")
        match then:
            case "hide":
                host.empty_state.hide()
            case "empty":
                host.empty_state.empty("There is nothing.")
            case "failed":
                host.empty_state.failed("It failed.")
            case _:
                host.empty_state.wait("Reading anew …")
        await calm(host)
        before = host.text
        while not late:
            await pilot.pause()
        still_loading(*late[0])
        await calm(host)
        assert host.text == before


async def test_empty_has_the_mark_of_the_house_and_failed_has_a_sign(host: Host) -> None:
    async with host.run_test(size=(60, 12)):
        host.empty_state.empty("There are no courses yet.")
        await calm(host)
        assert "◢◣" in host.text
        assert "There are no courses yet." in host.text
        host.empty_state.failed("The disk is full.")
        await calm(host)
        assert host.text == "× The disk is full."
        host.empty_state.hide()
        await calm(host)
        assert host.text == ""


async def test_its_signs_can_be_ascii() -> None:
    app = Host(ASCII)
    async with app.run_test(size=(60, 12)):
        app.empty_state.empty("Nothing.")
        await calm(app)
        assert app.text.isascii()
        app.empty_state.failed("It failed.")
        await calm(app)
        assert app.text == "x It failed."


@pytest.mark.parametrize("text", ["[/x] [@click=app.quit]x[/]", "\x1b[31mred", "a\u202eb", "道" * 300, "x" * 3000])
async def test_what_it_says_is_text(host: Host, text: str) -> None:
    async with host.run_test(size=(60, 12)):
        for show in (host.empty_state.empty, host.empty_state.failed):
            show(text)
            await calm(host)
            for strip in painted(host):
                assert sum(segment.cell_length for segment in strip) == 60
                assert not any(each < " " or each == "\u202e" for each in strip.text)
                assert not any(segment.style and segment.style.meta.get("@click") for segment in strip)
