"""Every error has a code, and every code its sentence, in one place."""

import ast
import pickle
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

import azora_tui
from azora_tui.errors import AzoraError, FieldError
from azora_tui.wording import errors, refusals

PACKAGE = Path(azora_tui.__file__).parent
TABLES = sorted(file for file in Path(refusals.__file__).parent.glob("*.py") if file.name != "__init__.py")
CODE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
COMPOSED = {code for code, says in errors.sentences().items() if not isinstance(says, str)}


@cache
def trees() -> dict[str, ast.Module]:
    return {
        str(file.relative_to(PACKAGE)): ast.parse(file.read_text("utf-8"))
        for file in sorted(PACKAGE.rglob("*.py"))
        if file.parent.name != "refusals" and file.name != "errors.py"
    }


@cache
def error_classes() -> dict[str, str]:
    """The name of each class of ours, and of the class that it is made from."""
    bases = {"AzoraError": ""}
    classes = [
        (node.name, base.attr if isinstance(base, ast.Attribute) else getattr(base, "id", ""))
        for tree in [*trees().values(), ast.parse((PACKAGE / "errors.py").read_text("utf-8"))]
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        for base in node.bases
    ]
    while found := {name: base for name, base in classes if base in bases and name not in bases}:
        bases |= found
    return bases


def made() -> Iterator[tuple[str, str, ast.expr, list[ast.keyword]]]:
    """(place, class, code, values) of each error that is made anywhere."""
    for file, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if name in error_classes():
                    code = node.args[1 if name == "FieldError" else 0]
                    yield f"{file}:{node.lineno}", name, code, node.keywords


def constants(code: ast.expr) -> list[str]:
    """The codes that an expression may come to; none where it is looked up."""
    if isinstance(code, ast.Constant):
        return [str(code.value)]
    return [*constants(code.body), *constants(code.orelse)] if isinstance(code, ast.IfExp) else []


def names_in(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def test_each_error_has_a_code_with_a_sentence_that_speaks_of_just_its_values() -> None:
    sites = [(place, code, values) for place, _, expression, values in made() for code in constants(expression)]
    assert len(sites) > 150
    for place, code, values in sites:
        assert code in errors.sentences(), f"{place}: no sentence for {code}"
        says = errors.sentences()[code]
        if isinstance(says, str):
            assert {str(each.arg) for each in values} == names_in(says), f"{place}: {code}"


def test_no_error_is_made_of_a_sentence() -> None:
    written = [code for _, _, expression, _ in made() for code in constants(expression)]
    assert [code for code in written if not CODE.fullmatch(code)] == []
    assert [place for place, _, code, _ in made() if isinstance(code, ast.JoinedStr)] == []


def test_no_code_is_there_that_nothing_says() -> None:
    used = {
        node.value
        for tree in trees().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert set(errors.sentences()) - used == set()


def test_each_code_stands_in_one_table_once() -> None:
    keys = Counter(
        key.value
        for table in TABLES
        for node in ast.walk(ast.parse(table.read_text("utf-8")))
        if isinstance(node, ast.Dict)
        for key in node.keys
        if isinstance(key, ast.Constant)
    )
    assert [key for key, times in keys.items() if times > 1] == []
    assert set(keys) | COMPOSED == set(errors.sentences())
    assert set(keys) & COMPOSED == set()


@pytest.mark.parametrize(
    ("code", "values", "sentence"),
    [
        ("too_many_guesses", {"seconds": 1}, "Try again in 1 second."),
        ("too_many_guesses", {"seconds": 30}, "Try again in 30 seconds."),
        ("log_size_out_of_range", {"size": 1}, "The log has 1 entry. Give a size from 1 to 1."),
        ("attempts_used_up", {"attempts": 1, "best": 40, "passed": False}, "1 attempt, which is used. Your best score is 40"),
        ("attempts_used_up", {"attempts": 3, "best": 90, "passed": True}, "3 attempts, and yours are used."),
        ("attempts_used_up", {"attempts": 3, "best": 90, "passed": True}, "You have passed it."),
        ("attempts_used_up", {"attempts": 3, "best": 9, "passed": False}, "The lesson can still be completed at its end."),
    ],
)  # fmt: skip
def test_what_depends_on_a_number_says_it(code: str, values: dict[str, int], sentence: str) -> None:
    assert sentence in errors.message(code, values)


def test_values_of_all_kinds_are_text_or_numbers() -> None:
    error = AzoraError("path_missing", path=Path("here"))
    assert error.values == {"path": "here"}
    assert str(error) == "here is not there. Nothing was imported. Check the name."


def test_an_error_comes_out_of_another_process_whole() -> None:
    error = pickle.loads(pickle.dumps(FieldError("name", "name_too_long", maximum=300)))
    assert (error.field, error.code, error.values) == ("name", "name_too_long", {"maximum": 300})
