"""What a command imports, parses and is given: that is most of what a short one costs."""

import argparse
import contextlib
import gc
import inspect
import io
import subprocess
import sys
import typing
from collections.abc import Iterator

import pytest
from rich.cells import cell_len

from azora_tui.commands import arguments, options, output, table
from azora_tui.paths import Paths
from azora_tui.text import is_narrow

_TREE = arguments.parser()

# One way to type each command, with what it needs and no more.
TYPED = {
    "register": "", "login": "", "logout": "", "whoami": "", "sessions": "", "sessions revoke": "--others",
    "password": "", "accounts reset": "--email a@example.org",
    "accounts": "zola", "accounts role": "a@example.org admin",
    "accounts disable": "a@example.org", "accounts enable": "a@example.org",
    "accounts invite": "a@example.org --name A", "courses": "", "course": "1", "home": "",
    "course set": "1", "course teachers": "1", "roster import": "x 1", "roster export": "1",
    "insights": "", "export figures": "1", "export statements": "1",
    "enroll": "1", "leave": "1", "enrollments": "", "progress": "1", "read": "1", "complete": "1 1", "quiz": "1 1",
    "wisdom": "1 1", "wisdom write": "1 1", "wisdom mine": "", "wisdom change": "1", "wisdom delete": "1",
    "wisdom thank": "1", "wisdom report": "1 x", "wisdom hide": "1 x", "wisdom show": "1", "wisdom pin": "1",
    "wisdom unpin": "1", "wisdom answer": "1", "wisdom take-over": "1", "wisdom taken": "1", "reports": "",
    "reports dismiss": "1", "reports hide": "1 x", "reports show": "1", "circle report": "1 x",
    "help-wanted report": "1 x",
    "tasks": "", "task show": "1 1", "task hand-in": "1 1", "task read": "1", "task answer": "1 --accept",
    "profile": "", "profile set": "--open --about x", "people": "x", "person": "2", "connect": "",
    "connect ask": "2 x", "connect accept": "2", "connect decline": "2", "connect take-back": "2", "connect end": "2",
    "block": "2", "unblock": "2", "blocks": "",
    "inbox": "", "circle": "", "circle make": "1 x --goal y --until 2027-03-01", "circle show": "1",
    "circle invite": "1", "circle join": "kubalo-31", "circle leave": "1", "circle post": "1", "circle reply": "1",
    "circle edit": "1", "circle delete": "1", "circle change": "1", "circle progress": "1 show", "circle there": "1",
    "review": "", "search": "ubuntu", "import": "x", "export notes": "",
    "export course": "1 --output x", "export me": "x", "account delete": "",
    "news": "", "announce": "1", "announcements": "1", "message": "a@example.org 1",
    "help-wanted": "", "help-wanted mine": "", "help-wanted show": "1", "help-wanted ask": "1 1",
    "help-wanted reply": "1", "help-wanted change": "1", "help-wanted delete": "1", "help-wanted settle": "1", "help-wanted give": "1 1",
    "help-wanted take-back": "1",
    "export gift": "1", "new-course": "x", "check": "x", "adopt": "x", "certificates": "", "certificates log": "",
    "certificates key": "", "certificates school": "", "certificates publish": "x",
    "certificates trust": "x --name y", "certificate show": "1", "certificate export": "1 --format pdf",
    "certificate verify": "x", "certificate show-as": "1 --name", "certificate revoke": "1 --reason x",
}  # fmt: skip

NEVER = {
    "textual", "rich", "jwt", "cryptography", "passlib", "lxml", "bs4", "markdown_it", "yaml", "fsrs", "pygments",
    "importlib.metadata", "importlib.resources", "uuid", "shutil", "tempfile", "zipfile", "logging", "asyncio",
    "concurrent.futures", "platformdirs",
}  # fmt: skip


