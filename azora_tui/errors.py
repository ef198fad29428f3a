"""What can go wrong: the class says of what kind it is, the code what it is, named values of what it speaks.

The code stays the same in every release, for programs and translations; the sentence a person is told is in
`azora_tui.wording`, and `str(error)` is that sentence.
"""

from azora_tui.wording.errors import message


class AzoraError(Exception):
    """Base of every refusal that is shown to a person as it stands."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = {
            name: value if isinstance(value, str | int | float) else str(value) for name, value in values.items()
        }

    def __str__(self) -> str:
        return message(self.code, self.values)


class StorageError(AzoraError):
    """A database or file could not be opened, read or written; nothing acknowledged is lost."""


class StorageBusyError(StorageError):
    """Another process held the database longer than we were ready to wait."""


class StoppedError(AzoraError):
    """A read was ended early because nobody waits for its answer any more."""


class SessionError(AzoraError):
    """No valid session: signing in (again) is what helps."""


class NotFoundError(AzoraError):
    """What was asked for does not exist, or is not there for this person."""


class RefusedError(AzoraError):
    """A rule of the school says no."""


class FieldError(AzoraError):
    """What was entered in one field of a form cannot be taken.

    `field` is the field's name ("name", "email", "password", …), so that a form can say it in place.
    """

    def __init__(self, field: str, code: str, **values: object) -> None:
        super().__init__(code, **values)
        self.args = (field, code)
        self.field = field


class CertificateFileError(AzoraError, ValueError):
    """A file holds no certificate that can be read."""
