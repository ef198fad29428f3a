"""Where the files of one school live."""

import os
import threading
from dataclasses import dataclass
from pathlib import Path

from azora_tui.errors import StorageError


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

    @property
    def known_issuers(self) -> Path:
        return self.home / "known-issuers.json"

    @property
    def machine(self) -> Path:
        """What this machine calls itself in the events that it adds (`data/machine.py`)."""
        return self.home / "machine"

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
            self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError("home_not_made", folder=self.home, reason=error.strerror) from error
        if not os.access(self.home, os.R_OK | os.X_OK):
            raise StorageError("home_closed", folder=self.home)


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

    Raises `OSError` when the directory cannot be written; the old file is then unchanged.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}.new")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
