"""What earlier learners left at a lesson."""

SENTENCES: dict[str, str] = {
    "wisdom_missing": (
        "Nothing of that number is there for you: it may have been taken back, or be of a course that you are not in."
        " Nothing was changed. `azora-tui wisdom COURSE LESSON` lists what is there."
    ),
    "wisdom_quiz_open": (
        "You are in the middle of this lesson's quiz, so what others left here waits until you have finished it."
        " Nothing was changed."
    ),
    "wisdom_not_completed": (
        "Here speaks who has completed this lesson. Nothing was sent, and what you wrote is still here. Complete the"
        " lesson first, and then leave it."
    ),
    "paragraph_missing": (
        "No paragraph of this lesson has these words. Nothing was sent. `azora-tui read` shows the lesson; or leave the"
        " words out, and it stands at the whole lesson."
    ),
    "wisdom_own_thanks": "This is your own, so nothing was changed. Thanks come from those who read it.",
    "wisdom_own_report": "This is your own, so nothing was sent. You can change it, or delete it.",
    "report_without_reason": (
        "Nothing was sent. Say in a few words what is wrong with it, so that your teacher can see it too."
    ),
    "report_missing": (
        "There is no report of that number. Nothing was changed. `azora-tui reports` lists those that wait."
    ),
    "wisdom_hidden_without_reason": (
        "Nothing was hidden. Say in a few words why: its author reads that, and nobody else does."
    ),
    "wisdom_is_hidden": "This is hidden, so nothing was changed. Show it again first, with `azora-tui wisdom show ID`.",
    "wisdom_no_correction": (
        "Only a correction can be taken over into the course, and this is something else. Nothing was changed. Pin it"
        " instead, and it stands before all others."
    ),
    "wisdom_taken_over_before": "This stands in the course already. Nothing was changed.",
}
