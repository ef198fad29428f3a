"""Certificates without the app: one's own, anyone's, and a school's key and log."""

import json
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from azora_tui.commands import arguments
from azora_tui.lms.credentials import exporting, keys
from azora_tui.paths import Paths
from tests.commands.conftest import Azora


@pytest.fixture(autouse=True)
def nothing_unlocked() -> Iterator[None]:
    keys._opened.clear()
    yield
    keys._opened.clear()


@pytest.fixture
def earned(azora: Azora, school: Paths) -> Azora:
    """A course is completed."""
    azora("enroll", "1")
    for number in range(1, 7):
        done = azora("complete", "1", str(number))
    assert "Your certificate: `azora-tui certificate show 1`." in done.out
    return azora


def test_nothing_yet(azora: Azora, school: Paths):
    assert "You have no certificate yet." in azora("certificates").out
    assert azora("certificates", "--json").json == {"success": True, "data": []}
    answer = azora("certificates", "log")
    assert (answer.status, answer.out) == (1, "")
    assert "The log is empty" in answer.err
    assert azora("certificates", "log", "--json").json == {"success": True, "data": None}
    assert azora("certificate", "show", "1").status == 1


def test_one_s_own(earned: Azora):
    out = earned("certificates").out
    assert out.startswith("1  ✓ valid  Introduction to Ubuntu Philosophy\n")
    assert "Learner, " in out
    [row] = earned("certificates", "--json").json["data"]
    assert (row["id"], row["title"], row["revoked_at"]) == (1, "Introduction to Ubuntu Philosophy", None)
    shown = earned("certificate", "show", row["uuid"]).out
    assert "Issued by Azora" in shown
    assert "\n• Explain what the word ubuntu" in shown
    assert "\n  and how the idea entered writing\n" in shown, "it stands beside its bullet"
    assert f"Id: urn:uuid:{row['uuid']}" in shown
    assert row["fingerprint"][:4] in shown
    assert earned("certificate", "show", "1", "--json").json["data"] == row


@pytest.mark.parametrize("form", ["jwt", "json", "svg"])  # a bundle holds the log as it is at that moment
def test_a_file_holds_what_is_printed(earned: Azora, tmp_path: Path, form: str):
    file = tmp_path / f"certificate.{form}"
    assert earned("certificate", "export", "1", "--format", form, "--output", str(file)).status == 0
    assert file.read_text() == earned("certificate", "export", "1", "--format", form).out


@pytest.mark.parametrize("form", ["jwt", "json", "bundle", "svg"])
def test_a_file_is_checked_where_there_is_no_school(
    earned: Azora, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
):
    file = tmp_path / f"certificate.{form}"
    assert earned("certificate", "export", "1", "--format", form, "--output", str(file)).status == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    here = earned("certificate", "verify", str(file))
    assert (here.status, here.err) == (0, "")
    assert "All of it holds." in here.out
    fingerprint, did = earned("certificates", "key").out.splitlines()
    assert did.startswith("did:jwk:")

    elsewhere = tmp_path / "elsewhere"
    monkeypatch.setenv("AZORA_HOME", str(elsewhere))
    there = earned("certificate", "verify", str(file))
    assert there.status == 1
    assert "Issuer not known" in there.out
    assert fingerprint.replace(" ", "").replace("\n", "") in there.out.replace(" ", "").replace("\n", "")
    assert "not everything could be confirmed" in there.out
    assert not elsewhere.exists(), "checking leaves nothing behind"

    assert earned("certificates", "trust", fingerprint, "--name", "The school of Thandi").status == 0
    known = earned("certificate", "verify", str(file), "--json").json["data"][0]
    assert known["checks"][1] == {
        "name": "issuer", "outcome": "ok", "sentence": "Known here as The school of Thandi.",
    }  # fmt: skip
    assert known["holds"] is (form == "bundle")
    assert [each.name for each in elsewhere.iterdir()] == ["known-issuers.json"]


def test_every_form_can_be_asked_for():
    assert arguments.FORMATS == exporting.FORMS


