"""Certificates in each of their faces, as pictures. Look at a new one before you take it."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from azora_tui.lms import enrolling, reading
from azora_tui.lms.credentials import issuing, keys
from azora_tui.lms.service import Lms
from azora_tui.models.accounts import Claims
from azora_tui.settings import Settings
from tests.engine import sqlite
from tests.snapshots.test_pictures import DISK, LOOKS, SIZES, Scene, Stage, draw

__all__ = ["draw"]


@pytest.fixture(autouse=True)
def still_keys(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The same key in every run, so that fingerprints and QR codes stay as they are."""
    keys._opened.clear()
    monkeypatch.setattr(keys, "_generate", lambda: ec.derive_private_key(7, ec.SECP256R1()))
    yield
    keys._opened.clear()


@pytest.fixture
def lms(lms: Lms) -> Lms:
    numbers = count(1)
    return replace(lms, new_id=lambda: str(uuid.UUID(int=next(numbers), version=4)))


def complete(stage: Stage, claims: Claims, slug: str) -> None:
    enrolling.enroll(stage.lms, claims, stage.ids[slug])
    with stage.lms.database.read() as connection:
        lessons = [
            number
            for (number,) in sqlite(connection).execute(
                "SELECT id FROM lessons WHERE course_id = ?", (stage.ids[slug],)
            )
        ]
    for lesson in lessons:
        reading.complete_lesson(stage.lms, claims, lesson)


def one(stage: Stage, name: str = "Thandi Nkosi") -> Claims:
    claims = stage.sign_up(name)
    complete(stage, claims, "weaving")
    return claims


def loading(stage: Stage) -> None:
    one(stage)
    stage.services.hold(issuing.mine)


def failed(stage: Stage) -> None:
    one(stage)
    stage.services.fail(issuing.mine, DISK)


def two(stage: Stage) -> None:
    claims = one(stage)
    complete(stage, claims, "clay")
    issuing.revoke(stage.lms, claims, "2", "It was issued by mistake")


def revoked(stage: Stage) -> None:
    issuing.revoke(stage.lms, one(stage), "1", "It was issued by mistake")


def waiting(stage: Stage) -> None:
    claims = stage.sign_up()
    complete(stage, claims, "weaving")
    keys.protect(stage.lms, claims, passphrase="eight small baskets")
    keys._opened.clear()
    complete(stage, claims, "clay")


def long_name(stage: Stage) -> None:
    one(stage, ("Nombulelo Wilhelmina " * 15)[:300])


def arabic(stage: Stage) -> None:
    one(stage, "فاطمة الزهراء")


def clicks(stage: Stage) -> None:
    one(stage, "ǃNaruseb ǁGaroëb 🌍")


def held(stage: Stage) -> None:
    one(stage)
    stage.services.hold(issuing.find)


def failing(stage: Stage) -> None:
    one(stage)
    stage.services.fail(issuing.find, DISK)


OPEN = ("3", "f", "c")
SCENES = {
    "list": Scene(two, keys=("C",)),
    "list-empty": Scene(Stage.learner, keys=("C",)),
    "list-waiting": Scene(waiting, keys=("C",)),
    "list-loading": Scene(loading, keys=("C",)),
    "list-failed": Scene(failed, keys=("C",)),
    "certificate": Scene(one, keys=OPEN),
    "certificate-end": Scene(one, keys=(*OPEN, "G")),
    "certificate-revoked": Scene(revoked, keys=OPEN),
    "certificate-long-name": Scene(long_name, keys=OPEN),
    "certificate-arabic": Scene(arabic, keys=OPEN),
    "certificate-clicks": Scene(clicks, keys=OPEN),
    "certificate-loading": Scene(held, keys=OPEN),
    "certificate-failed": Scene(failing, keys=OPEN),
    "certificate-code": Scene(one, keys=(*OPEN, "q")),
    "export": Scene(one, keys=(*OPEN, "x")),
    "export-unknown-ending": Scene(one, keys=(*OPEN, "x", "end", "backspace", "enter", "enter")),
    "name": Scene(one, keys=(*OPEN, "n")),
    "name-without-email": Scene(one, keys=(*OPEN, "n", "tab", "enter")),
    "renamed": Scene(one, keys=(*OPEN, "n", *"River", "enter")),
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scene", SCENES)
def test_certificates(draw: Callable[..., bool], scene: str, size: str) -> None:
    assert draw(SCENES[scene], SIZES[size])


@pytest.mark.parametrize("look", LOOKS)
def test_certificate_look(draw: Callable[..., bool], look: str) -> None:
    assert draw(SCENES["certificate"], SIZES["80x24"], LOOKS[look])


def test_certificate_in_ascii_and_wide(draw: Callable[..., bool]) -> None:
    assert draw(SCENES["certificate"], SIZES["120x40"], Settings(ascii=True))
