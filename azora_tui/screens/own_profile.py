"""One's own profile: what is shown of oneself, and to whom."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Button, Static, TextArea

from azora_tui.errors import AzoraError, FieldError
from azora_tui.lms.together import profiles
from azora_tui.models.profiles import Profile
from azora_tui.screens.base import UP, EnrollmentChanged
from azora_tui.screens.watching import WatchingPage
from azora_tui.text import clean
from azora_tui.widgets.empty_state import EmptyState
from azora_tui.widgets.form import Field, Form
from azora_tui.widgets.key_scroll import KeyScroll
from azora_tui.widgets.plain import plain
from azora_tui.widgets.plain_text_area import PlainTextArea
from azora_tui.widgets.quick_button import QuickButton
from azora_tui.wording import profiles as words

_TEXTS = ("display_name", "learning", "helping")


class OwnProfileScreen(WatchingPage):
    """A form; nothing of it is kept, and nothing shown, before it says so."""

    CSS_PATH = "own_profile.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,ctrl+o", "keep", "keep it", priority=True, id="own_profile.keep"),
        UP,
    ]

    _form = getters.query_one(Form)
    _about = getters.query_one("#own-about", TextArea)
    _empty_state = getters.query_one("#empty-state", EmptyState)

    def __init__(self, *, area: str = "home") -> None:
        super().__init__()
        self.AREA = area
        self._kept: Profile | None = None
        self._is_open = False
        self._helps = False
        self._warned = False

    def compose_body(self) -> ComposeResult:
        with KeyScroll(id="own-sheet", can_focus=False):
            yield Static("", id="message", markup=False)
            with Form():
                yield self._switch("own-open")
                yield Static("", id="own-shown", classes="note", markup=False)
                yield Field("Name that others see", "display_name")
                yield Field("What you learn", "learning", placeholder="knots, and how bees find home")
                yield Field("What you can help with", "helping", placeholder="reading maps")
            yield Static("A few lines", classes="label", markup=False)
            yield PlainTextArea(
                soft_wrap=True,
                tab_behavior="focus",
                show_line_numbers=False,
                highlight_cursor_line=False,
                compact=True,
                id="own-about",
            )
            yield Static("", id="about-note", classes="note", markup=False)
            yield self._switch("own-helps")
            with Horizontal(id="own-buttons"):
                yield QuickButton("Keep it", id="own-keep", compact=True)
            yield Static(words.NEVER_SHOWN, classes="note", markup=False)
        yield EmptyState(self.glyphs, id="empty-state")

    @staticmethod
    def _switch(id: str) -> QuickButton:
        switch = QuickButton("", id=id, compact=True, classes="quiet switch")
        switch.active_effect_duration = 0  # its words change at once; that is effect enough
        return switch

    def on_mount(self) -> None:
        self.query_one("#own-sheet").display = False
        self._empty_state.wait("Opening your profile …")
        self._load()

    @work(exclusive=True, group="load")
    async def _load(self) -> None:
        try:
            own = await self.ask(profiles.mine)
        except AzoraError as error:
            self.query_one("#own-sheet").display = False
            self._empty_state.failed(f"{error} ctrl+r tries again.")
            return
        if self._kept is None or not self._is_changed:
            self._show(own)
        self._empty_state.hide()
        self.query_one("#own-sheet").display = True
        if self.focused is None and self.is_current:
            self.set_focus(self.query_one("#own-open"))

    def _show(self, own: Profile) -> None:
        lines: dict[str, Any] = {name: clean(getattr(own, name), keep_newlines=False) for name in _TEXTS}
        own = replace(own, about=clean(own.about), **lines)
        self._kept, self._is_open, self._helps = own, own.is_open, own.helps
        for name in _TEXTS:
            field = self._form.fields[name]
            if field.value != getattr(own, name):
                field.input.value = getattr(own, name)
        self._form.fields["display_name"].input.placeholder = words.name_of(own.name)
        if self._about.text != own.about:
            self._about.load_text(own.about)
        self._show_switches()

    def _show_switches(self) -> None:
        shown, helps = words.own_switches(is_open=self._is_open, helps=self._helps)
        for id, on_, text in (("#own-open", self._is_open, shown), ("#own-helps", self._helps, helps)):
            sign = self.glyphs.done if on_ else self.glyphs.new
            self.query_one(id, Button).label = Content(f"{sign} {text}")
        self.query_one("#own-shown", Static).update(words.IS_SHOWN[self._is_open])

    @property
    def _written(self) -> dict[str, Any]:
        """What stands in the form."""
        texts = {name: self._form.fields[name].value for name in _TEXTS}
        return {**texts, "about": self._about.text, "is_open": self._is_open, "helps": self._helps}

    @property
    def _changes(self) -> dict[str, Any]:
        """What stands there otherwise than it was loaded; what another window changed meanwhile stays."""
        return {name: text for name, text in self._written.items() if text != getattr(self._kept, name)}

    @property
    def _is_changed(self) -> bool:
        return self._kept is not None and bool(self._changes)

    @on(Button.Pressed, "#own-open")
    def _turn_open(self) -> None:
        self._is_open = not self._is_open
        self._edited()
        self._show_switches()

    @on(Button.Pressed, "#own-helps")
    def _turn_helps(self) -> None:
        self._helps = not self._helps
        self._edited()
        self._show_switches()

    @on(TextArea.Changed)
    def _edited(self) -> None:
        self._warned = False

    @on(Form.Submitted)
    def _on_from_the_last_field(self) -> None:
        self.set_focus(self._about)

    @on(Button.Pressed, "#own-keep")
    def _keep_pressed(self) -> None:
        self.action_keep()

    @work(exclusive=True, group="keep")
    async def action_keep(self) -> None:
        if self._kept is None:
            return
        for field in self._form.fields.values():
            field.right()
        self.query_one("#about-note", Static).update("")
        try:
            own = await self.ask(profiles.change, **self._changes)
        except FieldError as error:
            self._refuse(error)
        except AzoraError as error:
            self._say(str(error), failed=True)
        else:
            self._show(own)
            shown, _ = words.own_switches(is_open=own.is_open, helps=own.helps)
            self._say(f"{self.glyphs.done} Kept. {shown}.")

    def _refuse(self, error: FieldError) -> None:
        self._say("")
        if error.field in self._form.fields:
            self._form.refuse(error)
        else:
            self.query_one("#about-note", Static).update(plain(str(error)))
            self.set_focus(self._about)

    def action_back(self) -> None:
        """What was written is not lost by one key."""
        if self._is_changed and not self._warned:
            self._warned = True
            self._say("esc again leaves without keeping what you changed. ctrl+s keeps it.")
        else:
            super().action_back()

    @on(EnrollmentChanged)
    def reload(self) -> None:
        self._load()

    def _say(self, sentence: str, *, failed: bool = False) -> None:
        message = self.query_one("#message", Static)
        message.update(plain(sentence))
        message.set_class(failed, "-failed")
        message.display = bool(sentence)
        self.query_one("#own-sheet").scroll_home(animate=False)
