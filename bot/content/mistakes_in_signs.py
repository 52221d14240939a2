"""Mistakes in the signs of a line: colon, blank, stray letters, and signs that mean something else to YAML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile

from bot.content import names
from bot.content.mistakes_in_quotes import CURLY
from bot.content.outline import Line, Role, leading_name
from bot.content.page import Mistake, Page, quoted

ODD_SPACES = "\u00a0\u2002\u2003\u2007\u2009\u202f\u3000"
_ODD_INDENT = re.compile(rf"^[ ]*[\t{ODD_SPACES}][ \t{ODD_SPACES}]*")
_ODD_SPACE_AFTER = re.compile(rf"(?P<sign>[:-])(?P<space>[ ]?[{ODD_SPACES}][ {ODD_SPACES}]*)")
_SEPARATOR = re.compile(r"\s*(?:=>?|;|：|︰|\.\.|->?(?=\s)|–|—|,|\.(?=\s))\s*")
_JOINED = re.compile(r"\S(?P<gap> {2,})(?P<dash>(?:- )?)(?P<name>[A-Za-z]\w*):(?=\s|$)")
_STRAY = re.compile(r"(?P<indent> *)(?P<stray>[^\s#-]{1,2})(?P<rest> {2,}(?:- )?(?P<name>[A-Za-z]\w*):(?=\s|$))")
_SPECIAL_START = "@`%&*!|>{[,?]}"


def lost_space(page: Page, line: Line) -> Iterator[Mistake]:
    """`title:Project` is one word to YAML."""
    if line.role is Role.TEXT or (line.name is not None and names.plain(line.name) in page.known):
        return
    match = re.match(r"(?P<name>[^:\"'\[{]{1,40}):(?!//)(?P<rest>\S.*)", line.body)
    if match is None or (names.plain(match["name"]) not in page.known and not match["rest"].startswith("http")):
        return
    text = f"{line.text[: line.start]}{match['name']}: {match['rest']}"
    message = f"a blank is missing after the colon of  {match['name']}:"
    column = line.start + match.end("name")
    yield Mistake(number=line.number, column=column, message=message, mended={line.number: text})


def lost_colon(page: Page, line: Line) -> Iterator[Mistake]:
    """`title Project`, `title = Project`, or `deadlines` alone above its list; alone, or with the lines below it."""
    first = _with_colon(page, line)
    if first is None:
        return
    yield first
    below = list(takewhile(bool, (_with_colon(page, other) for other in page.below(line))))
    if below:
        more = f"{first.message}, and in the next {f'{len(below)} lines' if len(below) > 1 else 'line'}"
        mended = {number: text for one in (first, *below) if one for number, text in one.mended.items()}
        yield replace(first, message=more, mended=mended)


def _with_colon(page: Page, line: Line) -> Mistake | None:
    if line.role in (Role.EMPTY, Role.TEXT) or (line.name is not None and names.plain(line.name) in page.known):
        return None
    length = leading_name(line.body, page.known)
    if length is None or line.body[length:].startswith(":"):
        return None
    name, rest = line.body[:length], line.body[length:]
    other = _SEPARATOR.match(rest)
    if other and other.end() > 0:
        sign = other[0].strip()
        message, rest = f'"{sign}" stands where the colon of  {name}:  belongs', rest[other.end() :]
    else:
        message = f"the colon is missing after  {name}"
    text = f"{line.text[: line.start]}{name}: {rest.lstrip()}".rstrip()
    return Mistake(number=line.number, column=line.start + length, message=message, mended={line.number: text})


def no_colon(page: Page, line: Line) -> Iterator[Mistake]:
    """A line without any colon among lines with one: `Course site https://…`, `Fall 2026` above its dates."""
    if line.role is not Role.LINE or line.name is not None or line.dashed or not line.body[:1].isalnum():
        return
    if line.indent == 0:
        return  # only sections stand there, and they have nothing beside their names
    below = page.after(line)
    if beside := re.match(r"(?P<name>\w+):(?P<stray>\S{1,2})$", line.body):
        message = f'"{beside["stray"]}" stands beside  {beside["name"]}: ; delete it'
        text = line.text[: line.start + beside.start("stray")]
        yield Mistake(
            number=line.number, column=line.start + beside.start("stray"), message=message, mended={line.number: text}
        )
        return
    message = "the line has no colon; write it as  name: value"
    places = [re.search(r"\s+(?=https?://)", line.body), re.search(r"\s+", line.body)]
    if below is not None and below.indent > line.indent:
        places.insert(0, re.search(r"\s*$", line.body))
    for place in places:
        if place is not None:
            text = f"{line.text[: line.start]}{line.body[: place.start()]}: {line.body[place.end() :]}".rstrip()
            offer = place is not places[-1]
            yield Mistake(
                number=line.number, column=line.start, message=message, mended={line.number: text}, offer=offer
            )


def colon_in_value(page: Page, line: Line) -> Iterator[Mistake]:
    """`question: What is the difference: async or sync?` has one colon too many."""
    value = line.value
    if line.role is not Role.LINE or not re.search(r":(\s|$)", value) or value[0] in "\"'[{|>" + CURLY:
        return
    colon = re.search(r":(\s|$)", value)
    assert colon is not None  # noqa: S101 - it was found a moment ago
    column = line.value_start
    if value.endswith('"') and value.count('"') == 1:
        message, value = 'the quote " at the end was never opened', value[:-1]
        column = line.value_start + len(value)
    else:
        message = 'the value has a colon in it; put the value in "straight quotes"'
        column += colon.start()
    if line.name is None and names.plain(re.split(r":", value)[0]) in page.known:
        return
    text = line.text[: line.value_start] + quoted(value)
    yield Mistake(number=line.number, column=column, message=message, mended={line.number: text})


def joined_lines(page: Page, line: Line) -> Iterator[Mistake]:
    """`format: hybrid    term: Fall 2026`, or a whole item behind a value: a line break was deleted.

    Only one of the two parts can be read on: a new item, as more hangs below it, or else the first.
    """
    match = _JOINED.search(line.text, line.start + 1)
    if line.role is not Role.LINE or match is None or names.plain(match["name"]) not in page.known:
        return
    message = f"a new line must begin before  {match['dash']}{match['name']}:"
    kept = [line.text[: match.start("gap")]]
    if match["dash"]:
        depths = dict.fromkeys([len(match["gap"]), *page.columns[line.number]])
        kept = [" " * depth + line.text[match.start("dash") :] for depth in depths]
    for text in kept:
        mended = {line.number: text}
        column = match.end("gap")
        yield Mistake(number=line.number, column=column, message=message, mended=mended, offer=False, loses=True)


def stray_letter(page: Page, line: Line) -> Iterator[Mistake]:
    """`x    channel: pm-101`: the writer typed where the cursor happened to stand."""
    match = _STRAY.match(line.text)
    if match is None or names.plain(match["name"]) not in page.known:
        return
    message = f'"{match["stray"]}" stands at the beginning of the line; delete it'
    for text in (match["rest"], " " * len(match["stray"]) + match["rest"]):
        mended = {line.number: match["indent"] + text + line.text[match.end() :]}
        yield Mistake(number=line.number, column=match.start("stray"), message=message, mended=mended)


def odd_space(page: Page, line: Line) -> Iterator[Mistake]:
    """A no-break space, which looks like a blank and is a letter to YAML: in the indent, or after a colon or dash."""
    indent = _ODD_INDENT.match(line.text)
    message = "a no-break space stands here (it looks like a blank and is none); delete it and type a blank"
    if indent and any(sign in indent[0] for sign in ODD_SPACES):
        column = next(index for index, sign in enumerate(line.text) if sign in ODD_SPACES)
        for depth in {len(indent[0]), *page.columns[line.number], line.block_indent}:
            yield Mistake(
                number=line.number,
                column=column,
                message=message,
                mended={line.number: " " * depth + line.text.lstrip()},
            )
    after = _ODD_SPACE_AFTER.search(line.text)
    if after and line.role is Role.LINE:
        text = line.text[: after.start("space")] + " " + line.text[after.end() :]
        yield Mistake(number=line.number, column=after.start("space"), message=message, mended={line.number: text})


def markdown_link(page: Page, line: Line) -> Iterator[Mistake]:
    """`[Course site](https://…)` is a link in a text; among the links it is a name with a value."""
    match = re.fullmatch(r"\[(?P<name>[^\]]+)\]\((?P<link>[^)\s]+)\)", line.body)
    if line.role is Role.LINE and match:
        text = f"{line.text[: line.start]}{match['name']}: {match['link']}"
        message = f"write a link as  {match['name']}: {match['link']}"
        yield Mistake(number=line.number, column=line.start, message=message, mended={line.number: text})


def nameless_link(page: Page, line: Line) -> Iterator[Mistake]:
    """`https://…` alone among links, which have names."""
    if line.role is Role.LINE and not line.dashed and re.fullmatch(r"https?://\S+", line.body):
        message = f"the name is missing before the link: write  Name: {line.body}"
        text = f"{line.text[: line.start]}Link: {line.body}"
        yield Mistake(number=line.number, column=line.start, message=message, mended={line.number: text}, offer=False)


def special_start(page: Page, line: Line) -> Iterator[Mistake]:
    """A text that begins with a sign that means something to YAML: `**Yes**`, `@office`, `[Apply](…)`, `{contact}`."""
    value = line.value
    if line.role is not Role.LINE or not value or value[0] not in _SPECIAL_START:
        return
    if value[0] in "|>" and line.name is not None:
        return
    message = f"a text that begins with {value[0]} needs quotes around it"
    text = line.text[: line.value_start] + quoted(value)
    yield Mistake(number=line.number, column=line.value_start, message=message, mended={line.number: text})
