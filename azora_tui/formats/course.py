"""Our own course format: a folder with `course.yaml` and one Markdown file a lesson."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from azora_tui.errors import AzoraError
from azora_tui.models.course_rules import MAX_KEY_LENGTH
from azora_tui.models.course_sources import CourseSource, LessonSource
from azora_tui.text import clean

LEVELS = ("beginner", "intermediate", "advanced")
ENROLLMENT = ("open", "closed")
STATES = ("draft", "published", "archived")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_VERSION = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})*")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"0*[1-9][0-9]{0,5}")
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?\n)---[ \t]*\n(.*)\Z", re.DOTALL)
_COURSE_KEYS = {
    "slug", "title", "version", "language", "licence", "instructor", "duration", "level", "tags",
    "description", "outcomes", "prerequisites", "sections", "seats", "enrollment", "opens", "closes", "key", "state",
}  # fmt: skip
_SECTION_KEYS = {"title", "lessons"}
_LESSON_KEYS = {"id", "title", "minutes", "required"}
# YAML's own reading of a bare word is not ours: `language: no` is Norwegian, and version 1.10 is not 1.1.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_MAX_DEPTH = 8


class CourseError(AzoraError):
    """A course's files cannot be taken as they are; the sentence names the file and how to mend it."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a course's folder: the file in it, its line from 1, and what is wrong and how to mend it."""

    file: str
    line: int
    sentence: str


@dataclass(frozen=True, slots=True)
class LessonFile:
    """A lesson as it was read; its content begins on `first_line` of the file, its expected time on `minutes_line`."""

    lesson: LessonSource
    first_line: int
    minutes_line: int


@dataclass(frozen=True, slots=True)
class CourseFiles:
    """What a folder holds, as far as it can be read. `course` is None where there is any fault."""

    course: CourseSource | None
    lessons: tuple[LessonFile, ...]
    faults: tuple[Fault, ...]


def read_course(folder: Traversable) -> CourseSource:
    """Read a course's folder whole; control characters are removed from everything in it.

    Raises `CourseError` for the first thing that is wrong.
    """
    found = read_files(folder)
    if found.course is None:
        raise CourseError("course_faulty", file=found.faults[0].file, fault=found.faults[0].sentence)
    return found.course


def read_files(folder: Traversable) -> CourseFiles:
    """Read a course's folder as far as it goes, with every fault that keeps it from being a course. Never raises."""
    faults: list[Fault] = []
    text = _text(folder, "course.yaml", faults)
    document = _Document.read(text, "course.yaml", _COURSE_KEYS, faults) if text is not None else None
    if document is None:
        return CourseFiles(None, (), tuple(faults))
    course = _course(document)
    lessons = [
        lesson
        for section, ids in _sections(document)
        for lesson_id, line in ids
        if (lesson := _read_lesson(folder, section, lesson_id, line, faults))
    ]
    if faults:
        return CourseFiles(None, tuple(lessons), tuple(faults))
    return CourseFiles(replace(course, lessons=tuple(each.lesson for each in lessons)), tuple(lessons), ())


def _course(document: "_Document") -> CourseSource:
    """All that stands in course.yaml itself; what is wrong there has become a fault, and anything stands for it."""
    slug = document.identifier("slug")
    version = document.text("version")
    if version and not _VERSION.fullmatch(version):
        document.fault(f"version {version!r} is not of the form 1.2.3.", "version")
    return CourseSource(
        slug=slug,
        title=document.text("title"),
        version=version,
        language=document.text("language"),
        licence=document.text("licence"),
        instructor=document.text("instructor"),
        duration=document.text("duration"),
        level=document.one_of("level", LEVELS),
        tags=document.texts("tags"),
        description=document.text("description"),
        outcomes=document.texts("outcomes"),
        prerequisites=_prerequisites(document, slug),
        seats=document.number("seats") if document.has("seats") else None,
        enrollment_open=not document.has("enrollment") or document.one_of("enrollment", ENROLLMENT) == "open",
        lessons=(),
        opens=document.day("opens"),
        closes=_closes(document),
        key=_key(document),
        state=document.one_of("state", STATES) if document.has("state") else None,
    )


def _closes(document: "_Document") -> str | None:
    opens, closes = (document.value(name) for name in ("opens", "closes"))
    if all(isinstance(day, str) and _DAY.fullmatch(day) for day in (opens, closes)) and closes < opens:
        document.fault("`closes` is before `opens`. Both days are in the window.", "closes")
    return document.day("closes")


def _key(document: "_Document") -> str | None:
    key = document.text("key") if document.has("key") else None
    if key and len(key) > MAX_KEY_LENGTH:
        document.fault(f"`key` has more than {MAX_KEY_LENGTH} characters.", "key")
    return key


