"""What can be typed by people for each other: profiles, connections and blocks. Nothing here does anything."""

import argparse

from azora_tui.commands.parsing import Commands


def profile(commands: Commands) -> None:
    own = commands.add("profile", "Show your profile, or change it; it is closed until you open it.", json=True)
    change = commands.within(own, "profile", required=False).add("set", "Change your profile.", json=True)
    change.add_argument("--name", metavar="TEXT", help='what others call you; "" for the name of your account')
    change.add_argument("--learning", metavar="TEXT", help="what you learn")
    change.add_argument("--helping", metavar="TEXT", help="what you can help with")
    change.add_argument("--about", metavar="TEXT", help="a few lines; - reads them from standard input")
    shown = change.add_mutually_exclusive_group()
    shown.add_argument("--open", action="store_const", const=True, help="show it to everybody in this school")
    shown.add_argument("--closed", action="store_const", const=False, dest="open", help="show it to nobody")
    asked = change.add_mutually_exclusive_group()
    asked.add_argument("--helps", action="store_const", const=True, help="those who are stuck may ask you")
    asked.add_argument("--helps-not", action="store_const", const=False, dest="helps", help="they may not")


def people(commands: Commands) -> None:
    found = commands.add("people", "List who shows a profile, or those whose profile has some words.", json=True)
    found.add_argument("query", nargs="?", metavar="QUERY", help="words in the name or the profile")


def person(commands: Commands) -> None:
    _add_person(commands.add("person", "Show somebody's profile, and how you stand.", json=True))


def connect(commands: Commands) -> None:
    what = "List whom you are connected with, who asked you, and whom you asked."
    inner = commands.within(commands.add("connect", what, json=True), "connect", required=False)
    ask = inner.add("ask", "Ask somebody to connect with you.", json=True)
    _add_person(ask)
    ask.add_argument("words", nargs="?", default="", metavar="WORDS", help="a sentence that they read with it")
    for name, said in (
        ("accept", "Connect with somebody who has asked you."),
        ("decline", "Let it be gone that somebody has asked you; they are not told."),
        ("take-back", "Take it back that you have asked somebody."),
        ("end", "Be connected with somebody no more; they are not told."),
    ):
        _add_person(inner.add(name, said, json=True))


def block(commands: Commands) -> None:
    _add_person(commands.add("block", "You and somebody no longer exist for each other; they are not told.", json=True))


def unblock(commands: Commands) -> None:
    _add_person(commands.add("unblock", "Take it back that you have blocked somebody.", json=True))


def blocks(commands: Commands) -> None:
    commands.add("blocks", "List whom you have blocked.", json=True)


def _add_person(command: argparse.ArgumentParser) -> None:
    command.add_argument("person", type=_number, metavar="ID", help="their number in `azora-tui people` or `connect`")


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 0 < len(text) < 19):
        raise argparse.ArgumentTypeError("give one of the numbers that `azora-tui people` lists")
    return int(text)
