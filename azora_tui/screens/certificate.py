"""A certificate, as it would hang on a wall."""

from pathlib import Path
from typing import ClassVar

from rich.table import Table
from rich.text import Text
from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from azora_tui.errors import AzoraError
from azora_tui.formats import qr
from azora_tui.lms.credentials import documents, exporting, issuing
from azora_tui.models.credentials import Credential, Sheet, Shown
from azora_tui.screens.base import UP, EnrollmentChanged
from azora_tui.screens.certificate_dialogs import ExportDialog, NameDialog
from azora_tui.screens.watching import WatchingPage
from azora_tui.text import clean
from azora_tui.widgets.band import Band
from azora_tui.widgets.certificate_list import state
from azora_tui.widgets.empty_state import EmptyState
from azora_tui.widgets.key_scroll import KeyScroll
from azora_tui.widgets.plain import plain, plain_line
from azora_tui.widgets.qr_code import QrCode
from azora_tui.wording.dates import day


class Wall(KeyScroll):
    """What the certificate hangs on: scrolls where the window is lower than it."""


class CertificateScreen(WatchingPage):
    """One certificate: the name, the course, the day, the issuer, what its holder can do, and its QR code."""

    CSS_PATH = "certificate.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x", "export", "export", id="certificate.export"),
        Binding("n", "name", "name on it", id="certificate.name"),
        Binding("q", "code", "QR code", id="certificate.code"),
        UP,
    ]

    _empty_state = getters.query_one("#empty-state", EmptyState)
    _wall = getters.query_one("#wall", Wall)
    _outcomes = getters.query_one("#outcomes", Static)

    def __init__(self, credential_id: int, *, area: str) -> None:
        super().__init__()
        self.AREA = area
        self._number = credential_id
        self._credential: Credential | None = None
        self._modules: list[list[bool]] = []

    def compose_body(self) -> ComposeResult:
        yield EmptyState(self.glyphs, id="empty-state")
        with Wall(id="wall"):
            yield Band(self.glyphs.band_top, id="above")
            with Horizontal(id="columns"):
                with Vertical(id="words"):
                    yield Static("", id="holder", markup=False)
                    yield Static("has completed", id="verb", markup=False)
                    yield Static("", id="course", markup=False)
                    yield Static("", id="facts", markup=False)
                    yield Static("", id="state", markup=False)
                    yield Static("", id="outcomes", markup=False)
                    yield Static("", id="fingerprint", markup=False)
                yield QrCode(ascii_only=self.ascii_only, id="code")
            yield Band(self.glyphs.band_bottom, id="below")
        yield Static("", id="message", markup=False)

    def on_mount(self) -> None:
        self.set_class(self.ascii_only, "-ascii")  # its code is twice as wide
        self._wall.display = False
        self._empty_state.wait("Reading your certificate …")
        self._load()

    @work(exclusive=True, group="load")
    async def _load(self) -> None:
        try:
            self._credential = await self.ask(issuing.find, str(self._number))
        except AzoraError as error:
            self._wall.display = False
            self._empty_state.failed(f"{error} ctrl+r tries again.")
            return
        sheet = documents.sheet(self._credential)
        self._modules = await self.services.in_thread(qr.modules, sheet.reference)
        self._empty_state.hide()
        self._show(self._credential, sheet)
        self.query_one(QrCode).show(self._modules)
        wall = self._wall
        wall.display = True
        self.set_focus(wall)
        self.refresh_bindings()

    def _show(self, credential: Credential, sheet: Sheet) -> None:
        self.query_one("#holder", Static).update(plain_line(sheet.holder))
        self.query_one("#course", Static).update(plain_line(sheet.title))
        issued = f"on {day(sheet.awarded)}, issued by {sheet.issuer}"
        self.query_one("#facts", Static).update(plain_line(issued))
        words, role = state(credential, self.glyphs)
        if credential.revoked_at is not None:
            words += f" on {day(credential.revoked_at)}. {credential.reason or ''}"
        shown = self.query_one("#state", Static)
        shown.update(plain_line(words))
        shown.set_class(role == "error", "-revoked")
        outcomes = Table.grid(padding=(0, 1, 0, 0))  # so that each stands beside its bullet, not under it
        for outcome in sheet.outcomes:
            outcomes.add_row(self.glyphs.bullet, Text(clean(outcome)))
        self._outcomes.update(outcomes)
        self._outcomes.display = bool(sheet.outcomes)
        fingerprint = Content.assemble(("Fingerprint ", "$text-muted"), clean(sheet.fingerprint))
        self.query_one("#fingerprint", Static).update(fingerprint)

    @on(EnrollmentChanged)
    def reload(self) -> None:
        self._load()

    def action_export(self) -> None:
        if self._credential is not None:
            title = documents.sheet(self._credential).title
            self.app.push_screen(ExportDialog(title, self._export), self._exported)

    async def _export(self, path: Path, form: exporting.Form) -> None:
        content = await self.ask(exporting.export, str(self._number), form)
        await self.services.in_thread(exporting.write, path, content)

    def _exported(self, path: Path | None) -> None:
        if path is not None:
            self._say(f"{self.glyphs.done} Your certificate is in {path}.")

    def action_code(self) -> None:
        from azora_tui.screens.certificate_code import CertificateCodeScreen

        self.app.push_screen(CertificateCodeScreen(self._modules))

    @work(exclusive=True, group="act")
    async def action_name(self) -> None:
        try:
            shown = await self.ask(issuing.choice)
        except AzoraError as error:
            self._say(str(error))
            return
        self.app.push_screen(NameDialog(shown, self.account_name, self._make_out), self._made_out)

    async def _make_out(self, shown: Shown) -> Credential:
        return await self.ask(issuing.show_as, self._number, shown)

    def _made_out(self, made: Credential | None) -> None:
        if made is not None:
            self._number = made.id
            self._say(f"{self.glyphs.done} Issued again; the old one is revoked.")
            self._load()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "code":
            return bool(self._modules)
        if action == "export":
            return self._credential is not None
        if action == "name":
            return self._credential is not None and self._credential.revoked_at is None
        return super().check_action(action, parameters)

    def _say(self, words: str) -> None:
        message = self.query_one("#message", Static)
        message.update(plain(words))
        message.display = True
