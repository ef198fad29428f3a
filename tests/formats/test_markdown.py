"""The Markdown of lessons, as markdown-it's tokens."""

from hypothesis import given
from hypothesis import strategies as st

from azora_tui.formats.fenced_divs import Attributes, parse_attributes
from azora_tui.formats.markdown import (
    definitions,
    footnote_numbers,
    parse,
    parse_inline,
    plain_text,
    split_attributes,
    split_task,
)


def outline(source: str) -> list[str]:
    """The tokens of a source in short: names of divs, texts, and what opens and closes."""
    short: list[str] = []
    for token in parse(source).tokens:
        if token.type == "div_open":
            short.append(f"<{token.info}>")
        elif token.type == "div_close":
            short.append("</>")
        elif token.type in ("inline", "fence", "code_block"):
            short.append(token.content.strip())
    return short


def test_divs_nest_without_regard_to_the_number_of_colons() -> None:
    assert outline("::::: challenge\nDo.\n\n::: solution\nSo.\n::::::\n:::\nAfter.") == [
        "<challenge>", "Do.", "<solution>", "So.", "</>", "</>", "After.",
    ]  # fmt: skip


def test_a_div_reads_its_attributes() -> None:
    (token,) = [t for t in parse("::: {.card #root lang='zu'}\nText\n:::").tokens if t.type == "div_open"]
    assert token.info == "card"
    assert token.meta["attributes"] == Attributes("root", ("card",), {"lang": "zu"})
    assert token.meta["closed"]
    assert token.map == [0, 3]


def test_carpentries_fences_with_colons_on_both_sides() -> None:
    assert outline("::::::: objectives ::::::\n\n- one\n\n:::::::::::::") == ["<objectives>", "one", "</>"]


def test_an_unclosed_div_ends_at_its_parents_end_and_says_so() -> None:
    source = "::: outer\n::: inner\nText\n:::\n\nMore"
    divs = [t for t in parse(source).tokens if t.type == "div_open"]
    assert [div.meta["closed"] for div in divs] == [False, True]
    assert outline(source) == ["<outer>", "<inner>", "Text", "</>", "More", "</>"]


def test_a_closing_fence_ends_lists_quotes_and_paragraphs() -> None:
    assert outline("::: a\n- item\n:::\nAfter") == ["<a>", "item", "</>", "After"]
    assert outline("::: a\n> quote\n:::\nAfter") == ["<a>", "quote", "</>", "After"]


def test_colons_in_code_and_comments_are_no_fences() -> None:
    assert outline("::: a\n```\n:::\n```\ntext\n:::\nout") == ["<a>", ":::", "text", "</>", "out"]
    assert outline("::: a\n<!--\n:::\n-->\ntext\n:::\nout") == ["<a>", "text", "</>", "out"]


def test_a_div_in_a_list_item() -> None:
    assert outline("- item\n\n  ::: a\n  in\n  :::\n\nout") == ["item", "<a>", "in", "</>", "out"]


def test_what_is_no_fence_stays_text() -> None:
    assert outline(":: a") == [":: a"]
    assert outline("::: two words") == ["::: two words"]
    assert outline("    ::: a") == ["::: a"]


def test_comments_are_dropped_and_other_html_is_text() -> None:
    assert outline("a\n\n<!-- hidden\nstill -->\n\nb <b>bold</b>") == ["a", "b <b>bold</b>"]
    document = parse("x <!-- hidden --> <i>y</i>")
    assert plain_text(parse_inline("x <!-- hidden --> <i>y</i>", document)) == "x  <i>y</i>"
    assert outline("<!-- never closed") == ["<!-- never closed"]


def test_images_take_the_alternative_text_behind_them() -> None:
    document = parse("")
    assert plain_text(parse_inline("![](a.svg){alt='A map'} b", document)) == "A map b"
    assert plain_text(parse_inline("![A plan](a.svg)", document)) == "A plan"


def test_footnotes_are_numbered_as_the_text_refers_to_them() -> None:
    source = "One[^b], two[^a], again[^b], `[^c]`.\n\n[^a]: A\n[^b]: B\n[^c]: C\n"
    assert footnote_numbers(source) == {"b": 1, "a": 2}


def test_definitions_are_known_ahead() -> None:
    source = "[word][ref] and[^n]\n\n" + "text\n\n" * 100 + "[ref]: https://example.org\n\n[^n]: Note\n"
    environment = definitions(source)
    head = parse(source[:30], environment)
    kinds = [token.type for token in parse_inline("[word][ref] and[^n]", head)]
    assert "link_open" in kinds
    assert "footnote_ref" in kinds


def test_attributes_and_tasks_are_split_off() -> None:
    assert split_attributes("A question? {#id .x}") == ("A question?", Attributes("id", ("x",)))
    assert split_attributes("A set {1, 2}") == ("A set {1, 2}", Attributes())
    assert split_task("[x] done") == (True, "done")
    assert split_task("[ ] open") == (False, "open")
    assert split_task("[link](x)") == (None, "[link](x)")
    assert parse_attributes('key="two words" other=1').pairs == {"key": "two words", "other": "1"}


def test_deep_nesting_does_not_recurse_without_end() -> None:
    for source in (">" * 5000, "- " * 5000, "::: a\n" * 2000, "> - " * 2000, "[" * 20000, "*" * 20000, "[^1]: " * 500):
        document = parse(source)
        for token in document.tokens:
            if token.type == "inline":
                parse_inline(token.content, document)


@given(st.text(st.sampled_from("ab \n\t:-*>`#|[](){}!<_~1.\\x^&;=\"'"), max_size=200))
def test_any_text_parses(source: str) -> None:
    document = parse(source)
    depth = 0
    for token in document.tokens:
        depth += token.nesting
        assert depth >= 0
        if token.type == "inline":
            parse_inline(token.content, document)
    assert depth == 0
    footnote_numbers(source)
    definitions(source)
