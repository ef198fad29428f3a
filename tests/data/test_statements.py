"""Statements are written as every database takes them, and their rows are read by name."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from azora_tui.data.database import Database, open_database
from azora_tui.data.schema import LMS
from azora_tui.data.transaction import one, rows, value, values
from azora_tui.paths import Paths

DATA = Path(__file__).parents[2] / "azora_tui" / "data"
SQLITES_OWN = {"dialect.py", "legacy.py", "read_only_copy.py"}

# What SQLite takes and another database does not, or answers otherwise without an error.
NOT_PORTABLE = {
    "a row's own number": r"\browid\b",
    "INSERT OR": r"\b(INSERT|UPDATE|REPLACE) OR\b|\bREPLACE INTO\b",
    "a function of SQLite's": (
        r"\b(IFNULL|GLOB|strftime|datetime|julianday|unixepoch|json_each|json_extract|group_concat|printf|instr|iif|"
        r"changes|last_insert_rowid|randomblob|total|hex)\s*\("
    ),
    "MATCH": r"\bMATCH\b",
    "MIN or MAX of several": r"\b(MIN|MAX)\([^()]*,",
    "a sum, which is Decimal elsewhere": r"\bSUM\(",
    "an average, which is Decimal elsewhere": r"\bAVG\(",
    "a text in double quotes": r'"',
    "an id that may be NULL": r"INSERT INTO \w+ \(id, (?![^;]*VALUES \((1|:id), )",
    "a limit of -1": r"LIMIT -1",
    "a boolean beside a number": r"(IS NULL|IS NOT NULL|EXISTS \([^()]*\))\)? *(=|<>) *(:\w+|[01])\b",
    "IS between values": r"\bIS (?!NULL\b|NOT NULL\b|DISTINCT\b|NOT DISTINCT\b)[\w:]",
    "a parameter without a name": r"\?",
    "COLLATE": r"\bCOLLATE\b",
    "an index by name": r"\bINDEXED BY\b|\bNOT INDEXED\b",
    "PRAGMA": r"\bPRAGMA\b",
}
STATEMENT = re.compile(r"^\s*(SELECT|INSERT|UPDATE|DELETE|WITH|FROM|JOIN|WHERE|AND)\b|\bVALUES \(|\bORDER BY\b")


def statements() -> Iterator[Any]:
    """Every piece of SQL in the portable modules; what is put into it stands as `{…}`."""
    for file in sorted(DATA.glob("*.py")):
        if file.name in SQLITES_OWN:
            continue
        tree = ast.parse(file.read_text("utf-8"))
        parts = {id(part) for joined in ast.walk(tree) if isinstance(joined, ast.JoinedStr) for part in joined.values}
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                text = "".join(str(p.value) if isinstance(p, ast.Constant) else "{…}" for p in node.values)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in parts:
                text = node.value
            else:
                continue
            if (STATEMENT.search(text) and not text[:1].isalpha()) or re.match(r"(SELECT|INSERT|UPDATE|DELETE) ", text):
                yield pytest.param(text, id=f"{file.stem}:{node.lineno}")


@pytest.mark.parametrize("statement", statements())
def test_a_statement_is_one_that_every_database_takes(statement: str) -> None:
    assert [what for what, pattern in NOT_PORTABLE.items() if re.search(pattern, statement)] == []


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("SELECT rowid FROM courses", "a row's own number"),
        ("INSERT OR IGNORE INTO courses (slug) VALUES (:slug)", "INSERT OR"),
        ("SELECT IFNULL(title, '') FROM courses", "a function of SQLite's"),
        ("SELECT MAX(a, b) FROM courses", "MIN or MAX of several"),
        ("SELECT COALESCE(SUM(completed), 0) FROM lesson_progress", "a sum, which is Decimal elsewhere"),
        ('SELECT id FROM courses WHERE slug = "x"', "a text in double quotes"),
        ("INSERT INTO users (id, email) VALUES (:user_id, :email)", "an id that may be NULL"),
        ("SELECT id FROM notes WHERE (deleted_at IS NOT NULL) = :deleted", "a boolean beside a number"),
        ("SELECT id FROM courses WHERE slug IS :slug", "IS between values"),
        ("SELECT id FROM courses WHERE id = ?", "a parameter without a name"),
    ],
)
def test_what_is_not_portable_is_noticed(statement: str, what: str) -> None:
    assert re.search(NOT_PORTABLE[what], statement)


@pytest.fixture
def database(paths: Paths) -> Iterator[Database]:
    opened = open_database(paths.lms_database, LMS)
    yield opened
    opened.close()


MANY = "SELECT 1 AS first, 'a' AS second UNION ALL SELECT 2, 'b' ORDER BY first"
NONE = "SELECT id, slug FROM courses WHERE id = :id"


def test_rows_are_read_by_name(database: Database) -> None:
    with database.read() as transaction:
        for _ in range(2):  # as it is learnt, and as it is known
            found = rows(transaction, MANY)
            assert [(row.first, row.second) for row in found] == [(1, "a"), (2, "b")]
            first = one(transaction, MANY)
            assert (first.second, first.first) == ("a", 1)


def test_where_there_is_no_row_there_is_nothing(database: Database) -> None:
    with database.read() as transaction:
        for _ in range(2):
            assert rows(transaction, NONE, {"id": 0}) == []
            assert one(transaction, NONE, {"id": 0}) is None
            assert value(transaction, "SELECT id FROM courses WHERE id = :id", {"id": 0}) is None
            assert values(transaction, "SELECT id FROM courses WHERE id = :id", {"id": 0}) == []


def test_a_column_that_another_has_the_name_of_is_refused(database: Database) -> None:
    with database.read() as transaction, pytest.raises(ValueError, match="duplicate field name"):
        rows(transaction, "SELECT 1 AS id, 2 AS id")


def test_only_one_column_has_no_name_to_be_read_by(database: Database) -> None:
    with database.read() as transaction:
        assert values(transaction, "SELECT 1 UNION ALL SELECT 2 ORDER BY 1") == [1, 2]
        assert value(transaction, "SELECT 7") == 7
        with pytest.raises(ValueError, match="too many values"):
            value(transaction, "SELECT 1, 2")


def test_statements_without_number_do_not_fill_the_memory(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    from azora_tui.data import transaction as module

    monkeypatch.setattr(module, "_named", {})
    with database.read() as transaction:
        for number in range(module._MAX_STATEMENTS + 1):
            assert one(transaction, f"SELECT {number} AS number").number == number
    assert len(module._named) == 1
