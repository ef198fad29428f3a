"""Review cards in a lesson's Markdown: the one place that reads `::: card`.

A card is a div `::: {.card #id}` with a div `::: front` and a div `::: back` in it.
"""

import re
from collections.abc import Sequence
from textwrap import dedent

from markdown_it.token import Token

from azora_tui.formats.markdown import Attributes, closing, parse
from azora_tui.models.reviews import Flashcard

_MAY_HOLD_CARD = re.compile(r":::.*\bcard\b")


def read_cards(source: str) -> tuple[Flashcard, ...]:
    """The cards of a lesson in order. One without an id, a front or a back is left out; of two with one id the first
    counts. Never raises."""
    if not _MAY_HOLD_CARD.search(source):
        return ()
    tokens = parse(source).tokens
    lines = source.split("\n")
    cards: dict[str, Flashcard] = {}
    for place, token in enumerate(tokens):
        attributes = _attributes(token)
        if "card" in attributes.names and attributes.id:
            sides = _sides(tokens[place + 1 : closing(tokens, place)], lines)
            if all(sides):
                cards.setdefault(attributes.id, Flashcard(attributes.id, *sides))
    return tuple(cards.values())


def _sides(tokens: Sequence[Token], lines: Sequence[str]) -> tuple[str, str]:
    """Front and back, each empty where there is none."""
    found: dict[str, str] = {}
    for token in tokens:
        names = _attributes(token).names
        for side in ("front", "back"):
            if side in names:
                found.setdefault(side, _inside(token, lines))
    return found.get("front", ""), found.get("back", "")


def _inside(opening: Token, lines: Sequence[str]) -> str:
    """What stands in a div, as it was written, without the indentation of where it stands."""
    first, end = opening.map or (0, 0)
    return dedent("\n".join(lines[first + 1 : end - opening.meta["closed"]])).strip()


def _attributes(token: Token) -> Attributes:
    if token.type != "div_open":
        return Attributes()
    attributes = token.meta["attributes"]
    assert isinstance(attributes, Attributes)
    return attributes
