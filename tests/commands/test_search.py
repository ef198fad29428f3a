"""Searching, and taking one's notes along, without the app."""

import stat
from pathlib import Path

import pytest

from azora_tui.auth import service
from azora_tui.auth.context import open_auth
from azora_tui.lms import notes
from azora_tui.lms.service import open_lms
from azora_tui.paths import Paths
from tests.commands.conftest import Azora

pytestmark = pytest.mark.usefixtures("school")


def write_note(home: Path, text: str | None) -> None:
    paths = Paths(home)
    auth, lms = open_auth(paths), open_lms(paths)
    claims = service.resume(auth)
    assert claims is not None
    notes.write(lms, claims, 1, digest=1, quote="A paragraph of the lesson.", position="{}", text=text)
    auth.database.close()
    lms.database.close()


def test_hits_with_where_they_are(azora: Azora) -> None:
    answer = azora("search", "stokv")
    assert answer.status == 0
    assert "lesson" in answer.out.splitlines()[0]
    assert "(ubuntu-in-practice), in" in answer.out
    assert "In a *stokvel*, members pay" in " ".join(answer.out.split())
    assert "`azora-tui read ID LESSON`" in answer.out


@pytest.mark.parametrize("words", ["", "  ", "\x1b", "\udcff"])
def test_nothing_to_look_for_is_refused(azora: Azora, words: str) -> None:
    answer = azora("search", words)
    assert answer.status == 1
    assert answer.out == ""
    assert "Say what to look for" in answer.err


def test_several_words_need_no_quotes(azora: Azora) -> None:
    assert azora("search", "ubuntu", "philos").out == azora("search", "ubuntu philos").out
    assert "Introduction to Ubuntu Philosophy" in azora("search", "ubuntu", "philos").out


def test_json_has_each_hit_with_its_marks(azora: Azora) -> None:
    answer = azora("search", "ubuntu", "--json").json
    assert answer["success"] is True
    first = answer["data"][0]
    assert (first["kind"], first["course_id"], first["lesson_id"], first["note_id"]) == ("course", 1, None, None)
    (start, end) = first["title_marks"][0]
    assert first["title"][start:end] == "Ubuntu"


def test_nothing_found_names_what_is_near(azora: Azora) -> None:
    assert 'Nothing has "ubnutu" in it. Did you mean "ubuntu"?' in azora("search", "ubnutu").out


@pytest.mark.parametrize("query", ["xyzzy", '"', "*", "xyzzy NEAR(", "\x1b[31m"])
def test_nothing_found_says_what_to_try(azora: Azora, query: str) -> None:
    answer = azora("search", query)
    assert answer.status == 0
    assert "Nothing has" in answer.out
    assert azora("search", query, "--json").json == {"success": True, "data": []}


def test_own_notes_are_among_the_hits(azora: Azora, home: Path) -> None:
    assert azora("enroll", "1").status == 0
    write_note(home, "Xylophone lessons")
    assert "your note" in azora("search", "xylo").out


def test_notes_are_exported_to_standard_output_or_a_file_of_one_s_own(azora: Azora, home: Path, tmp_path: Path) -> None:
    answer = azora("export", "notes")
    assert (answer.status, answer.out) == (1, "")
    assert "You have no notes yet, so nothing was written." in answer.err
    azora("enroll", "1")
    write_note(home, "Mine.")
    write_note(home, None)
    document = azora("export", "notes").out
    assert document.startswith("# My notes\n\n## Introduction to Ubuntu Philosophy\n\n### ")
    assert "> A paragraph of the lesson.\n\nMine.\n\n*Note of 20" in document
    assert "*Bookmark of 20" in document
    target = tmp_path / "notes.md"
    assert azora("export", "notes", "--output", str(target)).status == 0
    assert target.read_text("utf-8") == document
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    target.write_text("mine")
    refused = azora("export", "notes", "--output", str(target))
    assert (refused.status, target.read_text()) == (1, "mine")
    assert "is there already" in refused.err
    assert azora("export", "notes", "--output", str(target), "--force").status == 0
    assert target.read_text() == document
    refused = azora("export", "notes", "--output", str(tmp_path), "--force")
    assert "is not a file" in refused.err
    refused = azora("export", "notes", "--output", str(tmp_path / "nowhere" / "notes.md"))
    assert refused.status == 1
    assert "could not be written" in refused.err
