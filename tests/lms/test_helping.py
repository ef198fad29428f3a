"""Asking for help where one is stuck: whom it reaches, what is told of it, and what is left of it."""

import json
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from azora_tui.errors import NotFoundError, RefusedError
from azora_tui.lms import reading
from azora_tui.lms.service import Lms, open_lms
from azora_tui.lms.together import helping
from azora_tui.lms.together.access import MAX_LENGTH, MAX_POSTS
from azora_tui.lms.together.offering import MAX_TOLD
from azora_tui.models.together import Paragraph
from azora_tui.paths import Paths
from tests.conftest import Clock
from tests.helping import (
    ASKER,
    HELPER,
    NOT_DONE,
    SECOND,
    SILENT,
    Stuck,
    block,
    build,
    close_account,
    number,
    run,
    show_profile,
    told,
    who,
)


@pytest.fixture
def stuck(lms: Lms) -> Stuck:
    return build(lms)


# Whom it reaches


def test_it_reaches_who_has_completed_the_lesson_and_helps_and_says_how_many(stuck: Stuck) -> None:
    assert helping.reach(stuck.lms, who(ASKER), stuck.lesson) == 2
    assert helping.ask(stuck.lms, who(ASKER), stuck.lesson, "Why twice?").reached == 2
    assert sorted(told(stuck.lms)) == [HELPER, SECOND]


def test_one_does_not_help_oneself(stuck: Stuck) -> None:
    assert helping.ask(stuck.lms, who(HELPER), stuck.lesson, "Why twice?").reached == 1
    assert told(stuck.lms) == [SECOND]


def test_who_is_blocked_or_has_left_is_not_asked(stuck: Stuck) -> None:
    block(stuck.lms, ASKER, HELPER)
    assert helping.reach(stuck.lms, who(ASKER), stuck.lesson) == 1
    close_account(stuck.lms, SECOND)
    assert helping.ask(stuck.lms, who(ASKER), stuck.lesson, "Why twice?").reached == 0
    assert told(stuck.lms) == []


def test_who_was_here_last_is_told_and_not_everybody(stuck: Stuck, clock: Clock) -> None:
    for user_id in range(100, 100 + MAX_TOLD + 2):
        clock.advance(minutes=1)
        stuck.complete(user_id)
        show_profile(stuck.lms, user_id)
    clock.advance(minutes=1)
    reading.open_lesson(stuck.lms, who(HELPER), stuck.lessons["two"])
    asked = helping.ask(stuck.lms, who(ASKER), stuck.lesson, "Why twice?")
    assert asked.reached == MAX_TOLD + 4
    latest = [HELPER, *range(100 + MAX_TOLD + 1, 100, -1)]
    assert told(stuck.lms) == latest[:MAX_TOLD]
    assert helping.wanted(stuck.lms, who(SECOND))[1] == 1


def test_where_nobody_helps_it_waits_for_the_first_who_does(stuck: Stuck) -> None:
    for user_id in (HELPER, SECOND):
        show_profile(stuck.lms, user_id, helps=False)
    request_id = stuck.ask()
    assert helping.request(stuck.lms, who(ASKER), request_id).reached == 0
    assert told(stuck.lms) == []
    reading.complete_lesson(stuck.lms, who(NOT_DONE), stuck.lesson)
    assert told(stuck.lms) == [NOT_DONE]
    assert helping.request(stuck.lms, who(ASKER), request_id).reached == 1
    assert [each.id for each in helping.wanted(stuck.lms, who(NOT_DONE))[0]] == [request_id]
    reading.complete_lesson(stuck.lms, who(NOT_DONE), stuck.lesson)
    assert told(stuck.lms) == [NOT_DONE]


def test_who_completes_a_lesson_is_told_only_what_they_may_answer_there(stuck: Stuck) -> None:
    first = stuck.ask("In this one")
    helping.ask(stuck.lms, who(ASKER), stuck.lessons["two"], "In another")
    settled, blocked, left = stuck.ask("Settled"), stuck.ask("Blocked", HELPER), stuck.ask("Left", SECOND)
    helping.settle(stuck.lms, who(ASKER), settled)
    block(stuck.lms, HELPER, NOT_DONE)
    close_account(stuck.lms, SECOND)
    assert {settled, blocked, left}.isdisjoint({first})
    stuck.ask("One's own", NOT_DONE)
    reading.complete_lesson(stuck.lms, who(NOT_DONE), stuck.lesson)
    about = "SELECT COUNT(*) FROM notices WHERE kind = 'help_asked' AND user_id = :id AND about_id = :about"
    assert number(stuck.lms, about, id=NOT_DONE, about=first) == 1
    assert told(stuck.lms).count(NOT_DONE) == 1
    assert told(stuck.lms).count(SILENT) == 0


