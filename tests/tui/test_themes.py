"""Every text can be read on every ground it stands on, by the formula of WCAG 2.2, in every theme."""

import re
from itertools import product
from pathlib import Path

import pytest
from textual.color import Color
from textual.theme import Theme

import azora_tui
from azora_tui.settings import DEFAULT_THEME
from azora_tui.tui.themes import AZORA_THEMES, THEME_NAMES

COLOURED = [theme for theme in AZORA_THEMES if not theme.ansi]
TEXTS = ("text", "text-muted", "text-disabled", "primary", "secondary", "accent", "error")
GROUNDS = ("background", "surface", "panel")
# A text on a ground of its own: a button in focus, what is selected, the text of a passing word.
PAIRS = (
    ("button-color-foreground", "primary"),
    ("block-cursor-foreground", "block-cursor-background"),
    ("input-selection-foreground", "input-selection-background"),
    ("text", "screen-selection-background"),
)


def colours(theme: Theme) -> dict[str, Color]:
    """Each token of a theme as it is painted."""
    tokens = theme.to_color_system().generate() | theme.variables
    found = {}
    for name, value in tokens.items():
        try:
            found[name] = Color.parse(value)
        except Exception:  # a text style, or a word such as "auto"
            continue
    return found


def channel(value: int) -> float:
    share = value / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def luminance(colour: Color) -> float:
    return 0.2126 * channel(colour.r) + 0.7152 * channel(colour.g) + 0.0722 * channel(colour.b)


def contrast(one: Color, other: Color) -> float:
    """WCAG 2.2, "contrast ratio"."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_formula() -> None:
    assert contrast(Color(0, 0, 0), Color(255, 255, 255)) == pytest.approx(21)
    assert contrast(Color(119, 119, 119), Color(255, 255, 255)) == pytest.approx(4.48, abs=0.005)
    assert contrast(Color(255, 0, 0), Color(255, 0, 0)) == 1


def least(theme: Theme) -> float:
    return 7.0 if theme.name == "azora-contrast" else 4.5


@pytest.mark.parametrize(("text", "ground"), product(TEXTS, GROUNDS))
@pytest.mark.parametrize("theme", COLOURED, ids=lambda theme: theme.name)
def test_every_text_can_be_read_on_every_ground(theme: Theme, text: str, ground: str) -> None:
    tokens = colours(theme)
    assert tokens[text].a == 1, "a see-through text has no contrast of its own"
    assert contrast(tokens[text], tokens[ground]) >= least(theme)


@pytest.mark.parametrize(("text", "ground"), PAIRS)
@pytest.mark.parametrize("theme", COLOURED, ids=lambda theme: theme.name)
def test_what_is_chosen_can_be_read(theme: Theme, text: str, ground: str) -> None:
    tokens = colours(theme)
    assert contrast(tokens[text], tokens[ground]) >= least(theme)


@pytest.mark.parametrize("theme", COLOURED, ids=lambda theme: theme.name)
def test_the_edge_of_a_field_can_be_seen(theme: Theme) -> None:
    """WCAG 2.2, 1.4.11: what is no text needs 3:1."""
    tokens = colours(theme)
    for edge, ground in product(("border-blurred", "primary"), GROUNDS):
        assert contrast(tokens[edge], tokens[ground]) >= 3


def test_the_terminals_own_colours_are_all_its_own() -> None:
    [theme] = [theme for theme in AZORA_THEMES if theme.ansi]
    fields = (
        "primary",
        "secondary",
        "accent",
        "error",
        "warning",
        "success",
        "foreground",
        "background",
        "surface",
        "panel",
    )
    for name in fields:
        assert str(getattr(theme, name)).startswith("ansi_"), name
    for name, value in theme.variables.items():
        assert value.startswith("ansi_") or "style" in name, name


def test_each_theme_has_a_word_and_the_first_is_the_default() -> None:
    assert {theme.name for theme in AZORA_THEMES} == set(THEME_NAMES)
    assert DEFAULT_THEME in THEME_NAMES
    assert [theme.dark for theme in AZORA_THEMES if theme.name == "azora-light"] == [False]


def test_no_stylesheet_names_a_colour_but_by_its_token() -> None:
    root = Path(azora_tui.__file__).parent
    sheets = {path: path.read_text() for path in root.rglob("*.tcss")}
    for path in root.rglob("*.py"):
        for sheet in re.findall(r'CSS(?:: \S+)? = """(.*?)"""', path.read_text(), re.DOTALL):
            sheets[path] = sheets.get(path, "") + sheet
    assert sheets
    for path, sheet in sheets.items():
        text = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
        for value in re.findall(r"(?:color|background|border[\w-]*|tint|opacity)\s*:\s*([^;]+);", text):
            assert not re.search(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(", value), f"{path.name}: {value}"
            named = set(re.findall(r"(?<![$\w-])[a-z][a-z_]+", value))
            known = {
                "outer",
                "ascii",
                "important",
                "round",
                "vkey",
                "hkey",
                "none",
                "solid",
                "auto",
                "transparent",
                "initial",
                "wide",
                "tall",
                "blank",
            }
            assert all(name in known or name.startswith("ansi_") for name in named), f"{path.name}: {value}"
