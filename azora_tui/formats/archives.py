"""The files of a course from a folder, a zip, a tar or a single file, taken into memory and never onto the disk.

Archives come from strangers: whatever leads outside, is a link or a device, or is out of proportion is refused whole.
Only what may hold text is kept; of everything else the name and the size. Limits are on what is kept: a text that is
too large is left, and it refuses only a course that cannot be read without it.
"""

import gzip
import os
import re
import stat
import tarfile
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from heapq import heappop, heappush
from pathlib import Path, PurePosixPath
from typing import IO, TypeAlias

from azora_tui.formats.archive_errors import ArchiveError, bomb, most_unpacked
from azora_tui.formats.bounded_streams import MAX_BYTES, BoundedStream
from azora_tui.text import clean

MAX_FILES = 20_000
MAX_TEXT = 24_000_000
MAX_TEXT_IN_A_FILE = 4_000_000
"""Of XML and HTML, in which whole banks of questions lie."""
MAX_PROSE_IN_A_FILE = 1_000_000
"""Of everything else: a lesson, or a file of questions, is never so long."""
MAX_READ = 40_000_000
"""Of a text with the pictures that are written into it."""
_MAX_DEPTH = 32
_MAX_NAME_LENGTH = 1_000
_MAX_SAID_OF_ALL = 100
_MAX_DIRECTORY_BYTES = 4_000_000

_TEXT = frozenset(
    {
        ".md",
        ".rmd",
        ".qmd",
        ".xml",
        ".qti",
        ".html",
        ".htm",
        ".xhtml",
        ".yaml",
        ".yml",
        ".json",
        ".txt",
        ".gift",
        ".srt",
    }
)
_MARKUP = frozenset({".xml", ".qti", ".html", ".htm", ".xhtml", ".json"})
_BESIDE = frozenset({".txt", ".json", ".srt"})
"""What stands beside lessons more often than it is one: the first to be left where there is too much text."""
_PICTURE = re.compile(
    rb"(data:[\w.+-]{1,60}/[\w.+-]{1,60}(?:;[\w=.-]{1,40}){0,4},)([\w+/=%-]+(?:[ \t\r\n]+[\w+/=%-]{40,})*)", re.ASCII
)
_MAX_WRITTEN_OUT = 1_000
"""What is written into a text and no longer than this is as likely an example as a picture."""
_HOLD_PICTURES = (_MARKUP - {".json"}) | {".md", ".rmd", ".qmd"}
_LITTER = frozenset({"__MACOSX", ".DS_Store", "Thumbs.db", ".git", ".hg", ".svn", "node_modules", "__pycache__"})


_Read: TypeAlias = Callable[[int], bytes]
"""The content of a file, at most so many bytes of it."""


@dataclass(frozen=True, slots=True)
class Tree:
    """The files of a course: `texts` with their content, `others` with their size, by path from the course's root.

    `name` is what the folder or file is called, without its extension. `too_large` are texts that were left, with their
    size. `left` are (path, why) of what else was passed over. Accents in paths are composed (NFC).
    """

    name: str
    texts: Mapping[str, bytes]
    others: Mapping[str, int] = field(default_factory=dict)
    left: tuple[tuple[str, str], ...] = ()
    too_large: Mapping[str, int] = field(default_factory=dict)

    def under(self, folder: str) -> "Tree":
        """The part of the tree below a folder; "" is the whole."""
        if not folder:
            return self
        start = f"{folder}/"

        def within(names: Iterable[str]) -> Iterator[tuple[str, str]]:
            return ((name, name.removeprefix(start)) for name in names if name.startswith(start))

        return Tree(
            PurePosixPath(folder).name,
            {short: self.texts[name] for name, short in within(self.texts)},
            {short: self.others[name] for name, short in within(self.others)},
            self.left,
            {short: self.too_large[name] for name, short in within(self.too_large)},
        )

    def need(self, name: str) -> bytes:
        """A text without which there is no course. Raises `ArchiveError` for one that was too large, `KeyError` for one
        that is not there."""
        if name in self.too_large:
            raise ArchiveError("text_too_large", name=name, most=most_of(name))
        return self.texts[name]

    def why_missing(self, name: str) -> str:
        """What to say of a text that the course names and that is not among `texts`."""
        if name in self.too_large:
            return f"its file of {self.too_large[name]:,} bytes is more than is kept of a course"
        return "its file is not there"


