"""What every plain command works with, and who it works for."""

from dataclasses import dataclass

from azora_tui.auth import service
from azora_tui.auth.context import Auth
from azora_tui.errors import SessionError
from azora_tui.glyphs import Glyphs
from azora_tui.lms import bundled
from azora_tui.lms.service import Lms
from azora_tui.models.accounts import Claims
from azora_tui.paths import Paths


@dataclass(frozen=True, slots=True)
class CommandContext:
    """The two services of one school, and the signs that this terminal can show."""

    paths: Paths
    auth: Auth
    lms: Lms
    glyphs: Glyphs


def signed_in(context: CommandContext) -> Claims:
    """Who is signed in on this computer, confirmed; raises `SessionError`."""
    claims = service.resume(context.auth)
    if claims is None:
        raise SessionError("not_signed_in")
    return claims


def learner(context: CommandContext) -> Claims:
    """Who is signed in, once the bundled courses are in place; raises `SessionError`."""
    claims = signed_in(context)
    bundled.load(context.lms)
    return claims
