"""What can be typed to take everything along, and to leave. Nothing here does anything."""

from azora_tui.commands.parsing import Commands, add_force, add_password_stdin


def export_me(inner: Commands) -> None:
    me = inner.add("me", "Write everything that the school holds of you into one archive, in open formats.")
    me.add_argument("file", metavar="FILE", help="where to, such as me.zip")
    add_force(me)


def account(commands: Commands) -> None:
    what = "Delete your account, and what you wrote, for good (`account delete`)."
    inner = commands.within(commands.add("account", what), "account")
    delete = inner.add("delete", "Delete your account for good; it says before what goes and what stays.", json=True)
    delete.add_argument("--yes", action="store_true", help="you are sure; asked for at a terminal")
    add_password_stdin(delete)
