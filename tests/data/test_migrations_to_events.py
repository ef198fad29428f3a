"""A file of each older version, with rows in every table, becomes one whose events tell everything."""

import json
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from azora_tui.data import records, schema
from azora_tui.data.database import Database, open_database
from azora_tui.data.events import EventKind
from azora_tui.data.transaction import ConstraintError
from azora_tui.lms import rebuilding
from azora_tui.paths import Paths
from tests.data import old_schools
from tests.data.old_schools import DAY, EARLIER, LATER

STEPS = schema.migrations(schema.LMS)
OLDER = range(1, 8)

Migrated = Callable[[int], Database]


@pytest.fixture
def before() -> dict[str, list[tuple[Any, ...]]]:
    """The rows of each table before it was migrated, with its columns' names first."""
    return {}


@pytest.fixture
def migrated(
    paths: Paths, monkeypatch: pytest.MonkeyPatch, before: dict[str, list[tuple[Any, ...]]]
) -> Iterator[Migrated]:
    """`migrated(3)`: a file of that version, filled, then opened by this program."""
    opened: list[Database] = []

    def open_old(version: int) -> Database:
        with monkeypatch.context() as patch:
            patch.setattr(schema, "migrations", lambda kind: [step for step in STEPS if step[0] <= version])
            old = open_database(paths.lms_database, schema.LMS)
            with old.write() as transaction:
                old_schools.fill(transaction, version)
            for table in tables(old):
                columns = ", ".join(name for _, name, *_ in rows(old, f"PRAGMA table_info({table})"))
                before[table] = [(columns,), *rows(old, f"SELECT {columns} FROM {table}")]
            old.close()
        opened.append(open_database(paths.lms_database, schema.LMS))
        return opened[0]

    yield open_old
    for each in opened:
        each.close()


def rows(database: Database, sql: str) -> list[tuple[Any, ...]]:
    with database.read() as transaction:
        return list(transaction.execute(sql))


def tables(database: Database) -> list[str]:
    found = rows(database, "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%STRICT%' ORDER BY name")
    return [name for (name,) in found]


def payloads(database: Database, kind: str) -> list[dict[str, Any]]:
    found = rows(database, f"SELECT payload FROM events WHERE kind = '{kind}' ORDER BY number")
    return [json.loads(payload) for (payload,) in found]


@pytest.mark.parametrize("version", OLDER)
def test_every_table_of_the_old_file_had_rows(
    migrated: Migrated, before: dict[str, list[tuple[Any, ...]]], version: int
) -> None:
    migrated(version)
    assert [table for table, (_, *found) in before.items() if not found] == []


@pytest.mark.parametrize("version", OLDER)
def test_nothing_is_lost(migrated: Migrated, before: dict[str, list[tuple[Any, ...]]], version: int) -> None:
    database = migrated(version)
    assert rows(database, "PRAGMA foreign_key_check") == []
    assert rows(database, "PRAGMA integrity_check") == [("ok",)]
    # The log and the notes get fractions where seconds did not tell their order; versions below 4 fill the log.
    changed = {"events", "review_log", "notes", "bundle", "review_state"}
    for table, ((columns,), *found) in before.items():
        if table not in changed:
            assert rows(database, f"SELECT {columns} FROM {table}") == found, table


@pytest.mark.parametrize("version", OLDER)
def test_the_old_events_stay_as_they_were_and_come_first(
    migrated: Migrated, before: dict[str, list[tuple[Any, ...]]], version: int
) -> None:
    database = migrated(version)
    _, *found = before["events"]
    now = rows(database, "SELECT id, kind, user_id, course_id, lesson_id, at FROM events ORDER BY number")
    assert now[: len(found)] == found
    numbers = rows(database, "SELECT machine_id, number FROM events ORDER BY number")
    assert numbers == [(1, number) for number in range(1, len(now) + 1)]
    names = rows(
        database,
        """
        SELECT COUNT(*) FROM events
        LEFT JOIN courses ON courses.id = events.course_id LEFT JOIN lessons ON lessons.id = events.lesson_id
        WHERE course IS NOT courses.slug OR lesson IS NOT lessons.slug
        """,
    )
    assert names == [(0,)]
    assert rows(database, "SELECT last_number FROM machines") == [(len(now),)]


