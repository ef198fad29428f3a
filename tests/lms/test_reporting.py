"""What is said in circles and where somebody is stuck: who reports it, and who still reads it once it is hidden."""

from collections.abc import Callable

import pytest

from azora_tui.data import teachers
from azora_tui.errors import NotFoundError, RefusedError
from azora_tui.lms.events import know_learner
from azora_tui.lms.service import Lms
from azora_tui.lms.together import boards, circles, giving, helping, inbox, moderation, reporting
from azora_tui.models.accounts import Claims
from azora_tui.models.circles import Circle
from tests.conftest import Clock
from tests.helping import ADMIN, ASKER, HELPER, OTHER_TEACHER, SECOND, STRANGER, TEACHER, Stuck, build, number, who
from tests.together_circles import block, made_circle, person

NO = "It is unkind."


@pytest.fixture
def circle(lms: Lms, add_course: Callable[..., int]) -> Circle:
    """Amina (1), Jo (2) and Kofi (3) are in it; `TEACHER` teaches its course."""
    course = add_course("ropes")
    with lms.database.write() as transaction:
        know_learner(transaction, who(TEACHER))
        teachers.add_teacher(transaction, course_id=course, user_id=TEACHER, now=lms.now_text())
    return made_circle(lms, course, 2, 3)


@pytest.fixture
def stuck(lms: Lms) -> Stuck:
    return build(lms)


def code(work: Callable[..., object], *args: object) -> str:
    with pytest.raises((RefusedError, NotFoundError)) as caught:
        work(*args)
    return caught.value.code


def read(lms: Lms, reader: int, circle_id: int) -> list[tuple[str, list[str]]]:
    threads = boards.page(lms, person(reader), circle_id).threads
    return [(each.post.text, [reply.text for reply in each.replies]) for each in threads]


def counts(lms: Lms, reader: int, circle_id: int) -> tuple[int, int, int]:
    """Posts of the circle and of its week, and threads."""
    page = circles.circle(lms, person(reader), circle_id)
    return page.circle.posts, page.week.posts, boards.page(lms, person(reader), circle_id).total


def kinds(lms: Lms, claims: Claims) -> list[str]:
    told = inbox.page(lms, claims, read=True).new
    assert inbox.count(lms, claims) >= len(inbox.page(lms, claims).new)
    return sorted(each.kind for each in told if each.kind != "circle_joined")


def last_report(lms: Lms) -> int:
    return moderation.reports(lms, who(ADMIN))[-1].id


def reports_left(lms: Lms) -> int:
    return number(lms, "SELECT COUNT(*) FROM reports")


# Reporting


def test_a_post_goes_to_who_teaches_the_course_and_to_admins(lms: Lms, circle: Circle) -> None:
    posted = boards.post(lms, person(1), circle.id, "You are slow.")
    reporting.report_post(lms, person(2), posted.id, f" {NO} ")
    for claims in (who(TEACHER), who(ADMIN)):
        (found,) = moderation.reports(lms, claims)
        about = found.about
        assert (found.reason, found.piece, about.kind, about.id, about.text) == (
            NO, None, "circle_post", posted.id, "You are slow.",
        )  # fmt: skip
        assert (about.author.name, about.course_id, about.place) == ("Amina", circle.course_id, "Three ropes")
        assert (about.at, about.lesson_id, about.hidden_reason) == (posted.at, None, "")
        assert moderation.count(lms, claims) == 1
        assert code(boards.page, lms, claims, circle.id) == "circle_missing"
        assert code(boards.reply, lms, claims, posted.id, "No.") == "circle_post_missing"
    assert moderation.reports(lms, who(OTHER_TEACHER)) == ()
    assert kinds(lms, person(1)) == []


def test_questions_and_answers_do_as_well(stuck: Stuck) -> None:
    lms, asked = stuck.lms, stuck.ask("Why, fool?")
    said = stuck.reply(asked, text="Because, fool.")
    reporting.report_question(lms, who(HELPER), asked, NO)
    reporting.report_reply(lms, who(ASKER), asked, said, "So is this.")
    found = moderation.reports(lms, who(TEACHER))
    assert [(each.about.kind, each.about.id, each.about.text, each.reason) for each in found] == [
        ("help_request", asked, "Why, fool?", NO),
        ("help_reply", said, "Because, fool.", "So is this."),
    ]
    for each, name in zip(found, ("Kofi", "Amina"), strict=True):
        about = each.about
        assert (about.author.name, about.course_id, about.lesson_id, about.place) == (
            name, stuck.course, stuck.lesson, "Knot one",
        )  # fmt: skip
    assert moderation.reports(lms, who(OTHER_TEACHER)) == ()


