"""An account's UUID goes into every token; sessions from before it had one go on."""

import base64
import json
import uuid
from dataclasses import replace
from datetime import timedelta

import pytest

from azora_tui.auth import service, session_file, tokens
from azora_tui.auth.context import Auth
from azora_tui.data import accounts
from azora_tui.errors import SessionError
from azora_tui.models.accounts import Claims
from tests.auth.conftest import NOW

PASSWORD = "ngiyakwazi ngoba"


@pytest.fixture
def others(auth: Auth) -> None:
    """An account beside the one that is asked for."""
    service.register(auth, name="Sipho", email="sipho@example.org", password=PASSWORD)


@pytest.fixture
def claims(auth: Auth, others: None) -> Claims:
    _, token = service.register(auth, name="Thandi", email="thandi@example.org", password=PASSWORD)
    return service.authenticate(auth, token)


def kept_uuid(auth: Auth, user_id: int) -> str:
    with auth.database.read() as transaction:
        found = accounts.credentials_by_id(transaction, user_id)
    assert found is not None
    return found.account.uuid


def older(auth: Auth, claims: Claims) -> str:
    """The token of a session as it was signed before accounts had UUIDs."""
    import jwt

    payload = jwt.decode(tokens.sign(tokens.private_key(auth), claims), options={"verify_signature": False})
    del payload["userUuid"]
    return jwt.encode(payload, tokens.private_key(auth), algorithm=tokens.ALGORITHM, headers={"typ": tokens.TYPE})


def test_the_claims_name_the_account_as_every_machine_does(auth: Auth, claims: Claims) -> None:
    assert claims.user_uuid == kept_uuid(auth, claims.user_id) != kept_uuid(auth, 1)


def test_a_token_from_before_gets_its_account_s(auth: Auth, claims: Claims) -> None:
    assert service.authenticate(auth, older(auth, claims)) == claims


@pytest.mark.parametrize("sealed", [True, False])
def test_a_kept_session_from_before_goes_on(auth: Auth, claims: Claims, sealed: bool) -> None:
    session_file.keep(auth.paths, older(auth, claims))
    if not sealed:
        auth.paths.session.write_text(auth.paths.session.read_text().split("\n")[0])
    assert service.resume(auth) == claims


def test_a_session_from_before_that_is_over_stays_so(auth: Auth, claims: Claims) -> None:
    token = older(auth, claims)
    service.sign_out(auth, claims)
    with pytest.raises(SessionError):
        service.authenticate(auth, token)


@pytest.mark.parametrize("value", [7, None, ["x"]])
def test_what_is_no_text_is_no_uuid(auth: Auth, claims: Claims, value: object) -> None:
    header, payload, signature = older(auth, claims).split(".")
    told = json.loads(base64.urlsafe_b64decode(payload + "=="))
    forged = base64.urlsafe_b64encode(json.dumps({**told, "userUuid": value}).encode()).decode().rstrip("=")
    tokens.read_verified(f"{header}.{payload}.{signature}", NOW)
    with pytest.raises(SessionError):
        tokens.read_verified(f"{header}.{forged}.{signature}", NOW)


def test_a_changed_password_changes_no_uuid(auth: Auth, claims: Claims) -> None:
    token = service.change_password(auth, claims, current=PASSWORD, new="sikwazi sonke manje")
    assert service.authenticate(auth, token).user_uuid == claims.user_uuid


def test_a_new_school_gives_ids_of_their_time(auth: Auth) -> None:
    from azora_tui.auth.context import open_auth

    real = replace(open_auth(auth.paths), now=lambda: NOW + timedelta(days=1))
    account, _ = service.register(real, name="Thandi", email="thandi@example.org", password=PASSWORD)
    real.database.close()
    assert uuid.UUID(account.uuid).version == 7
