"""What can be typed: every command and option. Nothing here does anything."""

import argparse
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NoReturn

from azora_tui import __version__
from azora_tui.commands import output

_MAX_MINUTES = 10_000
_STATES = ("draft", "published", "archived")
FORMATS = ("pdf", "png", "svg", "jwt", "json", "bundle")


class _Parser(argparse.ArgumentParser):
    def __init__(self, **options: Any) -> None:
        super().__init__(formatter_class=_formatter, **options)

    def error(self, message: str) -> NoReturn:
        super().error(output.one_line(message))


def _formatter(prog: str) -> argparse.HelpFormatter:
    """argparse asks for one with each argument, and would import `shutil` to find this width."""
    return argparse.HelpFormatter(prog, width=output.terminal_columns() - 2)


def parse(argv: Sequence[str]) -> Any:
    """The options of `argv`, as the class in `azora_tui.commands.options` has them that its command takes.

    `command` names what `azora_tui.commands.table` does; None opens the app. Raises `SystemExit` after --help,
    --version and wrong usage.
    """
    place = next((place for place, word in enumerate(argv) if word != "--ascii"), len(argv))
    argv = [*argv[:place], *(_SPELT.get(word, word) for word in argv[place : place + 1]), *argv[place + 1 :]]
    command = argv[place] if place < len(argv) else ""
    if (whole := " ".join(argv[place : place + 2])) in _COMMANDS:
        argv[place : place + 2], command = [whole], whole
    if command and not command.startswith("-") and command not in _COMMANDS:
        _refuse_command(command)
    return parser(command if command in _COMMANDS else None).parse_args(argv)


def _refuse_command(word: str) -> NoReturn:
    from difflib import get_close_matches  # of some thirty words, and no command that exists waits for it

    near = get_close_matches(word, [*_COMMANDS, *_SPELT], n=1, cutoff=0.6)
    meant = f" Did you mean `azora-tui {near[0]}`?" if near else ""
    parser("courses").error(f'there is no command "{word}".{meant} `azora-tui --help` lists them all.')


def parser(command: str | None = None) -> argparse.ArgumentParser:
    """A parser of every command or, as building them all takes longer than most commands, of only one."""
    root = _Parser(
        prog="azora-tui",
        description="A school in one terminal. Without a command, the app opens.",
        epilog="Every command: azora-tui COMMAND --help. Exit status: 0 done, 1 refused, 2 wrong usage.",
        allow_abbrev=False,
    )
    root.add_argument("--version", action="version", version=f"azora-tui {__version__}")
    root.add_argument("--ascii", action="store_true", help="signs in ASCII")
    root.set_defaults(command=None)
    # Left to find the name of the program itself, argparse would make up a usage message, for which it loads much.
    subparsers = root.add_subparsers(title="commands", metavar="COMMAND", prog=root.prog, parser_class=_Parser)
    commands = _Commands(subparsers)
    for name, add in _COMMANDS.items():
        if command in (None, name):
            add(commands)
    return root


class _Commands:
    """Adds commands that all take `--ascii` and refuse a password as an argument."""

    def __init__(self, subparsers: "argparse._SubParsersAction[_Parser]", prefix: str = "") -> None:
        self._subparsers = subparsers
        self._prefix = prefix

    def add(self, name: str, what: str, *, json: bool = False) -> argparse.ArgumentParser:
        command = self._subparsers.add_parser(name, help=what, description=what, allow_abbrev=False)
        command.set_defaults(command=self._prefix + name)
        command.add_argument("--ascii", action="store_true", default=argparse.SUPPRESS, help="signs in ASCII")
        command.add_argument("--password", nargs="?", action=_RefusePassword, help=argparse.SUPPRESS)
        if json:
            command.add_argument("--json", action="store_true", help="one line of JSON, for programs")
        return command

    def within(self, command: argparse.ArgumentParser, name: str, *, required: bool = True) -> "_Commands":
        """The commands that follow a command's name; they end in its own where none is required."""
        subparsers = command.add_subparsers(
            metavar="COMMAND", prog=command.prog, required=required, parser_class=_Parser
        )
        return _Commands(subparsers, f"{name} ")


