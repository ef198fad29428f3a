"""Taking a quiz on the command line: course 2, lesson 1 asks single, multiple, text, single, single."""

import re

import pytest

from azora_tui.commands import asking, quizzes

RIGHT = "1\n1 2\npenumbra\n2\n2\n"
ONE_RIGHT = "3\n1,3\numbra\n2\n3\n"


@pytest.fixture
def enrolled(azora, school):
    azora("enroll", "2")
    return azora


def test_a_whole_quiz_from_standard_input(enrolled):
    answer = enrolled("quiz", "2", "1", stdin=RIGHT)
    assert (answer.status, answer.err) == (0, "")
    assert answer.out.startswith(
        "Quiz: Constitutional Principles\n5 questions, 80 % passes.\n\nQuestion 1 of 5: choose"
    )
    assert "  1. A rule, because it either applies or does not.\n" in answer.out
    assert "✓ Yes. It can still have an unclear edge" in answer.out
    assert answer.out.endswith(
        "Passed: 5 of 5 right, 100 %. 80 % passes.\n"
        "Completed: Constitutional Principles\n"
        "1 of 6 required lessons completed, 16 %.\n"
    )
    assert "1 of 6" in enrolled("progress", "2").out


def test_not_this_one(enrolled):
    answer = enrolled("quiz", "2", "1", stdin=ONE_RIGHT)
    assert answer.status == 0
    assert "× Not this one. The distinction concerns" in answer.out
    assert "× Not quite these.\n✓ 1. Yes. Outside audits" in answer.out
    assert "Right: 1, 2.\n" in answer.out
    assert "Right: penumbra or the penumbra.\nThe penumbra is the half-shadow" in answer.out
    assert answer.out.endswith("Not passed yet: 1 of 5 right, 20 %. 80 % passes.\nThe same command takes it again.\n")
    assert "0 of 6" in enrolled("progress", "2").out


def test_ascii(enrolled):
    answer = enrolled("quiz", "2", "1", "--ascii", stdin=ONE_RIGHT)
    assert "x Not this one." in answer.out
    assert not {"✓", "×"} & set(answer.out)


def test_every_attempt_is_kept_and_the_best_one_counts(enrolled):
    enrolled("quiz", "2", "1", stdin="3\n1 2\npenumbra\n2\n3\n")
    assert "Best of 2 attempts: 60 %." in enrolled("quiz", "2", "1", stdin=ONE_RIGHT).out
    assert "Your best score is 60 %. Take it again with `azora-tui quiz 2 1`." in " ".join(
        enrolled("read", "2", "1").out.split()
    )


def test_who_has_passed_before_has_not_yet_to_pass(enrolled):
    enrolled("quiz", "2", "1", stdin=RIGHT)
    assert "Not passed this time: 1 of 5 right" in enrolled("quiz", "2", "1", stdin="3\n1\numbra\n2\n1\n").out


def test_answers_that_end_before_the_questions_are_kept(enrolled):
    answer = enrolled("quiz", "2", "1", stdin="1\n1 2\n")
    assert answer.status == 1
    assert answer.err == "Stopped with 2 of 5 questions answered. They are kept; the same command goes on.\n"
    assert "Go on with it: `azora-tui quiz 2 1`." in enrolled("read", "2", "1").out
    answer = enrolled("quiz", "2", "1", stdin="penumbra\n2\n2\n")
    assert "You had answered 2 of them; this goes on.\n\nQuestion 3 of 5: write the answer." in answer.out
    assert "Passed: 5 of 5 right" in answer.out


def test_the_hint_comes_with_a_question_mark(enrolled):
    answer = enrolled("quiz", "2", "1", "--json", stdin="?\n" + RIGHT)
    assert [each["hint_used"] for each in answer.json["data"]["attempt"]["answers"]] == [1, 0, 0, 0, 0]
    assert "Hint: Does it simply apply" in enrolled("quiz", "2", "1", stdin="?\n1\n").out


@pytest.mark.parametrize("line", ["x", "9", "0", "1 1 x", "", "1 2", "-1", "٣", "1" * 9000])
def test_a_line_that_cannot_be_taken_ends_it_with_a_sentence(enrolled, line: str):
    answer = enrolled("quiz", "2", "1", stdin=f"{line}\n1\n")
    assert answer.status == 1
    assert answer.err.startswith("Question 1: ")
    data = enrolled("quiz", "2", "1", "--json").json["data"]
    assert data["attempt"]["answers"] == []


