"""The schools that are measured, each made once a run, in a folder of its own."""

import random
from datetime import datetime, timedelta
from functools import cached_property
from itertools import islice, product
from pathlib import Path

from azora_tui.auth import service, session_file
from azora_tui.auth.context import open_auth
from azora_tui.data import courses, lessons
from azora_tui.lms import bundled, catalog, enrolling, reading
from azora_tui.lms.service import Lms, open_lms
from azora_tui.models.accounts import Claims
from azora_tui.models.course_sources import CourseSource, LessonSource
from azora_tui.paths import Paths
from azora_tui.times import to_text

LARGE = 100_000

# What titles, names and subjects are made of, a list a line.
_LISTS = [line.split() for line in Path(__file__).with_name("words.txt").read_text("utf-8").splitlines()]
_NAMES, *_SYLLABLES, TAGS = _LISTS[3:]
SUBJECTS = _LISTS[1]
FAMILIES = ["".join(syllables) for syllables in product(*_SYLLABLES)]


class Schools:
    """Schools by what they are for. One learner, Naledi, has an account in each."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def signed_out(self) -> Path:
        """One account, nobody signed in."""
        paths = self._register("signed-out")
        session_file.forget(paths)
        return paths.home

    @cached_property
    def signed_in(self) -> tuple[Path, tuple[str, ...]]:
        """A kept session and one course under way; with what My learning shows of it."""
        home, _, shown = self._with_course("signed-in")
        return home, shown

    @cached_property
    def large(self) -> tuple[Path, Claims, tuple[str, ...]]:
        """`signed_in` with 100,000 more courses."""
        home, claims, shown = self._with_course("large")
        lms = open_lms(Paths(home))
        add_courses(lms, LARGE)
        lms.database.close()
        return home, claims, shown

    def small_catalog(self, name: str) -> tuple[Paths, Claims]:
        """The bundled courses, one of them under way; a new school under each name."""
        home, claims, _ = self._with_course(name)
        return Paths(home), claims

    def _with_course(self, name: str) -> tuple[Path, Claims, tuple[str, ...]]:
        paths = self._register(name)
        claims = _signed_in(paths)
        lms = open_lms(paths)
        bundled.load(lms)
        course_id = catalog.find(lms, claims, bundled.SLUGS[0])
        enrolling.enroll(lms, claims, course_id)
        first = catalog.detail(lms, claims, course_id).lessons[0]
        reading.complete_lesson(lms, claims, first.id)
        (mine,) = enrolling.my_courses(lms, claims)
        lms.database.close()
        return paths.home, claims, (mine.title, f" {mine.progress} % ")

    def _register(self, name: str) -> Paths:
        paths = Paths(self.folder / name)
        paths.prepare()
        auth = open_auth(paths)
        _, token = service.register(
            auth, name="Naledi Moyo", email="naledi@example.org", password="seven green kettles"
        )
        session_file.keep(paths, token)
        auth.database.close()
        return paths


def _signed_in(paths: Paths) -> Claims:
    auth = open_auth(paths)
    try:
        claims = service.resume(auth)
        assert claims is not None
        return claims
    finally:
        auth.database.close()


def add_courses(lms: Lms, number: int) -> None:
    """Courses of a lesson each, in one transaction; titles come in no order."""
    rng = random.Random(7)
    titles = [f"{how} {subject} for {who}" for how, subject, who in islice(product(*_LISTS[:3]), number)]
    rng.shuffle(titles)
    now: datetime = lms.now()
    with lms.database.write() as transaction:
        for each, title in enumerate(titles):
            at = to_text(now - timedelta(minutes=rng.randrange(2_000_000)))
            course_id = courses.save_course(transaction, _course(rng, each, title), at)
            lessons.save_lesson(transaction, _LESSON, course_id=course_id, order_index=1, lesson_id=None, now=at)
            courses.update_lesson_counts(transaction, course_id)


_LESSON = LessonSource(
    id="first",
    title="The first steps",
    minutes=20,
    required=True,
    section="",
    content="What it is about. " * 20,
)


def _course(rng: random.Random, number: int, title: str) -> CourseSource:
    return CourseSource(
        slug=f"course-{number}",
        title=title,
        version="1.0.0",
        language="en",
        licence="CC-BY-4.0",
        instructor=f"{rng.choice(_NAMES)} {rng.choice(FAMILIES)}",
        duration=f"{rng.randint(1, 12)} weeks",
        level=rng.choice(("beginner", "intermediate", "advanced")),
        tags=tuple(rng.sample(TAGS, rng.randint(1, 4))),
        description=f"{title}, at your own pace, with examples from people who do it every day. " * 2,
        outcomes=("You know the words.", "You can do it on your own."),
        prerequisites=(),
        seats=None,
        enrollment_open=True,
        lessons=(_LESSON,),
    )