class _RefusePassword(argparse.Action):
    """Says why there is no such option, without repeating what was typed."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        parser.error(
            "a password is never an argument, because others could read it there. "
            "Leave it out to be asked for it, or use --password-stdin."
        )


class _KeepChange(argparse.Action):
    """Keeps what was given by the option's name: None takes a rule away, and what was not given stays."""

    def __call__(
        self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: object, *_: object
    ) -> None:
        namespace.changes = {**namespace.changes, self.option_strings[0].removeprefix("--"): values}


def _register(commands: _Commands) -> None:
    register = commands.add("register", "Create an account and sign in.")
    register.add_argument("--email", help="the e-mail to sign in with; asked for if missing")
    register.add_argument("--name", help="the name you want to be called by; asked for if missing")
    _add_password_stdin(register)


def _login(commands: _Commands) -> None:
    login = commands.add("login", "Sign in.")
    login.add_argument("--email", help="asked for if missing")
    _add_password_stdin(login)


def _logout(commands: _Commands) -> None:
    commands.add("logout", "Sign out on this computer.")


def _whoami(commands: _Commands) -> None:
    commands.add("whoami", "Show who is signed in.", json=True)


def _sessions(commands: _Commands) -> None:
    sessions = commands.add("sessions", "List your sign-ins, or end some of them.", json=True)
    inner = commands.within(sessions, "sessions", required=False)
    revoke = inner.add("revoke", "End a sign-in of yours.")
    which = revoke.add_mutually_exclusive_group(required=True)
    which.add_argument("id", nargs="?", metavar="ID", help="one that `azora-tui sessions` lists")
    which.add_argument("--others", action="store_true", help="all but this one")


def _password(commands: _Commands) -> None:
    password = commands.add("password", "Change your password; every other sign-in ends.")
    _add_password_stdin(password, "read two lines of standard input: the current password, then the new one")


def _accounts(commands: _Commands) -> None:
    what = (
        "List the people of this school (for admins). Their accounts are changed with `accounts role`, `disable`,"
        " `enable`, `invite` and `reset`."
    )
    accounts = commands.add("accounts", what, json=True)
    accounts.add_argument("query", nargs="?", metavar="QUERY", help="words in name or e-mail")
    _add_owner(accounts)


def _accounts_role(commands: _Commands) -> None:
    role = commands.add("accounts role", "Make somebody a learner, an instructor or an admin (for admins).", json=True)
    _add_email(role)
    role.add_argument("role", metavar="ROLE", help="learner, instructor or admin")
    _add_owner(role)


def _accounts_disable(commands: _Commands) -> None:
    what = "Close an account: nobody can sign in with it; all its work stays (for admins)."
    disable = commands.add("accounts disable", what, json=True)
    _add_email(disable)
    _add_owner(disable)


def _accounts_enable(commands: _Commands) -> None:
    enable = commands.add("accounts enable", "Open a closed account again (for admins).", json=True)
    _add_email(enable)
    _add_owner(enable)


def _accounts_invite(commands: _Commands) -> None:
    what = "Make an account for somebody, or a new word that opens it (for instructors)."
    invite = commands.add("accounts invite", what, json=True)
    _add_email(invite)
    invite.add_argument("--name", help="what they are called; without it, the first part of the e-mail")


def _accounts_reset(commands: _Commands) -> None:
    reset = commands.add("accounts reset", "Give an account a new password (for admins).")
    reset.add_argument("--email", required=True, help="the e-mail of the account")
    _add_owner(reset)
    _add_password_stdin(reset)


def _courses(commands: _Commands) -> None:
    courses = commands.add("courses", "List the courses, or those that match some words.", json=True)
    courses.add_argument("query", nargs="?", metavar="QUERY", help="words in title, instructor, level or tags")
    courses.add_argument(
        "--teaching", action="store_true", help="those that you teach, drafts and archived ones too (for instructors)"
    )
    courses.add_argument("--sort", choices=("title", "newest", "popularity"), default="title")


def _course(commands: _Commands) -> None:
    _add_course_id(commands.add("course", "Describe a course and list its lessons.", json=True))


def _course_set(commands: _Commands) -> None:
    change = commands.add("course set", "Show or change what a course allows (for who teaches it).", json=True)
    _add_course_id(change)

    def rule(name: str, what: str, **options: Any) -> None:
        change.add_argument(name, dest="changes", action=_KeepChange, default={}, help=what, **options)

    rule("--state", "a draft is seen by who teaches it, an archived one takes nobody new", choices=_STATES)
    rule("--opens", "the first day to enrol, such as 2027-03-01, or none", type=_day, metavar="DATE")
    rule("--closes", "the last day to enrol, or none", type=_day, metavar="DATE")
    rule("--seats", "how many can be enrolled at once, or none for any number", type=_seats, metavar="N")
    rule("--key", "a word that who enrols has to know, or none", metavar="WORD")
    rule("--prerequisites", "courses to complete first, such as knots,ropes, or none", type=_slugs, metavar="SLUGS")


