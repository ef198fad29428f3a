"""Problems of OLX as questions of ours. Programs in them are never run: what only they can grade is told and left."""

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from string import ascii_uppercase
from typing import TYPE_CHECKING

from azora_tui.formats.answers import answer_words, option_markdown, option_texts
from azora_tui.formats.composing import CAPITALS, Part, as_words, said_when
from azora_tui.formats.html import to_markdown
from azora_tui.formats.imported import ImportReport, shortened
from azora_tui.formats.number_answers import NumberRange, number_text, right_numbers, with_tolerance
from azora_tui.formats.quiz_errors import UnwritableError
from azora_tui.formats.quiz_writing import spoken
from azora_tui.formats.safe_xml import markup, words
from azora_tui.models.quizzes import Option, Question, QuestionKind

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

# What grades an answer in a way that a quiz here cannot, and why.
_LOST = {
    "customresponse": "graded_by_course_program",
    "schematicresponse": "graded_by_course_program",
    "coderesponse": "graded_by_course_program",
    "externalresponse": "graded_elsewhere",
    "javascriptresponse": "graded_in_browser",
    "jsmeresponse": "graded_in_browser",
    "formularesponse": "answer_is_formula",
    "symbolicresponse": "answer_is_formula",
    "imageresponse": "answer_is_place_in_picture",
    "choicetextresponse": "options_have_fields",
    "radiotextresponse": "options_have_fields",
    "checkboxtextresponse": "options_have_fields",
    "chemicalequationresponse": "answer_is_chemical_equation",
}
_TAKEN = (
    "multiplechoiceresponse", "truefalseresponse", "choiceresponse", "optionresponse", "stringresponse",
    "numericalresponse", "annotationresponse",
)  # fmt: skip
RESPONSES = (*_TAKEN, *_LOST)
_INPUTS = (
    "choicegroup", "checkboxgroup", "radiogroup", "optioninput", "textline", "formulaequationinput", "numericalinput",
    "annotationinput", "jsinput", "designprotein2dinput", "imageinput", "schematic", "codeinput", "textbox",
    "chemicalequationinput", "editageneinput", "vsepr_input", "drag_and_drop_input", "filesubmission",
    "javascriptinput", "crystallography", "editamoleculeinput",
)  # fmt: skip
_BESIDE = (
    "solution", "additional_answer", "stringequalhint", "correcthint", "responseparam", "compoundhint", "hintgroup",
    "targetedfeedbackset", "answer", "demandhint", "script", "style", "additional_answers", "regexphint",
)  # fmt: skip
# Also as Markdown has it, with its brace escaped.
_VARIABLE = re.compile(r"\$\\?\{?[A-Za-z_]\w*")
_RANGE = re.compile(r"\s*([\[(])\s*([^,\s]+)\s*,\s*([^,\s]+)\s*([\])])\s*")
_OPTIONS = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"")
_MAX_DEPTH = 60


def read_problem(problem: "Element", new_id: Callable[[int], str], report: ImportReport, where: str) -> Iterator[Part]:
    """The texts and questions of a problem, in order. `new_id` gives the id of its first, second, … question."""
    yield from _Problem(problem, new_id, report, where).parts()


