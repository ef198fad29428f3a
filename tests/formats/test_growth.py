"""Twice the input takes twice the work: every parser, on many of everything that it knows and on what is never closed."""

import io
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from markdown_it.parser_block import ParserBlock

from azora_tui.errors import AzoraError
from azora_tui.formats import (  # noqa: F401  # their patterns are counted, and they are loaded on first use
    carpentries,
    cartridge,
    gift,
    html_converter,
    liascript,
    olx,
    own_course,
    qti,
)
from azora_tui.formats.archive_errors import ArchiveError
from azora_tui.formats.archives import Tree, read_tree
from azora_tui.formats.bounded_streams import BoundedStream
from azora_tui.formats.checking import check_course
from azora_tui.formats.foreign_markdown import adopt
from azora_tui.formats.html import holds_nothing, to_line, to_markdown
from azora_tui.formats.imported import Ids, Imported, ImportReport, count_questions
from azora_tui.formats.markdown import footnote_numbers, parse
from azora_tui.formats.paragraphs import read_paragraphs
from azora_tui.formats.quiz import read_quiz
from azora_tui.formats.registry import read_course_in
from tests.formats import samples
from tests.formats.growth import ALLOWED, growth


def taken(files: samples.Files) -> object:
    """The course, or the refusal of what is none."""
    try:
        return read_course_in(Tree("x", {name: text.encode() for name, text in files.items()}))
    except AzoraError as error:
        return error


def check(run: Callable[[int], object], size: int) -> None:
    assert growth(run, size) < ALLOWED


# course.yaml

COURSE = """\
slug: small
title: Small
version: 1.0
language: en
licence: x
instructor: x
duration: x
level: beginner
description: x
{more}sections:
- title: Only
  lessons: [{lessons}]
"""
LESSON = "---\nid: {id}\ntitle: One\nminutes: 5\n{more}---\n\nText.\n"


def own(more: str = "", lessons: str = "one", after: str = "") -> samples.Files:
    return {
        "course.yaml": COURSE.format(more=more, lessons=lessons) + after,
        "one.md": LESSON.format(id="one", more=""),
    }


def many(pattern: str, number: int, between: str = "") -> str:
    return between.join(pattern.replace("@", str(place)) for place in range(number))


YAML: dict[str, Callable[[int], samples.Files]] = {
    "unknown keys": lambda n: own(many("k@: x\n", n)),
    "a key again and again": lambda n: own("title: x\n" * n),
    "lessons that are not there": lambda n: own(lessons=many("l@", n, ", ")),
    "lessons that are there": lambda n: {
        **own(lessons=many("l@", n, ", ")),
        **{f"l{place}.md": LESSON.format(id=f"l{place}", more="") for place in range(n)},
    },
    "a lesson again and again": lambda n: own(lessons=many("one", n, ", ")),
    "lessons without a name": lambda n: own(lessons=many("A!", n, ", ")),
    "sections": lambda n: own(after="- title: b\n  lessons: []\n" * n),
    "sections that are none": lambda n: own(after="- b\n" * n),
    "sections with unknown keys": lambda n: own(after="- title: b\n  lessons: []\n  x: y\n" * n),
    "a section with unknown keys": lambda n: own(after=many("  k@: x\n", n)),
    "prerequisites": lambda n: own(f"prerequisites: [{many('p@', n, ', ')}]\n"),
    "a prerequisite again and again": lambda n: own(f"prerequisites: [{many('p', n, ', ')}]\n"),
    "prerequisites without a name": lambda n: own(f"prerequisites: [{many('P!', n, ', ')}]\n"),
    "tags": lambda n: own(f"tags: [{many('t@', n, ', ')}]\n"),
    "outcomes of nothing": lambda n: own("outcomes: [" + "'', " * n + "]\n"),
    "front matter": lambda n: {**own(), "one.md": LESSON.format(id="one", more=many("k@: x\n", n))},
}


@pytest.mark.parametrize("name", YAML)
def test_our_own_format(name: str) -> None:
    check(lambda number: taken(YAML[name](number)), 20)


@pytest.mark.parametrize("name", ["unknown keys", "lessons that are not there", "sections with unknown keys"])
def test_checking_tells_all_of_it_as_quickly(name: str, tmp_path: Path) -> None:
    def run(number: int) -> None:
        for file, text in YAML[name](number).items():
            (tmp_path / file).write_text(text)
        assert len(check_course(tmp_path)) >= number

    check(run, 20)


