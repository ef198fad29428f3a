"""How the calls of taking everything along, and of leaving, are tried (`tests.roles.calls`)."""

from collections.abc import Callable, Iterator
from typing import Any

from azora_tui.auth import leaving
from azora_tui.lms import personal
from azora_tui.models.departing import Taken
from tests.roles.school import PASSWORD, School


def _read(files: Iterator[Taken]) -> bytes:
    return b"".join(part for each in files for part in each.parts)


LEAVING: dict[str, tuple[Callable[[School, Any], object], ...]] = {
    "auth.leaving.ask": (lambda s, c: leaving.ask(s.auth, c, password=PASSWORD),),
    "auth.leaving.check_may_leave": (lambda s, c: leaving.check_may_leave(s.auth, c),),
    "auth.leaving.files": (lambda s, c: _read(leaving.files(s.auth, c)),),
    "lms.personal.files": (lambda s, c: _read(personal.files(s.lms, c)),),
}

LEAVING_STEPS = {
    "auth.leaving.finish": "the end of a leaving that `ask` has begun, and of nobody else's",
    "auth.leaving.under_way": "asked by each start that finds a leaving that was not carried through",
}