def test_what_was_put_to_somebody_before_is_put_to_them_no_second_time(stuck: Stuck) -> None:
    """However that came about: to complete a lesson never fails for it."""
    request_id = stuck.ask()
    run(
        stuck.lms,
        "INSERT INTO help_offers (request_id, user_id, at) VALUES (:id, :user_id, '2026')",
        id=request_id, user_id=NOT_DONE,
    )  # fmt: skip
    reading.complete_lesson(stuck.lms, who(NOT_DONE), stuck.lesson)
    assert NOT_DONE not in told(stuck.lms)


def test_who_completes_a_lesson_is_told_of_no_more_than_a_few_and_the_oldest_first(stuck: Stuck, clock: Clock) -> None:
    ids = []
    for _ in range(MAX_TOLD + 1):
        clock.advance(minutes=1)
        ids.append(stuck.ask())
    reading.complete_lesson(stuck.lms, who(NOT_DONE), stuck.lesson)
    assert told(stuck.lms).count(NOT_DONE) == MAX_TOLD
    about = "SELECT COUNT(*) FROM notices WHERE kind = 'help_asked' AND user_id = :id AND about_id = :about"
    assert [number(stuck.lms, about, id=NOT_DONE, about=each) for each in ids] == [1] * MAX_TOLD + [0]


def test_what_is_wanted_comes_oldest_first_a_part_at_a_time(stuck: Stuck, clock: Clock) -> None:
    ids = []
    for _ in range(5):
        clock.advance(minutes=1)
        ids.append(stuck.ask())
    lms, helper = stuck.lms, who(HELPER)
    assert [each.id for each in helping.wanted(lms, helper)[0]] == ids
    part, total = helping.wanted(lms, helper, offset=1, limit=3)
    assert ([each.id for each in part], total) == (ids[1:4], 5)
    assert helping.wanted(lms, helper, offset=9, limit=3) == ((), 5)
    assert helping.wanted(lms, helper, offset=-1, limit=-1) == ((), 5)


def test_one_s_own_come_open_ones_first_then_the_newest(stuck: Stuck, clock: Clock) -> None:
    ids = []
    for _ in range(4):
        clock.advance(minutes=1)
        ids.append(stuck.ask())
    helping.settle(stuck.lms, who(ASKER), ids[3])
    found, total = helping.mine(stuck.lms, who(ASKER))
    assert ([each.id for each in found], total) == ([ids[2], ids[1], ids[0], ids[3]], 4)
    assert [each.id for each in helping.mine(stuck.lms, who(ASKER), offset=1, limit=2)[0]] == [ids[1], ids[0]]
    assert helping.mine(stuck.lms, who(HELPER)) == ((), 0)


# Its place


def test_a_paragraph_is_quoted_and_found_again_where_it_is_now(stuck: Stuck) -> None:
    request_id = stuck.ask_at_paragraph()
    thread = helping.request(stuck.lms, who(HELPER), request_id)
    assert (thread.request.quote, thread.request.question_id) == ("Pass the end through it twice.", None)
    assert thread.position is not None
    assert json.loads(thread.position)["line"] == 2
    run(stuck.lms, "UPDATE lessons SET content = :text", text="New.\n\n\n\nPass the end through it twice, slowly.\n")
    moved = helping.request(stuck.lms, who(HELPER), request_id).position
    assert moved is not None
    assert json.loads(moved)["line"] == 4
    run(stuck.lms, "UPDATE lessons SET content = 'Quite other words.'")
    thread = helping.request(stuck.lms, who(HELPER), request_id)
    assert (thread.position, thread.request.quote) == (None, "Pass the end through it twice.")


def test_a_question_of_the_quiz_is_quoted_in_plain_words_and_found(stuck: Stuck) -> None:
    request_id = stuck.ask(question_id="often")
    thread = helping.request(stuck.lms, who(HELPER), request_id)
    assert (thread.request.quote, thread.request.question_id) == ("How often does the end go through?", "often")
    assert thread.position is not None
    assert json.loads(thread.position)["line"] == 4


