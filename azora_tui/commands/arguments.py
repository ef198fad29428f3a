"""What can be typed: every command and option. Nothing here does anything."""

import argparse
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, NoReturn

from azora_tui import __version__
from azora_tui.commands.parsing import (
    Commands,
    Parser,
    add_course_id,
    add_force,
    add_lesson,
    add_owner,
    add_password_stdin,
)

_MAX_MINUTES = 10_000


FORMATS = ("pdf", "png", "svg", "jwt", "json", "bundle")


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
    root = Parser(
        prog="azora-tui",
        description="A school in one terminal. Without a command, the app opens.",
        epilog="Every command: azora-tui COMMAND --help. Exit status: 0 done, 1 refused, 2 wrong usage.",
        allow_abbrev=False,
    )
    root.add_argument("--version", action="version", version=f"azora-tui {__version__}")
    root.add_argument("--ascii", action="store_true", help="signs in ASCII")
    root.set_defaults(command=None)
    # Left to find the name of the program itself, argparse would make up a usage message, for which it loads much.
    subparsers = root.add_subparsers(title="commands", metavar="COMMAND", prog=root.prog, parser_class=Parser)
    commands = Commands(subparsers)
    for name, add in _COMMANDS.items():
        if command in (None, name):
            add(commands)
    return root


def _register(commands: Commands) -> None:
    register = commands.add("register", "Create an account and sign in.")
    register.add_argument("--email", help="the e-mail to sign in with; asked for if missing")
    register.add_argument("--name", help="the name you want to be called by; asked for if missing")
    add_password_stdin(register)


def _login(commands: Commands) -> None:
    login = commands.add("login", "Sign in.")
    login.add_argument("--email", help="asked for if missing")
    add_password_stdin(login)


def _logout(commands: Commands) -> None:
    commands.add("logout", "Sign out on this computer.")


def _whoami(commands: Commands) -> None:
    commands.add("whoami", "Show who is signed in.", json=True)


def _sessions(commands: Commands) -> None:
    sessions = commands.add("sessions", "List your sign-ins, or end some of them.", json=True)
    inner = commands.within(sessions, "sessions", required=False)
    revoke = inner.add("revoke", "End a sign-in of yours.")
    which = revoke.add_mutually_exclusive_group(required=True)
    which.add_argument("id", nargs="?", metavar="ID", help="one that `azora-tui sessions` lists")
    which.add_argument("--others", action="store_true", help="all but this one")


def _password(commands: Commands) -> None:
    password = commands.add("password", "Change your password; every other sign-in ends.")
    add_password_stdin(password, "read two lines of standard input: the current password, then the new one")


def _courses(commands: Commands) -> None:
    courses = commands.add("courses", "List the courses, or those that match some words.", json=True)
    courses.add_argument("query", nargs="?", metavar="QUERY", help="words in title, instructor, level or tags")
    courses.add_argument(
        "--teaching", action="store_true", help="those that you teach, drafts and archived ones too (for instructors)"
    )
    courses.add_argument("--sort", choices=("title", "newest", "popularity"), default="title")


def _course(commands: Commands) -> None:
    add_course_id(commands.add("course", "Describe a course and list its lessons.", json=True))


def _home(commands: Commands) -> None:
    home = commands.add("home", "Show where to go on, and what you have done so far.", json=True)
    home.add_argument(
        "--rest-days", type=_rest_days, metavar="DAYS", help="choose your rest days first, such as sat,sun, or none"
    )


def _news(commands: Commands) -> None:
    news = commands.add("news", "Read what who teaches your courses has announced, or written to you.", json=True)
    news.add_argument("--all", action="store_true", help="what you have read before, too")
    news.add_argument("--read", action="store_true", help="keep it off Home from now on")


def _enroll(commands: Commands) -> None:
    enroll = commands.add("enroll", "Enrol in a course, or take it up again.", json=True)
    add_course_id(enroll)
    key = enroll.add_mutually_exclusive_group()
    key.add_argument("--key", metavar="WORD", help="the word that the course asks for; asked for at a terminal")
    key.add_argument("--key-stdin", action="store_true", help="read the key from a line of standard input")
    enroll.add_argument("--wait", action="store_true", help="where the course is full, wait for a seat")


def _leave(commands: Commands) -> None:
    add_course_id(commands.add("leave", "Leave a course, or its waitlist; what you did in it is kept.", json=True))


def _enrollments(commands: Commands) -> None:
    enrollments = commands.add("enrollments", "List your courses.", json=True)
    which = enrollments.add_mutually_exclusive_group()
    for status, said in (("active", "are working on"), ("completed", "completed"), ("left", "left")):
        which.add_argument(
            f"--{status}", action="store_const", const=status, dest="status", help=f"only those you {said}"
        )


def _read(commands: Commands) -> None:
    read = commands.add("read", "Read a lesson; a long one opens in your PAGER.", json=True)
    add_course_id(read)
    add_lesson(read, nargs="?", more="; without it, the one to go on with")


