"""XML from strangers."""

import pytest

from azora_tui.formats.safe_xml import XmlError, markup, read_xml, words
from azora_tui.formats.safe_yaml import YamlError, read_yaml, text_of, texts_of

LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]><x>&j;</x>"
)  # fmt: skip


@pytest.mark.parametrize(
    ("source", "why"),
    [
        (LAUGHS, "entities or a document type"),
        ('<!DOCTYPE x SYSTEM "http://example.org/x.dtd"><x/>', "entities or a document type"),
        ('<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&f;</x>', "entities or a document type"),
        ('<!DOCTYPE x [<!ENTITY % p SYSTEM "http://example.org/p">%p;]><x/>', "entities or a document type"),
        ("<x>&unknown;</x>", "not well formed"),
        ("<x>", "not well formed"),
        ("", "not well formed"),
        ("<a>" * 200 + "</a>" * 200, "too deep"),
        ("<a>" + "<b/>" * 200_001 + "</a>", "too many"),
        ('<?xml version="1.0" encoding="nothing"?><x/>', "not well formed|encoding"),
        ("<x>\x1b</x>", "not well formed"),
    ],
)
def test_what_is_refused(source: str, why: str) -> None:
    with pytest.raises(XmlError, match=why):
        read_xml(source.encode())


def test_names_lose_their_namespaces_and_texts_their_control_characters() -> None:
    root = read_xml(b'<a xmlns="urn:x" xmlns:y="urn:y" y:b="&#x202e;1"><y:c>x&#x85;y</y:c></a>')
    assert (root.tag, root.attrib, root[0].tag, words(root)) == ("a", {"b": "1"}, "c", "x y")


def test_markup_is_what_stands_inside() -> None:
    assert markup(read_xml(b"<p>a &lt; <b>c<br/></b> d</p>")) == "a &lt; <b>c<br></b> d"


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("[" * 50, "too deep"),
        ("a: b: c", "not valid"),
        ("- a", "keys and values"),
        ("\0", "not valid"),
        ("a: [" + "1," * 60_000, "many|valid"),
    ],
)
def test_yaml_that_is_refused(source: str, why: str) -> None:
    with pytest.raises(YamlError, match=why):
        read_yaml(source)


def test_yaml_gives_texts() -> None:
    document = read_yaml("a: no\nb: [1, x]\nc: 1.10\n")
    assert (text_of(document, "a"), texts_of(document, "b"), text_of(document, "c")) == ("no", ["1", "x"], "1.10")
    assert (text_of(document, "b"), texts_of(document, "a"), read_yaml("")) == ("", [], {})
