"""What a person, or a program, is told when a command could not do its work."""

from azora_tui.commands import output
from azora_tui.errors import AzoraError
from azora_tui.paths import default_paths
from azora_tui.wire.answers import refusal

# A person at the command line is also told which command helps.
_WHAT_HELPS = {
    "course_not_found": "List the courses with `azora-tui courses`.",
    "not_enrolled": "Enrol with `azora-tui enroll ID`.",
    "already_enrolled": "Go on with `azora-tui read ID`.",
    "course_full": "`azora-tui enroll ID --wait` puts you on its waitlist.",
}


class UsageError(AzoraError):
    """Something that the command needs was not given; exit status 2."""


def tell(error: Exception, *, json: bool) -> int:
    """Say why a command could not do its work; returns the exit status. Raises as `output` does."""
    told = error if isinstance(error, AzoraError) else _unforeseen(error)
    if json and not isinstance(error, output.OutputError):
        output.say_json(refusal(told))
    else:
        output.complain(" ".join((str(told), *([_WHAT_HELPS[told.code]] if told.code in _WHAT_HELPS else ()))))
    return 2 if isinstance(error, UsageError) else 1


def _unforeseen(error: Exception) -> AzoraError:
    from azora_tui.log import add_to_log

    try:
        paths = default_paths()
        add_to_log(paths.log, error)  # where there is no school, none is made for it
    except (OSError, AzoraError):
        return AzoraError("unforeseen_not_logged", error=type(error).__name__)
    return AzoraError("unforeseen", log=paths.log)
