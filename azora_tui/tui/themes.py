"""The four themes of the house. Stylesheets name tokens only; the colours stand here."""

from textual.theme import BUILTIN_THEMES, Theme

_DARK = {"text": "#f1e8d9", "text-muted": "#a39783", "text-disabled": "#9c917b"}
_LIGHT = {"text": "#2a241d", "text-muted": "#655b4d", "text-disabled": "#675d4d"}
_CONTRAST = {"text": "#ffffff", "text-muted": "#d8d2c6", "text-disabled": "#bcb5a7"}


def _variables(texts: dict[str, str], *, selection: str, on_primary: str) -> dict[str, str]:
    return {
        **texts,
        "input-selection-background": selection,
        "input-selection-foreground": texts["text"],
        "screen-selection-background": selection,
        "block-cursor-foreground": on_primary,
        "button-color-foreground": on_primary,
        "button-focus-text-style": "bold",
        "border-blurred": texts["text-muted"],
    }


AZORA_THEMES = (
    Theme(
        name="azora-dark",
        primary="#e3a73b",
        secondary="#5fae8b",
        accent="#d9764f",
        error="#ef6f6c",
        warning="#d9764f",
        success="#5fae8b",
        foreground="#f1e8d9",
        background="#16130f",
        surface="#1f1b16",
        panel="#2a241d",
        dark=True,
        variables=_variables(_DARK, selection="#5a4a2c", on_primary="#16130f"),
    ),
    Theme(
        name="azora-light",
        primary="#815400",
        secondary="#1e6b4c",
        accent="#a4421f",
        error="#b3261e",
        warning="#a4421f",
        success="#1e6b4c",
        foreground="#2a241d",
        background="#fbf7ef",
        surface="#f3ecdf",
        panel="#e8dfce",
        dark=False,
        variables=_variables(_LIGHT, selection="#e6cf9f", on_primary="#fbf7ef"),
    ),
    Theme(
        name="azora-contrast",
        primary="#ffcc66",
        secondary="#7fe0b2",
        accent="#ffa37a",
        error="#ff9d9a",
        warning="#ffa37a",
        success="#7fe0b2",
        foreground="#ffffff",
        background="#000000",
        surface="#0c0c0c",
        panel="#1c1c1c",
        dark=True,
        variables=_variables(_CONTRAST, selection="#5f4a00", on_primary="#000000"),
    ),
    Theme(
        name="azora-ansi",
        ansi=True,
        primary="ansi_yellow",
        secondary="ansi_green",
        accent="ansi_red",
        error="ansi_bright_red",
        warning="ansi_red",
        success="ansi_green",
        foreground="ansi_default",
        background="ansi_default",
        surface="ansi_default",
        panel="ansi_default",
        boost="ansi_default",
        dark=True,
        variables={
            **BUILTIN_THEMES["ansi-dark"].variables,
            "text-muted": "ansi_default",
            "text-disabled": "ansi_default",
            "block-cursor-foreground": "ansi_black",
            "block-cursor-background": "ansi_yellow",
            "button-color-foreground": "ansi_black",
            "input-cursor-background": "ansi_default",
            "input-cursor-foreground": "ansi_black",
            "input-cursor-text-style": "reverse",
            "input-selection-background": "ansi_blue",
            "border": "ansi_yellow",
            "border-blurred": "ansi_default",
        },
    ),
)

THEME_NAMES = {
    "azora-dark": "dark",
    "azora-light": "light",
    "azora-contrast": "high contrast",
    "azora-ansi": "the terminal's own colours",
}
