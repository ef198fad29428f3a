"""What can go wrong, as sentences a person can be told.

`str(error)` is always such a sentence: what happened, what it means for their data, what to do.
"""


class AzoraError(Exception):
    """Base of every refusal that is shown to a person as it stands."""


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

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field
