"""Questions of IMS QTI 1.2, in the profiles of Common Cartridge and as Canvas writes them, as questions of ours."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from azora_tui.formats.answers import answer_words, as_written, option_markdown, option_texts
from azora_tui.formats.composing import CAPITALS, Part, as_words, said_when
from azora_tui.formats.html import to_markdown
from azora_tui.formats.imported import ImportReport
from azora_tui.formats.number_answers import NumberRange, RightNumbers, common, merged, number_text, numbers_in
from azora_tui.formats.pages import read_page
from azora_tui.formats.qti_text import material_text, one_text, source_of
from azora_tui.formats.quiz_errors import UnwritableError
from azora_tui.formats.quiz_writing import spoken
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


_COMPARED = ("varequal", "vargte", "vargt", "varlte", "varlt")
_RESPONSES = ("response_lid", "response_str", "response_num", "response_xy", "response_grp")
_BLANKS = "fill_in_multiple_blanks_question"
"""Where Canvas writes each answer that it accepts as if it were an option."""


def items(root: "Element") -> Iterator["Element"]:
    """The questions of an assessment or an object bank, in order."""
    return root.iter("item")


def max_attempts(root: "Element") -> int | None:
    """How often an assessment may be tried, None without a limit."""
    said = fields(root).get("cc_maxattempts", "")
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
        said = fields(item)
        self.kind = said.get("question_type") or said.get("cc_profile", "")
        presentation = item.find("presentation")
        self.presentation = presentation if presentation is not None else item
        self.feedback = {each.get("ident", ""): self.text(each) for each in item.iter("itemfeedback")}
        self.conditions = list(item.iter("respcondition"))
        self.responses = [each for each in self.presentation.iter() if each.tag in _RESPONSES]
        self.alone = len(self.responses) == 1
        self.for_choices: dict[str, dict[str, list[Element]]] = {}

    def parts(self) -> Iterator[Part]:
        responses = self.responses
        prompt = self._prompt()
        if self.kind == "text_only_question" or (not responses and self.kind not in _UNGRADED):
            yield prompt
            return
        if self.kind in _UNGRADED:
            yield self._lost(prompt, _UNGRADED[self.kind], ())
            return
        self.report.repeat(len(responses), len(prompt) + len(self._for_everybody()))
        for number, (response, place) in enumerate(zip(responses, self._places(), strict=True), start=1):
            asked = self._asked(prompt, place, response)
            draft = Question(
                self.new_id(number),
                QuestionKind.SINGLE,
                asked or to_markdown(self.item.get("title", ""), self.report, self.where) or "?",
                hint=" ".join(self._hints()),
                feedback=self._for_everybody(),
            )
            try:
                yield self._with_feedback(self._answered(response, draft), response)
            except UnwritableError as error:
                is_choice = response.tag == "response_lid" and self.kind != _BLANKS
                options = self._options(response, frozenset()) if is_choice else []
                yield self._lost(draft.prompt, str(error), options)

    def _places(self) -> list[str]:
        """What each response calls the place that it belongs to, "" where it does not."""
        sources = [source_of(each, own=True) for each in self.responses]
        shown = [
            material_text(each, self.report, self.where, own=True, html=option_markdown) for each in self.responses
        ]
        named = [place for place, source in enumerate(sources) if source.strip()]
        texts = option_texts(
            [sources[each] for each in named], [shown[each] for each in named], self.report, self.where
        )
        return [dict(zip(named, texts, strict=True)).get(place, text) for place, text in enumerate(shown)]

    def _asked(self, prompt: str, place: str, response: "Element") -> str:
        """The prompt, with which of several places in it is meant."""
        name = place or from_text(response.get("ident", ""))
        blank = f"\\[{name}\\]"
        is_written = self.kind == _BLANKS or response.tag == "response_str"
        if is_written and name and blank in prompt:
            return prompt.replace(blank, from_text("____"))
        if self.alone or not place:
            return prompt
        named = place if "\n" in place else f"**{place}**"
        return f"{prompt}\n\n{named}" if prompt else named

    def text(self, element: "Element", *, own: bool = False) -> str:
        """The Markdown of the materials in an element; with `own`, only those directly in it."""
        return material_text(element, self.report, self.where, own=own)

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
            if id(each) not in inside and (text := one_text(each, self.report, self.where))
        )

    def _answered(self, response: "Element", draft: Question) -> Question:
        ident = response.get("ident", "")
        if response.tag == "response_lid":
            if self.kind == _BLANKS:
                if not any(words_of := self._answers_of(response).values()):
                    raise UnwritableError("names_no_answer")
                return replace(draft, kind=QuestionKind.TEXT, accepted=tuple(words_of))
            several = response.get("rcardinality", "").lower() == "multiple"
            options = self._options(response, self._right(ident))
            if not any(option.correct for option in options):
                raise UnwritableError("no_option_right")
            kind = QuestionKind.MULTIPLE if several else QuestionKind.SINGLE
            return replace(draft, kind=kind, options=tuple(options if self.alone else _merged(options)))
        if response.tag in ("response_xy", "response_grp"):
            raise UnwritableError("answer_is_place")
        if number := self._number(ident, response):
            return replace(draft, kind=QuestionKind.NUMBER, **number._asdict())
        accepted: list[str] = []
        patterns = 0
        for condition in self._scoring():
            for test in _positive(condition):
                if test.get("respident") == ident and test.tag in ("varequal", "varsubstring"):
                    word = answer_words(words(test))
                    accepted.append(word)
                    patterns += test.tag == "varsubstring"
                    if test.get("case", "").lower() == "yes" and word != word.swapcase():
                        self.report.skip(self.where, "the capitals of a right answer", CAPITALS)
        if not accepted:
            raise UnwritableError("names_no_answer")
        if patterns:
            self.report.skip(self.where, "the pattern of a right answer", "only just these words count as right here")
        return replace(draft, kind=QuestionKind.TEXT, accepted=tuple(accepted))

    def _answers_of(self, response: "Element") -> dict[str, str]:
        """The words of each answer to a blank, by the id that conditions call it by."""
        labels = response.iter("response_label")
        return {label.get("ident", ""): answer_words(source_of(label)) for label in labels}

    def _options(self, response: "Element", right: frozenset[str]) -> list[Option]:
        labels = list(response.iter("response_label"))
        shown = [
            material_text(label, self.report, self.where, html=option_markdown, plain=as_written) for label in labels
        ]
        texts = option_texts([source_of(label) for label in labels], shown, self.report, self.where)
        return [
            Option(text, ident in right, self._feedback_of(response, ident))
            for text, ident in zip(texts, (label.get("ident", "") for label in labels), strict=True)
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

    def _number(self, ident: str, response: "Element") -> RightNumbers | None:
        """The right ones of a numeric question; None for one that asks for words."""
        render = next(response.iter("render_fib"), None)
        numeric = self.kind == "numerical_question" or response.tag == "response_num" or (
            render is not None and render.get("fibtype", "").lower() in ("decimal", "integer", "scientific")
        )  # fmt: skip
        if not numeric:
            return None
        held = (_numbers(each, ident) for condition in self._scoring() for each in condition.findall("conditionvar"))
        finite = [each for ranges in held for each in ranges or () if each.low.is_finite() and each.high.is_finite()]
        if not finite:
            raise UnwritableError("names_no_answer")
        return numbers_in(finite)

    def _feedback_of(self, response: "Element", choice: str) -> str:
        """What is said to who chose one option, whatever else was chosen."""
        ident = response.get("ident", "")
        if ident not in self.for_choices:
            found = self.for_choices[ident] = {}
            for condition in self.conditions:
                for each in dict.fromkeys(_choices(condition, ident)):
                    found.setdefault(each, []).append(condition)
        return self._linked(self.for_choices[ident].get(choice, ()))

    def _with_feedback(self, question: Question, response: "Element") -> Question:
        """With what is said to right answers and to wrong ones, where options can take it there, else in words."""
        scoring = self._scoring()
        right = self._linked(
            each for each in scoring if not (question.options and _choices(each, response.get("ident", "")))
        )
        wrong = self._linked(self._for_wrong())
        if question.options and self.alone:
            options = tuple(
                replace(each, feedback=_together(each.feedback, right if each.correct else wrong))
                for each in question.options
            )
            return replace(question, options=options)
        said = [said_when("If right", right), said_when("If wrong", wrong)]
        if not question.options:
            points = set(map(id, scoring))
            others = [each for each in self.conditions if id(each) not in points]
            names = self._answers_of(response) if self.kind == _BLANKS else {}
            for condition in others:
                for answer in _choices(condition, response.get("ident", "")):
                    word = names.get(answer, answer)
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
        hint, feedback = " ".join(self._hints()), self._for_everybody()
        return as_words(
            Question("none", QuestionKind.SINGLE, prompt, tuple(options), hint=hint, feedback=feedback), why
        )


def _merged(options: "Iterable[Option]") -> list[Option]:
    """Options that read the same as one: two parts to match can have the same answer."""
    found: dict[str, Option] = {}
    for option in options:
        before = found.get(option.text, Option(option.text, correct=False))
        said = _together(before.feedback, option.feedback)
        found[option.text] = Option(option.text, before.correct or option.correct, said)
    return list(found.values())


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


def _numbers(test: "Element", ident: str) -> list[NumberRange] | None:
    """The numbers that fulfil a test of one response; None where it says nothing of that response. Raises
    `UnwritableError`."""
    if test.tag in ("and", "or", "conditionvar"):
        said = [ranges for each in test if (ranges := _numbers(each, ident)) is not None]
        either = merged(span for ranges in said for span in ranges)
        if test.tag == "or" or not said:
            return either if said else None
        both = said[0]
        for ranges in said[1:]:
            both = common(both, ranges)
        # No number is two numbers: who writes it so means each of them.
        return both or either
    if test.get("respident") != ident or test.tag not in _COMPARED:
        return None
    value = Decimal(number_text(words(test)))
    match test.tag:
        case "vargte" | "vargt":
            return [NumberRange(value, Decimal("Infinity"), test.tag == "vargte", False)]
        case "varlte" | "varlt":
            return [NumberRange(Decimal("-Infinity"), value, False, test.tag == "varlte")]
    return [NumberRange(value, value)]


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


def fields(element: "Element") -> dict[str, str]:
    """The metadata of an assessment or an item itself, not of what is in it."""
    found: dict[str, str] = {}
    holders = [*element.findall("qtimetadata"), *element.findall("itemmetadata/qtimetadata")]
    if element.tag == "questestinterop":
        holders += [*element.findall("assessment/qtimetadata"), *element.findall("objectbank/qtimetadata")]
    for holder in holders:
        for each in holder.findall("qtimetadatafield"):
            found.setdefault(words(each.find("fieldlabel")), words(each.find("fieldentry")))
    return found
