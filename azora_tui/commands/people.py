"""The people of a school: who they are, what each may do, whom it is closed to, and who is invited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azora_tui.auth import invitations, people
from azora_tui.commands import output
from azora_tui.commands.context import signed_in
from azora_tui.lms.together import departing
from azora_tui.wire import people as wire
from azora_tui.wire.answers import success
from azora_tui.wording import people as words
from azora_tui.wording.numbers import counted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from azora_tui.commands.context import CommandContext
    from azora_tui.commands.options import AccountOptions, InviteOptions, PeopleOptions, RoleOptions
    from azora_tui.models.accounts import Claims
    from azora_tui.models.people import AccountChange, Person

_PAGE = 1_000


def everybody(context: CommandContext, options: PeopleOptions) -> None:
    _list(context, _asking(context, options.owner), output.one_line(options.query or ""), json=options.json)


def role(context: CommandContext, options: RoleOptions) -> None:
    claims = _asking(context, options.owner)
    change = people.set_role(context.auth, claims, email=options.email, role=options.role)
    _say_change(change, words.role_changed(change), json=options.json)


def disable(context: CommandContext, options: AccountOptions) -> None:
    claims = _asking(context, options.owner)
    change = people.disable(context.auth, claims, email=options.email)
    departing.close(context.lms, claims, change.account.uuid)  # also again, where it was cut off after the line above
    _say_change(change, words.disabled(change), json=options.json)


def enable(context: CommandContext, options: AccountOptions) -> None:
    claims = _asking(context, options.owner)
    change = people.enable(context.auth, claims, email=options.email)
    departing.reopen(context.lms, claims, change.account.uuid)
    _say_change(change, words.enabled(change), json=options.json)


def invite(context: CommandContext, options: InviteOptions) -> None:
    claims = signed_in(context)
    (invited,) = invitations.invite(context.auth, claims, [(options.email, options.name or "")])
    if not invited.word:
        invited = invitations.renew(context.auth, claims, options.email)
    if options.json:
        output.say_json(success(wire.invitation(invited)))
        return
    now = context.auth.now()
    output.say(invited.word)
    output.say()
    output.say_wrapped(words.how_to_open(invited.account.name, now + invitations.VALID, now))


def _asking(context: CommandContext, owner: bool) -> Claims | None:  # as it was typed
    return None if owner else signed_in(context)


def _list(context: CommandContext, claims: Claims | None, query: str, *, json: bool) -> None:
    if json:
        output.say_json_rows(wire.person_row(each) for page in _pages(context, claims, query) for each in page)
        return
    now = context.auth.now()
    number = 0
    for page in _pages(context, claims, query):
        output.say("\n".join(output.table([_row(each, now) for each in page], output.width())))
        number += len(page)
    if number:
        output.say()
        output.say(f"{counted(number, 'person', 'people')}.")
    else:
        output.say_wrapped(f'Nobody has "{query}" in name or e-mail. `azora-tui accounts` lists everybody.')


def _pages(context: CommandContext, claims: Claims | None, query: str) -> Iterator[list[Person]]:
    offset = 0
    while found := people.page(context.auth, claims, query=query, offset=offset, limit=_PAGE).people:
        yield found
        if len(found) < _PAGE:
            return
        offset += _PAGE


def _row(person: Person, now: datetime) -> tuple[str, str, str, str]:
    account = person.account
    name, email = output.one_line(account.name), output.one_line(account.email)
    return account.role, words.last_seen(person, now), words.account_state(person, now) or "open", f"{name}\n{email}"


def _say_change(change: AccountChange, sentence: str, *, json: bool) -> None:
    if json:
        output.say_json(success(wire.account_change(change)))
    else:
        output.say_wrapped(sentence)
