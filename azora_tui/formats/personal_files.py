"""The tables of a database as files that somebody takes along."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from azora_tui.data import personal
from azora_tui.formats.records import json_parts
from azora_tui.models.departing import Taken

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from azora_tui.data.transaction import Transaction


def table_files(
    transaction: Transaction, folder: str, tables: Sequence[personal.Held], person: Mapping[str, object]
) -> Iterator[Taken]:
    """A file for each table with rows that are somebody's."""
    for held in tables:
        if not held.taken:
            continue
        columns, found = personal.rows_of(transaction, held, person)
        if (first := next(found, None)) is None:
            continue
        yield Taken(f"tables/{folder}/{held.table}.json", held.what, json_parts(columns, chain([first], found)))
