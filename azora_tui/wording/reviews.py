"""What falls due for review, as words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from azora_tui.wording.dates import calendar_day
from azora_tui.wording.numbers import counted

if TYPE_CHECKING:
    from azora_tui.models.reviews import DueDay, ReviewSession


def forecast_words(forecast: Sequence[DueDay]) -> str:
    """The days on which something falls due, as a sentence."""
    today = forecast[0].day
    days = [f"{calendar_day(each.day, today)} {each.count:,}" for each in forecast if each.count]
    if not days:
        return "Nothing falls due in the next two weeks."
    words = ", ".join(days)
    return f"{words[0].upper()}{words[1:]}."


def session_words(session: ReviewSession) -> str:
    """Why it is as many cards as it is, as a sentence; "" where there are none."""
    if not session.cards:
        return ""
    new = sum(card.state is None for card in session.cards)
    due = len(session.cards) - new
    parts = [f"{due:,} due" if due else "", f"{new:,} new" if new else ""]
    waiting = session.counts.due + session.counts.new - len(session.cards)
    more = f" {waiting:,} more {'waits' if waiting == 1 else 'wait'}." if waiting > 0 else ""
    return f"{counted(len(session.cards), 'card')}: {', '.join(part for part in parts if part)}.{more}"
