"""Assessments of QTI 1.2 whole: what they say first, their questions, and those of the banks that they draw from."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from azora_tui.formats import qti
from azora_tui.formats.composing import Part
from azora_tui.formats.html import to_markdown
from azora_tui.formats.imported import Ids, ImportReport, placeholder
from azora_tui.formats.qti_text import material_text
from azora_tui.formats.safe_xml import words

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_BANK = re.compile(rb"<(?:\w+:)?objectbank\b[^<>]*?\bident\s*=\s*[\"']([^\"'<>]{1,200})[\"']")
_SAID_FIRST = ("presentation_material", "rubric", "objectives")
_FOR_LEARNERS = ("", "all", "candidate")
_ALL_ASKED = "all of them are asked"


class Banks:
    """The banks of questions in a package, by the ids that assessments call them by. `drawn` are the files of nothing
    but banks from which an assessment draws."""

    def __init__(self, texts: Mapping[str, bytes], read: "Callable[[str], Element | None]") -> None:
        self.drawn: set[str] = set()
        self._read = read
        self._files: dict[str, str] = {}
        self._names: set[str] = set()
        self._roots: dict[str, Element | None] = {}
        for name, data in texts.items():
            if name.lower().endswith((".xml", ".qti")) and b"objectbank" in data:
                for match in _BANK.finditer(data):
                    self._files.setdefault(match[1].decode("utf-8", "replace"), name)
                if b"<assessment" not in data:
                    self._names.add(name)

    def holds(self, name: str) -> bool:
        """Whether the file with this name holds banks, and no assessment."""
        return name in self._names

    def find(self, ident: str) -> "Element | None":
        """The bank with this id; None where the package does not hold it, or nobody can read it."""
        name = self._files.get(ident)
        if name is None:
            return None
        if name not in self._roots:
            self._roots[name] = self._read(name)
        if name in self._names:
            self.drawn.add(name)
        root = self._roots[name]
        banks = () if root is None else root.iter("objectbank")
        return next((each for each in banks if each.get("ident") == ident), None)


class Assessment:
    """One assessment on its way to a lesson. `own_ids` is what its questions from banks are told apart by from those
    that others draw from the same bank."""

    def __init__(
        self, root: "Element", banks: Banks, ids: Ids, report: ImportReport, *, own_ids: str, where: str
    ) -> None:
        self.root = root
        self.own_ids = own_ids
        self.banks = banks
        self.ids = ids
        self.report = report
        self.where = where
        self._drawn_from = {words(each) for each in root.iter("sourcebank_ref")}
        self._asked: set[str] = set()
        self._said: set[str] = set()

    def parts(self, description: str = "") -> Iterator[Part]:
        """What stands before the questions, `description` (HTML) first, and the questions, in their order."""
        yield from self._once(to_markdown(description, self.report, self.where))
        yield from self._inside(self.root)

    def _inside(self, element: "Element") -> Iterator[Part]:
        """Recursion ends where XML does that is not too deep to be read."""
        for child in element:
            if child.tag == "objectbank" and child.get("ident", "") in self._drawn_from:
                continue
            if child.tag == "item":
                yield from self._item(child, child.get("ident", ""))
            elif child.tag in _SAID_FIRST and child.get("view", "").lower() in _FOR_LEARNERS:
                said = material_text(child, self.report, self.where)
                yield from self._once(said or to_markdown(words(child), self.report, self.where))
            elif child.tag == "section":
                yield from self._drawn(child)
                yield from self._inside(child)
            else:
                yield from self._inside(child)

    def _once(self, text: str) -> Iterator[str]:
        if text.strip() and text not in self._said:
            self._said.add(text)
            yield text

    def _item(self, item: "Element", raw: str) -> Iterator[Part]:
        def new_id(number: int) -> str:
            return self.ids.make(raw if number == 1 else f"{raw}-{number}", "question")

        yield from qti.read_item(item, new_id, self.report, self.where)

    def _drawn(self, section: "Element") -> Iterator[Part]:
        """The questions of the banks that a section draws from, and what is told of a random choice."""
        for selection in section.findall("selection_ordering/selection"):
            number = words(selection.find("selection_number"))
            if ident := words(selection.find("sourcebank_ref")):
                yield from self._from_bank(ident, number)
                continue
            held = len(section.findall("item"))
            if held and number not in ("", str(held)):
                self.report.skip(self.where, f"a random choice of {number} of {held} questions", _ALL_ASKED)

    def _from_bank(self, ident: str, number: str) -> Iterator[Part]:
        bank = self.banks.find(ident)
        items = [] if bank is None else list(qti.items(bank))
        if bank is None or not items:
            what = f"{number or 'the'} question{'' if number == '1' else 's'} from a bank"
            why = "the export does not hold the bank" if bank is None else "the bank holds no question"
            self.report.skip(self.where, what, why)
            yield placeholder(what, why)
            return
        if number not in ("", str(len(items))):
            named = f"the bank “{title}”" if (title := title_of(bank)) else "a bank"
            what = f"a random choice of {number} of {len(items)} questions from {named}"
            self.report.skip(self.where, what, _ALL_ASKED)
        if ident in self._asked:
            return
        self._asked.add(ident)
        self.report.repeat(1, sum(len(text) for each in items for text in each.itertext()))
        for each in items:
            yield from self._item(each, f"{self.own_ids}-{each.get('ident', '')}")


def title_of(root: "Element") -> str:
    """What an assessment or a bank calls itself, "" where it does not."""
    title = next((each.get("title", "") for each in root.iter() if each.tag in ("assessment", "objectbank")), "")
    return title or qti.fields(root).get("bank_title", "")


def count(root: "Element") -> int:
    """Of how many questions an assessment has its own, and how often it draws from a bank."""
    return sum(1 for _ in qti.items(root)) + sum(1 for _ in root.iter("sourcebank_ref"))
