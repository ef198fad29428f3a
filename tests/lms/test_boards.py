"""What is said in a circle: who reads it, in which order, and what is left of what was taken back."""

from collections.abc import Callable

import pytest

from azora_tui.errors import NotFoundError, RefusedError, SessionError
from azora_tui.lms.service import Lms
from azora_tui.lms.together import boards, circles, inbox
from azora_tui.lms.together.access import MAX_LENGTH
from azora_tui.models.circles import Circle
from tests.conftest import NOW, Clock, claims_of
from tests.together_circles import block, made_circle, person, row_counts

Seen = list[tuple[str, list[str]]]


@pytest.fixture
def circle(lms: Lms, add_course: Callable[..., int]) -> Circle:
    """Amina (1), Jo (2) and Kofi (3) are in it; Lindiwe (4) is in another one of the same course."""
    course = add_course("ropes")
    made_circle(lms, course, maker=4, name="Another")
    return made_circle(lms, course, 2, 3)


def seen(lms: Lms, number: int, circle_id: int) -> Seen:
    """Each thread as a learner reads it: its words, and those of its replies."""
    board = boards.page(lms, person(number), circle_id)
    return [(each.post.text, [reply.text for reply in each.replies]) for each in board.threads]


def code(work: Callable[..., object], *args: object) -> str:
    with pytest.raises((RefusedError, NotFoundError)) as caught:
        work(*args)
    return caught.value.code


def test_what_is_posted_is_read_by_everybody_in_the_circle(lms: Lms, circle: Circle, clock: Clock) -> None:
    clock.advance(minutes=5)
    posted = boards.post(lms, person(1), circle.id, "  The *loop* first. \r\n")
    assert (posted.text, posted.parent_id, posted.at, posted.changed_at) == (
        "The *loop* first.", None, clock.moment, None,
    )  # fmt: skip
    assert posted.author.mine
    assert posted.author.name == "Amina"
    for number in (1, 2, 3):
        (thread,) = boards.page(lms, person(number), circle.id).threads
        assert (thread.post.text, thread.post.author.name) == ("The *loop* first.", "Amina")
        assert thread.post.author.mine is (number == 1)
        assert circles.mine(lms, person(number))[0].posts == 1
    assert code(boards.page, lms, person(4), circle.id) == "circle_missing"
    assert code(boards.page, lms, person(4), 999) == "circle_missing"
    assert circles.mine(lms, person(4))[0].posts == 0


def test_where_something_was_said_last_stands_first(lms: Lms, circle: Circle, clock: Clock) -> None:
    first = boards.post(lms, person(1), circle.id, "First")
    for word in ("Second", "Third"):
        clock.advance(minutes=1)
        boards.post(lms, person(2), circle.id, word)
    assert [words for words, _ in seen(lms, 3, circle.id)] == ["Third", "Second", "First"]
    clock.advance(minutes=1)
    answer = boards.reply(lms, person(3), first.id, "An answer")
    clock.advance(minutes=1)
    assert boards.reply(lms, person(2), answer.id, "To the answer").parent_id == first.id
    assert seen(lms, 1, circle.id) == [("First", ["An answer", "To the answer"]), ("Third", []), ("Second", [])]
    assert circles.mine(lms, person(1))[0].posts == 5


def test_a_board_comes_in_pages(lms: Lms, circle: Circle, clock: Clock) -> None:
    for number in range(5):
        boards.post(lms, person(1), circle.id, str(number))
        clock.advance(minutes=1)
    pages = [boards.page(lms, person(2), circle.id, offset=offset, limit=2) for offset in (0, 2, 4, 6)]
    assert [[each.post.text for each in page.threads] for page in pages] == [["4", "3"], ["2", "1"], ["0"], []]
    assert {page.total for page in pages} == {5}
    assert [page.offset for page in pages] == [0, 2, 4, 6]


# Limits


