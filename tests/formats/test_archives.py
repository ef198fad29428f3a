"""Folders and archives from strangers: what is taken, and what is refused whole."""

import gzip
import io
import os
import stat
import tarfile
import zipfile
from pathlib import Path

import pytest

from azora_tui.formats import archives
from azora_tui.formats.archive_errors import ArchiveError
from azora_tui.formats.archives import Tree, decoded, read_tree
from tests.formats import samples

FILES = {"course.yaml": "a", "deep/er/text.md": "b", "images/tree.png": "not text"}


def put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def as_folder(folder: Path) -> Path:
    for name, text in FILES.items():
        path = folder / "it" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder / "it"


@pytest.mark.parametrize("kind", ["folder", "it.zip", "it.tar", "it.tar.gz", "it.tgz", "it.imscc"])
def test_the_same_files_from_everywhere(kind: str, tmp_path: Path) -> None:
    if kind == "folder":
        path = as_folder(tmp_path)
    elif kind in ("it.zip", "it.imscc"):
        path = put(tmp_path, kind, samples.zipped(FILES))
    else:
        path = put(tmp_path, kind, samples.tarred(FILES, pack=kind != "it.tar"))
    tree = read_tree(path)
    assert tree.name == "it"
    assert tree.texts == {"course.yaml": b"a", "deep/er/text.md": b"b"}
    assert tree.others == {"images/tree.png": 8}


def test_what_it_is_called_does_not_matter(tmp_path: Path) -> None:
    assert read_tree(put(tmp_path, "it.txt", samples.zipped(FILES))).texts.keys() == {"course.yaml", "deep/er/text.md"}


def test_litter_is_left_out_and_a_single_file_taken(tmp_path: Path) -> None:
    files = {"a.md": "a", "__MACOSX/a.md": "x", ".git/config.md": "x", "b/.DS_Store": "x"}
    assert read_tree(put(tmp_path, "a.zip", samples.zipped(files))).texts == {"a.md": b"a"}
    assert read_tree(put(tmp_path, "quiz", b"text")).texts == {"quiz": b"text"}


def test_a_git_checkout_is_read_without_its_history_and_without_its_links(tmp_path: Path) -> None:
    folder = as_folder(tmp_path)
    (folder / ".git").mkdir()
    (folder / ".git" / "notes.md").write_text("x")
    (tmp_path / "secret.md").write_text("secret")
    (folder / "link.md").symlink_to(tmp_path / "secret.md")
    (folder / "loop").symlink_to(folder)
    os.mkfifo(folder / "pipe.md")
    tree = read_tree(folder)
    assert tree.texts.keys() == {"course.yaml", "deep/er/text.md"}
    assert sorted(tree.left) == [
        ("link.md", "it is a link, and is not followed"),
        ("loop", "it is a link, and is not followed"),
        ("pipe.md", "it is neither a file nor a folder, and is not followed"),
    ]


