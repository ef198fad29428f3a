"""A class from a file and into one, on the command line."""

from pathlib import Path

import pytest

from azora_tui.paths import Paths
from tests.commands.conftest import Azora
from tests.commands.test_course_rules import be


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "class.csv"
    path.write_text(
        "Name;E-mail;Shoe size\nAmina;amina@example.org;38\nZoë;zoe@example.org;40\nAgain;AMINA@example.org;38\n"
        "Wrong;nowhere;1\nMe;learner@example.org;44\n",
        encoding="utf-8",
    )
    return path


def test_a_dry_run_says_what_would_be_and_does_nothing(azora: Azora, school: Paths, file: Path) -> None:
    azora("course", "set", "1", "--seats", "2")
    azora("enroll", "1")
    said = " ".join(azora("roster", "import", str(file), "1", "--dry-run").out.split())
    assert "line 2 Amina <amina@example.org>: new account, would be enrolled" in said
    assert "line 3 Zoë <zoe@example.org>: new account, full: would wait for a seat" in said
    assert "line 4 left out: AMINA@example.org stands in line 2 already." in said
    assert "line 5 left out: " in said
    assert "line 6 Learner <learner@example.org>: already enrolled" in said
    assert "Not read: 1 column besides e-mail and name (Shoe size)." in said
    assert "3 people: would be: 1 enrolled, 1 already enrolled, 1 new on the waitlist. 2 lines are left out." in said
    assert "Nothing was done yet." in said
    assert azora("course", "1", "--json").json["data"]["students"] == 1
    assert "new account" in azora("roster", "import", str(file), "1", "--dry-run").out


def test_the_real_run_makes_accounts_and_twice_changes_nothing(azora: Azora, school: Paths, file: Path) -> None:
    first = azora("roster", "import", str(file), "1", "--json").json
    words = {row["email"]: row["word"] for row in first["data"]}
    assert words["amina@example.org"]
    assert words["learner@example.org"] is None
    assert [row["outcome"] for row in first["data"]] == ["enrolled"] * 3
    assert [fault["line"] for fault in first["left_out"]] == [4, 5]
    second = azora("roster", "import", str(file), "1", "--json").json
    assert [(row["outcome"], row["new_account"], row["word"]) for row in second["data"]] == [
        ("already_enrolled", 0, None)
    ] * 3
    assert azora("course", "1", "--json").json["data"]["students"] == 3


def test_a_word_is_shown_to_who_gives_it_on(azora: Azora, school: Paths, file: Path) -> None:
    said = " ".join(azora("roster", "import", str(file), "1").out.split())
    assert "new account with the word" in said
    assert "opens the account within a week" in said


def test_the_list_goes_out_as_csv_without_formulas(azora: Azora, school: Paths, tmp_path: Path) -> None:
    file = tmp_path / "class.csv"
    file.write_text('email,name\nevil@example.org,"=HYPERLINK(""x"")"\n', encoding="utf-8")
    azora("roster", "import", str(file), "1")
    azora("enroll", "1")
    lines = azora("roster", "export", "1").out.splitlines()
    assert lines[0] == "name,e-mail,state,progress,enrolled on"
    assert lines[1].startswith('"\'=HYPERLINK(""x"")",evil@example.org,under way,0 %,20')
    assert lines[2].startswith("Learner,learner@example.org,under way,0 %,")
    target = tmp_path / "out.csv"
    assert azora("roster", "export", "1", "--output", str(target)).status == 0
    assert target.read_text("utf-8").splitlines() == lines
    assert azora("roster", "export", "1", "--output", str(target)).err.startswith(f"{target} is there already")
    assert azora("roster", "export", "1", "--json").json["data"][1]["email"] == "learner@example.org"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "class.csv is empty"),
        (b"mailbox,name\na@x.org,A\n", "no column e-mail"),
        ("email,name\nz@x.org,Zoë\n".encode("latin-1"), "line 2, is not UTF-8"),
        (b"email\n" + b"".join(b"p%d@x.org\n" % n for n in range(100_000)), "more than 10,000 people"),
    ],
    ids=["empty", "wrong column", "latin-1", "100,000 lines"],
)
def test_a_bad_file_gets_a_sentence_and_leaves_no_trace(
    azora: Azora, school: Paths, tmp_path: Path, data: bytes, sentence: str
) -> None:
    (tmp_path / "class.csv").write_bytes(data)
    answer = azora("roster", "import", str(tmp_path / "class.csv"), "1")
    assert answer.status == 1
    assert sentence in answer.err
    assert azora("course", "1", "--json").json["data"]["students"] == 0


def test_a_file_that_is_not_there_gets_a_sentence(azora: Azora, school: Paths, tmp_path: Path) -> None:
    assert "cannot be read" in azora("roster", "import", str(tmp_path / "none.csv"), "1").err


def test_only_who_teaches_makes_accounts_by_a_list(azora: Azora, school: Paths, file: Path) -> None:
    be(azora, "jo")
    for words in (("import", str(file), "1"), ("import", str(file), "1", "--dry-run"), ("export", "1")):
        assert azora("roster", *words).err.startswith("You do not teach this course")
    be(azora, "learner")
    azora("course", "set", "1", "--state", "archived")
    assert azora("roster", "import", str(file), "1").err.startswith("This course is archived")
    azora("course", "set", "1", "--state", "published")
    assert all(row["new_account"] or row["email"] == "learner@example.org" for row in azora(
        "roster", "import", str(file), "1", "--dry-run", "--json"
    ).json["data"])  # fmt: skip
