"""Rows of a database as files for anybody: JSON that is whole and exact, CSV for spreadsheets."""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_AT_ONCE = 1_000
_JSON = frozenset({"payload", "questions", "task", "given", "ticked", "position"})
"""Columns that hold JSON themselves, which is not wrapped once more."""


def json_parts(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """An array with an object a row, a line each."""
    start = "[\n"
    for row in rows:
        record = {name: _value(name, value) for name, value in zip(columns, row, strict=True)}
        yield f"{start}{json.dumps(record, ensure_ascii=False)}".encode()
        start = ",\n"
    yield b"\n]\n" if start == ",\n" else b"[]\n"


def csv_parts(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """A line a row, after one that names the columns."""
    from azora_tui.formats.csv_writing import write_csv

    head, left = write_csv(columns, ()), iter(rows)
    yield head.encode()
    while some := list(islice(left, _AT_ONCE)):
        yield write_csv(columns, some).removeprefix(head).encode()


def _value(name: str, value: Any) -> Any:
    if name in _JSON and isinstance(value, str):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value
