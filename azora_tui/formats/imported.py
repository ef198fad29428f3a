"""What an import comes to, and what all importers share: the report, ids that stay, and lessons put together."""

import re
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from azora_tui.errors import AzoraError
from azora_tui.formats.archives import Tree
from azora_tui.formats.markdown import parse, parse_inline
from azora_tui.formats.quiz import is_quiz, quiz_of
from azora_tui.formats.quiz_errors import UnwritableError
from azora_tui.models.course_sources import CourseSource, LessonSource
from azora_tui.models.quizzes import MAX_ANSWER_LENGTH, Question, QuestionKind
from azora_tui.text import clean, fold

FIRST_VERSION = "1.0.0"
_WORDS_A_MINUTE = 200
_MINUTES_A_QUESTION = 1
_MAX_ID_LENGTH = 60
_MAX_TITLE_LENGTH = 200
_NOT_IN_ID = re.compile(r"[^a-z0-9]+")
_MAX_ROWS = 5_000
_MAX_REPEATED = 20_000_000
_RUN_ON = ("```", "~~~", ":::", "<!--")
"""Without one of these no Markdown runs on past an empty line into what stands at the margin."""
_CHALLENGES = frozenset({"challenge", "exercise"})


class ImportRefusedError(AzoraError):
    """Nothing here can be imported; the database is as it was."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """One thing that was not taken, or not whole: `where` in the source, `what` it was, and `why`."""

    where: str
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Imported:
    """A course from another format. `questions` counts those of quizzes and challenges, `images` those whose text was
    taken. `has_version` is whether the source says itself which version it is."""

    course: CourseSource
    questions: int
    images: int
    skipped: tuple[Skipped, ...]
    has_version: bool = False


class ImportReport:
    """Collects what was not taken, and tells `progress` how many lessons have been read, of how many (0: unknown)."""

    def __init__(self, progress: Callable[[int, int], None] | None = None) -> None:
        self._rows: dict[Skipped, int] = {}
        self._more = 0
        self._progress = progress
        self._read = 0
        self._repeated = 0

    def repeat(self, times: int, size: int) -> None:
        """To be told before `size` signs are written for each of several questions: a small course can ask for so many
        that no memory would hold them. Raises `ImportRefusedError`."""
        self._repeated += times * size
        if self._repeated > _MAX_REPEATED:
            raise ImportRefusedError("questions_out_of_proportion")

    def advance(self, of: int = 0) -> None:
        """One more lesson has been read."""
        self._read += 1
        if self._progress is not None:
            self._progress(self._read, max(of, self._read) if of else 0)

    def count_again(self) -> None:
        """Every lesson is gone through once more."""
        self._read = 0

    def skip(self, where: str, what: str, why: str) -> None:
        row = Skipped(_line(where), _line(what), _line(why))
        if row in self._rows or len(self._rows) < _MAX_ROWS:
            self._rows[row] = self._rows.get(row, 0) + 1
        else:
            self._more += 1

    def lose_question(self, where: str, title: str, why: str) -> None:
        self.skip(where, f"question “{shortened(title)}”", why)

    @property
    def rows(self) -> tuple[Skipped, ...]:
        """In order; what came several times says so."""
        rows = [
            row if times == 1 else replace(row, what=f"{row.what} ({times} times)") for row, times in self._rows.items()
        ]
        if self._more:
            rows.append(Skipped("the whole course", f"{self._more:,} more things", "the list is full"))
        return tuple(rows)


@dataclass(slots=True)
class Ids:
    """Ids of one kind in one course: made of the source's own, the same at each import, and unique."""

    taken: set[str] = field(default_factory=set)
    last: dict[str, int] = field(default_factory=dict)
    """The number that was last given to what is called the same."""

    def make(self, raw: str, otherwise: str) -> str:
        """An id of small letters, digits and single hyphens. What it cannot hold of `raw` becomes a checksum, so that
        two that differ only in that stay two."""
        raw = raw or otherwise
        made = _NOT_IN_ID.sub("-", fold(clean(raw))).strip("-")[:_MAX_ID_LENGTH].strip("-")
        if made != raw:
            made = f"{made}-{zlib.crc32(raw.encode('utf-8', 'replace')):08x}".lstrip("-")
        free, number = made, self.last.get(made, 1)
        while free in self.taken:
            number += 1
            free = f"{made}-{number}"
        self.last[made] = number
        self.taken.add(free)
        return free


