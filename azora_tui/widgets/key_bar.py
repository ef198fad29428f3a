"""The line at the bottom: the keys that matter here, from the bindings themselves."""

from typing import Protocol, runtime_checkable

from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.style import Style

from azora_tui.widgets.clickable import Clickable

_MAX_KEYS = 6
_UNLIMITED = 10_000
_LAST = ("app.help", "app.quit")
_NAMES = {
    "escape": "esc", "question_mark": "?", "exclamation_mark": "!", "slash": "/", "greater_than_sign": ">",
    "less_than_sign": "<", "pagedown": "page down", "pageup": "page up", "left_square_bracket": "[",
    "right_square_bracket": "]",
}  # fmt: skip


@runtime_checkable
class ChoosesKeys(Protocol):
    """A screen that does not name every key that works on it."""

    def offers(self, action: str) -> bool: ...


def key_name(key: str) -> str:
    """A key as people write it: `question_mark` is `?`, `ctrl+q` stays."""
    return "+".join(_NAMES.get(part, part) for part in key.split("+"))


def screen_keys(screen: Screen[object]) -> list[tuple[list[str], Binding, bool]]:
    """Each described action of a screen, nearest first: (its keys, its binding, whether it can be done now)."""
    found: dict[tuple[int, str], tuple[list[str], Binding, bool]] = {}
    for active in screen.active_bindings.values():
        binding = active.binding
        if not (binding.description and binding.id):
            continue  # Textual's own
        if isinstance(screen, ChoosesKeys) and not screen.offers(binding.action):
            continue
        name = (id(active.node), binding.action)
        if name in found:
            found[name][0].append(key_name(binding.key))
        else:
            found[name] = ([key_name(binding.key)], binding, active.enabled)
    return list(found.values())


class KeyBar(Clickable):
    """At most six keys and what they do; each can be clicked."""

    DEFAULT_CSS = """
    KeyBar {
        dock: bottom;
        background: $panel;
        padding: 0 1;
    }
    """

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._update)
        self._update(self.screen)

    def on_resize(self) -> None:
        self._update(self.screen)

    def _update(self, screen: Screen[object]) -> None:
        if not self.is_attached or screen is not self.screen:
            return
        entries = [each for each in screen_keys(screen) if each[1].show]
        entries.sort(key=lambda each: (each[1].key != "enter", (each[1].id or "").startswith("app.")))
        by_id = {entry[1].id: entry for entry in entries}
        last = [by_id[id_] for id_ in _LAST if id_ in by_id]
        first = [each for each in entries if each not in last]
        first = first[: _MAX_KEYS - 1]
        help_ = [each for each in last if each[1].id == "app.help"]
        while first and _line([*first, *help_], _UNLIMITED).cell_length > self.size.width:
            first.pop()
        self.update(_line([*first, *last], self.size.width - 2), layout=False)


def _line(entries: list[tuple[list[str], Binding, bool]], width: int) -> Content:
    """The entries that fit; what leaves the program stands at the right end, where there is room for it."""
    line = Content("")
    for keys, binding, enabled in entries:
        click = Style.from_meta({"@click": f"app.simulate_key({binding.key!r})"})
        entry = Content.assemble(
            " ", (f"{keys[0]} ", "bold $primary" if enabled else "$text-disabled"), binding.description
        ).stylize(click)
        room = width - line.cell_length - entry.cell_length
        if binding.id == "app.quit":
            if room >= 2:
                line = line.append(" " * room).append(entry)
        elif room >= 0:
            line = line.append(entry).append("  ")
    return line
