"""What the pages for people say is so: the picture, the keys, the dependencies, the links."""

import re
import tomllib
from pathlib import Path

import pytest

from tests.keys_page import PAGE, table

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
PICTURE = ROOT / "tests/snapshots/__snapshots__/test_pictures/test_scene[lesson-middle-80x24].svg"

_LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
_NAME = re.compile(r"[a-z0-9-]+")


def test_the_picture_is_what_a_lesson_looks_like() -> None:
    assert (ROOT / "docs/lesson.svg").read_bytes() == PICTURE.read_bytes(), f"copy {PICTURE}"


def test_every_key_is_on_its_page() -> None:
    assert PAGE.read_text("utf-8").endswith("\n\n" + table()), "python -m tests.keys_page rewrites it"


def test_every_dependency_has_its_line_and_no_other_has_one() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    page = (ROOT / "docs/dependencies.md").read_text("utf-8")
    firsts = re.findall(r"^\| ([^|]+) \|", page, flags=re.MULTILINE)[1:]
    lines = {name.strip() for first in firsts for name in first.split(",")} - {"---"}
    assert lines == {_name(each) for each in project["dependencies"]}
    others = {_name(each) for extra in project["optional-dependencies"].values() for each in extra} - {"azora-tui"}
    assert {each for each in others if not re.search(rf"\b{each}\b", page)} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    assert [link for link in _LINK.findall(page.read_text("utf-8")) if not (page.parent / link).exists()] == []


def _name(requirement: str) -> str:
    found = _NAME.match(requirement)
    assert found is not None
    return found[0]
