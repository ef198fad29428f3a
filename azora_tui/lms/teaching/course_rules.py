"""What a course allows, set by who teaches it; and who that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azora_tui.data import course_rules, courses, locks, teachers
from azora_tui.errors import FieldError, RefusedError
from azora_tui.lms import cards, enrolling, search
from azora_tui.lms.courses import course_by_id
from azora_tui.lms.events import add_event, know_account, know_learner
from azora_tui.lms.service import check_claims
from azora_tui.lms.teaching.access import check_may_teach, require_teaching
from azora_tui.models.course_rules import MAX_KEY_LENGTH, CourseRules, CourseState, RuleChanges, RulesSet
from azora_tui.text import clean
from azora_tui.times import iso_day

if TYPE_CHECKING:
    from azora_tui.data.transaction import Transaction
    from azora_tui.lms.service import Lms
    from azora_tui.models.account_records import Account
    from azora_tui.models.accounts import Claims
    from azora_tui.models.course_rules import TaughtCourse
    from azora_tui.models.courses import Course

MAX_SEATS = 999_999
MAX_TAUGHT = 1_000

_FILES_SAY_TOO = ("opens", "closes", "seats", "key", "prerequisites")


def taught(lms: Lms, claims: Claims) -> list[TaughtCourse]:
    """The courses that somebody teaches, drafts and archived ones too, and for an admin all: those with learners first,
    at most `MAX_TAUGHT`."""
    check_may_teach(lms, claims)
    with lms.database.read() as transaction:
        whose = None if claims.role == "admin" else claims.user_id
        return course_rules.courses_taught(transaction, whose, limit=MAX_TAUGHT)


def rules(lms: Lms, claims: Claims, course_id: int) -> CourseRules:
    """What a course allows. Raises `NotFoundError`, and `RefusedError` for who does not teach it."""
    check_claims(lms, claims)
    with lms.database.read() as transaction:
        course_by_id(transaction, course_id)
        require_teaching(transaction, claims, course_id)
        return _rules(transaction, course_id)


def set_rules(lms: Lms, claims: Claims, course_id: int, changes: RuleChanges) -> RulesSet:
    """Change what a course allows; nobody who is in it is put out, and who waits moves up where there is room now.

    Raises as `rules` does, and `FieldError` (the name of the rule) for what cannot be.
    """
    check_claims(lms, claims)
    with lms.database.write(locks.Course(course_id)) as transaction:
        course = course_by_id(transaction, course_id)
        require_teaching(transaction, claims, course_id)
        before = _rules(transaction, course_id)
        wanted = _checked(transaction, course, before, changes)
        changed = tuple(name for name, value in wanted.items() if value != getattr(before, name))
        if not changed:
            return RulesSet(before, (), 0)
        know_learner(transaction, claims)
        _save(transaction, course_id, {**_as_changes(before), **wanted}, changed)
        add_event(
            lms,
            transaction,
            "course_changed",
            user_id=claims.user_id,
            course_id=course_id,
            at=lms.now_text(),
            payload={name: _told(name, wanted) for name in changed},
        )
        moved_up = enrolling.fill_seats(lms, transaction, course_id)
        return RulesSet(_rules(transaction, course_id), changed, len(moved_up))


def add_teacher(lms: Lms, claims: Claims, course_id: int, account: Account) -> bool:
    """Let somebody teach a course, and say whether they did not before. `account` was looked up where accounts are.

    Raises as `rules` does, and `RefusedError` for a learner's account.
    """
    check_claims(lms, claims)
    with lms.database.write(locks.Course(course_id)) as transaction:
        course_by_id(transaction, course_id)
        require_teaching(transaction, claims, course_id)
        if account.role == "learner":
            raise RefusedError("teacher_is_learner", name=account.name, email=account.email)
        now = lms.now_text()
        added = teachers.add_teacher(transaction, course_id=course_id, user_id=account.id, now=now)
        if added:
            know_learner(transaction, claims)
            know_account(transaction, account)
            _tell(lms, transaction, claims, course_id, account.uuid, added=True)
    return added


def remove_teacher(lms: Lms, claims: Claims, course_id: int, account: Account) -> None:
    """Let somebody teach a course no longer. Raises as `rules` does, and `RefusedError` for who does not teach it, and
    for the last one, whom only an admin takes away."""
    check_claims(lms, claims)
    with lms.database.write(locks.Course(course_id)) as transaction:
        course_by_id(transaction, course_id)
        require_teaching(transaction, claims, course_id)
        if not teachers.teaches(transaction, course_id=course_id, user_id=account.id):
            raise RefusedError("teacher_unknown", name=account.name)
        if claims.role != "admin" and len(teachers.teacher_ids(transaction, course_id)) == 1:
            raise RefusedError("teacher_is_last")
        teachers.remove_teacher(transaction, course_id=course_id, user_id=account.id)
        know_learner(transaction, claims)
        _tell(lms, transaction, claims, course_id, account.uuid, added=False)


def _tell(lms: Lms, transaction: Transaction, claims: Claims, course_id: int, uuid: str, *, added: bool) -> None:
    add_event(
        lms,
        transaction,
        "teacher_added" if added else "teacher_removed",
        user_id=claims.user_id,
        course_id=course_id,
        at=lms.now_text(),
        payload={"teacher": uuid},
    )


def _rules(transaction: Transaction, course_id: int) -> CourseRules:
    course = course_by_id(transaction, course_id)
    return CourseRules(
        course_id=course.id,
        title=course.title,
        state=course.state if course.is_live else CourseState.DRAFT,
        opens=course.opens,
        closes=course.closes,
        seats=course.seats,
        key=course_rules.key_of(transaction, course.id),
        prerequisites=tuple(course_rules.prerequisite_slugs(transaction, course.slug)),
        enrollment_open=course.enrollment_open,
        students=course.students,
        waiting=course_rules.waiting_count(transaction, course.id),
        teachers=tuple(teachers.teachers_of(transaction, course.id)),
    )


def _as_changes(rules: CourseRules) -> RuleChanges:
    return {
        "state": rules.state,
        "opens": rules.opens,
        "closes": rules.closes,
        "seats": rules.seats,
        "key": rules.key,
        "prerequisites": rules.prerequisites,
    }


def _checked(transaction: Transaction, course: Course, before: CourseRules, changes: RuleChanges) -> RuleChanges:
    """The changes as they will be kept; raises `FieldError` for what cannot be."""
    wanted = changes.copy()
    opens, closes = wanted.get("opens", before.opens), wanted.get("closes", before.closes)
    if opens is not None and closes is not None and closes < opens:
        field = "closes" if "closes" in wanted else "opens"
        raise FieldError(field, "window_reversed", opens=opens.isoformat(), closes=closes.isoformat())
    seats = wanted.get("seats")
    if seats is not None and not 0 < seats <= MAX_SEATS:
        raise FieldError("seats", "seats_out_of_range", maximum=MAX_SEATS)
    key = wanted.get("key")
    if key is not None:
        key = wanted["key"] = clean(key, keep_newlines=False).strip()
        if not key:
            raise FieldError("key", "key_empty")
        if len(key) > MAX_KEY_LENGTH:
            raise FieldError("key", "key_too_long", maximum=MAX_KEY_LENGTH)
    if "prerequisites" in wanted:
        wanted["prerequisites"] = tuple(sorted(set(wanted["prerequisites"])))
        for slug in wanted["prerequisites"]:
            _check_prerequisite(transaction, course, slug, new=slug not in before.prerequisites)
    return wanted


def _check_prerequisite(transaction: Transaction, course: Course, slug: str, *, new: bool) -> None:
    if slug == course.slug:
        raise FieldError("prerequisites", "prerequisite_itself")
    if new and courses.course_by_slug(transaction, slug) is None:
        raise FieldError("prerequisites", "prerequisite_unknown", slug=slug)
    if way := _way_back(transaction, slug, course.slug):
        raise FieldError("prerequisites", "prerequisite_circle", way=", which needs ".join(way))


def _way_back(transaction: Transaction, slug: str, to: str) -> list[str]:
    """The slugs from a course to what it needs in the end, if that is `to`; one that is gone through is not again."""
    ways, seen = [[slug]], {slug}
    for way in ways:
        for needed in course_rules.prerequisite_slugs(transaction, way[-1]):
            if needed == to:
                return [*way, to]
            if needed not in seen:
                seen.add(needed)
                ways.append([*way, needed])
    return []


def _save(transaction: Transaction, course_id: int, wanted: RuleChanges, changed: tuple[str, ...]) -> None:
    if not {"opens", "closes", "seats"}.isdisjoint(changed):
        course_rules.set_limits(
            transaction,
            course_id,
            opens=iso_day(wanted["opens"]),
            closes=iso_day(wanted["closes"]),
            seats=wanted["seats"],
        )
    if "key" in changed:
        course_rules.set_key(transaction, course_id, wanted["key"])
    if "prerequisites" in changed:
        course_rules.set_prerequisites(transaction, course_id, wanted["prerequisites"])
    if "state" in changed:
        course_rules.set_state(transaction, course_id, wanted["state"])
        search.index_course(transaction, course_id)
        cards.refresh(transaction, course_id)
    here = course_rules.set_here(transaction, course_id) | {name for name in changed if name in _FILES_SAY_TOO}
    course_rules.save_set_here(transaction, course_id, here)


def _told(name: str, wanted: RuleChanges) -> object:
    """What an event tells of a rule: never the key itself."""
    if name == "key":
        return "set" if wanted["key"] is not None else "none"
    if name == "state":
        return wanted["state"].value
    if name == "prerequisites":
        return list(wanted["prerequisites"])
    if name == "seats":
        return wanted["seats"]
    return iso_day(wanted["opens"] if name == "opens" else wanted["closes"])