@pytest.mark.parametrize("version", OLDER)
def test_all_that_was_kept_can_be_made_again(migrated: Migrated, version: int) -> None:
    with migrated(version).read() as transaction:
        stored = records.stored(transaction)
        assert rebuilding.rebuilt(transaction) == stored
    assert len(stored.enrollments) >= 4
    assert stored.students["weaving"] == 2
    assert bool(stored.attempts) == (version >= 2)
    assert bool(stored.minutes) == (version >= 7)


@pytest.mark.parametrize(
    ("table", "at"),
    [
        ("enrollments", "enrolled_at"),
        ("waitlist", "joined_at"),
        ("attempts", "started_at"),
        ("answers", "answered_at"),
        ("minutes_spent", "at"),
        ("rest_days", "chosen_at"),
    ],
)
def test_old_rows_get_ids_of_their_time_and_in_their_order(migrated: Migrated, table: str, at: str) -> None:
    found = rows(migrated(7), f"SELECT uuid, {at} FROM {table} ORDER BY id")
    assert len(found) > 1
    for text, moment in found:
        made = uuid.UUID(text)
        assert made.version == 7
        assert datetime.fromtimestamp((made.int >> 80) / 1000, UTC) == datetime.fromisoformat(moment + "+00:00")
    same = [text for text, moment in found if moment == DAY]
    assert same == sorted(same)


def test_answers_and_attempts_find_the_events_that_told_of_them(migrated: Migrated) -> None:
    database = migrated(7)
    (started, other, _), answered = payloads(database, "quiz_started"), payloads(database, "answered")
    assert started["questions"] == [{"id": "so"}, {"id": "this"}]
    assert (started["pass_percent"], other["pass_percent"], started["version"]) == (80, 50, "1.0.0")
    assert [(each["question"], each["given"], each["correct"], each["hint_used"]) for each in answered] == [
        ("so", "half", False, True),
        ("so", [0], True, False),
        ("this", [1, 2], False, False),
        ("so", [1], False, False),
    ]
    assert [each["attempt"] == started["uuid"] for each in answered] == [False, True, True, False]
    (finished,) = payloads(database, "quiz_finished")
    assert finished == {"attempt": started["uuid"], "finished_at": LATER, "score": 50}


def test_who_was_brought_in_from_an_original_school_is_told_apart(migrated: Migrated) -> None:
    found = rows(
        migrated(7),
        "SELECT user_id, course, at, payload FROM events WHERE kind = 'enrolled' AND user_id < 3 ORDER BY number",
    )
    assert [(user, course, at, json.loads(payload)["adopted"]) for user, course, at, payload in found] == [
        (1, "weaving", DAY, False),
        (2, "weaving", DAY, False),
        (1, "ethics", DAY, False),
        (2, "bees", EARLIER, True),
        (1, "weaving", EARLIER, True),
    ]


def test_ratings_and_notes_of_one_second_keep_their_order(migrated: Migrated) -> None:
    database = migrated(7)
    assert rows(database, "SELECT uuid, at FROM review_log WHERE user_id = 1 ORDER BY at, uuid") == [
        ("log-c", DAY),
        ("log-b", f"{DAY}.000001"),
        ("log-a", LATER),
    ]
    assert rows(database, "SELECT uuid FROM notes ORDER BY created_at, uuid") == [("note-b",), ("note-a",)]
    assert rows(database, "SELECT * FROM review_state") == [], "the next start makes their states anew"
    assert rows(database, "SELECT * FROM bundle") == []
    assert rows(database, "SELECT card_key FROM cards ORDER BY order_index") == [("b",), ("a",)]


