"""What Canvas adds to a cartridge: banks that quizzes draw from, what is published, what a quiz says before it."""

import pytest

from azora_tui.formats.archives import Tree
from azora_tui.formats.imported import Imported, ImportRefusedError
from azora_tui.formats.quiz import read_quiz
from azora_tui.formats.registry import read_course_in
from tests.formats.test_qti import choices, condition, equal, fields, material

Files = dict[str, str]

PAGE = """<html><head><title>{title}</title><meta name="workflow_state" content="{state}"/></head>
<body><p>Words of {title}.</p></body></html>"""


def item(ident: str, right: str = "c1") -> str:
    asked = f"<presentation>{material(f'Asked {ident}?')}{choices('no', 'yes')}</presentation>"
    return f'<item ident="{ident}">{asked}<resprocessing>{condition(equal(right), "100")}</resprocessing></item>'


def assessment(inside: str, ident: str = "quiz", title: str = "A quiz") -> str:
    return (
        f'<questestinterop><assessment ident="{ident}" title="{title}"><section ident="root_section">{inside}</section>'
        "</assessment></questestinterop>"
    )


def draw(number: int | str, bank: str = "", inside: str = "", ident: str = "group") -> str:
    source = f"<sourcebank_ref>{bank}</sourcebank_ref>" if bank else ""
    return (
        f'<section ident="{ident}" title="A group"><selection_ordering><selection>{source}'
        f"<selection_number>{number}</selection_number></selection></selection_ordering>{inside}</section>"
    )


def bank(*idents: str, ident: str = "b1", title: str = "Reeds") -> str:
    return (
        f'<questestinterop><objectbank ident="{ident}">{fields(bank_title=title)}{"".join(map(item, idents))}</objectbank>'
        "</questestinterop>"
    )


def quiz(ident: str, *, meta: str = "", title: str = "") -> Files:
    """A resource of the manifest, as a name, with its meta file."""
    return {f"{ident}/assessment_meta.xml": f"<quiz identifier='{ident}'><title>{title}</title>{meta}</quiz>"}


def resource(ident: str, kind: str, *files: str, needs: str = "") -> str:
    held = "".join(f'<file href="{name}"/>' for name in files)
    dependency = f'<dependency identifierref="{needs}"/>' if needs else ""
    return f'<resource identifier="{ident}" type="{kind}">{held}{dependency}</resource>'


META = "associatedcontent/imscc_xmlv1p1/learning-application-resource"
QUIZ = "imsqti_xmlv1p2/imscc_xmlv1p1/assessment"


def quiz_resources(ident: str, *more: str) -> str:
    return resource(ident, QUIZ, f"{ident}/assessment_qti.xml", needs=f"{ident}-meta") + resource(
        f"{ident}-meta", META, f"{ident}/assessment_meta.xml", f"non_cc_assessments/{ident}.xml.qti", *more
    )


def bank_resource(ident: str) -> str:
    return resource(ident, META, f"non_cc_assessments/{ident}.xml.qti")


def manifest(resources: str, items: str = "") -> str:
    return (
        f'<manifest identifier="m"><organizations><organization identifier="o"><item identifier="root">{items}</item>'
        f"</organization></organizations><resources>{resources}</resources></manifest>"
    )


def read(files: Files) -> Imported:
    return read_course_in(Tree("small", {name: text.encode() for name, text in files.items()}, {}))


def asked(imported: Imported) -> dict[str, list[str]]:
    """The prompts of each lesson's quiz."""
    return {
        lesson.title: [question.prompt for question in found.questions]
        for lesson in imported.course.lessons
        if (found := read_quiz(lesson.content))
    }


def told(imported: Imported) -> set[tuple[str, str]]:
    return {(row.what, row.why) for row in imported.skipped}


def rows(imported: Imported) -> set[tuple[str, str, str]]:
    return {(row.where, row.what, row.why) for row in imported.skipped}


ALL = "all of them are asked"


# Banks


def test_the_questions_of_a_bank_stand_in_the_quiz_that_draws_from_it_in_its_place() -> None:
    inside = item("first") + draw(2, "b1") + item("last")
    imported = read({
        "imsmanifest.xml": manifest(quiz_resources("quiz") + bank_resource("b1")),
        "quiz/assessment_qti.xml": assessment(""),
        "non_cc_assessments/quiz.xml.qti": assessment(inside),
        "non_cc_assessments/b1.xml.qti": bank("x", "y", "z"),
    })  # fmt: skip
    assert asked(imported) == {"A quiz": ["Asked first?", "Asked x?", "Asked y?", "Asked z?", "Asked last?"]}
    assert imported.questions == 5
    assert told(imported) == {("a random choice of 2 of 3 questions from the bank “Reeds”", ALL)}