class _Problem:
    def __init__(self, problem: "Element", new_id: Callable[[int], str], report: ImportReport, where: str) -> None:
        self.problem = problem
        self.new_id = new_id
        self.report = report
        self.where = f"{where}, problem/{problem.get('url_name')}" if problem.get("url_name") else where
        self.title = " ".join((problem.get("display_name") or "").split())
        self.number = 0
        self.has_program = any(script.get("type", "").startswith("loncapa") for script in problem.iter("script"))
        self.hint = " ".join(
            text for hint in problem.iter("hint") if (text := self.markdown(hint).replace("\n", " ").strip())
        )
        self.feedback = "\n\n".join(
            text for child in problem if child.tag == "solution" and (text := self.markdown(child))
        )

    def parts(self) -> Iterator[Part]:
        if self.has_program:
            self.report.skip(self.where, "a Python program", "programs of a course are never run")
        responses = [element for element in self.problem.iter() if element.tag in RESPONSES]
        self.report.repeat(len(responses), len(self.feedback) + len(self.hint))
        if not responses:
            yield from self._without_response()
        elif any(self._is_in_a_table(response) for response in responses):
            yield from self._marked(responses)
        else:
            yield from self._in_order()

    def markdown(self, element: "Element") -> str:
        return to_markdown(markup(element), self.report, self.where)

    def _is_in_a_table(self, response: "Element") -> bool:
        return any(response in list(cell.iter()) for cell in self.problem.iter("td"))

    def _without_response(self) -> Iterator[Part]:
        shown = self.markdown(_without(self.problem, _BESIDE))
        why = "it holds nothing that could be answered here"
        if not self.title and not shown:
            return
        self.report.lose_question(self.where, self.title or spoken(shown), why)
        lost = Question("none", QuestionKind.TEXT, shown or self.title, hint=self.hint, feedback=self.feedback)
        yield as_words(lost, why)

    def _marked(self, responses: list["Element"]) -> Iterator[Part]:
        """Questions that stand within a table: the table with numbers in their places, then the questions."""
        marked = deepcopy(self.problem)
        for number, response in enumerate((each for each in marked.iter() if each.tag in RESPONSES), start=1):
            tail = response.tail
            response.clear()
            response.tag, response.text, response.tail = "strong", f"({number})", tail
        shown = self.markdown(_without(marked, _BESIDE))
        yield shown
        self.report.repeat(len(responses), len(shown))
        for number, response in enumerate(responses, start=1):
            own = self.markdown(_without(response, (*_BESIDE, *_INPUTS)))
            place = f"In the table above, what belongs at ({number})?"
            yield from self._asked(response, "\n\n".join(part for part in (shown, own, place) if part))

    def _in_order(self) -> Iterator[Part]:
        before: list[str] = []
        last: Part | None = None
        for piece in _pieces(self.problem, 0):
            if isinstance(piece, str):
                before.append(piece)
                continue
            html = "".join(before) + markup(_without(piece, (*_BESIDE, *_INPUTS)))
            before = []
            for part in self._asked(piece, to_markdown(html, self.report, self.where)):
                yield part
                last = part
        if last is not None and (after := to_markdown("".join(before), self.report, self.where)):
            yield after

    def _asked(self, response: "Element", prompt: str) -> Iterator[Part]:
        inputs = [each for each in response.iter() if each.tag == "optioninput"]
        if response.tag == "optionresponse" and len(inputs) > 1:
            self.report.repeat(len(inputs), len(prompt))
            for number, each in enumerate(inputs, start=1):
                yield self._question(response, each, f"{prompt}\n\n({number})")
        else:
            yield self._question(response, inputs[0] if inputs else None, prompt)

    def _question(self, response: "Element", chosen: "Element | None", prompt: str) -> Part:
        self.number += 1
        label = next((text for each in response.iter() if (text := each.get("label"))), "")
        prompt = (
            prompt or to_markdown(label, self.report, self.where) or to_markdown(self.title, self.report, self.where)
        )
        feedback = "\n\n".join(
            part for part in (*(self.markdown(each) for each in response.iter("solution")), self.feedback) if part
        )
        draft = Question(
            self.new_id(self.number), QuestionKind.SINGLE, prompt or "?", hint=self.hint, feedback=feedback
        )
        try:
            return self._answered(response, chosen, draft)
        except UnwritableError as error:
            self.report.lose_question(self.where, spoken(prompt) or self.title, str(error))
            options = self._options(response, chosen)[0] if response.tag in _TAKEN else ()
            return as_words(_with(draft, options=tuple(options)), str(error))

    def _answered(self, response: "Element", chosen: "Element | None", draft: Question) -> Question:
        """`draft` with what is right. Raises `UnwritableError`."""
        kind = response.tag
        if response.get("partial_credit"):
            self.report.skip(self.where, "part of the points", "an answer is right or not")
        if kind in _LOST:
            raise UnwritableError(_LOST[kind])
        said = " ".join((*response.attrib.values(), draft.prompt, *(words(each) for each in response.iter("choice"))))
        if self.has_program and _VARIABLE.search(said):
            raise UnwritableError("made_by_program")
        if kind == "stringresponse":
            return self._text(response, draft)
        if kind == "numericalresponse":
            return self._number(response, draft)
        options, feedback = self._options(response, chosen)
        if kind == "annotationresponse":
            asked = [words(each) for name in ("comment", "text", "comment_prompt", "tag_prompt")
                     for each in response.iter(name)]  # fmt: skip
            prompt = "\n\n".join(to_markdown(text, self.report, self.where) for text in asked if text)
            draft = _with(draft, prompt=prompt or draft.prompt)
        if not any(option.correct for option in options):
            raise UnwritableError("no_option_right")
        whole = "\n\n".join(part for part in (draft.feedback, feedback) if part)
        several = kind in ("choiceresponse", "truefalseresponse")
        chosen_as = QuestionKind.MULTIPLE if several else QuestionKind.SINGLE
        return _with(draft, kind=chosen_as, options=tuple(options), feedback=whole)

    def _options(self, response: "Element", chosen: "Element | None") -> tuple[list[Option], str]:
        """The options with their own feedback, and the feedback that belongs to none."""
        if chosen is not None and not chosen.findall("option"):
            right = " ".join(chosen.get("correct", "").split())
            found = [
                " ".join((one or two).replace("\\'", "'").split())
                for one, two in _OPTIONS.findall(chosen.get("options", ""))
            ]
            shown = [option_markdown(text, ImportReport(), "") for text in found]
            texts = option_texts(found, shown, self.report, self.where)
            return [Option(text, each == right) for text, each in zip(texts, found, strict=True)], ""
        explained = {each.get("explanation-id", ""): self.markdown(each) for each in response.iter("targetedfeedback")}
        options: list[Option] = []
        sources: list[str] = []
        rest: list[str] = []
        source = chosen if chosen is not None else response
        for choice in source.iter():
            if choice.tag not in ("choice", "option") or (not len(choice) and not (choice.text or "").strip()):
                continue
            said = (choice.get("correct") or choice.get("choice") or "").lower()
            feedback = [explained.get(choice.get("explanation-id", ""), "")]
            sources.append(markup(_without(choice, ("choicehint", "optionhint"))))
            text = to_markdown(sources[-1], self.report, self.where)
            for hint in (*choice.iter("choicehint"), *choice.iter("optionhint")):
                if hint.get("selected", "").lower() == "false":
                    rest.append(said_when(f"Without “{spoken(text)}”", self.markdown(hint)))
                else:
                    feedback.append(self.markdown(hint))
            if said in ("partial", "partially-correct"):
                self.report.skip(
                    self.where, f"part of the points for “{shortened(spoken(text))}”", "an answer is right or not"
                )
            options.append(Option(text, said in ("true", "correct"), "\n\n".join(part for part in feedback if part)))
        texts = option_texts(sources, [option.text for option in options], self.report, self.where)
        options = [replace(option, text=text) for option, text in zip(options, texts, strict=True)]
        for hint in source.iter("compoundhint"):
            letters = [letter for letter in hint.get("value", "").upper().split() if letter in ascii_uppercase]
            chosen_texts = [spoken(options[place].text) for each in letters
                            if (place := ascii_uppercase.index(each)) < len(options)]  # fmt: skip
            said_of = " and ".join(f"“{text}”" for text in chosen_texts)
            rest.append(said_when(f"To {said_of or 'none of them'}", self.markdown(hint)))
        return options, "\n\n".join(part for part in rest if part)

    def _text(self, response: "Element", draft: Question) -> Question:
        kind = response.get("type", "").split()
        if "regexp" in kind:
            raise UnwritableError("answer_is_pattern")
        answers = response.get("answer", "").split("_or_")
        answers += [each.get("answer") or words(each) for each in response.iter("additional_answer")]
        accepted = tuple(map(answer_words, answers))
        if "ci" not in kind and any(word != word.swapcase() for word in accepted):
            self.report.skip(self.where, "the capitals of a right answer", CAPITALS)
        feedback = self._feedback_of_words(response, draft)
        return _with(draft, kind=QuestionKind.TEXT, accepted=accepted, feedback=feedback)

    def _feedback_of_words(self, response: "Element", draft: Question) -> str:
        """The feedback to an answer in words or numbers, each part with the answer that it belongs to."""
        hints = []
        for holder in response.iter():
            for hint in holder:
                if hint.tag == "correcthint":
                    only = holder.get("answer") if holder.tag == "additional_answer" else ""
                    hints.append(said_when(f"To “{only}”" if only else "If right", self.markdown(hint)))
                elif hint.tag == "stringequalhint":
                    hints.append(said_when(f"To “{hint.get('answer', '')}”", self.markdown(hint)))
        return "\n\n".join(part for part in (draft.feedback, *hints) if part)

    def _number(self, response: "Element", draft: Question) -> Question:
        others = (each.get("answer", "") for each in response.iter("additional_answer"))
        said = [each for each in response.iter("responseparam") if each.get("type") == "tolerance"]
        tolerance = said[-1].get("default", "0") if said else "0"
        numbers = right_numbers(_right_number(each, tolerance) for each in (response.get("answer", ""), *others))
        feedback = self._feedback_of_words(response, draft)
        return _with(draft, kind=QuestionKind.NUMBER, feedback=feedback, **numbers._asdict())


