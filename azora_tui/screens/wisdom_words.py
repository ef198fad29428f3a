"""A piece and what is said about it, as shown: the words of people stand behind a bar, those of the program do not."""

from __future__ import annotations

from datetime import datetime

from textual.content import Content

from azora_tui.glyphs import Glyphs
from azora_tui.models.wisdom import LessonWisdom, Piece, Reported, WisdomKind
from azora_tui.text import clean
from azora_tui.wording.dates import since
from azora_tui.wording.news import first_words
from azora_tui.wording.wisdom import NOTHING, QUIZ_OPEN, hidden_words, how_many, reported_as, said_of, total_words

_QUOTE = 200
_LINE = 200
ABOUT = {
    WisdomKind.TIP: "A tip",
    WisdomKind.EXAMPLE: "An example",
    WisdomKind.EXPLANATION: "An explanation",
    WisdomKind.CORRECTION: "A correction",
}


def above(piece: Piece, glyphs: Glyphs, now: datetime) -> Content:
    """What is known of a piece, and the paragraph that it is about."""
    said = f" {glyphs.separator} ".join([*said_of(piece), since(piece.written_at, now)])
    parts: list[Content | tuple[str, str]] = [(clean(said, keep_newlines=False), "$text-muted")]
    if piece.quote:
        quote = first_words(clean(piece.quote, keep_newlines=False), _QUOTE)
        parts.append((f"\non “{quote}”", "$text-muted"))
    if piece.hidden:
        parts.append((f"\n{clean(hidden_words(piece))}", "$accent"))
    return Content.assemble(*parts)


def above_reported(about: Reported, glyphs: Glyphs, now: datetime) -> Content:
    """What is known of words that were reported, but are no piece."""
    said = f"{reported_as(about)} {glyphs.separator} {since(about.at, now)}"
    return Content.assemble((clean(said, keep_newlines=False), "$text-muted"))


def written(text: str) -> Content:
    """The words of a person, as they were typed."""
    return Content(clean(text).replace("\t", " "))


def at_the_end(found: LessonWisdom | None, *, completed: bool) -> tuple[Content, Content]:
    """The line at the end of a lesson, and what stands at its right: the best that was left, and how much there is."""
    if found is None:
        return Content(""), Content("")
    if found.quiz_open:
        return Content.assemble((QUIZ_OPEN, "$text-muted")), Content("")
    if not found.pieces:
        if not completed:
            return Content(""), Content("")
        return Content.assemble((f"{NOTHING} v leaves the first.", "$text-muted")), Content("")
    best = found.pieces[0]
    line = Content.assemble(("│ ", "$text-muted"), first_words(clean(best.text), _LINE))
    thanks = f"{best.thanks:,} thanks  " if best.thanks else ""
    more = "v opens it" if found.total == 1 else f"v opens {total_words(found)}"
    return line, Content.assemble((f"  {thanks}{more}", "$text-muted"))


def heading(title: str, found: LessonWisdom | None, *, at_paragraph: bool) -> Content:
    what = "What others left at this paragraph" if at_paragraph else f"What others left at {title}"
    many = f"   {how_many(found, len(found.pieces))}" if found is not None and found.pieces else ""
    return Content.assemble((clean(what, keep_newlines=False), "bold"), (many, "$text-muted"))