def _complete(commands: Commands) -> None:
    complete = commands.add("complete", "Mark a lesson as completed.", json=True)
    add_course_id(complete)
    add_lesson(complete)
    complete.add_argument(
        "--minutes", type=_minutes, default=0, metavar="N", help="minutes that you spent on it, to be added"
    )


def _quiz(commands: Commands) -> None:
    quiz = commands.add(
        "quiz", "Take the quiz of a lesson: here at a terminal, else with one answer per line of input.", json=True
    )
    add_course_id(quiz)
    add_lesson(quiz)


def _tasks(commands: Commands) -> None:
    tasks = commands.add("tasks", "List the tasks of your courses, and how you stand with each.", json=True)
    tasks.add_argument(
        "--waiting", action="store_true", help="instead, work that waits for your answer (for instructors)"
    )


def _task(commands: Commands) -> None:
    inner = commands.within(commands.add("task", "Hand work in, and answer the work of others."), "task")
    show = inner.add("show", "Show a task, what you handed in, and the answers to it.", json=True)
    hand_in = inner.add("hand-in", "Hand in your work on a task; it is your teacher's to read from then on.", json=True)
    for command in (show, hand_in):
        add_course_id(command)
        add_lesson(command)
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


def _review(commands: Commands) -> None:
    review = commands.add(
        "review",
        "Review what you have learnt: here at a terminal, else with one answer or rating per line of input.",
        json=True,
    )
    instead = review.add_mutually_exclusive_group()
    instead.add_argument("--forecast", action="store_true", help="only show what falls due in the next two weeks")
    instead.add_argument("--undo", action="store_true", help="take your last rating back")


def _progress(commands: Commands) -> None:
    add_course_id(commands.add("progress", "Show how far you are in a course.", json=True))


def _search(commands: Commands) -> None:
    search = commands.add("search", "Search courses, the text of lessons, review cards, and your own notes.", json=True)
    search.add_argument("query", nargs="+", metavar="QUERY", help="words to find; the last may be only a beginning")


def _export(commands: Commands) -> None:
    inner = commands.within(commands.add("export", "Export your notes, everything of yours, or a course."), "export")
    notes = inner.add("notes", "Write your notes and bookmarks as Markdown.")
    notes.add_argument("--output", metavar="FILE", help="where to; without it, standard output")
    add_force(notes)
    _leaving("export_me")(inner)
    course = inner.add("course", "Write a course as a folder that can be imported again (for instructors).")
    add_course_id(course)
    course.add_argument("--output", metavar="DIR", required=True, help="a folder that is new or empty")
    gift = inner.add("gift", "Write the questions of a course as GIFT (for instructors).")
    add_course_id(gift)
    gift.add_argument("--output", metavar="FILE", help="where to; without it, standard output")
    add_force(gift)
    figures = inner.add("figures", "Write the figures of a course as CSV (for who teaches it).")
    add_course_id(figures)
    figures.add_argument("--of", choices=("lessons", "questions"), default="lessons", help="a line each")
    figures.add_argument("--output", metavar="FILE", help="where to; without it, standard output")
    add_force(figures)
    statements = inner.add("statements", "Write what a course's learners did as xAPI (for who teaches it).")
    add_course_id(statements)
    statements.add_argument("--output", metavar="FILE", help="where to; without it, standard output")
    add_force(statements)


def _adopt(commands: Commands) -> None:
    adopt = commands.add("adopt", "Take over databases of the original Azora services.", json=True)
    adopt.add_argument("dir", metavar="DIR", help="the folder with their azora.db, lms.db, or both")
    adopt.add_argument(
        "--plain-backup",
        action="store_true",
        help="where DIR is this school's own folder: leave passwords in the backup as they were typed",
    )
    add_owner(adopt)


def _certificates(commands: Commands) -> None:
    certificates = commands.add("certificates", "List your certificates, or manage those of a school.", json=True)
    inner = commands.within(certificates, "certificates", required=False)
    log = inner.add("log", "Print the head of the log, to be anchored anywhere.", json=True)
    log.add_argument("--since", type=_size, metavar="SIZE", help="prove instead that the log grew from this size")
    log.add_argument("--output", metavar="FILE", help="where that proof goes; without it, standard output")
    add_force(log)
    key = inner.add("key", "Print the fingerprint of the school's key; an admin can change it.")
    change = key.add_mutually_exclusive_group()
    change.add_argument("--new", action="store_true", help="sign with a new key; what the old one signed stays valid")
    change.add_argument("--lock", action="store_true", help="keep the key under a passphrase, which is asked for")
    change.add_argument("--unlock", action="store_true", help="keep it without a passphrase")
    add_password_stdin(key, "read passphrases from standard input, one a line")
    school = inner.add("school", "Show what the school is called on certificates; an admin can change it.")
    school.add_argument("--name", help="the name on certificates from now on")
    school.add_argument("--url", help='where the school publishes its documents (https); "" for nowhere')
    publish = inner.add("publish", "Write the school's public documents for its site, or to give away (for admins).")
    publish.add_argument("folder", metavar="FOLDER")
    add_owner(publish)
    trust = inner.add("trust", "Trust an issuer whose fingerprint you have compared, and give it a name.")
    trust.add_argument("fingerprint", metavar="FINGERPRINT", help="64 hexadecimal digits, or a did:jwk")
    trust.add_argument("--name", required=True, help="the name that it has here")


