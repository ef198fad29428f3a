"""The account: register, sign in and out, sessions, passwords."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azora_tui.auth import service, session_file
from azora_tui.auth.fields import mixed_scripts
from azora_tui.commands import output, prompts
from azora_tui.commands.context import signed_in
from azora_tui.errors import RefusedError
from azora_tui.wire import accounts as accounts_wire
from azora_tui.wording.accounts import scripts_mixed
from azora_tui.wording.dates import since
from azora_tui.wording.numbers import counted

if TYPE_CHECKING:
    from azora_tui.commands.context import CommandContext
    from azora_tui.commands.options import (
        JsonOptions,
        LoginOptions,
        Options,
        PasswordOptions,
        RegisterOptions,
        ResetPasswordOptions,
        RevokeSessionOptions,
    )
    from azora_tui.models.accounts import Claims, Session


def register(context: CommandContext, options: RegisterOptions) -> None:
    name = options.name if options.name is not None else prompts.ask("Name", "--name")
    email = options.email if options.email is not None else prompts.ask("E-mail", "--email")
    password = prompts.new_password(from_stdin=options.password_stdin)
    account, token = service.register(context.auth, name=name, email=email, password=password)
    output.say_wrapped(f"Welcome, {account.name}. Your account is ready.")
    _say_mixed_scripts(account.email)
    session_file.keep(context.paths, token)
    if account.role == "admin":
        output.say_wrapped("It is the first account of this school, so you are its admin.")
    output.say_wrapped("You are signed in. Find a course with `azora-tui courses`.")


def login(context: CommandContext, options: LoginOptions) -> None:
    email = options.email if options.email is not None else prompts.ask("E-mail", "--email")
    password = prompts.password(from_stdin=options.password_stdin)
    welcome = "Welcome back"
    try:
        token = service.sign_in(context.auth, email=email, password=password)
    except RefusedError as error:
        if error.code != "password_to_choose":
            raise
        token = _open(context, email, password, from_stdin=options.password_stdin)
        welcome = "Welcome"
    claims = service.authenticate(context.auth, token)
    session_file.keep(context.paths, token)
    output.say_wrapped(f"{welcome}, {claims.name}. You are signed in.")


def _open(context: CommandContext, email: str, word: str, *, from_stdin: bool) -> str:
    """The token of who was invited, once they have a password of their own."""
    from azora_tui.auth import invitations

    output.say_wrapped("You were invited, and this word opens your account. Choose a password of your own.")
    output.flush()  # before the prompt
    password = prompts.new_password("New password", from_stdin=from_stdin)
    return invitations.open_account(context.auth, email=email, word=word, password=password)


def logout(context: CommandContext, options: Options) -> None:
    try:
        service.sign_out(context.auth, signed_in(context))
    finally:  # whatever became of the session, this computer keeps no way into it
        session_file.forget(context.paths)
    output.say("You are signed out. Your progress is kept.")


def whoami(context: CommandContext, options: JsonOptions) -> None:
    claims = signed_in(context)
    if options.json:
        output.say_json({"success": True, "user": accounts_wire.user(claims)})
    else:
        output.say_wrapped(f"{claims.name}, {claims.email}, {claims.role}")


def sessions(context: CommandContext, options: JsonOptions) -> None:
    claims = signed_in(context)
    mine = service.sessions(context.auth, claims)
    if options.json:
        output.say_json_rows(accounts_wire.session_row(session, claims) for session in mine)
        return
    now = context.auth.now()
    rows = [
        (_state(context, claims, session), f"since {since(session.created_at, now)}", session.id) for session in mine
    ]
    output.say("\n".join(output.table(rows, output.width())))


def revoke(context: CommandContext, options: RevokeSessionOptions) -> None:
    claims = signed_in(context)
    ended = service.revoke_sessions(context.auth, claims, None if options.others else options.id)
    if options.id == claims.session_id:
        session_file.forget(context.paths)
    if options.others:
        output.say(f"Ended {counted(ended, 'other session')}." if ended else "There was no other session to end.")
    else:
        output.say("The session is ended." if ended else "That session had ended before.")


def change_password(context: CommandContext, options: PasswordOptions) -> None:
    claims = signed_in(context)
    current = prompts.password("Current password", from_stdin=options.password_stdin, field="current")
    new = prompts.new_password("New password", from_stdin=options.password_stdin, field="new")
    token = service.change_password(context.auth, claims, current=current, new=new)
    session_file.keep(context.paths, token)
    output.say_wrapped("Your password is changed. You stay signed in here, and nowhere else.")


def reset(context: CommandContext, options: ResetPasswordOptions) -> None:
    claims = None if options.owner else signed_in(context)
    new = prompts.new_password("New password", from_stdin=options.password_stdin, field="new")
    service.reset_password(context.auth, claims, email=options.email, new=new)
    output.say_wrapped(f"The password of {options.email} is changed, and all its sessions are ended.")
    _say_mixed_scripts(options.email)


def _say_mixed_scripts(email: str) -> None:
    if said := scripts_mixed(mixed_scripts(email)):
        output.say_wrapped(said)


def _state(context: CommandContext, claims: Claims, session: Session) -> str:
    if session.id == claims.session_id:
        return "this one"
    if session.revoked_at is not None:
        return "ended"
    return "expired" if session.expires_at <= context.auth.now() else "open"
