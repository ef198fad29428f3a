"""What is said of taking everything along, and of leaving."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azora_tui.wording.numbers import counted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

GOES = (
    "Gone for good: your name, e-mail and password, your profile, connections and inbox, what you posted, asked, "
    "answered and left at lessons, your notes, what you wrote on tasks and in quizzes, what teachers wrote to you, and "
    "your place on waitlists."
)
STAYS = (
    "Stays, without a name: that somebody enrolled, how far they came and which options they chose, because others see "
    "it counted; and a correction of yours that is part of a course by now. What you announced or answered as a "
    "teacher stays as by somebody who has left, and courses that you teach go to the admins."
)
CERTIFICATES = (
    "Certificates stay valid for who holds the file, but the school keeps none of yours. Export them before, or take "
    "everything along with `azora-tui export me FILE.zip`."
)
SURE = "There is no way back."
IN_SHORT = (
    "Gone for good: your name, e-mail and profile, your notes, and every word that you wrote or that was written to "
    "you.\n"
    "Stays, without a name: what others see counted, and what you said to others as a teacher.\n"
    "Certificates stay valid for who holds the file; take yours along before. There is no way back."
)
ARCHIVE = (
    "Everything that this school holds of you, in one archive: notes, work, answers, certificates and all the rest."
)
LEFT = "Your account is deleted, and your words are out of the files of this school. Go well."


def before_leaving(backups: Sequence[Path]) -> list[str]:
    """What is said before somebody leaves, a paragraph each."""
    return [GOES, STAYS, CERTIFICATES, *([not_touched(backups)] if backups else []), SURE]


def not_touched(backups: Sequence[Path]) -> str:
    """Which copies of earlier times still hold what was there then."""
    names = ", ".join(path.name for path in backups)
    are, them = ("is", "it") if len(backups) == 1 else ("are", "them")
    return (
        f"Not touched {are} {counted(len(backups), 'backup')} of earlier times in the folder of this school ({names}), "
        f"with what you had written until then. Whoever owns the folder can remove {them}."
    )


def some_untouched(backups: Sequence[Path]) -> str:
    """The same in a few words."""
    return f"Not touched: {counted(len(backups), 'backup')} in the school's folder."


def taken(path: Path) -> str:
    return f"Everything that this school holds of you is in {path}. Its README.md names each file."


def contents(files: Sequence[tuple[str, str]], *, name: str, email: str) -> str:
    """The README of the archive: a line for each (name, what it holds)."""
    start = f"""\
# What this school holds of {name} ({email})

Everything is in open formats: Markdown and CSV to read, JSON that is whole and exact, certificates as they were signed.
Times are UTC. The files of `tables` are the rows of the school's databases that are yours, as they stand there; all
others are made of them to be read more easily. No password is in here, and nothing that somebody else keeps to
themselves. It is yours: nobody else gets a copy of this archive.

"""
    return start + "".join(f"- `{file}`: {what}\n" for file, what in sorted(files))
