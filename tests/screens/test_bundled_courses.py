"""Each course that comes with the program, from its page to 100 %, through keys, with every quiz taken."""

import pytest

from azora_tui.formats.quiz import read_quiz
from azora_tui.models.quizzes import Question, QuestionKind
from azora_tui.screens.certificate import CertificateScreen
from tests.screens.conftest import OpenApp, SignUp, Stored

COURSES = {1: "Ubuntu", 2: "Constitutional", 3: "Token", 4: "Terminal"}


def keys(question: Question) -> list[str]:
    """What answers a question right."""
    if question.kind in (QuestionKind.SINGLE, QuestionKind.MULTIPLE):
        return [str(place + 1) for place in question.right_options]
    return list(question.accepted[0])


@pytest.mark.parametrize("course", COURSES, ids=COURSES.values())
async def test_a_course_is_completed_by_taking_its_quizzes(
    open_app: OpenApp, sign_up: SignUp, stored: Stored, course: int
) -> None:
    sign_up()
    async with open_app() as learner:
        await learner.press("2", "slash")
        await learner.type(COURSES[course])
        await learner.press("enter", "enter", "e")
        lessons = stored(f"SELECT id, content FROM lessons WHERE course_id = {course} ORDER BY order_index")
        assert len(lessons) >= 5
        await learner.press("enter")
        for number, (lesson, content) in enumerate(lessons, start=1):
            quiz = read_quiz(content)
            assert quiz is not None
            await learner.press("q")
            for question in quiz.questions:
                await learner.press(*keys(question), "enter", "enter")
            assert f"{len(quiz.questions)} of {len(quiz.questions)} right" in learner.text
            assert stored(f"SELECT completed FROM lesson_progress WHERE lesson_id = {lesson}") == [(1,)]
            await learner.press("escape")
            if number == len(lessons):
                assert isinstance(learner.app.screen, CertificateScreen), "a completed course shows its certificate"
                await learner.press("escape")
            await learner.press("greater_than_sign")
            assert f"{number * 100 // len(lessons)} %" in learner.text
        assert stored("SELECT course_id, progress, status FROM enrollments") == [(course, 100, "completed")]
        assert stored("SELECT count(*), min(score) FROM attempts") == [(len(lessons), 100)]
