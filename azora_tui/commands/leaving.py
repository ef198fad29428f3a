"""Taking everything along, and deleting one's account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azora_tui import leaving
from azora_tui.auth import leaving as accounts
from azora_tui.auth.context import open_auth
from azora_tui.commands import output, prompts
from azora_tui.commands.asking import ask_line
from azora_tui.commands.context import signed_in
from azora_tui.commands.output_files import output_file
from azora_tui.errors import AzoraError, RefusedError
from azora_tui.lms.service import open_lms
from azora_tui.wire.answers import success
from azora_tui.wording import departing as words

if TYPE_CHECKING:
    from azora_tui.commands.context import CommandContext
    from azora_tui.commands.options import DeleteAccountOptions, ExportMeOptions
    from azora_tui.paths import Paths

_WORD = "delete"


def export_me(context: CommandContext, options: ExportMeOptions) -> None:
    """Write the archive; it is for its owner alone."""
    claims = signed_in(context)
    path = output_file(options.file, force=options.force)
    leaving.write_archive(context.auth, claims, context.lms, path)
    output.say_wrapped(words.taken(path))


def delete(context: CommandContext, options: DeleteAccountOptions) -> None:
    """Say what goes and what stays, ask whether that is meant, and do it."""
    claims = signed_in(context)
    accounts.check_may_leave(context.auth, claims)  # before a password is asked for
    if not options.json:
        for paragraph in words.before_leaving(context.paths.backups()):
            output.say_wrapped(paragraph)
            output.say()
        output.flush()  # before the prompt
    password = prompts.password(from_stdin=options.password_stdin)
    if not options.yes and not _is_sure():
        raise RefusedError("leaving_not_confirmed")
    backups = leaving.leave(context.auth, context.lms, claims, password=password)
    if options.json:
        output.say_json(success({"deleted": True, "backups": [path.name for path in backups]}))
        return
    output.say_wrapped(words.LEFT)
    if backups:
        output.say_wrapped(words.not_touched(backups))


def go_on(paths: Paths) -> None:
    """Carry through what a run that ended early has left. Where that cannot be now, the next start tries again."""
    auth, lms = open_auth(paths), open_lms(paths)
    try:
        leaving.go_on(auth, lms)
    except AzoraError as error:
        output.complain(str(error))
    finally:
        auth.database.close()
        lms.database.close()


def _is_sure() -> bool:
    if not prompts.at_terminal():
        return False
    return (ask_line(f'Type "{_WORD}" to delete your account: ') or "").strip() == _WORD
