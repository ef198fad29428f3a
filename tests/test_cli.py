"""The command line as a program: exit statuses, what it imports, and what it says when something is wrong."""

import json
import os
import re
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import apsw
import pytest

from azora_tui import cli
from azora_tui.commands import account, arguments
from azora_tui.commands.table import COMMANDS
from azora_tui.errors import StorageError
from azora_tui.log import MAX_LOG_BYTES
from azora_tui.models.catalog import CatalogSort
from azora_tui.models.enrollments import EnrollmentStatus
from azora_tui.paths import Paths, default_paths

ROOT = Path(__file__).parents[1]
PASSWORD = "a long passphrase"
REGISTER = ["register", "--email", "learner@example.org", "--name", "Learner", "--password-stdin"]

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    monkeypatch.setenv("AZORA_HOME", str(folder))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    return folder


@pytest.fixture
def run(home: Path) -> Run:
    """`run("courses")`: a process of its own, in whose output there is never a traceback."""

    def start(*argv: str, stdin: str = "", **options: Any) -> "subprocess.CompletedProcess[str]":
        options.setdefault("stdout", subprocess.PIPE)
        done: subprocess.CompletedProcess[str] = subprocess.run(
            [sys.executable, "-m", "azora_tui", *argv],
            check=False, input=stdin, stderr=subprocess.PIPE, encoding="utf-8", timeout=300, **options,
        )  # fmt: skip
        assert "Traceback" not in (done.stdout or "") + done.stderr
        return done

    return start


@pytest.fixture
def school(run: Run, home: Path) -> Paths:
    """A school in which somebody is signed in and has seen the catalog."""
    assert run(*REGISTER, stdin=PASSWORD + "\n").returncode == 0
    assert run("courses").returncode == 0
    return Paths(home)


def refused(done: "subprocess.CompletedProcess[str]", *words: str) -> None:
    """One line on standard error, with these words, and exit status 1."""
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    for word in words:
        assert word in done.stderr


def test_the_main_job_without_the_app(run: Run, home: Path):
    assert run(*REGISTER, stdin=f"{PASSWORD}\n").returncode == 0

    courses = json.loads(run("courses", "--json").stdout)
    assert courses["success"] is True
    assert {row["id"] for row in courses["data"]} >= {1, 2, 3}

    enrolled = json.loads(run("enroll", "1", "--json").stdout)
    assert list(enrolled) == ["success", "message", "enrollment"]
    assert enrolled["message"] == "Successfully enrolled in Introduction to Ubuntu Philosophy"
    assert list(enrolled["enrollment"]) == ["id", "courseId", "userId", "enrolledAt", "progress"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", enrolled["enrollment"]["enrolledAt"])

    mine = json.loads(run("enrollments", "--json").stdout)["data"]
    assert [row["title"] for row in mine] == ["Introduction to Ubuntu Philosophy"]

    progress = json.loads(run("progress", "1", "--json").stdout)["data"]["progress"]
    assert progress == {"completed": 0, "total": 6, "percentage": 0}

    again = run("enroll", "1", "--json")
    assert again.returncode == 1
    assert again.stdout == '{"success": false, "error": "Already enrolled in this course"}\n'
    assert again.stderr == ""

    for file in home.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file
        assert PASSWORD.encode() not in file.read_bytes(), file


def test_no_plain_command_imports_textual_or_what_checks_signatures(school: Paths):
    script = """if True:
        import contextlib, io, sys
        from azora_tui.cli import main

        def heavy():
            loaded = {name.partition(".")[0] for name in sys.modules}
            return loaded & {"textual", "jwt", "cryptography", "passlib"}

        for words in sys.argv[1:]:
            with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(out):
                status = main(words.split())
            print(words, status, *sorted(heavy()))
    """
    words = [
        "--help", "--version", "course", "whoami", "sessions", "courses", "course 1", "enroll 1",
        "enrollments", "read 1", "complete 1 1", "progress 1", "search ubuntu", "certificates", "leave 1",
        "sessions revoke --others", "logout", "whoami",
    ]  # fmt: skip
    done = subprocess.run([sys.executable, "-c", script, *words], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.splitlines() == [
        "--help 0", "--version 0", "course 2", *[f"{each} 0" for each in words[3:-1]], "whoami 1",
    ]  # fmt: skip


def test_every_command_that_can_be_typed_is_there():
    help_text = arguments.parser().format_help()
    for name in COMMANDS:
        assert re.search(rf"^    {name.split()[0]}\b", help_text, re.MULTILINE), name
    assert arguments.parser().parse_args(["courses"]).sort == CatalogSort.TITLE.value
    for sort in CatalogSort:
        assert arguments.parser().parse_args(["courses", "--sort", sort.value]).command == "courses"
    for status in EnrollmentStatus:
        assert arguments.parser().parse_args(["enrollments", f"--{status.value}"]).status == status.value


WRONG = [
    "nonsense", "enroll", "progress", "complete 1", "courses --sort colour", "courses --js",
    "sessions revoke", "sessions revoke 1 --others", "accounts role", "accounts reset", "enroll 1 2",
    "enrollments --active --left", "--nope", "complete 1 1 --minutes -5", "search", "export",
]  # fmt: skip


@pytest.mark.parametrize("words", WRONG)
def test_wrong_usage_is_2(home: Path, capsys: pytest.CaptureFixture[str], words: str):
    assert cli.main(words.split()) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "usage: azora-tui" in err
    assert not home.exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("enrol 1 2", "unrecognized arguments: 2"),
        ("--ascii enrol", "usage: azora-tui enroll"),
        ("corses", 'there is no command "corses". Did you mean `azora-tui courses`?'),
        ("--ascii serach ubuntu", "Did you mean `azora-tui search`?"),
        ("xyzzy", 'there is no command "xyzzy". `azora-tui --help` lists them all.'),
        ("cours\x1b[31mes", "Did you mean `azora-tui courses`?"),
    ],
)
def test_another_spelling_is_taken_and_an_unknown_command_names_the_nearest(
    home: Path, capsys: pytest.CaptureFixture[str], typed: str, said: str
):
    assert cli.main(typed.split()) == 2
    err = capsys.readouterr().err
    assert said in err
    assert "\x1b" not in err
    assert "invalid choice" not in err


