"""From the command to the first page: signed out, and signed in."""

from collections.abc import Sequence
from pathlib import Path

from benchmarks.rows import Result, Spec, result, side_by_side
from benchmarks.schools import Schools
from benchmarks.terminal import Terminal

_AGAINST = "a bare Textual app with the sign-in form's widgets"
SIGN_IN = Spec("sign-in", "command to painted sign-in form (in a pty)", _AGAINST, 1.15)
FIRST_PAGE = Spec("first-page", "command to painted first page, signed in", _AGAINST, 1.4)

_FORM = ("E-mail", "Password", "Sign in", "Everything you do here", "quit")


def sign_in(schools: Schools, pairs: int) -> list[Result]:
    return [_against_bare_form(SIGN_IN, schools.signed_out, _FORM, pairs)]


def first_page(schools: Schools, pairs: int) -> list[Result]:
    return [_against_bare_form(FIRST_PAGE, *schools.signed_in, pairs)]


def _against_bare_form(spec: Spec, home: Path, texts: Sequence[str], pairs: int) -> Result:
    return result(
        spec,
        side_by_side(
            lambda: _milliseconds(["azora_tui"], home, texts),
            lambda: _milliseconds(["benchmarks.bare", "form"], home, _FORM),
            pairs,
        ),
    )


def _milliseconds(module: Sequence[str], home: Path, texts: Sequence[str]) -> float:
    with Terminal(module, home) as terminal:
        return (terminal.until_text(texts) - terminal.started_at) * 1000