def _prerequisites(document: "_Document", slug: str) -> tuple[str, ...]:
    found = document.texts("prerequisites")
    before = {slug}
    for place, each in enumerate(found):
        if not _ID.fullmatch(each):
            document.fault(_not_an_id("prerequisite", each), "prerequisites", place)
        elif each in before:
            document.fault(
                "`prerequisites` names a course twice, or the course itself. Take it out.", "prerequisites", place
            )
        before.add(each)
    return found


def _sections(document: "_Document") -> list[tuple[str, list[tuple[str, int]]]]:
    """The title of each section, and the id of each lesson in it with its line in course.yaml."""
    sections = document.value("sections")
    if not isinstance(sections, list):
        document.fault("`sections` has to be a list, each with a title and its lessons.", "sections")
        return []
    refusal = "every section needs `title` and `lessons`, a list of lesson ids."
    found: list[tuple[str, list[tuple[str, int]]]] = []
    seen: set[str] = set()
    for number, section in enumerate(sections):
        lessons = section.get("lessons") if isinstance(section, dict) else None
        title = _plain(section.get("title")) if isinstance(section, dict) else ""
        if not isinstance(lessons, list) or not title:
            document.fault(refusal, "sections", number)
            continue
        if unknown := sorted(str(key) for key in section.keys() - _SECTION_KEYS):
            document.fault(_unknown_key(unknown[0], _SECTION_KEYS), "sections", number, unknown[0])
        ids: list[tuple[str, int]] = []
        for place, each in enumerate(lessons):
            where = ("sections", number, "lessons", place)
            lesson_id = _plain(each)
            if not lesson_id:
                document.fault(refusal, *where)
            elif not _ID.fullmatch(lesson_id):
                document.fault(_not_an_id("lesson", lesson_id), *where)
            elif lesson_id in seen:
                document.fault(f"a lesson stands twice under `sections`: {lesson_id}. Keep it in one place.", *where)
            else:
                ids.append((lesson_id, document.line(*where)))
            seen.add(lesson_id)
        found.append((title, ids))
    return found


def _read_lesson(
    folder: Traversable, section: str, lesson_id: str, line: int, faults: list[Fault]
) -> LessonFile | None:
    """`line` is where course.yaml names the lesson: there a file is missed."""
    name = f"{lesson_id}.md"
    text = _text(folder, name, faults, missed_on=line)
    if text is None:
        return None
    match = _FRONT_MATTER.match(text)
    if match is None:
        faults.append(Fault(name, 1, "begins without front matter. Put id, title and minutes between two --- lines."))
        return None
    document = _Document.read(match[1], name, _LESSON_KEYS, faults, first_line=2)
    if document is None:
        return None
    written = document.text("id")
    if written and written != lesson_id:
        document.fault(f"its id is {written!r}; it has to be {lesson_id!r}, as the file is called.", "id")
    content = match[2].strip("\n")
    blank = match[2].index(content)
    return LessonFile(
        LessonSource(
            id=lesson_id,
            title=document.text("title"),
            minutes=document.number("minutes"),
            required=document.one_of("required", ("true", "false"), said="`required` is either true or false.")
            == "true"
            if document.has("required")
            else True,
            section=section,
            content=content + "\n",
        ),
        first_line=text.count("\n", 0, match.start(2)) + blank + 1,
        minutes_line=document.line("minutes"),
    )


