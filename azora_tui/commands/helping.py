"""Help for who is stuck: asking, and answering."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azora_tui.commands import output
from azora_tui.commands.context import learner
from azora_tui.commands.posted import posted_text
from azora_tui.lms import catalog, reading
from azora_tui.lms.together import helping
from azora_tui.wording import helping as wording
from azora_tui.wording.dates import since
from azora_tui.wording.news import first_words
from azora_tui.wording.together import author_name
from azora_tui.wording.wisdom import own_hidden_words

if TYPE_CHECKING:
    from azora_tui.commands.context import CommandContext
    from azora_tui.commands.options import (
        AskForHelpOptions,
        ChangeReplyOptions,
        GiveReplyOptions,
        HelpReplyOptions,
        HelpRequestOptions,
        JsonOptions,
        OwnReplyOptions,
        ReportHelpOptions,
    )
    from azora_tui.models.accounts import Claims
    from azora_tui.models.helping import HelpReply, HelpRequest, HelpThread

_FIRST_WORDS = 60


def wanted(context: CommandContext, options: JsonOptions) -> None:
    found, number = helping.wanted(context.lms, learner(context))
    if options.json:
        _say_requests(found)
    elif not found:
        output.say_wrapped(wording.NOTHING_WANTED)
    else:
        _list(context, found, number)
        output.say()
        output.say_wrapped("`azora-tui help-wanted show ID` shows one, `azora-tui help-wanted reply ID` answers it.")


def mine(context: CommandContext, options: JsonOptions) -> None:
    found, number = helping.mine(context.lms, learner(context))
    if options.json:
        _say_requests(found)
    elif not found:
        output.say_wrapped(f"{wording.NOTHING_ASKED} `azora-tui help-wanted ask COURSE LESSON` does.")
    else:
        _list(context, found, number)


def show(context: CommandContext, options: HelpRequestOptions) -> None:
    _show(context, learner(context), options.request, json=options.json)


def ask(context: CommandContext, options: AskForHelpOptions) -> None:
    claims = learner(context)
    detail = catalog.detail(context.lms, claims, output.one_line(options.id))
    lesson = reading.lesson_by_word(detail.lessons, output.one_line(options.lesson))
    question_id = None
    if options.question is not None:
        question_id = _question(context, claims, lesson.id, output.one_line(options.question))
    asked = helping.ask(context.lms, claims, lesson.id, posted_text(options.text), question_id=question_id)
    if options.json:
        from azora_tui.wire import helping as wire
        from azora_tui.wire.answers import success

        output.say_json(success(wire.asked(asked)))
        return
    output.say_wrapped(wording.reached(asked.reached))
    output.say_wrapped(f"`azora-tui help-wanted show {asked.id}` shows it with its answers.")


def reply(context: CommandContext, options: HelpReplyOptions) -> None:
    claims = learner(context)
    helping.reply(context.lms, claims, options.request, posted_text(options.text))
    if options.json:
        _show(context, claims, options.request, json=True)
    else:
        output.say_wrapped("Said. `azora-tui help-wanted show` with the same number shows all of it.")


def change(context: CommandContext, options: ChangeReplyOptions) -> None:
    helping.change_reply(context.lms, learner(context), options.reply, posted_text(options.text))
    _say_done("Changed.", json=options.json)


def delete(context: CommandContext, options: OwnReplyOptions) -> None:
    helping.delete_reply(context.lms, learner(context), options.reply)
    _say_done("Deleted. Its words are gone.", json=options.json)


def settle(context: CommandContext, options: HelpRequestOptions) -> None:
    helping.settle(context.lms, learner(context), options.request)
    _say_done("Settled. Say something more to it, and it is open again.", json=options.json)


def give(context: CommandContext, options: GiveReplyOptions) -> None:
    from azora_tui.lms.together import giving
    from azora_tui.models.wisdom import WisdomKind

    kind = WisdomKind(options.kind)
    piece = giving.give(context.lms, learner(context), options.request, options.reply, kind=kind)
    if options.json:
        from azora_tui.wire.answers import success

        output.say_json(success({"wisdom": piece}))
    else:
        output.say_wrapped("Given. It stands at the lesson now, for those who come after, and is its author's.")


def report(context: CommandContext, options: ReportHelpOptions) -> None:
    from azora_tui.lms.together import reporting

    claims = learner(context)
    if options.answer is None:
        reporting.report_question(context.lms, claims, options.request, options.reason)
    else:
        reporting.report_reply(context.lms, claims, options.request, options.answer, options.reason)
    _say_done("Reported to who teaches this course. It is not said who you are.", json=options.json)


def take_back(context: CommandContext, options: HelpRequestOptions) -> None:
    helping.take_back(context.lms, learner(context), options.request)
    _say_done("Taken back. Your question and what was said to it are gone.", json=options.json)


def _say_done(sentence: str, *, json: bool) -> None:
    if json:
        output.say_json({"success": True, "message": sentence})
    else:
        output.say_wrapped(sentence)


def _say_requests(found: tuple[HelpRequest, ...]) -> None:
    from azora_tui.wire import helping as wire
    from azora_tui.wire.answers import success

    output.say_json(success([wire.request(each) for each in found]))


def _list(context: CommandContext, found: tuple[HelpRequest, ...], number: int) -> None:
    now = context.lms.now()
    rows = [
        (
            str(each.id),
            since(each.asked_at, now),
            f"{first_words(each.text, _FIRST_WORDS)}\n{output.one_line(each.course_title)},"
            f" {output.one_line(each.lesson_title)}: {wording.state(each)}",
        )
        for each in found
    ]
    output.say("\n".join(output.table(rows, output.width())))
    if len(found) < number:
        output.say_wrapped(f"These are {len(found):,} of {number:,}.")


def _show(context: CommandContext, claims: Claims, request_id: int, *, json: bool) -> None:
    thread = helping.request(context.lms, claims, request_id)
    if json:
        from azora_tui.wire import helping as wire
        from azora_tui.wire.answers import success

        output.say_json(success(wire.thread(thread)))
    else:
        _say_thread(context, thread)


def _say_thread(context: CommandContext, thread: HelpThread) -> None:
    from azora_tui.commands.lesson_text import lesson_text  # only what is there to be read needs a parser

    request, now = thread.request, context.lms.now()
    settled = ", settled" if request.settled_at is not None else ""
    output.say_wrapped(f"{request.course_title}, {request.lesson_title}, {wording.place(request)}{settled}")
    if request.quote:
        output.say("\n".join(f"> {line}" for line in _wrapped(request.quote)))
    if request.quote and thread.position is None:
        output.say_wrapped(wording.GONE)
    output.say()
    output.say_wrapped(f"{_asker(request)} asked, {since(request.asked_at, now)}:")
    output.say(lesson_text(request.text, output.width()))
    if request.hidden_reason:
        output.say_wrapped(own_hidden_words(request.hidden_reason))
    for said in thread.replies:
        output.say()
        output.say_wrapped(f"{_author(said)}, {since(said.at, now)}{', changed since' if said.changed_at else ''}:")
        output.say(lesson_text(said.text, output.width()))
        if said.hidden_reason:
            output.say_wrapped(own_hidden_words(said.hidden_reason))
    if sentence := wording.waiting_sentence(thread):
        output.say()
        output.say_wrapped(sentence)
    output.say()
    more = ""
    if request.asker.mine and request.settled_at is None and thread.replies:
        more = f" `azora-tui help-wanted settle {request.id}` says that it is answered."
    output.say_wrapped(f"`azora-tui help-wanted reply {request.id}` says something to it.{more}")


def _wrapped(text: str) -> list[str]:
    from azora_tui.text import wrap

    return wrap(output.one_line(text), output.width() - 2)


def _asker(request: HelpRequest) -> str:
    name = author_name(request.asker)
    return name[:1].upper() + name[1:] if request.asker.name is None or request.asker.mine else name


def _author(said: HelpReply) -> str:
    """Who said it, with the number by which it is changed, given or reported."""
    name = author_name(said.author)
    if said.author.mine or not said.author.name:
        name = name[:1].upper() + name[1:]
    return f"{name} (answer {said.id})"


def _question(context: CommandContext, claims: Claims, lesson_id: int, word: str) -> str:
    """The id of the question of a lesson's quiz that a person means by its number or its id."""
    from azora_tui.lms import quizzes

    if not (word.isascii() and word.isdecimal() and len(word) < 5):
        return word
    page = quizzes.page(context.lms, claims, lesson_id)
    questions = () if page is None else page.quiz.questions
    return questions[int(word) - 1].id if 0 < int(word) <= len(questions) else word
