"""Many people post, thank and read at the same time; `AZORA_CROWD` names how many and for how many seconds."""

import json
import os
import subprocess
import sys
from pathlib import Path


def test_a_crowd_that_posts_thanks_and_reads_is_counted_exactly(tmp_path: Path) -> None:
    people, seconds = os.environ.get("AZORA_CROWD", "8 3").split()
    ended = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("company.py")), str(tmp_path), people, seconds],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        timeout=300 + int(seconds),
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    found = json.loads(ended.stdout)
    sys.stdout.write(f"{found}\n")  # with -s: the slowest of all, in seconds
    done = found["done"]
    assert (found["posts"], found["pieces"], found["questions"], found["thanks"]) == (
        done.get("post", 0), done.get("leave", 0), done.get("stuck", 0), done.get("thanks", 0),
    )  # fmt: skip
    assert done["read"]
    assert set(found["refused"]) <= {"too_many_posts"}
    assert (found["ended"], found["wrong"], found["too_many"], found["integrity"]) == (0, 0, 0, "ok")
