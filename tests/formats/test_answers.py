"""Answers are words and options show what was written, in every format that has them; and what is no choice is told."""

from dataclasses import replace
from xml.sax.saxutils import escape, quoteattr

import pytest

from azora_tui.formats import gift, liascript, olx_problem, qti
from azora_tui.formats.answers import answer_words, literal_signs
from azora_tui.formats.archives import Tree
from azora_tui.formats.composing import Part, as_words, compose
from azora_tui.formats.imported import ImportReport
from azora_tui.formats.quiz import read_quiz
from azora_tui.formats.quiz_writing import spoken
from azora_tui.formats.safe_xml import read_xml
from azora_tui.lms.grading import is_right
from azora_tui.models.quizzes import Option, Question, QuestionKind
from tests.formats.test_qti import choices, condition, equal, field, item, material

Made = tuple[list[Question], ImportReport, str]


def of_gift(text: str) -> Made:
    report = ImportReport()
    imported = gift.read(Tree("x", {"x.gift": text.encode()}, {}), report)
    content = imported.course.lessons[0].content
    found = read_quiz(content)
    return list(found.questions if found else ()), report, content


def of_lia(text: str) -> Made:
    report = ImportReport()
    tree = Tree("x", {"README.md": f"<!--\nauthor: A\nlanguage: en\nversion: 1.0\n-->\n\n{text}".encode()}, {})
    content = liascript.read(tree, report).course.lessons[0].content
    found = read_quiz(content)
    return list(found.questions if found else ()), report, content


def of_olx(problem: str) -> Made:
    report = ImportReport()
    root = read_xml(problem.encode())
    return composed(olx_problem.read_problem(root, lambda number: f"q{number}", report, "here"), report)


def of_qti(source: str) -> Made:
    report = ImportReport()
    parts = qti.read_item(read_xml(source.encode()), lambda number: f"q{number}", report, "here")
    return composed(parts, report)


def composed(parts: object, report: ImportReport) -> Made:
    content = compose(list(parts), report, "here")  # type: ignore[call-overload]
    found = read_quiz(content)
    return list(found.questions if found else ()), report, content


def gift_escaped(text: str) -> str:
    return "".join(f"\\{sign}" if sign in "~=#{}:" else sign for sign in text)


WRITTEN = ["List<String>", "<p>", "<i>chai</i>", "a < b", "x<y and z>w", "a & b", "<br/>", "AT&T"]


@pytest.mark.parametrize("word", WRITTEN)
def test_a_written_answer_keeps_its_signs(word: str) -> None:
    gift_text = f"Write it. {{={gift_escaped(word)}}}"
    olx = f"<problem><stringresponse answer={quoteattr(word)}><label>Write it.</label><textline/></stringresponse></problem>"
    olx_more = (
        "<problem><stringresponse answer='other'><label>Write it.</label>"
        f"<additional_answer answer={quoteattr(word)}/><textline/></stringresponse></problem>"
    )
    qti_text = item(material("Write it.") + field(), condition(equal(escape(word)), "100"))
    for questions, _, _ in (of_gift(gift_text), of_olx(olx), of_olx(olx_more), of_qti(qti_text)):
        (asked,) = questions
        assert asked.accepted[-1] == word
        assert is_right(asked, word)


@pytest.mark.parametrize(
    ("written", "word"), [("&lt;p&gt;", "<p>"), ("R&amp;D", "R&D"), ("caf&eacute;", "café"), ("&#8364;", "€")]
)
def test_entities_in_a_written_answer_are_resolved(written: str, word: str) -> None:
    gift_text = f"Write it. {{={gift_escaped(written)}}}"
    olx = f"<problem><stringresponse answer={quoteattr(written)}><label>W</label><textline/></stringresponse></problem>"
    qti_text = item(material("Write it.") + field(), condition(equal(escape(written)), "100"))
    for questions, _, _ in (of_gift(gift_text), of_olx(olx), of_qti(qti_text)):
        assert questions[0].accepted == (word,)


