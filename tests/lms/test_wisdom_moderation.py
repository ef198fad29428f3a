"""What is reported goes to who teaches the course, who hides, pins, answers and takes over; the author is told."""

from collections.abc import Callable

import pytest

from azora_tui.errors import NotFoundError, RefusedError
from azora_tui.lms import catalog, importing, notes
from azora_tui.lms.service import Lms
from azora_tui.lms.teaching import course_rules
from azora_tui.lms.together import moderation, wisdom
from azora_tui.lms.together.taking_over import as_markdown
from azora_tui.models.accounts import Claims
from azora_tui.models.wisdom import WisdomKind
from tests.conftest import Clock, claims_of
from tests.lms.wisdom_class import NOMSA, THANDI, ZOLA, WisdomClass, wisdom_class

ONE, TWO, THREE = (claims_of(user) for user in (1, 2, 3))


@pytest.fixture
def knots(lms: Lms, clock: Clock, lesson_ids: Callable[[int], dict[str, int]]) -> WisdomClass:
    return wisdom_class(lms, clock, lesson_ids)


def told(knots: WisdomClass, user: int = 1) -> list[str]:
    return [kind for (kind,) in knots.value(f"SELECT kind FROM notices WHERE user_id = {user} ORDER BY id")]


def content(knots: WisdomClass) -> str:
    source = importing.course_source(knots.lms, ZOLA, knots.course)
    return next(lesson.content for lesson in source.lessons if lesson.id == "one")


# Reports


def test_a_report_goes_to_who_teaches_the_course_and_to_admins(knots: WisdomClass) -> None:
    left = knots.write("Unkind words")
    knots.write("Kind words")
    moderation.report(knots.lms, TWO, left.id, " It is unkind. ")
    knots.clock.advance(minutes=1)
    moderation.report(knots.lms, THREE, left.id, "So I think")
    assert wisdom.piece(knots.lms, TWO, left.id).reported
    assert not wisdom.piece(knots.lms, ONE, left.id).reported
    for who, number in ((ZOLA, 2), (THANDI, 2), (NOMSA, 0)):
        found = moderation.reports(knots.lms, who)
        assert (len(found), moderation.count(knots.lms, who)) == (number, number)
    first = moderation.reports(knots.lms, ZOLA)[0]
    assert (first.reason, first.about.text, first.about.author.name) == ("It is unkind.", "Unkind words", "Learner 1")
    assert told(knots) == []
    for work in (moderation.reports, moderation.count):
        with pytest.raises(RefusedError):
            work(knots.lms, ONE)


def test_one_person_reports_a_thing_once(knots: WisdomClass) -> None:
    left = knots.write()
    for reason in ("First", "Second"):
        moderation.report(knots.lms, TWO, left.id, reason)
    assert [each.reason for each in moderation.reports(knots.lms, ZOLA)] == ["First"]
    moderation.dismiss(knots.lms, ZOLA, moderation.reports(knots.lms, ZOLA)[0].id)
    moderation.report(knots.lms, TWO, left.id, "Third")
    assert moderation.reports(knots.lms, ZOLA) == ()


def test_a_reason_is_needed_and_short(knots: WisdomClass) -> None:
    left = knots.write()
    for work, who, code in (
        (moderation.report, TWO, "report_without_reason"),
        (moderation.hide, ZOLA, "wisdom_hidden_without_reason"),
    ):
        for reason, said in ((" ", code), ("x" * 1_001, "post_too_long")):
            with pytest.raises(RefusedError) as refused:
                work(knots.lms, who, left.id, reason)
            assert refused.value.code == said
    moderation.report(knots.lms, TWO, left.id, "x" * 1_000)


def test_dismissing_settles_every_report_of_the_thing_and_of_no_other(knots: WisdomClass) -> None:
    left, other = knots.write("Left"), knots.write("Other")
    for who in (TWO, THREE):
        moderation.report(knots.lms, who, left.id, "No")
    moderation.report(knots.lms, TWO, other.id, "No")
    with pytest.raises(NotFoundError):
        moderation.dismiss(knots.lms, ZOLA, 999)
    with pytest.raises(NotFoundError):
        moderation.dismiss(knots.lms, ZOLA, 2**63)
    with pytest.raises(RefusedError):
        moderation.dismiss(knots.lms, NOMSA, 1)
    moderation.dismiss(knots.lms, ZOLA, moderation.reports(knots.lms, ZOLA)[0].id)
    assert [each.about.text for each in moderation.reports(knots.lms, ZOLA)] == ["Other"]
    assert sorted(knots.texts(TWO)) == ["Left", "Other"]


