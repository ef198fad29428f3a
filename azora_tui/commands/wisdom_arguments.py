"""What can be typed about what others left at lessons: the commands and options. Nothing here does anything."""

import argparse

from azora_tui.commands.parsing import Commands, add_course_id, add_lesson, add_text

_KINDS = ("tip", "example", "explanation", "correction")


def wisdom(commands: Commands) -> None:
    what = (
        "Read what earlier learners left at a lesson, the best first. `wisdom write`, `mine`, `change`, `delete`,"
        " `thank` and `report` are for everybody; `hide`, `show`, `pin`, `unpin`, `answer`, `take-over` and `taken` for"
        " who teaches."
    )
    wisdom = commands.add("wisdom", what, json=True)
    add_course_id(wisdom)
    add_lesson(wisdom)
    wisdom.add_argument("--all", action="store_true", help="all of it; without it, the best twenty")


def wisdom_write(commands: Commands) -> None:
    what = "Leave something at a lesson that you have completed, for those who come after you."
    write = commands.add("wisdom write", what, json=True)
    add_course_id(write)
    add_lesson(write)
    add_text(write)
    write.add_argument("--kind", choices=_KINDS, default="tip", help="what it is (default: tip)")
    write.add_argument(
        "--at", metavar="WORDS", help="words of the paragraph that it is about; without it, the whole lesson"
    )


def wisdom_mine(commands: Commands) -> None:
    commands.add("wisdom mine", "List what you left at lessons.", json=True)


def wisdom_change(commands: Commands) -> None:
    change = commands.add("wisdom change", "Give something that you left other words.", json=True)
    _add_id(change)
    add_text(change)
    change.add_argument("--kind", choices=_KINDS, help="what it is from now on")


def wisdom_delete(commands: Commands) -> None:
    _add_id(commands.add("wisdom delete", "Take something that you left away, for good.", json=True))


def wisdom_thank(commands: Commands) -> None:
    thank = commands.add("wisdom thank", "Thank whoever left something.", json=True)
    _add_id(thank)
    thank.add_argument("--take-back", action="store_true", help="thank no longer")


def wisdom_report(commands: Commands) -> None:
    report = commands.add("wisdom report", "Tell your teacher that something should not stand there.", json=True)
    _add_id(report)
    report.add_argument("reason", metavar="REASON", help="what is wrong with it; it is not said who you are")


def wisdom_hide(commands: Commands) -> None:
    hide = commands.add("wisdom hide", "Hide something from everybody but its author (for who teaches).", json=True)
    _add_id(hide)
    hide.add_argument("reason", metavar="REASON", help="why; its author reads that")


def wisdom_show(commands: Commands) -> None:
    _add_id(commands.add("wisdom show", "Show what was hidden again (for who teaches).", json=True))


def wisdom_pin(commands: Commands) -> None:
    _add_id(commands.add("wisdom pin", "Let something stand before all others (for who teaches).", json=True))


def wisdom_unpin(commands: Commands) -> None:
    _add_id(commands.add("wisdom unpin", "Let something stand where its thanks put it (for who teaches).", json=True))


def wisdom_answer(commands: Commands) -> None:
    answer = commands.add("wisdom answer", "Say something beneath what a learner left (for who teaches).", json=True)
    _add_id(answer)
    add_text(answer)
    answer.add_argument("--take-away", action="store_true", help="take away what was said beneath it")


def wisdom_take_over(commands: Commands) -> None:
    what = "Put a correction into the course as a note, in a new version (for who teaches)."
    take_over = commands.add("wisdom take-over", what, json=True)
    _add_id(take_over)
    take_over.add_argument("text", nargs="?", metavar="TEXT", help="your own words; without it, the correction's")


def wisdom_taken(commands: Commands) -> None:
    what = "Write what was taken over into a course as Markdown, for its files (for who teaches)."
    add_course_id(commands.add("wisdom taken", what, json=True))


def reports(commands: Commands) -> None:
    commands.add("reports", "List what was reported in the courses that you teach.", json=True)


def reports_dismiss(commands: Commands) -> None:
    _add_report(commands.add("reports dismiss", "Leave what was reported as it is.", json=True))


def reports_hide(commands: Commands) -> None:
    hide = commands.add("reports hide", "Hide what was reported from everybody but its author.", json=True)
    _add_report(hide)
    hide.add_argument("reason", metavar="REASON", help="why; its author reads that")


def reports_show(commands: Commands) -> None:
    _add_report(commands.add("reports show", "Show what was reported and hidden again.", json=True))


def _add_report(command: argparse.ArgumentParser) -> None:
    command.add_argument("id", type=_number, metavar="ID", help="the report's number in `azora-tui reports`")


def _add_id(command: argparse.ArgumentParser) -> None:
    command.add_argument("id", type=_number, metavar="ID", help="its number in `azora-tui wisdom`")


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 0 < len(text) < 19):
        raise argparse.ArgumentTypeError("give one of the numbers that the list has")
    return int(text)
