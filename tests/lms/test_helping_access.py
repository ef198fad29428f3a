"""Who may see, answer and end a question: by each relation to who asked it, in each call of `lms.together.helping`."""

from collections.abc import Callable

import pytest

from azora_tui.errors import NotFoundError, RefusedError, SessionError
from azora_tui.lms import enrolling
from azora_tui.lms.service import Lms
from azora_tui.lms.together import helping
from azora_tui.models.accounts import Claims
from azora_tui.models.helping import HelpThread
from tests.conftest import Clock, claims_of
from tests.helping import (
    ADMIN,
    ASKER,
    CLOSED_PROFILE,
    HELPER,
    LEFT,
    NOT_DONE,
    OTHER_TEACHER,
    SECOND,
    SILENT,
    STRANGER,
    TEACHER,
    Stuck,
    block,
    build,
    close_account,
    number,
    run,
    show_profile,
    who,
)

CONNECT = """
    INSERT INTO connections (uuid, asker_id, asked_id, asked_at, accepted_at)
    VALUES ('connection', :one, :other, '2026', '2026')
"""


@pytest.fixture
def stuck(lms: Lms) -> Stuck:
    return build(lms)


def sees(stuck: Stuck, user_id: int, request_id: int) -> bool:
    """Whether somebody sees a question, and then may answer it; never one without the other."""
    try:
        helping.request(stuck.lms, who(user_id), request_id)
    except NotFoundError as error:
        assert error.code == "help_request_missing"
        with pytest.raises(NotFoundError) as refused:
            helping.reply(stuck.lms, who(user_id), request_id, "Because.")
        assert refused.value.code == "help_request_missing"
        return False
    helping.reply(stuck.lms, who(user_id), request_id, "Because.")
    return True


def is_wanted(stuck: Stuck, user_id: int, request_id: int) -> bool:
    found, number = helping.wanted(stuck.lms, who(user_id))
    assert number == len(found)
    return request_id in [each.id for each in found]


@pytest.mark.parametrize(
    ("user_id", "seen", "listed"),
    [
        (ASKER, True, False),
        (HELPER, True, True),
        (SECOND, True, True),
        (SILENT, False, False),
        (CLOSED_PROFILE, False, False),
        (NOT_DONE, False, False),
        (LEFT, False, False),
        (STRANGER, False, False),
        (TEACHER, True, True),
        (OTHER_TEACHER, False, False),
        (ADMIN, True, False),
    ],
)
def test_who_sees_a_question(stuck: Stuck, user_id: int, seen: bool, listed: bool) -> None:
    request_id = stuck.ask()
    assert is_wanted(stuck, user_id, request_id) is listed
    assert sees(stuck, user_id, request_id) is seen


@pytest.mark.parametrize("user_id", [SILENT, CLOSED_PROFILE, NOT_DONE, LEFT, STRANGER])
def test_a_connection_opens_nothing(stuck: Stuck, user_id: int) -> None:
    request_id = stuck.ask()
    run(stuck.lms, CONNECT, one=ASKER, other=user_id)
    assert not is_wanted(stuck, user_id, request_id)
    assert not sees(stuck, user_id, request_id)


@pytest.mark.parametrize("user_id", [HELPER, TEACHER])
@pytest.mark.parametrize("by_the_asker", [True, False])
@pytest.mark.parametrize("has_replied", [True, False])
def test_who_is_blocked_sees_nothing_of_it(stuck: Stuck, user_id: int, by_the_asker: bool, has_replied: bool) -> None:
    request_id = stuck.ask()
    if has_replied:
        stuck.reply(request_id, user_id)
    block(stuck.lms, *((ASKER, user_id) if by_the_asker else (user_id, ASKER)))
    assert not is_wanted(stuck, user_id, request_id)
    assert not sees(stuck, user_id, request_id)
    thread = helping.request(stuck.lms, who(ASKER), request_id)
    assert (thread.replies, thread.request.replies) == ((), 0)
    assert helping.mine(stuck.lms, who(ASKER))[0][0].replies == 0