def test_enrol_is_enroll(capsys: pytest.CaptureFixture[str]):
    assert cli.main(["enrol", "--help"]) == 0
    assert "usage: azora-tui enroll" in capsys.readouterr().out


def test_what_was_typed_is_repeated_clean(home: Path, capsys: pytest.CaptureFixture[str]):
    assert cli.main(["courses", "one", "\x1b[31mtwo\n\udcff"]) == 2
    assert "\x1b" not in capsys.readouterr().err


def test_version(capsys: pytest.CaptureFixture[str]):
    assert cli.main(["--version"]) == 0
    assert re.fullmatch(r"azora-tui \d+\.\d+\.\d+\S*\n", capsys.readouterr().out)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Paths, bool]]:
    """What the app was opened with."""
    calls: list[tuple[Paths, bool]] = []

    def run(paths: Paths, *, ascii_only: bool) -> int:
        calls.append((paths, ascii_only))
        return 7

    app = ModuleType("azora_tui.tui.app")
    app.run = run  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "azora_tui.tui.app", app)
    return calls


def at_terminal(monkeypatch: pytest.MonkeyPatch, *streams: str) -> None:
    for stream in streams:
        monkeypatch.setattr(getattr(sys, stream), "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm-256color")


def test_without_a_command_the_app_opens(home: Path, opened, monkeypatch: pytest.MonkeyPatch):
    at_terminal(monkeypatch, "stdin", "stderr")
    assert cli.main([]) == 7
    assert cli.main(["--ascii"]) == 7
    assert opened == [(Paths(home), False), (Paths(home), True)]


@pytest.mark.parametrize("term", ["dumb", "unknown"])
def test_a_terminal_of_plain_lines_is_told_the_plain_commands(
    home: Path, opened, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], term: str
):
    at_terminal(monkeypatch, "stdin", "stderr")
    monkeypatch.setenv("TERM", term)
    assert cli.main([]) == 1
    said = " ".join(capsys.readouterr().err.split())
    assert f"(TERM={term})" in said
    assert "`azora-tui home`, `courses`, `enroll`, `read`, `quiz`, `review`" in said
    assert not opened


