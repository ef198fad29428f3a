"""Small courses of every format, written for the tests: each element that an importer knows is in one of them."""

import gzip
import io
import tarfile
import zipfile
from collections.abc import Mapping

Files = Mapping[str, str]

OWN: Files = {
    "course.yaml": """\
slug: small
title: A small course
version: 1.2.0
language: en
licence: CC-BY-4.0
instructor: Ada
duration: 1 week
level: beginner
tags: [small]
description: Very small.
sections:
  - title: Only
    lessons: [one, two]
""",
    "one.md": "---\nid: one\ntitle: One\nminutes: 5\n---\n\n# Hello\n\n![A tree](images/tree.png)\n\n![](images/no.png)\n",
    "two.md": "---\nid: two\ntitle: Two\nminutes: 5\n---\n\n::: quiz\n\nWhich? {#which}\n\n- [x] this\n- [ ] that\n\n:::\n",
    "three.md": "---\nid: three\ntitle: Three\nminutes: 5\n---\n\nNot named.\n",
    "images/tree.png": "not really",
}

CARPENTRIES: Files = {
    "config.yaml": """\
carpentry: 'swc'
title: 'Small Lesson'
keywords: 'small, test'
license: 'CC-BY 4.0'
lang: en
source: 'https://example.org/school/small-lesson'
episodes:
- 01-first.md
- second_one.Rmd
- missing.md
learners:
""",
    "index.md": "---\nsite: x\n---\n\nA lesson *about* little.\n\nAnd more.\n",
    "episodes/01-first.md": """\
---
title: First
teaching: 10
exercises: 5
---

::: questions
- What is it?
:::

::: objectives
- Know it.
:::

Text with a ![picture](fig/a.png){alt='A diagram of it'} and ![](fig/b.png).

<img src="fig/c.png" alt="Third picture"> and<br>a break, `<b>code</b>`.

<div class="box"><p>In a <em>box</em>.</p></div>

:::: challenge

## Try it

What now?

::: solution

That.

:::

::::

::: instructor
Only for you.
:::

::: keypoints
- It is small.
:::
""",
    "episodes/second_one.Rmd": "---\ntitle: Second\n---\n\n```{r}\n1 + 1\n```\n\n::: exercise\nDo.\n:::\n",
    "episodes/unnamed.md": "---\ntitle: Unnamed\n---\n\nHidden.\n",
    "episodes/fig/a.png": "picture",
    "learners/setup.md": "# Setup\n",
}

