"""What becomes of the people on a list, and the list of a course's people."""

from collections import Counter
from collections.abc import Sequence

from azora_tui.models.roster import RosterLine, RosterOutcome
from azora_tui.wording.numbers import counted

HEADER = ("name", "e-mail", "state", "progress", "enrolled on")

_STATES = {"active": "under way", "completed": "completed", "left": "left", "waiting": "waiting for a seat"}
_WOULD = {
    RosterOutcome.ENROLLED: ("would be enrolled", "enrolled"),
    RosterOutcome.RESTORED: ("had left; would be enrolled again", "had left; enrolled again"),
    RosterOutcome.ALREADY_ENROLLED: ("already enrolled", "already enrolled"),
    RosterOutcome.WAITLISTED: ("full: would wait for a seat", "full: waits for a seat"),
    RosterOutcome.ALREADY_WAITING: ("already waits for a seat", "already waits for a seat"),
}
_COUNTED = {
    RosterOutcome.ENROLLED: "enrolled",
    RosterOutcome.RESTORED: "enrolled again",
    RosterOutcome.ALREADY_ENROLLED: "already enrolled",
    RosterOutcome.WAITLISTED: "new on the waitlist",
    RosterOutcome.ALREADY_WAITING: "already on the waitlist",
}


def outcome_words(outcome: RosterOutcome, *, dry_run: bool, is_new: bool, word: str = "") -> str:
    """ "new account with the word k7qd-…, enrolled"; `is_new` is whether an account was, or would be, made."""
    does = _WOULD[outcome][0 if dry_run else 1]
    if not is_new:
        return does
    return f"new account, {does}" if dry_run else f"new account with the word {word}, {does}"


def counted_outcomes(outcomes: Sequence[RosterOutcome], *, left_out: int, dry_run: bool) -> str:
    """ "3 people: 2 enrolled, 1 already enrolled. 1 line was left out."."""
    counts = Counter(outcomes)
    parts = [f"{counts[outcome]:,} {said}" for outcome, said in _COUNTED.items() if counts[outcome]]
    would = "would be: " if dry_run else ""
    said = f"{counted(len(outcomes), 'person', 'people')}: {would}{', '.join(parts)}." if parts else "Nobody to enrol."
    if left_out:
        said += f" {counted(left_out, 'line is', 'lines are')} left out."
    return said


def export_row(line: RosterLine) -> tuple[str, ...]:
    progress = "" if line.progress is None else f"{line.progress} %"
    return line.name, line.email, _STATES[line.state], progress, line.enrolled_at.date().isoformat()
