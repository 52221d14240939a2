"""Mistakes in a text below a |, in its mark, and in the writer's own notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from bot.content import names
from bot.content.outline import Line, Role
from bot.content.page import Mistake, Page, quoted

LIKE_A_MARK = re.compile(r"[lI1!/\\¦\"']|\|[|.:]")  # what is typed for a |
_FOREIGN_NOTE = re.compile(r"//|-{2,}[^-]|/\*|<!--|;|\(.*\)$")
LONGEST_NAME = 3  # words; what is longer before a colon is a sentence


def lost_mark(page: Page, line: Line) -> Iterator[Mistake]:
    """`answer:` above a text of several lines, without its |."""
    below = page.after(line)
    if line.role is not Role.LINE or line.name is None or below is None or below.indent <= line.start:
        return
    if line.value and not LIKE_A_MARK.fullmatch(line.value):
        return
    if names.plain(line.name) in page.words.lists - page.words.long_texts:
        return
    if below.dashed or (below.name is not None and len(below.name.split()) <= LONGEST_NAME and "." not in below.name):
        return
    message = f"a text of several lines needs a | after  {line.name}:"
    column = line.value_start
    yield Mistake(
        number=line.number,
        column=column,
        message=message,
        mended={line.number: f"{line.text[: line.value_start].rstrip()} |"},
    )


def text_beside_mark(page: Page, line: Line) -> Iterator[Mistake]:
    """`answer: | Yes.` The text belongs below."""
    match = re.match(r"[|>](?P<text>.*\S)", line.value)
    if line.role is not Role.LINE or not match or line.name is None:
        return
    message = f"text stands beside the {line.value[0]} ; write it on the next lines, indented two more spaces"
    text = f"{line.text[: line.value_start]}|"
    yield Mistake(
        number=line.number, column=line.value_start + 1, message=message, mended={line.number: text}, offer=False
    )
    alone = line.text[: line.value_start] + quoted(line.value.lstrip("|> "))
    yield Mistake(number=line.number, column=line.value_start + 1, message=message, mended={line.number: alone})


def note_in_text(page: Page, line: Line) -> Iterator[Mistake]:
    """`# a note` further left than the text around it ends that text for YAML."""
    notes = [line, *takewhile(lambda other: other.role is Role.EMPTY, page.below(line))]
    below, owner = page.after(line), page.before(line)
    if not line.text.lstrip().startswith("#") or below is None or below.role is not Role.TEXT:
        return
    if line.indent >= below.block_indent:
        return
    name = f"of  {owner.name}: " if owner and owner.name else "above it"
    message = (
        f"a line that begins with # this far left ends the text {name}; move it above that, "
        "or indent it like the text to make it a part of it"
    )
    mended = {note.number: "" for note in notes}
    yield Mistake(number=line.number, column=line.indent, message=message, mended=mended, offer=False)


def fallen_out(page: Page, line: Line) -> Iterator[Mistake]:
    """Text at the left edge, below a `|` that it belongs to."""
    if line.role is not Role.STRAY:
        return
    owner = page.before(line)
    name = f"{owner.name}: " if owner and owner.name else ""
    message = (
        f"this text stands too far left to belong to  {name}| ; indent it like the lines around it, "
        "or, if it is a note to yourself, begin it with a #"
    )
    mended = {line.number: " " * line.block_indent + line.body}
    for other in page.below(line):
        if other.role is not Role.STRAY:
            break
        mended[other.number] = " " * other.block_indent + other.body
    yield Mistake(number=line.number, column=line.indent, message=message, mended=mended, sure=True)


def uneven_text(page: Page, line: Line) -> Iterator[Mistake]:
    """The first line of a text tells where all of it begins; another line may not begin further left."""
    if line.role is not Role.TEXT or line.indent >= line.block_indent:
        return
    texts: list[Line] = []
    for other in reversed(page.outline[: line.number - 1]):
        if other.role is Role.LINE:
            break
        texts.append(other)
    first = next((other for other in reversed(texts) if other.role is Role.TEXT), line)
    message = "the text begins further right here than below; begin all of its lines at the same place"
    mended = {first.number: " " * line.indent + first.body}
    at_first = Mistake(number=first.number, column=first.indent, message=message, mended=mended)
    message = "this line of text begins further left than its first line; begin all of its lines at the same place"
    mended = {line.number: " " * line.block_indent + line.body}
    for other in page.below(line):
        if other.role is not Role.TEXT or other.indent >= line.block_indent:
            break
        mended[other.number] = " " * line.block_indent + other.body
    at_this = Mistake(number=line.number, column=line.indent, message=message, mended=mended)
    yield from (at_first, at_this) if first.indent % 2 and not line.indent % 2 else (at_this, at_first)


def foreign_note(page: Page, line: Line) -> Iterator[Mistake]:
    """A note in the signs of another language, or in brackets: `// until May`, `(on leave)`."""
    if line.role is Role.LINE and not line.dashed and _FOREIGN_NOTE.match(line.body):
        yield _as_note(line)


def lost_hash(page: Page, line: Line) -> Iterator[Mistake]:
    """Lines of the writer's own notes, or of decoration, without a #."""
    above = page.outline[line.number - 2] if line.number > 1 else None
    stands_alone = above is None or above.role is Role.EMPTY or line.indent == 0
    if stands_alone and _is_note(line) and not (above is not None and line.indent == 0 and _is_note(above)):
        yield _as_note(
            line, *takewhile(lambda other: other.indent == 0 == line.indent and _is_note(other), page.below(line))
        )


def _is_note(line: Line) -> bool:
    if line.role not in (Role.LINE, Role.STRAY) or line.name is not None or (line.dashed and line.body):
        return False
    return bool(re.match(r"\w|[-=*_~]{3}", line.text.lstrip()))


def _as_note(line: Line, *more: Line) -> Mistake:
    mended = {one.number: f"{one.text[: one.indent]}# {one.text.lstrip()}" for one in (line, *more)}
    message = "a note to yourself must begin with a #"
    return Mistake(number=line.number, column=line.indent, message=message, mended=mended)
