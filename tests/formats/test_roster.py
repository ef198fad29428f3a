"""A class as a CSV file, written by many programs."""

import csv
import io

import pytest

from azora_tui.errors import RefusedError
from azora_tui.formats.csv_writing import write_csv
from azora_tui.formats.roster import MAX_PEOPLE, RosterRow, read_roster

TWO = (RosterRow(2, "amina@example.org", "Amina"), RosterRow(3, "zoe@example.org", "Zoë, Dr"))
PLAIN = 'E-mail,Name\namina@example.org,Amina\nzoe@example.org,"Zoë, Dr"\n'


@pytest.mark.parametrize(
    "data",
    [
        PLAIN.encode(),
        PLAIN.encode("utf-8-sig"),
        PLAIN.replace("\n", "\r\n").encode(),
        PLAIN.replace("\n", "\r").encode(),
        PLAIN.removesuffix("\n").encode(),
        b'name;EMAIL\nAmina;amina@example.org\n"Zo\xc3\xab, Dr";zoe@example.org\n',
        "email\tname\namina@example.org\tAmina\nzoe@example.org\tZoë, Dr\n".encode(),
        b'"Full Name","E-Mail Address"\nAmina,amina@example.org\n"Zo\xc3\xab, Dr",zoe@example.org\n',
        b' Name , Email \n Amina , amina@example.org\n"Zo\xc3\xab,  Dr",zoe@example.org \n',
    ],
    ids=["plain", "bom", "crlf", "cr", "no end", "semicolons", "tabs", "quoted header", "blanks"],
)
def test_files_of_many_programs_say_the_same(data: bytes) -> None:
    found = read_roster(data, "class.csv")
    assert found.rows == TWO
    assert found.ignored == ()


def test_lines_are_counted_as_an_editor_does() -> None:
    data = b'\nemail,name\n\na@x.org,"A\nB"\n , \nb@x.org,B\nc@x.org\n'
    assert read_roster(data, "class.csv").rows == (
        RosterRow(4, "a@x.org", "A B"), RosterRow(7, "b@x.org", "B"), RosterRow(8, "c@x.org", "")
    )  # fmt: skip


def test_other_columns_are_passed_over_and_named() -> None:
    found = read_roster(b"no,email,shoe size,name\n1,a@x.org,38,A\n", "class.csv")
    assert found.rows == (RosterRow(2, "a@x.org", "A"),)
    assert found.ignored == ("no", "shoe size")


def test_a_name_may_be_missing() -> None:
    assert read_roster(b"email\na@x.org\n", "class.csv").rows == (RosterRow(2, "a@x.org", ""),)


def test_what_steers_a_terminal_is_taken_out() -> None:
    (row,) = read_roster(b"email,name\na@x.org,A\x1b[2Jmina\x00\n", "class.csv").rows
    assert row.name == "A[2Jmina"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "class.csv is empty"),
        (b"\xef\xbb\xbf \n\n", "class.csv is empty"),
        (b"email,name\n", "a header and nobody under it"),
        (b"mail_address,name\na@x.org,A\n", "no column e-mail; its columns are mail_address, name"),
        (b"a@x.org,Amina\nb@x.org,B\n", "no column e-mail; its columns are a@x.org, Amina"),
        ("email,name\na@x.org,A\nz@x.org,Zoë\n".encode("latin-1"), "class.csv, line 3, is not UTF-8"),
        ("email,name\na@x.org,A\n".encode("utf-16"), "is in UTF-16"),
        (b"email,name\n" + b"".join(b"p%d@x.org,P\n" % n for n in range(100_000)), "has more than 10,000 people"),
        (b"email,name\n" + b"a" * 5_000_000, "has more than 10,000 people"),
        (b'email,name\na@x.org,"' + b"a" * 200_000 + b'"\n', "line 2, is not CSV"),
    ],
    ids=[
        "empty", "blank", "nobody", "wrong column", "no header", "latin-1", "utf-16", "100,000 lines", "endless line",
        "endless field",
    ],
)  # fmt: skip
def test_what_cannot_be_read_gets_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(RefusedError, match=sentence):
        read_roster(data, "class.csv")


def test_as_many_as_are_allowed_are_read() -> None:
    data = b"email\n" + b"".join(b"p%d@x.org\n" % n for n in range(MAX_PEOPLE))
    assert len(read_roster(data, "class.csv").rows) == MAX_PEOPLE


def test_no_cell_is_a_formula_and_all_come_back() -> None:
    cells = ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "＝1", "a=1", 'say "hi", there', "", "Zoë"]
    written = write_csv(("name",) * len(cells), [cells])
    _, read = csv.reader(io.StringIO(written))
    assert read == ["'=1+1", "'+1", "'-1", "'@SUM(1)", "'\t=1", "'＝1", "a=1", 'say "hi", there', "", "Zoë"]
