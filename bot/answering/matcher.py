"""Ranks the entries of a FAQ by how well they fit an utterance.

Each entry is the mean of its wordings, as vectors over stems and pairs of neighbouring stems; rare stems weigh more. A
question is compared with all of them at once through an inverted index, and with the single wordings of the best ones.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from rapidfuzz.distance import DamerauLevenshtein

from bot.answering.text import FUNCTION_WORDS, QUESTION_WORDS, stem, words

Vector = Mapping[str, float]

PAIR_WEIGHT = 0.7
"""A pair of neighbouring stems, against the mean weight of the two."""
CLOSE_ENOUGH = 0.72
"""Damerau-Levenshtein similarity from which an unknown word is taken for a misspelt known one."""
SHORTEST_TYPO = 4
"""Letters from which on a word can be misspelt; shorter ones resemble too many others."""
SHORTLIST = 10
"""Entries whose single wordings are looked at."""


@dataclass(frozen=True, kw_only=True)
class Match:
    """An entry (or elsewhere topic) and how sure we are of it: 0 (nothing in common) to 1.

    `wording` is the one of its wordings that fits best.
    """

    entry: str
    score: float
    wording: str


@dataclass(frozen=True, kw_only=True)
class Indexed:
    """What can be found: an id and the ways to ask for it, the question as staff put it first."""

    id: str
    wordings: tuple[str, ...]
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class _Wording:
    text: str
    vector: Vector
    sorted_stems: str


class Matcher:
    """An index over entries. It never changes once built, so that any number of threads may ask it."""

    def __init__(self, entries: Sequence[Indexed]) -> None:
        self._entries = tuple(entries)
        stemmed = [[_stems(wording) for wording in entry.wordings] for entry in entries]
        self._weights = _weights(stemmed)
        self._correctable = [s for s in self._weights if len(s) >= SHORTEST_TYPO]
        self._wordings: list[list[_Wording]] = []
        self._postings: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, (entry, variants) in enumerate(zip(entries, stemmed, strict=True)):
            kept = [
                _Wording(text=text, vector=self._vector(stems), sorted_stems=" ".join(sorted(stems)))
                for text, stems in zip(entry.wordings, variants, strict=True)
            ]
            self._wordings.append(kept)
            for feature, weight in _unit(_total(wording.vector for wording in kept)).items():
                self._postings[feature].append((number, weight))

    def rank(self, utterance: str, limit: int = 5) -> list[Match]:
        """Return the entries that have something in common with `utterance`, best first."""
        stems = [self._corrected(s) for s in _stems(utterance)]
        query = self._vector(stems)
        sorted_stems = " ".join(sorted(stems))
        scored: list[tuple[float, int, str]] = []
        for number, cosine in sorted(self._cosines(query).items(), key=lambda item: -item[1])[:SHORTLIST]:
            single, text = max((_dot(query, w.vector), w.text) for w in self._wordings[number])
            spelt = max(fuzz.ratio(sorted_stems, w.sorted_stems) for w in self._wordings[number]) / 100
            scored.append((0.5 * cosine + 0.3 * spelt + 0.2 * single, number, text))
        scored.sort(key=lambda item: -item[0])
        matches = [Match(entry=self._entries[n].id, score=min(s, 1.0), wording=text) for s, n, text in scored]
        if matches:
            lead = matches[0].score - (matches[1].score if len(matches) > 1 else 0.0)
            sure = matches[0].score * (1 - 0.5 * math.exp(-lead / 0.06))
            matches = [Match(entry=m.entry, score=min(m.score, sure), wording=m.wording) for m in matches]
        return matches[:limit]

    def complete(self, typed: str, limit: int = 25) -> list[str]:
        """Return the ids of entries that fit what has been typed so far, best first; the last word is unfinished."""
        *finished, unfinished = words(typed) or [""]
        if not unfinished:
            return []
        begun = [s for s in self._weights if s.startswith(unfinished)] or [self._corrected(stem(unfinished))]
        fits = self._cosines(self._vector([self._corrected(stem(word)) for word in finished]))
        last: defaultdict[int, float] = defaultdict(float)
        for s in begun:
            for number, weight in self._postings.get(s, ()):
                last[number] = max(last[number], weight)
        for number, weight in last.items():
            fits[number] += weight
        return [self._entries[number].id for number in sorted(fits, key=lambda number: -fits[number])[:limit]]

    def _corrected(self, unknown: str) -> str:
        """Take an unknown stem for the known one that it resembles, if there is one."""
        if unknown in self._weights or len(unknown) < SHORTEST_TYPO:
            return unknown
        found = process.extractOne(
            unknown, self._correctable, scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=CLOSE_ENOUGH
        )
        return found[0] if found else unknown

    def _vector(self, stems: Sequence[str]) -> Vector:
        """Weigh stems and neighbouring pairs, to length 1. The unknown stays in: it tells that we miss something."""
        weigh = [self._weights.get(s, _prior(s)) for s in stems]
        vector = dict(zip(stems, weigh, strict=True))
        for i in range(len(stems) - 1):
            vector[f"{stems[i]} {stems[i + 1]}"] = PAIR_WEIGHT * math.sqrt(weigh[i] * weigh[i + 1])
        return _unit(vector)

    def _cosines(self, query: Vector) -> defaultdict[int, float]:
        """How near the entries that share a stem with `query` are to it, by entry number."""
        cosines: defaultdict[int, float] = defaultdict(float)
        for feature, weight in query.items():
            for number, other in self._postings.get(feature, ()):
                cosines[number] += weight * other
        return cosines


def _stems(text: str) -> list[str]:
    return [stem(word) for word in words(text)]


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


def _unit(vector: Vector) -> dict[str, float]:
    length = math.sqrt(sum(weight * weight for weight in vector.values())) or 1.0
    return {feature: weight / length for feature, weight in vector.items()}


def _total(vectors: Iterable[Vector]) -> dict[str, float]:
    total: defaultdict[str, float] = defaultdict(float)
    for vector in vectors:
        for feature, weight in vector.items():
            total[feature] += weight
    return total


def _dot(one: Vector, other: Vector) -> float:
    return sum(weight * other.get(feature, 0.0) for feature, weight in one.items())
