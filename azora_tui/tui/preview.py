"""The app over one course's folder: no account, no school, no database."""

import gc
from pathlib import Path
from typing import Any, ClassVar

from textual import work
from textual.screen import Screen

from azora_tui.paths import Paths
from azora_tui.services import Services
from azora_tui.settings import Settings, load_settings
from azora_tui.tui.app import AzoraApp


class PreviewApp(AzoraApp):
    """Themes, keys, help and palette of the app, and one page."""

    MODES: ClassVar[dict[str, Any]] = {}

    def __init__(self, folder: Path, services: Services, settings: Settings, *, ascii_only: bool = False) -> None:
        """`services` is asked for nothing but its threads."""
        super().__init__(services, settings, ascii_only=ascii_only, first="preview")
        self._folder = folder
        self.add_mode("preview", self._page)

    def _page(self) -> Screen[None]:
        from azora_tui.screens.preview import PreviewScreen

        return PreviewScreen(self._folder)

    @work(group="aside-warm")
    async def _warm(self) -> None:
        gc.freeze()
        gc.enable()


def run(paths: Paths, folder: Path, *, ascii_only: bool = False) -> int:
    """Open the preview; returns the exit status. A person's own settings hold here, too."""
    services = Services(paths)
    app = PreviewApp(folder, services, load_settings(paths.settings), ascii_only=ascii_only)
    try:
        app.run()
    finally:
        services.close()
    return app.return_code or 0
