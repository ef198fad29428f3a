"""A school in which two learners have both worked in two courses: whoever asks for the rows of one has the other's
beside them, in the same course and in another, in the same lesson and under the same ids."""

import shutil
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

import pytest

from azora_tui.data import schema
from azora_tui.data.database import open_database
from azora_tui.lms import catalog, enrolling, home, notes, quizzes, reading, review
from azora_tui.lms.installing import install
from azora_tui.lms.service import Lms
from azora_tui.models.accounts import Claims
from azora_tui.models.courses import CourseSource, LessonSource
from azora_tui.models.quizzes import Attempt
from azora_tui.models.reviews import Rating
from azora_tui.paths import Paths
from tests.conftest import Clock, claims_of, course_source

# The question and the card have the same id, so that only their kind tells them apart.
LESSON = """\
All of {0} in {1}.

::: quiz

Is it {0}? {{#{0}}}

- [x] yes
- [ ] no

And of {1}? {{#{0}-too}}

- [x] yes
- [ ] no

:::

::: {{.card #{0}}}
::: front
Front of {0} in {1}
:::
::: back
Back of {0}
:::
:::
"""


@dataclass(frozen=True)
class Neighbours:
    """Learners 1 and 2 in the courses `ants` and `bees`, each with the lessons one and two, and three, which need not
    be done. Learner 1 has completed ants and lesson one of bees, learner 2 bees and lesson one of ants.

    `lessons["one of ants"]` is a lesson's id. `minutes` and `places` are what was spent and kept in a lesson, by
    learner and lesson; `scores` those of the finished attempts. One more attempt of each learner is open, at lesson one
    of what they have completed, with one answer in it.
    """

    lms: Lms
    clock: Clock
    courses: dict[str, int]
    lessons: dict[str, int]
    minutes: dict[tuple[int, str], int] = field(default_factory=dict)
    places: dict[tuple[int, str], str] = field(default_factory=dict)
    scores: dict[tuple[int, str], list[int]] = field(default_factory=dict)


WHOLE = {1: "ants", 2: "bees"}
HALF = {1: "bees", 2: "ants"}


def take(lms: Lms, claims: Claims, lesson_id: int, *right: bool) -> Attempt:
    """Answer the questions of a lesson's quiz, right or not; with all of them answered the attempt is finished."""
    attempt = quizzes.start(lms, claims, lesson_id).latest
    assert attempt is not None
    for question, well in zip(attempt.open_questions, right, strict=False):
        quizzes.answer(lms, claims, attempt.id, question.id, (0,) if well else (1,))
    if len(right) == len(attempt.open_questions):
        quizzes.finish(lms, claims, attempt.id)
    found = quizzes.page(lms, claims, lesson_id)
    assert found is not None
    assert found.latest is not None
    return found.latest


def source(slug: str, words: str) -> CourseSource:
    """A course of these lessons, in each of them a quiz and a card."""
    lessons = (
        LessonSource(word, f"{word} of {slug}", 10, word != "three", "All", LESSON.format(word, slug))
        for word in words.split()
    )
    return replace(course_source(slug), lessons=tuple(lessons))


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Neighbours:
    """The neighbours' school, made once: each test works in a copy of it."""
    paths = Paths(tmp_path_factory.mktemp("neighbours"))
    clock, numbers = Clock(), count(1)
    lms = Lms(
        open_database(paths.lms_database, schema.LMS), clock, lambda: str(uuid.UUID(int=next(numbers), version=4))
    )
    courses: dict[str, int] = {}
    lessons: dict[str, int] = {}
    for words in ("three two one", "one two three"):  # so that their order is not that of their ids
        with lms.database.write() as transaction:
            for slug in ("bees", "ants"):
                courses[slug] = install(lms, transaction, source(slug, words))
    for slug, course in courses.items():
        states = catalog.detail(lms, claims_of(), course).lessons
        lessons |= {f"{state.slug} of {slug}": state.id for state in states}
    made = Neighbours(lms, clock, courses, lessons)
    for user in (1, 2):
        for slug in (HALF[user], WHOLE[user]):
            _work(made, claims_of(user), slug)
        take(lms, claims_of(user), lessons[f"one of {WHOLE[user]}"], user == 1)
        card = next(each for each in review.session(lms, claims_of(user)).cards if each.state is None)
        review.rate(lms, claims_of(user), card, Rating.GOOD if user == 1 else Rating.HARD)
        home.choose_rest_days(lms, claims_of(user), {user})
        clock.advance(days=10, hours=user)
    lms.database.close()
    return made


@pytest.fixture
def neighbours(built: Neighbours, tmp_path: Path, clock: Clock) -> Iterator[Neighbours]:
    """A school of its own with two learners who have both worked in two courses."""
    paths = Paths(tmp_path / "school")
    shutil.copytree(built.lms.paths.home, paths.home)
    clock.moment = built.clock.moment
    numbers = count(1_000_000)
    lms = Lms(
        open_database(paths.lms_database, schema.LMS), clock, lambda: str(uuid.UUID(int=next(numbers), version=4))
    )
    yield replace(built, lms=lms, clock=clock)
    lms.database.close()


def _work(made: Neighbours, who: Claims, slug: str) -> None:
    enrolling.enroll(made.lms, who, made.courses[slug])
    words = ("one", "three", "two") if slug == WHOLE[who.user_id] else ("one", "three")
    right = {
        (1, "one of ants"): (True, True),
        (1, "two of ants"): (True, False),
        (1, "one of bees"): (True, False),
        (2, "one of ants"): (False, False),
        (2, "one of bees"): (False, False),
        (2, "two of bees"): (True, False),
    }
    for word in words:
        lesson = f"{word} of {slug}"
        at = (who.user_id, lesson)
        made.clock.advance(hours=1)
        reading.open_lesson(made.lms, who, made.lessons[lesson])
        made.places[at] = f'{{"line": {len(made.places)}}}'
        made.minutes[at] = len(made.places)
        reading.keep_place(made.lms, who, made.lessons[lesson], made.places[at], minutes=made.minutes[at])
        if word == "three":
            continue
        made.scores[at] = [take(made.lms, who, made.lessons[lesson], *right[at]).score or 0]
        made.minutes[at] += 10 * who.user_id
        reading.complete_lesson(made.lms, who, made.lessons[lesson], minutes=10 * who.user_id)
        quote, text = f"All of {word} in {slug}.", f"Note {who.user_id} on {lesson}"
        notes.write(
            made.lms, who, made.lessons[lesson], digest=who.user_id, quote=quote, position='{"line": 0}', text=text
        )
    made.clock.advance(days=1)
