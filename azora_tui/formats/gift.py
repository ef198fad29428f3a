"""GIFT, the question files of Moodle and others: each category becomes a lesson with a quiz."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from pathlib import PurePosixPath

from azora_tui.formats import imported
from azora_tui.formats.answers import answer_words, as_written, literal_signs, option_markdown, option_texts
from azora_tui.formats.archives import Tree, decoded
from azora_tui.formats.composing import Part, as_text, as_words, compose, said_when
from azora_tui.formats.foreign_markdown import adopt
from azora_tui.formats.html import to_markdown
from azora_tui.formats.imported import Ids, Imported, ImportRefusedError, ImportReport
from azora_tui.formats.number_answers import number_text, right_numbers, with_tolerance
from azora_tui.formats.pages import read_page
from azora_tui.formats.quiz_errors import UnwritableError
from azora_tui.formats.quiz_writing import spoken
from azora_tui.formats.words import from_text
from azora_tui.models.quizzes import Option, Question, QuestionKind

NAME = "GIFT questions (.gift or .txt)"

_LOOKS_LIKE = re.compile(r"(?m)^[ \t]*(?:::.+?::|\$CATEGORY:)|(?<!\\)\{\s*(?:[=~#]|T\b|F\b|TRUE\b|FALSE\b|\})")
_TITLE = re.compile(r"\s*::((?:\\.|[^\\])*?)::", re.DOTALL)
_FORMAT = re.compile(r"\s*\[(html|markdown|plain|moodle)\]", re.IGNORECASE)
_WEIGHT = re.compile(r"\s*%(-?[0-9]{1,3}(?:\.[0-9]{1,8})?)%")
_PAIR = re.compile(r"\S\s*->\s*\S")  # one alone, or a bare arrow, is a word to be written: `p->next`
_TRUTH = re.compile(r"(TRUE|T|FALSE|F)\s*(?=#|\Z)", re.IGNORECASE)
_NUMBER_RANGE = re.compile(r"([^.\s][^\s]{0,60}?)\.\.([^\s]{1,60})")
_ID = re.compile(r"\[id:((?:\\.|[^\[\]\\])+)\]")
_HINT = re.compile(r"//\s*hint:\s*(.+)", re.IGNORECASE)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
# Escaped signs, while the others are being looked for.
_MASKED = str.maketrans({sign: chr(0xE000 + place) for place, sign in enumerate("~=#{}:\\n")})
_UNMASKED = str.maketrans({chr(0xE000 + place): sign for place, sign in enumerate("~=#{}:\\\n")})
_MAX_QUESTIONS = 20_000
_WHOLE = 100
_LEAST = Decimal("0.00000001")
_OPTION = 100
"""What an option takes beside its words."""


@dataclass(slots=True)
class _Block:
    """One question as it stands in the file, without its comments."""

    text: str
    id: str
    hint: str


def find(tree: Tree) -> str | None:
    """ "" where a file of the tree holds GIFT questions, else None."""
    return "" if _files(tree) else None


def _files(tree: Tree) -> list[str]:
    """Those that are called GIFT, and texts that look like it."""

    def holds_questions(name: str) -> bool:
        suffix = PurePosixPath(name).suffix.lower()
        if suffix not in (".txt", "") or (suffix == "" and len(tree.texts) > 1):
            return suffix == ".gift"
        return _LOOKS_LIKE.search(decoded(tree.texts[name][:100_000])) is not None

    return sorted(filter(holds_questions, tree.texts))


def read(tree: Tree, report: ImportReport) -> Imported:
    """Raises `ImportRefusedError`."""
    files = _files(tree)
    lesson_ids, question_ids = Ids(), Ids()
    lessons = []
    asked = 0
    for name in files:
        stem = PurePosixPath(name).stem
        for category, blocks in _categories(decoded(tree.texts[name])):
            asked += len(blocks)
            if asked > _MAX_QUESTIONS:
                raise ImportRefusedError("too_many_questions", maximum=_MAX_QUESTIONS)
            report.advance()
            where = f"{name}, {category}" if category else name
            parts = [part for block in blocks for part in _parts(block, question_ids, report, where)]
            content = read_page(
                partial(compose, parts, report, where), partial(as_text, parts), report, where, "a category"
            )
            if content.strip():
                path = [part.replace("\ue100", "/").strip() for part in category.replace("//", "\ue100").split("/")]
                path = [part for part in path if part and part not in ("$course$", "$system$", "top")]
                section = " · ".join(path[:-1]) or (stem if len(files) > 1 else "Questions")
                lesson_id = lesson_ids.make("-".join(path) or stem, stem)
                lessons.append(imported.lesson(lesson_id, path[-1] if path else stem, section, content))
    for name in sorted(tree.texts):
        if name not in files:
            report.skip(name, "a file", "it holds no questions in GIFT")
    imported.report_files(tree, report)
    title = tree.name.replace("_", " ").strip()
    return imported.finished(imported.course(slug=tree.name, title=title, lessons=lessons), report)


def _categories(text: str) -> Iterator[tuple[str, list[_Block]]]:
    """(category, questions), each category once, in the order of the file."""
    found: dict[str, list[_Block]] = {}
    category = ""
    lines: list[str] = []
    identifier = hint = ""
    for line in [*text.split("\n"), ""]:
        stripped = line.strip()
        if stripped.startswith("//"):
            if match := _ID.search(stripped):
                identifier = _ESCAPE.sub(r"\1", match[1]).strip()
            if match := _HINT.match(stripped):
                hint = match[1].strip()
        elif stripped.upper().startswith("$CATEGORY:"):
            category = stripped[10:].strip()
        elif stripped:
            if lines and _TITLE.match(line) and lines[-1].rstrip().endswith("}"):
                # A title begins a question, also where the empty line before it is missing.
                found.setdefault(category, []).append(_Block("\n".join(lines), identifier, hint))
                lines, identifier, hint = [], "", ""
            lines.append(line)
        elif lines:
            found.setdefault(category, []).append(_Block("\n".join(lines), identifier, hint))
            lines, identifier, hint = [], "", ""
    yield from found.items()


def _parts(block: _Block, ids: Ids, report: ImportReport, where: str) -> list[Part]:
    def words() -> list[Part]:
        return [from_text(_said(block.text))]

    return read_page(lambda: list(_Question(block, ids, report, where).parts()), words, report, where, "a question")


class _Question:
    def __init__(self, block: _Block, ids: Ids, report: ImportReport, where: str) -> None:
        self.report = report
        self.where = where
        self.block = block
        self.ids = ids
        text = _ESCAPE.sub(
            lambda match: match[1].translate(_MASKED) if match[1] in "~=#{}:\\n" else match[0], block.text
        )
        title = _TITLE.match(text)
        self.title = _said(title[1]) if title else ""
        text = text[title.end() :] if title else text
        style = _FORMAT.match(text)
        self.format = style[1].lower() if style else "moodle"
        self.text = text[style.end() :] if style else text
        self.number = 0

    def parts(self) -> Iterator[Part]:
        before, brace, rest = self.text.partition("{")
        if not brace:
            yield self.markdown(before)
            return
        answers, end, after = rest.partition("}")
        prompt = f"{before.rstrip()} ____ {after.lstrip()}" if after.strip() else before
        asked = self.markdown(prompt) or from_text(self.title)
        if not end:
            yield self._lost(asked, "its braces are not closed")
            return
        answers, _, general = answers.partition("####")
        draft = Question("", QuestionKind.SINGLE, asked or "?", hint=self.block.hint, feedback=self.markdown(general))
        try:
            for question in self._answered(answers.strip(), draft):
                self.number += 1
                yield replace(question, id=self._id())
        except UnwritableError as error:
            yield self._lost(asked, str(error), draft.feedback)

    def _styled(self, text: str) -> tuple[str, str]:
        """(format, text) of a part, without the mark of its format."""
        style = _FORMAT.match(text)
        return (style[1].lower(), _said(text[style.end() :])) if style else (self.format, _said(text))

    def markdown(self, text: str) -> str:
        style, said = self._styled(text)
        match style:
            case "markdown":
                return adopt(said, self.report, self.where).strip()
            case "plain":
                return from_text(said)
            case "html":
                return to_markdown(said, self.report, self.where)
            case _:
                return to_markdown(literal_signs(said), self.report, self.where)

    def _shown(self, texts: list[str]) -> list[str]:
        """The Markdown of each of several options."""
        styled = [self._styled(text) for text in texts]
        made = []
        for style, said in styled:
            match style:
                case "markdown":
                    made.append(adopt(said, self.report, self.where).strip())
                case "plain":
                    made.append(as_written(said))
                case _:
                    made.append(option_markdown(said, self.report, self.where))
        return option_texts([said for _, said in styled], made, self.report, self.where)

    def _id(self) -> str:
        raw = self.block.id or self.title or _said(self.text)[:2_000]
        return self.ids.make(raw if self.number == 1 else f"{raw}-{self.number}", "question")

    def _answered(self, answers: str, draft: Question) -> Iterator[Question]:
        """The question, or one for each pair of a matching. Raises `UnwritableError`."""
        if not answers:
            raise UnwritableError("essay")
        if truth := _TRUTH.match(answers):
            yield self._truth(truth, answers, draft)
            return
        if answers.startswith("#"):
            yield self._number(answers[1:], draft)
            return
        if answers[0] not in "=~":
            raise UnwritableError("braces_hold_no_answer")
        choices = list(self._choices(answers))
        texts = [text for _, _, text, _ in choices]
        # A pair without its left side is an answer too many; alone it is a word.
        is_matching = len(choices) > 1 and any(map(_PAIR.search, texts))
        if is_matching and all(sign == "=" and "->" in text for sign, _, text, _ in choices):
            yield from self._pairs(texts, draft)
        elif all(sign == "=" for sign, *_ in choices):
            yield self._words(choices, draft)
        else:
            yield self._options(choices, draft)

    def _truth(self, truth: re.Match[str], answers: str, draft: Question) -> Question:
        is_true = truth[1].upper() in ("T", "TRUE")
        _, wrong, right = [*answers.split("#", 2), "", ""][:3]
        said = (self.markdown(right), self.markdown(wrong))
        options = (Option("True", is_true, said[not is_true]), Option("False", not is_true, said[is_true]))
        return replace(draft, options=options)

    def _choices(self, answers: str) -> Iterator[tuple[str, Decimal | None, str, str]]:
        """(= or ~, weight in percent, text, feedback) of each answer."""
        for match in re.finditer(r"([=~])([^=~]*)", answers):
            text, _, feedback = match[2].partition("#")
            weight = _WEIGHT.match(text)
            yield match[1], Decimal(weight[1]) if weight else None, text[weight.end() :] if weight else text, feedback

    def _options(self, choices: list[tuple[str, Decimal | None, str, str]], draft: Question) -> Question:
        has_right = any(sign == "=" for sign, *_ in choices)
        options = []
        shown = self._shown([text for _, _, text, _ in choices])
        for (sign, weight, text, feedback), option in zip(choices, shown, strict=True):
            right = sign == "=" or (weight is not None and weight >= (_WHOLE if has_right else _LEAST))
            if not right and weight is not None and weight > 0:
                self._partial(text)
            options.append(Option(option, right, self.markdown(feedback)))
        # Without one that is wholly right, several are to be chosen.
        kind = QuestionKind.SINGLE if has_right else QuestionKind.MULTIPLE
        return replace(draft, kind=kind, options=tuple(options))

    def _words(self, choices: list[tuple[str, Decimal | None, str, str]], draft: Question) -> Question:
        accepted: list[str] = []
        said: dict[str, list[str]] = {}
        for _, weight, text, feedback in choices:
            right = weight is None or weight >= _WHOLE
            is_pattern = "*" in text.replace("\\*", "")
            word = answer_words(self._styled(text.replace("\\*", "*"))[1])
            if right and not is_pattern:
                accepted.append(word)
            elif right:
                self.report.skip(self.where, f"the pattern “{word}”", "an answer is compared with words only")
            elif weight:
                self._partial(text)
            if shown := self.markdown(feedback):
                said.setdefault(shown, []).append("all else" if word == "*" else f"“{word}”")
        if not accepted:
            raise UnwritableError("answer_is_pattern")
        every = {f"“{word}”" for word in accepted}
        parts = [
            said_when("If right" if every <= set(words) else f"To {' or '.join(words)}", shown)
            for shown, words in said.items()
        ]
        general = "\n\n".join(part for part in (draft.feedback, *parts) if part)
        return replace(draft, kind=QuestionKind.TEXT, accepted=tuple(accepted), feedback=general)

    def _pairs(self, texts: list[str], draft: Question) -> Iterator[Question]:
        sides = [text.split("->", 1) for text in texts]
        lefts, said = ([side for side in column if self._styled(side)[1]] for column in zip(*sides, strict=True))
        left_of, right_of = (dict(zip(column, self._shown(column), strict=True)) for column in (lefts, said))
        pairs = [(left_of.get(left, ""), right_of.get(right, "")) for left, right in sides]
        rights = list(dict.fromkeys(right for _, right in pairs if right))
        self.report.repeat(len(pairs), len(draft.prompt) + sum(_OPTION + len(each) for each in rights))
        for left, right in pairs:
            if left and right:
                asked = f"{draft.prompt}\n\n{left}"
                yield replace(draft, prompt=asked, options=tuple(Option(each, each == right) for each in rights))

    def _number(self, answers: str, draft: Question) -> Question:
        if not answers.lstrip().startswith("="):
            text, _, feedback = answers.partition("#")
            number, tolerance = _number(text)
            said = "\n\n".join(part for part in (draft.feedback, self.markdown(feedback)) if part)
            return replace(draft, kind=QuestionKind.NUMBER, accepted=(number,), tolerance=tolerance, feedback=said)
        parts = [draft.feedback]
        choices = [
            (sign == "=" and (weight is None or weight >= _WHOLE), text, feedback)
            for sign, weight, text, feedback in self._choices(answers)
        ]
        right = [_number(text) for is_right, text, _ in choices if is_right]
        if not right:
            raise UnwritableError("no_answer_right")
        for is_right, text, feedback in choices:
            if not is_right and text.strip():
                self._partial(text)
            value = _line(_said(text)).replace(":", " ± ") or "all else"
            parts.append(
                said_when("If right" if is_right and len(right) == 1 else f"To {value}", self.markdown(feedback))
            )
        feedback = "\n\n".join(part for part in parts if part)
        numbers = right_numbers(with_tolerance(*each) for each in right)
        return replace(draft, kind=QuestionKind.NUMBER, feedback=feedback, **numbers._asdict())

    def _partial(self, text: str) -> None:
        self.report.skip(self.where, f"part of the points for “{_line(_said(text))[:60]}”", "an answer is right or not")

    def _lost(self, asked: str, why: str, solution: str = "") -> str:
        self.report.lose_question(self.where, self.title or spoken(asked), why)
        lost = Question("none", QuestionKind.TEXT, asked, hint=self.block.hint, feedback=solution)
        return as_words(lost, why)


def _number(text: str) -> tuple[str, str]:
    """(number, tolerance) of an answer: plain, with a tolerance, or a range. Raises `UnwritableError`."""
    said = _said(text).strip()
    if match := _NUMBER_RANGE.fullmatch(said):
        low, high = Decimal(number_text(match[1])), Decimal(number_text(match[2]))
        return number_text((low + high) / 2), number_text(abs(high - low) / 2)
    number, _, tolerance = (part.strip() for part in said.partition(":"))
    return number_text(number), number_text(tolerance or "0").lstrip("-")


def _said(text: str) -> str:
    """Text with its escaped signs as they are meant."""
    return text.translate(_UNMASKED).strip()


def _line(text: str) -> str:
    return " ".join(text.split())
