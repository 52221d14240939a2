"""Whole sections gone wrong: the line with a section's name deleted, an item in another section, all spaces lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile, zip_longest

from bot.content import names
from bot.content.outline import Line, Role, own_line
from bot.content.page import Mistake, Page, too_far
from bot.content.words import Section, Shape

_MANGLED = re.compile(r"(?P<before>(?: |- |\[|\()?)(?P<name>[A-Za-z][\w ]{2,14})(?P<after>[^\w]*)")
FEW_FLAT = 4  # lines of one block that may have slipped to the left edge one by one
FEW_NAMED = 2
LONGEST_NAME = 20  # letters of a line that may name a section


@dataclass(frozen=True, kw_only=True)
class _Region:
    """The lines below a section's name, up to the next one. `section` is None before the first, or below any other."""

    section: Section | None
    lines: list[Line]

    def children(self) -> Iterator[Line]:
        """Give the lines that stand as far left as the first: each begins an item, or is a field."""
        inner = [line for line in self.lines if line.role is not Role.EMPTY]
        if self.section is not None and self.section.shape is Shape.ONE_VALUE:
            inner = [own_line(line) for line in inner]  # text below a | , as it seems
        first = next((line.indent for line in inner if line.role is Role.LINE), 0)
        return (line for line in inner if line.role is Role.LINE and 0 < line.indent <= first)


def other_file(page: Page) -> Iterator[Mistake]:
    """The sections of the one file where those of the other belong."""
    other = page.words.other
    edge = [own_line(line) for line in page.outline if line.text[:1].isalpha()]
    found = [line for line in edge if other and names.plain(line.name or "") in other.top]
    if len(found) < FEW_NAMED or any(names.plain(line.name or "") in page.top for line in edge):
        return
    listed = names.listed([f"{line.name}:" for line in found], "and")
    message = f"these are the sections of {page.words.other_file} ( {listed} ). Were the two files swapped?"
    mended = {line.number: "" for line in page.outline}
    yield Mistake(number=found[0].number, column=0, message=message, mended=mended, offer=False, loses=True)


def mangled_section(page: Page) -> Iterator[Mistake]:
    """`- questions:`, `[questions]` or ` questions:` where the plain name of a section belongs."""
    named = {names.plain(line.name) for line in page.outline if line.name is not None and line.start == 0}
    for line in page.outline if named & page.top else ():  # all of a file may well be indented
        match = _MANGLED.fullmatch(line.text)
        section = page.words.sections.get(names.plain(match["name"])) if match else None
        if match is None or section is None or names.plain(section.name) in named:
            continue
        if match["before"] or (match["after"].startswith(":") and match["after"].strip() != ":"):
            named.add(names.plain(section.name))
            message = f"the name of a section stands alone, at the left edge: write  {section.name}:"
            mended = {line.number: f"{section.name}:"}
            yield Mistake(number=line.number, column=line.indent, message=message, mended=mended)


def lost_section(page: Page) -> Iterator[Mistake]:
    """Lines of a section that is named nowhere: its name was deleted, and they count to the section above."""
    named = _named(page) | {names.plain(name) for found in mangled_section(page) for name in found.mended.values()}
    missing = [section for plain, section in page.words.sections.items() if plain not in named]
    for region in _regions(page) if missing else ():
        for line in region.children():
            section = next((one for one in missing if _claims(page, one, region.section, line)), None)
            if section is None:
                continue
            missing.remove(section)
            above = page.outline[line.number - 2]
            if above.role is Role.EMPTY and line.number > 1:
                mended, loses = {above.number: f"{section.name}:"}, False
            else:
                rest = [other for other in region.lines if other.number >= line.number]
                mended, loses = {other.number: "" for other in rest}, True
            message = f"the line  {section.name}:  is missing above this"
            yield Mistake(
                number=line.number, column=line.indent, message=message, mended=mended, offer=False, loses=loses
            )
            break


