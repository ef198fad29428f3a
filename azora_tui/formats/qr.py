"""QR codes, as rows of modules."""

QUIET = 2
"""Light modules around a code. The standard asks for four; readers do with two, and a terminal has no room."""


def modules(text: str) -> list[list[bool]]:
    """True is dark; with the quiet zone around it. Capital letters, digits and `:-. ` make the smallest code."""
    import segno

    code = segno.make(text, error="m", micro=False, boost_error=False)
    rows = [[bool(each) for each in row] for row in code.matrix]
    width = len(rows[0]) + 2 * QUIET
    around = [[False] * width for _ in range(QUIET)]
    return [*around, *([False] * QUIET + row + [False] * QUIET for row in rows), *around]
