"""The QR code of a certificate, with the whole window to itself."""

from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.screen import Screen
from textual.widgets import Static

from azora_tui.screens.base import UP, ServiceAccess
from azora_tui.widgets.key_bar import KeyBar
from azora_tui.widgets.plain import plain
from azora_tui.widgets.qr_code import QrCode


class CertificateCodeScreen(ServiceAccess, Screen[None]):
    """Only the code, whole or not at all: a part of it is nothing to a camera."""

    CSS_PATH = "certificate_code.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [UP]

    _code = getters.query_one(QrCode)
    _room = getters.query_one("#room", Static)

    def __init__(self, modules: list[list[bool]]) -> None:
        super().__init__()
        self._modules = modules

    def compose(self) -> ComposeResult:
        with Container(id="wall"):
            yield QrCode(ascii_only=self.ascii_only, id="code")
            yield Static("", id="room", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        self._code.show(self._modules)
        self._fit()

    def on_resize(self) -> None:
        self._fit()

    def _fit(self) -> None:
        width, height = self._code.get_content_width(), self._code.get_content_height() + 1  # with the line of keys
        fits = self.size.width >= width and self.size.height >= height
        self._code.display = fits
        self._room.display = not fits
        self._room.update(
            plain(
                f"The code needs a window of {width} columns and {height} lines; this one has {self.size.width} and "
                f"{self.size.height}. It stands on the exported certificate too."
            )
        )

    def action_back(self) -> None:
        self.dismiss()
