"""What people write for each other, whatever it is."""

SENTENCES: dict[str, str] = {
    "nothing_posted": "There are no words in it yet, so nothing was sent.",
    "post_too_long": (
        "This has {length:,} characters, and {maximum:,} is the most. It was not sent, and what you wrote is still"
        " here. Make it shorter."
    ),
    "too_many_posts": (
        "You have posted {maximum} times within a minute, which is the most for everybody. This one was not sent."
        " Wait a minute and send it again."
    ),
    "report_of_ones_own": "This is your own, so nothing was sent. You can take it back.",
    "person_missing": (
        "There is nobody of that number here. Nothing was changed. `azora-tui people` lists who shows a profile."
    ),
}
