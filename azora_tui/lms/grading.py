"""Whether an answer is right, and what the answers add up to: pure functions."""

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal

from azora_tui.errors import RefusedError
from azora_tui.formats.number_answers import read_range
from azora_tui.models.quizzes import MAX_ANSWER_LENGTH, Question, QuestionKind, Response
from azora_tui.text import fold

# Keyboards and word processors write these differently, and nobody means the difference.
_TYPOGRAPHY = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "−": "-"})
_NUMBER = re.compile(r"([+-]?)([0-9]{1,50})((?:[.,'_][0-9]{1,50})*)(?:[eE]([+-]?[0-9]{1,2}))?%?")
_PART = re.compile(r"([.,'_])([0-9]+)")


def unusable(question: Question, given: Response) -> RefusedError | None:
    """Why `given` is no answer to `question` at all; None where it can be graded."""
    match question.kind:
        case QuestionKind.SINGLE | QuestionKind.MULTIPLE:
            places = range(len(question.options))
            if isinstance(given, str) or len(set(given)) != len(given) or any(each not in places for each in given):
                return RefusedError("answer_not_an_option")
            if not given:
                return RefusedError("answer_not_chosen")
            if question.kind is QuestionKind.SINGLE and len(given) > 1:
                return RefusedError("answer_chosen_twice")
        case _:
            if not isinstance(given, str) or not given.strip():
                return RefusedError("answer_not_written")
            if len(given) > MAX_ANSWER_LENGTH:
                return RefusedError("answer_too_long", maximum=MAX_ANSWER_LENGTH)
            if question.kind is QuestionKind.NUMBER and next(_readings(given), None) is None:
                return RefusedError("answer_no_number_written")
    return None


def is_right(question: Question, given: Response) -> bool:
    """Whether `given` is right: of options exactly the right set, of texts one that is accepted, of numbers one that
    is near enough. What `unusable` refuses is never right."""
    if unusable(question, given):
        return False
    if not isinstance(given, str):
        return sorted(given) == sorted(question.right_options)
    if question.kind is QuestionKind.TEXT:
        return _folded(given) in {_folded(each) for each in question.accepted}
    answers = list(_readings(given))
    right = question.ranges or tuple(f"{each} ± {question.tolerance}" for each in question.accepted)
    return any(_is_near(answer, each) for each in right for answer in answers)


def percent(right: int, questions: int) -> int:
    """Whole percent, rounded down; 100 only when all are right."""
    return right * 100 // questions if questions else 0


def _is_near(number: Decimal, right: str) -> bool:
    """Whether a number is in a range such as `[0, 999)`, or as near to one that is right as its tolerance says."""
    if span := read_range(right):
        return span.holds(number)
    plain, _, tolerance = right.partition("±")
    middle = next(_readings(plain), None)
    return middle is not None and abs(number - middle) <= next(_readings(tolerance), Decimal(0))


def _folded(text: str) -> str:
    return " ".join(fold(text.translate(_TYPOGRAPHY)).split())


def _readings(text: str) -> Iterator[Decimal]:
    """The numbers that a text can mean: with a decimal point or comma first, then with thousands set apart.

    `1,200` may be 1.2 or 1200, according to where one went to school; `1,200,000` and `1 200` are plain.
    """
    joined = "".join(unicodedata.normalize("NFKC", text).translate(_TYPOGRAPHY).split())
    match = _NUMBER.fullmatch(joined)
    if match is None:
        return
    sign, whole, rest, exponent = match.groups()
    power = f"E{exponent or 0}"
    parts = _PART.findall(rest)
    *groups, (point, last) = parts or [("", "")]
    grouped = len({separator for separator, _ in groups}) <= 1 and _are_groups(whole, [part for _, part in groups])
    if point in ("", ".", ",") and grouped and not any(separator == point for separator, _ in groups):
        yield Decimal(f"{sign}{whole}{''.join(part for _, part in groups)}.{last or 0}{power}")
    digits = [part for _, part in parts]
    if parts and len({separator for separator, _ in parts}) == 1 and _are_groups(whole, digits):
        yield Decimal(f"{sign}{whole}{''.join(digits)}{power}")


def _are_groups(whole: str, parts: list[str]) -> bool:
    """Whether digits are set apart by thousands."""
    return not parts or (len(whole) <= 3 and not whole.startswith("0") and all(len(part) == 3 for part in parts))
