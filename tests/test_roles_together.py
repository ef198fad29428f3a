"""The second table of `docs/roles.md`: what one learner may do about another, each cell of it tried."""

from dataclasses import replace

import pytest

from azora_tui.errors import AzoraError, NotFoundError, RefusedError
from azora_tui.lms.service import Lms
from tests.conftest import claims_of
from tests.roles.company import STANDINGS, Company, know
from tests.roles.people_between import PEOPLE_ALONE, PEOPLE_BETWEEN
from tests.roles.school import rows_of
from tests.roles.together_between import TOGETHER_ALONE, TOGETHER_BETWEEN
from tests.test_roles import BETWEEN, ROWS, table

CALLS = {**PEOPLE_BETWEEN, **TOGETHER_BETWEEN}
ALONE = {**PEOPLE_ALONE, **TOGETHER_ALONE}
CELLS = table(BETWEEN)
TRIED = [
    (row, column, number) for row in sorted(CELLS) for column, ways in STANDINGS.items() for number in range(len(ways))
]


def test_every_call_of_company_has_its_row_or_is_about_nobody_else() -> None:
    assert set(CELLS) == set(CALLS)
    named = {row.partition(" ")[0] for row in CELLS}
    assert named | set(ALONE) == {name for name in ROWS if name.startswith("lms.together.")}
    assert not named & set(ALONE)


def test_every_row_has_a_cell_for_each_standing() -> None:
    for row, cells in CELLS.items():
        assert list(cells) == list(STANDINGS), row
        assert set(cells.values()) <= {"yes", "no", "refused"}, row
        assert cells["blocked"] == "no", row


@pytest.mark.parametrize(("row", "column", "number"), TRIED)
def test_a_cell_says_what_happens(lms: Lms, row: str, column: str, number: int) -> None:
    company, call = Company(lms, claims_of(1), claims_of(2)), CALLS[row]
    know(company)
    call.before(company)
    STANDINGS[column][number](company)
    before = rows_of(lms.database)
    try:
        found = "no" if call.do(company) is False else "yes"
    except (RefusedError, NotFoundError) as error:
        assert rows_of(lms.database) == before
        found = "no" if said(error) == said(refusal_of_nobody(company, row)) else "refused"
    assert found == CELLS[row][column]


def refusal_of_nobody(company: Company, row: str) -> AzoraError:
    """What the call comes to for a number that nobody has."""
    with pytest.raises(AzoraError) as raised:
        CALLS[row].do(replace(company, they=claims_of(999)))
    return raised.value


def said(error: AzoraError) -> tuple[type, str]:
    return type(error), str(error)