def read_tree(path: Path) -> Tree:
    """Everything that a course at `path` may consist of. Raises `ArchiveError`."""
    try:
        if path.is_dir():
            return _Taken(path.resolve().name).folder(path)
        if not path.exists():
            raise ArchiveError("path_missing", path=path)
        if not path.is_file():
            raise ArchiveError("path_not_a_file", path=path)
        return _read_file(path)
    except OSError as error:
        raise ArchiveError("path_unreadable", path=path, reason=error.strerror or error) from error


def path_of(name: str) -> str:
    """A path as trees have it. Some systems write accents decomposed: one name would be two."""
    return unicodedata.normalize("NFC", name)


def most_of(name: str) -> int:
    """How many bytes of a text are kept."""
    return MAX_TEXT_IN_A_FILE if PurePosixPath(name).suffix.lower() in _MARKUP else MAX_PROSE_IN_A_FILE


def decoded(data: bytes) -> str:
    """Cleaned text of a file: UTF-8, or UTF-16 where it says so, or else what old word processors of the West wrote."""
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    return clean(text)


def _read_file(path: Path) -> Tree:
    name = path.name
    for ending in (".tar.gz", ".tar.bz2", ".tgz", path.suffix):
        if ending and name.lower().endswith(ending.lower()):
            name = name[: -len(ending)]
            break
    taken = _Taken(name)
    with path.open("rb") as file:
        head = file.read(512)
        file.seek(0)
        size = path.stat().st_size
        try:
            if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
                return taken.zip(file, size)
            if head.startswith(b"\x1f\x8b"):
                return taken.tar(BoundedStream(gzip.GzipFile(fileobj=file), size))
            if head[257:262] == b"ustar":
                return taken.tar(BoundedStream(file, size))
        except (zipfile.BadZipFile, zipfile.LargeZipFile, tarfile.TarError, gzip.BadGzipFile, zlib.error) as error:
            raise ArchiveError("archive_damaged", name=path.name, reason=_first_line(error)) from error
        except (EOFError, NotImplementedError, RuntimeError, ValueError, OverflowError, UnicodeError) as error:
            raise ArchiveError("archive_damaged_or_unknown", name=path.name, reason=_first_line(error)) from error
        if head.startswith((b"\xfd7zXZ", b"BZh", b"7z\xbc\xaf", b"Rar!")):
            raise ArchiveError("archive_packing_unknown", name=path.name)
        taken.add(path.name, size, file.read, always=True)
    tree = taken.tree()
    for left in tree.too_large:
        tree.need(left)
    return tree


