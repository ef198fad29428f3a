"""In which order the index gives what it found, where few things have a word and where many have."""

from collections.abc import Callable, Sequence

import apsw
import pytest

from azora_tui.data import dialect, schema
from azora_tui.data.dialect import IndexedKind, IndexKey

MAX_RANKED = 6
"""In place of thousands."""

Index = Callable[..., None]


@pytest.fixture
def connection(monkeypatch: pytest.MonkeyPatch) -> apsw.Connection:
    monkeypatch.setattr(dialect, "MAX_RANKED", MAX_RANKED)
    connection = apsw.Connection(":memory:")
    connection.execute(
        "CREATE TABLE bundle (x); CREATE TABLE courses (id PRIMARY KEY, search_text TEXT);"
        "CREATE TABLE lessons (id PRIMARY KEY)"
    )
    for _ in connection.execute(dict(schema.migrations(schema.LMS))[3]):
        pass
    return connection


@pytest.fixture
def index(connection: apsw.Connection) -> Index:
    def index_course(id_: int, title: str, about: str = "", text: str = "") -> None:
        dialect.index(connection, IndexKey(IndexedKind.COURSE, id_), title=title, about=about, text=text)

    return index_course


def best(connection: apsw.Connection, *words: str, limit: int = 10, prefix: bool = False) -> list[int]:
    return [id_ for _, id_ in dialect.best(connection, words, limit, prefix=prefix)]


def all_ranked(connection: apsw.Connection, words: Sequence[str]) -> list[int]:
    """As FTS5 itself ranks them."""
    rows = connection.execute(
        "SELECT rowid FROM search_index WHERE search_index MATCH ? ORDER BY rank", (" ".join(words),)
    )
    return [row // 4 for (row,) in rows]


def index_in_text(index: Index, ids: Sequence[int], words: str = "clay") -> None:
    for id_ in ids:
        index(id_, "Pots", text=f"{words} " * (1 + id_ % 3) + "and water " * (id_ % 5))


def test_few_hits_are_all_ranked(connection: apsw.Connection, index: Index) -> None:
    index_in_text(index, range(1, MAX_RANKED))
    index(MAX_RANKED, "Clay and much more about a great many other things", text="water " * 300)
    found = best(connection, "clay")
    assert found == all_ranked(connection, ["clay"])
    assert found[0] != MAX_RANKED, "ranked by FTS5 alone, this title is too weak to come first"


def test_of_many_hits_those_with_the_word_in_the_title_come_first(connection: apsw.Connection, index: Index) -> None:
    index_in_text(index, range(1, MAX_RANKED + 1))
    index(70, "Pots", about="clay\npottery")
    index(80, "Clay and much more about a great many other things", text="water " * 300)
    assert best(connection, "clay")[:2] == [80, 70], "title, then teacher or subject, and they are the newest"


def test_of_many_hits_those_with_a_word_in_the_title_come_before_those_with_none(
    connection: apsw.Connection, index: Index
) -> None:
    index_in_text(index, range(1, MAX_RANKED + 1), "red clay")
    index(70, "Pots", about="red", text="clay")
    index(80, "Clay", text="red")
    index(90, "Red clay")
    found = best(connection, "red", "clay")
    assert found[0] == 90
    assert set(found[1:3]) == {70, 80}


def test_the_last_word_may_have_only_begun_in_each_group(connection: apsw.Connection, index: Index) -> None:
    index_in_text(index, range(1, MAX_RANKED + 1), "red clay")
    index(70, "Pots", about="clayware", text="red")
    index(80, "Red clayware")
    assert best(connection, "red", "cla", prefix=True)[:2] == [80, 70]
    assert best(connection, "red", "clay", prefix=False, limit=50)[:1] != [80]


def test_many_hits_fill_the_page_each_once_and_always_alike(connection: apsw.Connection, index: Index) -> None:
    index_in_text(index, range(1, 3 * MAX_RANKED))
    for id_ in (40, 41, 42):
        index(id_, "Clay")
    found = best(connection, "clay", limit=MAX_RANKED)
    assert found[:3] == [40, 41, 42], "what fits alike stands as it came"
    assert len(found) == len(set(found)) == MAX_RANKED
    assert found == best(connection, "clay", limit=MAX_RANKED)


def test_with_more_titles_than_are_ranked_the_page_is_full_of_titles(connection: apsw.Connection, index: Index) -> None:
    index_in_text(index, range(1, 50))
    for id_ in range(50, 50 + 2 * MAX_RANKED):
        index(id_, "Clay " + "and more " * (id_ % 4))
    found = best(connection, "clay", limit=5)
    assert found[0] == 52, "the shortest title fits best"
    assert set(found) <= set(range(50, 50 + MAX_RANKED)), "only the oldest of them are ranked"
