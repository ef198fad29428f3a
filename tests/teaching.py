"""A small class in one course, for pages of those who teach: some waiting, some stuck, some nearly done."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from azora_tui.lms import enrolling, quizzes, reading, tasks
from azora_tui.lms.installing import install
from azora_tui.lms.service import Lms
from azora_tui.models.accounts import Claims
from azora_tui.models.course_sources import LessonSource
from tests.conftest import Clock, claims_of, course_source
from tests.lms.teaching.classroom import content, lesson_ids

LESSONS = ("What a knot is", "The bowline", "Hitches", "The sheet bend", "Splices")
SLUGS = ("ropes", "bowline", "hitches", "bends", "splices")
TASK = """All of bends.

::: {.task #sheet-bend}

## The sheet bend, in words

Describe it so that somebody ties it who has never seen it.

- [ ] It says which rope is the thicker one
- [ ] It can be followed step by step

:::
"""

# Name, lessons completed, days since they were here, attempts at the quiz of the next lesson that failed.
CLASS = (
    ("Amina Yusuf", 3, 2, 0), ("Jo Kim", 3, 0, 0), ("Kofi Mensah", 2, 4, 3), ("Lindiwe Zulu", 2, 16, 0),
    ("Mateo Ruiz", 4, 1, 0), ("Nia Okafor", 1, 20, 1), ("Ravi Shah", 5, 3, 0), ("Sana Malik", 0, 30, 0),
    ("Tomás Silva", 1, 5, 0), ("Uma Patel", 1, 6, 0), ("Vusi Dlamini", 5, 9, 0), ("Wen Li", 2, 33, 0),
)  # fmt: skip


def knots(lms: Lms) -> int:
    """The course, without anybody in it."""
    source = replace(
        course_source("knots", title="Knots and Ropes", outcomes=("You can tie them.", "You can explain them.")),
        lessons=tuple(
            LessonSource(slug, title, 10, True, "", TASK if slug == "bends" else content(slug))
            for slug, title in zip(SLUGS, LESSONS, strict=True)
        ),
    )
    with lms.database.write() as transaction:
        return install(lms, transaction, source)


def class_of_twelve(lms: Lms, clock: Clock) -> int:
    """The course and its class; two have handed in the task of the fourth lesson."""
    course = knots(lms)
    with lms.database.read() as transaction:
        numbers = lesson_ids(transaction, course)
    today = clock.moment
    for place, (name, done, days, failed) in enumerate(CLASS):
        who = claims_of(20 + place, name=name, email=f"{name.split()[0].lower()}@example.org")
        clock.moment = today - timedelta(days=days + 7 * (1 + place % 4))
        enrolling.enroll(lms, who, course)
        clock.moment = today - timedelta(days=days)
        for slug in SLUGS[:done]:
            _do(lms, who, numbers[slug], 5 + place, slug)
        if done < len(SLUGS) and name != "Sana Malik":
            reading.open_lesson(lms, who, numbers[SLUGS[done]])
            for _ in range(failed):
                _attempt(lms, who, numbers[SLUGS[done]], lambda _: (1,))
        if name in ("Amina Yusuf", "Jo Kim"):
            tasks.hand_in(lms, who, numbers["bends"], "sheet-bend", f"First the thicker rope, says {name.split()[0]}.")
    clock.moment = today
    return course


def _do(lms: Lms, who: Claims, lesson: int, minutes: int, slug: str) -> None:
    reading.open_lesson(lms, who, lesson)
    reading.keep_place(lms, who, lesson, None, minutes=minutes)
    if slug in ("bowline", "hitches", "splices"):
        _attempt(lms, who, lesson, lambda place: (1,) if (place, who.user_id % 4) == (2, 1) else (0,))
    elif slug == "ropes":
        reading.complete_lesson(lms, who, lesson)
    else:
        from azora_tui.lms.teaching import marking

        version = tasks.hand_in(lms, who, lesson, "sheet-bend", "First the thicker rope, then the thinner around it.")
        marking.answer(lms, claims_of(9, role="admin"), version.id, accepted=True, ticked=(1, 2), words="Well said.")
        reading.complete_lesson(lms, who, lesson)


def _attempt(lms: Lms, who: Claims, lesson: int, choose: Callable[[int], tuple[int, ...]]) -> None:
    attempt = quizzes.start(lms, who, lesson).latest
    assert attempt is not None
    for place, question in enumerate(attempt.questions):
        quizzes.answer(lms, who, attempt.id, question.id, choose(place))
    quizzes.finish(lms, who, attempt.id)