def test_a_quiz_that_asks_all_of_a_bank_leaves_nothing_to_tell() -> None:
    imported = read({
        "imsmanifest.xml": manifest(quiz_resources("quiz") + bank_resource("b1")),
        "quiz/assessment_qti.xml": assessment(draw(2, "b1")),
        "non_cc_assessments/b1.xml.qti": bank("x", "y"),
    })  # fmt: skip
    assert asked(imported) == {"A quiz": ["Asked x?", "Asked y?"]}
    assert told(imported) == set()


def test_a_bank_is_found_by_its_own_id_whatever_its_file_is_called() -> None:
    imported = read({
        "imsmanifest.xml": manifest(quiz_resources("quiz") + resource("r", META, "banks/one.xml")),
        "quiz/assessment_qti.xml": assessment(draw(1, "b1")),
        "banks/one.xml": bank("x", ident="b1"),
    })  # fmt: skip
    assert asked(imported) == {"A quiz": ["Asked x?"]}


def test_banks_in_one_file_and_beside_the_assessment_are_told_apart() -> None:
    def inside(whole: str) -> str:
        return whole.removeprefix("<questestinterop>").removesuffix("</questestinterop>")

    two = f"<questestinterop>{inside(bank('x', ident='b1'))}{inside(bank('y', ident='b2'))}</questestinterop>"
    own = assessment(draw(1, "b2") + draw(1, "b3")).replace("</questestinterop>", inside(bank("z", ident="b3")))
    imported = read({
        "imsmanifest.xml": manifest(quiz_resources("quiz") + bank_resource("b1")),
        "quiz/assessment_qti.xml": f"{own}</questestinterop>",
        "non_cc_assessments/b1.xml.qti": two,
    })  # fmt: skip
    assert asked(imported) == {"A quiz": ["Asked y?", "Asked z?"]}
    assert told(imported) == set()


def test_a_bank_that_two_quizzes_draw_from_is_asked_in_both_and_once_in_each() -> None:
    resources = quiz_resources("one") + quiz_resources("two") + bank_resource("b1")
    files = {
        "imsmanifest.xml": manifest(resources),
        "one/assessment_qti.xml": assessment(draw(1, "b1", ident="g1") + draw(1, "b1", ident="g2"), "one", "One"),
        "two/assessment_qti.xml": assessment(draw(2, "b1"), "two", "Two"),
        "non_cc_assessments/b1.xml.qti": bank("x", "y"),
    }
    imported = read(files)
    assert asked(imported) == {"One": ["Asked x?", "Asked y?"], "Two": ["Asked x?", "Asked y?"]}
    ids = {
        lesson.title: [question.id for question in found.questions]
        for lesson in imported.course.lessons
        if (found := read_quiz(lesson.content))
    }
    assert len({*ids["One"], *ids["Two"]}) == 4
    # A quiz that came before does not change the ids of this one.
    alone = read({**files, "imsmanifest.xml": manifest(quiz_resources("two") + bank_resource("b1"))})
    (lesson,) = alone.course.lessons
    found = read_quiz(lesson.content)
    assert found is not None
    assert [question.id for question in found.questions] == ids["Two"]


@pytest.mark.parametrize(
    ("held", "why"),
    [
        ({}, "the export does not hold the bank"),
        ({"non_cc_assessments/b1.xml.qti": bank()}, "the bank holds no question"),
        ({"non_cc_assessments/b1.xml.qti": "<questestinterop><objectbank ident='b1'>"}, "the export does not hold the bank"),
    ],
)  # fmt: skip
def test_a_bank_without_questions_is_told_and_leaves_a_note(held: Files, why: str) -> None:
    imported = read({
        "imsmanifest.xml": manifest(quiz_resources("quiz") + bank_resource("b1")),
        "quiz/assessment_qti.xml": assessment(item("own") + draw(3, "b1")),
        **held,
    })  # fmt: skip
    assert asked(imported) == {"A quiz": ["Asked own?"]}
    assert ("3 questions from a bank", why) in told(imported)
    (lesson,) = imported.course.lessons
    assert "**Here stood 3 questions from a bank.**" in lesson.content
    assert not any(ALL in row for row in told(imported))


