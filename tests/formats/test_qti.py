"""Questions of QTI 1.2, an item at a time: as the standard describes them, and as Canvas writes them."""

import pytest

from azora_tui.formats import qti
from azora_tui.formats.composing import CAPITALS, Part
from azora_tui.formats.imported import ImportRefusedError, ImportReport
from azora_tui.formats.safe_xml import read_xml
from azora_tui.models.quizzes import Option, Question, QuestionKind

Row = tuple[str, str]


def fields(**said: str) -> str:
    rows = "".join(
        f"<qtimetadatafield><fieldlabel>{label}</fieldlabel><fieldentry>{entry}</fieldentry></qtimetadatafield>"
        for label, entry in said.items()
    )
    return f"<qtimetadata>{rows}</qtimetadata>"


def material(text: str, texttype: str = "text/plain") -> str:
    return f'<material><mattext texttype="{texttype}">{text}</mattext></material>'


def choices(*texts: str, ident: str = "r", many: bool = False, before: str = "") -> str:
    labels = "".join(
        f'<response_label ident="c{place}">{material(text) if text else ""}</response_label>'
        for place, text in enumerate(texts)
    )
    cardinality = "Multiple" if many else "Single"
    return (
        f'<response_lid ident="{ident}" rcardinality="{cardinality}">{before}<render_choice>{labels}</render_choice>'
        "</response_lid>"
    )


def field(ident: str = "r", fibtype: str = "", before: str = "", tag: str = "response_str") -> str:
    said = f' fibtype="{fibtype}"' if fibtype else ""
    return f'<{tag} ident="{ident}">{before}<render_fib{said}><response_label ident="x"/></render_fib></{tag}>'


def equal(value: str, ident: str = "r", tag: str = "varequal", rest: str = "") -> str:
    return f'<{tag} respident="{ident}"{rest}>{value}</{tag}>'


def condition(
    test: str, points: str = "", *, action: str = "Set", said: tuple[str, ...] = (), goes_on: str = "No"
) -> str:
    setting = f'<setvar action="{action}" varname="SCORE">{points}</setvar>' if points else ""
    links = "".join(f'<displayfeedback feedbacktype="Response" linkrefid="{ident}"/>' for ident in said)
    going = f' continue="{goes_on}"' if goes_on else ""
    return f"<respcondition{going}><conditionvar>{test}</conditionvar>{setting}{links}</respcondition>"


def feedback(*idents: str) -> str:
    return "".join(
        f'<itemfeedback ident="{ident}"><flow_mat>{material(f"Said to {ident}.")}</flow_mat></itemfeedback>'
        for ident in idents
    )


def item(presentation: str, processing: str = "", rest: str = "", *, title: str = "", **said: str) -> str:
    named = f' title="{title}"' if title else ""
    return (
        f'<item ident="i1"{named}><itemmetadata>{fields(**said)}</itemmetadata>'
        f"<presentation>{presentation}</presentation><resprocessing>{processing}</resprocessing>{rest}</item>"
    )


def read(source: str) -> tuple[list[Part], list[Row]]:
    """What comes of an item, and (what, why) of what was not taken."""
    report = ImportReport()
    parts = list(qti.read_item(read_xml(source.encode()), lambda number: f"q{number}", report, "a.xml"))
    assert {row.where for row in report.rows} <= {"a.xml, item i1"}
    return parts, [(row.what, row.why) for row in report.rows]


def question(source: str) -> Question:
    """The one question that comes of an item, whole."""
    (part,), rows = read(source)
    assert isinstance(part, Question)
    assert rows == []
    return part


def lost(source: str) -> tuple[str, str, str]:
    """(the words in its place, which question, why) of an item whose question cannot be taken."""
    (part,), rows = read(source)
    assert isinstance(part, str)
    ((what, why),) = rows
    return part, what, why


def assessment(inside: str) -> str:
    return f"<questestinterop><assessment>{inside}</assessment></questestinterop>"


