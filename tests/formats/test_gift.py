"""GIFT, a question at a time, as Moodle's own description of the format has it."""

import pytest

from azora_tui.formats import gift
from azora_tui.formats.archives import Tree
from azora_tui.formats.imported import Imported, ImportRefusedError, ImportReport
from azora_tui.formats.quiz import read_quiz
from azora_tui.formats.registry import read_course_in
from azora_tui.models.quizzes import Option, Question, QuestionKind


def taken(text: str, name: str = "x.gift", **others: str) -> Imported:
    files = {name: text, **{key.replace("__", "."): value for key, value in others.items()}}
    return gift.read(Tree("my_course", {key: value.encode() for key, value in files.items()}), ImportReport())


def all_of(imported: Imported) -> list[Question]:
    quizzes = (read_quiz(lesson.content) for lesson in imported.course.lessons)
    return [question for quiz in quizzes if quiz for question in quiz.questions]


def asked(text: str) -> Question:
    """The one question of a text, taken whole."""
    imported = taken(text)
    assert not imported.skipped
    (question,) = all_of(imported)
    return question


def lost(text: str) -> tuple[str, str, str]:
    """(the words in its place, which question, why) of one that cannot be taken."""
    imported = taken(text)
    assert not all_of(imported)
    (row,) = imported.skipped
    assert row.where == "x.gift"
    return imported.course.lessons[0].content, row.what, row.why


def told(text: str) -> list[tuple[str, str]]:
    return [(row.what, row.why) for row in taken(text).skipped]


# Which files


@pytest.mark.parametrize(
    ("name", "text", "is_gift"),
    [
        ("a.gift", "anything", True),
        ("a.GIFT", "anything", True),
        ("a.txt", "anything", False),
        ("a.txt", "::Title:: Asked", True),
        ("a.txt", "$CATEGORY: x", True),
        ("a.txt", "Asked {=yes ~no}", True),
        ("a.txt", "Asked {~no =yes}", True),
        ("a.txt", "Asked {#5}", True),
        ("a.txt", "Asked {T}", True),
        ("a.txt", "Asked { FALSE }", True),
        ("a.txt", "Asked {}", True),
        ("a.txt", "A set \\{=1}", False),
        ("a.txt", "A set {1, 2}", False),
        ("a", "Asked {T}", True),
        ("a.md", "Asked {T}", False),
    ],
)
def test_which_files_hold_questions(name: str, text: str, is_gift: bool) -> None:
    assert gift.find(Tree("x", {name: text.encode()})) == ("" if is_gift else None)


def test_a_file_without_an_ending_is_one_only_by_itself() -> None:
    assert gift.find(Tree("x", {"a": b"Asked {T}", "b.md": b""})) is None


def test_other_files_are_told() -> None:
    imported = taken("A {T}", notes__md="x")
    assert [(row.where, row.what, row.why) for row in imported.skipped] == [
        ("notes.md", "a file", "it holds no questions in GIFT")
    ]


def test_the_course_is_called_as_the_file_and_each_file_is_a_section() -> None:
    imported = taken("A {T}", "one.gift", two__gift="B {T}")
    assert (imported.course.title, imported.course.slug) == ("my course", "my-course")
    assert [(lesson.section, lesson.title) for lesson in imported.course.lessons] == [("one", "one"), ("two", "two")]
    assert [lesson.section for lesson in taken("A {T}").course.lessons] == ["Questions"]


def test_more_questions_than_anybody_answers_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gift, "_MAX_QUESTIONS", 2)
    assert len(all_of(taken("A {T}\n\nB {T}"))) == 2
    with pytest.raises(ImportRefusedError, match="more than 2 questions"):
        taken("A {T}\n\nB {T}\n\nC {T}")
    with pytest.raises(ImportRefusedError, match="more than 2 questions"):
        taken("A {T}\n\n$CATEGORY: x\nB {T}", b__gift="C {T}")


# Categories