OLX: Files = {
    "course.xml": '<course url_name="run1" org="Org" course="C1"/>',
    "course/run1.xml": """<course display_name="Small OLX" language="fr">
        <chapter url_name="ch1"/><chapter url_name="ch2"/><wiki slug="x"/></course>""",
    "chapter/ch1.xml": """<chapter display_name="Chapter"><sequential url_name="s1"/>
        <sequential display_name="Inline"><vertical url_name="v2" display_name="Second"><html>Text &amp; more</html>
        <discussion display_name="Talk"/></vertical>
        <vertical url_name="staff" display_name="Staff" visible_to_staff_only="true"/>
        <vertical url_name="gone"/></sequential></chapter>""",
    "chapter/ch2.xml": '<chapter display_name="Broken"><sequential url_name="nowhere"/></chapter>',
    "sequential/s1.xml": '<sequential display_name="Seq"><vertical url_name="Week_1"/></sequential>',
    "vertical/Week_1.xml": """<vertical display_name="First">
        <html url_name="h1"/><video url_name="vid1"/><problem url_name="p-choice"/><problem url_name="p-all"/>
        <problem url_name="p-program"/><problem url_name="p-table"/><problem url_name="p-broken"/>
        <library_content max_count="1"><problem url_name="p-lib" display_name="Lib"><numericalresponse answer="[1,3]">
        <label>Range?</label></numericalresponse></problem></library_content>
        <poll question="Like it?"/><strange_block display_name="Odd"><p>Inside</p></strange_block></vertical>""",
    "html/h1.xml": '<html filename="h1" display_name="Text"/>',
    "html/h1.html": """<h1>Title</h1><p>A <b>bold</b> <a href="/jump_to_id/x">inside</a> and
        <a href="https://example.org">outside</a>.</p><img src="/static/a.png" alt="A map"/><img src="/static/b.png"/>
        <ul><li>one<ol><li>two</li></ol></li></ul><table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>
        <pre><code class="language-python">print(1)</code></pre><p>\\(x^2\\)</p><iframe src="https://example.org/x"></iframe>
        <script>alert(1)</script><style>p {}</style>""",
    "video/vid1.xml": """<video display_name="Film" youtube_id_1_0="abcdefghijk"><transcript language="en" src="vid1-en.srt"/>
        </video>""",
    "static/vid1-en.srt": "1\n00:00:01,000 --> 00:00:02,000\nSpoken words.\n",
    "problem/p-choice.xml": """<problem display_name="Choice"><multiplechoiceresponse><label>Which?</label>
        <choicegroup><choice correct="true">Yes <choicehint>Right.</choicehint></choice><choice correct="false">No</choice>
        </choicegroup><solution><p>Because.</p></solution></multiplechoiceresponse>
        <demandhint><hint>Think.</hint></demandhint></problem>""",
    "problem/p-all.xml": """<problem>
        <p>Several.</p>
        <choiceresponse><label>Check</label><checkboxgroup><choice correct="true">a<choicehint selected="true">A.</choicehint>
        <choicehint selected="false">Why not a?</choicehint></choice><choice correct="false">b</choice>
        <choice correct="true">c</choice></checkboxgroup></choiceresponse>
        <optionresponse><label>Choose</label><optioninput options="('x','y z')" correct="y z"/></optionresponse>
        <optionresponse><label>Drop</label><optioninput><option correct="True">in</option><option correct="False">out
        <optionhint>No.</optionhint></option></optioninput></optionresponse>
        <stringresponse answer="cat" type="ci"><label>Animal?</label><additional_answer answer="the cat"/><textline/>
        </stringresponse>
        <numericalresponse answer="10"><label>Ten?</label><responseparam type="tolerance" default="5%"/>
        <formulaequationinput/></numericalresponse>
        <annotationresponse><annotationinput><comment>Comment</comment><tag_prompt>Tag?</tag_prompt><options>
        <option choice="correct">here</option><option choice="incorrect">there</option></options></annotationinput>
        </annotationresponse></problem>""",
    "problem/p-program.xml": """<problem display_name="Program"><script type="loncapa/python">
        open('/tmp/never-run', 'w')
        x = 1</script><p>What is $x?</p><customresponse cfn="f"><textline/></customresponse>
        <numericalresponse answer="$x"><label>Variable</label></numericalresponse>
        <stringresponse answer="a.*" type="regexp"><label>Pattern</label></stringresponse>
        <numericalresponse answer="2*3"><label>Sum</label></numericalresponse>
        <formularesponse answer="x" samples="x@1:2#3"><label>Formula</label></formularesponse></problem>""",
    "problem/p-table.xml": """<problem><table><tr><th>Thing</th><th>Kind</th></tr><tr><td>Oak</td><td><optionresponse>
        <optioninput options="('tree','fish')" correct="tree"/></optionresponse></td></tr></table></problem>""",
    "problem/p-broken.xml": "<problem><p>not closed</problem>",
    "problem/orphan.xml": "<problem/>",
    "about/overview.html": "<p>About it.</p>",
    "policies/run1/policy.json": '{"course/run1": {"display_name": "Small OLX"}}',
    "static/a.png": "picture",
}

_QTI = """<?xml version="1.0"?><questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2">
<assessment ident="A1" title="Test"><qtimetadata><qtimetadatafield><fieldlabel>cc_maxattempts</fieldlabel>
<fieldentry>3</fieldentry></qtimetadatafield></qtimetadata><section ident="root">{items}</section></assessment>
</questestinterop>"""


