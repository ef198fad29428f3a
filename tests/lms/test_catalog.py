"""Finding courses: words, states, orders, pages, and who may see what."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from azora_tui.errors import NotFoundError
from azora_tui.lms import catalog, enrolling, reading
from azora_tui.lms.service import Lms
from azora_tui.models.accounts import Claims
from azora_tui.models.courses import CatalogCount, CatalogFilter, CatalogSort
from azora_tui.models.enrollments import EnrollmentStatus
from azora_tui.text import clean, fold
from tests.engine import sqlite

Make = Callable[..., Claims]
AddCourse = Callable[..., int]
LessonIds = Callable[[int], dict[str, int]]


@pytest.fixture
def find(lms: Lms, claims: Make) -> Callable[..., list[str]]:
    """`find("words", …)`: the titles on the page; `count` has to agree with it each time."""

    def titles(query: str = "", **options: Any) -> list[str]:
        found = [each.title for each in catalog.page(lms, claims(), query=query, **options).courses]
        counted = catalog.count(lms, claims(), query=query, state=options.get("state", CatalogFilter.ALL))
        if not options.keys() & {"limit", "offset"}:
            assert counted.matching == len(found)
        return found

    return titles


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Café Économie", "Ubuntu Philosophy"]),
        ("ubuntu", ["Ubuntu Philosophy"]),
        ("PHILOSOPHY ubuntu", ["Ubuntu Philosophy"]),
        ("phil bunt", ["Ubuntu Philosophy"]),
        ("ubuntu cafe", []),
        ("cafe", ["Café Économie"]),
        ("CAFÉ", ["Café Économie"]),
        ("cafe\u0301 economie", ["Café Économie"]),
        ("ＣＡＦＥ", ["Café Économie"]),
        ("elara beginner", ["Ubuntu Philosophy"]),
        ("Straße", ["Café Économie"]),
        ("STRASSE", ["Café Économie"]),
        ("  ubuntu\t\n", ["Ubuntu Philosophy"]),
        ("description", []),
    ],
)
def test_every_word_is_found_in_any_order_whatever_its_case_and_accents(
    find: Callable[..., list[str]], add_course: AddCourse, query: str, expected: list[str]
) -> None:
    add_course("a", title="Ubuntu Philosophy", description="A description.")
    add_course("b", title="Café Économie", instructor="Zoë", level="advanced", tags=("straße",))
    assert find(query) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("%", ["100% of it"]),
        ("_", ["snake_case"]),
        ("\\", ["back\\slash"]),
        ("0%", ["100% of it"]),
        ("%of", []),
        ("snakeXcase", []),
        ("e_c", ["snake_case"]),
        ("k\\s", ["back\\slash"]),
        ("\\%", []),
        ("'", ["Robert'); DROP TABLE courses;--"]),
        ("drop table courses", ["Robert'); DROP TABLE courses;--"]),
        ('"', []),
        ("*", []),
        ("?", []),
        (":word0", []),
    ],
)
def test_signs_of_the_database_are_only_letters(
    find: Callable[..., list[str]], add_course: AddCourse, query: str, expected: list[str]
) -> None:
    for slug, title in enumerate(
        ["100% of it", "snake_case", "back\\slash", "Robert'); DROP TABLE courses;--", "plain"]
    ):
        add_course(str(slug), title=title)
    assert find(query) == expected


@pytest.mark.parametrize(
    "query",
    ["\x00", "\ud800", "ubuntu\udcff", "x" * 100_000, "x " * 50_000, "\ufdfa" * 9000],
    ids=["null", "surrogate", "bytes", "long word", "many words", "long ligatures"],
)
def test_no_query_is_too_strange(find: Callable[..., list[str]], add_course: AddCourse, query: str) -> None:
    add_course("ubuntu")
    assert find(query) in ([], ["Ubuntu"])


@given(st.text(max_size=60))
@settings(max_examples=50)
def test_every_word_of_a_title_finds_it(title: str) -> None:
    searched = fold(clean(title, keep_newlines=False))
    assert all(word in searched for word in catalog._words(title))


@pytest.mark.parametrize(
    "title",
    ["[/x] [@click=app.quit]hit[/]", "', (SELECT password)", "\\", "名前 🧑‍🏫", "a" * 5000, ":title", "-- x"],
    ids=range(7),
)
def test_a_hostile_title_stays_a_title(
    lms: Lms, claims: Make, find: Callable[..., list[str]], add_course: AddCourse, title: str
) -> None:
    course = add_course("hostile", title=title, tags=(title,), outcomes=(title, "[]"), instructor=title)
    assert find() == [title]
    assert find(title[:20]) == [title]
    found = catalog.detail(lms, claims(), course).course
    assert (found.title, found.tags, found.outcomes) == (title, (title,), (title, "[]"))


def test_unpublished_courses_are_not_listed(
    lms: Lms, claims: Make, find: Callable[..., list[str]], add_course: AddCourse
) -> None:
    add_course("seen")
    hidden = add_course("hidden")
    with lms.database.write() as connection:
        sqlite(connection).execute("UPDATE courses SET is_published = 0 WHERE id = ?", (hidden,))
    assert find() == find("") == ["Seen"]
    assert find("hidden") == []
    assert catalog.count(lms, claims()) == CatalogCount(1, 1)


def test_titles_sort_as_people_read_them(find: Callable[..., list[str]], add_course: AddCourse) -> None:
    for slug, title in enumerate(["zebra", "Éclair", "apple", "Banana", "eclipse"]):
        add_course(str(slug), title=title)
    assert find() == ["apple", "Banana", "Éclair", "eclipse", "zebra"]


def test_newest_come_first_and_an_update_makes_nothing_new(
    find: Callable[..., list[str]], add_course: AddCourse, clock: Any
) -> None:
    for slug in ("old", "middle"):
        add_course(slug)
        clock.advance(days=1)
    add_course("twin-a")
    add_course("twin-b")
    clock.advance(days=1)
    add_course("old", version="2.0")
    assert find(sort=CatalogSort.NEWEST) == ["Twin-B", "Twin-A", "Middle", "Old"]


def test_the_most_popular_come_first_and_equals_by_title(
    lms: Lms, claims: Make, find: Callable[..., list[str]], add_course: AddCourse
) -> None:
    ids = {slug: add_course(slug) for slug in ("d", "c", "b", "a")}
    for learner, slug in ((1, "c"), (2, "c"), (1, "b")):
        enrolling.enroll(lms, claims(learner), ids[slug])
    assert find(sort=CatalogSort.POPULARITY) == ["C", "B", "A", "D"]


@pytest.mark.parametrize("sort", CatalogSort)
@pytest.mark.parametrize("limit", [1, 3, 7, 100])
def test_pages_hold_every_course_exactly_once_in_one_order(
    lms: Lms,
    claims: Make,
    find: Callable[..., list[str]],
    add_course: AddCourse,
    sort: CatalogSort,
    limit: int,
) -> None:
    for number in range(20):
        add_course(f"c{number}", title=f"Same {number % 3}")  # many equals, so that only the id decides
    seen: list[int] = []
    while rows := catalog.page(lms, claims(), sort=sort, offset=len(seen), limit=limit).courses:
        seen += [each.id for each in rows]
    assert seen == [each.id for each in catalog.page(lms, claims(), sort=sort).courses]
    assert sorted(seen) == list(range(1, 21))


def test_a_page_tells_where_it_begins(lms: Lms, claims: Make, add_course: AddCourse) -> None:
    add_course("one")
    assert catalog.page(lms, claims(), offset=5).offset == 5
    assert catalog.page(lms, claims(), offset=5).courses == ()


@pytest.fixture
def in_each_state(lms: Lms, claims: Make, add_course: AddCourse, lesson_ids: LessonIds) -> None:
    """Courses New, Left, Begun, Done for learner 1; learner 2 did all the opposite."""
    ids = {slug: add_course(slug, lessons="one two") for slug in ("new", "left", "begun", "done")}
    for slug in ("left", "begun", "done"):
        enrolling.enroll(lms, claims(1), ids[slug])
        reading.complete_lesson(lms, claims(1), lesson_ids(ids[slug])["one"])
    reading.complete_lesson(lms, claims(1), lesson_ids(ids["done"])["two"])
    enrolling.leave(lms, claims(1), ids["left"])
    enrolling.enroll(lms, claims(2), ids["new"])


@pytest.mark.usefixtures("in_each_state")
@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (CatalogFilter.ALL, ["Begun", "Done", "Left", "New"]),
        (CatalogFilter.NEW, ["Left", "New"]),
        (CatalogFilter.UNDER_WAY, ["Begun"]),
        (CatalogFilter.COMPLETED, ["Done"]),
    ],
)
def test_the_catalog_is_filtered_by_my_own_state(
    lms: Lms, claims: Make, find: Callable[..., list[str]], state: CatalogFilter, expected: list[str]
) -> None:
    assert find(state=state) == expected
    assert catalog.count(lms, claims(), state=state) == CatalogCount(len(expected), 4)
    assert find("e", state=state) == [title for title in expected if "e" in title.lower()]
    assert catalog.count(lms, claims(3), state=CatalogFilter.NEW) == CatalogCount(4, 4)


@pytest.mark.usefixtures("in_each_state")
def test_each_row_has_my_state_and_progress(lms: Lms, claims: Make) -> None:
    rows = {each.title: (each.status, each.progress) for each in catalog.page(lms, claims()).courses}
    assert rows == {
        "New": (None, None),
        "Left": (EnrollmentStatus.LEFT, 50),
        "Begun": (EnrollmentStatus.ACTIVE, 50),
        "Done": (EnrollmentStatus.COMPLETED, 100),
    }


def test_a_row_has_what_the_course_says_and_its_counts(lms: Lms, claims: Make, add_course: AddCourse) -> None:
    course = add_course("ubuntu", lessons="a b c", optional="c", level="advanced")
    enrolling.enroll(lms, claims(2), course)
    add_course("ubuntu", lessons="a c", optional="c", level="advanced")
    (row,) = catalog.page(lms, claims()).courses
    assert (row.id, row.title, row.description, row.instructor) == (
        course,
        "Ubuntu",
        "About ubuntu.",
        "Elara",
    )
    assert (row.duration, row.level, row.lesson_count, row.students) == ("4 weeks", "advanced", 2, 1)


# A course's own page


def test_a_courses_page_has_everything(
    lms: Lms, claims: Make, add_course: AddCourse, lesson_ids: LessonIds, clock: Any
) -> None:
    basics = add_course("basics", title="The Basics", lessons="one")
    course = add_course(
        "next",
        prerequisites=("elsewhere", "basics"),
        seats=3,
        tags=("x", "y"),
        outcomes=("Know.",),
        lessons="b a",
    )
    enrolling.enroll(lms, claims(), basics)
    reading.complete_lesson(lms, claims(), lesson_ids(basics)["one"])
    detail = catalog.detail(lms, claims(), course)
    assert (detail.course.slug, detail.course.seats, detail.course.lesson_count) == ("next", 3, 2)
    assert (detail.course.tags, detail.course.outcomes) == (("x", "y"), ("Know.",))
    assert detail.course.created_at == clock()
    assert [(each.slug, each.order_index, each.section, each.minutes) for each in detail.lessons] == [
        ("b", 1, "All", 10),
        ("a", 2, "All", 10),
    ]
    assert [(each.slug, each.title, each.completed) for each in detail.prerequisites] == [
        ("basics", "The Basics", True),
        ("elsewhere", None, False),
    ]
    assert detail.enrollment is None
    assert not detail.enrolled


def test_an_unpublished_course_is_shown_only_to_who_has_been_in_it(
    lms: Lms, claims: Make, add_course: AddCourse
) -> None:
    course = add_course("ubuntu")
    for learner in (1, 2):
        enrolling.enroll(lms, claims(learner), course)
    enrolling.leave(lms, claims(2), course)
    with lms.database.write() as connection:
        connection.execute("UPDATE courses SET is_published = 0")
    for learner in (1, 2):
        assert catalog.detail(lms, claims(learner), course).course.id == course
        assert catalog.find(lms, claims(learner), "ubuntu") == course
    for ask in (catalog.detail, catalog.lesson_contents):
        with pytest.raises(NotFoundError):
            ask(lms, claims(3), course)
    with pytest.raises(NotFoundError):
        catalog.find(lms, claims(3), "ubuntu")


def test_a_course_is_meant_by_its_number_or_its_slug_and_the_number_goes_first(
    lms: Lms, claims: Make, add_course: AddCourse
) -> None:
    one, two = add_course("ubuntu"), add_course("1")
    assert catalog.find(lms, claims(), "ubuntu") == catalog.find(lms, claims(), str(one)) == one
    assert catalog.find(lms, claims(), str(two)) == two
    for word in ("", "3", "Ubuntu ", "-1", "²", "1.0", "9" * 400, "\udcff", "\x00"):
        with pytest.raises(NotFoundError):
            catalog.find(lms, claims(), word)


def test_the_texts_of_a_course_come_in_its_order_without_those_out_of_view(
    lms: Lms, claims: Make, add_course: AddCourse, lesson_ids: LessonIds
) -> None:
    course = add_course(lessons="one two three")
    add_course(lessons="three one")
    ids = lesson_ids(course)
    contents = catalog.lesson_contents(lms, claims(), course)
    assert [each[:2] for each in contents] == [
        (ids["three"], "Text of three.\n"),
        (ids["one"], "Text of one.\n"),
    ]
