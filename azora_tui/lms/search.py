"""One search over courses, lessons, review cards, one's own notes and what others left; and the index it looks in."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from azora_tui.data import courses, dialect, notes, reviews, searching, stopping, wisdom
from azora_tui.data.transaction import Transaction
from azora_tui.lms.anchors import paragraphs_of, place_of
from azora_tui.lms.service import Lms, check_claims
from azora_tui.lms.snippets import Query, Tokenize, best_paragraph, hits, snippet
from azora_tui.models.accounts import Claims
from azora_tui.models.notes import Note
from azora_tui.models.search import HitKind, Marked, SearchHit, SearchResults
from azora_tui.models.wisdom import Piece
from azora_tui.text import clean

Stop = stopping.Stop

# Another number has every index rebuilt at the next start: for when lessons are read in another way.
_VERSION = 3
_MAX_WORDS = 8
_MAX_QUERY_LENGTH = 400
_MAX_NOTES = 3
_MAX_WISDOM = 5
MAX_HITS = 50


def find(lms: Lms, claims: Claims, query: str, *, stop: Stop | None = None) -> SearchResults:
    """What has every word of `query`, the last of which may only have begun; case and diacritics do not count.

    Published courses (and archived ones that they are in), lessons and their review cards, the most fitting first,
    with titles weighing more (of very many hits only the first are ranked, see `dialect.best`); before them the most
    fitting of one's own notes, and nobody else's, and of what others left at lessons of one's courses, but for those
    whose quiz one has begun. Any text at all may be asked for. Raises `StoppedError` once `stop` says so.
    """
    check_claims(lms, claims)
    with lms.database.read(stop) as transaction:
        tokenize = partial(dialect.tokens, transaction)
        wanted = _read_query(query, tokenize)
        if not wanted.words:
            return SearchResults((), False)
        matching = dialect.expression(wanted.words, prefix=wanted.prefix)
        mine = dialect.best_notes(transaction, matching, user_id=claims.user_id, limit=_MAX_NOTES)
        pieces = wisdom.found(
            transaction,
            matching,
            viewer=claims.user_id,
            named=claims.role == "instructor",
            every=claims.role == "admin",
            limit=_MAX_WISDOM,
        )
        found = dialect.best(transaction, wanted.words, MAX_HITS, prefix=wanted.prefix)
        own = [notes.note_of(transaction, note_id, user_id=claims.user_id) for note_id in mine]
        course_ids, lesson_ids, card_ids = (
            [each.id for each in found if each.kind is kind] for kind in dialect.IndexedKind
        )
        course_texts = searching.course_texts(transaction, course_ids, user_id=claims.user_id)
        lesson_texts = searching.lesson_texts(transaction, lesson_ids, user_id=claims.user_id)
        card_texts = searching.card_texts(transaction, card_ids, user_id=claims.user_id)
        results = [_note_hit(note, wanted, tokenize) for note in own if note is not None]
        results += [_wisdom_hit(piece, wanted, tokenize) for piece in pieces]
        for each in found:
            if each.kind is dialect.IndexedKind.LESSON and each.id in lesson_texts:
                results.append(_lesson_hit(lesson_texts[each.id], wanted, tokenize))
            elif each.kind is dialect.IndexedKind.COURSE and each.id in course_texts:
                results.append(_course_hit(course_texts[each.id], wanted, tokenize))
            elif each.kind is dialect.IndexedKind.CARD and each.id in card_texts:
                results.append(_card_hit(card_texts[each.id], wanted, tokenize))
    return SearchResults(tuple(results), len(found) == MAX_HITS)


def place(lms: Lms, claims: Claims, lesson_id: int, paragraph: int) -> str | None:
    """The reader's position (JSON) of a hit's paragraph; None where the lesson is not there any more."""
    check_claims(lms, claims)
    with lms.database.read() as transaction:
        content = searching.lesson_content(transaction, lesson_id)
    paragraphs = paragraphs_of(content or "")
    return place_of(paragraphs, paragraph) if 0 <= paragraph < len(paragraphs) else None


def index_course(transaction: Transaction, course_id: int, *, tell: Callable[[int, int], None] | None = None) -> None:
    """Let a course and its lessons be found as they are now, and not at all while the course is a draft.

    To be called in the transaction that changed any text of them, or their being published. `tell` is told how
    many lessons are done, of how many.
    """
    searching.forget_course(transaction, course_id)
    course = courses.course_by_id(transaction, course_id)
    if course is None or not course.is_live:
        return
    searching.put_course(
        transaction,
        course_id,
        title=course.title,
        about=(course.instructor, *course.tags),
        description=course.description,
    )
    for done, (lesson_id, title, content) in enumerate(searching.lessons_to_index(transaction, course_id), start=1):
        text = "\n".join(paragraph.text for paragraph in paragraphs_of(content))
        searching.put_lesson(transaction, lesson_id, title=title, text=text)
        if tell is not None:
            tell(done, course.lesson_count)


def prepare(transaction: Transaction) -> None:
    """Make the index of everything that is there, unless this program has made it before."""
    if searching.index_version(transaction) != _VERSION:
        rebuild(transaction)


def rebuild(transaction: Transaction) -> None:
    """Rebuild the index from courses, lessons, cards, notes and wisdom; they themselves stay untouched."""
    dialect.unindex_all(transaction)
    for course_id in searching.course_ids(transaction):
        index_course(transaction, course_id)
    reviews.index_cards(transaction)
    notes.index_notes(transaction)
    wisdom.index_all(transaction)
    searching.save_index_version(transaction, _VERSION)


def _read_query(query: str, tokenize: Tokenize) -> Query:
    text = clean(query, keep_newlines=False)[:_MAX_QUERY_LENGTH]
    tokens = dialect.runs(tokenize(text), text)[:_MAX_WORDS]
    # Behind a blank, or a sign, the last word is whole.
    return Query(tuple(token.word for token in tokens), bool(tokens) and tokens[-1].end == len(text))


def _course_hit(course: searching.CourseText, query: Query, tokenize: Tokenize) -> SearchHit:
    about = ", ".join(each for each in (course.instructor, *course.tags) if each)
    return _hit(
        HitKind.COURSE,
        _marked(course.title, query, tokenize),
        _best([_line(course.description), _line(about)], query, tokenize),
        course=(course.id, course.title, course.enrolled),
    )


def _lesson_hit(lesson: searching.LessonText, query: Query, tokenize: Tokenize) -> SearchHit:
    best = _best(lesson.text.split("\n"), query, tokenize)
    return _hit(
        HitKind.LESSON,
        _marked(lesson.title, query, tokenize),
        best,
        course=(lesson.course_id, lesson.course_title, lesson.enrolled),
        lesson=(lesson.id, lesson.slug),
        paragraph=best.number,
    )


def _card_hit(card: searching.CardText, query: Query, tokenize: Tokenize) -> SearchHit:
    front, _, back = card.words.partition("\n")
    return _hit(
        HitKind.CARD,
        _marked(front, query, tokenize),
        _best([back], query, tokenize),
        course=(card.course_id, card.course_title, card.enrolled),
        lesson=(card.lesson_id, card.lesson_slug),
    )


def _note_hit(note: Note, query: Query, tokenize: Tokenize) -> SearchHit:
    return _hit(
        HitKind.NOTE,
        _best([_line(note.text or "Bookmark")], query, tokenize).snippet,
        _best([_line(note.quote)], query, tokenize),
        course=(note.course_id, note.course_title, True),
        lesson=(note.lesson_id, note.lesson_slug),
        note_id=note.id,
    )


def _wisdom_hit(piece: Piece, query: Query, tokenize: Tokenize) -> SearchHit:
    return _hit(
        HitKind.WISDOM,
        _best([_line(each) for each in piece.text.split("\n") if each.strip()], query, tokenize).snippet,
        _best([_line(piece.quote)], query, tokenize),
        course=(piece.course_id, piece.course_title, True),
        lesson=(piece.lesson_id, piece.lesson_slug),
        wisdom_id=piece.id,
    )


class _Best(NamedTuple):
    """Of some paragraphs the one that fits best, shortened; `number` is None where none has a word of the query."""

    snippet: Marked
    number: int | None


def _best(paragraphs: Sequence[str], query: Query, tokenize: Tokenize) -> _Best:
    best = best_paragraph(paragraphs, query, tokenize)
    if best is None:
        return _Best(snippet(paragraphs[0], ()), None)
    number, here = best
    return _Best(snippet(paragraphs[number], here.marks), number)


def _hit(
    kind: HitKind,
    title: Marked,
    best: _Best,
    *,
    course: tuple[int, str, bool],
    lesson: tuple[int, str] | tuple[None, None] = (None, None),
    note_id: int | None = None,
    wisdom_id: int | None = None,
    paragraph: int | None = None,
) -> SearchHit:
    """The only maker of hits. `course` is its id, title and whether the learner is enrolled, `lesson` id and slug."""
    course_id, course_title, enrolled = course
    lesson_id, lesson_slug = lesson
    return SearchHit(
        kind=kind,
        course_id=course_id,
        course_title=course_title,
        lesson_id=lesson_id,
        lesson_slug=lesson_slug,
        note_id=note_id,
        title=title,
        snippet=best.snippet,
        paragraph=paragraph,
        enrolled=enrolled,
        wisdom_id=wisdom_id,
    )


def _marked(text: str, query: Query, tokenize: Tokenize) -> Marked:
    line = _line(text)
    return Marked(line, hits(line, query, tokenize).marks)


def _line(text: str) -> str:
    return " ".join(clean(text, keep_newlines=False).split())
