"""A certificate as a page and as pictures: what stands on it, whatever the name."""

import sys
import zlib
from dataclasses import replace
from datetime import UTC, datetime
from re import findall, search
from typing import Any
from xml.etree import ElementTree

import pytest

from azora_tui.errors import RefusedError
from azora_tui.formats import baking, certificate_pdf, certificate_pictures, qr
from azora_tui.models.credentials import Sheet

SHEET = Sheet(
    title="At Home in the Terminal",
    holder="Thandi Nkosi",
    issuer="Azora",
    awarded=datetime(2026, 11, 22, tzinfo=UTC),
    outcomes=tuple(f"Do the thing of number {number}, and know why it is done" for number in range(1, 40)),
    fingerprint="b591 deba ee0d 5611 07e7 d5cc fef2 73f4",
    reference="URN:UUID:701E75BB-4319-498B-AD7B-525489012B62 SHA256:B591DEBAEE0D561107E7D5CCFEF273F4",
    language="en",
)
TOKEN = "header.payload.signature"
NAMES = {
    "long": "Nombulelo Wilhelmina " * 14,
    "one-word": "N" * 300,
    "arabic": "فاطمة الزهراء بنت محمد",
    "hebrew": "שרה לוי",
    "clicks": "ǃNaruseb ǁGaroëb",
    "emoji": "🌍 Zola 👩🏽‍🌾",
    "markup": '<b>&"Thandi"</b>',
}


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("name", ["long", "arabic"])
def test_a_pdf_is_one_page_of_its_size_with_the_certificate_in_it(name: str, paper: certificate_pdf.Paper) -> None:
    page = certificate_pdf.pdf(replace(SHEET, holder=NAMES[name]), TOKEN, paper=paper)
    assert len(findall(rb"/Type /Page\b", page)) == 1
    size = {"a4": (841.89, 595.28), "letter": (792.0, 612.0)}[paper]
    box = search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", page)
    assert box is not None
    assert tuple(map(float, box.groups())) == pytest.approx(size, abs=0.1)
    assert TOKEN.encode() in page
    assert b"certificate.jwt" in page


@pytest.fixture(scope="module")
def document() -> Any:
    """A page with all fonts, which take seconds to load."""
    fpdf = pytest.importorskip("fpdf")
    document = fpdf.FPDF()
    certificate_pdf._add_fonts(document)
    document.add_page()
    return document


def test_the_letters_of_an_arabic_name_are_joined_and_run_from_right_to_left(document: Any) -> None:
    """Each letter has another glyph where it stands joined; a font that is only looked up would show them apart."""
    document.set_font("text", "", 20)
    apart, joined = (document.get_string_width(each) for each in ("ف ا ط م ة", "فاطمة"))
    assert joined < apart - 4 * document.get_string_width(" ")
    assert certificate_pdf._printable(document, "🌍 Zola 👩🏽‍🌾 ǃN שרה فاطمة") == "Zola ǃN שרה فاطمة"


@pytest.mark.parametrize("holder", ["አበበ ቢቂላ", "王小明", "Priya प्रिया", "🌍🌍"])
def test_a_name_that_no_font_of_the_pdf_can_write_is_refused_in_words(document: Any, holder: str) -> None:
    """Left out in silence, it would make a certificate of nobody."""
    with pytest.raises(RefusedError, match=rf"“{holder}”.*SVG"):
        certificate_pdf._check_letters(document, replace(SHEET, holder=holder))


def test_a_pdf_is_not_made_without_its_letters() -> None:
    with pytest.raises(RefusedError, match="SVG"):
        certificate_pdf.pdf(replace(SHEET, title="王小明"), TOKEN)


@pytest.mark.parametrize("holder", ["Zola 👩🏽‍🌾❤️ 1️⃣", *NAMES.values()])
def test_emoji_are_left_out_of_a_pdf_and_all_else_is_written(document: Any, holder: str) -> None:
    certificate_pdf._check_letters(document, replace(SHEET, holder=holder))


