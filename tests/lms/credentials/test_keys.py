"""The key that signs certificates: its passphrase, where that is read from, and what a change leaves behind."""

import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from azora_tui.commands.tidying import tidy
from azora_tui.data import credentials
from azora_tui.data.transaction import Transaction
from azora_tui.errors import RefusedError
from azora_tui.lms.credentials import jws, keys
from azora_tui.lms.credentials.did import did_of, fingerprint, jwk_of
from azora_tui.lms.service import Lms
from azora_tui.models.accounts import Claims
from azora_tui.paths import Paths

ClaimsOf = Callable[..., Claims]
WORDS = "eight small baskets"


@pytest.fixture
def admin(claims: ClaimsOf) -> Claims:
    return claims(9, role="admin")


@pytest.fixture
def locked(lms: Lms, admin: Claims, paths: Paths) -> Path:
    """The file of a key under `WORDS`, of which this process knows nothing."""
    keys.protect(lms, admin, passphrase=WORDS)
    keys._opened.clear()
    [file] = paths.home.glob("issuer-key-*.pem")
    return file


def opens(lms: Lms) -> None:
    """The key in use signs."""
    with lms.database.write() as transaction:
        made_by = keys.signer(lms, transaction)
    assert jws.verify_token(jws.sign(made_by.private, {"x": 1})).did == made_by.did


@pytest.mark.parametrize("content", [WORDS, f"{WORDS}\n", f"{WORDS}\nand a second line"])
def test_the_passphrase_is_the_first_line_of_its_file(
    lms: Lms, locked: Path, paths: Paths, monkeypatch: pytest.MonkeyPatch, content: str
) -> None:
    with pytest.raises(keys.KeyLockedError):
        opens(lms)
    secret = paths.home / "secret"
    secret.write_text(content)
    monkeypatch.setenv(keys.PASSPHRASE_FILE, str(secret))
    opens(lms)


