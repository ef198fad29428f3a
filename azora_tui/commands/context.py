"""What every plain command works with, and who it works for."""

from dataclasses import dataclass

from azora_tui.auth import service
from azora_tui.auth.context import Auth
from azora_tui.errors import SessionError
from azora_tui.lms import bundled
from azora_tui.lms.service import Lms
from azora_tui.models import Claims
from azora_tui.paths import Paths
from azora_tui.signs import Signs


@dataclass(frozen=True, slots=True)
class Context:
    """The two services of one school, and the signs that this terminal can show."""

    paths: Paths
    auth: Auth
    lms: Lms
    signs: Signs


def signed_in(context: Context) -> Claims:
    """Who is signed in on this computer, confirmed; raises `SessionError`."""
    claims = service.resume(context.auth)
    if claims is None:
        raise SessionError("You are not signed in. Sign in with `azora-tui login`.")
    return claims


def learner(context: Context) -> Claims:
    """Who is signed in, once the bundled courses are in place; raises `SessionError`."""
    claims = signed_in(context)
    bundled.load(context.lms)
    return claims
