"""How each call of the two services is tried: one entry for each row of the table in `docs/roles.md`.

A new call gets a row there and an entry here: `do` is the call on what is one's own, or on what belongs to nobody;
`other` the same on what belongs to somebody else (Victor), where that makes a difference. Both are given a school
(`tests.roles.school`) in a copy of its own, and the claims of who asks, which are None for nobody where the call takes
None.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import azora_tui
from azora_tui.auth import adopting as accounts_adopting
from azora_tui.auth import invitations, people, service
from azora_tui.data.legacy import OriginalAccount, OriginalSchool
from azora_tui.formats.imported import Imported
from azora_tui.lms import (
    adopting,
    catalog,
    enrolling,
    home,
    importing,
    notes,
    progress,
    quizzes,
    reading,
    review,
    search,
    suggesting,
)
from azora_tui.lms.credentials import documents, exporting, issuing, keys
from azora_tui.lms.teaching import course_rules, roster
from azora_tui.models.account_records import Account
from azora_tui.models.catalog import CatalogSort
from azora_tui.models.credentials import Shown
from azora_tui.models.reviews import CardId, CardKind, Rating
from azora_tui.models.roster import Person
from tests.roles.circles_calls import CIRCLES
from tests.roles.helping_calls import HELPING
from tests.roles.leaving_calls import LEAVING, LEAVING_STEPS
from tests.roles.people_calls import PEOPLE
from tests.roles.reporting_calls import REPORTING
from tests.roles.school import NEW, PASSWORD, School, email, source
from tests.roles.teaching_calls import TEACHING
from tests.roles.wisdom_calls import WISDOM

Try = Callable[[School, Any], object]


@dataclass(frozen=True)
class Call:
    do: Try
    other: Try | None = None


def _adopted(school: School, claims: Any) -> object:
    original = OriginalAccount(1, email("old"), "Old", None, PASSWORD)
    return accounts_adopting.adopt_accounts(school.auth, [original], claims=claims)


def _imported(slug: str) -> Imported:
    return Imported(source(slug, "one two", version="2.0.0"), 0, 0, (), has_version=True)


def _graded(school: School, claims: Any) -> object:
    page = quizzes.page(school.lms, school.claims["victor"], school.lesson["one of ants"])
    assert page is not None
    assert page.quiz is not None
    return review.graded(school.lms, claims, page.quiz.questions[0], (0,))


def _rate(school: School, claims: Any, lesson: str) -> object:
    """With the card as its learner sees it: whoever it is asked of must be in its course."""
    asked = school.claims["victor"] if "beetles" in lesson else claims
    card = review.card_again(school.lms, asked, CardId(school.lesson[lesson], CardKind.CARD, "card"))
    assert card is not None
    return review.rate(school.lms, claims, card, Rating.GOOD)


def _note(school: School, claims: Any, lesson: str) -> object:
    return notes.write(school.lms, claims, school.lesson[lesson], digest=1, quote="All.", position="{}", text="Mine")


def _account(school: School, name: str) -> Account:
    return invitations.account_ids(school.auth, [email(name)])[email(name)]


def _person(school: School, name: str) -> Person:
    account = _account(school, name)
    return Person(account.id, account.uuid, account.name, account.email)


_CARD = CardKind.CARD
_FOLDER = Path(azora_tui.__file__).parent / "courses" / "terminal-basics"

CALLS: dict[str, Call] = {
    "auth.adopting.adopt_accounts": Call(_adopted),
    "auth.invitations.invite": Call(lambda s, c: invitations.invite(s.auth, c, [(email("new"), "New")])),
    "auth.invitations.open_account": Call(
        lambda s, c: invitations.open_account(s.auth, email=email("invited"), word=s.word, password=NEW)
    ),
    "auth.invitations.renew": Call(lambda s, c: invitations.renew(s.auth, c, email("invited"))),
    "auth.people.count": Call(lambda s, c: people.count(s.auth, c)),
    "auth.people.disable": Call(lambda s, c: people.disable(s.auth, c, email=email("victor"))),
    "auth.people.enable": Call(lambda s, c: people.enable(s.auth, c, email=email("victor"))),
    "auth.people.page": Call(lambda s, c: people.page(s.auth, c, limit=9)),
    "auth.people.set_role": Call(lambda s, c: people.set_role(s.auth, c, email=email("victor"), role="admin")),
    "auth.service.authenticate": Call(lambda s, c: service.authenticate(s.auth, s.tokens["victor"])),
    "auth.service.change_password": Call(lambda s, c: service.change_password(s.auth, c, current=PASSWORD, new=NEW)),
    "auth.service.check_session": Call(lambda s, c: service.check_session(s.auth, c)),
    "auth.service.has_accounts": Call(lambda s, c: service.has_accounts(s.auth)),
    "auth.service.register": Call(
        lambda s, c: service.register(s.auth, name="New", email=email("new"), password=PASSWORD)
    ),
    "auth.service.reset_password": Call(lambda s, c: service.reset_password(s.auth, c, email=email("victor"), new=NEW)),
    "auth.service.resume": Call(lambda s, c: service.resume(s.auth)),
    "auth.service.revoke_sessions": Call(
        lambda s, c: service.revoke_sessions(s.auth, c, None),
        lambda s, c: service.revoke_sessions(s.auth, c, s.claims["victor"].session_id),
    ),
    "auth.service.sessions": Call(lambda s, c: service.sessions(s.auth, c)),
    "auth.service.sign_in": Call(lambda s, c: service.sign_in(s.auth, email=email("victor"), password=PASSWORD)),
    "auth.service.sign_out": Call(lambda s, c: service.sign_out(s.auth, c)),
    "lms.adopting.adopt_school": Call(
        lambda s, c: adopting.adopt_school(s.lms, OriginalSchool((), (), (), ()), {}, claims=c)
    ),
    "lms.catalog.count": Call(lambda s, c: catalog.count(s.lms, c)),
    "lms.catalog.detail": Call(lambda s, c: catalog.detail(s.lms, c, s.course["beetles"])),
    "lms.catalog.detail_with_contents": Call(lambda s, c: catalog.detail_with_contents(s.lms, c, s.course["beetles"])),
    "lms.catalog.find": Call(lambda s, c: catalog.find(s.lms, c, "beetles")),
    "lms.catalog.page": Call(lambda s, c: catalog.page(s.lms, c, limit=9)),
    "lms.catalog.whole_page": Call(
        lambda s, c: catalog.whole_page(s.lms, c, query="", sort=CatalogSort.TITLE, offset=0, limit=9)
    ),
    "lms.credentials.documents.bundle": Call(
        lambda s, c: documents.bundle(s.lms, c, str(s.of(c).credential)),
        lambda s, c: documents.bundle(s.lms, c, str(s.victor.credential)),
    ),
    "lms.credentials.documents.website": Call(lambda s, c: documents.website(s.lms, c)),
    "lms.credentials.exporting.export": Call(
        lambda s, c: exporting.export(s.lms, c, str(s.of(c).credential), "jwt"),
        lambda s, c: exporting.export(s.lms, c, str(s.victor.credential), "jwt"),
    ),
    "lms.credentials.issuing.choice": Call(lambda s, c: issuing.choice(s.lms, c)),
    "lms.credentials.issuing.find": Call(
        lambda s, c: issuing.find(s.lms, c, str(s.of(c).credential)),
        lambda s, c: issuing.find(s.lms, c, str(s.victor.credential)),
    ),
    "lms.credentials.issuing.mine": Call(lambda s, c: issuing.mine(s.lms, c)),
    "lms.credentials.issuing.name_school": Call(lambda s, c: issuing.name_school(s.lms, c, name="Isikole")),
    "lms.credentials.issuing.revoke": Call(
        lambda s, c: issuing.revoke(s.lms, c, str(s.victor.credential), "A mistake")
    ),
    "lms.credentials.issuing.school": Call(lambda s, c: issuing.school(s.lms, c)),
    "lms.credentials.issuing.show_as": Call(
        lambda s, c: issuing.show_as(s.lms, c, s.of(c).credential, Shown("K.")),
        lambda s, c: issuing.show_as(s.lms, c, s.victor.credential, Shown("K.")),
    ),
    "lms.credentials.keys.did_in_use": Call(lambda s, c: keys.did_in_use(s.lms, c)),
    "lms.credentials.keys.is_locked": Call(lambda s, c: keys.is_locked(s.lms, c)),
    "lms.credentials.keys.protect": Call(lambda s, c: keys.protect(s.lms, c, passphrase=None)),
    "lms.credentials.keys.rotate": Call(lambda s, c: keys.rotate(s.lms, c)),
    "lms.credentials.keys.unlock": Call(lambda s, c: keys.unlock(s.lms, c, "a passphrase")),
    "lms.enrolling.enroll": Call(lambda s, c: enrolling.enroll(s.lms, c, s.course["bees"])),
    "lms.enrolling.join_waitlist": Call(lambda s, c: enrolling.join_waitlist(s.lms, c, s.course["wasps"])),
    "lms.enrolling.leave": Call(
        lambda s, c: enrolling.leave(s.lms, c, s.course["ants"]),
        lambda s, c: enrolling.leave(s.lms, c, s.course["beetles"]),
    ),
    "lms.enrolling.leave_waitlist": Call(
        lambda s, c: enrolling.leave_waitlist(s.lms, c, s.course["moths"]),
        lambda s, c: enrolling.leave_waitlist(s.lms, c, s.course["wasps"]),
    ),
    "lms.enrolling.my_courses": Call(lambda s, c: enrolling.my_courses(s.lms, c)),
    "lms.enrolling.my_learning": Call(lambda s, c: enrolling.my_learning(s.lms, c)),
    "lms.home.choose_rest_days": Call(lambda s, c: home.choose_rest_days(s.lms, c, {6})),
    "lms.home.page": Call(lambda s, c: home.page(s.lms, c)),
    "lms.importing.course_source": Call(lambda s, c: importing.course_source(s.lms, c, s.course["ants"])),
    "lms.importing.import_course": Call(
        lambda s, c: importing.import_course(s.lms, c, _imported("crickets")),
        lambda s, c: importing.import_course(s.lms, c, _imported("ants")),
    ),
    "lms.importing.import_from": Call(lambda s, c: importing.import_from(s.lms, c, _FOLDER)),
    "lms.notes.as_markdown": Call(lambda s, c: notes.as_markdown(s.lms, c)),
    "lms.notes.change": Call(
        lambda s, c: notes.change(s.lms, c, s.of(c).note, text="New"),
        lambda s, c: notes.change(s.lms, c, s.victor.note, text="New"),
    ),
    "lms.notes.delete": Call(
        lambda s, c: notes.delete(s.lms, c, s.of(c).note), lambda s, c: notes.delete(s.lms, c, s.victor.note)
    ),
    "lms.notes.mine": Call(lambda s, c: notes.mine(s.lms, c)),
    "lms.notes.of_lesson": Call(lambda s, c: notes.of_lesson(s.lms, c, s.lesson["one of ants"])),
    "lms.notes.place": Call(
        lambda s, c: notes.place(s.lms, c, s.of(c).note), lambda s, c: notes.place(s.lms, c, s.victor.note)
    ),
    "lms.notes.restore": Call(
        lambda s, c: notes.restore(s.lms, c, s.of(c).deleted_note),
        lambda s, c: notes.restore(s.lms, c, s.victor.deleted_note),
    ),
    "lms.notes.write": Call(lambda s, c: _note(s, c, "one of ants"), lambda s, c: _note(s, c, "one of beetles")),
    "lms.progress.progress": Call(
        lambda s, c: progress.progress(s.lms, c, s.course["ants"]),
        lambda s, c: progress.progress(s.lms, c, s.course["beetles"]),
    ),
    "lms.quizzes.answer": Call(
        lambda s, c: quizzes.answer(s.lms, c, s.of(c).open_attempt, "first", (0,)),
        lambda s, c: quizzes.answer(s.lms, c, s.victor.open_attempt, "first", (0,)),
    ),
    "lms.quizzes.finish": Call(
        lambda s, c: quizzes.finish(s.lms, c, s.of(c).answered_attempt),
        lambda s, c: quizzes.finish(s.lms, c, s.victor.answered_attempt),
    ),
    "lms.quizzes.open_hint": Call(
        lambda s, c: quizzes.open_hint(s.lms, c, s.of(c).open_attempt, "first"),
        lambda s, c: quizzes.open_hint(s.lms, c, s.victor.open_attempt, "first"),
    ),
    "lms.quizzes.page": Call(
        lambda s, c: quizzes.page(s.lms, c, s.lesson["one of ants"]),
        lambda s, c: quizzes.page(s.lms, c, s.lesson["one of beetles"]),
    ),
    "lms.quizzes.start": Call(
        lambda s, c: quizzes.start(s.lms, c, s.lesson["one of ants"]),
        lambda s, c: quizzes.start(s.lms, c, s.lesson["one of beetles"]),
    ),
    "lms.reading.complete_lesson": Call(
        lambda s, c: reading.complete_lesson(s.lms, c, s.lesson["two of ants"]),
        lambda s, c: reading.complete_lesson(s.lms, c, s.lesson["one of beetles"]),
    ),
    "lms.reading.keep_place": Call(lambda s, c: reading.keep_place(s.lms, c, s.lesson["one of ants"], "{}")),
    "lms.reading.lesson_page": Call(
        lambda s, c: reading.lesson_page(s.lms, c, s.lesson["one of ants"]),
        lambda s, c: reading.lesson_page(s.lms, c, s.lesson["one of beetles"]),
    ),
    "lms.reading.open_lesson": Call(
        lambda s, c: reading.open_lesson(s.lms, c, s.lesson["two of ants"]),
        lambda s, c: reading.open_lesson(s.lms, c, s.lesson["one of beetles"]),
    ),
    "lms.review.card_again": Call(
        lambda s, c: review.card_again(s.lms, c, CardId(s.lesson["one of ants"], _CARD, "card"))
    ),
    "lms.review.due_counts": Call(lambda s, c: review.due_counts(s.lms, c)),
    "lms.review.graded": Call(_graded),
    "lms.review.rate": Call(lambda s, c: _rate(s, c, "one of snails"), lambda s, c: _rate(s, c, "one of beetles")),
    "lms.review.session": Call(lambda s, c: review.session(s.lms, c)),
    "lms.review.undo": Call(
        lambda s, c: review.undo(s.lms, c, s.of(c).rated), lambda s, c: review.undo(s.lms, c, s.victor.rated)
    ),
    "lms.search.find": Call(lambda s, c: search.find(s.lms, c, "ants")),
    "lms.search.place": Call(lambda s, c: search.place(s.lms, c, s.lesson["one of ants"], 0)),
    "lms.suggesting.for_catalog": Call(lambda s, c: suggesting.for_catalog(s.lms, c, "antz")),
    "lms.suggesting.for_search": Call(lambda s, c: suggesting.for_search(s.lms, c, "antz")),
    "lms.teaching.course_rules.add_teacher": Call(
        lambda s, c: course_rules.add_teacher(s.lms, c, s.course["ants"], _account(s, "zola"))
    ),
    "lms.teaching.course_rules.remove_teacher": Call(
        lambda s, c: course_rules.remove_teacher(s.lms, c, s.course["ants"], _account(s, "lwazi"))
    ),
    "lms.teaching.course_rules.rules": Call(lambda s, c: course_rules.rules(s.lms, c, s.course["ants"])),
    "lms.teaching.course_rules.set_rules": Call(
        lambda s, c: course_rules.set_rules(s.lms, c, s.course["ants"], {"seats": 9, "key": "bowline"})
    ),
    "lms.teaching.course_rules.taught": Call(lambda s, c: course_rules.taught(s.lms, c)),
    "lms.teaching.roster.enroll_people": Call(
        lambda s, c: roster.enroll_people(s.lms, c, s.course["beetles"], [_person(s, "kofi")])
    ),
    "lms.teaching.roster.learners": Call(lambda s, c: roster.learners(s.lms, c, s.course["beetles"])),
    "lms.teaching.roster.plan": Call(lambda s, c: roster.plan(s.lms, c, s.course["beetles"], [_person(s, "kofi")])),
    **{name: Call(*tries) for name, tries in TEACHING.items()},
    **{name: Call(*tries) for name, tries in PEOPLE.items()},
    **{name: Call(*tries) for name, tries in CIRCLES.items()},
    **{name: Call(*tries) for name, tries in HELPING.items()},
    **{name: Call(*tries) for name, tries in WISDOM.items()},
    **{name: Call(*tries) for name, tries in LEAVING.items()},
    **{name: Call(*tries) for name, tries in REPORTING.items()},
}

STEPS = {
    "auth.guesses.check_password": "a step of signing in and of changing a password",
    "auth.guesses.count_try": "a step of those, and of opening an account",
    "auth.invitations.names": "asked by the app and the commands, of those whom the teacher who asks has in a course",
    "auth.invitations.account_ids": "asked by the commands, of e-mails that their person has given",
    "auth.invitations.check_word": "a step of signing in and of opening an account",
    "auth.tokens.private_key": "a step of whatever begins a session",
    "auth.tokens.public_key": "all that it takes to check a token, and no secret",
    "auth.transactions.require_owner": "a check",
    "lms.days.placed": "a step of Home",
    "lms.service.check_admin_or_owner": "a check",
    "lms.service.check_claims": "a check",
    "lms.teaching.access.check_may_teach": "a check",
    **LEAVING_STEPS,
}
"""What is no call of its own, and why."""
