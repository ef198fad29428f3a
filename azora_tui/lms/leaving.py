"""Taking out of lms.db who has left the school for good.

Their words, name, e-mail and profile go. What others see counted stays, as nobody's: that somebody enrolled, how far
they came, what they answered where options were to choose from. `data/personal.py` has it table by table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from azora_tui.data import courses, dialect, enrollments, locks, personal
from azora_tui.lms.enrolling import fill_seats
from azora_tui.lms.events import add_event
from azora_tui.lms.together import circles, helping, wisdom
from azora_tui.models.enrollments import EnrollmentStatus

if TYPE_CHECKING:
    from azora_tui.lms.service import Lms
    from azora_tui.models.departing import Leaving


def erase(lms: Lms, leaving: Leaving) -> None:
    """Clear the file of somebody whose account is closed for good; done twice it changes nothing.

    The seats of courses that they have not completed go to those who wait. Raises `StorageError`.
    """
    if not lms.database.path.exists():
        return
    now = lms.now_text()
    with lms.database.write(locks.SCHOOL) as transaction:
        for enrolled in enrollments.enrolled_courses(
            transaction, user_id=leaving.user_id, statuses=(EnrollmentStatus.ACTIVE,), limit=-1
        ):
            course_id = enrolled.enrollment.course_id
            enrollments.set_status(transaction, enrolled.enrollment.id, EnrollmentStatus.LEFT)
            courses.add_students(transaction, course_id, -1)
            add_event(lms, transaction, "left", user_id=leaving.user_id, course_id=course_id, at=now)
            fill_seats(lms, transaction, course_id)
        for forget in (circles.depart, helping.forget, wisdom.forget):  # with what hangs on their rows
            forget(transaction, leaving.user_id)
        personal.keep_number(transaction, user_id=leaving.user_id, uuid=leaving.uuid)
        personal.erase(
            transaction,
            personal.LMS,
            {"user_id": leaving.user_id, "uuid": leaving.uuid, "nobody": leaving.nobody, "now": leaving.asked_at},
        )
        dialect.index_notes_anew(transaction)
    lms.database.wipe()