def slug_of(text: str, otherwise: str = "course") -> str:
    """A short name for a course, of what it is called."""
    return _NOT_IN_ID.sub("-", fold(clean(text))).strip("-")[:_MAX_ID_LENGTH].strip("-") or otherwise


def title_of(text: str, otherwise: str) -> str:
    """A title of one line that is not empty and not endless."""
    return shortened(_line(text) or _line(otherwise) or "Untitled", _MAX_TITLE_LENGTH)


def shortened(text: str, most: int = 60) -> str:
    line = _line(text)
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def placeholder(what: str, why: str, inside: str = "") -> str:
    """The Markdown that stands where something could not be taken; `inside` is Markdown of what can be shown of it."""
    from azora_tui.formats.words import from_words

    said = f"**Here stood {from_words(what)}.** {from_words(why[:1].upper() + why[1:])}."
    fence = ":::" if ":::" not in inside else "::::::"
    return f"{fence} callout\n\n{said}\n\n{sealed(inside)}\n\n{fence}\n".replace("\n\n\n\n", "\n\n")


def sealed(markdown: str) -> str:
    """Markdown that ends where it ends: what would swallow the text after it is shown as it was written."""
    text = clean(markdown).strip("\n")
    if not text.strip():
        return ""
    if not any(mark in text for mark in _RUN_ON):
        return text
    tokens = parse(f"{text}\n\n::: probe\n\n:::\n").tokens
    last = next((token for token in reversed(tokens) if token.type == "div_open"), None)
    if last is not None and last.level == 0 and last.info == "probe" and last.meta["closed"]:
        return text
    ticks = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, ticks + 1)
    return f"{fence}\n{text}\n{fence}"


def joined(parts: Iterable[str]) -> str:
    """A lesson's content of its parts: as a lesson's file has it, without empty lines around."""
    content = "\n\n".join(part.strip("\n") for part in parts if part.strip())
    return clean(content).strip("\n") + "\n"


def lesson(lesson_id: str, title: str, section: str, content: str, *, minutes: int | None = None) -> LessonSource:
    """A lesson; without `minutes` they are estimated of its length and its questions."""
    estimate = round(len(content.split()) / _WORDS_A_MINUTE) + _MINUTES_A_QUESTION * count_questions(content)
    return LessonSource(
        id=lesson_id,
        title=title_of(title, lesson_id),
        minutes=max(1, min(minutes if minutes is not None else estimate, 999)),
        required=True,
        section=title_of(section, "Lessons"),
        content=content,
    )


def course(
    *,
    slug: str,
    title: str,
    lessons: Iterable[LessonSource],
    language: str = "",
    licence: str = "",
    instructor: str = "",
    tags: Iterable[str] = (),
    description: str = "",
    outcomes: Iterable[str] = (),
) -> CourseSource:
    """A course as other formats have it, with what they do not say filled in. Raises `ImportRefusedError`."""
    taken = tuple(lessons)
    if not taken:
        raise ImportRefusedError("no_lesson")
    return CourseSource(
        slug=slug_of(slug),
        title=title_of(title, slug),
        version=FIRST_VERSION,
        language=_line(language)[:35] or "en",
        licence=_line(licence) or "not stated",
        instructor=title_of(instructor, "not stated"),
        duration=_duration(sum(each.minutes for each in taken)),
        level="beginner",
        tags=tuple(dict.fromkeys(tag for each in tags if (tag := shortened(each)))),
        description=_line(description) or title_of(title, slug),
        outcomes=tuple(line for each in outcomes if (line := _line(each))),
        prerequisites=(),
        seats=None,
        enrollment_open=True,
        lessons=taken,
    )


