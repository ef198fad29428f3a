"""The JSON of the review: rows as in `wire`. Questions are told without their answers, cards with their backs."""

from collections.abc import Sequence

from azora_tui.models.reviews import DueDay, Flashcard, Rated, ReviewCard, ReviewSession
from azora_tui.times import to_text
from azora_tui.wire import quizzes as quiz_wire
from azora_tui.wire.answers import Json


def session(session: ReviewSession, rated: Sequence[tuple[ReviewCard, Rated]]) -> Json:
    """What waits now, and what was rated before by the same command."""
    return {
        "due": session.counts.due,
        "new": session.counts.new,
        "next_due": to_text(session.next_due) if session.next_due else None,
        "rated": [{**_card_id(card), "rating": kept.rating.value, "due": to_text(kept.due)} for card, kept in rated],
        "cards": [_card(each) for each in session.cards],
        "forecast": forecast(session.forecast),
    }


def forecast(days: Sequence[DueDay]) -> list[Json]:
    return [{"day": each.day.isoformat(), "due": each.count} for each in days]


def _card(card: ReviewCard) -> Json:
    content = card.content
    told = {"front": content.front, "back": content.back} if isinstance(content, Flashcard) else None
    return {
        **_card_id(card),
        "course_title": card.course_title,
        "lesson_title": card.lesson_title,
        "new": int(card.state is None),
        "due": to_text(card.state.due) if card.state else None,
        "question": quiz_wire.question(content) if not isinstance(content, Flashcard) else None,
        "card": told,
    }


def _card_id(card: ReviewCard) -> Json:
    return {
        "course_id": card.course_id,
        "lesson_id": card.id.lesson_id,
        "kind": card.id.kind.value,
        "id": card.id.key,
    }
