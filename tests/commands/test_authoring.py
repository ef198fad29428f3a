"""`azora-tui new-course` and `azora-tui check`: no school is needed, and none is made."""

from pathlib import Path

import pytest

from azora_tui.paths import replace_file
from tests.commands.conftest import Azora


def test_a_new_course_is_laid_out_and_has_no_faults(azora: Azora, home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "first steps"
    answer = azora("new-course", str(folder))
    assert answer.status == 0
    assert f"{folder / 'course.yaml'}\n" in answer.out
    assert f"azora-tui check '{folder}'" in answer.out
    for path in (folder, folder / "course.yaml"):
        answer = azora("check", str(path))
        assert (answer.status, answer.out, answer.err) == (0, "No faults.\n", "")
    assert azora("check", str(folder), "--json").json == {"faults": []}
    assert azora("new-course", str(folder)).status == 1
    assert not home.exists()


def test_a_new_course_that_cannot_be_written_leaves_nothing_behind(
    azora: Azora, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = 2

    def full(path: Path, content: bytes) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise OSError(28, "No space left on device")
        replace_file(path, content)

    monkeypatch.setattr("azora_tui.formats.course_folder.replace_file", full)
    (tmp_path / "empty").mkdir()
    for folder in (tmp_path / "above" / "steps", tmp_path / "empty"):
        left = 2
        answer = azora("new-course", str(folder))
        assert answer.status == 1
        assert "No space left" in answer.err
    assert [path.name for path in tmp_path.rglob("*")] == ["empty"]


def test_faults_are_told_with_file_and_line(azora: Azora, home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "steps"
    azora("new-course", str(folder))
    lesson = folder / "welcome.md"
    lesson.write_text(lesson.read_text().replace("![Three dots, joined by lines into a triangle]", "![]"))
    answer = azora("check", str(folder))
    assert answer.status == 1
    assert answer.err == ""
    fault, count = answer.out.splitlines()
    assert fault == (
        f"{lesson}:17: the image images/triangle.svg has no alternative text. "
        "Say between [ and ] what one would see in it."
    )
    assert count == "1 fault."
    answer = azora("check", str(folder), "--json")
    assert answer.status == 1
    (found,) = answer.json["faults"]
    assert (found["file"], found["line"]) == (str(lesson), 17)
    assert found["message"].startswith("the image")
    assert not home.exists()


def test_a_path_that_is_no_folder_is_refused(azora: Azora, tmp_path: Path) -> None:
    answer = azora("check", str(tmp_path / "nowhere"))
    assert answer.status == 1
    assert "is not a folder" in answer.err
