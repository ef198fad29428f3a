"""What stands beside a course refuses nothing: too large a text is told and left, and limits are on what is kept."""

import base64
from pathlib import Path

import pytest

from azora_tui.formats import archives
from azora_tui.formats.archive_errors import ArchiveError
from azora_tui.formats.archives import Tree, read_tree
from azora_tui.formats.imported import Imported
from azora_tui.formats.registry import read_course_at, read_course_in
from tests.formats import samples

LARGE = b"1,2,3\n" * 175_000
PICTURE = base64.b64encode(bytes(range(256)) * 4_000)
FORMATS = {name: files for name, files in samples.ALL.items() if name != "gift"}


def put(kind: str, folder: Path, files: dict[str, bytes]) -> Path:
    if kind == "folder":
        for name, data in files.items():
            (folder / "it" / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / "it" / name).write_bytes(data)
        return folder / "it"
    path = folder / f"it.{kind}"
    path.write_bytes(samples.zipped(files) if kind == "zip" else samples.tarred(files, pack=kind == "tar.gz"))
    return path


def encoded(files: samples.Files) -> dict[str, bytes]:
    return {name: text.encode() for name, text in files.items()}


def why(imported: Imported, where: str) -> str:
    return next(row.why for row in imported.skipped if row.where == where)


@pytest.mark.parametrize("kind", ["folder", "zip", "tar", "tar.gz"])
@pytest.mark.parametrize("name", samples.ALL)
def test_too_large_a_file_beside_the_lessons_is_told_and_left(name: str, kind: str, tmp_path: Path) -> None:
    files = encoded(samples.ALL[name])
    whole = read_course_at(put(kind, tmp_path, files))
    beside = {"data/numbers.txt": LARGE, "data/deep/all.json": LARGE * 5, "data/notes.md": LARGE}
    imported = read_course_at(put(kind, tmp_path, {**beside, **files}))
    assert imported.course.lessons == whole.course.lessons
    for path in beside:
        assert "more than is kept" in why(imported, path)


@pytest.mark.parametrize("kind", ["folder", "zip", "tar.gz"])
def test_texts_beside_the_lessons_do_not_take_their_room(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = encoded(samples.CARPENTRIES)
    monkeypatch.setattr(archives, "MAX_TEXT", sum(map(len, files.values())) + 500)
    novels = {f"a/novel-{number}.txt": b"x" * 400 for number in range(20)}
    imported = read_course_at(put(kind, tmp_path, {**novels, **files, "z/last.txt": b"y" * 450}))
    assert len(imported.course.lessons) == 2
    assert imported.course.lessons[0].content.count("\n") > 10
    left = [row.where for row in imported.skipped if "more than is kept" in row.why]
    assert len(left) >= 19
    assert all(name.endswith(".txt") for name in left)


def test_pages_make_room_after_notes_and_the_largest_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_TEXT", 10)
    files = {"a.txt": b"xxx", "b.html": b"yyyyyy", "c.html": b"zzzzz", "d.json": b"{}", "e.md": b"wwww"}
    tree = read_tree(put("folder", tmp_path, files))
    assert tree.texts == {"c.html": b"zzzzz", "e.md": b"wwww"}
    assert tree.too_large == {"a.txt": 3, "d.json": 2, "b.html": 6}


def test_pictures_written_into_a_page_take_no_room(tmp_path: Path) -> None:
    page = b'<p>Words <img alt="A map" src="data:image/png;base64,' + PICTURE * 4 + b'"> and more.</p>'
    wrapped = b"\n".join(PICTURE[at : at + 76] for at in range(0, len(PICTURE), 76))
    lesson = b"![A tree](data:image/jpeg;base64," + PICTURE + b")\n\nAfter it.\n"
    files = encoded(samples.CARTRIDGE) | {
        "page.html": page,
        "extra.html": page.replace(PICTURE * 4, wrapped * 3),
    }
    imported = read_course_at(put("zip", tmp_path, files))
    assert "Words ![A map]() and more." in imported.course.lessons[0].content
    assert "and more." in next(each.content for each in imported.course.lessons if "extra" in each.id)
    own = encoded(samples.OWN)
    own["one.md"] = own["one.md"] + lesson
    imported = read_course_at(put("folder", tmp_path, own))
    assert "After it." in imported.course.lessons[0].content
    assert len(imported.course.lessons[0].content) < 1_000


def test_a_page_may_speak_of_an_address_of_data(tmp_path: Path) -> None:
    text = b"`data:text/plain;base64,SGVsbG8=` is a word.\n"
    own = encoded(samples.OWN)
    own["one.md"] = own["one.md"] + text
    assert text.decode() in read_course_at(put("zip", tmp_path, own)).course.lessons[0].content


def test_films_beside_a_course_are_not_counted(tmp_path: Path) -> None:
    path = put("folder", tmp_path, encoded(samples.OWN))
    with (path / "film.mp4").open("wb") as film:
        film.truncate(3_000_000_000)
    assert len(read_course_at(path).course.lessons) == 2


@pytest.mark.parametrize("name", ["course.yaml", "two.md"])
def test_our_own_format_needs_its_files(name: str, tmp_path: Path) -> None:
    files = encoded(samples.OWN)
    with pytest.raises(ArchiveError, match=f"{name} is larger than 1,000,000 bytes"):
        read_course_at(put("zip", tmp_path, files | {name: files[name] + LARGE}))


@pytest.mark.parametrize(
    ("format_", "name", "most"),
    [
        ("cartridge", "imsmanifest.xml", "4,000,000"),
        ("olx", "course.xml", "4,000,000"),
        ("olx", "chapter/ch1.xml", "4,000,000"),
        ("olx", "course/run1.xml", "4,000,000"),
        ("liascript", "README.md", "1,000,000"),
    ],
)
def test_what_the_outline_needs_refuses(format_: str, name: str, most: str, tmp_path: Path) -> None:
    files = encoded(samples.ALL[format_])
    with pytest.raises(ArchiveError, match=f"{name} is larger than {most} bytes"):
        read_course_at(put("folder", tmp_path, files | {name: files[name] + LARGE * 5}))


@pytest.mark.parametrize(
    ("format_", "name", "title"),
    [
        ("carpentries", "episodes/01-first.md", "01-first"),
        ("cartridge", "page.html", "Page"),
        ("cartridge", "quiz.xml", "Quiz"),
        ("olx", "html/h1.html", "First"),
        ("olx", "problem/p-choice.xml", "First"),
    ],
)
def test_of_a_page_that_is_too_large_a_note_stays(format_: str, name: str, title: str, tmp_path: Path) -> None:
    files = encoded(samples.ALL[format_])
    whole = read_course_at(put("folder", tmp_path, files))
    imported = read_course_at(put("folder", tmp_path, files | {name: files[name] + LARGE * 5}))
    assert [each.id for each in imported.course.lessons] == [each.id for each in whole.course.lessons]
    lesson = next(each for each in imported.course.lessons if each.title == title)
    assert "Here stood" in lesson.content
    assert "more than is kept" in why(imported, name)


def test_a_tree_made_by_hand_has_nothing_too_large() -> None:
    assert read_course_in(Tree("small", encoded(samples.OWN))).course.slug == "small"
