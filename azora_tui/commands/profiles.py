"""People for each other, without the app: profiles, connections and blocks."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from azora_tui.commands import output
from azora_tui.commands.context import signed_in
from azora_tui.errors import RefusedError
from azora_tui.lms.together import blocks as blocking
from azora_tui.lms.together import connections, profiles
from azora_tui.wire import profiles as wire
from azora_tui.wire.answers import success
from azora_tui.wording import profiles as words
from azora_tui.wording.dates import since

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from azora_tui.commands.context import CommandContext
    from azora_tui.commands.options import (
        AskOptions,
        FindPeopleOptions,
        JsonOptions,
        PersonOptions,
        ProfileSetOptions,
    )
    from azora_tui.models.profiles import PersonSeen, Profile

_PAGE = 500
_MAX_BYTES = 16 * profiles.MAX_ABOUT_LENGTH


def profile(context: CommandContext, options: JsonOptions) -> None:
    _show_own(profiles.mine(context.lms, signed_in(context)), json=options.json)


def change(context: CommandContext, options: ProfileSetOptions) -> None:
    claims = signed_in(context)
    own = profiles.change(
        context.lms,
        claims,
        display_name=options.name,
        learning=options.learning,
        helping=options.helping,
        about=_from_stdin() if options.about == "-" else options.about,
        is_open=options.open,
        helps=options.helps,
    )
    _show_own(own, json=options.json)


def people(context: CommandContext, options: FindPeopleOptions) -> None:
    claims = signed_in(context)
    query = output.one_line(options.query or "").strip()

    def pages() -> Iterator[tuple[PersonSeen, ...]]:
        offset = 0
        while True:
            found = profiles.find(context.lms, claims, query, offset=offset, limit=_PAGE)
            yield found.people
            offset += _PAGE
            if offset >= found.count:
                return

    if options.json:
        output.say_json_rows(wire.person(each) for page in pages() for each in page)
        return
    nobody = True
    for page in pages():
        if page:
            nobody = False
            output.say("\n".join(output.table([_row(each) for each in page], output.width())))
    if nobody and query:
        output.say_wrapped(f'No open profile has "{query}". `azora-tui people` lists all of them.')
    elif nobody:
        output.say_wrapped(
            "Nobody else shows a profile yet. `azora-tui profile set --open` shows yours, so that others find you."
        )


def person(context: CommandContext, options: PersonOptions) -> None:
    seen = profiles.person(context.lms, signed_in(context), options.person)
    if options.json:
        output.say_json(success(wire.person(seen)))
        return
    standing = words.standing(seen, context.lms.now())
    output.say_wrapped(words.name_of(seen.name) + (f", {standing}" if standing else ""))
    if seen.words:
        output.say_wrapped(f'"{seen.words}"')
    if not seen.is_open:
        output.say_wrapped(words.SHOWS_ONLY_A_NAME)
    _say_all(words.what_they_say(seen))
    if seen.helps:
        output.say_wrapped(words.HELPS_SHOWN)


def connect(context: CommandContext, options: JsonOptions) -> None:
    found = connections.mine(context.lms, signed_in(context))
    if options.json:
        output.say_json(success(wire.connections(found)))
        return
    now = context.lms.now()
    parts = (
        ("Asked you", found.asked_of_me),
        ("Connected", found.connected),
        ("You asked", found.asked_by_me),
    )
    shown = [(title, group) for title, group in parts if group]
    for number, (title, group) in enumerate(shown):
        if number:
            output.say()
        output.say(f"{title}:")
        output.say("\n".join(output.table([_linked_row(each, now) for each in group], output.width())))
    if not shown:
        output.say_wrapped("You are connected with nobody yet. `azora-tui people` lists who shows a profile.")


def ask(context: CommandContext, options: AskOptions) -> None:
    seen = connections.ask(context.lms, signed_in(context), options.person, options.words)
    _said(words.asked(seen), seen, json=options.json)


def accept(context: CommandContext, options: PersonOptions) -> None:
    seen = connections.accept(context.lms, signed_in(context), options.person)
    _said(f"You are connected with {words.name_of(seen.name)}.", seen, json=options.json)


def decline(context: CommandContext, options: PersonOptions) -> None:
    connections.decline(context.lms, signed_in(context), options.person)
    _said("Declined. They are not told.", None, json=options.json)


def take_back(context: CommandContext, options: PersonOptions) -> None:
    connections.take_back(context.lms, signed_in(context), options.person)
    _said("Taken back. They find nothing of it any more.", None, json=options.json)


def end(context: CommandContext, options: PersonOptions) -> None:
    connections.end(context.lms, signed_in(context), options.person)
    _said("You are connected no more. They are not told.", None, json=options.json)


def block(context: CommandContext, options: PersonOptions) -> None:
    blocking.block(context.lms, signed_in(context), options.person)
    _said(
        "Blocked. You do not exist for each other any more, and nobody is told."
        f" `azora-tui unblock {options.person}` takes it back.",
        None,
        json=options.json,
    )


def unblock(context: CommandContext, options: PersonOptions) -> None:
    blocking.unblock(context.lms, signed_in(context), options.person)
    _said("Not blocked any more. What connected you before stays ended.", None, json=options.json)


def blocks(context: CommandContext, options: JsonOptions) -> None:
    found = blocking.mine(context.lms, signed_in(context))
    if options.json:
        output.say_json(success([wire.blocked(each) for each in found]))
    elif found:
        now = context.lms.now()
        rows = [(str(each.user_id), since(each.at, now), words.name_of(output.one_line(each.name))) for each in found]
        output.say("\n".join(output.table(rows, output.width())))
    else:
        output.say_wrapped("You have blocked nobody.")


def _show_own(own: Profile, *, json: bool) -> None:
    if json:
        output.say_json(success(wire.profile(own)))
        return
    output.say_wrapped(words.name_of(own.shown_name))
    _say_all(words.what_is_said(own.learning, own.helping, own.about))
    output.say()
    shown, helps = words.own_switches(is_open=own.is_open, helps=own.helps)
    output.say_wrapped(f"{shown}. {words.IS_SHOWN[own.is_open]}")
    output.say_wrapped(f"{helps}.")
    output.say_wrapped(words.NEVER_SHOWN)


def _say_all(said: list[tuple[str, str]]) -> None:
    """People's own words, indented under what they are, so that no line of theirs passes for one of the program's."""
    for what, text in said:
        output.say(f"{what}:")
        output.say("\n".join(output.table([("", line) for line in text.split("\n")], output.width())))


def _said(sentence: str, seen: PersonSeen | None, *, json: bool) -> None:
    if not json:
        output.say_wrapped(sentence)
    elif seen is None:
        output.say_json({"success": True, "message": sentence.partition(".")[0]})
    else:
        output.say_json(success(wire.person(seen)))


def _row(person: PersonSeen) -> tuple[str, str, str]:
    return str(person.user_id), words.short_standing(person), "\n".join((_name(person), *_in_a_list(person)))


def _in_a_list(person: PersonSeen) -> list[str]:
    return [f"{what}: {output.one_line(text)}" for what, text in words.what_they_say(person) if what != "About"]


def _linked_row(person: PersonSeen, now: datetime) -> tuple[str, str]:
    said = [f'"{output.one_line(person.words)}"'] if person.words and person.standing != "connected" else []
    return str(person.user_id), "\n".join((f"{_name(person)}, {words.standing(person, now)}", *said))


def _name(person: PersonSeen) -> str:
    return words.name_of(output.one_line(person.name))


def _from_stdin() -> str:
    raw = sys.stdin.buffer.read(_MAX_BYTES + 1) if sys.stdin is not None else b""
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        raise RefusedError("written_not_utf8") from error
