"""One's own certificates."""

from operator import attrgetter
from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from azora_tui.errors import AzoraError
from azora_tui.lms.credentials import documents, issuing
from azora_tui.models.credentials import MyCredentials
from azora_tui.screens.base import UP, EnrollmentChanged
from azora_tui.screens.watching import WatchingPage
from azora_tui.widgets.certificate_list import CertificateList, CertificateRow
from azora_tui.widgets.empty_state import EmptyState
from azora_tui.widgets.plain import plain
from azora_tui.wording.numbers import counted


class CertificatesScreen(WatchingPage):
    """A list of certificates; enter opens one."""

    AREA = "learning"
    CSS_PATH = "certificates.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [UP]

    _list = getters.query_one("#certificates", CertificateList)
    _empty_state = getters.query_one("#empty-state", EmptyState)

    def __init__(self, *, area: str) -> None:
        super().__init__()
        self.AREA = area

    def compose_body(self) -> ComposeResult:
        yield Static("", id="scope", markup=False)
        yield Static("", id="message", markup=False)
        with Vertical(id="list-pane"):
            yield CertificateList(self.glyphs, id="certificates")
            yield EmptyState(self.glyphs, id="empty-state")

    def on_mount(self) -> None:
        self._list.focus()
        self._list.display = False
        self._show_scope(0)
        self._empty_state.wait("Reading your certificates …")

    def on_screen_resume(self) -> None:
        self._load()

    @work(exclusive=True, group="load")
    async def _load(self) -> None:
        try:
            mine = await self.ask(issuing.mine)
        except AzoraError as error:
            self._list.display = False
            self._empty_state.failed(f"{error} ctrl+r tries again.")
            return
        rows = [CertificateRow(each, documents.sheet(each)) for each in mine.credentials]
        self._list.show_again(rows, attrgetter("credential.id"))
        self._list.display = bool(rows)
        self._show_scope(len(rows))
        self._say_waiting(mine, anything=bool(rows))
        if rows:
            self._empty_state.hide()
            self._list.focus()
        elif mine.waiting:
            self._empty_state.empty(_waiting(mine))
        else:
            self._empty_state.empty("You have no certificate yet. Each course that you complete brings one.")
        self.refresh_bindings()

    def _show_scope(self, number: int) -> None:
        many = f"   {number:,}" if number else ""
        scope = Content.assemble(("Your certificates", "bold"), (many, "$text-muted"))
        self.query_one("#scope", Static).update(scope)

    def _say_waiting(self, mine: MyCredentials, *, anything: bool) -> None:
        words = _waiting(mine) if mine.waiting and anything else ""
        message = self.query_one("#message", Static)
        message.update(plain(words))
        message.set_class(bool(words), "-waiting")

    @on(CertificateList.Chosen)
    def _open(self, event: CertificateList.Chosen) -> None:
        from azora_tui.screens.certificate import CertificateScreen

        self.app.push_screen(CertificateScreen(event.record.credential.id, area=self.AREA))

    @on(EnrollmentChanged)
    def reload(self) -> None:
        self._load()


def _waiting(mine: MyCredentials) -> str:
    return f"{counted(mine.waiting, 'certificate')} cannot be signed yet. {mine.why}"
