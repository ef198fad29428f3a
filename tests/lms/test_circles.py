"""Three to twelve people around a course: who comes in, who changes what, and what is left of who leaves."""

import re
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date
from multiprocessing import get_context
from pathlib import Path

import pytest

from azora_tui.data.transaction import ConstraintError
from azora_tui.errors import NotFoundError, RefusedError, SessionError
from azora_tui.lms import enrolling, reading
from azora_tui.lms.service import Lms, open_lms
from azora_tui.lms.together import boards, circles, inbox, invitation_words
from azora_tui.models.circles import MOST
from azora_tui.paths import Paths
from tests.conftest import NOW, Clock, claims_of
from tests.together_circles import UNTIL, block, close, made_circle, person, row_counts, unblock

Add = Callable[..., int]
Lessons = Callable[[int], dict[str, int]]


def code(work: Callable[..., object], *args: object, **more: object) -> str:
    """The code with which a call is refused."""
    with pytest.raises((RefusedError, NotFoundError)) as caught:
        work(*args, **more)
    return caught.value.code


@pytest.fixture
def ropes(add_course: Add) -> int:
    return add_course("ropes")


# Making


def test_who_makes_a_circle_is_in_it_and_it_waits_for_others(lms: Lms, ropes: int) -> None:
    enrolling.enroll(lms, person(1), ropes)
    made = circles.make(lms, person(1), ropes, name=" Three \n ropes ", goal="Hitches\tby heart", until=UNTIL)
    assert (made.name, made.goal, made.until, made.course_title) == ("Three ropes", "Hitches by heart", UNTIL, "Ropes")
    assert (made.people, made.there, made.posts, made.is_waiting, made.made_here) == (1, 0, 0, True, True)
    assert circles.mine(lms, person(1)) == (made,)
    page = circles.circle(lms, person(1), made.id)
    assert [(each.author.mine, each.made_it, each.percent) for each in page.members] == [(True, True, None)]


def test_a_circle_is_made_by_who_is_in_the_course(lms: Lms, ropes: int) -> None:
    assert code(circles.make, lms, person(1), ropes, name="x", goal="y", until=UNTIL) == "circle_needs_course"
    enrolling.enroll(lms, person(1), ropes)
    enrolling.leave(lms, person(1), ropes)
    assert code(circles.make, lms, person(1), ropes, name="x", goal="y", until=UNTIL) == "circle_needs_course"
    assert code(circles.make, lms, person(1), 999, name="x", goal="y", until=UNTIL) == "course_not_found"
    assert row_counts(lms)["circles"] == 0


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ({"name": " \n "}, "circle_needs_name"),
        ({"goal": "\x1b"}, "circle_needs_goal"),
        ({"name": "x" * (circles.MAX_NAME + 1)}, "post_too_long"),
        ({"goal": "x" * (circles.MAX_GOAL + 1)}, "post_too_long"),
        ({"goal": "x" * 1_000_000}, "post_too_long"),
        ({"until": date(2026, 11, 21)}, "circle_day_over"),
    ],
)
def test_what_a_circle_is_made_of(lms: Lms, ropes: int, given: dict[str, object], refused: str) -> None:
    made = made_circle(lms, ropes)
    right: dict[str, object] = {"name": "Ropes", "goal": "Hitches", "until": UNTIL}
    assert code(circles.make, lms, person(1), ropes, **{**right, **given}) == refused
    assert code(circles.change, lms, person(1), made.id, **given) == refused
    assert circles.mine(lms, person(1)) == (made,)


def test_the_longest_words_and_today_are_taken(lms: Lms, ropes: int) -> None:
    enrolling.enroll(lms, person(1), ropes)
    name, goal = "x" * circles.MAX_NAME, "y" * circles.MAX_GOAL
    made = circles.make(lms, person(1), ropes, name=name, goal=goal, until=NOW.date())
    assert (made.name, made.goal) == (name, goal)


def test_ten_circles_a_minute_are_the_most(lms: Lms, ropes: int, clock: Clock) -> None:
    for _ in range(10):
        made_circle(lms, ropes)
    assert code(circles.make, lms, person(1), ropes, name="x", goal="y", until=UNTIL) == "too_many_posts"
    clock.advance(seconds=61)
    made_circle(lms, ropes)


