"""A school whose accounts are gone."""

from collections.abc import Callable

import pytest

from azora_tui.data.lost_accounts import refuse_lost_accounts
from azora_tui.errors import StorageError
from azora_tui.lms import enrolling
from azora_tui.lms.service import Lms
from azora_tui.models.accounts import Claims
from azora_tui.paths import Paths


def test_nobody_is_given_the_work_of_those_whose_accounts_are_gone(
    lms: Lms, paths: Paths, claims: Callable[..., Claims], add_course: Callable[..., int]
) -> None:
    enrolling.enroll(lms, claims(), add_course())
    lms.database.close()
    before = paths.lms_database.read_bytes()
    with pytest.raises(StorageError, match=r"azora\.db is missing.*Bring azora\.db back"):
        refuse_lost_accounts(paths)
    assert paths.lms_database.read_bytes() == before
    paths.auth_database.write_bytes(b"accounts")
    refuse_lost_accounts(paths)


def test_a_school_without_anybody_yet_opens(lms: Lms, paths: Paths, add_course: Callable[..., int]) -> None:
    add_course()
    refuse_lost_accounts(paths)


def test_a_new_folder_opens_and_stays_empty(paths: Paths) -> None:
    refuse_lost_accounts(paths)
    assert list(paths.home.iterdir()) == []
