"""Certificates in the app: from the last lesson to a file in one's hands."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from azora_tui.lms import enrolling, reading
from azora_tui.lms.credentials import documents, issuing, keys, log, verify
from azora_tui.lms.service import Lms
from azora_tui.models.accounts import Claims
from azora_tui.screens.certificate import CertificateScreen
from azora_tui.screens.certificate_dialogs import ExportDialog, NameDialog
from azora_tui.screens.certificates import CertificatesScreen
from azora_tui.screens.my_learning import MyLearningScreen
from azora_tui.widgets.qr_code import QrCode
from tests.conftest import NOW
from tests.screens.conftest import HOME, NARROW, SIZES, WIDE, OpenApp, SignUp, Stored

Ids = Callable[[int], dict[str, int]]


@pytest.fixture(autouse=True)
def nothing_unlocked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    keys._opened.clear()
    monkeypatch.setenv("HOME", str(tmp_path))
    yield
    keys._opened.clear()


@pytest.fixture
def finish(library: dict[str, int], lms: Lms, lesson_ids: Ids) -> Callable[[Claims, str], None]:
    def do(claims: Claims, slug: str = "weaving") -> None:
        enrolling.enroll(lms, claims, library[slug])
        for lesson in lesson_ids(library[slug]).values():
            reading.complete_lesson(lms, claims, lesson)

    return do


@pytest.fixture
def earned(sign_up: SignUp, finish: Callable[..., None]) -> Claims:
    claims = sign_up()
    finish(claims)
    return claims


async def test_the_last_lesson_shows_the_certificate(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int], lms: Lms, lesson_ids: Ids, stored: Stored
) -> None:
    claims = sign_up()
    enrolling.enroll(lms, claims, library["weaving"])
    for lesson in list(lesson_ids(library["weaving"]).values())[:2]:
        reading.complete_lesson(lms, claims, lesson)
    async with open_app() as learner:
        await learner.press("enter", "G", "enter")
        assert isinstance(learner.app.screen, CertificateScreen)
        assert "Weaving with Grass" in learner.text
        await learner.press("escape", "C")
        assert isinstance(learner.app.screen, CertificatesScreen)
        assert "Weaving with Grass" in learner.text
        assert "✓ valid" in learner.text
        await learner.press("enter")
        assert isinstance(learner.app.screen, CertificateScreen)
        await learner.press("escape", "escape")
        assert "Course completed." in learner.words
    assert stored("SELECT count(*) FROM credentials") == [(1,)]


async def test_what_stands_on_it(open_app: OpenApp, earned: Claims, lms: Lms) -> None:
    async with open_app() as learner:
        await learner.press("3", "f", "c")
        found = issuing.find(lms, earned, "1")
        for words in (
            "Thandi Nkosi", "has completed", "Weaving with Grass", "on 22 November 2026, issued by Azora", "✓ valid",
            "Tie the first knot so that it holds", "Shape a floor, a wall and a rim", documents.sheet(found).fingerprint,
        ):  # fmt: skip
            assert words in " ".join(line[:40].strip() for line in learner.lines) or words in learner.words
        assert documents.sheet(found).fingerprint.replace(" ", "") == log.digest(found.jwt)[:32]
        await learner.press("escape")
        assert isinstance(learner.app.screen, MyLearningScreen)


async def test_the_code_is_drawn_as_it_is(open_app: OpenApp, earned: Claims, lms: Lms) -> None:
    from azora_tui.formats import qr

    expected = qr.modules(documents.sheet(issuing.find(lms, earned, "1")).reference)
    for ascii_only in (False, True):
        async with open_app(WIDE, ascii_only=ascii_only) as learner:
            await learner.press("3", "f", "c")
            code = learner.app.screen.query_one(QrCode)
            seen: list[list[bool]] = []
            for y in range(code.size.height):
                strip = code.render_line(y)
                if ascii_only:
                    seen.append([bool(each.style and each.style.reverse) for each in strip])
                    assert strip.text.isspace()
                else:
                    seen += [[each in "▀█" for each in strip.text], [each in "▄█" for each in strip.text]]
            assert seen[: len(expected)] == expected
            assert not any(any(row) for row in seen[len(expected) :])
            assert code.size.width == len(expected) * (1 + ascii_only)


@pytest.mark.parametrize("size", [HOME, WIDE])
async def test_it_is_all_there_at_once(open_app: OpenApp, earned: Claims, size: tuple[int, int]) -> None:
    async with open_app() as learner:
        await learner.press("3", "f", "c")
        await learner.resize(size)
        assert not learner.app.screen.query_one("#wall").show_vertical_scrollbar
        assert "◢◣" in learner.text
        assert "◥◤" in learner.text


async def test_in_a_narrow_window_one_scrolls_to_its_end(open_app: OpenApp, earned: Claims) -> None:
    async with open_app() as learner:
        await learner.press("3", "f", "c")
        await learner.resize(NARROW)
        assert "Thandi Nkosi" in learner.text
        await learner.press("G")
        assert "◥◤" in learner.text


@pytest.mark.parametrize("size", SIZES)
async def test_the_keys_of_a_list_do_no_harm_at_any_size(
    open_app: OpenApp, earned: Claims, size: tuple[int, int]
) -> None:
    async with open_app() as learner:
        await learner.press("3", "f", "c")
        await learner.resize(size)
        await learner.press("G", "g", "j", "k", "space", "b")
        assert CertificateScreen in {type(screen) for screen in learner.app.screen_stack}


async def test_the_key_is_there_only_where_a_course_is_completed(
    open_app: OpenApp, earned: Claims, library: dict[str, int], lms: Lms
) -> None:
    enrolling.enroll(lms, earned, library["clay"])
    async with open_app() as learner:
        await learner.press("3")
        assert "c certificate" not in learner.lines[-1]
        await learner.press("c")
        assert isinstance(learner.app.screen, MyLearningScreen)
        await learner.resize(WIDE)
        await learner.press("f")
        assert "c certificate" in learner.lines[-1]


async def test_export_writes_what_the_ending_says(
    open_app: OpenApp, earned: Claims, tmp_path: Path, stored: Stored
) -> None:
    async with open_app() as learner:
        await learner.press("3", "f", "c", "x")
        assert learner.field("file").value == "~/weaving-with-grass.pdf"
        await learner.press(*["backspace"] * 3)
        await learner.type("bundle")
        await learner.press("enter")
        assert isinstance(learner.app.screen, CertificateScreen)
        path = tmp_path / "weaving-with-grass.bundle"
        assert "Your certificate is in" in learner.words
        report = verify.verify(verify.parse_file(path.read_bytes()), now=NOW)
        assert report.document is not None
        before = path.read_bytes()

        path.write_text("something of mine")
        await learner.press("x", *["backspace"] * 3)
        await learner.type("bundle")
        await learner.press("enter")
        assert "There is such a file already" in learner.note("file")
        assert path.read_text() == "something of mine"
        await learner.press("enter")
        assert isinstance(learner.app.screen, CertificateScreen)
        assert json.loads(path.read_bytes())["jwt"] == json.loads(before)["jwt"]


async def test_export_says_what_is_wrong_in_its_field(open_app: OpenApp, earned: Claims, tmp_path: Path) -> None:
    async with open_app() as learner:
        await learner.press("3", "f", "c", "x")
        await learner.press(*["backspace"] * 3, "enter")
        assert "End it with .pdf, .png" in learner.note("file")
        await learner.press(*["backspace"] * 40)
        await learner.type(str(tmp_path / "no" / "c.jwt"))
        await learner.press("enter")
        assert isinstance(learner.app.screen, ExportDialog)
        assert "cannot be written" in " ".join(learner.note("file").split())
        for odd in ("~nobody-of-this-name/c.jwt", f"{'long' * 100}.jwt"):
            learner.field("file").value = odd
            await learner.press("enter")
            assert "cannot be written" in " ".join(learner.note("file").split())
        await learner.press("escape")
        assert isinstance(learner.app.screen, CertificateScreen)


async def test_another_name_and_no_e_mail(open_app: OpenApp, earned: Claims, lms: Lms) -> None:
    async with open_app() as learner:
        await learner.press("3", "f", "c", "n")
        assert isinstance(learner.app.screen, NameDialog)
        await learner.type("River")
        await learner.press("tab", "enter")
        assert "without any trace of your e-mail" in learner.text
        await learner.press("tab", "enter")
        assert isinstance(learner.app.screen, CertificateScreen)
        assert "River" in learner.text
        assert "Issued again" in learner.words
    [made] = issuing.mine(lms, earned).credentials
    assert [each["identityHash"] for each in documents.contents(made)["credentialSubject"]["identifier"]] == ["River"]


async def test_a_revoked_one_says_why_and_cannot_be_made_anew(open_app: OpenApp, earned: Claims, lms: Lms) -> None:
    issuing.revoke(lms, earned, "1", "It was [b]issued[/b] by mistake")
    async with open_app() as learner:
        await learner.press("3", "f", "c", "n")
        assert isinstance(learner.app.screen, CertificateScreen)
        assert "It was [b]issued[/b] by" in " ".join(line[:40].strip() for line in learner.lines)
        assert "× revoked" in learner.text


async def test_one_that_waits_for_the_key_is_told_of(
    open_app: OpenApp, earned: Claims, lms: Lms, finish: Callable[..., None]
) -> None:
    keys.protect(lms, earned, passphrase="eight small baskets")
    keys._opened.clear()
    finish(earned, "clay")
    async with open_app() as learner:
        await learner.press("3", "f", "C")
        assert "1 certificate cannot be signed yet." in learner.words
        await learner.press("escape", "c")
        assert CertificateScreen not in {type(screen) for screen in learner.app.screen_stack}
        assert "cannot be signed yet" in learner.words


async def test_a_hostile_name_is_only_text(open_app: OpenApp, sign_up: SignUp, finish: Callable[..., None]) -> None:
    claims = sign_up("[@click=app.quit]Zoë[/] [b")
    finish(claims)
    async with open_app() as learner:
        await learner.press("3", "f", "c")
        assert "[@click=app.quit]Zoë[/] [b" in learner.text
        await learner.press("escape", "C")
        assert "[@click=app.quit]Zoë[/] [b" in learner.text


async def test_the_code_has_a_page_of_its_own_where_it_is_whole(open_app: OpenApp, earned: Claims, lms: Lms) -> None:
    from azora_tui.formats import qr
    from azora_tui.screens.certificate_code import CertificateCodeScreen

    expected = qr.modules(documents.sheet(issuing.find(lms, earned, "1")).reference)
    async with open_app(NARROW) as learner:
        await learner.press("3", "f", "c")
        assert "q QR code" in learner.lines[-1]
        assert not learner.app.screen.query_one(QrCode).display, "it would be cut"
        await learner.press("q")
        assert isinstance(learner.app.screen, CertificateCodeScreen)
        code = learner.app.screen.query_one(QrCode)
        assert code.region.height == (len(expected) + 1) // 2
        assert code.region.width == len(expected)
        assert learner.app.screen.region.contains_region(code.region)
        await learner.resize((60, 16))
        assert "The code needs a window of 33 columns and 18 lines" in learner.words
        assert not code.display
        await learner.resize(HOME)
        assert code.display
        await learner.press("escape")
        assert isinstance(learner.app.screen, CertificateScreen)
