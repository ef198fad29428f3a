"""Which function does which command, by the name that `azora_tui.commands.arguments` gives it.

A command imports what it works with, and nothing of the others: that is most of what a short one takes.
"""

import gc
from importlib import import_module
from typing import Any

from azora_tui.commands.context import open_context
from azora_tui.data import originals
from azora_tui.data.lost_accounts import refuse_lost_accounts
from azora_tui.paths import Paths, typed_path

COMMANDS = {
    "register": "account:register",
    "login": "account:login",
    "logout": "account:logout",
    "whoami": "account:whoami",
    "sessions": "account:sessions",
    "sessions revoke": "account:revoke",
    "password": "account:change_password",
    "account delete": "leaving:delete",
    "accounts": "people:everybody",
    "accounts role": "people:role",
    "accounts disable": "people:disable",
    "accounts enable": "people:enable",
    "accounts invite": "people:invite",
    "accounts reset": "account:reset",
    "courses": "courses:courses",
    "course": "courses:course",
    "course set": "course_rules:set_rules",
    "course teachers": "course_rules:teachers",
    "roster import": "roster:bring",
    "roster export": "roster:export",
    "home": "home:home",
    "news": "news:news",
    "profile": "profiles:profile",
    "profile set": "profiles:change",
    "people": "profiles:people",
    "person": "profiles:person",
    "connect": "profiles:connect",
    "connect ask": "profiles:ask",
    "connect accept": "profiles:accept",
    "connect decline": "profiles:decline",
    "connect take-back": "profiles:take_back",
    "connect end": "profiles:end",
    "block": "profiles:block",
    "unblock": "profiles:unblock",
    "blocks": "profiles:blocks",
    "inbox": "inbox:inbox",
    "circle": "circles:mine",
    "circle make": "circles:make",
    "circle show": "circles:show",
    "circle invite": "circles:invite",
    "circle join": "circles:join",
    "circle leave": "circles:leave",
    "circle post": "circles:post",
    "circle reply": "circles:reply",
    "circle edit": "circles:edit",
    "circle delete": "circles:delete",
    "circle report": "circles:report",
    "circle change": "circles:change",
    "circle progress": "circles:progress",
    "circle there": "circles:there",
    "enroll": "enrollments:enroll",
    "leave": "enrollments:leave",
    "enrollments": "enrollments:enrollments",
    "progress": "enrollments:progress",
    "read": "lessons:read",
    "complete": "lessons:complete",
    "quiz": "quizzes:quiz",
    "tasks": "tasks:tasks",
    "task show": "tasks:show",
    "task hand-in": "tasks:hand_in",
    "task read": "marking:read",
    "task answer": "marking:answer",
    "review": "review:review",
    "search": "search:search",
    "wisdom": "wisdom:wisdom",
    "wisdom write": "wisdom:write",
    "wisdom mine": "wisdom:mine",
    "wisdom change": "wisdom:change",
    "wisdom delete": "wisdom:delete",
    "wisdom thank": "wisdom:thank",
    "wisdom report": "wisdom:report",
    "wisdom hide": "wisdom_teaching:hide",
    "wisdom show": "wisdom_teaching:show",
    "wisdom pin": "wisdom_teaching:pin",
    "wisdom unpin": "wisdom_teaching:unpin",
    "wisdom answer": "wisdom_teaching:answer",
    "wisdom take-over": "wisdom_teaching:take_over",
    "wisdom taken": "wisdom_teaching:taken",
    "reports": "wisdom_teaching:reports",
    "reports dismiss": "wisdom_teaching:dismiss",
    "reports hide": "wisdom_teaching:hide_reported",
    "reports show": "wisdom_teaching:show_reported",
    "insights": "insights:insights",
    "import": "importing:import_course",
    "export notes": "export:notes",
    "export me": "leaving:export_me",
    "export course": "export:course",
    "export gift": "export:gift",
    "export figures": "export:figures",
    "export statements": "export:statements",
    "announce": "news:announce",
    "announcements": "news:announcements",
    "message": "news:message",
    "help-wanted": "helping:wanted",
    "help-wanted mine": "helping:mine",
    "help-wanted show": "helping:show",
    "help-wanted ask": "helping:ask",
    "help-wanted reply": "helping:reply",
    "help-wanted change": "helping:change",
    "help-wanted delete": "helping:delete",
    "help-wanted settle": "helping:settle",
    "help-wanted give": "helping:give",
    "help-wanted report": "helping:report",
    "help-wanted take-back": "helping:take_back",
    "new-course": "authoring:new_course",
    "check": "authoring:check",
    "adopt": "adopt:adopt",
    "certificates": "certificates:certificates",
    "certificates log": "certificates:head",
    "certificates key": "certificates:key",
    "certificates school": "certificates:school",
    "certificates publish": "certificates:publish",
    "certificates trust": "certificates:trust",
    "certificate show": "certificates:show",
    "certificate export": "certificates:export",
    "certificate verify": "certificates:check",
    "certificate show-as": "certificates:show_as",
    "certificate revoke": "certificates:revoke",
}
"""`module:function` in this package. It is given a `CommandContext` and its options."""

WITHOUT_SCHOOL = {"new-course", "check"}
"""What is given only its options, since it needs no school."""

_MAKES_NO_SCHOOL = {"certificate verify"}
"""What looks at a school where there is one, and leaves none where there is none."""


def run(paths: Paths, options: Any) -> None:
    """Do one command; raises `AzoraError` where it is refused."""
    module, _, name = COMMANDS[options.command].partition(":")
    command = getattr(import_module(f"{__package__}.{module}"), name)
    if not gc.isenabled():
        gc.freeze()  # what is imported stays
        gc.enable()
    if options.command in WITHOUT_SCHOOL:
        command(options)
        return
    if options.command not in _MAKES_NO_SCHOOL:
        _prepare(paths, options)
    context = open_context(paths, ascii_only=options.ascii)
    try:
        command(context, options)
    finally:
        context.close()


def _prepare(paths: Paths, options: Any) -> None:
    paths.prepare()
    if paths.leftovers() or paths.is_open_to_others():
        from azora_tui.commands.tidying import tidy

        tidy(paths)
    if paths.leaving.exists():
        from azora_tui.commands import leaving

        leaving.go_on(paths)
    if originals.pending(paths):
        from azora_tui.commands import adopt

        # `azora-tui adopt`, for this folder, says itself what becomes of them.
        if options.command != "adopt" or not adopt.is_own_folder(paths, typed_path(options.dir)):
            adopt.adopt_own_folder(paths)
    refuse_lost_accounts(paths)
