"""Did you mean …: what a search without a hit was probably meant to be."""

import subprocess
import sys
from collections.abc import Callable

import pytest

from azora_tui.lms import suggesting
from azora_tui.lms.service import Lms
from azora_tui.models.accounts import Claims

Make = Callable[..., Claims]


@pytest.fixture(autouse=True)
def afresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggesting, "_kept", None)


@pytest.fixture
def school(lms: Lms, add_course: Callable[..., int]) -> Lms:
    add_course("ubuntu", title="Introduction to Ubuntu Philosophy", instructor="Nomsa Dube")
    add_course("tokens", title="Token Economics: Incentives")
    add_course("cafe", title="Café Botanics")
    return lms


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ubnutu", "ubuntu"),  # two letters in each other's place
        ("Ubumtu", "ubuntu"),
        ("philosofy", "philosophy"),
        ("incentves", "incentives"),
        ("caffe", "cafe"),
        ("ubnutu philosofy", "ubuntu philosophy"),
        ("nomsa ubnutu", "nomsa ubuntu"),  # a word that finds something is left as it is
        ("economcs", "economics"),  # the sign behind a word is no part of it
        ("ubuntu", ""),  # it finds a course
        ("tokens ubnutu", ""),  # no course has both
        ("zebra", ""),
        ("xy", ""),
        ("", ""),
        ("   ", ""),
        ("a " * 40, ""),
        ("\x1b[31m[/x]", ""),
    ],
)
def test_the_catalog_names_what_is_near(school: Lms, claims: Make, typed: str, meant: str) -> None:
    assert suggesting.for_catalog(school, claims(), typed) == meant


def test_a_search_names_it_too(school: Lms, claims: Make) -> None:
    assert suggesting.for_search(school, claims(), "ubnutu") == "ubuntu"
    assert suggesting.for_search(school, claims(), "zebra") == ""


def test_a_course_that_came_meanwhile_is_known_and_one_that_went_is_not(
    school: Lms, claims: Make, add_course: Callable[..., int]
) -> None:
    assert suggesting.for_catalog(school, claims(), "zebar") == ""
    zebra = add_course("zebra", title="Zebra Wood")
    assert suggesting.for_catalog(school, claims(), "zebar") == "zebra"
    with school.database.write() as transaction:
        transaction.execute("UPDATE courses SET is_published = 0 WHERE id = :id", {"id": zebra})
    assert suggesting.for_catalog(school, claims(), "zebar") == ""
    assert "zebra" not in suggesting._title_words(school)


def test_titles_are_read_once_as_long_as_nothing_is_written(school: Lms) -> None:
    assert suggesting._title_words(school) is suggesting._title_words(school)


def test_the_library_is_not_loaded_before_something_is_asked() -> None:
    script = "import sys, azora_tui.tui.app, azora_tui.lms.suggesting; print('rapidfuzz' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert answer.stdout.strip() == "False"
