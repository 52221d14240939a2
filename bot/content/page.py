"""A file's lines seen as a page, and what a mistake in one of them is."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from bot.content.outline import Line, Role
from bot.content.words import Words

LONG_DASHES = "–—−－"


@dataclass(frozen=True, kw_only=True)
class Mistake:
    """`column` counts from 0. `mended` holds new lines by number; `offer` says that its own is fit to be shown.

    `loses` says that mending left something out, so that what is missing now is no mistake of the writer's. `sure` says
    that it is a better word on a single problem than what the fields say of it.
    """

    number: int
    column: int
    message: str
    mended: dict[int, str]
    offer: bool = True
    loses: bool = False
    sure: bool = False


@dataclass(frozen=True)
class Page:
    """The file's lines, what each is, and the words that may stand in them."""

    lines: list[str]
    outline: list[Line]
    words: Words

    @property
    def known(self) -> Set[str]:
        """Give the plain names of all fields."""
        return self.words.known

    @property
    def top(self) -> Set[str]:
        """Give the plain names of the fields at the left edge."""
        return self.words.top

    @cached_property
    def columns(self) -> dict[int, list[int]]:
        """For each line, the columns at which the lists and names around it began, the nearest first."""
        columns: dict[int, list[int]] = {}
        opened: list[int] = []
        for line in self.outline:
            columns[line.number] = list(reversed(opened))
            if line.role is Role.LINE:
                opened = [column for column in opened if column < line.indent]
                opened.append(line.indent)
                if line.dashed:
                    opened.append(line.start)
        return columns

    def before(self, line: Line) -> Line | None:
        """Find the last line above that is neither empty nor text."""
        above = range(line.number - 2, -1, -1)
        return next((self.outline[index] for index in above if self.outline[index].role is Role.LINE), None)

    def sibling(self, line: Line) -> Line | None:
        """Find the next line that does not hang below this one, give or take a space."""
        below = self.after(line)
        if below is None or below.indent <= line.indent:
            return None
        later = (other for other in islice(self.outline, below.number, None) if other.role is Role.LINE)
        return next((other for other in later if other.indent < below.indent), None)

    def below(self, line: Line) -> Iterator[Line]:
        """Give all lines below, as far as they are wanted."""
        return (self.outline[index] for index in range(line.number, len(self.outline)))

    def after(self, line: Line) -> Line | None:
        """Find the next line below that is not empty."""
        return next((other for other in self.below(line) if other.role is not Role.EMPTY), None)


def too_far(shift: int, more: str = "") -> str:
    """Say by how much a line, and `more`, must move to the right, or to the left with a negative `shift`."""
    side = "left" if shift > 0 else "right"
    count = f"{abs(shift)} space{'s' if abs(shift) > 1 else ''}"
    return f"the line begins {count} too far to the {side}{more}; begin it exactly under the lines it belongs with"


def no_dash(sign: str) -> str:
    """Say that a list item begins with a sign that only looks like a dash, or that is used as one."""
    if sign in LONG_DASHES:
        return f"a long dash ({sign}) stands where a plain - belongs"
    return f"begin a list item with a dash and a blank, not with {sign}"


def quoted(text: str) -> str:
    """Put a text in the quotes that it does not hold itself."""
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'
