"""Files, databases, disks."""

SENTENCES: dict[str, str] = {
    "database_replaced": (
        "{path} was moved, deleted or replaced while azora-tui had it open. Nothing was changed. Put it back "
        "where it was, or end azora-tui and start it again."
    ),
    "database_busy": (
        "Another program has kept {name} busy for {seconds} seconds. This step was not saved; everything "
        "before it was. Try again in a moment."
    ),
    "disk_full": "The disk is full. This step was not saved; everything before it was. Free some space and try again.",
    "database_damaged": (
        "{path} is damaged. It was left as it is. Keep a copy of it, then bring back your latest backup."
    ),
    "database_not_writable": (
        "{path} cannot be opened for writing. Nothing was changed. Check that the folder belongs to you and "
        "is not read-only, or choose another with AZORA_HOME."
    ),
    "disk_failed": (
        "The disk did not take or give the data of {name}. This step was not saved; everything before it was."
        " Check the disk and its free space, then try again."
    ),
    "read_not_begun": "This was stopped before it began.",
    "read_stopped": "This was stopped.",
    "database_unsafe_here": (
        "{path} cannot be opened safely here ({name} is {actual}, not {value}). Nothing was changed. Some "
        "network drives do not support it: choose a local folder with AZORA_HOME."
    ),
    "original_of_another_service": (
        "{path} comes from another service that called its file azora.db, too: its accounts have texts for "
        "ids, and what belongs to them is not what the original Auth Service kept. It was left as it is. Take"
        " the folder in which the original Auth Service ran; where the file is in the way of a school of your"
        " own, move it elsewhere."
    ),
    "original_is_ours": (
        "{path} is a database of azora-tui already, so there is nothing to adopt. It was left as it is. Open "
        "its folder with AZORA_HOME."
    ),
    "original_of_another_program": (
        "{path} is a database of another program, not of the original Azora services: its table {table} is "
        "missing or another. It was left as it is. Take the folder in which the original services ran; where "
        "the file is in the way of a school of your own, move it elsewhere."
    ),
    "accounts_lost": (
        "{accounts} is missing, and with it everybody's account; what they have learnt is still in {courses}."
        " Nothing was changed. Bring {accounts_name} back from a backup. To begin a new school instead, "
        "choose another folder with AZORA_HOME, or move all that is in this one away."
    ),
    "original_never_still": (
        "{path} is being written to all the time. Nothing was changed. End the program that uses it, then try again."
    ),
    "original_unreadable": (
        "{path} cannot be read ({reason}). Nothing was changed. Check that it is there and yours to read."
    ),
    "database_empty": (
        "{path} is empty, so the {holds} that belong in it are not there. It was left as it is. Bring back a "
        "backup, or, if there is nothing to keep, delete the file and start again."
    ),
    "not_a_database": (
        "{path} is not a database, or its beginning is damaged. It was left as it is. Move it away, or bring "
        "back a backup of yours, and start again."
    ),
    "database_of_another_program": (
        "{path} is a database of another program, or of the original Azora services. It was left as it is. "
        "`azora-tui adopt` takes over what those services kept. Otherwise move it away, or choose another "
        "folder with AZORA_HOME."
    ),
    "database_newer": (
        "{path} was written by a newer azora-tui (version {version} of the file; this program knows "
        "{newest}). It was left as it is. Update azora-tui, then open it again."
    ),
    "database_altered": (
        "{path} is not as azora-tui made it ({problem}). Something else has changed its tables. It was left as it is. "
        "Bring back your latest backup."
    ),
    "database_version_impossible": (
        "{path} says that it has version {version}, which no azora-tui ever wrote. It was left as it is. Bring back "
        "your latest backup."
    ),
    "original_rows_without_id": (
        "{path} cannot be taken over: in its table {table} a row has no whole number for its id, or two have the same. "
        "Nothing was changed. Mend these rows, then try again."
    ),
    "original_not_read": (
        "{path} cannot be read as a database of the original Azora services ({problem}). It was left as it is. Take "
        "the folder in which the original services ran."
    ),
    "clock_wrong": (
        "This computer's clock says that it is the year {year}. Nothing was changed. Set the clock right, then try "
        "again."
    ),
    "migration_failed": (
        "{path} could not be brought up to date for this azora-tui ({problem}). It is as it was before. A "
        "copy of it is {backup}. Go back to the version you had, and tell us what you read here."
    ),
    "database_not_opened": (
        "{path} cannot be opened or created ({reason}). Nothing was changed. Check that the folder is yours "
        "and has room, or choose another with AZORA_HOME."
    ),
    "preparation_busy": (
        "Another azora-tui has been preparing {folder} for {seconds:.0f} seconds. Nothing was changed. Let it"
        " finish, or end it, then start again."
    ),
    "home_closed": (
        "The folder {folder} cannot be looked into: it belongs to somebody else, or its permissions shut you "
        "out. Nothing was changed. Ask whose it is, or choose another place by setting AZORA_HOME."
    ),
    "home_not_text": (
        "The name of the folder in AZORA_HOME is not UTF-8 text, so no database can be opened there. Nothing "
        "was changed. Choose another place."
    ),
    "home_not_made": (
        "The folder {folder} cannot be created ({reason}). Nothing was changed. Choose another place by "
        "setting AZORA_HOME."
    ),
}
