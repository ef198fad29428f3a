"""Work handed in by many processes at once, and by one that is killed: a program of its own, as `school.py` is."""

import json
import os
import random
import signal
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

from azora_tui.data.engines.sqlite import connect
from azora_tui.errors import RefusedError
from azora_tui.lms import tasks
from azora_tui.lms.teaching import marking
from azora_tui.models.course_sources import LessonSource
from azora_tui.models.submissions import TaskPage
from azora_tui.models.tasks import TaskState
from tests.faults.school import add_course, child, claims, crowd, enroll, in_child, school

LESSON_ID = 7
TASK = "::: {.task #knot}\nTie a knot.\n:::\n"


def _prepare(folder: Path) -> None:
    def work() -> None:
        add_course(folder, lessons=(LessonSource("one", "One", 5, True, "All", TASK),))
        enroll(folder, 1)

    in_child(work)


def same(folder: Path, size: int) -> object:
    """Everybody hands the same text in, for the same learner."""
    _prepare(folder)
    return crowd(size, lambda _: tasks.hand_in(school(folder), claims(1), LESSON_ID, "knot", "A rabbit.").id)


def different(folder: Path, size: int, protected: int) -> object:
    """Everybody hands in a text of their own, for the same learner."""
    _prepare(folder)

    def one(number: int) -> str:
        if not protected:  # nobody looks whether it waits for an answer
            TaskPage.state = property(lambda _: TaskState.NEW)  # type: ignore[assignment, method-assign]
        try:
            tasks.hand_in(school(folder), claims(1), LESSON_ID, "knot", f"Rabbit {number}.")
        except RefusedError:
            return "refused"
        return "kept"

    return crowd(size, one)


def answered(folder: Path, size: int) -> object:
    """Everybody answers the same work, each in their own way."""
    _prepare(folder)
    in_child(lambda: tasks.hand_in(school(folder), claims(1), LESSON_ID, "knot", "A rabbit."))

    def one(number: int) -> str:
        teacher = replace(claims(100 + number), role="admin")
        try:
            marking.answer(school(folder), teacher, 1, accepted=number % 2 == 0, words=f"So {number}.")
        except RefusedError:
            return "refused"
        return "kept"

    return crowd(size, one)


def killed(folder: Path, rounds: int, early: int) -> object:
    """A child hands in one version after the other, each returned at once, and is killed at random; the versions that
    were told. With `early` each is told before it is handed in: the control."""
    _prepare(folder)
    chance = random.Random(rounds)
    told: list[int] = []
    for _ in range(rounds):
        answers, answer = os.pipe()

        def work(answer: int = answer) -> None:
            lms, teacher = school(folder), replace(claims(9), role="admin")
            page = tasks.page(lms, claims(1), LESSON_ID, "knot")
            if page.versions and page.versions[-1].answer is None:
                marking.answer(lms, teacher, page.versions[-1].id, accepted=False, words="More.")
            for version in range(len(page.versions) + 1, 100_000):
                if early:
                    os.write(answer, version.to_bytes(4, "big"))
                handed_in = tasks.hand_in(lms, claims(1), LESSON_ID, "knot", f"Version {version}. " * 100)
                if not early:
                    os.write(answer, handed_in.version.to_bytes(4, "big"))
                marking.answer(lms, teacher, handed_in.id, accepted=False, words="More.")

        process = child(work)
        os.close(answer)
        heard = b""
        wanted = chance.randint(1, 4) * 4
        while len(heard) < wanted:
            heard += os.read(answers, 4)
        for _ in range(chance.randint(0, 4000)):
            pass  # somewhere between this answer and the next
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        while more := os.read(answers, 4096):
            heard += more
        os.close(answers)
        told += [int.from_bytes(heard[place : place + 4], "big") for place in range(0, len(heard), 4)]
    return told


def check(folder: Path) -> dict[str, Any]:
    """What the file holds of work: versions, their events and answers have to agree."""
    with closing(connect(folder / "lms.db")) as connection:
        return {
            "versions": [each for (each,) in connection.execute("SELECT version FROM submissions ORDER BY version")],
            "events": connection.execute("SELECT COUNT(*) FROM events WHERE kind = 'task_handed_in'").get,
            "answers": connection.execute("SELECT COUNT(*) FROM task_answers").get,
            "answered": connection.execute("SELECT COUNT(*) FROM submissions WHERE is_answered = 1").get,
            "told answers": connection.execute("SELECT COUNT(*) FROM events WHERE kind = 'task_answered'").get,
            "integrity": connection.execute("PRAGMA integrity_check").get,
        }


def main() -> NoReturn:
    os.nice(10)  # a crowd must not take the computer from the tests beside it
    what, folder, *numbers = sys.argv[1:]
    print(json.dumps(globals()[what](Path(folder), *map(int, numbers))))  # noqa: T201
    raise SystemExit(0)


if __name__ == "__main__":
    main()
