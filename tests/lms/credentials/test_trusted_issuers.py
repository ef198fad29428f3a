"""Which issuers are known on this computer, as the file beside the databases keeps them."""

import json
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from azora_tui.errors import FieldError, RefusedError
from azora_tui.lms.credentials import issuing, keys, log, trusted_issuers
from azora_tui.lms.credentials.did import fingerprint, in_groups, jwk_of
from azora_tui.lms.service import Lms
from azora_tui.models.accounts import Claims
from azora_tui.paths import Paths
from tests.conftest import NOW
from tests.lms.credentials.conftest import Finish

ClaimsOf = Callable[..., Claims]
ONE, TWO = "a1" * 32, "b2" * 32


def test_nobody_is_known_at_first(paths: Paths) -> None:
    assert trusted_issuers.trusted(paths) == {}


def test_who_is_trusted_stays_so_by_the_name_that_was_given(paths: Paths) -> None:
    assert trusted_issuers.trust(paths, ONE, "Nomsa's school") == ONE
    assert trusted_issuers.trust(paths, TWO, "  Zola's\n school \x1b") == TWO
    assert trusted_issuers.trusted(paths) == {ONE: "Nomsa's school", TWO: "Zola's school"}
    trusted_issuers.trust(paths, ONE, "Ìlú")
    assert trusted_issuers.trusted(paths) == {ONE: "Ìlú", TWO: "Zola's school"}
    assert "Ìlú" in paths.known_issuers.read_text(encoding="utf-8"), "a person may read the file"


@pytest.mark.parametrize(
    "written", [ONE, ONE.upper(), in_groups(ONE), ":".join(ONE[at : at + 2] for at in range(0, 64, 2)), f" {ONE}\n"]
)
def test_a_fingerprint_is_taken_as_people_write_it(written: str) -> None:
    assert trusted_issuers.as_fingerprint(written) == ONE


def test_a_did_is_taken_too(lms: Lms, claims: ClaimsOf, paths: Paths) -> None:
    did = keys.did_in_use(lms, claims())
    assert trusted_issuers.trust(paths, did, "Ours") == fingerprint(jwk_of(did))


@pytest.mark.parametrize(
    "key", ["", ONE[:-1], f"{ONE}0", f"{ONE[:-1]}g", "did:jwk:", "did:web:x", "did:jwk:é", f"did:jwk:{'W' * 900}"]
)
def test_what_is_no_fingerprint_is_refused(paths: Paths, key: str) -> None:
    with pytest.raises(FieldError) as refused:
        trusted_issuers.trust(paths, key, "Somebody")
    assert refused.value.field == "fingerprint"
    assert not paths.known_issuers.exists()


@pytest.mark.parametrize("name", ["", " \n", "\x1b\x07"])
def test_a_school_is_not_trusted_without_a_name(paths: Paths, name: str) -> None:
    with pytest.raises(FieldError) as refused:
        trusted_issuers.trust(paths, ONE, name)
    assert refused.value.field == "name"
    assert not paths.known_issuers.exists()


DAMAGED = [
    b"",
    b"{",
    b"\xff",
    b"[]",
    b'"x"',
    b"[" * 100_000,
    json.dumps({ONE: "Nomsa's school", TWO: 5}).encode(),
    json.dumps({ONE: "Nomsa's school", TWO[1:]: "x"}).encode(),
]


@pytest.mark.parametrize("content", DAMAGED)
def test_a_damaged_file_is_said_and_never_written_over(paths: Paths, content: bytes) -> None:
    paths.known_issuers.write_bytes(content)
    with pytest.raises(RefusedError, match="is damaged"):
        trusted_issuers.trusted(paths)
    with pytest.raises(RefusedError, match="is damaged"):
        trusted_issuers.trust(paths, ONE, "Nomsa's school")
    assert paths.known_issuers.read_bytes() == content


