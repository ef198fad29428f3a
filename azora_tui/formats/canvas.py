"""What Canvas says in a cartridge beside the standard: what is published, and what a quiz says of itself."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from azora_tui.formats.archives import decoded
from azora_tui.formats.safe_xml import XmlError, read_xml, words

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MODULES = "course_settings/module_meta.xml"
QUIZ_SETTINGS = "assessment_meta.xml"
ASSIGNMENT_SETTINGS = "assignment_settings.xml"
RUBRICS = "course_settings/rubrics.xml"

_HIDDEN_STATES = frozenset({"unpublished", "deleted", "post_delayed"})
_META = re.compile(r"(?i)<meta\b[^<>]{0,500}>")
_NAME = re.compile(r"(?i)\bname\s*=\s*[\"']workflow_state[\"']")
_CONTENT = re.compile(r"(?i)\bcontent\s*=\s*[\"']([a-z_]{1,40})[\"']")
_HEAD = 20_000


@dataclass(frozen=True, slots=True)
class Unpublished:
    """The ids of modules and of what is in them that learners do not see, and of the resources that only they lead
    to."""

    items: frozenset[str] = frozenset()
    resources: frozenset[str] = frozenset()


def unpublished_in(modules: bytes | None) -> Unpublished:
    """What `module_meta.xml` says is not published; nothing where it is not there or cannot be read."""
    root = _xml(modules or b"")
    if root is None:
        return Unpublished()
    items: set[str] = set()
    hidden: set[str] = set()
    shown: set[str] = set()
    for module in root.iter("module"):
        module_is_hidden = words(module.find("workflow_state")) in _HIDDEN_STATES
        if module_is_hidden:
            items.add(module.get("identifier", ""))
        for item in module.iter("item"):
            is_hidden = module_is_hidden or words(item.find("workflow_state")) in _HIDDEN_STATES
            if is_hidden:
                items.add(item.get("identifier", ""))
            (hidden if is_hidden else shown).add(words(item.find("identifierref")))
    return Unpublished(frozenset(items - {""}), frozenset(hidden - shown - {""}))


def is_unpublished(name: str, data: bytes) -> bool:
    """Whether a page, or the settings that stand beside a quiz, a discussion or an assignment, say that it is not
    published."""
    if name.lower().endswith((".html", ".htm", ".xhtml")):
        head = decoded(data[:_HEAD])
        found = (match[0] for match in _META.finditer(head) if _NAME.search(match[0]))
        return any((said := _CONTENT.search(each)) and said[1].lower() in _HIDDEN_STATES for each in found)
    if not name.lower().endswith(".xml") or (b"workflow_state" not in data and b"<available>" not in data):
        return False
    root = _xml(data)
    if root is None:
        return False
    states = {words(each) for each in root.iter("workflow_state")}
    return not states.isdisjoint(_HIDDEN_STATES) or (root.tag == "quiz" and words(root.find("available")) == "false")


def description_of(data: bytes) -> str:
    """The HTML that a quiz says of itself in `assessment_meta.xml`, "" where it says nothing."""
    root = _xml(data)
    said = root.find("description") if root is not None and root.tag == "quiz" else None
    return "" if said is None else "".join(said.itertext())


def _xml(data: bytes) -> "Element | None":
    try:
        return read_xml(data)
    except XmlError:
        return None
