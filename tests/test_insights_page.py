"""docs/insights.md says of each figure what `?` says of it."""

import re
from pathlib import Path

from azora_tui.wording.insights import DEFINITIONS

PAGE = Path(__file__).parents[1] / "docs" / "insights.md"
ROW = re.compile(r"^\| (?P<term>[^|]+) \| (?P<meaning>[^|]+) \|$", re.MULTILINE)


def test_the_table_is_what_the_question_mark_says() -> None:
    rows = {row["term"]: row["meaning"] for row in ROW.finditer(PAGE.read_text("utf-8")) if row["term"] != "figure"}
    assert {term: meaning for term, meaning in rows.items() if not term.startswith("-")} == DEFINITIONS