@pytest.mark.parametrize(("text", "refused"), [
    ("", "nothing_posted"), (" \n\t", "nothing_posted"), ("\x1b\x07", "nothing_posted"),
    ("x" * (MAX_LENGTH + 1), "post_too_long"), ("x" * 1_000_000, "post_too_long"),
])  # fmt: skip
def test_a_post_has_words_and_not_too_many(lms: Lms, circle: Circle, text: str, refused: str) -> None:
    posted = boards.post(lms, person(1), circle.id, "x" * MAX_LENGTH)
    before = row_counts(lms)
    assert code(boards.post, lms, person(1), circle.id, text) == refused
    assert code(boards.reply, lms, person(1), posted.id, text) == refused
    assert code(boards.change, lms, person(1), posted.id, text) == refused
    assert row_counts(lms) == before
    assert seen(lms, 2, circle.id) == [("x" * MAX_LENGTH, [])]


def test_ten_posts_and_replies_a_minute_are_the_most_for_everybody(lms: Lms, circle: Circle, clock: Clock) -> None:
    first = boards.post(lms, person(2), circle.id, "x")
    for _ in range(4):
        boards.post(lms, person(2), circle.id, "x")
        boards.reply(lms, person(2), first.id, "x")
    boards.reply(lms, person(2), first.id, "x")
    assert code(boards.post, lms, person(2), circle.id, "x") == "too_many_posts"
    assert code(boards.reply, lms, person(2), first.id, "x") == "too_many_posts"
    assert circles.mine(lms, person(1))[0].posts == 10
    boards.post(lms, person(3), circle.id, "x")
    clock.advance(seconds=61)
    boards.post(lms, person(2), circle.id, "x")


# Changing and taking back


def test_only_who_wrote_it_changes_it(lms: Lms, circle: Circle, clock: Clock) -> None:
    posted, other = (boards.post(lms, person(1), circle.id, word) for word in ("First", "Other"))
    clock.advance(minutes=1)
    changed = boards.change(lms, person(1), posted.id, "Better")
    assert (changed.text, changed.at, changed.changed_at) == ("Better", NOW, clock.moment)
    assert code(boards.change, lms, person(2), posted.id, "Mine") == "circle_post_missing"
    assert code(boards.change, lms, person(4), posted.id, "Mine") == "circle_post_missing"
    assert sorted(seen(lms, 2, circle.id)) == [("Better", []), ("Other", [])]
    assert boards.change(lms, person(1), other.id, " Other").changed_at is None


def test_what_is_taken_back_is_gone_with_what_was_told_of_it(lms: Lms, circle: Circle) -> None:
    kept = boards.post(lms, person(1), circle.id, "Kept")
    before = row_counts(lms)
    posted = boards.post(lms, person(1), circle.id, "Gone")
    assert code(boards.delete, lms, person(2), posted.id) == "circle_post_missing"
    assert code(boards.delete, lms, person(4), posted.id) == "circle_post_missing"
    boards.delete(lms, person(1), posted.id)
    assert row_counts(lms) == before
    assert seen(lms, 2, circle.id) == [("Kept", [])]
    assert code(boards.delete, lms, person(1), posted.id) == "circle_post_missing"
    assert [each.about_id for each in inbox.page(lms, person(2)).new if each.kind == "circle_posted"] == [kept.id]


def test_replies_stay_under_what_was_taken_back_until_the_last_of_them_goes(lms: Lms, circle: Circle) -> None:
    posted = boards.post(lms, person(1), circle.id, "Gone")
    replies = [boards.reply(lms, person(number), posted.id, f"Reply {number}") for number in (2, 3)]
    boards.delete(lms, person(1), posted.id)
    (thread,) = boards.page(lms, person(1), circle.id).threads
    assert (thread.post.text, thread.post.taken_back, thread.post.author.name) == ("", True, None)
    assert [each.text for each in thread.replies] == ["Reply 2", "Reply 3"]
    assert not thread.replies[0].taken_back
    assert circles.mine(lms, person(1))[0].posts == 2
    with lms.database.read() as transaction:
        assert list(transaction.execute("SELECT 1 FROM circle_posts WHERE text = 'Gone'")) == []
    boards.reply(lms, person(2), posted.id, "Still")
    boards.delete(lms, person(2), replies[0].id)
    boards.delete(lms, person(3), replies[1].id)
    assert seen(lms, 2, circle.id) == [("", ["Still"])]
    boards.delete(lms, person(2), boards.page(lms, person(2), circle.id).threads[0].replies[0].id)
    assert boards.page(lms, person(1), circle.id).total == 0
    assert row_counts(lms)["circle_posts"] == 0


