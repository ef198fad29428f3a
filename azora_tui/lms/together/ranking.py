"""How good a piece is for all that is known: by whom of those who saw it it was thanked.

E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", Journal of the American
Statistical Association 22 (1927), 209-212. The formula stands in `docs/together/wisdom.md`.
"""

from math import sqrt

Z = 1.959963984540054
"""The quantile of the normal distribution for 95 % between both bounds."""


def wilson_lower_bound(thanks: int, seen: int) -> float:
    """The lower bound, 0 to 1, of the share of readers that a piece helps, at 95 %: `thanks` of `seen` have thanked.

    Few readers leave much open, so that three of three stand below ninety of a hundred. 0 where nobody has seen it.
    Raises `ValueError` for counts that cannot be.
    """
    if not 0 <= thanks <= seen:
        raise ValueError(f"{thanks} of {seen}")
    if thanks == 0:
        return 0.0
    share, square = thanks / seen, Z * Z
    middle = share + square / (2 * seen)
    half = Z * sqrt(share * (1 - share) / seen + square / (4 * seen * seen))
    return max(0.0, (middle - half) / (1 + square / seen))