def _course_teachers(commands: _Commands) -> None:
    teachers = commands.add("course teachers", "List who teaches a course, or name somebody.", json=True)
    _add_course_id(teachers)
    teachers.add_argument("--add", metavar="EMAIL", action="append", default=[], help="an instructor or admin")
    teachers.add_argument("--remove", metavar="EMAIL", action="append", default=[], help="who teaches it no longer")


def _roster(commands: _Commands) -> None:
    inner = commands.within(commands.add("roster", "Enrol a whole class, or take its list away."), "roster")
    bring = inner.add("import", "Enrol the people of a CSV file with e-mail and name (for who teaches it).", json=True)
    bring.add_argument("path", metavar="FILE", help="with a header; commas, semicolons or tabs, in UTF-8")
    _add_course_id(bring)
    bring.add_argument("--dry-run", action="store_true", help="only say for each line what would be done")
    export = inner.add("export", "Write who is in a course, and how far, as CSV (for who teaches it).", json=True)
    _add_course_id(export)
    export.add_argument("--output", metavar="FILE", help="where to; without it, standard output")
    _add_force(export)


def _home(commands: _Commands) -> None:
    home = commands.add("home", "Show where to go on, and what you have done so far.", json=True)
    home.add_argument(
        "--rest-days", type=_rest_days, metavar="DAYS", help="choose your rest days first, such as sat,sun, or none"
    )


def _news(commands: _Commands) -> None:
    news = commands.add("news", "Read what who teaches your courses has announced, or written to you.", json=True)
    news.add_argument("--all", action="store_true", help="what you have read before, too")
    news.add_argument("--read", action="store_true", help="keep it off Home from now on")


def _enroll(commands: _Commands) -> None:
    enroll = commands.add("enroll", "Enrol in a course, or take it up again.", json=True)
    _add_course_id(enroll)
    key = enroll.add_mutually_exclusive_group()
    key.add_argument("--key", metavar="WORD", help="the word that the course asks for; asked for at a terminal")
    key.add_argument("--key-stdin", action="store_true", help="read the key from a line of standard input")
    enroll.add_argument("--wait", action="store_true", help="where the course is full, wait for a seat")


def _leave(commands: _Commands) -> None:
    _add_course_id(commands.add("leave", "Leave a course, or its waitlist; what you did in it is kept.", json=True))


def _enrollments(commands: _Commands) -> None:
    enrollments = commands.add("enrollments", "List your courses.", json=True)
    which = enrollments.add_mutually_exclusive_group()
    for status, said in (("active", "are working on"), ("completed", "completed"), ("left", "left")):
        which.add_argument(
            f"--{status}", action="store_const", const=status, dest="status", help=f"only those you {said}"
        )


def _read(commands: _Commands) -> None:
    read = commands.add("read", "Read a lesson; a long one opens in your PAGER.", json=True)
    _add_course_id(read)
    _add_lesson(read, nargs="?", more="; without it, the one to go on with")


def _complete(commands: _Commands) -> None:
    complete = commands.add("complete", "Mark a lesson as completed.", json=True)
    _add_course_id(complete)
    _add_lesson(complete)
    complete.add_argument(
        "--minutes", type=_minutes, default=0, metavar="N", help="minutes that you spent on it, to be added"
    )


def _quiz(commands: _Commands) -> None:
    quiz = commands.add(
        "quiz", "Take the quiz of a lesson: here at a terminal, else with one answer per line of input.", json=True
    )
    _add_course_id(quiz)
    _add_lesson(quiz)


def _tasks(commands: _Commands) -> None:
    tasks = commands.add("tasks", "List the tasks of your courses, and how you stand with each.", json=True)
    tasks.add_argument(
        "--waiting", action="store_true", help="instead, work that waits for your answer (for instructors)"
    )


