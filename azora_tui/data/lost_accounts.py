"""A school whose accounts are gone."""

from azora_tui.data import originals, schema
from azora_tui.data.database import open_database
from azora_tui.data.transaction import value
from azora_tui.errors import StorageError
from azora_tui.paths import Paths


def refuse_lost_accounts(paths: Paths) -> None:
    """Raise `StorageError` where azora.db is missing though lms.db holds what people have done.

    The first to make an account there would be taken for somebody else, and be given their work.
    """
    if paths.auth_database.exists() or not paths.lms_database.exists() or originals.pending(paths):
        return  # databases of the original services, taken over only in part, bring their accounts yet
    database = open_database(paths.lms_database, schema.LMS)
    try:
        with database.read() as transaction:
            holds_work = value(transaction, "SELECT 1 FROM enrollments LIMIT 1") is not None
    finally:
        database.close()
    if holds_work:
        raise StorageError(
            "accounts_lost",
            accounts=paths.auth_database,
            courses=paths.lms_database.name,
            accounts_name=paths.auth_database.name,
        )
