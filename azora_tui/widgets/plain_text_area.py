"""Room for text of many lines; apart from its neighbours because Textual's own is heavy, and few pages need it."""

from dataclasses import replace

from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditResult

from azora_tui.text import clean


class PlainTextArea(TextArea):
    """Room for clean text of any number of lines, whatever is typed or pasted."""

    def edit(self, edit: Edit) -> EditResult:
        return super().edit(replace(edit, text=clean(edit.text)))
