"""Plain values that every room may use. Times are aware UTC datetimes; percents are whole numbers 0–100."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Literal

from azora_tui.quiz_models import QuizPage, QuizStanding

Role = Literal["learner", "instructor", "admin"]


@dataclass(frozen=True, slots=True)
class Account:
    """A person with an account, without the password's hash."""

    id: int
    email: str
    name: str
    role: Role
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Claims:
    """What a verified token says: all that passes from the Auth Service to the LMS Service."""

    user_id: int
    email: str
    name: str
    role: Role
    session_id: str
    issued_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Session:
    """One kept sign-in of an account."""

    id: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None


class CatalogSort(Enum):
    """How the catalog is ordered; the value is the word a person reads."""

    TITLE = "title"
    NEWEST = "newest"
    POPULARITY = "popularity"


class CatalogFilter(Enum):
    """Which courses the catalog lists, by the learner's own state; the value is the word a person reads."""

    ALL = "all"
    NEW = "new to you"
    UNDER_WAY = "under way"
    COMPLETED = "completed"


class EnrollmentStatus(Enum):
    ACTIVE = "active"
    COMPLETED = "completed"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class CourseSummary:
    """A course as the catalog lists it, with the asking learner's own state.

    `status` is None for who never enrolled; `progress` is None for a course without required lessons.
    """

    id: int
    title: str
    description: str
    instructor: str
    duration: str
    level: str
    lesson_count: int
    students: int
    status: EnrollmentStatus | None
    progress: int | None


@dataclass(frozen=True, slots=True)
class CatalogPage:
    """Rows `offset … offset + len(courses)` of a filtered catalog."""

    offset: int
    courses: tuple[CourseSummary, ...]


@dataclass(frozen=True, slots=True)
class CatalogCount:
    """How many published courses match a filter, of how many there are."""

    matching: int
    all: int


@dataclass(frozen=True, slots=True)
class LessonState:
    """A lesson in a course's list, with the asking learner's own state; `minutes` is the expected reading time."""

    id: int
    slug: str
    title: str
    section: str
    order_index: int
    minutes: int
    required: bool
    completed_at: datetime | None
    opened_at: datetime | None
    time_spent_minutes: int

    @property
    def completed(self) -> bool:
        return self.completed_at is not None


@dataclass(frozen=True, slots=True)
class Enrollment:
    """A learner's enrollment as it is stored; `completed_at` is the first completion and is never taken back."""

    id: int
    user_id: int
    course_id: int
    progress: int
    status: EnrollmentStatus
    enrolled_at: datetime
    completed_at: datetime | None
    last_accessed_at: datetime
    completed_version: str | None
    last_lesson_id: int | None


@dataclass(frozen=True, slots=True)
class Prerequisite:
    """A course to complete first; `title` is None when no course with that slug is installed."""

    slug: str
    course_id: int | None
    title: str | None
    completed: bool


@dataclass(frozen=True, slots=True)
class Course:
    """Everything that belongs to one course, apart from who asks."""

    id: int
    slug: str
    title: str
    description: str
    instructor: str
    duration: str
    level: str
    language: str
    licence: str
    version: str
    tags: tuple[str, ...]
    outcomes: tuple[str, ...]
    students: int
    seats: int | None
    enrollment_open: bool
    is_published: bool
    created_at: datetime
    lesson_count: int


class EnrollOutcome(Enum):
    ENROLLED = "enrolled"
    ALREADY_ENROLLED = "already enrolled"
    FULL = "full"
    CLOSED = "closed"
    UNPUBLISHED = "unpublished"
    MISSING_PREREQUISITE = "missing prerequisite"


@dataclass(frozen=True, slots=True)
class EnrollResult:
    """What enrolling came to. `enrollment` is there for ENROLLED and ALREADY_ENROLLED; `message` is the sentence."""

    outcome: EnrollOutcome
    message: str
    enrollment: Enrollment | None = None
    restored: bool = False


