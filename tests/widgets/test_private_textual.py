"""What is used of Textual's own inside: that it still does what we use it for, and that one file alone uses it."""

import ast
import asyncio
import importlib
import inspect
import textwrap
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.widgets import Static

import azora_tui
from azora_tui.widgets.private_textual import (
    AppWithLastWords,
    awaits_layout,
    draw_scroll_bars,
    fit_breakpoints,
    is_pruned,
    open_screens,
    until_one_ends,
)

PACKAGE = Path(azora_tui.__file__).parent
ALLOWED = "azora_tui.widgets.private_textual"
NAMED_TUPLE = {"_replace", "_asdict", "_fields", "_make", "_exit"}  # and os._exit, which is public


class Sized(Screen[None]):
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (70, "-wide")]  # noqa: RUF012  # Textual's own type
    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-high")]  # noqa: RUF012  # Textual's own type

    def compose(self) -> ComposeResult:
        fit_breakpoints(self)
        self.before_it_is_drawn = set(self.classes)
        yield Static("")


async def test_a_screen_that_is_dismissed_is_pruned_and_one_below_another_is_not() -> None:
    async with App[None]().run_test() as pilot:
        below, above = pilot.app.screen, Screen[None]()
        await pilot.app.push_screen(above)
        assert not is_pruned(above)
        await pilot.app.pop_screen()
        assert is_pruned(above)
        assert not is_pruned(below)


@pytest.mark.parametrize(("size", "classes"), [((60, 30), {"-narrow", "-high"}), ((80, 10), {"-wide", "-low"})])
async def test_a_screen_has_the_classes_of_its_size_before_it_is_drawn(
    size: tuple[int, int], classes: set[str]
) -> None:
    async with App[None]().run_test(size=size) as pilot:
        screen = Sized()
        await pilot.app.push_screen(screen)
        assert screen.before_it_is_drawn == classes


class TwoModes(App[None]):
    MODES = {"one": Screen, "two": Screen}  # noqa: RUF012  # Textual's own type
    DEFAULT_MODE = "one"


async def test_the_screens_of_every_mode_are_found() -> None:
    async with TwoModes().run_test() as pilot:
        first = pilot.app.screen
        await pilot.app.push_screen(Screen())
        second = pilot.app.screen
        await pilot.app.switch_mode("two")
        assert {first, second, pilot.app.screen} <= set(open_screens(pilot.app))


class Scrolling(App[None]):
    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield Static("\n" * 100)


@pytest.mark.parametrize("ascii_only", [True, False])
async def test_a_scroll_bar_is_drawn_as_was_chosen(ascii_only: bool) -> None:
    try:
        draw_scroll_bars(ascii_only=ascii_only)
        async with Scrolling().run_test(size=(20, 10)) as pilot:
            scroll = pilot.app.query_one(VerticalScroll)
            scroll.scroll_to(y=7, animate=False, immediate=True)
            await pilot.pause()
            strips = [scroll.vertical_scrollbar.render_line(y).text for y in range(10)]
        assert all(text.isascii() for text in strips) is ascii_only
    finally:
        ScrollBar.renderer = ScrollBarRender


async def test_a_screen_awaits_its_layout_until_it_is_laid_out() -> None:
    async with App[None]().run_test() as pilot:
        await pilot.pause()
        screen = pilot.app.screen
        assert not awaits_layout(screen)
        laid_out = asyncio.Event()
        screen.call_after_refresh(laid_out.set)
        await laid_out.wait()
        screen.refresh(layout=True)
        while not awaits_layout(screen):
            await asyncio.sleep(0)
        await pilot.pause()
        assert not awaits_layout(screen)


async def test_workers_are_waited_for_until_one_ends_and_go_on_when_the_waiting_does_not() -> None:
    async with App[None]().run_test() as pilot:
        done = [asyncio.Event(), asyncio.Event()]
        workers = [pilot.app.run_worker(event.wait(), exclusive=False) for event in done]
        waiting = asyncio.create_task(until_one_ends(workers))
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.wait([waiting])
        assert not any(worker.is_finished for worker in workers)
        done[0].set()
        await until_one_ends(workers)
        assert [worker.is_finished for worker in workers] == [True, False]
        done[1].set()
        await until_one_ends(workers[1:])


