"""The same schools as in the tests of the screens."""

from tests.screens.conftest import auth, library, make_services, no_bundle, sign_up, still

__all__ = ["auth", "library", "make_services", "no_bundle", "sign_up", "still"]