def _pieces(element: "Element", depth: int) -> Iterator["str | Element"]:
    """The HTML and the responses in an element, in order; what holds a response is gone through."""
    yield _escaped(element.text)
    for child in element:
        if child.tag in RESPONSES:
            yield child
        elif depth < _MAX_DEPTH and any(each.tag in RESPONSES for each in child.iter()):
            yield from _pieces(child, depth + 1)
        elif child.tag not in _BESIDE:
            whole = _without(child, _BESIDE)
            whole.tail = ""
            holder = type(child)("span")
            holder.append(whole)
            yield markup(holder)
        yield _escaped(child.tail)


def _without(element: "Element", names: tuple[str, ...]) -> "Element":
    """A copy of an element without the elements that have one of these names; what follows them stays."""
    copy = deepcopy(element)
    for parent in list(copy.iter()):
        before: Element | None = None
        for child in list(parent):
            if child.tag in names:
                tail = (" ____ " if child.tag in ("textline", "optioninput") and parent is not copy else "") + (
                    child.tail or ""
                )
                if before is None:
                    parent.text = (parent.text or "") + tail
                else:
                    before.tail = (before.tail or "") + tail
                parent.remove(child)
            else:
                if child.tag in ("label", "description"):
                    child.tag = "p"
                elif child.tag == "clarification":
                    child.tag, child.text, child.tail = (
                        "span",
                        f" ({(child.text or '').strip()}",
                        f") {child.tail or ''}",
                    )
                before = child
    copy.tail = ""
    return copy


