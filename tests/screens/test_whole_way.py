"""The whole main job with the courses that come with the program, through the keys a learner presses at 80×24."""

from tests.screens.conftest import EMAIL, NAME, PASSWORD, WIDE, OpenApp, SignUp, Stored

TITLE = "Introduction to Ubuntu Philosophy"


async def test_from_the_first_start_to_a_completed_course(open_app: OpenApp, stored: Stored) -> None:
    async with open_app() as learner:
        assert "Welcome" in learner.text
        await learner.fill(NAME, EMAIL, PASSWORD, PASSWORD)
        assert "4 courses" in learner.text

        await learner.press("slash")
        await learner.type("UBUNTU")
        assert "1 of 4 courses" in learner.text
        await learner.press("enter", "enter")
        assert "[ Enrol ]" in learner.text
        assert stored("SELECT * FROM enrollments") == []

        await learner.press("e")
        assert f"Successfully enrolled in {TITLE}" in learner.words
        assert "[ Start ]" in learner.text
        [enrolled] = stored("SELECT id, user_id, course_id, progress, status, enrolled_at FROM enrollments")
        assert enrolled[1:] == (1, 1, 0, "active", "2026-11-22 12:00:00.000000")
        assert stored("SELECT students FROM courses WHERE id = 1") == [(1,)]

        await learner.press("e")
        assert "Already enrolled in this course" in learner.words
        assert stored("SELECT count(*), max(id) FROM enrollments") == [(1, enrolled[0])]
        assert stored("SELECT students FROM courses WHERE id = 1") == [(1,)]
        assert stored("SELECT count(*) FROM events WHERE kind = 'enrolled'") == [(1,)]

        await learner.press("enter")
        titles = [title for (title,) in stored("SELECT title FROM lessons WHERE course_id = 1 ORDER BY order_index")]
        assert len(titles) == 6
        for number, title in enumerate(titles, start=1):
            assert f"{number} / 6  {title}" in learner.text
            assert "enter completes" not in learner.text, "not before the end of the text"
            await learner.press("G")
            assert "Done? enter completes the lesson" in learner.text
            await learner.press("enter")
            assert number == len(titles) or f"{number * 100 // 6} %" in learner.text
        assert NAME in learner.text, "the certificate hangs there, unasked for"
        assert "has completed" in learner.text
        await learner.press("escape")
        assert "100 %" in learner.text
        assert "Course completed. enter shows your certificate." in learner.text
        assert stored("SELECT progress, status, completed_version FROM enrollments") == [(100, "completed", "1.1.0")]
        assert stored("SELECT count(*), sum(completed) FROM lesson_progress") == [(6, 6)]
        assert stored("SELECT count(*) FROM events WHERE kind = 'course_completed'") == [(1,)]

        await learner.press("escape")
        assert "[ Read again ]" in learner.text
        await learner.press("3", "f")
        assert "Completed 1" in learner.text
        assert f"{TITLE}" in learner.text
        assert "100 %" in learner.text
        await learner.quit()

    async with open_app(WIDE) as learner:
        assert "Your next course is in the catalog" in learner.text, "the session was kept"
        assert "Thandi" in learner.lines[0]
        await learner.press("3", "f")
        assert TITLE in learner.text
        assert "100 %" in learner.text
        await learner.press("enter")
        assert "[ Read again ]" in learner.text
        assert "✓ completed" in learner.text


async def test_leaving_can_be_undone_at_once(open_app: OpenApp, sign_up: SignUp, stored: Stored) -> None:
    sign_up()
    async with open_app() as learner:
        await learner.press("2", "slash")
        await learner.type("constitutional")
        await learner.press("down", "enter", "e", "enter", "G", "enter")
        assert "2 / 6" in learner.text
        assert "16 %" in learner.text

        await learner.press("escape", "l")
        assert "You left Constitutional AI Fundamentals." in learner.words
        assert "u undo" in learner.text
        assert stored("SELECT status, progress FROM enrollments") == [("left", 16)]
        assert stored("SELECT students FROM courses WHERE id = 2") == [(0,)]

        await learner.press("u")
        assert stored("SELECT status, progress FROM enrollments") == [("active", 16)]
        assert stored("SELECT students FROM courses WHERE id = 2") == [(1,)]
        assert "● 16 %" in learner.text
        await learner.press("3")
        assert "16 %" in learner.text


async def test_a_lesson_that_was_closed_in_its_middle_goes_on_exactly_there(
    open_app: OpenApp, sign_up: SignUp, stored: Stored
) -> None:
    sign_up()
    async with open_app() as learner:
        await learner.press("2", "enter", "e", "enter", "space", "space", "down")
        assert learner.reader.scroll_offset.y > 20
        position = learner.reader.position
        page = [line[:78].rstrip() for line in learner.lines[3:20]]
        await learner.quit()
    assert stored("SELECT position IS NOT NULL, completed FROM lesson_progress") == [(1, 0)]

    async with open_app() as learner:
        assert "Continue" in learner.text
        assert "What a Terminal Is" in learner.words
        await learner.press("enter")
        assert learner.reader.position == position
        assert [line[:78].rstrip() for line in learner.lines[3:20]] == page
