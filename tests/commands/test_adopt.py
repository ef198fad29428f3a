"""`azora-tui adopt`, and original databases found in a school's own folder."""

import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from azora_tui.auth import passwords
from azora_tui.cli import main
from azora_tui.data.engines.sqlite import connect
from azora_tui.paths import Paths
from tests.commands.conftest import Azora
from tests.originals import BCRYPT, DOCUMENT, SERVICE, SMALL, USERS, ask, contents, small_school, user, write, write_hot

LEGACY = Path(__file__).parents[3] / "shared" / "legacy"
PLAIN = b"plain-secret"


@pytest.fixture
def there(tmp_path: Path) -> Path:
    """The folder of an original school."""
    return small_school(tmp_path / "there")


def table(path: Path, sql: str) -> Any:
    with closing(connect(path)) as connection:
        return connection.execute(sql).fetchall()


# When something was taken over is a time of the computer, not of an original.
_HAPPENED = """
    SELECT kind, user_id, course_id, lesson_id, CASE WHEN kind = 'adopted' THEN '' ELSE at END
    FROM events ORDER BY rowid
"""


def everything(home: Path) -> dict[str, list[Any]]:
    """All that a school holds, but for hashes and random ids."""
    kept = Paths(home)
    return {
        "users": table(kept.auth_database, "SELECT id, email, name, created_at, role FROM users"),
        "happened": table(kept.auth_database, "SELECT kind, user_id, at FROM events WHERE kind = 'registered'"),
        "courses": table(kept.lms_database, "SELECT id, slug, title, students, lesson_count FROM courses"),
        "lessons": table(kept.lms_database, "SELECT id, course_id, slug, title, content, required FROM lessons"),
        "enrollments": [(*row[:10], *row[11:]) for row in table(kept.lms_database, "SELECT * FROM enrollments")],
        "work": table(kept.lms_database, "SELECT * FROM lesson_progress"),
        "events": table(kept.lms_database, _HAPPENED),
        "orphans": table(kept.lms_database, "SELECT * FROM adopted_orphans ORDER BY kind, original"),
    }


def sign_in(azora: Azora, email: str, password: str) -> int:
    return azora("login", "--email", email, "--password-stdin", stdin=password).status


@pytest.mark.parametrize("shape", ["service-shape", "document-shape"])
def test_a_recorded_original_is_adopted_with_the_numbers_that_sqlite3_gives(
    azora: Azora, home: Path, shape: str
) -> None:
    folder = LEGACY / shape
    if not folder.exists():
        pytest.skip(f"the recorded databases are not here ({folder})")
    before = contents(folder)
    answer = azora("adopt", str(folder), "--json")
    assert answer.status == 0
    lms, auth = folder / "lms.db", folder / "azora.db"
    has_lessons = bool(ask(lms, "SELECT COUNT(*) FROM sqlite_master WHERE name = 'lessons'"))
    every = ask(lms, "SELECT COUNT(*) FROM enrollments")
    different = ask(lms, "SELECT COUNT(*) FROM (SELECT DISTINCT user_id, course_id FROM enrollments)")
    assert answer.json == {
        "accounts": ask(auth, "SELECT COUNT(*) FROM users"),
        "courses": ask(lms, "SELECT COUNT(*) FROM courses"),
        "lessons": ask(lms, "SELECT COUNT(*) FROM lessons") if has_lessons else 0,
        "enrollments": different,
        "completions": ask(lms, "SELECT COUNT(*) FROM lesson_progress WHERE completed = 1") if has_lessons else 0,
        "merged_enrollments": every - different,
        "orphans": 0,
    }
    assert contents(folder) == before
    students = table(home / "lms.db", "SELECT id, students FROM courses WHERE id < 4 AND students > 0 ORDER BY id")
    assert students == ask_rows(
        lms,
        """SELECT id, students - (SELECT COUNT(*) - COUNT(DISTINCT user_id) FROM enrollments WHERE course_id = courses.id)
        FROM courses ORDER BY id""",
    )
    for email, password in ask_rows(auth, "SELECT email, password FROM users"):
        assert sign_in(azora, email, "older-2025" if password.startswith("$2") else password) == 0