class _Taken:
    """What has been taken so far, held to the limits."""

    def __init__(self, name: str) -> None:
        self.name = clean(name, keep_newlines=False).strip() or "course"
        self.texts: dict[str, bytes] = {}
        self.others: dict[str, int] = {}
        self.too_large: dict[str, int] = {}
        self.left: list[tuple[str, str]] = []
        self.sizes: list[tuple[bool, int, str]] = []
        self.text_bytes = 0
        self.read_bytes = 0

    def tree(self) -> Tree:
        return Tree(self.name, self.texts, self.others, tuple(self.left), self.too_large)

    def add(self, raw: str, size: int, read: _Read, *, always: bool = False) -> None:
        """Take one file of `size` bytes. Raises `ArchiveError`."""
        name = _checked_name(raw)
        if len(self.texts) + len(self.others) + len(self.too_large) >= MAX_FILES:
            raise ArchiveError("too_many_files", name=self.name, maximum=MAX_FILES)
        if not _LITTER.isdisjoint(name.split("/")):
            return
        self._forget(name)
        if not (always or is_text(name)):
            self.others[name] = size
            return
        most = most_of(name)
        data = self._read(name, size, read, most)
        if len(data) > most:
            self.too_large[name] = max(size, len(data))
            return
        self.texts[name] = data
        self.text_bytes += len(data)
        heappush(self.sizes, (not _is_beside(name), -len(data), name))
        self._keep_within_limits()

    def _read(self, name: str, size: int, read: _Read, most: int) -> bytes:
        """A text without the pictures that are written into it; of one that is too large for that, too much."""
        may_hold_pictures = PurePosixPath(name).suffix.lower() in _HOLD_PICTURES
        self.read_bytes += size
        if size > (MAX_READ if may_hold_pictures else most) or self.read_bytes > MAX_BYTES:
            return b" " * (most + 1)
        data = read((MAX_READ if may_hold_pictures else most) + 1)
        return _PICTURE.sub(_without_content, data) if may_hold_pictures and len(data) > most else data

    def _forget(self, name: str) -> None:
        """What came before under the same name."""
        if name in self.texts or name in self.others or name in self.too_large:
            self.left.append((name, "another of the same name comes after it, and that one was taken"))
            self.text_bytes -= len(self.texts.pop(name, b""))
            self.others.pop(name, None)
            self.too_large.pop(name, None)

    def _keep_within_limits(self) -> None:
        """Leave the largest texts, those that are seldom lessons first, until what is kept is little enough."""
        while self.text_bytes > MAX_TEXT:
            _, size, name = heappop(self.sizes)
            if len(self.texts.get(name, b"")) == -size:  # else another came under its name
                del self.texts[name]
                self.too_large[name] = -size
                self.text_bytes += size

    def folder(self, path: Path) -> Tree:
        """A folder on this computer. Links in it are the person's own, but are never followed."""
        pending = [(path, "")]
        seen = 0
        while pending:
            folder, before = pending.pop()
            with os.scandir(folder) as entries:
                for entry in sorted(entries, key=lambda each: each.name):
                    seen += 1
                    if seen > MAX_FILES:
                        raise ArchiveError("folder_too_many_files", path=path, maximum=MAX_FILES)
                    name = before + entry.name
                    if entry.name in _LITTER:
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        pending.append((Path(entry.path), f"{name}/"))
                    elif entry.is_file(follow_symlinks=False):
                        size = entry.stat(follow_symlinks=False).st_size
                        self.add(name, size, lambda most, entry=entry: _read_own(entry.path, most))  # type: ignore[misc]
                    else:
                        what = "a link" if entry.is_symlink() else "neither a file nor a folder"
                        self.left.append((clean(name, keep_newlines=False), f"it is {what}, and is not followed"))
        return self.tree()

    def zip(self, file: IO[bytes], size: int) -> Tree:
        _check_zip_directory(file, size)
        unpacked = 0
        with zipfile.ZipFile(file) as archive:
            for info in archive.infolist():
                if info.is_dir():
                    _checked_name(info.filename)
                    continue
                mode = info.external_attr >> 16
                if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
                    raise _not_a_file(info.filename)
                if info.flag_bits & 1:
                    raise ArchiveError("archive_locked", name=self.name)
                if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                    raise ArchiveError("archive_compression_unknown", name=self.name)
                unpacked += info.file_size
                if unpacked > most_unpacked(size):
                    raise bomb(self.name)
                self.add(
                    _zip_name(info),
                    info.file_size,
                    lambda most, info=info: _read_member(archive, info, most),  # type: ignore[misc]
                )
        return self.tree()

    def tar(self, stream: BoundedStream) -> Tree:
        with tarfile.open(fileobj=stream, mode="r:", errorlevel=1) as archive:  # type: ignore[call-overload]
            entries = unpacked = 0
            while (member := archive.next()) is not None:
                archive.members = []  # tarfile keeps them all, and there may be a great many
                if len(archive.pax_headers) > _MAX_SAID_OF_ALL:  # and it goes through these for each file
                    raise ArchiveError("archive_header_too_large")
                entries += 1
                if entries > 2 * MAX_FILES:
                    raise ArchiveError("too_many_files", name=self.name, maximum=MAX_FILES)
                if member.isdir():
                    _checked_name(member.name)
                    continue
                if not member.isreg() or member.issparse():
                    raise _not_a_file(member.name)
                if member.size < 0:
                    raise ArchiveError("archive_damaged_inside", name=self.name)
                unpacked += member.size
                if unpacked > MAX_BYTES:
                    raise ArchiveError("too_many_bytes", name=self.name, maximum=MAX_BYTES)
                self.add(member.name, member.size, partial(_content_of, stream, member))
        stream.read_to_the_end()
        return self.tree()