@pytest.mark.parametrize(
    ("category", "section", "title", "lesson_id"),
    [
        ("Rivers", "Questions", "Rivers", "rivers"),
        ("  Rivers  ", "Questions", "Rivers", "rivers"),
        ("$course$/top/Geo/Rivers", "Geo", "Rivers", "geo-rivers"),
        ("$system$/Geo / Africa / Rivers", "Geo · Africa", "Rivers", "geo-africa-rivers"),
        ("Land//Sea/Rivers", "Land/Sea", "Rivers", "land-sea-rivers"),
        ("Geo//Rivers/", "Questions", "Geo/Rivers", "geo-rivers"),
        ("$course$/top", "Questions", "x", "x"),
        ("", "Questions", "x", "x"),
    ],
)  # fmt: skip
def test_a_category_is_a_lesson_and_its_path_the_section(
    category: str, section: str, title: str, lesson_id: str
) -> None:
    (lesson,) = taken(f"$CATEGORY:{category}\n\nA {{T}}").course.lessons
    assert (lesson.section, lesson.title) == (section, title)
    assert lesson.id.startswith(lesson_id)


def test_a_category_that_comes_twice_is_one_lesson() -> None:
    imported = taken("First {T}\n\n$category: b\nSecond {T}\n\n$CATEGORY: b\n\nThird {T}\n\n$CATEGORY: c\n\n")
    assert [lesson.title for lesson in imported.course.lessons] == ["x", "b"]
    assert [question.prompt for question in all_of(imported)] == ["First", "Second", "Third"]


def test_a_category_is_told_beside_the_file() -> None:
    assert [row.where for row in taken("$CATEGORY: a/b\n\nA {}").skipped] == ["x.gift, a/b"]


def test_questions_are_parted_by_empty_lines_or_by_titles() -> None:
    text = "::a:: A\n{T}\n::b:: B {T}\n \n// a comment\nC {\n=yes\n~no }\nand on\n"
    assert [question.prompt for question in all_of(taken(text))] == ["A", "B", "C \\_\\_\\_\\_ and on"]
    # A title within a question that is not closed begins none.
    assert [question.prompt for question in all_of(taken("A\n::b:: c {T}"))] == ["A ::b:: c"]


def test_a_comment_gives_an_id_and_a_hint_to_the_next_question_only() -> None:
    text = "// [id:one\\]two] \n// hint:  Think. \nA {T}\n\nB {T}\n\n// HINT: Again\n::c::C {T}\n::d::D {T}"
    first, second, third, fourth = all_of(taken(text))
    assert first.id.startswith("one-two")
    assert first.hint == "Think."
    assert (second.hint, third.hint, fourth.hint) == ("", "Again", "")
    assert (third.id, fourth.id) == ("c", "d")
    assert second.id.startswith("b-")
    assert all_of(taken("// [id: blank ]\nA {T}"))[0].id == "blank"


def test_a_question_without_id_and_title_is_known_by_its_words() -> None:
    first, second = all_of(taken("Same {T}\n\nOther {T}"))
    assert first.id != second.id
    assert first.id == all_of(taken("New {F}\n\nSame {T}"))[1].id


# What is asked


@pytest.mark.parametrize(
    ("text", "prompt"),
    [
        ("[html]<b>a</b> {T}", "**a**"),
        ("[HTML]<b>a</b> {T}", "**a**"),
        ("[moodle]<b>a</b> {T}", "**a**"),
        ("<b>a</b> {T}", "**a**"),
        ("[markdown]**a** b {T}", "**a** b"),
        ("[plain]**a** {T}", "\\*\\*a\\*\\*"),
        ("::t::[plain]*a* {T}", "\\*a\\*"),
        ("a\\=b\\~c\\#d\\{e\\}f\\:g {T}", "a=b~c#d\\{e}f:g"),
        ("[plain]one\\ntwo {T}", "one two"),
        ("The {T} is missing.", "The \\_\\_\\_\\_ is missing."),
        ("::Just a *title*:: {T}", "Just a \\*title\\*"),
        ("{T}", "?"),
    ],
)
def test_what_is_asked(text: str, prompt: str) -> None:
    assert asked(text).prompt == prompt


def test_a_title_may_hold_escaped_colons() -> None:
    question = asked("::a\\:\\:b:: Asked {T}")
    assert question.prompt == "Asked"
    assert question.id.startswith("a-b")


def test_without_braces_it_is_text() -> None:
    imported = taken("[plain]Only *this*.\n\nA {T}")
    assert "Only \\*this\\*." in imported.course.lessons[0].content
    assert len(all_of(imported)) == 1


def test_braces_that_are_not_closed_are_told() -> None:
    assert lost("Asked? {=a")[1:] == ("question “Asked?”", "its braces are not closed")


