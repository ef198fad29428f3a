"""Each format's small course of `samples`: what becomes of every element in it."""

from pathlib import Path

import pytest

from azora_tui.formats.archives import Tree
from azora_tui.formats.course import CourseError
from azora_tui.formats.gift_writing import write_gift
from azora_tui.formats.imported import Imported, ImportRefusedError, count_questions
from azora_tui.formats.quiz import read_quiz
from azora_tui.formats.registry import read_course_at, read_course_in
from azora_tui.models.quizzes import Option, Question, QuestionKind
from tests.formats import samples


def tree_of(files: samples.Files) -> Tree:
    """As `read_tree` gives it, without a disk."""
    others = {name: 1 for name in files if name.endswith((".png", ".pdf"))}
    return Tree("small", {name: text.encode() for name, text in files.items() if name not in others}, others)


def taken(name: str, **changes: str) -> Imported:
    """The sample of a format, with some files changed."""
    return read_course_in(
        tree_of({**samples.ALL[name], **{key.replace("__", "/"): text for key, text in changes.items()}})
    )


def content(imported: Imported, title: str) -> str:
    return next(lesson.content for lesson in imported.course.lessons if lesson.title == title)


def questions(imported: Imported) -> dict[str, Question]:
    quizzes = [read_quiz(lesson.content) for lesson in imported.course.lessons]
    return {question.id: question for quiz in quizzes if quiz for question in quiz.questions}


def rows(imported: Imported) -> set[tuple[str, str]]:
    return {(row.where, row.what) for row in imported.skipped}