def ask_rows(path: Path, sql: str) -> list[Any]:
    found = ask(path, sql)
    return found if isinstance(found, list) else [(found,)]


def test_every_learner_signs_in_as_before_and_an_old_hash_is_renewed(azora: Azora, home: Path, there: Path) -> None:
    assert azora("adopt", str(there), "--json").json == SMALL
    hashes = "SELECT password FROM users ORDER BY id"
    assert table(home / "azora.db", hashes)[1] == (BCRYPT,)
    assert sign_in(azora, "learner1@azora.world", "plain-secret-1") == 0
    assert sign_in(azora, "LEARNER2@azora.world", "older-2025") == 0
    assert sign_in(azora, "learner2@azora.world", "plain-secret-2") == 1
    assert all(hash_.startswith("$argon2id$") for (hash_,) in table(home / "azora.db", hashes))
    assert sign_in(azora, "learner2@azora.world", "older-2025") == 0


def test_the_report_says_all_of_it_to_a_person(azora: Azora, there: Path) -> None:
    said = azora("adopt", str(there)).out
    for line in ("accounts           2 ", "enrolments         3 ", "merged enrolments  2 ", "set aside          5 "):
        assert line in said
    assert "Learner 1 (learner1@azora.world) is the first account, so the admin here." in said
    assert "delete them" in said


@pytest.mark.parametrize("hot", [False, True], ids=["closed", "with all of it in the log"])
def test_the_original_is_not_touched_and_no_password_gets_to_the_disk(
    azora: Azora, home: Path, tmp_path: Path, hot: bool
) -> None:
    folder = small_school(tmp_path / "original", hot=hot)
    assert ("azora.db-wal" in contents(folder)) == hot
    before = contents(folder)
    assert azora("adopt", str(folder), "--json").json == SMALL
    assert contents(folder) == before
    assert not [name for name, held in contents(home).items() if PLAIN in held]


def test_adopting_again_changes_nothing(azora: Azora, home: Path, there: Path) -> None:
    azora("adopt", str(there))
    before = everything(home)
    assert azora("adopt", str(there), "--owner", "--json").json == SMALL
    assert everything(home) == before


def test_an_original_that_has_grown_adds_only_what_is_new(azora: Azora, home: Path, there: Path) -> None:
    azora("adopt", str(there))
    write(
        there / "lms.db",
        enrollments=[{"id": 8, "user_id": 2, "course_id": 1, "enrolled_at": "2025-11-20 10:00:00"}],
        lesson_progress=[{"id": 10, "enrollment_id": 8, "lesson_id": 1, "completed": 1, "time_spent_minutes": 9}],
    )
    with closing(connect(there / "lms.db")) as connection:
        connection.execute("UPDATE lesson_progress SET time_spent_minutes = 40 WHERE id = 1")
        connection.execute("UPDATE courses SET students = students + 1 WHERE id = 1")
    azora("adopt", str(there), "--owner")
    assert table(home / "lms.db", "SELECT students FROM courses WHERE id = 1") == [(1251,)]
    assert table(home / "lms.db", "SELECT time_spent_minutes FROM lesson_progress WHERE lesson_id = 1 ORDER BY id") == [
        (40,),
        (9,),
    ]


