"""Circles and their boards, without the app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azora_tui.commands import output
from azora_tui.commands.context import learner
from azora_tui.commands.posted import posted_text
from azora_tui.lms import catalog
from azora_tui.lms.together import boards, circles
from azora_tui.wording.circles import (
    NO_CIRCLES,
    NO_POSTS,
    goal_words,
    made_words,
    member_words,
    people_words,
    spoken,
    there_words,
    week_words,
    written_by,
)
from azora_tui.wording.dates import since
from azora_tui.wording.wisdom import own_hidden_words

if TYPE_CHECKING:
    from azora_tui.commands.context import CommandContext
    from azora_tui.commands.options import (
        ChangeCircleOptions,
        CircleInviteOptions,
        CirclePostIdOptions,
        CirclePostOptions,
        CircleProgressOptions,
        CircleReplyOptions,
        CircleThereOptions,
        JoinCircleOptions,
        JsonOptions,
        LeaveCircleOptions,
        MakeCircleOptions,
        ReportPostOptions,
        ShowCircleOptions,
    )
    from azora_tui.models.circles import Board, Circle, Post
    from azora_tui.wire.answers import Json


def mine(context: CommandContext, options: JsonOptions) -> None:
    found = circles.mine(context.lms, learner(context))
    if options.json:
        from azora_tui.wire import circles as wire

        _say([wire.circle(each) for each in found])
        return
    if not found:
        output.say_wrapped(NO_CIRCLES)
        output.say_wrapped("`azora-tui circle make COURSE NAME` makes one, `azora-tui circle join WORD` lets you in.")
        return
    today = context.lms.today()
    rows = [
        (
            str(each.id),
            f"{output.one_line(each.name)}\n{people_words(each)}, {there_words(each)}\n"
            f"{output.one_line(goal_words(each, today))}\n{output.one_line(each.course_title)}",
        )
        for each in found
    ]
    output.say("\n".join(output.table(rows, output.width())))
    output.say()
    output.say_wrapped("`azora-tui circle show ID`, with the number on the left, shows one.")


def make(context: CommandContext, options: MakeCircleOptions) -> None:
    claims = learner(context)
    course_id = catalog.find(context.lms, claims, output.one_line(options.course))
    made = circles.make(context.lms, claims, course_id, name=options.name, goal=options.goal, until=options.until)
    if not _said_as_json(options, made):
        output.say_wrapped(f"Made: {made.name}, circle {made.id}. {made_words(made.word)}")
        output.say_wrapped("They join with `azora-tui circle join WORD`, once they are in the course.")


def show(context: CommandContext, options: ShowCircleOptions) -> None:
    claims = learner(context)
    page = circles.circle(context.lms, claims, options.id)
    size = boards.PAGE
    board = boards.page(context.lms, claims, options.id, offset=(options.page - 1) * size, limit=size)
    if options.json:
        from azora_tui.wire import circles as wire

        _say(wire.circle_page(page, board))
    else:
        circle = page.circle
        output.say_wrapped(f"{circle.name}, around {circle.course_title}")
        output.say_wrapped(goal_words(circle, context.lms.today()))
        output.say_wrapped(f"{people_words(circle)}, {there_words(circle)}")
        output.say_wrapped(", ".join(member_words(each, context.glyphs.done) for each in page.members))
        output.say_wrapped(week_words(page.week))
        _say_board(context, board, options)
    boards.mark_seen(context.lms, claims, options.id)


def invite(context: CommandContext, options: CircleInviteOptions) -> None:
    word = circles.invitation(context.lms, learner(context), options.id, renew=options.renew)
    if options.json:
        _say({"word": word})
    else:
        output.say_wrapped(f"{word} (read out loud: {spoken(word)})")
        output.say_wrapped("Who is in the course joins with `azora-tui circle join WORD`.")


def join(context: CommandContext, options: JoinCircleOptions) -> None:
    joined = circles.join(context.lms, learner(context), " ".join(options.word))
    if not _said_as_json(options, joined):
        output.say_wrapped(f"You are in {joined.name}: {people_words(joined)}.")
        output.say_wrapped(f"`azora-tui circle show {joined.id}` shows who is there, and the board.")


def leave(context: CommandContext, options: LeaveCircleOptions) -> None:
    gone = circles.leave(context.lms, learner(context), options.id, keep_posts=options.keep_posts)
    if options.json:
        _say({"id": options.id, "circle_gone": gone, "posts_kept": options.keep_posts and not gone})
    elif gone:
        output.say_wrapped("You left. Nobody else was in it, so the circle is gone, and all that was written in it.")
    elif options.keep_posts:
        output.say_wrapped("You left. What you wrote there stays under your name, and nothing else of you.")
    else:
        output.say_wrapped("You left. What you wrote there is deleted, and nothing of you is left in it.")


def post(context: CommandContext, options: CirclePostOptions) -> None:
    posted = boards.post(context.lms, learner(context), options.id, posted_text(options.text))
    _say_post(options, posted, "Posted. Everybody in the circle can read it.")


def reply(context: CommandContext, options: CircleReplyOptions) -> None:
    posted = boards.reply(context.lms, learner(context), options.post, posted_text(options.text))
    _say_post(options, posted, "Replied. Everybody in the circle can read it.")


def edit(context: CommandContext, options: CircleReplyOptions) -> None:
    changed = boards.change(context.lms, learner(context), options.post, posted_text(options.text))
    _say_post(options, changed, "Changed. What stood there before is kept nowhere.")


def delete(context: CommandContext, options: CirclePostIdOptions) -> None:
    boards.delete(context.lms, learner(context), options.post)
    if options.json:
        _say({"id": options.post})
    else:
        output.say_wrapped("Deleted. Replies of others stay, under a post that was taken back.")


def report(context: CommandContext, options: ReportPostOptions) -> None:
    from azora_tui.lms.together import reporting

    reporting.report_post(context.lms, learner(context), options.post, options.reason)
    if options.json:
        _say({"id": options.post})
    else:
        output.say_wrapped("Reported to who teaches the course of this circle. It is not said who you are.")


def change(context: CommandContext, options: ChangeCircleOptions) -> None:
    changed = circles.change(
        context.lms, learner(context), options.id, name=options.name, goal=options.goal, until=options.until
    )
    if not _said_as_json(options, changed):
        output.say_wrapped(f"{changed.name}: {goal_words(changed, context.lms.today())}.")


def progress(context: CommandContext, options: CircleProgressOptions) -> None:
    shown = options.shown == "show"
    circles.show_progress(context.lms, learner(context), options.id, shown)
    if options.json:
        _say({"id": options.id, "shown": shown})
    elif shown:
        output.say_wrapped("The circle sees how far you are in its course. `hide` in place of `show` takes it back.")
    else:
        output.say_wrapped("The circle no longer sees how far you are.")


def there(context: CommandContext, options: CircleThereOptions) -> None:
    circles.say_there(context.lms, learner(context), options.id, not options.not_yet)
    if options.json:
        _say({"id": options.id, "there": not options.not_yet})
    else:
        output.say_wrapped("Taken back." if options.not_yet else "You are there. The circle sees it.")


def _say_board(context: CommandContext, board: Board, options: ShowCircleOptions) -> None:
    if not board.threads:
        output.say()
        more = f" `azora-tui circle post {options.id}` does." if not board.total else ""
        output.say_wrapped(f"{NO_POSTS if not board.total else 'There is no more.'}{more}")
        return
    for thread in board.threads:
        output.say()
        _say_words(context, thread.post)
        for each in thread.replies:
            _say_words(context, each, indent="    ")
    last = board.offset + len(board.threads)
    if last < board.total:
        output.say()
        output.say_wrapped(f"`azora-tui circle show {options.id} --page {options.page + 1}` shows older ones.")
    output.say()
    output.say_wrapped("`azora-tui circle reply POST`, with the number before a name, answers one.")


def _say_words(context: CommandContext, post: Post, indent: str = "") -> None:
    """Who wrote it and when, and their words as a quotation."""
    from azora_tui.commands.lesson_text import lesson_text  # only what is there to be read needs a parser

    changed = ", changed" if post.changed_at else ""
    when = "" if post.is_empty else f", {since(post.at, context.lms.now())}{changed}"
    output.say(
        "\n".join(output.table([(f"{indent}{post.id}", f"{output.one_line(written_by(post))}{when}")], output.width()))
    )
    if not post.is_empty:
        bar = f"{indent}│ "
        output.say("\n".join(bar + line for line in lesson_text(post.text, output.width() - len(bar)).split("\n")))
    if post.hidden_reason:
        output.say_wrapped(own_hidden_words(post.hidden_reason))


def _say_post(options: JsonOptions, posted: Post, sentence: str) -> None:
    if options.json:
        from azora_tui.wire import circles as wire

        _say(wire.post(posted))
    else:
        output.say_wrapped(f"{sentence} Its number is {posted.id}.")


def _said_as_json(options: JsonOptions, circle: Circle) -> bool:
    if options.json:
        from azora_tui.wire import circles as wire

        _say(wire.circle(circle))
    return options.json


def _say(data: Json | list[Json]) -> None:
    from azora_tui.wire.answers import success

    output.say_json(success(data))