def test_mine_are_those_that_i_am_in_by_their_day(lms: Lms, ropes: int) -> None:
    first, second = made_circle(lms, ropes, 2), made_circle(lms, ropes, 3, name="Late")
    made_circle(lms, ropes, maker=2)
    circles.change(lms, person(1), first.id, until=date(2027, 1, 1))
    assert [each.id for each in circles.mine(lms, person(1))] == [second.id, first.id]
    assert [each.id for each in circles.mine(lms, person(3))] == [second.id]


# Joining


def test_a_word_is_short_and_can_be_read_out_loud(lms: Lms, ropes: int) -> None:
    words = {made_circle(lms, ropes, maker=number).word for number in range(1, 30)}
    assert len(words) == 29
    assert all(re.fullmatch(r"([bdfgklmnprstwz][aeiou]){3}-[1-9][0-9]", word) for word in words)


@pytest.mark.parametrize("heard", ["{}", " {} ", "KUBALO 31", "ku ba lo - 3 1", "Kubalo31", "kubalo–31", "ｋubalo31"])
def test_a_word_is_taken_as_it_was_heard(lms: Lms, ropes: int, heard: str) -> None:
    made = made_circle(lms, ropes)
    with lms.database.write() as transaction:
        transaction.execute("UPDATE circles SET word = 'kubalo-31'")
    enrolling.enroll(lms, person(2), ropes)
    assert circles.join(lms, person(2), heard.format("kubalo-31")).id == made.id


def test_who_joins_is_in_and_the_others_are_told(lms: Lms, ropes: int) -> None:
    made = made_circle(lms, ropes, 2)
    enrolling.enroll(lms, person(3), ropes)
    joined = circles.join(lms, person(3), made.word)
    assert (joined.people, joined.is_waiting, joined.made_here) == (3, False, False)
    names = [each.author.name for each in circles.circle(lms, person(3), made.id).members]
    assert names == ["Amina", "Jo", "Kofi"]
    assert [(each.kind, each.actor and each.actor.name) for each in inbox.page(lms, person(1)).new] == [
        ("circle_joined", "Kofi"), ("circle_joined", "Jo"),
    ]  # fmt: skip
    assert inbox.count(lms, person(3)) == 0


def test_joining_twice_changes_nothing(lms: Lms, ropes: int) -> None:
    made = made_circle(lms, ropes, 2)
    circles.show_progress(lms, person(2), made.id, True)
    before = row_counts(lms)
    assert circles.join(lms, person(2), made.word).shows_progress
    assert row_counts(lms) == before


def test_who_is_not_in_the_course_does_not_join(lms: Lms, ropes: int) -> None:
    made = made_circle(lms, ropes)
    with pytest.raises(RefusedError, match=f"around Ropes.*azora-tui enroll {ropes}") as caught:
        circles.join(lms, person(2), made.word)
    assert caught.value.code == "circle_of_other_course"
    enrolling.enroll(lms, person(2), ropes)
    enrolling.leave(lms, person(2), ropes)
    assert code(circles.join, lms, person(2), made.word) == "circle_of_other_course"
    assert row_counts(lms)["circle_wrong_words"] == 0
    assert circles.circle(lms, person(1), made.id).circle.people == 1


def test_twelve_are_the_most(lms: Lms, ropes: int) -> None:
    made = made_circle(lms, ropes, *range(2, MOST + 1))
    enrolling.enroll(lms, person(13), ropes)
    assert code(circles.join, lms, person(13), made.word) == "circle_full"
    circles.join(lms, person(12), made.word)
    circles.leave(lms, person(5), made.id)
    assert circles.join(lms, person(13), made.word).people == MOST


def test_those_who_are_not_there_for_each_other_count_among_the_twelve(lms: Lms, ropes: int) -> None:
    made = made_circle(lms, ropes, *range(2, MOST + 1))
    enrolling.enroll(lms, person(13), ropes)
    block(lms, 13, 2)
    close(lms, 3)
    assert code(circles.join, lms, person(13), made.word) == "circle_full"


