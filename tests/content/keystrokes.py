"""One wrong keystroke at a time in a good file, and whether it is named on its line."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.content import nodes
from bot.content.courses import read_courses
from bot.content.faq import read_faq
from bot.content.nodes import Items, Node, Text

# Fields whose letters matter; in the others any text is fine.
TYPED = {
    *("due", "every", "on", "from", "until", "starts", "ends", "skip", "cancelled", "moved", "added", "no_class"),
    *("remind_before", "remind_before_deadlines", "remind_before_sessions", "deadline_time", "session_length"),
    *("timezone", "format", "term", "show", "needs", "draft", "optional", "related", "expect", "for", "code", "id"),
}


@dataclass(frozen=True, kw_only=True)
class Keystroke:
    """`text` is the whole file after it; `line` is where it happened, counted from 1."""

    kind: str
    line: int
    text: str


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """`counts` says that the keystroke changed what the file means."""

    counts: bool
    exact: bool
    near: bool
    messages: int


def keystrokes(text: str, seed: int = 7) -> Iterator[Keystroke]:
    """Make every wrong keystroke of a dozen kinds in every line of a file."""
    lines = text.split("\n")
    chance = random.Random(seed)  # noqa: S311 - the same mistakes in every run
    for index, line in enumerate(lines):
        if line.strip() and not line.lstrip().startswith("#"):
            for kind, new in _in_line(line, chance):
                changed = [*lines[:index], *new, *lines[index + 1 :]]
                yield Keystroke(kind=kind, line=index + 1, text="\n".join(changed))


def _in_line(line: str, chance: random.Random) -> Iterator[tuple[str, list[str]]]:
    for kind, pattern in (
        ("colon", r":(?= |$)"),
        ("blank after colon", r"(?<=:) "),
        ("quote", "[\"']"),
        ("bracket", r"[\[\]|]"),
    ):
        for match in re.finditer(pattern, line):
            yield kind, [line[: match.start()] + line[match.end() :]]
    if dash := re.match(r" *- ", line):
        start, end = dash.span()
        yield "dash", [line[: end - 2] + line[end:]]
        yield "dash, blank instead", [f"{line[: end - 2]}  {line[end:]}"]
        yield "blank after dash", [line[start : end - 1] + line[end:]]
    if line.startswith(" "):
        yield "one left", [line[1:]]
        yield "Tab instead of the indent", ["\t" + line.lstrip()]
        yield "Tab instead of two", ["\t" + line[2:]]
        yield "no-break space in the indent", ["\u00a0" + line[1:]]
    yield "one right", [" " + line]
    blanks = [match.start() for match in re.finditer(r"(?<=\S) ", line)]
    if blanks:
        at = chance.choice(blanks)
        yield "no-break space", [f"{line[:at]}\u00a0{line[at + 1 :]}"]
    for _ in range(2):
        at = chance.randrange(max(len(line) - 1, 1))
        if line[at] != line[at + 1 : at + 2]:
            yield "swapped letters", [line[:at] + line[at + 1 : at + 2] + line[at] + line[at + 2 :]]
    yield "line twice", [line, line]
    yield "line deleted", []


def judge(file: str, good: str, stroke: Keystroke) -> Verdict:
    """Read the file with the keystroke in it, and see where its problems are."""
    reading, before = _read(file, stroke.text), _read_good(file, good)
    told = {problem.line for problem in reading.problems}
    harmless = not told and (reading.value == before.value or stroke.kind == "line deleted")
    counts = not harmless and _shape(stroke.text) != _shape(good)
    exact = stroke.line in told or (stroke.kind == "line twice" and stroke.line + 1 in told)
    near = exact or bool(told & {stroke.line - 1, stroke.line + 1})
    return Verdict(counts=counts, exact=exact, near=near, messages=len(reading.problems))


def _read(file: str, text: str) -> Any:
    return (read_faq if file == "faq" else read_courses)(text.encode())


_read_good = cache(_read)


def _shape(text: str) -> object:
    """Give what YAML makes of a file, with all text left out that may say anything."""
    try:
        root, findings = nodes.parse(text)
    except nodes.Unreadable:
        return "unreadable"
    return "machinery" if findings or root is None else _shape_of(root, typed=False)


def _shape_of(node: Node, *, typed: bool) -> object:
    if isinstance(node, Text):
        return node.value.strip() if typed else "text"
    if isinstance(node, Items):
        return [_shape_of(item, typed=typed) for item in node.items]
    return [(pair.key.value, _shape_of(pair.value, typed=typed or pair.key.value in TYPED)) for pair in node.pairs]
