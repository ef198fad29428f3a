"""How the calls of profiles, connections and blocks are tried (`tests.roles.calls`), on whom `tests.roles.meeting` makes."""

from collections.abc import Callable
from typing import Any

from azora_tui.lms.together import blocks, connections, departing, profiles
from tests.roles.meeting import ASKED, ASKER, BLOCKED, ELSEWHERE, FRIEND, STRANGER
from tests.roles.school import School


def _on(work: Callable[..., Any], *args: Any) -> Callable[[School, Any], object]:
    return lambda s, c: work(s.lms, c, *args)


def _victor(work: Callable[..., Any]) -> Callable[[School, Any], object]:
    return lambda s, c: work(s.lms, c, s.claims["victor"].user_uuid)


PEOPLE: dict[str, tuple[Callable[[School, Any], object], ...]] = {
    "lms.together.blocks.block": (_on(blocks.block, STRANGER),),
    "lms.together.blocks.mine": (_on(blocks.mine),),
    "lms.together.blocks.unblock": (_on(blocks.unblock, BLOCKED), _on(blocks.unblock, ELSEWHERE)),
    "lms.together.connections.accept": (_on(connections.accept, ASKER), _on(connections.accept, ELSEWHERE)),
    "lms.together.connections.ask": (_on(connections.ask, STRANGER),),
    "lms.together.connections.decline": (_on(connections.decline, ASKER), _on(connections.decline, ELSEWHERE)),
    "lms.together.connections.end": (_on(connections.end, FRIEND), _on(connections.end, ELSEWHERE)),
    "lms.together.connections.mine": (_on(connections.mine),),
    "lms.together.connections.take_back": (_on(connections.take_back, ASKED), _on(connections.take_back, ELSEWHERE)),
    "lms.together.departing.close": (_victor(departing.close),),
    "lms.together.departing.reopen": (_victor(departing.reopen),),
    "lms.together.profiles.change": (_on(profiles.change),),
    "lms.together.profiles.find": (_on(profiles.find),),
    "lms.together.profiles.mine": (_on(profiles.mine),),
    "lms.together.profiles.person": (_on(profiles.person, STRANGER),),
}
"""By the name of each call: it on what is one's own or nobody's, and on what is somebody else's, where that differs."""
