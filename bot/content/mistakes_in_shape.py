"""Mistakes in the shape of a file: how far a line is indented, its dash, its name, and the | above a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from bot.content import names
from bot.content.outline import Line, Role, leading_name
from bot.content.page import Mistake, Page, no_dash, too_far

_BULLET = re.compile(r"(?P<bullet>[•·‣◦▪●○■*+>–—−－](?=\s)|[•·‣◦▪●○■–—−－]|\d{1,2}[.)](?=\s))\s*(?:- )?")
FEW_SPACES = 2  # by which a field is moved together with all that stands below
MOST_PASSED = 3  # lines above which one may have been meant to stand
NAMELESS = "the line with the name of {what} is missing above it, such as  {example}"
LIST = ("this list", "also_asked:  or  deadlines:")
BLOCK = ("this block", "contact:")
LINKS = ("these links", "links:")


def wrong_indent(page: Page, line: Line) -> Iterator[Mistake]:
    """A line that begins a little left or right of the lines it belongs with."""
    above, below = page.before(line), page.after(line)
    if line.role not in (Role.LINE, Role.TEXT) or (line.role is Role.TEXT and not _may_be_named(page, line)):
        return
    if line.indent == 0 and line.name is not None and not line.value and names.plain(line.name) in page.known:
        return  # the name of a whole section
    beside_names = line.indent == 0 or (above is not None and line.indent == above.start)
    if line.name is None and not line.dashed and beside_names and line.body[:1].isalnum():
        return  # further right it would only become more of the value above
    columns = {*page.columns[line.number]}
    if above is not None:
        columns |= {above.start + 2, above.indent}
    if below is not None:
        columns |= {below.indent, below.indent - (line.start - line.indent)}
    if (sibling := page.sibling(line)) is not None:
        columns.add(sibling.indent)
    shifts = {column - line.indent for column in columns}
    for shift in sorted(shifts - {0}, key=abs):
        if abs(shift) > 8 or line.indent + shift < 0:
            continue
        mended = {line.number: " " * (line.indent + shift) + line.text.lstrip()}
        yield Mistake(number=line.number, column=line.indent, message=too_far(shift), mended=mended)
        item = list(_whole_item(page, line))
        beside_above = above is not None and above.start == line.indent + shift
        if len(item) > 1 and (line.dashed or (abs(shift) <= FEW_SPACES and beside_above)):
            mended = {other.number: _shifted(other.text, shift) for other in item}
            message = too_far(shift, f" (and {len(item) - 1} more lines with it)")
            yield Mistake(number=line.number, column=line.indent, message=message, mended=mended, offer=False)


def more_of_value(page: Page, line: Line) -> Iterator[Mistake]:
    """`where: Room 5`, and on a line of its own `Main building`."""
    above = page.outline[line.number - 2] if line.number > 1 else None
    plain = above is not None and above.name is not None and above.value[:1].isalnum()
    if line.role is Role.LINE and line.name is None and not line.dashed and plain and line.body[:1].isalnum():
        message = (
            "this line has no name. If it goes on with the line above, write both on one line; "
            "if it is a note to yourself, begin it with a #"
        )
        mended = {line.number: ""}
        yield Mistake(number=line.number, column=line.indent, message=message, mended=mended, offer=False)


def _whole_item(page: Page, line: Line) -> Iterator[Line]:
    """Give the lines of an item that was moved with all that belongs to it: up to the next that begins alike.

    Of a field without a dash, give those of the fields below it too.
    """
    if line.name is None:
        return
    yield line
    for other in page.below(line):
        if other.role is not Role.EMPTY:
            alike = line.dashed and other.dashed and other.name == line.name
            if alike or other.indent < line.indent or (other.indent == 0 and names.plain(other.name or "") in page.top):
                return
            yield other


def _shifted(text: str, shift: int) -> str:
    return " " * shift + text if shift > 0 else text[min(-shift, len(text) - len(text.lstrip(" "))) :]


def below_its_own(page: Page, line: Line) -> Iterator[Mistake]:
    """`deadlines:` or `- name: Essay` below the lines that belong under it: two lines have changed places."""
    if line.role is not Role.LINE or (line.value and not line.dashed) or line.name is None:
        return
    above = takewhile(
        lambda other: other.indent > line.indent, reversed(page.outline[: line.number - 1][-MOST_PASSED:])
    )
    passed: list[Line] = []
    for other in above:
        if other.role is not Role.LINE:
            return
        passed.insert(0, other)
        texts = [line.text, *(one.text for one in passed)]
        message = f"this stands above the line it belongs to; move it below  {line.text.strip()}"
        mended = dict(zip(range(other.number, line.number + 1), texts, strict=True))
        yield Mistake(number=other.number, column=other.indent, message=message, mended=mended, offer=False)


def _may_be_named(page: Page, line: Line) -> bool:
    """Tell whether a line below a `|` may be none of its text: it begins with a field's name and a colon."""
    length = leading_name(line.body, page.known)
    return length is not None and line.body[length:].startswith(":")


