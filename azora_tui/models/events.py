"""What happened, and what follows from it. Times are texts as they are stored, so that what is kept and what is made
again from events can be compared to the letter."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that a learner did. Course and lesson are named by their slugs.

    `utc_offset` are the minutes that clocks were ahead of UTC where it was done; None from before that was kept.
    """

    id: str
    kind: str
    user_id: int
    course: str | None
    lesson: str | None
    at: str
    payload: Mapping[str, object]
    utc_offset: int | None


@dataclass(frozen=True, slots=True)
class ToldEvent:
    """An event in a course as it is told to other systems.

    `learner` is a UUID, titles are those of now, and `passed` says of a finished quiz whether it was.
    """

    id: str
    kind: str
    learner: str
    course: str
    course_title: str
    lesson: str | None
    lesson_title: str | None
    at: str
    payload: Mapping[str, object]
    passed: bool


@dataclass(slots=True)
class LessonRecord:
    """What an enrollment's learner did in one lesson."""

    completed_at: str | None = None
    opened_at: str | None = None
    minutes: int = 0
    position: str | None = None
    said_done_at: str | None = None


@dataclass(slots=True)
class EnrollmentRecord:
    uuid: str
    enrolled_at: str
    last_accessed_at: str
    status: str = "active"
    progress: int = 0
    completed_at: str | None = None
    completed_version: str | None = None
    last_lesson: str | None = None
    lessons: dict[str, LessonRecord] = field(default_factory=dict)


@dataclass(slots=True)
class AttemptRecord:
    """`answers` by question: (uuid, response, correct, hint used, when). `hints` are
    questions whose hint was looked at. `utc_offset` belongs to `finished_at`."""

    user_id: int
    course: str
    lesson: str
    version: str
    pass_percent: int
    questions: object
    started_at: str
    finished_at: str | None = None
    score: int | None = None
    utc_offset: int | None = None
    answers: dict[str, tuple[str, object, bool, bool, str]] = field(default_factory=dict)
    hints: dict[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(slots=True)
class NoteRecord:
    user_id: int
    course: str
    lesson: str
    digest: int
    quote: str
    position: str
    text: str | None
    created_at: str
    updated_at: str
    deleted_at: str | None = None
    utc_offset: int | None = None


@dataclass(slots=True)
class SubmissionRecord:
    """`answer` is (uuid, learner number of who answered, accepted, criteria ticked, words, when)."""

    user_id: int
    course: str
    lesson: str
    task_id: str
    version: int
    course_version: str
    task: object
    text: str
    handed_in_at: str
    utc_offset: int | None
    answer: tuple[str, int, bool, list[int], str, str] | None = None
    read_at: str | None = None


@dataclass(slots=True)
class NewsRecord:
    """What who teaches a course said to everybody in it, or to the one learner with this UUID."""

    author_id: int
    course: str
    author: str
    text: str
    at: str
    learner: str | None = None
    withdrawn_at: str | None = None


@dataclass(slots=True)
class Records:
    """All that is kept of what learners did, but the review, whose log is its own.

    Enrollments and the waitlist (uuid, since when) by learner and course; attempts, minutes (learner, course, lesson,
    how many, when, UTC offset), rest days (learner, weekdays, when), notes, what was handed in, and news by their
    UUIDs; when news was read by learner and UUID; students by course.
    """

    enrollments: dict[tuple[int, str], EnrollmentRecord] = field(default_factory=dict)
    waitlist: dict[tuple[int, str], tuple[str, str]] = field(default_factory=dict)
    attempts: dict[str, AttemptRecord] = field(default_factory=dict)
    minutes: dict[str, tuple[int, str, str, int, str, int | None]] = field(default_factory=dict)
    rest_days: dict[str, tuple[int, int, str]] = field(default_factory=dict)
    notes: dict[str, NoteRecord] = field(default_factory=dict)
    submissions: dict[str, SubmissionRecord] = field(default_factory=dict)
    news: dict[str, NewsRecord] = field(default_factory=dict)
    news_read: dict[tuple[int, str], str] = field(default_factory=dict)
    students: dict[str, int] = field(default_factory=dict)
