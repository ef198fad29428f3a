"""What a person and the log are told about a mistake of the program's own."""

from pathlib import Path


def last_words(log: Path, error: BaseException) -> str:
    """Write the traceback to the log; returns the sentence for the person."""
    from azora_tui.log import add_to_log

    where = f"What happened is written in {log}, for who mends it."
    try:
        add_to_log(log, error)
    except OSError:
        where = "What happened could not be written down."
    return f"azora-tui has stopped because of a mistake of its own. Everything you saw acknowledged is on disk. {where}"