def lost_dash(page: Page, line: Line) -> Iterator[Mistake]:
    """A list item, or the first line of a course or a question, whose dash was forgotten."""
    if line.role is not Role.LINE or line.dashed:
        return
    if line.name is None:
        near = [other for other in page.outline[max(0, line.number - 2) : line.number + 1] if other.dashed]
        near = [other for other in near if line.indent or not other.indent]
    else:
        near = [other for other in page.outline if other.dashed and other.name == line.name]
        near += [other for other in page.outline if other.dashed and other.start == line.start]
    message = "the dash is missing: every item of a list begins with  - "
    for column in dict.fromkeys(other.indent for other in near):
        mended = {line.number: f"{' ' * column}- {line.body}"}
        yield Mistake(number=line.number, column=line.indent, message=message, mended=mended)
        if line.name is not None and column == line.indent:
            rest = takewhile(lambda other: other.role is Role.EMPTY or _is_inside(other, line), page.below(line))
            mended |= {other.number: _shifted(other.text, 2) for other in rest}
            more = f"{message}, and its other lines begin two spaces further right"
            yield Mistake(number=line.number, column=line.indent, message=more, mended=mended, offer=False)


def _is_inside(other: Line, first: Line) -> bool:
    """Tell whether a line may belong to the item that `first` begins, though it has no dash."""
    return other.indent > first.indent or (other.indent == first.indent and not other.dashed)


def lost_dash_space(page: Page, line: Line) -> Iterator[Mistake]:
    """`-code: PM-101` lacks a blank, and `• item` its dash."""
    if line.role not in (Role.LINE, Role.STRAY):
        return
    if match := re.match(r"-(?=[^\s-])", line.body):
        message, column = "a blank is missing after the dash", line.start + 1
        text = f"{line.text[: line.start]}- {line.body[match.end() :]}"
        yield Mistake(number=line.number, column=column, message=message, mended={line.number: text})
    elif match := re.match(r"(?P<dash> *-) *\t\s*(?=\S)", line.text):
        text = f"{match['dash']} {line.text[match.end() :]}"
        message = "a Tab stands after the dash; type a blank instead"
        yield Mistake(number=line.number, column=match.end("dash"), message=message, mended={line.number: text})
    elif match := _BULLET.match(line.body):
        message = no_dash(match["bullet"])
        text = f"{line.text[: line.start]}- {line.body[match.end() :]}"
        yield Mistake(number=line.number, column=line.start, message=message, mended={line.number: text})


def double_dash(page: Page, line: Line) -> Iterator[Mistake]:
    """`- - code: PM-101`."""
    if line.role is Role.LINE and (match := re.match(r"( *)- +(?:- +)+(?=\S)", line.text)):
        text = f"{match[1]}- {line.text[match.end() :]}"
        message = "one dash is enough"
        yield Mistake(number=line.number, column=line.indent, message=message, mended={line.number: text})


def extra_dash(page: Page, line: Line) -> Iterator[Mistake]:
    """A dash before a line that belongs to the item above."""
    if line.role is not Role.LINE or not line.dashed or line.name is None or names.plain(line.name) not in page.known:
        return
    message = "this line needs no dash: it belongs to the item above"
    mended = {line.number: " " * line.start + line.body}
    yield Mistake(number=line.number, column=line.indent, message=message, mended=mended)
    inside = takewhile(lambda other: other.role is Role.EMPTY or other.indent >= line.indent, page.below(line))
    alike = [line, *(other for other in inside if other.dashed and other.indent == line.indent)]
    if len({other.name for other in alike}) == len(alike):  # the items of a list begin alike
        above = page.before(line)
        message = f"no dash belongs here; begin each line below  {above.name}:  with its name" if above else message
        mended = {other.number: " " * line.indent + other.body for other in alike}
        yield Mistake(number=line.number, column=line.indent, message=message, mended=mended, offer=len(alike) == 1)


