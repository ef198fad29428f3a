"""docs/decisions/locks.md names every write and its lock, as the code does."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROW = re.compile(r"^\| (?P<rule>[^|]+) \| (?P<sites>`[^|]+`) \| `(?P<lock>\w+)` \|$", re.MULTILINE)


def in_the_code() -> dict[str, set[str]]:
    """The locks of each function of the two services that writes; "nothing" where a write names none."""
    found: dict[str, set[str]] = {}
    for room in ("auth", "lms"):
        for file in (ROOT / "azora_tui" / room).rglob("*.py"):
            module = ".".join(file.relative_to(ROOT / "azora_tui").with_suffix("").parts)
            for function in ast.walk(ast.parse(file.read_text("utf-8"))):
                if not isinstance(function, ast.FunctionDef):
                    continue
                for call in ast.walk(function):
                    if isinstance(call, ast.Call) and ast.unparse(call.func).endswith("database.write"):
                        named = re.match(r"locks\.(\w+)", ast.unparse(call.args[0])) if call.args else None
                        found.setdefault(f"{module}.{function.name}", set()).add(named[1] if named else "nothing")
    return found


def in_the_table() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in ROW.finditer((ROOT / "docs" / "decisions" / "locks.md").read_text("utf-8")):
        for site in re.findall(r"`([^`]+)`", row["sites"]):
            found.setdefault(site, set()).add(row["lock"])
    return found


def test_every_write_names_the_lock_that_the_table_says() -> None:
    assert in_the_code() == in_the_table()
    assert "lms.enrolling.enroll" in in_the_code()
