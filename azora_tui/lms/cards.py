"""What the lessons of a course hold to be asked in the review: the questions of their quizzes, and their cards."""

from azora_tui.data import courses, reviews, searching
from azora_tui.data.transaction import Transaction


def refresh(transaction: Transaction, course_id: int) -> None:
    """Let be asked what a course's published lessons hold now, and nothing that they no longer hold, nor of a draft.

    To be called in the transaction that changed any text of them, or their being published.
    """
    reviews.forget_cards(transaction, course_id)
    course = courses.course_by_id(transaction, course_id)
    if course is None or not course.is_live:
        return
    for lesson_id, _, content in searching.lessons_to_index(transaction, course_id):
        if ":::" not in content:
            continue
        # The parser is heavy, and most of the school does without it.
        from azora_tui.formats.cards import read_cards
        from azora_tui.formats.quiz import read_quiz

        quiz = read_quiz(content)
        questions = quiz.questions if quiz else ()
        for place, question in enumerate(questions):
            reviews.put_card(transaction, lesson_id, question, order_index=place)
        for place, card in enumerate(read_cards(content), start=len(questions)):
            words = f"{_words(card.front)}\n{_words(card.back)}"
            reviews.put_card(transaction, lesson_id, card, order_index=place, words=words)


def _words(source: str) -> str:
    """A side of a card as one line of plain words."""
    from azora_tui.formats.paragraphs import read_paragraphs

    return " ".join(paragraph.text for paragraph in read_paragraphs(source))
