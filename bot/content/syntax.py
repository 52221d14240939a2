"""Gets a tree out of a file that YAML refuses: find the mistake, say it, mend it in memory, and read on.

A guess at the mistake counts only if YAML gets further once the line is mended, so every `fix` has been tried.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from typing import Protocol

from bot.content import nodes
from bot.content.mistakes import DETECTORS, Mistake, Page, whole_page
from bot.content.nodes import Finding, Node, Unreadable
from bot.content.outline import outline
from bot.content.problems import Place
from bot.content.sheet import Sheet

MOST_MISTAKES = 25  # after that many it is not a file with mistakes but something else
LOOK_BACK = 400  # lines above the place where YAML gave up: an open quote may be that far away
LOOK_NEAR = 16  # lines above it in which any mistake may be the cause
LOOK_FAR = 60
ONE_PASSAGE = 2  # lines between two lines of one passage
MOST_READ = 5_000_000  # letters to read again, in all the tries
COST_OF_JUDGING = 8  # times as long as it takes to parse
MOST_JUDGED = 8
MANY = 1_000


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


class Judge(Protocol):
    """Reads lines that YAML accepts, and tells the problems left and the lines where the file's shape seems wrong."""

    def __call__(self, lines: list[str]) -> tuple[int, list[int]]: ...


class _Search:
    """Looks for mistakes in one file. It reads the file over and over, and so keeps count of what that costs."""

    def __init__(self, known: Set[str], lines: list[str], judge: Judge) -> None:
        self.known = known
        self._judge = judge
        self._size = sum(map(len, lines)) + len(lines)
        self._left = MOST_READ

    def page(self, lines: list[str]) -> Page:
        return Page(lines=lines, outline=outline(lines, self.known), known=self.known)

    def reached(self, lines: list[str]) -> int | None:
        """Find the line to which YAML gets, one past the last if to the end; None when enough has been tried."""
        self._left -= self._size
        if self._left < 0:
            return None
        try:
            nodes.parse("\n".join(lines))
        except Unreadable as unreadable:
            return unreadable.place.line
        return len(lines) + 1

    def judged(self, lines: list[str]) -> tuple[int, list[int]] | None:
        """Count the problems left, very many if YAML refuses the lines; None when enough has been tried."""
        if (reached := self.reached(lines)) is None or reached <= len(lines):
            return None if reached is None else (MANY, [])
        self._left -= self._size * COST_OF_JUDGING
        return self._judge(lines) if self._left >= 0 else None

    def best(self, lines: list[str], mistakes: Iterable[Mistake], beyond: int) -> Mistake | None:
        """Take the mistake whose mending lets YAML get furthest, and beyond a line.

        Among equals the one that leaves the fewest problems wins, then the more telling one, which stands first.
        """
        reaching: dict[int, list[Mistake]] = {}
        for mistake in mistakes:
            reached = self.reached(_mended(lines, mistake.mended))
            if reached is None:
                break
            reaching.setdefault(reached, []).append(mistake)
        furthest = max(reaching, default=0)
        if furthest <= beyond:
            return None
        equal = reaching[furthest]
        if len(equal) == 1 or furthest <= len(lines):
            return equal[0]
        counts = [(self.judged(_mended(lines, mistake.mended)) or (MANY, []))[0] for mistake in equal[:MOST_JUDGED]]
        return equal[counts.index(min(counts))]


def parse(sheet: Sheet, judge: Judge) -> Mended:
    """Build the tree of a sheet's lines, leaving on the sheet each mistake in the way."""
    lines = list(sheet.lines)
    search = _Search(sheet.homes.keys(), lines, judge)
    touched: set[int] = set()
    lost = False
    last: Mistake | None = None
    for ways in whole_page(search.page(lines)):
        mistake = (search.best(lines, ways, 0) if len(ways) > 1 else None) or ways[0]
        _tell(sheet, mistake)
        touched |= mistake.mended.keys()
        lines = _mended(lines, mistake.mended)
    for _ in range(MOST_MISTAKES):
        try:
            root, findings = nodes.parse("\n".join(lines))
        except Unreadable as unreadable:
            if unreadable.reason == "too deep":
                sheet.error(unreadable.place, "this is nested too deep: nothing goes deeper than a course's sessions")
                break
            page = search.page(lines)
            mistake = _found(search, page, unreadable) or _unknown(page, unreadable)
        else:
            explained = _explained(search, lines, touched)
            if explained is None:
                return Mended(root=root, findings=findings, lines=lines, touched=frozenset(touched), lost=lost)
            mistake = explained
        if mistake.number not in touched and not _goes_on(last, mistake):
            _tell(sheet, mistake)
        last = mistake
        lost = lost or mistake.loses
        touched |= mistake.mended.keys()
        lines = _mended(lines, mistake.mended)
    return Mended(root=None, findings=[], lines=lines, touched=frozenset(touched), lost=True)


def _tell(sheet: Sheet, mistake: Mistake) -> None:
    fix = mistake.mended.get(mistake.number) if mistake.offer else None
    sheet.error(Place(line=mistake.number, column=mistake.column + 1), mistake.message, fix=fix)


def _goes_on(last: Mistake | None, mistake: Mistake) -> bool:
    """Tell whether a mistake only goes on with the one before: further lines of one passage, moved as a whole."""
    return last is not None and last.message == mistake.message and mistake.number - last.number <= ONE_PASSAGE


def _found(search: _Search, page: Page, unreadable: Unreadable) -> Mistake | None:
    """Look near the place where YAML gave up, and further above it if nothing near mends the rest of the file."""
    last, found = unreadable.place.line, None
    for look in (LOOK_NEAR, LOOK_FAR):
        found = search.best(page.lines, _candidates(page, last, look), last) or found
        if found is not None and search.reached(_mended(page.lines, found.mended)) == len(page.lines) + 1:
            break
    return found


def _candidates(page: Page, last: int, look: int) -> Iterator[Mistake]:
    """Give the mistakes that may stand in a line or above it: the more telling first, then the nearer."""
    last = min(last, len(page.lines))
    found: list[tuple[int, int, int, Mistake]] = []
    for number in range(last, max(last - LOOK_BACK, 0), -1):
        if number < last - look and not page.outline[number - 1].value.startswith(('"', "'", "[", "{")):
            continue  # far above, only what was opened and not closed can be the cause
        for rank, detector in enumerate(DETECTORS):
            for mistake in detector(page, page.outline[number - 1]):
                even = 1 - page.outline[mistake.number - 1].indent % 2
                found.append((rank, even, last - number, mistake))
    found.sort(key=lambda entry: entry[:3])
    yield from (mistake for *_, mistake in found)


def _explained(search: _Search, lines: list[str], touched: Set[int]) -> Mistake | None:
    """Find one mistake that explains several problems of a file that YAML accepts, such as a line indented wrongly."""
    judged = search.judged(lines)
    if judged is None or judged[0] < 2 or not judged[1]:
        return None
    before, suspects = judged
    page = search.page(lines)
    best: tuple[int, Mistake] | None = None
    for number in dict.fromkeys(near for line in suspects[:3] for near in (line, line - 1, line + 1)):
        if number in touched or not 0 < number <= len(lines):
            continue
        for detector in DETECTORS:
            for mistake in detector(page, page.outline[number - 1]):
                after = search.judged(_mended(lines, mistake.mended))
                if after is not None and after[0] < (best[0] if best else before - 1):
                    best = after[0], mistake
    return best[1] if best else None


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
