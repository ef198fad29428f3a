"""Mutated courses and archives: never a crash, nothing outside, never half an import, and little memory.

`AZORA_MUTATIONS=10000` tries that many in the process of their own.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.formats import mutations
from tests.formats.mutations import EFFECTS, PACKED, SEEDS, TOKENS, Mutation, mutated, school, try_to_import

MAX_MEGABYTES = 256

MUTATIONS = st.lists(
    st.builds(
        Mutation,
        st.sampled_from(EFFECTS),
        st.booleans(),
        st.integers(0, 40),
        st.integers(0, 999_999),
        st.integers(0, len(TOKENS) - 1),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=250, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@example("gift", "tar.gz", [Mutation("insert", True, 0, 500_000, TOKENS.index(b"<![CDATA["))])
@given(st.sampled_from(SEEDS), st.sampled_from(PACKED), MUTATIONS)
def test_whatever_is_wrong_is_refused_or_imported_whole(
    tmp_path: Path, seed: str, packed: str, changes: list[Mutation]
) -> None:
    target = tmp_path / "target"
    target.mkdir(exist_ok=True)
    path = target / "course"
    path.write_bytes(mutated(seed, packed, changes))
    lms = school(tmp_path)
    try:
        try_to_import(lms, path)
    finally:
        lms.database.close()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["school", "target"]
    assert [each.name for each in target.iterdir()] == ["course"]


def test_many_in_a_process_of_their_own_take_little_memory(tmp_path: Path) -> None:
    number = os.environ.get("AZORA_MUTATIONS", "150")
    ended = subprocess.run(
        [sys.executable, str(Path(mutations.__file__)), str(tmp_path), number],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    came = json.loads(ended.stdout)
    assert sum(came["came"].values()) == int(number)
    assert came["came"]["imported"] > 0
    assert came["peak_mb"] < MAX_MEGABYTES
