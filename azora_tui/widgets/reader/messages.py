"""What the reader tells the app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from azora_tui.widgets.reader.page import Page


class _ReaderMessage(Message, namespace="markdown_reader"):
    def __init__(self, reader: Page) -> None:
        super().__init__()
        self.reader = reader

    @property
    def control(self) -> Page:
        """The reader that sent it."""
        return self.reader


class LinkActivated(_ReaderMessage, namespace="markdown_reader"):
    """A person chose a link: `href` begins with http:, https: or mailto:. Ask before opening it."""

    def __init__(self, reader: Page, href: str) -> None:
        super().__init__(reader)
        self.href = href


class Scrolled(_ReaderMessage, namespace="markdown_reader"):
    """The page moved. `heading_index` counts from 0, -1 before the first; `fraction` is 0 to 1."""

    def __init__(self, reader: Page, heading_index: int, fraction: float, at_end: bool) -> None:
        super().__init__(reader)
        self.heading_index = heading_index
        self.fraction = fraction
        self.at_end = at_end

    def can_replace(self, message: Message) -> bool:
        """Only where the page is now matters."""
        return isinstance(message, Scrolled)


class CodeCopyRequested(_ReaderMessage, namespace="markdown_reader"):
    """A person asked for the code in view. `language` may be ""."""

    def __init__(self, reader: Page, code: str, language: str) -> None:
        super().__init__(reader)
        self.code = code
        self.language = language


class Loaded(_ReaderMessage, namespace="markdown_reader"):
    """All of the document is there: `headings` are complete."""
