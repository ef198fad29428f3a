"""Keys typed ahead of the page that they are meant for: each waits until what the one before it set off is there.

What is typed into a field goes there at once; all else waits while a message is on its way, a page is being made, or
the page on top is at work. Work that leads nowhere, and for which no key waits, is a worker in a group of its own whose
name begins with `aside`. The mouse acts on what is seen, and waits for nothing.
"""

import asyncio
from collections import deque
from contextlib import suppress
from itertools import takewhile
from time import monotonic
from typing import Any

from textual import events, on, work
from textual.widget import Widget
from textual.widgets import Input, TextArea
from textual.worker import Worker

from azora_tui.tui.themed_app import ThemedApp
from azora_tui.widgets.form import Field
from azora_tui.widgets.private_textual import awaits_layout, until_one_ends

PATIENCE = 1.0
"""Seconds that esc and ctrl+q wait for a page at work. Pressed later, they act at once, and what was typed before
them is forgotten."""

_LOOK_AGAIN = 0.1
_WRITES = ("backspace", "delete", "left", "right")


class TypingAheadApp(ThemedApp):
    """An app that loses no key, however fast they come, and hands none to a page that it was not meant for."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._typed: deque[events.Key | events.Paste] = deque()
        self._due_now: events.Key | events.Paste | None = None
        self._acted = asyncio.Event()
        self._acted_at = monotonic()
        self._is_writing = False  # all since the last rest was written into a field
        self._has_edited = False

    async def on_event(self, event: events.Event) -> None:
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
            return
        if event is self._due_now:
            if self._typed and self._typed[0] is event:  # not forgotten meanwhile
                await self._act(self._typed.popleft())
            self._acted.set()
            return
        if self._typed and self._hangs() and self._leads_out(event):
            self._typed.clear()
        if not self._typed and self._may_act(event):
            await self._act(event)
            return
        self._typed.append(event)
        if len(self._typed) == 1:
            self._act_in_turn()

    async def _act(self, event: events.Key | events.Paste) -> None:
        self._acted_at = monotonic()
        self._is_writing = self._is_written(event)
        self._has_edited = isinstance(event, events.Key) and not event.is_printable
        # Before the first frame the terminal, still cooked, makes ctrl+j of enter.
        if isinstance(event, events.Key) and event.key == "ctrl+j" and not isinstance(self.focused, TextArea):
            event = events.Key("enter", "\r")
        await super().on_event(event)

    @work(exclusive=True, group="aside-keys")
    async def _act_in_turn(self) -> None:
        while self._typed and self.screen_stack:
            if not self._may_act(self._typed[0]):
                await self._go_on()
                continue
            self._due_now = self._typed[0]
            self._acted.clear()
            self.post_message(self._due_now)
            await self._acted.wait()

    async def _go_on(self) -> None:
        """Let what is under way go on for a while."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_LOOK_AGAIN):
                if self._has_messages():
                    await asyncio.sleep(0)
                elif awaits_layout(self.screen):
                    drawn = asyncio.Event()
                    self.screen.call_after_refresh(drawn.set)
                    await drawn.wait()
                else:
                    await until_one_ends(self._work_under_way())

    def forget_typed(self, *, but_written: bool = False) -> None:
        """Forget what was typed ahead, but not that the app is to end: what it was meant for will not come.

        With `but_written`, what goes on in the field that has the focus stays: it was meant for that.
        """
        written = list(takewhile(self._is_written, self._typed)) if but_written else []
        kept = [*written, *(each for each in list(self._typed)[len(written) :] if self._ends(each))]
        self._typed.clear()
        self._typed.extend(kept)

    @on(Field.Refused)
    def _refused(self) -> None:
        self.forget_typed()

    def _is_at_rest(self) -> bool:
        return not (self._has_messages() or self._work_under_way() or awaits_layout(self.screen))

    def _has_messages(self) -> bool:
        """Whether a message waits for the app or for the screen on top, or something there is still being made."""
        if self.message_queue_size or not self.screen_stack:
            return True
        nodes = self.screen.walk_children(Widget, with_self=True)
        return any(node.message_queue_size or not node.is_mounted for node in nodes)

    def _work_under_way(self) -> list[Worker[Any]]:
        return [
            each
            for each in self.workers
            if not (each.is_finished or each.group.startswith("aside"))
            and (each.node is self or self.screen in each.node.ancestors_with_self)
        ]

    def _may_act(self, event: events.Key | events.Paste) -> bool:
        if self._is_writing and self._is_written(event):
            # A letter acts where it arrives, but backspace only once it has come back up to the app.
            return not (self._has_edited and self._has_messages())
        return self._is_at_rest() or (self._leads_out(event) and self._hangs())

    def _hangs(self) -> bool:
        waited = monotonic() - self._acted_at
        return waited > PATIENCE and (waited > 10 * PATIENCE or not self._has_messages())

    def _is_written(self, event: events.Key | events.Paste) -> bool:
        if not self.screen_stack or not isinstance(self.focused, Input | TextArea):
            return False
        return isinstance(event, events.Paste) or event.is_printable or event.key in _WRITES

    def _leads_out(self, event: events.Key | events.Paste) -> bool:
        return self._ends(event) or (isinstance(event, events.Key) and event.key == "escape")

    def _ends(self, event: events.Key | events.Paste) -> bool:
        if not isinstance(event, events.Key) or not self.screen_stack:
            return False
        active = self.screen.active_bindings.get(event.key)
        return active is not None and active.binding.id == "app.quit"