@pytest.mark.parametrize("mark", ["plain", "html", "markdown", "moodle"])
def test_a_short_answer_in_gift_loses_the_mark_of_its_format(mark: str) -> None:
    questions, _, _ = of_gift(
        f"Capital? {{=[{mark}]Paris =%100%[{mark}]Paname ~%0%[{mark}]Lyon}}".replace("~%0%", "=%0%")
    )
    assert questions[0].accepted == ("Paris", "Paname")


SHOWN = [
    ("List<String>", "List<Integer>"),
    ("<p>", "<br>"),
    ("<p></p>", "<div></div>"),
    ("a < b", "a > b"),
    ("The <title> element", "The <table> element"),
    ("<script>alert(1)</script>", "<style>p</style>"),
    ("<input type='text'>", "<img>"),
    ("<hr>", "<wbr>"),
    ("<b>x</b>", "<strong>x</strong>"),
    ("vector<int>", "vector<b>"),
]


def words_of(questions: list[Question]) -> list[str]:
    (asked,) = questions
    return [spoken(option.text) for option in asked.options]


@pytest.mark.parametrize(("right", "wrong"), SHOWN)
def test_an_option_shows_what_was_written(right: str, wrong: str) -> None:
    gift_text = f"Which? {{={gift_escaped(right)} ~{gift_escaped(wrong)}}}"
    labels = "".join(
        f'<response_label ident="c{place}"><material><mattext texttype="{kind}">{escape(text)}</mattext></material>'
        "</response_label>"
        for place, (text, kind) in enumerate([(right, "text/html"), (wrong, "text/html")])
    )
    plain = labels.replace("text/html", "text/plain")
    for held in (labels, plain):
        response = f'<response_lid ident="r" rcardinality="Single"><render_choice>{held}</render_choice></response_lid>'
        made = of_qti(item(material("Which?") + response, condition(equal("c0"), "100")))
        assert words_of(made[0]) == [right, wrong]
    made = of_gift(gift_text)
    assert words_of(made[0]) == [right, wrong]
    dropdown = (
        f"<problem><optionresponse><label>Which?</label><optioninput options={quoteattr(repr((right, wrong)))}"
        f" correct={quoteattr(right)}/></optionresponse></problem>"
    )
    assert words_of(of_olx(dropdown)[0]) == [right, wrong]
    written = (
        "<problem><multiplechoiceresponse><label>Which?</label><choicegroup>"
        f"<choice correct='true'>{escape(right)}</choice><choice correct='false'>{escape(wrong)}</choice>"
        "</choicegroup></multiplechoiceresponse></problem>"
    )
    assert words_of(of_olx(written)[0]) == [right, wrong]


def test_an_option_that_is_markup_is_shown_as_markup() -> None:
    (asked,), report, _ = of_gift("Which? {=<p>A <b>big</b> <br> one</p> ~<em>Small</em> &lt; one}")
    assert [option.text for option in asked.options] == ["A **big**\n one", "*Small* \\< one"]
    assert report.rows == ()


def test_an_element_of_which_nothing_is_left_in_olx_is_shown_as_it_was_written() -> None:
    problem = (
        "<problem><multiplechoiceresponse><label>Which?</label><choicegroup><choice correct='true'><hr/></choice>"
        "<choice correct='false'>none</choice></choicegroup></multiplechoiceresponse></problem>"
    )
    assert words_of(of_olx(problem)[0]) == ["<hr>", "none"]


def test_an_option_that_is_empty_in_the_source_is_told() -> None:
    row = ("an option", "it is empty in the source")
    for questions, report, _ in (
        of_gift("Which? {=a ~}"),
        of_qti(item(material("Which?") + choices("a", ""), condition(equal("c0"), "100"))),
    ):
        assert [option.text for option in questions[0].options] == ["a", "…"]
        assert row in {(each.what, each.why) for each in report.rows}


