"""Review cards as they are written in lessons."""

from textwrap import dedent

import pytest
from hypothesis import event, given, target
from hypothesis import strategies as st

from azora_tui.formats.cards import read_cards
from azora_tui.lms.bundled import SLUGS
from azora_tui.models.reviews import Flashcard

CARD = "::: {.card #root}\n::: front\nWhat is *ubu-*?\n:::\n::: back\nA prefix.\n\n- of classes\n:::\n:::\n"


def test_a_card() -> None:
    assert read_cards(f"Before.\n\n{CARD}\nAfter.\n") == (
        Flashcard("root", "What is *ubu-*?", "A prefix.\n\n- of classes"),
    )


def test_cards_stand_in_their_order_and_wherever_they_are() -> None:
    second = CARD.replace("root", "second")
    inside = "\n".join(["::: callout", *CARD.replace("root", "third").splitlines(), ":::"])
    listed = "- point\n\n" + "\n".join(f"  {line}" for line in CARD.replace("root", "fourth").splitlines())
    cards = read_cards("\n\n".join([CARD, second, inside, listed]))
    assert [card.id for card in cards] == ["root", "second", "third", "fourth"]
    assert {card.back for card in cards} == {"A prefix.\n\n- of classes"}


@pytest.mark.parametrize(
    "source",
    [
        "",
        "A card, and no div.",
        CARD.replace(" #root", ""),
        CARD.replace("::: front", "::: callout"),
        CARD.replace("::: back", "::: callout"),
        CARD.replace("What is *ubu-*?\n", ""),
        f"````\n{CARD}````\n",
        CARD.replace(".card", ".cards"),
    ],
)
def test_what_is_no_whole_card_is_none(source: str) -> None:
    assert read_cards(source) == ()


def test_of_two_with_one_id_the_first_counts() -> None:
    assert [card.back[:5] for card in read_cards(CARD + "\n" + CARD.replace("A prefix", "Other"))] == ["A pre"]


def test_a_card_without_its_last_fence_goes_to_the_end() -> None:
    (card,) = read_cards("::: {.card #a}\n::: front\nF\n:::\n::: back\nB\nC\n")
    assert (card.front, card.back) == ("F", "B\nC")


# Cards as docs/courses.md describes them, in everything that they may stand in.

SIDES = st.lists(
    st.sampled_from(
        ["What is *ubu-*?", "A prefix.\nOf classes.", "- one\n- two", "```\n:::\n```", "> said", "::: callout\nIn it.\n:::", "    code"]
    ),
    min_size=1,
    max_size=3,
).map("\n\n".join)  # fmt: skip


def div(opening: str, inside: str) -> list[str]:
    return [f"::: {opening}", *inside.split("\n"), ":::"]


@st.composite
def written_cards(draw: st.DrawFn) -> tuple[Flashcard | None, str]:
    """A card and how it is written; None for one of which a part is missing."""
    identifier = draw(st.sampled_from(["a", "b-2", "ä_c", "d", "e"]))
    front, back = draw(SIDES), draw(SIDES)
    missing = draw(st.sampled_from(["", "", "", "id", "front", "back", "words", "class"]))
    event(f"without {missing or 'nothing'}")
    sides = []
    if missing != "front":
        sides += div("front", "" if missing == "words" else front)
    if missing != "back":
        sides += div("{.back}", back)
    if draw(st.booleans()):
        sides = ["Beside.", "", *sides, "", "Beside."]
    if missing not in ("front", "words") and draw(st.booleans()):
        sides += div("front", "A second front, which counts for nothing.")
    name = ".cards" if missing == "class" else draw(st.sampled_from([".card", ".callout .card"]))
    opening = (
        f"{{{name}}}"
        if missing == "id"
        else draw(st.sampled_from([f"{{{name} #{identifier}}}", f"{{#{identifier} {name}}}"]))
    )
    lines = div(opening, "\n".join(sides))
    match draw(st.sampled_from(["top", "callout", "list", "quiz"])):
        case "callout":
            lines = [":::: callout", *lines, "::::"]
        case "list":
            lines = ["- point", "", *(f"  {line}".rstrip() for line in lines)]
        case "quiz":
            lines = ["::: quiz", *lines, ":::"]
    card = None if missing else Flashcard(identifier, dedent(front).strip(), dedent(back).strip())
    return card, "\n".join(lines)


@given(st.lists(written_cards(), min_size=1, max_size=4))
def test_what_is_written_is_what_is_read(written: list[tuple[Flashcard | None, str]]) -> None:
    expected: dict[str, Flashcard] = {}
    for card, _ in written:
        if card is not None:
            expected.setdefault(card.id, card)
    event(f"{len(expected)} cards")
    cards = read_cards("Before.\n\n" + "\n\nBetween.\n\n".join(text for _, text in written) + "\n")
    assert cards == tuple(expected.values())


PIECES = [
    "::: {.card #a}", "::: {.card #b}", "::: front", "::: back", ":::", "text", "", "- [x] a", "> q", "```", "  ::: card", "<!--", "-->", "    :::",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=10), max_size=25).map("\n".join))
def test_whatever_follows_a_card_each_has_an_id_and_two_sides(after: str) -> None:
    source = f"{CARD}\n{after}"
    cards = read_cards(source)
    target(len(cards))
    event(f"{len(cards)} cards")
    assert cards[0] == Flashcard("root", "What is *ubu-*?", "A prefix.\n\n- of classes")
    assert len({card.id for card in cards}) == len(cards)
    for card in cards:
        assert f"#{card.id}" in source
        assert card.front.strip()
        assert card.back.strip()


@pytest.mark.parametrize("slug", SLUGS)
def test_every_bundled_lesson_has_cards_and_a_quiz(slug: str) -> None:
    from importlib.resources import files

    from azora_tui.formats.course import read_course
    from azora_tui.formats.quiz import read_quiz

    for lesson in read_course(files("azora_tui") / "courses" / slug).lessons:
        cards = read_cards(lesson.content)
        assert len(cards) >= 3, lesson.id
        assert len({card.front for card in cards}) == len(cards)
        assert lesson.content.count("{.card ") == len(cards)
        quiz = read_quiz(lesson.content)
        assert quiz is not None, lesson.id
        assert len(quiz.questions) >= 3, lesson.id