def _join(home: Path, word: str, number: int) -> str:
    lms = open_lms(Paths(home))
    lms = Lms(lms.database, lambda: NOW, lms.new_id)
    try:
        circles.join(lms, person(number), word)
    except RefusedError as error:
        return error.code
    finally:
        lms.database.close()
    return "in"


def test_of_twenty_at_once_twelve_come_in(lms: Lms, ropes: int) -> None:
    made = made_circle(lms, ropes)
    numbers = range(2, 22)
    for number in numbers:
        enrolling.enroll(lms, person(number), ropes)
    with ProcessPoolExecutor(20, mp_context=get_context("spawn")) as pool:
        said = list(pool.map(_join, [lms.paths.home] * 20, [made.word] * 20, numbers))
    assert sorted(said) == sorted(["in"] * (MOST - 1) + ["circle_full"] * 9)
    assert circles.circle(lms, person(1), made.id).circle.people == MOST
    assert row_counts(lms)["circle_members"] == MOST


# Wrong words


def test_a_wrong_word_says_so_and_the_sixth_within_an_hour_waits(lms: Lms, ropes: int, clock: Clock) -> None:
    made = made_circle(lms, ropes)
    enrolling.enroll(lms, person(2), ropes)
    for _ in range(invitation_words.MAX_WRONG_WORDS):
        assert code(circles.join, lms, person(2), "nobody-10") == "circle_word_wrong"
        clock.advance(minutes=1)
    with pytest.raises(RefusedError, match=r"back in 55 min\."):
        circles.join(lms, person(2), made.word)
    assert code(circles.join, lms, person(3), made.word) == "circle_of_other_course"
    clock.advance(minutes=54, seconds=59)
    assert code(circles.join, lms, person(2), made.word) == "circle_word_wait"
    clock.advance(seconds=1)
    assert circles.join(lms, person(2), made.word).people == 2
    assert row_counts(lms)["circle_wrong_words"] == 0


@pytest.mark.parametrize("word", ["", "-", "\x1b[2J", "x" * 1_000_000, "' OR 1=1 --"])
def test_what_is_no_word_is_a_wrong_one(lms: Lms, ropes: int, word: str) -> None:
    made_circle(lms, ropes)
    assert code(circles.join, lms, person(1), word) == "circle_word_wrong"


def test_a_new_word_lets_in_and_the_one_before_no_more(lms: Lms, ropes: int) -> None:
    made = made_circle(lms, ropes, 2)
    assert circles.invitation(lms, person(2), made.id) == made.word
    assert code(circles.invitation, lms, person(2), made.id, renew=True) == "circle_not_yours"
    word = circles.invitation(lms, person(1), made.id, renew=True)
    assert word != made.word
    assert circles.mine(lms, person(2))[0].word == word
    enrolling.enroll(lms, person(3), ropes)
    assert code(circles.join, lms, person(3), made.word) == "circle_word_wrong"
    assert circles.join(lms, person(3), word).people == 3


def test_a_word_that_is_taken_is_not_given_again(lms: Lms, ropes: int, monkeypatch: pytest.MonkeyPatch) -> None:
    letters = iter("bababa" + "bababa" + "dedede")
    monkeypatch.setattr("secrets.choice", lambda _: next(letters))
    monkeypatch.setattr("secrets.randbelow", lambda _: 0)
    assert [made_circle(lms, ropes).word for _ in range(2)] == ["bababa-10", "dedede-10"]


# Changing


def test_its_maker_changes_it(lms: Lms, ropes: int) -> None:
    made, other = made_circle(lms, ropes, 2), made_circle(lms, ropes, 2)
    changed = circles.change(lms, person(1), made.id, goal="Splices")
    assert (changed.name, changed.goal, changed.until) == ("Three ropes", "Splices", UNTIL)
    changed = circles.change(lms, person(1), made.id, name="Ropes", until=date(2027, 1, 1))
    assert (changed.name, changed.goal, changed.until) == ("Ropes", "Splices", date(2027, 1, 1))
    assert code(circles.change, lms, person(2), made.id, name="Mine") == "circle_not_yours"
    assert circles.circle(lms, person(1), other.id).circle == replace(other, people=2)


