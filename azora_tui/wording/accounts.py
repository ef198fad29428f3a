"""What is said of an account."""

from collections.abc import Sequence


def scripts_mixed(scripts: Sequence[str]) -> str:
    """Of an e-mail with a word in letters of several scripts, by their names in Unicode; "" where there are none."""
    if not scripts:
        return ""
    names = " and ".join(script.capitalize() for script in scripts)
    return f"This e-mail mixes {names} letters in one word, and some of them look alike."