def test_a_prompt_in_gift_keeps_what_is_no_markup() -> None:
    (asked,), _, _ = of_gift("What does List<String> hold, and is a < b? {=strings ~numbers}")
    assert spoken(asked.prompt) == "What does List<String> hold, and is a < b?"
    (asked,), _, _ = of_gift("<p>What does a List<S> hold?<p>Say. {=strings ~numbers}")
    assert spoken(asked.prompt) == "What does a List<S> hold? Say."


def test_what_is_a_sign_and_what_is_markup() -> None:
    assert literal_signs("<b>a</b> <T> a<b") == "<b>a</b> &lt;T> a&lt;b"
    assert literal_signs("<p>a <!-- c --> <p>b <br>") == "<p>a <!-- c --> <p>b <br>"
    assert literal_signs("<p>a <!-- c --> <p>b <br>", paired=True) == "&lt;p>a <!-- c --> &lt;p>b <br>"
    assert literal_signs("<b>a</b></i><I>b</i>", paired=True) == "<b>a</b>&lt;/i><I>b</i>"
    assert literal_signs("< b> <1> </ p>") == "&lt; b> &lt;1> &lt;/ p>"


def test_words_of_an_answer_have_one_line_and_no_control_characters() -> None:
    assert answer_words(" a \n b&nbsp;c&#27;d &unknown; &amp;lt; &copy") == "a b cd &unknown; &lt; &copy"


# Several blanks, as Canvas has them


def blanks(prompt: str, **accepted: tuple[str, ...]) -> str:
    responses, said = "", ""
    for name, words in accepted.items():
        labels = "".join(
            f'<response_label ident="{name}{place}">{material(escape(word))}</response_label>'
            for place, word in enumerate(words)
        )
        responses += f'<response_lid ident="response_{name}">{material(name)}<render_choice>{labels}</render_choice></response_lid>'
        said += condition(equal(f"{name}0", f"response_{name}"), "50", action="Add")
    return item(material(prompt, "text/html") + responses, said, question_type="fill_in_multiple_blanks_question")


def test_several_blanks_are_a_written_question_each_with_every_accepted_answer() -> None:
    source = blanks(
        "&lt;p&gt;Roses are [color_1], violets are [b].&lt;/p&gt;", color_1=("red", "crimson", "List<R>"), b=("blue",)
    )
    (first, second), report, content = of_qti(source)
    assert (first.kind, first.accepted) == (QuestionKind.TEXT, ("red", "crimson", "List<R>"))
    assert (second.kind, second.accepted) == (QuestionKind.TEXT, ("blue",))
    assert spoken(first.prompt) == "Roses are ____, violets are [b]."
    assert spoken(second.prompt) == "Roses are [color_1], violets are ____."
    assert report.rows == ()
    assert "[x]" not in content


def test_one_blank_of_several_words_is_a_written_question_too() -> None:
    (asked,), _, _ = of_qti(blanks("The sea is [c].", c=("blue", "azure")))
    assert (asked.kind, asked.accepted, spoken(asked.prompt)) == (
        QuestionKind.TEXT,
        ("blue", "azure"),
        "The sea is ____.",
    )


def test_a_blank_that_stands_nowhere_in_the_prompt_is_named() -> None:
    (first, second), _, _ = of_qti(blanks("Fill in.", a=("x",), b=("y",)))
    assert (spoken(first.prompt), spoken(second.prompt)) == ("Fill in. a", "Fill in. b")


def test_fields_that_are_named_in_the_prompt_have_their_blanks_there() -> None:
    said = condition(equal("red", "a1"), "50", action="Add") + condition(equal("blue", "b"), "50", action="Add")
    source = item(material("Roses are [a1], violets are [b].") + field("a1") + field("b"), said)
    (first, second), _, _ = of_qti(source)
    assert spoken(first.prompt) == "Roses are ____, violets are [b]."
    assert spoken(second.prompt) == "Roses are [a1], violets are ____."


def test_numbers_in_blanks_are_numbers() -> None:
    (asked,), _, _ = of_qti(blanks("Two and two are [n].", n=("4",)))
    assert is_right(asked, "4.0")


