"""Numbers that are right answers: each plain, with a tolerance or a range, as an `answer:` has them.

`5 | 7 ± 0.5 | in [0, 999)` are three: a round bracket leaves its end out.
"""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation, localcontext
from typing import NamedTuple

from azora_tui.formats.quiz_errors import UnwritableError

_MAX_DIGITS = 40
"""After the first one."""
_NUMBER = r"[+\-−]?[0-9]+(?:[.,][0-9]+)?"
_WITHIN = re.compile(rf"({_NUMBER})(?:\s*(?:±|\+/?-)\s*([0-9]+(?:[.,][0-9]+)?))?")
_RANGE = re.compile(r"([\[(])\s*([^\s,\[\]()]+)\s*,\s*([^\s,\[\]()]+)\s*([\])])")
_IN = re.compile(r"in\s+(?=[\[(])", re.IGNORECASE)


class NumberRange(NamedTuple):
    """The numbers from `low` to `high`; whether these two belong to them."""

    low: Decimal
    high: Decimal
    with_low: bool = True
    with_high: bool = True

    def holds(self, number: Decimal) -> bool:
        above = self.low <= number if self.with_low else self.low < number
        below = number <= self.high if self.with_high else number < self.high
        return above and below

    @property
    def is_empty(self) -> bool:
        return self.low > self.high or (self.low == self.high and not (self.with_low and self.with_high))

    def __str__(self) -> str:
        low, high = number_text(self.low), number_text(self.high)
        return f"{'[' if self.with_low else '('}{low}, {high}{']' if self.with_high else ')'}"


def number_text(number: str | Decimal | float) -> str:
    """A number as an answer has it, with a decimal point and without an exponent. Raises `UnwritableError`."""
    try:
        value = Decimal(str(number).strip().replace("−", "-"))
    except InvalidOperation as error:
        raise UnwritableError("answer_no_number") from error
    if not value.is_finite() or abs(value.adjusted()) > _MAX_DIGITS or len(value.as_tuple().digits) > _MAX_DIGITS + 1:
        raise UnwritableError("answer_no_number")
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def read_range(text: str) -> NumberRange | None:
    """The range that a text such as `[0, 999)` is; None where it is none. Raises `UnwritableError` for one whose ends
    are no numbers."""
    match = _RANGE.fullmatch(text.strip())
    if match is None:
        return None
    low, high = Decimal(number_text(match[2])), Decimal(number_text(match[3]))
    return NumberRange(low, high, match[1] == "[", match[4] == "]")


class RightNumbers(NamedTuple):
    """What a question of numbers takes as right, as its fields have it."""

    accepted: tuple[str, ...]
    tolerance: str = "0"
    ranges: tuple[str, ...] = ()


def read_numbers(parts: Sequence[str]) -> RightNumbers | None:
    """The parts of an `answer:`; None where one is no number, or there is none."""
    found: list[str] = []
    for part in parts:
        if match := _WITHIN.fullmatch(part):
            found.append(with_tolerance(match[1], match[2] or "0"))
        elif (begin := _IN.match(part)) and (span := _range_in(part[begin.end() :])):
            found.append(str(span))
        else:
            return None
    try:
        return right_numbers(found) if found else None
    except UnwritableError:
        return None


def right_numbers(said: Iterable[str]) -> RightNumbers:
    """Each of `7`, `5 ± 1` and `[0, 999)` as right. Raises `UnwritableError` where none is, or a range is too large."""
    each = tuple(dict.fromkeys(said))
    if not each:
        raise UnwritableError("names_no_answer")
    middles = [_middle(one) for one in each]
    accepted = tuple(number for number, _ in middles)
    if len(each) == 1:
        return RightNumbers(accepted, middles[0][1], each if each[0][0] in "[(" else ())
    return RightNumbers(accepted, "0", () if accepted == each else each)


def with_tolerance(number: str, tolerance: str) -> str:
    return f"{number} ± {tolerance}" if tolerance.strip("0.,") else number


def written(right: RightNumbers) -> str:
    """What stands after `answer:`."""
    said = right.ranges or (with_tolerance(each, right.tolerance) for each in right.accepted)
    return " | ".join(f"in {each}" if each[0] in "[(" else each for each in said)


def tidied(right: RightNumbers) -> RightNumbers:
    """The same right numbers as they are read again. Raises `UnwritableError` for what is no number."""
    plain = number_text(right.tolerance).lstrip("+-") or "0"
    found = []
    for each in right.ranges or right.accepted:
        if span := read_range(each):
            if span.is_empty:
                raise UnwritableError("names_no_answer")
            found.append(str(span))
            continue
        number, sign, own = each.partition("±")
        found.append(with_tolerance(number_text(number), number_text(own).lstrip("+-") if sign else plain))
    return right_numbers(found)


def merged(ranges: Iterable[NumberRange]) -> list[NumberRange]:
    """The same numbers in ranges that are apart from each other, in their order."""
    made: list[NumberRange] = []
    for each in sorted((each for each in ranges if not each.is_empty), key=lambda each: (each.low, not each.with_low)):
        last = made[-1] if made else None
        if last is None or each.low > last.high or (each.low == last.high and not (each.with_low or last.with_high)):
            made.append(each)
        else:
            high, with_high = max((last.high, last.with_high), (each.high, each.with_high))
            made[-1] = NumberRange(last.low, high, last.with_low, with_high)
    return made


def common(some: Sequence[NumberRange], others: Sequence[NumberRange]) -> list[NumberRange]:
    """The numbers that both hold, of merged ranges."""
    made: list[NumberRange] = []
    one = two = 0
    while one < len(some) and two < len(others):
        low, out_low = max((each.low, not each.with_low) for each in (some[one], others[two]))
        high, with_high = min((each.high, each.with_high) for each in (some[one], others[two]))
        made.append(NumberRange(low, high, not out_low, with_high))
        if (some[one].high, some[one].with_high) <= (others[two].high, others[two].with_high):
            one += 1
        else:
            two += 1
    return merged(made)


def numbers_in(ranges: Iterable[NumberRange]) -> RightNumbers:
    """All numbers of some ranges as right: what has both its ends as its middle with a tolerance. Raises
    `UnwritableError`."""
    return right_numbers(
        with_tolerance(*_middle(str(each))) if each.with_low and each.with_high else str(each)
        for each in merged(ranges)
    )


def _middle(said: str) -> tuple[str, str]:
    """(a right number, how far others may be off) of what is right. Raises `UnwritableError`."""
    span = read_range(said)
    if span is None:
        number, _, tolerance = said.partition(" ± ")
        return number, tolerance or "0"
    with localcontext() as context:
        context.prec = 3 * _MAX_DIGITS
        return number_text((span.low + span.high) / 2), number_text((span.high - span.low) / 2)


def _range_in(text: str) -> NumberRange | None:
    """A range that holds a number, None for anything else."""
    try:
        span = read_range(text)
    except UnwritableError:
        return None
    return None if span is None or span.is_empty else span
