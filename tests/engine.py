"""What tests ask of SQLite itself, in one place: the program asks only what `Transaction` offers."""

import apsw

from azora_tui.data.transaction import Transaction


def sqlite(transaction: Transaction) -> apsw.Connection:
    """The connection that a transaction is where the database is SQLite."""
    assert isinstance(transaction, apsw.Connection)
    return transaction
