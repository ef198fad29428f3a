"""Help for who is stuck."""

SENTENCES: dict[str, str] = {
    "help_request_missing": (
        "There is no such question here for you to see. Nothing was changed. `azora-tui help-wanted` lists what you"
        " may answer, `azora-tui help-wanted mine` what you asked."
    ),
    "help_request_not_yours": (
        "There is no such question of yours. Nothing was changed. `azora-tui help-wanted mine` lists what you asked."
    ),
    "help_reply_missing": "There is no such answer of yours. Nothing was changed.",
    "help_reply_not_there": (
        "There is no such answer to this question for you to see. Nothing was changed. `azora-tui help-wanted show ID`"
        " shows those that there are."
    ),
    "help_reply_not_to_give": (
        "There is no such answer that is yours to give: only who asked and who answered may. Nothing was changed."
    ),
    "help_not_settled": (
        "This question is still open. Once who asked has said that it is settled, its answers can be given to those who"
        " come after."
    ),
    "help_given_before": "This answer stands at the lesson already. Nothing was changed.",
    "help_during_attempt": (
        "You are taking the quiz of this lesson, so what is asked and answered there is not shown. It is kept, and here"
        " again once your attempt is finished."
    ),
}
