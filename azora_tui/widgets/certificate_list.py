"""A learner's own certificates."""

from collections.abc import Sequence
from dataclasses import dataclass

from azora_tui.glyphs import Glyphs
from azora_tui.models.credentials import Credential, Sheet
from azora_tui.widgets.line import Row
from azora_tui.widgets.record_list import RecordList
from azora_tui.wording.dates import day


@dataclass(frozen=True, slots=True)
class CertificateRow:
    """A certificate, and what stands on it."""

    credential: Credential
    sheet: Sheet


class CertificateList(RecordList[CertificateRow]):
    """Two lines a certificate: the course and whether it is valid, then the name on it, the day, the issuer."""

    def __init__(self, glyphs: Glyphs, *, id: str | None = None) -> None:
        super().__init__(rows_each=2, gap=1, cursor_sign=glyphs.cursor, id=id)
        self._glyphs = glyphs

    def draw_record(self, record: CertificateRow, index: int, width: int) -> Sequence[Row]:
        sheet = record.sheet
        facts = f" {self._glyphs.separator} ".join((sheet.holder, day(sheet.awarded), sheet.issuer))
        return [([(sheet.title, "title")], [state(record.credential, self._glyphs)]), ([(facts, "muted")], [])]


def state(credential: Credential, glyphs: Glyphs) -> tuple[str, str]:
    """(sign and word, role) of a certificate."""
    if credential.revoked_at is not None:
        return f"{glyphs.locked} revoked", "error"
    return f"{glyphs.done} valid", "done"
