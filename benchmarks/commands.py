"""What a plain command costs: the processor's time, whatever else the machine does."""

import os
import resource
import subprocess
import sys
from collections.abc import Sequence

from azora_tui.lms import bundled, catalog, enrolling
from azora_tui.lms.service import Lms, open_lms
from azora_tui.models.accounts import Claims
from azora_tui.paths import Paths
from benchmarks.rows import Result, Spec, result, side_by_side
from benchmarks.schools import Schools
from benchmarks.terminal import ROOT

_AGAINST = "python -c pass, CPU time"
_WORDS = {"courses": ["courses"], "home": ["home"], "enroll": ["enroll", bundled.SLUGS[-1]]}
COMMANDS = {name: Spec(f"command-{name}", f"azora-tui {name}, CPU time", _AGAINST, 6.0) for name in _WORDS}
_PAIRS = 20
_PROGRAM = "from azora_tui.cli import program; program()"
"""As the script that is installed has it."""


def measure(schools: Schools, pairs: int) -> list[Result]:
    paths, claims = schools.small_catalog("commands")
    lms = open_lms(paths)
    try:
        return [_measured(spec, _WORDS[name], lms, claims, max(pairs, _PAIRS)) for name, spec in COMMANDS.items()]
    finally:
        lms.database.close()


def _measured(spec: Spec, words: Sequence[str], lms: Lms, claims: Claims, pairs: int) -> Result:
    def ours() -> float:
        _leave(lms, claims)
        return _milliseconds([_PROGRAM, *words], lms.paths)

    return result(spec, side_by_side(ours, lambda: _milliseconds(["pass"], lms.paths), pairs))


def _leave(lms: Lms, claims: Claims) -> None:
    """Let `enroll` have something to do each time."""
    detail = catalog.detail(lms, claims, bundled.SLUGS[-1])
    if detail.enrolled:
        enrolling.leave(lms, claims, detail.course.id)


def _milliseconds(code_and_words: Sequence[str], paths: Paths) -> float:
    environment = {
        **{name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "TMPDIR")},
        "AZORA_HOME": str(paths.home),
        "LC_ALL": "C.UTF-8",
        "PYTHONPATH": str(ROOT),
    }
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", *code_and_words], env=environment, capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime) * 1000
