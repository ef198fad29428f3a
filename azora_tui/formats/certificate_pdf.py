"""A certificate for the wall: one page, with the signed certificate attached. Needs the extra `pdf`."""

from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Literal
from unicodedata import category

from azora_tui.errors import RefusedError
from azora_tui.formats import qr
from azora_tui.formats.certificate_pictures import CLAY, GOLD, GREEN, INK, MUTED
from azora_tui.models.credentials import Sheet
from azora_tui.wording.dates import day

if TYPE_CHECKING:
    from fpdf import FPDF

Paper = Literal["a4", "letter"]

# What is printed in, and what stands in for letters that it does not have: family, style, package, file, weight.
_FONTS: tuple[tuple[str, Literal["", "B"], str, str, float | None], ...] = (
    ("text", "", "fontpkg_noto_serif", "NotoSerif[wdth,wght].ttf", None),
    ("text", "B", "fontpkg_noto_serif", "NotoSerif[wdth,wght].ttf", 700),
    ("arabic", "", "fontpkg_amiri", "Amiri-Regular.ttf", None),
    ("arabic", "B", "fontpkg_amiri", "Amiri-Bold.ttf", None),
    ("hebrew", "", "fontpkg_frank_ruhl_libre", "FrankRuhlLibre[wght].ttf", None),
)
_JOINERS = "\u200c\u200d\ufe0e\ufe0f"
_MARGIN = 24.0
_BAND = 5.0
_POINT = 0.3528
"""Millimetres in a typographic point."""


def pdf(sheet: Sheet, token: str, *, paper: Paper = "a4") -> bytes:
    """The page, in landscape.

    Raises `RefusedError` where the extra `pdf` is not installed, or its fonts lack letters that stand on the page.
    """
    try:
        import uharfbuzz  # noqa: F401  # fpdf2 does without it, but then sets no Arabic
        from fpdf import FPDF

        document = FPDF(orientation="landscape", unit="mm", format=paper)
        _add_fonts(document)
    except ImportError:
        raise RefusedError("pdf_extra_missing") from None
    _check_letters(document, sheet)
    document.set_auto_page_break(False)
    document.set_margin(_MARGIN)
    document.set_title(f"Certificate: {sheet.title}")
    document.set_author(sheet.issuer)
    document.set_subject(f"{sheet.holder}, {day(sheet.awarded)}")
    document.set_lang(sheet.language)
    document.set_creation_date(sheet.awarded)
    document.add_page()
    _band(document, 12, up=True)
    _band(document, document.h - 12 - _BAND, up=False)
    _words(document, sheet)
    _code(document, sheet.reference, left=document.w - _MARGIN - 34, top=document.h - 24 - 34, side=34)
    document.embed_file(
        basename="certificate.jwt", bytes=token.encode("ascii"), desc="The signed certificate (Open Badges 3.0)",
        creation_date=sheet.awarded, modification_date=sheet.awarded,
    )  # fmt: skip
    return bytes(document.output())


def _add_fonts(document: "FPDF") -> None:
    for family, style, package, name, weight in _FONTS:
        with as_file(files(package) / "files" / name) as path:
            document.add_font(family, style, path, variations=None if weight is None else {"wght": weight})
    document.set_fallback_fonts(["arabic", "hebrew"], exact_match=False)
    document.set_text_shaping(True)


def _printable(document: "FPDF", text: str) -> str:
    """A text without what none of the fonts has: an emoji would leave a hole in a name."""
    left = "".join(each for each in text if _is_known(document, each))
    return " ".join(word for word in left.split() if word.strip(_JOINERS))


def _check_letters(document: "FPDF", sheet: Sheet) -> None:
    """Emoji can be left out; a name without its letters is nobody's."""
    for text in (sheet.holder, sheet.title, sheet.issuer, *sheet.outcomes):
        lacking = any(_is_letter(each) and not _is_known(document, each) for each in text)
        if lacking or not _printable(document, text):
            raise RefusedError("pdf_font_missing", text=text)


def _is_letter(character: str) -> bool:
    """Or a digit, or a mark on a letter; the marks of emoji are none."""
    kind = category(character)
    return kind[0] in "LMN" and kind != "Me" and character not in _JOINERS


