"""Problems of OLX, one at a time: each kind of response as Open edX describes it, and what stands around it."""

import pytest

from azora_tui.formats import olx_problem
from azora_tui.formats.composing import CAPITALS, Part
from azora_tui.formats.imported import ImportRefusedError, ImportReport
from azora_tui.formats.olx_problem import read_problem
from azora_tui.formats.safe_xml import read_xml
from azora_tui.models.quizzes import Option, Question, QuestionKind


def read(inside: str, attributes: str = 'url_name="p"') -> tuple[list[Part], list[tuple[str, str]]]:
    """What comes of a problem, and (what, why) of what was not taken."""
    report = ImportReport()
    source = f"<problem {attributes}>{inside}</problem>"
    parts = list(read_problem(read_xml(source.encode()), lambda number: f"q{number}", report, "here"))
    assert {row.where for row in report.rows} <= {"here, problem/p" if "url_name" in attributes else "here"}
    return parts, [(row.what, row.why) for row in report.rows]


def question(inside: str, attributes: str = 'url_name="p"') -> Question:
    """The one question that comes of a problem, taken whole."""
    (part,), rows = read(inside, attributes)
    assert isinstance(part, Question)
    assert rows == []
    return part


def questions(inside: str) -> list[Question]:
    return [part for part in read(inside)[0] if isinstance(part, Question)]


def lost(inside: str, attributes: str = 'url_name="p"') -> tuple[str, str, str]:
    """(the words in its place, which question, why) of a problem whose question cannot be taken."""
    (part,), rows = read(inside, attributes)
    assert isinstance(part, str)
    what, why = rows[-1]
    return part, what, why


CHOICE = """<multiplechoiceresponse>{asked}<choicegroup><choice correct="true">a</choice><choice correct="false">b</choice>
</choicegroup></multiplechoiceresponse>"""
WORD = '<stringresponse answer="x" type="ci">{asked}<textline/></stringresponse>'
LABEL = "<label>Asked?</label>"


# What stands around a field


def test_what_is_asked_is_all_the_text_before_the_response_and_in_it() -> None:
    inside = f"Plain &lt;1&gt; <p>first</p> and <b>more</b>,<div>second</div>{CHOICE.format(asked='<p>third</p> tail')}"
    assert question(inside).prompt == "Plain \\<1>\n\nfirst\n\nand **more**,\n\nsecond\n\nthird\n\ntail"


def test_text_between_two_responses_belongs_to_the_second_and_after_the_last_it_stands_alone() -> None:
    inside = f"One{WORD.format(asked='')}Two <i>there</i>{WORD.format(asked='')}Three<p>four</p>"
    parts, rows = read(inside)
    assert rows == []
    first, second, after = parts
    assert isinstance(first, Question)
    assert isinstance(second, Question)
    assert (first.id, first.prompt, second.id, second.prompt) == ("q1", "One", "q2", "Two *there*")
    assert after == "Three\n\nfour"


def test_what_holds_a_response_is_gone_through_and_its_texts_stay_in_order() -> None:
    inside = f"a<div>b<p>c</p>d<section>e{WORD.format(asked='')}f</section>g</div>h{WORD.format(asked='')}i"
    first, second, after = read(inside)[0]
    assert isinstance(first, Question)
    assert isinstance(second, Question)
    assert first.prompt.split() == ["ab", "c", "de"]
    assert second.prompt == "fgh"
    assert after == "i"


def test_deeper_than_anybody_writes_a_response_is_passed_over_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    inside = f"<div><div>{WORD.format(asked='')}</div></div>{WORD.format(asked=LABEL)}"
    assert len(questions(inside)) == 2
    monkeypatch.setattr(olx_problem, "_MAX_DEPTH", 2)
    assert len(questions(inside)) == 2
    monkeypatch.setattr(olx_problem, "_MAX_DEPTH", 1)
    assert len(questions(inside)) == 1


def test_what_stands_beside_a_question_is_not_what_it_asks() -> None:
    beside = "<script>x</script><style>y</style><solution>S</solution><demandhint><hint>H</hint></demandhint>"
    asked = question(f"<p>before<script>z</script> it</p>{beside}{WORD.format(asked=beside + LABEL)}")
    assert asked.prompt == "before it\n\nAsked?"