def test_an_essay_is_told_and_what_is_said_about_it_stays_as_the_solution() -> None:
    shown, what, why = lost("::named:: Write. {####A *model*.}")
    assert (what, why) == ("question “named”", "it is an essay, which only a person can grade")
    assert "Write.\n\n::: solution\n\nA \\*model\\*.\n\n:::" in shown
    assert lost("Write. { }")[1:] == ("question “Write.”", "it is an essay, which only a person can grade")


def test_what_is_no_answer_is_told() -> None:
    assert lost("Asked? {yes}")[2] == "what stands in its braces is no answer"
    assert lost("Asked? {TRUEST}")[2] == "what stands in its braces is no answer"


# True or false


@pytest.mark.parametrize(("word", "is_true"), [("T", True), ("true", True), ("F", False), ("FALSE", False)])
def test_true_or_false(word: str, is_true: bool) -> None:
    question = asked(f"Asked {{{word}#To the wrong.#To the right.####To all.}}")
    assert question.options == (
        Option("True", is_true, "To the right." if is_true else "To the wrong."),
        Option("False", not is_true, "To the wrong." if is_true else "To the right."),
    )
    assert question.feedback == "To all."
    assert [option.feedback for option in asked(f"Asked {{ {word} }}").options] == ["", ""]


# Options


def test_options_with_feedback() -> None:
    question = asked("Which? { =a#Yes. ~ b # No. ~[plain]*c* }")
    assert question.options == (Option("a", True, "Yes."), Option("b", False, "No."), Option("\\*c\\*", False))
    assert question.kind is QuestionKind.SINGLE


def test_several_right_options_have_a_share_each() -> None:
    question = asked("Which? {~%50%a ~%50.0%b ~%-100%c ~%0%d ~e}")
    assert (question.kind, question.right_options) == (QuestionKind.MULTIPLE, (0, 1))


def test_beside_a_right_option_a_share_is_part_of_the_points() -> None:
    imported = taken("Which? {=a ~%50%b ~%-50%c ~%0%d}")
    assert all_of(imported)[0].right_options == (0,)
    assert [(row.what, row.why) for row in imported.skipped] == [
        ("part of the points for “b”", "an answer is right or not")
    ]


def test_an_option_without_words_stands_there_and_is_told() -> None:
    assert all_of(taken("Which? {=a ~}"))[0].options[1] == Option("…", False)
    assert told("Which? {=a ~}") == [("an option", "it is empty in the source")]


def test_options_of_which_none_is_right_are_told() -> None:
    assert lost("Which? {~a ~b}")[1:] == ("question “Which?”", "none of its options is right")
    assert lost("Which? {~%0%a ~%-50%b}")[2] == "none of its options is right"


# Words


def test_words() -> None:
    question = asked("Who? {=Ada =%100%Lady <i>Lovelace</i> =a\\*b}")
    assert (question.kind, question.accepted) == (QuestionKind.TEXT, ("Ada", "Lady <i>Lovelace</i>", "a*b"))
    assert asked("[markdown]Who? {=<i>Ada  L</i>}").accepted == ("<i>Ada L</i>",)


@pytest.mark.parametrize(
    ("answers", "feedback"),
    [
        ("=Ada#Yes.", "*If right:* Yes."),
        ("=Ada#Yes. =Lady L#Yes.", "*If right:* Yes."),
        ("=Ada#Yes. =Lady L#Also.", "*To “Ada”:* Yes.\n\n*To “Lady L”:* Also."),
        ("=Ada#Yes. =Lady L", "*To “Ada”:* Yes."),
        ("=Ada =%0%Bo#No. =%0%Cy#No.", "*To “Bo” or “Cy”:* No."),
        ("=Ada =%0%*#No.####All.", "All.\n\n*To all else:* No."),
        ("=Ada#Yes. =%0%Bo#Yes.", "*If right:* Yes."),
    ],
)
def test_what_is_said_to_words_says_to_which(answers: str, feedback: str) -> None:
    assert asked(f"Who? {{{answers}}}").feedback == feedback


def test_part_of_the_points_and_patterns_are_told() -> None:
    assert told("Who? {=Ada =%99%Bo =%0%Cy}") == [("part of the points for “Bo”", "an answer is right or not")]
    assert told("Who? {=Ada =A*}") == [("the pattern “A*”", "an answer is compared with words only")]
    assert told("Who? {=%50%A* =Ada}") == [("part of the points for “A*”", "an answer is right or not")]