@pytest.mark.parametrize("pair", [(HELPER, SECOND), (SECOND, HELPER)])
def test_two_who_help_and_are_blocked_do_not_see_each_other_s_answers(stuck: Stuck, pair: tuple[int, int]) -> None:
    request_id = stuck.ask()
    stuck.reply(request_id, HELPER, "First")
    stuck.reply(request_id, SECOND, "Second")
    block(stuck.lms, *pair)
    for user_id, texts in ((HELPER, ["First"]), (SECOND, ["Second"]), (ASKER, ["First", "Second"])):
        thread = helping.request(stuck.lms, who(user_id), request_id)
        assert [each.text for each in thread.replies] == texts
        assert thread.request.replies == len(texts)


def test_who_has_replied_sees_it_also_when_they_help_no_more(stuck: Stuck) -> None:
    request_id = stuck.ask()
    reply_id = stuck.reply(request_id)
    show_profile(stuck.lms, HELPER, is_open=False, helps=False)
    assert not is_wanted(stuck, HELPER, request_id)
    assert helping.request(stuck.lms, who(HELPER), request_id).replies
    helping.delete_reply(stuck.lms, who(HELPER), reply_id)
    assert not sees(stuck, HELPER, request_id)


def test_another_s_reply_is_none_of_one_s_own(stuck: Stuck) -> None:
    request_id = stuck.ask()
    stuck.reply(request_id, SECOND)
    show_profile(stuck.lms, HELPER, helps=False)
    assert not sees(stuck, HELPER, request_id)


def test_what_was_completed_elsewhere_does_not_count(stuck: Stuck) -> None:
    request_id = helping.ask(stuck.lms, who(ASKER), stuck.lessons["two"], "And here?").id
    assert not is_wanted(stuck, HELPER, request_id)
    assert not sees(stuck, HELPER, request_id)
    assert helping.request(stuck.lms, who(ASKER), request_id).reached == 0


def test_of_who_has_left_nothing_is_wanted_and_who_replied_still_reads_it(stuck: Stuck) -> None:
    request_id = stuck.ask()
    stuck.reply(request_id, SECOND)
    close_account(stuck.lms, ASKER)
    for user_id in (HELPER, SECOND, TEACHER):
        assert not is_wanted(stuck, user_id, request_id)
    assert not sees(stuck, HELPER, request_id)
    assert helping.request(stuck.lms, who(SECOND), request_id).request.asker.gone


def test_who_has_left_helps_nobody(stuck: Stuck) -> None:
    request_id = stuck.ask()
    close_account(stuck.lms, HELPER)
    assert not is_wanted(stuck, HELPER, request_id)
    assert not sees(stuck, HELPER, request_id)
    assert helping.reach(stuck.lms, who(ASKER), stuck.lesson) == 1


@pytest.mark.parametrize(
    "gone",
    [
        "UPDATE lessons SET is_published = 0",
        "UPDATE courses SET is_published = 0, state = 'draft'",
    ],
)
def test_of_what_can_be_read_no_more_nothing_is_wanted(stuck: Stuck, gone: str) -> None:
    request_id = stuck.ask()
    run(stuck.lms, gone)
    for user_id in (HELPER, TEACHER):
        assert not is_wanted(stuck, user_id, request_id)
    assert not sees(stuck, HELPER, request_id)
    assert not helping.request(stuck.lms, who(ASKER), request_id).request.available


def test_in_an_archived_course_help_goes_on(stuck: Stuck) -> None:
    run(stuck.lms, "UPDATE courses SET is_published = 0, state = 'archived'")
    request_id = stuck.ask()
    assert is_wanted(stuck, HELPER, request_id)
    assert sees(stuck, HELPER, request_id)


def test_what_is_settled_is_wanted_no_more_and_still_there(stuck: Stuck) -> None:
    request_id = stuck.ask()
    stuck.reply(request_id)
    helping.settle(stuck.lms, who(ASKER), request_id)
    for user_id in (HELPER, SECOND, TEACHER):
        assert not is_wanted(stuck, user_id, request_id)
        assert sees(stuck, user_id, request_id)