def finished(source: CourseSource, report: ImportReport, *, has_version: bool = False) -> Imported:
    """The course with everything counted that is in it now."""
    questions = images = 0
    report.count_again()
    for each in source.lessons:
        report.advance(len(source.lessons))
        questions += count_questions(each.content)
        images += count_images(each.content)
    return Imported(
        course=source,
        questions=questions,
        images=images,
        skipped=report.rows,
        has_version=has_version,
    )


def count_questions(content: str) -> int:
    """Questions of quizzes, and challenges, that a lesson asks."""
    if ":::" not in content:
        return 0
    tokens = parse(content).tokens
    quiz = quiz_of(tokens, content.split("\n"))
    challenges = sum(
        not is_quiz(token) and not _CHALLENGES.isdisjoint(token.meta["attributes"].names)
        for token in tokens
        if token.type == "div_open"
    )
    return challenges + (len(quiz.questions) if quiz else 0)


def count_images(content: str) -> int:
    """Images that have a text to show in their place."""
    return sum(bool(alternative) for alternative in image_texts(content))


def image_texts(content: str) -> list[str]:
    """The alternative text of each image, "" where it has none."""
    from azora_tui.formats.markdown import plain_text

    if "![" not in content:
        return []
    document = parse(content)
    return [
        plain_text([token]).strip()
        for block in document.tokens
        if block.type == "inline" and "![" in block.content
        for token in parse_inline(block.content, document)
        if token.type == "image"
    ]


def check_answerable(question: Question) -> None:
    """To be asked of every question before it is handed over: whether who knows the right answer can give it. `kind` is
    as the source means it, one option to be chosen or several.

    Raises `UnwritableError` for a choice that is none, and for an answer that nobody may write.
    """
    if not question.kind.has_options:
        if all(len(each) > MAX_ANSWER_LENGTH for each in question.accepted):
            raise UnwritableError("answer_out_of_length" if question.accepted else "names_no_answer")
        return
    right = {option.text for option in question.options if option.correct}
    wrong = {option.text for option in question.options if not option.correct}
    if not right:
        raise UnwritableError("no_option_right")
    if len(question.options) == 1:
        raise UnwritableError("one_option")
    if not wrong and question.kind is QuestionKind.SINGLE:
        raise UnwritableError("no_option_wrong")
    if right & wrong:
        raise UnwritableError("options_read_the_same")


def _duration(minutes: int) -> str:
    hours = round(minutes / 60)
    if hours < 1:
        return f"{minutes} minute{'s' if minutes != 1 else ''}"
    return f"{hours} hour{'s' if hours != 1 else ''}"


def _line(text: str) -> str:
    return " ".join(clean(text, keep_newlines=False).split())


def report_files(tree: Tree, report: ImportReport) -> None:
    """A row for the pictures and other files of each folder, which are not kept with a course; and for links."""
    folders: dict[str, int] = {}
    for name in tree.others:
        folder = name.rpartition("/")[0] or "."
        folders[folder] = folders.get(folder, 0) + 1
    for folder, number in sorted(folders.items()):
        what = f"{number:,} file{'s' if number > 1 else ''} that {'are' if number > 1 else 'is'} not text"
        report.skip(folder, what, "files are not kept with a course; pictures leave their alternative text")
    report_left(tree, report)


def report_left(tree: Tree, report: ImportReport) -> None:
    """A row for each file that was passed over while the others were read."""
    for name, size in tree.too_large.items():
        report.skip(name, f"a text of {size:,} bytes", "it is more than is kept of a course")
    for name, why in tree.left:
        report.skip(name, "a file", why)
