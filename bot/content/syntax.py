"""Gets a tree out of a file that YAML refuses: find the mistake, say it, mend it in memory, and read on."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice

from bot.content import names, nodes
from bot.content.mistakes_in_files import whole_page
from bot.content.mistakes_in_signs import ODD_SPACES
from bot.content.nodes import Finding, Node, Unreadable
from bot.content.outline import outline
from bot.content.page import Mistake, Page
from bot.content.problems import Place
from bot.content.search import Search
from bot.content.sheet import Sheet

MOST_MISTAKES = 25  # after that many it is not a file with mistakes but something else
HOPELESS = {
    nodes.TOO_DEEP: "this is nested too deep: nothing goes deeper than a course's sessions",
    nodes.TOO_MANY: f"there are more than {nodes.MOST_VALUES:,} values up to here. Is it the right file?",
}
MOST_PARSED = 1_500_000  # letters, in all the times that the file is parsed
WHOLE_PAGE_SIGNS = ("---", "...", "<<<<<<<", "=======", ">>>>>>>", "```", "- ", ">", "+")
_ODD_LINE = re.compile(rf"""^ *[\t{ODD_SPACES}]|[:-] +(?:"[^"]*|'[^']*)$|\t|^[^\w\s#]{{1,2}}\s*$""")
ONE_PASSAGE = 2  # lines between two lines of one passage


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


def parse(sheet: Sheet, search: Search) -> Mended:
    """Build the tree of a sheet's lines, leaving on the sheet each mistake in the way."""
    lines = [line if line.strip() else "" for line in sheet.lines]
    if not _is_odd(sheet) and (good := _good(sheet, lines)) is not None:
        return good
    touched: set[int] = set()
    lost = guessing = False
    last: Mistake | None = None
    page = Page(lines=sheet.lines, outline=outline(sheet.lines, sheet.words.known), words=sheet.words)
    for ways in islice(whole_page(page), MOST_MISTAKES):
        mistake = search.best_way(lines, ways)
        if mistake.number in touched:
            continue
        tell(sheet, mistake)
        lost = lost or mistake.loses
        touched |= mistake.mended.keys()
        lines = mended(lines, mistake)
    text = "\n".join(lines)
    for _ in range(min(MOST_MISTAKES, 1 + MOST_PARSED // (len(text) + 1))):
        try:
            root, findings = nodes.parse("\n".join(lines))
        except Unreadable as unreadable:
            if unreadable.reason in HOPELESS:
                sheet.error(unreadable.place, HOPELESS[unreadable.reason])
                break
            known = search.cause(lines, unreadable)
            mistake = known or _unknown(lines, unreadable)
        else:
            return Mended(root=root, findings=findings, lines=lines, touched=frozenset(touched), lost=lost)
        if mistake.number not in touched and not _goes_on(last, mistake) and not (guessing and known is None):
            tell(sheet, mistake)
        guessing = guessing or known is None  # from there on what fits nothing is mostly a consequence
        last = mistake
        lost = lost or mistake.loses
        touched |= mistake.mended.keys()
        lines = mended(lines, mistake)
    return Mended(root=None, findings=[], lines=lines, touched=frozenset(touched), lost=True)


def _good(sheet: Sheet, lines: list[str]) -> Mended | None:
    """Build the tree of a file that YAML accepts; None if it has mistakes that can be looked for."""
    try:
        root, findings = nodes.parse("\n".join(lines))
    except Unreadable as unreadable:
        if unreadable.reason not in HOPELESS:
            return None
        sheet.error(unreadable.place, HOPELESS[unreadable.reason])
        return Mended(root=None, findings=[], lines=lines, touched=frozenset(), lost=True)
    return Mended(root=root, findings=findings, lines=lines, touched=frozenset(), lost=False)


def _is_odd(sheet: Sheet) -> bool:
    """Tell at a glance whether anything may be wrong with the file as a whole; most files need no second look."""
    edge = {names.plain(line.partition(":")[0]) for line in sheet.lines if line[:1].isalpha()}
    first = next((line for line in sheet.lines if line.strip() and not line.lstrip().startswith("#")), "")
    if edge != sheet.words.top or first.startswith(" "):
        return True
    return any(line.startswith(WHOLE_PAGE_SIGNS) or _ODD_LINE.search(line) for line in sheet.lines)


def tell(sheet: Sheet, mistake: Mistake) -> None:
    """Leave a mistake on the sheet, with the mended line if it is fit to be shown."""
    fix = mistake.mended.get(mistake.number) if mistake.offer else None
    sheet.error(Place(line=mistake.number, column=mistake.column + 1), mistake.message, fix=fix)


def further(before: Mended, mistake: Mistake) -> Mended | None:
    """Mend one more mistake in a file that YAML accepts; None if it does not accept it any more."""
    lines = mended(before.lines, mistake)
    try:
        root, findings = nodes.parse("\n".join(lines))
    except Unreadable:
        return None
    return replace(before, root=root, findings=findings, lines=lines, touched=before.touched | mistake.mended.keys())


def mended(lines: list[str], mistake: Mistake) -> list[str]:
    """Give all lines, with those of a mistake as they were probably meant."""
    return [mistake.mended.get(number, line) for number, line in enumerate(lines, start=1)]


def _goes_on(last: Mistake | None, mistake: Mistake) -> bool:
    """Tell whether a mistake only goes on with the one before: further lines of one passage, moved as a whole."""
    return last is not None and last.message == mistake.message and mistake.number - last.number <= ONE_PASSAGE


def _unknown(lines: list[str], unreadable: Unreadable) -> Mistake:
    """Say where YAML gave up, when nothing better is known, and leave that line out."""
    last = max(1, min(unreadable.place.line, len(lines)))
    number = next((n for n in range(last, 0, -1) if lines[n - 1].strip()), last)
    line = lines[number - 1]
    message = (
        "this line does not fit what stands above it. Check that it begins under the line it belongs with, "
        "that it is  name: value , and that every quote and bracket is closed"
    )
    column = len(line) - len(line.lstrip())
    return Mistake(number=number, column=column, message=message, mended={number: ""}, offer=False, loses=True)
