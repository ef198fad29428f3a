"""What a person chose is kept; a damaged file costs the choice, never the start."""

import json
import os
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azora_tui.settings import Settings, load_settings, save_settings

CHOSEN = Settings(theme="paper", animation=True, ascii=True, catalog_sort="newest", keys={"catalog.search": "ctrl+f"})


def test_what_was_chosen_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    save_settings(path, CHOSEN)
    assert load_settings(path) == CHOSEN
    assert [file.name for file in tmp_path.iterdir()] == ["settings.json"]
    assert path.stat().st_mode & 0o777 == 0o600
    assert json.loads(path.read_text()) == asdict(CHOSEN)


@given(st.builds(Settings, keys=st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=3)))
def test_any_choice_comes_back(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> None:
    path = tmp_path_factory.getbasetemp() / "any.json"
    save_settings(path, settings)
    assert load_settings(path) == settings


def test_a_choice_read_from_a_strange_file_can_be_saved_again(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(r'{"theme": "\ud800", "keys": {"quit": "\udfff"}}')
    save_settings(path, load_settings(path))
    assert load_settings(path).keys == {"quit": "\udfff"}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"7",
        b'"x"',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"theme": ' + b"9" * 5000 + b"}",
    ],
    ids=["empty", "cut", "list", "null", "number", "text", "no text", "deep", "long number"],
)
def test_a_damaged_file_is_as_if_nothing_was_chosen(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    assert load_settings(path) == Settings()
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"\xff\xfe", b'{"theme": "mine"', b'{"theme": 7, "keys": {}}', b'{"keys": {"quit": 1}}'],
)
def test_what_cannot_be_read_is_kept_beside_and_never_written_over(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.json"
    for name in ("settings-unreadable.json", "settings-unreadable-2.json"):
        path.write_bytes(content)
        assert save_settings(path, CHOSEN) == tmp_path / name
        assert load_settings(path) == CHOSEN
    for name in ("settings-unreadable.json", "settings-unreadable-2.json"):
        assert (tmp_path / name).read_bytes() == content
    assert save_settings(path, Settings()) is None


def test_what_is_no_file_is_kept_beside_too(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    os.mkfifo(path)
    assert load_settings(path) == Settings()
    assert save_settings(path, CHOSEN) == tmp_path / "settings-unreadable.json"
    assert (tmp_path / "settings-unreadable.json").is_fifo()
    path.unlink()
    (tmp_path / "elsewhere").write_text(json.dumps(asdict(CHOSEN)))
    path.symlink_to(tmp_path / "elsewhere")
    assert load_settings(path) == Settings()
    assert save_settings(path, Settings()) == tmp_path / "settings-unreadable-2.json"
    assert (tmp_path / "elsewhere").read_text() == json.dumps(asdict(CHOSEN))


def test_what_a_newer_version_keeps_stays_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({**asdict(CHOSEN), "pace": "slow"}))
    assert save_settings(path, Settings()) is None
    assert json.loads(path.read_text()) == {**asdict(Settings()), "pace": "slow"}


def test_a_file_that_cannot_be_looked_at_is_as_if_nothing_was_chosen(tmp_path: Path) -> None:
    assert load_settings(tmp_path / ("long" * 100)) == Settings()


def test_a_missing_file_is_as_if_nothing_was_chosen(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "settings.json") == Settings()
    assert load_settings(tmp_path) == Settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("theme", 7),
        ("theme", None),
        ("animation", 1),
        ("animation", "yes"),
        ("ascii", []),
        ("catalog_sort", True),
        ("keys", []),
        ("keys", {"quit": 1}),
        ("keys", {"quit": ["q"]}),
    ],
)
def test_a_choice_of_the_wrong_type_is_dropped_and_the_others_stay(tmp_path: Path, name: str, value: object) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({**asdict(CHOSEN), name: value, "unknown": 1}))
    assert load_settings(path) == replace(CHOSEN, **{name: getattr(Settings(), name)})


def test_a_folder_that_cannot_be_written_leaves_the_old_choice(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.mkdir()
    (path / "in the way").touch()
    with pytest.raises(OSError, match=r"settings\.json"):
        save_settings(path, CHOSEN)
    assert [file.name for file in tmp_path.iterdir()] == ["settings.json"]
