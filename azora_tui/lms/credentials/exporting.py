"""A certificate as a file, in each of its forms."""

import json
from pathlib import Path
from typing import Literal, get_args

from azora_tui.errors import RefusedError
from azora_tui.lms.credentials import documents
from azora_tui.lms.credentials.issuing import find
from azora_tui.lms.service import Lms
from azora_tui.models.accounts import Claims
from azora_tui.paths import replace_file

Form = Literal["pdf", "png", "svg", "jwt", "json", "bundle"]
FORMS: tuple[Form, ...] = get_args(Form)
NOT_TEXT: tuple[Form, ...] = ("pdf", "png")


def export(lms: Lms, claims: Claims, word: str, form: Form, *, paper: Literal["a4", "letter"] = "a4") -> bytes:
    """The content of a file of the learner's own certificate.

    Raises `NotFoundError`; for a bundle `KeyUnavailableError`, for a PDF `RefusedError` where its extra is missing.
    """
    found = find(lms, claims, word)
    if form == "jwt":
        return f"{found.jwt}\n".encode("ascii")
    if form in ("json", "bundle"):
        document = documents.readable(found) if form == "json" else documents.bundle(lms, claims, found.uuid)
        return f"{json.dumps(document, ensure_ascii=False, indent=2)}\n".encode()
    sheet = documents.sheet(found)
    if form == "pdf":
        from azora_tui.formats.certificate_pdf import pdf

        return pdf(sheet, found.jwt, paper=paper)
    from azora_tui.formats import certificate_pictures

    return (certificate_pictures.png if form == "png" else certificate_pictures.svg)(sheet, found.jwt)


def write(path: Path, content: bytes) -> None:
    """Write a file, whole or not at all, for its owner alone until they give it away. Raises `RefusedError`."""
    try:
        replace_file(path, content)
    except OSError as error:
        raise RefusedError("file_not_written", path=path, reason=error.strerror) from error