def test_a_file_without_such_ratings_is_not_made_anew(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(schema, "migrations", lambda kind: STEPS[:7])
        old = open_database(paths.lms_database, schema.LMS)
        with old.write() as transaction:
            transaction.execute("INSERT INTO bundle VALUES (1, 'kept'); INSERT INTO review_state VALUES (1, 1)")
        old.close()
        patch.setattr(schema, "migrations", lambda kind: STEPS[:8])
        database = open_database(paths.lms_database, schema.LMS)
        assert rows(database, "SELECT fingerprint, version FROM bundle, review_state") == [("kept", 1)]
        database.close()


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE events SET user_id = 2", "only ever added"),
        ("DELETE FROM events", "only ever added"),
        ("UPDATE attempts SET uuid = 'x' WHERE finished_at IS NULL", "only be finished, once"),
        ("UPDATE attempts SET score = 100", "only be finished, once"),
        ("UPDATE answers SET correct = 1", "only ever added"),
        ("UPDATE minutes_spent SET minutes = 1", "only ever added"),
        ("UPDATE rest_days SET weekdays = 1", "only ever added"),
        ("UPDATE review_log SET rating = 1", "only ever added"),
        (
            "INSERT INTO enrollments (user_id, course_id, enrolled_at, last_accessed_at) VALUES (8, 1, '', '')",
            "NOT NULL",
        ),
        ("UPDATE enrollments SET uuid = 'x'", "UNIQUE"),
        ("UPDATE waitlist SET uuid = 'x'", "UNIQUE"),
        ("INSERT INTO machines (uuid) SELECT uuid FROM machines", "UNIQUE"),
        ("INSERT INTO learners (user_id, uuid) VALUES (1, 'x'), (2, 'x')", "UNIQUE"),
        ("INSERT INTO event_kinds VALUES ('answered')", "UNIQUE"),
    ],
)
def test_the_file_itself_keeps_what_was_done(migrated: Migrated, statement: str, sentence: str) -> None:
    database = migrated(7)
    with pytest.raises(ConstraintError, match=sentence), database.write() as transaction:
        transaction.execute(statement)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ("'x', 'enrolled', 1, 1, 'weaving', NULL, NULL, 1, 99", None),
        ("'x', 'rest_days_chosen', 1, NULL, NULL, NULL, NULL, 1, 99", None),
        ("'x', 'invented', 1, 1, 'weaving', NULL, NULL, 1, 99", "FOREIGN KEY"),
        ("'x', 'enrolled', 1, 1, 'weaving', NULL, NULL, 2, 99", "FOREIGN KEY"),
        ("'x', 'enrolled', 1, 99, 'weaving', NULL, NULL, 1, 99", "FOREIGN KEY"),
        ("'x', 'opened', 1, 1, 'weaving', 99, 'one', 1, 99", "FOREIGN KEY"),
        ("'x', 'enrolled', 1, 1, NULL, NULL, NULL, 1, 99", "CHECK"),
        ("'x', 'opened', 1, 1, 'weaving', 7, NULL, 1, 99", "CHECK"),
        ("'x', 'enrolled', 1, 1, 'weaving', NULL, NULL, 1, 1", "UNIQUE"),
        ("'x', 'enrolled', 1, 1, 'weaving', NULL, NULL, 1, 0", "CHECK"),
        ("'event-98', 'enrolled', 1, 1, 'weaving', NULL, NULL, 1, 99", "UNIQUE"),
    ],
)
def test_an_event_is_of_a_known_kind_and_machine_and_names_what_is_there(
    migrated: Migrated, values: str, sentence: str | None
) -> None:
    database = migrated(7)
    statement = f"""
        INSERT INTO events (id, kind, user_id, course_id, course, lesson_id, lesson, machine_id, number, at, payload)
        VALUES ({values}, '', '{{}}')
    """
    if sentence is None:
        with database.write() as transaction:
            transaction.execute(statement)
        return
    with pytest.raises(ConstraintError, match=sentence), database.write() as transaction:
        transaction.execute(statement)


