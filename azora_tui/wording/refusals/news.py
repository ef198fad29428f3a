"""Announcements and messages."""

SENTENCES: dict[str, str] = {
    "nothing_written": "There is nothing to send yet. Write something first.",
    "too_much_written": (
        "This has {length:,} characters, and {maximum:,} is the most. It was not sent. Make it shorter, or put it into"
        " a lesson."
    ),
    "much_too_much_written": (
        "This is much longer than {maximum:,} characters, which is the most. It was not sent. Make it shorter, or put"
        " it into a lesson."
    ),
    "written_not_utf8": "This is no text in UTF-8, so it was not sent. Save it as UTF-8 first.",
    "announcement_missing": (
        "There is no such announcement in this course, or it was withdrawn before. Nothing was changed."
        " `azora-tui announcements ID` lists those that stand."
    ),
    "learner_not_in_course": "This person is not in the course, so nothing was sent.",
    "email_not_in_course": "Nobody in this course has the e-mail {email}, so nothing was sent.",
}
