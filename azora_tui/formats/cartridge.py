"""IMS Common Cartridge 1.0 to 1.3: a leaf of the manifest's tree is a lesson, an assessment a lesson with a quiz.

A package of QTI 1.2 without a tree, as a quiz exported alone is, is a course of quizzes.
"""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from azora_tui.formats import assignments, canvas, imported, qti
from azora_tui.formats.archives import Tree, decoded, path_of
from azora_tui.formats.composing import Part, as_text, compose
from azora_tui.formats.html import to_line, to_markdown, without_tags
from azora_tui.formats.imported import Ids, Imported, ImportRefusedError, ImportReport, placeholder
from azora_tui.formats.pages import read_page
from azora_tui.formats.qti_assessment import Assessment, Banks, count, title_of
from azora_tui.formats.safe_xml import XmlError, read_xml, words
from azora_tui.formats.words import from_text, from_words
from azora_tui.models.course_sources import LessonSource

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

NAME = "an IMS Common Cartridge"

_ROLES = ("instructor", "mentor", "administrator")
_PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".bmp"})
_PAGES = (".html", ".htm", ".xhtml")
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_MAX_ITEMS = 20_000
_LESSONS = ("imsqti", "imsdt", "imswl", "assignment")
"""What the type of a resource holds that is a lesson also where no item leads to it."""
_ONLY_QTI_1 = "its questions are in QTI 2, and only QTI 1.2 is read here"


def find(tree: Tree) -> str | None:
    """The folder with an `imsmanifest.xml`, None where there is none."""
    folders = [
        name.removesuffix("imsmanifest.xml").rstrip("/")
        for name in tree.texts
        if PurePosixPath(name).name == "imsmanifest.xml"
    ]
    return min(folders, key=lambda folder: (folder.count("/"), len(folder), folder), default=None)


def read(tree: Tree, report: ImportReport) -> Imported:
    """Raises `ImportRefusedError`."""
    return _Cartridge(tree, report).read()


