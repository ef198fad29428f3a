"""What is found, in which order, for whom, and that nothing that is asked for breaks it."""

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import apsw
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from azora_tui.data import schema, searching
from azora_tui.data.stopping import Stop
from azora_tui.errors import StoppedError
from azora_tui.lms import bundled, enrolling, notes, search
from azora_tui.lms.service import Lms
from azora_tui.models.accounts import Claims
from azora_tui.models.course_sources import CourseSource, LessonSource
from azora_tui.models.search import HitKind, Marked, SearchHit
from tests.engine import sqlite

Make = Callable[..., Claims]
AddCourse = Callable[..., int]


@pytest.fixture
def find(lms: Lms, claims: Make) -> Callable[..., list[SearchHit]]:
    return lambda query, user_id=1: list(search.find(lms, claims(user_id), query).hits)


@pytest.fixture
def titles(find: Callable[..., list[SearchHit]]) -> Callable[..., list[str]]:
    return lambda query, user_id=1: [hit.title.text for hit in find(query, user_id)]


def _source_fields(slug: str) -> dict[str, Any]:
    return {
        "slug": slug, "title": slug, "version": "1", "language": "en", "licence": "", "instructor": "", "duration": "",
        "level": "", "tags": (), "description": "", "outcomes": (), "prerequisites": (), "seats": None,
        "enrollment_open": True, "lessons": (),
    }  # fmt: skip


@pytest.fixture
def put(lms: Lms) -> Callable[..., int]:
    """`put(lesson(…), …, slug="x")`: a course of these lessons."""
    from azora_tui.lms.installing import install

    def install_them(*lessons: LessonSource, slug: str = "ubuntu", **fields: Any) -> int:
        source = CourseSource(**{**_source_fields(slug), "lessons": lessons, **fields})
        with lms.database.write() as transaction:
            return install(lms, transaction, source)

    return install_them


def lesson(slug: str, title: str, content: str) -> LessonSource:
    return LessonSource(slug, title, 10, True, "All", content)


def marked(text: Marked) -> list[str]:
    return [text.text[start:end] for start, end in text.marks]


@pytest.mark.parametrize(
    "query", ["krajina", "KRAJINA", "kraj\u00edna", "kr\u00e1j", "Kra\u0301ji", "k", "m\u016fj kraj", " krajina ,"]
)
def test_case_and_diacritics_do_not_count_and_the_last_word_may_have_only_begun(
    add_course: AddCourse, titles: Callable[..., list[str]], query: str
) -> None:
    add_course("a", title="M\u016fj Kr\u00e1jina", lessons="")
    add_course("b", title="Other", lessons="", instructor="", description="")
    assert titles(query) == ["M\u016fj Kr\u00e1jina"]


RUNS = [
    ("\u5c71\u7530\u592a\u90ce\u306e\u7de8\u307f\u7269\u6559\u5ba4", "\u592a\u90ce"),  # Han and kana
    ("\u5c71\u7530\u592a\u90ce\u306e\u7de8\u307f\u7269\u6559\u5ba4", "\u7de8\u307f\u7269"),
    ("\u5c71\u7530\u592a\u90ce\u306e\u7de8\u307f\u7269\u6559\u5ba4", "\u5ba4"),
    ("\u6570\u636e\u7ed3\u6784\u4e0e\u7b97\u6cd5\u5bfc\u8bba", "\u7b97\u6cd5"),
    ("\ud559\uad50\uc5d0\uc11c \ubc30\uc6b0\uae30", "\uad50\uc5d0"),
    ("\u0e01\u0e32\u0e23\u0e40\u0e23\u0e35\u0e22\u0e19\u0e23\u0e39\u0e49", "\u0e40\u0e23\u0e35\u0e22\u0e19"),  # Thai
    ("\u4f7f\u7528Python\u7f16\u7a0b", "python"),
    ("\u4f7f\u7528Python\u7f16\u7a0b", "\u7528pyth"),
]


