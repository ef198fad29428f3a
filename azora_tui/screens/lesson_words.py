"""What a lesson's page says around its text: where one is, what was just done, what enter does, how the quiz stands."""

from collections.abc import Sequence

from textual.content import Content

from azora_tui.glyphs import Glyphs
from azora_tui.lms import reading
from azora_tui.models.lessons import LessonPage
from azora_tui.models.progress import LessonCompletion
from azora_tui.models.quizzes import QuizStanding
from azora_tui.models.tasks import TaskStanding, TaskState
from azora_tui.text import clean
from azora_tui.wording.bars import bar
from azora_tui.wording.numbers import counted
from azora_tui.wording.tasks import state_words


def position(lesson: LessonPage, glyphs: Glyphs) -> Content:
    """Which lesson of the course it is, and whether it is done."""
    number = lesson.lessons.index(lesson.lesson) + 1
    done = Content.assemble((f"  {glyphs.done} done", "$secondary")) if lesson.lesson.completed else ""
    title = clean(lesson.lesson.title, keep_newlines=False)
    return Content.assemble((f"{number} / {len(lesson.lessons)}  ", "$text-muted"), (title, "bold"), done)


def course_progress(lesson: LessonPage, glyphs: Glyphs) -> Content:
    """The bar and the percent of the course; nothing where the course has no percent."""
    percent = lesson.progress.percent
    if percent is None:
        return Content("")
    filled, rest = bar(percent, 16, glyphs)
    return Content.assemble((filled, "$primary"), (rest, "$text-disabled"), (f" {percent:>3} %", "$text"))


def just_done(completion: LessonCompletion, glyphs: Glyphs) -> str:
    """What stands over the next lesson about the one before it."""
    percent = completion.progress.percent
    of_course = "" if percent is None else f" {percent} % of the course."
    return f"{glyphs.done} {clean(completion.lesson.title, keep_newlines=False)} is done.{of_course}"


def at_the_end(lesson: LessonPage, glyphs: Glyphs, *, has_quiz: bool) -> str:
    """What stands under the text once its end is in view."""
    following = reading.next_lesson(lesson.lessons, lesson.lesson)
    onward = f"opens {clean(following.title, keep_newlines=False)}" if following else "goes back to the course"
    if not lesson.lesson.completed:
        if any(each.task.required and each.state is not TaskState.ACCEPTED for each in lesson.tasks):
            return "It is done once your work on its task is accepted. h opens it."
        if has_quiz and not lesson.quiz.passed:
            return "Done? enter completes the lesson, q takes the quiz."
        if _is_last_to_do(lesson):
            return "Done? enter completes the lesson, and with it the course."
        return f"Done? enter completes the lesson and {onward}."
    if following is None and lesson.progress.percent == 100:
        # One row, however narrow the window and however long the course's title.
        return f"{glyphs.done} Course completed. enter shows your certificate."
    return f"{glyphs.done} This lesson is done. enter {onward}."


def task_notes(standings: Sequence[TaskStanding], glyphs: Glyphs) -> dict[str, str]:
    """How the learner stands with each task of a lesson, and the key that opens it, by the task's id."""
    notes: dict[str, str] = {}
    for each in standings:
        optional = "" if each.task.required else f" {glyphs.separator} optional"
        says = state_words(each.state, glyphs, unread=each.unread)
        notes[each.task.id] = f"{glyphs.separator} {says}{optional} {glyphs.separator} **h** opens it"
    return notes


def _is_last_to_do(lesson: LessonPage) -> bool:
    """Whether this lesson is all that the course still waits for."""
    return [each.id for each in lesson.lessons if each.required and not each.completed] == [lesson.lesson.id]


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
