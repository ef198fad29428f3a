"""Whoever asks is answered with their own, of the course and the lesson that was asked for: with others beside them."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from azora_tui.data import adoption
from azora_tui.lms import catalog, enrolling, home, notes, progress, quizzes, reading, review, search
from azora_tui.lms.credentials import badge, documents, issuing
from azora_tui.models.accounts import Claims
from azora_tui.models.enrollments import EnrollmentStatus
from azora_tui.models.quizzes import Question
from azora_tui.models.reviews import CardId, CardKind, Flashcard, Rating
from azora_tui.models.search import HitKind
from tests.lms.conftest import HALF, WHOLE, Neighbours, take

ClaimsOf = Callable[..., Claims]
BOTH = pytest.mark.parametrize("user", [1, 2])
SLUGS = pytest.mark.parametrize("slug", ["ants", "bees"])


@BOTH
@SLUGS
def test_a_course_has_its_own_lessons_in_their_order(
    neighbours: Neighbours, claims: ClaimsOf, user: int, slug: str
) -> None:
    _, contents = catalog.detail_with_contents(neighbours.lms, claims(user), neighbours.courses[slug])
    words = ("one", "two", "three")
    assert [id_ for id_, _, _ in contents] == [neighbours.lessons[f"{word} of {slug}"] for word in words]
    assert all(f"of {word} in {slug}." in text for word, (_, text, _) in zip(words, contents, strict=True))
    states = catalog.detail(neighbours.lms, claims(user), neighbours.courses[slug]).lessons
    assert [state.slug for state in states] == list(words)
    done = {"one", "two"} if slug == WHOLE[user] else {"one"}
    assert {state.slug for state in states if state.completed} == done
    assert {state.slug: state.time_spent_minutes for state in states} == {
        word: neighbours.minutes.get((user, f"{word} of {slug}"), 0) for word in words
    }
    assert {state.slug for state in states if state.opened_at} == {*done, "three"}


@BOTH
def test_a_place_is_that_of_one_learner_in_one_lesson(neighbours: Neighbours, claims: ClaimsOf, user: int) -> None:
    for lesson, id_ in neighbours.lessons.items():
        page = reading.lesson_page(neighbours.lms, claims(user), id_)
        assert page.position == neighbours.places.get((user, lesson))
        assert page.lesson.id == id_


@BOTH
def test_progress_counts_the_work_of_one_enrollment(neighbours: Neighbours, claims: ClaimsOf, user: int) -> None:
    for slug, course in neighbours.courses.items():
        found = progress.progress(neighbours.lms, claims(user), course)
        enrollment, done = found.enrollment, found.done
        completed = 2 if slug == WHOLE[user] else 1
        assert (done.completed, done.required, done.percent) == (completed, 2, 50 * completed)
        assert (enrollment.user_id, enrollment.course_id, enrollment.progress) == (user, course, 50 * completed)
        assert (enrollment.completed_at is not None) == (slug == WHOLE[user])


@BOTH
def test_my_courses_are_mine(neighbours: Neighbours, claims: ClaimsOf, user: int) -> None:
    whole, half = enrolling.my_courses(neighbours.lms, claims(user))
    assert (whole.title, half.title) == (WHOLE[user].title(), HALF[user].title())
    assert (whole.completed_lessons, half.completed_lessons) == (2, 1)
    assert (whole.progress, half.progress) == (100, 50)
    assert whole.next_lesson_id == neighbours.lessons[f"three of {WHOLE[user]}"]
    assert half.next_lesson_id == neighbours.lessons[f"three of {HALF[user]}"], "it was the last to be opened"
    assert enrolling.my_learning(neighbours.lms, claims(user))[1] == {
        EnrollmentStatus.ACTIVE: 1,
        EnrollmentStatus.COMPLETED: 1,
    }
    listed = catalog.page(neighbours.lms, claims(user)).courses
    assert [(each.title, each.progress) for each in listed] == sorted([(whole.title, 100), (half.title, 50)])


@BOTH
def test_home_is_one_learner_s(neighbours: Neighbours, claims: ClaimsOf, user: int) -> None:
    page = home.page(neighbours.lms, claims(user))
    assert sum(day.minutes for day in page.days.values()) == sum(
        spent for (who, _), spent in neighbours.minutes.items() if who == user
    )
    assert sum(day.lessons for day in page.days.values()) == 3
    assert page.rest_days == {user}
    assert (page.under_way, len(page.others)) == (1, 0)
    assert page.go_on is not None
    assert page.go_on.enrollment.course_id == neighbours.courses[HALF[user]]
    titles = {each.title for each in page.achievements}
    perfect = {"A quiz with 100 %"} if user == 1 else set()
    assert titles == {"First lesson completed", "First course completed"} | perfect
    assert page.next_achievement is not None
    assert page.next_achievement.done <= 5


@BOTH
def test_attempts_are_those_of_one_learner_at_one_lesson(neighbours: Neighbours, claims: ClaimsOf, user: int) -> None:
    for lesson, id_ in neighbours.lessons.items():
        page = quizzes.page(neighbours.lms, claims(user), id_)
        assert page is not None
        assert [past.score for past in page.standing.history] == neighbours.scores.get((user, lesson), [])
        is_open = lesson == f"one of {WHOLE[user]}"
        assert page.standing.answered == (1 if is_open else None)
        assert reading.lesson_page(neighbours.lms, claims(user), id_).quiz == page.standing
        if (user, lesson) not in neighbours.scores:
            assert page.latest is None
        else:
            assert page.latest is not None
            assert page.latest.lesson_id == id_
            assert len(page.latest.answers) == (1 if is_open else 2)


@BOTH
def test_what_is_asked_is_what_one_learner_has_to_remember(neighbours: Neighbours, claims: ClaimsOf, user: int) -> None:
    # Three lessons with two questions answered and a card each; the card of the first was rated.
    counts = review.due_counts(neighbours.lms, claims(user))
    assert (counts.due, counts.new) == (7, 2)
    session = review.session(neighbours.lms, claims(user))
    done = {f"one of {HALF[user]}", f"one of {WHOLE[user]}", f"two of {WHOLE[user]}"}
    assert {card.lesson_title for card in session.cards} == done
    assert [card.state is None for card in session.cards] == [False] * 7 + [True] * 2
    assert sum(day.count for day in session.forecast) == 7
    assert session.next_due is None
    assert [card.lesson_title for card in session.cards if card.state is None] == [
        f"one of {WHOLE[user]}",
        f"two of {WHOLE[user]}",
    ], "that of the lesson that was completed first at the front"


@BOTH
def test_a_question_and_a_card_of_one_id_are_two(neighbours: Neighbours, claims: ClaimsOf, user: int) -> None:
    lesson = neighbours.lessons[f"two of {WHOLE[user]}"]
    cards = {card.id: card for card in review.session(neighbours.lms, claims(user)).cards}
    question, card = cards[CardId(lesson, CardKind.QUESTION, "two")], cards[CardId(lesson, CardKind.CARD, "two")]
    for each in (question, card):
        again = review.card_again(neighbours.lms, claims(user), each.id)
        assert again is not None
        assert (again.id, again.content, again.state) == (each.id, each.content, each.state)
    assert isinstance(question.content, Question)
    assert isinstance(card.content, Flashcard)
    rated = review.rate(neighbours.lms, claims(user), card, Rating.EASY)
    after = review.card_again(neighbours.lms, claims(user), question.id)
    assert after is not None
    assert after.state == question.state
    assert review.undo(neighbours.lms, claims(user), rated.id).card == card.id
    after = review.card_again(neighbours.lms, claims(user), question.id)
    assert after is not None
    assert after.state == question.state


def test_the_last_rating_to_be_undone_is_one_s_own(neighbours: Neighbours, claims: ClaimsOf) -> None:
    for user, rating in ((1, Rating.GOOD), (2, Rating.HARD)):
        undone = review.undo(neighbours.lms, claims(user))
        assert undone.rating is rating
        assert undone.card.lesson_id == neighbours.lessons[f"one of {HALF[user]}"]
        assert review.due_counts(neighbours.lms, claims(user)).new == 3
    assert review.due_counts(neighbours.lms, claims(1)).due == 6


@BOTH
def test_what_was_left_is_not_asked_nor_counted_nor_marked(neighbours: Neighbours, claims: ClaimsOf, user: int) -> None:
    enrolling.leave(neighbours.lms, claims(user), neighbours.courses[WHOLE[user]])
    counts = review.due_counts(neighbours.lms, claims(user))
    assert (counts.due, counts.new) == (3, 0)
    session = review.session(neighbours.lms, claims(user))
    assert {card.lesson_title for card in session.cards} == {f"one of {HALF[user]}"}
    assert sum(day.count for day in session.forecast) == 3
    other = 3 - user
    assert review.due_counts(neighbours.lms, claims(other)).due == 7
    hits = search.find(neighbours.lms, claims(user), "one of").hits
    marked = {hit.course_title: hit.enrolled for hit in hits if hit.kind is not HitKind.NOTE}
    assert marked == {WHOLE[user].title(): False, HALF[user].title(): True}


@BOTH
def test_what_is_out_of_view_is_neither_asked_nor_found(neighbours: Neighbours, claims: ClaimsOf, user: int) -> None:
    with neighbours.lms.database.write() as transaction:
        adoption.take_out_of_view(transaction, neighbours.courses[WHOLE[user]])
    counts = review.due_counts(neighbours.lms, claims(user))
    assert (counts.due, counts.new) == (3, 0)
    hits = search.find(neighbours.lms, claims(user), "one of").hits
    assert {hit.course_title for hit in hits if hit.kind is not HitKind.NOTE} == {HALF[user].title()}
    assert [each.title for each in catalog.page(neighbours.lms, claims(user)).courses] == [HALF[user].title()]
    assert catalog.count(neighbours.lms, claims(user)).all == 1
    lesson = neighbours.lessons[f"one of {WHOLE[user]}"]
    assert search.place(neighbours.lms, claims(user), lesson, 0) is None
    assert {note.lesson_title: note.available for note in notes.mine(neighbours.lms, claims(user))} == {
        f"one of {HALF[user]}": True,
        f"one of {WHOLE[user]}": False,
        f"two of {WHOLE[user]}": False,
    }


@BOTH
def test_notes_are_one_s_own_of_the_lesson(neighbours: Neighbours, claims: ClaimsOf, user: int) -> None:
    lessons = {
        "ants": ["one of ants", "two of ants"] if user == 1 else ["one of ants"],
        "bees": ["one of bees", "two of bees"] if user == 2 else ["one of bees"],
    }
    every = [*lessons["ants"], *lessons["bees"]]
    assert [note.text for note in notes.mine(neighbours.lms, claims(user))] == [
        f"Note {user} on {lesson}" for lesson in every
    ]
    for lesson in every:
        [placed] = notes.of_lesson(neighbours.lms, claims(user), neighbours.lessons[lesson])
        assert placed.note.text == f"Note {user} on {lesson}"
        assert placed.position is not None
    found = search.find(neighbours.lms, claims(user), "note").hits
    assert {hit.title.text for hit in found} == {f"Note {user} on {lesson}" for lesson in every}


@BOTH
def test_changing_a_note_changes_no_other(neighbours: Neighbours, claims: ClaimsOf, user: int) -> None:
    mine, theirs = (notes.mine(neighbours.lms, claims(each)) for each in (user, 3 - user))
    notes.change(neighbours.lms, claims(user), mine[0].id, text="Anew")
    notes.delete(neighbours.lms, claims(user), mine[1].id)
    assert [each.text for each in notes.mine(neighbours.lms, claims(user))] == ["Anew", mine[2].text]
    assert notes.mine(neighbours.lms, claims(3 - user)) == theirs
    assert [hit.note_id for hit in search.find(neighbours.lms, claims(user), "anew").hits] == [mine[0].id]
    assert mine[1].id not in {hit.note_id for hit in search.find(neighbours.lms, claims(user), "note").hits}


@BOTH
def test_a_certificate_tells_of_one_learner_s_work_in_one_course(
    neighbours: Neighbours, claims: ClaimsOf, user: int
) -> None:
    [found] = issuing.mine(neighbours.lms, claims(user)).credentials
    whole = WHOLE[user]
    document = documents.contents(found)
    assert (found.user_id, found.course_id, badge.title_of(document)) == (
        user, neighbours.courses[whole], whole.title(),
    )  # fmt: skip
    lessons, told = zip(*badge.evidence_of(document), strict=True)
    assert lessons == (f"one of {whole}", f"two of {whole}"), "in the course's order, without what was only opened"
    for lesson, words in zip(lessons, told, strict=True):
        assert words.endswith(f"Best score in its quiz: {neighbours.scores[user, lesson][0]} %.")


@BOTH
def test_revoking_one_certificate_revokes_no_other(neighbours: Neighbours, claims: ClaimsOf, user: int) -> None:
    [mine] = issuing.mine(neighbours.lms, claims(user)).credentials
    issuing.revoke(neighbours.lms, claims(9, role="admin"), mine.uuid, "A mistake")
    [other] = issuing.mine(neighbours.lms, claims(3 - user)).credentials
    assert other.revoked_at is None
    entries = documents.bundle(neighbours.lms, claims(user), mine.uuid)["log"]
    assert len(entries) == 2
    assert all(mine.uuid in each["entry"] for each in entries)


@BOTH
def test_more_work_moves_nothing_of_others(neighbours: Neighbours, claims: ClaimsOf, user: int) -> None:
    """Every step that a learner can take, in a lesson in which the other has worked too."""
    lms, clock, other = neighbours.lms, neighbours.clock, 3 - user
    lesson = neighbours.lessons[f"one of {HALF[user]}"]

    def seen() -> object:
        clock.moment = until
        who = claims(other)
        return (
            [reading.lesson_page(lms, who, each) for each in neighbours.lessons.values()],
            [quizzes.page(lms, who, each) for each in neighbours.lessons.values()],
            enrolling.my_courses(lms, who),
            home.page(lms, who),
            review.session(lms, who),
            notes.mine(lms, who),
            issuing.mine(lms, who),
        )

    until = clock.moment + timedelta(days=3)
    before, clock.moment = seen(), until - timedelta(days=2)
    who = claims(user)
    reading.open_lesson(lms, who, lesson)
    reading.keep_place(lms, who, lesson, "elsewhere", minutes=7)
    reading.complete_lesson(lms, who, lesson, minutes=7)
    take(lms, who, lesson, True, True)
    home.choose_rest_days(lms, who, {5})
    for card in review.session(lms, who).cards:
        review.rate(lms, who, card, Rating.EASY)
    review.undo(lms, who)
    enrolling.leave(lms, who, neighbours.courses[HALF[user]])
    enrolling.enroll(lms, who, neighbours.courses[HALF[user]])
    assert seen() == before


def test_waiting_is_for_one_course_and_by_one_learner(
    neighbours: Neighbours, claims: ClaimsOf, add_course: Callable[..., int]
) -> None:
    lms = neighbours.lms
    first, second = (add_course(slug, seats=1) for slug in ("clay", "dyes"))
    for course, line in ((first, (4, 5, 6)), (second, (6, 5, 4))):
        enrolling.enroll(lms, claims(3), course)
        assert [enrolling.join_waitlist(lms, claims(user), course) for user in line] == [1, 2, 3]
    enrolling.leave_waitlist(lms, claims(5), first)

    def places(course: int) -> list[int | None]:
        return [catalog.detail(lms, claims(user), course).waitlist_place for user in (4, 5, 6)]

    assert (places(first), places(second)) == ([1, None, 2], [3, 2, 1])
    enrolling.leave(lms, claims(3), second)
    assert (places(first), places(second)) == ([1, None, 2], [2, 1, None])
    assert [each.enrollment.course_id for each in enrolling.my_courses(lms, claims(6))] == [second]
    assert enrolling.my_courses(lms, claims(4)) == []


@SLUGS
def test_a_new_version_touches_no_other_course(
    neighbours: Neighbours, claims: ClaimsOf, add_course: Callable[..., int], slug: str
) -> None:
    other = "bees" if slug == "ants" else "ants"

    def seen() -> object:
        course = neighbours.courses[other]
        hits = search.find(neighbours.lms, claims(9), other).hits
        return catalog.detail(neighbours.lms, claims(1), course), {hit.title.text for hit in hits}

    before = seen()
    add_course(slug, lessons="four", prerequisites=("none",), version="2.0.0")
    assert seen() == before
    assert len(catalog.detail(neighbours.lms, claims(1), neighbours.courses[slug]).lessons) == 1
    assert review.due_counts(neighbours.lms, claims(1)).due == (3 if slug == "ants" else 4)
