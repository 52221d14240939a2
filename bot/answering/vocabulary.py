"""The stems of a FAQ: what each can say, which are misspelt for which, and which mean much the same."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import islice

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from bot.answering.text import FUNCTION_WORDS, QUESTION_WORDS

CLOSE_ENOUGH = 0.72
"""Damerau-Levenshtein similarity from which an unknown word is taken for a misspelt known one."""
SHORTEST_TYPO = 4
"""Letters from which on a word can be misspelt; shorter ones resemble too many others."""
NO_WORD_CLOSE_ENOUGH, NO_WORD_SHORTEST = 0.62, 3
"""The same where we know English, so that what is unknown is no word at all and must be a slip."""
COMMON = 8000
"""So many of the most frequent English stems can be what a slip stands for, though the FAQ has them not."""
COMMON_CLOSE_ENOUGH = 0.75
"""The likeness from which it stands for one of these."""


class Vocabulary:
    """All stems of a FAQ. `english`: the stems that exist, most frequent first; empty if that is not known."""

    def __init__(self, stemmed: Sequence[Sequence[Sequence[str]]], english: Collection[str] = ()) -> None:
        """Take the stems of each wording of each entry."""
        self._weights = _weights(stemmed)
        self._english = english
        self._shortest = NO_WORD_SHORTEST if english else SHORTEST_TYPO
        self._close_enough = NO_WORD_CLOSE_ENOUGH if english else CLOSE_ENOUGH
        self._by_letter = _by_letter(self._weights, self._shortest)
        self._common = _by_letter(islice(english, COMMON), SHORTEST_TYPO)

    def weigh(self, s: str) -> float:
        """How much a stem can say, 0 to 1."""
        return self._weights.get(s, _prior(s))

    def begun_with(self, letters: str) -> list[str]:
        """The stems that begin with these letters."""
        return [s for s in self._weights if s.startswith(letters)]

    def corrected(self, s: str) -> str:
        """Take a stem that does not exist for one that it resembles, if there is one: the FAQ's, else a common one.

        First letters are seldom wrong.
        """
        if s in self._weights or s in self._english or len(s) < self._shortest or not s.isalpha():
            return s
        return _nearest(s, self._by_letter, self._close_enough) or _nearest(s, self._common, COMMON_CLOSE_ENOUGH) or s


def _nearest(s: str, by_letter: Mapping[str, Sequence[str]], close_enough: float) -> str | None:
    """The stem with the same first letter that resembles `s` most."""
    found = process.extractOne(
        s, by_letter.get(s[0], ()), scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=close_enough
    )
    return found[0] if found else None


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


def _by_letter(stemmed: Iterable[str], shortest: int) -> dict[str, list[str]]:
    """Sort stems by their first letter."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for s in stemmed:
        if len(s) >= shortest:
            groups[s[0]].append(s)
    return dict(groups)
