"""No two files import each other, by whatever way, nor do more of them in a circle.

import-linter holds the rooms apart; within a room it sees no circle. Here every import counts: also those inside a
function, which only put the circle off, and those for the type checker, which is a reader too.
"""

import ast
from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import azora_tui

PACKAGE = Path(azora_tui.__file__).parent


def modules(package: Path) -> dict[str, str]:
    """The source of each module, by its name. A package is its `__init__`."""
    found = {}
    for file in package.rglob("*.py"):
        parts = (package.name, *file.relative_to(package).with_suffix("").parts)
        found[".".join(parts).removesuffix(".__init__")] = file.read_text()
    return found


def imports(sources: Mapping[str, str]) -> dict[str, set[str]]:
    """Which of the modules each imports, wherever in it that stands."""
    graph: dict[str, set[str]] = {}
    for name, source in sources.items():
        targets: set[str] = set()
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Import):
                targets.update(_nearest(sources, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                assert not node.level, f"{name}: an import says its whole name here"
                targets.update(_nearest(sources, f"{node.module}.{alias.name}") for alias in node.names)
        graph[name] = targets - {"", name}
    return graph


def _nearest(sources: Iterable[str], name: str) -> str:
    """The module that a dotted name is, or that it stands in; "" for one of others."""
    while name and name not in sources:
        name = name.rpartition(".")[0]
    return name


def circle(graph: Mapping[str, Iterable[str]]) -> list[str]:
    """Modules that import each other in this order, the first again at the end; empty where there are none."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(reversed(error.args[1]))
    return []


def test_no_files_import_each_other_in_a_circle() -> None:
    found = circle(imports(modules(PACKAGE)))
    assert not found, " imports ".join(found)


@pytest.mark.parametrize(
    "back",
    [
        "from app.one import thing",
        "import app.one",
        "from app import one",
        "def later():\n    from app.one import thing",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from app.one import Thing",
    ],
)
def test_a_circle_is_seen_however_it_is_imported(back: str) -> None:
    sources = {"app": "", "app.one": "from app.two import thing", "app.two": "import app.three", "app.three": back}
    assert circle(imports(sources)) == ["app.one", "app.two", "app.three", "app.one"]
    assert circle(imports({**sources, "app.three": "import os"})) == []
