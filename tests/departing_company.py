"""What one person has said to others and they to them, for `tests.departing`: in ants, where everybody is."""

from datetime import timedelta

from azora_tui.lms.together import boards, circles, connections, helping, moderation, profiles, reporting, wisdom
from azora_tui.models.accounts import Claims
from azora_tui.models.wisdom import WisdomKind
from tests.roles.school import School

WORDS = (
    "zyxwprofile", "zyxwplease", "zyxwposted", "zyxwreplied", "zyxwstuck", "zyxwhelped", "zyxwtip", "zyxwtop",
    "zyxwresponse", "zyxwreason", "zyxwunkind",
)  # fmt: skip
"""What the person wrote."""
OTHERS = ("zyxwthread", "zyxwbelow", "zyxwhint")
"""What others wrote around it, which stays; but what was said to a question goes with the question."""


def fill_company(school: School, who: Claims) -> None:
    lms, victor, kofi = school.lms, school.claims["victor"], school.claims["kofi"]
    ants, lesson = school.course["ants"], school.lesson["one of ants"]
    for each in (who, victor, kofi):
        profiles.change(lms, each, is_open=True, helps=True, about="zyxwprofile" if each is who else "")
    connections.ask(lms, who, victor.user_id, "zyxwplease")
    made = circles.make(lms, who, ants, name="Ropes", goal="All of ants", until=lms.today() + timedelta(days=9))
    word = circles.invitation(lms, who, made.id)
    circles.join(lms, victor, word)
    circles.join(lms, kofi, word)
    posted = boards.post(lms, who, made.id, "zyxwposted")
    boards.reply(lms, victor, posted.id, "zyxwbelow")
    boards.reply(lms, who, boards.post(lms, victor, made.id, "zyxwthread").id, "zyxwreplied")
    stuck = helping.ask(lms, who, lesson, "zyxwstuck")
    helping.reply(lms, kofi, stuck.id, "Look closer.")
    helping.reply(lms, who, helping.ask(lms, kofi, lesson, "How?").id, "zyxwhelped")
    wisdom.write(lms, who, lesson, WisdomKind.TIP, "zyxwtip")
    wisdom.thank(lms, kofi, wisdom.write(lms, who, lesson, WisdomKind.EXAMPLE, "zyxwtop").id)
    hint = wisdom.write(lms, victor, lesson, WisdomKind.TIP, "zyxwhint")
    for each in (who, kofi):
        wisdom.thank(lms, each, hint.id)
    moderation.answer(lms, who, hint.id, "zyxwresponse")
    hidden = wisdom.write(lms, kofi, lesson, WisdomKind.TIP, "Nothing.")
    moderation.report(lms, who, hidden.id, "zyxwunkind")
    moderation.hide(lms, who, hidden.id, "zyxwreason")
    rude = boards.post(lms, kofi, made.id, "Nothing.")
    reporting.report_post(lms, victor, rude.id, "It is unkind.")
    reporting.hide(lms, who, moderation.reports(lms, who)[-1].id, "zyxwreason")