@dataclass(frozen=True, slots=True)
class CourseDetail:
    """A course's own page for one learner; `next_lesson_id` is the lesson to go on with, for who is or was enrolled.

    `refusal` is what enrolling would come to now, where the learner is not enrolled and could not be.
    """

    course: Course
    lessons: tuple[LessonState, ...]
    prerequisites: tuple[Prerequisite, ...]
    enrollment: Enrollment | None
    waitlist_place: int | None
    next_lesson_id: int | None
    refusal: EnrollResult | None

    @property
    def enrolled(self) -> bool:
        return self.enrollment is not None and self.enrollment.status is not EnrollmentStatus.LEFT


@dataclass(frozen=True, slots=True)
class EnrolledCourse:
    """A line of My learning. `progress` is None for a course without required lessons."""

    enrollment: Enrollment
    title: str
    instructor: str
    version: str
    progress: int | None
    completed_lessons: int
    required_lessons: int
    next_lesson_id: int | None
    next_lesson_title: str | None


@dataclass(frozen=True, slots=True)
class Progress:
    """Required lessons that are published now, and how many of them are completed."""

    completed: int
    required: int
    percent: int | None


@dataclass(frozen=True, slots=True)
class LessonPage:
    """A lesson opened for reading. `position` is what the reader stored last time; `lessons` the whole contents.

    `quiz` is where the learner stands with its quiz, as if nothing had been tried where it has none. `not_kept` says
    why it could not be remembered that it was opened, and is "" where it was.
    """

    course_id: int
    course_title: str
    lesson: LessonState
    content: str
    position: str | None
    lessons: tuple[LessonState, ...]
    progress: Progress
    quiz: QuizStanding
    not_kept: str = ""


@dataclass(frozen=True, slots=True)
class LessonCompletion:
    """What completing a lesson came to; `first` is False when it had been completed before.

    `certificate` is the id of the one that was issued with it.
    """

    lesson: LessonState
    first: bool
    progress: Progress
    course_completed: bool
    lessons: tuple[LessonState, ...]
    next: LessonState | None
    certificate: int | None = None


@dataclass(frozen=True, slots=True)
class QuizResult:
    """What finishing an attempt came to; `completion` is that of the lesson, where the attempt was passed."""

    page: QuizPage
    completion: LessonCompletion | None


@dataclass(frozen=True, slots=True)
class LessonSource:
    """A lesson as an author wrote it; `id` is unique in its course and never changes."""

    id: str
    title: str
    minutes: int
    required: bool
    section: str
    content: str


@dataclass(frozen=True, slots=True)
class CourseSource:
    """A course as its files hold it, checked and cleaned."""

    slug: str
    title: str
    version: str
    language: str
    licence: str
    instructor: str
    duration: str
    level: str
    tags: tuple[str, ...]
    description: str
    outcomes: tuple[str, ...]
    prerequisites: tuple[str, ...]
    seats: int | None
    enrollment_open: bool
    lessons: tuple[LessonSource, ...]


class HitKind(Enum):
    """What a search found; the value is the word a person reads."""

    COURSE = "course"
    LESSON = "lesson"
    CARD = "review card"
    NOTE = "your note"


@dataclass(frozen=True, slots=True)
class Marked:
    """A line of text, and the (start, end) of each part that was looked for."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class SearchHit:
    """Something that a search found.

    `paragraph` counts the paragraphs of the lesson from 0, None where only its title has what was looked for.
    `enrolled` is whether the learner may open lessons of this course now.
    """

    kind: HitKind
    course_id: int
    course_title: str
    lesson_id: int | None
    lesson_slug: str | None
    note_id: int | None
    title: Marked
    snippet: Marked
    paragraph: int | None
    enrolled: bool


@dataclass(frozen=True, slots=True)
class SearchResults:
    """The most fitting hits, one's own notes first; `more` when there may be others."""

    hits: tuple[SearchHit, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class Note:
    """A learner's note on a paragraph of a lesson, or without `text` a bookmark.

    `quote` is the paragraph as it was, `digest` and `position` (JSON) are the reader's. `available` is whether course
    and lesson are published now.
    """

    id: int
    uuid: str
    course_id: int
    course_title: str
    lesson_id: int
    lesson_slug: str
    lesson_title: str
    digest: int
    quote: str
    position: str
    text: str | None
    created_at: datetime
    updated_at: datetime
    available: bool


@dataclass(frozen=True, slots=True)
class PlacedNote:
    """A note where it belongs now: `position` (JSON) is for the reader, None when its paragraph is gone."""

    note: Note
    position: str | None
