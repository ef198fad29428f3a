"""HTML as Markdown: read again by our own parser, it says what the page said."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from azora_tui.formats.html import to_line, to_markdown
from azora_tui.formats.imported import ImportReport, image_texts, sealed
from azora_tui.formats.markdown import parse, parse_inline, plain_text
from azora_tui.formats.quiz import read_quiz
from azora_tui.formats.words import code_span, from_words


def said(markdown: str) -> str:
    """The words of Markdown as the reader shows them."""
    document = parse(markdown)
    parts = [
        plain_text(parse_inline(token.content, document)) if token.type == "inline" else token.content
        for token in document.tokens
        if token.type in ("inline", "fence", "code_block")
    ]
    return " ".join(" ".join(parts).split())


def made(html: str) -> str:
    return to_markdown(html, ImportReport(), "here")


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<h1>A</h1><h2>B</h2><h5>C</h5>", "## A\n\n## B\n\n##### C"),
        ("<p>a <b>b</b> <em>c</em> <code>d`e</code></p>", "a **b** *c* ``d`e``"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c"),
        ("<ol start='3'><li>a</li><li>b</li></ol>", "3. a\n4. b"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
        ("<table><tr><th>a|b</th></tr><tr><td>1<br>2</td></tr></table>", "| a\\|b |\n| --- |\n| 1 2 |"),
        ("<pre><code class='language-python'>a = `b`\n</code></pre>", "```python\na = `b`\n```"),
        ("<pre>```\nx</pre>", "````\n```\nx\n````"),
        ("<p>H<sub>2</sub>O, x<sup>2</sup>, x<sup>ab</sup></p>", "H₂O, x², x\\^ab"),
        ("<p>\\(x^2\\) and $$a_b$$</p>", "`x^2` and\n\n```\na_b\n```"),
        ("<a href='https://example.org/a(b)'>x</a>", "[x](<https://example.org/a(b)>)"),
        ("<a href='javascript:alert(1)'>x</a> <a href='file:///etc/passwd'>y</a>", "x y"),
        ("<img src='a b.png' alt='one [two]'>", "![one \\[two\\]](ab.png)"),
        ("<dl><dt>a</dt><dd>b</dd></dl>", "**a**\n\nb"),
        ("a&nbsp;b &amp; c &lt;d&gt;", "a b & c \\<d>"),
        ("no markup, but *stars*", "no markup, but \\*stars\\*"),
        ("<!-- gone --><p>a</p><script>x</script><style>y</style>", "a"),
        ("<soup>a</soup><document>b</document><hn>c</hn>", "abc"),
        ("<button>Go</button>", "\\[Go\\]"),
        (
            "<table><tr><th>a</th></tr><tr><td><i class='material-icons'>check</i></td></tr>"
            "<tr><td><i class='fa fa-times'></i></td></tr><tr><td><i class='fa fa-book'></i> b</td></tr></table>",
            "| a |\n| --- |\n| ✓ |\n| ✗ |\n| b |",
        ),
    ],
)
def test_each_element(html: str, markdown: str) -> None:
    assert made(html) == markdown


@pytest.mark.parametrize(
    "tag",
    ["iframe", "video", "audio", "object", "embed", "canvas", "svg", "math", "form", "input", "select", "textarea"],
)
def test_what_a_terminal_cannot_show_leaves_a_placeholder_and_a_row(tag: str) -> None:
    report = ImportReport()
    markdown = to_markdown(
        f"<p>before</p><{tag} src='https://example.org/x' title='T'></{tag}><p>after</p>", report, "here"
    )
    assert "Here stood" in said(markdown)
    assert [row.where for row in report.rows] == ["here"]
    assert said(markdown).startswith("before")
    assert said(markdown).endswith("after")


@pytest.mark.parametrize(
    "text",
    ["::: quiz", "{#id}", "# a", "- a", "+ a", "1. a", "> a", "| a |", "--- a", "``` a", "~~~ a", "[^1]: a", "[a]: b", "<!-- a",
     "a\\b", "$x$", "&copy;", "*a*", "__a__", "=== a", "[x] a", "a {#b}", "&#35; a"],
)  # fmt: skip
def test_text_that_looks_like_markup_stays_text(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    for html in (f"<p>{escaped}</p>", f"<div>{escaped}<p>x</p></div>", f"<ul><li>{escaped}</li></ul>"):
        assert said(made(html)).removesuffix(" x") == text
    assert said(from_words(text)) == text


@settings(max_examples=300)
@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Zl", "Zp")), max_size=60))
def test_any_words_are_said_as_they_are(text: str) -> None:
    from azora_tui.text import clean

    words = " ".join(clean(text, keep_newlines=False).split())
    assert said(from_words(text)) == words
    if words:
        assert said(code_span(text)) == words


@settings(max_examples=300)
@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<b>", "</i>", "<ul>", "<li>", "<table>", "<td colspan='²'>", "<tr>", "<pre>", "</pre>", "text", " ",
             ":::", "<h9>", "<a href='#x'>", "<img>", "<ol start=x>", "<!--", "-->", "<![x", "<?x", "&", "<iframe>", "\n\n", "`"]
        ),
        max_size=40,
    ).map("".join)
)  # fmt: skip
def test_broken_html_never_breaks_the_program_nor_what_follows(html: str) -> None:
    markdown = made(html)
    assert read_quiz(markdown) is None
    assert sealed(markdown) == markdown
    to_line(html)


def test_deep_and_huge_pages_are_taken_as_words() -> None:
    assert said(made("<div>" * 3_000 + "deep" + "</div>" * 3_000)) == "deep"
    report = ImportReport()
    assert "word" in said(to_markdown("<b>word</b> " * 20_000, report, "here"))
    assert report.rows[0].why == "only its words were taken"


def test_images_without_words_are_told() -> None:
    report = ImportReport()
    markdown = to_markdown("<img src='/x/a.png'><img src='b.png' alt='B'>", report, "here")
    assert image_texts(markdown) == ["", "B"]
    assert [row.what for row in report.rows] == ["the picture a.png"]


@pytest.mark.parametrize(
    ("html", "words", "rows"),
    [
        ("<form>Name <input name='a'> <button>Go</button></form>", ["Name", "Go"], ["a form"]),
        (
            "<form><p>All of an old page stands in one.</p><video src='https://example.org/v' title='V'></video>"
            "<table><tr><td><iframe src='https://example.org/i'></iframe></td></tr></table></form>",
            ["All of an old page", "https://example.org/v", "https://example.org/i"],
            ["a form", "a video, “V”", "a page embedded from elsewhere"],
        ),
        (
            "<object data='x'><param name='movie' value='https://example.org/m'/>"
            "<embed src='https://example.org/e'/></object>",
            ["https://example.org/e"],
            ["an embedded object"],
        ),
        (
            "<object><param name='movie' value='https://example.org/m'/>Get a player.</object>",
            ["https://example.org/m", "Get a player."],
            ["an embedded object"],
        ),
        (
            "<object><object><embed src='https://example.org/e'></object></object>",
            ["https://example.org/e"],
            ["an embedded object"],
        ),
        ("<form><select><option>One</option></select></form>", ["One"], ["a form"]),
        ("<svg><math><mi>x</mi></math></svg>", [], ["a drawing"]),
        ("<video><object><embed src='a'></object></video>", [], ["a video"]),
        ("<azora-raw>a</azora-raw><azora-raw n='7' line='x'>b</azora-raw>", ["a", "b"], []),
        ("<b class='fa'><button>x<button>y</button></button></b>z", ["z"], []),
    ],
)
def test_what_is_lost_within_what_is_lost(html: str, words: list[str], rows: list[str]) -> None:
    report = ImportReport()
    markdown = to_markdown(f"<p>before</p>{html}<p>after</p>", report, "here")
    shown = said(markdown)
    assert all(each in shown for each in words)
    assert shown.startswith("before")
    assert shown.endswith("after")
    assert shown.count("Here stood") + shown.count("[a page") == len(rows)
    assert [row.what for row in report.rows if row.what != "a button"] == rows


NESTED = st.recursive(
    st.sampled_from(["text", "<br>", "<input>", "<embed src='x'>", "<img alt='a'>", "<param name='movie' value='x'>"]),
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag.split()[0]}>",
        st.sampled_from(
            ["form", "object", "select", "math", "svg", "video", "textarea", "button", "p", "li", "td", "table", "a", "pre",
             "iframe", "noscript", "i class='fa'", "azora-raw", "azora-raw n='0'", "azora-flat", "ol start='9'", "b", "canvas"]
        ),
        st.lists(inner, max_size=3),
    ),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=300)
@given(NESTED)
def test_any_nesting_is_read_as_a_page(html: str) -> None:
    report = ImportReport()
    to_markdown(html, report, "here")
    assert not [row for row in report.rows if "not foreseen" in row.why]
