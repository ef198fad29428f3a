"""Courses, lessons, quizzes, review, notes."""

SENTENCES: dict[str, str] = {
    "course_not_found": "Course not found.",
    "not_enrolled": "Not enrolled in this course.",
    "already_enrolled": "Already enrolled in this course.",
    "not_waiting": "You are not on the waitlist of this course.",
    "rest_day_invalid": "A rest day is one of the seven days of the week. Nothing was changed.",
    "teaching_not_allowed": (
        "Only instructors and admins can do this. Nothing was changed. Ask the admin of this school."
    ),
    "not_your_course": (
        "You do not teach this course, so nothing was changed. Who teaches it can name you, and so can an admin:"
        " `azora-tui course teachers ID --add E-MAIL`."
    ),
    "no_such_learner": "There is no such learner in this course. `azora-tui insights ID` says who is.",
    "question_unknown": "This course asks no question {question}. `azora-tui insights ID` lists them.",
    "import_not_allowed": (
        "Only instructors and admins bring courses in or take them out. Nothing was changed. Ask the admin of"
        " this school."
    ),
    "note_missing": "There is no such note of yours.",
    "note_too_long": (
        "This note has {length:,} characters, and {maximum:,} is the most. It was not kept. Make it shorter."
    ),
    "note_lesson_gone": "This lesson is no longer part of the course. Your note was not kept.",
    "note_not_enrolled": "You are not enrolled in {course}, so your note was not kept. Enrol first.",
    "note_not_deleted": "There is no such note to bring back.",
    "attempt_missing": "This attempt is not there.",
    "lesson_has_no_quiz": "This lesson has no quiz.",
    "question_not_in_quiz": "This question is not part of the quiz.",
    "question_answered": "You have answered this question already. Your first answer is kept.",
    "attempt_finished": "This attempt is finished. Begin another to answer again.",
    "quiz_gone": "This lesson has no quiz any more. Your attempts at it are kept.",
    "attempt_unfinished": "Not finished yet: {remaining} of {questions} questions are open.",
    "lesson_unknown": "This course has no lesson {word}. `azora-tui course ID` lists its lessons.",
    "lesson_gone": "This lesson is no longer part of the course. What you did in it is kept.",
    "lesson_not_enrolled": "You are not enrolled in {course}. Enrol first; it costs nothing.",
    "card_gone": "The course no longer has this card. What you did with it is kept.",
    "card_rated_elsewhere": "You have rated this card elsewhere meanwhile. That rating is kept, this one is not.",
    "rating_missing": "There is no rating to undo.",
    "rating_not_last": "This card has been rated again since. Only its last rating can be undone.",
    "enrolled": "Successfully enrolled in {course}",
    "course_full": "Full: {students} of {seats} seats.",
    "enrollment_closed": "Enrollment in this course is closed.",
    "course_unpublished": "This course is not published at the moment.",
    "course_archived": "This course is archived: it goes on for who is in it, and takes nobody new.",
    "enrollment_key_needed": "This course asks for a key. Who teaches it tells you.",
    "enrollment_key_wrong": "That is not the key of this course. Ask who teaches it.",
    "prerequisites_missing": "Complete {courses} first.",
    "seat_free": "There is a free seat. Enrol instead of waiting.",
    "answer_not_an_option": "Choose from the options of this question.",
    "answer_not_chosen": "Choose an answer first.",
    "answer_chosen_twice": "Choose one answer; one of them is right.",
    "answer_not_written": "Write an answer first.",
    "answer_too_long": "Write at most {maximum:,} characters.",
    "answer_no_number_written": "Write a number, such as 12 or 3.5.",
}