class _Cartridge:
    def __init__(self, tree: Tree, report: ImportReport) -> None:
        self.tree = tree
        self.report = report
        self.lesson_ids = Ids()
        self.question_ids = Ids()
        self.resources: dict[str, Element] = {}
        self.used: set[str] = set()
        self.hidden_items: set[Element] = set()
        self.hidden_resources: set[str] = set()
        self.hidden_alone: set[str] = set()
        self.banks = Banks(tree.texts, self._xml)
        self.expected = 0
        self.items = 0

    def read(self) -> Imported:
        try:
            manifest = read_xml(self.tree.texts["imsmanifest.xml"])
        except XmlError as error:
            raise ImportRefusedError("manifest_unreadable", problem=str(error)) from error
        for resource in manifest.iter("resource"):
            self.resources.setdefault(resource.get("identifier", ""), resource)
        self.expected = sum(1 for item in manifest.iter("item") if item.get("identifierref"))
        self._look_what_is_published(manifest)
        lessons = list(self._organized(manifest))
        lessons += self._unorganized()
        if not lessons and any(_is_qti_2(each) for each in self.resources.values()):
            raise ImportRefusedError("qti_2")
        title = words(manifest.find("metadata/lom/general/title/string")) or words(
            manifest.find("metadata/lom/general/title/langstring")
        )
        title = title or words(next(manifest.iter("organization/title"), None)) or self.tree.name
        rights = words(manifest.find("metadata/lom/rights/description/string"))
        course = imported.course(
            slug=title,
            title=title,
            language=words(manifest.find("metadata/lom/general/language")),
            licence=rights,
            description=words(manifest.find("metadata/lom/general/description/string")),
            tags=[words(each) for each in manifest.findall("metadata/lom/general/keyword/string")],
            lessons=lessons,
        )
        self._report_rest(manifest)
        return imported.finished(course, self.report)

    def _look_what_is_published(self, manifest: "Element") -> None:
        """What is not, stays out; but a course of which nothing is published is a draft, and taken whole."""
        said = canvas.unpublished_in(self.tree.texts.get(canvas.MODULES))
        for item in manifest.iter("item"):
            if item.get("identifier", "") in said.items or item.get("isvisible", "").lower() == "false":
                self.hidden_items.update(item.iter("item"))
        self.hidden_resources = {
            identifier
            for identifier, resource in self.resources.items()
            if any(canvas.is_unpublished(name, self.tree.texts[name]) for name in self._beside(resource))
        }
        self.hidden_alone = self.hidden_resources | said.resources
        led_to = {item: item.get("identifierref", "") for item in manifest.iter("item")}
        shown = {each for item, each in led_to.items() if each and item not in self.hidden_items}
        alone = {each for each, _ in self._alone(set(led_to.values()))}
        if (shown - self.hidden_resources) or (alone - self.hidden_alone):
            return
        if self.hidden_items or self.hidden_alone:
            why = "nothing in it is, so all of it was taken"
            self.report.skip("the whole course", "that it is not published", why)
        self.hidden_items, self.hidden_resources, self.hidden_alone = set(), set(), set()

    def _beside(self, resource: "Element") -> Iterator[str]:
        """The files of a resource, and those that hold its settings."""
        needed = (self.resources.get(each.get("identifierref", "")) for each in resource.findall("dependency"))
        settings = (each for each in needed if each is not None and _is(each.get("type", ""), "learning-application"))
        for holder in (resource, *settings):
            for file in holder.findall("file"):
                if (name := unquote(file.get("href", ""))) in self.tree.texts:
                    yield name

    def _organized(self, manifest: "Element") -> Iterator[LessonSource]:
        """The lessons of the manifest's tree, in its order."""
        for organization in manifest.iter("organization"):
            yield from self._items(organization.findall("item"), ())

    def _items(self, items: "list[Element]", path: tuple[str, ...]) -> Iterator[LessonSource]:
        """The lessons of items that stand beside each other; `safe_xml` has bounded how deep they stand."""
        heading: tuple[str, ...] = ()
        for item in items:
            self.items += 1
            if self.items > _MAX_ITEMS:
                raise ImportRefusedError("too_many_items", maximum=_MAX_ITEMS)
            inner = item.findall("item")
            title = words(item.find("title"))
            here = (*path, *heading)
            if item in self.hidden_items:
                yield from self._items(inner, here)
                if not inner:
                    self._leave_unpublished(item.get("identifierref", ""), item.get("identifier", ""), title)
            elif inner:
                below = (*here, title) if title else here
                if item.get("identifierref"):
                    yield from self._lesson(item, title, below)
                yield from self._items(inner, below)
            elif item.get("identifierref"):
                yield from self._lesson(item, title, here)
            elif title:
                # Canvas writes a heading as an item without content, before those that belong to it.
                why = "it has no content of its own; it names the section of what follows it"
                self.report.skip(item.get("identifier", ""), f"the heading “{title}”", why)
                heading = (title,)

    def _lesson(self, item: "Element", title: str, path: tuple[str, ...]) -> Iterator[LessonSource]:
        self.report.advance(self.expected)
        reference = item.get("identifierref", "")
        raw_id = item.get("identifier") or reference
        resource = self.resources.get(reference)
        section = " · ".join(dict.fromkeys(path)) or "Lessons"
        if reference in self.hidden_resources:
            self._leave_unpublished(reference, raw_id, title)
            return
        if resource is None:
            what, why = f"“{title or reference}”", "the cartridge does not hold what it leads to"
            self.report.skip(raw_id, what, why)
            content = imported.joined([placeholder(what, why)])
            yield imported.lesson(self.lesson_ids.make(raw_id, title), title, section, content)
            return
        if self._is_for_teachers(resource):
            self.report.skip(raw_id, f"“{title or reference}”", "it is meant for who teaches")
            self.used.add(reference)
            return
        yield self._of_resource(reference, resource, raw_id, title, section)

    def _leave_unpublished(self, reference: str, where: str, title: str) -> None:
        self.used.add(reference)
        why = "it is not published in the course it comes from"
        self.report.skip(where or reference, f"“{title or reference}”", why)

    def _unorganized(self) -> Iterator[LessonSource]:
        """Assessments, pages, discussions and links that no item leads to: they are lessons too, at the end. Banks
        come last, when it is known whether an assessment draws from them."""
        section = "Not in the course's outline" if self.expected else "Quizzes"
        for identifier, resource in sorted(self._alone(self.used), key=self._is_bank):
            path = self._path(resource)
            if path in self.banks.drawn:
                continue
            if identifier in self.hidden_alone:
                self._leave_unpublished(identifier, path, self._title(resource))
                continue
            self.report.advance()
            yield self._of_resource(identifier, resource, identifier, "", section)

    def _alone(self, led_to: set[str]) -> Iterator[tuple[str, "Element"]]:
        """The resources that are lessons although nothing leads to them."""
        needed = {
            each.get("identifierref", "")
            for resource in self.resources.values()
            for each in resource.iter("dependency")
        }
        for identifier, resource in self.resources.items():
            if identifier in led_to or identifier in needed or identifier.endswith("_fallback"):
                continue
            path = self._path(resource)
            is_page = path.endswith(_PAGES) and path in self.tree.texts and not path.startswith("course_settings/")
            kind = resource.get("type", "")
            is_bank = _is(kind, "question-bank")
            if (is_page or (_is(kind, *_LESSONS) and not is_bank and not _is_qti_2(resource))) and not (
                self._is_for_teachers(resource)
            ):
                yield identifier, resource

    def _is_bank(self, alone: tuple[str, "Element"]) -> bool:
        return self.banks.holds(self._path(alone[1]))

    def _title(self, resource: "Element") -> str:
        path = self._path(resource)
        if path.lower().endswith(_PAGES):
            return _title_of(decoded(self.tree.texts.get(path, b"")), path)
        root = self._xml(path)
        return "" if root is None else title_of(root) or words(root.find("title"))

    def _of_resource(self, reference: str, resource: "Element", raw_id: str, title: str, section: str) -> LessonSource:
        self.used.add(reference)
        lesson_id = self.lesson_ids.make(raw_id, title)
        where = self._path(resource) or reference

        def text() -> tuple[str, list[Part], int | None]:
            return "", [from_text(without_tags(self._raw(resource)))], None

        own_title, parts, attempts = read_page(
            lambda: self._content(resource, where, title), text, self.report, where, "a page"
        )
        content = read_page(
            lambda: compose(parts, self.report, where, attempts=attempts),
            lambda: as_text(parts),
            self.report,
            where,
            "a page",
        )
        if not content.strip():
            self.report.skip(where, f"the content of “{title or own_title}”", "there is none in the source")
            content = "*This lesson is empty in the course it comes from.*\n"
        return imported.lesson(lesson_id, title or own_title or lesson_id, section, content)

    def _content(self, resource: "Element", where: str, title: str) -> tuple[str, list[Part], int | None]:
        """(title, parts, attempts) of what a resource holds."""
        kind, path = resource.get("type", ""), self._path(resource)
        if _is_qti_2(resource):
            what, why = f"“{title or where}”", _ONLY_QTI_1
            self.report.skip(where, what, why)
            return title, [placeholder(what, why)], None
        if _is(kind, "imsqti"):
            return self._assessment(resource, path, where)
        if _is(kind, "imsdt"):
            return self._text(path, where, "a discussion", "discussions take place on a server; this is what it asks")
        if _is(kind, "assignment"):
            return self._assignment(self._xml(path), resource, where, title)
        if _is(kind, "imswl"):
            return self._link(path, where)
        if _is(kind, "imsbasiclti"):
            return self._tool(path, where, title)
        settings = next((name for name in self._beside(resource) if name.endswith(canvas.ASSIGNMENT_SETTINGS)), "")
        if settings and (root := self._xml(settings)) is not None:
            return self._assignment(root, resource, where, title)
        for name in (path, *(path_of(unquote(each.get("href", ""))) for each in resource.findall("file"))):
            if name.lower().endswith(_PAGES) and name in self.tree.texts:
                html = decoded(self.tree.texts[name])
                return _title_of(html, name), [to_markdown(_body(html), self.report, name)], None
            if (
                name.lower().endswith((".txt", ".md"))
                and name in self.tree.texts
                and not _is(kind, "learning-application")
            ):
                return PurePosixPath(name).stem, [from_text(decoded(self.tree.texts[name]))], None
        return self._file(path or title, where, title)

    def _assignment(
        self, root: "Element | None", resource: "Element", where: str, title: str
    ) -> tuple[str, list[Part], int | None]:
        """What the standard's own kind of assignment asks, or Canvas's beside its settings."""
        if root is None:
            why = self._why_unread(self._path(resource))
            self.report.skip(where, "an assignment", why)
            return "", [placeholder("an assignment", why)], None
        own = words(root.find("title")) or title
        if root.find("text") is not None:
            shown = self._shown(root, where)
        else:
            pages = (name for name in self._beside(resource) if name.lower().endswith(_PAGES))
            html = next((decoded(self.tree.texts[name]) for name in pages), "")
            shown = to_markdown(_body(html), self.report, where)
        rubrics = self._xml(canvas.RUBRICS) if canvas.RUBRICS in self.tree.texts else None
        task = assignments.assignment(
            self.question_ids.make(resource.get("identifier", ""), own or "task"),
            own,
            shown,
            self.report,
            where,
            kinds=assignments.kinds_of(root),
            criteria=assignments.criteria_of(root, rubrics),
        )
        return own, [task], None

    def _file(self, path: str, where: str, title: str) -> tuple[str, list[Part], int | None]:
        name = PurePosixPath(path).name or title
        if path in self.tree.too_large:
            what, why = f"the page {name}", self.tree.why_missing(path)
        elif PurePosixPath(path).suffix.lower() in _PICTURES:
            what, why = f"the picture {name}", "it has no alternative text that could stand for it"
        else:
            what, why = f"the file {name}", "files are not kept with a course"
        self.report.skip(where, what, why)
        return title or name, [placeholder(what, why)], None

    def _assessment(self, resource: "Element", path: str, where: str) -> tuple[str, list[Part], int | None]:
        root = self._whole_assessment(resource, path)
        if root is None:
            what, why = "an assessment", self._why_unread(path)
            self.report.skip(where, what, why)
            return "", [placeholder(what, why)], None
        settings = next((name for name in self._beside(resource) if name.endswith(canvas.QUIZ_SETTINGS)), "")
        description = canvas.description_of(self.tree.texts[settings]) if settings else ""
        own_ids = resource.get("identifier", "")
        assessment = Assessment(root, self.banks, self.question_ids, self.report, own_ids=own_ids, where=where)
        return title_of(root), list(assessment.parts(description)), qti.max_attempts(root)

    def _whole_assessment(self, resource: "Element", path: str) -> "Element | None":
        """An assessment; where Canvas has added its own copy, with the questions that the standard has no words for,
        that one, if it holds at least as many."""
        found = self._xml(path)
        for dependency in resource.findall("dependency"):
            meta = self.resources.get(dependency.get("identifierref", ""))
            for file in meta.findall("file") if meta is not None else ():
                name = path_of(unquote(file.get("href", "")))
                if name.endswith(".xml.qti") and (own := self._xml(name)) is not None:
                    self.used.add(dependency.get("identifierref", ""))
                    if found is None or count(own) >= count(found):
                        return own
        return found

    def _text(self, path: str, where: str, what: str, why: str) -> tuple[str, list[Part], int | None]:
        root = self._xml(path)
        if root is None:
            self.report.skip(where, what, self._why_unread(path))
            return "", [placeholder(what, self._why_unread(path))], None
        self.report.skip(where, what, why)
        return words(root.find("title")), [placeholder(what, why, self._shown(root, where))], None

    def _shown(self, root: "Element", where: str) -> str:
        """The text of a discussion or an assignment, in Markdown."""
        text = root.find("text")
        html = "".join(text.itertext()) if text is not None else ""
        for attachment in root.iter("attachment"):
            self.report.skip(where, f"the file {attachment.get('href', '')}", "files are not kept with a course")
        plain = text is not None and text.get("texttype", "").lower() == "text/plain"
        return from_text(html) if plain else to_markdown(html, self.report, where)

    def _link(self, path: str, where: str) -> tuple[str, list[Part], int | None]:
        root = self._xml(path)
        url = root.find("url") if root is not None else None
        address = "" if url is None else url.get("href", "").strip()
        title = "" if root is None else words(root.find("title"))
        if not _ADDRESS.fullmatch(address):
            self.report.skip(where, "a link", "its address is missing or not one of the web")
            return title, [placeholder("a link", "its address is missing or not one of the web")], None
        return title, [f"This page of the course is on the web: {from_words(title)}\n\n<{address}>"], None

    def _tool(self, path: str, where: str, title: str) -> tuple[str, list[Part], int | None]:
        root = self._xml(path)
        own = "" if root is None else words(root.find("title"))
        what, why = f"a tool of another site (LTI), “{own or title}”", "tools of other sites are not opened in a lesson"
        self.report.skip(where, what, why)
        about = "" if root is None else words(root.find("description"))
        return own, [placeholder(what, why, from_words(about))], None

    def _xml(self, path: str) -> "Element | None":
        if path not in self.tree.texts:
            return None
        try:
            return read_xml(self.tree.texts[path])
        except XmlError as error:
            self.report.skip(path, "a file", f"it cannot be read: {error}")
            return None

    def _why_unread(self, path: str) -> str:
        return "its file cannot be read" if path in self.tree.texts else self.tree.why_missing(path)

    def _raw(self, resource: "Element") -> str:
        data = self.tree.texts.get(self._path(resource))
        return "" if data is None else decoded(data)

    def _path(self, resource: "Element") -> str:
        files = [file.get("href", "") for file in resource.findall("file")]
        return path_of(unquote(resource.get("href") or (files[0] if files else "")).lstrip("/"))

    def _is_for_teachers(self, resource: "Element") -> bool:
        roles = [words(each).lower() for each in resource.iter("intendedEndUserRole")]
        return bool(roles) and all(any(role in said for role in _ROLES) and "learner" not in said for said in roles)

    def _report_rest(self, manifest: "Element") -> None:
        needed: set[str] = set()
        for identifier in self.used:
            if (resource := self.resources.get(identifier)) is not None:
                needed |= {each.get("identifierref", "") for each in resource.findall("dependency")}
        for resource in manifest.iter("resource"):
            identifier = resource.get("identifier", "")
            if identifier in self.used or identifier in needed or identifier.endswith("_fallback"):
                continue
            path = self._path(resource)
            if self._is_for_teachers(resource):
                why = "it is meant for who teaches"
            elif path.startswith("course_settings/"):
                why = "settings of another system mean nothing here"
            elif path in self.banks.drawn:
                continue
            elif _is_qti_2(resource):
                why = _ONLY_QTI_1
            elif _is(resource.get("type", ""), "question-bank") or self.banks.holds(path):
                why = "it is a bank of questions, and no quiz that was taken draws from it"
            else:
                why = "nothing in the course's outline leads to it, and files are not kept with a course"
            self.report.skip(path or identifier, "a resource", why)
        imported.report_left(self.tree, self.report)


def _is(kind: str, *names: str) -> bool:
    return any(name in kind for name in names)


def _is_qti_2(resource: "Element") -> bool:
    return re.match(r"imsqti_\w+_xmlv2|imsqti_xmlv[23]", resource.get("type", "")) is not None


def _title_of(html: str, where: str) -> str:
    match = re.search(r"(?is)<title[^<>]*>(.{0,500}?)</title>", html)
    return to_line(match[1]) if match else PurePosixPath(where).stem.replace("-", " ").capitalize()


def _body(html: str) -> str:
    match = re.search(r"(?is)<body[^<>]*>(.*?)(?:</body>|\Z)", html)
    return match[1] if match else html
