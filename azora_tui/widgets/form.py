"""Forms: labelled inputs, each with a line for what is wrong with it, and one way through them."""

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Button, Input, Label, Static

from azora_tui.errors import FieldError
from azora_tui.widgets.plain import PlainInput, plain


class Field(Vertical):
    """A labelled input. `name` is the field's name in `FieldError`."""

    DEFAULT_CSS = """
    Field {
        height: auto;
        & Label { color: $text-muted; }
        & Input {
            height: 1;
            border: none;
            border-left: outer $border-blurred;
            padding: 0 1;
            background: $surface;
            color: $text;
            &:focus { border: none; border-left: outer $primary; background: $panel; }
            & > .input--placeholder { color: $text-disabled; }
        }
        & .field-note { height: 1; color: $text-muted; }
        &.-wrong .field-note { color: $error; }
    }
    """

    class Refused(Message):
        """What was written cannot be taken."""

    def __init__(
        self, label: str, name: str, *, password: bool = False, placeholder: str = "", note: str = "", value: str = ""
    ) -> None:
        super().__init__(name=name, id=f"field-{name}")
        self._label = label
        self._note = note
        self.is_password = password
        self._input = PlainInput(value, password=password, placeholder=placeholder, select_on_focus=False)

    def compose(self) -> ComposeResult:
        yield Label(self._label, markup=False)
        yield self._input
        yield Static(self._note, classes="field-note", markup=False)

    @property
    def value(self) -> str:
        return self._input.value

    @property
    def input(self) -> Input:
        return self._input

    def wrong(self, sentence: str) -> None:
        """Say what is wrong under the field, and stand in it with its text selected."""
        self.mark(sentence)
        self._input.focus()
        self._input.select_all()

    def turn_password(self) -> None:
        """Show what is typed instead of dots, or hide it again."""
        if self.is_password:
            self._input.password = not self._input.password

    def hide_password(self) -> None:
        self._input.password = self.is_password

    def explain(self, note: str) -> None:
        """Say something under the field from now on, wherever nothing is wrong."""
        self._note = note
        self.right()

    def mark(self, sentence: str) -> None:
        """Say what is wrong under the field."""
        self._say(sentence, wrong=True)
        self.post_message(self.Refused())

    @property
    def is_wrong(self) -> bool:
        return self.has_class("-wrong")

    def right(self) -> None:
        self._say(self._note, wrong=False)

    def _say(self, sentence: str, *, wrong: bool) -> None:
        self.set_class(wrong, "-wrong")
        note = self.query_one(".field-note", Static)
        note.update(plain(sentence))
        note.styles.height = "auto" if wrong else 1


class Form(Vertical):
    """Fields and buttons. Enter goes on to the next field, and from the last one submits.

    Its keys have priority: they act before later keys are handed to a widget, so that who types ahead of a slow
    line is understood.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", "go on", priority=True, id="form.go_on"),
        Binding("tab", "app.focus_next", "next", priority=True, id="form.next"),
        Binding("ctrl+t", "turn_passwords", "show", id="form.show_password"),
        Binding("shift+tab", "app.focus_previous", "previous", priority=True, show=False, id="form.previous"),
    ]
    DEFAULT_CSS = """
    Form { height: auto; }
    Form Horizontal { height: 1; margin-top: 1; }
    """

    class Submitted(Message):
        """The last field was left with enter, or the form's main button was pressed."""

    @property
    def fields(self) -> dict[str, Field]:
        return {str(field.name): field for field in self.query(Field)}

    def action_go_on(self) -> None:
        focused = self.screen.focused
        inputs = [field.input for field in self.query(Field)]
        if isinstance(focused, Button):
            focused.press()
        elif focused in inputs[:-1]:
            # Not `focus()`, which waits its turn behind keys that have already come.
            self.screen.set_focus(inputs[inputs.index(focused) + 1])
        else:
            self.submit()

    def action_turn_passwords(self) -> None:
        for field in self.query(Field):
            field.turn_password()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "turn_passwords":
            return any(field.is_password and field.input.has_focus for field in self.query(Field))
        return super().check_action(action, parameters)

    def submit(self) -> None:
        for field in self.query(Field):
            field.right()
        self.post_message(self.Submitted())

    def refuse(self, error: FieldError) -> None:
        """Say in its field what cannot be taken."""
        self.fields[error.field].wrong(str(error))

    def refuse_all(self, faults: Mapping[str, str]) -> None:
        """Say under each field what is wrong with it, by name, and stand in the first of them."""
        wrong = [field for name, field in self.fields.items() if name in faults]
        for field in wrong[1:]:
            field.mark(faults[str(field.name)])
        for field in wrong[:1]:
            field.wrong(faults[str(field.name)])

    def clear(self) -> None:
        """Leave no password in a form that is done with."""
        for field in self.query(Field):
            field.input.value = ""
            field.hide_password()