@pytest.mark.parametrize(("text", "query"), RUNS)
def test_what_stands_inside_a_run_without_blanks_is_found_and_marked(
    add_course: AddCourse, put: Callable[..., int], find: Callable[..., list[SearchHit]], text: str, query: str
) -> None:
    add_course("a", title=text, lessons="", description="")
    put(lesson("x", "Something", f"Before it: {text}.\n"), slug="b")
    hits = find(query)
    assert {hit.kind for hit in hits} == {HitKind.COURSE, HitKind.LESSON}
    marks = {word.casefold() for hit in hits for word in marked(hit.title) + marked(hit.snippet)}
    assert len(marks) == 1
    assert marks.pop().startswith(query)


def test_letters_of_a_run_are_a_phrase_and_not_each_for_itself(add_course: AddCourse, titles: Any) -> None:
    title = "\u90ce\u592a x \u592a y \u90ce"
    add_course("a", title=title, lessons="", description="")
    assert titles("\u592a\u90ce") == []
    assert titles("\u90ce\u592a") == [title]
    assert titles("\u90ce \u592a") == [title]


def test_a_note_is_found_inside_a_run(lms: Lms, claims: Make, put: Callable[..., int], find: Any) -> None:
    course = put(lesson("x", "Something", "Text.\n"))
    enrolling.enroll(lms, claims(), course)
    with lms.database.read() as transaction:
        lesson_id = sqlite(transaction).execute("SELECT id FROM lessons").get
    notes.write(
        lms, claims(), lesson_id, digest=1, quote="q", position="{}", text="\u6570\u636e\u7ed3\u6784\u4e0e\u7b97\u6cd5"
    )
    assert [hit.kind for hit in find("\u7b97\u6cd5")] == [HitKind.NOTE]


def test_only_the_last_word_may_have_only_begun(add_course: AddCourse, titles: Callable[..., list[str]]) -> None:
    add_course("a", title="Weaving with Grass", lessons="")
    assert titles("weaving gra") == ["Weaving with Grass"]
    assert titles("weav grass") == []
    assert titles("weav ") == [], "behind a blank the word is whole"


def test_every_word_has_to_be_there_wherever_it_is(add_course: AddCourse, titles: Callable[..., list[str]]) -> None:
    add_course("a", title="Weaving", instructor="Nomsa Dube", tags=("craft",), description="Baskets.", lessons="")
    add_course("b", title="Pottery", instructor="Nomsa Dube", tags=("craft",), description="Pots.", lessons="")
    assert titles("baskets craft nomsa weaving") == ["Weaving"]
    assert sorted(titles("dube craft")) == ["Pottery", "Weaving"]


def test_titles_weigh_more_than_teachers_and_those_more_than_text(
    add_course: AddCourse, titles: Callable[..., list[str]]
) -> None:
    add_course("text", title="One", description="All about clay, and more clay.", lessons="")
    add_course("about", title="Two", tags=("clay",), description="Nothing.", lessons="")
    add_course("title", title="Clay", description="Nothing.", lessons="")
    for number in range(8):
        add_course(f"other-{number}", title="Other", lessons="")
    assert titles("clay") == ["Clay", "Two", "One"]


def test_a_lesson_is_found_by_what_it_says_and_not_by_its_markup(
    put: Callable[..., int], find: Callable[..., list[SearchHit]]
) -> None:
    text = "# Knots\n\nFirst words.\n\nA *tight* kn**ot** holds, see [more](https://example.org/secret).\n\nLast.\n"
    put(lesson("one", "The start", text), title="Basket")
    (hit,) = find("knot tight")
    assert (hit.kind, hit.course_title, hit.title.text) == (HitKind.LESSON, "Basket", "The start")
    assert hit.snippet.text == "A tight knot holds, see more."
    assert marked(hit.snippet) == ["tight", "knot"]
    assert hit.paragraph == 2
    assert find("secret") == []
    assert find("https") == []


def test_the_index_is_the_newest_version_of_a_course(put: Callable[..., int], titles: Callable[..., list[str]]) -> None:
    put(lesson("one", "Old lesson", "Words of yore."), lesson("two", "Second", "Kept text."), title="Old course")
    assert titles("old") == ["Old course", "Old lesson"]
    put(lesson("one", "New lesson", "Words of today."), title="New course")
    assert titles("old") == []
    assert titles("yore") == []
    assert titles("kept") == [], "a dropped lesson is not found"
    assert titles("new") == ["New course", "New lesson"]
    put(lesson("two", "Second", "Kept text."), title="New course")
    assert titles("kept") == ["Second"]


