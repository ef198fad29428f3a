"""Many people post, thank and read on one school at once, as a program of its own: it forks before any database is open.

`python company.py FOLDER PROCESSES SECONDS` prints what came of it as JSON; the longest of all calls is in it.
"""

import json
import os
import random
import sys
import time
from collections import Counter
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from azora_tui.data.transaction import value
from azora_tui.errors import AzoraError
from azora_tui.lms import enrolling, reading, search
from azora_tui.lms.service import Lms, open_lms
from azora_tui.lms.together import boards, circles, helping, inbox, profiles, wisdom
from azora_tui.models.accounts import Claims
from azora_tui.models.course_sources import LessonSource
from azora_tui.models.wisdom import WisdomKind
from azora_tui.paths import Paths
from tests.engine import sqlite
from tests.faults.school import COURSE, add_course, child, in_child

LESSON = 7
IN_A_CIRCLE = 10


def claims(number: int) -> Claims:
    now = datetime.now(UTC)
    return Claims(number, f"uuid-{number}", f"{number}@x", f"L{number}", "learner", "s", now, now + timedelta(days=1))


def prepare(folder: Path, people: int) -> None:
    """Everybody knows the lesson, and ten each are in a circle."""
    add_course(folder, lessons=(LessonSource("one", "One", 5, True, "All", "Pass the end through it twice.\n"),))
    with closing(open_lms(Paths(folder)).database) as database:
        lms = replace(open_lms(Paths(folder)), database=database)
        for number in range(1, people + 1):
            enrolling.enroll(lms, claims(number), COURSE)
            reading.complete_lesson(lms, claims(number), LESSON)
            profiles.change(lms, claims(number), is_open=True, helps=True)
        for first in range(1, people + 1, IN_A_CIRCLE):
            until = lms.today() + timedelta(days=9)
            made = circles.make(lms, claims(first), COURSE, name="Ten", goal="All", until=until)
            for number in range(first + 1, min(first + IN_A_CIRCLE, people + 1)):
                circles.join(lms, claims(number), made.word)


class Person:
    """One process: it does one thing after another, and counts what was said to be done."""

    def __init__(self, folder: Path, number: int) -> None:
        self.lms: Lms = open_lms(Paths(folder))
        self.me = claims(number)
        self.chance = random.Random(number)
        self.circle = circles.mine(self.lms, self.me)[0].id
        self.done: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.slowest = 0.0

    def post(self) -> None:
        boards.post(self.lms, self.me, self.circle, "I can because we can.")

    def leave(self) -> None:
        wisdom.write(self.lms, self.me, LESSON, WisdomKind.TIP, "Lay the loop flat on the table first.")

    def stuck(self) -> None:
        helping.ask(self.lms, self.me, LESSON, "Why twice?")

    def thank(self) -> None:
        pieces = wisdom.of_lesson(self.lms, self.me, LESSON).pieces
        others = [each for each in pieces if not each.author.mine and not each.thanked]
        if not others:
            return
        before = self.chance.choice(others)
        wisdom.thank(self.lms, self.me, before.id)
        self.done["thanks"] += 1

    def read(self) -> None:
        boards.page(self.lms, self.me, self.circle)
        inbox.page(self.lms, self.me)
        inbox.count(self.lms, self.me)
        search.find(self.lms, self.me, "loop")

    def live(self, seconds: float) -> dict[str, Any]:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            work = self.chance.choice((self.post, self.leave, self.stuck, self.thank, self.thank, self.read, self.read))
            begun = time.monotonic()
            try:
                work()
                self.done[work.__name__] += 1
            except AzoraError as error:
                self.refused[error.code] += 1
            self.slowest = max(self.slowest, time.monotonic() - begun)
        return {"done": self.done, "refused": self.refused, "slowest": self.slowest}


def talk(folder: Path, people: int, seconds: int) -> dict[str, Any]:
    in_child(lambda: prepare(folder, people))
    answers, answer = os.pipe()

    def one(number: int) -> None:
        os.close(answers)
        os.write(answer, (json.dumps(Person(folder, number).live(seconds)) + "\n").encode())

    processes = [child(lambda number=number: one(number)) for number in range(1, people + 1)]  # type: ignore[misc]
    os.close(answer)
    done: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    slowest = 0.0
    with os.fdopen(answers) as said:
        for line in said:
            found = json.loads(line)
            done += Counter(found["done"])
            refused += Counter(found["refused"])
            slowest = max(slowest, found["slowest"])
    ended = [os.waitpid(process, 0)[1] for process in processes]
    return {"done": done, "refused": refused, "slowest": slowest, "ended": sum(map(bool, ended)), **counted(folder)}


def counted(folder: Path) -> dict[str, Any]:
    """What is in the file, and how many pieces have other counts than rows."""
    with closing(open_lms(Paths(folder)).database) as database, database.read() as transaction:

        def number(statement: str) -> int:
            return int(value(transaction, statement))

        return {
            "posts": number("SELECT COUNT(*) FROM circle_posts"),
            "pieces": number("SELECT COUNT(*) FROM wisdom"),
            "questions": number("SELECT COUNT(*) FROM help_requests"),
            "thanks": number("SELECT COUNT(thanked_at) FROM wisdom_readers"),
            "wrong": number(
                "SELECT COUNT(*) FROM wisdom WHERE thanks <> (SELECT COUNT(thanked_at) FROM wisdom_readers"
                " WHERE wisdom_id = wisdom.id)"
                " OR seen <> (SELECT COUNT(*) FROM wisdom_readers WHERE wisdom_id = wisdom.id)"
            ),
            "too_many": number(
                "SELECT COUNT(*) FROM (SELECT 1 FROM recent_posts GROUP BY user_id HAVING COUNT(*) > 10)"
            ),
            "integrity": sqlite(transaction).execute("PRAGMA integrity_check").get,
        }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(talk(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))))
