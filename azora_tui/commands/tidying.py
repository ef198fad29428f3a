"""What a start sets right in a school's folder before it goes on: what killed runs have left, and who may look in."""

from azora_tui.commands import output
from azora_tui.data import leftovers
from azora_tui.lms.credentials import keys
from azora_tui.lms.service import open_lms
from azora_tui.paths import Paths


def tidy(paths: Paths) -> None:
    """Remove what nobody is at work on any more, and close a folder that is open to others, which is said."""
    found = paths.leftovers()
    marks = {path for path in found if path.suffix == ".unnamed"}
    leftovers.clear(path for path in found if path not in marks)
    if marks and paths.lms_database.exists():
        lms = open_lms(paths)
        try:
            keys.settle(lms)  # whether a new key stays is for the database to say
        finally:
            lms.database.close()
    if paths.is_open_to_others():
        _close(paths)


def _close(paths: Paths) -> None:
    start = f"Others on this computer could look into {paths.home}, where the accounts and keys of this school are."
    if paths.close_to_others():
        output.complain(f"{start} It is closed to them now.")
    else:
        output.complain(
            f"{start} It holds other things too, or is not yours, so it was left as it is. Close it with chmod 700, or "
            "choose another folder with AZORA_HOME."
        )