def _item(profile: str, ident: str, presentation: str, processing: str = "", rest: str = "") -> str:
    return (
        f'<item ident="{ident}"><itemmetadata><qtimetadata><qtimetadatafield><fieldlabel>cc_profile</fieldlabel>'
        f"<fieldentry>{profile}</fieldentry></qtimetadatafield></qtimetadata></itemmetadata><presentation><material>"
        f'<mattext texttype="text/html">&lt;p&gt;Asked {ident}&lt;/p&gt;</mattext></material>{presentation}</presentation>'
        f"<resprocessing>{processing}</resprocessing>{rest}</item>"
    )


def _choices(*texts: str, many: bool = False) -> str:
    labels = "".join(
        f'<response_label ident="{place}"><material><mattext>{text}</mattext></material></response_label>'
        for place, text in enumerate(texts)
    )
    cardinality = "Multiple" if many else "Single"
    return (
        f'<response_lid ident="r" rcardinality="{cardinality}"><render_choice>{labels}</render_choice></response_lid>'
    )


def _right(test: str) -> str:
    return (
        f'<respcondition continue="No"><conditionvar>{test}</conditionvar>'
        '<setvar action="Set" varname="SCORE">100</setvar></respcondition>'
    )


def _equal(value: str, tag: str = "varequal") -> str:
    return f'<{tag} respident="r">{value}</{tag}>'


_FIB = '<response_str ident="r"><render_fib><response_label ident="x"/></render_fib></response_str>'

CARTRIDGE: Files = {
    "imsmanifest.xml": """<?xml version="1.0"?>
<manifest identifier="M" xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1">
<metadata><schema>IMS Common Cartridge</schema><schemaversion>1.1.0</schemaversion><lom><general><title>
<string>Small Cartridge</string></title></general></lom></metadata>
<organizations><organization identifier="O"><item identifier="root">
  <item identifier="m1"><title>Module</title>
    <item identifier="i-page" identifierref="r-page"><title>Page</title></item>
    <item identifier="i-head"><title>Heading</title></item>
    <item identifier="i-quiz" identifierref="r-quiz"><title>Quiz</title></item>
    <item identifier="i-talk" identifierref="r-talk"><title>Talk</title></item>
    <item identifier="i-link" identifierref="r-link"><title>Link</title></item>
    <item identifier="i-tool" identifierref="r-tool"><title>Tool</title></item>
    <item identifier="i-file" identifierref="r-file"><title>File</title></item>
    <item identifier="i-lost" identifierref="r-nowhere"><title>Lost</title></item>
    <item identifier="i-teach" identifierref="r-teach"><title>Teachers</title></item>
  </item></item></organization></organizations>
<resources>
  <resource identifier="r-page" type="webcontent" href="page.html"><file href="page.html"/></resource>
  <resource identifier="r-quiz" type="imsqti_xmlv1p2/imscc_xmlv1p1/assessment"><file href="quiz.xml"/></resource>
  <resource identifier="r-bank" type="imsqti_xmlv1p2/imscc_xmlv1p1/question-bank"><file href="bank.xml"/></resource>
  <resource identifier="r-talk" type="imsdt_xmlv1p1"><file href="talk.xml"/></resource>
  <resource identifier="r-link" type="imswl_xmlv1p1"><file href="link.xml"/></resource>
  <resource identifier="r-tool" type="imsbasiclti_xmlv1p0"><file href="tool.xml"/></resource>
  <resource identifier="r-file" type="webcontent" href="paper.pdf"><file href="paper.pdf"/></resource>
  <resource identifier="r-extra" type="webcontent" href="extra.html"><file href="extra.html"/></resource>
  <resource identifier="r-teach" type="webcontent" href="extra.html"><metadata><lom><educational><intendedEndUserRole>
    <value>Instructor</value></intendedEndUserRole></educational></lom></metadata><file href="extra.html"/></resource>
</resources></manifest>""",
    "page.html": "<html><head><title>P</title></head><body><p>Hello <img src='a.png' alt='a sign'></p></body></html>",
    "extra.html": "<html><head><title>Extra</title></head><body><p>More.</p></body></html>",
    "quiz.xml": _QTI.format(
        items="".join([
            _item("cc.multiple_choice.v0p1", "q-mc", _choices("a", "b"), _right(_equal("1"))),
            _item("cc.multiple_response.v0p1", "q-mr", _choices("a", "b", "c", many=True),
                  _right(f"<and>{_equal('0')}<not>{_equal('1')}</not>{_equal('2')}</and>")),
            _item("cc.true_false.v0p1", "q-tf", _choices("True", "False"), _right(_equal("0"))),
            _item("cc.fib.v0p1", "q-fib", _FIB, _right(f"<or>{_equal('cat')}{_equal('dog')}</or>")),
            _item("cc.pattern_match.v0p1", "q-pm", _FIB, _right(_equal("tea", "varsubstring"))),
            _item("cc.essay.v0p1", "q-essay", _FIB),
        ])
    ),
    "talk.xml": "<topic><title>Talk</title><text texttype='text/html'>&lt;p&gt;What do you think?&lt;/p&gt;</text></topic>",
    "link.xml": "<webLink><title>Site</title><url href='https://example.org/x'/></webLink>",
    "tool.xml": "<cartridge_basiclti_link><title>Tool</title><description>About.</description></cartridge_basiclti_link>",
    "paper.pdf": "pdf",
}  # fmt: skip

