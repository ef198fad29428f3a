"""The review, card by card, at a terminal or from lines of standard input."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from azora_tui.commands import asking, output
from azora_tui.commands.context import learner
from azora_tui.commands.prompts import at_terminal
from azora_tui.errors import NotFoundError, RefusedError
from azora_tui.lms import review as service
from azora_tui.models.quizzes import Question
from azora_tui.models.reviews import Flashcard, Rated, Rating, ReviewCard
from azora_tui.wire import reviews as review_wire
from azora_tui.wire.answers import success
from azora_tui.wording.dates import interval, short_day, until
from azora_tui.wording.numbers import counted
from azora_tui.wording.reviews import forecast_words, session_words

if TYPE_CHECKING:
    from azora_tui.commands.context import CommandContext
    from azora_tui.commands.options import ReviewOptions
    from azora_tui.models.accounts import Claims
    from azora_tui.models.reviews import ReviewSession

_Kept = list[tuple[ReviewCard, Rated]]


def review(context: CommandContext, options: ReviewOptions) -> None:
    claims = learner(context)
    if options.undo:
        undone = service.undo(context.lms, claims)
        if options.json:
            output.say_json(success({"undone": undone.rating.value, "id": undone.card.key}))
        else:
            output.say_wrapped(f"Your last rating, {undone.rating.word}, is undone. The card is as it was before.")
    elif options.forecast:
        _forecast(context, claims, json=options.json)
    elif options.json:
        _as_json(context, claims)
    else:
        _session(context, claims)


def _forecast(context: CommandContext, claims: Claims, *, json: bool) -> None:
    session = service.session(context.lms, claims)
    if json:
        output.say_json(success(review_wire.forecast(session.forecast)))
        return
    rows = [(short_day(each.day), counted(each.count, "card")) for each in session.forecast]
    output.say("\n".join(output.table(rows, output.width())))
    output.say()
    output.say_wrapped(forecast_words(session.forecast))
    _say_waiting(context, session)


def _as_json(context: CommandContext, claims: Claims) -> None:
    """Each line of standard input answers or rates the next card; without any, only what waits is told."""
    kept: _Kept = []
    line = None if at_terminal() else asking.next_line()
    if line is not None:
        for number, card in enumerate(service.session(context.lms, claims).cards, 1):
            try:
                rating, line = _rating_in(context, claims, card, line)
            except RefusedError as error:
                raise RefusedError("card_refused", number=number, problem=str(error)) from error
            if rating is None:
                break
            kept.append((card, service.rate(context.lms, claims, card, rating)))
    output.say_json(success(review_wire.session(service.session(context.lms, claims), kept)))


def _rating_in(
    context: CommandContext, claims: Claims, card: ReviewCard, line: str | None
) -> tuple[Rating | None, str | None]:
    """The rating that the next lines give a card, None at their end; and the line after them."""
    hint_used = False
    question = card.content if isinstance(card.content, Question) else None
    while line is not None and question is not None and asking.asks_for_hint(question, line, hint_used):
        hint_used, line = True, asking.next_line()
    if line is None:
        return None, None
    if question is None:
        return _rating(line), asking.next_line()
    graded = service.graded(context.lms, claims, question, asking.given(question, line), hint_used=hint_used)
    return graded.rating, asking.next_line()


def _session(context: CommandContext, claims: Claims) -> None:
    session = service.session(context.lms, claims)
    kept: _Kept = []
    if session.cards:
        output.say_wrapped(session_words(session))
    for number, card in enumerate(session.cards, 1):
        output.say_wrapped(f"Card {number} of {len(session.cards)}: {card.lesson_title}, in {card.course_title}.")
        rating = _rating_of(context, claims, card)
        if rating is None:
            break
        try:
            rated = service.rate(context.lms, claims, card, rating)
        except (NotFoundError, RefusedError) as error:
            output.say_wrapped(str(error))
            continue
        finally:
            output.say()
        kept.append((card, rated))
    if session.cards:
        session = service.session(context.lms, claims)
    _say_end(context, session, kept)


def _rating_of(context: CommandContext, claims: Claims, card: ReviewCard) -> Rating | None:
    """How well a person knew a card; None at the end of their input."""
    content = card.content
    if isinstance(content, Flashcard):
        asking.say_markdown(content.front)
        if at_terminal() and asking.ask_line("Enter shows the back: ") is None:
            return None
        output.say()
        asking.say_markdown(content.back)
        return _ask_rating(card, proposed=None)
    asking.say_question(content)
    graded = asking.ask_answer(
        content,
        lambda line, hint_used: service.graded(
            context.lms, claims, content, asking.given(content, line), hint_used=hint_used
        ),
    )
    if graded is None:
        return None
    asking.say_answer(content, graded.answer, context.glyphs)
    return _ask_rating(card, proposed=graded.rating) if at_terminal() else graded.rating


def _ask_rating(card: ReviewCard, *, proposed: Rating | None) -> Rating | None:
    """One of the four ratings, by its number or its word; enter alone keeps the one that is proposed."""
    ways = ", ".join(
        f"{rating.value} {rating.word} ({interval(length)})"
        for rating, length in zip(Rating, card.intervals, strict=True)
    )
    if at_terminal():
        output.say_wrapped(f"How well did you know it? {ways}.")
    prompt = f"1 to 4, or enter for {proposed.word}: " if proposed else "1 to 4: "
    while True:
        line = asking.ask_line(prompt)
        if line is None:
            return None
        if proposed is not None and not line.strip():
            return proposed
        try:
            return _rating(line)
        except RefusedError as error:
            if not at_terminal():
                raise
            output.complain(str(error))


def _rating(line: str) -> Rating:
    word = line.strip().casefold()
    for rating in Rating:
        if word in (str(rating.value), rating.word):
            return rating
    raise RefusedError("rating_needed")


def _say_end(context: CommandContext, session: ReviewSession, kept: _Kept) -> None:
    if kept:
        times = Counter(rated.rating for _, rated in kept)
        said = ", ".join(f"{rating.word} {times[rating]}" for rating in Rating if times[rating])
        output.say_wrapped(f"{context.glyphs.done} {counted(len(kept), 'card')} reviewed: {said}.")
    counts = session.counts
    if not kept and not session.cards and session.next_due is None:
        output.say_wrapped(
            "Nothing to review yet. What you answer in a quiz comes back here, and so do the cards of each lesson that "
            "you complete."
        )
        return
    _say_waiting(context, session)
    if kept:
        output.say_wrapped("`azora-tui review --undo` takes the last rating back.")
    if counts.due or counts.new:
        output.say_wrapped("The same command goes on.")


def _say_waiting(context: CommandContext, session: ReviewSession) -> None:
    counts = session.counts
    waiting = [f"{counts.due:,} due" if counts.due else "", f"{counts.new:,} new" if counts.new else ""]
    if any(waiting):
        output.say_wrapped(f"Waiting now: {' and '.join(each for each in waiting if each)}.")
    elif session.next_due is not None:
        output.say_wrapped(f"Nothing is due. The next comes back {until(session.next_due, context.lms.now())}.")
