"""Checking a password so that guessing is slow, and the owner is never locked out for good.

Five tries for an e-mail are free. After n failures, n ≥ 5, the next try must wait 2^(n-5) seconds, at most
five minutes, from the last one that was checked; a try that came too early is not checked and not counted. A failure
that lies in the future, because the clock was set back, waits the longest wait from when that is seen.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil
from typing import TYPE_CHECKING

from azora_tui.auth import passwords
from azora_tui.data import accounts, locks
from azora_tui.errors import FieldError

if TYPE_CHECKING:
    from azora_tui.auth.context import Auth
    from azora_tui.models.account_records import Credentials, Failures

FREE_TRIES = 5
MAX_WAIT = 300
_LONGEST = FREE_TRIES + (MAX_WAIT - 1).bit_length()
"""Failures from which on the wait is the longest."""
REMEMBERED = timedelta(days=1)


def check_password(auth: Auth, email_key: str, password: str, *, field: str) -> Credentials | None:
    """The account whose password this is; None for a wrong password and for no account, at the same cost.

    The failure stays counted until `accounts.forget_failures` takes it back. Raises `FieldError` (`field`)
    for a try that comes too early or a password over 1,024 characters.
    """
    passwords.refuse_overlong(password, field=field)
    found = count_try(auth, email_key, field=field)
    right = passwords.verify(password, found.password_hash if found else None)
    return found if right else None


def count_try(auth: Auth, email_key: str, *, field: str) -> Credentials | None:
    """Count a try at an e-mail as a failure, until it is taken back; the account that it is for.

    Raises `FieldError` (`field`) where it comes too early.
    """
    with auth.database.write(locks.SCHOOL) as transaction:
        now = auth.now()  # inside the transaction: while it waited for others, time went on
        accounts.forget_failures_before(transaction, now - REMEMBERED)
        failures = accounts.failures(transaction, email_key)
        seconds = seconds_to_wait(failures, now)
        found = None
        if seconds == 0:
            # Counted before it is checked, so that many guesses at once get no further than one after the other.
            accounts.count_failure(transaction, email_key, now)
            found = accounts.credentials(transaction, email_key)
        elif failures is not None and _lies_ahead(failures, now):
            # Or nobody would get in until that time has come, in an hour or in a hundred years.
            accounts.move_failure(transaction, email_key, now, least=_LONGEST)
    if seconds > 0:
        raise FieldError(field, "too_many_guesses", seconds=seconds)
    return found


def seconds_to_wait(failures: Failures | None, now: datetime) -> int:
    """Whole seconds until the next try is checked; 0 when it may come now.

    A last failure that lies in the future means that the clock was set back, which must free no guess.
    """
    if failures is None or failures.count < FREE_TRIES:
        return 0
    if _lies_ahead(failures, now):
        return MAX_WAIT
    wait = min(2 ** min(failures.count - FREE_TRIES, 16), MAX_WAIT)
    return max(0, ceil((failures.last_failed_at + timedelta(seconds=wait) - now).total_seconds()))


def _lies_ahead(failures: Failures, now: datetime) -> bool:
    return failures.last_failed_at >= now + timedelta(seconds=1)  # it was rounded up to whole seconds
