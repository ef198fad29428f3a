"""LiaScript courses: one Markdown file, in which headings part the lessons and lines in brackets are quizzes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from azora_tui.formats import imported
from azora_tui.formats.archives import Tree, decoded
from azora_tui.formats.composing import Part, as_words, compose
from azora_tui.formats.foreign_markdown import FENCE, adopt, fence_after
from azora_tui.formats.imported import Ids, Imported, ImportReport
from azora_tui.formats.quiz_writing import spoken
from azora_tui.formats.words import escaped
from azora_tui.models.course_sources import LessonSource
from azora_tui.models.quizzes import Option, Question, QuestionKind

NAME = "a LiaScript course (.md)"

_HEADER = re.compile(r"\A\s*<!--(.*?)-->", re.DOTALL)
_KEY = re.compile(
    r"(?m)^[ \t]*(author|email|version|language|narrator|comment|title|logo|import|script|link|mode|tags|attribute|icon"
    r"|date|dark|classroom|repository|edit|sharing|onload|translation|persistent)[ \t]*:[ \t]*(.*)$"
)
_VERSION = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})*")
_HEADING = re.compile(r"(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$")
_LIST = r"\s*(?:[-*+][ \t]+)?"
_SINGLE = re.compile(rf"{_LIST}\[\((?P<mark>[ xX])\)\][ \t]*(?P<text>.*)")
_MULTIPLE = re.compile(rf"{_LIST}\[\[(?P<mark>[ xX])\]\][ \t]*(?P<text>.*)")
_HINT = re.compile(rf"{_LIST}\[\[\?\]\][ \t]*(.*)")
_PROGRAM = re.compile(r"\s*\[\[!\]\]\s*")
_TEXT = re.compile(r"\s*\[\[(?P<text>[^\[\]]+)\]\]\s*")
_WRITTEN = re.compile(r"\s*\[\[_{2,}[_ ]*\]\]\s*")
_VOTE = re.compile(rf"{_LIST}(?:\[\([^()]+\)\]|\[\[[^\[\]]+\]\])[ \t]+(?P<text>\S.*)")
_HEADINGS = re.compile(r"\s*\[[ \t]*[\[(](?P<all>.*)[\])][ \t]*\]\s*")
_BETWEEN = re.compile(r"[\])][ \t]*[\[(]")
_ROW = re.compile(
    r"\s*\[[ \t]*(?P<cells>(?:(?:\[[ \t]*[xX]?[ \t]*\]|\([ \t]*[xX]?[ \t]*\))[ \t]*)*)\][ \t]*(?P<text>.*)"
)
_MAX_LINE_LENGTH = 2_000
"""No line of a quiz is longer, and no pattern above is tried on one that is."""
_IS_SURVEY = "it is a survey, which has no right answer"
_GAP = re.compile(r"\[\[([^\[\]!?_][^\[\]]*)\]\]")
_CODE = re.compile(r"`+[^`]*`+")
_STARS = re.compile(r"\s*\*{5,}\s*")
_MEDIA = re.compile(r"(?P<sign>!\?|\?\?|(?<![\w\]!])\?)\[(?P<text>[^\]]*)\]\((?P<address>[^)\s]+)[^)]*\)")
_EFFECT = re.compile(r"-{2,}\{\{[^{}]*\}\}-{2,}|\{\{[^{}]{1,40}\}\}")
_MACRO = re.compile(r"\s*(@[A-Za-z][\w.]{0,80})(?:\(.*\))?\s*")
_KINDS = {"!?": ("a video", "a terminal plays no video"), "?": ("a sound recording", "a terminal plays no sound"),
          "??": ("a page embedded from elsewhere", "pages of others are not opened inside a lesson")}  # fmt: skip


@dataclass(slots=True)
class _Quiz:
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


def find(tree: Tree) -> str | None:
    """ "" where a file of the tree is a LiaScript course, else None."""
    return "" if _file(tree) else None


def _file(tree: Tree) -> str:
    names = [name for name in tree.texts if "/" not in name and PurePosixPath(name).suffix.lower() == ".md"]
    for name in sorted(names, key=lambda each: (each.lower() != "readme.md", each)):
        text = decoded(tree.texts[name])
        header = _HEADER.match(text)
        # A Markdown file that is given by itself may do without the header.
        if (header and _KEY.search(header[1])) or (len(tree.texts) == 1 and re.search(r"(?m)^#{1,6} ", text)):
            return name
    return ""


def read(tree: Tree, report: ImportReport) -> Imported:
    """Raises `ImportRefusedError`."""
    name = _file(tree)
    text = decoded(tree.texts[name])
    header = _HEADER.match(text)
    said = {key: value.strip() for key, value in _KEY.findall(header[1])} if header else {}
    for key in ("script", "import", "onload", "link"):
        if said.get(key):
            report.skip(name, f"{key} in the head of the file", "programs and styles of a course are never loaded")
    body = text[header.end() :] if header else text
    course = _Course(name, report)
    lessons = list(course.lessons(body))
    title = said.get("title") or course.title or tree.name
    source = imported.course(
        slug=title,
        title=title,
        language=said.get("language", ""),
        instructor=said.get("author", ""),
        description=said.get("comment", ""),
        tags=said.get("tags", "").split(","),
        lessons=lessons,
    )
    for other in sorted(tree.texts):
        if other != name and PurePosixPath(other).suffix.lower() == ".md":
            report.skip(other, "a text", f"{name} is the course; each of the others is one by itself")
    imported.report_files(tree, report)
    result = imported.finished(source, report, has_version=bool(_VERSION.fullmatch(said.get("version", ""))))
    if result.has_version:
        return replace(result, course=replace(source, version=said["version"]))
    return result


class _Course:
    def __init__(self, name: str, report: ImportReport) -> None:
        self.name = name
        self.report = report
        self.title = ""
        self.lesson_ids = Ids()
        self.question_ids = Ids()

    def lessons(self, body: str) -> Iterator[LessonSource]:
        parts = list(_by_headings(body))
        highest = [title for level, title, _ in parts if level == 1]
        if highest:
            self.title = spoken(highest[0])
        section = ""
        for level, title, text in parts:
            shown = spoken(title)
            if level <= 1:
                section = shown if len(highest) > 1 else ""
            if not text.strip() and level <= 1:
                continue
            self.report.advance(len(parts))
            where = f"{self.name}, {shown}" if shown else self.name
            lesson_id = self.lesson_ids.make(imported.slug_of(title, "lesson"), "lesson")
            content = compose(self._parts(text, shown, where), self.report, where)
            if not content.strip():
                content = "*This lesson is empty in the course it comes from.*\n"
            yield imported.lesson(lesson_id, shown or "Introduction", section or self.title or "Lessons", content)

    def _parts(self, text: str, title: str, where: str) -> Iterator[Part]:
        """Text and questions. What stands right before a quiz is what it asks."""
        before: list[str] = []
        for block in _blocks(text.split("\n")):
            if isinstance(block, _Quiz):
                prompt = before.pop() if before else ""
                yield self._text("\n\n".join(before), where)
                yield from self._questions(self._text(prompt, where) or title, block, where)
                before = []
            elif not FENCE.match(block) and _GAP.search(_CODE.sub("", block)):
                yield self._text("\n\n".join(before), where)
                yield from self._gaps(block, where)
                before = []
            else:
                before.append(block)
        yield self._text("\n\n".join(before), where)

    def _text(self, text: str, where: str) -> str:
        def media(match: re.Match[str]) -> str:
            what, why = _KINDS[match["sign"]]
            self.report.skip(where, f"{what}, “{match['text']}”" if match["text"] else what, why)
            return f"\\[{what}\\] [{match['text'] or match['address']}](<{match['address']}>)"

        lines: list[str] = []
        fence = ""
        for line in text.split("\n"):
            was, fence = fence, fence_after(line, fence)
            if not (was or fence) and (macro := _MACRO.fullmatch(line)):
                self.report.skip(where, f"the macro {macro[1]}", "programs of a course are never run")
                lines.append(f"\\[{escaped(macro[1])}\\]")
                continue
            shown = line if was or fence else _EFFECT.sub("", _MEDIA.sub(media, line))
            lines.append(shown if shown == line else shown.strip())
        return adopt("\n".join(lines), self.report, where).strip("\n")

    def _gaps(self, text: str, where: str) -> Iterator[Part]:
        """A paragraph with gaps: one question for each."""
        gaps = list(_GAP.finditer(text))
        self.report.repeat(len(gaps), len(text))
        for number, gap in enumerate(gaps):
            count = iter(range(len(gaps)))
            asked = _GAP.sub(lambda _, place=number, count=count: "**…?**" if next(count) == place else "…", text)  # type: ignore[misc]
            quiz = _Quiz("text", [gap[0]], accepted=[gap[1]])
            yield self._question(self._text(asked, where), quiz, where)

    def _questions(self, prompt: str, quiz: _Quiz, where: str) -> Iterator[Part]:
        """A quiz, or one for each row of a table of choices."""
        if quiz.rows and quiz.lost:
            texts = [text for _, text in quiz.options]
            quiz.options = [(False, text) for _, text in quiz.rows]
            prompt = "\n\n".join((prompt, self._text(" · ".join(texts), where)))
        elif quiz.rows:
            self.report.repeat(len(quiz.rows), len(prompt) + sum(100 + len(text) for _, text in quiz.options))
            for rights, text in quiz.rows:
                options = [
                    (right, quiz.options[place][1] if place < len(quiz.options) else "…")
                    for place, right in enumerate(rights)
                ]
                asked = "\n\n".join(part for part in (prompt, self._text(text, where)) if part)
                kind = "multiple" if sum(rights) > 1 else "single"
                yield self._question(asked, replace(quiz, kind=kind, options=options), where)
            return
        yield self._question(prompt, quiz, where)

    def _question(self, prompt: str, quiz: _Quiz, where: str) -> Part:
        hint = " ".join(self._text(text, where) for text in quiz.hints)
        feedback = self._text(quiz.explanation, where)
        options = [Option(self._text(text, where) or "…", right) for right, text in quiz.options]
        accepted = [word.strip() for word in quiz.accepted]
        if quiz.kind == "text" and len(accepted) == 1 and "|" in accepted[0]:
            # A choice in place: the right one stands in parentheses.
            words = [word.strip() for word in accepted[0].split("|")]
            options = [
                Option(word.strip("() ") or "…", word.startswith("(") and word.endswith(")")) for word in words if word
            ]
        if quiz.lost or (options and not any(option.correct for option in options)):
            why = quiz.lost or "none of its options is right"
            self.report.lose_question(where, spoken(prompt) or quiz.lines[0], why)
            lost = Question("none", QuestionKind.SINGLE, prompt, tuple(options), hint=hint, feedback=feedback)
            return as_words(lost, why)
        several = QuestionKind.MULTIPLE if quiz.kind == "multiple" else QuestionKind.SINGLE
        kind = several if options else QuestionKind.TEXT
        question_id = self.question_ids.make(spoken(prompt)[:2_000] or where, "question")
        return Question(
            question_id, kind, prompt or "?", tuple(options), () if options else tuple(accepted), "0", hint, feedback
        )


def _by_headings(body: str) -> Iterator[tuple[int, str, str]]:
    """(level, title, text) of each part down to the second level; what stands before the first has level 0."""
    level, title = 0, ""
    lines: list[str] = []
    fence = ""
    for line in body.split("\n"):
        fence = fence_after(line, fence)
        heading = None if fence else _HEADING.fullmatch(line)
        if heading and len(heading[1]) <= 2:
            if level or "".join(lines).strip():
                yield level, title, "\n".join(lines)
            level, title, lines = len(heading[1]), heading[2], []
        else:
            lines.append(line)
    yield level, title, "\n".join(lines)


def _blocks(lines: list[str]) -> Iterator["str | _Quiz"]:
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


def _quiz_at(lines: list[str], index: int) -> tuple[_Quiz, int] | None:
    """The quiz that begins at `index`, and the index after its answers; None where none does."""
    line = lines[index].strip()
    if not 3 <= len(line) <= _MAX_LINE_LENGTH or "[" not in line[:10]:
        return None
    if (found := _table_at(lines, index) or _survey_at(lines, index)) is not None:
        return found
    for kind, pattern in (("single", _SINGLE), ("multiple", _MULTIPLE)):
        if pattern.fullmatch(line):
            return _options_at(kind, pattern, lines, index)
    quiz = _Quiz("text", [line])
    if _PROGRAM.fullmatch(line):
        quiz.lost = "it is graded by a program, and programs of a course are never run"
    elif _WRITTEN.fullmatch(line):
        quiz.lost = _IS_SURVEY
    elif (answer := _TEXT.fullmatch(line)) and not _HINT.fullmatch(line):
        quiz.accepted = [answer["text"]]
    else:
        return None
    return quiz, index + 1


def _options_at(kind: str, pattern: re.Pattern[str], lines: list[str], index: int) -> tuple[_Quiz, int]:
    quiz = _Quiz(kind, [lines[index]])
    while index < len(lines):
        line = lines[index]
        option = pattern.fullmatch(line) if len(line) <= _MAX_LINE_LENGTH else None
        if option:
            quiz.options.append((option["mark"] in "xX", option["text"]))
        elif line.startswith(" ") and line.strip() and not _belongs_after(line):
            quiz.options[-1] = (quiz.options[-1][0], f"{quiz.options[-1][1]}\n{line.strip()}")
        else:
            break
        index += 1
    return quiz, index


def _table_at(lines: list[str], index: int) -> tuple[_Quiz, int] | None:
    """A table of choices: a line of options, and then one for each question. Without anything right it is a survey."""
    heading = _HEADINGS.fullmatch(lines[index])
    options = _BETWEEN.split(heading["all"]) if heading else []
    if len(options) < 2:
        return None
    quiz = _Quiz("table", [lines[index]], [(False, text.strip()) for text in options])
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


def _survey_at(lines: list[str], index: int) -> tuple[_Quiz, int] | None:
    """Two options or more that have a name each in place of a mark."""
    quiz = _Quiz("survey", [lines[index]], lost=_IS_SURVEY)
    for line in lines[index:]:
        vote = _VOTE.fullmatch(line) if len(line) <= _MAX_LINE_LENGTH else None
        if vote is None or any(pattern.fullmatch(line) for pattern in (_SINGLE, _MULTIPLE, _HINT)):
            break
        quiz.options.append((False, vote["text"]))
    return (quiz, index + len(quiz.options)) if len(quiz.options) > 1 else None


def _belongs_after(line: str) -> bool:
    return bool(
        _HINT.fullmatch(line[:_MAX_LINE_LENGTH]) or _STARS.fullmatch(line) or line.lstrip().startswith("<script")
    )


def _after(quiz: _Quiz, index: int, lines: list[str]) -> tuple[_Quiz, int]:
    """What belongs to a quiz behind its answers: hints, a program that grades it, and an explanation between stars."""
    while index < len(lines) and (hint := _HINT.fullmatch(lines[index][:_MAX_LINE_LENGTH])):
        quiz.hints.append(hint[1])
        index += 1
    if index < len(lines) and lines[index].lstrip().startswith("<script"):
        quiz.lost = quiz.lost or "it is graded by a program, and programs of a course are never run"
        while index < len(lines) and "</script>" not in lines[index]:
            index += 1
        index += 1
    if index < len(lines) and _STARS.fullmatch(lines[index]):
        end = next((place for place in range(index + 1, len(lines)) if _STARS.fullmatch(lines[place])), None)
        if end is not None:
            quiz.explanation = "\n".join(lines[index + 1 : end]).strip("\n")
            index = end + 1
    return quiz, index
