"""Whom everybody in the school of `tests.roles.school` has met: learners of whom no account is needed."""

from collections.abc import Mapping
from dataclasses import replace

from azora_tui.lms.service import Lms
from azora_tui.lms.together import blocks, connections, profiles
from azora_tui.models.accounts import Claims

FRIEND, STRANGER, ASKED, BLOCKED, ELSEWHERE, ASKER = range(901, 907)
"""Who is connected with everybody, whom nobody has asked, whom everybody asked, whom everybody has blocked, who has to do
only with Victor, and who has asked everybody. All of them show a profile."""


def learner(victor: Claims, number: int) -> Claims:
    """The claims of one of them."""
    return replace(victor, user_id=number, user_uuid=f"uuid-{number}", name=f"N {number}", email=f"n{number}@x.org")


def meet(lms: Lms, claims: Mapping[str, Claims]) -> None:
    victor = claims["victor"]
    them = {number: learner(victor, number) for number in range(FRIEND, ASKER + 1)}
    for who in (*claims.values(), *them.values()):
        profiles.change(lms, who, is_open=True)
    for who in claims.values():
        for number in (FRIEND, ASKED):
            connections.ask(lms, who, number)
        connections.accept(lms, them[FRIEND], who.user_id)
        connections.ask(lms, them[ASKER], who.user_id)
        blocks.block(lms, who, BLOCKED)
    connections.ask(lms, victor, ELSEWHERE)
