"""The line of keys, made from the bindings that are in force."""

from typing import ClassVar

import pytest
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Static

from azora_tui.widgets.key_bar import KeyBar, key_name, screen_keys
from tests.screens.conftest import calm, painted


class Page(Screen[None]):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a,b", "one", "first", id="page.one"),
        Binding("c", "two", "second", id="page.two"),
        Binding("d", "three", "third", show=False, id="page.three"),
        Binding("e", "four", "", id="page.four"),
        Binding("f", "five", "nameless"),
        Binding("enter", "six", "open", id="page.six"),
        *(Binding(str(n), f"extra({n})", f"extra {n}", id=f"page.extra{n}") for n in range(6)),
    ]
    allowed: dict[str, bool | None]

    def __init__(self) -> None:
        super().__init__()
        self.allowed = {}
        self.done: list[str] = []

    def compose(self) -> ComposeResult:
        yield Static("page")
        yield KeyBar()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self.allowed.get(action, True)

    def action_one(self) -> None:
        self.done.append("one")


class Host(App[None]):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "help", "help", id="app.help"),
        Binding("ctrl+q", "quit", "quit", id="app.quit"),
    ]

    def on_mount(self) -> None:
        self.push_screen(Page())


def line(app: App[None]) -> str:
    return painted(app)[-1].text


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("question_mark", "?"),
        ("ctrl+q", "ctrl+q"),
        ("slash", "/"),
        ("escape", "esc"),
        ("pagedown", "page down"),
        ("ctrl+slash", "ctrl+/"),
        ("greater_than_sign", ">"),
        ("G", "G"),
    ],
)
def test_a_key_is_written_as_people_write_it(key: str, name: str) -> None:
    assert key_name(key) == name


async def test_at_most_six_and_the_way_out() -> None:
    app = Host()
    async with app.run_test(size=(140, 10)):
        await calm(app)
        entries = [entry.strip() for entry in line(app).split("  ") if entry.strip()]
        assert entries == ["enter open", "a first", "c second", "0 extra 0", "1 extra 1", "? help", "ctrl+q quit"]
        assert line(app).rstrip().endswith("ctrl+q quit")


@pytest.mark.parametrize("width", [10, 20, 30, 40, 60, 80])
async def test_what_does_not_fit_is_left_out_whole(width: int) -> None:
    app = Host()
    async with app.run_test(size=(width, 10)):
        await calm(app)
        whole = {"enter open", "a first", "c second", "0 extra 0", "1 extra 1", "? help", "ctrl+q quit"}
        assert {entry.strip() for entry in line(app).split("  ") if entry.strip()} <= whole
        assert len(line(app)) == width


async def test_what_cannot_be_done_now_is_not_there_or_is_grey() -> None:
    app = Host()
    async with app.run_test(size=(140, 10)):
        await calm(app)
        page = app.screen
        assert isinstance(page, Page)
        page.allowed = {"one": False, "two": None}
        page.refresh_bindings()
        await calm(app)
        assert "first" not in line(app)
        assert "c second" in line(app)
        styles = {segment.text.strip(): segment.style for segment in painted(app)[-1] if segment.text.strip()}
        assert styles["c"] != styles["enter"], "a key that does nothing now does not look like one that does"
        page.allowed = {}
        page.refresh_bindings()
        await calm(app)
        assert "a first" in line(app)


async def test_a_key_that_can_be_used_again_looks_like_it_at_once() -> None:
    app = Host()
    async with app.run_test(size=(140, 10)):
        await calm(app)
        page = app.screen
        assert isinstance(page, Page)
        looks = []
        for allowed in (True, None, True):
            page.allowed = {"two": allowed}
            page.refresh_bindings()
            await calm(app)
            looks.append(next(each.style for each in painted(app)[-1] if each.text.strip() == "c"))
        assert looks[0] == looks[2] != looks[1], "the same words, drawn anew"


async def test_every_key_of_an_action_is_named_with_it() -> None:
    app = Host()
    async with app.run_test(size=(140, 10)):
        await calm(app)
        keys = {binding.id: (keys, enabled) for keys, binding, enabled in screen_keys(app.screen)}
        assert keys["page.one"] == (["a", "b"], True)
        assert "page.three" in keys, "what is not in the line is in the help"
        assert "page.four" not in keys
        assert None not in keys, "what has no name is Textual's own"


async def test_a_click_is_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    app = Host()
    async with app.run_test(size=(140, 10)) as pilot:
        await calm(app)
        await pilot.click(offset=(line(app).index("a first") + 3, 9))
        await calm(app)
        page = app.screen
        assert isinstance(page, Page)
        assert page.done == ["one"]


async def test_a_description_is_text() -> None:
    class Hostile(Screen[None]):
        BINDINGS: ClassVar[list[BindingType]] = [Binding("z", "zap", "[/x][@click=app.quit]zap[/]", id="zap")]

        def compose(self) -> ComposeResult:
            yield KeyBar()

    app: App[None] = App()
    async with app.run_test(size=(160, 10)):
        await app.push_screen(Hostile())
        await calm(app)
        assert "z [/x][@click=app.quit]zap[/]" in line(app)
        clicks = [segment.style.meta.get("@click") for segment in painted(app)[-1] if segment.style]
        assert not any("quit" in str(click) for click in clicks)
