"""The rows of the Markdown reader, as `benchmarks.reader` measures them."""

from benchmarks import reader
from benchmarks.rows import Result, Spec

NAME = "reader"


def measure() -> list[Result]:
    return [as_result(row) for row in reader.measure()]


def as_result(row: reader.Row) -> Result:
    """One of the reader's rows; it knows how many pairs it took, and says only their ratio."""
    what, _, against = row.name.partition(": ")
    sign, target = row.target.split()
    spec = Spec(NAME, what, against, float(target), at_least=sign == ">=", unit="")
    return Result(spec, ratio=row.ratio, low=row.ratio, high=row.ratio, pairs=0)