@pytest.mark.parametrize(
    ("said", "attempts"),
    [
        ("1", 1), ("3", 3), ("999", 999), ("1000", None), ("0", None), ("", None), ("-1", None), ("two", None), ("٣", None), ("²", None),
        ("10000000", None),
    ],
)  # fmt: skip
def test_how_often_an_assessment_may_be_tried(said: str, attempts: int | None) -> None:
    assert qti.max_attempts(read_xml(assessment(fields(cc_maxattempts=said)).encode())) == attempts


def test_an_assessment_has_its_own_settings_and_not_those_of_its_items() -> None:
    inside = item(choices("a"), cc_maxattempts="4")
    assert qti.max_attempts(read_xml(assessment(f"<section>{inside}</section>").encode())) is None
    assert qti.max_attempts(read_xml(assessment(fields(cc_maxattempts="2") + inside).encode())) == 2
    bank = f"<questestinterop><objectbank>{fields(cc_maxattempts='5')}</objectbank></questestinterop>"
    assert qti.max_attempts(read_xml(bank.encode())) == 5
    twice = assessment(fields(cc_maxattempts="2") + fields(cc_maxattempts="3"))
    assert qti.max_attempts(read_xml(twice.encode())) == 2


# What is asked


def test_the_prompt_is_every_material_outside_of_the_answers() -> None:
    source = item(
        f"{material('First.')}<flow>{material('Second.')}</flow>{choices('a', 'b')}{material('Third.')}",
        condition(equal("c0"), "100"),
    )
    asked = question(source)
    assert asked.prompt == "First.\n\nSecond.\n\nThird."
    assert asked.options == (Option("a", True), Option("b", False))
    assert (asked.id, asked.kind) == ("q1", QuestionKind.SINGLE)


def test_without_a_presentation_the_item_itself_asks() -> None:
    source = f'<item ident="i1">{material("Asked?")}{choices("a")}<resprocessing>{condition(equal("c0"), "1")}</resprocessing></item>'
    assert question(source).prompt == "Asked?"


@pytest.mark.parametrize(("title", "prompt"), [("A &lt;i&gt;title&lt;/i&gt;", "A *title*"), ("", "?")])
def test_an_item_that_asks_nothing_has_its_title_to_ask(title: str, prompt: str) -> None:
    assert question(item(choices("a"), condition(equal("c0"), "1"), title=title)).prompt == prompt


@pytest.mark.parametrize(
    ("texttype", "text", "markdown"),
    [
        ("text/html", "&lt;p&gt;a &lt;b&gt;b&lt;/b&gt;&lt;/p&gt;", "a **b**"),
        ("TEXT/HTML", "&lt;i&gt;a&lt;/i&gt;", "*a*"),
        ("text/plain", "&lt;b&gt;a&lt;/b&gt; *", "\\<b>a\\</b> \\*"),
    ],
)
def test_a_text_is_what_it_says_it_is(texttype: str, text: str, markdown: str) -> None:
    assert read(item(material(text, texttype))) == ([markdown], [])


def test_a_text_that_does_not_say_what_it_is_is_html_where_it_closes_an_element() -> None:
    assert read(item("<material><mattext>&lt;b&gt;a&lt;/b&gt;</mattext></material>")) == (["**a**"], [])
    assert read(item("<material><mattext>&lt;b&gt; is a tag</mattext></material>")) == (["\\<b> is a tag"], [])
    assert read(item("<material><matemtext>Loud</matemtext></material>")) == (["Loud"], [])


def test_a_picture_is_its_label_and_without_one_it_is_told() -> None:
    shown, rows = read(item('<material><matimage label="A [map]" uri="a (b)&lt;.png"/></material>'))
    assert (shown, rows) == (["![A \\[map\\]](ab.png)"], [])
    shown, rows = read(item('<material><matimage uri="b.png"/></material>'))
    assert shown == ["![](b.png)"]
    assert rows == [("the picture b.png", "it has no alternative text that could stand for it")]


