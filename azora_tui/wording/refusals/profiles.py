"""Profiles, connections and blocks."""

SENTENCES: dict[str, str] = {
    "profile_too_long": (
        "This has {length:,} characters, and {maximum:,} is the most. Your profile is as it was. Make it shorter."
    ),
    "connection_missing": (
        "There is nothing of the kind between you and this person, or it was taken back. Nothing was changed."
        " `azora-tui connect` lists how you stand with whom."
    ),
    "connection_asked_already": (
        "You have asked this person before, and they have not answered. Nothing was sent again. Take it back first if"
        " you want to ask in other words."
    ),
    "connected_already": "You are connected with this person already. Nothing was sent.",
    "connected_meanwhile": (
        "You are connected with this person, so there is nothing left to decline or take back. Nothing was changed."
        " End the connection if you do not want it."
    ),
    "own_person": "This is you. Nothing was changed. Take the number of somebody else; `azora-tui people` lists them.",
    "block_missing": (
        "You have blocked nobody of that number. Nothing was changed. `azora-tui blocks` lists whom you have."
    ),
}
