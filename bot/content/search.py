"""Looks for the mistake that explains why YAML gave up, or why what it read is no sensible file.

A guess counts only if it helps: the passage around it is read again with the line mended. Large files are never read
whole for that, and there is a limit to the reading in all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Protocol

from bot.content import nodes
from bot.content.mistakes import DETECTORS, MOST_TELLING
from bot.content.nodes import Unreadable
from bot.content.outline import outline
from bot.content.page import Mistake, Page
from bot.content.words import Words

LOOK_NEAR = 16  # lines above the place where YAML gave up, in which any mistake may be the cause
LOOK_FAR = 60
LOOK_BACK = 200  # further up only for the most telling mistakes
LOOK_CLOSE = 10
SHORT = 150  # lines of a file, or of a list item, that is read as a whole
MOST_READ = 1_000_000  # letters to read again, in all the tries
MOST_JUDGED_LETTERS = 300_000  # letters to read again with all their fields, which takes longer
MOST_JUDGED = 16
MANY = 1_000
LOST_COLON = "could not find expected ':'"  # in YAML's words; the line that it began with lacks one

# The name of a section at the left edge, with nothing or a | beside it; its colon may be what is missing.
_SECTION = re.compile(r"[A-Za-z]\w*\s*:?\s*\|?\s*(?:#.*)?$")


class Judge(Protocol):
    """Reads lines and counts the problems left in them. Raises `Unreadable` where YAML gives up."""

    def __call__(self, lines: list[str]) -> int: ...


@dataclass(frozen=True, kw_only=True)
class Passage:
    """Lines `start` to `stop` of a file, counted from 0, below the top-level name they belong to."""

    start: int
    stop: int
    header: tuple[str, ...]

    def cut(self, lines: Sequence[str], mended: Mapping[int, str] | None = None) -> list[str]:
        """Give the lines of the passage, some of them mended; lines are numbered from 1 as in the file."""
        inner = list(lines[self.start : self.stop])
        for number, text in (mended or {}).items():
            if self.start < number <= self.stop:
                inner[number - 1 - self.start] = text
        return [*self.header, *inner]

    @property
    def shift(self) -> int:
        """What to add to a line's number in the passage to get its number in the file."""
        return self.start - len(self.header)


def passage(lines: Sequence[str], first: int, last: int, around: int = LOOK_FAR) -> Passage:
    """Find whole list items around some lines, so that they can be read alone; a short file is one passage."""
    if len(lines) <= SHORT:
        return Passage(start=0, stop=len(lines), header=())
    top = next((index for index in range(min(first, len(lines)) - 1, -1, -1) if _SECTION.match(lines[index])), 0)
    item = next((m for line in lines[top + 1 : top + 20] if (m := re.match(r" *- ", line))), None)
    start, stop = max(top, first - around), min(len(lines), last + around)
    if item is not None:
        dash = item[0]
        start = next((index for index in range(start, top, -1) if lines[index].startswith(dash)), top)
        stop = next(
            (index for index in range(stop, min(len(lines), stop + SHORT)) if _begins(lines[index], dash)), stop
        )
    return Passage(start=start, stop=stop, header=(lines[top],) if start > top else ())


def _begins(line: str, dash: str) -> bool:
    return line.startswith(dash) or bool(_SECTION.match(line))


