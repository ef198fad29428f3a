"""What is said of the people of a school."""


def with_article(role: str) -> str:
    """A role as what somebody is: "an instructor"."""
    return f"{'an' if role[:1] in 'aeiou' else 'a'} {role}"