def test_the_text_after_a_field_stays_with_a_gap_in_its_place() -> None:
    asked = question(
        "<stringresponse answer='x' type='ci'>A <textline/> b<p>Two <b>c</b> <textline/>d</p></stringresponse>"
    )
    assert asked.prompt == "A b\n\nTwo **c** \\_\\_\\_\\_ d"
    gap = question("<optionresponse><p><optioninput options=\"('u','v')\" correct='u'/> e</p></optionresponse>")
    assert gap.prompt == "\\_\\_\\_\\_ e"
    none = question('<numericalresponse answer="1"><p>f <formulaequationinput/>g</p></numericalresponse>')
    assert none.prompt == "f g"


def test_labels_and_descriptions_are_paragraphs_and_a_clarification_stands_in_parentheses() -> None:
    inside = "<label>One<clarification> that is 1 </clarification>or two</label><description>Say.</description>"
    assert question(WORD.format(asked=inside)).prompt == "One (that is 1) or two\n\nSay."


def test_what_asks_nothing_has_a_label_elsewhere_or_its_title_to_ask() -> None:
    labelled = (
        "<stringresponse answer='x' type='ci'><textline label='&lt;i&gt;In&lt;/i&gt; the field?'/></stringresponse>"
    )
    assert question(labelled).prompt == "*In* the field?"
    assert question(WORD.format(asked=""), 'display_name="A   title" url_name="p"').prompt == "A title"
    assert question(labelled, 'display_name="A title" url_name="p"').prompt == "*In* the field?"
    assert question(WORD.format(asked="")).prompt == "?"


def test_a_problem_without_a_name_is_told_by_where_it_stands() -> None:
    assert read("<p>Only text.</p>", "")[1] == [
        ("question “Only text.”", "it holds nothing that could be answered here")
    ]


# Without a response, and in a table


def test_what_cannot_be_answered_stays_as_words() -> None:
    shown, what, why = lost("<p>Only text.</p><solution>S</solution>", 'url_name="p" display_name="T"')
    assert (what, why) == ("question “T”", "it holds nothing that could be answered here")
    assert "Only text." in shown
    assert "::: solution\n\nS\n\n:::" in shown
    assert "T" in lost("", 'url_name="p" display_name="T"')[0]


def test_a_problem_without_anything_leaves_nothing() -> None:
    assert read("<solution>S</solution>") == ([], [])


TABLE = """<table><tr><th>Tree</th><th>Kind</th></tr>
<tr><td>Oak</td><td><optionresponse><optioninput options="('broad','needle')" correct="broad"/></optionresponse> leaf</td></tr>
<tr><td>Fir</td><td><stringresponse answer="x" type="ci"><p>How?</p><textline/></stringresponse></td></tr></table>"""


def test_questions_within_a_table_have_numbers_in_their_places() -> None:
    shown, first, second = read(f"<p>Look.</p>{TABLE}<solution>S</solution>")[0]
    assert shown == "Look.\n\n| Tree | Kind |\n| --- | --- |\n| Oak | **(1)** leaf |\n| Fir | **(2)** |"
    assert isinstance(first, Question)
    assert isinstance(second, Question)
    assert first.prompt == f"{shown}\n\nIn the table above, what belongs at (1)?"
    assert second.prompt == f"{shown}\n\nHow?\n\nIn the table above, what belongs at (2)?"
    assert (first.right_words, second.accepted) == ("broad", ("x",))
    assert first.feedback == "S"


def test_a_response_beside_a_table_stands_in_no_table() -> None:
    (asked,) = questions(f"<table><tr><td>1</td></tr></table>{WORD.format(asked=LABEL)}")
    assert "In the table" not in asked.prompt


# Which kinds


@pytest.mark.parametrize(
    ("tag", "why"),
    [
        ("customresponse", "it is graded by a Python program, and programs of a course are never run"),
        ("schematicresponse", "it is graded by a Python program, and programs of a course are never run"),
        ("coderesponse", "it is graded by a Python program, and programs of a course are never run"),
        ("externalresponse", "it is graded by a program elsewhere"),
        ("javascriptresponse", "it is graded by a program in a browser"),
        ("jsmeresponse", "it is graded by a program in a browser"),
        ("formularesponse", "its answer is a formula, which cannot be compared here"),
        ("symbolicresponse", "its answer is a formula, which cannot be compared here"),
        ("imageresponse", "its answer is a place in a picture"),
        ("choicetextresponse", "its options have fields of their own"),
        ("radiotextresponse", "its options have fields of their own"),
        ("checkboxtextresponse", "its options have fields of their own"),
        ("chemicalequationresponse", "its answer is a chemical equation"),
    ],
)
def test_what_a_quiz_cannot_grade_is_told_and_stays_as_words(tag: str, why: str) -> None:
    shown, what, because = lost(
        f"<{tag}>{LABEL}<choicegroup><choice correct='true'>a</choice></choicegroup></{tag}><solution>So.</solution>"
    )
    assert (what, because) == ("question “Asked?”", why)
    assert "::: solution\n\nSo.\n\n:::" in shown
    assert "- a" not in shown