def test_a_question_that_the_course_has_changed_is_quoted_as_it_is_asked_in_the_attempt(stuck: Stuck) -> None:
    stuck.begin_quiz(ASKER)
    run(stuck.lms, "UPDATE lessons SET content = 'No quiz any more.'")
    request_id = stuck.ask(question_id="holds")
    thread = helping.request(stuck.lms, who(ASKER), request_id)
    assert (thread.request.quote, thread.position) == ("Which rope holds?", None)


def test_the_lesson_as_a_whole_has_no_place(stuck: Stuck) -> None:
    thread = helping.request(stuck.lms, who(HELPER), stuck.ask())
    assert (thread.request.quote, thread.request.question_id, thread.position) == ("", None, None)
    assert (thread.request.course_title, thread.request.lesson_title) == ("Knots", "Knot one")


@pytest.mark.parametrize("question_id", ["", "never", "often "])
def test_what_no_quiz_of_the_lesson_asks_is_refused(stuck: Stuck, question_id: str) -> None:
    with pytest.raises(NotFoundError) as refused:
        stuck.ask(question_id=question_id)
    assert refused.value.code == "question_not_in_quiz"
    assert number(stuck.lms, "SELECT COUNT(*) FROM recent_posts") == 0


@pytest.mark.parametrize("position", ["no JSON", '{"line": "x"}', "[" * 100_000, '{"line": 1e999}', "\x1b[2J"])
def test_a_place_that_is_none_does_no_harm(stuck: Stuck, position: str) -> None:
    paragraph = Paragraph(-(2**70), "Pass the end\x1b[31m through\nit twice.", position)
    thread = helping.request(stuck.lms, who(HELPER), stuck.ask(paragraph=paragraph))
    assert thread.request.quote == "Pass the end[31m through it twice."
    assert thread.position is not None


def test_a_quotation_is_no_way_around_the_limit(stuck: Stuck) -> None:
    request_id = stuck.ask(paragraph=Paragraph(1, "word " * 200_000, "{}"))
    assert len(helping.request(stuck.lms, who(HELPER), request_id).request.quote) <= 1_000


def test_a_lesson_that_is_not_there_is_refused(stuck: Stuck) -> None:
    for lesson_id in (0, -1, 2**63):
        with pytest.raises(NotFoundError) as refused:
            helping.ask(stuck.lms, who(ASKER), lesson_id, "Why?")
        assert refused.value.code == "lesson_gone"


# What is said


def test_answers_come_oldest_first_and_tell_its_asker(stuck: Stuck, clock: Clock) -> None:
    request_id = stuck.ask()
    for user_id, text in ((HELPER, "So that it holds."), (SECOND, "Once slips."), (HELPER, "See?")):
        clock.advance(minutes=1)
        stuck.reply(request_id, user_id, text)
    thread = helping.request(stuck.lms, who(ASKER), request_id)
    assert [each.text for each in thread.replies] == ["So that it holds.", "Once slips.", "See?"]
    assert (thread.replies[2].at, thread.replies[2].changed_at, thread.replies[2].given_at) == (
        clock.moment, None, None,
    )  # fmt: skip
    assert told(stuck.lms, "help_answered") == [ASKER, ASKER]  # once of each, until it is read


def test_what_was_read_is_told_again(stuck: Stuck) -> None:
    request_id = stuck.ask()
    stuck.reply(request_id)
    run(stuck.lms, "UPDATE notices SET read_at = '2026' WHERE kind = 'help_answered'")
    stuck.reply(request_id)
    assert told(stuck.lms, "help_answered") == [ASKER, ASKER]


def test_of_two_questions_each_is_told(stuck: Stuck) -> None:
    for request_id in (stuck.ask(), stuck.ask()):
        stuck.reply(request_id)
        helping.settle(stuck.lms, who(ASKER), request_id)
    assert told(stuck.lms, "help_answered") == [ASKER, ASKER]
    assert told(stuck.lms, "help_settled") == [HELPER, HELPER]


def test_what_its_asker_says_tells_who_has_answered(stuck: Stuck) -> None:
    request_id = stuck.ask()
    stuck.reply(request_id, ASKER, "Nobody?")
    assert told(stuck.lms, "help_answered") == []
    stuck.reply(request_id, SECOND)
    stuck.reply(request_id, ASKER, "Thank you.")
    assert told(stuck.lms, "help_answered") == [ASKER, SECOND]


