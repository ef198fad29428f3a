"""Original databases in: from a folder of theirs, or found in the place of our own."""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from azora_tui.auth import adopting as accounts_in
from azora_tui.auth import service
from azora_tui.auth.adopting import AdoptedAccounts
from azora_tui.auth.context import Auth, open_auth
from azora_tui.commands import output
from azora_tui.commands.context import CommandContext
from azora_tui.data import legacy, originals
from azora_tui.errors import AzoraError, NotFoundError, RefusedError
from azora_tui.lms import adopting as courses_in
from azora_tui.lms import bundled
from azora_tui.lms.adopting import AdoptedSchool
from azora_tui.lms.service import Lms, open_lms
from azora_tui.paths import Paths, typed_path
from azora_tui.wording.numbers import counted

if TYPE_CHECKING:
    from azora_tui.commands.options import AdoptOptions
    from azora_tui.models.accounts import Claims

_MANY = 20
"""Passwords that take a while to hash, so that it is said how far that is."""


def adopt(context: CommandContext, options: AdoptOptions) -> None:
    folder = typed_path(options.dir).absolute()
    kept: Path | None = None
    if is_own_folder(context.paths, folder):
        claims = _on_behalf_of(context, options) if _asks_for_leave(context.paths, context.auth) else None
        accounts, school, kept = _adopt_in_place(
            context.paths, context.auth, context.lms, claims, plain=options.plain_backup
        )
    else:
        claims = _on_behalf_of(context, options) if service.has_accounts(context.auth) else None
        accounts, school = _adopt(Paths(folder), context.auth, context.lms, claims)
    if options.json:
        output.say_json(_numbers(accounts, school))
    else:
        _report(accounts, school, kept)


def adopt_own_folder(paths: Paths) -> None:
    """Take over original databases that lie in a school's own folder, and say so on standard error."""
    if not originals.pending(paths):
        return
    auth, lms = open_auth(paths), open_lms(paths)
    try:
        if _asks_for_leave(paths, auth):
            legacy.read_school(paths.lms_database)  # what is no original is refused as what it is
            raise RefusedError("originals_need_owner", folder=paths.home)
        accounts, school, kept = _adopt_in_place(paths, auth, lms, None, plain=False)
    except AzoraError:
        if originals.pending(paths):
            raise
        return  # another process has taken them over meanwhile
    finally:
        auth.database.close()
        lms.database.close()
    output.complain(
        "Databases of the original Azora services lay here and are taken over: "
        f"{counted(accounts.people, 'account')}, {counted(school.courses, 'course')}, "
        f"{counted(school.enrollments, 'enrolment')}, {counted(school.completions, 'completed lesson')}. "
        + (f"A backup of them, with hashed passwords, is {kept}." if kept else "")
    )


def _on_behalf_of(context: CommandContext, options: AdoptOptions) -> Claims | None:
    """Who adopts into a school that has people in it; None for who owns its files and says so."""
    if options.owner:
        return None
    claims = service.resume(context.auth)
    if claims is None:
        raise RefusedError("adopt_needs_admin_or_owner", path=context.paths.auth_database)
    return claims


def _asks_for_leave(paths: Paths, auth: Auth) -> bool:
    """Whether originals in a school's own folder lie beside accounts of ours.

    Who began to take them over was allowed to, so a run that was interrupted is finished by whoever comes next. It is
    looked for last: while another process brings accounts in, it is there.
    """
    has_people = not originals.may_be_original(paths.auth_database) and service.has_accounts(auth)
    return has_people and not originals.adopting(paths).is_dir()


def _adopt_in_place(
    paths: Paths, auth: Auth, lms: Lms, claims: Claims | None, *, plain: bool
) -> tuple[AdoptedAccounts, AdoptedSchool, Path | None]:
    originals.put_aside(paths, None if plain else partial(accounts_in.hashed, told=_how_far))
    accounts, school = _adopt(Paths(originals.adopting(paths)), auth, lms, claims)
    return accounts, school, originals.keep_backup(paths)


def _adopt(source: Paths, auth: Auth, lms: Lms, claims: Claims | None) -> tuple[AdoptedAccounts, AdoptedSchool]:
    """Read all there is before anything is written, so that a file that is refused leaves the school as it was."""
    found = [path for path in (source.auth_database, source.lms_database) if os.path.exists(path)]
    if not found:
        raise NotFoundError("no_originals", folder=source.home)
    people = legacy.read_accounts(source.auth_database) if source.auth_database in found else ()
    there = legacy.read_school(source.lms_database) if source.lms_database in found else None
    accounts = accounts_in.adopt_accounts(auth, people, claims=claims, told=_how_far)
    if there is None:
        return accounts, AdoptedSchool()
    bundled.load(lms)
    return accounts, courses_in.adopt_school(lms, there, accounts.ids, claims=claims)


def _numbers(accounts: AdoptedAccounts, school: AdoptedSchool) -> dict[str, int]:
    return {
        "accounts": accounts.people,
        "courses": school.courses,
        "lessons": school.lessons,
        "enrollments": school.enrollments,
        "completions": school.completions,
        "merged_enrollments": school.merged,
        "orphans": school.orphans,
    }


def _report(accounts: AdoptedAccounts, school: AdoptedSchool, kept: Path | None) -> None:
    known = f", {accounts.known} of them here before" if accounts.known else ""
    same = len(accounts.ids) - accounts.people
    doubled = f"; {counted(same, 'more')} with an e-mail among them belong to the same people" if same else ""
    rows = [
        ("accounts", str(accounts.people), f"old passwords work, all of them hashed{known}{doubled}"),
        ("courses", str(school.courses), "found by their titles, or made"),
        ("lessons", str(school.lessons), "found by their titles, or made"),
        ("enrolments", str(school.enrollments), "with their times; progress is computed again"),
        ("completed lessons", str(school.completions), "with their times and minutes"),
        ("merged enrolments", str(school.merged), "doubles: the earliest time and all the work are kept"),
        ("set aside", str(school.orphans), "rows whose account, course or lesson is gone, kept in lms.db"),
    ]
    if school.claims:
        rows.append(("claims", str(school.claims), "courses called completed whose lessons were not: no certificate"))
    output.say("\n".join(output.table(rows, output.width())))
    output.say()
    if school.orphans and not accounts.people:
        output.say_wrapped(
            "Whose enrolments these are stands in the azora.db that belongs to this lms.db. Put it beside, then adopt "
            "the folder again: what was set aside finds its place."
        )
    if accounts.admin:
        output.say_wrapped(f"{accounts.admin.name} ({accounts.admin.email}) is the first account, so the admin here.")
    if kept:
        output.say("A backup of the original databases:")
        output.say(str(kept))
    else:
        output.say_wrapped(
            "The original files are as they were. Where passwords stand in them in plain text, delete them once you "
            "have looked around here."
        )


def _how_far(done: int, every: int) -> None:
    if every > _MANY and sys.stderr is not None and sys.stderr.isatty():
        output.complain(f"Hashing passwords: {done} of {every}")


def is_own_folder(paths: Paths, folder: Path) -> bool:
    try:
        return folder.samefile(paths.home)
    except (OSError, ValueError):
        return False