def test_a_lost_question_that_asks_nothing_is_told_by_its_title() -> None:
    assert lost("<imageresponse/>", 'url_name="p" display_name="T"')[1] == "question “T”"


def test_part_of_the_points_is_told() -> None:
    response = CHOICE.format(asked=LABEL).replace(
        "<multiplechoiceresponse>", '<multiplechoiceresponse partial_credit="EDC">'
    )
    assert read(response)[1] == [("part of the points", "an answer is right or not")]


PROGRAM = "<script type='loncapa/python'>x = 1</script>"


@pytest.mark.parametrize(
    "response",
    [
        '<stringresponse answer="$x" type="ci"><label>A?</label></stringresponse>',
        '<stringresponse answer="1" type="ci"><label>What is ${x}?</label></stringresponse>',
        CHOICE.format(asked="<label>A?</label>").replace(">a<", ">$x<"),
    ],
)
def test_values_that_a_program_makes_are_told(response: str) -> None:
    parts, rows = read(PROGRAM + response)
    assert not any(isinstance(part, Question) for part in parts)
    assert rows[0] == ("a Python program", "programs of a course are never run")
    assert rows[1][1] == "its values are made by a Python program, and programs of a course are never run"
    assert isinstance(read(response)[0][0], Question), "without a program a dollar is a dollar"


def test_a_program_that_a_question_does_without_is_told_and_the_question_taken() -> None:
    (part,), rows = read(PROGRAM + '<stringresponse answer="5 $" type="ci"><label>A?</label></stringresponse>')
    assert isinstance(part, Question)
    assert rows == [("a Python program", "programs of a course are never run")]
    assert read("<script type='text/javascript'>x</script>" + WORD.format(asked=LABEL))[1] == []


def test_problems_that_repeat_their_text_without_end_are_refused() -> None:
    long = "word " * 2_000
    with pytest.raises(ImportRefusedError, match="out of all proportion"):
        read(f"<solution>{long}</solution>" + WORD.format(asked="") * 3_000)
    with pytest.raises(ImportRefusedError, match="out of all proportion"):
        read(f"<table><tr><td>{long}{WORD.format(asked='') * 3_000}</td></tr></table>")
    fields = "<optioninput options=\"('a')\" correct='a'/>" * 3_000
    with pytest.raises(ImportRefusedError, match="out of all proportion"):
        read(f"<optionresponse>{long}{fields}</optionresponse>")


# Options


def test_options_with_what_is_said_to_each() -> None:
    inside = """<multiplechoiceresponse><label>Which?</label><choicegroup>
        <choice correct="true">a <i>b</i><choicehint>Yes.</choicehint></choice>
        <choice correct="false" explanation-id="no">c<choicehint label="x">No.</choicehint></choice>
        <choice>d</choice><choice correct="True"></choice></choicegroup></multiplechoiceresponse>
        <targetedfeedbackset><targetedfeedback explanation-id="no">Never.</targetedfeedback></targetedfeedbackset>"""
    inside = inside.replace("</multiplechoiceresponse>", "").replace(
        "</targetedfeedbackset>", "</targetedfeedbackset></multiplechoiceresponse>"
    )
    asked = question(inside)
    assert asked.options == (Option("a *b*", True, "Yes."), Option("c", False, "Never.\n\nNo."), Option("d", False))
    assert (asked.kind, asked.prompt) == (QuestionKind.SINGLE, "Which?")


