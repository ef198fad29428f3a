"""What a lesson's page says under and in the text: what was just done, what enter does, how the quiz stands."""

from azora_tui.glyphs import Glyphs
from azora_tui.lms import reading
from azora_tui.models.lessons import LessonPage
from azora_tui.models.quizzes import QuizStanding
from azora_tui.text import clean
from azora_tui.wording.numbers import counted


def at_the_end(lesson: LessonPage, glyphs: Glyphs, *, has_quiz: bool) -> str:
    """What stands under the text once its end is in view."""
    following = reading.next_lesson(lesson.lessons, lesson.lesson)
    onward = f"opens {clean(following.title, keep_newlines=False)}" if following else "goes back to the course"
    if not lesson.lesson.completed:
        if has_quiz and not lesson.quiz.passed:
            return "Done? enter completes the lesson, q takes the quiz."
        return f"Done? enter completes the lesson and {onward}."
    if following is None and lesson.progress.percent == 100:
        # One row, however narrow the window and however long the course's title.
        return f"{glyphs.done} Course completed. C shows your certificates."
    return f"{glyphs.done} This lesson is done. enter {onward}."


def quiz_note(standing: QuizStanding, glyphs: Glyphs) -> str:
    """How the learner stands with a quiz, and the key that takes it."""
    words: list[str] = []
    if standing.best is not None:
        words.append(f"best {standing.best} %" + (f" {glyphs.done} passed" if standing.passed else ""))
    if standing.answered:
        words.append(f"{counted(standing.answered, 'question')} answered")
    if standing.answered is not None:
        words.append("**q** goes on with it")
    else:
        words.append("**q** goes back to it" if standing.history else "**q** takes it")
    return "".join(f"{glyphs.separator} {each} " for each in words)