def test_one_reports_what_one_reads_and_is_not_ones_own(lms: Lms, circle: Circle) -> None:
    posted = boards.post(lms, person(1), circle.id, "Hello")
    assert code(reporting.report_post, lms, person(1), posted.id, NO) == "report_of_ones_own"
    block(lms, 3, 1)
    for reader in (3, 4, TEACHER):
        assert code(reporting.report_post, lms, person(reader), posted.id, NO) == "circle_post_missing"
    boards.reply(lms, person(2), posted.id, "Yes")
    boards.delete(lms, person(1), posted.id)  # an empty row of nobody is left
    assert code(reporting.report_post, lms, person(2), posted.id, NO) == "circle_post_missing"
    assert reports_left(lms) == 0


def test_that_is_so_of_questions_too(stuck: Stuck) -> None:
    lms, asked = stuck.lms, stuck.ask()
    other, said = stuck.ask("And this?"), stuck.reply(asked)
    assert code(reporting.report_question, lms, who(ASKER), asked, NO) == "report_of_ones_own"
    assert code(reporting.report_reply, lms, who(HELPER), asked, said, NO) == "report_of_ones_own"
    assert code(reporting.report_question, lms, who(STRANGER), asked, NO) == "help_request_missing"
    assert code(reporting.report_reply, lms, who(STRANGER), asked, said, NO) == "help_request_missing"
    assert code(reporting.report_reply, lms, who(ASKER), other, said, NO) == "help_reply_not_there"
    stuck.begin_quiz(ASKER)  # so its answers are not shown
    assert code(reporting.report_reply, lms, who(ASKER), asked, said, NO) == "help_during_attempt"
    block(lms, SECOND, HELPER)
    assert code(reporting.report_reply, lms, who(SECOND), asked, said, NO) == "help_reply_not_there"
    assert reports_left(lms) == 0


def test_a_report_has_a_reason_is_sent_once_and_counts_as_a_post(lms: Lms, circle: Circle) -> None:
    posted = boards.post(lms, person(1), circle.id, "Hello")
    assert code(reporting.report_post, lms, person(2), posted.id, " ") == "report_without_reason"
    assert code(reporting.report_post, lms, person(2), posted.id, "x" * 1_001) == "post_too_long"
    for _ in range(10):
        reporting.report_post(lms, person(2), posted.id, NO)
    assert code(reporting.report_post, lms, person(2), posted.id, NO) == "too_many_posts"
    assert reports_left(lms) == 1
    moderation.dismiss(lms, who(TEACHER), last_report(lms))
    assert moderation.reports(lms, who(TEACHER)) == ()
    assert read(lms, 3, circle.id) == [("Hello", [])]


# What who teaches does


def test_only_who_teaches_the_course_hides(lms: Lms, circle: Circle) -> None:
    posted = boards.post(lms, person(1), circle.id, "Hello")
    reporting.report_post(lms, person(2), posted.id, NO)
    report = last_report(lms)
    for claims, said in ((person(2), "teaching_not_allowed"), (who(OTHER_TEACHER), "not_your_course")):
        assert code(reporting.hide, lms, claims, report, NO) == said
        assert code(reporting.show_again, lms, claims, report) == said
    for missing in (999, 0, 2**63):
        assert code(reporting.hide, lms, who(TEACHER), missing, NO) == "report_missing"
        assert code(reporting.show_again, lms, who(TEACHER), missing) == "report_missing"
    assert code(reporting.hide, lms, who(TEACHER), report, " ") == "wisdom_hidden_without_reason"
    assert code(reporting.hide, lms, who(TEACHER), report, "x" * 1_001) == "post_too_long"
    reporting.hide(lms, who(ADMIN), report, NO)
    assert read(lms, 2, circle.id) == []


def test_a_hidden_post_is_read_by_its_author_alone(lms: Lms, circle: Circle) -> None:
    boards.post(lms, person(3), circle.id, "Before")
    posted = boards.post(lms, person(1), circle.id, "You are slow.")
    assert kinds(lms, person(2)) == ["circle_posted", "circle_posted"]
    for reporter in (2, 3):
        reporting.report_post(lms, person(reporter), posted.id, NO)
    report = last_report(lms)
    reporting.hide(lms, who(TEACHER), report, "Nobody is slow here.")
    assert moderation.reports(lms, who(TEACHER)) == ()
    for reader in (2, 3):
        assert read(lms, reader, circle.id) == [("Before", [])]
        assert counts(lms, reader, circle.id) == (1, 1, 1)
        assert code(boards.reply, lms, person(reader), posted.id, "No.") == "circle_post_missing"
        assert code(reporting.report_post, lms, person(reader), posted.id, NO) == "circle_post_missing"
    assert kinds(lms, person(2)) == ["circle_posted"]
    assert counts(lms, 1, circle.id) == (2, 2, 2)
    mine = boards.page(lms, person(1), circle.id).threads[0].post
    assert (mine.text, mine.hidden, mine.hidden_reason) == ("You are slow.", True, "Nobody is slow here.")
    assert kinds(lms, person(1)) == ["circle_posted", "post_hidden"]
    boards.change(lms, person(1), posted.id, "You are late.")
    assert read(lms, 2, circle.id) == [("Before", [])]
    reporting.hide(lms, who(TEACHER), report, "Nor late.")
    assert kinds(lms, person(1)) == ["circle_posted", "post_hidden"]
    for _ in range(2):
        reporting.show_again(lms, who(TEACHER), report)
    assert ("You are late.", []) in read(lms, 2, circle.id)
    assert counts(lms, 2, circle.id) == (2, 2, 2)
    assert kinds(lms, person(1)) == ["circle_posted"]
    assert kinds(lms, person(2)) == ["circle_posted", "circle_posted"]


