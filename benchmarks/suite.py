"""All there is to measure."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import catalog, certificates, commands, enrolling, insights, my_learning, reading, search, start, wisdom
from benchmarks.rows import PAIRS, Result, Spec
from benchmarks.schools import Schools

ENROLLMENTS = 1_000_000


@dataclass(frozen=True, slots=True)
class Options:
    pairs: int = PAIRS
    enrollments: int = ENROLLMENTS


@dataclass(frozen=True, slots=True)
class Topic:
    """Rows that are measured together."""

    names: tuple[str, ...]
    measure: Callable[[Schools, Options], list[Result]]


SPECS: tuple[Spec, ...] = (
    start.SIGN_IN,
    start.FIRST_PAGE,
    *commands.COMMANDS.values(),
    catalog.CURSOR,
    catalog.FILTER,
    catalog.MEMORY,
    enrolling.ENROL,
    my_learning.MY_LEARNING,
    my_learning.HOME,
    search.SEARCH,
    certificates.CERTIFICATES,
    insights.FIRST,
    insights.MONDAY,
    insights.COURSE,
    wisdom.WISDOM,
)
"""Every row but the reader's, which say themselves what they have to reach."""

TOPICS = (
    Topic((start.SIGN_IN.name,), lambda schools, options: start.sign_in(schools, options.pairs)),
    Topic((start.FIRST_PAGE.name,), lambda schools, options: start.first_page(schools, options.pairs)),
    Topic(
        tuple(spec.name for spec in commands.COMMANDS.values()),
        lambda schools, options: commands.measure(schools, options.pairs),
    ),
    Topic(
        (catalog.CURSOR.name, catalog.FILTER.name, catalog.MEMORY.name),
        lambda schools, options: catalog.measure(schools, options.pairs),
    ),
    Topic((enrolling.ENROL.name,), lambda schools, options: enrolling.measure(schools, options.pairs)),
    Topic(
        (my_learning.MY_LEARNING.name, my_learning.HOME.name),
        lambda schools, options: my_learning.measure(schools, options.pairs, options.enrollments),
    ),
    Topic((search.SEARCH.name,), lambda schools, options: search.measure(schools, options.pairs)),
    Topic((certificates.CERTIFICATES.name,), lambda schools, options: certificates.measure(schools, options.pairs)),
    Topic(
        (insights.FIRST.name, insights.MONDAY.name, insights.COURSE.name),
        lambda schools, options: insights.measure(schools, options.pairs),
    ),
    Topic((wisdom.WISDOM.name,), lambda schools, options: wisdom.measure(schools, options.pairs)),
    Topic((reading.NAME,), lambda _, __: reading.measure()),
)

NAMES = tuple(name for topic in TOPICS for name in topic.names)


def run(names: Sequence[str], options: Options) -> Iterator[Result]:
    """The rows of these names (all of them for none), each as soon as its topic is measured."""
    wanted = set(names or NAMES)
    with TemporaryDirectory(prefix="azora-benchmarks-") as folder:
        schools = Schools(Path(folder))
        for topic in TOPICS:
            if wanted & set(topic.names):
                yield from (row for row in topic.measure(schools, options) if row.spec.name in wanted)
