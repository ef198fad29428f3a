"""LiaScript courses: one Markdown file, in which headings part the lessons and lines in brackets are quizzes."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath

from azora_tui.formats import imported
from azora_tui.formats.archives import Tree, decoded
from azora_tui.formats.code_spans import outside_code, without_code
from azora_tui.formats.composing import Part, as_words, compose
from azora_tui.formats.foreign_markdown import FENCE, adopt, fence_after
from azora_tui.formats.imported import Ids, Imported, ImportReport
from azora_tui.formats.liascript_blocks import LiaQuiz, read_blocks
from azora_tui.formats.markdown import parse
from azora_tui.formats.pages import read_page
from azora_tui.formats.quiz_writing import spoken
from azora_tui.formats.words import escaped, from_text
from azora_tui.models.course_sources import LessonSource
from azora_tui.models.quizzes import Option, Question, QuestionKind

NAME = "a LiaScript course (.md)"

_HEADER = re.compile(r"\A\s*<!--(.*?)-->", re.DOTALL)
_KEY = re.compile(
    r"(?m)^[ \t]*(author|email|version|language|narrator|comment|title|logo|import|script|link|mode|tags|attribute|icon"
    r"|date|dark|classroom|repository|edit|sharing|onload|translation|persistent)[ \t]*:[ \t]*(.*)$"
)
_ADDRESS = "liascript.github.io"
_ABOUT_FILES = frozenset({"readme", "changelog", "contributing", "license", "licence", "code_of_conduct", "security"})
"""Texts about the files beside them, which are no course unless their first lines say so."""
_VERSION = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})*")
_HEADING = re.compile(r"(#{1,6})[ \t]+(.*)")
_GAP = re.compile(r"\[\[([^\[\]!?_][^\[\]]*)\]\]")
_MEDIA = re.compile(
    r"(?P<sign>!\?|\?\?|(?<![\w\]!])\?)\[(?P<text>[^\[\]]{0,500})\]\((?P<address>[^)\s]{1,2000})[^)]{0,500}\)"
)
_EFFECT = re.compile(r"(?<!-)-{2,}\{\{[^{}]{0,100}\}\}-{2,}|\{\{[^{}]{1,40}\}\}")
_MACRO = re.compile(r"\s*(@[A-Za-z][\w.]{0,80})(?:\(.*\))?\s*")
_KINDS = {"!?": ("a video", "a terminal plays no video"), "?": ("a sound recording", "a terminal plays no sound"),
          "??": ("a page embedded from elsewhere", "pages of others are not opened inside a lesson")}  # fmt: skip


def find(tree: Tree) -> str | None:
    """ "" where a file of the tree is a LiaScript course, else None."""
    return "" if _file(tree) else None


def _file(tree: Tree) -> str:
    names = [name for name in tree.texts if "/" not in name and PurePosixPath(name).suffix.lower() == ".md"]
    for name in sorted(names, key=lambda each: (each.lower() != "readme.md", each)):
        text = decoded(tree.texts[name])
        header = _HEADER.match(text)
        if (header and _KEY.search(header[1])) or _ADDRESS in "\n".join(text.split("\n", 10)[:10]).lower():
            return name
        # Another Markdown file that is given by itself may do without such a beginning.
        is_about_files = PurePosixPath(name).stem.lower().split(".")[0] in _ABOUT_FILES
        if len(tree.texts) == 1 and not is_about_files and re.search(r"(?m)^#{1,6} ", text):
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
            content = read_page(
                partial(self._content, text, shown, where), partial(from_text, text), self.report, where, "a lesson"
            )
            if not content.strip():
                content = "*This lesson is empty in the course it comes from.*\n"
            yield imported.lesson(lesson_id, shown or "Introduction", section or self.title or "Lessons", content)

    def _content(self, text: str, title: str, where: str) -> str:
        return compose(self._parts(text, title, where), self.report, where)

    def _parts(self, text: str, title: str, where: str) -> Iterator[Part]:
        """Text and questions. What stands right before a quiz is what it asks."""
        before: list[str] = []
        for block in read_blocks(text.split("\n")):
            if isinstance(block, LiaQuiz):
                prompt = before.pop() if before else ""
                yield self._text("\n\n".join(before), where)
                yield from self._questions(self._text(prompt, where) or title, block, where)
                before = []
            elif not FENCE.match(block) and _GAP.search(without_code(block)):
                prompt = ""
                if not _is_a_paragraph(block):  # what is asked ends with a paragraph, or has one before it
                    prompt = before.pop() if before and _is_a_paragraph(before[-1]) else "Fill in the gap."
                yield self._text("\n\n".join(before), where)
                yield from self._gaps(prompt, block, where)
                before = []
            else:
                before.append(block)
        yield self._text("\n\n".join(before), where)

    def _text(self, text: str, where: str) -> str:
        def media(match: re.Match[str]) -> str:
            what, why = _KINDS[match["sign"]]
            self.report.skip(where, f"{what}, “{match['text']}”" if match["text"] else what, why)
            return f"\\[{what}\\] [{match['text'] or match['address']}](<{match['address']}>)"

        def changed(words: str) -> str:
            return _EFFECT.sub("", _MEDIA.sub(media, words))

        lines: list[str] = []
        fence = ""
        for line in text.split("\n"):
            was, fence = fence, fence_after(line, fence)
            if not (was or fence) and (macro := _MACRO.fullmatch(line)):
                self.report.skip(where, f"the macro {macro[1]}", "programs of a course are never run")
                lines.append(f"\\[{escaped(macro[1])}\\]")
                continue
            shown = line if was or fence else outside_code(line, changed)
            lines.append(shown if shown == line else shown.strip())
        return adopt("\n".join(lines), self.report, where).strip("\n")

    def _gaps(self, prompt: str, text: str, where: str) -> Iterator[Part]:
        """A paragraph, a list or a table with gaps: one question for each."""
        gaps = list(_GAP.finditer(without_code(text)))
        self.report.repeat(len(gaps), len(prompt) + len(text))
        for asked_for in gaps:
            parts: list[str] = []
            position = 0
            for gap in gaps:
                parts += [text[position : gap.start()], "**…?**" if gap is asked_for else "…"]
                position = gap.end()
            asked = "\n\n".join(part for part in (prompt, "".join((*parts, text[position:]))) if part)
            quiz = LiaQuiz("text", [asked_for[0]], accepted=[asked_for[1]])
            yield self._question(self._text(asked, where), quiz, where)

    def _questions(self, prompt: str, quiz: LiaQuiz, where: str) -> Iterator[Part]:
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

    def _question(self, prompt: str, quiz: LiaQuiz, where: str) -> Part:
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
        heading = None if fence else _HEADING.match(line)
        if heading and len(heading[1]) <= 2:
            if level or "".join(lines).strip():
                yield level, title, "\n".join(lines)
            level, title, lines = len(heading[1]), _without_closing(heading[2]), []
        else:
            lines.append(line)
    yield level, title, "\n".join(lines)


def _without_closing(title: str) -> str:
    """A heading without the signs at its end that only repeat those at its beginning."""
    words = title.rstrip(" \t")
    shorter = words.rstrip("#")
    return shorter.rstrip(" \t") if not shorter or shorter[-1] in " \t" else words


def _is_a_paragraph(block: str) -> bool:
    """Whether a block ends as a paragraph at the top."""
    tokens = parse(block).tokens
    return bool(tokens) and tokens[-1].type == "paragraph_close" and tokens[-1].level == 0
