"""Finds wordings of different entries that the bot cannot tell apart.

Asking the matcher for every wording takes seconds. So it is asked only for those that share much of their weight in
words with a wording of another entry, and more than with those of their own.
"""

from __future__ import annotations

import heapq
import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from bot.answering.knowledge_base import KnowledgeBase
from bot.answering.text import FUNCTION_WORDS, QUESTION_WORDS, stem
from bot.content import names
from bot.knowledge.findings import Findings, Path

ALIKE = 0.7
"""Shared weight, of 1, from which two wordings say the same."""
WORTH_ASKING = 0.4
"""Shared weight from which the matcher is asked whether it takes one wording for the other."""
AS_GOOD = 0.6
"""The share of the own entry's score from which another is nearly as good."""
FEW = 4
CLEAR_LEAD = 0.3
"""The lead in probability from which a wording is taken for another entry's. Odd ones that belong where they are stay
below."""
LEAD_OVER_FEW = 0.5
"""The same for an entry with few other wordings, which can hardly be told by them."""
RAREST = 2
"""Words of a wording through which others like it are looked for."""
COMMON = 60
"""Wordings that share a word, from which on the word is not rare whatever its weight."""
MANY_LIKE = 160
MANY_SUSPECTS = 28
MANY_TOLD = 5

ALIKE_TO = (
    '"{wording}" ({entry}) is nearly the same as "{other}" ({rival}, line {line}), so the bot cannot tell which of '
    "the two is meant. Keep one of them"
)
TAKEN_BY = (
    '"{wording}" ({entry}) is taken for {rival} (line {line}), because of "{other}" there. '
    "Move it there, or put one of them in other words"
)

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, kw_only=True)
class _Wording:
    text: str
    entry: str
    path: Path
    stems: frozenset[str]

    @property
    def is_keyword(self) -> bool:
        """A keyword is compared with keywords only: that a sentence has it in it is what it is for."""
        return "keywords" in self.path


@dataclass(frozen=True, kw_only=True)
class _Suspect:
    """A wording with the likest one of another entry, and how much of their weight in words the two share."""

    wording: _Wording
    rival: _Wording
    shared: float


def judge_wordings(base: KnowledgeBase, findings: Findings) -> None:
    """Tell the wordings that collide, the likest first; a few at a time."""
    wordings = list(_wordings(base))
    told: set[Path] = set()
    for suspect in _suspects(wordings):
        collision = _judged(suspect, wordings, base)
        if collision and not told & {collision.wording.path, collision.rival.path}:
            told |= {collision.wording.path, collision.rival.path}
            _tell(collision, findings)
        if len(told) == 2 * MANY_TOLD:
            break


def _wordings(base: KnowledgeBase) -> Iterator[_Wording]:
    for index, entry in enumerate(base.faq.entries):
        if not entry.draft:
            path = ("questions", index)
            yield _wording(entry.id, (*path, "question"), entry.question)
            yield from _listed(entry.id, (*path, "also_asked"), entry.also_asked)
            yield from _listed(entry.id, (*path, "keywords"), entry.keywords)
    for index, topic in enumerate(base.faq.elsewhere):
        entry_id, path = f"elsewhere: {topic.topic}", ("elsewhere", index)
        yield _wording(entry_id, (*path, "topic"), topic.topic)
        yield from _listed(entry_id, (*path, "also_asked"), topic.also_asked)


def _listed(entry: str, path: Path, texts: Sequence[str]) -> Iterator[_Wording]:
    for number, text in enumerate(texts):
        yield _wording(entry, (*path, number), text)


def _wording(entry: str, path: Path, text: str) -> _Wording:
    stems = frozenset(stem(word) for word in _WORD.findall(text.casefold().replace("'", "")))
    return _Wording(text=text, entry=entry, path=path, stems=stems)


def _suspects(wordings: Sequence[_Wording]) -> list[_Suspect]:
    """Find the wordings that are more like one of another entry than like all others of their own, likest first."""
    likeness = _Likeness(wordings)
    siblings: defaultdict[str, list[_Wording]] = defaultdict(list)
    for wording in wordings:
        siblings[wording.entry].append(wording)

    def stands_out(suspect: _Suspect) -> float:
        own = (one for one in siblings[suspect.wording.entry] if one is not suspect.wording)
        return suspect.shared - max((likeness.between(suspect.wording, one) for one in own), default=0.0)

    likest = heapq.nlargest(MANY_LIKE, _with_rivals(wordings, likeness), key=lambda suspect: suspect.shared)
    return heapq.nlargest(MANY_SUSPECTS, likest, key=stands_out)


