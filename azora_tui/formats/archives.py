"""The files of a course from a folder, a zip, a tar or a single file, taken into memory and never onto the disk.

Archives come from strangers: whatever leads outside, is a link or a device, or is out of proportion is refused whole.
Only what may hold text is kept; of everything else the name and the size.
"""

import gzip
import os
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, TypeAlias

from azora_tui.errors import AzoraError
from azora_tui.text import clean

MAX_FILES = 20_000
MAX_BYTES = 2_000_000_000
"""Of all files together, unpacked; pictures and films count although they are not read."""
MAX_TEXT = 24_000_000
MAX_TEXT_IN_A_FILE = 4_000_000
"""Of XML and HTML, in which whole banks of questions lie."""
MAX_PROSE_IN_A_FILE = 1_000_000
"""Of everything else: a lesson, or a file of questions, is never so long."""
MAX_RATIO = 200
_MAX_DEPTH = 32
_MAX_NAME_LENGTH = 1_000
_MAX_DIRECTORY_BYTES = 4_000_000
_CHUNK = 65_536
_SMALL = 1_000_000
"""What is no larger than this is no bomb, however well it was packed."""

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
_LITTER = frozenset({"__MACOSX", ".DS_Store", "Thumbs.db", ".git", ".hg", ".svn", "node_modules", "__pycache__"})


_Read: TypeAlias = Callable[[], bytes]


class ArchiveError(AzoraError):
    """A folder or an archive cannot be taken; nothing of it was."""


@dataclass(frozen=True, slots=True)
class Tree:
    """The files of a course: `texts` with their content, `others` with their size, by path from the course's root.

    `name` is what the folder or file is called, without its extension. `left` are (path, why) of what was passed over.
    """

    name: str
    texts: Mapping[str, bytes]
    others: Mapping[str, int] = field(default_factory=dict)
    left: tuple[tuple[str, str], ...] = ()

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
        )


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
                return taken.tar(_Bounded(gzip.GzipFile(fileobj=file), size))
            if head[257:262] == b"ustar":
                return taken.tar(_Bounded(file, size))
        except (zipfile.BadZipFile, zipfile.LargeZipFile, tarfile.TarError, gzip.BadGzipFile, zlib.error) as error:
            raise ArchiveError("archive_damaged", name=path.name, reason=_first_line(error)) from error
        except (EOFError, NotImplementedError, RuntimeError, ValueError, OverflowError, UnicodeError) as error:
            raise ArchiveError("archive_damaged_or_unknown", name=path.name, reason=_first_line(error)) from error
        if head.startswith((b"\xfd7zXZ", b"BZh", b"7z\xbc\xaf", b"Rar!")):
            raise ArchiveError("archive_packing_unknown", name=path.name)
        taken.add(path.name, size, lambda: file.read(MAX_TEXT_IN_A_FILE + 1), always=True)
    return taken.tree()