def test_who_is_blocked_meanwhile_is_told_nothing(stuck: Stuck) -> None:
    request_id = stuck.ask()
    stuck.reply(request_id)
    block(stuck.lms, HELPER, ASKER)
    stuck.reply(request_id, ASKER, "Thank you.")
    helping.settle(stuck.lms, who(ASKER), request_id)
    assert told(stuck.lms, "help_answered") == [ASKER]
    assert told(stuck.lms, "help_settled") == []


def test_a_notice_says_where_it_is_and_no_words(stuck: Stuck) -> None:
    request_id = stuck.ask()
    stuck.reply(request_id)
    helping.settle(stuck.lms, who(ASKER), request_id)
    for kind, actor in (("help_answered", HELPER), ("help_settled", ASKER)):
        assert number(
            stuck.lms,
            """
            SELECT COUNT(*) FROM notices WHERE kind = :kind AND about_id = :id AND actor_id = :actor
                AND course_id = :course AND lesson_id = :lesson
            """,
            kind=kind, id=request_id, actor=actor, course=stuck.course, lesson=stuck.lesson,
        ) == 1  # fmt: skip


def test_settling_is_told_once_and_saying_more_opens_it_again(stuck: Stuck) -> None:
    request_id = stuck.ask()
    stuck.reply(request_id)
    for _ in range(2):
        helping.settle(stuck.lms, who(ASKER), request_id)
    assert told(stuck.lms, "help_settled") == [HELPER]
    assert told(stuck.lms) == []  # it waits for nobody any more
    settled_at = helping.request(stuck.lms, who(ASKER), request_id).request.settled_at
    assert settled_at is not None
    stuck.reply(request_id, HELPER, "You are welcome.")
    assert helping.request(stuck.lms, who(ASKER), request_id).request.settled_at == settled_at
    stuck.reply(request_id, ASKER, "One more thing.")
    assert helping.request(stuck.lms, who(ASKER), request_id).request.settled_at is None
    assert helping.wanted(stuck.lms, who(SECOND))[1] == 1


def test_settling_twice_keeps_the_first_time(stuck: Stuck, clock: Clock) -> None:
    request_id = stuck.ask()
    helping.settle(stuck.lms, who(ASKER), request_id)
    first = helping.request(stuck.lms, who(ASKER), request_id).request.settled_at
    clock.advance(hours=1)
    helping.settle(stuck.lms, who(ASKER), request_id)
    assert helping.request(stuck.lms, who(ASKER), request_id).request.settled_at == first


def test_settling_one_settles_no_other(stuck: Stuck) -> None:
    first, other = stuck.ask(), stuck.ask()
    helping.settle(stuck.lms, who(ASKER), first)
    assert helping.request(stuck.lms, who(ASKER), other).request.settled_at is None
    assert len(told(stuck.lms)) == 2
    helping.settle(stuck.lms, who(ASKER), other)
    stuck.reply(first, ASKER, "More.")
    assert helping.request(stuck.lms, who(ASKER), other).request.settled_at is not None


def test_one_s_own_words_can_be_changed(stuck: Stuck, clock: Clock) -> None:
    request_id = stuck.ask()
    first, second = stuck.reply(request_id), stuck.reply(request_id, text="And again.")
    clock.advance(minutes=1)
    helping.change_reply(stuck.lms, who(HELPER), first, " So that it *really* holds.\n")
    replies = helping.request(stuck.lms, who(ASKER), request_id).replies
    assert [(each.id, each.text) for each in replies] == [(first, "So that it *really* holds."), (second, "And again.")]
    assert [each.changed_at for each in replies] == [clock.moment, None]


# What is left


def test_a_deleted_answer_takes_what_was_told_of_it_along_once_it_was_the_last(stuck: Stuck) -> None:
    request_id, other = stuck.ask(), stuck.ask()
    first, second = stuck.reply(request_id), stuck.reply(request_id)
    stuck.reply(request_id, SECOND)
    stuck.reply(other)
    helping.delete_reply(stuck.lms, who(HELPER), first)
    assert told(stuck.lms, "help_answered") == [ASKER] * 3
    helping.delete_reply(stuck.lms, who(HELPER), second)
    assert told(stuck.lms, "help_answered") == [ASKER] * 2
    assert [each.author.name for each in helping.request(stuck.lms, who(ASKER), request_id).replies] == ["Jo"]
    with pytest.raises(NotFoundError):
        helping.delete_reply(stuck.lms, who(HELPER), second)