def _with_rivals(wordings: Sequence[_Wording], likeness: _Likeness) -> Collection[_Suspect]:
    by_rarest: defaultdict[str, list[_Wording]] = defaultdict(list)
    for wording in wordings:
        for rare in likeness.rarest(wording):
            by_rarest[rare].append(wording)
    found: dict[Path, _Suspect] = {}
    for sharing in by_rarest.values():
        for one, other in combinations(sharing if len(sharing) < COMMON else (), 2):
            if one.entry == other.entry or one.is_keyword != other.is_keyword or _is_told_already(one, other):
                continue
            shared = likeness.between(one, other)
            for wording, rival in ((one, other), (other, one)):
                if shared >= WORTH_ASKING and (wording.path not in found or shared > found[wording.path].shared):
                    found[wording.path] = _Suspect(wording=wording, rival=rival, shared=shared)
    return found.values()


class _Likeness:
    """How much of their weight in words two wordings share: 0 to 1. Rare words weigh more."""

    def __init__(self, wordings: Sequence[_Wording]) -> None:
        holding = Counter(s for wording in wordings for s in wording.stems)
        prior = dict.fromkeys(FUNCTION_WORDS, 0.3) | dict.fromkeys(QUESTION_WORDS, 0.6)
        self._weights = {s: prior.get(s, 1.0) * math.log((1 + len(wordings)) / n) for s, n in holding.items()}
        self._totals = {wording.path: self._total(wording.stems) for wording in wordings}

    def between(self, one: _Wording, other: _Wording) -> float:
        both = self._total(one.stems & other.stems)
        return both / (self._totals[one.path] + self._totals[other.path] - both) if both else 0.0

    def rarest(self, wording: _Wording) -> list[str]:
        return sorted(wording.stems, key=lambda s: (-self._weights[s], s))[:RAREST]

    def _total(self, stems: Iterable[str]) -> float:
        return sum(map(self._weights.__getitem__, stems))


def _is_told_already(one: _Wording, other: _Wording) -> bool:
    """The reader of the file tells equal wordings of two questions."""
    return (
        one.path[0] == other.path[0] == "questions"
        and not one.is_keyword
        and one.stems == other.stems
        and names.plain(one.text) == names.plain(other.text)
    )


@dataclass(frozen=True, kw_only=True)
class _Collision:
    """`alike`: the two say the same. Otherwise the wording is much more like the rival's entry than like its own."""

    wording: _Wording
    rival: _Wording
    alike: bool


def _judged(suspect: _Suspect, wordings: Sequence[_Wording], base: KnowledgeBase) -> _Collision | None:
    """Ask the matcher where the wording would go if it did not stand where it does.

    Where an entry has few other wordings, that says less: there another must be likelier by far.
    """
    wording, rival = suspect.wording, suspect.rival
    alone = sum(one.entry == wording.entry for one in wordings) <= FEW
    matches = base.matcher.rank(base.names.find(wording.text).rest, leaving_out=wording.text)
    scores = {match.entry: match.score for match in matches}
    own = scores.get(wording.entry, 0.0)
    if suspect.shared >= ALIKE and scores.get(rival.entry, 0.0) >= AS_GOOD * own:
        return _Collision(wording=wording, rival=rival, alike=True)
    if not matches or matches[0].score - own <= (LEAD_OVER_FEW if alone else CLEAR_LEAD):
        return None
    found = [one for one in wordings if (one.entry, one.text) == (matches[0].entry, matches[0].wording)]
    taken_by = found[0] if found else rival
    return None if _is_told_already(wording, taken_by) else _Collision(wording=wording, rival=taken_by, alike=False)


def _tell(collision: _Collision, findings: Findings) -> None:
    wording, rival = collision.wording, collision.rival
    if collision.alike and findings.place(rival.path) > findings.place(wording.path):
        wording, rival = rival, wording
    sentence = (ALIKE_TO if collision.alike else TAKEN_BY).format(
        wording=wording.text,
        entry=wording.entry,
        rival=rival.entry,
        other=rival.text,
        line=findings.line(rival.path),
    )
    findings.warning(wording.path, sentence)