def test_only_what_is_published_is_found(lms: Lms, put: Callable[..., int], titles: Callable[..., list[str]]) -> None:
    course = put(lesson("one", "Hidden lesson", "Secret."), title="Hidden course")
    with lms.database.write() as transaction:
        sqlite(transaction).execute("UPDATE courses SET is_published = 0 WHERE id = ?", (course,))
    assert titles("hidden") == [], "even before the index knows of it"
    with lms.database.write() as transaction:
        search.index_course(transaction, course)
        assert sqlite(transaction).execute("SELECT COUNT(*) FROM search_index").get == 0
        assert sqlite(transaction).execute("SELECT COUNT(*) FROM lesson_texts").get == 0
        sqlite(transaction).execute("UPDATE courses SET is_published = 1 WHERE id = ?", (course,))
        search.index_course(transaction, course)
    assert titles("hidden") == ["Hidden course", "Hidden lesson"]


def test_an_installation_that_fails_leaves_the_index_as_it_was(
    lms: Lms, put: Callable[..., int], titles: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    put(lesson("one", "Old lesson", "Old."), title="Old course")
    monkeypatch.setattr(enrolling, "fill_seats", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        put(lesson("one", "New lesson", "New."), title="New course")
    assert titles("new") == []
    assert titles("old") == ["Old course", "Old lesson"]


def index(lms: Lms) -> list[Any]:
    with lms.database.read() as transaction:
        rows = (
            sqlite(transaction)
            .execute("SELECT rowid FROM search_index (?) ORDER BY rowid", ('"a"* OR "t"*',))
            .fetchall()
        )
        return [rows, sqlite(transaction).execute("SELECT * FROM lesson_texts ORDER BY 1").fetchall()]


def test_a_file_from_before_the_index_gets_it_at_the_next_start(
    lms: Lms, put: Callable[..., int], titles: Callable[..., list[str]]
) -> None:
    put(lesson("one", "A first lesson", "Then text."), title="A course")
    before = index(lms)
    with lms.database.write() as transaction:  # as the migration leaves it
        transaction.execute("DELETE FROM lesson_texts; DELETE FROM search_state; DELETE FROM bundle")
        transaction.execute("INSERT INTO search_index (search_index) VALUES ('delete-all')")
    assert titles("first") == []
    bundled.load(lms)
    assert titles("first lesson")[0] == "A first lesson"
    with lms.database.write() as transaction:
        assert searching.index_version(transaction) is not None
    assert set(before[1]) <= set(index(lms)[1])


def test_a_file_of_the_first_version_is_migrated_and_searched(
    lms: Lms, titles: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = schema.migrations(schema.LMS)
    with monkeypatch.context() as patch:
        patch.setattr(schema, "migrations", lambda kind: steps[:1])
        with lms.database.write() as transaction:
            transaction.execute("""
                INSERT INTO courses (title, created_at, slug, sort_title, search_text, updated_at)
                VALUES ('Zebra', '2026-01-01 00:00:00', 'zebra', 'zebra', 'zebra', '2026-01-01 00:00:00');
                INSERT INTO lessons (course_id, title, content, created_at, slug, updated_at)
                VALUES (1, 'Stripes', '# *Black* and white', '2026-01-01 00:00:00', 'one', '2026-01-01 00:00:00');
                INSERT INTO bundle (id, fingerprint) VALUES (1, 'as it was')
            """)
        lms.database.close()
    bundled.load(lms)
    assert titles("zebra") == ["Zebra"]
    assert titles("black white") == ["Stripes"]


def test_what_is_rebuilt_is_what_is_stored(lms: Lms, add_course: AddCourse) -> None:
    bundled.load(lms)
    add_course()
    before = index(lms)
    assert len(before[1]) >= 24
    with lms.database.write() as transaction:
        search.rebuild(transaction)
    assert index(lms) == before


def test_the_bundled_courses_are_found_by_sense(lms: Lms, find: Callable[..., list[SearchHit]]) -> None:
    bundled.load(lms)
    assert find("ubuntu")[0].title.text == "Introduction to Ubuntu Philosophy"
    assert find("constitution")[0].kind is HitKind.COURSE
    (first, *_) = find("stokvel")
    assert first.kind is HitKind.LESSON
    assert marked(first.snippet)[0].lower().startswith("stokvel")


def test_who_may_open_the_lessons_is_told(lms: Lms, claims: Make, add_course: AddCourse, find: Any) -> None:
    course = add_course(title="Weaving", lessons="one")
    assert [hit.enrolled for hit in find("one weaving")] == []
    assert [hit.enrolled for hit in find("lesson")] == [False]
    enrolling.enroll(lms, claims(), course)
    assert [hit.enrolled for hit in find("lesson")] == [True]
    assert [hit.enrolled for hit in find("lesson", 2)] == [False]
    enrolling.leave(lms, claims(), course)
    assert [hit.enrolled for hit in find("lesson")] == [False]


def test_the_place_of_a_hit_is_the_reader_s(lms: Lms, claims: Make, put: Callable[..., int], find: Any) -> None:
    put(lesson("one", "Knots", "First.\n\nSecond.\n\n- third\n- the knot\n"))
    (hit,) = find("the knot")
    position = search.place(lms, claims(), hit.lesson_id, hit.paragraph)
    assert position is not None
    assert '"line": 4' in position
    assert search.place(lms, claims(), hit.lesson_id, 99) is None
    assert search.place(lms, claims(), 999, 0) is None


# Whatever is asked


HOSTILE = [
    '"', '""', "'", "*", "a*", "^a", "a AND", "AND", "OR", "NOT", "NEAR(a b)", "a NEAR b", "title:a", "{title}: a",
    "-a", "a + b", "(", ")", "a OR (b", "search_index", "\0", "a\0b", "%", "_", "\\", "\ud800", "\U0001f600", "\u202e",
    "\x1b[2J", "' OR 1=1 --", "a" * 10_000, "a " * 1_000,
    "\u0301", "\u0e01", "\u4e2d\u6587", "\n\t", "rank:1", "e\u0301" * 50,
]  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE)
def test_hostile_queries_find_something_or_nothing(add_course: AddCourse, find: Any, query: str) -> None:
    add_course(title="A course and more or not near", lessons="one")
    find(query)


@pytest.fixture(scope="module")
def small_school(tmp_path_factory: pytest.TempPathFactory) -> Any:
    from azora_tui.lms.service import open_lms
    from azora_tui.paths import Paths

    paths = Paths(tmp_path_factory.mktemp("school"))
    lms = open_lms(paths)
    bundled.load(lms)
    yield lms
    lms.database.close()


@given(st.text(st.characters(codec=None), max_size=60))
@example("\ud800\udfff")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
def test_no_text_at_all_raises_and_every_mark_lies_in_its_text(small_school: Lms, claims: Make, query: str) -> None:
    later = replace(claims(), expires_at=claims().expires_at.replace(year=9000))
    for hit in search.find(small_school, later, query).hits:
        for text in (hit.title, hit.snippet):
            assert all(0 <= start < end <= len(text.text) for start, end in text.marks)
            assert list(text.marks) == sorted(text.marks)


@given(
    st.text(st.sampled_from("abcdeABCD\u00e9\u00c9e\u0301\u0130\u00df\ufb01\u4e2d \u2026-'"), min_size=1, max_size=30)
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_a_text_is_made_of_finds_it_and_is_marked(tmp_path_factory: Any, claims: Make, text: str) -> None:
    from azora_tui.data import dialect

    connection = apsw.Connection(":memory:")
    connection.execute(
        "CREATE TABLE bundle (x); CREATE TABLE courses (id PRIMARY KEY, search_text TEXT);"
        "CREATE TABLE lessons (id PRIMARY KEY)"
    )
    for _ in connection.execute(dict(schema.migrations(schema.LMS))[3]):
        pass
    dialect.index(connection, dialect.IndexKey(dialect.IndexedKind.LESSON, 7), title="x", text=text)
    tokens = dialect.tokens(connection, text)
    for token in tokens:
        for length in range(1, len(token.word) + 1):
            found = dialect.best(connection, [token.word[:length]], 5, prefix=True)
            assert found == [dialect.IndexKey(dialect.IndexedKind.LESSON, 7)]
    assert [token.word for token in tokens] == [
        word for part in (text[t.start : t.end] for t in tokens) for word in [dialect.tokens(connection, part)[0].word]
    ]


# Stopping


def test_a_search_that_nobody_waits_for_ends(lms: Lms) -> None:
    stop = Stop()
    begun = threading.Event()

    def read() -> str:
        with lms.database.read(stop) as connection:
            begun.set()
            sqlite(connection).execute(
                "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT COUNT(*) FROM n"
            ).fetchall()
        return "this never ends by itself"

    def stop_it() -> None:
        begun.wait()
        while not ended.wait(0.01):  # an interrupt between two statements meets nobody
            stop.now()

    ended = threading.Event()
    other = threading.Thread(target=stop_it)
    other.start()
    try:
        with pytest.raises(StoppedError):
            read()
    finally:
        ended.set()
        other.join()
    with lms.database.read() as connection:
        assert sqlite(connection).execute("SELECT 1").get == 1, "the connection goes on"


def test_a_search_that_was_stopped_before_it_began_does_not_begin(
    lms: Lms, claims: Make, add_course: AddCourse
) -> None:
    add_course()
    stop = Stop()
    stop.now()
    with pytest.raises(StoppedError):
        search.find(lms, claims(), "x", stop=stop)


def test_a_stop_that_comes_late_meets_nobody(lms: Lms, claims: Make, add_course: AddCourse) -> None:
    add_course(title="Weaving")
    stop = Stop()
    search.find(lms, claims(), "weaving", stop=stop)
    with lms.database.read() as connection:
        rows = sqlite(connection).execute(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 9) SELECT i FROM n"
        )
        assert next(rows) == (1,)
        stop.now()
        assert len(list(rows)) == 8


def test_what_was_found_is_fetched_by_its_id_and_not_by_going_through_all(
    lms: Lms, claims: Make, add_course: AddCourse
) -> None:
    add_course(title="Weaving")
    seen: list[tuple[str, Any]] = []
    with lms.database.read() as connection:
        sqlite(connection).exec_trace = lambda _, sql, bindings: seen.append((sql, bindings)) is None  # type: ignore[func-returns-value]
    search.find(lms, claims(), "weav")
    search.find(lms, claims(), "lesson")
    sqlite(connection).exec_trace = None
    fetched = [(sql, bindings) for sql, bindings in seen if " IN (" in sql]
    assert len(fetched) == 2
    for sql, bindings in fetched:
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", bindings)]
        assert not [step for step in plan if step.startswith("SCAN") or "courses_by" in step], plan


# Notes


def test_one_s_own_notes_are_found_first_and_nobody_else_s(
    lms: Lms, claims: Make, add_course: AddCourse, lesson_ids: Callable[[int], dict[str, int]], find: Any
) -> None:
    course = add_course(title="Weaving", lessons="one")
    for user in (1, 2):
        enrolling.enroll(lms, claims(user), course)
    one = lesson_ids(course)["one"]

    def write(user: int, text: str | None) -> int:
        return notes.write(lms, claims(user), one, text=text, digest=1, quote="Text of one.", position="{}").id

    mine = write(1, "Weaving reminds me of k\u00e9nt\u00e9")
    write(2, "Weaving: a secret of kente")
    assert [(hit.kind, hit.note_id) for hit in find("weaving")] == [(HitKind.NOTE, mine), (HitKind.COURSE, None)]
    assert [hit.note_id for hit in find("kente")] == [mine]
    assert [hit.note_id for hit in find("secret")] == []
    assert [hit.note_id for hit in find("secret", 3)] == []
    notes.change(lms, claims(), mine, text="Something else")
    assert find("kente") == []
    assert [hit.note_id for hit in find("something")] == [mine]
    notes.delete(lms, claims(), mine)
    assert find("something") == []
    notes.restore(lms, claims(), mine)
    assert [hit.note_id for hit in find("something")] == [mine]
    with lms.database.write() as transaction:
        search.rebuild(transaction)
    assert [hit.note_id for hit in find("something")] == [mine]
    bookmark = write(1, None)
    hit = find("text of one")[0]
    assert (hit.note_id, hit.title.text, hit.snippet.text) == (bookmark, "Bookmark", "Text of one.")