def test_a_teacher_sees_what_was_reported_also_of_who_is_blocked(knots: WisdomClass) -> None:
    left = knots.write()
    moderation.report(knots.lms, TWO, left.id, "No")
    wisdom.mark_seen(knots.lms, ZOLA, [left.id])  # so that she is known
    with knots.lms.database.write() as transaction:
        transaction.execute("INSERT INTO blocks (blocker_id, blocked_id, at) VALUES (1, 9, 'x')")
    assert knots.texts(ZOLA) == []
    assert len(moderation.reports(knots.lms, ZOLA)) == 1
    moderation.hide(knots.lms, ZOLA, left.id, "No")
    assert told(knots) == ["wisdom_hidden"]


# What who teaches does


@pytest.mark.parametrize("who", [ONE, TWO, NOMSA, claims_of(9)])
def test_only_who_teaches_the_course_rules(knots: WisdomClass, who: Claims) -> None:
    left = knots.write(kind=WisdomKind.CORRECTION)
    for work in (
        lambda: moderation.hide(knots.lms, who, left.id, "No"),
        lambda: moderation.show_again(knots.lms, who, left.id),
        lambda: moderation.pin(knots.lms, who, left.id),
        lambda: moderation.unpin(knots.lms, who, left.id),
        lambda: moderation.answer(knots.lms, who, left.id, "Yes"),
        lambda: moderation.take_answer_away(knots.lms, who, left.id),
        lambda: moderation.take_over(knots.lms, who, left.id),
        lambda: moderation.taken_over(knots.lms, who, knots.course),
    ):
        with pytest.raises(RefusedError):
            work()
    with pytest.raises(NotFoundError):
        moderation.pin(knots.lms, ZOLA, 999)


def test_what_is_hidden_is_seen_by_its_author_and_who_teaches_with_the_reason(knots: WisdomClass) -> None:
    left = knots.write("Unkind")
    moderation.report(knots.lms, TWO, left.id, "No")
    moderation.pin(knots.lms, ZOLA, left.id)
    moderation.hide(knots.lms, ZOLA, left.id, "It is unkind.")
    assert moderation.reports(knots.lms, ZOLA) == ()
    assert knots.texts(TWO) == []
    with pytest.raises(NotFoundError):
        wisdom.thank(knots.lms, TWO, left.id)
    for who in (ONE, ZOLA, THANDI):
        [read] = wisdom.of_lesson(knots.lms, who, knots.lesson).pieces
        assert (read.hidden, read.hidden_reason, read.pinned) == (True, "It is unkind.", False)
    assert told(knots) == ["wisdom_hidden"]
    with pytest.raises(RefusedError) as refused:
        moderation.pin(knots.lms, ZOLA, left.id)
    assert refused.value.code == "wisdom_is_hidden"
    moderation.hide(knots.lms, ZOLA, left.id, "For another reason.")
    assert wisdom.mine(knots.lms, ONE)[0].hidden_reason == "For another reason."
    assert told(knots) == ["wisdom_hidden"]
    for _ in range(2):
        assert not moderation.show_again(knots.lms, ZOLA, left.id).hidden
    assert knots.texts(TWO) == ["Unkind"]
    assert told(knots) == []


def test_a_pin_holds_until_it_is_taken_away_or_the_words_change(knots: WisdomClass) -> None:
    left = knots.write("Left")
    knots.write("Newer")
    for _ in range(2):
        moderation.pin(knots.lms, ZOLA, left.id)
    assert knots.texts(TWO) == ["Left", "Newer"]
    assert told(knots) == ["wisdom_pinned"]
    moderation.unpin(knots.lms, ZOLA, left.id)
    assert knots.texts(TWO) == ["Newer", "Left"]
    assert told(knots) == []
    moderation.pin(knots.lms, ZOLA, left.id)
    wisdom.change(knots.lms, ONE, left.id, "Changed")
    assert knots.texts(TWO) == ["Newer", "Changed"]
    assert told(knots) == []


def test_an_answer_stands_beneath_until_another_does(knots: WisdomClass) -> None:
    left = knots.write()
    for words in ("Yes", "Indeed"):
        moderation.answer(knots.lms, ZOLA, left.id, words)
    read = wisdom.piece(knots.lms, TWO, left.id)
    assert (read.answer, read.answered_at) == ("Indeed", knots.clock.moment)
    assert told(knots) == ["wisdom_answered"]
    with pytest.raises(RefusedError):
        moderation.answer(knots.lms, ZOLA, left.id, " ")
    moderation.take_answer_away(knots.lms, ZOLA, left.id)
    assert wisdom.piece(knots.lms, TWO, left.id).answer == ""
    assert told(knots) == []


