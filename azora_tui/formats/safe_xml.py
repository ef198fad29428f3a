"""XML from strangers: no entities, no document types, no network, no depth that could break the program."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, TreeBuilder  # only the types; defusedxml parses

from azora_tui.errors import AzoraError
from azora_tui.text import clean

_MAX_DEPTH = 100
_MAX_ELEMENTS = 200_000


class XmlError(AzoraError):
    """A text is not XML, or is made to do harm."""


class _Shallow(TreeBuilder):
    """Builds elements without namespaces, as deep and as many as are allowed."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = 0
        self._elements = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        self._depth += 1
        self._elements += 1
        if self._depth > _MAX_DEPTH or self._elements > _MAX_ELEMENTS:
            raise XmlError("xml_too_deep")
        plain = {_local(name): clean(value) for name, value in attrs.items()}
        return super().start(_local(tag), plain)

    def end(self, tag: str, /) -> Element:
        self._depth -= 1
        return super().end(_local(tag))

    def data(self, data: str, /) -> None:
        super().data(clean(data))


def read_xml(data: bytes) -> Element:
    """The root of an XML text, names without their namespaces, everything cleaned.

    Raises `XmlError`, whose sentence goes on from "cannot be read: ".
    """
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser

    parser = DefusedXMLParser(target=_Shallow(), forbid_dtd=True, forbid_entities=True, forbid_external=True)
    try:
        parser.feed(data)
        root = parser.close()
    except DefusedXmlException as error:
        raise XmlError("xml_entities") from error
    except ParseError as error:
        raise XmlError("xml_not_well_formed", problem=clean(str(error), keep_newlines=False)[:100]) from error
    except (ValueError, LookupError) as error:  # an encoding that nobody knows
        raise XmlError("xml_encoding_unknown") from error
    if not isinstance(root, Element):
        raise XmlError("xml_empty")
    return root


def children(element: Element, *names: str) -> Iterator[Element]:
    """The elements directly below that have one of these names, or all of them."""
    return (child for child in element if not names or child.tag in names)


def words(element: Element | None) -> str:
    """All text within an element, on one line."""
    return "" if element is None else " ".join("".join(element.itertext()).split())


def markup(element: Element) -> str:
    """What stands in an element as HTML, without the element itself."""
    from xml.etree.ElementTree import tostring  # writes, never parses

    parts = [_escaped(element.text or "")]
    parts += [tostring(child, encoding="unicode", method="html") for child in element]
    return "".join(parts)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _local(name: str) -> str:
    return name.rpartition("}")[2]
