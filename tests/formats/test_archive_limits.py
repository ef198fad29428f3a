"""Archives from strangers: just how long, how deep and how much, and what is refused beyond that."""

import gzip
import io
import os
import tarfile
import zipfile
from pathlib import Path

import pytest

from azora_tui.formats import archives
from azora_tui.formats.archive_errors import ArchiveError
from azora_tui.formats.archives import read_tree
from azora_tui.formats.bounded_streams import CHUNK, BoundedStream
from tests.formats import samples
from tests.formats.test_archives import FILES, as_folder, put

# Names


@pytest.mark.parametrize("make", [samples.zipped, samples.tarred])
def test_folders_may_stand_32_deep_in_one_another(make: object, tmp_path: Path) -> None:
    inside = "a/" * 31 + "b.md"
    assert read_tree(put(tmp_path, "deep", make({inside: "x"}))).texts == {inside: b"x"}  # type: ignore[operator]
    with pytest.raises(ArchiveError, match="too deep in one another"):
        read_tree(put(tmp_path, "deeper", make({f"a/{inside}": "x"})))  # type: ignore[operator]


def test_a_name_may_have_1000_signs(tmp_path: Path) -> None:
    name = "a" * 997 + ".md"
    assert read_tree(put(tmp_path, "long", samples.zipped({name: "x"}))).texts.keys() == {name}
    with pytest.raises(ArchiveError, match="a name out of all proportion"):
        read_tree(put(tmp_path, "longer", samples.zipped({f"a{name}": "x"})))


def test_empty_parts_of_a_name_count_for_nothing(tmp_path: Path) -> None:
    tree = read_tree(put(tmp_path, "a.zip", samples.zipped({"./a//./b.md": "x", "c\\d.md": "y"})))
    assert tree.texts == {"a/b.md": b"x", "c/d.md": b"y"}
    assert archives._checked_name("./") == "unnamed"


