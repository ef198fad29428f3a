"""Which machine writes in a school's folder: a UUID that nothing else writes under, a copy of the folder neither.

Events are numbered by machine, so two that shared an id would give one number to two events. Beside the id stands what
tells a copy and a restored backup: the inodes of the databases it has written to, and a fingerprint of the computer.
Where one of them differs a new id is made; one too many does no harm.
"""

import json
import os
import re
import threading
from pathlib import Path
from weakref import WeakKeyDictionary

from azora_tui.data.database import Database
from azora_tui.data.schema import alone, translate_os_errors
from azora_tui.paths import Paths, read_file, replace_file

_MAX_BYTES = 65_536
_MACHINE_ID = Path("/etc/machine-id")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

_lock = threading.Lock()
# While a database is open its file cannot be replaced (`Database` refuses), so what was found holds.
_known: WeakKeyDictionary[Database, str] = WeakKeyDictionary()


def machine_id(database: Database) -> str:
    """The id under which events are added to a database; made at first need, once, however many processes need it.

    Raises `StorageError` where its file cannot be read or written.
    """
    uuid = _known.get(database)
    if uuid is None:
        path = Paths(database.path.parent).machine
        with _lock, alone(path), translate_os_errors(path):
            uuid = _known[database] = _agreed(path, database.path)
    return uuid


def _agreed(path: Path, database: Path) -> str:
    """The kept id if this is still the folder and the computer that it was made for, else a new one."""
    from uuid import uuid4  # with `platform` behind it, and asked for once in the life of a folder

    host, inode = _host(), database.stat().st_ino
    uuid, inodes = _kept(path, host)
    if uuid is None or any(_inode(path.with_name(name)) != number for name, number in inodes.items()):
        uuid, inodes = str(uuid4()), {}
    if inodes.get(database.name) != inode:
        content = {"uuid": uuid, "host": host, "inodes": {**inodes, database.name: inode}}
        replace_file(path, json.dumps(content).encode("ascii"))
    return uuid


def _kept(path: Path, host: str) -> tuple[str | None, dict[str, int]]:
    """What the file says, if it was written on this computer; nothing of what is damaged."""
    try:
        kept = json.loads(read_file(path, _MAX_BYTES))
        uuid = _UUID.fullmatch(kept["uuid"])
        inodes = {str(name): int(number) for name, number in kept["inodes"].items()}
        there = kept["host"]
    except (FileNotFoundError, ValueError, TypeError, KeyError, AttributeError):
        return None, {}
    return (uuid[0], inodes) if uuid and there == host else (None, {})


def _host() -> str:
    """A fingerprint of this computer, which says nothing else of it."""
    from hashlib import sha256

    try:
        machine = _MACHINE_ID.read_bytes().strip()
    except OSError:
        machine = b""
    return sha256(b"azora-tui\n" + machine + b"\n" + os.fsencode(os.uname().nodename)).hexdigest()


def _inode(path: Path) -> int | None:
    try:
        return path.stat().st_ino
    except FileNotFoundError:
        return None
