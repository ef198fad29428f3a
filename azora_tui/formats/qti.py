"""Questions of IMS QTI 1.2, in the profiles of Common Cartridge and as Canvas writes them, as questions of ours."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from azora_tui.formats.composing import CAPITALS, Part, as_words, said_when
from azora_tui.formats.html import to_line, to_markdown
from azora_tui.formats.imported import ImportReport
from azora_tui.formats.pages import read_page
from azora_tui.formats.quiz_writing import UnwritableError, number_text, spoken
from azora_tui.formats.safe_xml import words
from azora_tui.formats.words import from_text
from azora_tui.models.quizzes import Option, Question, QuestionKind

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_UNGRADED = {
    "cc.essay.v0p1": "it is an essay, which only a person can grade",
    "essay_question": "it is an essay, which only a person can grade",
    "file_upload_question": "it asks for a file, which is handed in on a server",
    "calculated_question": "its values are made by a calculation for each learner",
}


def items(root: "Element") -> Iterator["Element"]:
    """The questions of an assessment or an object bank, in order."""
    return root.iter("item")


def max_attempts(root: "Element") -> int | None:
    """How often an assessment may be tried, None without a limit."""
    said = _fields(root).get("cc_maxattempts", "")
    return int(said) if said.isascii() and said.isdecimal() and 0 < int(said[:6]) < 1_000 else None


def read_item(item: "Element", new_id: Callable[[int], str], report: ImportReport, where: str) -> Iterator[Part]:
    """One question or several, where an item asks several things; or the text of one that only tells something."""

    def text() -> list[Part]:
        return [from_text(words(item.find("presentation")))]

    what = f"the question {item.get('ident', '')}"
    yield from read_page(lambda: list(_Item(item, new_id, report, where).parts()), text, report, where, what)


class _Item:
    def __init__(self, item: "Element", new_id: Callable[[int], str], report: ImportReport, where: str) -> None:
        self.item = item
        self.new_id = new_id
        self.report = report
        self.where = f"{where}, item {item.get('ident', '')}"
        fields = _fields(item)
        self.kind = fields.get("question_type") or fields.get("cc_profile", "")
        presentation = item.find("presentation")
        self.presentation = presentation if presentation is not None else item
        self.feedback = {each.get("ident", ""): self.text(each) for each in item.iter("itemfeedback")}
        self.conditions = list(item.iter("respcondition"))
        self.for_choices: dict[str, dict[str, list[Element]]] = {}

    def parts(self) -> Iterator[Part]:
        responses = [
            each
            for each in self.presentation.iter()
            if each.tag in ("response_lid", "response_str", "response_num", "response_xy", "response_grp")
        ]
        prompt = self._prompt()
        if self.kind == "text_only_question" or (not responses and self.kind not in _UNGRADED):
            yield prompt
            return
        if self.kind in _UNGRADED:
            yield self._lost(prompt, _UNGRADED[self.kind], ())
            return
        self.report.repeat(len(responses), len(prompt) + len(self._for_everybody()))
        for number, response in enumerate(responses, start=1):
            place = self.text(response, own=True) if len(responses) > 1 else ""
            asked = "\n\n".join(
                part for part in (prompt, f"**{place}**" if place and "\n" not in place else place) if part
            )
            draft = Question(
                self.new_id(number),
                QuestionKind.SINGLE,
                asked or to_markdown(self.item.get("title", ""), self.report, self.where) or "?",
                hint=" ".join(self._hints()),
                feedback=self._for_everybody(),
            )
            try:
                yield self._with_feedback(self._answered(response, draft), response, alone=len(responses) == 1)
            except UnwritableError as error:
                yield self._lost(draft.prompt, str(error), self._options(response, frozenset()))

    def text(self, element: "Element", *, own: bool = False) -> str:
        """The Markdown of the materials in an element; with `own`, only those directly in it."""
        found = element.findall("material") if own else list(element.iter("material"))
        return "\n\n".join(text for each in found if (text := self._material(each)))

    def _material(self, material: "Element") -> str:
        parts: list[str] = []
        for child in material.iter():
            if child.tag in ("mattext", "matemtext"):
                text = "".join(child.itertext())
                is_html = "html" in child.get("texttype", "").lower() or (
                    child.get("texttype") is None and "</" in text
                )
                parts.append(to_markdown(text, self.report, self.where) if is_html else from_text(text))
            elif child.tag == "matimage":
                name = child.get("label", "")
                if not name:
                    self.report.skip(
                        self.where,
                        f"the picture {child.get('uri', '')}",
                        "it has no alternative text that could stand for it",
                    )
                parts.append(f"![{from_text(name)}]({_address(child)})")
            elif child.tag in ("mataudio", "matvideo", "matapplet", "matapplication"):
                self.report.skip(
                    self.where, f"a recording or a program, {child.get('uri', '')}", "a terminal shows only text"
                )
                parts.append(f"\\[{child.tag.removeprefix('mat')}\\]")
        return "\n\n".join(part for part in parts if part)

    def _prompt(self) -> str:
        """What is asked: every material that belongs to no response."""
        inside = {
            id(material)
            for response in self.presentation.iter()
            if response.tag.startswith(("response_", "render_"))
            for material in response.iter("material")
        }
        return "\n\n".join(
            text
            for each in self.presentation.iter("material")
            if id(each) not in inside and (text := self._material(each))
        )

    def _answered(self, response: "Element", draft: Question) -> Question:
        ident = response.get("ident", "")
        if response.tag == "response_lid":
            options = self._options(response, self._right(ident))
            if not any(option.correct for option in options):
                raise UnwritableError("no_option_right")
            return replace(draft, options=tuple(options))
        if response.tag in ("response_xy", "response_grp"):
            raise UnwritableError("answer_is_place")
        if number := self._number(ident, response):
            return replace(draft, kind=QuestionKind.NUMBER, accepted=(number[0],), tolerance=number[1])
        accepted: list[str] = []
        patterns = 0
        for condition in self._scoring():
            for test in _positive(condition):
                if test.get("respident") == ident and test.tag in ("varequal", "varsubstring"):
                    word = to_line(words(test))
                    accepted.append(word)
                    patterns += test.tag == "varsubstring"
                    if test.get("case", "").lower() == "yes" and word != word.swapcase():
                        self.report.skip(self.where, "the capitals of a right answer", CAPITALS)
        if not accepted:
            raise UnwritableError("names_no_answer")
        if patterns:
            self.report.skip(self.where, "the pattern of a right answer", "only just these words count as right here")
        return replace(draft, kind=QuestionKind.TEXT, accepted=tuple(accepted))

    def _options(self, response: "Element", right: frozenset[str]) -> list[Option]:
        return [
            Option(
                self.text(label) or "…",
                label.get("ident", "") in right,
                self._feedback_of(response, label.get("ident", "")),
            )
            for label in response.iter("response_label")
        ]

    def _right(self, ident: str) -> frozenset[str]:
        """The choices that the best score needs."""
        return frozenset(
            words(test)
            for condition in self._scoring()
            for test in _positive(condition)
            if test.tag == "varequal" and test.get("respident") == ident
        )

    def _scoring(self) -> list["Element"]:
        """The conditions that give points, or only the fullest of those that set the score."""
        giving = [(points, each) for each in self.conditions if (points := _points(each)) > 0]
        best = max((points for points, each in giving if _sets(each)), default=Decimal(0))
        return [each for points, each in giving if not _sets(each) or points == best]

    def _number(self, ident: str, response: "Element") -> tuple[str, str] | None:
        """(number, tolerance) of a numeric question; None for one that asks for words."""
        render = next(response.iter("render_fib"), None)
        numeric = self.kind == "numerical_question" or response.tag == "response_num" or (
            render is not None and render.get("fibtype", "").lower() in ("decimal", "integer", "scientific")
        )  # fmt: skip
        if not numeric:
            return None
        low = high = exact = None
        for condition in self._scoring():
            for test in _positive(condition):
                if test.get("respident") != ident:
                    continue
                value = Decimal(number_text(words(test)))
                if test.tag in ("vargte", "vargt"):
                    low = value
                elif test.tag in ("varlte", "varlt"):
                    high = value
                elif test.tag == "varequal":
                    exact = value
        if low is not None and high is not None:
            return number_text((low + high) / 2), number_text(abs(high - low) / 2)
        if exact is None:
            raise UnwritableError("names_no_answer")
        return number_text(exact), "0"

    def _feedback_of(self, response: "Element", choice: str) -> str:
        """What is said to who chose one option, whatever else was chosen."""
        ident = response.get("ident", "")
        if ident not in self.for_choices:
            found = self.for_choices[ident] = {}
            for condition in self.conditions:
                for each in dict.fromkeys(_choices(condition, ident)):
                    found.setdefault(each, []).append(condition)
        return self._linked(self.for_choices[ident].get(choice, ()))

    def _with_feedback(self, question: Question, response: "Element", *, alone: bool) -> Question:
        """With what is said to right answers and to wrong ones, where options can take it there, else in words."""
        is_choice = question.kind is QuestionKind.SINGLE
        scoring = self._scoring()
        right = self._linked(
            each for each in scoring if not (question.options and _choices(each, response.get("ident", "")))
        )
        wrong = self._linked(self._for_wrong())
        if is_choice and alone:
            options = tuple(
                replace(each, feedback=_together(each.feedback, right if each.correct else wrong))
                for each in question.options
            )
            return replace(question, options=options)
        said = [said_when("If right", right), said_when("If wrong", wrong)]
        if not question.options:
            points = set(map(id, scoring))
            others = [each for each in self.conditions if id(each) not in points]
            for condition in others:
                for word in _choices(condition, response.get("ident", "")):
                    said.append(said_when(f"To “{word}”", self._linked([condition])))
        return replace(question, feedback=_together(question.feedback, *said))

    def _for_everybody(self) -> str:
        """What is said whatever was answered, and the solution."""
        wrong = set(map(id, self._for_wrong()))
        said = self._linked(
            each for each in self.conditions if next(each.iter("other"), None) is not None and id(each) not in wrong
        )
        return _together(said, *(self.text(each) for each in self.item.iter("solution")))

    def _for_wrong(self) -> list["Element"]:
        """The conditions that only a wrong answer comes to: those for the rest, after one that ends with the points."""
        found: list[Element] = []
        ended = False
        for condition in self.conditions:
            others = next(condition.iter("other"), None) is not None
            named = any("incorrect" in link.get("linkrefid", "") for link in condition.iter("displayfeedback"))
            if others and (ended or named):
                found.append(condition)
            ended = ended or (_points(condition) > 0 and condition.get("continue", "No").lower() == "no")
        return found

    def _linked(self, conditions: "Iterable[Element]") -> str:
        return _together(
            *(
                self.feedback.get(link.get("linkrefid", ""), "")
                for condition in conditions
                for link in condition.iter("displayfeedback")
            )
        )

    def _hints(self) -> list[str]:
        return [" ".join(text.split()) for each in self.item.iter("hint") if (text := self.text(each))]

    def _lost(self, prompt: str, why: str, options: "tuple[()] | list[Option]") -> str:
        self.report.lose_question(self.where, spoken(prompt) or self.item.get("title", ""), why)
        return as_words(
            Question("none", QuestionKind.SINGLE, prompt, tuple(options), feedback=self._for_everybody()), why
        )


def _positive(condition: "Element") -> Iterator["Element"]:
    """The tests of a condition that are not within a `not`."""
    pending = list(condition.findall("conditionvar"))
    while pending:
        element = pending.pop(0)
        for child in element:
            if child.tag in ("and", "or", "conditionvar"):
                pending.append(child)
            elif child.tag not in ("not", "other", "unanswered"):
                yield child


def _choices(condition: "Element", ident: str) -> list[str]:
    """The answers to a response that fulfil a condition each by itself."""
    tests = list(_positive(condition))
    if any(test.tag != "varequal" or test.get("respident") != ident for test in tests):
        return []
    return [words(test) for test in tests] if len(tests) == 1 or condition.find("conditionvar/or") is not None else []


def _together(*parts: str) -> str:
    """Paragraphs, each once."""
    return "\n\n".join(dict.fromkeys(part for part in parts if part))


def _points(condition: "Element") -> Decimal:
    total = Decimal(0)
    for setting in condition.iter("setvar"):
        try:
            total += Decimal(words(setting) or "0")
        except ArithmeticError:
            continue
    return total if total.is_finite() else Decimal(0)


def _sets(condition: "Element") -> bool:
    return any(setting.get("action", "Set").lower() == "set" for setting in condition.iter("setvar"))


def _fields(element: "Element") -> dict[str, str]:
    """The metadata of an assessment or an item itself, not of what is in it."""
    found: dict[str, str] = {}
    holders = [*element.findall("qtimetadata"), *element.findall("itemmetadata/qtimetadata")]
    if element.tag == "questestinterop":
        holders += [*element.findall("assessment/qtimetadata"), *element.findall("objectbank/qtimetadata")]
    for holder in holders:
        for each in holder.findall("qtimetadatafield"):
            found.setdefault(words(each.find("fieldlabel")), words(each.find("fieldentry")))
    return found


def _address(image: "Element") -> str:
    return "".join(sign for sign in image.get("uri", "") if sign not in " <>()\\")