def strange_item(page: Page) -> Iterator[Mistake]:
    """A course among the terms, say: an item of a list in a section that is no list."""
    named = _named(page)
    lists = [one for plain, one in page.words.sections.items() if one.shape is Shape.LIST and plain in named]
    for region in _regions(page):
        if region.section is None or region.section.shape not in (Shape.NAMED, Shape.FIELDS):
            continue
        children = list(region.children())
        for line, following in zip_longest(children, children[1:]):
            section = next((one for one in lists if _claims(page, one, region.section, line)), None)
            if section is None:
                continue
            end = following.number if following else region.lines[-1].number + 1
            message = (
                f"{names.article(section.noun)} begins here, in the middle of  {region.section.name}: ; "
                f"move it below  {section.name}:"
            )
            mended = dict.fromkeys(range(line.number, end), "")
            yield Mistake(number=line.number, column=line.indent, message=message, mended=mended, offer=False)


def lost_block_name(page: Page) -> Iterator[Mistake]:
    """The fields of a term, or of a format, right below the section's name: their own name was deleted."""
    for region in _regions(page):
        filled = [line for line in region.lines if line.role is not Role.EMPTY]
        if region.section is None or region.section.shape not in (Shape.NAMED, Shape.FIELDS) or not filled:
            continue
        first = filled[0]
        following = next((line for line in filled if line.indent < first.indent), None)
        plain = names.plain(first.name or "")
        is_own = plain in region.section.fields
        if (
            following is None
            or first.dashed
            or plain not in page.known
            or is_own == (region.section.shape is Shape.FIELDS)
        ):
            continue
        message = f"a name is missing above this, such as  {following.name}:"
        mended = dict.fromkeys(range(first.number, following.number), "")
        yield Mistake(number=first.number, column=first.indent, message=message, mended=mended, offer=False, loses=True)


def at_the_edge(page: Page) -> Iterator[list[Mistake]]:
    """A field of a course or a question, where only the file's own stand: YAML takes what follows for its value.

    Each with the ways in which it can be mended. Where whole blocks lost their spaces, that is told once, and they are
    left out.
    """
    flat = _flat_file(page) or list(_flat_blocks(page))
    if flat:
        lines = [line for block in flat for line in block]
        message = (
            f"the spaces at the beginning of this line and of {len(lines) - 1} more are lost. Undo that, or indent the "
            "lines again as in the blocks around them"
        )
        mended = {line.number: "" for line in lines}
        yield [Mistake(number=lines[0].number, column=0, message=message, mended=mended, offer=False, loses=True)]
    present = {names.plain(line.name) for line in page.outline if line.name is not None and line.start == 0}
    told = {line.number for block in flat for line in block}
    for line in page.outline:
        if line.number in told or not _is_at_the_edge(page, line):
            continue
        name = line.name or ""
        meant = None if line.value else names.nearest(name, page.top - present, names.VERY_NEAR)
        if meant is not None:
            message = f'"{name}" is not a field of the whole file; did you mean  {meant}: ?'
            yield [Mistake(number=line.number, column=0, message=message, mended={line.number: f"{meant}:"})]
            continue
        group = [line, *takewhile(lambda other: _is_at_the_edge(page, other), page.below(line))]
        told |= {other.number for other in group}
        depths = dict.fromkeys([*page.columns[line.number], page.outline[line.number - 2].block_indent])
        ways = [_moved_right(group, depth) for depth in depths if depth]
        if ways:
            yield ways


def _flat_file(page: Page) -> list[list[Line]]:
    """Give all lines but the names of sections, if no line of the file is indented any more."""
    filled = [line for line in page.outline if line.text.strip() and not line.text.lstrip().startswith("#")]
    if any(line.indent for line in filled):
        return []
    lines = [own_line(line) for line in filled]
    inner: list[Line] = []
    sections = set(page.top)
    for line in lines:
        plain = names.plain(line.name or "")
        if line.dashed or plain not in sections:
            inner.append(line)
        sections.discard(plain)  # the first time; a course may have a time zone too
    fields = [line for line in inner if names.plain(line.name or "") in page.known]
    return [inner] if len(fields) > FEW_FLAT else []


