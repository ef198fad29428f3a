"""Quizzes in a lesson's Markdown: the one place that reads `::: quiz`.

A question is a paragraph that ends with `{#id}`. Its options are a task list with feedback quoted under each; or its
answer is a paragraph `answer: first | second`, or `answer: 21 ± 0.5 | in [30, 40)`. A paragraph `hint: …`, one
`outcomes: 1, 3` and a quoted feedback may stand with it, and whatever else follows it, such as code or a table, belongs
to what is asked.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from textwrap import dedent

from markdown_it.token import Token

from azora_tui.formats.markdown import Attributes, closing, parse, split_attributes, split_task
from azora_tui.formats.number_answers import read_numbers
from azora_tui.models.quizzes import PASS_PERCENT, Option, Question, QuestionKind, Quiz
from azora_tui.text import fold

_QUOTE_MARK = re.compile(r"^[ \t]*>[ \t]?", re.MULTILINE)
_PERCENT = re.compile(r"([0-9]{1,3})%?")
_COUNT = re.compile(r"0*([1-9][0-9]{0,5})")
_COUNT_WITHIN = re.compile(r"\b[1-9][0-9]{0,2}\b", re.ASCII)


def read_quiz(source: str) -> Quiz | None:
    """The quiz of a lesson, all its quiz divs together; None where nothing is asked that can be answered right.

    Never raises: an attribute that makes no sense is as if it were not there.
    """
    lines = source.split("\n")
    if not any("quiz" in line[line.find(":::") :] for line in lines if ":::" in line):
        return None
    return quiz_of(parse(source).tokens, lines)


def quiz_of(tokens: Sequence[Token], lines: Sequence[str]) -> Quiz | None:
    """As `read_quiz`, of a source that has been parsed; `lines` is what was parsed."""
    questions: dict[str, Question] = {}
    said: dict[str, str] = {}
    for place, token in enumerate(tokens):
        if token.type == "div_open" and is_quiz(token):
            said = {**_attributes(token).pairs, **said}
            for question in read_questions(tokens[place + 1 : closing(tokens, place)], lines):
                questions.setdefault(question.id, question)
    if not questions:
        return None
    return Quiz(tuple(questions.values()), _pass_percent(said), _attempts(said))


def is_quiz(opening: Token) -> bool:
    """Whether the div that `opening` opens is a quiz."""
    return "quiz" in _attributes(opening).names


def read_questions(tokens: Sequence[Token], lines: Sequence[str]) -> tuple[Question, ...]:
    """The questions between the opening and the closing token of a quiz; `lines` is what was parsed.

    A question without an id or without a right answer is left out, for nobody could answer it.
    """
    return tuple(found.question for found in find_questions(tokens, lines) if found.question)


@dataclass(frozen=True, slots=True)
class FoundQuestion:
    """What was meant as a question, on `line` from 0; `question` is None where nobody could answer it.

    Without an `id` it is an answer, or options, for which no paragraph asks with an id at its end.
    """

    id: str
    line: int
    question: Question | None


def find_questions(tokens: Sequence[Token], lines: Sequence[str]) -> list[FoundQuestion]:
    """All that is meant as a question, also what `read_questions` leaves out."""
    drafts: list[_Draft] = []
    lost: list[FoundQuestion] = []
    before: list[str] = []
    first = 0
    for token, inside in _blocks(tokens):
        text = inside[0].content if token.type == "paragraph_open" and inside else ""
        words, attributes = split_attributes(text)
        line = token.map[0] if token.map else 0
        if not before:
            first = line
        if attributes.id:
            drafts.append(_Draft(attributes.id, [*before, words], first))
            before = []
            continue
        if (before or not drafts) and (text.lower().startswith("answer:") or _options(token, inside, lines)):
            lost.append(FoundQuestion("", first, None))
        if not (drafts and drafts[-1].take(token, inside, text, lines)):
            before.append(_source(token, lines))
    return [FoundQuestion(draft.id, draft.line, draft.question()) for draft in drafts] + lost


@dataclass(slots=True)
class _Draft:
    """A question as far as it has been read."""

    id: str
    prompt: list[str]
    line: int
    options: list[Option] = field(default_factory=list)
    answer: str = ""
    hint: str = ""
    outcomes: tuple[int, ...] = ()
    feedback: list[str] = field(default_factory=list)

    def take(self, token: Token, inside: Sequence[Token], text: str, lines: Sequence[str]) -> bool:
        """Take a block that follows; False for one that can only belong to the next question."""
        answered = bool(self.options or self.answer)
        if text.lower().startswith("hint:"):
            self.hint = text[5:].strip()
        elif text.lower().startswith("outcomes:"):
            self.outcomes = tuple(sorted({int(number) for number in _COUNT_WITHIN.findall(text)}))
        elif text.lower().startswith("answer:"):
            self.answer = " ".join(text[7:].split())
        elif token.type == "blockquote_open":
            self.feedback.append(_quoted(token, lines))
        elif options := _options(token, inside, lines):
            self.options += options
        elif answered:
            return False
        else:
            self.prompt.append(_source(token, lines))
        return True

    def question(self) -> Question | None:
        asked = "\n\n".join(part for part in self.prompt if part.strip())
        feedback = "\n\n".join(self.feedback)
        right = sum(option.correct for option in self.options)
        draft = Question(self.id, QuestionKind.TEXT, asked, hint=self.hint, feedback=feedback, outcomes=self.outcomes)
        if right:
            kind = QuestionKind.SINGLE if right == 1 else QuestionKind.MULTIPLE
            return replace(draft, kind=kind, options=tuple(self.options))
        accepted = tuple(word.strip() for word in self.answer.split(" | ") if fold(word).strip())
        if numbers := read_numbers(accepted):
            return replace(draft, kind=QuestionKind.NUMBER, **numbers._asdict())
        if accepted:
            return replace(draft, accepted=accepted)
        return None


def _options(token: Token, inside: Sequence[Token], lines: Sequence[str]) -> list[Option]:
    """The options of a task list; none for any other block."""
    if token.type not in ("bullet_list_open", "ordered_list_open"):
        return []
    options: list[Option] = []
    any_task = False
    for _, item in _blocks(inside):
        correct: bool | None = None
        text: list[str] = []
        feedback: list[str] = []
        for block, within in _blocks(item):
            if block.type == "blockquote_open":
                feedback.append(_quoted(block, lines))
            elif not text and block.type == "paragraph_open":
                correct, first = split_task(within[0].content)
                text.append(first)
            else:
                text.append(_source(block, lines))
        any_task = any_task or correct is not None
        if text:
            options.append(Option("\n\n".join(text), bool(correct), "\n\n".join(feedback)))
    return options if any_task else []


def _blocks(tokens: Sequence[Token]) -> Iterator[tuple[Token, Sequence[Token]]]:
    """Each block at the top of `tokens`, with what stands in it."""
    index = 0
    while index < len(tokens):
        end = closing(tokens, index) if tokens[index].nesting == 1 else index
        yield tokens[index], tokens[index + 1 : end]
        index = end + 1


def _source(token: Token, lines: Sequence[str]) -> str:
    """A block as it was written, without the indentation of where it stands."""
    first, end = token.map or (0, 0)
    return dedent("\n".join(lines[first:end])).strip("\n")


def _quoted(token: Token, lines: Sequence[str]) -> str:
    return _QUOTE_MARK.sub("", _source(token, lines)).strip()


def _attributes(opening: Token) -> Attributes:
    attributes = opening.meta["attributes"]
    assert isinstance(attributes, Attributes)
    return attributes


def _pass_percent(said: Mapping[str, str]) -> int:
    match = _PERCENT.fullmatch(said.get("pass", ""))
    return int(match[1]) if match and int(match[1]) <= 100 else PASS_PERCENT


def _attempts(said: Mapping[str, str]) -> int | None:
    match = _COUNT.fullmatch(said.get("attempts", ""))
    return int(match[1]) if match else None