def test_an_answer_that_its_asker_deletes_does_not_take_the_question_from_inboxes(stuck: Stuck) -> None:
    request_id = stuck.ask()
    stuck.reply(request_id)
    reply_id = stuck.reply(request_id, ASKER, "More.")
    assert told(stuck.lms, "help_answered") == [ASKER, HELPER]
    helping.delete_reply(stuck.lms, who(ASKER), reply_id)
    assert told(stuck.lms, "help_answered") == [ASKER]
    assert sorted(told(stuck.lms)) == [HELPER, SECOND]


def test_what_is_taken_back_leaves_nothing_and_nothing_else_goes(stuck: Stuck) -> None:
    request_id, other = stuck.ask("First"), stuck.ask("Other")
    for each in (request_id, other):
        stuck.reply(each)
        helping.settle(stuck.lms, who(ASKER), each)
    helping.take_back(stuck.lms, who(ASKER), request_id)
    for table, column in (
        ("help_requests", "id"), ("help_replies", "request_id"), ("help_offers", "request_id"), ("notices", "about_id"),
    ):  # fmt: skip
        statement = f"SELECT COUNT(*) FROM {table} WHERE {column} = :id"  # our own words
        assert number(stuck.lms, statement, id=request_id) == 0
        assert number(stuck.lms, statement, id=other) > 0
    assert helping.request(stuck.lms, who(HELPER), other).request.text == "Other"


# How much, and how often


def test_no_words_and_too_many_are_refused(stuck: Stuck) -> None:
    request_id = stuck.ask()
    reply_id = stuck.reply(request_id)
    for say in (
        stuck.ask,
        lambda text: stuck.reply(request_id, text=text),
        lambda text: helping.change_reply(stuck.lms, who(HELPER), reply_id, text),
    ):
        for text, code in ((" \x1b \n", "nothing_posted"), ("x" * (MAX_LENGTH + 1), "post_too_long")):
            with pytest.raises(RefusedError) as refused:
                say(text)
            assert refused.value.code == code
        say("x" * MAX_LENGTH)


def test_questions_and_answers_count_for_the_limit_of_a_minute(stuck: Stuck, clock: Clock) -> None:
    request_id = stuck.ask(user_id=SECOND)
    for place in range(MAX_POSTS):
        if place % 2:
            stuck.ask(user_id=HELPER)
        else:
            stuck.reply(request_id)
    before = number(stuck.lms, "SELECT COUNT(*) FROM help_replies"), len(told(stuck.lms))
    for post in (lambda: stuck.ask(user_id=HELPER), lambda: stuck.reply(request_id)):
        with pytest.raises(RefusedError) as refused:
            post()
        assert refused.value.code == "too_many_posts"
    assert (number(stuck.lms, "SELECT COUNT(*) FROM help_replies"), len(told(stuck.lms))) == before
    stuck.ask(user_id=SECOND)
    clock.advance(minutes=1, seconds=1)
    stuck.reply(request_id)


def test_what_is_shown_is_cleaned(stuck: Stuck) -> None:
    request_id = stuck.ask("a\x1b[2J\u202eb\x07 [red]c[/]")
    stuck.reply(request_id, text="\x9b31m\u2066d")
    thread = helping.request(stuck.lms, who(ASKER), request_id)
    assert (thread.request.text, thread.replies[0].text) == ("a[2Jb [red]c[/]", "31md")


# Two at once


def _work(folder: Path, turn: int, request_id: int) -> list[str]:
    """The asker settles, a helper answers, each in a process of its own; what became of each."""
    lms = open_lms(Paths(folder))
    done = []
    for _ in range(5):
        if turn:
            helping.reply(lms, who(HELPER), request_id, "Because.")
        else:
            helping.settle(lms, who(ASKER), request_id)
            helping.reply(lms, who(ASKER), request_id, "More.")
        done.append("said")
    lms.database.close()
    return done


def test_two_processes_settle_and_answer_at_once(stuck: Stuck, paths: Paths) -> None:
    run(stuck.lms, "DELETE FROM recent_posts")
    request_id = stuck.ask()
    stuck.lms.database.close()
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        done = [pool.submit(_work, paths.home, turn, request_id) for turn in (0, 1)]
        assert [len(each.result()) for each in done] == [5, 5]
    lms = open_lms(paths)
    stuck.lms = lms
    texts = [each.text for each in helping.request(lms, who(HELPER), request_id).replies]
    assert (texts.count("Because."), texts.count("More.")) == (5, 5)
    assert told(lms, "help_answered").count(ASKER) == 1
    assert told(lms, "help_settled").count(HELPER) <= 1
    lms.database.close()
