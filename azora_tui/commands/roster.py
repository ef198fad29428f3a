"""A class from a file, and a course's people into one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from azora_tui.auth import invitations
from azora_tui.auth.fields import checked_email, checked_name, known_email_key
from azora_tui.commands import output
from azora_tui.commands.context import learner
from azora_tui.commands.output_files import output_file
from azora_tui.errors import FieldError, RefusedError
from azora_tui.formats.csv_writing import write_csv
from azora_tui.formats.roster import MAX_BYTES, read_roster
from azora_tui.lms import catalog
from azora_tui.lms.teaching import course_rules, roster
from azora_tui.models.roster import Person, RosterOutcome
from azora_tui.paths import replace_file, typed_path
from azora_tui.wording.numbers import counted
from azora_tui.wording.roster import HEADER, counted_outcomes, export_row, outcome_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from azora_tui.commands.context import CommandContext
    from azora_tui.commands.options import RosterExportOptions, RosterImportOptions
    from azora_tui.formats.roster import RosterRow
    from azora_tui.models.account_records import Account
    from azora_tui.models.accounts import Claims
    from azora_tui.wire.answers import Json


class _Line(NamedTuple):
    """A line that can be taken; `word` opens an account that was made for it."""

    row: RosterRow
    person: Person
    word: str = ""


def bring(context: CommandContext, options: RosterImportOptions) -> None:
    """Make the accounts that are missing, then enrol everybody; lines that cannot be taken are said and left out."""
    claims = learner(context)
    course_id = catalog.find(context.lms, claims, output.one_line(options.id))
    course_rules.rules(context.lms, claims, course_id)  # before any account is made for nothing
    path = typed_path(options.path)
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise RefusedError("file_unreadable", path=path, reason=error.strerror) from error
    found = read_roster(data, path.name)
    lines, faults = _people(context, found.rows)
    # Also what refuses a course as a whole is to be known before there are accounts.
    outcomes = roster.plan(context.lms, claims, course_id, [line.person for line in lines])
    if not options.dry_run:
        lines = _with_accounts(context, claims, lines)
        outcomes = roster.enroll_people(context.lms, claims, course_id, [line.person for line in lines])
    said = list(zip(lines, outcomes, strict=True))
    if options.json:
        output.say_json(_as_json(said, faults, dry_run=options.dry_run))
    else:
        _say(said, faults, found.ignored, dry_run=options.dry_run)


def export(context: CommandContext, options: RosterExportOptions) -> None:
    """Everybody who is or was in a course, and who waits."""
    claims = learner(context)
    course_id = catalog.find(context.lms, claims, output.one_line(options.id))
    found = roster.learners(context.lms, claims, course_id)
    if options.json:
        from azora_tui.wire.roster import roster_line

        output.say_json_rows(map(roster_line, found))
        return
    document = write_csv(HEADER, ([output.one_line(cell) for cell in export_row(each)] for each in found))
    if options.output is None:
        output.say(document.removesuffix("\n"))
        return
    path = output_file(options.output, force=options.force)
    try:
        replace_file(path, document.encode())
    except OSError as error:
        raise RefusedError("export_not_written", what="The list", path=path, reason=error.strerror) from error
    output.say_wrapped(f"The list of {counted(len(found), 'person', 'people')} is in {path}.")


def _people(context: CommandContext, rows: Sequence[RosterRow]) -> tuple[list[_Line], list[tuple[int, str]]]:
    """Who stands in the lines that can be taken, and (line, what is wrong) of the others."""
    lines: list[_Line] = []
    faults: list[tuple[int, str]] = []
    taken: dict[str, int] = {}
    wanted: list[tuple[str, RosterRow]] = []
    for row in rows:
        try:
            key = known_email_key(checked_email(row.email))
            if row.name:
                checked_name(row.name)
        except FieldError as error:
            faults.append((row.line, str(error)))
            continue
        if key in taken:
            faults.append((row.line, f"{row.email} stands in line {taken[key]} already."))
            continue
        taken[key] = row.line
        wanted.append((key, row))
    accounts = invitations.account_ids(context.auth, [row.email for _, row in wanted])
    for key, row in wanted:
        account = accounts.get(key)
        person = Person(None, "", row.name, row.email) if account is None else _person(account)
        lines.append(_Line(row, person))
    return lines, faults


def _with_accounts(context: CommandContext, claims: Claims, lines: list[_Line]) -> list[_Line]:
    """The lines with an account each, made for who had none."""
    new = [line for line in lines if line.person.user_id is None]
    if not new:
        return lines
    invited = invitations.invite(context.auth, claims, [(line.person.email, line.person.name) for line in new])
    made = {
        line.row.line: _Line(line.row, _person(each.account), each.word)
        for line, each in zip(new, invited, strict=True)
    }
    return [made.get(line.row.line, line) for line in lines]


def _person(account: Account) -> Person:
    return Person(account.id, account.uuid, account.name, account.email)


def _say(
    said: Sequence[tuple[_Line, RosterOutcome]],
    faults: Sequence[tuple[int, str]],
    ignored: Sequence[str],
    *,
    dry_run: bool,
) -> None:
    rows = [(line.row.line, _words(line, outcome, dry_run=dry_run)) for line, outcome in said]
    rows += [(number, f"left out: {why}") for number, why in faults]
    table = [(f"line {number}", words) for number, words in sorted(rows)]
    if table:
        output.say("\n".join(output.table(table, output.width())))
        output.say()
    if ignored:
        columns = counted(len(ignored), "column")
        output.say_wrapped(f"Not read: {columns} besides e-mail and name ({', '.join(ignored[:10])}).")
    output.say_wrapped(counted_outcomes([outcome for _, outcome in said], left_out=len(faults), dry_run=dry_run))
    if any(line.word for line, _ in said):
        output.say_wrapped(
            "Give each new account its word: it is shown only here, and opens the account within a week."
        )
    if dry_run:
        output.say_wrapped("Nothing was done yet. Without --dry-run it is.")


def _words(line: _Line, outcome: RosterOutcome, *, dry_run: bool) -> str:
    is_new = line.person.user_id is None or bool(line.word)
    does = outcome_words(outcome, dry_run=dry_run, is_new=is_new, word=line.word)
    name = line.person.name or line.row.name
    return f"{name} <{line.row.email}>: {does}" if name else f"{line.row.email}: {does}"


def _as_json(said: Sequence[tuple[_Line, RosterOutcome]], faults: Sequence[tuple[int, str]], *, dry_run: bool) -> Json:
    from azora_tui.wire.roster import roster_fault, roster_outcome

    return {
        "success": True,
        "dry_run": dry_run,
        "data": [roster_outcome(line.row.line, line.person, outcome, word=line.word) for line, outcome in said],
        "left_out": [roster_fault(number, why) for number, why in faults],
    }