def test_nobody_is_told_what_they_did_themselves(knots: WisdomClass) -> None:
    own = knots.write(by=ZOLA)
    moderation.answer(knots.lms, ZOLA, own.id, "Yes")
    assert told(knots, 9) == []
    moderation.pin(knots.lms, THANDI, own.id)
    assert told(knots, 9) == ["wisdom_pinned"]


# Taking over


def test_a_correction_becomes_a_note_behind_its_paragraph_in_a_new_version(knots: WisdomClass) -> None:
    left = knots.write("It is a *hare*.\n\n::: quiz", kind=WisdomKind.CORRECTION, at=knots.at("back into the hole"))
    note = notes.write(knots.lms, TWO, knots.lesson, digest=0, quote="That was all.", position="{}", text="Mine")
    before = content(knots)
    taken = moderation.take_over(knots.lms, ZOLA, left.id)
    assert taken.taken_over_at == knots.clock.moment
    added = "::: callout\n\n**A correction from a learner.** It is a \\*hare\\*.\n\n\\:\\:\\: quiz\n\n:::\n\n"
    assert content(knots) == before.replace("::: quiz", f"{added}::: quiz", 1)
    assert catalog.detail(knots.lms, TWO, knots.course).course.version == "1.0.1"
    assert notes.place(knots.lms, TWO, note.id).position is not None
    assert told(knots) == ["wisdom_taken_over"]
    with pytest.raises(RefusedError) as refused:
        moderation.take_over(knots.lms, ZOLA, left.id)
    assert refused.value.code == "wisdom_taken_over_before"
    assert [each.id for each in moderation.taken_over(knots.lms, ZOLA, knots.course)] == [left.id]
    assert as_markdown([taken]) == (
        "# Taken over from learners\n\n## Lesson one\n\n> back into the hole\n\nIt is a \\*hare\\*.\n\n\\:\\:\\: quiz\n"
    )


def test_a_correction_of_the_whole_lesson_stands_at_its_end_in_the_teacher_s_words(knots: WisdomClass) -> None:
    left = knots.write("It is a hare.", kind=WisdomKind.CORRECTION)
    before = content(knots)
    moderation.take_over(knots.lms, ZOLA, left.id, "It is a hare, and not a rabbit.")
    assert content(knots) == (
        f"{before}\n::: callout\n\n**A correction from a learner.** It is a hare, and not a rabbit.\n\n:::\n"
    )


def test_only_a_correction_that_is_seen_is_taken_over(knots: WisdomClass) -> None:
    tip, hidden = knots.write(), knots.write(kind=WisdomKind.CORRECTION)
    moderation.hide(knots.lms, ZOLA, hidden.id, "No")
    for piece, code in ((tip, "wisdom_no_correction"), (hidden, "wisdom_is_hidden")):
        with pytest.raises(RefusedError) as refused:
            moderation.take_over(knots.lms, ZOLA, piece.id)
        assert refused.value.code == code
    assert moderation.taken_over(knots.lms, ZOLA, knots.course) == ()
    with pytest.raises(NotFoundError):
        moderation.taken_over(knots.lms, ZOLA, 999)


def test_a_lesson_that_is_out_of_view_takes_nothing_over(knots: WisdomClass) -> None:
    left = knots.write(kind=WisdomKind.CORRECTION)
    with knots.lms.database.write() as transaction:
        transaction.execute("UPDATE lessons SET is_published = 0 WHERE slug = 'one'")
    with pytest.raises(NotFoundError):
        moderation.take_over(knots.lms, ZOLA, left.id)
    assert catalog.detail(knots.lms, TWO, knots.course).course.version == "1.0.0"


def test_what_was_set_here_stays_set_here(knots: WisdomClass) -> None:
    course_rules.set_rules(knots.lms, ZOLA, knots.course, {"seats": 9, "key": "bowline"})
    before = course_rules.rules(knots.lms, ZOLA, knots.course)
    kept = knots.value("SELECT set_here FROM courses WHERE slug = 'knots'")
    moderation.take_over(knots.lms, ZOLA, knots.write(kind=WisdomKind.CORRECTION).id)
    assert course_rules.rules(knots.lms, ZOLA, knots.course) == before
    assert knots.value("SELECT set_here FROM courses WHERE slug = 'knots'") == kept