def _task(commands: _Commands) -> None:
    inner = commands.within(commands.add("task", "Hand work in, and answer the work of others."), "task")
    show = inner.add("show", "Show a task, what you handed in, and the answers to it.", json=True)
    hand_in = inner.add("hand-in", "Hand in your work on a task; it is your teacher's to read from then on.", json=True)
    for command in (show, hand_in):
        _add_course_id(command)
        _add_lesson(command)
        command.add_argument(
            "--task", metavar="TASK", help="its number in the lesson or its id, where there are several"
        )
    hand_in.add_argument(
        "file", metavar="FILE", nargs="?", default="-", help="your work, in Markdown; without it, standard input"
    )
    read = inner.add("read", "Read work that was handed in (for instructors).", json=True)
    answer = inner.add("answer", "Accept work that was handed in, or ask for more (for instructors).", json=True)
    for command in (read, answer):
        command.add_argument("submission", metavar="WORK", help="its number in `azora-tui tasks --waiting`")
    which = answer.add_mutually_exclusive_group(required=True)
    which.add_argument("--accept", action="store_true", help="the task is done")
    which.add_argument("--return", action="store_false", dest="accept", help="ask for more; say what in --message")
    answer.add_argument(
        "--tick", type=_numbers, default=frozenset(), metavar="N,N", help="the criteria that are met, by their numbers"
    )
    answer.add_argument("--message", default="", metavar="TEXT", help="your answer; - reads it from standard input")


def _review(commands: _Commands) -> None:
    review = commands.add(
        "review",
        "Review what you have learnt: here at a terminal, else with one answer or rating per line of input.",
        json=True,
    )
    instead = review.add_mutually_exclusive_group()
    instead.add_argument("--forecast", action="store_true", help="only show what falls due in the next two weeks")
    instead.add_argument("--undo", action="store_true", help="take your last rating back")


def _progress(commands: _Commands) -> None:
    _add_course_id(commands.add("progress", "Show how far you are in a course.", json=True))


def _search(commands: _Commands) -> None:
    search = commands.add("search", "Search courses, the text of lessons, review cards, and your own notes.", json=True)
    search.add_argument("query", nargs="+", metavar="QUERY", help="words to find; the last may be only a beginning")


def _insights(commands: _Commands) -> None:
    insights = commands.add("insights", "Show how a course is doing (for who teaches it).", json=True)
    insights.add_argument("id", nargs="?", metavar="ID", help="a course; without it, those that you teach are listed")
    more = insights.add_mutually_exclusive_group()
    more.add_argument("--lesson", metavar="N", help="one lesson, by its number")
    more.add_argument("--question", metavar="ID", help="one question, by its id")
    more.add_argument("--learner", metavar="E-MAIL", help="one learner's own way through the course")
    more.add_argument("--people", choices=_PEOPLE, help="who is in the course and how they stand")


_PEOPLE = ("everybody", "stuck", "nearly-done", "under-way", "completed", "left")


def _export(commands: _Commands) -> None:
    inner = commands.within(commands.add("export", "Export your notes, or a course."), "export")
    notes = inner.add("notes", "Write your notes and bookmarks as Markdown.")
    notes.add_argument("--output", metavar="FILE", help="where to; without it, standard output")
    _add_force(notes)
    course = inner.add("course", "Write a course as a folder that can be imported again (for instructors).")
    _add_course_id(course)
    course.add_argument("--output", metavar="DIR", required=True, help="a folder that is new or empty")
    gift = inner.add("gift", "Write the questions of a course as GIFT (for instructors).")
    _add_course_id(gift)
    gift.add_argument("--output", metavar="FILE", help="where to; without it, standard output")
    _add_force(gift)
    figures = inner.add("figures", "Write the figures of a course as CSV (for who teaches it).")
    _add_course_id(figures)
    figures.add_argument("--of", choices=("lessons", "questions"), default="lessons", help="a line each")
    figures.add_argument("--output", metavar="FILE", help="where to; without it, standard output")
    _add_force(figures)
    statements = inner.add("statements", "Write what a course's learners did as xAPI (for who teaches it).")
    _add_course_id(statements)
    statements.add_argument("--output", metavar="FILE", help="where to; without it, standard output")
    _add_force(statements)


def _import(commands: _Commands) -> None:
    bring = commands.add("import", "Import a course, or bring it up to date (for instructors).", json=True)
    bring.add_argument(
        "path",
        metavar="PATH",
        help="a folder, archive or file: our own format, Carpentries, OLX, Common Cartridge, GIFT, LiaScript",
    )


