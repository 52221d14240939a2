"""Gets a tree out of a file that YAML refuses: find the mistake, say it, mend it in memory, and read on.

A guess at the mistake counts only if YAML gets further once the line is mended, so every `fix` has been tried.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.content import nodes
from bot.content.mistakes import DETECTORS, Mistake, Page, whole_page
from bot.content.nodes import Finding, Node, Unreadable
from bot.content.outline import outline
from bot.content.problems import Place
from bot.content.sheet import Sheet

MOST_MISTAKES = 25  # after that many it is not a file with mistakes but something else
LOOK_BACK = 400  # lines above the place where YAML gave up: an open quote may be that far away
LOOK_PAST = 12  # lines to look at above a mistake that was found: a better one may stand close by
MOST_READ = 5_000_000  # letters to read again, in all the tries


@dataclass(frozen=True, kw_only=True)
class Mended:
    """The tree, None if there is none to be had, and the lines it was made of; `touched` ones are a guess.

    `lost` says that a line had to be left out, so that what is missing may be no mistake of the writer's.
    """

    root: Node | None
    findings: list[Finding]
    lines: list[str]
    touched: frozenset[int]
    lost: bool


class _Budget:
    """Keeps the tries on a large file from taking long."""

    def __init__(self, lines: list[str]) -> None:
        self._each = sum(map(len, lines)) + len(lines)
        self._left = MOST_READ

    def spend(self) -> bool:
        self._left -= self._each
        return self._left > 0


def parse(sheet: Sheet) -> Mended:
    """Build the tree of a sheet's lines, leaving on the sheet each mistake in the way."""
    known = sheet.homes.keys()
    lines = list(sheet.lines)
    touched: set[int] = set()
    lost = False
    budget = _Budget(lines)
    for ways in whole_page(Page(lines=lines, outline=outline(lines, known), known=known)):
        mistake = ways[0] if len(ways) == 1 else max(ways, key=lambda way: _reached(_mended(lines, way.mended)))
        _tell(sheet, mistake)
        touched |= mistake.mended.keys()
        lines = _mended(lines, mistake.mended)
    for _ in range(MOST_MISTAKES):
        try:
            root, findings = nodes.parse("\n".join(lines))
        except Unreadable as unreadable:
            if unreadable.reason == "too deep":
                sheet.error(
                    unreadable.place,
                    "this is nested too deep: nothing in these files goes deeper than a course's sessions",
                )
                break
            page = Page(lines=lines, outline=outline(lines, known), known=known)
            mistake = _found(page, unreadable, budget) or _unknown(page, unreadable)
            if mistake.number not in touched and not (mistake.loses and lost):
                _tell(sheet, mistake)
            lost = lost or mistake.loses
            touched |= mistake.mended.keys()
            lines = _mended(lines, mistake.mended)
        else:
            return Mended(root=root, findings=findings, lines=lines, touched=frozenset(touched), lost=lost)
    return Mended(root=None, findings=[], lines=lines, touched=frozenset(touched), lost=True)


def _tell(sheet: Sheet, mistake: Mistake) -> None:
    fix = mistake.mended.get(mistake.number) if mistake.offer else None
    sheet.error(Place(line=mistake.number, column=mistake.column + 1), mistake.message, fix=fix)


def _found(page: Page, unreadable: Unreadable, budget: _Budget) -> Mistake | None:
    """Try the mistakes that may stand here or above, and take the one whose mending lets YAML get furthest.

    Among equals the more telling mistake wins, then the one that stands at an odd column, then the nearer one.
    """
    best: tuple[tuple[int, int, int, int], Mistake] | None = None
    last = min(unreadable.place.line, len(page.lines))
    for number in range(last, max(last - LOOK_BACK, 0), -1):
        for rank, detector in enumerate(DETECTORS):
            for mistake in detector(page, page.outline[number - 1]):
                if not budget.spend():
                    return best[1] if best else None
                reached = _reached(_mended(page.lines, mistake.mended))
                if reached <= unreadable.place.line:
                    continue
                odd = page.outline[mistake.number - 1].indent % 2
                worth = (reached, -rank, odd, number)
                if best is None or worth > best[0]:
                    best = worth, mistake
        if best is not None and last - number >= LOOK_PAST:
            break
    return best[1] if best else None


def _reached(lines: list[str]) -> int:
    """Find the line to which YAML gets; one past the last if it gets to the end."""
    try:
        nodes.parse("\n".join(lines))
    except Unreadable as unreadable:
        return unreadable.place.line
    return len(lines) + 1


def _unknown(page: Page, unreadable: Unreadable) -> Mistake:
    """Say where YAML gave up, when nothing better is known, and leave that line out."""
    last = max(1, min(unreadable.place.line, len(page.lines)))
    number = next((n for n in range(last, 0, -1) if page.lines[n - 1].strip()), last)
    line = page.outline[number - 1]
    message = (
        "this line does not fit what stands above it. Check that it begins under the line it belongs with, "
        "that it is  name: value , and that every quote and bracket is closed"
    )
    return Mistake(number=number, column=line.indent, message=message, mended={number: ""}, offer=False, loses=True)


def _mended(lines: list[str], mended: dict[int, str]) -> list[str]:
    return [mended.get(number, line) for number, line in enumerate(lines, start=1)]