@pytest.mark.parametrize("text", ["# Same\n\n", "[a", "[^a", "![](x)\n\n", "[a](#b) ", "::: quiz\n\n"])
def test_checking_a_lesson(text: str, tmp_path: Path) -> None:
    for file, content in own().items():
        (tmp_path / file).write_text(content)

    def run(number: int) -> None:
        (tmp_path / "one.md").write_text(LESSON.format(id="one", more="") + text * number)
        check_course(tmp_path)

    check(run, 60)


def test_ids_of_what_is_called_the_same() -> None:
    def run(number: int) -> None:
        ids = Ids()
        assert len({ids.make("the same", "x") for _ in range(number)}) == number

    check(run, 200)


# HTML and Markdown

UNCLOSED = ["<script>", "<style ", "<!--", "<", "<a", "</script", "<title>", "<![CDATA[", "&lt;", "<input", "</div>"]
ELEMENTS = [
    "<p>a</p>", "<span>a</span>", "<br>", "<li>a", "<form></form>", "<object></object>", "<iframe></iframe>", "<!-- a -->x",
    "<script>a</script>", "<img alt=a>", "<ol><li>a</li></ol>", "<i class=fa>x</i>", "<table><tr><td>a</table>", "<pre>a</pre>",
    "<p>\\(a\\)</p>", "<input>", "<noscript>a</noscript>", "<a href='/x'>a</a>",
]  # fmt: skip


@pytest.mark.parametrize("html", UNCLOSED)
def test_html_that_is_never_closed(html: str) -> None:
    check(lambda number: to_markdown(html * number, ImportReport(), "here"), 200)
    check(lambda number: to_line(html * number), 200)
    check(lambda number: holds_nothing(html * number), 200)


@pytest.mark.parametrize("html", ELEMENTS)
def test_html_of_very_many_elements(html: str) -> None:
    check(lambda number: to_markdown(html * number, ImportReport(), "here"), 20)


@pytest.mark.parametrize("html", ["<p>a</p>", "<span>a</span>", "<input>"])
def test_html_of_very_many_elements_side_by_side(html: str) -> None:
    check(lambda number: to_markdown(html * number, ImportReport(), "here"), 120)


@pytest.mark.parametrize("html", ["<script>", "<style>", "<!--", "<STYLE><!--"])
def test_what_a_pattern_reads_ends_too(html: str) -> None:
    """How far a pattern goes back cannot be counted. With the square of this it would not end within an hour."""
    page = html * 100_000
    assert to_markdown(page, ImportReport(), "here") == ""
    assert to_line(page) == ""
    holds_nothing(page)


@pytest.mark.parametrize(
    "text",
    ["::: a\n", "::: a\n\ntext\n\n", "::: quiz\n", "::: a\n<!--\n", ":::\n", "<!--\n\n", "> ::: a\n", "- ::: a\n", "```\n", "::: {a",
     "[", "`", "{", "<b>", "<img ", "| a |\n|-|\n", "> ", "- a\n", "[a]: b\n", "[^1]: a\n\n"],
)  # fmt: skip
def test_markdown(text: str) -> None:
    readers: tuple[Callable[[str], object], ...] = (
        parse,
        read_quiz,
        read_paragraphs,
        count_questions,
        footnote_numbers,
        lambda source: adopt(source, ImportReport(), "here"),
    )
    for read in readers:
        check(lambda number, read=read: read(text * number), 30)  # type: ignore[misc]


@pytest.mark.parametrize(
    ("text", "size"), [("::: a\n", 10), ("::: a\n", 200), ("<!--\n\n", 300), ("::: a\n:::\n", 100)]
)
def test_parts_and_comments_that_are_never_closed(text: str, size: int) -> None:
    """Parts stand at most 40 deep in one another: below that one sees the square of it, and beyond only its height."""
    check(lambda number: parse(text * number), size)


def test_backticks_of_every_length() -> None:
    check(lambda number: adopt(" <b>".join("`" * (each % 30 + 1) for each in range(number)), ImportReport(), ""), 60)


# Formats of others

GIFT = ["::T@:: What? {=a ~b}\n\n", "::T:: What? {=a ~b}\n\n", "::T@:: {#1:1}\n\n", "::T@:: {=a -> b =c -> d}\n\n",
        "$CATEGORY: a/@\n\n::T:: {T}\n\n", "\n", "// a\n", "{", "::", "~"]  # fmt: skip


