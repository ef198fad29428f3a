"""The line on top: where one is, what else there is, and who is signed in."""

from collections.abc import Sequence

from textual.content import Content
from textual.style import Style

from azora_tui.text import cells
from azora_tui.widgets.clickable import Clickable

_NARROW = 70
_GAPS = (3, 2, 1)
"""Cells between two areas, the most for which there is room. In a window of less than `_ROOMY` columns only the last,
as more is too much for who has every area: what stands here is not to move once it is known who that is."""
_ROOMY = 100
_MENU = 4
"""Cells that the sign of the account's menu takes, with the one before it, whatever becomes of the name."""


class TopBar(Clickable):
    """House name, the areas with their keys and the current one marked, what waits in them, the account."""

    DEFAULT_CSS = """
    TopBar {
        dock: top;
        height: 2;
        padding: 0 1;
    }
    """

    def __init__(self, areas: Sequence[tuple[str, str]], current: str, account: str, rule: str, menu: str) -> None:
        """`areas` are (mode, word) in the order of their number keys; a page may belong to none of them."""
        super().__init__()
        self._areas = areas
        self._current = current
        self._account = account
        self._rule = rule
        self._menu = menu
        self._numbers: dict[str, int] = {}

    def set_account(self, account: str, areas: Sequence[tuple[str, str]]) -> bool:
        """Show who is signed in, and their areas; True where either was another before."""
        if (account, areas) == (self._account, self._areas):
            return False
        self._account, self._areas = account, areas
        self.refresh()
        return True

    def set_number(self, mode: str, number: int) -> None:
        """Show how much waits in an area; 0 is not shown."""
        if number != self._numbers.get(mode, 0):
            self._numbers[mode] = number
            self.refresh()

    def render(self) -> Content:
        width = self.size.width
        house = Content.assemble((" azora " if not _NARROW <= width < _ROOMY else "azora", "bold $primary"), "  ")
        room = width - _MENU
        areas = None
        if width >= _NARROW:
            gaps = _GAPS if width >= _ROOMY else _GAPS[-1:]
            # The name of the house gives way before the areas do.
            areas = self._fitting_areas(gaps, room - house.cell_length) or self._fitting_areas((1, 0), room)
        areas = areas or self._one_area()
        left = house.append(areas) if house.cell_length + areas.cell_length <= room or len(self._areas) == 1 else areas
        name = Content(_fitting(self._account, width - left.cell_length - _MENU))
        right = Content.assemble(name, f" {self._menu} ") if self._account else Content("")
        right = right.stylize(Style.from_meta({"@click": "app.account"}))
        gap = max(1, width - left.cell_length - right.cell_length)
        return Content("").join([left, Content(" " * gap), right, Content("\n" + self._rule * width)])

    def _one_area(self) -> Content:
        """The word of the current one, which of them it is, and those in which something waits."""
        modes = [mode for mode, _ in self._areas]
        line = Content("")
        if self._current in modes:
            number = modes.index(self._current) + 1
            of = f"{'  ' if self._numbers.get(self._current) else ''} {number}/{len(self._areas)}"
            place = of if len(self._areas) > 1 else ""
            line = Content.assemble((self._word(), "bold"), self._number(self._current), place)
        for mode, word in self._areas:
            if mode != self._current and self._numbers.get(mode):
                line = Content.assemble(line, "   ", (word, ""), self._number(mode))
        return line

    def _fitting_areas(self, gaps: Sequence[int], room: int) -> Content | None:
        """Every area with the first of some gaps with which there is room for them."""
        if len(self._areas) == 1:
            return Content.assemble((self._word(), "bold underline $text"))
        return next((line for gap in gaps if (line := self._every_area(gap)).cell_length <= room), None)

    def _every_area(self, gap: int) -> Content:
        """Each with its key, and a gap between them: two cells at least behind what waits, or its number would read as
        the next one's key. Without a gap it is one cell everywhere."""
        line = Content("")
        between = ""
        for number, (mode, word) in enumerate(self._areas, start=1):
            style = "bold underline $text" if mode == self._current else ""
            click = Style.from_meta({"@click": f"app.go({mode!r})"})
            area = Content.assemble((f"{number} ", ""), (word, style)).stylize(click)
            line = Content.assemble(line, between, area, self._number(mode))
            between = " " * max(gap, 2 if gap and self._numbers.get(mode) else 1)
        return line

    def _number(self, mode: str) -> tuple[str, str]:
        number = self._numbers.get(mode)
        return (f" {number:,}", "bold $accent") if number else ("", "")

    def _word(self) -> str:
        return dict(self._areas)[self._current]


def _fitting(name: str, room: int) -> str:
    """As much of a name as there is room for: all of it, the first of several, or what they begin with."""
    words = name.split()
    initials = "".join(word[0] for word in words[:3])
    return next((each for each in (name, *words[:1], initials) if cells(each) <= room), "")
