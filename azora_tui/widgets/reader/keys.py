"""The keys of the reader, declared once: help and footer can be made from them, and a keymap can change them."""

from __future__ import annotations

from typing import Final

from textual.binding import Binding

READER_BINDINGS: Final[tuple[Binding, ...]] = (
    Binding("down,j", "scroll_rows(1)", "down", id="reader.down", show=False),
    Binding("up,k", "scroll_rows(-1)", "up", id="reader.up", show=False),
    Binding("pagedown,space", "scroll_page(1)", "next page", id="reader.page_down", show=False, key_display="space"),
    Binding("pageup,b", "scroll_page(-1)", "page back", id="reader.page_up", show=False),
    Binding("home,g", "scroll_home", "beginning", id="reader.home", show=False),
    Binding("end,G", "scroll_end", "end", id="reader.end", show=False),
    Binding("tab", "focus_link(1)", "next link", id="reader.next_link", show=False),
    Binding("shift+tab", "focus_link(-1)", "previous link", id="reader.previous_link", show=False),
    Binding("enter", "activate_link", "follow link", id="reader.activate"),
    Binding("o", "toggle_part", "open", id="reader.toggle"),
    Binding("left", "scroll_sideways(-1)", "left", id="reader.left", show=False),
    Binding("right", "scroll_sideways(1)", "right", id="reader.right", show=False),
    Binding("y", "copy_code", "copy code", id="reader.copy"),
)
