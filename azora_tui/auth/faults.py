"""All that is wrong with what somebody entered for a new account, at once."""

from functools import partial

from azora_tui.auth import fields, passwords
from azora_tui.errors import FieldError


def faults(*, name: str, email: str, password: str) -> list[FieldError]:
    """What `service.register` would refuse, a fault a field, but for an e-mail that somebody has already."""
    checks = (
        partial(fields.checked_name, name),
        partial(fields.checked_email, email),
        partial(passwords.check_new, password, field="password", name=name, email=email),
    )
    found = []
    for check in checks:
        try:
            check()
        except FieldError as error:
            found.append(error)
    return found
