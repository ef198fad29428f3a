"""Taking everything along, and leaving for good: what both services do together.

Leaving has three steps: the account is closed, together with the wish; lms.db is cleared; azora.db is. A file stands
in the folder for as long as that is under way, and is locked by who is at work on it. So a start that finds no such
file has nothing to do, and one that finds it, left by a run that was killed, goes on from there.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from azora_tui.auth import leaving as accounts
from azora_tui.data import leftovers
from azora_tui.errors import RefusedError, StorageError
from azora_tui.formats.zip_writing import zip_parts
from azora_tui.lms import leaving as learning
from azora_tui.lms import personal
from azora_tui.paths import replace_file_by_parts
from azora_tui.wording import departing as words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from azora_tui.auth.context import Auth
    from azora_tui.lms.service import Lms
    from azora_tui.models.accounts import Claims
    from azora_tui.models.departing import Taken


def archive(auth: Auth, lms: Lms, claims: Claims) -> Iterator[bytes]:
    """The bytes of a ZIP archive with everything that the school holds of somebody, made as they are read.

    Raises `SessionError`.
    """
    found = (accounts.files(auth, claims), personal.files(lms, claims))
    return zip_parts(_with_list((each for files in found for each in files), claims), lms.now())


def write_archive(auth: Auth, claims: Claims, lms: Lms, path: Path) -> None:
    """Write the archive, whole or not at all, for its owner alone. Raises `SessionError`, `RefusedError`."""
    try:
        replace_file_by_parts(path, archive(auth, lms, claims))
    except OSError as error:
        raise RefusedError("archive_not_written", path=path, reason=error.strerror) from error


def leave(auth: Auth, lms: Lms, claims: Claims, *, password: str) -> list[Path]:
    """Leave the school for good; the backups of earlier times, which are not touched, are returned.

    Raises what `auth.leaving.ask` raises, with nothing done, and `StorageError("leaving_not_finished")` where the rest
    is left to the next start.
    """
    with _at_work(auth, wait=True) as ours:
        assert ours  # it waits
        accounts.ask(auth, claims, password=password)
        try:
            _carry_through(auth, lms)
        except StorageError as error:
            raise StorageError("leaving_not_finished", reason=str(error)) from error
    return auth.paths.backups()


def go_on(auth: Auth, lms: Lms) -> None:
    """Carry through what an earlier run has left; where another is at work on it, that is left to it."""
    with _at_work(auth, wait=False) as ours:
        if ours:
            _carry_through(auth, lms)


@contextmanager
def _at_work(auth: Auth, *, wait: bool) -> Iterator[bool]:
    """Hold the mark, and take it away where nothing is left to be done."""
    mark = auth.paths.leaving
    with leftovers.marked(mark, wait=wait) as ours:
        try:
            yield ours
        finally:
            with suppress(StorageError, OSError):
                if ours and not accounts.under_way(auth):
                    mark.unlink()


def _carry_through(auth: Auth, lms: Lms) -> None:
    for each in accounts.under_way(auth):
        learning.erase(lms, each)
        accounts.finish(auth, each)


def _with_list(files: Iterable[Taken], claims: Claims) -> Iterator[tuple[str, Iterable[bytes]]]:
    listed: list[tuple[str, str]] = []
    for name, what, parts in files:
        listed.append((name, what))
        yield name, parts
    yield "README.md", [words.contents(listed, name=claims.name, email=claims.email).encode()]