def test_replies_stay_under_a_hidden_post_and_a_hidden_reply_goes(lms: Lms, circle: Circle) -> None:
    posted = boards.post(lms, person(1), circle.id, "You are slow.")
    for writer, words in ((2, "Unkind."), (3, "Fool.")):
        boards.reply(lms, person(writer), posted.id, words)
    replies = boards.page(lms, person(1), circle.id).threads[0].replies
    reporting.report_post(lms, person(2), posted.id, NO)
    reporting.hide(lms, who(TEACHER), last_report(lms), NO)
    thread = boards.page(lms, person(3), circle.id).threads[0]
    assert (thread.post.text, thread.post.author.name, thread.post.hidden, thread.post.hidden_reason) == (
        "", None, True, "",
    )  # fmt: skip
    assert not thread.post.taken_back
    assert counts(lms, 3, circle.id) == (2, 2, 1)
    boards.reply(lms, person(3), replies[0].id, "So it is.")
    reporting.report_post(lms, person(1), replies[1].id, NO)
    reporting.hide(lms, who(TEACHER), last_report(lms), NO)
    assert read(lms, 2, circle.id) == [("", ["Unkind.", "So it is."])]
    assert read(lms, 3, circle.id) == [("", ["Unkind.", "Fool.", "So it is."])]
    boards.delete(lms, person(1), posted.id)  # an empty row, of which no reason is left
    assert number(lms, "SELECT COUNT(*) FROM circle_posts WHERE hidden_reason <> ''") == 1
    assert reports_left(lms) == 1


def test_under_a_hidden_post_a_hidden_reply_alone_holds_nothing(lms: Lms, circle: Circle) -> None:
    posted = boards.post(lms, person(1), circle.id, "Slow.")
    reply = boards.reply(lms, person(2), posted.id, "Fool.")
    for reporter, post_id in ((3, reply.id), (3, posted.id)):
        reporting.report_post(lms, person(reporter), post_id, NO)
        reporting.hide(lms, who(TEACHER), last_report(lms), NO)
    assert read(lms, 3, circle.id) == []
    assert counts(lms, 3, circle.id) == (0, 0, 0)


def test_a_hidden_question_is_read_by_its_asker_alone(stuck: Stuck) -> None:
    lms, asked = stuck.lms, stuck.ask("Why, fool?")
    stuck.reply(asked)
    reporting.report_question(lms, who(SECOND), asked, NO)
    report = last_report(lms)
    reporting.hide(lms, who(TEACHER), report, "Ask kindly.")
    for reader in (HELPER, SECOND, TEACHER):
        assert code(helping.request, lms, who(reader), asked) == "help_request_missing"
        assert helping.wanted(lms, who(reader)) == ((), 0)
        assert kinds(lms, who(reader)) == []
    stuck.complete(STRANGER)  # who would have been told
    assert kinds(lms, who(STRANGER)) == []
    assert number(lms, "SELECT COUNT(*) FROM help_offers WHERE user_id = :id", id=STRANGER) == 0
    mine = helping.request(lms, who(ASKER), asked)
    assert (mine.request.text, mine.request.hidden_reason) == ("Why, fool?", "Ask kindly.")
    assert kinds(lms, who(ASKER)) == ["help_answered", "help_hidden"]
    reporting.show_again(lms, who(TEACHER), report)
    assert helping.request(lms, who(SECOND), asked).request.hidden_reason == ""
    assert kinds(lms, who(SECOND)) == ["help_asked"]
    assert kinds(lms, who(ASKER)) == ["help_answered"]