def test_another_goal_is_one_that_nobody_has_reached(lms: Lms, ropes: int) -> None:
    made, other = made_circle(lms, ropes, 2), made_circle(lms, ropes, 2)
    for circle in (made, other):
        circles.say_there(lms, person(2), circle.id, True)
    assert circles.change(lms, person(1), made.id, name="Ropes", goal="Hitches").there == 1
    assert circles.change(lms, person(1), made.id, goal="Splices").there == 0
    assert circles.circle(lms, person(1), other.id).circle.there == 1


def test_who_is_there_says_so_and_takes_it_back(lms: Lms, ropes: int) -> None:
    made = made_circle(lms, ropes, 2)
    circles.say_there(lms, person(2), made.id, True)
    page = circles.circle(lms, person(1), made.id)
    assert (page.circle.there, page.circle.is_there) == (1, False)
    assert [each.is_there for each in page.members] == [False, True]
    assert circles.mine(lms, person(2))[0].is_there
    circles.say_there(lms, person(2), made.id, False)
    assert circles.circle(lms, person(1), made.id).circle.there == 0


# Progress


def test_progress_is_seen_only_of_who_shows_it(lms: Lms, ropes: int, lesson_ids: Lessons) -> None:
    made, other = made_circle(lms, ropes, 2), made_circle(lms, ropes, 2)
    reading.complete_lesson(lms, person(2), lesson_ids(ropes)["one"])

    def percents(circle: int) -> list[int | None]:
        return [each.percent for each in circles.circle(lms, person(1), circle).members]

    assert percents(made.id) == [None, None]
    circles.show_progress(lms, person(2), made.id, True)
    assert percents(made.id) == [None, 33]
    assert percents(other.id) == [None, None]
    enrolling.leave(lms, person(2), ropes)
    assert percents(made.id) == [None, None]
    enrolling.enroll(lms, person(2), ropes)
    circles.show_progress(lms, person(2), made.id, False)
    assert percents(made.id) == [None, None]


def test_the_week_has_lessons_of_who_shows_them_since_monday(
    lms: Lms, ropes: int, clock: Clock, lesson_ids: Lessons, add_course: Add
) -> None:
    made, lessons = made_circle(lms, ropes, 2, 3), lesson_ids(ropes)
    other = add_course("other")
    enrolling.enroll(lms, person(2), other)
    for number in (2, 3):
        circles.show_progress(lms, person(number), made.id, True)
    reading.complete_lesson(lms, person(2), lessons["one"])
    boards.post(lms, person(1), made.id, "On Sunday")
    assert NOW.weekday() == 6
    clock.advance(hours=11, minutes=59)
    reading.complete_lesson(lms, person(1), lessons["one"])
    week = circles.circle(lms, person(1), made.id).week
    assert (week.lessons, week.posts) == (1, 1)
    clock.advance(minutes=1)
    week = circles.circle(lms, person(1), made.id).week
    assert (week.lessons, week.posts) == (0, 0)
    for number in (1, 2, 3):
        reading.complete_lesson(lms, person(number), lessons["two"])
    reading.complete_lesson(lms, person(2), lesson_ids(other)["one"])
    posted = boards.post(lms, person(2), made.id, "On Monday")
    boards.reply(lms, person(3), posted.id, "Yes")
    week = circles.circle(lms, person(1), made.id).week
    assert (week.lessons, week.posts) == (2, 2)
    block(lms, 3, 1)
    week = circles.circle(lms, person(1), made.id).week
    assert (week.lessons, week.posts) == (1, 1)
    enrolling.leave(lms, person(2), ropes)
    assert circles.circle(lms, person(1), made.id).week.lessons == 0


def test_the_week_begins_where_its_reader_is(lms: Lms, ropes: int, clock: Clock) -> None:
    from zoneinfo import ZoneInfo

    made = made_circle(lms, ropes)
    boards.post(lms, person(1), made.id, "Sunday, twelve in UTC")
    there = replace(lms, zone=ZoneInfo("Pacific/Auckland"))
    assert circles.circle(there, person(1), made.id).week.posts == 1
    clock.advance(hours=-2)
    boards.post(lms, person(1), made.id, "Sunday, ten in UTC: eleven in the evening there")
    clock.advance(hours=2)
    assert circles.circle(there, person(1), made.id).week.posts == 1
    assert circles.circle(lms, person(1), made.id).week.posts == 2