@pytest.mark.parametrize(
    "name",
    ["../x.md", "a/../../x.md", "/etc/x.md", "C:/x.md", "C:\\x.md", "..\\x.md", "a\\..\\..\\x.md", "//host/x.md"],
)
@pytest.mark.parametrize("make", [samples.zipped, samples.tarred])
def test_what_leads_outside_is_refused(make: object, name: str, tmp_path: Path) -> None:
    path = put(tmp_path, "bad", make({"course.yaml": "a", name: "x"}))  # type: ignore[operator]
    with pytest.raises(ArchiveError, match="leads outside"):
        read_tree(path)
    assert [each.name for each in tmp_path.iterdir()] == ["bad"]


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.BLKTYPE])
def test_links_and_devices_in_a_tar_are_refused(kind: bytes, tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        info = tarfile.TarInfo("a.md")
        info.type, info.linkname = kind, "/etc/passwd"
        archive.addfile(info)
    with pytest.raises(ArchiveError, match="link or a device"):
        read_tree(put(tmp_path, "a.tar", buffer.getvalue()))


@pytest.mark.parametrize("mode", [stat.S_IFLNK, stat.S_IFCHR, stat.S_IFIFO])
def test_links_and_devices_in_a_zip_are_refused(mode: int, tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        info = zipfile.ZipInfo("a.md")
        info.external_attr = (mode | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    with pytest.raises(ArchiveError, match="link or a device"):
        read_tree(put(tmp_path, "a.zip", buffer.getvalue()))


def test_zip64_is_taken_and_one_with_its_directory_elsewhere_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 1)  # so that it writes as it would for very many
    data = samples.zipped(FILES)
    assert b"PK\x06\x06" in data
    assert read_tree(put(tmp_path, "it.zip", data)).texts.keys() == {"course.yaml", "deep/er/text.md"}
    with pytest.raises(ArchiveError, match="damaged"):
        read_tree(put(tmp_path, "it.zip", data.replace(b"PK\x06\x06", b"PK\x06\x05")))


def test_a_tar_that_arrived_otherwise_than_it_was_sent_is_refused(tmp_path: Path) -> None:
    data = bytearray(samples.tarred(FILES))
    assert read_tree(put(tmp_path, "a.tar.gz", bytes(data))).texts
    data[-8] ^= 1  # its checksum, which stands after everything that tar reads
    for bad in (data, data[:-8]):
        with pytest.raises(ArchiveError, match="damaged"):
            read_tree(put(tmp_path, "a.tar.gz", bytes(bad)))


def test_of_two_files_with_one_name_the_last_is_taken_and_it_is_told(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for text in (b"first", b"second"):
            info = tarfile.TarInfo("a.md")
            info.size = len(text)
            archive.addfile(info, io.BytesIO(text))
    tree = read_tree(put(tmp_path, "a.tar", buffer.getvalue()))
    assert tree.texts == {"a.md": b"second"}
    assert tree.left == (("a.md", "another of the same name comes after it, and that one was taken"),)


@pytest.mark.parametrize(
    ("limit", "value", "sentence"),
    [
        ("MAX_FILES", 2, "more than 2 files"),
    ],
)
@pytest.mark.parametrize("kind", ["folder", "zip", "tar"])
def test_limits(
    limit: str, value: int, sentence: str, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = as_folder(tmp_path)
    if kind != "folder":
        path = put(tmp_path, "packed", (samples.zipped if kind == "zip" else samples.tarred)(FILES))
    assert isinstance(read_tree(path), Tree)
    monkeypatch.setattr(archives, limit, value)
    with pytest.raises(ArchiveError, match=sentence):
        read_tree(path)


def test_a_zip_that_lies_about_a_size_is_not_read_on(tmp_path: Path) -> None:
    data = samples.zipped({"a.md": "x" * 100_000})
    small = (1_000).to_bytes(4, "little")
    path = put(tmp_path, "a.zip", data.replace((100_000).to_bytes(4, "little"), small))
    try:
        assert len(read_tree(path).texts["a.md"]) <= 1_000
    except ArchiveError as error:
        assert "damaged" in str(error)


def test_bombs_are_refused(tmp_path: Path) -> None:
    zeros = b"\0" * 30_000_000
    with pytest.raises(ArchiveError, match="200 times"):
        read_tree(put(tmp_path, "a.zip", samples.zipped({"a.bin": zeros})))
    with pytest.raises(ArchiveError, match="200 times"):
        read_tree(put(tmp_path, "a.tar.gz", samples.tarred({"a.bin": zeros})))


def test_a_header_out_of_proportion_is_not_read_into_memory(tmp_path: Path) -> None:
    info = tarfile.TarInfo("long")
    info.type, info.size = tarfile.GNUTYPE_LONGNAME, 20_000_000
    data = gzip.compress(info.tobuf(tarfile.GNU_FORMAT) + b"a" * 20_000_000)
    with pytest.raises(ArchiveError, match="out of all proportion"):
        read_tree(put(tmp_path, "a.tar.gz", data))


def test_a_zip_with_an_endless_directory_is_not_read_into_memory(tmp_path: Path) -> None:
    data = bytearray(samples.zipped({"a.md": "x"}))
    end = data.rfind(b"PK\x05\x06")
    data[end + 12 : end + 16] = (10_000_000).to_bytes(4, "little")
    with pytest.raises(ArchiveError, match="files"):
        read_tree(put(tmp_path, "a.zip", bytes(data)))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"PK\x03\x04 and no more", "damaged"),
        (b"\x1f\x8b\x08\x00garbage", "damaged"),
        (samples.tarred(FILES)[:60], "damaged"),
        (b"\xfd7zXZ\x00more", "pack it as .zip"),
        (b"7z\xbc\xaf\x27\x1c", "pack it as .zip"),
    ],
)
def test_damage_is_told(data: bytes, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=sentence):
        read_tree(put(tmp_path, "a", data))


def test_a_locked_zip_is_refused(tmp_path: Path) -> None:
    data = bytearray(samples.zipped({"a.md": "x"}))
    data[data.find(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(ArchiveError, match="password"):
        read_tree(put(tmp_path, "a.zip", bytes(data)))


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="is not there"):
        read_tree(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ArchiveError, match="neither a file nor a folder"):
        read_tree(tmp_path / "pipe")


def test_names_are_cleaned_and_never_steer_a_terminal(tmp_path: Path) -> None:
    tree = read_tree(put(tmp_path, "a.zip", samples.zipped({"a\x1b[31m\u202e.md": "x"})))
    assert tree.texts == {"a[31m.md": b"x"}


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("é\r\n".encode(), "é\n"),
        ("\ufeffa".encode(), "a"),
        ("aé".encode("utf-16"), "aé"),
        (b"caf\xe9", "café"),
        (b"a\x1b[0m", "a[0m"),
    ],
)
def test_texts_are_decoded_and_cleaned(data: bytes, text: str) -> None:
    assert decoded(data) == text


def test_a_part_of_a_tree() -> None:
    tree = Tree("all", {"a/course.yaml": b"1", "b.md": b"2"}, {"a/x.png": 3})
    assert tree.under("a") == Tree("a", {"course.yaml": b"1"}, {"x.png": 3})
    assert tree.under("") is tree
