"""Speaking to those whom one teaches: to everybody in a course, or to one of them."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from azora_tui.lms.teaching import announcing, messages
from azora_tui.screens.writing import WritingDialog


class _SendingDialog(WritingDialog[bool]):
    """Dismissed with True once it was sent."""

    KEEP = "Send it"
    WARNING = "esc again leaves without sending it. ctrl+s sends it."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,ctrl+o", "keep", "send it", priority=True, id="writing.send"),
    ]


class AnnounceDialog(_SendingDialog):
    """An announcement to everybody who is in a course."""

    def __init__(self, course_id: int, title: str) -> None:
        """`title` is the course's."""
        super().__init__(
            "An announcement",
            f"To everybody in {title}",
            "Markdown. It stands on Home until they have read it.",
        )
        self._course_id = course_id

    async def keep(self, text: str) -> bool:
        await self.ask(announcing.announce, self._course_id, text)
        return True


class MessageDialog(_SendingDialog):
    """A message to one learner of a course."""

    def __init__(self, course_id: int, learner_id: int, name: str) -> None:
        """`learner_id` is the learner's user id, `name` what they are called."""
        super().__init__(
            "A message",
            f"To {name}",
            "Markdown. It stands on their Home until they have read it; nobody else sees it.",
        )
        self._course_id = course_id
        self._learner_id = learner_id

    async def keep(self, text: str) -> bool:
        await self.ask(messages.write, self._course_id, self._learner_id, text)
        return True
