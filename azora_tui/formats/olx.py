"""Open edX's OLX: chapters and sequentials become sections, a vertical becomes a lesson."""

import json
import re
from collections.abc import Iterator
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from azora_tui.formats import imported
from azora_tui.formats.archives import Tree, decoded, path_of
from azora_tui.formats.assignments import open_response
from azora_tui.formats.composing import Part, as_text, compose
from azora_tui.formats.html import holds_nothing, to_line, to_markdown
from azora_tui.formats.imported import Ids, Imported, ImportRefusedError, ImportReport, placeholder
from azora_tui.formats.olx_problem import read_problem
from azora_tui.formats.other_systems import backups_of_moodle
from azora_tui.formats.pages import read_page
from azora_tui.formats.safe_xml import XmlError, children, markup, read_xml, words
from azora_tui.formats.words import from_text, from_words
from azora_tui.models.course_sources import LessonSource

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

NAME = "an Open edX course (OLX)"

_OUTLINE = ("chapter", "sequential", "vertical")
# Wrappers of which every part is taken; what they add is told.
_WRAPPERS = {
    "library_content": "a random choice from a library",
    "itembank": "a random choice from a library",
    "legacy_library_content": "a random choice from a library",
    "randomize": "a random choice",
    "conditional": "a condition for seeing something",
    "split_test": "different content for different groups",
    "problemset": "a set of problems",
    "problem-builder": "a set of questions made with a plug-in",
    "wrapper": "a wrapper",
}
_PLUG_INS = {
    "discussion": ("a discussion", "discussions take place on a server"),
    "lti": ("a tool of another site (LTI)", "tools of other sites are not opened in a lesson"),
    "lti_consumer": ("a tool of another site (LTI)", "tools of other sites are not opened in a lesson"),
    "poll": ("a poll", "polls are counted on a server"),
    "poll_question": ("a poll", "polls are counted on a server"),
    "survey": ("a survey", "surveys are counted on a server"),
    "edx_sga": ("a file to hand in", "files are handed in on a server"),
    "staffgradedxblock": ("a task that staff grade", "it is graded by people on a server"),
    "drag-and-drop-v2": ("a task of dragging and dropping", "it needs a mouse and a picture"),
    "done": ("a button to say that one is done", "the end of each lesson here asks just that"),
    "word_cloud": ("a word cloud", "it is gathered on a server"),
    "scorm": ("a SCORM package", "programs of a course are never run"),
    "google-document": ("a document embedded from elsewhere", "pages of others are not opened inside a lesson"),
    "google-calendar": ("a calendar embedded from elsewhere", "pages of others are not opened inside a lesson"),
}
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_SUBTITLE = re.compile(r"^(?:[0-9]+|[0-9:,.]+\s*-->.*)$")
_MAX_DEPTH = 12
_UNREADABLE = "unreadable "


def find(tree: Tree) -> str | None:
    """The folder with a course's `course.xml`, None where there is none."""
    moodle = {f"{folder}course/course.xml" for folder in backups_of_moodle(tree)}
    folders = [
        name.removesuffix("course.xml").rstrip("/")
        for name, data in tree.texts.items()
        if PurePosixPath(name).name == "course.xml" and b"<course" in data[:4000] and name not in moodle
    ]
    return min(folders, key=len, default=None)


def read(tree: Tree, report: ImportReport) -> Imported:
    """Raises `ImportRefusedError`."""
    return _Course(tree, report).read()


