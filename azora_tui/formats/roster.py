"""A class as a CSV file, read with every line that cannot be taken."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from azora_tui.errors import RefusedError
from azora_tui.text import clean, fold

MAX_PEOPLE = 10_000
MAX_BYTES = 4_000_000

_EMAIL = {"email", "e-mail", "mail", "email address", "e-mail address"}
_NAME = {"name", "full name"}
_MARKS = (",", ";", "\t")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class RosterRow(NamedTuple):
    """A person as a line of the file has them; `line` counts from 1 and is the one that the person begins on."""

    line: int
    email: str
    name: str


@dataclass(frozen=True, slots=True)
class RosterFile:
    """What a file holds. `ignored` are the names of columns that are neither an e-mail nor a name."""

    rows: tuple[RosterRow, ...]
    ignored: tuple[str, ...]


def read_roster(data: bytes, name: str) -> RosterFile:
    """The people of a CSV file: a header with an e-mail and, where there is one, a name; then a line each.

    Fields are parted by commas, semicolons or tabs, as the header is. Empty lines are passed over. `name` is what the
    file is called. Raises `RefusedError` for what is no such file, and for one of more than `MAX_PEOPLE`.
    """
    text = _text(data, name)
    first = next((line for line in text.splitlines() if line.strip()), None)
    if first is None:
        raise RefusedError("roster_empty", name=name)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=max(_MARKS, key=first.count))
    rows: list[RosterRow] = []
    columns: tuple[int, int | None] | None = None
    ignored: tuple[str, ...] = ()
    begins = 1
    try:
        for fields in lines:
            line, begins = begins, lines.line_num + 1
            if not any(field.strip() for field in fields):
                continue
            if columns is None:
                columns, ignored = _columns(fields, name)
                continue
            if len(rows) == MAX_PEOPLE:
                raise RefusedError("roster_too_long", name=name, maximum=MAX_PEOPLE)
            email, called = (_field(fields, column) for column in columns)
            rows.append(RosterRow(line, email, called))
    except csv.Error as error:
        raise RefusedError("roster_not_csv", name=name, line=lines.line_num, problem=str(error)) from None
    if not rows:
        raise RefusedError("roster_nobody", name=name)
    return RosterFile(tuple(rows), ignored)


def _text(data: bytes, name: str) -> str:
    if len(data) > MAX_BYTES:
        raise RefusedError("roster_too_long", name=name, maximum=MAX_PEOPLE)
    if data.startswith(_UTF_16):
        raise RefusedError("roster_utf_16", name=name)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise RefusedError("roster_not_utf_8", name=name, line=line) from None


def _columns(header: Sequence[str], name: str) -> tuple[tuple[int, int | None], tuple[str, ...]]:
    """Where the e-mail and the name stand, and what else there is."""
    words = [" ".join(fold(field).split()) for field in header]
    email = next((place for place, word in enumerate(words) if word in _EMAIL), None)
    called = next((place for place, word in enumerate(words) if word in _NAME), None)
    shown = [" ".join(clean(field, keep_newlines=False).split())[:40] for field in header]
    if email is None:
        raise RefusedError("roster_column_missing", name=name, columns=", ".join(shown[:10]))
    ignored = (word for place, word in enumerate(shown) if place not in (email, called) and word)
    return (email, called), tuple(ignored)


def _field(fields: Sequence[str], column: int | None) -> str:
    if column is None or column >= len(fields):
        return ""
    return " ".join(clean(fields[column], keep_newlines=False).split())