@pytest.mark.parametrize("tag", ["mataudio", "matvideo", "matapplet", "matapplication"])
def test_a_recording_leaves_its_kind_and_is_told(tag: str) -> None:
    shown, rows = read(item(f'<material><{tag} uri="x.bin"/></material>'))
    assert shown == [f"\\[{tag[3:]}\\]"]
    assert rows == [("a recording or a program, x.bin", "a terminal shows only text")]


def test_what_only_tells_something_is_text() -> None:
    assert read(item(material("Read on."))) == (["Read on."], [])
    assert read(item(material("Read on.") + choices("a"), question_type="text_only_question")) == (["Read on."], [])


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"cc_profile": "cc.essay.v0p1"}, "it is an essay, which only a person can grade"),
        ({"question_type": "essay_question", "cc_profile": "cc.fib.v0p1"}, "it is an essay, which only a person can grade"),
        ({"question_type": "file_upload_question"}, "it asks for a file, which is handed in on a server"),
        ({"question_type": "calculated_question"}, "its values are made by a calculation for each learner"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("answered", ["", field()])
def test_what_only_a_person_or_a_server_can_grade_is_told_and_stays_as_words(
    said: dict[str, str], why: str, answered: str
) -> None:
    solution = f"<itemfeedback ident='s'><solution><solutionmaterial>{material('So.')}</solutionmaterial></solution></itemfeedback>"
    shown, what, because = lost(item(material("Write.") + answered, condition(equal("x"), "1"), solution, **said))
    assert (what, because) == ("question “Write.”", why)
    assert "Write.\n\n::: solution\n\nSo.\n\n:::" in shown
    _, what, _ = lost(item(answered, title="Named", **said))
    assert what == "question “Named”"


def test_an_item_with_several_answers_is_as_many_questions() -> None:
    places = (
        choices("a", "b", ident="r", before=material("Where?"))
        + field(ident="s", before="<material><mattext texttype='text/html'>&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two&lt;/p&gt;</mattext></material>")
        + field(ident="t")
    )  # fmt: skip
    said = condition(equal("c1", "r"), "30", action="Add") + condition(equal("x", "s"), "30", action="Add")
    said += condition(equal("y", "t"), "30", action="Add")
    parts, rows = read(item(material("All of:") + places, said))
    assert rows == []
    first, second, third = (part for part in parts if isinstance(part, Question))
    assert [each.id for each in (first, second, third)] == ["q1", "q2", "q3"]
    assert first.prompt == "All of:\n\n**Where?**"
    assert [option.correct for option in first.options] == [False, True]
    assert second.prompt == "All of:\n\nOne\n\nTwo"
    assert (second.accepted, third.accepted) == (("x",), ("y",))
    assert third.prompt == "All of:"


def test_the_only_answer_s_own_words_are_not_asked_again() -> None:
    asked = question(item(material("Asked.") + field(before=material("Here:")), condition(equal("x"), "1")))
    assert asked.prompt == "Asked."


def test_items_that_repeat_their_text_without_end_are_refused() -> None:
    many = "".join(field(ident=f"r{number}") for number in range(3_000))
    with pytest.raises(ImportRefusedError, match="out of all proportion"):
        read(item(material("word " * 2_000) + many))


# What is right


@pytest.mark.parametrize("tag", ["response_xy", "response_grp"])
def test_a_place_in_a_picture_cannot_be_asked(tag: str) -> None:
    _, what, why = lost(item(material("Where?") + f'<{tag} ident="r"/>', condition(equal("1,2"), "1")))
    assert (what, why) == ("question “Where?”", "its answer is a place in a picture, or a grouping")


def test_options_of_which_none_is_right_are_told_and_stay_as_words() -> None:
    shown, what, why = lost(item(material("Which?") + choices("a", "b"), condition(equal("c0"), "0")))
    assert (what, why) == ("question “Which?”", "none of its options is right")
    assert "- a\n- b" in shown


def test_an_option_without_words_still_stands_there() -> None:
    (asked,), rows = read(item(choices("a", ""), condition(equal("c1"), "1")))
    assert isinstance(asked, Question)
    assert asked.options == (Option("a", False), Option("…", True))
    assert rows == [("an option", "it is empty in the source")]


@pytest.mark.parametrize(
    ("processing", "right"),
    [
        (condition(equal("c1"), "100"), [1]),
        # As Canvas writes several right answers: all of these, and not that.
        (condition(f"<and>{equal('c0')}<not>{equal('c1')}</not>{equal('c2')}</and>", "100"), [0, 2]),
        (condition(f"<or>{equal('c0')}<and>{equal('c2')}</and></or>", "100"), [0, 2]),
        # The fullest of those that set the score, and each of those that add to it.
        (condition(equal("c0"), "50") + condition(equal("c1"), "100") + condition(equal("c2"), "99.5"), [1]),
        (condition(equal("c0"), "50", action="Add") + condition(equal("c1"), "40", action="add"), [0, 1]),
        (condition(equal("c0"), "1", action="Add") + condition(equal("c1"), "-1", action="Add"), [0]),
        (condition(equal("c0"), "1", action="Add") + condition(equal("c1"), "0", action="Add"), [0]),
        (condition(equal("c0"), "5") + condition(equal("c1"), "many"), [0]),
        (condition(equal("c0"), "5") + condition(equal("c1"), "NaN"), [0]),
        (condition(equal("c0"), "5") + condition(equal("c1"), "Infinity"), [0]),
        (condition(equal("c0") + equal("c1", "other"), "100"), [0]),
        (condition(equal("c0") + equal("c1", tag="vargte"), "100"), [0]),
        (condition(equal("c0") + "<unanswered respident='r'/>", "100"), [0]),
        ("<respcondition><conditionvar><varequal respident='r'>c1</varequal></conditionvar><setvar varname='SCORE'>3</setvar>"
         "</respcondition>" + condition(equal("c0"), "2"), [1]),
    ],
)  # fmt: skip
def test_right_is_what_the_best_score_needs(processing: str, right: list[int]) -> None:
    options = question(item(choices("a", "b", "c", many=True), processing)).options
    assert [place for place, option in enumerate(options) if option.correct] == right


def test_words_that_are_right() -> None:
    asked = question(item(field(), condition(f"<or>{equal('tea')}{equal('&lt;i&gt;chai&lt;/i&gt;')}</or>", "100")))
    assert (asked.kind, asked.accepted) == (QuestionKind.TEXT, ("tea", "<i>chai</i>"))


def test_words_are_those_of_this_answer_and_of_right_ones() -> None:
    said = condition(equal("tea"), "100") + condition(equal("water"), "0") + condition(equal("milk", "s"), "100")
    said += condition(equal("t", tag="vargte"), "100") + condition(f"<not>{equal('no')}</not>", "100")
    assert question(item(field(), said)).accepted == ("tea",)


def test_words_without_a_right_one_are_told() -> None:
    _, _, why = lost(item(material("Say.") + field(), condition(equal("a"), "0")))
    assert why == "it names no right answer"


def test_a_pattern_counts_as_its_words_and_is_told() -> None:
    (asked,), rows = read(item(field(), condition(equal("te", tag="varsubstring"), "100")))
    assert isinstance(asked, Question)
    assert asked.accepted == ("te",)
    assert rows == [("the pattern of a right answer", "only just these words count as right here")]


@pytest.mark.parametrize(
    ("word", "case", "told"),
    [("Oslo", "Yes", True), ("Oslo", "yes", True), ("Oslo", "No", False), ("Oslo", "", False), ("42b", "Yes", True), ("4 2!", "Yes", False)],
)  # fmt: skip
def test_that_capitals_make_no_difference_is_told_where_they_would(word: str, case: str, told: bool) -> None:
    said = f' case="{case}"' if case else ""
    _, rows = read(item(field(), condition(equal(word, rest=said), "100")))
    assert rows == ([("the capitals of a right answer", CAPITALS)] if told else [])


NUMERIC = {"question_type": "numerical_question"}


@pytest.mark.parametrize(
    ("test", "accepted", "tolerance"),
    [
        (equal("5"), "5", "0"),
        (equal("−2.50"), "-2.5", "0"),
        (equal("2", tag="vargte") + equal("6", tag="varlte"), "4", "2"),
        (equal("2", tag="vargt") + equal("3", tag="varlt"), "2.5", "0.5"),
        (equal("6", tag="varlte") + equal("2", tag="vargte"), "4", "2"),
        # As Canvas writes it: this number, or within a margin of it.
        (f"<or>{equal('5')}<and>{equal('4.5', tag='vargte')}{equal('5.5', tag='varlte')}</and></or>", "5", "0.5"),
        (equal("7") + equal("1", "other") + equal("2", "other", "vargte") + equal("4", "other", "varlte"), "7", "0"),
        (equal("7") + equal("1", tag="vargte"), "7", "0"),
        (equal("7") + equal("9", tag="varlte"), "7", "0"),
        (equal("7") + equal("9", tag="varsubset"), "7", "0"),
    ],
)
def test_a_number_is_exact_or_the_middle_of_its_range(test: str, accepted: str, tolerance: str) -> None:
    asked = question(item(field(), condition(test, "100"), **NUMERIC))
    assert (asked.kind, asked.accepted, asked.tolerance) == (QuestionKind.NUMBER, (accepted,), tolerance)


@pytest.mark.parametrize("fibtype", ["Decimal", "integer", "SCIENTIFIC"])
def test_a_field_for_numbers_asks_for_a_number(fibtype: str) -> None:
    assert question(item(field(fibtype=fibtype), condition(equal("5"), "1"))).kind is QuestionKind.NUMBER


def test_which_fields_ask_for_numbers() -> None:
    said = condition(equal("5"), "1")
    assert question(item(field(tag="response_num"), said)).kind is QuestionKind.NUMBER
    assert question(item('<response_str ident="r"/>', said)).kind is QuestionKind.TEXT
    assert question(item(field(fibtype="String"), said)).kind is QuestionKind.TEXT
    assert question(item(field(), said)).kind is QuestionKind.TEXT


@pytest.mark.parametrize(
    ("processing", "why"),
    [
        (condition(equal("1", tag="vargte"), "100"), "it names no right answer"),
        (condition(equal("1", tag="varlte"), "100"), "it names no right answer"),
        (condition(equal("1"), "0"), "it names no right answer"),
        (condition(equal("pi"), "100"), "its answer is not a plain number"),
    ],
)
def test_a_number_that_is_not_said_is_told(processing: str, why: str) -> None:
    assert lost(item(material("How many?") + field(), processing, **NUMERIC))[1:] == ("question “How many?”", why)


# What is said to whom


def test_hints_stand_with_the_question_on_one_line() -> None:
    hints = f"<itemfeedback ident='h'><hint><hintmaterial>{material('Look  up')}</hintmaterial><hintmaterial/></hint>"
    hints += f"<hint><hintmaterial>{material('or down.')}</hintmaterial></hint><hint/></itemfeedback>"
    asked = question(item(field(), condition(equal("x"), "1"), hints))
    assert asked.hint == "Look up or down."


def test_what_is_said_to_an_option_stands_at_it() -> None:
    said = condition(equal("c0"), said=("zero",), goes_on="Yes") + condition(equal("c1"), "100", said=("one",))
    asked = question(item(choices("a", "b", "c"), said, feedback("zero", "one")))
    assert [option.feedback for option in asked.options] == ["Said to zero.", "Said to one.", ""]
    assert asked.feedback == ""


def test_what_is_said_to_an_option_of_another_answer_does_not_stand_at_it() -> None:
    said = condition(equal("c0", "other"), said=("zero",), goes_on="Yes") + condition(equal("c1"), "100")
    assert [option.feedback for option in question(item(choices("a", "b"), said, feedback("zero"))).options] == ["", ""]


def test_what_is_said_to_several_options_at_once() -> None:
    either = condition(f"<or>{equal('c0')}{equal('c2')}</or>", said=("either",), goes_on="Yes")
    both = condition(equal("c0") + equal("c2"), said=("both",), goes_on="Yes")
    asked = question(
        item(choices("a", "b", "c"), either + both + condition(equal("c1"), "1"), feedback("either", "both"))
    )
    assert [option.feedback for option in asked.options] == ["Said to either.", "", "Said to either."]


def test_what_is_said_to_right_and_wrong_answers_stands_at_the_options() -> None:
    said = condition(f"<and>{equal('c0')}{equal('c1')}</and>", "100", said=("right",)) + condition(
        "<other/>", said=("wrong",)
    )
    asked = question(item(choices("a", "b", "c", many=True), said, feedback("right", "wrong")))
    assert [option.feedback for option in asked.options] == ["Said to right.", "Said to right.", "Said to wrong."]
    assert asked.feedback == ""


def test_with_several_answers_what_is_said_goes_into_words() -> None:
    said = condition(equal("c0", "r") + equal("x", "s"), "100", said=("right",)) + condition(
        "<other/>", said=("wrong",)
    )
    parts, _ = read(item(choices("a", "b") + field(ident="s"), said, feedback("right", "wrong")))
    first, second = (part for part in parts if isinstance(part, Question))
    assert first.feedback == second.feedback == "*If right:* Said to right.\n\n*If wrong:* Said to wrong."
    assert [option.feedback for option in first.options] == ["", ""]


def test_what_is_said_to_words_says_to_which() -> None:
    said = condition(equal("tea"), "100", said=("right",)) + condition(equal("milk"), said=("milk",), goes_on="Yes")
    asked = question(item(field(), said + condition("<other/>", said=("wrong",)), feedback("right", "milk", "wrong")))
    assert asked.feedback == ("*If right:* Said to right.\n\n*If wrong:* Said to wrong.\n\n*To “milk”:* Said to milk.")


def test_the_rest_is_wrong_only_after_a_condition_that_ends_with_the_points() -> None:
    right, rest = condition(equal("x"), "1"), condition("<other/>", said=("rest",))
    assert question(item(field(), right + rest, feedback("rest"))).feedback == "*If wrong:* Said to rest."
    assert question(item(field(), rest + right, feedback("rest"))).feedback == "Said to rest."
    goes_on = condition(equal("x"), "1", goes_on="Yes")
    assert question(item(field(), goes_on + rest, feedback("rest"))).feedback == "Said to rest."
    unsaid = condition(equal("x"), "1", goes_on="")  # the standard: a condition ends where it does not say otherwise
    assert question(item(field(), unsaid + rest, feedback("rest"))).feedback == "*If wrong:* Said to rest."
    pointless = condition(equal("y"), "0")
    assert question(item(field(), pointless + rest + goes_on, feedback("rest"))).feedback == "Said to rest."


def test_the_rest_is_wrong_where_its_feedback_is_called_so() -> None:
    named = condition("<other/>", said=("general_incorrect_fb",), goes_on="Yes")
    source = item(field(), named + condition(equal("x"), "1"), feedback("general_incorrect_fb"))
    assert question(source).feedback == "*If wrong:* Said to general_incorrect_fb."
    both = condition(equal("y"), said=("incorrect",), goes_on="Yes") + condition(equal("x"), "1")
    assert question(item(field(), both, feedback("incorrect"))).feedback == "*To “y”:* Said to incorrect."


def test_what_is_said_to_everybody_is_said_once_with_the_solution() -> None:
    solution = f"<itemfeedback ident='s'><solution><solutionmaterial>{material('So.')}</solutionmaterial></solution></itemfeedback>"
    everybody = condition("<other/>", said=("all",), goes_on="Yes")
    asked = question(item(field(), everybody * 2 + condition(equal("x"), "1"), feedback("all") + solution))
    assert asked.feedback == "Said to all.\n\nSo."


def test_a_link_that_leads_nowhere_says_nothing() -> None:
    assert question(item(field(), condition(equal("x"), "1", said=("nowhere",)))).feedback == ""