def test_a_school_with_people_in_it_keeps_theirs_and_an_email_is_one_person(
    azora: Azora, school: Paths, tmp_path: Path
) -> None:
    azora("enroll", "1")
    azora("complete", "1", "1", "--minutes", "5")
    folder = tmp_path / "there"
    write(
        folder / "azora.db",
        [USERS],
        users=[user(1, email="someone@azora.world"), user(7, email="Ｌearner@Example.ORG")],
    )
    write(
        folder / "lms.db",
        SERVICE,
        courses=[{"id": 2, "title": "introduction to  UBUNTU philosophy", "students": 30}],
        lessons=[{"id": 50, "course_id": 2, "title": "What is Ubuntu?"}, {"id": 51, "course_id": 2, "title": "Ubuntu in Practice"}],
        enrollments=[{"id": 1, "user_id": 7, "course_id": 2, "enrolled_at": "2025-01-01 00:00:00"}],
        lesson_progress=[
            {"id": 1, "enrollment_id": 1, "lesson_id": 50, "completed": 1, "completed_at": "2025-01-02 00:00:00", "time_spent_minutes": 10},
            {"id": 2, "enrollment_id": 1, "lesson_id": 51, "completed": 1, "completed_at": "2025-01-03 00:00:00"},
        ],
    )  # fmt: skip
    assert azora("adopt", str(folder), "--json").json["accounts"] == 2
    assert table(school.auth_database, "SELECT id, email, role FROM users") == [
        (1, "learner@example.org", "admin"),
        (2, "someone@azora.world", "learner"),
    ]
    mine = azora("progress", "1", "--json").json["data"]
    assert mine["enrollment"]["enrolled_at"] == "2025-01-01 00:00:00"
    assert mine["progress"] == {"completed": 2, "total": 6, "percentage": 33}
    assert [lesson["time_spent_minutes"] for lesson in mine["lessons"][:1]] == [15]
    assert mine["lessons"][0]["completed_at"] == "2025-01-02 00:00:00"
    # 30 there and 1 here, of whom one is the same person
    assert table(school.lms_database, "SELECT students FROM courses WHERE id = 1") == [(30,)]


def test_accounts_first_and_courses_without_them_wait_for_whose_they_are(
    azora: Azora, home: Path, there: Path, tmp_path: Path
) -> None:
    alone = tmp_path / "alone"
    alone.mkdir()
    shutil.copyfile(there / "lms.db", alone / "lms.db")
    assert azora("adopt", str(alone), "--json").json == {
        **SMALL, "accounts": 0, "enrollments": 0, "completions": 0, "merged_enrollments": 0, "orphans": 9,
    }  # fmt: skip
    assert "azora.db that belongs to this" in azora("adopt", str(alone)).out
    azora("adopt", str(there))
    assert len(table(home / "lms.db", "SELECT * FROM adopted_orphans")) == SMALL["orphans"]
    assert len(table(home / "lms.db", "SELECT * FROM enrollments")) == SMALL["enrollments"]


def test_accounts_alone_are_adopted(azora: Azora, there: Path) -> None:
    (there / "lms.db").unlink()
    assert azora("adopt", str(there), "--json").json == dict.fromkeys(SMALL, 0) | {"accounts": 2}


# What is refused, before anything is changed


FOREIGN = "CREATE TABLE users (id TEXT PRIMARY KEY, email TEXT, password TEXT, name TEXT, role TEXT)"


@pytest.mark.parametrize(
    ("schema", "sentence"),
    [
        ([FOREIGN, "CREATE TABLE wallets (id TEXT)"], "its accounts have texts for ids"),
        (["CREATE TABLE news (x)"], "not of the original Azora services"),
        ([], "not of the original Azora services"),
        ([USERS.replace("name TEXT NOT NULL,", "email_key TEXT, name TEXT,")], "not of the original Azora services"),
    ],
)
def test_another_azora_db_is_refused_and_so_is_all_that_lies_beside_it(
    azora: Azora, home: Path, there: Path, schema: list[str], sentence: str
) -> None:
    (there / "azora.db").unlink()
    write(there / "azora.db", schema)
    before = contents(there)
    answer = azora("adopt", str(there))
    assert answer.status == 1
    assert sentence in answer.err
    assert "was left as it is" in answer.err
    assert contents(there) == before
    assert not (home / "lms.db").exists()


