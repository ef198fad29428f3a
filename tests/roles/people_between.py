"""How the calls of profiles, connections and blocks are tried between two learners (`tests.test_roles_together`)."""

from collections.abc import Callable
from typing import Any

from azora_tui.lms.together import blocks, connections, profiles
from tests.roles.company import Between, Company


def _open(company: Company) -> None:
    profiles.change(company.lms, company.they, is_open=True)


def _asked_me(company: Company) -> None:
    profiles.change(company.lms, company.me, is_open=True)
    connections.ask(company.lms, company.they, company.me.user_id)


def _was_asked(company: Company) -> None:
    _open(company)
    connections.ask(company.lms, company.me, company.they.user_id)
    profiles.change(company.lms, company.they, is_open=False)


def _about(work: Callable[..., Any]) -> Callable[[Company], object]:
    def do(company: Company) -> None:
        work(company.lms, company.me, company.they.user_id)

    return do


def _found(company: Company) -> bool:
    found = profiles.find(company.lms, company.me).people
    return company.they.user_id in [each.user_id for each in found]


def _linked(company: Company) -> bool:
    found = connections.mine(company.lms, company.me)
    every = (*found.asked_of_me, *found.connected, *found.asked_by_me)
    return company.they.user_id in [each.user_id for each in every]


PEOPLE_BETWEEN: dict[str, Between] = {
    "lms.together.blocks.block of an open profile": Between(_about(blocks.block), _open),
    "lms.together.blocks.block of a closed profile": Between(_about(blocks.block)),
    "lms.together.connections.accept": Between(_about(connections.accept), _asked_me),
    "lms.together.connections.ask of an open profile": Between(_about(connections.ask), _open),
    "lms.together.connections.ask of a closed profile": Between(_about(connections.ask)),
    "lms.together.connections.decline": Between(_about(connections.decline), _asked_me),
    "lms.together.connections.end": Between(_about(connections.end), _was_asked),
    "lms.together.connections.mine": Between(_linked),
    "lms.together.connections.take_back": Between(_about(connections.take_back), _was_asked),
    "lms.together.profiles.find of an open profile": Between(_found, _open),
    "lms.together.profiles.find of a closed profile": Between(_found),
    "lms.together.profiles.person of an open profile": Between(_about(profiles.person), _open),
    "lms.together.profiles.person of a closed profile": Between(_about(profiles.person)),
}
"""By the rows of the table."""

PEOPLE_ALONE = {
    "lms.together.blocks.mine": "whom one has blocked oneself, by the names that they had then",
    "lms.together.blocks.unblock": "the same",
    "lms.together.departing.close": "for who runs the school",
    "lms.together.departing.reopen": "for who runs the school",
    "lms.together.profiles.change": "one's own",
    "lms.together.profiles.mine": "one's own",
}
"""Calls that are about nobody else, and why."""