def test_a_random_choice_of_questions_of_its_own_is_told() -> None:
    imported = read({
        "imsmanifest.xml": manifest(quiz_resources("quiz")),
        "quiz/assessment_qti.xml": assessment(draw(1, inside=item("x") + item("y")) + draw(1, inside=item("z"))),
    })  # fmt: skip
    assert asked(imported) == {"A quiz": ["Asked x?", "Asked y?", "Asked z?"]}
    assert told(imported) == {("a random choice of 1 of 2 questions", ALL)}


def test_of_a_bank_that_no_quiz_draws_from_just_that_is_said() -> None:
    imported = read({
        "imsmanifest.xml": manifest(quiz_resources("quiz") + bank_resource("b1") + bank_resource("b2")),
        "quiz/assessment_qti.xml": assessment(draw(1, "b1")),
        "non_cc_assessments/b1.xml.qti": bank("x"),
        "non_cc_assessments/b2.xml.qti": bank("y", "z", ident="b2"),
    })  # fmt: skip
    name = "non_cc_assessments/b2.xml.qti"
    assert rows(imported) == {
        (name, "a resource", "it is a bank of questions, and no quiz that was taken draws from it")
    }


def test_a_large_bank_that_many_quizzes_draw_from_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("azora_tui.formats.imported._MAX_REPEATED", 10_000)
    names = [f"q{number}" for number in range(30)]
    files = {f"{name}/assessment_qti.xml": assessment(draw(1, "b1"), name) for name in names}
    files["non_cc_assessments/b1.xml.qti"] = bank(*(f"item{number}" for number in range(30)))
    files["imsmanifest.xml"] = manifest("".join(map(quiz_resources, names)) + bank_resource("b1"))
    with pytest.raises(ImportRefusedError, match="out of all proportion"):
        read(files)


# What is published

UNPUBLISHED = "it is not published in the course it comes from"


def course(**changes: str) -> Files:
    """Two modules with a page, a quiz, a discussion and an assignment, all of them published."""
    items = """<item identifier="m1"><title>One</title><item identifier="i1" identifierref="page"><title>Page</title></item>
        <item identifier="i2" identifierref="talk"><title>Talk</title></item></item>
        <item identifier="m2"><title>Two</title><item identifier="h1"><title>Head</title></item>
        <item identifier="i3" identifierref="quiz"><title>Quiz</title></item>
        <item identifier="i4" identifierref="task"><title>Task</title></item></item>"""
    resources = (
        resource("page", "webcontent", "wiki_content/page.html")
        + resource("talk", "imsdt_xmlv1p1", "talk.xml", needs="talk-meta")
        + resource("talk-meta", META, "talk-meta.xml")
        + quiz_resources("quiz")
        + resource("task", META, "task/task.html", "task/assignment_settings.xml")
        + quiz_resources("exam")
        + resource("notes", "webcontent", "wiki_content/notes.html")
    )
    files = {
        "imsmanifest.xml": manifest(resources, items),
        "wiki_content/page.html": PAGE.format(title="Page", state="active"),
        "wiki_content/notes.html": PAGE.format(title="Notes", state="active"),
        "talk.xml": "<topic><title>Talk</title><text>Say.</text></topic>",
        "talk-meta.xml": "<topicMeta><workflow_state>active</workflow_state></topicMeta>",
        "quiz/assessment_qti.xml": assessment(item("x")),
        "quiz/assessment_meta.xml": "<quiz><available>true</available></quiz>",
        "exam/assessment_qti.xml": assessment(item("e"), "exam", "Exam"),
        "exam/assessment_meta.xml": "<quiz><available>true</available></quiz>",
        "task/task.html": "<html><head><title>Task</title></head><body>Do it.</body></html>",
        "task/assignment_settings.xml": "<assignment><workflow_state>published</workflow_state></assignment>",
        "course_settings/module_meta.xml": modules(),
    }
    for place, text in changes.items():
        assert place in files
        files[place] = text
    return files


def modules(**states: str) -> str:
    def state(ident: str) -> str:
        return f"<workflow_state>{states.get(ident, 'active')}</workflow_state>"

    def entry(ident: str, ref: str = "") -> str:
        return f'<item identifier="{ident}">{state(ident)}<identifierref>{ref}</identifierref></item>'

    one = f'<module identifier="m1">{state("m1")}<items>{entry("i1", "page")}{entry("i2", "talk")}</items></module>'
    two = f'<module identifier="m2">{state("m2")}<items>{entry("h1")}{entry("i3", "quiz")}{entry("i4", "task")}</items></module>'
    return f"<modules>{one}{two}</modules>"


def titles(imported: Imported) -> list[str]:
    return [lesson.title for lesson in imported.course.lessons]


