"""The blocks of a LiaScript lesson: text, and quizzes with all that belongs to each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from azora_tui.formats.foreign_markdown import fence_after

_MARK = r"(?:[-*+]|[0-9]{1,9}[.)])[ \t]+"
_LIST = rf"\s*(?:{_MARK})?"
_ITEM = re.compile(rf"\s*{_MARK}")
_SINGLE = re.compile(rf"{_LIST}\[\((?P<mark>[ xX])\)\][ \t]*(?P<text>.*)")
_MULTIPLE = re.compile(rf"{_LIST}\[\[(?P<mark>[ xX])\]\][ \t]*(?P<text>.*)")
_HINT = re.compile(rf"{_LIST}\[\[\?\]\][ \t]*(.*)")
_PROGRAM = re.compile(rf"{_LIST}\[\[!\]\]\s*")
_TEXT = re.compile(rf"{_LIST}\[\[(?P<text>[^\[\]]+)\]\]\s*")
_WRITTEN = re.compile(rf"{_LIST}\[\[_{{2,}}[_ ]*\]\]\s*")
_VOTE = re.compile(rf"{_LIST}(?:\[\([^()]+\)\]|\[\[[^\[\]]+\]\])[ \t]+(?P<text>\S.*)")
_HEADINGS = re.compile(rf"{_LIST}\[[ \t]*[\[(](?P<all>.*)[\])][ \t]*\]\s*")
_BETWEEN = re.compile(r"[\])][ \t]*[\[(]")
_ROW = re.compile(
    rf"{_LIST}\[[ \t]*(?P<cells>(?:(?:\[[ \t]*[xX]?[ \t]*\]|\([ \t]*[xX]?[ \t]*\))[ \t]*)*)\][ \t]*(?P<text>.*)"
)
_MAX_LINE_LENGTH = 2_000
"""No line of a quiz is longer, and no pattern above is tried on one that is."""
_IS_SURVEY = "it is a survey, which has no right answer"
_STARS = re.compile(r"\s*\*{3,}\s*")


@dataclass(slots=True)
class LiaQuiz:
    """A quiz as far as its lines have been read."""

    kind: str
    lines: list[str]
    options: list[tuple[bool, str]] = field(default_factory=list)
    accepted: list[str] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    explanation: str = ""
    lost: str = ""
    rows: list[tuple[list[bool], str]] = field(default_factory=list)
    """Of a table of choices: what is right of the options, and what the row asks."""


def read_blocks(lines: list[str]) -> Iterator["str | LiaQuiz"]:
    """Blocks of text, which empty lines part, and quizzes."""
    text: list[str] = []
    index = 0
    fence = ""
    while index < len(lines):
        line = lines[index]
        was = fence
        fence = fence_after(line, fence)
        if fence or was:
            if not was and text and not text[0].lstrip().startswith((">", "-", "*", "+")):
                yield "\n".join(text)
                text = []
            text.append(line)
            index += 1
            if not fence and was:
                yield "\n".join(text)
                text = []
            continue
        if (read := _quiz_at(lines, index)) is not None:
            if "".join(text).strip():
                yield "\n".join(text)
            text = []
            quiz, index = _after(*read, lines)
            yield quiz
            continue
        if line.strip():
            text.append(line)
        elif text:
            yield "\n".join(text)
            text = []
        index += 1
    if "".join(text).strip():
        yield "\n".join(text)


def _quiz_at(lines: list[str], index: int) -> tuple[LiaQuiz, int] | None:
    """The quiz that begins at `index`, and the index after its answers; None where none does."""
    line = lines[index].strip()
    if not 3 <= len(line) <= _MAX_LINE_LENGTH or "[" not in line[:10]:
        return None
    if (found := _table_at(lines, index) or _survey_at(lines, index)) is not None:
        return found
    for kind, pattern in (("single", _SINGLE), ("multiple", _MULTIPLE)):
        if pattern.fullmatch(line):
            return _options_at(kind, pattern, lines, index)
    quiz = LiaQuiz("text", [line])
    if _PROGRAM.fullmatch(line):
        quiz.lost = "it is graded by a program, and programs of a course are never run"
    elif _WRITTEN.fullmatch(line):
        quiz.lost = _IS_SURVEY
    elif (answer := _TEXT.fullmatch(line)) and not _HINT.fullmatch(line) and not _is_one_of_many(lines, index):
        quiz.accepted = [answer["text"]]
    else:
        return None
    return quiz, index + 1


def _options_at(kind: str, pattern: re.Pattern[str], lines: list[str], index: int) -> tuple[LiaQuiz, int]:
    quiz = LiaQuiz(kind, [lines[index]])
    while index < len(lines):
        line = lines[index]
        option = pattern.fullmatch(line) if len(line) <= _MAX_LINE_LENGTH else None
        if option:
            quiz.options.append((option["mark"] in "xX", option["text"]))
        elif line.startswith(" ") and line.strip() and not _belongs_after(line):
            quiz.options[-1] = (quiz.options[-1][0], f"{quiz.options[-1][1]}\n{line.strip()}")
        elif _is_between_items(pattern, lines, index):
            pass
        else:
            break
        index += 1
    return quiz, index


def _table_at(lines: list[str], index: int) -> tuple[LiaQuiz, int] | None:
    """A table of choices: a line of options, and then one for each question. Without anything right it is a survey."""
    heading = _HEADINGS.fullmatch(lines[index])
    options = _BETWEEN.split(heading["all"]) if heading else []
    if len(options) < 2:
        return None
    quiz = LiaQuiz("table", [lines[index]], [(False, text.strip()) for text in options])
    for line in lines[index + 1 :]:
        row = _ROW.fullmatch(line) if len(line) <= _MAX_LINE_LENGTH else None
        if row is None:
            break
        quiz.rows.append(
            ([bool(sign) for sign in re.findall(r"[\[(][ \t]*([xX]?)[ \t]*[\])]", row["cells"])], row["text"])
        )
    if not quiz.rows:
        return None
    if not any(rights for rights, _ in quiz.rows):
        quiz.lost = _IS_SURVEY
    return quiz, index + 1 + len(quiz.rows)


def _survey_at(lines: list[str], index: int) -> tuple[LiaQuiz, int] | None:
    """Two options or more that have a name each in place of a mark."""
    quiz = LiaQuiz("survey", [lines[index]], lost=_IS_SURVEY)
    for line in lines[index:]:
        vote = _VOTE.fullmatch(line) if len(line) <= _MAX_LINE_LENGTH else None
        if vote is None or any(pattern.fullmatch(line) for pattern in (_SINGLE, _MULTIPLE, _HINT)):
            break
        quiz.options.append((False, vote["text"]))
    return (quiz, index + len(quiz.options)) if len(quiz.options) > 1 else None


def _is_between_items(pattern: re.Pattern[str], lines: list[str], index: int) -> bool:
    """Whether an empty line stands between two options that are items of one list."""
    if lines[index].strip() or not 0 < index < len(lines) - 1:
        return False
    before, after = lines[index - 1], lines[index + 1]
    return all(
        _ITEM.match(line) and len(line) <= _MAX_LINE_LENGTH and pattern.fullmatch(line) for line in (before, after)
    )


def _is_one_of_many(lines: list[str], index: int) -> bool:
    """Whether a gap that is an item of a list stands between others: they are asked as one list."""
    near = [lines[place] for place in (index - 1, index + 1) if 0 <= place < len(lines)]
    return bool(_ITEM.match(lines[index])) and any(
        _ITEM.match(line) and len(line) <= _MAX_LINE_LENGTH and not _HINT.fullmatch(line) for line in near
    )


def _belongs_after(line: str) -> bool:
    return bool(
        _HINT.fullmatch(line[:_MAX_LINE_LENGTH]) or _STARS.fullmatch(line) or line.lstrip().startswith("<script")
    )


def _after(quiz: LiaQuiz, index: int, lines: list[str]) -> tuple[LiaQuiz, int]:
    """What belongs to a quiz behind its answers: hints, a program that grades it, and an explanation between stars."""
    while index < len(lines) and (hint := _HINT.fullmatch(lines[index][:_MAX_LINE_LENGTH])):
        quiz.hints.append(hint[1])
        index += 1
    if index < len(lines) and lines[index].lstrip().startswith("<script"):
        quiz.lost = quiz.lost or "it is graded by a program, and programs of a course are never run"
        while index < len(lines) and "</script>" not in lines[index]:
            index += 1
        index += 1
    begins = index < len(lines) and _STARS.fullmatch(lines[index])
    if begins and (end := _end_of_stars(lines, index + 1)) is not None:
        quiz.explanation = "\n".join(lines[index + 1 : end]).strip("\n")
        index = end + 1
    return quiz, index


def _end_of_stars(lines: list[str], start: int) -> int | None:
    """The line that ends an explanation, None where none does. Stars in code end nothing."""
    fence = ""
    for place in range(start, len(lines)):
        fence = fence_after(lines[place], fence)
        if not fence and _STARS.fullmatch(lines[place]):
            return place
    return None
