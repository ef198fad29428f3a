"""The published JSON Schema of course.yaml says what our own reading says."""

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from azora_tui.formats import course as format_of_courses
from azora_tui.formats.course import CourseError, read_course
from azora_tui.lms.bundled import SLUGS
from tests.formats.test_course import COURSE, LESSON, REFUSED, with_line, without

SCHEMA = json.loads((files("azora_tui.formats") / "course.schema.json").read_text(encoding="utf-8"))
# What a schema cannot see: which files there are, and rules that compare two places.
BEYOND = {"lesson twice", "lesson missing", "itself", "too deep", "title of control characters"}
WHOLE = {
    "whole": COURSE,
    **{f"without {key}": without(key) for key in ("tags", "outcomes", "prerequisites", "seats", "enrollment")},
    "number as title": with_line("title", "1984"),
    "truth as title": with_line("title", "true"),
    "short version": with_line("version", "1"),
    "version that looks like a number": with_line("version", "1.10"),
    "truths as tags": with_line("tags", "[true, 1.5, word]"),
}


class CoreLoader(yaml.SafeLoader):
    """YAML 1.2 as editors read it: no dates, no yes and no, no numbers with colons."""


CoreLoader.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("bool", r"true|false|True|False", "tfTF"),
    ("int", r"-?[0-9]+", "-0123456789"),
    ("float", r"-?[0-9]+\.[0-9]+", "-0123456789"),
    ("null", r"|~|null", ["", "~", "n"]),
):
    CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(rf"^(?:{pattern})$"), list(first))


def fits(text: str) -> bool:
    try:
        document: Any = yaml.load(text, Loader=CoreLoader)
    except (yaml.YAMLError, ValueError):  # numbers that Python takes no part in
        return False
    return bool(Draft202012Validator(SCHEMA).is_valid(document))


def is_read(folder: Path, text: str) -> bool:
    (folder / "course.yaml").write_text(text, encoding="utf-8")
    for name in ("one", "two"):
        (folder / f"{name}.md").write_text(LESSON.format(name), encoding="utf-8")
    try:
        read_course(folder)
    except CourseError:
        return False
    return True


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_it_knows_the_same_keys_and_words() -> None:
    assert set(SCHEMA["properties"]) == format_of_courses._COURSE_KEYS
    assert set(SCHEMA["properties"]["sections"]["items"]["properties"]) == format_of_courses._SECTION_KEYS
    assert SCHEMA["properties"]["level"]["enum"] == list(format_of_courses.LEVELS)
    assert SCHEMA["properties"]["enrollment"]["enum"] == list(format_of_courses.ENROLLMENT)


@pytest.mark.parametrize("slug", SLUGS)
def test_the_bundled_courses_fit(slug: str) -> None:
    assert fits((files("azora_tui") / "courses" / slug / "course.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", WHOLE)
def test_what_we_read_fits(tmp_path: Path, case: str) -> None:
    assert is_read(tmp_path, WHOLE[case])
    assert fits(WHOLE[case])


@pytest.mark.parametrize("case", sorted(REFUSED.keys() - BEYOND))
def test_what_we_refuse_does_not_fit(tmp_path: Path, case: str) -> None:
    text, _ = REFUSED[case]
    assert not is_read(tmp_path, text)
    assert not fits(text)