EVERYTHING = ["Page", "Talk", "Quiz", "Task", "Exam", "Notes"]


def test_what_is_published_is_taken() -> None:
    imported = read(course())
    assert titles(imported) == EVERYTHING
    assert UNPUBLISHED not in {why for _, why in told(imported)}


@pytest.mark.parametrize(
    ("file", "text", "gone", "where"),
    [
        ("wiki_content/page.html", PAGE.format(title="Page", state="unpublished"), "Page", "i1"),
        ("wiki_content/notes.html", PAGE.format(title="Notes", state="unpublished"), "Notes", "wiki_content/notes.html"),
        ("wiki_content/notes.html", "<head><meta content='unpublished' name='workflow_state'></head>N", "Notes",
         "wiki_content/notes.html"),
        ("talk-meta.xml", "<topicMeta><workflow_state>unpublished</workflow_state></topicMeta>", "Talk", "i2"),
        ("talk-meta.xml", "<topicMeta><workflow_state>post_delayed</workflow_state></topicMeta>", "Talk", "i2"),
        ("quiz/assessment_meta.xml", "<quiz><available>false</available></quiz>", "Quiz", "i3"),
        ("exam/assessment_meta.xml", "<quiz><available>false</available></quiz>", "Exam", "exam/assessment_qti.xml"),
        ("exam/assessment_meta.xml", "<quiz><available>true</available><assignment><workflow_state>unpublished</workflow_state>"
         "</assignment></quiz>", "Exam", "exam/assessment_qti.xml"),
        ("task/assignment_settings.xml", "<assignment><workflow_state>unpublished</workflow_state></assignment>", "Task", "i4"),
        ("course_settings/module_meta.xml", modules(i3="unpublished"), "Quiz", "i3"),
        ("course_settings/module_meta.xml", modules(i1="unpublished"), "Page", "i1"),
    ],
)  # fmt: skip
def test_what_is_not_published_stays_out_and_is_told(file: str, text: str, gone: str, where: str) -> None:
    imported = read(course(**{file: text}))
    assert titles(imported) == [title for title in EVERYTHING if title != gone]
    (row,) = (row for row in imported.skipped if row.why == UNPUBLISHED)
    assert row.where == where
    assert not any(
        row.where != where and gone.lower() in row.where for row in imported.skipped if row.what == "a resource"
    )


def test_a_module_that_is_not_published_stays_out_with_all_that_is_in_it() -> None:
    imported = read(course(**{"course_settings/module_meta.xml": modules(m2="unpublished")}))
    assert titles(imported) == ["Page", "Talk", "Exam", "Notes"]
    assert {row.where for row in imported.skipped if row.why == UNPUBLISHED} == {"h1", "i3", "i4"}


def test_a_heading_that_is_not_published_names_nothing() -> None:
    imported = read(course(**{"course_settings/module_meta.xml": modules(h1="unpublished")}))
    assert {lesson.title: lesson.section for lesson in imported.course.lessons}["Quiz"] == "Two"
    assert read(course()).course.lessons[2].section == "Two · Head"


def test_what_is_published_in_one_place_is_taken_there() -> None:
    files = course(**{"course_settings/module_meta.xml": modules(i1="unpublished")})
    again = '<item identifier="i9" identifierref="page"><title>Again</title></item>'
    files["imsmanifest.xml"] = files["imsmanifest.xml"].replace(
        '<item identifier="h1">', f'{again}<item identifier="h1">'
    )
    assert titles(read(files)) == ["Talk", "Again", "Quiz", "Task", "Exam", "Notes"]


def test_an_item_that_the_manifest_hides_stays_out() -> None:
    files = course()
    files["imsmanifest.xml"] = files["imsmanifest.xml"].replace('identifier="m1"', 'identifier="m1" isvisible="false"')
    assert titles(read(files)) == ["Quiz", "Task", "Exam", "Notes"]


def test_a_course_of_which_nothing_is_published_is_a_draft_and_taken_whole() -> None:
    files = {
        "imsmanifest.xml": manifest(quiz_resources("quiz")),
        "quiz/assessment_qti.xml": assessment(item("x")),
        "quiz/assessment_meta.xml": "<quiz><available>false</available></quiz>",
    }
    imported = read(files)
    assert titles(imported) == ["A quiz"]
    assert rows(imported) == {
        ("the whole course", "that it is not published", "nothing in it is, so all of it was taken")
    }


def test_a_meta_file_that_cannot_be_read_hides_nothing() -> None:
    broken = course(
        **{"exam/assessment_meta.xml": "<quiz><available>false", "course_settings/module_meta.xml": "<modules>"}
    )
    assert titles(read(broken)) == EVERYTHING


