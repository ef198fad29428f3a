"""Circles and their boards."""

SENTENCES: dict[str, str] = {
    "circle_missing": (
        "There is no circle of yours with that number. Nothing was changed. `azora-tui circle` lists those that you are"
        " in."
    ),
    "circle_post_missing": (
        "There is no post of that number for you. Nothing was changed. `azora-tui circle show ID` lists what was said"
        " in a circle."
    ),
    "circle_needs_course": (
        "A circle is around a course, and you are not in this one. Nothing was made. `azora-tui enroll {course}` enrols"
        " you; then make it again."
    ),
    "circle_needs_name": "A circle needs a name, so that people know which it is. Nothing was changed. Give it one.",
    "circle_needs_goal": (
        "A circle needs a goal: one line that says what you want to reach together. Nothing was changed. Write one."
    ),
    "circle_day_over": "{day} is over. Nothing was changed. Choose today or a day to come.",
    "circle_not_yours": (
        "A circle is changed by who made it or, when they have left, by who has been there longest. Nothing was"
        " changed. Ask on the board."
    ),
    "circle_word_wrong": (
        "No circle has this word, so you have joined none. It is six letters and two digits, such as kubalo-31, and may"
        " have been renewed. Ask for it again."
    ),
    "circle_word_wait": (
        "You have tried {maximum} words within an hour that no circle has. You have joined none. Ask for the word"
        " again, and come back in {minutes} min."
    ),
    "circle_of_other_course": (
        "This circle is around {title}, and you are not in that course. You have not joined; the word stays good."
        " `azora-tui enroll {course}` enrols you; then join again."
    ),
    "circle_full": (
        "This circle has {maximum} people, which is the most. You have not joined. You can make one of your own with"
        " `azora-tui circle make`."
    ),
}