@pytest.mark.parametrize("text", GIFT)
def test_gift(text: str) -> None:
    check(lambda number: taken({"q.gift": "::A:: a {=a ~b}\n\n" + many(text, number)}), 4 if "{" in text[1:] else 60)


def test_a_question_is_parsed_a_few_times(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twenty thousand of them are many: no step of an import may parse each of them again and again."""
    parsed: list[str] = []
    real = ParserBlock.parse

    def counting(self: ParserBlock, source: str, *rest: Any) -> Any:
        parsed.append(source)
        return real(self, source, *rest)

    monkeypatch.setattr(ParserBlock, "parse", counting)
    assert isinstance(taken({"q.gift": many("::T@:: What is @? {=a ~b ~c #No.}\n\n", 20)}), Imported)
    assert len(parsed) <= 20 * 3 + 5
    parsed.clear()
    assert isinstance(taken(quiz_of(question(4, RIGHT + OTHER) * 20)), Imported)
    assert len(parsed) <= 20 * 3 + 5


LIASCRIPT = ["[[a]]\n\n", "[(X)] a\n", "Q\n\n[[a]]\n***\nx\n***\n\n", "a [[g]] b\n\n", "{{1}} a\n", "-", "!?[", "?[a](", "`",
             "***\n", "# ", "<script>\n", "[[", "@m("]  # fmt: skip


@pytest.mark.parametrize("text", LIASCRIPT)
def test_liascript(text: str) -> None:
    check(lambda number: taken({"README.md": "<!--\nauthor: A\n-->\n\n# T\n\n" + text * number}), 8)


CARPENTRIES: dict[str, Callable[[int], samples.Files]] = {
    "episodes": lambda n: {
        "config.yaml": "episodes:\n" + many("- e@.md\n", n),
        **{f"episodes/e{each}.md": "x" for each in range(n)},
    },
    "episodes that nobody names": lambda n: {
        "config.yaml": "episodes:\n- e0.md\n",
        **{f"episodes/e{each}.md": "x" for each in range(n)},
    },
    "pages beside": lambda n: {
        "config.yaml": "",
        "episodes/a.md": "x",
        **{f"learners/e{each}.md": "x" for each in range(n)},
    },
    "configurations": lambda n: {
        "config.yaml": "",
        "episodes/a.md": "x",
        **{f"l{each}/config.yaml": "" for each in range(n)},
    },
    "tags": lambda n: {"config.yaml": "", "episodes/a.md": "{% x %} `{%` {%" * n},
}


@pytest.mark.parametrize("name", CARPENTRIES)
def test_carpentries(name: str) -> None:
    check(lambda number: taken(CARPENTRIES[name](number)), 12)


def cartridge_of(items: str, resources: str = "", **files: str) -> samples.Files:
    manifest = (
        f"<manifest><organizations><organization><item>{items}</item></organization></organizations>"
        f"<resources>{resources}</resources></manifest>"
    )
    return {"imsmanifest.xml": manifest, **{f"{name}.xml": text for name, text in files.items()}}


def quiz_of(items: str) -> samples.Files:
    kind = "imsqti_xmlv1p2/imscc_xmlv1p1/assessment"
    resource = f'<resource identifier="q" type="{kind}"><file href="quiz.xml"/></resource>'
    quiz = f"<questestinterop><assessment><section>{items}</section></assessment></questestinterop>"
    return cartridge_of('<item identifier="i" identifierref="q"><title>Q</title></item>', resource, quiz=quiz)


def question(options: int, conditions: str) -> str:
    labels = many('<response_label ident="@"><material><mattext>o@</mattext></material></response_label>', options)
    return (
        '<item ident="same"><presentation><material><mattext>Q?</mattext></material><response_lid ident="r">'
        f"<render_choice>{labels}</render_choice></response_lid></presentation>"
        f"<resprocessing>{conditions}</resprocessing></item>"
    )


RIGHT = '<respcondition><conditionvar><varequal respident="r">1</varequal></conditionvar><setvar>100</setvar></respcondition>'
OTHER = "<respcondition><conditionvar><other/></conditionvar></respcondition>"
CARTRIDGE: dict[str, Callable[[int], samples.Files]] = {
    "items": lambda n: cartridge_of(many('<item identifier="i@" identifierref="r"><title>x</title></item>', n)),
    "headings": lambda n: cartridge_of(many('<item identifier="i@"><title>x@</title></item>', n)),
    "modules": lambda n: cartridge_of("<item><title>m</title><item identifierref='r'><title>x</title></item></item>" * n),
    "questions": lambda n: quiz_of(question(2, RIGHT) * n),
    "options": lambda n: quiz_of(question(n, RIGHT)),
    "options and conditions": lambda n: quiz_of(question(n, RIGHT * n)),
    "conditions for all else": lambda n: quiz_of(question(2, RIGHT + OTHER * n)),
}  # fmt: skip


@pytest.mark.parametrize("name", CARTRIDGE)
def test_cartridge(name: str) -> None:
    check(lambda number: taken(CARTRIDGE[name](number)), 5)


CHOICES = '<choice correct="true">y</choice><choice correct="false">n</choice>'
PROBLEM = f"<multiplechoiceresponse><label>q</label><choicegroup>{CHOICES}</choicegroup></multiplechoiceresponse>"


@pytest.mark.parametrize(
    ("once", "again"),
    [
        ("<vertical>@</vertical>", "<html><p>x</p></html>"),
        ("<vertical>@</vertical>", f"<problem>{PROBLEM}</problem>"),
        ("<vertical><problem>@</problem></vertical>", PROBLEM),
        ("@", '<vertical display_name="same"><html>x</html></vertical>'),
    ],
)
def test_olx(once: str, again: str) -> None:
    def run(number: int) -> None:
        inside = once.replace("@", again * number)
        taken({"course.xml": f"<course><chapter><sequential>{inside}</sequential></chapter></course>"})

    check(run, 4)


# Archives


def extended(value: bytes, kind: bytes = tarfile.XHDTYPE) -> bytes:
    info = tarfile.TarInfo("././@PaxHeader")
    info.size, info.type = len(value), kind
    return info.tobuf() + value.ljust(-(-len(value) // 512) * 512, b"\0")


@pytest.mark.parametrize(
    "headers",
    [
        extended(b"9" * 60_000),
        extended(b"x" * 65_537),
        extended(b"".join(b"%d k%04d=x\n" % (11, each) for each in range(500)), tarfile.XGLTYPE),
    ],
    ids=["digits", "more than 64 KB", "much said of all files"],
)
def test_a_header_of_a_tar_that_would_take_long_is_refused(headers: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.tar"
    path.write_bytes(headers + samples.tarred({"a.md": "x"}, pack=False))
    with pytest.raises(ArchiveError, match="header out of all proportion"):
        read_tree(path)


def test_an_honest_header_of_a_tar_is_read(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as archive:
        info = tarfile.TarInfo("é" * 200 + ".md")
        info.size, info.pax_headers = 1, {"comment": "word " * 4_000, "mtime": "1700000000.123456789"}
        archive.addfile(info, io.BytesIO(b"x"))
    (tmp_path / "a.tar").write_bytes(buffer.getvalue())
    assert list(read_tree(tmp_path / "a.tar").texts.values()) == [b"x"]


@pytest.mark.parametrize("size", [511, 512, 65_536])
def test_a_tar_is_read_once_from_its_beginning_to_its_end(size: int) -> None:
    class Source(io.BytesIO):
        back = 0

        def seek(self, position: int, whence: int = 0) -> int:
            self.back += position < self.tell()
            return super().seek(position, whence)

    packed = samples.tarred({f"{each}.md": "x" * size for each in range(20)}, pack=False)
    source = Source(packed)
    from azora_tui.formats.archives import _Taken

    assert len(_Taken("x").tar(BoundedStream(source, len(packed))).texts) == 20
    assert source.back == 0


def test_what_is_left_for_want_of_room_is_found_quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    from azora_tui.formats import archives

    monkeypatch.setattr(archives, "MAX_TEXT", 1)

    def run(number: int) -> None:
        taken_ = archives._Taken("x")
        for each in range(number):
            taken_.add(f"{each}.md", 2, lambda most: b"xx")
        assert len(taken_.tree().too_large) == number

    check(run, 100)


def test_the_measure_itself_tells_a_square_from_a_line() -> None:
    assert growth(lambda number: [None for _ in range(number)], 50) < ALLOWED

    def square(number: int) -> None:
        for first in range(number):
            for second in range(number):
                first + second

    assert growth(square, 10) > ALLOWED
