"""The bare Textual apps to measure against: `python -m benchmarks.bare form|input`."""

import sys

from textual.app import App, ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Input, Label, Static


class BareForm(App[None]):
    """The sign-in form's widgets, kind by kind and one for one, as Textual has them."""

    CSS = """
    Vertical, Horizontal { height: auto; }
    #bottom { dock: bottom; }
    """

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static("◢◣" * 30)
            with Vertical():
                yield Static("azora")
                yield Static("ngiyakwazi ngoba sikwazi · I can because we can")
                yield Static("")
                for label, password in (("E-mail", False), ("Password", True)):
                    with Vertical():
                        yield Label(label)
                        yield Input(placeholder=label, password=password)
                        yield Static("")
                with Horizontal():
                    yield Button("Sign in")
                    yield Button("Create an account")
                    yield Button("Forgot it?")
                yield Static("Everything you do here stays on this computer.")
            yield Static("◥◤" * 30)
        yield Static("enter go on   tab next   ctrl+n new account   ? help   ctrl+q quit", id="bottom")


class BareInput(App[None]):
    """One `Input`."""

    def compose(self) -> ComposeResult:
        yield Input()


if __name__ == "__main__":
    {"form": BareForm, "input": BareInput}[sys.argv[1]]().run()
