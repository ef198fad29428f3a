"""Which function does which command, by the name that `azora_tui.cli` gives it."""

from argparse import Namespace
from collections.abc import Callable, Mapping

from azora_tui.auth.context import open_auth
from azora_tui.commands import (
    account,
    adopt,
    authoring,
    certificates,
    courses,
    enrollments,
    export,
    home,
    importing,
    lessons,
    output,
    quizzes,
    review,
    search,
)
from azora_tui.commands.context import CommandContext
from azora_tui.data.lost_accounts import refuse_lost_accounts
from azora_tui.glyphs import glyphs_for
from azora_tui.lms.service import open_lms
from azora_tui.paths import Paths
from azora_tui.settings import load_settings

COMMANDS: Mapping[str, Callable[[CommandContext, Namespace], None]] = {
    "register": account.register,
    "login": account.login,
    "logout": account.logout,
    "whoami": account.whoami,
    "sessions": account.sessions,
    "sessions revoke": account.revoke,
    "password": account.change_password,
    "accounts reset": account.reset,
    "courses": courses.courses,
    "course": courses.course,
    "home": home.home,
    "enroll": enrollments.enroll,
    "leave": enrollments.leave,
    "enrollments": enrollments.enrollments,
    "progress": enrollments.progress,
    "read": lessons.read,
    "complete": lessons.complete,
    "quiz": quizzes.quiz,
    "review": review.review,
    "search": search.search,
    "import": importing.import_course,
    "export notes": export.notes,
    "export course": export.course,
    "export gift": export.gift,
    "adopt": adopt.adopt,
    "certificates": certificates.certificates,
    "certificates log": certificates.head,
    "certificates key": certificates.key,
    "certificates school": certificates.school,
    "certificates publish": certificates.publish,
    "certificates trust": certificates.trust,
    "certificate show": certificates.show,
    "certificate export": certificates.export,
    "certificate verify": certificates.check,
    "certificate show-as": certificates.show_as,
    "certificate revoke": certificates.revoke,
}

WITHOUT_SCHOOL: Mapping[str, Callable[[Namespace], None]] = {
    "new-course": authoring.new_course,
    "check": authoring.check,
}

_MAKES_NO_SCHOOL = {"certificate verify"}
"""What looks at a school where there is one, and leaves none where there is none."""


def run(paths: Paths, options: Namespace) -> None:
    """Do one command; raises `AzoraError` where it is refused."""
    if options.command in WITHOUT_SCHOOL:
        WITHOUT_SCHOOL[options.command](options)
        return
    if options.command not in _MAKES_NO_SCHOOL:
        paths.prepare()
        adopt.adopt_own_folder(paths, options)
        refuse_lost_accounts(paths)
    ascii_only = options.ascii or load_settings(paths.settings).ascii or not output.shows_unicode()
    context = CommandContext(paths, open_auth(paths), open_lms(paths), glyphs_for(ascii_only=ascii_only))
    try:
        COMMANDS[options.command](context, options)
    finally:
        context.auth.database.close()
        context.lms.database.close()
