"""Accents in file names are written composed or decomposed, whatever the course writes: both are one name."""

import io
import unicodedata
import zipfile
from pathlib import Path
from typing import Literal
from urllib.parse import quote

import pytest

from azora_tui.formats.checking import check_course
from azora_tui.formats.registry import read_course_at
from tests.formats import samples
from tests.formats.test_what_no_lesson_uses import put

Form = Literal["NFC", "NFD"]

WORD = "éñü-한"

CARPENTRIES = {
    "config.yaml": f"title: Small\nepisodes:\n- {WORD}.md\n- plain.md\n",
    f"episodes/{WORD}.md": "---\ntitle: First\n---\n\nWords of the first.\n",
    "episodes/plain.md": "---\ntitle: Second\n---\n\nWords.\n",
}
OLX = {
    "course.xml": '<course url_name="run" org="O" course="C"/>',
    "course/run.xml": f'<course display_name="Small"><chapter url_name="{WORD}"/></course>',
    f"chapter/{WORD}.xml": f"""<chapter display_name="A"><sequential display_name="B"><vertical display_name="First">
        <html filename="{WORD}" url_name="h"/><problem url_name="{WORD}"/>
        <video display_name="V"><transcript language="en" src="{WORD}.srt"/></video></vertical></sequential></chapter>""",
    f"html/{WORD}.html": "<p>Words of the first.</p>",
    f"problem/{WORD}.xml": '<problem><stringresponse answer="cat"><label>Animal?</label></stringresponse></problem>',
    f"static/{WORD}.srt": "1\n00:00:01,000 --> 00:00:02,000\nSpoken words.\n",
}
CARTRIDGE = {
    "imsmanifest.xml": f"""<manifest><organizations><organization><item>
        <item identifier="a" identifierref="ra"><title>First</title></item>
        <item identifier="b" identifierref="rb"><title>Second</title></item></item></organization></organizations>
        <resources><resource identifier="ra" type="webcontent" href="{WORD}.html"><file href="{WORD}.html"/></resource>
        <resource identifier="rb" type="webcontent"><file href="{{quoted}}-2.html"/></resource></resources></manifest>""",
    f"{WORD}.html": "<p>Words of the first.</p>",
    f"{WORD}-2.html": "<p>Words of the second.</p>",
}


def written(files: samples.Files, names: Form, texts: Form) -> dict[str, bytes]:
    """With the accents of names in one form, and those of texts in another."""
    quoted = quote(unicodedata.normalize(texts, WORD))
    return {
        unicodedata.normalize(names, name): unicodedata.normalize(texts, text).replace("{quoted}", quoted).encode()
        for name, text in files.items()
    }


@pytest.mark.parametrize("kind", ["folder", "zip", "tar", "tar.gz"])
@pytest.mark.parametrize("forms", [("NFD", "NFC"), ("NFC", "NFD"), ("NFD", "NFD"), ("NFC", "NFC")])
@pytest.mark.parametrize("files", [CARPENTRIES, OLX, CARTRIDGE], ids=["carpentries", "olx", "cartridge"])
def test_every_file_is_found(files: samples.Files, forms: tuple[Form, Form], kind: str, tmp_path: Path) -> None:
    imported = read_course_at(put(kind, tmp_path, written(files, *forms)))
    first = imported.course.lessons[0]
    assert first.title == "First"
    assert "Words of the first." in first.content
    assert not [row for row in imported.skipped if "not there" in row.why or "leads to it" in row.why]
    if files is OLX:
        assert "Spoken words." in first.content
        assert "Animal?" in first.content
    if files is CARTRIDGE:
        assert "Words of the second." in imported.course.lessons[1].content


def test_a_zip_that_does_not_say_that_its_names_are_in_utf_8(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    marks = {}
    with zipfile.ZipFile(buffer, "w") as archive:
        for number, (name, data) in enumerate(written(CARTRIDGE, "NFD", "NFC").items()):
            encoded = name.encode()
            marks[b"~%02d" % number + b"~" * (len(encoded) - 3)] = encoded
            archive.writestr((b"~%02d" % number + b"~" * (len(encoded) - 3)).decode(), data)
    packed = buffer.getvalue()
    for mark, encoded in marks.items():
        packed = packed.replace(mark, encoded)
    (tmp_path / "it.zip").write_bytes(packed)
    assert "Words of the first." in read_course_at(tmp_path / "it.zip").course.lessons[0].content


@pytest.mark.parametrize("forms", [("NFD", "NFC"), ("NFC", "NFD")])
def test_the_pictures_of_our_own_format_are_found_when_it_is_checked(forms: tuple[Form, Form], tmp_path: Path) -> None:
    own = {name: text for name, text in samples.OWN.items() if not name.startswith(("three", "images"))}
    own["one.md"] = f"---\nid: one\ntitle: One\nminutes: 5\n---\n\n![A tree]({WORD}/{WORD}.png)\n"
    own[f"{WORD}/{WORD}.png"] = "picture"
    assert not check_course(put("folder", tmp_path, written(own, *forms)))
