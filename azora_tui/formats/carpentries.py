"""Lessons of The Carpentries: `config.yaml`, and an episode in each file of `episodes`.

Their Markdown has the fenced divs that ours has, so that an episode becomes a lesson nearly as it stands.
"""

import re
from functools import partial
from pathlib import PurePosixPath

from azora_tui.formats import imported
from azora_tui.formats.archives import Tree, decoded, path_of
from azora_tui.formats.code_spans import outside_code
from azora_tui.formats.foreign_markdown import (
    adopt,
    fence_after,
    first_heading,
    first_paragraph,
    front_matter,
    report_unclosed,
)
from azora_tui.formats.imported import Ids, Imported, ImportRefusedError, ImportReport, placeholder
from azora_tui.formats.markdown import parse
from azora_tui.formats.pages import read_page
from azora_tui.formats.safe_yaml import YamlError, read_yaml, text_of, texts_of
from azora_tui.formats.words import escaped, from_text

NAME = "a Carpentries lesson"

_EPISODES = "episodes/"
_ENDINGS = (".md", ".rmd", ".qmd")
_EPISODE = re.compile(r"(?P<folder>(?:.*/)?)episodes/[^/]+\.(?:[rq]?md)", re.IGNORECASE)
_BY = {
    "swc": "Software Carpentry",
    "dc": "Data Carpentry",
    "lc": "Library Carpentry",
    "cp": "The Carpentries",
    "incubator": "The Carpentries Incubator",
}
_CHUNK = re.compile(r"(?P<fence>\s{0,3}`{3,})\{(?P<language>[A-Za-z]+)\b(?P<options>[^{}]*)\}\s*")
_ALTERNATIVE = re.compile(r"fig\.alt\s*=\s*(?:\"([^\"]{0,2000})\"|'([^']{0,2000})')")
_LIQUID = re.compile(r"\{%(?:[^%{}]|%(?!\})){0,1000}%\}")
_SAID = re.compile(r"(\w+)=\"([^\"<>]*)\"")
_KRAMDOWN = re.compile(r"[>\s]*\{:[^{}]*\}\s*")
_MINUTES = re.compile(r"[0-9]{1,3}")


def find(tree: Tree) -> str | None:
    """The folder of the lesson in `tree`, None where it holds none."""
    with_episodes = {
        match["folder"] or "" for name in (*tree.texts, *tree.too_large) if (match := _EPISODE.fullmatch(name))
    }
    folders = [
        folder.rstrip("/")
        for name in tree.texts
        if PurePosixPath(name).name == "config.yaml" and (folder := name.removesuffix("config.yaml")) in with_episodes
    ]
    return min(folders, key=len, default=None)


def read(tree: Tree, report: ImportReport) -> Imported:
    """Raises `ImportRefusedError`."""
    try:
        config = read_yaml(decoded(tree.texts["config.yaml"]))
    except YamlError as error:
        raise ImportRefusedError("config_unreadable", problem=str(error)) from error
    files = _ordered(tree, config, report)
    ids = Ids()
    lessons = []
    for name in files:
        report.advance(len(files))
        if name in tree.too_large:
            content = imported.joined([placeholder("an episode", tree.why_missing(name))])
            stem = PurePosixPath(name).stem
            lessons.append(imported.lesson(ids.make(stem, "episode"), stem, "Episodes", content))
            continue
        text = decoded(tree.texts[name])
        front, body = front_matter(text, report, name)
        content = read_page(
            partial(_content, text, body, report, name), partial(from_text, body), report, name, "an episode"
        )
        stem = PurePosixPath(name).stem
        title = text_of(front, "title") or first_heading(content) or stem
        lessons.append(imported.lesson(ids.make(stem, "episode"), title, "Episodes", content, minutes=_minutes(front)))
    title = text_of(config, "title") or tree.name
    about = decoded(tree.texts["index.md"]) if "index.md" in tree.texts else ""
    _, about = front_matter(about, ImportReport(), "index.md")
    course = imported.course(
        slug=PurePosixPath(text_of(config, "source").rstrip("/")).name.removesuffix(".git") or title,
        title=title,
        language=text_of(config, "lang"),
        licence=text_of(config, "license"),
        instructor=_BY.get(text_of(config, "carpentry"), "") or text_of(config, "contact") or "The Carpentries",
        tags=text_of(config, "keywords").split(","),
        description=read_page(partial(first_paragraph, about), lambda: "", report, "index.md", "the description"),
        lessons=lessons,
    )
    _report_rest(tree, set(files), report)
    return imported.finished(course, report)


