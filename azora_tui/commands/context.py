"""What every plain command works with, and who it works for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from azora_tui.auth import service
from azora_tui.auth.context import open_auth
from azora_tui.errors import SessionError
from azora_tui.lms import bundled
from azora_tui.lms.service import open_lms

if TYPE_CHECKING:
    from azora_tui.auth.context import Auth
    from azora_tui.glyphs import Glyphs
    from azora_tui.lms.service import Lms
    from azora_tui.models.accounts import Claims
    from azora_tui.paths import Paths


@dataclass(frozen=True)
class CommandContext:
    """The two services of one school. `ascii_only` is what was typed; the settings may say so too."""

    paths: Paths
    auth: Auth
    lms: Lms
    ascii_only: bool

    @cached_property
    def glyphs(self) -> Glyphs:
        """The signs that this terminal can show."""
        from azora_tui.commands.output import shows_unicode, use_ascii
        from azora_tui.glyphs import ASCII, glyphs_for
        from azora_tui.settings import load_settings

        ascii_only = self.ascii_only or load_settings(self.paths.settings).ascii or not shows_unicode()
        glyphs = glyphs_for(ascii_only=ascii_only)
        if glyphs is ASCII:
            use_ascii(True)
        return glyphs

    def close(self) -> None:
        self.auth.database.close()
        self.lms.database.close()


def open_context(paths: Paths, *, ascii_only: bool) -> CommandContext:
    return CommandContext(paths, open_auth(paths), open_lms(paths), ascii_only)


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
