"""The palette: every command of a page, found as one types."""

from collections.abc import Iterator
from typing import Any

from textual.app import SystemCommand
from textual.command import CommandPalette, SearchIcon
from textual.screen import Screen

from azora_tui.screens.base import Page, SkipWhenPruned
from azora_tui.tui.themes import THEME_NAMES
from azora_tui.widgets.key_bar import screen_keys

# Keys that only move are learnt from the help; among the commands they would hide what can be done.
_MOVES = (
    "list.", "reader.", "scroll.", "home.down", "home.up", "home.top", "home.end", "home.page_", "app.palette",
)  # fmt: skip


class Palette(SkipWhenPruned, CommandPalette):
    """Textual's own, that a quick key may close again, with a sign of one cell in place of its emoji."""

    def on_mount(self) -> None:
        self.query_one(SearchIcon).icon = "/"


def commands(app: Any, screen: Screen[Any]) -> Iterator[SystemCommand]:
    """Every key that works on a page of the app, and what has no key."""
    for keys, binding, enabled in screen_keys(screen):
        if enabled and binding.id and (binding.show or not binding.id.startswith(_MOVES)):
            key, does = binding.key, binding.description.capitalize()
            if isinstance(screen, Page) and (subject := screen.subject(binding.action)):
                does = f"{does}: {subject}"
            yield SystemCommand(does, f"key: {', '.join(keys)}", lambda key=key: app.simulate_key(key))
    for name, words in THEME_NAMES.items():
        yield SystemCommand(f"Theme: {words}", "How everything looks", lambda name=name: setattr(app, "theme", name))
    yield SystemCommand("About azora", "Version, licence, where your data lies", app.action_about)
    yield SystemCommand("Choose a theme", "See each before you keep it", app.action_change_theme)
    if app.services.claims is not None:
        yield SystemCommand(
            "Import a course", "From a folder, an archive or a file, of many formats", app.action_import_course
        )
        yield SystemCommand("Find people", "Learners who show a profile", app.action_people)
        yield SystemCommand("Your profile", "What others see of you, and whether they do", app.action_profile)
        yield SystemCommand(
            "Your connections", "Who asked you, whom you know, whom you blocked", app.action_connections
        )
        yield SystemCommand("Change password", "Ends every other session of yours", app.action_change_password)
        yield SystemCommand("Sign out", "Your work stays", app.action_sign_out)
