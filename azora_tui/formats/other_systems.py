"""Files of other systems that hold no course in a format that is read here, and what to export in place of them."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from azora_tui.formats.archives import Tree
from azora_tui.formats.imported import ImportRefusedError


def backups_of_moodle(tree: Tree) -> Iterator[str]:
    """The folders of `tree` that each are a backup, "" or with a slash at the end."""
    for name in (*tree.texts, *tree.too_large):
        file = PurePosixPath(name).name
        is_old = file == "moodle.xml" and b"<MOODLE_BACKUP" in tree.texts.get(name, b"")[:500]
        if is_old or file == "moodle_backup.xml":
            yield name.removesuffix(file)


def refuse_what_is_known(tree: Tree) -> None:
    """Raise `ImportRefusedError` for what is known to be something else, with its name and the way out."""
    if next(backups_of_moodle(tree), None) is not None:
        raise ImportRefusedError("moodle_backup", name=tree.name)
    texts = [data for name, data in tree.texts.items() if name.lower().endswith(".xml")]
    if len(texts) == 1 and b"<quiz>" in texts[0][:500]:
        raise ImportRefusedError("moodle_questions", name=tree.name)
