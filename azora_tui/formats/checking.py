"""Every fault of a course in our own format, for who writes it: what keeps it from being read, and what would fail a
learner although it can be read.

Files are read by `formats.archives` and `formats.course`, as an import reads them, quizzes by `formats.quiz`, Markdown
by `formats.markdown`: nothing is parsed in another way than where it is used.
"""

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from markdown_it.token import Token

from azora_tui.errors import AzoraError
from azora_tui.formats import own_course
from azora_tui.formats.archive_errors import ArchiveError
from azora_tui.formats.archives import Tree, path_of, read_tree
from azora_tui.formats.course import CourseFiles, Fault, LessonFile, read_files
from azora_tui.formats.imported import ImportReport
from azora_tui.formats.markdown import (
    Attributes,
    Document,
    closing,
    parse,
    parse_inline,
    plain_text,
    split_attributes,
)
from azora_tui.formats.own_course import TreeFile
from azora_tui.formats.quiz import find_questions, is_quiz
from azora_tui.formats.tasks import find_parts, is_task

MAX_MINUTES = 30

_SCHEMES = ("http", "https", "mailto")
_NO_ANCHOR = re.compile(r"[^\w\- ]")
_UNDEFINED_NOTE = re.compile(r"\[\^([^\]\s]{1,500})\]")
_UNDEFINED_LINK = re.compile(r"\]\[([^\]]{1,500})\]|\[([^\]]{1,500})\]\[\]")
_PERCENT = re.compile(r"(?:100|[0-9]{1,2})%?")
_COUNT = re.compile(r"0*[1-9][0-9]{0,5}")


def check_course(folder: Path) -> tuple[Fault, ...]:
    """Every fault of the course in a folder, in the order of course.yaml and then of its lessons. Never raises."""
    return read_checked(folder)[1]


def read_checked(folder: Path) -> tuple[tuple[LessonFile, ...], tuple[Fault, ...]]:
    """(the lessons that can be read, every fault) of a course's folder, which is read just as an import reads it.

    Never raises.
    """
    try:
        tree = read_tree(folder)
    except ArchiveError as error:
        return (), (Fault("course.yaml", 1, str(error)),)
    found = read_files(TreeFile(tree, "", ImportReport(None)))
    faults = faults_of(tree, found)
    if not faults:
        try:
            own_course.read(tree, ImportReport(None))
        except AzoraError as error:
            faults = (Fault("course.yaml", 1, str(error)),)
    return found.lessons, faults


def faults_of(tree: Tree, found: CourseFiles) -> tuple[Fault, ...]:
    """The faults that reading has found, and those in what it could read."""
    why_left = dict(tree.left)
    faults = [
        replace(fault, sentence=f"{fault.sentence} {name}: {why_left[name]}.")
        if (name := fault.sentence.partition(" ")[0]) in why_left
        else fault
        for fault in found.faults
    ]
    ids: dict[str, str] = {}
    there = _there(tree)
    for lesson in found.lessons:
        faults += _Lesson(there, lesson, ids, len(found.course.outcomes) if found.course else None).faults()
    if found.lessons:
        faults += _left_out(tree, found)
    files = {"course.yaml": 0, **{f"{each.lesson.id}.md": place for place, each in enumerate(found.lessons, 1)}}
    return tuple(sorted(faults, key=lambda fault: (files.get(fault.file, len(files)), fault.file, fault.line)))


def _there(tree: Tree) -> frozenset[str]:
    """The files of a course, and the folders in which they lie; the course's own is `.`."""
    files = {*tree.texts, *tree.others}
    return frozenset(files).union(str(folder) for file in files for folder in PurePosixPath(file).parents)


def _left_out(tree: Tree, found: CourseFiles) -> Iterator[Fault]:
    """Lessons, told by their front matter, that no section names."""
    named = {f"{each.lesson.id}.md" for each in found.lessons} | {fault.file for fault in found.faults}
    for name in sorted(tree.texts):
        if "/" not in name and name.endswith(".md") and name not in named and tree.texts[name].startswith(b"---"):
            lesson = name.removesuffix(".md")
            sentence = f"no section names this lesson. Add `{lesson}` to one in course.yaml, or delete the file."
            yield Fault(name, 1, sentence)


class _Lesson:
    """One lesson. `there` are the files and folders of the course, `ids` those of questions, cards and tasks in
    the whole of it, with where each was first found.
    """

    def __init__(self, there: frozenset[str], file: LessonFile, ids: dict[str, str], outcomes: int | None) -> None:
        self._there = there
        self._outcomes = outcomes  # how many the course has, None while that cannot be read
        self._file = file
        self._name = f"{file.lesson.id}.md"
        self._ids = ids
        self._source = file.lesson.content
        self._lines = self._source.split("\n")
        self._document: Document = parse(self._source)
        self._tokens = self._document.tokens
        self._found: list[Fault] = []

    def faults(self) -> list[Fault]:
        minutes = self._file.lesson.minutes
        if minutes > MAX_MINUTES:
            sentence = (
                f"{minutes} minutes are too long for one lesson. Divide it into lessons of at most {MAX_MINUTES}."
            )
            self._found.append(Fault(self._name, self._file.minutes_line, sentence))
        if not self._source.strip():
            self._fault(0, "this lesson has no text. Write it under the front matter.")
        self._headings()
        self._divs()
        anchors = self._anchors()
        for token in self._tokens:
            if token.type == "inline":
                self._inline(token, anchors)
        return self._found

    def _fault(self, line: int, sentence: str) -> None:
        """`line` is one of the content, from 0."""
        self._found.append(Fault(self._name, self._file.first_line + line, sentence))

    def _headings(self) -> None:
        """The title of the lesson is the first level; within a div the levels start again from its own title."""
        levels = [1]
        for place, token in enumerate(self._tokens):
            if token.type == "div_open":
                levels.append(0)
            elif token.type == "div_close":
                levels.pop()
            elif token.type == "heading_open":
                level = int(token.tag[1])
                before = levels[-1]
                if before and level > before + 1:
                    words = self._words(self._tokens[place + 1])
                    self._fault(
                        _line(token),
                        f'the heading "{words}" skips from level {before} to {level}. Give it {"#" * (before + 1)}.',
                    )
                levels[-1] = level

    # Divs: quizzes, cards, tasks

    def _divs(self) -> None:
        for place, token in enumerate(self._tokens):
            if token.type != "div_open":
                continue
            if not token.meta["closed"]:
                self._fault(_line(token), "this ::: is never closed. Put a line of ::: under its end.")
            attributes: Attributes = token.meta["attributes"]
            inside = self._tokens[place + 1 : closing(self._tokens, place)]
            if is_quiz(token):
                self._quiz(token, attributes, inside)
            elif "card" in attributes.names:
                self._card(token, attributes, inside)
            elif is_task(token):
                self._task(place, attributes)

    def _quiz(self, opening: Token, attributes: Attributes, inside: Sequence[Token]) -> None:
        if "pass" in attributes.pairs and not _PERCENT.fullmatch(attributes.pairs["pass"]):
            self._fault(_line(opening), "`pass` has to be a percentage from 0 to 100, such as pass=80.")
        if "attempts" in attributes.pairs and not _COUNT.fullmatch(attributes.pairs["attempts"]):
            self._fault(_line(opening), "`attempts` has to be a whole number above 0.")
        questions = find_questions(inside, self._lines)
        if not questions:
            self._fault(
                _line(opening), "this quiz asks nothing. Write a paragraph that ends with an id such as {#why}."
            )
        for question in questions:
            if not question.id:
                self._fault(question.line, "this question has no id. End its paragraph with one, such as {#why}.")
                continue
            self._id(question.id, question.line)
            if question.question is None:
                self._fault(
                    question.line,
                    f"the question {question.id} has no right answer. Mark one with [x], or write `answer: …`.",
                )
            elif self._outcomes is not None and max(question.question.outcomes, default=0) > self._outcomes:
                sentence = (
                    f"the question {question.id} names outcome {max(question.question.outcomes)}, and course.yaml has"
                    f" {self._outcomes}. Count its `outcomes` from 1."
                )
                self._fault(question.line, sentence)

    def _card(self, opening: Token, attributes: Attributes, inside: Sequence[Token]) -> None:
        if not attributes.id:
            self._fault(_line(opening), "this card has no id. Open it with one: ::: {.card #name}.")
        else:
            self._id(attributes.id, _line(opening))
        names = [name for token in inside if token.type == "div_open" for name in token.meta["attributes"].names]
        for side in ("front", "back"):
            if names.count(side) != 1:
                self._fault(_line(opening), f"a card needs one ::: {side}. Write what stands there.")

    def _task(self, place: int, attributes: Attributes) -> None:
        line = _line(self._tokens[place])
        if not attributes.id:
            self._fault(line, "this task has no id. Open it with one: ::: {.task #name}.")
        else:
            self._id(attributes.id, line)
        found = find_parts(self._tokens, place, self._lines)
        if not found.instruction:
            self._fault(line, "this task asks for nothing. Write what is to be done.")
        for _, ticked, at in found.criteria:
            if ticked:
                self._fault(at, "this criterion is ticked. Write `- [ ]`: who reads the work ticks it.")

    def _id(self, identifier: str, line: int) -> None:
        here = f"{self._name}:{self._file.first_line + line}"
        if identifier in self._ids:
            sentence = f"the id {identifier} stands twice, first in {self._ids[identifier]}. Give this one another."
            self._fault(line, sentence)
        self._ids.setdefault(identifier, here)

    # Links and images

    def _anchors(self) -> set[str]:
        """What `#name` may lead to: headings by their id or their words, divs by their id, as the reader has them."""
        anchors: set[str] = set()
        last: dict[str, int] = {}
        for place, token in enumerate(self._tokens):
            if token.type == "div_open":
                anchors.add(token.meta["attributes"].id)
            elif token.type == "heading_open":
                title, attributes = split_attributes(self._tokens[place + 1].content)
                words = plain_text(parse_inline(title, self._document))
                name = attributes.id or _NO_ANCHOR.sub("", words.lower()).strip().replace(" ", "-")
                number = last.get(name, 1)
                while (free := name if number == 1 else f"{name}-{number - 1}") in anchors:
                    number += 1
                last[name] = number
                anchors.add(free)
        return anchors

    def _inline(self, block: Token, anchors: set[str]) -> None:
        line = _line(block)
        opened: list[tuple[str, int]] = []
        words_since = ""
        for token in parse_inline(block.content, self._document):
            if token.type in ("softbreak", "hardbreak"):
                line += 1
            elif token.type == "image":
                words_since += self._words_of_image(token)
                self._image(token, line)
            elif token.type == "link_open":
                opened.append((str(token.attrs.get("href", "")), line))
                words_since = ""
            elif token.type == "link_close":
                href, at = opened.pop()
                self._link(href, at, words_since, anchors)
            elif token.type == "text":
                words_since += token.content
                self._left_as_text(token.content, line)
            else:
                words_since += token.content

    def _image(self, token: Token, line: int) -> None:
        source = str(token.attrs.get("src", ""))
        if not self._words_of_image(token).strip():
            self._fault(
                line, f"the image {source} has no alternative text. Say between [ and ] what one would see in it."
            )
        if not source:
            self._fault(line, "this image names no file. Write it between ( and ).")
        elif not _is_elsewhere(source) and not self._is_there(source):
            self._fault(line, f"the image {source} is not in the course's folder. Add the file, or mend its name.")

    def _words_of_image(self, token: Token) -> str:
        return str(token.meta.get("alt") or plain_text(token.children or ()))

    def _link(self, href: str, line: int, words: str, anchors: set[str]) -> None:
        if not words.strip():
            self._fault(line, f"the link to {href or 'nowhere'} has no words. Say between [ and ] where it leads.")
        if not href:
            self._fault(line, "this link leads nowhere. Write its address between ( and ).")
        elif href.startswith("#"):
            if unquote(href[1:]) not in anchors and unquote(href[1:]).lower() not in anchors:
                self._fault(line, f"the link {href} leads to no heading of this lesson. Mend its name.")
        elif _is_elsewhere(href):
            parts = _parts(href)
            if parts is None or (parts[0] in ("http", "https") and not parts[1]):
                self._fault(line, f"the link {href} is no whole address. Mend it.")
            elif parts[0] not in _SCHEMES:
                self._fault(line, f"the link {href} is opened by no reader. Use https, http or mailto.")
        elif not self._is_there(href):
            self._fault(line, f"the link {href} leads to no file in the course's folder. Mend its name.")

    def _left_as_text(self, text: str, line: int) -> None:
        """A mark that leads nowhere stays in the text as it was written."""
        for match in _UNDEFINED_NOTE.finditer(text):
            self._fault(line, f"the footnote {match[0]} has no text. Write it on a line of its own: {match[0]}: …")
        for match in _UNDEFINED_LINK.finditer(text):
            label = match[1] or match[2]
            if not label.startswith("^") and not label.isdecimal():  # as in a[0][1]
                self._fault(line, f"the link [{label}] has no address. Write it on a line of its own: [{label}]: …")

    def _is_there(self, reference: str) -> bool:
        """Whether a file in the course's folder, or below it, is meant and there."""
        parts = _parts(reference)
        if parts is None:
            return False
        return path_of(posixpath.normpath(unquote(parts[2]))) in self._there

    def _words(self, inline: Token) -> str:
        return plain_text(parse_inline(split_attributes(inline.content)[0], self._document))


def _line(token: Token) -> int:
    return token.map[0] if token.map else 0


def _is_elsewhere(reference: str) -> bool:
    parts = _parts(reference)
    return parts is None or bool(parts[0]) or reference.startswith("//")


def _parts(reference: str) -> tuple[str, str, str] | None:
    """(scheme, host, path) of an address; None for one that is none."""
    try:
        split = urlsplit(reference)
    except ValueError:
        return None
    return split.scheme.lower(), split.netloc, split.path
