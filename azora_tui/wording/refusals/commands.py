"""Plain commands and what they write."""

SENTENCES: dict[str, str] = {
    "terminal_needed": "The app needs a terminal. Without one, use the commands that `azora-tui --help` lists.",
    "terminal_only_lines": (
        "This terminal shows only plain lines (TERM={term}), and the app draws whole pages. The same school speaks "
        "in plain lines: `azora-tui home`, `courses`, `enroll`, `read`, `quiz`, `review`, "
        "and what `azora-tui --help` lists."
    ),
    "no_originals": (
        "There is no azora.db and no lms.db of the original services in {folder}. Nothing was changed. Give "
        "the folder in which the original services kept them."
    ),
    "option_number_needed": "Answer with numbers from 1 to {options}.",
    "not_a_course_folder": "{folder} is not a folder. Give the one in which course.yaml lies.",
    "output_needed": "Say with --output which file the {format} goes to.",
    "no_certificate_in_files": "There is no certificate among these files, only documents of schools. Name one too.",
    "log_empty": "The log is empty: no certificate was issued here yet.",
    "file_unreadable": "{path} cannot be read ({reason}).",
    "folder_not_made": "The folder {folder} cannot be made ({reason}).",
    "not_signed_in": "You are not signed in. Sign in with `azora-tui login`.",
    "no_notes": "You have no notes yet, so nothing was written. In a lesson of the app, w writes one.",
    "no_quizzes": "{course} has no quizzes, so nothing was written.",
    "output_exists": (
        "{path} is there already. It was left as it is. Choose another file with --output, or replace it with --force."
    ),
    "output_not_a_file": "{path} is not a file. Nothing was written. Choose another with --output.",
    "output_folder_not_empty": "{folder} is not empty. Nothing was written. Choose a new folder with --output.",
    "course_not_exported": (
        "The course could not be written to {folder} ({reason}). Choose another folder with --output."
    ),
    "export_not_written": (
        "{what} could not be written to {path} ({reason}). What was there is as it was. Choose another file "
        "with --output."
    ),
    "course_has_no_lessons": "This course has no lessons yet. Nothing was changed.",
    "lesson_not_found": "Lesson not found or not enrolled.",
    "output_failed": "The output could not be written ({reason}). What was done is kept. Send it somewhere else.",
    "option_missing": "{option} is missing, and there is no terminal to ask for it. Give it as an option.",
    "nothing_entered": "Nothing was entered, so nothing was changed.",
    "password_needs_terminal": (
        "There is no terminal to ask for a password. Give it as a line of standard input, with --password-stdin."
    ),
    "password_input_ended": "Standard input ended before the password came. Nothing was changed.",
    "passwords_differ": "The two passwords are not the same. Nothing was changed. Try it again.",
    "password_missing": "No password was entered, so nothing was changed.",
    "lesson_has_no_quiz_to_take": "This lesson has no quiz. Nothing was changed.",
    "quiz_stopped": "Stopped with {done} of {questions} questions answered. They are kept; the same command goes on.",
    "question_refused": "Question {number}: {problem}",
    "rating_needed": "Rate a card with 1 again, 2 hard, 3 good or 4 easy.",
    "card_refused": "Card {number}: {problem} What was rated before it is kept.",
    "query_missing": "Say what to look for: `azora-tui search ubuntu`, for one.",
    "unforeseen": "Something unforeseen happened; what was done before is kept, and the details are in {log}.",
    "unforeseen_not_logged": (
        "Something unforeseen happened ({error}), and its details could not be written to a log; what was done before "
        "is kept."
    ),
}