@pytest.mark.parametrize(("locale", "ascii_only"), [("C", True), ("C.UTF-8", False)])
def test_the_locale_c_has_ascii_signs_in_plain_commands(run: Run, school: Paths, monkeypatch, locale, ascii_only):
    monkeypatch.setenv("LC_ALL", locale)
    monkeypatch.delenv("PYTHONIOENCODING", raising=False)
    listed = run("courses").stdout
    assert ("o new" in listed) is ascii_only
    assert listed.isascii() is ascii_only


def test_the_app_needs_a_terminal(run: Run):
    refused(run(), "The app needs a terminal", "azora-tui --help")


def test_an_app_that_nobody_would_see_does_not_open(home: Path, opened, monkeypatch: pytest.MonkeyPatch):
    at_terminal(monkeypatch, "stdin")  # but not standard error, on which it is drawn
    assert cli.main([]) == 1
    assert opened == []


def test_a_named_driver_stands_for_the_terminal(home: Path, opened, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TEXTUAL_DRIVER", "textual.drivers.web_driver:WebDriver")
    assert cli.main([]) == 7


def test_a_newer_file_is_refused_and_left_alone(run: Run, school: Paths):
    connection = apsw.Connection(str(school.lms_database))
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    before = school.lms_database.read_bytes()
    refused(run("courses"), "newer azora-tui", "lms.db")
    assert json.loads(run("enrollments", "--json").stdout)["success"] is False
    assert school.lms_database.read_bytes() == before


def test_lost_accounts_are_a_sentence_and_make_nobody_the_first(run: Run, school: Paths, home: Path):
    assert run("enroll", "1").returncode == 0
    school.auth_database.unlink()
    for words, stdin in ((REGISTER, PASSWORD + "\n"), (["courses"], "")):
        done = run(*words, stdin=stdin)
        assert done.returncode == 1
        assert "azora.db is missing" in done.stderr
    assert not school.auth_database.exists()


def test_a_foreign_file_is_refused_and_left_alone(run: Run, school: Paths):
    school.lms_database.unlink()
    connection = apsw.Connection(str(school.lms_database))
    connection.execute("CREATE TABLE courses (id TEXT)")
    connection.close()
    before = school.lms_database.read_bytes()
    refused(run("courses"), "another program", "lms.db")
    assert school.lms_database.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"not a database" * 100, b"SQLite format 3\x00"])
@pytest.mark.parametrize("name", ["lms.db", "azora.db"])
def test_a_file_that_is_no_database_is_refused_and_left_alone(run: Run, school: Paths, name: str, content: bytes):
    (school.home / name).write_bytes(content)
    refused(run("courses"), name, "was left as it is")
    assert (school.home / name).read_bytes() == content


@pytest.mark.parametrize("name", ["lms.db", "azora.db"])
def test_a_damaged_database_is_a_sentence(run: Run, school: Paths, name: str):
    path = school.home / name
    content = path.read_bytes()
    path.write_bytes(content[:100] + b"\xa5" * (len(content) - 100))
    refused(run("courses"), name, "damaged")


def test_a_damaged_key_is_a_sentence(run: Run, school: Paths):
    school.token_key.write_text("-----BEGIN NOTHING-----")
    refused(run("courses"), "token-key.pem is damaged")


def test_a_folder_that_cannot_be_created_is_a_sentence(run: Run, home: Path):
    home.write_text("a file where the folder should be")
    refused(run(*REGISTER, stdin=PASSWORD), "cannot be created", "AZORA_HOME")
    refused(run("courses"), "cannot be created")


def test_a_folder_that_shuts_one_out_is_a_sentence(home: Path, monkeypatch: pytest.MonkeyPatch):
    home.mkdir()
    # Not by its permissions, which do not hold for the root that some tests run as.
    monkeypatch.setattr(os, "access", lambda path, mode: path != home)
    with pytest.raises(StorageError, match=r"cannot be looked into.*Nothing was changed.*AZORA_HOME"):
        Paths(home).prepare()


def test_a_folder_whose_name_is_no_text_is_a_sentence(tmp_path: Path):
    with pytest.raises(StorageError, match="not UTF-8"):
        Paths(tmp_path / "\udcff").prepare()