def test_what_is_said_to_an_answer_in_a_blank_names_the_answer() -> None:
    said = condition(equal("a1", "response_a"), said=("fb",), goes_on="Yes")
    feedback = f'<itemfeedback ident="fb"><flow_mat>{material("Said.")}</flow_mat></itemfeedback>'
    source = blanks("Fill in [a].", a=("x", "y")).replace("<resprocessing>", f"<resprocessing>{said}")
    (asked,), _, _ = of_qti(source.replace("</item>", f"{feedback}</item>"))
    assert asked.feedback == "*To “y”:* Said."


def test_a_blank_without_an_answer_is_told() -> None:
    questions, report, content = of_qti(blanks("Fill in [a] and [b].", a=(), b=("y",)))
    assert [question.accepted for question in questions] == [("y",)]
    assert [row.why for row in report.rows] == ["it names no right answer"]
    assert "**Here stood a question.**" in content


# No choice that is none


def choice(*options: tuple[str, bool], kind: QuestionKind = QuestionKind.SINGLE) -> Question:
    return Question("q", kind, "Which?", tuple(Option(text, correct) for text, correct in options))


@pytest.mark.parametrize(
    ("question", "why"),
    [
        (choice(("only", True)), "it has only one option"),
        (choice(("only", True), kind=QuestionKind.MULTIPLE), "it has only one option"),
        (choice(("only", False)), "none of its options is right"),
        (choice(("a", False), ("b", False)), "none of its options is right"),
        (choice(("a", True), ("b", True)), "none of its options is wrong, and one is to be chosen"),
        (choice(("a", True), ("a", False), ("b", False)), "two of its options read the same, and only one of them is right"),
        (choice(("![](x)", True), ("![](y)", False)), None),
        (choice(("a", True), ("b", True), kind=QuestionKind.MULTIPLE), None),
        (choice(("a", True), ("b", True), ("c", False)), None),
        (choice(("a", True), ("b", False), ("b", False)), None),
        (Question("q", QuestionKind.TEXT, "Which?", accepted=("a",)), None),
        (Question("q", QuestionKind.TEXT, "Which?", accepted=("a" * 1_000, "b" * 1_001)), None),
        (Question("q", QuestionKind.TEXT, "Which?", accepted=("b" * 1_001,)), "its answer is longer than any that is taken"),
    ],
)  # fmt: skip
def test_a_choice_that_is_none_stands_there_as_words_and_is_told(question: Question, why: str | None) -> None:
    parts: list[Part] = [question, replace(question, id="q2", kind=QuestionKind.TEXT, options=(), accepted=("x",))]
    questions, report, content = composed(parts, ImportReport())
    assert [(row.what, row.why) for row in report.rows] == ([] if why is None else [("question “Which?”", why)])
    assert [each.id for each in questions] == (["q", "q2"] if why is None else ["q2"])
    assert ("**Here stood a question.**" in content) == (why is not None)


@pytest.mark.parametrize("many", [True, False])
def test_all_options_may_be_right_where_several_may_be_chosen(many: bool) -> None:
    both = condition(f"<or>{equal('c0')}{equal('c1')}</or>", "100")
    questions, _, _ = of_qti(item(material("Which?") + choices("a", "b", many=many), both))
    assert len(questions) == many
    tag, group = ("choiceresponse", "checkboxgroup") if many else ("multiplechoiceresponse", "choicegroup")
    questions, _, _ = of_olx(
        f"<problem><{tag}><label>W</label><{group}><choice correct='true'>a</choice><choice correct='true'>b</choice>"
        f"</{group}></{tag}></problem>"
    )
    assert len(questions) == many
    answers = "~%50%a ~%50%b" if many else "~%100%a =b"
    questions, _, _ = of_gift(f"Which? {{{answers}}}")
    assert len(questions) == many
    box = "[[X]]" if many else "[(X)]"
    questions, _, _ = of_lia(f"# One\n\nWhich?\n\n{box} a\n{box} b\n")
    assert len(questions) == many


