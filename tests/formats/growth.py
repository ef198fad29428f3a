"""How much work a parser does for an input: every line of Python that runs, and every sign that a pattern reads."""

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import pytest

ALLOWED = 2.3
"""How many times as much more the second doubling may take as the first: 2 on a straight line, 4 on a square."""

_NOISE = 100
"""Steps that say nothing."""


class _Counter:
    def __init__(self) -> None:
        self.steps = 0

    def trace(self, frame: FrameType, event: str, argument: object) -> "Callable[..., Any]":
        self.steps += 1
        return self.trace


class _Pattern:
    """A pattern that counts how far it reads."""

    def __init__(self, pattern: re.Pattern[Any], counter: _Counter) -> None:
        self._pattern = pattern
        self._counter = counter

    def _read(self, signs: int) -> None:
        self._counter.steps += signs // 20  # a sign read in C costs a small part of a line of Python

    def search(self, text: Any, position: int = 0, *end: int) -> Any:
        match = self._pattern.search(text, position, *end)
        self._read((match.end() if match else len(text)) - position)
        return match

    def match(self, text: Any, position: int = 0, *end: int) -> Any:
        match = self._pattern.match(text, position, *end)
        self._read(match.end() - position if match else 0)
        return match

    def fullmatch(self, text: Any, *within: int) -> Any:
        self._read(len(text))
        return self._pattern.fullmatch(text, *within)

    def finditer(self, text: Any, *within: int) -> Any:
        self._read(len(text))
        return self._pattern.finditer(text, *within)

    def findall(self, text: Any, *within: int) -> Any:
        self._read(len(text))
        return self._pattern.findall(text, *within)

    def sub(self, new: Any, text: Any, count: int = 0) -> Any:
        self._read(len(text))
        return self._pattern.sub(new, text, count=count)

    def split(self, text: Any, maxsplit: int = 0) -> Any:
        self._read(len(text))
        return self._pattern.split(text, maxsplit)


@contextmanager
def _counted() -> Iterator[_Counter]:
    counter = _Counter()
    with pytest.MonkeyPatch.context() as patch:
        for name, module in list(sys.modules.items()):
            if name.startswith("azora_tui.formats") and module is not None:
                for key, value in list(vars(module).items()):
                    # What asks for a part of the tree with a pattern needs a true one.
                    if isinstance(value, re.Pattern) and key not in ("FORMULA", "_ICON"):
                        patch.setattr(module, key, _Pattern(value, counter))
        before = sys.gettrace()
        sys.settrace(counter.trace)
        try:
            yield counter
        finally:
            sys.settrace(before)


def steps(run: Callable[[], object]) -> int:
    with _counted() as counter:
        run()
    return counter.steps


def growth(run: Callable[[int], object], size: int) -> float:
    """How many times as much more the doubling from 2 `size` to 4 `size` takes as that from `size` to 2 `size`."""
    run(size)  # what is loaded or made once
    one, two, four = (steps(lambda number=number: run(number)) for number in (size, 2 * size, 4 * size))  # type: ignore[misc]
    return (four - two) / max(_NOISE, two - one)