# Leaving


def test_who_leaves_is_not_in_it_and_leaves_no_trace(lms: Lms, ropes: int, clock: Clock) -> None:
    made, other = made_circle(lms, ropes, 3), made_circle(lms, ropes, 2)
    posted = boards.post(lms, person(1), made.id, "Hello")
    before = row_counts(lms)
    enrolling.enroll(lms, person(2), ropes)
    circles.join(lms, person(2), made.word)
    boards.post(lms, person(2), made.id, "Mine")
    boards.reply(lms, person(2), posted.id, "Mine too")
    elsewhere = boards.post(lms, person(2), other.id, "Elsewhere")
    assert circles.leave(lms, person(2), made.id) is False
    assert [each.id for each in circles.mine(lms, person(2))] == [other.id]
    after = row_counts(lms)
    assert after == {**before, "circle_posts": before["circle_posts"] + 1, "notices": before["notices"] + 1}
    assert boards.page(lms, person(1), other.id).threads[0].post.id == elsewhere.id
    assert code(circles.circle, lms, person(2), made.id) == "circle_missing"
    assert code(boards.post, lms, person(2), made.id, "x") == "circle_missing"


def test_posts_stay_under_their_name_if_who_leaves_says_so(lms: Lms, ropes: int) -> None:
    made = made_circle(lms, ropes, 2)
    boards.post(lms, person(2), made.id, "Mine")
    assert circles.leave(lms, person(2), made.id, keep_posts=True) is False
    (thread,) = boards.page(lms, person(1), made.id).threads
    assert (thread.post.author.name, thread.post.text) == ("Jo", "Mine")
    assert [each.author.mine for each in circles.circle(lms, person(1), made.id).members] == [True]
    boards.delete(lms, person(2), thread.post.id)
    assert boards.page(lms, person(1), made.id).threads == ()


def test_who_has_been_there_longest_takes_its_maker_s_place(lms: Lms, ropes: int, clock: Clock) -> None:
    made = made_circle(lms, ropes, 3)
    clock.advance(minutes=1)
    enrolling.enroll(lms, person(2), ropes)
    circles.join(lms, person(2), made.word)
    circles.leave(lms, person(1), made.id)
    assert circles.mine(lms, person(3))[0].made_here
    assert not circles.mine(lms, person(2))[0].made_here
    circles.change(lms, person(3), made.id, name="Kofi's")
    circles.leave(lms, person(2), made.id)
    assert circles.mine(lms, person(3))[0].made_here


def test_with_the_last_a_circle_is_gone_and_all_that_was_said_in_it(lms: Lms, ropes: int) -> None:
    kept = made_circle(lms, ropes, 3, 2)
    posted = boards.post(lms, person(3), kept.id, "Hello")
    before = row_counts(lms)
    made = made_circle(lms, ropes, 2)
    boards.reply(lms, person(2), boards.post(lms, person(1), made.id, "Hello").id, "You too")
    assert circles.leave(lms, person(1), made.id, keep_posts=True) is False
    assert circles.leave(lms, person(2), made.id, keep_posts=True) is True
    assert row_counts(lms) == before
    assert boards.page(lms, person(1), kept.id).threads[0].post.id == posted.id
    assert code(circles.join, lms, person(1), made.word) == "circle_word_wrong"