@pytest.mark.parametrize("name", ["../", "/etc/", "C:/x/"])
def test_a_folder_that_leads_outside_is_refused_too(name: str, tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as zipped:
        zipped.writestr(name, "")
    with pytest.raises(ArchiveError, match="leads outside"):
        read_tree(put(tmp_path, "a.zip", buffer.getvalue()))
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as packed:
        info = tarfile.TarInfo(name)
        info.type = tarfile.DIRTYPE
        packed.addfile(info)
    with pytest.raises(ArchiveError, match="leads outside"):
        read_tree(put(tmp_path, "a.tar", buffer.getvalue()))


def test_folders_in_an_archive_are_no_files(tmp_path: Path) -> None:
    assert read_tree(put(tmp_path, "a.zip", samples.zipped({"a/": "", "a/b.md": "x"}))).texts.keys() == {"a/b.md"}


@pytest.mark.parametrize(
    ("name", "called"),
    [("it.TAR.GZ", "it"), ("it.tar.bz2", "it"), ("it.tgz", "it"), ("a.b.zip", "a.b"), ("it", "it"), (".zip", ".zip"), ("\u202e.zip", "course")],
)  # fmt: skip
def test_what_a_tree_is_called(name: str, called: str, tmp_path: Path) -> None:
    assert read_tree(put(tmp_path, name, samples.tarred({"a.md": "x"}))).name == called


# Limits


def header(name: str, size: int, kind: bytes = tarfile.REGTYPE) -> bytes:
    """The header of a file in a tar that says that it is so long, whatever follows."""
    info = tarfile.TarInfo(name)
    info.size, info.type = size, kind
    return info.tobuf()


def test_a_tar_that_leads_far_beyond_itself_is_not_read_there(tmp_path: Path) -> None:
    data = header("a.bin", 1_000_000_000) + b"\0" * 1_024
    with pytest.raises(ArchiveError, match="200 times"):
        read_tree(put(tmp_path, "a.tar", data))
    with pytest.raises(ArchiveError, match="200 times"):
        read_tree(put(tmp_path, "a.tar.gz", gzip.compress(data)))


def test_how_far_a_stream_is_read() -> None:
    stream = BoundedStream(io.BytesIO(b"abc"), 3)
    assert stream.seek(20_000_000) == 3  # a small archive may still be as large as that; here it ends before
    with pytest.raises(ArchiveError, match="200 times"):
        stream.seek(20_000_001)
    assert BoundedStream(io.BytesIO(b"abc"), 1_000_000).seek(200_000_000) == 3
    with pytest.raises(ArchiveError, match="200 times"):
        BoundedStream(io.BytesIO(b"abc"), 1_000_000).seek(200_000_001)
    with pytest.raises(ArchiveError, match="200 times"):
        BoundedStream(io.BytesIO(b"abc"), 1_000_000_000).seek(2_040_000_001)


def test_a_stream_goes_back_and_on_from_its_beginning() -> None:
    stream = BoundedStream(io.BytesIO(b"abcdef"), 6)
    assert stream.read(4) == b"abcd"
    assert (stream.seek(1), stream.tell(), stream.read(2)) == (1, 1, b"bc")
    assert (stream.seek(5), stream.read(9)) == (5, b"f")
    assert stream.seekable()
    with pytest.raises(ValueError, match="from the beginning"):
        stream.seek(0, 2)


def test_reading_counts_as_far_as_seeking(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = BoundedStream(io.BytesIO(b"abcdef"), 6)
    monkeypatch.setattr(stream, "_most", 4)
    assert stream.read(4) == b"abcd"
    with pytest.raises(ArchiveError, match="200 times"):
        stream.read(1)


@pytest.mark.parametrize("size", [-1, CHUNK + 1])
def test_no_header_is_read_that_is_longer_than_64_kb(size: int) -> None:
    with pytest.raises(ArchiveError, match="header out of all proportion"):
        BoundedStream(io.BytesIO(b""), 0).read(size)
    assert BoundedStream(io.BytesIO(b"a"), 0).read(CHUNK) == b"a"


def test_a_tar_with_a_header_out_of_proportion_is_refused(tmp_path: Path) -> None:
    data = header("././@PaxHeader", 15_000_000, tarfile.XHDTYPE) + b"\0" * 1_024
    with pytest.raises(ArchiveError, match="header out of all proportion"):
        read_tree(put(tmp_path, "a.tar", data))


@pytest.mark.parametrize("kind", ["folder", "zip", "tar"])
def test_what_is_just_within_the_limits_is_taken(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = as_folder(tmp_path)
    if kind != "folder":
        path = put(tmp_path, "packed", (samples.zipped if kind == "zip" else samples.tarred)(FILES))
    for limit, value in (
        ("MAX_FILES", 6 if kind == "folder" else 3),
        ("MAX_TEXT", 2),
        ("MAX_PROSE_IN_A_FILE", 1),
    ):
        monkeypatch.setattr(archives, limit, value)
    assert len(read_tree(path).texts) == 2


def test_markup_may_be_longer_than_prose(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_PROSE_IN_A_FILE", 2)
    monkeypatch.setattr(archives, "MAX_TEXT_IN_A_FILE", 3)
    monkeypatch.setattr(archives, "MAX_READ", 3)
    markup = {f"a{ending}": "abc" for ending in (".xml", ".qti", ".html", ".htm", ".xhtml", ".JSON")}
    assert len(read_tree(put(tmp_path, "a.zip", samples.zipped(markup))).texts) == len(markup)
    for name in ("a.md", "a.txt", "a.gift", "a.yaml", "a.srt"):
        tree = read_tree(put(tmp_path, "b.zip", samples.zipped({name: "abc"})))
        assert (tree.texts, tree.too_large) == ({}, {name: 3})
    tree = read_tree(put(tmp_path, "c.zip", samples.zipped({"a.xml": "abcd"})))
    assert (tree.texts, tree.too_large) == ({}, {"a.xml": 4})
    with pytest.raises(ArchiveError, match=r"a\.xml is larger than 3 bytes"):
        tree.need("a.xml")


def test_a_file_that_is_longer_than_it_said_is_left(tmp_path: Path) -> None:
    taken = archives._Taken("x")
    taken.add("a.md", 1, lambda most: b"x" * (archives.MAX_PROSE_IN_A_FILE + 1))
    assert taken.tree().too_large == {"a.md": archives.MAX_PROSE_IN_A_FILE + 1}


@pytest.mark.parametrize("name", ["course.md", "questions.gift", "course.html"])
def test_a_file_given_by_itself_that_is_too_large_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="too much for a text"):
        read_tree(put(tmp_path, name, b"# A\n" + b"x " * 2_500_000))


def test_what_is_small_is_no_bomb_however_well_it_is_packed(tmp_path: Path) -> None:
    zeros = {"a.bin": b"\0" * 10_000_000, "b.bin": b"\0" * 10_000_000}
    assert len(read_tree(put(tmp_path, "a.zip", samples.zipped(zeros))).others) == 2
    with pytest.raises(ArchiveError, match="200 times"):
        read_tree(put(tmp_path, "b.zip", samples.zipped({**zeros, "c.bin": b"\0"})))


def test_a_zip_with_a_huge_directory_is_refused_before_it_is_read(tmp_path: Path) -> None:
    data = bytearray(samples.zipped({"a.md": "x"}))
    end = data.rfind(b"PK\x05\x06")
    data[end + 12 : end + 16] = (4_000_000).to_bytes(4, "little")
    with pytest.raises(ArchiveError, match="damaged"):
        read_tree(put(tmp_path, "a.zip", bytes(data)))
    data[end + 12 : end + 16] = (4_000_001).to_bytes(4, "little")
    with pytest.raises(ArchiveError, match="more than 20,000 files"):
        read_tree(put(tmp_path, "b.zip", bytes(data)))


def test_a_zip_packed_otherwise_is_refused(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.md", "x")
    with pytest.raises(ArchiveError, match="packed in a way that is not taken"):
        read_tree(put(tmp_path, "a.zip", buffer.getvalue()))
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a.md", "x")
    assert read_tree(put(tmp_path, "b.zip", stored.getvalue())).texts == {"a.md": b"x"}


def test_a_tar_of_very_many_entries_is_refused_even_if_they_are_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MAX_FILES", 2)
    folders = [header(f"{number}", 0, tarfile.DIRTYPE) for number in range(5)]
    assert read_tree(put(tmp_path, "a.tar", b"".join(folders[:4]) + b"\0" * 1_024)).texts == {}
    with pytest.raises(ArchiveError, match="more than 2 files"):
        read_tree(put(tmp_path, "b.tar", b"".join(folders) + b"\0" * 1_024))


def test_a_sparse_file_in_a_tar_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="link or a device"):
        read_tree(put(tmp_path, "a.tar", header("a.md", 0, tarfile.GNUTYPE_SPARSE) + b"\0" * 1_024))


def test_what_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str, flags: int) -> int:
        raise PermissionError(13, "Permission denied")

    folder = as_folder(tmp_path)
    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(ArchiveError, match=r"cannot be read \(Permission denied\)"):
        read_tree(folder)
