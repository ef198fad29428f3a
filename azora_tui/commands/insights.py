"""How a course is doing, in words, for who teaches it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azora_tui.auth import invitations
from azora_tui.commands import output
from azora_tui.commands.context import learner
from azora_tui.errors import NotFoundError
from azora_tui.lms import catalog
from azora_tui.lms.teaching import insights as service
from azora_tui.lms.teaching import people as people_service
from azora_tui.lms.teaching.statistics import share
from azora_tui.models.insights import Which
from azora_tui.times import local_day
from azora_tui.wording import insights as words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from azora_tui.commands.context import CommandContext
    from azora_tui.commands.options import InsightsOptions
    from azora_tui.models.accounts import Claims
    from azora_tui.models.insights import CourseFigures, LessonFigures, Person

_MAX_PEOPLE = 200


def insights(context: CommandContext, options: InsightsOptions) -> None:
    claims = learner(context)
    if options.id is None:
        from azora_tui.commands.course_rules import taught

        taught(context, claims, json=options.json)
        return
    course_id = catalog.find(context.lms, claims, options.id)
    if nameless := people_service.nameless(context.lms, claims, course_id):
        people_service.name(context.lms, claims, course_id, invitations.names(context.auth, nameless))
    if options.learner is not None:
        _way(context, claims, course_id, options)
    elif options.question is not None:
        _question(context, claims, course_id, options)
    elif options.lesson is not None:
        _lesson(context, claims, course_id, options)
    elif options.people is not None:
        _people(context, claims, course_id, options)
    else:
        _course(context, claims, course_id, options)


def _course(context: CommandContext, claims: Claims, course_id: int, options: InsightsOptions) -> None:
    head = service.head(context.lms, claims, course_id)
    monday = service.monday(context.lms, claims, course_id)
    figures = service.course_figures(context.lms, claims, course_id)
    if options.json:
        from azora_tui.wire import insights as wire
        from azora_tui.wire.answers import success

        output.say_json(success(wire.course(head, monday, figures)))
        return
    today = _today(context)
    output.say_wrapped(head.title)
    output.say_wrapped(f"{words.head_words(head, figures.active_7)}, {figures.active_30:,} in the last 30 days.")
    output.say_wrapped(words.completion_sentence(figures, share(figures.completed, figures.ever)))
    if not figures.ever:
        return
    weeks = ", ".join(f"{number:,}" for number in figures.weeks)
    output.say_wrapped(f"Active in each of the last {len(figures.weeks)} weeks: {weeks}.")
    _say_people("Stuck", monday.stuck, monday.counts[Which.STUCK], course_id, today)
    _say_people("Nearly done", monday.nearly_done, monday.counts[Which.NEARLY_DONE], course_id, today)
    _say_table("Lessons", [(str(each.number), f"{each.title}\n{words.lesson_words(each)}") for each in figures.lessons])
    _say_cohorts(figures)
    if figures.outcomes:
        rows = [
            (str(number), f"{each.text}\n{words.outcome_words(each, share(each.right, each.answered))}")
            for number, each in enumerate(figures.outcomes, start=1)
        ]
        _say_table("Outcomes", rows)
    if figures.questions:
        misleads = {each.question.id for each in monday.misleading}
        rows = [
            (
                each.question.id,
                words.question_words(each, share(each.right, each.answered))
                + (" - it may mislead" if each.question.id in misleads else ""),
            )
            for each in figures.questions
        ]
        _say_table("Questions", rows)


def _say_people(heading: str, people: Sequence[Person], number: int, course_id: int, today: date) -> None:
    if not number:
        return
    _say_table(f"{heading}: {number:,}", [_person_row(each, today) for each in people])
    if number > len(people):
        which = heading.lower().replace(" ", "-")
        output.say_wrapped(f"All of them: `azora-tui insights {course_id} --people {which}`.")


def _person_row(person: Person, today: date) -> tuple[str, str]:
    about = words.why_stuck(person) or f"{person.progress or 0} %"
    return words.person_name(person), f"{about}, last here {words.last_seen(person, today)}\n{person.email}".rstrip()


def _say_cohorts(figures: CourseFigures) -> None:
    rows = [
        (
            words.cohort_name(cohort),
            f"{cohort.enrolled:,} enrolled",
            "active in weeks 0, 1, …: "
            + ", ".join(
                f"{active:,}" if (part := share(active, cohort.enrolled)) is None else f"{part} %"
                for active in cohort.active
            ),
        )
        for cohort in figures.cohorts
    ]
    if rows:
        _say_table("Weeks of enrolment", rows)


def _lesson(context: CommandContext, claims: Claims, course_id: int, options: InsightsOptions) -> None:
    figures = service.course_figures(context.lms, claims, course_id)
    found = _numbered(figures.lessons, options.lesson or "")
    its = [each for each in figures.questions if each.lesson_id == found.lesson_id]
    if options.json:
        from azora_tui.wire import insights as wire
        from azora_tui.wire.answers import success

        output.say_json(success({**wire.lesson(found), "questions": [wire.question(each) for each in its]}))
        return
    output.say_wrapped(f"{found.number} {found.title}")
    output.say_wrapped(f"{words.lesson_words(found)[0].upper()}{words.lesson_words(found)[1:]}.")
    if its:
        _say_table(
            "Questions",
            [(each.question.id, words.question_words(each, share(each.right, each.answered))) for each in its],
        )


def _numbered(lessons: Sequence[LessonFigures], word: str) -> LessonFigures:
    for lesson in lessons:
        if str(lesson.number) == word:
            return lesson
    raise NotFoundError("lesson_unknown", word=word)


def _question(context: CommandContext, claims: Claims, course_id: int, options: InsightsOptions) -> None:
    page = service.question_page(context.lms, claims, course_id, options.question or "")
    if options.json:
        from azora_tui.wire import insights as wire
        from azora_tui.wire.answers import success

        output.say_json(success(wire.question_page(page)))
        return
    found = page.figures
    output.say_wrapped(found.question.prompt)
    output.say_wrapped(f"In lesson {found.lesson_number}, {found.lesson_title}.")
    output.say_wrapped(f"{words.question_words(found, share(found.right, found.answered))}.")
    if page.options and page.group:
        rows = [
            (
                context.glyphs.done if option.correct else "",
                words.percentage(option.lower, page.group, share(option.lower, page.group)),
                words.percentage(option.upper, page.group, share(option.upper, page.group)),
                option.text,
            )
            for option in page.options
        ]
        _say_table("Chosen by the lower and the upper 27 %", [("", "lower", "upper", "option"), *rows])
    _say_table("Still known", [(words.known_words(each, share(each.right, each.asked)),) for each in page.known])


def _people(context: CommandContext, claims: Claims, course_id: int, options: InsightsOptions) -> None:
    which = Which(options.people.replace("-", " ")) if options.people else Which.ALL
    found, number = people_service.people(context.lms, claims, course_id, which, limit=_MAX_PEOPLE)
    if options.json:
        from azora_tui.wire import insights as wire

        output.say_json_rows(wire.person(each) for each in found)
        return
    if not found:
        output.say_wrapped(words.NOBODY[which])
        return
    today = _today(context)
    rows = [(words.state_words(each, context.glyphs)[0], *_person_row(each, today)) for each in found]
    output.say("\n".join(output.table(rows, output.width())))
    if number > len(found):
        output.say_wrapped(f"And {number - len(found):,} more: `azora-tui roster export {course_id}` has all.")


def _way(context: CommandContext, claims: Claims, course_id: int, options: InsightsOptions) -> None:
    found = people_service.way(context.lms, claims, course_id, options.learner or "")
    if options.json:
        from azora_tui.wire import insights as wire
        from azora_tui.wire.answers import success

        output.say_json(success(wire.way(found)))
        return
    from azora_tui.commands.courses import lesson_rows

    person = found.person
    output.say_wrapped(f"{words.person_name(person)} in {found.course_title}")
    state, _ = words.state_words(person, context.glyphs)
    output.say_wrapped(f"{state}, last here {words.last_seen(person, _today(context))}. {words.why_stuck(person)}")
    output.say("\n" + "\n".join(output.table(lesson_rows(found.lessons, context.glyphs), output.width())))
    tried = [
        (state.title, ", ".join(f"{attempt.score} %" for attempt in found.attempts[state.id]))
        for state in found.lessons
        if state.id in found.attempts
    ]
    if tried:
        _say_table("Quizzes, each attempt", [(f"{title}\n{scores}",) for title, scores in tried])


def _today(context: CommandContext) -> date:
    now = context.lms.now()
    return local_day(now, context.lms.utc_offset(context.lms.now_text()))


def _say_table(heading: str, rows: Sequence[Sequence[str]]) -> None:
    output.say()
    output.say(heading)
    output.say("\n".join(output.table(rows, output.width())))
