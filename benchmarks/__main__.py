"""`python -m benchmarks [NAME …] [--pairs N] [--enrollments N] [--json]`."""

import argparse
import compileall
import json
import os
import platform
import sys
from importlib.metadata import version

from benchmarks.rows import PAIRS, Result
from benchmarks.terminal import ROOT

_COLUMNS = (58, 52, 22, 10, 8, 12, 12)
_HEAD = ("what", "against", "ratio (quartiles)", "to reach", "reached", "ours", "theirs")


def main() -> int:
    """Measure and print; 0 when every row has reached its target, else 1."""
    _compile()
    from benchmarks import suite

    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Speed, as ratios.")
    add = parser.add_argument
    add("names", nargs="*", metavar="NAME", help=f"one of {', '.join(suite.NAMES)}; all by default")
    add("--pairs", type=int, default=PAIRS, metavar="N", help=f"{PAIRS} or more (default {PAIRS})")
    add(
        "--enrollments",
        type=int,
        default=suite.ENROLLMENTS,
        metavar="N",
        help="in the large file of my-learning and home",
    )
    add("--json", action="store_true", help="one object a row, a line each")
    options = parser.parse_args()
    if unknown := set(options.names) - set(suite.NAMES):
        parser.error(f"there is no row {', '.join(sorted(unknown))}; there are {', '.join(suite.NAMES)}")
    if options.pairs < PAIRS:
        parser.error(f"fewer than {PAIRS} pairs say nothing")

    if not options.json:
        versions = ", ".join(f"{name} {version(name)}" for name in ("textual", "apsw"))
        machine = f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
        print(f"Python {platform.python_version()}, {versions}, {machine}")
        print(_line(_HEAD), flush=True)
    all_reached = True
    for row in suite.run(options.names, suite.Options(options.pairs, options.enrollments)):
        all_reached = all_reached and row.reached
        text = json.dumps(_document(row), ensure_ascii=False) if options.json else _line(_cells(row))
        print(text, flush=True)
    return 0 if all_reached else 1


def _compile() -> None:
    """Everything that is measured starts from bytecode, as it does where it was installed."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    for package in ("azora_tui", "benchmarks"):
        if not compileall.compile_dir(ROOT / package, quiet=2):
            sys.exit(f"{package} does not compile")


def _cells(row: Result) -> tuple[str, ...]:
    spread = f" ({row.low:.2f}–{row.high:.2f})" if row.pairs else ""
    return (
        row.spec.what,
        row.spec.against,
        f"{row.ratio:.2f}{spread}",
        row.spec.to_reach,
        "yes" if row.reached else "NO",
        _absolute(row.ours, row.spec.unit),
        _absolute(row.theirs, row.spec.unit),
    )


def _absolute(value: float | None, unit: str) -> str:
    return "" if value is None else f"{value:,.{0 if value >= 1000 else 1}f} {unit}"


def _line(cells: tuple[str, ...]) -> str:
    return " | ".join(cell.ljust(width) for cell, width in zip(cells, _COLUMNS, strict=True)).rstrip()


def _document(row: Result) -> dict[str, object]:
    spec = row.spec
    return {
        "name": spec.name,
        "what": spec.what,
        "against": spec.against,
        "ratio": row.ratio,
        "quartiles": [row.low, row.high],
        "pairs": row.pairs,
        "target": spec.target,
        "at_least": spec.at_least,
        "reached": row.reached,
        "ours": row.ours,
        "theirs": row.theirs,
        "unit": spec.unit,
    }


if __name__ == "__main__":
    raise SystemExit(main())
