"""A certificate as a picture with the credential baked in: an SVG to look at, a PNG badge to pass around."""

from collections.abc import Iterator
from textwrap import wrap
from unicodedata import east_asian_width
from xml.sax.saxutils import escape, quoteattr

from azora_tui.formats import baking, qr
from azora_tui.models.credentials import Sheet
from azora_tui.wording.dates import day

PAPER, INK, MUTED = "#fbf7ef", "#2a241d", "#655b4d"
GOLD, CLAY, GREEN = "#e3a73b", "#d9764f", "#5fae8b"
"""The house's own colours, as on a screen in daylight."""

_WIDTH, _HEIGHT = 1200, 850
_BAND = 24
_MAX_TITLE_LENGTH = 90
_MAX_OUTCOMES = 6


def svg(sheet: Sheet, token: str) -> bytes:
    """A picture of the whole certificate, which any browser opens."""
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        f"aria-label={quoteattr(f'Certificate: {sheet.title}, {sheet.holder}')}>",
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="{PAPER}"/>',
        *_band(30, up=True),
        *_band(_HEIGHT - 30 - _BAND, up=False),
        *_words(sheet),
        *_code(sheet.reference, left=_WIDTH - 290, top=_HEIGHT - 330, module=5.5),
        "</svg>",
    ]
    return baking.bake_svg("\n".join(lines) + "\n", token).encode()


def png(sheet: Sheet, token: str, *, module: int = 14) -> bytes:
    """A square badge: the band of the house around the QR code. `module` is pixels."""
    code = qr.modules(sheet.reference)
    side = (len(code) + 10) * module
    paper, ink, *colours = range(5)
    rows = [bytearray([paper]) * side for _ in range(side)]
    band = 3 * module
    for y in range(band):
        for x in range(side):
            # Nine triangles, which stand on their base above the code and on their tip below it.
            number, within = divmod(x * 9, side)
            colour = colours[number % 3]
            if abs(2 * within - side) * band <= y * side:
                rows[module + y][x] = rows[side - module - 1 - y][x] = colour
    for row, cells in enumerate(code):
        for column, dark in enumerate(cells):
            if dark:
                left = (column + 5) * module
                for y in range((row + 5) * module, (row + 6) * module):
                    rows[y][left : left + module] = bytes([ink]) * module
    palette = [_rgb(each) for each in (PAPER, INK, GOLD, CLAY, GREEN)]
    return baking.bake_png(baking.png([bytes(row) for row in rows], palette), token)


def _band(top: int, *, up: bool) -> Iterator[str]:
    base, tip = (top + _BAND, top) if up else (top, top + _BAND)
    for number in range(_WIDTH // (2 * _BAND)):
        left = number * 2 * _BAND
        points = f"{left},{base} {left + _BAND},{tip} {left + 2 * _BAND},{base}"
        yield f'<polygon points="{points}" fill="{(GOLD, CLAY, GREEN)[number % 3]}"/>'


def _words(sheet: Sheet) -> Iterator[str]:
    yield _text(110, "Certificate", size=26, colour=MUTED)
    size, names = _fitted(sheet.holder, 58, 1000)
    y = 130.0
    for line in names:
        y += size * 1.2
        yield _text(y, line, size=size, bold=True)
    y += 46
    yield _text(y, "has completed", size=26, colour=MUTED)
    size, titles = _fitted(sheet.title, 42, 1000)
    for line in titles:
        y += size * 1.35
        yield _text(y, line, size=size, bold=True)
    y += 60
    for outcome in sheet.outcomes[:_MAX_OUTCOMES]:
        for number, line in enumerate(wrap(outcome, 72)):
            if y > _HEIGHT - 120:
                break
            yield _text(y, ("" if number else "•  ") + line, size=20, x=110 if not number else 130, anchor="start")
            y += 28
    yield _text(
        _HEIGHT - 90, f"{day(sheet.awarded)} · {sheet.issuer[:_MAX_TITLE_LENGTH]}", size=22, x=110, anchor="start"
    )
    yield _text(_HEIGHT - 68, sheet.fingerprint, size=14, x=110, anchor="start", colour=MUTED)


def _fitted(text: str, size: float, width: int) -> tuple[float, list[str]]:
    """A size at which a text takes two lines at most, or the smallest that can be read."""
    letter = sum(map(_letter, text)) / max(1, len(text))
    while len(text) * size * letter > 2 * width and size > 16:
        size -= 2
    return size, wrap(text, max(10, int(width / size / letter)))[:6]


def _letter(character: str) -> float:
    """About how wide a bold letter is, in its height: whoever looks at the picture brings the font."""
    if east_asian_width(character) in "WF":
        return 1.05
    return 0.85 if character.isupper() else 0.6


def _text(
    y: float,
    text: str,
    *,
    size: float,
    x: int = _WIDTH // 2,
    anchor: str = "middle",
    colour: str = INK,
    bold: bool = False,
) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{x}" y="{y:g}" text-anchor="{anchor}" font-family="Noto Serif, Georgia, serif" '
        f'font-size="{size:g}" fill="{colour}"{weight}>{escape(text)}</text>'
    )


def _code(text: str, *, left: int, top: int, module: float) -> Iterator[str]:
    code = qr.modules(text)
    path = "".join(
        f"M{column} {row}h1v1h-1z" for row, cells in enumerate(code) for column, dark in enumerate(cells) if dark
    )
    yield (
        f'<g transform="translate({left} {top}) scale({module})"><rect width="{len(code)}" height="{len(code)}" '
        f'fill="#ffffff"/><path d="{path}" fill="{INK}"/></g>'
    )


def _rgb(colour: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue
