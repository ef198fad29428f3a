"""An answer that helped one is left for those who come after: by whom, when, and whose it is then."""

import pytest

from azora_tui.errors import NotFoundError, RefusedError
from azora_tui.lms import search
from azora_tui.lms.service import Lms
from azora_tui.lms.together import giving, helping, inbox, wisdom
from azora_tui.models.wisdom import WisdomKind
from tests.helping import ASKER, HELPER, SECOND, Stuck, block, build, close_account, who


@pytest.fixture
def stuck(lms: Lms) -> Stuck:
    return build(lms)


@pytest.fixture
def asked(stuck: Stuck) -> int:
    return helping.ask(stuck.lms, who(ASKER), stuck.lesson, "Why twice?").id


@pytest.fixture
def said(stuck: Stuck, asked: int) -> int:
    return helping.reply(stuck.lms, who(HELPER), asked, "Because rope is **slippery**.")


@pytest.mark.parametrize("giver", [ASKER, HELPER])
def test_both_may_give_it_once_it_is_settled_and_it_is_the_helper_s(
    stuck: Stuck, asked: int, said: int, giver: int
) -> None:
    helping.settle(stuck.lms, who(ASKER), asked)
    piece = giving.give(stuck.lms, who(giver), asked, said, kind=WisdomKind.TIP)
    (left,) = wisdom.mine(stuck.lms, who(HELPER))
    assert (left.id, left.kind, left.text) == (piece, WisdomKind.TIP, "Because rope is **slippery**.")
    assert [each.id for each in wisdom.of_lesson(stuck.lms, who(SECOND), stuck.lesson).pieces] == [piece]
    assert [hit.kind.name for hit in search.find(stuck.lms, who(SECOND), "slippery").hits] == ["WISDOM"]
    (reply,) = helping.request(stuck.lms, who(ASKER), asked).replies
    assert reply.given_at is not None


@pytest.mark.parametrize(("giver", "told"), [(ASKER, HELPER), (HELPER, ASKER)])
def test_the_other_is_told(stuck: Stuck, asked: int, said: int, giver: int, told: int) -> None:
    helping.settle(stuck.lms, who(ASKER), asked)
    giving.give(stuck.lms, who(giver), asked, said)
    assert [each.about_id for each in inbox.page(stuck.lms, who(told)).new if each.kind == "help_given"] == [asked]
    assert [each for each in inbox.page(stuck.lms, who(giver)).new if each.kind == "help_given"] == []


def test_not_while_it_is_open_and_not_twice(stuck: Stuck, asked: int, said: int) -> None:
    with pytest.raises(RefusedError, match="still open"):
        giving.give(stuck.lms, who(HELPER), asked, said)
    helping.settle(stuck.lms, who(ASKER), asked)
    giving.give(stuck.lms, who(HELPER), asked, said)
    with pytest.raises(RefusedError, match="already"):
        giving.give(stuck.lms, who(ASKER), asked, said)
    assert len(wisdom.mine(stuck.lms, who(HELPER))) == 1


def test_nobody_else_gives_it(stuck: Stuck, asked: int, said: int) -> None:
    helping.settle(stuck.lms, who(ASKER), asked)
    with pytest.raises(NotFoundError, match="only who asked"):
        giving.give(stuck.lms, who(SECOND), asked, said)
    with pytest.raises(NotFoundError, match="only who asked"):
        giving.give(stuck.lms, who(ASKER), asked, said + 1)
    other = helping.ask(stuck.lms, who(ASKER), stuck.lesson, "And thrice?").id
    helping.settle(stuck.lms, who(ASKER), other)
    with pytest.raises(NotFoundError, match="only who asked"):
        giving.give(stuck.lms, who(ASKER), other, said)


def test_words_of_who_is_blocked_or_has_left_are_not_given(stuck: Stuck, asked: int, said: int) -> None:
    second = helping.reply(stuck.lms, who(SECOND), asked, "Because.")
    helping.settle(stuck.lms, who(ASKER), asked)
    block(stuck.lms, ASKER, HELPER)
    close_account(stuck.lms, SECOND)
    for each in (said, second):
        with pytest.raises(NotFoundError, match="only who asked"):
            giving.give(stuck.lms, who(ASKER), asked, each)


def test_it_stands_at_the_place_that_was_asked_about(stuck: Stuck) -> None:
    at = wisdom.paragraph_with(stuck.lms, who(HELPER), stuck.lesson, "the end through")
    asked = helping.ask(stuck.lms, who(ASKER), stuck.lesson, "Why twice?", paragraph=at).id
    said = helping.reply(stuck.lms, who(HELPER), asked, "Look.")
    helping.settle(stuck.lms, who(ASKER), asked)
    giving.give(stuck.lms, who(ASKER), asked, said)
    (left,) = wisdom.mine(stuck.lms, who(HELPER))
    assert left.quote == at.quote
    assert left.digest == at.digest