def test_a_damaged_school_takes_nothing_from_what_a_file_proves(earned: Azora, school: Paths, tmp_path: Path):
    file = tmp_path / "c.bundle"
    earned("certificate", "export", "1", "--format", "bundle", "--output", str(file))
    fingerprint = earned("certificates", "key").out.splitlines()[0]
    earned("certificates", "trust", fingerprint, "--name", "Thandi's")
    school.lms_database.write_bytes(b"not a database" * 100)
    answer = earned("certificate", "verify", str(file))
    assert (answer.status, answer.err) == (0, "")
    assert "Known here as Thandi's." in answer.out


def test_pictures_and_paper_go_to_a_file(earned: Azora, tmp_path: Path):
    for form in ("png", "pdf"):
        assert earned("certificate", "export", "1", "--format", form).status == 2
    badge, page = tmp_path / "c.png", tmp_path / "c.pdf"
    assert earned("certificate", "export", "1", "--format", "png", "--output", str(badge)).status == 0
    assert earned("certificate", "verify", str(badge)).status == 0
    assert (
        earned("certificate", "export", "1", "--format", "pdf", "--paper", "letter", "--output", str(page)).status == 0
    )
    assert page.read_bytes().startswith(b"%PDF-")
    nowhere = earned("certificate", "export", "1", "--format", "png", "--output", str(tmp_path / "no" / "c.png"))
    assert (nowhere.status, nowhere.out) == (1, "")
    assert "cannot be written" in nowhere.err


def test_public_documents_beside_a_certificate_say_what_is_missing(earned: Azora, tmp_path: Path):
    file, site = tmp_path / "c.jwt", tmp_path / "site"
    earned("certificate", "export", "1", "--format", "jwt", "--output", str(file))
    assert earned("certificates", "publish", str(site)).status == 0
    names = {each.name for each in site.rglob("*") if each.is_file()}
    assert names >= {"issuer.json", "jwks.json", "school.json", "status-0.jwt", "log-head.txt"}
    assert (site / "log-head.txt").read_text() == earned("certificates", "log").out
    only = earned("certificate", "verify", str(site / "school.json"))
    assert (only.status, only.out) == (1, "")
    assert "only documents of schools" in only.err
    assert earned("certificate", "verify", str(site / "school.json"), str(file)).status == 0


def test_what_is_wrong_is_said_and_is_1(earned: Azora, tmp_path: Path):
    good, bad = tmp_path / "good.jwt", tmp_path / "bad.jwt"
    earned("certificate", "export", "1", "--format", "jwt", "--output", str(good))
    bad.write_text("x" + good.read_text())
    answer = earned("certificate", "verify", str(bad), str(good))
    assert answer.status == 1
    assert "Do not accept it." in answer.out
    assert "All of it holds." in answer.out
    rows = earned("certificate", "verify", str(bad), str(good), "--json").json["data"]
    assert [each["holds"] for each in rows] == [False, True]
    for name in ("missing", "long" * 80):
        missing = earned("certificate", "verify", str(tmp_path / name), str(good))
        assert (missing.status, missing.err) == (1, "")
        assert "cannot be read" in " ".join(missing.out.split())
        assert "All of it holds." in missing.out, "the good one has its own report"


@pytest.mark.parametrize("levels", [100, 900, 100_000])
def test_what_is_nested_deep_is_damaged_and_the_good_file_beside_it_has_its_report(
    earned: Azora, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, levels: int
):
    good, bundle = tmp_path / "good.jwt", tmp_path / "bad.bundle"
    earned("certificate", "export", "1", "--format", "jwt", "--output", str(good))
    earned("certificate", "export", "1", "--format", "bundle", "--output", str(bundle))
    document = json.loads(bundle.read_text())
    deep = "[" * levels + "]" * levels
    document["log"][0]["entry"] = f'{{"type": {deep}}}'
    bundle.write_text(json.dumps(document))
    whole, said = tmp_path / "deep.json", tmp_path / "said.json"
    whole.write_text(f'{{"type": {deep}}}')
    said.write_text(f'{{"type": "x", "jwt": "{good.read_text().strip()}", "credential": {{"x": {deep}}}}}')
    monkeypatch.setenv("AZORA_HOME", str(tmp_path / "nowhere"))
    files = list(map(str, (bundle, whole, said, good)))
    answer = earned("certificate", "verify", *files)
    assert (answer.status, answer.err) == (1, "")
    rows = earned("certificate", "verify", *files, "--json").json["data"]
    assert [each["file"] for each in rows] == files
    assert not (tmp_path / "nowhere").exists(), "checking makes no school"


