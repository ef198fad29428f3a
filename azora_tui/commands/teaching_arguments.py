"""What can be typed by who teaches or runs the school: their commands and options. Nothing here does anything."""

import argparse
from datetime import date
from typing import Any

from azora_tui.commands import output
from azora_tui.commands.parsing import (
    Commands,
    add_course_id,
    add_email,
    add_force,
    add_owner,
    add_password_stdin,
    add_text,
)

_STATES = ("draft", "published", "archived")
_PEOPLE = ("everybody", "stuck", "nearly-done", "under-way", "completed", "left")


class _KeepChange(argparse.Action):
    """Keeps what was given by the option's name: None takes a rule away, and what was not given stays."""

    def __call__(
        self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: object, *_: object
    ) -> None:
        namespace.changes = {**namespace.changes, self.option_strings[0].removeprefix("--"): values}


def accounts(commands: Commands) -> None:
    what = (
        "List the people of this school (for admins). Their accounts are changed with `accounts role`, `disable`,"
        " `enable`, `invite` and `reset`."
    )
    accounts = commands.add("accounts", what, json=True)
    accounts.add_argument("query", nargs="?", metavar="QUERY", help="words in name or e-mail")
    add_owner(accounts)


def accounts_role(commands: Commands) -> None:
    role = commands.add("accounts role", "Make somebody a learner, an instructor or an admin (for admins).", json=True)
    add_email(role)
    role.add_argument("role", metavar="ROLE", help="learner, instructor or admin")
    add_owner(role)


def accounts_disable(commands: Commands) -> None:
    what = "Close an account: nobody can sign in with it; all its work stays (for admins)."
    disable = commands.add("accounts disable", what, json=True)
    add_email(disable)
    add_owner(disable)


def accounts_enable(commands: Commands) -> None:
    enable = commands.add("accounts enable", "Open a closed account again (for admins).", json=True)
    add_email(enable)
    add_owner(enable)


def accounts_invite(commands: Commands) -> None:
    what = "Make an account for somebody, or a new word that opens it (for instructors)."
    invite = commands.add("accounts invite", what, json=True)
    add_email(invite)
    invite.add_argument("--name", help="what they are called; without it, the first part of the e-mail")


def accounts_reset(commands: Commands) -> None:
    reset = commands.add("accounts reset", "Give an account a new password (for admins).")
    reset.add_argument("--email", required=True, help="the e-mail of the account")
    add_owner(reset)
    add_password_stdin(reset)


def course_set(commands: Commands) -> None:
    change = commands.add("course set", "Show or change what a course allows (for who teaches it).", json=True)
    add_course_id(change)

    def rule(name: str, what: str, **options: Any) -> None:
        change.add_argument(name, dest="changes", action=_KeepChange, default={}, help=what, **options)

    rule("--state", "a draft is seen by who teaches it, an archived one takes nobody new", choices=_STATES)
    rule("--opens", "the first day to enrol, such as 2027-03-01, or none", type=_day, metavar="DATE")
    rule("--closes", "the last day to enrol, or none", type=_day, metavar="DATE")
    rule("--seats", "how many can be enrolled at once, or none for any number", type=_seats, metavar="N")
    rule("--key", "a word that who enrols has to know, or none", metavar="WORD")
    rule("--prerequisites", "courses to complete first, such as knots,ropes, or none", type=_slugs, metavar="SLUGS")


def course_teachers(commands: Commands) -> None:
    teachers = commands.add("course teachers", "List who teaches a course, or name somebody.", json=True)
    add_course_id(teachers)
    teachers.add_argument("--add", metavar="EMAIL", action="append", default=[], help="an instructor or admin")
    teachers.add_argument("--remove", metavar="EMAIL", action="append", default=[], help="who teaches it no longer")


def roster(commands: Commands) -> None:
    inner = commands.within(commands.add("roster", "Enrol a whole class, or take its list away."), "roster")
    bring = inner.add("import", "Enrol the people of a CSV file with e-mail and name (for who teaches it).", json=True)
    bring.add_argument("path", metavar="FILE", help="with a header; commas, semicolons or tabs, in UTF-8")
    add_course_id(bring)
    bring.add_argument("--dry-run", action="store_true", help="only say for each line what would be done")
    export = inner.add("export", "Write who is in a course, and how far, as CSV (for who teaches it).", json=True)
    add_course_id(export)
    export.add_argument("--output", metavar="FILE", help="where to; without it, standard output")
    add_force(export)


def insights(commands: Commands) -> None:
    insights = commands.add("insights", "Show how a course is doing (for who teaches it).", json=True)
    insights.add_argument("id", nargs="?", metavar="ID", help="a course; without it, those that you teach are listed")
    more = insights.add_mutually_exclusive_group()
    more.add_argument("--lesson", metavar="N", help="one lesson, by its number")
    more.add_argument("--question", metavar="ID", help="one question, by its id")
    more.add_argument("--learner", metavar="E-MAIL", help="one learner's own way through the course")
    more.add_argument("--people", choices=_PEOPLE, help="who is in the course and how they stand")


def import_course(commands: Commands) -> None:
    bring = commands.add("import", "Import a course, or bring it up to date (for instructors).", json=True)
    bring.add_argument(
        "path",
        metavar="PATH",
        help="a folder, archive or file: our own format, Carpentries, OLX, Common Cartridge, GIFT, LiaScript",
    )


def announce(commands: Commands) -> None:
    announce = commands.add("announce", "Say something to everybody in a course that you teach.", json=True)
    add_course_id(announce)
    add_text(announce)


def announcements(commands: Commands) -> None:
    announcements = commands.add("announcements", "List what was announced in a course that you teach.", json=True)
    add_course_id(announcements)
    announcements.add_argument("--withdraw", type=_number, metavar="N", help="take this one back first")


def message(commands: Commands) -> None:
    message = commands.add("message", "Write to a learner of a course that you teach.", json=True)
    message.add_argument("email", metavar="EMAIL", help="the learner's e-mail")
    add_course_id(message)
    add_text(message)


def new_course(commands: Commands) -> None:
    new = commands.add("new-course", "Create the files of a new course that already works.")
    new.add_argument("dir", metavar="DIR", help="a folder that is new or empty; the course is called after it")


def check(commands: Commands) -> None:
    check = commands.add("check", "List every fault of a course, each with its file and line.", json=True)
    check.add_argument("path", metavar="PATH", help="the course's folder")


def preview(commands: Commands) -> None:
    preview = commands.add("preview", "Open a course as learners see it; it reloads when its files change.")
    preview.add_argument("path", metavar="PATH", help="the course's folder")


def _day(text: str) -> date | None:
    if text.strip().lower() == "none":
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise argparse.ArgumentTypeError("give a day such as 2027-03-01, or none") from None


def _seats(text: str) -> int | None:
    if text.strip().lower() == "none":
        return None
    if not (text.isascii() and text.isdecimal() and 0 < len(text) < 10):
        raise argparse.ArgumentTypeError("give a whole number, or none for any number")
    return int(text)


def _slugs(text: str) -> tuple[str, ...]:
    slugs = tuple(slug for word in text.split(",") if (slug := output.one_line(word).strip()))
    return () if slugs == ("none",) else slugs


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 0 < len(text) < 19):
        raise argparse.ArgumentTypeError("give one of the numbers that the list begins with")
    return int(text)
