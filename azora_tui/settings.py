"""What a person may choose, kept in `settings.json`."""

from dataclasses import asdict, dataclass, field, fields
from pathlib import Path

from azora_tui.paths import replace_file

DEFAULT_THEME = "azora-dark"


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
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return Settings()
    import json

    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return Settings()
    if not isinstance(document, dict):
        return Settings()
    default = Settings()
    chosen = {
        each.name: document[each.name]
        for each in fields(Settings)
        if type(document.get(each.name)) is type(getattr(default, each.name))
    }
    if not all(isinstance(value, str) for value in chosen.get("keys", {}).values()):
        del chosen["keys"]
    return Settings(**chosen)


def save_settings(path: Path, settings: Settings) -> None:
    """Keep the choices; raises `OSError` when the folder cannot be written."""
    import json

    text = json.dumps(asdict(settings), indent=2)
    replace_file(path, f"{text}\n".encode())