def test_what_is_no_file_is_said_at_once_and_stays(paths: Paths, tmp_path: Path) -> None:
    os.mkfifo(paths.known_issuers)
    with pytest.raises(RefusedError, match="not a file"):
        trusted_issuers.trust(paths, ONE, "Nomsa's school")
    paths.known_issuers.unlink()
    (tmp_path / "elsewhere").write_text("{}")
    paths.known_issuers.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(RefusedError, match="it is a link"):
        trusted_issuers.trust(paths, ONE, "Nomsa's school")


@pytest.mark.parametrize(("length", "taken"), [(300, True), (301, False), (100_000, False)])
def test_a_name_is_of_sane_length(paths: Paths, length: int, taken: bool) -> None:
    if taken:
        trusted_issuers.trust(paths, ONE, "x" * length)
        return
    with pytest.raises(FieldError, match="at most 300 characters") as refused:
        trusted_issuers.trust(paths, ONE, "x" * length)
    assert refused.value.field == "name"
    assert not paths.known_issuers.exists()


def test_a_name_that_is_no_text_is_cleaned(paths: Paths) -> None:
    trusted_issuers.trust(paths, ONE, "Nom\udcffsa")
    assert list(trusted_issuers.trusted(paths)) == [ONE]


def test_who_trusts_at_once_adds_to_one_another(paths: Paths) -> None:
    """Each has a file of its own open, as processes do: the folder's lock holds between them, too."""
    people = [f"{number:064x}" for number in range(8)]
    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(trusted_issuers.trust, paths, each, "A school") for each in people]:
            done.result()
    assert sorted(trusted_issuers.trusted(paths)) == people


def test_a_file_that_cannot_be_written_is_told(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(trusted_issuers, "replace_file", full)
    with pytest.raises(RefusedError, match="Nothing was changed"):
        trusted_issuers.trust(paths, ONE, "Nomsa's school")


def test_the_keys_of_this_computer_s_school_are_known_by_its_name(lms: Lms, claims: ClaimsOf, finish: Finish) -> None:
    assert trusted_issuers.own_keys(lms) == {}
    finish(claims())
    admin = claims(9, role="admin")
    first = fingerprint(jwk_of(keys.did_in_use(lms, admin)))
    second = fingerprint(jwk_of(keys.rotate(lms, admin)))
    issuing.name_school(lms, admin, name="Nomsa's school")
    told = "Nomsa's school, the school on this computer"
    assert trusted_issuers.own_keys(lms) == {first: told, second: told}


def test_without_a_database_nothing_is_known_and_none_is_made(lms: Lms) -> None:
    assert trusted_issuers.own_keys(lms) == {}
    assert trusted_issuers.record(lms, "x", "y") is None
    assert not lms.database.path.exists()


def test_a_database_that_cannot_be_read_takes_nothing_away(lms: Lms) -> None:
    lms.database.path.write_bytes(b"no database " * 50)
    assert trusted_issuers.own_keys(lms) == {}
    assert trusted_issuers.record(lms, "x", "y") is None


def test_on_record_is_just_the_certificate_that_was_issued(lms: Lms, claims: ClaimsOf, finish: Finish) -> None:
    finish(claims())
    found = finish(claims(2))
    record = trusted_issuers.record(lms, found.uuid, log.digest(found.jwt))
    assert record is not None
    assert (record.number, record.revoked_at, record.reason) == (1, None, None)
    for uuid, digest in ((found.uuid, ONE), ("nobody's", log.digest(found.jwt)), (f"{found.uuid}é", ONE)):
        assert trusted_issuers.record(lms, uuid, digest) is None
    issuing.revoke(lms, claims(9, role="admin"), found.uuid, "A mistake")
    revoked = trusted_issuers.record(lms, found.uuid, log.digest(found.jwt))
    assert revoked is not None
    assert (revoked.number, revoked.revoked_at, revoked.reason) == (1, NOW, "A mistake")
