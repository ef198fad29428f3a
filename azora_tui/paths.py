"""Where the files of one school live, and how a file is read and written so that nobody finds a part of one."""

import errno
import os
import re
import stat
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from azora_tui.errors import StorageError

_CANNOT_BE_SYNCED = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EACCES})
_OURS = r"\.?(azora|lms|session|machine|settings|token-key|issuer-key|known-issuers|adopting|original)\b"
_LEFTOVERS = (".new", ".new-wal", ".new-shm", ".new-journal", ".unnamed")


@dataclass(frozen=True, slots=True)
class Paths:
    """The files of one school, all under one directory (`AZORA_HOME`, or the platform's data directory)."""

    home: Path

    @property
    def auth_database(self) -> Path:
        return self.home / "azora.db"

    @property
    def lms_database(self) -> Path:
        return self.home / "lms.db"

    @property
    def session(self) -> Path:
        return self.home / "session"

    @property
    def token_key(self) -> Path:
        return self.home / "token-key.pem"

    def issuer_key(self, name: str) -> Path:
        """The file of a key that signs certificates; `name` is the beginning of its fingerprint."""
        return self.home / f"issuer-key-{name}.pem"

    def unnamed_key(self, name: str) -> Path:
        """Stands beside the file of a key that is new, until it is certain whether the database names it."""
        return self.home / f".issuer-key-{name}.unnamed"

    @property
    def known_issuers(self) -> Path:
        return self.home / "known-issuers.json"

    @property
    def machine(self) -> Path:
        """What this machine calls itself in the events that it adds (`data/machine.py`)."""
        return self.home / "machine"

    @property
    def leaving(self) -> Path:
        """Stands here for as long as somebody's leaving is under way (`azora_tui.leaving`)."""
        return self.home / ".azora-leaving"

    @property
    def settings(self) -> Path:
        return self.home / "settings.json"

    @property
    def log(self) -> Path:
        return self.home / "azora-tui.log"

    def prepare(self) -> None:
        """Create the directory for its owner alone; a `StorageError` says why that cannot be done."""
        try:
            str(self.home).encode()
        except UnicodeEncodeError:
            raise StorageError("home_not_text") from None
        try:
            make_folders(self.home, mode=0o700)
        except OSError as error:
            raise StorageError("home_not_made", folder=self.home, reason=error.strerror) from error
        if not os.access(self.home, os.R_OK | os.X_OK):
            raise StorageError("home_closed", folder=self.home)

    def is_open_to_others(self) -> bool:
        """Whether others on this computer may look into the folder, or change what is in it."""
        try:
            return bool(os.stat(self.home).st_mode & 0o077)
        except OSError:
            return False

    def close_to_others(self) -> bool:
        """Close the folder, unless it is somebody else's or holds other things than a school; whether it is closed."""
        try:
            if not all(re.match(_OURS, name) for name in os.listdir(self.home)):
                return False
            os.chmod(self.home, 0o700)
        except OSError:
            return False
        return True

    def leftovers(self) -> list[Path]:
        """What writers have under way in the folder, or have left there when they were killed."""
        try:
            names = os.listdir(self.home)
        except OSError:
            return []
        return [self.home / name for name in names if name.startswith(".") and name.endswith(_LEFTOVERS)]

    def backups(self) -> list[Path]:
        """Copies of databases of earlier times, which the program made and never changes."""
        found = [*self.home.glob("*-before-version-*.db"), *self.home.glob("original*"), *self.home.glob("adopting")]
        return sorted(found)


def default_paths() -> Paths:
    """The paths of this run: `AZORA_HOME` where it is set, else the platform's data directory."""
    if home := os.environ.get("AZORA_HOME"):
        return Paths(typed_path(home).absolute())
    from platformdirs import user_data_path

    return Paths(user_data_path("azora-tui", appauthor=False))


def typed_path(text: str) -> Path:
    """The path that a person wrote, with `~` and `~name` as a shell has them; a name that nobody has stays as it is."""
    try:
        return Path(text).expanduser()
    except RuntimeError:
        return Path(text)


def replace_file(path: Path, content: bytes) -> None:
    """Write `content` to `path` so that readers see the old file or the new one, never a part (mode 0600).

    When it returns the new one survives a power cut. Raises `OSError` when the folder cannot be written; the old file
    is then unchanged, unless the folder alone could not be synced.
    """
    replace_file_by_parts(path, (content,))


def replace_file_by_parts(path: Path, parts: Iterable[bytes]) -> None:
    """The same for what is too much to be held at once; what `parts` raises leaves the old file as it was."""
    temporary, descriptor = _new_beside(path)
    try:
        try:
            with open(descriptor, "wb", buffering=0, closefd=False) as file:
                for part in parts:
                    view = memoryview(part)
                    while view:
                        view = view[file.write(view) :]
            os.fsync(descriptor)
            os.replace(temporary, path)
        finally:
            os.close(descriptor)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_directory(path.parent)


def _new_beside(path: Path) -> tuple[Path, int]:
    """A new file in the same folder under a name that nobody can foresee, and its descriptor.

    As long as it is open it is locked: who clears what killed writers have left takes none that is at work.
    """
    import fcntl

    while True:
        temporary = path.with_name(f".azora-tui-{os.urandom(8).hex()}.new")
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        with suppress(OSError):  # a file system that knows no locks; nobody clears there, either
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.fstat(descriptor).st_nlink:
            return temporary, descriptor
        os.close(descriptor)  # it was cleared before it was locked


def make_folders(folder: Path, mode: int = 0o777) -> None:
    """Make a folder, and those above it that are missing; each survives a power cut. Raises `OSError`."""
    if folder.is_dir():
        return
    make_folders(folder.parent)
    folder.mkdir(mode, exist_ok=True)
    sync_directory(folder.parent)


def sync_directory(directory: Path) -> None:
    """Make sure that the names in a folder are on disk, where its file system can do that. Raises `OSError`."""
    try:
        descriptor = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        if error.errno not in _CANNOT_BE_SYNCED:
            raise


def open_file(path: Path | str, *, follow: bool = False) -> BinaryIO:
    """Open a file for reading, and only a file: what is a pipe, a device or a folder is an `OSError`, at once.

    So is a link, unless it is to be followed. The error's `strerror` says in words what stands there.
    """
    flags = os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | (0 if follow else os.O_NOFOLLOW)
    try:
        descriptor = os.open(path, flags)
    except OSError as error:
        if error.errno == errno.ELOOP and not follow:
            raise OSError(errno.ELOOP, "it is a link", str(path)) from None
        if error.errno == errno.ENXIO:
            raise OSError(errno.ENXIO, "it is not a file", str(path)) from None
        raise
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "it is not a file", str(path))
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def read_file(path: Path | str, most: int, *, follow: bool = False) -> bytes:
    """The content of a file of at most `most` bytes; raises `OSError` as `open_file` does, and for a larger one."""
    with open_file(path, follow=follow) as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise OSError(errno.EFBIG, "it is too large", str(path))
    return content
