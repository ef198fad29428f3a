"""YAML from strangers: nothing but texts, lists and mappings, and no depth that could break the program."""

import yaml

from azora_tui.errors import AzoraError
from azora_tui.text import clean

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_MAX_DEPTH = 12
_MAX_NODES = 50_000


class YamlError(AzoraError):
    """A text is not YAML, or is made to do harm."""


def read_yaml(text: str) -> dict[str, object]:
    """The mapping of a YAML text, {} where it is empty. Raises `YamlError`."""
    try:
        depth = 0
        for number, event in enumerate(yaml.parse(text, Loader=_LOADER)):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > _MAX_DEPTH or number > _MAX_NODES:
                raise YamlError("yaml_too_deep")
        document = yaml.load(text, Loader=_LOADER)  # noqa: S506  # makes nothing but texts, lists and mappings
    except yaml.YAMLError as error:
        raise YamlError("yaml_invalid_here", problem=" ".join(clean(str(error)).split())[:120]) from error
    except (ValueError, RecursionError) as error:
        raise YamlError("yaml_invalid") from error
    if document is None or document == "":
        return {}
    if not isinstance(document, dict):
        raise YamlError("yaml_no_mapping")
    return {str(key): value for key, value in document.items() if isinstance(key, str)}


def text_of(document: dict[str, object], key: str) -> str:
    """A text of a mapping on one line, "" where it is missing or something else."""
    value = document.get(key)
    return " ".join(clean(value, keep_newlines=False).split()) if isinstance(value, str) else ""


def texts_of(document: dict[str, object], key: str) -> list[str]:
    """A list of texts, [] where it is missing or something else."""
    value = document.get(key)
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []
