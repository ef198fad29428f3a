"""People who show a profile, in a list."""

from __future__ import annotations

from collections.abc import Sequence

from azora_tui.glyphs import Glyphs
from azora_tui.models.profiles import PersonSeen
from azora_tui.widgets.line import Row, Span
from azora_tui.widgets.record_list import RecordList
from azora_tui.wording.profiles import in_short, name_of, short_standing


def standing_sign(person: PersonSeen, glyphs: Glyphs) -> Sequence[Span]:
    """Sign, words and colour of how somebody stands; nothing for strangers."""
    words = short_standing(person)
    if not words:
        return []
    sign, role = {
        "connected": (glyphs.done, "done"),
        "asked_of_me": (glyphs.active, "accent"),
        "asked_by_me": (glyphs.new, "muted"),
    }.get(person.standing, ("", "muted"))
    return [(f"{sign} {words}".strip(), role)]


class ProfileList(RecordList[PersonSeen]):
    """Two lines a person: name and how they stand, then what they learn and help with."""

    def __init__(self, glyphs: Glyphs, *, id: str | None = None) -> None:
        super().__init__(rows_each=2, gap=1, cursor_sign=glyphs.cursor, id=id)
        self._glyphs = glyphs

    def draw_record(self, record: PersonSeen, index: int, width: int) -> Sequence[Row]:
        return [
            ([(name_of(record.name), "title")], standing_sign(record, self._glyphs)),
            ([(in_short(record, self._glyphs.separator), "muted")], []),
        ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "choose" or self.current is not None