def test_a_variable_that_names_nothing_is_none(lms: Lms, locked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(keys.PASSPHRASE_FILE, "")
    with pytest.raises(keys.KeyLockedError):
        opens(lms)


@pytest.mark.parametrize("content", [None, b"\xff\xfe"], ids=["missing", "not text"])
def test_a_passphrase_s_file_that_cannot_be_read_is_told_and_the_key_stays_locked(
    lms: Lms, admin: Claims, locked: Path, paths: Paths, monkeypatch: pytest.MonkeyPatch, content: bytes | None
) -> None:
    secret = paths.home / "secret"
    if content is not None:
        secret.write_bytes(content)
    monkeypatch.setenv(keys.PASSPHRASE_FILE, str(secret))
    with pytest.raises(keys.KeyUnavailableError) as refused:
        opens(lms)
    assert keys.PASSPHRASE_FILE in str(refused.value)
    assert WORDS not in str(refused.value)
    keys.unlock(lms, admin, WORDS)
    opens(lms)


def test_a_wrong_passphrase_in_the_file_is_a_locked_key(
    lms: Lms, admin: Claims, locked: Path, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = paths.home / "secret"
    secret.write_text("nine small baskets\n")
    monkeypatch.setenv(keys.PASSPHRASE_FILE, str(secret))
    with pytest.raises(keys.KeyLockedError):
        opens(lms)
    assert keys.is_locked(lms, admin)
    keys.unlock(lms, admin, WORDS)
    assert not keys.is_locked(lms, admin)


def test_a_key_without_a_passphrase_needs_none_though_one_is_there(
    lms: Lms, admin: Claims, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys.did_in_use(lms, admin)
    keys._opened.clear()
    secret = paths.home / "secret"
    secret.write_text(f"{WORDS}\n")
    monkeypatch.setenv(keys.PASSPHRASE_FILE, str(secret))
    opens(lms)
    keys.rotate(lms, admin)
    [file] = paths.home.glob("issuer-key-*.pem")
    assert b"ENCRYPTED" not in file.read_bytes(), "nor is the next one put under it"


@pytest.mark.parametrize("passphrase", ["x", "x" * 1_023, "é" * 511])
def test_a_passphrase_of_every_length_that_is_allowed_opens(
    lms: Lms, admin: Claims, paths: Paths, monkeypatch: pytest.MonkeyPatch, passphrase: str
) -> None:
    keys.protect(lms, admin, passphrase=passphrase)
    keys._opened.clear()
    secret = paths.home / "secret"
    secret.write_text(f"{passphrase}\n", encoding="utf-8")
    monkeypatch.setenv(keys.PASSPHRASE_FILE, str(secret))
    opens(lms)


def test_a_passphrase_that_is_no_text_opens_too(lms: Lms, admin: Claims) -> None:
    keys.protect(lms, admin, passphrase="\udcff")
    keys._opened.clear()
    keys.unlock(lms, admin, "\udcff")
    opens(lms)


@pytest.mark.parametrize("passphrase", ["", "x" * 1_024, "é" * 512])
def test_a_passphrase_of_another_length_is_refused_and_nothing_changes(
    lms: Lms, admin: Claims, locked: Path, passphrase: str
) -> None:
    before = locked.read_bytes()
    keys.unlock(lms, admin, WORDS)
    with pytest.raises(RefusedError):
        keys.protect(lms, admin, passphrase=passphrase)
    assert locked.read_bytes() == before


def test_a_passphrase_can_be_taken_away_by_an_admin_alone(
    lms: Lms, admin: Claims, claims: ClaimsOf, locked: Path
) -> None:
    keys.unlock(lms, admin, WORDS)
    for other in (claims(), claims(2, role="instructor")):
        with pytest.raises(RefusedError):
            keys.protect(lms, other, passphrase=None)
        with pytest.raises(RefusedError):
            keys.rotate(lms, other)
    keys.protect(lms, admin, passphrase=None)
    keys._opened.clear()
    assert not keys.is_locked(lms, admin)
    assert stat.S_IMODE(locked.stat().st_mode) == 0o600
    opens(lms)


def test_where_no_key_is_nothing_is_locked_and_unlocking_makes_none(lms: Lms, admin: Claims, paths: Paths) -> None:
    assert not keys.is_locked(lms, admin)
    keys.unlock(lms, admin, WORDS)
    assert list(paths.home.glob("issuer-key-*.pem")) == []


def test_a_change_that_fails_leaves_the_old_key_alone(
    lms: Lms, admin: Claims, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    did = keys.did_in_use(lms, admin)
    [old] = paths.home.glob("issuer-key-*.pem")

    keep = keys._keep

    def interrupted(*arguments: Any) -> None:
        keep(*arguments)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(keys, "_keep", interrupted)
        with pytest.raises(KeyboardInterrupt):
            keys.rotate(lms, admin)
    assert list(paths.home.glob("issuer-key-*.pem")) == [old]
    assert keys.did_in_use(lms, admin) == did
    opens(lms)


def test_an_interrupt_that_comes_with_the_end_of_the_transaction_leaves_the_key_that_it_named(
    lms: Lms, admin: Claims, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = keys.did_in_use(lms, admin)
    write = lms.database.write

    @contextmanager
    def interrupted(*lock: Any) -> Iterator[Transaction]:
        with write(*lock) as transaction:
            yield transaction
        monkeypatch.undo()
        raise KeyboardInterrupt

    monkeypatch.setattr(lms.database, "write", interrupted)
    with pytest.raises(KeyboardInterrupt):
        keys.rotate(lms, admin)
    keys._opened.clear()
    opens(lms)
    with lms.database.read() as transaction:
        old, new = credentials.keys(transaction)
    assert (old.did, old.handover is not None) == (first, True)
    [file] = paths.home.glob("issuer-key-*.pem")
    assert file == paths.issuer_key(fingerprint(jwk_of(new.did))[:16]), "and the old one is destroyed"


def test_a_first_key_whose_transaction_fails_leaves_no_file_behind(lms: Lms, admin: Claims, paths: Paths) -> None:
    def interrupted() -> None:
        with lms.database.write() as transaction:
            keys.signer(lms, transaction)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    tidy(paths)
    assert list(paths.home.glob("*issuer-key-*")) == []
    keys.did_in_use(lms, admin)
    tidy(paths)
    assert len(list(paths.home.glob("*issuer-key-*"))) == 1, "one that is named stays, without a mark"
    opens(lms)


def test_a_key_of_a_school_whose_database_is_elsewhere_is_never_taken_away(
    lms: Lms, admin: Claims, paths: Paths, tmp_path: Path
) -> None:
    keys.did_in_use(lms, admin)
    tidy(paths)
    [file] = paths.home.glob("issuer-key-*.pem")
    lms.database.close()
    paths.lms_database.rename(tmp_path / "aside.db")
    keys.did_in_use(lms, admin)
    keys.rotate(lms, admin)
    tidy(paths)
    assert file.exists()


def test_a_change_takes_away_every_key_but_the_one_in_use(lms: Lms, admin: Claims, paths: Paths) -> None:
    keys.did_in_use(lms, admin)
    kept = {}
    for _ in range(3):
        [file] = paths.home.glob("issuer-key-*.pem")
        kept[file] = file.read_bytes()
        keys.rotate(lms, admin)
    for file, content in kept.items():
        file.write_bytes(content)  # as runs that were interrupted just before their end leave them
    did = keys.rotate(lms, admin)
    [file] = paths.home.glob("issuer-key-*.pem")
    assert file == paths.issuer_key(fingerprint(jwk_of(did))[:16])


def test_the_old_key_says_which_comes_after_it(lms: Lms, admin: Claims) -> None:
    first = keys.did_in_use(lms, admin)
    second = keys.rotate(lms, admin)
    with lms.database.read() as transaction:
        old, new = credentials.keys(transaction)
    assert (old.did, new.did, new.handover, new.retired_at) == (first, second, None, None)
    assert old.retired_at is not None
    assert old.handover is not None
    said = jws.verify_token(old.handover, typ=jws.HANDOVER)
    assert (said.did, said.payload["iss"], said.payload["sub"]) == (first, first, second)


def test_a_key_of_another_kind_is_a_damaged_one(lms: Lms, admin: Claims, paths: Paths) -> None:
    keys.did_in_use(lms, admin)
    [file] = paths.home.glob("issuer-key-*.pem")
    for other in (ec.generate_private_key(ec.SECP384R1()), rsa.generate_private_key(65537, 2048)):
        file.write_bytes(other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        with pytest.raises(keys.KeyUnavailableError, match="damaged"):
            opens(lms)
        assert not keys.is_locked(lms, admin), "no passphrase helps"


def test_a_key_that_cannot_be_kept_is_told_and_none_is_in_use(lms: Lms, admin: Claims, paths: Paths) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    path = paths.issuer_key(fingerprint(jwk_of(did_of(jws.jwk_of_private(key))))[:16])
    path.mkdir()
    with pytest.raises(keys.KeyUnavailableError, match="cannot be kept"):
        keys._keep(path, key, None)