def _episodes(tree: Tree) -> list[str]:
    return sorted(
        name for name in (*tree.texts, *tree.too_large) if (match := _EPISODE.fullmatch(name)) and not match["folder"]
    )


def _ordered(tree: Tree, config: dict[str, object], report: ImportReport) -> list[str]:
    """The episodes that the configuration names, in its order, or all of them."""
    there = dict.fromkeys(_episodes(tree))
    named = texts_of(config, "episodes")
    if not named:
        return list(there)
    files: dict[str, None] = {}
    for name in named:
        path = path_of(_EPISODES + name.strip())
        if path not in there:
            report.skip("config.yaml", f"the episode {name}", "there is no such file")
        else:
            files[path] = None
    for path in there:
        if path not in files:
            report.skip(path, "an episode", "config.yaml does not name it among the episodes")
    return list(files)


def _without_programs(text: str, report: ImportReport, where: str) -> str:
    """Without what only the workbench would make something of: Liquid's tags, attributes of Kramdown, and chunks of R,
    of which the code stays and a picture leaves its alternative text."""

    def liquid(words: str) -> str:
        return _LIQUID.sub(lambda match: _liquid(match, report, where), words)

    lines: list[str] = []
    fence = picture = ""
    for written in text.split("\n"):
        line = written
        opening = _CHUNK.fullmatch(line) if not fence else None
        if opening:
            line = f"{opening['fence']}{opening['language'].lower()}"
            report.skip(where, "what a piece of code would print or draw", "programs of a course are never run")
            picture = next((one or two for one, two in _ALTERNATIVE.findall(opening["options"])), "")
        before, fence = fence, fence_after(line, fence)
        if not fence and not before:
            line = outside_code(line, liquid)
            if _KRAMDOWN.fullmatch(line):
                continue
        lines.append(line)
        if before and not fence and picture:
            lines += ["", f"![{escaped(picture)}](drawn-by-code)", ""]
            picture = ""
    return "\n".join(lines)


def _liquid(match: re.Match[str], report: ImportReport, where: str) -> str:
    said = dict(_SAID.findall(match[0]))
    if said.get("alt") and (source := said.get("file") or said.get("src") or said.get("url")):
        return f"![{escaped(said['alt'])}](<{source}>)"
    report.skip(where, f"the tag {match[0][:120]}", "it is for the program that makes a web site of the lesson")
    return ""


def _minutes(front: dict[str, object]) -> int | None:
    said = [int(match[0]) for key in ("teaching", "exercises") if (match := _MINUTES.fullmatch(text_of(front, key)))]
    return sum(said) if said and sum(said) else None


def _content(text: str, body: str, report: ImportReport, name: str) -> str:
    report_unclosed(text, body, report, name)
    content = imported.joined([adopt(_without_programs(body, report, name), report, name)])
    _report_hidden(content, report, name)
    return content


def _report_hidden(content: str, report: ImportReport, where: str) -> None:
    for token in parse(content).tokens:
        if token.type == "div_open" and "instructor" in token.meta["attributes"].names:
            report.skip(where, "a note for instructors", "learners are not shown what is meant for who teaches")


def _report_rest(tree: Tree, taken: set[str], report: ImportReport) -> None:
    for name in sorted(tree.texts):
        if name in taken or name == "config.yaml":
            continue
        if name.startswith(_EPISODES):
            if name.count("/") > 1 or not name.lower().endswith(_ENDINGS):
                report.skip(name, "a file", "files are not kept with a course")
        elif name == "index.md":
            report.skip(name, "the page about the lesson", "only its first paragraph was taken, as the description")
        elif name.startswith(("learners/", "instructors/", "profiles/")):
            report.skip(name, "a page beside the episodes", "only episodes become lessons")
    imported.report_files(tree, report)