def test_choices_of_one_are_told_in_every_format() -> None:
    dropdown = "<problem><optionresponse><label>W</label><optioninput options=\"('a')\" correct='a'/></optionresponse></problem>"
    for questions, report, _ in (
        of_gift("Which? {~%100%a}"),
        of_gift("Match {=x -> a =y -> a}"),
        of_olx(dropdown),
        of_qti(item(material("Which?") + choices("a"), condition(equal("c0"), "100"))),
    ):
        assert questions == []
        assert "it has only one option" in {row.why for row in report.rows}


def test_parts_to_match_that_share_an_answer_are_answered_by_its_words() -> None:
    """Canvas writes the right answer of each pair as an option of its own, also where two pairs have the same."""
    said = condition(equal("c0", "r"), "50", action="Add") + condition(equal("c1", "s"), "50", action="Add")
    source = item(
        material("Match.") + choices("bird", "bird", "fish", ident="r", before=material("jay"))
        + choices("bird", "bird", "fish", ident="s", before=material("owl")), said, question_type="matching_question",
    )  # fmt: skip
    questions, report, _ = of_qti(source)
    assert [[(o.text, o.correct) for o in each.options] for each in questions] == [
        [("bird", True), ("fish", False)]
    ] * 2
    assert report.rows == ()


@pytest.mark.parametrize(("one", "two"), [("<p>", "<br>"), ("List<R>", "List<S>"), ("<b>x</b>", "<strong>x</strong>")])
def test_parts_to_match_show_what_was_written(one: str, two: str) -> None:
    pairs = [(one, "first"), (two, "second")]
    sides = [("first", one), ("second", two)]
    for given in (pairs, sides):
        text = " ".join(f"={gift_escaped(left)} -> {gift_escaped(right)}" for left, right in given)
        questions, report, _ = of_gift(f"Match. {{{text}}}")
        assert [spoken(each.prompt).removeprefix("Match. ") for each in questions] == [left for left, _ in given]
        assert [spoken(each.right_words) for each in questions] == [right for _, right in given]
        assert report.rows == ()
    said = condition(equal("c0", "r"), "50", action="Add") + condition(equal("c1", "s"), "50", action="Add")
    responses = choices("first", "second", ident="r", before=material(escape(one), "text/html")) + choices(
        "first", "second", ident="s", before=material(escape(two), "text/html")
    )
    questions, _, _ = of_qti(item(material("Match.") + responses, said, question_type="matching_question"))
    assert [spoken(each.prompt).removeprefix("Match. ") for each in questions] == [one, two]


# What cannot be asked keeps its hints


def test_hints_of_what_cannot_be_asked_go_with_its_solution() -> None:
    shown = as_words(Question("q", QuestionKind.TEXT, "Why?", hint="Think.", feedback="So."), "it is lost")
    assert "::: solution\n\n*Hint:* Think.\n\nSo.\n\n:::" in shown
    assert "*Hint:* Think." in as_words(Question("q", QuestionKind.TEXT, "Why?", hint="Think."), "it is lost")


def test_hints_of_what_cannot_be_asked_are_kept_in_every_format() -> None:
    hint = f"<itemfeedback ident='h'><hint><hintmaterial>{material('Think.')}</hintmaterial></hint></itemfeedback>"
    hints = "<demandhint><hint>Think.</hint></demandhint>"
    for questions, _, content in (
        of_qti(item(material("Why?") + field(), "", hint, question_type="essay_question")),
        of_qti(item(material("Why?") + field(), condition(equal("x"), "0"), hint)),
        of_gift("// hint: Think.\nWhy? {}"),
        of_gift("// hint: Think.\nWhy? {=open"),
        of_lia("# One\n\nWhy?\n\n- [( )] a\n- [( )] b\n- [[?]] Think.\n"),
        of_olx(f"<problem><p>Why?</p><customresponse><textline/></customresponse>{hints}</problem>"),
        of_olx(f"<problem><p>Why?</p><solution>So.</solution>{hints}</problem>"),
    ):
        assert questions == []
        assert "::: solution\n\n*Hint:* Think." in content
    assert "So." in content