class _Document:
    """One YAML mapping, every value as it is written, and the line of each; what is wrong in it goes to `faults`."""

    def __init__(
        self, values: dict[str, Any], root: yaml.Node, file: str, faults: list[Fault], first_line: int
    ) -> None:
        self._values = values
        self._root = root
        self._file = file
        self._faults = faults
        self._first_line = first_line
        self._indexes: dict[int, dict[str | int, tuple[int, yaml.Node]]] = {}

    @classmethod
    def read(
        cls, text: str, file: str, known: set[str], faults: list[Fault], *, first_line: int = 1
    ) -> "_Document | None":
        """The keys and values of a text that begins on `first_line`; None where it holds none."""
        loader = _LOADER(text)
        try:
            if _depth(text) > _MAX_DEPTH:
                faults.append(Fault(file, first_line, "lists and mappings stand too deep in one another."))
                return None
            root = loader.get_single_node()
            values = None if root is None else loader.construct_document(root)
        except yaml.YAMLError as error:
            faults.append(_not_yaml(error, file, first_line))
            return None
        finally:
            loader.dispose()
        if root is None or not isinstance(values, dict):
            faults.append(Fault(file, first_line, "has to hold keys and values."))
            return None
        document = cls(values, root, file, faults, first_line)
        for key in sorted(str(key) for key in values.keys() - known):
            document.fault(_unknown_key(key, known), key)
        sections = next((node for key, _, node in _parts(root) if key == "sections"), None)
        for mapping in (root, *(each for _, _, each in _parts(sections) if isinstance(each, yaml.MappingNode))):
            keys: set[str | int] = set()
            for name, line, _ in _parts(mapping):
                if name in keys:
                    faults.append(Fault(file, first_line + line, f"`{name}` stands twice. Keep one."))
                keys.add(name)
        return document

    def fault(self, sentence: str, *path: str | int) -> None:
        self._faults.append(Fault(self._file, self.line(*path), sentence))

    def line(self, *path: str | int) -> int:
        """The line of what stands at a path of keys and places, or of the last part of it that is there."""
        node, line = self._root, self._first_line
        for step in path:
            found = self._index(node).get(step)
            if found is None:
                break
            at, node = found
            line = self._first_line + at
        return line

    def _index(self, node: yaml.Node) -> dict[str | int, tuple[int, yaml.Node]]:
        """What a node holds, by key or place, made once: a file may have as many faults as it has lines."""
        if id(node) not in self._indexes:
            parts: dict[str | int, tuple[int, yaml.Node]] = {}
            for step, line, value in _parts(node):
                parts.setdefault(step, (line, value))
            self._indexes[id(node)] = parts
        return self._indexes[id(node)]

    def has(self, key: str) -> bool:
        return key in self._values

    def value(self, key: str) -> Any:
        return self._values.get(key)

    def text(self, key: str) -> str:
        text = _plain(self._values.get(key))
        if not text:
            self.fault(f"`{key}` is missing, empty or not a text.", key)
        return text

    def texts(self, key: str) -> tuple[str, ...]:
        values = self._values.get(key, [])
        texts = [_plain(each) for each in values] if isinstance(values, list) else [""]
        if not all(texts):
            self.fault(f"`{key}` has to be a list of texts.", key)
            return ()
        return tuple(texts)

    def number(self, key: str) -> int:
        value = self._values.get(key)
        if not isinstance(value, str) or not _NUMBER.fullmatch(value):
            self.fault(f"`{key}` has to be a whole number above 0.", key)
            return 0
        return int(value)

    def day(self, key: str) -> str | None:
        if not self.has(key):
            return None
        value = self._values[key]
        try:
            if isinstance(value, str) and _DAY.fullmatch(value):
                return date.fromisoformat(value).isoformat()
        except ValueError:
            pass
        self.fault(f"`{key}` has to be a day such as 2027-03-01.", key)
        return None

    def one_of(self, key: str, known: tuple[str, ...], *, said: str = "") -> str:
        value = self._values.get(key)
        if value not in known:
            self.fault(said or f"{key} is one of {', '.join(known)}.", key)
            return ""
        return str(value)

    def identifier(self, key: str) -> str:
        text = self.text(key)
        if text and not _ID.fullmatch(text):
            self.fault(_not_an_id(key, text), key)
        return text


def _not_yaml(error: yaml.YAMLError, file: str, first_line: int) -> Fault:
    context, problem = (getattr(error, name, None) or "" for name in ("context", "problem"))
    # A bracket that is never closed is missed far below; of all others the place itself is known.
    mark = getattr(error, "context_mark" if "flow" in context else "problem_mark", None)
    words = ", ".join(part for part in (context, problem) if part) or "it holds a character that none can"
    return Fault(file, first_line + (mark.line if mark else 0), f"is not valid YAML: {words}.")


def _parts(node: yaml.Node | None) -> Iterator[tuple[str | int, int, yaml.Node]]:
    """(key or place, line from 0, value) of what a mapping or a list holds."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield str(key.value), key.start_mark.line, value
    elif isinstance(node, yaml.SequenceNode):
        for place, value in enumerate(node.value):
            yield place, value.start_mark.line, value


def _plain(value: object) -> str:
    return clean(value, keep_newlines=False).strip() if isinstance(value, str) else ""


def _not_an_id(what: str, text: str) -> str:
    return f"{what} {text!r} may hold only small letters, digits and single hyphens."


def _unknown_key(key: str, known: set[str]) -> str:
    return f"unknown key `{key}`. Known are {', '.join(sorted(known))}."


def _depth(text: str) -> int:
    """How deep a YAML text is nested, read no further than is allowed: loading recurses, and so could be
    crashed."""
    depth = deepest = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            deepest = max(deepest, depth)
            if deepest > _MAX_DEPTH:
                break
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return deepest


def _text(folder: Traversable, name: str, faults: list[Fault], *, missed_on: int | None = None) -> str | None:
    """A file's text, cleaned. `missed_on` is the line of course.yaml that speaks of it."""
    try:
        return clean((folder / name).read_text(encoding="utf-8"))
    except FileNotFoundError:
        faults.append(Fault("course.yaml", missed_on or 1, f"{name} is missing from the course's folder."))
    except (OSError, UnicodeDecodeError):
        faults.append(Fault(name, 1, f"{name} cannot be read as UTF-8 text."))
    return None
