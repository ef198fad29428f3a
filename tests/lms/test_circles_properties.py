"""Whatever six people do in one circle, in whatever order: a blocked pair never sees each other, counts equal what is
seen, nobody outside reads, and no more come in than there may be."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from azora_tui.data import schema
from azora_tui.data.database import open_database
from azora_tui.errors import NotFoundError, RefusedError
from azora_tui.lms import enrolling
from azora_tui.lms.installing import install
from azora_tui.lms.service import Lms
from azora_tui.lms.together import boards, circles, inbox
from azora_tui.paths import Paths
from tests.conftest import Clock, course_source
from tests.together_circles import UNTIL, block, count_rows, person, unblock

PEOPLE = range(1, 7)
ROOM = 4
"""People in a circle here, so that it is full now and then."""

BEGUN = (("join", 2), ("join", 3), ("join", 4), ("post", 1), ("post", 2), ("post", 3), ("reply", 3, 0), ("reply", 1, 1))
"""So that there is something to see from the first step on."""

people = st.sampled_from(PEOPLE)
some = st.integers(0, 7)
steps = st.one_of(
    st.tuples(st.just("join"), people),
    st.tuples(st.just("leave"), people, st.booleans()),
    st.tuples(st.just("post"), people),
    st.tuples(st.just("reply"), people, some),
    st.tuples(st.just("reply"), people, some),
    st.tuples(st.just("delete"), people, some),
    st.tuples(st.just("block"), people, people),
    st.tuples(st.just("block"), people, people),
    st.tuples(st.just("unblock"), people, people),
    st.tuples(st.just("read"), people),
)


@dataclass
class Written:
    """A post of the model; `author` is None once it was taken back under replies."""

    id: int
    author: int | None
    root: int | None
    text: str


@dataclass
class Model:
    """What there has to be: who is in the circle, what was written, and who has blocked whom."""

    inside: list[int] = field(default_factory=lambda: [1])
    posts: list[Written] = field(default_factory=list)
    blocked: set[tuple[int, int]] = field(default_factory=set)

    def sees(self, viewer: int, other: int | None) -> bool:
        return other is None or not {(viewer, other), (other, viewer)} & self.blocked

    def root(self, post: Written) -> Written:
        return next((each for each in self.posts if each.id == post.root), post)

    def seen(self, viewer: int) -> list[Written]:
        """What somebody reads, without empty places."""
        return [
            post
            for post in self.posts
            if post.author and self.sees(viewer, post.author) and self.sees(viewer, self.root(post).author)
        ]

    def take_back(self, post: Written) -> None:
        if any(each.root == post.id for each in self.posts):
            post.author, post.text = None, ""
            return
        self.posts.remove(post)
        root = self.root(post)
        if root is not post and root.author is None and not any(each.root == root.id for each in self.posts):
            self.posts.remove(root)

    def leave(self, who: int, *, keep: bool) -> None:
        self.inside.remove(who)
        if not keep:
            for post in sorted(self.posts, key=lambda each: each.root is None):
                if post.author == who:
                    self.take_back(post)


@contextmanager
def school() -> Iterator[Lms]:
    numbers, clock = count(1), Clock()
    with tempfile.TemporaryDirectory() as folder:
        paths = Paths(Path(folder))
        database = open_database(paths.lms_database, schema.LMS)

        def now() -> object:
            clock.advance(minutes=1)  # so that nobody posts too often, and what comes later is later
            return clock.moment

        lms = Lms(database, now, lambda: f"id-{next(numbers):06}")  # type: ignore[arg-type]
        try:
            yield lms
        finally:
            database.close()


def may(work: object, *args: object, **more: object) -> bool:
    """Whether a call is done; a refusal is none of its other errors."""
    try:
        work(*args, **more)  # type: ignore[operator]
    except (NotFoundError, RefusedError):
        return False
    return True


@settings(max_examples=50)
@given(st.lists(steps, min_size=4, max_size=30))
def test_whatever_six_people_do_in_a_circle(did: list[tuple[object, ...]]) -> None:
    with pytest.MonkeyPatch.context() as patch, school() as lms:
        patch.setattr(circles, "MOST", ROOM)
        with lms.database.write() as transaction:
            course = install(lms, transaction, course_source("ropes"))
        for number in PEOPLE:
            enrolling.enroll(lms, person(number), course)
        made = circles.make(lms, person(1), course, name="Ropes", goal="Hitches", until=UNTIL)
        model = Model()
        for step in (*BEGUN, *did):
            act(lms, model, made.id, made.word, step)
            if not model.inside:
                break
        check(lms, model, made.id)


def act(lms: Lms, model: Model, circle: int, word: str, step: tuple[object, ...]) -> None:
    """Do a step in the school and in the model, which have to agree whether it is done."""
    what, who, *rest = step
    assert isinstance(who, int)
    me = person(who)
    written = model.posts[rest[0] % len(model.posts)] if what in ("reply", "delete") and model.posts else None  # type: ignore[operator]
    if what == "join":
        done = may(circles.join, lms, me, word)
        assert done is (who in model.inside or len(model.inside) < ROOM)
        if done and who not in model.inside:
            model.inside.append(who)
    elif what == "leave":
        done = may(circles.leave, lms, me, circle, keep_posts=rest[0])
        assert done is (who in model.inside)
        if done:
            model.leave(who, keep=bool(rest[0]))
    elif what == "post":
        done = may(boards.post, lms, me, circle, f"Post {len(model.posts)} of {who}")
        assert done is (who in model.inside)
        if done:
            keep_up(lms, model, who)
    elif what == "reply" and written is not None:
        done = may(boards.reply, lms, me, written.id, f"Reply {len(model.posts)} of {who}")
        root = model.root(written)
        assert done is (who in model.inside and model.sees(who, written.author) and model.sees(who, root.author))
        if done:
            keep_up(lms, model, who, root.id)
    elif what == "delete" and written is not None:
        done = may(boards.delete, lms, me, written.id)
        assert done is (written.author == who)
        if done:
            model.take_back(written)
    elif what in ("block", "unblock") and (pair := (who, int(rest[0]))) and who != rest[0]:  # type: ignore[call-overload]
        if what == "block" and pair not in model.blocked:
            block(lms, *pair)
            model.blocked.add(pair)
        elif what == "unblock":
            unblock(lms, *pair)
            model.blocked.discard(pair)
    elif what == "read":
        page = inbox.page(lms, me)
        inbox.mark_read(lms, me, page.new, page.requests)
        assert inbox.count(lms, me) == 0


def keep_up(lms: Lms, model: Model, who: int, root: int | None = None) -> None:
    """The model learns the number of what was just written."""
    with lms.database.read() as transaction:
        ((id_, text),) = transaction.execute("SELECT id, text FROM circle_posts ORDER BY id DESC LIMIT 1")
    model.posts.append(Written(id_, who, root, text))


def check(lms: Lms, model: Model, circle: int) -> None:
    with lms.database.read() as transaction:
        rows = {
            table: count_rows(transaction.execute, table) for table in ("circle_members", "circle_posts", "circles")
        }
        empty = count_rows(transaction.execute, "circle_posts WHERE (author_id IS NULL) <> (text = '')")
    posts = len(model.posts) if model.inside else 0
    assert rows == {"circle_members": len(model.inside), "circle_posts": posts, "circles": bool(model.inside)}
    assert empty == 0
    assert len(model.inside) <= ROOM
    for viewer in PEOPLE:
        me = person(viewer)
        told = inbox.page(lms, me)
        assert told.count == inbox.count(lms, me)
        assert all(each.actor is None or model.sees(viewer, each.actor.user_id) for each in told.new)
        if viewer not in model.inside:
            assert not may(circles.circle, lms, me, circle)
            assert not may(boards.page, lms, me, circle)
            assert told.new == ()
            assert circles.mine(lms, me) == ()
            continue
        page, board = circles.circle(lms, me, circle), boards.page(lms, me, circle, limit=100)
        assert [each.author.user_id for each in page.members] == [
            each for each in model.inside if model.sees(viewer, each)
        ]
        assert page.circle.people == len(page.members)
        assert page.circle.made_here is (viewer == model.inside[0])
        said = [post for thread in board.threads for post in (thread.post, *thread.replies) if not post.taken_back]
        expected = model.seen(viewer)
        assert {post.text for post in said} == {post.text for post in expected}
        assert page.circle.posts == len(said) == len(expected)
        assert board.total == len(board.threads)
        assert all(model.sees(viewer, post.author.user_id) for post in said)
        assert all(each.about_id in {post.id for post in said} for each in told.new if each.kind != "circle_joined")
