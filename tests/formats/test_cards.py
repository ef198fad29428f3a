"""Review cards as they are written in lessons."""

import pytest
from hypothesis import given
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


PIECES = ["::: {.card #a}", "::: front", "::: back", ":::", "text", "", "- [x] a", "> q", "```", "  ::: card", "<!--", "    :::"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=10), max_size=25).map("\n".join))
def test_nothing_at_all_makes_it_fail(source: str) -> None:
    for card in read_cards(source):
        assert card.id
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