def _is_known(document: "FPDF", character: str) -> bool:
    return any(ord(character) in getattr(font, "cmap", {}) for font in document.fonts.values())


def _words(document: "FPDF", sheet: Sheet) -> None:
    width = document.w - 2 * _MARGIN
    document.set_y(26)
    _line(document, "Certificate", 15, MUTED)
    document.set_y(document.get_y() + 5)
    _fitted(document, sheet.holder, width, sizes=range(34, 9, -2), room=30)
    document.set_y(document.get_y() + 3)
    _line(document, "has completed", 13, MUTED)
    document.set_y(document.get_y() + 3)
    _fitted(document, sheet.title, width, sizes=range(25, 9, -1), room=24)
    document.set_y(document.get_y() + 7)
    _outcomes(document, sheet, width)
    document.set_xy(_MARGIN, document.h - 38)
    _line(document, f"{day(sheet.awarded)} · {sheet.issuer}"[:90], 12, INK, align="L")
    document.set_x(_MARGIN)
    _line(document, sheet.fingerprint, 8, MUTED, align="L")


def _outcomes(document: "FPDF", sheet: Sheet, width: float) -> None:
    """As many as there is room for, in the largest letters in which all have room."""
    left, room = _MARGIN + 12, document.h - 46 - document.get_y()
    lines = [_printable(document, outcome) for outcome in sheet.outcomes]
    width -= 64  # the code stands beside them

    def height(size: float) -> float:
        document.set_font("text", "", size)
        step = size * _POINT * 1.45
        return sum(step * len(_broken(document, line, width, step)) for line in lines)

    size = next((each for each in (13, 12, 11, 10, 9, 8, 7) if height(each) <= room), 7)
    while lines and height(size) > room:
        lines.pop()
    document.set_font("text", "", size)
    document.set_text_color(INK)
    step = size * _POINT * 1.45
    for line in lines:
        document.set_x(left - 5)
        document.cell(5, step, "•")
        document.multi_cell(width, step, line, align="L", new_x="LEFT", new_y="NEXT")


def _fitted(document: "FPDF", text: str, width: float, *, sizes: range, room: float) -> None:
    """A text in bold, in the largest size in which it has room, centred."""
    text = _printable(document, text)
    for size in sizes:
        document.set_font("text", "B", size)
        step = size * _POINT * 1.3
        lines = _broken(document, text, width, step)
        if len(lines) * step <= room:
            break
    document.set_text_color(INK)
    document.set_x(_MARGIN)
    document.multi_cell(width, step, text, align="C", new_x="LEFT", new_y="NEXT")


def _broken(document: "FPDF", text: str, width: float, step: float) -> list[str]:
    lines = document.multi_cell(width, step, text, dry_run=True, output="LINES")
    assert isinstance(lines, list)  # what was asked for
    return lines


def _line(document: "FPDF", text: str, size: int, colour: str, *, align: str = "C") -> None:
    document.set_font("text", "", size)
    document.set_text_color(colour)
    width = document.w - 2 * _MARGIN
    document.cell(width, size * _POINT * 1.4, _printable(document, text), align=align, new_x="LMARGIN", new_y="NEXT")


def _band(document: "FPDF", top: float, *, up: bool) -> None:
    base, tip = (top + _BAND, top) if up else (top, top + _BAND)
    left = _MARGIN
    count = int((document.w - 2 * _MARGIN) / (2 * _BAND))
    left += (document.w - 2 * _MARGIN - count * 2 * _BAND) / 2
    for number in range(count):
        document.set_fill_color((GOLD, CLAY, GREEN)[number % 3])
        x = left + number * 2 * _BAND
        document.polygon([(x, base), (x + _BAND, tip), (x + 2 * _BAND, base)], style="F")


def _code(document: "FPDF", text: str, *, left: float, top: float, side: float) -> None:
    code = qr.modules(text)
    module = side / len(code)
    document.set_fill_color(INK)
    for row, cells in enumerate(code):
        for column, dark in enumerate(cells):
            if dark:
                document.rect(left + column * module, top + row * module, module + 0.02, module + 0.02, style="F")
