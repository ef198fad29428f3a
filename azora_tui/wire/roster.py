"""Lists of people as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azora_tui.times import to_text

if TYPE_CHECKING:
    from azora_tui.models.roster import Person, RosterLine, RosterOutcome
    from azora_tui.wire.answers import Json


def roster_outcome(line: int, person: Person, outcome: RosterOutcome, *, word: str) -> Json:
    """`word` opens an account that was made for this line; it is shown only once."""
    return {
        "line": line,
        "email": person.email,
        "name": person.name,
        "outcome": outcome.value,
        "new_account": int(person.user_id is None or bool(word)),
        "word": word or None,
    }


def roster_fault(line: int, sentence: str) -> Json:
    return {"line": line, "message": sentence}


def roster_line(line: RosterLine) -> Json:
    return {
        "name": line.name,
        "email": line.email,
        "state": line.state,
        "progress": line.progress,
        "enrolled_at": to_text(line.enrolled_at),
    }
