"""LiaScript as its courses write it: what belongs to a question, in lists and tables, and what is only code."""

import pytest

from azora_tui.formats.archives import Tree
from azora_tui.formats.code_spans import code_spans, outside_code
from azora_tui.formats.imported import Imported
from azora_tui.formats.quiz import read_quiz
from azora_tui.formats.registry import read_course_in
from azora_tui.models.quizzes import Question


def taken(body: str) -> Imported:
    return read_course_in(Tree("small", {"README.md": f"<!--\nauthor: Ada\n-->\n\n# Small\n\n{body}\n".encode()}))


def asked(imported: Imported) -> list[Question]:
    quiz = read_quiz(imported.course.lessons[0].content)
    return list(quiz.questions) if quiz else []


def options(question: Question) -> list[tuple[bool, str]]:
    return [(option.correct, option.text) for option in question.options]


@pytest.mark.parametrize("stars", ["***", "****", "*****", "  ******", "****************  "])
@pytest.mark.parametrize(
    "quiz", ["[[Berlin]]", "[[ ]] Bonn\n[[X]] Berlin", "- [( )] Bonn\n- [(X)] Berlin", "[[Berlin]]\n[[?]] It is large."]
)
def test_an_explanation_between_stars_belongs_to_the_question(quiz: str, stars: str) -> None:
    imported = taken(f"Which capital?\n\n{quiz}\n{stars}\nIt is *Berlin*.\n\nSince 1990.\n{stars}\n\nAfter it.")
    content = imported.course.lessons[0].content
    (question,) = asked(imported)
    assert question.feedback == "It is *Berlin*.\n\nSince 1990."
    assert content.rstrip().endswith("After it.")
    assert content.count("It is *Berlin*.") == 1
    assert "***" not in content


def test_code_with_stars_does_not_end_an_explanation() -> None:
    imported = taken("Which?\n\n[[a]]\n***\n```\n***\n```\n***\n\nAfter.")
    assert asked(imported)[0].feedback == "```\n***\n```"


def test_stars_elsewhere_are_a_line_across() -> None:
    content = taken("Words.\n\n***\n\nMore.\n\n[[a]]\n\n***\n\nEnd.").course.lessons[0].content
    assert content.count("***") == 2


@pytest.mark.parametrize("mark", ["", "- ", "* ", "+ ", "1. ", "2) "])
def test_quizzes_as_list_items(mark: str) -> None:
    imported = taken(
        f"Text?\n\n{mark}[[word]]\n{mark}[[?]] A hint.\n\nOne?\n\n{mark}[( )] a\n{mark}[(X)] b\n\n"
        f"Some?\n\n{mark}[[X]] c\n{mark}[[ ]] d\n{mark}[[X]] e"
    )
    text, one, some = asked(imported)
    assert (text.prompt, text.accepted, text.hint) == ("Text?", ("word",), "A hint.")
    assert (one.prompt, options(one)) == ("One?", [(False, "a"), (True, "b")])
    assert (some.prompt, options(some)) == ("Some?", [(True, "c"), (False, "d"), (True, "e")])


def test_an_empty_line_between_the_items_of_a_list_parts_no_quiz() -> None:
    (question,) = asked(taken("Which?\n\n* [( )] a\n\n* [(X)] b\n\n* [( )] c\n\nEnd."))
    assert options(question) == [(False, "a"), (True, "b"), (False, "c")]


def test_a_question_in_a_list_of_questions() -> None:
    text, one = asked(taken("1. What?\n\n   [[a]]\n   [[?]] hint\n\n2. Which?\n\n   - [( )] x\n   - [(X)] y"))
    assert (text.accepted, text.hint) == (("a",), "hint")
    assert options(one) == [(False, "x"), (True, "y")]


@pytest.mark.parametrize("mark", ["", "- ", "* ", "  - ", "1. "])
def test_a_matrix_may_be_a_list(mark: str) -> None:
    imported = taken(
        f"Which gender?\n\n{mark}[[male] (female)]\n{mark}[ (X)  ( ) ] Mann\n{mark}[ ( )  (X) ] Frau\n***\nBecause.\n***"
    )
    first, second = asked(imported)
    assert options(first) == [(True, "male"), (False, "female")]
    assert options(second) == [(False, "male"), (True, "female")]
    assert first.prompt == "Which gender?\n\nMann"
    assert first.feedback == second.feedback == "Because."


def test_a_list_of_gaps_stays_a_list() -> None:
    first, second = asked(taken("Translate.\n\n- one [[uno]]\n- two [[dos]]"))
    assert first.prompt == "Translate.\n\n- one **…?**\n- two …"
    assert (first.accepted, second.accepted) == (("uno",), ("dos",))


@pytest.mark.parametrize("before", ["Fill in.\n\n", ""])
def test_gaps_in_a_table_keep_the_table(before: str) -> None:
    table = "| English | Spanish |\n|---|---|\n| one | [[uno]] |\n| two | [[ (dos) | tres ]] |"
    first, second = asked(taken(f"{before}{table}\n\nAfter."))
    prompt = before.strip() or "Fill in the gap."
    assert first.prompt == f"{prompt}\n\n| English | Spanish |\n|---|---|\n| one | **…?** |\n| two | … |"
    assert second.prompt == f"{prompt}\n\n| English | Spanish |\n|---|---|\n| one | … |\n| two | **…?** |"
    assert first.accepted == ("uno",)
    assert options(second) == [(True, "dos"), (False, "tres")]


@pytest.mark.parametrize(
    "code",
    [
        "`{{2}}`",
        "`--{{1}}--`",
        "`!?[film](x)`",
        "`??[page](https://x)`",
        "``a ` {{1}}``",
        "`[[gap]]`",
        "`@macro`",
        "`<br>`",
    ],
)
def test_marks_in_code_are_code(code: str) -> None:
    imported = taken(f"Write {code} or {code}: between them is *prose*, and {code}.")
    assert imported.course.lessons[0].content == f"Write {code} or {code}: between them is *prose*, and {code}.\n"
    assert imported.skipped == ()


def test_marks_beside_code_are_still_marks() -> None:
    imported = taken("{{2}} See `a` and !?[film](https://example.org/x) `b` with [[gap]].\n\n    --{{0}}--\nSaid.")
    (question,) = asked(imported)
    assert "{{2}}" not in question.prompt
    assert "`a`" in question.prompt
    assert "`b`" in question.prompt
    assert "[film](<https://example.org/x>)" in question.prompt
    assert "{{0}}" not in imported.course.lessons[0].content


def test_what_code_is() -> None:
    assert [*code_spans("a `b` ``c ` d`` `e")] == [(2, 5), (6, 15)]
    assert [*code_spans("`a\n\nb` `c")] == [(5, 8)]
    assert [*code_spans("```a` `b`")] == [(4, 7)]
    assert outside_code("x `x` x ``x` x", str.upper) == "X `x` X ``X` X"
    assert outside_code("x", str.upper) == "X"
