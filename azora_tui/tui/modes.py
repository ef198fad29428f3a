"""The page that each mode begins with, imported when it is first shown, so that the first one is there at once."""

from collections.abc import Callable
from typing import Any

from textual.screen import Screen


def _home() -> Screen[None]:
    from azora_tui.screens.home import HomeScreen

    return HomeScreen()


def _catalog() -> Screen[None]:
    from azora_tui.screens.catalog import CatalogScreen

    return CatalogScreen()


def _learning() -> Screen[None]:
    from azora_tui.screens.my_learning import MyLearningScreen

    return MyLearningScreen()


def _review() -> Screen[None]:
    from azora_tui.screens.review import ReviewScreen

    return ReviewScreen()


def _circles() -> Screen[None]:
    from azora_tui.screens.circles import CirclesScreen

    return CirclesScreen()


def _teach() -> Screen[None]:
    from azora_tui.screens.teach import TeachScreen

    return TeachScreen()


def _school() -> Screen[None]:
    from azora_tui.screens.school import SchoolScreen

    return SchoolScreen()


def _sign_in() -> Screen[bool]:
    from azora_tui.screens.sign_in import SignInScreen

    return SignInScreen()


def _register() -> Screen[None]:
    from azora_tui.screens.register import RegisterScreen

    return RegisterScreen()


PAGES: dict[str, Callable[[], Screen[Any]]] = {
    "home": _home,
    "catalog": _catalog,
    "learning": _learning,
    "review": _review,
    "circles": _circles,
    "teach": _teach,
    "school": _school,
    "sign_in": _sign_in,
    "register": _register,
}

STYLES = {
    "home": "../screens/home.tcss",
    "catalog": "../screens/catalog.tcss",
    "learning": "../screens/my_learning.tcss",
    "sign_in": "../screens/sign_in.tcss",
    "register": "../screens/register.tcss",
    "preview": "../screens/preview.tcss",
}
"""The stylesheet of each mode that an app may begin in."""
