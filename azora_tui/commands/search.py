"""Finding things: one search over courses, lessons, review cards and one's own notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azora_tui.commands import output
from azora_tui.commands.context import CommandContext, learner
from azora_tui.errors import RefusedError
from azora_tui.lms import search as service
from azora_tui.models.search import HitKind, Marked, SearchHit
from azora_tui.wire import search as search_wire
from azora_tui.wording.numbers import counted

if TYPE_CHECKING:
    from azora_tui.commands.options import SearchOptions


def search(context: CommandContext, options: SearchOptions) -> None:
    claims = learner(context)
    query = output.one_line(" ".join(options.query))
    if not query.strip():
        raise RefusedError("query_missing")
    found = service.find(context.lms, claims, query)
    if options.json:
        output.say_json_rows(search_wire.search_hit(hit) for hit in found.hits)
    elif not found.hits:
        from azora_tui.commands.courses import did_you_mean
        from azora_tui.lms import suggesting

        meant = did_you_mean(suggesting.for_search(context.lms, claims, query))
        output.say_wrapped(f'Nothing has "{query}" in it.{meant} Try fewer words, or only their beginning.')
    else:
        rows = [(str(hit.course_id), hit.kind.value, _says(hit)) for hit in found.hits]
        output.say("\n".join(output.table(rows, output.width())))
        output.say()
        many = counted(len(found.hits), "hit")
        output.say_wrapped(
            f"{f'The best {many}' if found.more else many}. The number is the course's, the name in brackets the "
            "lesson's: open one with `azora-tui read ID LESSON`."
        )


def _says(hit: SearchHit) -> str:
    title = hit.title.text
    if hit.kind is not HitKind.COURSE:
        title += f" ({hit.lesson_slug}), in {hit.course_title}"
    return f"{output.one_line(title)}\n{_marked(hit.snippet)}" if hit.snippet.text else output.one_line(title)


def _marked(snippet: Marked) -> str:
    """The snippet with what was found between asterisks."""
    text = snippet.text
    for start, end in reversed(snippet.marks):
        text = f"{text[:start]}*{text[start:end]}*{text[end:]}"
    return text
