"""Words that let somebody into a circle: short, made to be read out loud, and slow to be guessed."""

from __future__ import annotations

import re
import unicodedata
from datetime import timedelta
from typing import TYPE_CHECKING

from azora_tui.data import circles
from azora_tui.errors import RefusedError
from azora_tui.times import from_text, to_exact_text

if TYPE_CHECKING:
    from azora_tui.data.transaction import Transaction
    from azora_tui.lms.service import Lms
    from azora_tui.models.accounts import Claims

MAX_WRONG_WORDS = 5
"""So many in an hour, and the next one waits: of the thirty million words nobody finds one by trying."""

_HOUR = timedelta(hours=1)
_CONSONANTS = "bdfgklmnprstwz"  # each sounds like no other one
_VOWELS = "aeiou"
_SYLLABLES = 3


def new_word(transaction: Transaction) -> str:
    """Such as "kubalo-31": one that no circle has."""
    import secrets  # which no command but these needs

    while True:
        letters = "".join(secrets.choice(_CONSONANTS) + secrets.choice(_VOWELS) for _ in range(_SYLLABLES))
        word = f"{letters}-{10 + secrets.randbelow(90)}"
        if circles.circle_with_word(transaction, word) is None:
            return word


def as_kept(word: str) -> str:
    """A word as it was heard: case and all that stands between its letters aside, "Ku ba lo 31"."""
    heard = "".join(re.findall(r"[a-z0-9]", unicodedata.normalize("NFKC", word[:200]).casefold()))
    return re.sub(r"(?<=[a-z])(?=[0-9])", "-", heard)


def check_tries(lms: Lms, transaction: Transaction, claims: Claims) -> None:
    """Raise `RefusedError` for who has tried too many wrong words within an hour."""
    now = lms.now()
    wrong = circles.wrong_words(transaction, claims.user_id, since=to_exact_text(now - _HOUR))
    if len(wrong) >= MAX_WRONG_WORDS:
        wait = from_text(wrong[MAX_WRONG_WORDS - 1]) + _HOUR - now
        raise RefusedError("circle_word_wait", maximum=MAX_WRONG_WORDS, minutes=-int(-wait.total_seconds() // 60))
