"""What must be out of the way before YAML sees a file: a half-done merge, a second document, Tabs, odd left edges."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import dropwhile, takewhile

from bot.content import names
from bot.content.outline import Line, Role
from bot.content.page import Mistake, Page, too_far

_CONFLICT = re.compile(r"(?:<{7}|\|{7}|={7}|>{7})(?:\s|$)")
MANY_TABS = 3


def whole_page(page: Page) -> Iterator[list[Mistake]]:
    """Find what must be out of the way first: a half-done merge, a second document, Tabs, lines at the left edge.

    Each mistake comes with the ways in which it can be mended.
    """
    yield from ([mistake] for mistake in _conflicts(page))
    yield from ([mistake] for mistake in _further_documents(page))
    yield from _tabs(page)
    yield from ([mistake] for mistake in _below_no_name(page))
    yield from _at_the_edge(page)


def _conflicts(page: Page) -> Iterator[Mistake]:
    """Two versions of one passage, left by a merge: keep the first of them, and tell it once."""
    opened: int | None = None
    second = False
    mended: dict[int, str] = {}
    for number, text in enumerate(page.lines, start=1):
        mark = _CONFLICT.match(text)
        if mark is None:
            if opened is not None and second:
                mended[number] = ""
            continue
        if opened is None:
            opened = number
        mended[number] = ""
        second = not text.startswith(("<", ">"))
        if text.startswith(">"):
            yield _conflict(opened, mended)
            opened, second, mended = None, False, {}
    if opened is not None:
        mended = {number: text for number, text in mended.items() if _CONFLICT.match(page.lines[number - 1])}
        yield _conflict(opened, mended)


def _conflict(number: int, mended: dict[int, str]) -> Mistake:
    message = (
        "a merge left two versions here. Keep the lines that are right, and delete the others together with the lines "
        "<<<<<<<, ======= and >>>>>>>"
    )
    return Mistake(number=number, column=0, message=message, mended=dict(mended), offer=False)


def _further_documents(page: Page) -> Iterator[Mistake]:
    """`---` between two parts would make two files of one."""
    begun = False
    for line in page.outline:
        mark = re.match(r"(?:---|\.\.\.)(?:\s|$)", line.text)
        if mark and begun and (mark[0].startswith("-") or page.after(line)):
            message = f"a second document begins here; delete the line  {mark[0].strip()}"
            yield Mistake(number=line.number, column=0, message=message, mended={line.number: ""}, offer=False)
        begun = begun or (line.role is Role.LINE and not line.text.startswith("%"))


def _tabs(page: Page) -> Iterator[list[Mistake]]:
    """Tabs at the beginning of lines, each told; or told once where the whole file is indented with them."""
    tabbed = [line for line in page.outline if line.role is not Role.EMPTY and "\t" in _indent(line.text)]
    if all(line.role is Role.TEXT for line in tabbed):
        return
    if len(tabbed) > MANY_TABS:
        message = (
            f"the line begins with a Tab (and {len(tabbed) - 1} more lines); indent with spaces, two for each step"
        )
        column = tabbed[0].text.index("\t")
        widths = [{line.number: _with_spaces(line, width) for line in tabbed} for width in (2, 4, 8)]
        yield [Mistake(number=tabbed[0].number, column=column, message=message, mended=mended) for mended in widths]
        return
    message = "the line begins with a Tab; indent with spaces, two for each step"
    for line in tabbed:
        below = page.after(line)
        depths = [*page.columns[line.number], *([below.indent] if below else []), line.block_indent]
        depths += [len(_indent(_with_spaces(line, width))) for width in (2, 4, 8)]
        yield [
            Mistake(
                number=line.number,
                column=line.text.index("\t"),
                message=message,
                mended={line.number: " " * depth + line.text.lstrip()},
            )
            for depth in dict.fromkeys(depths)
        ]


def _below_no_name(page: Page) -> Iterator[Mistake]:
    """Indented lines at the beginning of a file: the name above them was deleted."""
    rest = dropwhile(lambda line: line.role is Role.EMPTY, page.outline)
    lines = list(takewhile(lambda line: line.role is Role.EMPTY or line.indent > 0, rest))
    if lines and names.plain(lines[0].name or "") not in page.known:
        message = "this stands below no name; the line with the name of the section is missing above it"
        mended = {line.number: "" for line in lines}
        first = lines[0]
        yield Mistake(number=first.number, column=first.indent, message=message, mended=mended, offer=False, loses=True)


def _at_the_edge(page: Page) -> Iterator[list[Mistake]]:
    """A field of a course or a question, where only the file's own stand: YAML takes what follows for its value."""
    present = {names.plain(line.name) for line in page.outline if line.name is not None and line.start == 0}
    told = 0
    for line in page.outline:
        if line.number <= told or not _is_at_the_edge(page, line):
            continue
        name = line.name or ""
        meant = None if line.value else names.nearest(name, page.top - present, names.VERY_NEAR)
        if meant is not None:
            message = f'"{name}" is not a field of the whole file; did you mean  {meant}: ?'
            yield [Mistake(number=line.number, column=0, message=message, mended={line.number: f"{meant}:"})]
            continue
        group = [line, *takewhile(lambda other: _is_at_the_edge(page, other), page.outline[line.number :])]
        told = group[-1].number
        depths = dict.fromkeys([*page.columns[line.number], page.outline[line.number - 2].block_indent])
        ways = [_moved_right(group, depth) for depth in depths if depth]
        if ways:
            yield ways


def _is_at_the_edge(page: Page, line: Line) -> bool:
    plain = names.plain(line.name or "")
    return line.role is Role.LINE and line.start == 0 and plain in page.known and plain not in page.top


def _moved_right(group: list[Line], depth: int) -> Mistake:
    more = f" (and {len(group) - 1} more line{'s' if len(group) > 2 else ''})" if len(group) > 1 else ""
    mended = {line.number: " " * depth + line.text for line in group}
    return Mistake(number=group[0].number, column=0, message=too_far(depth, more), mended=mended)


def _indent(text: str) -> str:
    return text[: len(text) - len(text.lstrip())]


def _with_spaces(line: Line, width: int) -> str:
    return _indent(line.text).expandtabs(width) + line.text.lstrip()
