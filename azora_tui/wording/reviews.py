"""What falls due for review, as words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from azora_tui.wording.dates import calendar_day

if TYPE_CHECKING:
    from azora_tui.models.reviews import DueDay


def forecast_words(forecast: Sequence[DueDay]) -> str:
    """The days on which something falls due, as a sentence."""
    today = forecast[0].day
    days = [f"{calendar_day(each.day, today)} {each.count:,}" for each in forecast if each.count]
    if not days:
        return "Nothing falls due in the next two weeks."
    words = ", ".join(days)
    return f"{words[0].upper()}{words[1:]}."