def test_who_leaves_the_school_is_out_of_every_circle_with_every_word(lms: Lms, ropes: int) -> None:
    made, alone, left = made_circle(lms, ropes, 2), made_circle(lms, ropes, maker=2), made_circle(lms, ropes, 2)
    posted = boards.post(lms, person(1), made.id, "Hello")
    for circle in (made, alone, left):
        boards.post(lms, person(2), circle.id, "Mine")
    mine = boards.reply(lms, person(2), posted.id, "Mine too")
    boards.reply(lms, person(1), mine.id, "And mine")
    circles.leave(lms, person(2), left.id, keep_posts=True)
    assert code(circles.join, lms, person(2), "x") == "circle_word_wrong"
    with lms.database.write() as transaction:
        circles.depart(transaction, 2)
    assert circles.mine(lms, person(2)) == ()
    with lms.database.read() as transaction:
        for table, column in (("circle_members", "user_id"), ("circle_posts", "author_id"), ("circles", "maker_id")):
            found = list(transaction.execute(f"SELECT 1 FROM {table} WHERE {column} = 2"))
            assert found == [], table
    assert row_counts(lms) == {
        "circles": 2, "circle_members": 2, "circle_posts": 2, "notices": 0, "circle_wrong_words": 0,
    }  # fmt: skip


# Who is there for whom


def test_a_blocked_pair_in_one_circle_does_not_exist_for_each_other(lms: Lms, ropes: int) -> None:
    made = made_circle(lms, ropes, 2, 3)
    for number in (1, 2):
        circles.say_there(lms, person(number), made.id, True)
    block(lms, 2, 1)

    def names(number: int) -> list[str | None]:
        return [each.author.name for each in circles.circle(lms, person(number), made.id).members]

    def counts(number: int) -> tuple[int, int]:
        (found,) = circles.mine(lms, person(number))
        return found.people, found.there

    assert (names(1), counts(1)) == (["Amina", "Kofi"], (2, 1))
    assert (names(2), counts(2)) == (["Jo", "Kofi"], (2, 1))
    assert (names(3), counts(3)) == (["Amina", "Jo", "Kofi"], (3, 2))
    unblock(lms, 2, 1)
    assert counts(1) == (3, 2)


def test_who_joins_is_not_told_to_who_is_blocked(lms: Lms, ropes: int) -> None:
    made = made_circle(lms, ropes)
    enrolling.enroll(lms, person(2), ropes)
    enrolling.enroll(lms, person(3), ropes)
    block(lms, 1, 2)
    circles.join(lms, person(2), made.word)
    circles.join(lms, person(3), made.word)
    assert [each.actor and each.actor.name for each in inbox.page(lms, person(1)).new] == ["Kofi"]
    assert [each.actor and each.actor.name for each in inbox.page(lms, person(2)).new] == ["Kofi"]


def test_a_closed_account_is_not_among_the_members(lms: Lms, ropes: int) -> None:
    made = made_circle(lms, ropes, 2, 3)
    circles.say_there(lms, person(2), made.id, True)
    boards.post(lms, person(2), made.id, "Mine")
    close(lms, 2)
    page = circles.circle(lms, person(1), made.id)
    assert [each.author.name for each in page.members] == ["Amina", "Kofi"]
    assert (page.circle.people, page.circle.there) == (2, 0)
    (thread,) = boards.page(lms, person(1), made.id).threads
    assert thread.post.author.gone
    assert thread.post.author.name is None


def test_a_session_that_has_run_out_does_nothing(lms: Lms, ropes: int) -> None:
    made = made_circle(lms, ropes)
    over = claims_of(1, expires_at=NOW)
    for work in (
        lambda: circles.mine(lms, over),
        lambda: circles.circle(lms, over, made.id),
        lambda: circles.make(lms, over, ropes, name="x", goal="y", until=UNTIL),
        lambda: circles.change(lms, over, made.id, name="x"),
        lambda: circles.invitation(lms, over, made.id),
        lambda: circles.join(lms, over, made.word),
        lambda: circles.leave(lms, over, made.id),
        lambda: circles.show_progress(lms, over, made.id, True),
        lambda: circles.say_there(lms, over, made.id, True),
    ):
        with pytest.raises(SessionError):
            work()


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE circles SET name = ''",
        "UPDATE circles SET goal = ''",
        "UPDATE circle_members SET shows_progress = 2",
        "UPDATE circle_posts SET text = ''",
    ],
)
def test_the_file_itself_holds_to_what_a_circle_is(lms: Lms, ropes: int, damage: str) -> None:
    made = made_circle(lms, ropes)
    boards.post(lms, person(1), made.id, "Hello")
    with pytest.raises(ConstraintError, match="CHECK"), lms.database.write() as transaction:
        transaction.execute(damage)
