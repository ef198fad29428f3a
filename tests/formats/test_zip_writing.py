"""An archive that is written as it is read."""

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime

from azora_tui.formats.records import csv_parts, json_parts
from azora_tui.formats.zip_writing import zip_parts

AT = datetime(2026, 11, 22, 12, 0, 2, tzinfo=UTC)


def test_files_come_out_as_they_went_in() -> None:
    content = b"".join(zip_parts([("a.txt", [b"one ", b"two"]), ("b/c.txt", [])], AT))
    with zipfile.ZipFile(io.BytesIO(content)) as found:
        assert found.testzip() is None
        assert {name: found.read(name) for name in found.namelist()} == {"a.txt": b"one two", "b/c.txt": b""}
        assert {each.date_time for each in found.infolist()} == {(2026, 11, 22, 12, 0, 2)}
        assert {each.external_attr >> 16 for each in found.infolist()} == {0o600}


def test_a_part_is_asked_for_when_it_is_written_and_no_sooner() -> None:
    asked = []

    def parts() -> Iterator[bytes]:
        for number in range(3):
            asked.append(number)
            yield bytes(100_000)

    made = zip_parts([("a", parts())], AT)
    next(made)
    assert asked == [0]
    b"".join(made)
    assert asked == [0, 1, 2]


def test_a_time_before_the_format_is_its_first() -> None:
    with zipfile.ZipFile(io.BytesIO(b"".join(zip_parts([("a", [])], datetime(1970, 1, 1, tzinfo=UTC))))) as found:
        assert found.infolist()[0].date_time == (1980, 1, 1, 0, 0, 0)


def test_rows_become_json_with_what_is_json_already_unwrapped() -> None:
    made = b"".join(json_parts(["id", "payload", "given"], [(1, '{"a":"é"}', "[0]"), (2, "not json", None)]))
    assert json.loads(made) == [
        {"id": 1, "payload": {"a": "é"}, "given": [0]},
        {"id": 2, "payload": "not json", "given": None},
    ]
    assert "é".encode() in made
    assert json.loads(b"".join(json_parts(["id"], []))) == []


def test_rows_become_csv_however_many_they_are() -> None:
    made = b"".join(csv_parts(["a", "b"], ((number, "=1+1") for number in range(2_001)))).decode().splitlines()
    assert made[0] == "a,b"
    assert len(made) == 2_002
    assert made[1_001] == "1000,'=1+1", "no cell is taken for a formula"