# What stands before a quiz


def test_what_a_quiz_says_of_itself_is_shown_before_it() -> None:
    meta = "<quiz><title>Quiz</title><description>&lt;p&gt;Read &lt;b&gt;this&lt;/b&gt; first.&lt;/p&gt;</description></quiz>"
    imported = read(course(**{"quiz/assessment_meta.xml": meta}))
    (lesson,) = (lesson for lesson in imported.course.lessons if lesson.title == "Quiz")
    assert lesson.content.startswith("Read **this** first.\n\n::: quiz\n")


@pytest.mark.parametrize("holder", ["presentation_material", "rubric", "objectives"])
@pytest.mark.parametrize("place", ["assessment", "section"])
def test_instructions_in_the_standard_s_own_words_are_shown_too(holder: str, place: str) -> None:
    said = f"<{holder}><flow_mat>{material('&lt;p&gt;Take &lt;i&gt;time&lt;/i&gt;.&lt;/p&gt;', 'text/html')}</flow_mat></{holder}>"
    before, within = (said, "") if place == "assessment" else ("", said)
    whole = assessment(within + item("x")).replace("<section", before + "<section", 1)
    imported = read(course(**{"quiz/assessment_qti.xml": whole}))
    (lesson,) = (lesson for lesson in imported.course.lessons if lesson.title == "Quiz")
    assert lesson.content.startswith("Take *time*.\n\n::: quiz\n")


def test_what_is_said_in_both_is_said_once() -> None:
    meta = "<quiz><description>&lt;p&gt;Read on.&lt;/p&gt;</description></quiz>"
    whole = assessment(item("x")).replace("<section", f"<rubric>{material('Read on.')}</rubric><section", 1)
    imported = read(course(**{"quiz/assessment_meta.xml": meta, "quiz/assessment_qti.xml": whole}))
    (lesson,) = (lesson for lesson in imported.course.lessons if lesson.title == "Quiz")
    assert lesson.content.count("Read on.") == 1


# A quiz exported alone


PACKAGE = """<manifest identifier="m"><metadata><schema>IMS Content</schema><schemaversion>1.1.3</schemaversion></metadata>
<organizations/><resources>{}</resources></manifest>"""


def test_a_quiz_exported_alone_is_a_course_of_quizzes() -> None:
    resources = resource("one", "imsqti_xmlv1p2", "one/one.xml", needs="one-meta") + resource(
        "one-meta", META, "one/assessment_meta.xml"
    )
    resources += resource("two", "imsqti_xmlv1p2", "two/two.xml") + resource("b1", "imsqti_xmlv1p2", "b1.xml")
    imported = read({
        "imsmanifest.xml": PACKAGE.format(resources),
        "one/one.xml": assessment(item("x") + draw(1, "b1"), "one", "Reeds"),
        "one/assessment_meta.xml": "<quiz><description>Short.</description><available>true</available></quiz>",
        "two/two.xml": assessment(item("y"), "two", "Knots"),
        "b1.xml": bank("z"),
    })  # fmt: skip
    assert asked(imported) == {"Reeds": ["Asked x?", "Asked z?"], "Knots": ["Asked y?"]}
    assert {lesson.section for lesson in imported.course.lessons} == {"Quizzes"}
    assert imported.course.lessons[0].content.startswith("Short.\n")
    assert imported.skipped == ()


def test_a_bank_exported_alone_is_a_quiz() -> None:
    imported = read({
        "imsmanifest.xml": PACKAGE.format(resource("b1", "imsqti_xmlv1p2", "b1.xml")),
        "b1.xml": bank("y", "z"),
    })  # fmt: skip
    assert asked(imported) == {"Reeds": ["Asked y?", "Asked z?"]}


def test_questions_of_qti_2_are_refused_by_their_name() -> None:
    package = PACKAGE.format(resource("q", "imsqti_item_xmlv2p1", "q.xml"))
    with pytest.raises(ImportRefusedError, match=r"only QTI 1\.2 is read"):
        read({"imsmanifest.xml": package, "q.xml": "<assessmentItem/>"})


def test_a_file_of_questions_without_a_manifest_is_a_course_of_quizzes() -> None:
    imported = read({"reeds.xml": assessment(item("x"), title="Reeds"), "notes.txt": "Not asked."})
    assert asked(imported) == {"Reeds": ["Asked x?"]}
    assert rows(imported) == {("notes.txt", "a file", "it holds no questions in QTI 1.2")}
