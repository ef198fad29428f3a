"""The people of a school, and the roles that there are."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import ClassVar

from textual.binding import Binding, BindingType

from azora_tui.glyphs import Glyphs
from azora_tui.models.accounts import Role
from azora_tui.models.people import Person
from azora_tui.widgets.line import Row
from azora_tui.widgets.record_list import RecordList
from azora_tui.wording.people import account_state, last_seen, may

_SIGNS = {"closed": ("locked", "error"), "invited": ("new", "accent"), "word expired": ("locked", "accent")}


class PeopleList(RecordList[Person]):
    """Two lines a person: name and role, then the e-mail, and how the account is."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,r", "choose", "role", id="school.role")]

    def __init__(self, glyphs: Glyphs, now: Callable[[], datetime], *, id: str | None = None) -> None:
        super().__init__(rows_each=2, gap=1, cursor_sign=glyphs.cursor, id=id)
        self._glyphs = glyphs
        self._now = now

    def draw_record(self, record: Person, index: int, width: int) -> Sequence[Row]:
        account, now = record.account, self._now()
        role = "muted" if account.role == "learner" else "active"
        return [
            ([(account.name, "title")], [(account.role, role)]),
            ([(account.email, "muted")], [self._state(record, now)]),
        ]

    def _state(self, person: Person, now: datetime) -> tuple[str, str]:
        """Sign, words and their role; of an account that is as it should be, when its person was here."""
        state = account_state(person, now)
        if not state:
            return f"seen {last_seen(person, now)}", "muted"
        sign, role = _SIGNS[state]
        return f"{getattr(self._glyphs, sign)} {state}", role


class RoleList(RecordList[Role]):
    """A line for each role: its name, and what it is for."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", "choose", id="school.choose_role")]

    def __init__(self, glyphs: Glyphs, now: Role, *, id: str | None = None) -> None:
        super().__init__(rows_each=1, cursor_sign=glyphs.cursor, id=id)
        self._glyphs = glyphs
        self._role_now = now

    def draw_record(self, record: Role, index: int, width: int) -> Sequence[Row]:
        is_now = record == self._role_now
        right = [(f"{self._glyphs.done} now", "done")] if is_now else []
        return [([(record.ljust(12), "title" if is_now else "plain"), (may(record), "muted")], right)]