class _Course:
    def __init__(self, tree: Tree, report: ImportReport) -> None:
        self.tree = tree
        self.report = report
        self.expected = sum(name.startswith("vertical/") for name in tree.texts)
        self.used: set[str] = {"course.xml"}
        self.lesson_ids = Ids()
        self.question_ids = Ids()
        self.policy: dict[str, dict[str, object]] = {}

    def read(self) -> Imported:
        try:
            root = read_xml(self.tree.texts["course.xml"])
        except XmlError as error:
            raise ImportRefusedError("course_xml_unreadable", problem=str(error)) from error
        run = root.get("url_name", "")
        self._read_policy(run)
        whole = self._whole(root, "course.xml")
        course = root if whole is None else whole
        title = self._title(course, run) or root.get("course") or self.tree.name
        lessons = list(self._lessons(course))
        key = "-".join(part for part in (root.get("org", ""), root.get("course", ""), run) if part)
        source = imported.course(
            slug=key or title,
            title=title,
            language=course.get("language", ""),
            licence=course.get("license", ""),
            instructor=course.get("display_organization", "") or root.get("org", ""),
            description=self._description(),
            lessons=lessons,
        )
        self._report_rest()
        return imported.finished(source, self.report)

    def _lessons(self, course: "Element") -> Iterator[LessonSource]:
        for chapter in self._parts(course, "course.xml"):
            if chapter.tag != "chapter":
                if chapter.tag in ("sequential", "vertical", "html", "problem", "video"):
                    yield from self._sequential_or_lesson(chapter, "")
                elif chapter.tag != "wiki":
                    self.report.skip("course.xml", f"an element {chapter.tag}", "it is no part of the outline")
                continue
            title = self._title(chapter) or "Untitled"
            if self._is_hidden(chapter, f"the chapter “{title}”"):
                continue
            for part in self._parts(chapter, f"chapter {title}"):
                yield from self._sequential_or_lesson(part, title)

    def _sequential_or_lesson(self, element: "Element", chapter: str) -> Iterator[LessonSource]:
        if element.tag not in ("sequential", "videosequence"):
            yield from self._lesson(element, chapter)
            return
        title = self._title(element)
        if self._is_hidden(element, f"the sequential “{title}”"):
            return
        section = " · ".join(dict.fromkeys(part for part in (chapter, title) if part))
        for part in self._parts(element, f"sequential {title}"):
            yield from self._lesson(part, section)

    def _lesson(self, vertical: "Element", section: str) -> Iterator[LessonSource]:
        title = self._title(vertical) or "Unit"
        if self._is_hidden(vertical, f"the lesson “{title}”"):
            return
        self.report.advance(self.expected)
        lesson_id = self.lesson_ids.make(vertical.get("url_name", ""), title)
        where = f"{vertical.tag}/{vertical.get('url_name') or lesson_id}"
        blocks = self._parts(vertical, where) if vertical.tag == "vertical" else iter([vertical])
        parts = [part for block in blocks for part in self._component(block, where, lesson_id, 4)]
        content = read_page(
            partial(compose, parts, self.report, where), partial(as_text, parts), self.report, where, "a unit"
        )
        if not content.strip():
            self.report.skip(where, f"the content of “{title}”", "there is none in the source")
            content = "*This lesson is empty in the course it comes from.*\n"
        yield imported.lesson(lesson_id, title, section, content)

    def _component(self, block: "Element", where: str, lesson_id: str, depth: int) -> list[Part]:
        return read_page(
            lambda: list(self._block(block, where, lesson_id, depth)),
            lambda: [from_text(" ".join(words(block).split()))],
            self.report,
            where,
            f"a component, {block.tag}",
        )

    def _block(self, block: "Element", where: str, lesson_id: str, depth: int) -> Iterator[Part]:
        name = self._title(block)
        kind = block.tag
        if self._is_hidden(block, f"“{name or kind}”"):
            return
        if kind == "html":
            yield self._html(block, where)
        elif kind == "problem":
            yield from self._problem(block, where, lesson_id)
        elif kind == "openassessment":
            task_id = self.question_ids.make(block.get("url_name") or f"{lesson_id}-task", lesson_id)
            yield open_response(block, task_id, self.report, where)
        elif kind in ("video", "video_block"):
            yield self._video(block, name, where)
        elif kind in ("vertical", "sequential") or kind in _WRAPPERS:
            if kind in _WRAPPERS:
                said = _WRAPPERS[kind]
                self.report.skip(
                    where, f"{said}{f', “{name}”' if name else ''}", "everything in it was taken, for everybody"
                )
            if depth < _MAX_DEPTH:
                for part in self._parts(block, where):
                    yield from self._component(part, where, lesson_id, depth + 1)
        elif kind.startswith(_UNREADABLE):
            yield placeholder(f"a component, {kind.removeprefix(_UNREADABLE)}", "its file cannot be read")
        elif kind == "annotatable":
            self.report.skip(
                where, f"the notes beside the text “{name or 'annotatable'}”", "they open in a browser only"
            )
            yield to_markdown(markup(block), self.report, where)
        else:
            yield self._plug_in(block, kind, name, where)

    def _html(self, block: "Element", where: str) -> str:
        path = f"html/{_file(block.get('filename') or block.get('url_name') or '')}.html"
        if path in self.tree.texts and (block.get("filename") or not (len(block) or (block.text or "").strip())):
            self.used.add(path)
            html = decoded(self.tree.texts[path])
        else:
            # Without elements it is a text with its tags as signs, as in CDATA, and that text is the HTML.
            html = markup(block) if len(block) else block.text or ""
            if block.get("filename") and not html.strip():
                self.report.skip(where, f"a text, {path}", self.tree.why_missing(path))
                return placeholder("a text", self.tree.why_missing(path))
        shown = to_markdown(html, self.report, where)
        if not shown and not holds_nothing(html):
            return placeholder("a page made by programs", "programs of a course are never run")
        return shown

    def _problem(self, block: "Element", where: str, lesson_id: str) -> Iterator[Part]:
        raw_id = block.get("url_name") or f"{lesson_id}-problem"

        def new_id(number: int) -> str:
            return self.question_ids.make(raw_id if number == 1 else f"{raw_id}-{number}", lesson_id)

        yield from read_problem(block, new_id, self.report, where)

    def _video(self, block: "Element", name: str, where: str) -> str:
        addresses = [
            source for child in block.iter("source") if _ADDRESS.fullmatch(source := (child.get("src") or "").strip())
        ]
        youtube = block.get("youtube_id_1_0") or block.get("youtube", "").partition(":")[2].partition(",")[0]
        if re.fullmatch(r"[\w-]{5,20}", youtube):
            addresses.insert(0, f"https://youtu.be/{youtube}")
        what = f"a video, “{name}”" if name else "a video"
        why = "a terminal plays no video"
        self.report.skip(where, what, why)
        inside = "\n\n".join(f"<{address}>" for address in dict.fromkeys(addresses))
        return imported.joined((placeholder(what, why, inside), self._transcript(block)))

    def _transcript(self, block: "Element") -> str:
        """What is said in a video, where the course brings it, as a part that can be opened."""
        for child in block.iter("transcript"):
            path = f"static/{_file(child.get('src', ''))}"
            if path in self.tree.texts:
                self.used.add(path)
                lines = decoded(self.tree.texts[path]).split("\n")
                said = " ".join(line.strip() for line in lines if line.strip() and not _SUBTITLE.match(line.strip()))
                text = from_words(to_line(said))
                return f"::: spoiler\n\n### What is said in the video\n\n{text}\n\n:::"
        return ""

    def _plug_in(self, block: "Element", kind: str, name: str, where: str) -> str:
        what, why = _PLUG_INS.get(kind, (f"a component of the kind {kind}", "this kind is not known here"))
        what = f"{what}, “{name}”" if name else what
        self.report.skip(where, what, why)
        texts = [block.get(key, "") for key in ("question", "question_text", "prompt", "instructions", "block_name")]
        texts += [
            words(child)
            for child in block.iter()
            if child.tag in ("prompt", "description", "question") and not len(child)
        ]
        shown = [to_markdown(text, self.report, where) for text in dict.fromkeys(texts) if text.strip()]
        address = block.get("launch_url", "")
        if _ADDRESS.fullmatch(address):
            shown.append(f"<{address}>")
        if not shown and (text := words(block)):
            shown.append(from_text(text[:2_000]))
        return placeholder(what, why, "\n\n".join(shown))

    def _parts(self, element: "Element", where: str) -> Iterator["Element"]:
        for child in children(element):
            if not isinstance(child.tag, str):
                continue
            whole = self._whole(child, where)
            if whole is not None:
                yield whole

    def _whole(self, element: "Element", where: str) -> "Element | None":
        """An element with its content, which often stands in a file of its own; None where that cannot be read."""
        name = element.get("url_name", "")
        path = f"{element.tag}/{_file(name)}.xml"
        if not name or len(element) or (element.text or "").strip():
            return element
        if path in self.tree.too_large:
            self.report.skip(path, f"{element.tag} {name}", self.tree.why_missing(path))
            if element.tag in (*_OUTLINE, "course"):
                self.tree.need(path)
            return _unreadable(element.tag, name)
        if path not in self.tree.texts:
            if element.get("display_name"):
                return element  # it stands here whole, and is empty
            html = f"html/{_file(name)}.html"
            if element.tag in (*_OUTLINE, "problem") or (element.tag == "html" and html not in self.tree.texts
                                                         and not element.get("filename")):  # fmt: skip
                self.report.skip(where, f"{element.tag} {name}", f"its file {path} is not there")
                return None
            return element
        if path in self.used and element.tag in _OUTLINE:
            self.report.skip(where, f"{element.tag} {name}", "it stands in the course twice, and was taken once")
            return None
        self.used.add(path)
        try:
            whole = read_xml(self.tree.texts[path])
        except XmlError as error:
            self.report.skip(path, f"{element.tag} {name}", f"the file cannot be read: {error}")
            if element.tag in _OUTLINE:
                return None
            return _unreadable(element.tag, name)
        whole.tag = element.tag if whole.tag != element.tag and element.tag in _OUTLINE else whole.tag
        for key, value in element.attrib.items():
            whole.set(key, value)
        return whole

    def _title(self, element: "Element", run: str = "") -> str:
        said = self.policy.get(f"{element.tag}/{run or element.get('url_name', '')}", {}).get("display_name")
        return " ".join((element.get("display_name") or (said if isinstance(said, str) else "")).split())

    def _is_hidden(self, element: "Element", what: str) -> bool:
        if element.get("visible_to_staff_only", "").lower() == "true":
            self.report.skip(f"{element.tag}/{element.get('url_name', '')}", what, "it is for staff only")
            return True
        return False

    def _read_policy(self, run: str) -> None:
        path = f"policies/{_file(run)}/policy.json"
        if path in self.tree.texts:
            try:
                document = json.loads(decoded(self.tree.texts[path]))
            except (ValueError, RecursionError):
                self.report.skip(path, "names and settings", "it is not valid JSON")
                return
            if isinstance(document, dict):
                self.policy = {key: value for key, value in document.items() if isinstance(value, dict)}

    def _description(self) -> str:
        for name in ("about/short_description.html", "about/overview.html"):
            if name in self.tree.texts and (text := to_line(decoded(self.tree.texts[name]))):
                self.used.add(name)
                return imported.shortened(text, 400)
        return ""

    def _report_rest(self) -> None:
        for name in sorted(self.tree.texts):
            folder = name.partition("/")[0] if "/" in name else ""
            if name in self.used or not folder:
                continue
            if folder in ("policies", "assets"):
                self.report.skip(folder, "a file of settings", "settings of another system mean nothing here")
            elif folder == "drafts":
                self.report.skip(name, "a draft", "it is not published in the course it comes from")
            elif folder in ("about", "info", "tabs", "wiki"):
                self.report.skip(name, "a page beside the course", "only what stands in the outline becomes a lesson")
            elif folder == "static":
                self.report.skip(name, "a file", "files are not kept with a course")
            elif folder != "course" and not (
                folder == "html" and name.endswith(".xml") and name.removesuffix(".xml") + ".html" in self.used
            ):
                self.report.skip(name, f"a {folder}", "nothing in the course's outline leads to it")
        imported.report_files(self.tree, self.report)


def _unreadable(tag: str, name: str) -> "Element":
    from xml.etree.ElementTree import Element  # made here, parsed by nobody

    return Element(_UNREADABLE + tag, {"url_name": name})


def _file(name: str) -> str:
    """A name as OLX makes a path of it."""
    return path_of(name.replace(":", "/").strip("/"))
