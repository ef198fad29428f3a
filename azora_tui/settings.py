"""What a person may choose, kept in `settings.json`."""

import os
from dataclasses import asdict, dataclass, field, fields
from itertools import count
from pathlib import Path
from typing import Any

from azora_tui.paths import read_file, replace_file

DEFAULT_THEME = "azora-dark"
_MAX_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Settings:
    """Choices of one person on one computer. `keys` maps a key binding's id to the keys it shall have
    instead."""

    theme: str = DEFAULT_THEME
    animation: bool = False
    ascii: bool = False
    catalog_sort: str = "title"
    keys: dict[str, str] = field(default_factory=dict)


def load_settings(path: Path) -> Settings:
    """The kept choices; whatever is missing, damaged or of the wrong type is as it is by default."""
    document = _document(path) or {}
    chosen = {name: document[name] for name in _understood(document)}
    return Settings(**chosen)


def save_settings(path: Path, settings: Settings) -> Path | None:
    """Keep the choices, and what a newer version may have kept beside them.

    Where what is there cannot be read, it is kept under another name, which is returned. Raises `OSError` when the
    folder cannot be written; nothing is then changed.
    """
    import json

    document = _document(path)
    known = {each.name for each in fields(Settings)}
    unreadable = document is None or known & document.keys() != _understood(document)
    beside = _keep_beside(path) if unreadable else None
    text = json.dumps({**(document or {}), **asdict(settings)}, indent=2)
    replace_file(path, f"{text}\n".encode())
    return beside


def _document(path: Path) -> dict[str, Any] | None:
    """What the file holds, nothing where there is none; None for what cannot be read."""
    try:
        content = read_file(path, _MAX_BYTES)
    except FileNotFoundError:
        return {}
    except OSError:
        return None
    import json

    try:
        document = json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError):
        return None
    return document if isinstance(document, dict) else None


def _understood(document: dict[str, Any]) -> set[str]:
    """Which choices in it are of their types."""
    default = Settings()
    found = {
        each.name for each in fields(Settings) if type(document.get(each.name)) is type(getattr(default, each.name))
    }
    if "keys" in found and not all(isinstance(value, str) for value in document["keys"].values()):
        found.remove("keys")
    return found


def _keep_beside(path: Path) -> Path:
    for number in count(1):
        beside = path.with_name(f"{path.stem}-unreadable{'' if number == 1 else f'-{number}'}{path.suffix}")
        try:
            os.link(path, beside, follow_symlinks=False)  # unlike a new name, it replaces nothing
        except FileExistsError:
            continue
        return beside
    raise AssertionError