def is_text(name: str) -> bool:
    return PurePosixPath(name).suffix.lower() in _TEXT


def _without_content(picture: re.Match[bytes]) -> bytes:
    return picture[1] if len(picture[2]) > _MAX_WRITTEN_OUT else picture[0]


def _is_beside(name: str) -> bool:
    return PurePosixPath(name).suffix.lower() in _BESIDE


def _read_own(path: str, most: int) -> bytes:
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb") as file:
        return file.read(most)


def _read_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes:
    with archive.open(info) as file:
        return file.read(most)


def _content_of(stream: BoundedStream, member: tarfile.TarInfo, most: int) -> bytes:
    data = stream.content(member.offset_data, min(member.size, most))
    if len(data) < min(member.size, most):
        raise tarfile.ReadError("unexpected end of data")
    return data


def _zip_name(info: zipfile.ZipInfo) -> str:
    """Some systems write names in UTF-8 without saying so."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode()
    except UnicodeError:
        return info.filename


def _check_zip_directory(file: IO[bytes], size: int) -> None:
    """Refuse a zip whose directory is huge before it is read: zipfile reads it whole."""
    reach = min(size, 65_557)
    file.seek(size - reach)
    tail = file.read(reach)
    end = tail.rfind(b"PK\x05\x06")
    if end >= 0:
        directory = int.from_bytes(tail[end + 12 : end + 16], "little")
        if tail[max(0, end - 20) : end].startswith(b"PK\x06\x07"):
            record = tail[max(0, end - 76) : end - 20]
            if not record.startswith(b"PK\x06\x06"):
                raise zipfile.BadZipFile("its directory is not where it should be")
            directory = int.from_bytes(record[40:48], "little")
        if directory > _MAX_DIRECTORY_BYTES:
            raise ArchiveError("archive_too_many_files", maximum=MAX_FILES)
    file.seek(0)


def _checked_name(raw: str) -> str:
    """A path inside the archive as it is used here; raises `ArchiveError` for one that leads outside."""
    if len(raw) > _MAX_NAME_LENGTH:
        raise ArchiveError("archive_name_too_long")
    name = path_of(clean(raw.encode("utf-8", "replace").decode(), keep_newlines=False)).replace("\\", "/")
    parts = name.split("/")
    if name.startswith("/") or ".." in parts or parts[0].endswith(":"):
        raise ArchiveError("archive_leads_outside", name=name[:80])
    parts = [part for part in parts if part not in ("", ".")]
    if len(parts) > _MAX_DEPTH:
        raise ArchiveError("archive_too_deep")
    return "/".join(parts) or "unnamed"


def _not_a_file(name: str) -> ArchiveError:
    shown = clean(name, keep_newlines=False)[:80]
    return ArchiveError("archive_holds_link", shown=shown)


def _first_line(error: BaseException) -> str:
    return clean(str(error) or type(error).__name__, keep_newlines=False)[:100]
