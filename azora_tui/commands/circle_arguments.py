"""What can be typed about circles and the inbox: commands and options. Nothing here does anything."""

import argparse
from datetime import date

from azora_tui.commands.parsing import Commands, add_text


def inbox(commands: Commands) -> None:
    what = "Show what others did that is for you, and what waits for you. What your teachers say is in `news`."
    inbox = commands.add("inbox", what, json=True)
    inbox.add_argument("--all", action="store_true", help="what you have read before, too")
    inbox.add_argument("--read", action="store_true", help="it is new no more from now on")


def circle(commands: Commands) -> None:
    what = "List your circles: three to twelve people around a course, with a goal and a day."
    inner = commands.within(commands.add("circle", what, json=True), "circle", required=False)
    make = inner.add("make", "Make a circle around a course that you are in.", json=True)
    make.add_argument("course", metavar="COURSE", help="the course's number or its short name")
    make.add_argument("name", metavar="NAME", help="what the circle is called")
    make.add_argument("--goal", required=True, metavar="WORDS", help="what you want to reach together, in one line")
    make.add_argument("--until", required=True, type=_day, metavar="DATE", help="by when, such as 2027-03-01")
    show = inner.add("show", "Show who is in a circle of yours, and its board.", json=True)
    _add_circle_id(show)
    show.add_argument("--page", type=_number, default=1, metavar="N", help="of the board; 1 has what is newest")
    invite = inner.add("invite", "Show the word that lets somebody into a circle.", json=True)
    _add_circle_id(invite)
    invite.add_argument("--renew", action="store_true", help="a new word; the one before lets nobody in any more")
    join = inner.add("join", "Join a circle by its word.", json=True)
    join.add_argument("word", metavar="WORD", nargs="+", help="as you heard it, such as kubalo-31")
    leave = inner.add("leave", "Leave a circle. What you wrote there is deleted.", json=True)
    _add_circle_id(leave)
    leave.add_argument("--keep-posts", action="store_true", help="leave what you wrote there, under your name")
    post = inner.add("post", "Write to everybody in a circle.", json=True)
    _add_circle_id(post)
    add_text(post)
    reply = inner.add("reply", "Answer a post.", json=True)
    _add_post_id(reply)
    add_text(reply)
    edit = inner.add("edit", "Put other words into a post of yours.", json=True)
    _add_post_id(edit)
    add_text(edit)
    _add_post_id(inner.add("delete", "Take a post of yours back; replies of others stay.", json=True))
    report = inner.add("report", "Tell who teaches the course that a post should not stand there.", json=True)
    _add_post_id(report)
    report.add_argument("reason", metavar="REASON", help="what is wrong with it; it is not said who you are")
    change = inner.add("change", "Give a circle that you made another name, goal or day.", json=True)
    _add_circle_id(change)
    change.add_argument("--name", metavar="NAME", help="what it is called")
    change.add_argument("--goal", metavar="WORDS", help="another goal, which nobody has reached yet")
    change.add_argument("--until", type=_day, metavar="DATE", help="by when, such as 2027-03-01")
    progress = inner.add("progress", "Let a circle see how far you are in its course, or no longer.", json=True)
    _add_circle_id(progress)
    progress.add_argument("shown", choices=("show", "hide"), metavar="show|hide", help="show or hide")
    there = inner.add("there", "Say that you have reached the goal of a circle.", json=True)
    _add_circle_id(there)
    there.add_argument("--not-yet", action="store_true", help="take it back")


def _add_circle_id(command: argparse.ArgumentParser) -> None:
    command.add_argument("id", type=_number, metavar="ID", help="the circle's number in `azora-tui circle`")


def _add_post_id(command: argparse.ArgumentParser) -> None:
    command.add_argument("post", type=_number, metavar="POST", help="its number in `azora-tui circle show ID`")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise argparse.ArgumentTypeError("give a day such as 2027-03-01") from None


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 0 < len(text) < 16 and int(text)):
        raise argparse.ArgumentTypeError("give one of the numbers that the list begins with")
    return int(text)