def test_a_hidden_answer_is_read_by_its_author_alone(stuck: Stuck) -> None:
    lms, asked = stuck.lms, stuck.ask()
    said = stuck.reply(asked, text="Fool.")
    stuck.reply(asked, SECOND, "Look.")
    reporting.report_reply(lms, who(ASKER), asked, said, NO)
    report = last_report(lms)
    reporting.hide(lms, who(TEACHER), report, "Nobody is.")
    for reader in (ASKER, SECOND, TEACHER):
        found = helping.request(lms, who(reader), asked)
        assert ([each.text for each in found.replies], found.request.replies) == (["Look."], 1)
    found = helping.request(lms, who(HELPER), asked)
    assert [(each.text, each.hidden_reason) for each in found.replies] == [("Fool.", "Nobody is."), ("Look.", "")]
    assert found.request.replies == 2
    assert kinds(lms, who(ASKER)) == ["help_answered"]  # that of who said something else
    assert kinds(lms, who(HELPER)) == ["help_asked", "help_hidden"]
    helping.settle(lms, who(ASKER), asked)
    assert code(giving.give, lms, who(HELPER), asked, said) == "help_reply_not_to_give"
    reporting.show_again(lms, who(TEACHER), report)
    assert kinds(lms, who(ASKER)) == ["help_answered", "help_answered"]
    assert "help_hidden" not in kinds(lms, who(HELPER))
    giving.give(lms, who(HELPER), asked, said)


def test_a_block_keeps_no_ruling_from_its_author(lms: Lms, circle: Circle) -> None:
    posted = boards.post(lms, person(1), circle.id, "Hello")
    reporting.report_post(lms, person(2), posted.id, NO)
    block(lms, 1, TEACHER)
    reporting.hide(lms, who(TEACHER), last_report(lms), NO)
    (told,) = inbox.page(lms, person(1)).new[:1]
    assert (told.kind, told.actor, told.words, told.circle_id) == ("post_hidden", None, "Hello", circle.id)
    assert boards.mark_seen(lms, person(1), circle.id)
    assert inbox.page(lms, person(1)).new == ()


# What is deleted


def test_what_is_deleted_takes_its_reports_along(lms: Lms, circle: Circle, clock: Clock) -> None:
    posted = [boards.post(lms, person(1), circle.id, word) for word in ("One", "Two", "Three")]
    for each in posted:
        reporting.report_post(lms, person(2), each.id, NO)
    reporting.hide(lms, who(TEACHER), last_report(lms), NO)
    boards.delete(lms, person(1), posted[2].id)
    assert reports_left(lms) == 2
    assert "post_hidden" not in kinds(lms, person(1))
    clock.advance(minutes=2)
    circles.leave(lms, person(1), circle.id, keep_posts=True)
    assert reports_left(lms) == 2
    for member in (2, 3):
        circles.leave(lms, person(member), circle.id)
    assert reports_left(lms) == 0


def test_so_do_questions_and_answers(stuck: Stuck) -> None:
    lms, asked = stuck.lms, stuck.ask()
    said, more = stuck.reply(asked), stuck.reply(asked, text="More.")
    for reply in (said, more):
        reporting.report_reply(lms, who(ASKER), asked, reply, NO)
        reporting.hide(lms, who(TEACHER), last_report(lms), NO)
    reporting.report_question(lms, who(SECOND), asked, NO)
    helping.delete_reply(lms, who(HELPER), said)
    assert (reports_left(lms), "help_hidden" in kinds(lms, who(HELPER))) == (2, True)
    helping.delete_reply(lms, who(HELPER), more)
    assert (reports_left(lms), "help_hidden" in kinds(lms, who(HELPER))) == (1, False)
    again = stuck.reply(asked, SECOND)
    reporting.report_reply(lms, who(ASKER), asked, again, NO)
    helping.take_back(lms, who(ASKER), asked)
    assert reports_left(lms) == 0


def test_who_leaves_takes_along_what_was_reported_of_theirs(stuck: Stuck) -> None:
    lms, asked = stuck.lms, stuck.ask()
    reporting.report_reply(lms, who(ASKER), asked, stuck.reply(asked), NO)
    with lms.database.write() as transaction:
        helping.forget(transaction, HELPER)
    assert reports_left(lms) == 0


def test_a_report_of_wisdom_is_hidden_and_shown_by_its_number_too(stuck: Stuck) -> None:
    from azora_tui.lms.together import wisdom
    from azora_tui.models.wisdom import WisdomKind

    left = wisdom.write(stuck.lms, who(HELPER), stuck.lesson, WisdomKind.TIP, "Fool.")
    moderation.report(stuck.lms, who(SECOND), left.id, NO)
    report = last_report(stuck.lms)
    reporting.hide(stuck.lms, who(TEACHER), report, NO)
    assert wisdom.mine(stuck.lms, who(HELPER))[0].hidden_reason == NO
    reporting.show_again(stuck.lms, who(TEACHER), report)
    assert not wisdom.mine(stuck.lms, who(HELPER))[0].hidden
