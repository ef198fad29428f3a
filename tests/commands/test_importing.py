"""Importing and exporting courses as plain commands."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from azora_tui.paths import Paths
from tests.commands.conftest import Azora
from tests.formats import samples


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    path = tmp_path / "small.zip"
    path.write_bytes(samples.zipped(samples.CARPENTRIES))
    return path


def test_json_is_exactly_what_was_agreed(azora: Azora, school: Paths, packed: Path) -> None:
    answer = azora("import", str(packed), "--json")
    assert (answer.status, answer.err) == (0, "")
    assert list(answer.json) == ["course", "lessons", "questions", "images", "skipped"]
    assert answer.json["course"] == {"id": 5, "slug": "small-lesson", "title": "Small Lesson"}
    assert (answer.json["lessons"], answer.json["questions"], answer.json["images"]) == (2, 2, 2)
    assert {
        "where": "config.yaml",
        "what": "the episode missing.md",
        "why": "there is no such file",
    } in answer.json["skipped"]
    assert all(list(row) == ["where", "what", "why"] for row in answer.json["skipped"])


def test_a_person_gets_a_table(azora: Azora, school: Paths, packed: Path) -> None:
    answer = azora("import", str(packed))
    assert answer.status == 0
    assert "Imported: Small Lesson, course 5 (small-lesson)." in answer.out
    assert "2 lessons, 2 questions, 2 pictures as text." in answer.out
    assert "Not taken, or not whole: 8 things." in answer.out
    assert "config.yaml" in answer.out
    assert all(len(line) <= 76 for line in answer.out.splitlines())
    assert "Nothing new in: Small Lesson" in azora("import", str(packed)).out
    assert "First" in azora("course", "small-lesson").out


def test_refusals_are_sentences_and_change_nothing(azora: Azora, school: Paths, tmp_path: Path) -> None:
    before = azora("courses", "--json").json
    (tmp_path / "bad.zip").write_bytes(samples.zipped({"../a.md": "x"}))
    (tmp_path / "plain.txt").write_text("Nothing to see.")
    for name, words in (
        ("bad.zip", "leads outside"),
        ("plain.txt", "no course that is known"),
        ("none", "is not there"),
    ):
        answer = azora("import", str(tmp_path / name))
        assert (answer.status, answer.out) == (1, "")
        assert words in answer.err
        assert "Nothing was imported." in answer.err
    assert azora("import", str(tmp_path / "bad.zip"), "--json").json["success"] is False
    assert azora("import").status == 2
    assert azora("courses", "--json").json == before


def test_a_learner_is_refused(azora: Azora, school: Paths, packed: Path) -> None:
    azora("register", "--email", "b@example.org", "--name", "B", "--password-stdin", stdin="a long passphrase")
    for command in (["import", str(packed)], ["export", "course", "1", "--output", "x"], ["export", "gift", "1"]):
        answer = azora(*command)
        assert (answer.status, answer.out) == (1, "")
        assert "Only instructors and admins" in answer.err


def test_a_course_goes_out_and_comes_back(azora: Azora, school: Paths, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    answer = azora("export", "course", "ubuntu-philosophy", "--output", str(folder))
    assert answer.status == 0
    assert len(list(folder.glob("*.md"))) == 6
    assert "Nothing new in" in azora("import", str(folder)).out
    again = azora("export", "course", "1", "--output", str(folder))
    assert again.status == 1
    assert "is not empty" in again.err


def test_questions_go_out_as_gift(azora: Azora, school: Paths, tmp_path: Path) -> None:
    path = tmp_path / "questions.gift"
    assert azora("export", "gift", "terminal-basics", "--output", str(path)).status == 0
    document = path.read_text()
    assert document.count("// [id:") > 5
    assert azora("export", "gift", "terminal-basics").out == document
    answer = azora("import", str(path), "--json")
    assert answer.json["questions"] == document.count("// [id:")
    assert answer.json["skipped"] == []
    (tmp_path / "none").mkdir()
    for name, text in {
        "course.yaml": samples.OWN["course.yaml"].replace("one, two", "one"),
        "one.md": samples.OWN["one.md"],
    }.items():
        (tmp_path / "none" / name).write_text(text)
    azora("import", str(tmp_path / "none"))
    assert "has no quizzes" in azora("export", "gift", "small").err


def test_progress_is_shown_on_a_terminal_and_wiped_away(school: Paths, packed: Path) -> None:
    script = (
        "from azora_tui.commands import importing; importing._PATIENCE = importing._EVERY = 0\n"
        "from azora_tui.cli import main; raise SystemExit(main())"
    )
    master, slave = pty.openpty()
    ended = subprocess.run(
        [sys.executable, "-c", script, "import", str(packed)],
        stdout=subprocess.PIPE,
        stderr=slave,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "AZORA_HOME": str(school.home)},
        check=True,
    )
    os.close(slave)
    shown = os.read(master, 100_000).decode()
    os.close(master)
    assert "Reading" in shown
    assert "Installing" in shown
    assert "of 2 lessons" in shown
    assert shown.endswith("\r\x1b[K")
    assert b"\x1b" not in ended.stdout
