"""What must be out of the way before YAML sees a file: a half-done merge, a second document, Tabs, odd left edges."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import dropwhile, takewhile

from bot.content import names
from bot.content.mistakes_in_quotes import NOT_CLOSED, open_quote
from bot.content.mistakes_in_sections import (
    at_the_edge,
    lost_block_name,
    lost_section,
    mangled_section,
    other_file,
    strange_item,
)
from bot.content.mistakes_in_signs import ODD_SPACES
from bot.content.mistakes_in_texts import lost_mark
from bot.content.outline import Line, Role
from bot.content.page import Mistake, Page

_CONFLICT = re.compile(r"(?:<{7}|\|{7}|={7}|>{7})(?:\s|$)")
_ODD_SPACE = re.compile(f"[{ODD_SPACES}]")
MANY = 3  # lines that are told one by one


def whole_page(page: Page) -> Iterator[list[Mistake]]:
    """Find what must be out of the way first: a half-done merge, a second document, Tabs, lines at the left edge.

    Each mistake comes with the ways in which it can be mended.
    """
    for detector in (_fences, _conflicts, _further_documents, _stray_signs, other_file):
        yield from ([mistake] for mistake in detector(page))
    yield from _marked(page)
    yield from _indents(page)
    yield from _runaway_quotes(page)
    for detector in (_below_no_name, mangled_section, lost_section, strange_item, lost_block_name):
        yield from ([mistake] for mistake in detector(page))
    yield from at_the_edge(page)


def _fences(page: Page) -> Iterator[Mistake]:
    """Lines of ``` around the file, copied along from a chat or a web page."""
    fences = [line for line in page.outline if line.text.startswith("```")]
    if fences:
        message = "``` belongs to the page that this was copied from; delete the line, and the ``` at the end too"
        mended = {line.number: "" for line in fences}
        yield Mistake(number=fences[0].number, column=0, message=message, mended=mended, offer=False)


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


def _stray_signs(page: Page) -> Iterator[Mistake]:
    """A sign that a finger left behind: alone at the left edge, or before the # of a note."""
    for line in page.outline:
        if line.indent or not line.text:
            continue
        alone = re.fullmatch(r"[^\w\s#>+-]{1,2}|-", line.text.rstrip())
        if alone and line.role is not Role.TEXT and (alone[0] != "-" or not page.before(line)):
            message = f'"{alone[0]}" stands alone on this line; delete it'
            yield Mistake(number=line.number, column=0, message=message, mended={line.number: ""}, offer=False)
        elif line.role is Role.LINE and (stray := re.match(r"\w{1,2}(?=#)", line.text)):
            message = f'"{stray[0]}" stands before the # of a note; delete it'
            yield Mistake(number=line.number, column=0, message=message, mended={line.number: line.text[stray.end() :]})


def _marked(page: Page) -> Iterator[list[Mistake]]:
    """Lines that begin with the > of a quoted mail, or with the + of a comparison."""
    for sign in ">+":
        lines = [line for line in page.outline if line.text.startswith(sign) and line.role is not Role.TEXT]
        if not lines:
            continue
        more = f" (and of {len(lines) - 1} more line{'s' if len(lines) > 2 else ''})" if len(lines) > 1 else ""
        message = f'"{sign}" stands at the beginning of this line{more}; delete it'
        instead = [(sign, ""), (f"{sign} ", ""), *([(sign, " ")] if len(lines) == 1 else [])]
        ways = ({line.number: _without_mark(line.text, *way) for line in lines} for way in instead)
        yield [Mistake(number=lines[0].number, column=0, message=message, mended=mended) for mended in ways]


def _without_mark(text: str, mark: str, instead: str) -> str:
    return instead + (text.removeprefix(mark) if text.startswith(mark) else text[1:])


def _indents(page: Page) -> Iterator[list[Mistake]]:
    """Tabs, or blanks that are none, at the beginning of lines: each told, or once where the whole file has them."""
    tabbed = [line for line in page.outline if line.role is not Role.EMPTY and "\t" in _indent(line.text)]
    filled = (line for line in page.outline if line.text.strip())
    odd = [line for line in filled if _ODD_SPACE.search(_indent(line.text))]
    if len(odd) > MANY:
        what = "no-break spaces, which look like blanks and are none"
        everywhere = _indented_anew(odd, what, "type the blanks anew", _plain_blanks)
        also = [line for line in page.outline if _ODD_SPACE.search(line.text)]  # before a note, say
        yield [replace(everywhere, mended={line.number: _plain_blanks(line) for line in also})]
    if all(line.role is Role.TEXT for line in tabbed):
        return
    if len(tabbed) > MANY:
        instead = "indent with spaces, two for each step"
        ways = ((lambda line, width=width: _with_spaces(line, width)) for width in (2, 4, 8))
        yield [_indented_anew(tabbed, "a Tab", instead, way) for way in ways]
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


def _indented_anew(lines: list[Line], what: str, instead: str, way: Callable[[Line], str]) -> Mistake:
    """Tell at the first of many lines how all of them are indented, and indent them in one way."""
    first = lines[0]
    column = next(index for index, sign in enumerate(first.text) if sign != " ")
    message = f"the line begins with {what} (and {len(lines) - 1} more lines do); {instead}"
    return Mistake(
        number=first.number, column=column, message=message, mended={line.number: way(line) for line in lines}
    )


def _runaway_quotes(page: Page) -> Iterator[list[Mistake]]:
    """A quote without its end, which YAML looks for far below: nothing inside a quote begins so far left."""
    inside = 0
    for line in page.outline:
        if line.number <= inside or line.role is not Role.LINE or line.value[:1] not in ("'", '"'):
            continue
        closing = _closing_line(page, line)
        if closing is not None:
            inside = closing.number
            continue
        ways = [mistake for mistake in open_quote(page, line) if NOT_CLOSED in mistake.message]
        if len(line.value) == 1:
            ways += lost_mark(page, line)
        if ways:
            yield ways


def _closing_line(page: Page, line: Line) -> Line | None:
    """Find the line where a quote may end, its own or one below; None if a line too far left comes before that."""
    quote = line.value[0]
    if quote in line.value[1:].replace(quote * 2, ""):  # a doubled one stands for itself
        return line
    edge = line.indent if line.name is None else line.start
    for other in page.below(line):
        if other.role is not Role.EMPTY and (other.indent <= edge or quote in other.text.replace(quote * 2, "")):
            return None if other.indent <= edge else other
    return line


def _below_no_name(page: Page) -> Iterator[Mistake]:
    """Indented lines at the beginning of a file: the name above them was deleted."""
    rest = dropwhile(lambda line: line.role is Role.EMPTY, page.outline)
    lines = list(takewhile(lambda line: line.role is Role.EMPTY or line.indent > 0, rest))
    if lines and names.plain(lines[0].name or "") not in page.known:
        message = "this stands below no name; the line with the name of the section is missing above it"
        mended = {line.number: "" for line in lines}
        first = lines[0]
        yield Mistake(number=first.number, column=first.indent, message=message, mended=mended, offer=False, loses=True)


def _indent(text: str) -> str:
    return text[: len(text) - len(text.lstrip())]


def _plain_blanks(line: Line) -> str:
    """Type all blanks anew; in a text below a | only those at its beginning, for the others may be meant."""
    indent = _indent(line.text)
    rest = line.text[len(indent) :]
    return " " * len(indent) + (rest if line.role is Role.TEXT else _ODD_SPACE.sub(" ", rest))


def _with_spaces(line: Line, width: int) -> str:
    return _indent(line.text).expandtabs(width) + line.text.lstrip()
