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
LOOK_BACK = 400  # lines before the place where YAML gave up
TRIES = 12


@dataclass(frozen=True, kw_only=True)
class Mended:
    """The tree, None if there is none to be had, and the lines that were mended: what they say is a guess."""

    root: Node | None
    findings: list[Finding]
    touched: frozenset[int]
    lost: bool


def parse(sheet: Sheet) -> Mended:
    """Build the tree of a sheet's lines, leaving on the sheet each mistake in the way."""
    known = sheet.homes.keys()
    lines = list(sheet.lines)
    touched: set[int] = set()
    lost = False
    for mistake in whole_page(Page(lines=lines, outline=outline(lines, known), known=known)):
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
                return Mended(root=None, findings=[], touched=frozenset(touched), lost=True)
            page = Page(lines=lines, outline=outline(lines, known), known=known)
            mistake = _found(page, unreadable) or _unknown(page, unreadable)
            if mistake.number not in touched:
                _tell(sheet, mistake)
            lost = lost or mistake.loses
            touched |= mistake.mended.keys()
            lines = _mended(lines, mistake.mended)
        else:
            return Mended(root=root, findings=findings, touched=frozenset(touched), lost=lost)
    return Mended(root=None, findings=[], touched=frozenset(touched), lost=True)


def _tell(sheet: Sheet, mistake: Mistake) -> None:
    fix = mistake.mended.get(mistake.number) if mistake.offer else None
    sheet.error(Place(line=mistake.number, column=mistake.column + 1), mistake.message, fix=fix)


def _found(page: Page, unreadable: Unreadable) -> Mistake | None:
    """Go back from where YAML gave up, and take the first mistake whose mending lets YAML get further."""
    tries = 0
    last = min(unreadable.place.line, len(page.lines))
    best: tuple[Place, Mistake] | None = None
    for number in range(last, max(last - LOOK_BACK, 0), -1):
        for detector in DETECTORS:
            for mistake in detector(page, page.outline[number - 1]):
                reached = _reached(_mended(page.lines, mistake.mended))
                tries += 1
                if reached is None:
                    return mistake
                if reached.line > unreadable.place.line and (best is None or reached > best[0]):
                    best = reached, mistake
                if tries >= TRIES:
                    return best[1] if best else None
        if best is not None:
            return best[1]
    return None


def _reached(lines: list[str]) -> Place | None:
    """Find how far YAML gets; None if to the end."""
    try:
        nodes.parse("\n".join(lines))
    except Unreadable as unreadable:
        return unreadable.place
    return None


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