def test_what_is_said_of_options_not_chosen_and_of_several_says_so() -> None:
    inside = """<choiceresponse><label>Which?</label><checkboxgroup>
        <choice correct="correct">a<choicehint selected="TRUE">A.</choicehint><choicehint selected="False">Why not?</choicehint></choice>
        <choice correct="false">b</choice>
        <compoundhint value="A B">Both.</compoundhint><compoundhint value="b z">B.</compoundhint>
        <compoundhint value="">None.</compoundhint></checkboxgroup></choiceresponse>"""
    asked = question(inside)
    assert asked.options == (Option("a", True, "A."), Option("b", False))
    assert asked.feedback == (
        "*Without “a”:* Why not?\n\n*To “a” and “b”:* Both.\n\n*To “b”:* B.\n\n*To none of them:* None."
    )


@pytest.mark.parametrize("said", ["partial", "Partially-Correct"])
def test_an_option_for_part_of_the_points_is_told_and_wrong(said: str) -> None:
    (part,), rows = read(CHOICE.format(asked=LABEL).replace('"false"', f'"{said}"'))
    assert isinstance(part, Question)
    assert part.right_options == (0,)
    assert rows == [("part of the points for “b”", "an answer is right or not")]


def test_options_of_which_none_is_right_are_told_and_stay_as_words() -> None:
    shown, what, why = lost(CHOICE.format(asked=LABEL).replace('"true"', '"false"'))
    assert (what, why) == ("question “Asked?”", "none of its options is right")
    assert "- a\n- b" in shown


def test_a_menu_of_options() -> None:
    inside = """<optionresponse><label>Which?</label><optioninput options="('it\\'s', &quot;b  c&quot;,'d')" correct="b c"/></optionresponse>"""
    assert question(inside).options == (Option("it's", False), Option("b c", True), Option("d", False))
    listed = """<optionresponse><label>Which?</label><optioninput options="('x')" correct="x"><option correct="True">a
        <optionhint>Yes.</optionhint></option><option correct="False">b</option></optioninput></optionresponse>"""
    assert question(listed).options == (Option("a", True, "Yes."), Option("b", False))


def test_a_response_with_several_menus_is_as_many_questions() -> None:
    menu = "<optioninput options=\"('a','b')\" correct=\"{}\"/>"
    first, second = questions(f"<optionresponse><p>Two.</p>{menu.format('a')}{menu.format('b')}</optionresponse>")
    assert (first.prompt, second.prompt) == ("Two.\n\n(1)", "Two.\n\n(2)")
    assert (first.right_words, second.right_words) == ("a", "b")
    (only,) = questions(f"<optionresponse><p>One.</p>{menu.format('a')}</optionresponse>")
    assert only.prompt == "One."


def test_an_annotation_asks_its_comment_and_tags() -> None:
    inside = """<annotationresponse><annotationinput><title>T</title><text>A text.</text><comment>Say.</comment>
        <comment_prompt>What?</comment_prompt><tag_prompt>Tag?</tag_prompt><options><option choice="correct">here</option>
        <option choice="incorrect">there</option><option choice="partially-correct">near</option></options>
        </annotationinput></annotationresponse>"""
    (part,), rows = read(inside)
    assert isinstance(part, Question)
    assert part.prompt == "Say.\n\nA text.\n\nWhat?\n\nTag?"
    assert [option.correct for option in part.options] == [True, False, False]
    assert rows == [("part of the points for “near”", "an answer is right or not")]
    bare = "<annotationresponse><label>Asked?</label><annotationinput><option choice='correct'>here</option></annotationinput></annotationresponse>"
    assert questions(bare)[0].prompt == "Asked?"


def test_hints_and_solutions() -> None:
    inside = f"""{CHOICE.format(asked=LABEL + "<solution>Own.</solution>")}<solution><p>Whole.</p></solution><solution/>
        <demandhint><hint>Look <b>up</b>,</hint><hint><p>or</p><p>down.</p></hint><hint/></demandhint>"""
    asked = question(inside)
    assert asked.hint == "Look **up**, or  down."
    assert asked.feedback == "Own.\n\nWhole."


# Words


def test_words_and_those_that_count_too() -> None:
    inside = f"""<stringresponse answer="cat_or_&lt;i&gt;tom&lt;/i&gt;" type="ci">{LABEL}<additional_answer answer="the cat"/>
        <additional_answer>kitty</additional_answer><textline/></stringresponse>"""
    asked = question(inside)
    assert (asked.kind, asked.accepted) == (QuestionKind.TEXT, ("cat", "<i>tom</i>", "the cat", "kitty"))


