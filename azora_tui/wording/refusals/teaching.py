"""What a course allows, who teaches it, and lists of people."""

SENTENCES: dict[str, str] = {
    "teacher_is_learner": (
        "{name} ({email}) is a learner here, so nothing was changed. An admin makes them an instructor first:"
        " `azora-tui accounts role {email} instructor`."
    ),
    "teacher_unknown": "{name} does not teach this course, so nothing was changed.",
    "teacher_is_last": (
        "You are the only teacher of this course, so nothing was changed. Name another first, or ask an admin."
    ),
    "seats_out_of_range": (
        "Seats are a whole number from 1 to {maximum:,}. To let in nobody, close the window; for any number, take"
        " the limit away with none."
    ),
    "seats_unreadable": "Write a whole number, or nothing for any number.",
    "day_unreadable": "Write a day such as 2027-03-01, or nothing.",
    "key_empty": "A key has a letter at least. Without one, the course asks for none.",
    "key_too_long": "A key has at most {maximum} characters.",
    "prerequisite_itself": "A course cannot need itself.",
    "prerequisite_unknown": "There is no course {slug} here. `azora-tui course ID --json` names the slug of one.",
    "prerequisite_circle": "Nobody could begin any more: this course would need {way}.",
    "account_unknown_here": "Nobody here has an account with {email}, so nothing was changed. Check the e-mail.",
    "roster_empty": "{name} is empty, so nobody was enrolled.",
    "roster_nobody": "{name} has a header and nobody under it, so nobody was enrolled.",
    "roster_column_missing": (
        "{name} has no column e-mail; its columns are {columns}. Nobody was enrolled. Call one of them e-mail, and one "
        "name."
    ),
    "roster_too_long": (
        "{name} has more than {maximum:,} people. Nobody was enrolled. Cut it into files of {maximum:,} lines at most."
    ),
    "roster_not_csv": "{name}, line {line}, is not CSV ({problem}). Nobody was enrolled.",
    "roster_utf_16": "{name} is in UTF-16. Nobody was enrolled. Save it as CSV in UTF-8.",
    "roster_not_utf_8": (
        "{name}, line {line}, is not UTF-8; names like Zoë would be garbled. Nobody was enrolled. It may be Latin-1 "
        "(Windows): save it as CSV in UTF-8."
    ),
}
