"""People as they are named to each other."""

from azora_tui.models.together import Author

GONE = "somebody who has left"
NAMELESS = "a learner"
MYSELF = "you"


def author_name(author: Author) -> str:
    if author.mine:
        return MYSELF
    if author.gone:
        return GONE
    return author.name or NAMELESS