def test_a_folder_with_nothing_in_it_and_a_file_that_is_damaged_are_refused(
    azora: Azora, home: Path, there: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    assert "no azora.db and no lms.db of" in azora("adopt", str(tmp_path / "empty")).err
    assert "no azora.db and no lms.db of" in azora("adopt", str(tmp_path / "nowhere")).err
    whole = (there / "lms.db").read_bytes()
    (there / "lms.db").write_bytes(whole[: len(whole) // 2])
    assert "is damaged" in azora("adopt", str(there)).err
    assert not (home / "azora.db").exists()


def test_our_own_databases_are_no_originals(azora: Azora, school: Paths, tmp_path: Path) -> None:
    shutil.copytree(school.home, tmp_path / "copy")
    assert "azora-tui already" in azora("adopt", str(tmp_path / "copy")).err


# In a school's own folder


@pytest.mark.parametrize("hot", [False, True])
def test_originals_in_azora_home_are_taken_over_when_it_is_opened(azora: Azora, home: Path, hot: bool) -> None:
    small_school(home, hot=hot)
    answer = azora("login", "--email", "learner1@azora.world", "--password-stdin", stdin="plain-secret-1")
    assert answer.status == 0
    assert "2 accounts, 2 courses, 3 enrolments, 4 completed lessons" in answer.err
    assert azora("whoami").err == ""
    backup = home / "original"
    assert sorted(contents(backup)) == ["azora.db", "lms.db"]
    assert backup.stat().st_mode & 0o777 == 0o700
    assert not [name for name, held in contents(home).items() if PLAIN in held]
    assert ask(backup / "azora.db", "SELECT email FROM users WHERE id = 1") == "learner1@azora.world"
    assert ask(backup / "lms.db", "SELECT COUNT(*) FROM enrollments") == 7
    assert passwords.verify("plain-secret-1", ask(backup / "azora.db", "SELECT password FROM users WHERE id = 1"))
    assert sorted(file.name for file in home.iterdir()) == [
        "azora.db", "lms.db", "machine", "original", "session", "token-key.pem",
    ]  # fmt: skip


def test_it_is_as_if_it_had_been_adopted_from_elsewhere(
    azora: Azora, home: Path, there: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    azora("adopt", str(there))
    expected = everything(home)
    own = small_school(tmp_path / "own")
    monkeypatch.setenv("AZORA_HOME", str(own))
    assert azora("adopt", str(own), "--json").json == SMALL
    assert everything(own) == expected


def test_a_backup_keeps_passwords_as_typed_only_for_who_says_so(azora: Azora, home: Path) -> None:
    small_school(home)
    answer = azora("adopt", str(home), "--plain-backup")
    assert f"A backup of the original databases:\n{home / 'original'}\n" in answer.out
    assert [name for name, held in contents(home).items() if PLAIN in held] == ["original/azora.db"]


def test_a_foreign_database_in_azora_home_is_refused_and_left(azora: Azora, home: Path) -> None:
    write(home / "azora.db", [FOREIGN])
    before = contents(home)
    assert "texts for ids" in azora("courses").err
    assert {name: held for name, held in contents(home).items() if name in before} == before
    assert not (home / "adopting").exists()


def test_a_folder_of_ours_with_no_original_in_it_says_so(azora: Azora, school: Paths) -> None:
    before = contents(school.home)
    assert "no azora.db and no lms.db of the original" in azora("adopt", str(school.home)).err
    assert contents(school.home) == before
    assert azora("whoami").status == 0


def test_a_second_original_gets_a_backup_of_its_own(azora: Azora, home: Path) -> None:
    small_school(home)
    azora("whoami")
    for name in ("azora.db", "lms.db"):
        (home / name).unlink()
    write(home / "azora.db", [USERS], users=[user(3)])
    azora("whoami")
    assert sorted(contents(home / "original-2")) == ["azora.db"]
    assert sorted(contents(home / "original")) == ["azora.db", "lms.db"]


def test_the_app_takes_them_over_before_it_opens(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    small_school(home)
    opened: list[bool] = []
    monkeypatch.setenv("TEXTUAL_DRIVER", "none")

    def run(paths: Paths, **_: object) -> int:
        opened.append((home / "original").is_dir())
        return 0

    monkeypatch.setattr("azora_tui.tui.app.run", run)
    monkeypatch.setattr("gc.disable", lambda: None)
    assert main([]) == 0
    assert opened == [True]
    assert "taken over" in capsys.readouterr().err


def test_the_smaller_shape_has_no_lessons_and_loses_nothing(azora: Azora, home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "document"
    write(folder / "azora.db", [USERS], users=[user(1)])
    write_hot(
        folder / "lms.db",
        DOCUMENT,
        courses=[{"id": 1, "title": "Introduction to Ubuntu Philosophy", "students": 1251}],
        enrollments=[{"id": 1, "user_id": 1, "course_id": 1, "enrolled_at": "2025-11-13 19:47:50"}],
    )
    assert azora("adopt", str(folder), "--json").json == {
        "accounts": 1, "courses": 1, "lessons": 0, "enrollments": 1, "completions": 0, "merged_enrollments": 0,
        "orphans": 0,
    }  # fmt: skip
    assert table(home / "lms.db", "SELECT enrolled_at, last_accessed_at, progress, status FROM enrollments") == [
        ("2025-11-13 19:47:50", "2025-11-13 19:47:50", 0, "active")
    ]
    assert table(home / "lms.db", "SELECT students FROM courses WHERE id = 1") == [(1251,)]


# Who may


def forged(folder: Path) -> Path:
    """An original in which who is signed in here has completed a course, by its own word."""
    write(folder / "azora.db", [USERS], users=[user(9, email="learner@example.org")])
    write(
        folder / "lms.db",
        SERVICE,
        courses=[{"id": 1, "title": "Introduction to Ubuntu Philosophy"}],
        enrollments=[{"id": 1, "user_id": 9, "course_id": 1, "enrolled_at": "2025-01-01 00:00:00", "completed_at": "2025-01-02 00:00:00"}],
    )  # fmt: skip
    return folder


def as_learner(azora: Azora) -> None:
    azora("register", "--name", "Thandi", "--email", "t@example.org", "--password-stdin", stdin="another passphrase")
    assert azora("whoami").out == "Thandi, t@example.org, learner\n"


def test_who_is_no_admin_brings_nothing_into_a_school_with_people_in_it(
    azora: Azora, school: Paths, tmp_path: Path
) -> None:
    folder = forged(tmp_path / "there")
    as_learner(azora)
    before = everything(school.home)
    refused = azora("adopt", str(folder))
    assert (refused.status, refused.out) == (1, "")
    assert "only an admin who is signed in" in refused.err
    azora("logout")
    assert "--owner" in azora("adopt", str(folder)).err
    assert everything(school.home) == before
    assert azora("adopt", str(folder), "--owner").status == 0


def test_another_user_of_the_computer_brings_nothing_in(
    azora: Azora, school: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = forged(tmp_path / "there")
    before = everything(school.home)
    monkeypatch.setattr("os.getuid", lambda: 4_000_000)
    assert "the owner of" in azora("adopt", str(folder), "--owner").err
    assert everything(school.home) == before


@pytest.mark.parametrize("name", ["azora.db", "lms.db"])
def test_half_an_original_is_refused_alike(azora: Azora, school: Paths, tmp_path: Path, name: str) -> None:
    folder = forged(tmp_path / "there")
    (folder / name).unlink()
    as_learner(azora)
    before = everything(school.home)
    assert "only an admin who is signed in" in azora("adopt", str(folder)).err
    assert everything(school.home) == before


def test_what_is_laid_into_the_folder_of_a_school_with_people_waits_for_its_owner(
    azora: Azora, school: Paths, tmp_path: Path
) -> None:
    for file in school.home.glob("lms.db*"):
        file.unlink()
    shutil.copyfile(forged(tmp_path / "there") / "lms.db", school.lms_database)
    before = contents(school.home)
    refused = azora("courses")
    assert (refused.status, "adopt --owner" in " ".join(refused.err.split())) == (1, True)
    assert contents(school.home) == before
    assert azora("adopt", str(school.home), "--owner").status == 0
    assert azora("courses").status == 0


def test_a_completion_that_is_only_claimed_earns_no_certificate(azora: Azora, school: Paths, tmp_path: Path) -> None:
    answer = azora("adopt", str(forged(tmp_path / "there")))
    assert "no certificate" in " ".join(answer.out.split())
    assert azora("certificates", "--json").json["data"] == []
    mine = azora("progress", "1", "--json").json["data"]
    assert (mine["enrollment"]["completed_at"], mine["enrollment"]["status"]) == (None, "active")
    claim = "SELECT at FROM events WHERE kind = 'completion_claimed'"
    assert table(school.lms_database, claim) == [("2025-01-02 00:00:00",)]
    azora("adopt", str(tmp_path / "there"))
    assert table(school.lms_database, claim) == [("2025-01-02 00:00:00",)], "a claim is kept once"
