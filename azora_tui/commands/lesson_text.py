"""A lesson as plain text: what its Markdown says, in an order that a screen reader can follow.

Solutions stand in their place under their name; the answers of quizzes and the footnotes come at the end.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from markdown_it.token import Token

from azora_tui.commands import output
from azora_tui.formats.markdown import (
    Document,
    closing,
    footnote_numbers,
    parse,
    parse_inline,
    plain_text,
    split_attributes,
)
from azora_tui.formats.quiz import read_questions
from azora_tui.models.quizzes import Question
from azora_tui.text import cells, wrap
from azora_tui.wording.numbers import counted

_DIVS: Mapping[str, str] = {
    "callout": "Note", "note": "Note", "tip": "Tip", "checklist": "Checklist", "keypoints": "Key points",
    "objectives": "Objectives", "prereq": "Before you begin", "questions": "Questions",
    "testimonial": "Testimonial", "discussion": "Discussion", "challenge": "Challenge",
    "exercise": "Exercise", "caution": "Caution", "warning": "Warning", "solution": "Solution",
    "hint": "Hint", "spoiler": "More", "quiz": "Check yourself", "task": "Task",
}  # fmt: skip
_HIDDEN = frozenset({"card", "instructor"})
_NARROWEST = 16


def lesson_text(
    source: str, columns: int, *, quiz_note: str | None = None, task_notes: Mapping[str, str] | None = None
) -> str:
    """Markdown as text in lines of at most `columns` cells; code and web addresses may be longer.

    With a `quiz_note`, a quiz is one line that ends with it; without, its questions, and its answers at the end.
    A task ends with its note, by its id.
    """
    return "\n".join(_Text(source, columns, quiz_note, task_notes or {}).lines)


class _Text:
    """Writes block after block; `_margin` is what each line begins with, `_mark` what the next one does."""

    def __init__(self, source: str, columns: int, quiz_note: str | None, task_notes: Mapping[str, str]) -> None:
        self.lines: list[str] = []
        self._columns = columns
        self._quiz_note = quiz_note
        self._task_notes = task_notes
        self._lines = source.split("\n")
        self._document: Document = parse(source)
        self._numbers = footnote_numbers(source)
        self._margin = ""
        self._mark: str | None = None
        self._in_items = 0
        self._answers: list[tuple[str, list[str]]] = []
        self._notes: dict[int, list[Token]] = {}
        self._blocks(self._document.tokens)
        if self._answers:
            self._text("Answers")
            for mark, texts in self._answers:
                with self._indented(mark):
                    self._text("\n".join(texts) or "No answer is given.")
        if self._notes:
            self._text("Footnotes")
            for number in sorted(self._notes):
                with self._indented(f"[{number}] "):
                    self._blocks(self._notes[number])

    def _blocks(self, tokens: Sequence[Token]) -> None:
        index = 0
        while index < len(tokens):
            token = tokens[index]
            end = closing(tokens, index) if token.nesting == 1 else index
            self._block(token, tokens[index + 1 : end])
            index = end + 1

    def _block(self, token: Token, inside: Sequence[Token]) -> None:
        match token.type:
            case "paragraph_open":
                self._text(self._inline(inside[0].content))
            case "heading_open":
                title = self._inline(split_attributes(inside[0].content)[0])
                self._text(f"{'#' * int(token.tag[1:])} {title}")
            case "fence" | "code_block":
                self._code(token.content)
            case "hr":
                self._text("---")
            case "bullet_list_open" | "ordered_list_open":
                self._list(token, inside)
            case "blockquote_open":
                self._gap()
                with self._indented("> ", "> "):
                    self._blocks(inside)
            case "table_open":
                self._table(inside)
            case "div_open":
                self._div(token, inside)
            case "footnote_reference_open":
                number = self._numbers.get(token.meta["label"])
                if number is not None:
                    self._notes.setdefault(number, list(inside))
            case _:
                self._blocks(inside)

    def _list(self, token: Token, inside: Sequence[Token]) -> None:
        number = int(token.attrs.get("start", 1))
        if not self._in_items:
            self._gap()
        self._in_items += 1
        for item in _items(inside):
            mark = "- " if token.type == "bullet_list_open" else f"{number}. "
            number += 1
            with self._indented(mark):
                if item:
                    self._blocks(item)
                else:
                    self._text("")
        self._in_items -= 1

    def _div(self, token: Token, inside: Sequence[Token]) -> None:
        attributes = token.meta["attributes"]
        names = attributes.names
        if not _HIDDEN.isdisjoint(names):
            return
        if "quiz" in names and self._quiz_note is not None:
            if questions := read_questions(inside, self._lines):
                self._text(f"Quiz: {counted(len(questions), 'question')}. {self._quiz_note}")
            return
        label = next((_DIVS[name] for name in names if name in _DIVS), None)
        if label is None:
            self._blocks(inside)
            return
        if inside and inside[0].type == "heading_open":
            label += f": {self._inline(split_attributes(inside[1].content)[0])}"
            inside = inside[3:]
        self._text(label)
        with self._indented("  "):
            if "quiz" in names:
                self._quiz(inside)
            else:
                self._blocks(inside)
                if "task" in names and (note := self._task_notes.get(attributes.id)):
                    self._text(note)

    def _quiz(self, tokens: Sequence[Token]) -> None:
        """Questions numbered through the lesson, options without what is right or was meant as feedback."""
        for question in read_questions(tokens, self._lines):
            mark = f"{len(self._answers) + 1}. "
            self._gap()
            with self._indented(mark):
                self._blocks(parse(question.prompt).tokens)
            with self._indented("   "):
                if question.hint:
                    self._text(f"Hint: {self._inline(question.hint)}")
                self._options(question)
            self._answers.append((mark, self._right_answers(question)))

    def _options(self, question: Question) -> None:
        for place, option in enumerate(question.options):
            if not place:
                self._gap()
            with self._indented(f"{_letter(place)}) "):
                self._blocks(parse(option.text).tokens)

    def _right_answers(self, question: Question) -> list[str]:
        texts: list[str] = []
        for place in question.right_options:
            option = question.options[place]
            texts += [f"{_letter(place)}) {self._inline(option.text)}", self._inline(option.feedback)]
        if not texts:
            texts.append(question.right_words)
        return [text for text in [*texts, self._inline(question.feedback)] if text]

    def _table(self, tokens: Sequence[Token]) -> None:
        rows: list[list[str]] = []
        for token in tokens:
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(self._inline(token.content).replace("\n", " "))
        sizes = [max(map(cells, column)) for column in zip(*rows, strict=True)]
        self._gap()
        if sum(sizes) + 2 * (len(sizes) - 1) <= self._room():
            for row in rows if any(rows[0]) else rows[1:]:
                padded = (cell + " " * (size - cells(cell)) for cell, size in zip(row, sizes, strict=True))
                self._line("  ".join(padded).rstrip())
            return
        # Too wide for columns: each row becomes lines that name what they hold.
        for number, row in enumerate(rows[1:]):
            if number:
                self._line("")
            for head, cell in zip(rows[0], row, strict=True):
                if cell:
                    for line in wrap(f"{head}: {cell}" if head else cell, self._room(), rest="  "):
                        self._line(line)

    def _code(self, code: str) -> None:
        self._gap()
        for line in code.strip("\n").expandtabs(4).split("\n"):
            self._line(f"    {line}".rstrip())

    def _text(self, text: str) -> None:
        self._gap()
        for paragraph in text.split("\n"):
            for line in wrap(paragraph, self._room()):
                self._line(line)

    def _gap(self) -> None:
        """One empty line between blocks, none between the items of a list."""
        in_item = self._mark is not None
        if self.lines and not in_item and self.lines[-1].strip(" >"):
            self.lines.append(self._margin.rstrip())

    def _line(self, line: str) -> None:
        start = self._margin if self._mark is None else self._mark
        self._mark = None
        self.lines.append((start + line).rstrip())

    def _room(self) -> int:
        return max(_NARROWEST, self._columns - cells(self._margin))

    @contextmanager
    def _indented(self, mark: str, rest: str | None = None) -> Iterator[None]:
        outside = self._margin
        self._mark = (outside if self._mark is None else self._mark) + mark
        self._margin += rest if rest is not None else " " * len(mark)
        yield
        self._margin, self._mark = outside, None

    def _inline(self, content: str) -> str:
        r"""Inline Markdown as words, `\n` where a line must break. Emphasis goes, code, addresses and what is
        struck out stay."""
        return "\n".join(" ".join(line.split()) for line in self._words(content).split("\0"))

    def _words(self, content: str) -> str:
        words: list[str] = []
        links: list[tuple[str, int]] = []
        for token in parse_inline(content, self._document):
            match token.type:
                case "softbreak":
                    words.append(" ")
                case "hardbreak":
                    words.append("\0")
                case "s_open" | "s_close":
                    words.append("~~")  # without it, what was struck out would seem to hold
                case "code_inline":
                    words.append(f"`{output.one_line(token.content)}`")
                case "image":
                    alternative = token.meta.get("alt") or plain_text(token.children or ())
                    words.append(f"[image: {output.one_line(alternative)}]")
                case "footnote_ref":
                    number = self._numbers.get(token.meta["label"])
                    words.append(f" [{number}]" if number is not None else "")
                case "link_open":
                    links.append((output.one_line(str(token.attrs.get("href", ""))), len(words)))
                case "link_close" if links:
                    href, start = links.pop()
                    if "://" in href and "".join(words[start:]) != href:
                        words.append(f" ({href})")
                case _:
                    words.append(output.one_line(token.content))
        return "".join(words)


def _letter(place: int) -> str:
    return chr(ord("a") + place % 26)


def _items(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """What stands in each item of a list."""
    index = 0
    while index < len(tokens):
        end = closing(tokens, index)
        yield tokens[index + 1 : end]
        index = end + 1