def _with(question: Question, **changes: object) -> Question:
    return replace(question, **changes)  # type: ignore[arg-type]


def _decimal(text: str) -> Decimal:
    try:
        value = Decimal(text.strip().rstrip("%"))
    except InvalidOperation as error:
        raise UnwritableError("answer_is_calculation") from error
    if not value.is_finite() or abs(value.adjusted()) > 40:
        raise UnwritableError("answer_no_number")
    return value / 100 if text.strip().endswith("%") else value


def _right_number(answer: str, tolerance: str) -> str:
    """A number with its tolerance, or a range as it was written, whose round brackets leave the end out."""
    match = _RANGE.fullmatch(answer)
    if match is None:
        number = _decimal(answer)
        return with_tolerance(number_text(number), number_text(_tolerance(tolerance, number)))
    (low, with_low), (high, with_high) = sorted(
        [(_decimal(match[2]), match[1] == "["), (_decimal(match[3]), match[4] == "]")]
    )
    span = NumberRange(low, high, with_low, with_high)
    if span.is_empty:
        raise UnwritableError("names_no_answer")
    return str(span)


def _tolerance(text: str, answer: Decimal) -> Decimal:
    """Plain, or in percent of the answer."""
    percent = text.strip().endswith("%")
    try:
        value = abs(_decimal(text))
    except UnwritableError:
        return Decimal(0)
    return round(abs(answer) * value, 12) if percent else value


def _escaped(text: str | None) -> str:
    return (text or "").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