GIFT: Files = {
    "questions.gift": r"""// a comment
$CATEGORY: $course$/top/Geo/Capitals

// [id:cap-1]
// hint: It is in a song.
::Q1:: Who is buried in Grant's tomb? {=Grant #Yes. ~nobody #No.
~Napoleon ####General.}

::TF:: The sky is blue {T#Wrong.#Right.}

Two plus two is {=4 =four} of course.

::num:: Pi? {#3.14:0.01}

How many? {#1..5}

::several:: Which? {~%50%A ~%50%B ~%-100%C}

::pairs:: Match {=cat -> meow =dog -> woof}

::essay:: Write. {}

Only a description.

$CATEGORY: Geo/More

[html]<p>What is <b>x</b>\=1\?</p>{=one ~%50%two ~three}

::open:: broken {=a
""",
}

LIASCRIPT: Files = {
    "README.md": """\
<!--
author:   Ada
version:  0.3.1
language: de
comment:  A small course.
script:   https://example.org/a.js
-->

# Small Lia

Intro with ![a picture](a.png).

## Words

    --{{0}}--
Spoken.

!?[Film](https://example.org/film)

```js
[[no quiz]]
## no heading
```

## Asked

What is the capital?

[[Berlin]]
[[?]] It begins with B.
****************
It is *Berlin*.

****************

Which one?

[( )] one
[(X)] two

Which ones?

[[X]] a
[[ ]] b
[[X]] c

Choose [[ (yes) | no ]] and fill [[gap]].

Program:

[[!]]
<script>true</script>

Survey?

[(1)] yes
[(2)] no
""",
}

ALL: Mapping[str, Files] = {
    "own": OWN,
    "carpentries": CARPENTRIES,
    "olx": OLX,
    "cartridge": CARTRIDGE,
    "gift": GIFT,
    "liascript": LIASCRIPT,
}


def zipped(files: Mapping[str, str | bytes], *, top: str = "") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            info = zipfile.ZipInfo(f"{top}{name}", (2026, 1, 1, 0, 0, 0))
            archive.writestr(info, text, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def tarred(files: Mapping[str, str | bytes], *, top: str = "", pack: bool = True) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, text in files.items():
            data = text.encode() if isinstance(text, str) else text
            info = tarfile.TarInfo(f"{top}{name}")
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return gzip.compress(buffer.getvalue(), mtime=0) if pack else buffer.getvalue()