def test_at_a_terminal_it_is_asked_again(enrolled, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(quizzes, "at_terminal", lambda: True)
    monkeypatch.setattr(asking, "at_terminal", lambda: True)
    answer = enrolled("quiz", "2", "1", stdin="x\n9\n?\n" + RIGHT)
    assert answer.status == 0
    assert "Answer with numbers from 1 to 3." in answer.err
    assert "Choose from the options of this question." in answer.err
    assert answer.err.count("Your answer: ") == 8
    assert "Passed: 5 of 5 right" in answer.out


def test_ctrl_c_at_a_terminal_says_what_is_kept(enrolled, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(quizzes, "at_terminal", lambda: True)
    monkeypatch.setattr(asking, "at_terminal", lambda: True)
    lines = iter(["1"])

    def next_line() -> str:
        for line in lines:
            return line
        raise KeyboardInterrupt

    monkeypatch.setattr(asking, "next_line", next_line)
    answer = enrolled("quiz", "2", "1")
    assert answer.status == 1
    assert answer.err.endswith(
        "Your answer: \nStopped with 1 of 5 questions answered. They are kept; the same command goes on.\n"
    )


def test_json_tells_the_questions_without_the_answers_and_begins_nothing(enrolled):
    answer = enrolled("quiz", "2", "1", "--json")
    data = answer.json["data"]
    assert (data["course_id"], data["pass_percent"], data["attempts_allowed"], data["best_score"]) == (
        2,
        80,
        None,
        None,
    )
    assert [question["kind"] for question in data["questions"]] == ["single", "multiple", "text", "single", "single"]
    assert data["questions"][0]["options"][0] == {"number": 1, "text": "A rule, because it either applies or does not."}
    assert (data["attempt"], data["attempts"]) == (None, [])
    for word in ("correct", "right", '"penumbra', "feedback", "Look again", "simply apply"):
        assert word not in answer.out


def test_json_tells_what_came_of_it(enrolled):
    data = enrolled("quiz", "2", "1", "--json", stdin="1\n2 1\numbra\n2\n3\n").json["data"]
    attempt = data["attempt"]
    assert (attempt["score"], attempt["passed"], data["best_score"], data["passed"]) == (60, 0, 60, 0)
    assert [(each["given"], each["correct"]) for each in attempt["answers"]] == [
        ([1], 1), ([1, 2], 1), ("umbra", 0), ([2], 1), ([3], 0),
    ]  # fmt: skip
    assert attempt["answers"][2]["right"] == ["penumbra", "the penumbra"]
    [past] = data["attempts"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", past["finished_at"])


def test_json_of_an_attempt_under_way_has_its_answers(enrolled):
    enrolled("quiz", "2", "1", stdin="1\n")
    data = enrolled("quiz", "2", "1", "--json").json["data"]
    assert data["attempt"]["finished_at"] is None
    assert [each["question_id"] for each in data["attempt"]["answers"]] == ["rule-or-principle"]


def test_the_attempts_that_a_course_allows(enrolled, monkeypatch: pytest.MonkeyPatch):
    from azora_tui.formats import quiz as parser

    monkeypatch.setattr(parser, "_attempts", lambda said: 1)
    assert "allows 1 attempt, which" in " ".join(enrolled("quiz", "2", "1", stdin=ONE_RIGHT).out.split())
    answer = enrolled("quiz", "2", "1", stdin=RIGHT)
    assert (answer.status, answer.out) == (1, "")
    assert answer.err.startswith("This quiz allows 1 attempt, which is used. Your best score is 20 %.")


def test_refusals(azora, school):
    answer = azora("quiz", "2", "1", stdin=RIGHT)
    assert answer.status == 1
    assert "not enrolled" in answer.err
    azora("enroll", "2")
    assert azora("quiz", "2", "99").status == 1
    assert azora("quiz", "2").status == 2
    assert azora("quiz", "2", "99", "--json").json["success"] is False


def test_a_lesson_is_read_with_a_line_for_its_quiz(enrolled):
    out = enrolled("read", "2", "1").out
    assert "Quiz: 5 questions. Take it with `azora-tui quiz 2 1`.\n" in out
    assert "Answers" not in out


def test_a_hint_looked_at_before_an_interruption_is_remembered(enrolled):
    assert "Hint: Does it simply apply" in enrolled("quiz", "2", "1", stdin="?\n").out
    again = enrolled("quiz", "2", "1", stdin="")
    assert "Hint: Does it simply apply" in again.out
    assert "A hint comes with ?" not in again.out
    answer = enrolled("quiz", "2", "1", "--json", stdin=RIGHT)
    assert [each["hint_used"] for each in answer.json["data"]["attempt"]["answers"]] == [1, 0, 0, 0, 0]


def test_a_hint_is_remembered_of_lines_too(enrolled):
    enrolled("quiz", "2", "1", "--json", stdin="?\n")
    answer = enrolled("quiz", "2", "1", "--json", stdin=RIGHT)
    assert [each["hint_used"] for each in answer.json["data"]["attempt"]["answers"]] == [1, 0, 0, 0, 0]
