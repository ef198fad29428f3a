"""Everything that lms.db holds of somebody, as files that they take along."""

from __future__ import annotations

import json
from itertools import chain
from typing import TYPE_CHECKING

from azora_tui.data import personal, personal_sheets
from azora_tui.formats import personal_files
from azora_tui.formats.records import csv_parts
from azora_tui.formats.words import from_words
from azora_tui.lms import notes
from azora_tui.lms.credentials.badge import document_of
from azora_tui.lms.credentials.did import from_base64url
from azora_tui.lms.service import check_claims
from azora_tui.models.departing import Taken
from azora_tui.text import clean
from azora_tui.wording.tasks import verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from azora_tui.data.personal_sheets import HandedIn, Said
    from azora_tui.data.transaction import Transaction
    from azora_tui.lms.service import Lms
    from azora_tui.models.accounts import Claims


def files(lms: Lms, claims: Claims) -> Iterator[Taken]:
    """What somebody reads, then every table that holds something of theirs; what is empty is left out.

    One view of the data, which is held until the last file was read. Raises `SessionError`.
    """
    check_claims(lms, claims)
    return _files(lms, claims)


def _files(lms: Lms, claims: Claims) -> Iterator[Taken]:
    user_id = claims.user_id
    if written := notes.as_markdown(lms, claims):
        yield Taken("notes.md", "Your notes and bookmarks", [written.encode()])
    with lms.database.read() as transaction:
        yield from _sheets(transaction, user_id)
        yield from _texts(transaction, user_id)
        for uuid, jwt in personal_sheets.certificates(transaction, user_id):
            yield from _certificate(uuid, jwt)
        person = {"user_id": user_id, "uuid": claims.user_uuid}
        yield from personal_files.table_files(transaction, "lms", personal.LMS, person)


def _sheets(transaction: Transaction, user_id: int) -> Iterator[Taken]:
    for sheet in personal_sheets.SHEETS:
        columns, found = personal_sheets.lines(transaction, sheet, user_id)
        if (first := next(found, None)) is not None:
            yield Taken(sheet.name, sheet.what, csv_parts(columns, chain([first], found)))
    quizzes = personal_sheets.quizzes(transaction, user_id)
    if (attempt := next(quizzes, None)) is not None:
        what = "Every quiz that you took: its questions as they were, and what you answered"
        yield Taken("quizzes.json", what, _objects(chain([attempt], quizzes)))


def _texts(transaction: Transaction, user_id: int) -> Iterator[Taken]:
    for number, work in enumerate(personal_sheets.handed_in(transaction, user_id), start=1):
        what = f"What you handed in for “{clean(work.title, keep_newlines=False)}”, version {work.version}"
        yield Taken(f"tasks/{number:03}.md", what, [_work(work).encode()])
    if drafts := personal_sheets.drafts(transaction, user_id):
        yield Taken("drafts.md", "What you are writing on tasks", [_said("My drafts", drafts).encode()])
    if said := personal_sheets.said(transaction, user_id):
        yield Taken("messages.md", "What teachers wrote to you, and what you announced", [_said("Said", said).encode()])


def _certificate(uuid: str, jwt: str) -> Iterator[Taken]:
    yield Taken(f"certificates/{uuid}.jwt", "A certificate as it was signed: this is what can be checked", [_line(jwt)])
    told = {"credential": document_of(json.loads(from_base64url(jwt.split(".")[1]))), "jwt": jwt}
    document = json.dumps(told, ensure_ascii=False, indent=2)
    yield Taken(f"certificates/{uuid}.json", "The same certificate, to be read", [_line(document)])


def _work(work: HandedIn) -> str:
    parts = [
        f"# {from_words(work.title)}, version {work.version}",
        f"*{from_words(work.course)}: {from_words(work.lesson)}. Handed in {work.handed_in_at}.*",
        clean(work.text),
    ]
    if work.answered_at is not None:
        parts += [f"## Answer of {work.answered_at}: {verdict(bool(work.accepted))}", clean(work.words or "")]
    return "\n\n".join(parts) + "\n"


def _said(title: str, found: Sequence[Said]) -> str:
    parts = [f"# {title}"]
    for each in found:
        parts += [f"## {from_words(each.heading)}", f"*{from_words(each.course)}, {each.at}*", clean(each.text)]
    return "\n\n".join(parts) + "\n"


def _objects(found: Iterable[dict[str, object]]) -> Iterator[bytes]:
    start = "["
    for each in found:
        yield f"{start}\n{json.dumps(each, ensure_ascii=False, indent=1)}".encode()
        start = ","
    yield b"\n]\n"


def _line(text: str) -> bytes:
    return f"{text}\n".encode()
