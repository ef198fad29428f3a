"""Two people who know each other here: one asks, the other accepts, and each can end it. Who is declined isn't told.

A call names the other person, never the row: asking, accepting and ending are about two people, who have one row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from azora_tui.data import connections as rows
from azora_tui.data import locks
from azora_tui.data import profiles as people
from azora_tui.errors import NotFoundError, RefusedError
from azora_tui.lms.events import know_learner
from azora_tui.lms.service import check_claims
from azora_tui.lms.together.access import checked_words, count_post, tell
from azora_tui.lms.together.profiles import require_seen
from azora_tui.models.profiles import Connections
from azora_tui.text import fold

if TYPE_CHECKING:
    from azora_tui.data.transaction import Transaction
    from azora_tui.lms.service import Lms
    from azora_tui.models.accounts import Claims
    from azora_tui.models.profiles import PersonSeen, Standing

MAX_WORDS_LENGTH = 280
"""Characters of the sentence with which somebody asks."""


def ask(lms: Lms, claims: Claims, user_id: int, words: str = "") -> PersonSeen:
    """Ask somebody whom one sees to connect; whom they have asked already is connected with them at once.

    Answers with the person as they stand now. Raises `NotFoundError` for who is not there, `RefusedError` for who was
    asked before, for too many characters and for the limit of posts.
    """
    check_claims(lms, claims)
    said = " ".join(checked_words(words, maximum=MAX_WORDS_LENGTH, empty="").split())
    with lms.database.write(locks.SCHOOL) as transaction:
        person = _other(transaction, claims, user_id)
        match person.standing:
            case "connected":
                raise RefusedError("connected_already")
            case "asked_by_me":
                raise RefusedError("connection_asked_already")
            case "asked_of_me":
                _accept(lms, transaction, claims, person)
            case _:
                count_post(lms, transaction, claims)
                added = rows.add(
                    transaction,
                    uuid=lms.new_id(),
                    asker_id=claims.user_id,
                    asked_id=user_id,
                    words=said,
                    now=lms.now_text(),
                )
                tell(lms, transaction, user_id, "connection_asked", added, actor_id=claims.user_id)
        return require_seen(transaction, claims, user_id)


def accept(lms: Lms, claims: Claims, user_id: int) -> PersonSeen:
    """Connect with who has asked; once connected, nothing changes. Raises `NotFoundError` for who has not asked."""
    check_claims(lms, claims)
    with lms.database.write(locks.SCHOOL) as transaction:
        person = _other(transaction, claims, user_id)
        if person.standing == "connected":
            return person
        _require(person, "asked_of_me")
        _accept(lms, transaction, claims, person)
        return require_seen(transaction, claims, user_id)


def decline(lms: Lms, claims: Claims, user_id: int) -> None:
    """Let what somebody has asked be gone, without telling them. Raises as `end`, `RefusedError` once connected."""
    _remove(lms, claims, user_id, "asked_of_me")


def take_back(lms: Lms, claims: Claims, user_id: int) -> None:
    """Take back what one has asked. Raises as `end`, `RefusedError` once it was accepted."""
    _remove(lms, claims, user_id, "asked_by_me")


def end(lms: Lms, claims: Claims, user_id: int) -> None:
    """Be connected no more, without telling the other. Raises `NotFoundError` where there is nothing of the kind."""
    _remove(lms, claims, user_id, "connected")


def mine(lms: Lms, claims: Claims) -> Connections:
    """Who asked, who is connected, and who was asked; without those who are not there: closed or blocked."""
    check_claims(lms, claims)
    with lms.database.read() as transaction:
        found = people.linked(transaction, viewer=claims.user_id)

    def standing(kind: Standing) -> tuple[PersonSeen, ...]:
        return tuple(each for each in found if each.standing == kind)

    connected = sorted(standing("connected"), key=lambda each: (fold(each.name), each.user_id))
    return Connections(standing("asked_of_me"), tuple(connected), standing("asked_by_me"))


def _other(transaction: Transaction, claims: Claims, user_id: int) -> PersonSeen:
    know_learner(transaction, claims)
    if user_id == claims.user_id:
        raise RefusedError("own_person")
    return require_seen(transaction, claims, user_id)


def _require(person: PersonSeen, standing: Standing) -> int:
    """The connection's id, if the two stand so."""
    if person.standing == "connected" != standing:
        raise RefusedError("connected_meanwhile")
    if person.standing != standing or person.connection_id is None:
        raise NotFoundError("connection_missing")
    return person.connection_id


def _accept(lms: Lms, transaction: Transaction, claims: Claims, person: PersonSeen) -> None:
    connection_id = _require(person, "asked_of_me")
    rows.accept(transaction, connection_id, now=lms.now_text())
    tell(lms, transaction, person.user_id, "connection_accepted", connection_id, actor_id=claims.user_id)


def _remove(lms: Lms, claims: Claims, user_id: int, standing: Standing) -> None:
    check_claims(lms, claims)
    with lms.database.write(locks.SCHOOL) as transaction:
        rows.remove(transaction, _require(_other(transaction, claims, user_id), standing))
