"""Courses out and in again: nothing is lost on the way."""

from importlib.resources import files

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from azora_tui.formats.archives import Tree
from azora_tui.formats.course import read_course
from azora_tui.formats.course_writing import course_files
from azora_tui.formats.gift_writing import write_gift
from azora_tui.formats.imported import check_answerable
from azora_tui.formats.quiz import read_quiz
from azora_tui.formats.quiz_errors import UnwritableError
from azora_tui.formats.quiz_writing import fitted, write_quiz
from azora_tui.formats.registry import read_course_in
from azora_tui.lms.bundled import SLUGS
from azora_tui.models.course_sources import CourseSource, LessonSource
from azora_tui.models.quizzes import Option, Question, QuestionKind, Quiz
from azora_tui.text import clean
from tests.formats import samples
from tests.formats.test_importers import taken

LINES = st.text(max_size=30).map(lambda text: clean(text, keep_newlines=False).strip()).filter(bool)
TRICKY = st.sampled_from(
    ["no", "1.10", "---", "- a", "a: b", "#", "'", '"', "[x]", "{y}", "!z", "null", "~", "é", "0x1", "&a", "*a"]
)
TITLES = LINES | TRICKY
IDS = st.from_regex(r"[a-z0-9]{1,6}(?:-[a-z0-9]{1,4}){0,2}", fullmatch=True)
CONTENTS = st.text(max_size=200).map(lambda text: clean(text).strip("\n") + "\n") | st.sampled_from(
    ["---\na: b\n---\n", "\n", "# A\n\n::: quiz\n\nQ? {#q}\n\n- [x] a\n\n:::\n", "a\n---\n"]
).map(lambda text: text.strip("\n") + "\n")


@st.composite
def courses(draw: st.DrawFn) -> CourseSource:
    ids = draw(st.lists(IDS, min_size=0, max_size=5, unique=True))
    slug = draw(IDS)
    return CourseSource(
        slug=slug,
        title=draw(TITLES),
        version=draw(st.from_regex(r"[0-9]{1,3}(?:\.[0-9]{1,3}){0,2}", fullmatch=True)),
        language=draw(TITLES),
        licence=draw(TITLES),
        instructor=draw(TITLES),
        duration=draw(TITLES),
        level=draw(st.sampled_from(["beginner", "intermediate", "advanced"])),
        tags=tuple(draw(st.lists(TITLES, max_size=3))),
        description=draw(TITLES),
        outcomes=tuple(draw(st.lists(TITLES, max_size=3))),
        prerequisites=tuple(draw(st.lists(IDS.filter(lambda each: each != slug), max_size=3, unique=True))),
        seats=draw(st.none() | st.integers(1, 999)),
        enrollment_open=draw(st.booleans()),
        lessons=tuple(
            LessonSource(
                id=each,
                title=draw(TITLES),
                minutes=draw(st.integers(1, 999)),
                required=draw(st.booleans()),
                section=draw(st.sampled_from(["One", "Two", "no", "a: b"])),
                content=draw(CONTENTS),
            )
            for each in ids
        ),
    )


def as_tree(course: CourseSource) -> Tree:
    return Tree("x", {name: text.encode() for name, text in course_files(course).items()})


@settings(max_examples=300)
@given(courses())
def test_export_and_import_change_nothing(course: CourseSource) -> None:
    assert read_course_in(as_tree(course)).course == course


@pytest.mark.parametrize("slug", SLUGS)
def test_bundled_courses_survive(slug: str) -> None:
    course = read_course(files("azora_tui") / "courses" / slug)
    assert read_course_in(as_tree(course)).course == course


@pytest.mark.parametrize("name", samples.ALL)
def test_an_imported_course_survives_with_its_questions_and_pictures(name: str) -> None:
    first = taken(name)
    again = read_course_in(as_tree(first.course))
    assert again.course == first.course
    assert (again.questions, again.images) == (first.questions, first.images)


def test_what_our_format_cannot_leave_empty_is_filled_in() -> None:
    lesson = LessonSource("one", "", 0, True, "", "Text.\n")
    course = CourseSource("x", "X", "1.0", "", "", "", "", "", (), "", (), (), None, True, (lesson,))
    made = read_course_in(as_tree(course)).course
    assert (made.language, made.licence, made.level, made.description) == ("en", "not stated", "beginner", "X")
    assert (made.lessons[0].title, made.lessons[0].minutes, made.lessons[0].section) == ("one", 1, "Lessons")


WORDS = st.text(st.sampled_from("ab ~=#{}:\\\n%é*`-.>"), min_size=1, max_size=20)


@st.composite
def quizzes(draw: st.DrawFn) -> Quiz | None:
    questions = []
    for number in range(draw(st.integers(1, 3))):
        match draw(st.sampled_from(["options", "text", "number"])):
            case "options":
                options = tuple(draw(st.lists(st.builds(Option, WORDS, st.booleans(), WORDS), min_size=1, max_size=4)))
                draft = Question(f"q{number}", QuestionKind.SINGLE, draw(WORDS), options, feedback=draw(WORDS))
            case "text":
                accepted = tuple(draw(st.lists(WORDS, min_size=1, max_size=3)))
                draft = Question(f"q{number}", QuestionKind.TEXT, draw(WORDS), accepted=accepted, hint=draw(WORDS))
            case _:
                accepted = (str(draw(st.integers(-99, 99))),)
                draft = Question(f"q{number}", QuestionKind.NUMBER, draw(WORDS), accepted=accepted, tolerance="0.5")
        try:
            made = fitted(draft)
            check_answerable(made)
            questions.append(made)
        except UnwritableError:
            continue
    return Quiz(tuple(questions)) if questions else None


@settings(max_examples=300)
@example(Quiz((Question("q", QuestionKind.SINGLE, "a", (Option("%50%b", True), Option("c", False))),)))
@example(Quiz((Question("q", QuestionKind.TEXT, "a", accepted=("->",)),)))
@example(Quiz((Question("q", QuestionKind.TEXT, "a", accepted=("p->next",)),)))
@example(Quiz((Question("q", QuestionKind.TEXT, "a", accepted=("p->next", "q->next")),)))
@given(quizzes())
def test_questions_go_out_as_gift_and_come_back(quiz: Quiz | None) -> None:
    if quiz is None:
        return
    lesson = LessonSource("one", "One", 5, True, "All", write_quiz(quiz))
    course = CourseSource("x", "X", "1.0", "en", "x", "x", "x", "beginner", (), "x", (), (), None, True, (lesson,))
    document, number = write_gift(course)
    assert number == len(quiz.questions)
    (again,) = read_course_in(Tree("x", {"x.gift": document.encode()})).course.lessons
    asked = read_quiz(again.content)
    assert asked is not None
    assert asked.questions == quiz.questions
