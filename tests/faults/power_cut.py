"""A disk that keeps, when the power is cut, only what was synced: the content of files, and the names in folders.

The calls of the operating system go through; beside them it is written down what each fsync has made sure of. SQLite's
own files are watched by a file system of its own, whose writes go through as well.
"""

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import apsw
import pytest

_CALLS = ("open", "fsync", "replace", "rename", "unlink", "remove", "mkdir", "rmdir", "write", "link", "ftruncate")
_JOURNALS = ("-wal", "-journal")


@dataclass(frozen=True)
class Cut:
    """What would be there if the power went just here, after this call."""

    after: str
    names: dict[int, dict[str, int]]
    contents: dict[int, bytes]
    root: int

    def survivors(self, target: Path) -> Path:
        """That disk, as a folder."""
        self._fill(target, self.root)
        return target

    def _fill(self, folder: Path, number: int) -> None:
        folder.mkdir(mode=0o700)
        for name, each in self.names.get(number, {}).items():
            if each in self.names:
                self._fill(folder / name, each)
            else:
                (folder / name).write_bytes(self.contents.get(each, b""))
                (folder / name).chmod(0o600)


class Disk:
    """The folder `root` and all below it. What is there at first has been there for long."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.cuts: list[Cut] = []
        self._names: dict[int, dict[str, int]] = {}
        self._contents: dict[int, bytes] = {}
        self._held: dict[int, int] = {}
        self._whole(root)

    @contextmanager
    def watched(self, patch: pytest.MonkeyPatch) -> Iterator[None]:
        """As long as this lasts, each call is a point at which the power could go."""
        self._cut("the beginning")
        with patch.context() as within:
            for name in _CALLS:
                within.setattr(os, name, partial(self._call, name, getattr(os, name)))
            files = _Files(self)
            within.setattr(apsw, "Connection", partial(apsw.Connection, vfs=files.name))
            yield
        files.unregister()
        self._cut("the end")

    def file_synced(self, path: Path) -> None:
        """SQLite has synced one of its files."""
        number = self._hold(path)
        self._contents[number] = path.read_bytes()
        self._cut(f"sync of {path.name}")

    def folder_synced(self, path: Path) -> None:
        self._names[self._hold(path)] = {entry.name: self._hold(Path(entry.path)) for entry in os.scandir(path)}
        self._cut(f"sync of the folder {path.name}")

    def done(self, what: str) -> None:
        self._cut(what)

    def _call(self, name: str, real: Callable[..., Any], *args: Any, **named: Any) -> Any:
        answer = real(*args, **named)
        if name == "fsync":
            path = Path(os.readlink(f"/proc/self/fd/{args[0]}"))
            if path == self.root.parent or not self._is_here(path):
                return answer
            if stat.S_ISDIR(os.fstat(args[0]).st_mode):
                self.folder_synced(path)
            else:
                self.file_synced(path)
        elif name == "mkdir" and self._is_here(Path(args[0])):
            self._names[self._hold(Path(args[0]))] = {}
            self._cut(f"mkdir {args[0]}")
        elif name == "open" and self._is_here(Path(args[0])) and args[1] & os.O_CREAT:
            self._hold(Path(args[0]))
            self._cut(f"open {args[0]}")
        elif name not in ("open", "mkdir"):
            self._cut(f"{name} {args[0]}")
        return answer

    def _is_here(self, path: Path) -> bool:
        return path == self.root or self.root in path.parents

    def _whole(self, path: Path) -> None:
        number = self._hold(path)
        if path.is_dir():
            self._names[number] = {}
            for each in path.iterdir():
                self._whole(each)
                self._names[number][each.name] = self._hold(each)
        else:
            self._contents[number] = path.read_bytes()

    def _hold(self, path: Path) -> int:
        """The number of a file, which is held open, so that no other is given the same one."""
        number = path.lstat().st_ino
        if number not in self._held:
            self._held[number] = _open(path, os.O_RDONLY)
        return number

    def _cut(self, after: str) -> None:
        names = {number: dict(each) for number, each in self._names.items()}
        self.cuts.append(Cut(after, names, dict(self._contents), self._hold(self.root)))

    def close(self) -> None:
        for each in self._held.values():
            os.close(each)


_open = os.open


class _Files(apsw.VFS):
    def __init__(self, disk: Disk) -> None:
        self.name = f"power-{id(disk)}"
        self.disk = disk
        super().__init__(self.name, "unix")

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:
        if name is None:  # for the length of a statement; nothing rests on it
            return apsw.VFSFile("unix", name, flags)
        path = Path(name if isinstance(name, str) else name.filename())
        is_new = path.name.endswith(_JOURNALS) and not path.exists()
        return _File(self.disk, path, is_new, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:
        super().xDelete(filename, syncdir)
        if syncdir:
            self.disk.folder_synced(Path(filename).parent)


class _File(apsw.VFSFile):
    def __init__(self, disk: Disk, path: Path, is_new: bool, name: Any, flags: list[int]) -> None:
        super().__init__("unix", name, flags)
        self.disk, self.path, self.is_new = disk, path, is_new

    def xSync(self, flags: int) -> None:
        super().xSync(flags)
        self.disk.file_synced(self.path)
        if self.is_new:  # SQLite syncs the folder with the first sync of a journal that it has made
            self.is_new = False
            self.disk.folder_synced(self.path.parent)

    def xWrite(self, data: Any, offset: int) -> None:
        super().xWrite(data, offset)
        self.disk.done(f"write to {self.path.name}")
