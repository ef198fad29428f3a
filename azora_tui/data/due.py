"""What waits to be reviewed, and how much of it there is."""

from azora_tui.data.transaction import Transaction, value
from azora_tui.models.due import ReviewCounts

# Only courses that the learner is in and that are no drafts, and only what these hold to be asked now.
ASKED = """
    FROM enrollments AS mine
    JOIN courses ON courses.id = mine.course_id AND (courses.is_published = 1 OR courses.state = 'archived')
    JOIN lessons ON lessons.course_id = courses.id AND lessons.is_published = 1
    JOIN cards ON cards.lesson_id = lessons.id
"""
RATED = f"""{ASKED}
    JOIN card_states AS states ON states.user_id = mine.user_id AND states.lesson_id = cards.lesson_id
        AND states.kind = cards.kind AND states.card_key = cards.card_key
    WHERE mine.user_id = :user_id AND mine.status <> 'left'
"""
NEW = f"""{ASKED}
    JOIN lesson_progress AS done ON done.enrollment_id = mine.id AND done.lesson_id = lessons.id AND done.completed = 1
    WHERE mine.user_id = :user_id AND mine.status <> 'left' AND cards.kind = 'card' AND NOT EXISTS (
        SELECT 1 FROM card_states AS states WHERE states.user_id = mine.user_id
            AND states.lesson_id = cards.lesson_id AND states.kind = cards.kind AND states.card_key = cards.card_key
    )
"""  # noqa: S608  # only our own words


def counts(transaction: Transaction, *, user_id: int, now: str) -> ReviewCounts:
    parameters = {"user_id": user_id, "now": now}
    due: int = value(transaction, f"SELECT COUNT(*) {RATED} AND states.due <= :now", parameters)
    new: int = value(transaction, f"SELECT COUNT(*) {NEW}", {"user_id": user_id})
    return ReviewCounts(due, new)
