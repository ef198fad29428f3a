"""What goes wrong under the running app: each time a sentence, never a traceback, and nothing acknowledged is lost."""

import subprocess
import sys
from pathlib import Path

import pytest

from azora_tui.data.engines.sqlite import SqliteDatabase
from azora_tui.lms import enrolling
from azora_tui.lms.service import Lms
from azora_tui.models.accounts import Claims
from azora_tui.paths import Paths
from azora_tui.screens.catalog import CatalogScreen
from azora_tui.screens.course_detail import CourseDetailScreen
from tests.screens.conftest import EMAIL, PASSWORD, PATIENCE, Learner, OpenApp, SignUp, Stored


@pytest.fixture
def enrolled(sign_up: SignUp, library: dict[str, int], lms: Lms) -> Claims:
    claims = sign_up()
    enrolling.enroll(lms, claims, library["weaving"])
    return claims


def damage(learner: Learner) -> None:
    """Overwrite lms.db, as a failing disk or another program would; what is open notices at its next use."""
    database = learner.services.lms.database
    database.close()
    size = database.path.stat().st_size
    database.path.write_bytes(b"not a database any more " * (size // 24))


def make_read_only(learner: Learner) -> None:
    database = learner.services.lms.database
    assert isinstance(database, SqliteDatabase)
    for connection in database._connections:
        connection.execute("PRAGMA query_only = 1")


async def test_a_damaged_database_shows_the_failed_face_on_each_page(open_app: OpenApp, enrolled: Claims) -> None:
    async with open_app() as learner:
        await learner.press("2", "3")
        damage(learner)
        for keys in (["ctrl+r"], ["2", "ctrl+r"]):
            await learner.press(*keys)
            assert "lms.db is damaged" in learner.words or "lms.db is not" in learner.words, learner.text
            assert "Traceback" not in learner.text
        await learner.press("e", "enter", "s", "f", "slash", "x", "escape", "3", "f", "enter", "o")
        assert "Traceback" not in learner.text
        await learner.quit()
    assert learner.app.return_code == 0


async def test_a_damaged_database_under_a_course_page(open_app: OpenApp, enrolled: Claims) -> None:
    async with open_app() as learner:
        await learner.press("o")
        damage(learner)
        await learner.press("l")
        assert isinstance(learner.app.screen, CourseDetailScreen)
        assert "lms.db" in learner.words
        await learner.press("enter")
        assert "lms.db" in learner.words
        assert "Go back with esc." in learner.words
        await learner.press("escape", "escape")
        await learner.quit()
    assert learner.app.return_code == 0


async def test_a_database_that_turns_read_only_still_shows_and_says_what_it_cannot_do(
    open_app: OpenApp, enrolled: Claims, stored: Stored
) -> None:
    async with open_app() as learner:
        await learner.press("2", "slash", *"clay", "enter")
        make_read_only(learner)
        await learner.press("e")
        assert "cannot be opened for writing" in learner.said
        await learner.press("enter", "e")
        assert "cannot be opened for writing" in learner.words
        assert "[ Enrol ]" in learner.text
        await learner.press("3", "enter")
        assert "A basket begins with a knot." in learner.text, "what one is enrolled in can be read"
        assert "cannot be opened for writing" in learner.said
    assert stored("SELECT course_id FROM enrollments") == [(1,)]


async def test_a_database_that_is_damaged_before_the_start(
    open_app: OpenApp, enrolled: Claims, lms: Lms, paths: Paths
) -> None:
    lms.database.close()
    paths.lms_database.write_bytes(b"rubbish " * 1000)
    async with open_app() as learner:
        assert "lms.db" in learner.words
        assert "ctrl+r tries again." in learner.words
        await learner.quit()
    assert learner.app.return_code == 0
    assert paths.lms_database.read_bytes() == b"rubbish " * 1000, "left as it is"


async def test_damaged_accounts_are_said_in_the_sign_in_form(
    open_app: OpenApp, sign_up: SignUp, no_bundle: None, paths: Paths
) -> None:
    sign_up(keep=False)
    async with open_app() as learner:
        learner.services.auth.database.close()
        paths.auth_database.write_bytes(b"rubbish " * 1000)
        await learner.fill(EMAIL, PASSWORD)
        assert "azora.db" in learner.words
        assert learner.field("email").value == EMAIL


async def test_settings_that_cannot_be_written_hold_until_the_end(
    open_app: OpenApp, enrolled: Claims, paths: Paths
) -> None:
    paths.settings.mkdir()
    async with open_app() as learner:
        await learner.press("2", "s")
        assert "by newest" in learner.text
        assert "Your choice holds until you quit; it could not be kept" in learner.said
        assert isinstance(learner.app.screen, CatalogScreen)


SCRIPT = """
import functools, sys
from pathlib import Path
from azora_tui.tui import app as app_module
from azora_tui.lms import bundled
from azora_tui.paths import Paths
from azora_tui.screens.register import RegisterScreen

bundled.load = lambda lms: False

async def keys(pilot):
    await pilot.press("escape", "shift+tab", "x")

def action_fail(self):
    secret = "swordfish in a local value"
    {fault}

RegisterScreen.action_fail = action_fail
RegisterScreen.BINDINGS.append(("x", "fail", "fail"))
RegisterScreen._merged_bindings = RegisterScreen._merge_bindings()
async def pilot(pilot):
    await pilot.pause()
    pilot.app.screen.set_focus(None)
    await pilot.press("x")
    await pilot.pause()
run = app_module.AzoraApp.run
app_module.AzoraApp.run = functools.partialmethod(run, headless=True, auto_pilot=pilot)
sys.exit(app_module.run(Paths(Path(sys.argv[1]))))
"""


@pytest.mark.parametrize(
    "fault",
    [
        "raise RuntimeError('swordfish in the message')",
        "self.run_worker(self._fail(secret))\n\nasync def _fail(self, secret):\n    raise RuntimeError(secret)\n\n"
        "RegisterScreen._fail = _fail",
    ],
    ids=["in an action", "in a worker"],
)
def test_a_mistake_of_the_program_is_told_in_a_sentence_and_logged_without_values(tmp_path: Path, fault: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT.replace("{fault}", fault), str(tmp_path / "school")],
        capture_output=True, text=True, timeout=PATIENCE, cwd=Path(__file__).parents[2], check=False,
    )  # fmt: skip
    told = " ".join((done.stdout + done.stderr).split())
    assert "azora-tui has stopped because of a mistake of its own. Everything you saw acknowledged is on disk" in told
    assert "Traceback" not in told
    assert "swordfish" not in told
    assert done.returncode == 1
    log = (tmp_path / "school" / "azora-tui.log").read_text()
    assert "RuntimeError" in log
    assert "fail" in log
    assert "swordfish" not in log
    assert (tmp_path / "school" / "azora-tui.log").stat().st_mode & 0o777 == 0o600


def test_the_sentence_comes_even_if_the_log_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "school" / "azora-tui.log").mkdir(parents=True)
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT.replace("{fault}", "raise RuntimeError(secret)"), str(tmp_path / "school")],
        capture_output=True, text=True, timeout=PATIENCE, cwd=Path(__file__).parents[2], check=False,
    )  # fmt: skip
    told = " ".join((done.stdout + done.stderr).split())
    assert "azora-tui has stopped because of a mistake of its own." in told
    assert "Traceback" not in told