@pytest.mark.parametrize("answers", ["=*", "=A*", "=%50%Ada =%0%Bo"])
def test_without_a_right_word_it_is_told(answers: str) -> None:
    imported = taken(f"Who? {{{answers}}}")
    assert not all_of(imported)
    assert imported.skipped[-1].why == "its answer is a pattern, which cannot be compared here"


# Pairs


def test_each_pair_is_a_question_with_all_the_right_sides() -> None:
    first, second = all_of(taken("::p::Match {=cat -> meow =dog -> woof -> loud = -> moo =cow -> }"))
    assert (first.id, second.id) == ("p", "p-2")
    assert first.prompt == "Match\n\ncat"
    assert first.options == (Option("meow", True), Option("woof -> loud", False), Option("moo", False))
    assert second.right_words == "woof -> loud"


def test_pairs_with_one_right_side_and_arrows_that_make_no_pair() -> None:
    assert told("Match {=a->x =b->x}") == [
        ("question “Match a”", "it has only one option"), ("question “Match b”", "it has only one option")
    ]  # fmt: skip
    assert asked("Say {=a->b =c}").accepted == ("a->b", "c")
    assert asked("Say {=a->b}").accepted == ("a->b",)
    assert asked("Say {=a-> =->b}").accepted == ("a->", "->b")


# Numbers


@pytest.mark.parametrize(
    ("answer", "accepted", "tolerance"),
    [
        ("5", "5", "0"),
        (" 5 ", "5", "0"),
        ("3.14:0.01", "3.14", "0.01"),
        ("5 : 2", "5", "2"),
        ("5:-2", "5", "2"),
        ("5\\:1", "5", "1"),
        ("1..5", "3", "2"),
        ("5..1", "3", "2"),
        ("-1..2", "0.5", "1.5"),
        ("1.5..2.5", "2", "0.5"),
    ],
)
def test_a_number(answer: str, accepted: str, tolerance: str) -> None:
    question = asked(f"How many? {{#{answer}}}")
    assert (question.kind, question.accepted, question.tolerance) == (QuestionKind.NUMBER, (accepted,), tolerance)


def test_a_number_with_feedback() -> None:
    assert asked("How many? {#5#Said.####All.}").feedback == "All.\n\nSaid."


@pytest.mark.parametrize("answer", ["many", "", "1..", "1:x"])
def test_what_is_no_number_is_told(answer: str) -> None:
    assert lost(f"How many? {{#{answer}}}")[2] == "its answer is not a plain number"


def test_several_right_numbers_are_all_right() -> None:
    question = asked("Which? {#=5 =6:0#Six. ~#No.}")
    assert (question.kind, question.accepted) == (QuestionKind.NUMBER, ("5", "6"))
    assert question.feedback == "*To 6 ± 0:* Six.\n\n*To all else:* No."


def test_several_right_numbers_have_a_tolerance_each() -> None:
    question = asked("Which? {#=%100%5:1 =6}")
    assert (question.kind, question.accepted, question.ranges) == (QuestionKind.NUMBER, ("5", "6"), ("5 ± 1", "6"))


def test_one_right_number_among_others() -> None:
    imported = taken("When? {#=1822:0#Yes. =%50%1822:2#Close.####All.}")
    (question,) = all_of(imported)
    assert (question.kind, question.accepted, question.tolerance) == (QuestionKind.NUMBER, ("1822",), "0")
    assert question.feedback == "All.\n\n*If right:* Yes.\n\n*To 1822 ± 2:* Close."
    assert [row.what for row in imported.skipped] == ["part of the points for “1822:2”"]


@pytest.mark.parametrize("answers", ["=%50%5", "=%99%5 =%0%6"])
def test_a_number_of_which_none_is_wholly_right_is_told_and_not_asked(answers: str) -> None:
    imported = taken(f"How many? {{#{answers}}}")
    assert not all_of(imported)
    assert imported.skipped[-1].why == "no answer of it is wholly right"


def test_a_course_of_one_file_is_found_by_its_words() -> None:
    assert read_course_in(Tree("x", {"a.txt": b"::T:: Sky {T}"})).questions == 1