class Search:
    """Looks for mistakes in one file, and keeps count of how much was read for it."""

    def __init__(self, words: Words, judge: Judge, length: int) -> None:
        """`length` is that of the file, in letters: the longer it takes to read it once, the less is tried."""
        self._words = words
        self._judge = judge
        self._left = MOST_READ - length
        self._left_to_judge = MOST_JUDGED_LETTERS - length // 2

    def cause(self, lines: list[str], unreadable: Unreadable) -> Mistake | None:
        """Find the mistake that made YAML give up: near the place first, then further above."""
        last = min(unreadable.place.line, len(lines))
        opened = unreadable.opened.line if unreadable.opened else last
        first = opened if last - LOOK_NEAR <= opened < last else last  # which may stand in the section above
        found: Mistake | None = None
        for look, around in ((LOOK_NEAR, LOOK_FAR), (LOOK_FAR, LOOK_BACK)):
            part = passage(lines, first, last, around)
            found = self._cause_in(part, lines, last, opened, look) or found
            if found is not None and found.number == opened and LOST_COLON in unreadable.reason:
                break  # another mistake follows, and this one is plain
            if found is not None and self._reached(part.cut(lines, found.mended)) > part.stop - part.shift:
                break
        if found is None and opened < last - LOOK_NEAR:
            last = min(last, opened + LOOK_FAR)
            found = self._cause_in(passage(lines, opened, opened), lines, last, opened, LOOK_FAR)
        return found

    def best_way(self, lines: list[str], ways: list[Mistake]) -> Mistake:
        """Choose among several ways to mend one mistake."""
        if len(ways) == 1:
            return ways[0]
        first, last = min(ways[0].mended), max(ways[0].mended)
        last = min(last, first + LOOK_BACK)  # where all of a file is mended, its beginning tells which way is right
        part = passage(lines, first - 1, last)  # its own line may look like the beginning of a section
        return self._best(part, lines, ways, 0) or ways[0]

    def explanation(self, lines: list[str], suspects: Iterable[int], told: Set[int]) -> Mistake | None:
        """Find one mistake behind several problems of a file that YAML accepts, such as a line indented wrongly."""
        best: tuple[int, Mistake] | None = None
        for suspect in list(dict.fromkeys(suspects))[:3]:
            part = passage(lines, suspect, suspect, LOOK_CLOSE)
            before = self._judged(part.cut(lines))
            if not before:
                continue
            page = self._page(part, lines)
            for number in (suspect, suspect - 1, suspect + 1):
                if number in told or not part.start < number <= part.stop:
                    continue
                for mistake in self._mistakes(page, part, number):
                    after = self._judged(part.cut(lines, mistake.mended))
                    gain = before - after if after is not None else 0
                    if gain > (best[0] if best else 0) and (gain > 1 or (after == 0 and mistake.sure)):
                        best = gain, mistake
        return best[1] if best else None

    def helps(self, lines: list[str], number: int, text: str) -> bool:
        """Tell whether a line written anew leaves fewer problems."""
        part = passage(lines, number, number, LOOK_CLOSE)
        before, after = self._judged(part.cut(lines)), self._judged(part.cut(lines, {number: text}))
        return before is not None and after is not None and after < before

    def _cause_in(self, part: Passage, lines: list[str], last: int, opened: int, look: int) -> Mistake | None:
        above = range(last, part.start, -1)
        section = next((number for number in above if _SECTION.match(lines[number - 1])), last)
        likely = {opened, section, section + 1, section + 2, *range(last - look, last + 1)}
        return self._best(part, lines, self._ranked(self._page(part, lines), part, above, likely), last)

    def _ranked(self, page: Page, part: Passage, numbers: Iterable[int], near: Set[int]) -> list[Mistake]:
        """Order the mistakes that may stand in some lines: the more telling first, then at odd columns, then nearer.

        In other lines than the `near` ones only the most telling are looked for.
        """
        found: list[tuple[int, int, int, Mistake]] = []
        for number in numbers:
            line = page.outline[number - 1 - part.shift]
            for rank, detector in enumerate(DETECTORS if number in near else DETECTORS[:MOST_TELLING]):
                for mistake in detector(page, line):
                    even = 1 - page.outline[mistake.number - 1].indent % 2
                    found.append((rank, even, -number, _moved(mistake, part.shift)))
        found.sort(key=lambda entry: entry[:3])
        return [mistake for *_, mistake in found]

    def _mistakes(self, page: Page, part: Passage, number: int) -> Iterator[Mistake]:
        for detector in DETECTORS:
            for mistake in detector(page, page.outline[number - 1 - part.shift]):
                yield _moved(mistake, part.shift)

    def _best(self, part: Passage, lines: list[str], mistakes: list[Mistake], beyond: int) -> Mistake | None:
        """Take the mistake whose mending lets YAML get furthest, and beyond a line.

        Among equals the one that leaves the fewest problems wins, then the one that stands first.
        """
        reaching: dict[int, list[Mistake]] = {}
        for mistake in mistakes:
            reaching.setdefault(self._reached(part.cut(lines, mistake.mended)), []).append(mistake)
        furthest = max(reaching, default=0)
        if furthest + part.shift <= beyond or furthest == 0:
            return None
        equal = reaching[furthest]
        if len(equal) == 1 or furthest + part.shift <= part.stop:
            return equal[0]
        judged = [self._judged(part.cut(lines, mistake.mended)) for mistake in equal[:MOST_JUDGED]]
        counts = [MANY if count is None else count for count in judged]
        return equal[counts.index(min(counts))]

    def _page(self, part: Passage, lines: list[str]) -> Page:
        cut = part.cut(lines)
        return Page(lines=cut, outline=outline(cut, self._words.known), words=self._words)

    def _reached(self, lines: list[str]) -> int:
        """Find the line to which YAML gets, one past the last if to the end; 0 when enough has been read."""
        if self._left < 0:
            return 0
        reached = len(lines) + 1
        try:
            nodes.parse("\n".join(lines))
        except Unreadable as unreadable:
            reached = min(unreadable.place.line, len(lines))
        self._left -= sum(len(line) + 1 for line in lines[:reached])
        return reached

    def _judged(self, lines: list[str]) -> int | None:
        """Count the problems left, very many if YAML refuses the lines; None when enough has been read."""
        length = sum(map(len, lines)) + len(lines)
        self._left -= length
        if self._left < 0 or self._left_to_judge < length:
            return None
        try:
            count = self._judge(lines)
        except Unreadable:
            return MANY
        self._left_to_judge -= length
        return count


def _moved(mistake: Mistake, shift: int) -> Mistake:
    mended = {number + shift: text for number, text in mistake.mended.items()}
    return replace(mistake, number=mistake.number + shift, mended=mended)