def lost_name(page: Page, line: Line) -> Iterator[Mistake]:
    """`- What is it?` where every other item begins `- question:`."""
    if line.role is not Role.LINE or not line.dashed or line.name is not None:
        return
    others = {other.name: None for other in page.outline if other.dashed and other.name and other.indent == line.indent}
    for name in others:
        message = f"the name is missing: write  - {name}: …"
        text = f"{line.text[: line.start]}{name}: {line.body}"
        yield Mistake(number=line.number, column=line.start, message=message, mended={line.number: text})


def name_for_item(page: Page, line: Line) -> Iterator[Mistake]:
    """`PM-101:` above the fields of a course, where every other course begins `- code:`."""
    below = page.after(line)
    if line.role is not Role.LINE or line.dashed or line.name is None or line.value or line.indent == 0:
        return
    if names.plain(line.name) in page.known or below is None or below.indent <= line.indent:
        return
    others = {other.name: None for other in page.outline if other.dashed and other.name and other.indent == line.indent}
    for name in others:
        text = f"{line.text[: line.start]}- {name}: {line.name}"
        message = f"an item of this list begins with a dash: write  - {name}: {line.name}"
        yield Mistake(number=line.number, column=line.start, message=message, mended={line.number: text})


def value_and_lines(page: Page, line: Line) -> Iterator[Mistake]:
    """`contact: The office` above lines with names, or `answer: Park here:` above more text, which needs a |."""
    below = page.after(line)
    if line.role is not Role.LINE or line.name is None or below is None or below.indent <= line.start:
        return
    if not line.value or line.value[0] in "|>[{\"'":
        return
    if below.dashed and names.plain(line.name) not in page.words.lists | page.words.long_texts:
        yield _nameless(page, below, *LIST)
        return
    homes = page.words.homes
    own = set() if names.plain(line.name) in page.words.blocks else set(homes.get(names.plain(line.name), ()))
    inner = takewhile(lambda other: other.indent >= below.indent, page.below(line))
    if own and any(own.isdisjoint(homes.get(names.plain(other.name or ""), own)) for other in inner):
        yield _nameless(page, below, *BLOCK)
    value = re.sub(r"\s+#.*", "", line.value)
    shown = value if len(value) <= 30 else f"{value[:27]}…"
    beside = f'"{shown}" stands beside  {line.name}: , and more lines stand below it; '
    as_name = f"{beside}give it a line and a name of its own"
    as_text = f"{beside}write  {line.name}: |  and all of the text below it"
    ways = []
    if below.dashed or below.name is not None:
        ways.append((as_name, ""))
    if names.plain(below.name or "") not in page.known:
        ways.append((as_text, " |"))
    for message, mark in ways:
        mended = {line.number: line.text[: line.value_start].rstrip() + mark}
        yield Mistake(
            number=line.number, column=line.value_start, message=message, mended=mended, offer=False, loses=True
        )


def lost_links(page: Page, line: Line) -> Iterator[Mistake]:
    """`Course site: https://…` where no line  links:  stands above."""
    above = page.before(line)
    if line.role is not Role.LINE or line.dashed or above is None or names.plain(above.name or "") == "links":
        return
    if _is_link(page, line) and not _is_link(page, above):
        yield _nameless(page, line, *LINKS)


def _is_link(page: Page, line: Line) -> bool:
    return line.name is not None and names.plain(line.name) not in page.known and line.value.startswith("http")


def _nameless(page: Page, first: Line, what: str, example: str) -> Mistake:
    """Leave out lines that stand below a field to which they do not belong, as the name above them was deleted."""
    rest = takewhile(lambda other: other.role is Role.EMPTY or other.indent >= first.indent, page.below(first))
    mended = {line.number: "" for line in [first, *rest]}
    message = NAMELESS.format(what=what, example=example)
    return Mistake(number=first.number, column=first.indent, message=message, mended=mended, offer=False, loses=True)