def _announce(commands: _Commands) -> None:
    announce = commands.add("announce", "Say something to everybody in a course that you teach.", json=True)
    _add_course_id(announce)
    _add_text(announce)


def _announcements(commands: _Commands) -> None:
    announcements = commands.add("announcements", "List what was announced in a course that you teach.", json=True)
    _add_course_id(announcements)
    announcements.add_argument("--withdraw", type=_number, metavar="N", help="take this one back first")


def _message(commands: _Commands) -> None:
    message = commands.add("message", "Write to a learner of a course that you teach.", json=True)
    message.add_argument("email", metavar="EMAIL", help="the learner's e-mail")
    _add_course_id(message)
    _add_text(message)


def _new_course(commands: _Commands) -> None:
    new = commands.add("new-course", "Create the files of a new course that already works.")
    new.add_argument("dir", metavar="DIR", help="a folder that is new or empty; the course is called after it")


def _check(commands: _Commands) -> None:
    check = commands.add("check", "List every fault of a course, each with its file and line.", json=True)
    check.add_argument("path", metavar="PATH", help="the course's folder")


def _preview(commands: _Commands) -> None:
    preview = commands.add("preview", "Open a course as learners see it; it reloads when its files change.")
    preview.add_argument("path", metavar="PATH", help="the course's folder")


def _adopt(commands: _Commands) -> None:
    adopt = commands.add("adopt", "Take over databases of the original Azora services.", json=True)
    adopt.add_argument("dir", metavar="DIR", help="the folder with their azora.db, lms.db, or both")
    adopt.add_argument(
        "--plain-backup",
        action="store_true",
        help="where DIR is this school's own folder: leave passwords in the backup as they were typed",
    )
    _add_owner(adopt)


def _certificates(commands: _Commands) -> None:
    certificates = commands.add("certificates", "List your certificates, or manage those of a school.", json=True)
    inner = commands.within(certificates, "certificates", required=False)
    log = inner.add("log", "Print the head of the log, to be anchored anywhere.", json=True)
    log.add_argument("--since", type=_size, metavar="SIZE", help="prove instead that the log grew from this size")
    log.add_argument("--output", metavar="FILE", help="where that proof goes; without it, standard output")
    _add_force(log)
    key = inner.add("key", "Print the fingerprint of the school's key; an admin can change it.")
    change = key.add_mutually_exclusive_group()
    change.add_argument("--new", action="store_true", help="sign with a new key; what the old one signed stays valid")
    change.add_argument("--lock", action="store_true", help="keep the key under a passphrase, which is asked for")
    change.add_argument("--unlock", action="store_true", help="keep it without a passphrase")
    _add_password_stdin(key, "read passphrases from standard input, one a line")
    school = inner.add("school", "Show what the school is called on certificates; an admin can change it.")
    school.add_argument("--name", help="the name on certificates from now on")
    school.add_argument("--url", help='where the school publishes its documents (https); "" for nowhere')
    publish = inner.add("publish", "Write the school's public documents for its site, or to give away (for admins).")
    publish.add_argument("folder", metavar="FOLDER")
    _add_owner(publish)
    trust = inner.add("trust", "Trust an issuer whose fingerprint you have compared, and give it a name.")
    trust.add_argument("fingerprint", metavar="FINGERPRINT", help="64 hexadecimal digits, or a did:jwk")
    trust.add_argument("--name", required=True, help="the name that it has here")


def _certificate(commands: _Commands) -> None:
    inner = commands.within(commands.add("certificate", "Show, export or check a certificate."), "certificate")
    _add_certificate_id(inner.add("show", "Show a certificate of yours.", json=True))
    export = inner.add("export", "Write a certificate of yours to a file.")
    _add_certificate_id(export)
    export.add_argument("--format", choices=FORMATS, required=True, help="bundle: with all that checking it needs")
    export.add_argument("--output", metavar="FILE", help="where to; without it, standard output")
    _add_force(export)
    export.add_argument("--paper", choices=("a4", "letter"), default="a4", help="of a PDF (default: a4)")
    verify = inner.add("verify", "Check certificates of anyone, with or without an account.", json=True)
    verify.add_argument("files", metavar="FILE", nargs="+", help="certificates; a school.json beside them says more")
    show_as = inner.add("show-as", "Replace a certificate by one that shows another name.")
    _add_certificate_id(show_as)
    which = show_as.add_mutually_exclusive_group(required=True)
    which.add_argument("--name", dest="pseudonym", action="store_const", const=None, help="the name of your account")
    which.add_argument("--pseudonym", metavar="NAME", help="another name")
    show_as.add_argument("--no-email", action="store_true", help="leave out the salted hash of your e-mail")
    revoke = inner.add("revoke", "Revoke a certificate, as an admin or the course's instructor.")
    _add_certificate_id(revoke)
    revoke.add_argument("--reason", required=True, help="why; everybody can read it, for ever")