def modules_after(*argv: str) -> set[str]:
    """What a process of its own has imported, once it has done a command."""
    script = """if True:
        import contextlib, io, sys
        from azora_tui.cli import main
        with contextlib.redirect_stdout(io.StringIO()):
            status = main(sys.argv[1:])
        assert status == 0, status
        print(*sys.modules)
    """
    done = subprocess.run([sys.executable, "-c", script, *argv], capture_output=True, encoding="utf-8", check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize(
    ("words", "commands"),
    [
        ("courses", {"courses"}),
        ("home", {"home"}),
        ("enrollments", {"enrollments"}),
        ("whoami", {"account", "prompts"}),
    ],
)
def test_a_command_imports_itself_and_nothing_heavy(school: Paths, words: str, commands: set[str]):
    loaded = modules_after(words)
    assert loaded & NEVER == set()
    of_commands = {name.rpartition(".")[2] for name in loaded if name.startswith("azora_tui.commands.")}
    assert of_commands - {"refusals"} == {
        "arguments",
        "parsing",
        "context",
        "output",
        "table",
        *commands,
    }
    assert not {name for name in loaded if name.startswith(("azora_tui.formats", "azora_tui.lms.credentials"))}


def test_enrolling_makes_an_id_and_imports_nothing_else_that_is_heavy(school: Paths):
    assert modules_after("enroll", "1") & NEVER <= {"uuid"}


def test_help_imports_neither_a_command_nor_the_school():
    loaded = modules_after("--version")
    assert loaded & NEVER == set()
    assert not loaded & {"azora_tui.commands.table", "azora_tui.commands.context", "azora_tui.data", "apsw"}


def test_only_the_parser_of_what_is_typed_is_made():
    assert set(_subparsers(arguments.parser("courses"))) == {"courses"}
    assert len(_subparsers(_TREE)) > 20


def _subparsers(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


def _everywhere(parser: argparse.ArgumentParser, words: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield words
    for name, inner in _subparsers(parser).items():
        yield from _everywhere(inner, (*words, name))


def said(parse, argv: list[str]) -> tuple[object, str]:
    """How parsing ends, and all that it says."""
    with contextlib.redirect_stdout(io.StringIO()) as text, contextlib.redirect_stderr(text):
        try:
            return vars(parse(argv)), text.getvalue()
        except SystemExit as stop:
            return stop.code, text.getvalue()


@pytest.mark.parametrize("words", list(_everywhere(_TREE)), ids=" ".join)
def test_help_is_what_the_parser_of_everything_says(words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COLUMNS", "60")
    status, text = said(arguments.parse, [*words, "--help"])
    assert status == 0
    assert f"usage: {' '.join(('azora-tui', *words))}" in text.replace("\n", " ")
    assert (status, text) == said(_TREE.parse_args, [*words, "--help"])
    monkeypatch.setattr("argparse.ArgumentParser._get_formatter", lambda self: argparse.HelpFormatter(self.prog))
    assert text == said(_TREE.parse_args, [*words, "--help"])[1], "as argparse lays it out by itself"


@pytest.mark.parametrize(
    "words",
    [
        "", "--ascii", "--ascii courses", "courses --ascii", "courses x y", "--nope courses", "courses --js",
        "-- courses", "courses -- -x", "--version courses", "courses --version", "sessions", "sessions revoke",
        "certificates nonsense", "enrollments --active --left", "complete 1 1 --minutes -5", "courses enroll 1",
        "courses --password", "accounts", "accounts zola", "accounts zola --json", "accounts zola nkosi",
        "accounts --zola", "home --rest-days sat,sun",
    ],
)  # fmt: skip
def test_what_is_typed_means_the_same_to_one_parser_and_to_that_of_everything(words: str):
    assert said(arguments.parse, words.split()) == said(_TREE.parse_args, words.split())


def _is(value: object, kind: object) -> bool:
    if isinstance(kind, type) or typing.get_origin(kind) is None:
        return isinstance(value, kind)  # type: ignore[arg-type]
    arguments_of = typing.get_args(kind)
    if typing.get_origin(kind) is typing.Literal:
        return value in arguments_of
    if typing.get_origin(kind) in (list, frozenset):
        return isinstance(value, list | frozenset) and all(_is(each, arguments_of[0]) for each in value)
    return any(_is(value, each) for each in arguments_of)


@pytest.mark.parametrize("name", table.COMMANDS)
def test_a_command_is_given_just_the_options_that_its_class_names(name: str):
    module, _, function = table.COMMANDS[name].partition(":")
    command = getattr(__import__(f"azora_tui.commands.{module}", fromlist=[function]), function)
    *before, taken = inspect.signature(command).parameters.values()
    assert bool(before) is (name not in table.WITHOUT_SCHOOL)
    named = typing.get_type_hints(getattr(options, taken.annotation))
    given = vars(arguments.parse([*name.split(), *TYPED[name].split()]))
    assert given["command"] == name
    given = {key: value for key, value in given.items() if key != "password"}  # which is always refused
    if " " in name and "json" not in named:
        given.pop("json", None)  # of the command that this one stands behind
    assert set(given) == set(named)
    for key, value in given.items():
        assert _is(value, named[key]), (key, value, named[key])


def test_the_collector_is_off_for_what_is_imported_and_on_for_what_is_done(
    school: Paths, monkeypatch: pytest.MonkeyPatch
):
    seen = []
    monkeypatch.setattr("azora_tui.commands.account.whoami", lambda *_: seen.append(gc.isenabled()))
    gc.disable()
    try:
        table.run(school, arguments.parse(["whoami"]))
    finally:
        gc.unfreeze()
        gc.enable()
    assert seen == [True]


def test_what_counts_as_one_cell_wide_without_rich_is_so_for_rich():
    narrow = [chr(code) for code in range(0x20, 0x3000) if code != 0x7F and is_narrow(chr(code))]
    assert {"✓", "●", "○", "━", "é", "–", "”", "…"} <= set(narrow)
    assert [each for each in narrow if cell_len(each) != 1] == []
    assert not is_narrow("学")
    assert not is_narrow("e\u0301")


@pytest.mark.parametrize("columns", ["", "0", "-3", "nonsense", "40", "120"])
def test_the_terminal_is_as_wide_as_the_standard_library_says(columns: str, monkeypatch: pytest.MonkeyPatch):
    from shutil import get_terminal_size

    monkeypatch.setenv("COLUMNS", columns)
    assert output.terminal_columns() == get_terminal_size().columns