def test_a_reply_that_is_taken_back_leaves_the_others_and_the_post(lms: Lms, circle: Circle) -> None:
    posted = boards.post(lms, person(1), circle.id, "First")
    reply = boards.reply(lms, person(2), posted.id, "Gone")
    boards.delete(lms, person(2), reply.id)
    assert seen(lms, 1, circle.id) == [("First", [])]


def test_who_has_left_takes_back_what_they_left_and_changes_it_no_more(lms: Lms, circle: Circle) -> None:
    posted = boards.post(lms, person(2), circle.id, "Kept")
    circles.leave(lms, person(2), circle.id, keep_posts=True)
    assert code(boards.change, lms, person(2), posted.id, "x") == "circle_post_missing"
    assert code(boards.reply, lms, person(2), posted.id, "x") == "circle_post_missing"
    boards.delete(lms, person(2), posted.id)
    assert seen(lms, 1, circle.id) == []


# Blocked


def test_a_blocked_pair_reads_nothing_of_each_other(lms: Lms, circle: Circle, clock: Clock) -> None:
    by_one = boards.post(lms, person(1), circle.id, "One")
    clock.advance(minutes=1)
    boards.reply(lms, person(2), by_one.id, "Two to one")
    boards.reply(lms, person(3), by_one.id, "Three to one")
    clock.advance(minutes=1)
    by_three = boards.post(lms, person(3), circle.id, "Three")
    for number in (1, 2):
        clock.advance(minutes=1)
        boards.reply(lms, person(number), by_three.id, f"{number} to three")
    clock.advance(minutes=1)
    last = boards.post(lms, person(3), circle.id, "Last")
    clock.advance(minutes=1)
    boards.reply(lms, person(2), by_three.id, "2 again")
    block(lms, 1, 2)
    assert seen(lms, 1, circle.id) == [
        ("Last", []), ("Three", ["1 to three"]), ("One", ["Three to one"]),
    ]  # fmt: skip
    assert seen(lms, 2, circle.id) == [("Three", ["2 to three", "2 again"]), ("Last", [])]
    assert len(seen(lms, 3, circle.id)) == 3
    assert [boards.page(lms, person(number), circle.id).total for number in (1, 2, 3)] == [3, 2, 3]
    assert [circles.mine(lms, person(number))[0].posts for number in (1, 2, 3)] == [5, 4, 8]
    assert [circles.circle(lms, person(number), circle.id).week.posts for number in (1, 2, 3)] == [5, 4, 8]
    assert code(boards.reply, lms, person(2), by_one.id, "x") == "circle_post_missing"
    assert boards.reply(lms, person(2), last.id, "x").parent_id == last.id


def test_one_s_own_reply_under_somebody_who_is_blocked_is_out_of_sight_and_can_be_taken_back(
    lms: Lms, circle: Circle
) -> None:
    posted = boards.post(lms, person(1), circle.id, "One")
    reply = boards.reply(lms, person(2), posted.id, "Two")
    block(lms, 1, 2)
    assert seen(lms, 2, circle.id) == []
    assert code(boards.change, lms, person(2), reply.id, "x") == "circle_post_missing"
    boards.delete(lms, person(2), reply.id)
    assert row_counts(lms)["circle_posts"] == 1


def test_what_was_taken_back_is_out_of_sight_where_nobody_s_reply_is_seen(lms: Lms, circle: Circle) -> None:
    posted = boards.post(lms, person(3), circle.id, "Three")
    boards.reply(lms, person(2), posted.id, "Two")
    boards.delete(lms, person(3), posted.id)
    block(lms, 1, 2)
    assert (seen(lms, 1, circle.id), seen(lms, 2, circle.id)) == ([], [("", ["Two"])])
    assert boards.page(lms, person(1), circle.id).total == 0


