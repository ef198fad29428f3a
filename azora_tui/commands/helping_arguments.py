"""What can be typed to ask for help, and to help: commands and options. Nothing here does anything."""

import argparse
from typing import cast

from azora_tui.commands.parsing import Commands, add_course_id, add_lesson, add_text

_KINDS = ("tip", "example", "explanation", "correction")


class _KeepQuestion(argparse.Action):
    """Takes the text, too, where that comes after the question: argparse has given up waiting for it by then."""

    def __call__(
        self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: object, *_: object
    ) -> None:
        question, *text = cast("list[str]", values)
        if len(text) > 1:
            parser.error("give the question's number or its id after the lesson, and then the text")
        namespace.question = question
        if text:
            namespace.text = text[0]


def help_wanted(commands: Commands) -> None:
    what = "List the questions of learners that you may answer; ask one yourself, or answer."
    wanted = commands.add("help-wanted", what, json=True)
    inner = commands.within(wanted, "help-wanted", required=False)
    inner.add("mine", "List what you asked.", json=True)
    _add_request_id(inner.add("show", "Show a question, where it was asked, and the answers.", json=True))
    ask = inner.add("ask", "Ask those who have completed a lesson and say that they help.", json=True)
    add_course_id(ask)
    add_lesson(ask)
    add_text(ask)
    ask.add_argument(
        "--question",
        metavar=("Q", "TEXT"),
        nargs="+",
        action=_KeepQuestion,
        help="a question of the lesson's quiz: its number, or its id",
    )
    reply = inner.add("reply", "Answer a question, or say more to one of yours.", json=True)
    _add_request_id(reply)
    add_text(reply)
    change = inner.add("change", "Change the words of an answer of yours.", json=True)
    _add_reply_id(change)
    add_text(change)
    _add_reply_id(inner.add("delete", "Delete an answer of yours; its words are gone.", json=True))
    _add_request_id(inner.add("settle", "Say that a question of yours is answered.", json=True))
    give = inner.add(
        "give", "Leave an answer of a settled question at its lesson, for those who come after.", json=True
    )
    _add_request_id(give)
    _add_reply_id(give)
    give.add_argument("--kind", choices=_KINDS, default="explanation", help="what it is (default: explanation)")
    take_back = inner.add("take-back", "Delete a question of yours, and what was said to it.", json=True)
    _add_request_id(take_back)
    report = inner.add("report", "Tell who teaches the course that a question, or an answer, is not right.", json=True)
    _add_request_id(report)
    report.add_argument("reason", metavar="REASON", help="what is wrong with it; it is not said who you are")
    report.add_argument("--answer", type=_number, metavar="N", help="the number of an answer; without it, the question")


def _add_request_id(command: argparse.ArgumentParser) -> None:
    command.add_argument("request", metavar="ID", type=_number, help="its number in `azora-tui help-wanted`")


def _add_reply_id(command: argparse.ArgumentParser) -> None:
    command.add_argument("reply", metavar="ANSWER", type=_number, help="its number in `azora-tui help-wanted show`")


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 0 < len(text) < 19):
        raise argparse.ArgumentTypeError("give one of the numbers that the list begins with")
    return int(text)
