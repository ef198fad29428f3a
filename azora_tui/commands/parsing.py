"""What the parsers of all commands are made of. Nothing here does anything."""

import argparse
from typing import Any, NoReturn

from azora_tui.commands import output


class Parser(argparse.ArgumentParser):
    def __init__(self, **options: Any) -> None:
        super().__init__(formatter_class=formatter, **options)

    def error(self, message: str) -> NoReturn:
        super().error(output.one_line(message))


def formatter(prog: str) -> argparse.HelpFormatter:
    """argparse asks for one with each argument, and would import `shutil` to find this width."""
    return argparse.HelpFormatter(prog, width=output.terminal_columns() - 2)


class Commands:
    """Adds commands that all take `--ascii` and refuse a password as an argument."""

    def __init__(self, subparsers: "argparse._SubParsersAction[Parser]", prefix: str = "") -> None:
        self._subparsers = subparsers
        self._prefix = prefix

    def add(self, name: str, what: str, *, json: bool = False) -> argparse.ArgumentParser:
        command = self._subparsers.add_parser(name, help=what, description=what, allow_abbrev=False)
        command.set_defaults(command=self._prefix + name)
        command.add_argument("--ascii", action="store_true", default=argparse.SUPPRESS, help="signs in ASCII")
        command.add_argument("--password", nargs="?", action=RefusePassword, help=argparse.SUPPRESS)
        if json:
            command.add_argument("--json", action="store_true", help="one line of JSON, for programs")
        return command

    def within(self, command: argparse.ArgumentParser, name: str, *, required: bool = True) -> "Commands":
        """The commands that follow a command's name; they end in its own where none is required."""
        subparsers = command.add_subparsers(
            metavar="COMMAND", prog=command.prog, required=required, parser_class=Parser
        )
        return Commands(subparsers, f"{name} ")


class RefusePassword(argparse.Action):
    """Says why there is no such option, without repeating what was typed."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        parser.error(
            "a password is never an argument, because others could read it there. "
            "Leave it out to be asked for it, or use --password-stdin."
        )


def add_owner(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--owner", action="store_true", help="not as an admin, but as the owner of this school's files"
    )


def add_email(command: argparse.ArgumentParser) -> None:
    command.add_argument("email", metavar="EMAIL", help="the e-mail of the account")


def add_course_id(command: argparse.ArgumentParser) -> None:
    command.add_argument("id", metavar="ID", help="the course's number or its short name, such as terminal-basics")


def add_lesson(command: argparse.ArgumentParser, *, nargs: str | None = None, more: str = "") -> None:
    command.add_argument(
        "lesson",
        metavar="LESSON",
        nargs=nargs,
        help=f"the lesson's number in the list, or its short name{more}",
    )


def add_text(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "text", metavar="TEXT", nargs="?", help="in Markdown; without it, or with -, standard input or what you type"
    )


def add_password_stdin(
    command: argparse.ArgumentParser, what: str = "read the password from a line of standard input"
) -> None:
    command.add_argument("--password-stdin", action="store_true", help=what)


def add_force(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--force", action="store_true", help="replace a file that is there already")
