"""The stems of a FAQ: what each can say, which are misspelt for which, and which mean much the same."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Sequence

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from bot.answering.synonyms import SYNONYMS
from bot.answering.text import FUNCTION_WORDS, QUESTION_WORDS

CLOSE_ENOUGH = 0.72
"""Damerau-Levenshtein similarity from which an unknown word is taken for a misspelt known one."""
SHORTEST_TYPO = 4
"""Letters from which on a word can be misspelt; shorter ones resemble too many others."""
NO_WORD_CLOSE_ENOUGH, NO_WORD_SHORTEST = 0.62, 3
"""The same where we know English, so that what is unknown is no word at all and must be a slip."""
SHORTEST_ROOT = 4
"""Letters that words of one root share at least."""


class Vocabulary:
    """All stems of a FAQ. `english` are stems that exist though the FAQ has them not; () if that is not known."""

    def __init__(self, stemmed: Sequence[Sequence[Sequence[str]]], english: Container[str] = ()) -> None:
        """Take the stems of each wording of each entry."""
        self._weights = _weights(stemmed)
        self._english = english
        self._shortest = NO_WORD_SHORTEST if english else SHORTEST_TYPO
        self._close_enough = NO_WORD_CLOSE_ENOUGH if english else CLOSE_ENOUGH
        self._by_letter = _grouped(self._weights, 1, self._shortest)
        self._by_root = _grouped(filter(_has_root, self._weights), SHORTEST_ROOT, SHORTEST_ROOT)

    def weigh(self, s: str) -> float:
        """How much a stem can say, 0 to 1."""
        return self._weights.get(s, _prior(s))

    def begun_with(self, letters: str) -> list[str]:
        """The stems that begin with these letters."""
        return [s for s in self._weights if s.startswith(letters)]

    def corrected(self, s: str) -> str:
        """Take an unknown stem for the known one that it resembles, if there is one; first letters are seldom wrong."""
        if s in self._weights or s in self._english or len(s) < self._shortest or not s.isalpha():
            return s
        found = process.extractOne(
            s,
            self._by_letter.get(s[0], ()),
            scorer=DamerauLevenshtein.normalized_similarity,
            score_cutoff=self._close_enough,
        )
        return found[0] if found else s

    def related(self, feature: str) -> list[str]:
        """What means much the same as a stem: its synonyms, and known stems of its root."""
        synonyms = list(SYNONYMS.get(feature, ()))
        if not _has_root(feature):
            return synonyms
        return synonyms + [s for s in self._by_root.get(feature[:SHORTEST_ROOT], ()) if _same_root(feature, s)]


def _prior(stemmed: str) -> float:
    """How much a stem can say, before any text is seen."""
    if stemmed in FUNCTION_WORDS:
        return 0.5
    return 0.75 if stemmed in QUESTION_WORDS else 1.0


def _weights(stemmed: Sequence[Sequence[Sequence[str]]]) -> dict[str, float]:
    """Weigh every stem: 1 if a single entry has it, less the more entries do."""
    entries_with = Counter(s for variants in stemmed for s in {s for stems in variants for s in stems})
    most = math.log(1 + len(stemmed))
    return {s: _prior(s) * math.log((1 + len(stemmed)) / n) / most for s, n in entries_with.items()}


def _has_root(feature: str) -> bool:
    return len(feature) >= SHORTEST_ROOT and feature.isalpha() and _prior(feature) == 1.0


def _same_root(one: str, other: str) -> bool:
    """Whether the shorter stem, but for its last letter, begins the longer (verifi, verif)."""
    begun = max(SHORTEST_ROOT, min(len(one), len(other)) - 1)
    return one[:begun] == other[:begun]


def _grouped(stemmed: Iterable[str], letters: int, shortest: int) -> dict[str, list[str]]:
    """Sort stems by their first letters."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for s in stemmed:
        if len(s) >= shortest:
            groups[s[:letters]].append(s)
    return dict(groups)