def test_a_home_of_nobody_is_only_a_name(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("AZORA_HOME", "~nobody-of-this-name/school")
    assert default_paths().home == Path("~nobody-of-this-name/school").absolute()


@pytest.fixture
def read_only(school: Paths):
    """The school in a folder in which this process can create nothing."""
    for path in [*school.home.iterdir(), school.home]:
        path.chmod(0o500 if path.is_dir() else 0o400)
    try:
        (school.home / "trial").touch()
    except OSError:
        yield school
    else:
        (school.home / "trial").unlink()
        pytest.skip("this account can write everywhere")
    finally:
        school.home.chmod(0o700)


def test_a_read_only_folder_is_a_sentence(run: Run, read_only: Paths):
    refused(run("enroll", "1"), "read-only")


def test_nobody_reads_the_output(school: Paths):
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "azora_tui", "courses", "--json"],
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


def test_output_and_errors_that_go_nowhere(run: Run, school: Paths):
    closed = "import os, sys; os.close(1); os.close(2); os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
    argv = [sys.executable, "-c", closed, "-m", "azora_tui", "enroll", "1"]
    assert subprocess.run(argv, check=False).returncode == 0
    assert subprocess.run(argv, check=False).returncode == 1


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is always full")
def test_output_to_a_full_disk_is_a_sentence(run: Run, school: Paths):
    with open("/dev/full", "w") as full:
        done = run("courses", stdout=full)
        assert (done.returncode, done.stderr.count("\n")) == (1, 1)
        assert "could not be written" in done.stderr
        assert run("enroll", "1", "--json", stdout=full).returncode == 1
    assert "Already enrolled" in run("enroll", "1", "--json").stdout


def test_a_sentence_at_a_terminal_is_broken_between_words(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "30")
    assert cli.main(["whoami"]) == 1
    said = capsys.readouterr().err
    assert max(map(len, said.splitlines())) <= 30
    monkeypatch.setattr("sys.stderr.isatty", lambda: False)
    assert cli.main(["whoami"]) == 1
    assert capsys.readouterr().err == " ".join(said.split()) + "\n"


def test_ctrl_c_is_quiet(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(account, "whoami", interrupted)
    assert cli.main(["whoami"]) == 130
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_a_poor_locale(run: Run, school: Paths, monkeypatch: pytest.MonkeyPatch, encoding: str):
    connection = apsw.Connection(str(school.lms_database))
    connection.execute("UPDATE courses SET title = 'Ubuntu – 学ぶ' WHERE id = 1")
    connection.close()
    monkeypatch.setenv("PYTHONIOENCODING", encoding)
    rows = json.loads(run("courses", "--json").stdout)["data"]
    assert "Ubuntu – 学ぶ" in [row["title"] for row in rows]
    poor = encoding != "utf-8"
    assert ("1  o new  Ubuntu - ??" if poor else "1  ○ new  Ubuntu – 学ぶ") in run("courses").stdout


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command with a mistake in it, just when it holds a password."""

    def command(*_: object) -> None:
        password = PASSWORD
        try:
            {"": ""}[password]
        except KeyError as error:
            raise ValueError(f"cannot use {password!r}") from error

    monkeypatch.setattr(account, "whoami", command)


def test_what_nobody_foresaw_is_one_sentence_and_a_log(home: Path, broken: None, capsys: pytest.CaptureFixture[str]):
    log = Paths(home).log
    assert cli.main(["whoami"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert str(log) in err
    assert "Traceback" not in err
    text = log.read_text()
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert "ValueError" in text
    assert "KeyError" in text
    assert 'test_cli.py", line' in text
    assert PASSWORD not in text

    assert cli.main(["whoami", "--json"]) == 1
    assert json.loads(capsys.readouterr().out) == {"success": False, "error": err.rstrip("\n")}


def test_the_log_keeps_its_newest_part(home: Path, broken: None):
    log = Paths(home).log
    home.mkdir()
    log.write_bytes(b"old\n" * 500_000)
    cli.main(["whoami"])
    assert log.stat().st_size == MAX_LOG_BYTES
    assert log.read_bytes().endswith(b"KeyError\n\n")


def test_what_nobody_foresaw_where_no_log_can_be_written(home: Path, broken: None, capsys: pytest.CaptureFixture[str]):
    Paths(home).prepare()
    Paths(home).log.mkdir()
    assert cli.main(["whoami"]) == 1
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "ValueError" in err
    assert PASSWORD not in err
