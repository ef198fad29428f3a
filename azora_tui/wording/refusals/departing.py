"""Taking everything along, and leaving."""

SENTENCES: dict[str, str] = {
    "leaving_password_wrong": (
        "This is not the password of your account. Nothing was changed, and everything of yours is still there. "
        "Try it again."
    ),
    "last_admin_leaving": (
        "You are the only admin of this school, and there are others in it who cannot do without one. Nothing was "
        "changed. Make somebody else an admin first, with `azora-tui accounts role`."
    ),
    "leaving_not_confirmed": "You did not say that you are sure. Nothing was changed, and your account is as it was.",
    "leaving_not_finished": (
        "Your account is closed, but not everything of yours could be taken out of the files yet: {reason} The next "
        "start of azora-tui in this folder goes on with it."
    ),
    "archive_not_written": (
        "Your archive cannot be written to {path} ({reason}). Nothing else was changed. Choose another place."
    ),
}