@pytest.mark.parametrize("name", samples.ALL)
def test_the_same_from_a_folder_a_zip_and_a_tar_in_a_folder_of_its_own(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "small"
    for path, text in samples.ALL[name].items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    (tmp_path / "small.zip").write_bytes(samples.zipped(samples.ALL[name]))
    (tmp_path / "small.tar.gz").write_bytes(
        samples.tarred(samples.ALL[name], top="small/" if name != "liascript" else "")
    )
    first = read_course_at(folder)
    assert first.course.lessons
    assert read_course_at(tmp_path / "small.zip") == first
    again = read_course_at(tmp_path / "small.tar.gz")
    assert (again.course.lessons, again.questions, again.images) == (
        first.course.lessons,
        first.questions,
        first.images,
    )


@pytest.mark.parametrize("name", samples.ALL)
def test_ids_are_ours_and_the_same_at_each_import(name: str) -> None:
    first, again = taken(name), taken(name)
    ids = [lesson.id for lesson in first.course.lessons]
    assert ids == [lesson.id for lesson in again.course.lessons]
    assert list(questions(first)) == list(questions(again))
    assert len(set(ids)) == len(ids)
    assert all(set(each) <= set("abcdefghijklmnopqrstuvwxyz0123456789-") for each in ids)


def test_what_is_counted_is_what_is_in_the_lessons() -> None:
    for name in samples.ALL:
        imported = taken(name)
        assert imported.questions == sum(count_questions(lesson.content) for lesson in imported.course.lessons)
        assert imported.questions >= len(questions(imported))


def test_nothing_that_is_a_course_is_refused() -> None:
    with pytest.raises(ImportRefusedError, match="no course that is known here"):
        read_course_in(Tree("x", {"a.md": b"no heading", "b.txt": b"plain"}))
    with pytest.raises(ImportRefusedError, match="Nothing was imported"):
        read_course_in(Tree("x", {"course.xml": b"<course"}))
    with pytest.raises(ImportRefusedError, match="no lesson"):
        read_course_in(Tree("x", {"course.xml": b"<course/>"}))
    with pytest.raises(CourseError):
        read_course_in(Tree("x", {"course.yaml": b"slug: x"}))


def test_progress_is_told() -> None:
    told: list[tuple[int, int]] = []
    read_course_in(tree_of(samples.OLX), lambda done, of: told.append((done, of)))
    assert [done for done, _ in told] == [1, 2, 1, 2]  # read, then counted


# Our own


def test_our_own_format_tells_what_it_leaves() -> None:
    imported = taken("own")
    assert imported.has_version
    assert rows(imported) == {
        ("three.md", "a text"),
        ("one.md", "a picture"),
        ("images", "1 file that is not text"),
    }
    assert (imported.questions, imported.images) == (1, 1)
    assert ("notes/old.txt", "a text") in rows(taken("own", **{"notes/old.txt": "x"}))


# Carpentries


def test_carpentries_course() -> None:
    imported = taken("carpentries")
    course = imported.course
    assert (course.slug, course.title, course.instructor, course.licence, course.language, course.description) == (
        "small-lesson", "Small Lesson", "Software Carpentry", "CC-BY 4.0", "en", "A lesson about little.",
    )  # fmt: skip
    assert course.tags == ("small", "test")
    assert [(lesson.title, lesson.minutes) for lesson in course.lessons] == [("First", 15), ("Second", 1)]
    assert (imported.questions, imported.images) == (2, 2)
    assert rows(imported) == {
        ("config.yaml", "the episode missing.md"),
        ("episodes/unnamed.md", "an episode"),
        ("episodes/01-first.md", "the picture b.png"),
        ("episodes/01-first.md", "a note for instructors"),
        ("index.md", "the page about the lesson"),
        ("learners/setup.md", "a page beside the episodes"),
        ("episodes/second_one.Rmd", "what a piece of code would print or draw"),
        ("episodes/fig", "1 file that is not text"),
    }


def test_carpentries_markdown_is_kept_and_its_html_made_markdown() -> None:
    first = content(taken("carpentries"), "First")
    assert ":::: challenge\n\n## Try it" in first
    assert "![picture](fig/a.png){alt='A diagram of it'}" in first
    assert "![Third picture](fig/c.png) and a break, `<b>code</b>`." in first
    assert "In a *box*." in first
    assert "<div" not in first


def test_carpentries_without_an_order_takes_every_episode() -> None:
    imported = taken("carpentries", **{"config.yaml": "title: X\nepisodes:\n"})
    assert [lesson.title for lesson in imported.course.lessons] == ["First", "Second", "Unnamed"]


def test_a_broken_configuration_is_refused() -> None:
    with pytest.raises(ImportRefusedError, match=r"config\.yaml cannot be read"):
        taken("carpentries", **{"config.yaml": "title: [\n"})


# OLX


def test_olx_outline() -> None:
    imported = taken("olx")
    assert (imported.course.slug, imported.course.title, imported.course.language) == ("org-c1-run1", "Small OLX", "fr")
    assert imported.course.description == "About it."
    assert [(lesson.section, lesson.title) for lesson in imported.course.lessons] == [
        ("Chapter · Seq", "First"),
        ("Chapter · Inline", "Second"),
    ]
    assert imported.course.lessons[1].id == "v2"
    assert {
        ("vertical/staff", "the lesson “Staff”"),
        ("sequential Inline", "vertical gone"),
        ("chapter Broken", "sequential nowhere"),
        ("problem/orphan.xml", "a problem"),
        ("problem/p-broken.xml", "problem p-broken"),
        ("vertical/v2", "a discussion, “Talk”"),
        ("vertical/Week_1", "a poll"),
        ("vertical/Week_1", "a random choice from a library"),
        ("vertical/Week_1", "a component of the kind strange_block, “Odd”"),
    } <= rows(imported)


def test_olx_questions() -> None:
    asked = questions(taken("olx"))
    assert asked["p-choice"] == Question(
        "p-choice",
        QuestionKind.SINGLE,
        "Which?",
        (Option("Yes", True, "Right."), Option("No", False)),
        hint="Think.",
        feedback="Because.",
    )
    several = asked["p-all"]
    assert (several.kind, several.right_options, several.feedback) == (
        QuestionKind.MULTIPLE,
        (0, 2),
        "*Without “a”:* Why not a?",
    )
    assert several.options[0].feedback == "A."
    assert asked["p-all-2"].right_words == "y z"
    assert [option.feedback for option in asked["p-all-3"].options] == ["", "No."]
    assert asked["p-all-4"].accepted == ("cat", "the cat")
    assert (asked["p-all-5"].accepted, asked["p-all-5"].tolerance) == (("10",), "0.5")
    assert asked["p-all-6"].right_words == "here"
    assert (asked["p-lib"].accepted, asked["p-lib"].tolerance) == (("2",), "1")
    assert "In the table above" in asked["p-table"].prompt
    assert len(asked) == 9


def test_olx_feedback_says_to_whom_it_is_said() -> None:
    imported = taken("olx", **{"problem/p-choice.xml": """<problem>
        <stringresponse answer="Oak"><additional_answer answer="oak tree"><correcthint>In full.</correcthint>
        </additional_answer><stringequalhint answer="fish">It swims.</stringequalhint><correcthint>Yes.</correcthint>
        <label>Tree?</label><textline/></stringresponse>
        <numericalresponse answer="3" partial_credit="close"><correcthint>Three.</correcthint><label>Number?</label>
        </numericalresponse>
        <choiceresponse><label>All?</label><checkboxgroup><choice correct="true">a</choice>
        <choice correct="false">b</choice><compoundhint value="A B">Not both.</compoundhint></checkboxgroup>
        </choiceresponse>
        <imageresponse><label>Where?</label></imageresponse><solution><p>So it is.</p></solution></problem>"""})  # fmt: skip
    asked = questions(imported)
    assert asked["p-choice"].feedback == (
        "So it is.\n\n*To “fish”:* It swims.\n\n*If right:* Yes.\n\n*To “oak tree”:* In full."
    )
    assert asked["p-choice-2"].feedback == "So it is.\n\n*If right:* Three."
    assert asked["p-choice-3"].feedback == "So it is.\n\n*To “a” and “b”:* Not both."
    here = "vertical/Week_1, problem/p-choice"
    assert {(here, "the capitals of a right answer"), (here, "part of the points")} <= rows(imported)
    # What was asked and cannot be is there with its solution, which can be opened.
    assert "Where?\n\n::: solution\n\nSo it is.\n\n:::" in content(imported, "First")


def test_olx_html_that_stands_in_the_outline() -> None:
    html = '<vertical display_name="First"><html><![CDATA[<p>A <b>bold</b> &amp; text.</p>]]></html></vertical>'
    assert content(taken("olx", **{"vertical/Week_1.xml": html}), "First") == "A **bold** & text.\n"


def test_olx_tells_of_what_lies_beside_the_outline() -> None:
    beside = {"drafts/vertical/new.xml": "<vertical/>", "static/vid1-fr.srt": "1\n", "assets/assets.xml": "<assets/>"}
    assert {
        ("drafts/vertical/new.xml", "a draft"),
        ("static/vid1-fr.srt", "a file"),
        ("assets", "a file of settings"),
        ("policies", "a file of settings"),
    } <= rows(taken("olx", **beside))


def test_programs_in_olx_are_never_run_and_told() -> None:
    never = Path("/tmp/never-run")
    imported = taken("olx")
    assert not never.exists()
    why = {row.what: row.why for row in imported.skipped if row.what.startswith("question")}
    assert why == {
        "question “What is $x?”": "it is graded by a Python program, and programs of a course are never run",
        "question “Variable”": "its values are made by a Python program, and programs of a course are never run",
        "question “Pattern”": "its answer is a pattern, which cannot be compared here",
        "question “Sum”": "its answer is a calculation, not a plain number",
        "question “Formula”": "its answer is a formula, which cannot be compared here",
    }
    first = content(imported, "First")
    for what in ("What is $x?", "Variable", "Pattern", "Sum", "Formula", "Like it?", "Inside"):
        assert what in first
    assert "never-run" not in first


def test_olx_shows_what_a_video_says() -> None:
    first = content(taken("olx"), "First")
    assert "<https://youtu.be/abcdefghijk>" in first
    assert "Spoken words." in first
    assert "-->" not in first


def test_a_course_that_holds_itself_ends() -> None:
    imported = taken("olx", vertical__Week_1=samples.OLX["vertical/Week_1.xml"], **{
        "sequential/s1.xml": '<sequential display_name="S"><vertical url_name="Week_1"/><sequential url_name="s1"/></sequential>'
    })  # fmt: skip
    assert imported.course.lessons


def test_carpentries_without_what_makes_a_site_of_it() -> None:
    imported = taken("carpentries", **{"episodes/01-first.md": """\
---
title: First
---

{% include figure.html max-width="55%" file="../fig/a.png" alt="A map" %}
{% include links.md %}
Shown as `{% code %}`.



```{r plot, fig.alt = "A pie of two", echo=FALSE}


pie(1)
```
{: .language-r}

+-----------+------+
| code      | <p>x</p> |
+-----------+------+
"""})  # fmt: skip
    assert (
        content(imported, "First")
        == """\
![A map](<../fig/a.png>)

Shown as `{% code %}`.

```r


pie(1)
```

![A pie of two](drawn-by-code)

+-----------+------+
| code      |    x     |
+-----------+------+
"""
    )
    assert ("episodes/01-first.md", "the tag {% include links.md %}") in rows(imported)
    assert ("episodes/01-first.md", "what a piece of code would print or draw") in rows(imported)


# Common Cartridge


def test_cartridge_lessons() -> None:
    imported = taken("cartridge")
    assert imported.course.title == "Small Cartridge"
    assert [(lesson.section, lesson.title) for lesson in imported.course.lessons] == [
        ("Module", "Page"),
        ("Module · Heading", "Quiz"),
        ("Module · Heading", "Talk"),
        ("Module · Heading", "Link"),
        ("Module · Heading", "Tool"),
        ("Module · Heading", "File"),
        ("Module · Heading", "Lost"),
        ("Not in the course's outline", "Extra"),
    ]
    assert content(imported, "Page") == "Hello ![a sign](a.png)\n"
    assert "What do you think?" in content(imported, "Talk")
    assert "<https://example.org/x>" in content(imported, "Link")
    for title in ("Talk", "Tool", "File", "Lost"):
        assert "**Here stood" in content(imported, title)
    assert {
        ("i-head", "the heading “Heading”"),
        ("i-lost", "“Lost”"),
        ("i-teach", "“Teachers”"),
        ("paper.pdf", "the file paper.pdf"),
        ("quiz.xml, item q-essay", "question “Asked q-essay”"),
        ("quiz.xml, item q-pm", "the pattern of a right answer"),
        ("bank.xml", "a resource"),
    } <= rows(imported)


def test_cartridge_questions_of_every_profile() -> None:
    imported = taken("cartridge")
    asked = questions(imported)
    assert {id_: (question.kind, question.right_words) for id_, question in asked.items()} == {
        "q-mc": (QuestionKind.SINGLE, "b"),
        "q-mr": (QuestionKind.MULTIPLE, "a; c"),
        "q-tf": (QuestionKind.SINGLE, "True"),
        "q-fib": (QuestionKind.TEXT, "cat or dog"),
        "q-pm": (QuestionKind.TEXT, "tea"),
    }
    quiz = read_quiz(content(imported, "Quiz"))
    assert quiz is not None
    assert quiz.attempts == 3
    assert "Asked q-essay" in content(imported, "Quiz")


@pytest.mark.parametrize("name", ["presentation_material", "rubric"])
def test_what_a_cartridge_says_before_its_questions(name: str) -> None:
    quiz = samples.CARTRIDGE["quiz.xml"]
    assert isinstance(quiz, str)
    said = quiz.replace('title="Test">', f'title="Test"><{name}>Read this first.</{name}>')
    assert content(taken("cartridge", **{"quiz.xml": said}), "Quiz").startswith("Read this first.")


def _said(ident: str, text: str) -> str:
    return f'<itemfeedback ident="{ident}"><flow_mat><material><mattext>{text}</mattext></material></flow_mat></itemfeedback>'


def _link(ident: str) -> str:
    return f'<displayfeedback feedbacktype="Response" linkrefid="{ident}"/>'


def test_cartridge_feedback_is_said_to_whom_it_is_meant_for() -> None:
    rest = "<other/>"
    said = (
        f'<respcondition continue="Yes"><conditionvar>{rest}</conditionvar>{_link("all")}</respcondition>'
        '<respcondition continue="Yes"><conditionvar><varequal respident="r">0</varequal></conditionvar>'
        f"{_link('a')}</respcondition>"
        '<respcondition continue="No"><conditionvar><varequal respident="r">1</varequal></conditionvar>'
        f'<setvar action="Set" varname="SCORE">100</setvar>{_link("right")}</respcondition>'
        f"<respcondition><conditionvar>{rest}</conditionvar>{_link('wrong')}</respcondition>"
    )
    texts = "".join(_said(ident, f"said {ident}") for ident in ("all", "a", "right", "wrong"))
    items = samples._item("cc.multiple_choice.v0p1", "q-one", samples._choices("a", "b"), said, texts)
    items += samples._item("cc.fib.v0p1", "q-word", samples._FIB, said, texts)
    solution = "<itemfeedback ident='s'><solution><solutionmaterial><material><mattext>A model.</mattext></material>"
    solution += "</solutionmaterial></solution></itemfeedback>"
    items += samples._item("cc.essay.v0p1", "q-essay", samples._FIB, rest=solution)
    imported = taken("cartridge", **{"quiz.xml": samples._QTI.format(items=items)})
    asked = questions(imported)
    assert [option.feedback for option in asked["q-one"].options] == ["said a\n\nsaid wrong", "said right"]
    assert asked["q-one"].feedback == "said all"
    assert asked["q-word"].feedback == (
        "said all\n\n*If right:* said right\n\n*If wrong:* said wrong\n\n*To “0”:* said a"
    )
    assert "::: solution\n\nA model.\n\n:::" in content(imported, "Quiz")
    assert not any("wrong answer" in row.what for row in imported.skipped)


@pytest.mark.parametrize("version", ["imsccv1p1", "imsccv1p2", "imsccv1p3"])
def test_every_version_of_the_cartridge(version: str) -> None:
    manifest = samples.CARTRIDGE["imsmanifest.xml"].replace("imsccv1p1", version)
    manifest = manifest.replace("imsqti_xmlv1p2/imscc_xmlv1p1", f"imsqti_xmlv1p2/imscc_xmlv1p{version[-1]}")
    assert taken("cartridge", **{"imsmanifest.xml": manifest}).course == taken("cartridge").course


# GIFT


def test_gift_questions() -> None:
    imported = taken("gift")
    asked = questions(imported)
    assert [lesson.title for lesson in imported.course.lessons] == ["Capitals", "More"]
    assert asked["cap-1"] == Question(
        "cap-1",
        QuestionKind.SINGLE,
        "Who is buried in Grant's tomb?",
        (Option("Grant", True, "Yes."), Option("nobody", False, "No."), Option("Napoleon", False)),
        hint="It is in a song.",
        feedback="General.",
    )
    by_prompt = {question.prompt: question for question in asked.values()}
    truth = by_prompt["The sky is blue"]
    assert truth.options == (Option("True", True, "Right."), Option("False", False, "Wrong."))
    assert asked["several"].right_options == (0, 1)
    assert (asked["num"].accepted, asked["num"].tolerance) == (("3.14",), "0.01")
    assert (by_prompt["How many?"].accepted, by_prompt["How many?"].tolerance) == (("3",), "2")
    assert next(each for each in asked.values() if each.prompt.startswith("Two plus")).accepted == ("4", "four")
    assert (asked["pairs"].right_words, asked["pairs-2"].right_words) == ("meow", "woof")
    assert "Only a description." in content(imported, "Capitals")
    assert {what for _, what in rows(imported)} == {
        "question “essay”",
        "question “open”",
        "part of the points for “two”",
    }


def test_gift_with_several_right_numbers_patterns_and_feedback() -> None:
    imported = taken("gift", **{"questions.gift": """\
::sum:: Which? {#=5:0#Five. =6:0 =%50%7:1#Near.}

::born:: When? {#=1822:0#Yes. =%50%1822:2#Close.}

::name:: Who? {=Ada#Yes. =%50%Ada L#Half. =Ad* =%0%*#No.}

::any:: Who? {=*a*}

::star:: Sign? {=a\\*b}

::write:: Essay. {####A model.}

::one:: First {T}
::two:: Second {F}
"""})  # fmt: skip
    asked = questions(imported)
    assert (asked["sum"].kind, asked["sum"].accepted) == (QuestionKind.NUMBER, ("5", "6"))
    assert asked["sum"].feedback == "*To 5 ± 0:* Five.\n\n*To 7 ± 1:* Near."
    assert asked["born"].feedback == "*If right:* Yes.\n\n*To 1822 ± 2:* Close."
    assert asked["name"].accepted == ("Ada",)
    assert asked["name"].feedback == "*If right:* Yes.\n\n*To “Ada L”:* Half.\n\n*To all else:* No."
    assert asked["star"].accepted == ("a*b",)
    assert (asked["one"].right_words, asked["two"].right_words) == ("True", "False")
    assert {what for _, what in rows(imported)} == {
        "part of the points for “7:1”", "part of the points for “1822:2”", "part of the points for “Ada L”",
        "the pattern “Ad*”", "the pattern “*a*”", "question “any”", "question “write”",
    }  # fmt: skip
    assert "::: solution\n\nA model.\n\n:::" in imported.course.lessons[0].content
    document, _ = write_gift(imported.course)
    assert questions(read_course_in(Tree("small", {"x.gift": document.encode()}))) == asked


def test_gift_goes_out_and_comes_back() -> None:
    imported = taken("gift")
    document, number = write_gift(imported.course)
    assert number == len(questions(imported))
    again = read_course_in(Tree("small", {"x.gift": document.encode()}))
    assert questions(again) == questions(imported)
    assert not again.skipped


# LiaScript


def test_liascript() -> None:
    imported = taken("liascript")
    course = imported.course
    assert (course.title, course.version, course.instructor, course.language) == ("Small Lia", "0.3.1", "Ada", "de")
    assert [lesson.title for lesson in course.lessons] == ["Small Lia", "Words", "Asked"]
    words = content(imported, "Words")
    assert "[[no quiz]]\n## no heading" in words
    assert "Spoken." in words
    assert "{{" not in words
    assert {what for _, what in rows(imported)} == {
        "script in the head of the file",
        "a video, “Film”",
        "question “Program:”",
        "question “Survey?”",
    }
    asked = list(questions(imported).values())
    assert [(question.prompt, question.right_words) for question in asked] == [
        ("What is the capital?", "Berlin"),
        ("Which one?", "two"),
        ("Which ones?", "a; c"),
        ("Choose **…?** and fill ….", "yes"),
        ("Choose … and fill **…?**.", "gap"),
    ]
    assert (asked[0].hint, asked[0].feedback) == ("It begins with B.", "It is *Berlin*.")


def test_liascript_tables_of_choices_and_lists() -> None:
    imported = taken("liascript", **{"README.md": """\
<!-- author: Ada -->
# Small

## Asked

Which article?

[[:-)] (der) [die]]
[ [X]   [ ]   [ ]  ]  Smile
[ ( )   (X)   ( )  ]  *Mann*
[ [ ]   [X]   [X]  ]  Frau
[[?]] Think.

And here?

- [( )] no
- [(X)] yes

Done.
"""})  # fmt: skip
    asked = list(questions(imported).values())
    assert [(question.prompt, question.kind, question.right_words) for question in asked] == [
        ("Which article?\n\nSmile", QuestionKind.SINGLE, ":-)"),
        ("Which article?\n\n*Mann*", QuestionKind.SINGLE, "der"),
        ("Which article?\n\nFrau", QuestionKind.MULTIPLE, "der; die"),
        ("And here?", QuestionKind.SINGLE, "yes"),
    ]
    assert asked[0].hint == "Think."
    assert not imported.skipped


def test_liascript_surveys_and_programs_stay_readable() -> None:
    imported = taken("liascript", **{"README.md": """\
<!-- author: Ada -->
# Small

## Asked

Colours?

[[red]]  is it red?
[[blue]] or blue

Pace?

[(fast)] too fast
[(slow)] too slow

Opinion?

[(yes)(no)]
[         ] The course is **good**
[         ] Again

In words?

[[___ ___]]

```js
1
```
<script>@input</script>

@Pyodide.eval
"""})  # fmt: skip
    assert not questions(imported)
    text = content(imported, "Asked")
    for words in ("- is it red?\n- or blue", "- too fast\n- too slow", "yes · no\n\n- The course is **good**\n- Again"):
        assert words in text
    assert "\\[@Pyodide.eval\\]" in text
    assert {what for _, what in rows(imported)} == {
        "question “Colours?”", "question “Pace?”", "question “Opinion? yes · no”", "question “In words?”",
        "a script", "the macro @Pyodide.eval",
    }  # fmt: skip


@pytest.mark.parametrize("line", ["[[" + ")(" * 100_000, "[[a" + " a" * 100_000, "[[" + "___ " * 50_000, "[" * 200_000])
def test_a_line_without_end_takes_no_time(line: str) -> None:
    assert taken("liascript", **{"README.md": f"<!-- author: Ada -->\n# Small\n\n## Long\n\n{line}\n"}).course.lessons


# What a small file would make too large

LONG = "word " * 2_000
INPUT = """<optioninput options="('a','b')" correct="a"/>"""


@pytest.mark.parametrize(
    "files",
    [
        ({"q.gift": "Match {" + "".join(f"=a{n}->b{n}" for n in range(3_000)) + "}"}),
        (
            {
                "q.gift": "\n\n".join(
                    f"Match {n} {{" + "".join(f"=a{each}->b{each}" for each in range(40)) + "}" for n in range(900)
                )
            }
        ),
        ({"c.md": f"# T\n\n## S\n\n{LONG}{'[[a]] ' * 9_000}\n"}),
        {
            "course.xml": "<course><chapter><sequential><vertical><problem>"
            f"<optionresponse>{LONG}{INPUT * 9_000}</optionresponse>"
            "</problem></vertical></sequential></chapter></course>"
        },
    ],
)
def test_questions_that_repeat_their_text_without_end_are_refused(files: dict[str, str]) -> None:
    with pytest.raises(ImportRefusedError, match="out of all proportion"):
        read_course_in(tree_of(files))


@pytest.mark.parametrize("text", ["<title" * 100_000, "<body" * 100_000, "<p>" + "$$ a " * 60_000])
def test_a_page_made_to_take_for_ever_is_read_in_words(text: str) -> None:
    assert content(taken("cartridge", **{"page.html": text}), "Page").strip()
