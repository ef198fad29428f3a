"""Texts of QTI 1.2 as Markdown: what stands in the materials of an item, a response or an option."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from azora_tui.formats.html import to_markdown
from azora_tui.formats.imported import ImportReport
from azora_tui.formats.words import from_text

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def material_text(
    element: "Element",
    report: ImportReport,
    where: str,
    *,
    own: bool = False,
    html: Callable[[str, ImportReport, str], str] = to_markdown,
    plain: Callable[[str], str] = from_text,
) -> str:
    """The Markdown of the materials in an element; with `own`, only those directly in it. `html` and `plain` make it of
    the two kinds of text."""
    found = element.findall("material") if own else list(element.iter("material"))
    return "\n\n".join(text for each in found if (text := one_text(each, report, where, html, plain)))


def one_text(
    material: "Element",
    report: ImportReport,
    where: str,
    html: Callable[[str, ImportReport, str], str] = to_markdown,
    plain: Callable[[str], str] = from_text,
) -> str:
    """The Markdown of one material."""
    parts: list[str] = []
    for child in material.iter():
        if child.tag in ("mattext", "matemtext"):
            text = "".join(child.itertext())
            is_html = "html" in child.get("texttype", "").lower() or (child.get("texttype") is None and "</" in text)
            parts.append(html(text, report, where) if is_html else plain(text))
        elif child.tag == "matimage":
            name = child.get("label", "")
            if not name:
                why = "it has no alternative text that could stand for it"
                report.skip(where, f"the picture {child.get('uri', '')}", why)
            parts.append(f"![{from_text(name)}]({_address(child)})")
        elif child.tag in ("mataudio", "matvideo", "matapplet", "matapplication"):
            what = f"a recording or a program, {child.get('uri', '')}"
            report.skip(where, what, "a terminal shows only text")
            parts.append(f"\\[{child.tag.removeprefix('mat')}\\]")
    return "\n\n".join(part for part in parts if part)


def source_of(holder: "Element", *, own: bool = False) -> str:
    """What is written in the texts of an option; with `own`, in those directly in a response."""
    materials = holder.findall("material") if own else [holder]
    texts = (text for each in materials for text in each.iter() if text.tag in ("mattext", "matemtext"))
    return "\n".join("".join(text.itertext()) for text in texts)


def _address(image: "Element") -> str:
    return "".join(sign for sign in image.get("uri", "") if sign not in " <>()\\")
