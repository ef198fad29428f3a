"""The two services as the app uses them: off the event loop, on behalf of the person signed in."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from azora_tui.auth import session_file
from azora_tui.auth.context import Auth, open_auth
from azora_tui.errors import NotFoundError, SessionError, StorageError
from azora_tui.lms.service import Lms, open_lms
from azora_tui.paths import Paths

if TYPE_CHECKING:
    from pathlib import Path

    from azora_tui.models.account_records import Account
    from azora_tui.models.accounts import Claims

P = ParamSpec("P")
T = TypeVar("T")
S = TypeVar("S")

# Enough that a long import never holds up a page; each thread has its own connections.
_THREADS = 4


class Services:
    """What every screen asks. `claims` are those of the person signed in, or None."""

    def __init__(self, paths: Paths, *, auth: Auth | None = None, lms: Lms | None = None) -> None:
        self.paths = paths
        self.auth = auth or open_auth(paths)
        self.lms = lms or open_lms(paths)
        self.claims: Claims | None = None
        self.version: int | None = None  # of what is learnt and taught here, as it was last looked at
        self._pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="school")
        self._signing_in = asyncio.Lock()
        self._returning: asyncio.Future[None] | None = None
        self._signed_out = False
        self._courses_loaded = False
        self._sign_in_again: Callable[[str], Awaitable[None]] | None = None

    def now(self) -> datetime:
        return self.lms.now()

    def today(self) -> date:
        """The day that it is where the learner is."""
        return self.lms.today()

    @property
    def has_accounts(self) -> bool:
        return self.paths.auth_database.exists()

    @property
    def has_kept_session(self) -> bool:
        return self.paths.session.exists()

    def when_session_is_lost(self, sign_in_again: Callable[[str], Awaitable[None]]) -> None:
        """`sign_in_again` shows a sentence and returns once somebody has signed in."""
        self._sign_in_again = sign_in_again

    async def in_thread(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do `work` off the event loop; what it raises is raised here. Work not yet begun can be cancelled."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, lambda: work(*args, **kwargs))

    async def ask(self, work: Callable[Concatenate[Lms, Claims, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call a function of the LMS Service for the person signed in.

        Without a valid session the person is asked to sign in, and the call goes on afterwards; if somebody else signs
        in instead, it ends with a `SessionError`.
        """
        return await self._ask(work, self.lms, *args, **kwargs)

    async def ask_auth(self, work: Callable[Concatenate[Auth, Claims, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The same for a function of the Auth Service."""
        return await self._ask(work, self.auth, *args, **kwargs)

    async def _ask(
        self, work: Callable[Concatenate[S, Claims, P], T], service: S, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        asked_by = self.claims
        while True:
            claims = self.claims
            if claims is not None and asked_by is not None and claims.user_id != asked_by.user_id:
                raise SessionError("somebody_else_signed_in")
            try:
                return await self.in_thread(partial(self._verified, claims, work, service, *args, **kwargs))
            except SessionError as error:
                await self._restore(claims, error)

    async def ask_once(self, work: Callable[Concatenate[Lms, Claims, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Like `ask`, but a lost session is a `SessionError`: for what is done in passing and asks nobody anything."""
        return await self.in_thread(partial(self._verified, self.claims, work, self.lms, *args, **kwargs))

    async def name_learners(self, course_id: int) -> None:
        """Tell the LMS Service what learners are called who did nothing since it writes that down."""
        from azora_tui.auth import invitations
        from azora_tui.lms.teaching import people

        if nameless := await self.ask(people.nameless, course_id):
            names = await self.in_thread(invitations.names, self.auth, nameless)
            await self.ask(people.name, course_id, names)

    async def look(self) -> int:
        """The version now (`Database.version`): another one than before where anybody has written since."""
        self.version = await self.in_thread(self.lms.database.version)
        return self.version

    async def sign_in(self, email: str, password: str) -> str:
        """Sign in and keep the session; returns "" or, where it could not be kept, a sentence that says so.

        Raises what `auth.service.sign_in` raises.
        """
        from azora_tui.auth import service

        return await self._enter(await self.in_thread(service.sign_in, self.auth, email=email, password=password))

    async def open_account(self, email: str, word: str, password: str) -> str:
        """Open the account that one was invited to, and sign in; returns as `sign_in` does, raises what
        `auth.invitations.open_account` raises."""
        from azora_tui.auth import invitations

        token = await self.in_thread(invitations.open_account, self.auth, email=email, word=word, password=password)
        return await self._enter(token)

    async def register(self, name: str, email: str, password: str) -> str:
        """Make an account and sign in; returns as `sign_in` does, raises what `auth.service.register` raises."""
        from azora_tui.auth import service

        _, token = await self.in_thread(service.register, self.auth, name=name, email=email, password=password)
        return await self._enter(token)

    async def account_of(self, email: str) -> Account:
        """The account that an e-mail has here; raises `NotFoundError`, and `FieldError` for what is no e-mail."""
        from azora_tui.auth import fields, invitations

        self._signed_in()
        found = await self.in_thread(invitations.account_ids, self.auth, [email])
        account = found.get(fields.known_email_key(email))
        if account is None:
            raise NotFoundError("account_unknown_here", email=email)
        return account

    async def change_password(self, current: str, new: str) -> str:
        """Returns as `sign_in` does; raises what `auth.service.change_password` raises."""
        from azora_tui.auth import service

        claims = self._signed_in()
        return await self._enter(
            await self.in_thread(service.change_password, self.auth, claims, current=current, new=new)
        )

    async def take_along(self, path: Path) -> None:
        """Write everything of the person signed in to an archive; raises `RefusedError` where that cannot be."""
        from azora_tui import leaving

        await self.ask_auth(leaving.write_archive, self.lms, path)

    async def leave(self, password: str) -> list[Path]:
        """Delete the account of the person signed in; returns and raises as `leaving.leave` does.

        Once the account is closed nobody is signed in here, also where the rest is left to the next start.
        """
        from azora_tui import leaving

        claims = self._signed_in()
        try:
            backups = await self.in_thread(leaving.leave, self.auth, self.lms, claims, password=password)
        except StorageError as error:
            if error.code == "leaving_not_finished":
                await self._be_nobody()
            raise
        await self._be_nobody()
        return backups

    async def _be_nobody(self) -> None:
        self.claims = None
        self._signed_out = True
        with suppress(StorageError):  # it is of no use any more
            await self.in_thread(session_file.forget, self.paths)

    async def sign_out(self) -> None:
        """End the session here and on disk."""
        from azora_tui.auth import service

        claims, self.claims = self.claims, None
        self._signed_out = True
        try:
            if claims is not None:
                await self.in_thread(service.sign_out, self.auth, claims)
        finally:
            await self.in_thread(session_file.forget, self.paths)

    async def preload(self) -> None:
        """Load what signing in needs, and the bundled courses, before anybody waits for them."""
        from azora_tui.auth import service

        if not self.has_kept_session:
            await self.in_thread(service.preload)
        await self.in_thread(self._load_courses)
        await self.in_thread(_load_review)

    def close(self) -> None:
        """Let running work end, then close the databases."""
        self._pool.shutdown(wait=True, cancel_futures=True)
        self.auth.database.close()
        self.lms.database.close()

    async def _enter(self, token: str) -> str:
        from azora_tui.auth import service

        self.claims = await self.in_thread(service.authenticate, self.auth, token)
        self._signed_out = False
        self._returning = None  # also where it was left for a new account
        try:
            await self.in_thread(session_file.keep, self.paths, token)
        except StorageError as error:
            return str(error)
        return ""

    async def _restore(self, lost: Claims | None, why: SessionError) -> None:
        async with self._signing_in:
            if self.claims is not lost:
                return  # somebody else's call has brought the session back meanwhile
            if self._signed_out:
                raise SessionError("signed_out")  # on purpose: a page that still asks is about to go
            if lost is None:
                from azora_tui.auth import service

                try:
                    self.claims = await self.in_thread(service.resume, self.auth)
                except SessionError as error:
                    why = error
                if self.claims is not None:
                    return
            if self._sign_in_again is None:
                raise why
            if self._returning is None or self._returning.done():
                self._returning = asyncio.ensure_future(self._sign_in_again(str(why)))
            # Who asked may give up meanwhile; the page that stands there then serves whoever asks next.
            await asyncio.shield(self._returning)

    def _verified(
        self,
        claims: Claims | None,
        work: Callable[Concatenate[S, Claims, P], T],
        service: S,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        if claims is None:
            raise SessionError("sign_in_needed")
        from azora_tui.auth.service import check_session

        check_session(self.auth, claims)
        self._load_courses()
        return work(service, claims, *args, **kwargs)

    def _load_courses(self) -> None:
        if not self._courses_loaded:
            from azora_tui.lms import bundled

            bundled.load(self.lms)
            self._courses_loaded = True

    def _signed_in(self) -> Claims:
        if self.claims is None:
            raise SessionError("sign_in_needed")
        return self.claims


def _load_review() -> None:
    """How much is due is asked again and again, and from the event loop."""
    from azora_tui.lms import review  # noqa: F401