def _certificate(commands: Commands) -> None:
    inner = commands.within(commands.add("certificate", "Show, export or check a certificate."), "certificate")
    _add_certificate_id(inner.add("show", "Show a certificate of yours.", json=True))
    export = inner.add("export", "Write a certificate of yours to a file.")
    _add_certificate_id(export)
    export.add_argument("--format", choices=FORMATS, required=True, help="bundle: with all that checking it needs")
    export.add_argument("--output", metavar="FILE", help="where to; without it, standard output")
    add_force(export)
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


def _from(file: str, name: str) -> Callable[[Commands], None]:
    """What adds a command, from a file of parsers that the others do without."""

    def add(commands: Commands) -> None:
        getattr(import_module(f"{__package__}.{file}"), name)(commands)

    return add


def _teaching(name: str) -> Callable[[Commands], None]:
    return _from("teaching_arguments", name)


def _people(name: str) -> Callable[[Commands], None]:
    return _from("people_arguments", name)


def _circles(name: str) -> Callable[[Commands], None]:
    return _from("circle_arguments", name)


def _wisdom(name: str) -> Callable[[Commands], None]:
    return _from("wisdom_arguments", name)


def _leaving(name: str) -> Callable[[Commands], None]:
    return _from("leaving_arguments", name)


_COMMANDS: dict[str, Callable[[Commands], None]] = {
    "register": _register,
    "login": _login,
    "logout": _logout,
    "whoami": _whoami,
    "sessions": _sessions,
    "password": _password,
    "account": _leaving("account"),
    "accounts": _teaching("accounts"),
    "accounts role": _teaching("accounts_role"),
    "accounts disable": _teaching("accounts_disable"),
    "accounts enable": _teaching("accounts_enable"),
    "accounts invite": _teaching("accounts_invite"),
    "accounts reset": _teaching("accounts_reset"),
    "courses": _courses,
    "course": _course,
    "course set": _teaching("course_set"),
    "course teachers": _teaching("course_teachers"),
    "roster": _teaching("roster"),
    "home": _home,
    "news": _news,
    "profile": _people("profile"),
    "people": _people("people"),
    "person": _people("person"),
    "connect": _people("connect"),
    "block": _people("block"),
    "unblock": _people("unblock"),
    "blocks": _people("blocks"),
    "inbox": _circles("inbox"),
    "circle": _circles("circle"),
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
    "wisdom": _wisdom("wisdom"),
    "wisdom write": _wisdom("wisdom_write"),
    "wisdom mine": _wisdom("wisdom_mine"),
    "wisdom change": _wisdom("wisdom_change"),
    "wisdom delete": _wisdom("wisdom_delete"),
    "wisdom thank": _wisdom("wisdom_thank"),
    "wisdom report": _wisdom("wisdom_report"),
    "wisdom hide": _wisdom("wisdom_hide"),
    "wisdom show": _wisdom("wisdom_show"),
    "wisdom pin": _wisdom("wisdom_pin"),
    "wisdom unpin": _wisdom("wisdom_unpin"),
    "wisdom answer": _wisdom("wisdom_answer"),
    "wisdom take-over": _wisdom("wisdom_take_over"),
    "wisdom taken": _wisdom("wisdom_taken"),
    "reports": _wisdom("reports"),
    "reports dismiss": _wisdom("reports_dismiss"),
    "reports hide": _wisdom("reports_hide"),
    "reports show": _wisdom("reports_show"),
    "insights": _teaching("insights"),
    "export": _export,
    "import": _teaching("import_course"),
    "announce": _teaching("announce"),
    "announcements": _teaching("announcements"),
    "message": _teaching("message"),
    "help-wanted": _from("helping_arguments", "help_wanted"),
    "new-course": _teaching("new_course"),
    "check": _teaching("check"),
    "preview": _teaching("preview"),
    "adopt": _adopt,
    "certificates": _certificates,
    "certificate": _certificate,
}


"""In the order in which help lists them."""


_SPELT = {"enrol": "enroll"}


"""Other spellings of commands."""


def _add_certificate_id(command: argparse.ArgumentParser) -> None:
    command.add_argument("id", metavar="ID", help="its number in `azora-tui certificates`, or its UUID")


def _size(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 0 < len(text) < 19):
        raise argparse.ArgumentTypeError("give the size of the log at the time, a whole number")
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