_COMMANDS: dict[str, Callable[[_Commands], None]] = {
    "register": _register,
    "login": _login,
    "logout": _logout,
    "whoami": _whoami,
    "sessions": _sessions,
    "password": _password,
    "accounts": _accounts,
    "accounts role": _accounts_role,
    "accounts disable": _accounts_disable,
    "accounts enable": _accounts_enable,
    "accounts invite": _accounts_invite,
    "accounts reset": _accounts_reset,
    "courses": _courses,
    "course": _course,
    "course set": _course_set,
    "course teachers": _course_teachers,
    "roster": _roster,
    "home": _home,
    "news": _news,
    "enroll": _enroll,
    "leave": _leave,
    "enrollments": _enrollments,
    "read": _read,
    "complete": _complete,
    "quiz": _quiz,
    "tasks": _tasks,
    "task": _task,
    "review": _review,
    "progress": _progress,
    "search": _search,
    "insights": _insights,
    "export": _export,
    "import": _import,
    "announce": _announce,
    "announcements": _announcements,
    "message": _message,
    "new-course": _new_course,
    "check": _check,
    "preview": _preview,
    "adopt": _adopt,
    "certificates": _certificates,
    "certificate": _certificate,
}
"""In the order in which help lists them."""

_SPELT = {"enrol": "enroll"}
"""Other spellings of commands."""


def _add_certificate_id(command: argparse.ArgumentParser) -> None:
    command.add_argument("id", metavar="ID", help="its number in `azora-tui certificates`, or its UUID")


def _add_owner(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--owner", action="store_true", help="not as an admin, but as the owner of this school's files"
    )


def _add_email(command: argparse.ArgumentParser) -> None:
    command.add_argument("email", metavar="EMAIL", help="the e-mail of the account")


def _add_course_id(command: argparse.ArgumentParser) -> None:
    command.add_argument("id", metavar="ID", help="the course's number or its short name, such as terminal-basics")


def _add_lesson(command: argparse.ArgumentParser, *, nargs: str | None = None, more: str = "") -> None:
    command.add_argument(
        "lesson",
        metavar="LESSON",
        nargs=nargs,
        help=f"the lesson's number in the list, or its short name{more}",
    )


def _add_text(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "text", metavar="TEXT", nargs="?", help="in Markdown; without it, or with -, standard input or what you type"
    )


def _add_password_stdin(
    command: argparse.ArgumentParser, what: str = "read the password from a line of standard input"
) -> None:
    command.add_argument("--password-stdin", action="store_true", help=what)


def _size(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 0 < len(text) < 19):
        raise argparse.ArgumentTypeError("give the size of the log at the time, a whole number")
    return int(text)


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


def _rest_days(text: str) -> frozenset[int]:
    names = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    words = [] if text.strip().lower() == "none" else [word.strip().lower() for word in text.split(",")]
    if not set(words) <= set(names):
        raise argparse.ArgumentTypeError(f"give some of {', '.join(names)} with commas between, or none")
    return frozenset(names.index(word) for word in words)


def _numbers(text: str) -> frozenset[int]:
    words = text.replace(" ", "").split(",")
    if not all(word.isascii() and word.isdecimal() and 0 < len(word) < 6 for word in words):
        raise argparse.ArgumentTypeError("give numbers with commas between, such as 1,3")
    return frozenset(map(int, words))


def _minutes(text: str) -> int:
    minutes = int(text) if text.isascii() and text.isdecimal() and len(text) <= len(str(_MAX_MINUTES)) else -1
    if not 0 <= minutes <= _MAX_MINUTES:
        raise argparse.ArgumentTypeError(f"give a whole number from 0 to {_MAX_MINUTES:,}")
    return minutes


def _add_force(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--force", action="store_true", help="replace a file that is there already")
