"""A learner's own certificates."""

from collections.abc import Sequence
from dataclasses import dataclass

from azora_tui.credential_models import Credential, Sheet
from azora_tui.signs import Signs
from azora_tui.widgets.line import Row
from azora_tui.widgets.record_list import RecordList
from azora_tui.wording import day


@dataclass(frozen=True, slots=True)
class CertificateRow:
    """A certificate, and what stands on it."""

    credential: Credential
    sheet: Sheet


class CertificateList(RecordList[CertificateRow]):
    """Two lines a certificate: the course and whether it is valid, then the name on it, the day, the issuer."""

    def __init__(self, signs: Signs, *, id: str | None = None) -> None:
        super().__init__(rows_each=2, gap=1, cursor_sign=signs.cursor, id=id)
        self._signs = signs

    def draw_record(self, record: CertificateRow, index: int, width: int) -> Sequence[Row]:
        sheet = record.sheet
        facts = f" {self._signs.separator} ".join((sheet.holder, day(sheet.awarded), sheet.issuer))
        return [([(sheet.title, "title")], [state(record.credential, self._signs)]), ([(facts, "muted")], [])]


def state(credential: Credential, signs: Signs) -> tuple[str, str]:
    """(sign and word, role) of a certificate."""
    if credential.revoked_at is not None:
        return f"{signs.locked} revoked", "error"
    return f"{signs.done} valid", "done"
