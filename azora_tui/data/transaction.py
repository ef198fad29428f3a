"""What a statement runs in, whichever database is behind it, and how its rows are read: by name.

A row is a named tuple of the columns that the statement names, so that no value is told by its place. Columns that
are not plain ones need an `AS`.
"""

from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Protocol

Parameters = Mapping[str, Any]

_MAX_STATEMENTS = 500


class StatementError(Exception):
    """The database did not take a statement: a mistake of the program, not of the person. Nothing was changed."""


class ConstraintError(StatementError):
    """What a statement would have written breaks a rule that the database holds."""


class Cursor(Protocol):
    """The answer to one statement."""

    @property
    def description(self) -> Sequence[Sequence[Any]]: ...

    def fetchone(self) -> Any: ...

    def __iter__(self) -> Iterator[Any]: ...


class Transaction(Protocol):
    """What `Database.read` and `Database.write` give. A connection of apsw is one as it is."""

    def execute(self, statement: str, parameters: Parameters | None = None, /) -> Cursor: ...

    def executemany(self, statement: str, parameters: Iterable[Parameters], /) -> Cursor: ...


# How the rows of a statement become named ones. Statements with lists of parameters are without number.
_named: dict[str, Callable[[Iterable[Any]], Any]] = {}


def rows(transaction: Transaction, statement: str, parameters: Parameters | None = None) -> list[Any]:
    """Every row, by name."""
    cursor = transaction.execute(statement, parameters)
    named = _named.get(statement)
    if named is not None:
        return list(map(named, cursor))
    first = cursor.fetchone()
    if first is None:
        return []
    named = _learn(statement, cursor)
    return [named(first), *map(named, cursor)]


def one(transaction: Transaction, statement: str, parameters: Parameters | None = None) -> Any:
    """The first row, by name; None where there is none."""
    cursor = transaction.execute(statement, parameters)
    row = cursor.fetchone()
    if row is None:
        return None
    return (_named.get(statement) or _learn(statement, cursor))(row)


def values(transaction: Transaction, statement: str, parameters: Parameters | None = None) -> list[Any]:
    """The only column of every row."""
    return [value for (value,) in transaction.execute(statement, parameters)]


def value(transaction: Transaction, statement: str, parameters: Parameters | None = None) -> Any:
    """The only column of the first row; None where there is none."""
    row = transaction.execute(statement, parameters).fetchone()
    if row is None:
        return None
    (only,) = row
    return only


def _learn(statement: str, cursor: Cursor) -> Callable[[Iterable[Any]], Any]:
    if len(_named) >= _MAX_STATEMENTS:
        _named.clear()
    row_type = namedtuple("Row", [column[0] for column in cursor.description])  # type: ignore[misc]
    named = _named[statement] = partial(tuple.__new__, row_type)
    return named
