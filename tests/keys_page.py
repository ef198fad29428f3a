"""The table of `docs/keys.md`, from the keys themselves; `python -m tests.keys_page` rewrites it."""

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

from textual.binding import Binding, BindingsMap
from textual.dom import DOMNode

import azora_tui.screens
import azora_tui.tui.app
import azora_tui.widgets

PAGE = Path(__file__).parents[1] / "docs" / "keys.md"
HEAD = "| name | keys | what it does |\n|---|---|---|\n"


def bindings() -> Iterator[tuple[type, Binding]]:
    """Every key that a class of ours declares, one key at a time."""
    for package in (azora_tui.screens, azora_tui.widgets):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
    classes = [DOMNode]
    for each in classes:
        classes += [sub for sub in each.__subclasses__() if sub not in classes]
        if each.__module__.startswith("azora_tui.") and "BINDINGS" in vars(each):
            for declared in BindingsMap(each.BINDINGS).key_to_bindings.values():
                for binding in declared:
                    yield each, binding


def table() -> str:
    """A row for each name: its keys, as settings.json would have them, and what it does."""
    found: dict[str, tuple[list[str], str]] = {}
    for _, binding in bindings():
        keys, _ = found.setdefault(str(binding.id), ([], binding.description))
        if binding.key not in keys:
            keys.append(binding.key)
    rows = [f"| `{name}` | `{','.join(keys)}` | {what} |\n" for name, (keys, what) in sorted(found.items())]
    return HEAD + "".join(rows)


if __name__ == "__main__":
    PAGE.write_text(PAGE.read_text("utf-8").partition(HEAD)[0] + table(), "utf-8")
