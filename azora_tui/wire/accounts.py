"""People and sign-ins as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azora_tui.times import to_text
from azora_tui.wire.answers import optional_time

if TYPE_CHECKING:
    from azora_tui.models.accounts import Claims, Session
    from azora_tui.wire.answers import Json


def user(claims: Claims) -> Json:
    """The original's user, and the session that was confirmed."""
    return {
        "id": claims.user_id,
        "email": claims.email,
        "name": claims.name,
        "role": claims.role,
        "session_id": claims.session_id,
        "expires_at": to_text(claims.expires_at),
    }


def session_row(session: Session, claims: Claims) -> Json:
    return {
        "id": session.id,
        "created_at": to_text(session.created_at),
        "expires_at": to_text(session.expires_at),
        "revoked_at": optional_time(session.revoked_at),
        "current": int(session.id == claims.session_id),
    }