@pytest.mark.parametrize("user_id", [TEACHER, ADMIN])
def test_who_was_named_and_is_a_learner_now_teaches_nothing(stuck: Stuck, user_id: int) -> None:
    request_id = stuck.ask()
    now_a_learner = claims_of(user_id)
    assert helping.wanted(stuck.lms, now_a_learner) == ((), 0)
    with pytest.raises(NotFoundError):
        helping.request(stuck.lms, now_a_learner, request_id)


# While somebody takes the quiz


def test_its_asker_sees_no_answers_until_their_attempt_is_over(stuck: Stuck) -> None:
    attempt = stuck.begin_quiz(ASKER)
    request_id = stuck.ask(question_id="often")
    stuck.reply(request_id)
    thread = helping.request(stuck.lms, who(ASKER), request_id)
    assert (thread.withheld, thread.replies, thread.request.replies) == (True, (), 1)
    stuck.reply(request_id, ASKER, "Nobody?")
    assert helping.request(stuck.lms, who(HELPER), request_id).replies[0].text == "So that it holds."
    stuck.end_quiz(ASKER, attempt)
    thread = helping.request(stuck.lms, who(ASKER), request_id)
    assert (thread.withheld, [each.text for each in thread.replies]) == (False, ["So that it holds.", "Nobody?"])


@pytest.mark.parametrize("user_id", [HELPER, TEACHER])
@pytest.mark.parametrize("has_replied", [True, False])
def test_who_helps_and_takes_the_quiz_does_not_see_it_until_then(stuck: Stuck, user_id: int, has_replied: bool) -> None:
    enrolling.enroll(stuck.lms, who(TEACHER), stuck.course)
    request_id = stuck.ask()
    if has_replied:
        stuck.reply(request_id, user_id)
    attempt = stuck.begin_quiz(user_id)
    assert not is_wanted(stuck, user_id, request_id)
    for call in (
        lambda: helping.request(stuck.lms, who(user_id), request_id),
        lambda: helping.reply(stuck.lms, who(user_id), request_id, "Because."),
    ):
        with pytest.raises(RefusedError) as refused:
            call()
        assert refused.value.code == "help_during_attempt"
    stuck.end_quiz(user_id, attempt)
    assert is_wanted(stuck, user_id, request_id)
    assert helping.request(stuck.lms, who(user_id), request_id)


def test_an_attempt_at_another_quiz_or_of_another_person_hides_nothing(stuck: Stuck) -> None:
    request_id = stuck.ask()
    stuck.reply(request_id, SECOND)
    lesson, stuck.lessons["one"] = stuck.lesson, stuck.lessons["two"]
    for user_id in (ASKER, HELPER):
        stuck.begin_quiz(user_id)
    stuck.lessons["one"] = lesson
    stuck.begin_quiz(SECOND)
    assert is_wanted(stuck, HELPER, request_id)
    for user_id in (ASKER, HELPER):
        assert len(helping.request(stuck.lms, who(user_id), request_id).replies) == 1


# Whose it is


@pytest.mark.parametrize("user_id", [HELPER, SILENT, STRANGER, TEACHER, ADMIN])
@pytest.mark.parametrize("call", [helping.settle, helping.take_back])
def test_only_its_asker_ends_a_question(stuck: Stuck, user_id: int, call: Callable[[Lms, Claims, int], None]) -> None:
    request_id = stuck.ask()
    with pytest.raises(NotFoundError) as refused:
        call(stuck.lms, who(user_id), request_id)
    assert refused.value.code == "help_request_not_yours"
    assert helping.request(stuck.lms, who(ASKER), request_id).request.settled_at is None


