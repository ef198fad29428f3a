"""Opening pages and dialogs over what is there: each imported when it is first asked for."""

from collections.abc import Iterable
from typing import Any

from textual import on
from textual.app import SystemCommand
from textual.screen import Screen

from azora_tui.screens.base import CourseRequested, LessonRequested, Page
from azora_tui.services import Services
from azora_tui.tui.typing_ahead import TypingAheadApp


class OpeningApp(TypingAheadApp):
    """Answers pages that ask for another, and the keys that open one from anywhere."""

    services: Services

    @on(CourseRequested)
    def _course_requested(self, event: CourseRequested) -> None:
        from azora_tui.screens.course_detail import CourseDetailScreen

        if event.page is self.screen:  # a second key may have come before the first one's page
            area = event.page.AREA or "catalog"
            self.push_screen(CourseDetailScreen(event.course_id, event.title, area=area))

    @on(LessonRequested)
    def _lesson_requested(self, event: LessonRequested) -> None:
        # Imported when a lesson is first opened: the reader and its parser are as heavy as all else together.
        from azora_tui.screens.lesson import LessonScreen

        page = event.page
        if page is not self.screen:
            return
        below = self.screen_stack[-2] if event.return_to_lesson else None
        if isinstance(below, LessonScreen):
            page.dismiss()
            below.go_to(event.lesson_id, event.at, event.find)
        else:
            self.push_screen(LessonScreen(event.lesson_id, event.title, area=page.AREA, at=event.at, find=event.find))

    def action_help(self) -> None:
        from azora_tui.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.screen), self._press)

    def _press(self, key: str | None) -> None:
        if key is not None:
            self.simulate_key(key)

    def action_search(self) -> None:
        from azora_tui.screens.search import SearchScreen

        page = self.screen
        if isinstance(page, SearchScreen):
            page.action_query()
        elif isinstance(page, Page):
            self.push_screen(SearchScreen(area=page.AREA, query=page.search_words))

    def action_notes(self) -> None:
        from azora_tui.screens.notes import NotesScreen

        page = self.screen
        if isinstance(page, Page) and not isinstance(page, NotesScreen):
            self.push_screen(NotesScreen(area=page.AREA, lesson=page.lesson_here))

    def action_import_course(self) -> None:
        from azora_tui.screens.import_course import ImportScreen

        claims = self.services.claims
        if claims is not None and claims.role == "learner":
            self.notify(
                "Courses are brought in by instructors and by the admin of this school. Ask one of them.", markup=False
            )
            return
        page = self.screen
        if isinstance(page, Page) and not isinstance(page, ImportScreen):
            self.push_screen(ImportScreen())

    def action_certificates(self) -> None:
        from azora_tui.screens.certificates import CertificatesScreen

        page = self.screen
        if isinstance(page, Page) and not isinstance(page, CertificatesScreen):
            self.push_screen(CertificatesScreen(area=page.AREA))

    def action_people(self) -> None:
        from azora_tui.screens.people_found import PeopleFoundScreen

        page = self.screen
        if isinstance(page, Page) and not isinstance(page, PeopleFoundScreen):
            self.push_screen(PeopleFoundScreen(area=page.AREA))

    def action_profile(self) -> None:
        from azora_tui.screens.own_profile import OwnProfileScreen

        page = self.screen
        if isinstance(page, Page) and not isinstance(page, OwnProfileScreen):
            self.push_screen(OwnProfileScreen(area=page.AREA))

    def action_connections(self) -> None:
        from azora_tui.screens.connections import ConnectionsScreen

        page = self.screen
        if isinstance(page, Page) and not isinstance(page, ConnectionsScreen):
            self.push_screen(ConnectionsScreen(area=page.AREA))

    def action_command_palette(self) -> None:
        from azora_tui.tui.palette import Palette

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette(id="--command-palette"))

    def action_account(self) -> None:
        from azora_tui.screens.account import AccountDialog

        # Pushed at once, not in a worker: a second key must already find the dialog on top.
        self.push_screen(AccountDialog(), self._account_action)

    async def _account_action(self, action: str | None) -> None:
        if action == "theme":
            self.action_change_theme()
        elif action:
            await self.run_action(action)

    def action_change_password(self) -> None:
        from azora_tui.screens.account import ChangePasswordDialog

        self.push_screen(ChangePasswordDialog(), self._password_changed)

    def _password_changed(self, changed: bool | None) -> None:
        if changed:
            self.notify("Your password is changed. Every other session of yours has ended.", markup=False)

    def action_about(self) -> None:
        from azora_tui.screens.account import AboutDialog

        self.push_screen(AboutDialog())

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        from azora_tui.tui.palette import commands

        return commands(self, screen)
