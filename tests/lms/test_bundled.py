"""The courses that come with the program: loaded once, updated when they are newer, never in anybody's
way."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import azora_tui
from azora_tui.data import schema
from azora_tui.data.database import open_database
from azora_tui.errors import StorageError
from azora_tui.formats import course as course_format
from azora_tui.lms import bundled, catalog, enrolling, installing, reading
from azora_tui.lms.service import Lms
from azora_tui.models.accounts import Claims
from tests.engine import sqlite

Make = Callable[..., Claims]
ORIGINAL_LESSONS = {
    1: ("ubuntu-philosophy", "what-is-ubuntu"),
    2: ("ubuntu-philosophy", "ubuntu-in-practice"),
    3: ("ubuntu-philosophy", "ubuntu-and-technology"),
    4: ("constitutional-ai", "constitutional-principles"),
    5: ("constitutional-ai", "ai-ethics-framework"),
    6: ("token-economics", "azr-token-basics"),
}


@pytest.fixture
def bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the bundled courses, for a test to change."""
    program = tmp_path / "program"
    shutil.copytree(Path(azora_tui.__file__).parent / "courses", program / "courses")
    monkeypatch.setattr(bundled, "FOLDER", program / "courses")
    return program / "courses"


def rewrite(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_all_four_load_with_the_ids_of_the_original_service(lms: Lms, claims: Make) -> None:
    assert bundled.load(lms)
    rows = {each.id: each.title for each in catalog.page(lms, claims()).courses}
    assert rows == {
        1: "Introduction to Ubuntu Philosophy",
        2: "Constitutional AI Fundamentals",
        3: "Azora Token Economics",
        4: "At Home in the Terminal",
    }
    with lms.database.read() as connection:
        lessons = connection.execute(
            """SELECT lessons.id, courses.slug, lessons.slug FROM lessons JOIN courses ON courses.id =
            course_id
            WHERE lessons.id <= 6"""
        )
        assert {number: (course, lesson) for number, course, lesson in lessons} == ORIGINAL_LESSONS
        assert sqlite(connection).execute("SELECT COUNT(*) FROM lessons WHERE is_published = 1").get >= 20


def test_a_second_start_reads_no_course_and_writes_nothing(lms: Lms, monkeypatch: pytest.MonkeyPatch) -> None:
    bundled.load(lms)
    monkeypatch.setattr(course_format, "read_course", lambda _: pytest.fail("read without need"))
    with lms.database.read() as connection:
        before = sqlite(connection).data_version()
    other = Lms(open_database(lms.database.path, schema.LMS), lms.now, lms.new_id)
    assert not bundled.load(other)
    other.database.close()
    with lms.database.read() as connection:
        assert sqlite(connection).data_version() == before


def test_they_load_all_or_not_at_all(lms: Lms, claims: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[str] = []
    install = installing.install

    def fail_at_the_third(*arguments: object, **named: object) -> int:
        loaded.append("course")
        if len(loaded) == 3:
            raise KeyError
        return install(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(installing, "install", fail_at_the_third)
    with pytest.raises(KeyError):
        bundled.load(lms)
    assert catalog.count(lms, claims()).all == 0
    monkeypatch.setattr(installing, "install", install)
    assert bundled.load(lms)
    assert catalog.count(lms, claims()).all == 4


def test_a_newer_version_is_taken_up_and_progress_stays(lms: Lms, claims: Make, bundle: Path) -> None:
    bundled.load(lms)
    enrolling.enroll(lms, claims(), 1)
    reading.complete_lesson(lms, claims(), 1)
    before = catalog.detail(lms, claims(), 1)
    folder = bundle / "ubuntu-philosophy"
    rewrite(folder / "course.yaml", "version: 1.1.0", "version: 1.10.0")
    rewrite(folder / "course.yaml", "critics-and-limits", "becoming-a-neighbour")
    rewrite(folder / "what-is-ubuntu.md", "title: ", "title: Newer ")
    (folder / "critics-and-limits.md").rename(folder / "becoming-a-neighbour.md")
    rewrite(folder / "becoming-a-neighbour.md", "id: critics-and-limits", "id: becoming-a-neighbour")
    assert bundled.load(lms)
    after = catalog.detail(lms, claims(), 1)
    assert after.course.version == "1.10.0"
    assert after.lessons[0].title == f"Newer {before.lessons[0].title}"
    assert after.lessons[0].completed_at == before.lessons[0].completed_at is not None
    assert after.lessons[-1].slug == "becoming-a-neighbour"
    assert after.enrollment == before.enrollment
    assert [each.id for each in after.lessons[:-1]] == [each.id for each in before.lessons[:-1]]

    rewrite(folder / "course.yaml", "version: 1.10.0", "version: 1.9.9")
    assert not bundled.load(lms)
    assert catalog.detail(lms, claims(), 1).course.version == "1.10.0"


def test_new_files_of_the_same_version_change_nothing_and_are_compared_once(
    lms: Lms, claims: Make, bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundled.load(lms)
    before = catalog.detail(lms, claims(), 1)
    rewrite(bundle / "ubuntu-philosophy" / "what-is-ubuntu.md", "title: ", "title: Unnumbered ")
    assert not bundled.load(lms)
    assert catalog.detail(lms, claims(), 1) == before
    monkeypatch.setattr(course_format, "read_course", lambda _: pytest.fail("compared twice"))
    assert not bundled.load(lms)


@pytest.mark.parametrize("change", ["size", "time", "version", "file"])
def test_the_fingerprint_tells_any_other_state_of_the_program(
    bundle: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    file = bundle / "token-economics" / "course.yaml"
    before = bundled._fingerprint(bundle)
    state = file.stat()
    if change == "size":
        file.write_text(file.read_text() + "\n")
        os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns))
    elif change == "time":
        os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns + 1))
    elif change == "version":
        monkeypatch.setattr(bundled, "__version__", "99.0")
    else:
        (bundle / "token-economics" / "new.md").touch()
    assert bundled._fingerprint(bundle) != before


def test_a_course_that_cannot_be_read_stops_the_loading_whole(lms: Lms, claims: Make, bundle: Path) -> None:
    (bundle / "terminal-basics" / "course.yaml").write_text("slug: [")
    with pytest.raises(course_format.CourseError, match=r"course\.yaml: is not valid YAML"):
        bundled.load(lms)
    assert catalog.count(lms, claims()).all == 0


def test_news_that_cannot_be_written_take_nothing_of_what_is_there_and_are_tried_again(
    lms: Lms, claims: Make, bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StorageError("disk_full")

    with monkeypatch.context() as patch:
        patch.setattr(lms.database, "write", full)
        with pytest.raises(StorageError, match="disk is full"):
            bundled.load(lms)
    bundled.load(lms)
    rewrite(bundle / "token-economics" / "course.yaml", "version: 1.", "version: 2.")
    with monkeypatch.context() as patch:
        patch.setattr(lms.database, "write", full)
        assert not bundled.load(lms)
    assert catalog.page(lms, claims()).courses
    assert bundled.load(lms), "there is room again"
