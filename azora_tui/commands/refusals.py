"""What a person, or a program, is told when a command could not do its work."""

from azora_tui.commands import output
from azora_tui.errors import AzoraError
from azora_tui.log import add_to_log
from azora_tui.paths import default_paths
from azora_tui.wire.answers import refusal

# The words of the wire contract stay as they are under --json; a person is also told what to do.
_WHAT_HELPS = {
    "Course not found": "List the courses with `azora-tui courses`.",
    "Not enrolled in this course": "Enrol with `azora-tui enroll ID`.",
    "Already enrolled in this course": "Go on with `azora-tui read ID`.",
}


class UsageError(AzoraError):
    """Something that the command needs was not given; exit status 2."""


def tell(error: Exception, *, json: bool) -> int:
    """Say why a command could not do its work; returns the exit status. Raises as `output` does."""
    if isinstance(error, AzoraError):
        sentence = str(error)
        if not json and sentence in _WHAT_HELPS:
            sentence = f"{sentence}. {_WHAT_HELPS[sentence]}"
    else:
        sentence = _unforeseen(error)
    if json and not isinstance(error, output.OutputError):
        output.say_json(refusal(sentence))
    else:
        output.complain(sentence)
    return 2 if isinstance(error, UsageError) else 1


def _unforeseen(error: Exception) -> str:
    try:
        paths = default_paths()
        paths.prepare()
        add_to_log(paths.log, error)
    except (OSError, AzoraError):
        return (
            f"Something unforeseen happened ({type(error).__name__}), and its details could not be written "
            "to a log; what was done before is kept."
        )
    return f"Something unforeseen happened; what was done before is kept, and the details are in {paths.log}."