def test_the_kinds_of_the_program_are_those_of_the_file(migrated: Migrated) -> None:
    known = {kind for (kind,) in rows(migrated(7), "SELECT kind FROM event_kinds")}
    assert known == set(EventKind.__args__)  # type: ignore[attr-defined]


def test_a_new_file_has_no_machine_yet(paths: Paths) -> None:
    database = open_database(paths.lms_database, schema.LMS)
    assert rows(database, "SELECT * FROM machines") == rows(database, "SELECT * FROM events") == []
    database.close()


# azora.db


@pytest.fixture
def old_accounts(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """An azora.db of version 1 with rows in every table, opened by this program."""
    steps = schema.migrations(schema.AUTH)
    with monkeypatch.context() as patch:
        patch.setattr(schema, "migrations", lambda kind: steps[:1])
        old = open_database(paths.auth_database, schema.AUTH)
        with old.write() as transaction:
            transaction.execute(
                f"""
                INSERT INTO users (id, email, password, name, created_at, email_key, role)
                VALUES (4, 'b@x', 'hash', 'B', '{DAY}', 'b@x', 'admin'), (7, 'a@x', 'hash', 'A', '{DAY}', 'a@x', 'learner');
                INSERT INTO sessions VALUES ('s', 4, '{DAY}', '{LATER}', NULL);
                INSERT INTO sign_in_failures VALUES ('a@x', 2, '{DAY}');
                INSERT INTO events VALUES ('z', 'registered', 4, '{DAY}'), ('y', 'signed_in', 4, '{DAY}')
                """
            )
        old.close()
    database = open_database(paths.auth_database, schema.AUTH)
    yield database
    database.close()


def test_accounts_get_ids_and_nothing_is_lost(old_accounts: Database) -> None:
    assert rows(old_accounts, "PRAGMA foreign_key_check") == []
    found = rows(old_accounts, "SELECT uuid, id, email, password, name, created_at, email_key, role FROM users")
    assert [each[1:] for each in found] == [
        (4, "b@x", "hash", "B", DAY, "b@x", "admin"),
        (7, "a@x", "hash", "A", DAY, "a@x", "learner"),
    ]
    assert found == sorted(found), "the ids are in the order of the accounts"
    assert [uuid.UUID(each[0]).version for each in found] == [7, 7]
    assert rows(old_accounts, "SELECT id, user_id FROM sessions") == [("s", 4)]
    assert rows(old_accounts, "SELECT email_key, failures FROM sign_in_failures") == [("a@x", 2)]
    assert rows(
        old_accounts, "SELECT id, kind, user_id, at, payload, machine_id, number FROM events ORDER BY number"
    ) == [
        ("z", "registered", 4, DAY, "{}", 1, 1),
        ("y", "signed_in", 4, DAY, "{}", 1, 2),
    ]


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE events SET user_id = 2", "only ever added"),
        ("DELETE FROM events", "only ever added"),
        ("UPDATE users SET uuid = 'x'", "UNIQUE"),
        ("UPDATE users SET uuid = NULL", "NOT NULL"),
        ("INSERT INTO events VALUES ('x', 'invented', 4, '', '{}', 1, 3)", "FOREIGN KEY"),
        ("INSERT INTO events VALUES ('x', 'signed_in', 4, '', '{}', 2, 3)", "FOREIGN KEY"),
        ("INSERT INTO events VALUES ('x', 'signed_in', 4, '', '{}', 1, 2)", "UNIQUE"),
        ("INSERT INTO events VALUES ('x', 'signed_in', 4, '', '{}', 1, 0)", "CHECK"),
    ],
)
def test_azora_db_itself_keeps_what_was_done(old_accounts: Database, statement: str, sentence: str) -> None:
    with pytest.raises(ConstraintError, match=sentence), old_accounts.write() as transaction:
        transaction.execute(statement)
