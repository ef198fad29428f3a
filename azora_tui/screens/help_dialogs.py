"""Asking for help, and answering, over a page."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from azora_tui.lms.together import helping
from azora_tui.models.helping import Asked
from azora_tui.models.together import Paragraph
from azora_tui.screens.writing import WritingDialog
from azora_tui.text import clean
from azora_tui.wording.helping import reaches


class AskDialog(WritingDialog[Asked]):
    """Where one is stuck, room to say why, and whom it reaches. Dismissed with what was asked."""

    KEEP = "Ask"
    WARNING = "esc again leaves without asking. ctrl+s asks."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,ctrl+o", "keep", "ask", priority=True, id="helping.ask"),
    ]

    def __init__(
        self,
        lesson_id: int,
        place: str,
        reached: int,
        *,
        question_id: str | None = None,
        paragraph: Paragraph | None = None,
    ) -> None:
        """`place` is what it is about, in plain words; `reached` how many could answer."""
        super().__init__("Ask for help", " ".join(clean(place).split()), f"Markdown. {reaches(reached)}")
        self._lesson_id = lesson_id
        self._question_id = question_id
        self._paragraph = paragraph

    async def keep(self, text: str) -> Asked:
        return await self.ask(
            helping.ask, self._lesson_id, text, question_id=self._question_id, paragraph=self._paragraph
        )


class ReplyDialog(WritingDialog[bool]):
    """What is said to a question. Dismissed with True once it was said."""

    KEEP = "Send it"
    WARNING = "esc again leaves without sending it. ctrl+s sends it."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,ctrl+o", "keep", "send it", priority=True, id="helping.send"),
    ]

    def __init__(self, request_id: int, question: str, hint: str) -> None:
        super().__init__("Your answer", " ".join(clean(question).split()), hint)
        self._request_id = request_id

    async def keep(self, text: str) -> bool:
        await self.ask(helping.reply, self._request_id, text)
        return True


class ChangeDialog(WritingDialog[bool]):
    """Other words for an answer of one's own. Dismissed with True once they are kept."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,ctrl+o", "keep", "keep it", priority=True, id="helping.keep"),
    ]

    def __init__(self, reply_id: int, question: str, text: str) -> None:
        super().__init__("Change your answer", " ".join(clean(question).split()), "Markdown.", text=text)
        self._reply_id = reply_id

    async def keep(self, text: str) -> bool:
        await self.ask(helping.change_reply, self._reply_id, text)
        return True
