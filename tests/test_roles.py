"""`docs/roles.md` says who may do what: every call stands in it, and every cell of it is tried.

A refused call leaves no trace in either file, nor beside them.
"""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import azora_tui.auth
import azora_tui.lms
from azora_tui.auth import passwords
from azora_tui.errors import NotFoundError, RefusedError, SessionError
from tests.conftest import NOW
from tests.roles.calls import CALLS, STEPS
from tests.roles.school import COLUMNS, School, build, copied, dump

PAGE, _, BETWEEN = (
    (Path(__file__).parents[1] / "docs" / "roles.md").read_text("utf-8").partition("\n## Between learners\n")
)
CELLS = {"yes", "no", "own"}
REFUSALS = (RefusedError, SessionError, NotFoundError)


def table(page: str) -> dict[str, dict[str, str]]:
    """The cells of each call, by column."""
    lines = [re.split(r"\s*\|\s*", line.strip("| \n")) for line in page.splitlines() if line.startswith("|")]
    head, _, *rows = lines
    return {row[0].replace("`", ""): dict(zip(head[1:], row[1:], strict=True)) for row in rows}


def calls() -> dict[str, Any]:
    """Every public function of the two services that is asked by who is, or is not, signed in; by its name."""
    found = {}
    for package in (azora_tui.auth, azora_tui.lms):
        for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            module = importlib.import_module(info.name)
            for name, function in vars(module).items():
                if not inspect.isfunction(function) or function.__module__ != info.name or name.startswith("_"):
                    continue
                taken = list(inspect.signature(function).parameters)
                if taken[:1] not in (["auth"], ["lms"]) or "transaction" in taken:
                    continue
                if taken[0] == "auth" or "claims" in taken:
                    found[f"{info.name.removeprefix('azora_tui.')}.{name}"] = function
    return found


ROWS = table(PAGE)
OWNERS = re.findall(r"`([^`]+)`", PAGE.partition("<!-- owner -->")[2].partition("<!-- /owner -->")[0])
"""Calls that whoever owns the files may make without being signed in."""


def test_every_call_has_its_row_and_its_entry() -> None:
    every = set(calls())
    assert every - set(STEPS) == set(ROWS)
    assert set(ROWS) == set(CALLS)
    assert set(STEPS) <= every
    assert "lms.enrolling.enroll" in every
    assert "auth.service.sign_in" in every


def test_every_row_has_a_cell_for_each_role() -> None:
    assert ROWS
    for name, cells in ROWS.items():
        assert list(cells) == list(COLUMNS), name
        assert set(cells.values()) <= CELLS, name
        assert "own" not in cells.values() or CALLS[name].other is not None, name


def test_what_an_owner_may_do_is_just_what_takes_nobody_s_claims() -> None:
    takes_none = {name for name, function in calls().items() if _takes_none(function)} - set(STEPS)
    assert sorted(OWNERS) == sorted(takes_none)


def _takes_none(function: Any) -> bool:
    claims = inspect.signature(function).parameters.get("claims")
    return claims is not None and "None" in str(claims.annotation)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> School:
    with cheap_hashes():
        return build(tmp_path_factory.mktemp("roles") / "school")


@contextmanager
def cheap_hashes() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "MEMORY_KIB", 8)
        patch.setattr(passwords, "PASSES", 1)
        passwords._context.cache_clear()
        yield
    passwords._context.cache_clear()


@pytest.fixture
def school(built: School, tmp_path: Path) -> Iterator[School]:
    with cheap_hashes(), copied(built, tmp_path / "school") as made:
        yield made


def claims_for(school: School, name: str, column: str) -> Any:
    """Nobody has no claims or, where there have to be some, those of a session that is over."""
    if column != "nobody":
        return school.claims[COLUMNS[column]]
    if _takes_none(calls()[name]):
        return None
    return replace(school.claims["kofi"], session_id="none", expires_at=NOW)


def owned_by_somebody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("auth.transactions", "auth.adopting", "lms.service"):
        monkeypatch.setattr(f"azora_tui.{module}.is_owner", lambda path: False)


def is_refused(school: School, work: Any, claims: Any) -> bool:
    """Whether it is, and then leaves no trace."""
    before = dump(school)
    try:
        work(school, claims)
    except REFUSALS:
        after = dump(school)
        assert [name for name in before | after if before.get(name) != after.get(name)] == []
        return True
    return False


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("name", sorted(ROWS))
def test_a_cell_says_what_happens(school: School, monkeypatch: pytest.MonkeyPatch, name: str, column: str) -> None:
    owned_by_somebody_else(monkeypatch)
    cell, call, claims = ROWS[name][column], CALLS[name], claims_for(school, name, column)
    tried = [work for work in (call.other, call.do) if work is not None]  # what is refused comes first
    expected = {"yes": [False] * len(tried), "no": [True] * len(tried), "own": [True, False]}[cell]
    if cell == "yes" and call.other is not None:
        tried, expected = tried[:1], expected[:1]  # what they may do to others', they may do to their own
    assert [is_refused(school, work, claims) for work in tried] == expected


@pytest.mark.parametrize("name", OWNERS)
def test_whoever_owns_the_files_needs_no_session(school: School, name: str) -> None:
    assert not is_refused(school, CALLS[name].do, None)


def test_a_trace_that_a_refused_call_leaves_is_noticed(school: School) -> None:
    def leaves_one(school: School, claims: Any) -> None:
        with school.lms.database.write() as transaction:
            transaction.execute("UPDATE courses SET title = 'Changed' WHERE slug = 'ants'")
        raise RefusedError("admin_needed")

    with pytest.raises(AssertionError, match="courses"):
        is_refused(school, leaves_one, None)