def _flat_blocks(page: Page) -> Iterator[list[Line]]:
    """Find runs of lines at the left edge that cannot all have slipped there one by one."""
    told = 0
    for line in page.outline:
        if line.number <= told or not (_is_at_the_edge(page, line) or _is_odd_item(page, line)):
            continue
        run = [line, *takewhile(lambda other: _goes_on_flat(page, other), page.below(line))]
        while run[-1].role is Role.EMPTY:
            run.pop()
        told = run[-1].number
        fields = [other for other in run if other.name is not None and names.plain(other.name) in page.known]
        if len(fields) > FEW_FLAT and any(other.dashed for other in run):
            yield run


def _goes_on_flat(page: Page, line: Line) -> bool:
    is_section = line.role is Role.LINE and names.plain(line.name or "") in page.top
    return line.role is Role.EMPTY or (not line.text.startswith(" ") and not is_section)


def _is_odd_item(page: Page, line: Line) -> bool:
    """Tell of an item at the left edge whose own fields stand there too."""
    below = page.after(line)
    return line.role is Role.LINE and line.dashed and line.indent == 0 and below is not None and below.indent == 0


def _is_at_the_edge(page: Page, line: Line) -> bool:
    if line.role is not Role.LINE or line.start:
        return False
    plain = names.plain(line.name or "")
    return plain in page.known and plain not in page.top


def _moved_right(group: list[Line], depth: int) -> Mistake:
    more = f" (and {len(group) - 1} more line{'s' if len(group) > 2 else ''})" if len(group) > 1 else ""
    mended = {line.number: " " * depth + line.text for line in group}
    return Mistake(number=group[0].number, column=0, message=too_far(depth, more), mended=mended)


def _regions(page: Page) -> Iterator[_Region]:
    section: Section | None = None
    lines: list[Line] = []
    for line in page.outline:
        if line.role is Role.LINE and line.indent == 0 and not line.dashed and line.name is not None:
            yield _Region(section=section, lines=lines)
            section, lines = page.words.sections.get(names.plain(line.name)), []
        else:
            lines.append(line)
    yield _Region(section=section, lines=lines)


def _named(page: Page) -> set[str]:
    """Gather the sections that some line names, however it is spelt and wherever it stands, by their plain names."""
    found: set[str] = set()
    for seen in page.outline:
        line = own_line(seen) if seen.role is Role.STRAY else seen
        name = line.name if line.name is not None else line.body
        if line.role is not Role.LINE or len(name) > LONGEST_NAME:
            continue
        plain = names.plain(name)
        if plain in page.top:
            found.add(plain)
        if line.start:
            continue
        found |= {top for top, section in page.words.sections.items() if plain in section.instead}
        if plain not in page.top:
            begun = {top for top in page.top if plain.startswith(top)} if line.name is None else set()
            found |= begun or {names.nearest(name, page.top) or ""}
    return found


def _claims(page: Page, section: Section, around: Section | None, line: Line) -> bool:
    """Tell whether a line begins something of a section, and nothing of the one around it."""
    plain = names.plain(line.name or "")
    if section.shape is Shape.LIST:
        own = around.fields if around is not None and around.shape is Shape.LIST else frozenset()
        return line.dashed and plain in section.fields - own and _fits(page, section, line)
    if line.dashed or line.name is None or around is None:
        return False
    if section.shape is Shape.FIELDS:
        return plain in section.fields and (around.shape is not Shape.FIELDS or plain not in around.fields)
    if section.shape is Shape.NAMED:
        below = page.after(line)
        named = below is not None and below.indent > line.indent and names.plain(below.name or "") in section.fields
        return named and not line.value and plain not in around.fields and plain not in page.known
    return False


def _fits(page: Page, section: Section, line: Line) -> bool:
    """Tell whether the next line of an item, if it has one, is a field of the section too."""
    below = page.after(line)
    if below is not None and below.role is Role.TEXT:
        below = own_line(below)
    alone = below is None or below.indent != line.start
    return alone or below is None or names.plain(below.name or "") in section.fields