class Failing(AppWithLastWords[None]):
    def __init__(self) -> None:
        super().__init__()
        self.has_ended = asyncio.Event()

    def last_words(self, error: BaseException) -> str:
        self.has_ended.set()
        return f"It was {error!r}."

    def fail(self, *, in_worker: bool) -> None:
        async def work() -> None:
            raise ZeroDivisionError("by nobody")

        if in_worker:
            self.run_worker(work())
        else:
            self.call_later(work)


@pytest.mark.parametrize("in_worker", [True, False])
async def test_an_error_that_nobody_handles_ends_the_app_with_its_last_words(
    in_worker: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    app = Failing()
    with pytest.raises(Exception, match="by nobody"):  # noqa: PT012  # raised where the block ends
        async with app.run_test():
            app.fail(in_worker=in_worker)
            await app.has_ended.wait()
    assert app.return_code == 1
    told = capsys.readouterr().err
    assert told.split() == ["It", "was", "ZeroDivisionError('by", "nobody')."]


def private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


@cache
def private_names(textual_class: type) -> frozenset[str]:
    """The private names of one of Textual's classes: what it defines, and what its methods put into an instance."""
    try:
        source = inspect.getsource(textual_class)
    except (OSError, TypeError):
        return frozenset()
    on_self = {
        node.attr
        for node in ast.walk(ast.parse(textwrap.dedent(source)))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self"
    }
    return frozenset(filter(private, on_self | set(vars(textual_class))))


def modules() -> Iterator[tuple[str, ast.Module]]:
    for file in sorted(PACKAGE.rglob("*.py")):
        parts = file.relative_to(PACKAGE.parent).with_suffix("").parts
        yield ".".join(parts).removesuffix(".__init__"), ast.parse(file.read_text())


def names_in(tree: ast.AST) -> Iterator[str]:
    """Private names that are used as attributes, or defined."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def defined_in(tree: ast.AST) -> Iterator[str]:
    """Names that a module defines, or puts into an instance; to say the type of a name defines nothing."""
    only_typed = {id(node.target) for node in ast.walk(tree) if isinstance(node, ast.AnnAssign) and node.value is None}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and id(node) not in only_typed:
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and ast.unparse(node.value) == "self":
            yield node.attr
        elif isinstance(node, ast.alias):
            yield node.asname or node.name


def uses_of_classes(module: str, tree: ast.Module) -> Iterator[str]:
    """Where a class that has one of Textual's beneath it uses, or covers up, a private name of that."""
    loaded = importlib.import_module(module)
    for node in ast.walk(tree):
        made = getattr(loaded, node.name, None) if isinstance(node, ast.ClassDef) else None
        if not isinstance(made, type):
            continue
        theirs = {
            name for base in made.__mro__ if base.__module__.startswith("textual.") for name in private_names(base)
        }
        yield from (f"{module}.{made.__name__}: {name}" for name in sorted(theirs & set(names_in(node))))


def test_no_class_of_ours_uses_or_covers_up_a_private_name_of_the_textual_class_beneath_it() -> None:
    found = [
        use
        for module, tree in modules()
        if module.startswith(("azora_tui.tui", "azora_tui.screens", "azora_tui.widgets")) and module != ALLOWED
        for use in uses_of_classes(module, tree)
    ]
    assert not found


def test_no_other_object_is_asked_for_a_private_name_that_we_do_not_define() -> None:
    trees = dict(modules())
    ours = {name for tree in trees.values() for name in defined_in(tree)} | NAMED_TUPLE
    found = [
        f"{module}: {node.attr}"
        for module, tree in trees.items()
        if module != ALLOWED
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and private(node.attr) and node.attr not in ours
    ]
    assert not found


def test_no_private_module_of_textual_is_imported() -> None:
    found = [
        f"{module}: {node.module}.{alias.name}"
        for module, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("textual")
        for alias in node.names
        if any(private(part) for part in (*str(node.module).split("."), alias.name))
    ]
    assert not found


def test_the_check_sees_what_it_is_for() -> None:
    tree = ast.parse(inspect.getsource(importlib.import_module(ALLOWED)))
    assert list(uses_of_classes(ALLOWED, tree)) == [
        f"{ALLOWED}.ViewWithScrollBar: _vertical_scrollbar",
        *(
            f"{ALLOWED}.AppWithLastWords: {name}"
            for name in ("_close_messages_no_wait", "_exception", "_exit_renderables", "_fatal_error")
        ),
    ]
