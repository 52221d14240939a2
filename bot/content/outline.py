"""The lines of a file as a person sees them: dashes, name, value, text below a `|`. It never gives up, unlike YAML."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass
from enum import Enum

from bot.content import names

_DASHES = re.compile(r"(?:-[ \t]+)*(?:-$)?")
_NAME = re.compile(r"""(?P<name>"[^"]*"|'[^']*'|[^\s:"'\[\]{}#|>,&*!%@`-][^:#]*?)\s*:(?=\s|$)""")
_BLOCK_MARK = re.compile(r"[|>][+-]?\d?[+-]?\s*(?:#.*)?$")


class Role(Enum):
    EMPTY = "empty, or a comment"
    LINE = "a line of the file's own: a name, a value, a list item"
    TEXT = "text below a |"
    STRAY = "text that stands too far left to be below its |"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line. Columns count from 0 here; `body` is what follows the dashes, `value` what follows the name's colon."""

    number: int
    text: str
    role: Role
    indent: int
    start: int
    body: str
    name: str | None
    value: str
    value_start: int
    block_indent: int = 0

    @property
    def dashed(self) -> bool:
        return self.start > self.indent


def outline(lines: list[str], known: Set[str]) -> list[Line]:
    """Tell for each line what it is. `known` are the plain names of all fields, which tell a line from stray text."""
    seen: list[Line] = []
    block: int | None = None  # the column of the name or dash whose text block is open
    text_indent = 0
    for number, text in enumerate(lines, start=1):
        line = _own_line(number, text)
        if block is not None and line.role is not Role.EMPTY:
            if line.indent > block:
                text_indent = text_indent or line.indent
                seen.append(_as_text(line, Role.TEXT, text_indent))
                continue
            if not text.lstrip().startswith("#") and not _is_named(line, known, block):
                seen.append(_as_text(line, Role.STRAY, text_indent or block + 2))
                continue
            block = None
        seen.append(line)
        if line.role is Role.LINE and _BLOCK_MARK.fullmatch(line.value):
            block, text_indent = line.start if line.name is not None else line.indent, 0
    return seen


def own_line(line: Line) -> Line:
    """Take a line for one of the file's own, whatever stands around it."""
    return line if line.role in (Role.LINE, Role.EMPTY) else _own_line(line.number, line.text)


def _own_line(number: int, text: str) -> Line:
    indent = len(text) - len(text.lstrip(" "))
    rest = text[indent:]
    role = Role.EMPTY if not rest.strip() or rest.startswith("#") else Role.LINE
    dashes = _DASHES.match(rest)
    start = indent + (dashes.end() if dashes else 0)
    body = text[start:].rstrip()
    named = _NAME.match(body)
    value_start = start
    if named:
        after = body[named.end() :]
        value_start = start + named.end() + len(after) - len(after.lstrip())
    return Line(
        number=number,
        text=text,
        role=role,
        indent=indent,
        start=start,
        body=body,
        name=named["name"] if named else None,
        value=text[value_start:].rstrip(),
        value_start=value_start,
    )


def _as_text(line: Line, role: Role, block_indent: int) -> Line:
    return Line(
        number=line.number,
        text=line.text,
        role=role,
        indent=line.indent,
        start=line.indent,
        body=line.text.strip(),
        name=None,
        value=line.text.strip(),
        value_start=line.indent,
        block_indent=block_indent,
    )


def _is_named(line: Line, known: Set[str], block: int) -> bool:
    """Tell a line of the file from text: it begins with a field's name, with its colon or just where names stand."""
    if line.name is not None:
        return names.plain(line.name) in known or (line.dashed and line.indent < block)
    return leading_name(line.body, known) is not None and (line.start == block or line.dashed)


def leading_name(body: str, known: Set[str]) -> int | None:
    """Find the length of the field's name with which a text begins: 10 letters of `Also asked how …`."""
    best: int | None = None
    if not body[:1].isalpha():
        return None
    for match in re.finditer(r"(?<=\w)(?!\w)|(?<=\w)$", body[:40]):
        if names.plain(body[: match.start()]) in known:
            best = match.start()
    return best