def test_without_its_extra_a_pdf_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fpdf", None)
    with pytest.raises(RefusedError, match=r"pip install 'azora-tui\[pdf\]'"):
        certificate_pdf.pdf(SHEET, TOKEN)


@pytest.mark.parametrize("name", NAMES)
def test_an_svg_is_whole_and_says_all(name: str) -> None:
    holder = NAMES[name].strip()
    picture = certificate_pictures.svg(replace(SHEET, holder=holder), TOKEN)
    root = ElementTree.fromstring(picture)
    said = [each.text or "" for each in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "".join(said[1:5]).replace(" ", "").startswith(holder.replace(" ", "")[:60])
    assert "22 November 2026 · Azora" in said
    [baked] = root.iter("{https://purl.imsglobal.org/ob/v3p0}credential")
    assert baked.attrib == {"verify": TOKEN}
    assert next(iter(root)) is baked
    assert baking.unbake_svg(picture.decode()) == TOKEN


@pytest.mark.parametrize("letter", ["N", "w", "王"])
def test_a_name_of_300_letters_stays_on_an_svg(letter: str) -> None:
    picture = certificate_pictures.svg(replace(SHEET, holder=letter * 300), TOKEN)
    texts = list(ElementTree.fromstring(picture).iter("{http://www.w3.org/2000/svg}text"))
    lines = [each for each in texts if set(each.text or "") == {letter}]
    assert sum(len(each.text or "") for each in lines) == 300
    widest = {"N": 0.85, "w": 0.6, "王": 1.0}[letter]
    assert all(len(each.text or "") * float(each.attrib["font-size"]) * widest <= 1000 for each in lines)


SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:{prefix}="https://purl.imsglobal.org/ob/v3p0">{inside}</svg>'


def test_an_svg_that_another_program_wrote_is_read_as_xml() -> None:
    inside = f"<g/><ob:credential class='x' verify='{TOKEN}'>\n</ob:credential>"
    assert baking.unbake_svg("<?xml version='1.0' encoding='UTF-8'?>" + SVG.format(prefix="ob", inside=inside)) == TOKEN


@pytest.mark.parametrize(
    "inside",
    [
        f'<!-- <openbadges:credential verify="{TOKEN}"/> -->',
        f'<openbadges:credential verify="{TOKEN}"/>' * 2,
        f'<other:credential xmlns:other="https://other.example" verify="{TOKEN}"/>',
        '<openbadges:credential verify=""/>',
        "<openbadges:credential/>",
        "<unclosed>",
    ],
)
def test_what_is_no_element_of_the_standard_is_no_certificate(inside: str) -> None:
    with pytest.raises(ValueError, match="picture"):
        baking.unbake_svg(SVG.format(prefix="openbadges", inside=inside))


def test_a_png_is_a_square_that_holds_the_code() -> None:
    picture = certificate_pictures.png(SHEET, TOKEN, module=4)
    chunks = dict(baking._chunks(picture))
    width, height = (int.from_bytes(chunks[b"IHDR"][at : at + 4], "big") for at in (0, 4))
    code = qr.modules(SHEET.reference)
    assert width == height == (len(code) + 10) * 4
    pixels = zlib.decompress(chunks[b"IDAT"])
    rows = [pixels[start + 1 : start + 1 + width] for start in range(0, len(pixels), width + 1)]
    seen = [[rows[(5 + y) * 4 + 1][(5 + x) * 4 + 1] == 1 for x in range(len(code))] for y in range(len(code))]
    assert seen == code
    assert list(chunks)[:2] == [b"IHDR", b"iTXt"]
    assert chunks[b"iTXt"] == b"openbadgecredential\0\0\0\0\0" + TOKEN.encode()


def test_a_code_fits_beside_the_words_of_a_terminal() -> None:
    code = qr.modules(SHEET.reference)
    assert len(code) == len(code[0]) == 33 + 2 * qr.QUIET
    assert not any(code[0])
