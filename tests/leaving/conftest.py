"""A school in which Nomsa has something in every table, and leaves."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from azora_tui.models.accounts import Claims
from tests.conftest import NOW
from tests.departing import WHO, fill
from tests.roles.school import School, build, copied
from tests.test_roles import cheap_hashes


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> School:
    with cheap_hashes():
        folder = tmp_path_factory.mktemp("leaving")
        with copied(build(folder / "built"), folder / "school") as made:
            later(made, hours=1)
            fill(made)
            return made


def later(school: School, *, hours: int) -> None:
    """A copy is another machine to events, and those of two at the same time have no order."""
    school.lms = replace(school.lms, now=lambda: NOW + timedelta(hours=hours))


@pytest.fixture
def school(filled: School, tmp_path: Path) -> Iterator[School]:
    with cheap_hashes(), copied(filled, tmp_path / "school") as made:
        later(made, hours=2)
        yield made


@pytest.fixture
def who(school: School) -> Claims:
    return school.claims[WHO]