def test_revoked(earned: Azora, tmp_path: Path):
    file = tmp_path / "c.jwt"
    earned("certificate", "export", "1", "--format", "jwt", "--output", str(file))
    assert earned("certificate", "revoke", "1").status == 2
    assert "is revoked since" in earned("certificate", "revoke", "1", "--reason", "It was a mistake").out
    answer = earned("certificate", "verify", str(file))
    assert answer.status == 1
    assert "Revoked on" in answer.out
    assert "The reason: It was a mistake" in " ".join(answer.out.split())
    assert "× revoked" in earned("certificates").out
    assert "It was a mistake" in earned("certificate", "show", "1").out


def test_another_name(earned: Azora):
    out = earned("certificate", "show-as", "1", "--pseudonym", "River", "--no-email").out
    assert "now has the number 2 and shows: River" in out
    [row] = earned("certificates", "--json").json["data"]
    assert [each["identityHash"] for each in row["identifier"]] == ["River"]
    assert earned("certificate", "show-as", "2", "--name").status == 0
    [row] = earned("certificates", "--json").json["data"]
    assert row["identifier"][0]["identityHash"] == "Learner"
    assert earned("certificate", "show-as", "3").status == 2


def test_the_log(earned: Azora, tmp_path: Path):
    words = earned("certificates", "log").out.split()
    assert words[:2] == ["azora-log", "1"]
    assert len(words[2]) == 64
    earned("certificate", "show-as", "1", "--pseudonym", "River")
    proof = tmp_path / "growth.json"
    assert earned("certificates", "log", "--since", "1", "--output", str(proof)).status == 0
    assert json.loads(proof.read_text())["earlier"]["root"] == words[2]
    answer = earned("certificate", "verify", str(proof))
    assert answer.status == 0
    assert "The log of 3 entries begins, unchanged, with the 1" in answer.out
    assert earned("certificates", "log", "--json").json["data"]["size"] == 3
    assert earned("certificates", "log", "--since", "9").status == 1
    assert earned("certificates", "log", "--since", "-1").status == 2


def test_the_school_s_key_and_name(earned: Azora, school: Paths):
    before = earned("certificates", "key").out
    assert "certificates are signed with a new key" in earned("certificates", "key", "--new").out.lower()
    assert earned("certificates", "key").out != before
    locked = earned("certificates", "key", "--lock", "--password-stdin", stdin="eight small baskets\n")
    assert "The key is locked." in locked.out
    keys._opened.clear()
    waiting = earned("certificate", "show-as", "1", "--pseudonym", "River")
    assert waiting.status == 1
    assert "locked with a passphrase" in waiting.err
    wrong = earned("certificates", "key", "--unlock", "--password-stdin", stdin="another\n")
    assert wrong.status == 1
    opened = earned("certificates", "key", "--unlock", "--password-stdin", stdin="eight small baskets\n")
    assert "no longer under a passphrase" in opened.out
    assert "issued by Azora." in earned("certificates", "school").out
    assert "issued by Nomsa's." in earned("certificates", "school", "--name", "Nomsa's").out
    assert earned("certificates", "school", "--url", "ftp://x").status == 1
    assert earned("certificates", "trust", "abc", "--name", "X").status == 1


def test_the_five_lines_of_the_docs_do_it_with_pyjwt_alone(earned: Azora, tmp_path: Path):
    text = (Path(__file__).parents[2] / "docs" / "verify.md").read_text(encoding="utf-8")
    lines = text.split("```python\n")[1].split("```")[0]
    assert len(lines.split("\n")) - lines.count("\n\n") == 6, "five lines, and the end"
    script = tmp_path / "check.py"
    script.write_text(lines)
    _, did = earned("certificates", "key").out.splitlines()
    token = earned("certificate", "export", "1", "--format", "jwt").out

    def check(given: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run([sys.executable, script, did], input=given, capture_output=True, text=True, check=False)

    assert check(token).stdout.startswith("Introduction to Ubuntu Philosophy | Learner | ")
    header, payload, signature = token.split(".")
    assert "InvalidSignatureError" in check(f"{header}.{payload[:-4]}AAAA.{signature}").stderr
    earned("certificates", "key", "--new")
    earned("certificate", "show-as", "1", "--pseudonym", "River")
    assert "InvalidSignatureError" in check(earned("certificate", "export", "2", "--format", "jwt").out).stderr
