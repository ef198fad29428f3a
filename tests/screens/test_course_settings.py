"""What a course allows, in the app: shown before one enrols, and set by who teaches it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from azora_tui.auth.context import Auth
from azora_tui.lms import enrolling
from azora_tui.lms.service import Lms
from azora_tui.lms.teaching import course_rules
from azora_tui.models.accounts import Claims
from azora_tui.models.course_rules import CourseState, RuleChanges
from azora_tui.screens.course_detail import CourseDetailScreen
from azora_tui.screens.course_settings import CourseSettingsScreen
from azora_tui.screens.enrollment_key import EnrollmentKeyDialog
from tests.conftest import NOW, Clock
from tests.engine import sqlite
from tests.screens.conftest import Learner, OpenApp, SignUp, Stored
from tests.screens.test_course_detail import action, show

Library = dict[str, int]


def learner_of(sign_up: SignUp, lms: Lms, library: Library, changes: RuleChanges, slug: str = "weaving") -> Claims:
    """Somebody who teaches nothing, at a school whose admin has set what a course allows."""
    admin = sign_up(keep=False)
    course_rules.set_rules(lms, admin, library[slug], changes)
    return sign_up("Amina", "amina@example.org")


async def test_a_key_is_asked_for_and_lets_in(open_app: OpenApp, sign_up: SignUp, library: Library, lms: Lms) -> None:
    learner_of(sign_up, lms, library, {"key": "Bowline", "seats": 30})
    async with open_app() as learner:
        await show(learner, "weaving")
        assert "30 of 30 seats left · a key is needed" in learner.words
        assert "Bowline" not in learner.text
        await learner.press("enter")
        assert isinstance(learner.app.screen, EnrollmentKeyDialog)
        await learner.fill("granny")
        assert "That is not the key of this course." in learner.note("key")
        await learner.fill("bowline")
        assert isinstance(learner.app.screen, CourseDetailScreen)
        assert action(learner) == ("[ Start ]", True)
        assert "Successfully enrolled" in learner.words
        assert "seats left" not in learner.words


async def test_esc_leaves_the_key_and_enrols_nobody(
    open_app: OpenApp, sign_up: SignUp, library: Library, lms: Lms, stored: Stored
) -> None:
    learner_of(sign_up, lms, library, {"key": "Bowline"})
    async with open_app() as learner:
        await show(learner, "weaving")
        await learner.press("enter", "escape")
        assert action(learner) == ("[ Enrol ]", True)
    assert stored("SELECT COUNT(*) FROM enrollments") == [(0,)]


async def test_the_catalog_asks_for_the_key_too(
    open_app: OpenApp, sign_up: SignUp, library: Library, lms: Lms, stored: Stored
) -> None:
    learner_of(sign_up, lms, library, {"key": "Bowline", "opens": date(2026, 11, 1)})
    async with open_app(size=(120, 40)) as learner:
        await learner.press("2", "slash")
        await learner.type("weaving")
        await learner.press("enter")
        assert "a key is needed" in learner.words
        await learner.press("e")
        await learner.fill("BOWLINE ")
        assert "Successfully enrolled" in learner.said
    assert stored("SELECT course_id FROM enrollments") == [(library["weaving"],)]


async def test_the_preview_says_what_a_course_needs(
    open_app: OpenApp, sign_up: SignUp, library: Library, lms: Lms
) -> None:
    learner_of(sign_up, lms, library, {"seats": 3, "opens": NOW.date() + timedelta(days=40)}, "patterns")
    async with open_app(size=(120, 40)) as learner:
        await learner.press("2", "slash")
        await learner.type("pots")
        await learner.press("enter")
        assert "3 of 3 seats left" in learner.words
        assert "opens on 1 January 2027" in learner.words
        assert "needs: Numbers in Clay, Weaving with Grass" in learner.text.replace("\n", " ") or (
            "needs: Numbers in Clay" in learner.words
        )


async def test_who_waits_gives_the_key(
    open_app: OpenApp, sign_up: SignUp, library: Library, lms: Lms, claims: Callable[..., Any]
) -> None:
    enrolling.enroll(lms, claims(99), library["rivers"])
    learner_of(sign_up, lms, library, {"key": "Bowline"}, "rivers")
    async with open_app() as learner:
        await show(learner, "rivers")
        await learner.press("w")
        await learner.fill("bowline")
        assert "You are number 1 on the waitlist." in learner.words


async def test_who_waits_for_an_archived_course_is_told_on_its_page(
    open_app: OpenApp, sign_up: SignUp, library: Library, lms: Lms, claims: Callable[..., Any], stored: Stored
) -> None:
    admin = sign_up(keep=False)
    waiting = sign_up("Amina", "amina@example.org")
    enrolling.enroll(lms, claims(99), library["rivers"])
    enrolling.join_waitlist(lms, waiting, library["rivers"])
    async with open_app() as learner:
        await show(learner, "rivers")
        course_rules.set_rules(lms, admin, library["rivers"], {"state": CourseState.ARCHIVED})
        await learner.press("ctrl+r")
        assert "takes nobody new. w takes you off its waitlist." in learner.words
        await learner.press("w")
    assert stored("SELECT COUNT(*) FROM waitlist") == [(0,)]


async def test_who_waited_may_enrol_when_there_is_a_seat(
    open_app: OpenApp, sign_up: SignUp, library: Library, lms: Lms, clock: Clock, claims: Callable[..., Any]
) -> None:
    admin = sign_up(keep=False)
    waiting = sign_up("Amina", "amina@example.org")
    enrolling.enroll(lms, claims(99), library["rivers"])
    enrolling.join_waitlist(lms, waiting, library["rivers"])
    course_rules.set_rules(lms, admin, library["rivers"], {"opens": NOW.date() + timedelta(days=1)})
    enrolling.leave(lms, claims(99), library["rivers"])
    async with open_app() as learner:
        await show(learner, "rivers")
        assert action(learner) == ("[ Enrol ]", False)
        clock.advance(days=1)
        await learner.press("ctrl+r", "e")
        assert action(learner) == ("[ Start ]", True)


async def test_home_tells_who_waits_in_vain_and_leads_there(
    open_app: OpenApp, sign_up: SignUp, library: Library, lms: Lms, claims: Callable[..., Any]
) -> None:
    admin = sign_up(keep=False)
    waiting = sign_up("Amina", "amina@example.org")
    enrolling.enroll(lms, claims(99), library["rivers"])
    enrolling.join_waitlist(lms, waiting, library["rivers"])
    course_rules.set_rules(lms, admin, library["rivers"], {"state": CourseState.ARCHIVED})
    async with open_app() as learner:
        assert "Reading Rivers is archived and takes nobody new, so you wait there in vain." in learner.words
        await learner.press("w", "w", "escape")
        assert "in vain" not in learner.words


async def test_only_who_teaches_a_course_has_its_settings(
    open_app: OpenApp, sign_up: SignUp, library: Library, lms: Lms
) -> None:
    learner_of(sign_up, lms, library, {})
    async with open_app() as learner:
        await show(learner, "weaving")
        assert "settings" not in learner.text
        await learner.press("t")
        assert isinstance(learner.app.screen, CourseDetailScreen)


async def settings(learner: Learner) -> CourseSettingsScreen:
    await show(learner, "weaving")
    await learner.press("t")
    assert isinstance(learner.app.screen, CourseSettingsScreen)
    return learner.app.screen


async def test_rules_are_set_with_keys_alone(
    open_app: OpenApp, sign_up: SignUp, library: Library, lms: Lms, stored: Stored
) -> None:
    admin = sign_up()
    async with open_app() as learner:
        await settings(learner)
        await learner.fill("2026-12-01", "2026-12-31", "30", "Bowline", "clay")
        await learner.press("enter")  # nobody is named
        assert "Weaving with Grass is changed." in learner.words
        await learner.press("shift+tab", "shift+tab", "shift+tab", "shift+tab", "shift+tab", "shift+tab", "enter")
        assert "archived: it goes on for who is in it" in learner.words
        await learner.press(*["tab"] * 6, "enter")
        await learner.press("escape")
        assert "archived" in learner.words
    rules = course_rules.rules(lms, admin, library["weaving"])
    assert (rules.opens, rules.closes, rules.seats) == (date(2026, 12, 1), date(2026, 12, 31), 30)
    assert (rules.key, rules.prerequisites, rules.state) == ("Bowline", ("clay",), CourseState.ARCHIVED)
    assert stored("SELECT COUNT(*) FROM events WHERE kind = 'course_changed'") == [(2,)]


async def test_what_cannot_be_stands_under_its_field(
    open_app: OpenApp, sign_up: SignUp, library: Library, stored: Stored
) -> None:
    sign_up()
    async with open_app() as learner:
        await settings(learner)
        for keys, field, sentence in (
            (("tab", *"soon"), "closes", "Write a day such as 2027-03-01, or nothing."),
            ((*["backspace"] * 4, "tab", *"0"), "seats", "Seats are a whole number from 1"),
            (("backspace", "tab", "tab", *"nets"), "prerequisites", "There is no course nets here."),
        ):
            await learner.press(*keys)
            learner.app.screen.query_one("#keep").focus()
            await learner.press("enter")
            assert learner.note(field).startswith(sentence)
    assert stored("SELECT COUNT(*) FROM events WHERE kind = 'course_changed'") == [(0,)]


async def test_what_somebody_else_changed_meanwhile_stays(
    open_app: OpenApp, sign_up: SignUp, library: Library, lms: Lms
) -> None:
    admin = sign_up()
    async with open_app() as learner:
        await settings(learner)
        course_rules.set_rules(lms, admin, library["weaving"], {"key": "Bowline"})
        await learner.press("tab", "tab", *"30", *["enter"] * 4)
    rules = course_rules.rules(lms, admin, library["weaving"])
    assert (rules.seats, rules.key) == (30, "Bowline")


async def test_a_teacher_is_named_and_taken_away(
    open_app: OpenApp, sign_up: SignUp, library: Library, lms: Lms, auth: Auth
) -> None:
    admin = sign_up()
    sign_up("Elara", "elara@example.org", keep=False)
    async with open_app() as learner:
        await settings(learner)
        await learner.press(*["tab"] * 5)
        await learner.fill("nobody@example.org")
        assert "Nobody here has an account with nobody@example.org" in learner.note("teacher")
        await learner.fill("elara@example.org")
        assert "Elara (elara@example.org) is a learner here" in learner.note("teacher")
        with auth.database.write() as transaction:
            sqlite(transaction).execute("UPDATE users SET role = 'instructor' WHERE name = 'Elara'")
        await learner.fill("elara@example.org")
        assert "Elara teaches this course now." in learner.words
        await learner.press("tab", "tab", "x")
        assert "Elara teaches this course no longer." in learner.words
    assert course_rules.rules(lms, replace(admin), library["weaving"]).teachers == ()
