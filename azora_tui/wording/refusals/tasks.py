"""Work that a person reads."""

SENTENCES: dict[str, str] = {
    "task_missing": "This lesson has no such task, and nothing of yours was handed in there.",
    "task_gone": "The course no longer has this task, so nothing more can be handed in. What you handed in is kept.",
    "task_empty": "There are no words in it yet, so nothing was handed in. Your draft is kept.",
    "task_too_long": (
        "This has {size:,} bytes, and {maximum:,} is the most that can be handed in. Nothing was handed in, and what"
        " you wrote is kept. Make it shorter, or say where the whole of it can be read."
    ),
    "task_draft_too_long": (
        "This has {size:,} bytes, and a draft holds {maximum:,} at most. The draft from before is kept. Keep the text"
        " in a file of your own."
    ),
    "task_handed_in": "You have handed this in, and it waits for an answer. Nothing was changed.",
    "task_accepted": "This task is accepted. It takes no more versions, and yours are kept.",
    "lesson_has_no_task": "This lesson has no task.",
    "task_not_named": "This lesson has {number} tasks. Say with --task which you mean: {tasks}.",
    "work_not_text": "{file} is not text in UTF-8. Nothing was changed.",
    "submission_missing": "There is no such work in a course that you teach. `azora-tui tasks --waiting` lists it.",
    "task_answered": "{by} has answered this meanwhile. That answer is kept, and yours was not added.",
    "task_returned_without_words": "Write what is missing, so that they can go on. Nothing was answered yet.",
    "task_answer_too_long": ("This has {size:,} bytes, and {maximum:,} is the most. It was not sent. Make it shorter."),
    "criterion_unknown": "Criteria are counted from 1, and this task has {number}. Nothing was answered yet.",
    "editor_failed": "{editor} ended with an error, so your draft is as it was.",
    "editor_missing": "{editor} could not be opened. Your draft is as it was. Set EDITOR to a program that is there.",
    "editor_not_here": "This terminal cannot be lent to an editor. Write here instead; your draft is as it was.",
    "editor_text_unreadable": "What the editor wrote is not UTF-8 text. Your draft is as it was.",
}
