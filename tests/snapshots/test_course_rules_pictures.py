"""What a course allows, as learners and as its teachers see it, as pictures. Look at a new one before you take it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from azora_tui.lms import enrolling
from azora_tui.lms.teaching import course_rules
from azora_tui.models.account_records import Account
from azora_tui.models.course_rules import CourseState, RuleChanges
from tests.conftest import NOW
from tests.snapshots.test_pictures import DISK, LOOKS, SIZES, Scene, Stage, draw

__all__ = ["draw"]

RULES: RuleChanges = {
    "seats": 30, "opens": date(2026, 9, 1), "closes": date(2027, 3, 31), "key": "Bowline 7", "prerequisites": ("clay",),
}  # fmt: skip


def set_up(stage: Stage, changes: RuleChanges, slug: str = "weaving") -> None:
    """A course with rules, seen by a learner."""
    admin = stage.sign_up(keep=False)
    course_rules.set_rules(stage.lms, admin, stage.ids[slug], changes)
    stage.sign_up("Amina", "amina@example.org")


def takes(stage: Stage) -> None:
    set_up(stage, {name: value for name, value in RULES.items() if name != "prerequisites"})  # type: ignore[arg-type]


def needs(stage: Stage) -> None:
    set_up(stage, RULES)


def not_yet(stage: Stage) -> None:
    set_up(stage, {"opens": date(2027, 3, 1), "seats": 30})


def over(stage: Stage) -> None:
    set_up(stage, {"closes": date(2026, 11, 21), "seats": 30})


def archived(stage: Stage) -> None:
    admin = stage.sign_up(keep=False)
    enrolling.enroll(stage.lms, stage.sign_up("Amina", "amina@example.org"), stage.ids["weaving"])
    course_rules.set_rules(stage.lms, admin, stage.ids["weaving"], {"state": CourseState.ARCHIVED})


def teacher(stage: Stage, changes: RuleChanges = RULES) -> None:
    admin = stage.sign_up()
    course = stage.ids["weaving"]
    for number, name in ((60, "Elara Dlamini"), (61, "Kamau")):
        account = Account(number, f"uuid-{number}", f"t{number}@example.org", name, "instructor", NOW)
        course_rules.add_teacher(stage.lms, admin, course, account)
    course_rules.set_rules(stage.lms, admin, course, changes)


def plain(stage: Stage) -> None:
    stage.sign_up()


def loading(stage: Stage) -> None:
    teacher(stage)
    stage.services.hold(course_rules.rules)


def failed(stage: Stage) -> None:
    teacher(stage)
    stage.services.fail(course_rules.rules, DISK)


def in_vain(stage: Stage) -> None:
    claims = stage.at_work()
    other = replace(claims, user_id=99, user_uuid="uuid-99")
    enrolling.enroll(stage.lms, other, stage.ids["rivers"])
    enrolling.join_waitlist(stage.lms, claims, stage.ids["rivers"])
    course_rules.set_rules(stage.lms, claims, stage.ids["rivers"], {"state": CourseState.ARCHIVED})


FIND = ("2", "slash", *"grass", "enter")
COURSE = (*FIND, "enter")
SETTINGS = (*COURSE, "t")
SCENES = {
    "preview": Scene(needs, keys=FIND),
    "course": Scene(takes, keys=COURSE),
    "course-needs": Scene(needs, keys=COURSE),
    "course-not-yet": Scene(not_yet, keys=COURSE),
    "course-over": Scene(over, keys=COURSE),
    "course-archived": Scene(archived, keys=("3", "o")),
    "course-key": Scene(takes, keys=(*COURSE, "enter")),
    "course-key-wrong": Scene(takes, keys=(*COURSE, "enter", *"granny", "enter")),
    "home-in-vain": Scene(in_vain),
    "settings": Scene(teacher, keys=SETTINGS),
    "settings-end": Scene(teacher, keys=(*SETTINGS, *["tab"] * 7)),
    "settings-empty": Scene(plain, keys=SETTINGS),
    "settings-wrong": Scene(teacher, keys=(*SETTINGS, "tab", "end", "backspace", *"x", *["enter"] * 5)),
    "settings-kept": Scene(teacher, keys=(*SETTINGS, "tab", "tab", "end", *"0", *["enter"] * 4)),
    "settings-loading": Scene(loading, keys=SETTINGS),
    "settings-failed": Scene(failed, keys=SETTINGS),
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scene", SCENES)
def test_course_rules(draw: Callable[..., bool], scene: str, size: str) -> None:
    assert draw(SCENES[scene], SIZES[size])


@pytest.mark.parametrize("look", LOOKS)
def test_settings_look(draw: Callable[..., bool], look: str) -> None:
    assert draw(SCENES["settings"], SIZES["80x24"], LOOKS[look])
