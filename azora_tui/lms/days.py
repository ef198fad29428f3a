"""Which day it was where the learner was: counted by the zone that was kept with what was done, not by that of now."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from azora_tui.data import activity as rows
from azora_tui.data import locks
from azora_tui.errors import StorageError
from azora_tui.lms.events import add_event, know_learner
from azora_tui.times import local_day, to_exact_text

if TYPE_CHECKING:
    from azora_tui.data.activity import Deed
    from azora_tui.lms.service import Lms
    from azora_tui.models.accounts import Claims

Offsets = list[tuple[str, int]]
"""(from when on, minutes that clocks are ahead of UTC), oldest first; times as they are stored."""

_DATE_LINE = 12 * 60
"""Minutes by which clocks go on at least where somebody crosses the date line to the west, and a date is left out."""


def placed(lms: Lms, claims: Claims, deeds: Iterable[Deed], offsets: Offsets | None) -> Callable[[Deed], int]:
    """What says of each deed how far clocks were ahead of UTC where it was done.

    Deeds from before that was kept count in the zone of their first look. Where this is that look (`offsets` is None)
    it is kept as an event, whatever zone they are looked at from later.
    """
    old = sorted(to_exact_text(deed.at) for deed in deeds if deed.utc_offset is None)
    if old and offsets is None:
        offsets = _keep(lms, claims, old)
    starts = [at for at, _ in offsets or ()]

    def offset(deed: Deed) -> int:
        if deed.utc_offset is not None:
            return deed.utc_offset
        assert offsets
        return offsets[max(0, bisect_right(starts, to_exact_text(deed.at)) - 1)][1]

    return offset


def left_out(moments: Iterable[tuple[datetime, int]]) -> frozenset[date]:
    """Dates that never were where the learner was, as a journey over the date line led past them.

    `moments` are what they did, each with how far clocks were ahead of UTC there.
    """
    found = set()
    for (_, here), (after, there) in pairwise(sorted(moments)):
        if there - here >= _DATE_LINE:
            arrived = local_day(after, there)
            if local_day(after, here) < arrived:
                found.add(arrived - timedelta(days=1))
    return frozenset(found)


def _keep(lms: Lms, claims: Claims, old: list[str]) -> Offsets:
    """The offsets that clocks had here at times from before they were kept, written down for good."""
    offsets: Offsets = []
    for at in old:
        offset = lms.utc_offset(at)
        if not offsets or offsets[-1][1] != offset:
            offsets.append((at, offset))
    try:
        with lms.database.write(locks.Learner(claims.user_id)) as transaction:
            kept = rows.offsets_placed(transaction, claims.user_id)
            if kept is not None:  # another window has looked meanwhile
                return kept
            know_learner(transaction, claims)
            payload = {"offsets": offsets}
            add_event(lms, transaction, "days_placed", user_id=claims.user_id, at=lms.now_text(), payload=payload)
    except StorageError:  # a full disk takes nobody's Home away; the next look keeps it
        pass
    return offsets
