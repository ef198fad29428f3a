"""What the messages of the reader have in common."""

from textual.message import Message
from textual.widget import Widget


class ReaderMessage(Message):
    """A message of a reader; those that are derived from it say `namespace="markdown_reader"`, its name for the app."""

    def __init__(self, reader: Widget) -> None:
        super().__init__()
        self.reader = reader

    @property
    def control(self) -> Widget:
        """The reader that sent it."""
        return self.reader
