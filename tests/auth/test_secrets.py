"""No password, hash or token in an error, a repr or a log; and nothing heavy is loaded early."""

import logging
import subprocess
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest

from azora_tui.auth import service, session_file, tokens
from azora_tui.auth.context import Auth, open_auth
from azora_tui.data import accounts
from azora_tui.errors import AzoraError
from azora_tui.paths import Paths

SECRET = "quiet-marula-Ünder"
EMAIL = "thandi@example.org"


def everything_told(error: BaseException | None) -> str:
    """All that a log or a crash report could print of an error, its causes and their causes."""
    told = []
    while error is not None:
        told += [str(error), repr(error), repr(error.__dict__), repr(error.args)]
        told += traceback.format_exception(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n".join(told)


def test_no_error_tells_a_secret(auth: Auth, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    _, token = service.register(auth, name="Thandi", email=EMAIL, password=SECRET)
    claims = service.authenticate(auth, token)
    with auth.database.read() as connection:
        found = accounts.credentials(connection, EMAIL)
    assert found is not None
    stored = found.password_hash
    pem = auth.paths.token_key.read_text()
    half = token.rsplit(".", 1)[0]

    def register(**changed: str) -> object:
        form = {"name": "Thandi", "email": "new@example.org", "password": SECRET} | changed
        return service.register(auth, **form)

    def with_damaged_key() -> object:
        auth.paths.token_key.write_text(pem[:-60])
        return service.sign_in(auth, email=EMAIL, password=SECRET)

    refused: list[Callable[[], object]] = [
        lambda: register(email=EMAIL),
        lambda: register(name=""),
        lambda: register(name=SECRET),
        lambda: register(password=SECRET * 100),
        lambda: register(password=SECRET + "\ud800"),
        lambda: service.sign_in(auth, email=EMAIL, password=SECRET + "x"),
        lambda: service.sign_in(auth, email=EMAIL, password=SECRET + "\ud800"),
        lambda: service.sign_in(auth, email="nobody@example.org", password=SECRET),
        lambda: service.change_password(auth, claims, current=SECRET + "x", new=SECRET + "new"),
        lambda: service.change_password(auth, claims, current=SECRET, new=SECRET[:7]),
        lambda: service.reset_password(auth, None, email="nobody@example.org", new=SECRET),
        lambda: service.authenticate(auth, half),
        lambda: service.authenticate(auth, token[:-4] + "AAAA"),
        lambda: service.authenticate(auth, token + "é"),
        lambda: service.authenticate(auth, "ÿ" + token),
        lambda: session_file.keep(Paths(auth.paths.token_key), token),
        with_damaged_key,
    ]
    for call in refused:
        with pytest.raises(AzoraError) as caught:
            call()
        told = everything_told(caught.value)
        for secret in (SECRET, SECRET[:7], token, token[:40], half[-40:], stored, pem[40:80]):
            # Lines of the tests' own source are quoted in a traceback; the values are not.
            assert secret not in told
        assert "!" not in str(caught.value)
    for secret in (SECRET, token[:40], stored):
        assert secret not in caplog.text


def test_no_repr_tells_a_secret(auth: Auth) -> None:
    _, token = service.register(auth, name="Thandi", email=EMAIL, password=SECRET)
    with auth.database.read() as connection:
        found = accounts.credentials(connection, EMAIL)
    assert found is not None
    claims = service.authenticate(auth, token)
    shown = repr([auth, auth.paths, auth.database, found, claims, tokens.private_key(auth)])
    key_body = auth.paths.token_key.read_text()[40:80]
    for secret in (SECRET, found.password_hash, token[:40], key_body):
        assert secret not in shown


def test_opening_the_service_opens_no_file(tmp_path: Path) -> None:
    auth = open_auth(Paths(tmp_path / "school"))
    assert list(tmp_path.iterdir()) == []
    assert auth.now().utcoffset() is not None
    assert auth.new_id() != auth.new_id()


def test_importing_the_auth_service_loads_nothing_heavy() -> None:
    script = """
import sys
import azora_tui.auth.service, azora_tui.auth.session_file
heavy = {"jwt", "passlib", "cryptography", "argon2", "bcrypt", "textual"}
print(sorted(heavy & {name.split(".")[0] for name in sys.modules}))
"""
    root = Path(__file__).parents[2]
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=root, check=True)
    assert answer.stdout.strip() == "[]"


def test_preload_loads_what_signing_in_needs() -> None:
    script = """
import sys
from azora_tui.auth import service
service.preload()
print(sorted({"jwt", "passlib", "argon2"} & set(sys.modules)))
"""
    root = Path(__file__).parents[2]
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=root, check=True)
    assert answer.stdout.strip() == "['argon2', 'jwt', 'passlib']"
