"""School: the people of this school, for its admin."""

from textual.app import ComposeResult
from textual.widgets import Static

from azora_tui.screens.base import Page


class SchoolScreen(Page):
    """Who has an account here, and what each may do."""

    AREA = "school"

    def compose_body(self) -> ComposeResult:
        yield Static("The people of this school.")
