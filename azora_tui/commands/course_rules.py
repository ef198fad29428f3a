"""What a course allows and who teaches it, for who does."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from azora_tui.auth import invitations
from azora_tui.auth.fields import known_email_key
from azora_tui.commands import output
from azora_tui.commands.context import learner
from azora_tui.errors import NotFoundError
from azora_tui.lms import catalog
from azora_tui.lms.teaching import course_rules
from azora_tui.models.course_rules import CourseState
from azora_tui.wording.course_rules import STATES, seats_words, what_was_set, window_words
from azora_tui.wording.numbers import counted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from azora_tui.commands.context import CommandContext
    from azora_tui.commands.options import CourseSetOptions, CourseTeachersOptions
    from azora_tui.models.account_records import Account
    from azora_tui.models.accounts import Claims
    from azora_tui.models.course_rules import CourseRules, RuleChanges, TaughtCourse, Teacher


def set_rules(context: CommandContext, options: CourseSetOptions) -> None:
    """Change what is given; with nothing given, show how it stands."""
    claims = learner(context)
    course_id = catalog.find(context.lms, claims, output.one_line(options.id))
    changes = _changes(options.changes)
    done = course_rules.set_rules(context.lms, claims, course_id, changes) if changes else None
    rules = done.rules if done else course_rules.rules(context.lms, claims, course_id)
    if options.json:
        from azora_tui.wire import course_rules as wire
        from azora_tui.wire.answers import success

        answer = wire.course_rules(rules)
        output.say_json(success({**answer, "moved_up": done.moved_up} if done else answer))
        return
    if done:
        output.say_wrapped(what_was_set(done))
        output.say()
    _describe(rules)


def teachers(context: CommandContext, options: CourseTeachersOptions) -> None:
    """Name teachers or take them away; then list who teaches the course now."""
    claims = learner(context)
    course_id = catalog.find(context.lms, claims, output.one_line(options.id))
    accounts = {email: _account(context, email) for email in (*options.add, *options.remove)}
    for email in options.add:
        course_rules.add_teacher(context.lms, claims, course_id, accounts[email])
    for email in options.remove:
        course_rules.remove_teacher(context.lms, claims, course_id, accounts[email])
    if claims.role != "admin" and claims.user_id in {accounts[email].id for email in options.remove}:
        output.say_wrapped("You teach this course no longer.")
        return
    found = course_rules.rules(context.lms, claims, course_id).teachers
    if options.json:
        from azora_tui.wire import course_rules as wire
        from azora_tui.wire.answers import success

        output.say_json(success(wire.teachers(found)))
    elif found:
        output.say("\n".join(output.table([(each.name, each.email) for each in map(_named, found)], output.width())))
    else:
        output.say("Nobody teaches this course; it is the admins'.")


def taught(context: CommandContext, claims: Claims, *, json: bool) -> None:
    """The courses that somebody teaches."""
    found = course_rules.taught(context.lms, claims)
    if json:
        from azora_tui.wire import course_rules as wire

        output.say_json_rows(wire.taught_course(each) for each in found)
    elif found:
        output.say("\n".join(output.table([_row(each) for each in found], output.width())))
        output.say()
        output.say_wrapped(f"{counted(len(found), 'course')}. What one allows: `azora-tui course set ID`.")
    else:
        output.say("You teach no course yet. Bring one in with `azora-tui import PATH`.")


def _changes(given: Mapping[str, object]) -> RuleChanges:
    changes = dict(given)
    if "state" in changes:
        changes["state"] = CourseState(changes["state"])
    if isinstance(key := changes.get("key"), str) and key.strip().casefold() == "none":
        changes["key"] = None
    return cast("RuleChanges", changes)


def _account(context: CommandContext, email: str) -> Account:
    found = invitations.account_ids(context.auth, [email]).get(known_email_key(email))
    if found is None:
        raise NotFoundError("account_unknown_here", email=email)
    return found


def _describe(rules: CourseRules) -> None:
    window = window_words(rules.opens, rules.closes)
    if not rules.enrollment_open:
        window += "; but course.yaml says `enrollment: closed`, so nobody does"
    rows = [
        ("Course", f"{rules.course_id}  {rules.title}"),
        ("State", STATES[rules.state]),
        ("Enrol", window),
        ("Seats", seats_words(rules)),
        ("Key", rules.key or "none"),
        ("Needs", ", ".join(rules.prerequisites) or "no other course"),
        ("Teachers", ", ".join(_named(each).name for each in rules.teachers) or "nobody but the admins"),
    ]
    output.say("\n".join(output.table(rows, output.width())))


def _named(teacher: Teacher) -> Teacher:
    return teacher if teacher.name else teacher._replace(name=f"account {teacher.user_id}")


def _row(course: TaughtCourse) -> tuple[str, str, str]:
    seats = counted(course.students, "learner")
    if course.seats is not None:
        seats = f"{course.students:,} of {counted(course.seats, 'seat')}"
    waits = f", {course.waiting:,} waiting" if course.waiting else ""
    return str(course.id), course.state.value, f"{output.one_line(course.title)}\n{seats}{waits}"