@pytest.mark.parametrize("user_id", [ASKER, SECOND, STRANGER, TEACHER, ADMIN])
def test_only_who_said_it_changes_or_deletes_an_answer(stuck: Stuck, user_id: int) -> None:
    request_id = stuck.ask()
    reply_id = stuck.reply(request_id)
    for call in (
        lambda: helping.delete_reply(stuck.lms, who(user_id), reply_id),
        lambda: helping.change_reply(stuck.lms, who(user_id), reply_id, "Never."),
    ):
        with pytest.raises(NotFoundError) as refused:
            call()
        assert refused.value.code == "help_reply_missing"
    assert [each.text for each in thread(stuck, request_id).replies] == ["So that it holds."]


@pytest.mark.parametrize("user_id", [LEFT, STRANGER, TEACHER, ADMIN])
def test_only_who_is_in_the_course_asks(stuck: Stuck, user_id: int) -> None:
    for call in (
        lambda: helping.reach(stuck.lms, who(user_id), stuck.lesson),
        lambda: helping.ask(stuck.lms, who(user_id), stuck.lesson, "Why?"),
    ):
        with pytest.raises(RefusedError) as refused:
            call()
        assert refused.value.code == "lesson_not_enrolled"
    assert number(stuck.lms, "SELECT COUNT(*) FROM help_requests") == 0


def test_what_is_not_there_sounds_like_what_one_may_not_see(stuck: Stuck) -> None:
    request_id = stuck.ask()
    said = set()
    for missing in (request_id, request_id + 1, 0, -1, 2**63, 2**70):
        with pytest.raises(NotFoundError) as refused:
            helping.request(stuck.lms, who(STRANGER), missing)
        said.add(str(refused.value))
    assert len(said) == 1
    for missing in (0, 2**63):
        for call in (helping.settle, helping.take_back, helping.delete_reply):
            with pytest.raises(NotFoundError):
                call(stuck.lms, who(ASKER), missing)
        with pytest.raises(NotFoundError):
            helping.change_reply(stuck.lms, who(ASKER), missing, "Never.")


def test_without_a_session_there_is_nothing(stuck: Stuck, clock: Clock) -> None:
    request_id = stuck.ask()
    reply_id = stuck.reply(request_id)
    clock.advance(days=400)
    lms, me = stuck.lms, who(ASKER)
    for call in (
        lambda: helping.reach(lms, me, stuck.lesson),
        lambda: helping.ask(lms, me, stuck.lesson, "Why?"),
        lambda: helping.wanted(lms, me),
        lambda: helping.mine(lms, me),
        lambda: helping.request(lms, me, request_id),
        lambda: helping.reply(lms, me, request_id, "Because."),
        lambda: helping.change_reply(lms, me, reply_id, "Because."),
        lambda: helping.delete_reply(lms, me, reply_id),
        lambda: helping.settle(lms, me, request_id),
        lambda: helping.take_back(lms, me, request_id),
    ):
        with pytest.raises(SessionError):
            call()


# Who is called what


def names(found: HelpThread) -> list[str | None]:
    return [found.request.asker.name, *(each.author.name for each in found.replies)]


def thread(stuck: Stuck, request_id: int, user_id: int = ASKER) -> HelpThread:
    return helping.request(stuck.lms, who(user_id), request_id)


def test_a_name_is_shown_of_an_open_profile_to_who_is_connected_and_of_who_teaches_it(stuck: Stuck) -> None:
    request_id = stuck.ask()
    for user_id in (HELPER, SECOND, TEACHER):
        stuck.reply(request_id, user_id)
    show_profile(stuck.lms, SECOND, is_open=False)
    assert names(thread(stuck, request_id)) == ["Kofi", "Amina", None, "Elara"]
    assert names(thread(stuck, request_id, SECOND)) == [None, "Amina", "Jo", "Elara"]
    run(stuck.lms, CONNECT, one=ASKER, other=SECOND)
    assert names(thread(stuck, request_id)) == ["Kofi", "Amina", "Jo", "Elara"]
    assert names(thread(stuck, request_id, SECOND)) == ["Kofi", "Amina", "Jo", "Elara"]
    assert names(thread(stuck, request_id, HELPER)) == [None, "Amina", None, "Elara"]
    [listed], _ = helping.wanted(stuck.lms, who(HELPER))
    assert listed.asker.name is None