# Who is told


def told(lms: Lms, number: int) -> list[str]:
    return [each.kind for each in inbox.page(lms, person(number)).new if each.kind != "circle_joined"]


def test_a_post_is_told_to_everybody_in_the_circle_and_a_reply_to_who_has_written_there(
    lms: Lms, circle: Circle
) -> None:
    posted = boards.post(lms, person(1), circle.id, "One")
    assert [told(lms, number) for number in (1, 2, 3, 4)] == [[], ["circle_posted"], ["circle_posted"], []]
    boards.reply(lms, person(2), posted.id, "Two")
    assert [told(lms, number) for number in (1, 2, 3)] == [["circle_replied"], ["circle_posted"], ["circle_posted"]]
    boards.reply(lms, person(1), posted.id, "One")
    assert told(lms, 2) == ["circle_replied", "circle_posted"]
    assert told(lms, 3) == ["circle_posted"]


def test_who_has_left_is_told_nothing_of_a_reply(lms: Lms, circle: Circle) -> None:
    posted = boards.post(lms, person(1), circle.id, "One")
    circles.leave(lms, person(1), circle.id, keep_posts=True)
    boards.reply(lms, person(2), posted.id, "Two")
    assert inbox.count(lms, person(1)) == 0
    assert row_counts(lms)["notices"] == len(inbox.page(lms, person(2)).new) + len(inbox.page(lms, person(3)).new)


def test_a_board_that_is_read_is_new_no_more(lms: Lms, circle: Circle, add_course: Callable[..., int]) -> None:
    other = made_circle(lms, circle.course_id, 2)
    boards.post(lms, person(1), circle.id, "One")
    boards.post(lms, person(1), other.id, "Other")
    boards.mark_seen(lms, person(2), circle.id)
    assert [each.circle_id for each in inbox.page(lms, person(2)).new] == [other.id]
    assert told(lms, 3) == ["circle_posted"]
    boards.mark_seen(lms, person(2), circle.id)
    assert code(boards.mark_seen, lms, person(4), circle.id) == "circle_missing"
    boards.mark_seen(lms, person(1), circle.id)
    assert [each.kind for each in inbox.page(lms, person(1)).new] == ["circle_joined"]


def test_reading_what_is_read_writes_nothing(lms: Lms, circle: Circle, monkeypatch: pytest.MonkeyPatch) -> None:
    boards.mark_seen(lms, person(2), circle.id)
    monkeypatch.setattr(type(lms.database), "write", None)
    boards.mark_seen(lms, person(2), circle.id)


def test_a_session_that_has_run_out_does_nothing(lms: Lms, circle: Circle) -> None:
    posted = boards.post(lms, person(1), circle.id, "One")
    over = claims_of(1, expires_at=NOW)
    for work in (
        lambda: boards.page(lms, over, circle.id),
        lambda: boards.post(lms, over, circle.id, "x"),
        lambda: boards.reply(lms, over, posted.id, "x"),
        lambda: boards.change(lms, over, posted.id, "x"),
        lambda: boards.delete(lms, over, posted.id),
        lambda: boards.mark_seen(lms, over, circle.id),
    ):
        with pytest.raises(SessionError):
            work()


def test_no_read_of_a_board_goes_through_a_whole_table(lms: Lms, circle: Circle) -> None:
    from azora_tui.data import boards as statements
    from azora_tui.data import circles as of_circles

    values = {"id": 1, "circle_id": 1, "viewer": 1, "user_id": 1, "limit": 1, "offset": 0, "since": ""}
    for statement in (
        f"{of_circles._CIRCLE} ORDER BY circles.until, circles.id",
        f"SELECT COUNT(*) FROM circle_posts AS posts WHERE {statements._BEGINS}",
        f"{statements._POST} WHERE {statements._BEGINS}",
    ):
        plan = lms.database.plan(statement, {name: values[name] for name in values if f":{name}" in statement})
        assert not [step for step in plan if step.startswith("SCAN")], plan
