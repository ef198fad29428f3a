"""The token of the person who is signed in on this computer, kept between two runs."""

import re

from azora_tui.auth.tokens import LONGEST
from azora_tui.errors import StorageError
from azora_tui.paths import Paths, replace_file

_TOKEN = re.compile(r"[\w-]+\.[\w-]+\.[\w-]+", re.ASCII)


def keep(paths: Paths, token: str) -> None:
    """Keep the token (mode 0600), whole or not at all; a `StorageError` where that cannot be done."""
    try:
        replace_file(paths.session, token.encode("ascii"))
    except OSError as error:
        raise StorageError(
            f"You are signed in, but {paths.session} cannot be written ({error.strerror}), so the next "
            "start will ask for your password again. Check that the folder is yours and has room."
        ) from error


def load(paths: Paths) -> str | None:
    """The kept token; None where there is none, or nothing that could be one."""
    try:
        with paths.session.open("rb") as file:
            token = file.read(LONGEST + 1).decode("ascii")
    except (OSError, ValueError):
        return None
    return token if len(token) <= LONGEST and _TOKEN.fullmatch(token) else None


def forget(paths: Paths) -> None:
    """Remove the kept token; a `StorageError` where it is there and cannot be removed."""
    try:
        paths.session.unlink(missing_ok=True)
    except OSError as error:
        raise StorageError(
            f"{paths.session} cannot be removed ({error.strerror}), so the sign-in it holds may still "
            "be used from it. Check that the folder is yours, and remove the file by hand."
        ) from error
