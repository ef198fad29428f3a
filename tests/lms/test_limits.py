"""Limits just where they are: at, one under, one over."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from azora_tui.errors import NotFoundError, RefusedError
from azora_tui.lms import activity, anchors, catalog, enrolling, home, notes, quizzes, reading, review, search, snippets
from azora_tui.lms.achievements import Activity, earned, nearest
from azora_tui.lms.credentials import issuing
from azora_tui.lms.grading import is_right, percent, unusable
from azora_tui.lms.installing import install
from azora_tui.lms.service import Lms
from azora_tui.models.accounts import Claims
from azora_tui.models.course_sources import CourseSource, LessonSource
from azora_tui.models.credentials import Shown
from azora_tui.models.enrolling import EnrollOutcome
from azora_tui.models.home import DayActivity, NextAchievement
from azora_tui.models.quizzes import MAX_ANSWER_LENGTH, Question, QuestionKind
from azora_tui.models.reviews import Rating
from tests.conftest import NOW, Clock
from tests.lms.conftest import Neighbours, take

Make = Callable[..., Claims]
AddCourse = Callable[..., int]
LessonIds = Callable[[int], dict[str, int]]
MakeCourse = Callable[..., CourseSource]

REACHED = [
    ("First lesson completed", Activity.LESSON, 1),
    ("Ten lessons completed", Activity.LESSON, 10),
    ("Fifty lessons completed", Activity.LESSON, 50),
    ("First course completed", Activity.COURSE, 1),
    ("Three courses completed", Activity.COURSE, 3),
    ("A quiz with 100 %", Activity.PERFECT_QUIZ, 1),
    ("Ten notes", Activity.NOTE, 10),
    ("A hundred questions answered", Activity.ANSWER, 100),
    ("Seven days in a row", Activity.STREAK, 7),
    ("Thirty days in a row", Activity.STREAK, 30),
    ("Thirty days of learning", Activity.DAY, 30),
    ("A hundred days of learning", Activity.DAY, 100),
]


@pytest.mark.parametrize(("title", "deed", "needed"), REACHED, ids=[title for title, _, _ in REACHED])
def test_an_achievement_is_reached_with_the_deed_of_its_number(title: str, deed: Activity, needed: int) -> None:
    for count in (needed - 1, needed, needed + 1):
        days = [date(2026, 1, 1) + timedelta(days=number) for number in range(count)]
        found = {each.title: each.day for each in earned({**{each: [] for each in Activity}, deed: days})}
        assert found.get(title) == (days[needed - 1] if count >= needed else None)


def test_what_is_next_is_never_told_as_reached() -> None:
    nothing: dict[Activity, list[date]] = {each: [] for each in Activity}
    for streak, done in ((5, 5), (6, 6), (7, 6)):
        assert nearest({**nothing, Activity.STREAK: [NOW.date()] * 6}, streak=streak) == NextAchievement(
            "Seven days in a row", done, 7
        )


# Days


@pytest.mark.parametrize(
    ("minutes", "level"), [(0, 1), (1, 1), (14, 1), (15, 2), (29, 2), (30, 3), (59, 3), (60, 4), (600, 4)]
)
def test_the_minutes_from_which_a_day_has_a_level(minutes: int, level: int) -> None:
    assert activity.level(DayActivity(days=1, minutes=minutes)) == level


def test_a_day_without_learning_has_no_level() -> None:
    assert activity.level(DayActivity(minutes=99)) == 0


def test_a_year_of_weeks_ends_with_this_one() -> None:
    today = date(2026, 11, 22)  # a Sunday
    assert activity.first_day(today) == date(2025, 11, 17) + timedelta(weeks=1) - timedelta(weeks=1)
    assert activity.first_day(today, 1) == date(2026, 11, 16)
    assert activity.first_day(today + timedelta(days=1), 1) == date(2026, 11, 23)


def test_a_week_is_monday_to_sunday_and_a_month_begins_with_its_first() -> None:
    days = {date(2026, 11, 15) + timedelta(days=number): DayActivity(1, 10**number, 0) for number in range(9)}
    week = activity.week_of(days, date(2026, 11, 22))
    assert (week.days, week.minutes) == (7, 11_111_110)
    assert [each.minutes for each in activity.last_weeks(days, date(2026, 11, 23), 3)] == [1, 11_111_110, 10**8]
    today = date(2026, 11, 22)
    edges = {activity.first_day(today) - timedelta(days=1), activity.first_day(today), today, today + timedelta(days=1)}
    found = activity.months({day: DayActivity(days=1) for day in edges}, today)
    assert found == {date(2025, 11, 1): DayActivity(days=1), date(2026, 11, 1): DayActivity(days=1)}


@pytest.mark.parametrize(("gap", "current"), [(0, 2), (1, 2), (2, 0)])
def test_a_streak_ends_with_the_first_day_that_was_missed(gap: int, current: int) -> None:
    days = [date(2026, 11, 2), date(2026, 11, 3)]
    found = activity.streak(days, set(), days[-1] + timedelta(days=gap))
    assert (found.current, found.longest) == (current, 2)


@pytest.mark.parametrize("days_between", [6, 7, 8, 15])
def test_a_streak_outlasts_any_number_of_rest_days_and_not_one_more(days_between: int) -> None:
    first = date(2026, 11, 2)
    second = first + timedelta(days=days_between)
    rest = {(first + timedelta(days=number)).weekday() for number in range(1, days_between)}
    rest -= {first.weekday(), second.weekday()}
    found = activity.streak([first, second], rest, second)
    missed = any((first + timedelta(days=each)).weekday() not in rest for each in range(1, days_between))
    assert found.current == (1 if missed else 2)


def test_a_day_that_has_yet_to_come_counts_in_no_streak() -> None:
    today = date(2026, 11, 22)
    assert activity.streak([today, today + timedelta(days=1)], set(), today).longest == 1


# Home


def test_home_lists_five_courses_and_counts_them_all(
    lms: Lms, claims: Make, clock: Clock, add_course: AddCourse
) -> None:
    for slug in "abcdef":
        clock.advance(minutes=1)
        enrolling.enroll(lms, claims(), add_course(slug))
        page = home.page(lms, claims())
    assert page.go_on is not None
    assert [page.go_on.title, *(each.title for each in page.others)] == list("FEDCB")
    assert page.under_way == 6


def test_a_day_has_what_was_done_from_midnight_to_midnight(
    lms: Lms, claims: Make, clock: Clock, add_course: AddCourse, lesson_ids: LessonIds
) -> None:
    course = add_course()
    enrolling.enroll(lms, claims(), course)
    ids = lesson_ids(course)
    for moment, word in (
        (datetime(2026, 11, 22, 23, 59, 59, tzinfo=UTC), "one"),
        (datetime(2026, 11, 23, 0, 0, 0, tzinfo=UTC), "two"),
    ):
        clock.moment = moment
        reading.complete_lesson(lms, claims(), ids[word], minutes=5)
    page = home.page(lms, claims())
    assert dict(page.days) == {
        date(2026, 11, 22): DayActivity(1, 5, 1),
        date(2026, 11, 23): DayActivity(1, 5, 1),
    }
    assert page.today == date(2026, 11, 23)


@pytest.mark.parametrize("weekdays", [{0}, {6}, set(range(7)), set()])
def test_every_weekday_can_be_a_rest_day(lms: Lms, claims: Make, weekdays: set[int]) -> None:
    home.choose_rest_days(lms, claims(), weekdays)
    assert home.page(lms, claims()).rest_days == weekdays
    for wrong in ({-1}, {7}, {0, 7}):
        with pytest.raises(RefusedError):
            home.choose_rest_days(lms, claims(), wrong)
    assert home.page(lms, claims()).rest_days == weekdays


# Quizzes

FOUR = (
    "::: {{.quiz {0}}}\n\n"
    + "".join(f"Is it {n}? {{{{#q{n}}}}}\n\n- [x] yes\n- [ ] no\n\n" for n in range(4))
    + ":::\n"
)


@pytest.fixture
def quiz(lms: Lms, claims: Make, make_course: MakeCourse, lesson_ids: LessonIds) -> Callable[[str], int]:
    """`quiz("pass=75")`: a lesson with a quiz of four questions; learner 1 is in its course."""

    def publish(attributes: str) -> int:
        lesson = LessonSource("one", "One", 5, True, "All", FOUR.format(attributes))
        with lms.database.write() as transaction:
            course = install(lms, transaction, replace(make_course(), lessons=(lesson,)))
        enrolling.enroll(lms, claims(), course)
        return lesson_ids(course)["one"]

    return publish


@pytest.mark.parametrize(
    ("mark", "right", "passed"),
    [(75, 2, False), (75, 3, True), (76, 3, False), (74, 3, True), (100, 4, True), (0, 0, True)],
)
def test_a_quiz_is_passed_from_its_mark_on(
    lms: Lms, claims: Make, quiz: Callable[[str], int], mark: int, right: int, passed: bool
) -> None:
    lesson = quiz(f"pass={mark}")
    attempt = quizzes.start(lms, claims(), lesson).latest
    assert attempt is not None
    for number, question in enumerate(attempt.questions):
        quizzes.answer(lms, claims(), attempt.id, question.id, (0,) if number < right else (1,))
    result = quizzes.finish(lms, claims(), attempt.id)
    assert (result.completion is not None) == passed
    assert result.page.standing.passed == passed
    assert result.page.standing.best == right * 25
    assert reading.lesson_page(lms, claims(), lesson).lesson.completed == passed


def test_the_last_attempt_that_is_allowed_can_be_begun_and_no_other(
    lms: Lms, claims: Make, quiz: Callable[[str], int]
) -> None:
    lesson = quiz("attempts=2")
    for left in (1, 0):
        assert quizzes.start(lms, claims(), lesson).attempts_left == left
        assert quizzes.start(lms, claims(), lesson).attempts_left == left, "going on takes none"
        take(lms, claims(), lesson, False, False, False, False)
    with pytest.raises(RefusedError) as refused:
        quizzes.start(lms, claims(), lesson)
    assert "2 attempts" in str(refused.value)
    enrolling.enroll(lms, claims(2), quizzes.page(lms, claims(), lesson).course_id)  # type: ignore[union-attr]
    assert quizzes.start(lms, claims(2), lesson).attempts_left == 1


def test_an_attempt_with_one_question_open_is_not_finished(lms: Lms, claims: Make, quiz: Callable[[str], int]) -> None:
    lesson = quiz("")
    attempt = take(lms, claims(), lesson, True, True, True)
    with pytest.raises(RefusedError) as refused:
        quizzes.finish(lms, claims(), attempt.id)
    assert "1 of 4" in str(refused.value)


@pytest.mark.parametrize(("right", "questions", "expected"), [(0, 0, 0), (2, 3, 66), (199, 200, 99), (3, 3, 100)])
def test_a_score_is_rounded_down(right: int, questions: int, expected: int) -> None:
    assert percent(right, questions) == expected


def test_a_written_answer_has_its_length() -> None:
    question = Question("q", QuestionKind.TEXT, "?", accepted=("x" * MAX_ANSWER_LENGTH,))
    assert is_right(question, "x" * MAX_ANSWER_LENGTH)
    longer = Question("q", QuestionKind.TEXT, "?", accepted=("x" * (MAX_ANSWER_LENGTH + 1),))
    assert unusable(longer, longer.accepted[0])
    assert not is_right(longer, longer.accepted[0]), "what cannot be graded is never right"


@pytest.mark.parametrize(
    ("given", "right"), [("21", True), ("21.5", True), ("20.5", True), ("21.51", False), ("20.49", False)]
)
def test_a_number_is_right_up_to_its_tolerance(given: str, right: bool) -> None:
    assert is_right(Question("q", QuestionKind.NUMBER, "?", accepted=("21",), tolerance="0.5"), given) == right


# Reading


@pytest.mark.parametrize(("told", "kept"), [(-1, 0), (0, 0), (1, 1), (1440, 1440), (1441, 1440)])
def test_minutes_are_at_most_those_of_a_day(
    lms: Lms, claims: Make, add_course: AddCourse, lesson_ids: LessonIds, told: int, kept: int
) -> None:
    course = add_course()
    enrolling.enroll(lms, claims(), course)
    one = lesson_ids(course)["one"]
    assert reading.complete_lesson(lms, claims(), one, minutes=told).lesson.time_spent_minutes == kept
    reading.keep_place(lms, claims(), one, None, minutes=told)
    assert reading.lesson_page(lms, claims(), one).lesson.time_spent_minutes == 2 * kept
    assert sum(day.minutes for day in home.page(lms, claims()).days.values()) == 2 * kept


def test_the_lesson_after_this_one_is_the_next_that_is_open(
    lms: Lms, claims: Make, add_course: AddCourse, lesson_ids: LessonIds
) -> None:
    course = add_course(lessons="one two three")
    enrolling.enroll(lms, claims(), course)
    ids = lesson_ids(course)
    for word, following in (("two", "three"), ("three", "one"), ("one", None)):
        found = reading.complete_lesson(lms, claims(), ids[word]).next
        assert (found.slug if found else None) == following


def test_a_seat_is_free_until_the_last_is_taken(lms: Lms, claims: Make, add_course: AddCourse) -> None:
    course = add_course(seats=2)
    outcomes = [enrolling.enroll(lms, claims(user), course).outcome for user in (1, 2, 3)]
    assert outcomes == [EnrollOutcome.ENROLLED, EnrollOutcome.ENROLLED, EnrollOutcome.FULL]


def test_my_courses_are_at_most_as_many_as_asked_for(
    lms: Lms, claims: Make, clock: Clock, add_course: AddCourse
) -> None:
    for slug in "abc":
        clock.advance(minutes=1)
        enrolling.enroll(lms, claims(), add_course(slug))
    assert [each.title for each in enrolling.my_courses(lms, claims(), limit=2)] == ["C", "B"]


# Reviews


@pytest.fixture
def cards(lms: Lms, claims: Make, make_course: MakeCourse, lesson_ids: LessonIds) -> int:
    """A course with twelve cards, whose one lesson learner 1 has completed."""
    card = "::: {{.card #c{0}}}\n::: front\nF\n:::\n::: back\nB\n:::\n:::\n"
    lesson = LessonSource("one", "One", 5, True, "All", "".join(card.format(number) for number in range(12)))
    with lms.database.write() as transaction:
        course = install(lms, transaction, replace(make_course(), lessons=(lesson,)))
    enrolling.enroll(lms, claims(), course)
    reading.complete_lesson(lms, claims(), lesson_ids(course)["one"])
    return course


def test_a_session_has_ten_cards_and_five_of_them_new(lms: Lms, claims: Make, clock: Clock, cards: int) -> None:
    kinds = []
    for _ in range(4):
        session = review.session(lms, claims())
        kinds.append([card.state is None for card in session.cards])
        for card in session.cards:
            if card.state is None:
                review.rate(lms, claims(), card, Rating.AGAIN)
        clock.advance(hours=1)
    assert kinds == [[True] * 5, [False] * 5 + [True] * 5, [False] * 10, [False] * 10]
    assert review.due_counts(lms, claims()).due == 10
    assert review.due_counts(lms, claims()).new == 2


def test_a_card_is_due_from_its_second_on(lms: Lms, claims: Make, clock: Clock, cards: int) -> None:
    rated = review.rate(lms, claims(), review.session(lms, claims()).cards[0], Rating.GOOD)
    for early in (True, False):
        clock.moment = rated.due - timedelta(seconds=early)
        assert review.due_counts(lms, claims()).due == (0 if early else 1)
        session = review.session(lms, claims())
        assert (session.next_due == rated.due) == early
        assert [card.id for card in session.cards if card.state] == ([] if early else [rated.card])


def test_the_forecast_is_of_fourteen_days(lms: Lms, claims: Make, clock: Clock, cards: int) -> None:
    start = clock.moment.replace(hour=0)
    due = []
    for card in review.session(lms, claims()).cards:
        due.append(review.rate(lms, claims(), card, Rating.EASY).due)
    last = max(due)
    for back, seen in ((13, 5), (14, 0)):
        clock.moment = start.replace(day=1, month=1, year=2026) + (last - last.replace(month=1, day=1, year=2026))
        clock.moment = last.replace(hour=23, minute=59, second=59) - timedelta(days=back)
        forecast = review.session(lms, claims()).forecast
        assert len(forecast) == 14
        assert forecast[0].day == clock.moment.date()
        assert sum(day.count for day in forecast) == seen
        assert forecast[-1].count == seen


# Notes


def test_a_note_has_its_length_after_it_was_trimmed(
    lms: Lms, claims: Make, add_course: AddCourse, lesson_ids: LessonIds
) -> None:
    course = add_course()
    enrolling.enroll(lms, claims(), course)
    one = lesson_ids(course)["one"]
    longest = "x" * notes.MAX_TEXT_LENGTH
    note = notes.write(lms, claims(), one, digest=1, quote="q" * 5_000, position="{}", text=f" {longest}\n")
    assert (note.text, note.quote) == (longest, "q" * 4_000)
    with pytest.raises(RefusedError):
        notes.change(lms, claims(), note.id, text=longest + "x")
    assert notes.mine(lms, claims()) == (note,)


# Anchors

TEXT = "Same.\n\nOther words stand here.\n\nSame.\n\nAnd others.\n\nSame.\n"


@pytest.mark.parametrize(
    ("line", "expected"), [(0, 0), (1, 0), (3, 2), (4, 2), (5, 2), (7, 4), (99, 4), ("x", 0), (None, 0)]
)
def test_of_paragraphs_that_are_equal_it_is_the_nearest(line: object, expected: int) -> None:
    paragraphs = anchors.paragraphs_of(TEXT)
    position = f'{{"line": {line}}}' if isinstance(line, int) else "nonsense" if line else '{"line": null}'
    found = anchors.reanchor(paragraphs, digest=paragraphs[0].digest, quote="Same.", position=position)
    assert found == expected


def test_a_paragraph_that_is_half_another_is_no_longer_it() -> None:
    paragraphs = anchors.paragraphs_of("a b c x y\n\na b c d x\n")
    assert anchors.reanchor(paragraphs, digest=-1, quote="a b c d e", position="{}") == 1
    assert anchors.reanchor(paragraphs[:1], digest=-1, quote="a b c d e", position="{}") == 0, "three words of five"
    assert anchors.reanchor(paragraphs[:1], digest=-1, quote="a b v d e", position="{}") is None


def test_of_two_that_are_as_much_alike_it_is_the_first() -> None:
    paragraphs = anchors.paragraphs_of("a b c d x\n\na b c d y\n")
    assert anchors.reanchor(paragraphs, digest=-1, quote="a b c d e", position="{}") == 0


# Numbers


@pytest.mark.parametrize("number", [-1, 0, 2**63 - 1, 2**63, 2**80])
def test_a_number_that_nothing_has_is_not_found(neighbours: Neighbours, claims: Make, number: int) -> None:
    lms, who = neighbours.lms, claims()
    for call in (
        lambda: reading.open_lesson(lms, who, number),
        lambda: quizzes.page(lms, who, number),
        lambda: quizzes.finish(lms, who, number),
        lambda: enrolling.enroll(lms, who, number),
        lambda: catalog.detail(lms, who, number),
        lambda: issuing.show_as(lms, who, number, Shown()),
        lambda: issuing.find(lms, who, str(number)),
    ):
        with pytest.raises(NotFoundError):
            call()


# The catalog and the search


def test_a_filter_has_eight_words_of_four_hundred_characters(lms: Lms, claims: Make, add_course: AddCourse) -> None:
    add_course(title="one two three four five six seven eight")
    words = "one two three four five six seven eight"
    assert catalog.count(lms, claims(), query=words).matching == 1
    assert catalog.count(lms, claims(), query=f"{words} nine").matching == 1, "the ninth is not looked for"
    assert catalog.count(lms, claims(), query="one two three four five six seven nine").matching == 0
    assert catalog.count(lms, claims(), query=f"{'one ' * 7}{' ' * 360}{'x' * 20}").matching == 0
    assert catalog.count(lms, claims(), query=f"one{' ' * 397}nine").matching == 1


def test_a_catalog_is_read_page_by_page(lms: Lms, claims: Make, add_course: AddCourse) -> None:
    for slug in "abcde":
        add_course(slug)
    pages = [catalog.page(lms, claims(), offset=offset, limit=2) for offset in (0, 2, 4, 6)]
    assert [[each.title for each in page.courses] for page in pages] == [["A", "B"], ["C", "D"], ["E"], []]
    assert [page.offset for page in pages] == [0, 2, 4, 6]


@pytest.mark.parametrize("word", ["0", "-1", "9" * 18, "9" * 19, "9" * 40, "²", "1.0", ""])
def test_a_number_that_no_course_has_is_no_course(lms: Lms, claims: Make, add_course: AddCourse, word: str) -> None:
    add_course()
    assert catalog.find(lms, claims(), "1") == catalog.find(lms, claims(), "ubuntu") == 1
    with pytest.raises(NotFoundError):
        catalog.find(lms, claims(), word)


def test_a_search_tells_of_three_notes_and_fifty_others(
    lms: Lms, claims: Make, make_course: MakeCourse, lesson_ids: LessonIds
) -> None:
    def publish(count: int) -> int:
        lessons = tuple(LessonSource(f"l{n}", f"Part {n}", 5, True, "All", "A basket.\n") for n in range(count))
        with lms.database.write() as transaction:
            return install(lms, transaction, replace(make_course(), lessons=lessons))

    course = publish(49)
    enrolling.enroll(lms, claims(), course)
    for number in range(4):
        notes.write(
            lms, claims(), lesson_ids(course)["l0"], digest=number, quote="q", position="{}", text=f"basket {number}"
        )
    found = search.find(lms, claims(), "basket")
    assert (len(found.hits), found.more) == (3 + 49, False)
    publish(51)
    found = search.find(lms, claims(), "basket")
    assert (len(found.hits), found.more) == (3 + 50, True)


def test_a_query_has_eight_words(lms: Lms, claims: Make, add_course: AddCourse) -> None:
    add_course(title="one two three four five six seven eight")
    words = "one two three four five six seven"
    assert search.find(lms, claims(), f"{words} eight nine").hits
    assert not search.find(lms, claims(), f"{words} nine").hits
    assert not search.find(lms, claims(), "one" + " " * 390 + "seven nine").hits
    assert search.find(lms, claims(), "one" + " " * 397 + "nine").hits


def test_a_place_is_within_its_lesson(lms: Lms, claims: Make, add_course: AddCourse, lesson_ids: LessonIds) -> None:
    one = lesson_ids(add_course())["one"]
    assert search.place(lms, claims(), one, 0)
    assert search.place(lms, claims(), one, 1) is None
    assert search.place(lms, claims(), one, -1) is None


def test_a_snippet_is_cut_at_its_length_and_begins_before_its_mark() -> None:
    text = "word " * 100
    whole = snippets.snippet(text[:200], ())
    assert whole.text == text[:200]
    cut = snippets.snippet(text[:201], ())
    assert cut.text.endswith(" …")
    assert len(cut.text) <= snippets.MAX_LENGTH + 2
    for at in (45, 50):
        found = snippets.snippet(text, ((at, at + 4),))
        assert found.text.startswith("… ") == (at + 4 > 50)
        [(start, end)] = found.marks
        assert found.text[start:end] == "word"