class _Taken:
    """What has been taken so far, held to the limits."""

    def __init__(self, name: str) -> None:
        self.name = clean(name, keep_newlines=False).strip() or "course"
        self.texts: dict[str, bytes] = {}
        self.others: dict[str, int] = {}
        self.left: list[tuple[str, str]] = []
        self.text_bytes = 0
        self.bytes = 0

    def tree(self) -> Tree:
        return Tree(self.name, self.texts, self.others, tuple(self.left))

    def add(self, raw: str, size: int, read: _Read, *, always: bool = False) -> None:
        """Take one file; `read` gives its content, at most a byte more than is allowed. Raises `ArchiveError`."""
        name = _checked_name(raw)
        self.bytes += size
        if len(self.texts) + len(self.others) >= MAX_FILES:
            raise ArchiveError("too_many_files", name=self.name, maximum=MAX_FILES)
        if self.bytes > MAX_BYTES:
            raise ArchiveError("too_many_bytes", name=self.name, maximum=MAX_BYTES)
        if not _LITTER.isdisjoint(name.split("/")):
            return
        if name in self.texts or name in self.others:
            self.left.append((name, "another of the same name comes after it, and that one was taken"))
        if not (always or PurePosixPath(name).suffix.lower() in _TEXT):
            self.others[name] = size
            return
        most = MAX_TEXT_IN_A_FILE if PurePosixPath(name).suffix.lower() in _MARKUP else MAX_PROSE_IN_A_FILE
        data = read() if size <= most else b""
        if size > most or len(data) > most:
            raise ArchiveError("text_too_large", name=name, most=most)
        self.text_bytes += len(data)
        if self.text_bytes > MAX_TEXT:
            raise ArchiveError("too_much_text", name=self.name, maximum=MAX_TEXT)
        self.texts[name] = data

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
                        self.add(name, size, lambda entry=entry: _read_own(entry.path))  # type: ignore[misc]
                    else:
                        what = "a link" if entry.is_symlink() else "neither a file nor a folder"
                        self.left.append((clean(name, keep_newlines=False), f"it is {what}, and is not followed"))
        return self.tree()

    def zip(self, file: IO[bytes], size: int) -> Tree:
        _check_zip_directory(file, size)
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
                if info.file_size > _SMALL and info.file_size > info.compress_size * MAX_RATIO:
                    raise _bomb(self.name)
                self.add(info.filename, info.file_size, lambda info=info: _read_member(archive, info))  # type: ignore[misc]
        return self.tree()

    def tar(self, stream: "_Bounded") -> Tree:
        with tarfile.open(fileobj=stream, mode="r:", errorlevel=1) as archive:  # type: ignore[call-overload]
            entries = 0
            while (member := archive.next()) is not None:
                archive.members = []  # tarfile keeps them all, and there may be a great many
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
                self.add(member.name, member.size, lambda member=member: _read_tar(archive, member))  # type: ignore[misc]
        stream.read_to_the_end()
        return self.tree()


class _Bounded:
    """A stream that tarfile reads from, held to the limits: it would otherwise read a header of any length whole."""

    def __init__(self, stream: IO[bytes] | gzip.GzipFile, packed: int) -> None:
        self._stream = stream
        self._most = min(max(packed * MAX_RATIO, 20 * _SMALL), MAX_BYTES + 40_000_000)
        self._position = 0

    def read(self, size: int = -1) -> bytes:
        if not 0 <= size <= MAX_TEXT_IN_A_FILE + _CHUNK:
            raise ArchiveError("archive_header_too_large")
        data = self._stream.read(size)
        self._position += len(data)
        self._check(self._position)
        return data

    def tell(self) -> int:
        return self._position

    def seek(self, position: int, whence: int = 0) -> int:
        if whence:
            raise ValueError("seeks from the beginning only")
        self._check(position)
        if position < self._position:
            self._stream.seek(position)
            self._position = position
        while self._position < position:
            data = self._stream.read(min(_CHUNK, position - self._position))
            if not data:
                break
            self._position += len(data)
        return self._position

    def read_to_the_end(self) -> None:
        """Also what follows the last file: gzip tells only there whether all of it arrived as it was sent."""
        while self.read(_CHUNK):
            pass

    def seekable(self) -> bool:
        return True

    def _check(self, position: int) -> None:
        if position > self._most:
            raise _bomb("This archive")


def _read_own(path: str) -> bytes:
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb") as file:
        return file.read(MAX_TEXT_IN_A_FILE + 1)


def _read_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    with archive.open(info) as file:
        return file.read(MAX_TEXT_IN_A_FILE + 1)


def _read_tar(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    file = archive.extractfile(member)
    return file.read(MAX_TEXT_IN_A_FILE + 1) if file else b""


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
    name = clean(raw.encode("utf-8", "replace").decode(), keep_newlines=False).replace("\\", "/")
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


def _bomb(name: str) -> ArchiveError:
    return ArchiveError("archive_ratio_too_high", name=name, maximum=MAX_RATIO)


def _first_line(error: BaseException) -> str:
    return clean(str(error) or type(error).__name__, keep_newlines=False)[:100]
