"""What scrolls, by the keys by which everything here scrolls."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll


class KeyScroll(VerticalScroll, inherit_bindings=False):
    """Scrolls while there is something more to see that way; after that a key is the page's again."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "scroll_down", "down", show=False, id="scroll.down"),
        Binding("up,k", "scroll_up", "up", show=False, id="scroll.up"),
        Binding("pagedown,space", "page_down", "page down", show=False, id="scroll.page_down"),
        Binding("pageup,b", "page_up", "page up", show=False, id="scroll.page_up"),
        Binding("home,g", "scroll_home", "top", show=False, id="scroll.top"),
        Binding("end,G", "scroll_end", "end", show=False, id="scroll.end"),
    ]

    def action_scroll_home(self) -> None:
        self.scroll_home(animate=False)

    def action_scroll_end(self) -> None:
        self.scroll_end(animate=False, immediate=True)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("scroll_down", "page_down", "scroll_end"):
            return self.scroll_offset.y < self.max_scroll_y
        if action in ("scroll_up", "page_up", "scroll_home"):
            return self.scroll_offset.y > 0
        return super().check_action(action, parameters)