def test_a_pattern_is_told() -> None:
    response = f'<stringresponse answer="a.*" type="ci regexp">{LABEL}</stringresponse>'
    assert lost(response)[1:] == ("question “Asked?”", "its answer is a pattern, which cannot be compared here")


@pytest.mark.parametrize(
    ("answer", "kind", "told"), [("Oslo", "", True), ("Oslo", "cs", True), ("Oslo", "ci", False), ("4 2", "", False)]
)
def test_that_capitals_make_no_difference_is_told_where_they_would(answer: str, kind: str, told: bool) -> None:
    _, rows = read(f'<stringresponse answer="{answer}" type="{kind}">{LABEL}</stringresponse>')
    assert rows == ([("the capitals of a right answer", CAPITALS)] if told else [])


def test_what_is_said_to_words_says_to_which() -> None:
    inside = f"""<stringresponse answer="x" type="ci">{LABEL}<correcthint>Yes.</correcthint>
        <additional_answer answer="y"><correcthint>Also.</correcthint></additional_answer>
        <stringequalhint answer="z">No.</stringequalhint></stringresponse><solution>So.</solution>"""
    assert question(inside).feedback == "So.\n\n*If right:* Yes.\n\n*To “z”:* No.\n\n*To “y”:* Also."


# Numbers


def number(answer: str, rest: str = "", attributes: str = "") -> str:
    return f'<numericalresponse answer="{answer}"{attributes}>{LABEL}{rest}<formulaequationinput/></numericalresponse>'


def tolerance(default: str, kind: str = "tolerance") -> str:
    return f'<responseparam type="{kind}" default="{default}"/>'


@pytest.mark.parametrize(
    ("response", "accepted", "within"),
    [
        (number("10"), "10", "0"),
        (number(" 2.50 "), "2.5", "0"),
        (number("50%"), "0.5", "0"),
        (number("1e3"), "1000", "0"),
        (number("[1,3]"), "2", "1"),
        (number("[ 3 , 1 ]"), "2", "1"),
        (number("[-1,2]"), "0.5", "1.5"),
        (number("10", tolerance("0.5")), "10", "0.5"),
        (number("10", tolerance("-0.5")), "10", "0.5"),
        (number("10", tolerance("5%")), "10", "0.5"),
        (number("-10", tolerance("5%")), "-10", "0.5"),
        (number("10", tolerance("much")), "10", "0"),
        (number("10", tolerance("0.5", "range")), "10", "0"),
        (number("[1,3]", tolerance("9")), "2", "1"),
    ],
)
def test_a_number(response: str, accepted: str, within: str) -> None:
    asked = question(response)
    assert (asked.kind, asked.accepted, asked.tolerance) == (QuestionKind.NUMBER, (accepted,), within)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("[1,3]", "[1, 3]"), ("(1,3]", "(1, 3]"), ("[1,3)", "[1, 3)"), ("(3,1]", "[1, 3)"), ("[-1,50%]", "[-1, 0.5]"),
        ("( 1 , 3 )", "(1, 3)"),
    ],
)  # fmt: skip
def test_a_range_is_shown_as_it_was_written(answer: str, said: str) -> None:
    assert question(number(answer)).right_words == said


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ("2*3", "its answer is a calculation, not a plain number"),
        ("[1,x]", "its answer is a calculation, not a plain number"),
        ("Infinity", "its answer is not a plain number"),
        ("1e41", "its answer is not a plain number"),
        ("1e-41", "its answer is not a plain number"),
    ],
)
def test_what_is_no_plain_number_is_told(answer: str, why: str) -> None:
    assert lost(number(answer))[1:] == ("question “Asked?”", why)


def test_the_largest_number() -> None:
    assert question(number("1e40")).accepted == ("1" + "0" * 40,)


def test_several_right_numbers_are_all_right_each_within_the_tolerance() -> None:
    others = '<additional_answer answer="20"/><additional_answer answer="3.0"/>'
    asked = question(number("10", others))
    assert (asked.kind, asked.accepted) == (QuestionKind.NUMBER, ("10", "20", "3"))
    asked = question(number("10", others + tolerance("10%")))
    assert (asked.kind, asked.accepted) == (QuestionKind.NUMBER, ("10", "20", "3"))
    assert asked.ranges == ("10 ± 1", "20 ± 2", "3 ± 0.3")


def test_what_is_said_to_a_number() -> None:
    assert question(number("10", "<correcthint>Ten.</correcthint>")).feedback == "*If right:* Ten."
