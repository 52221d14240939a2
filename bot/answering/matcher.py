"""Ranks the entries of a FAQ by how well they fit an utterance.

Each entry is the mean of its wordings, as vectors over stems and pairs of neighbouring stems; rare stems weigh more. A
question is compared with all of them at once through an inverted index, then with the single wordings of the best ones.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rapidfuzz import fuzz, process
from rapidfuzz.distance import DamerauLevenshtein

from bot.answering.synonyms import SYNONYMS
from bot.answering.text import FUNCTION_WORDS, QUESTION_WORDS, normalise, stem, stems, words

COSINE, SPELLING, COVERAGE = 0.35, 0.25, 0.4
"""What the score is made of: the direction of the whole entry, the letters of its nearest wording, and how much of the
question stands in the entry and of a wording in the question."""
PAIR_WEIGHT = 0.7
"""A pair of neighbouring stems, against the mean weight of the two."""
RELATED_WEIGHT = 0.5
"""A synonym or a word of the same root, against the word itself."""
CLOSE_ENOUGH = 0.72
"""Damerau-Levenshtein similarity from which an unknown word is taken for a misspelt known one."""
SHORTEST_TYPO = 4
"""Letters from which on a word can be misspelt; shorter ones resemble too many others."""
SHORTEST_ROOT = 4
"""Letters that words of one root share at least."""
TELLING = 1.0
"""The weight of one telling word; a question or a wording that has less to say is never wholly covered."""
SHORTLIST = 10
"""Entries whose single wordings are looked at."""
DOUBT = 0.3
"""The share of its score that a match loses if the next one is as good."""
CLEAR_LEAD = 0.06
"""The lead at which the doubt has gone down to 37 % of that."""

Vector = Mapping[str, float]


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
    """What can be found: an id and the ways to ask for it, the question as staff put it first.

    Keywords are wordings of a word or two: each gives its words a say that they would not have in a long sentence.
    """

    id: str
    wordings: tuple[str, ...]
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class _Entry:
    """An entry's wordings, by their number: as written, in plain words, and as sorted stems.

    `shares` tells of each stem in which wordings it stands, and what share of the wording's weight it is.
    """

    id: str
    texts: Sequence[str]
    plain: Sequence[str]
    sorted_stems: Sequence[str]
    shares: Mapping[str, Sequence[tuple[int, float]]]

    def asked_by(self, meant: Mapping[str, float]) -> tuple[float, str]:
        """Find the wording that a question has the largest share of, by weight, and that share."""
        asked = [0.0] * len(self.texts)
        for s, sureness in meant.items():
            for number, share in self.shares.get(s, ()):
                asked[number] += share * sureness
        best = max(range(len(asked)), key=asked.__getitem__)
        return asked[best], self.texts[best]

    def without(self, text: str | None) -> _Entry:
        """Take one wording out."""
        kept = [number for number, wording in enumerate(self.texts) if wording != text]
        place = {number: new for new, number in enumerate(kept)}
        return _Entry(
            id=self.id,
            texts=[self.texts[number] for number in kept],
            plain=[self.plain[number] for number in kept],
            sorted_stems=[self.sorted_stems[number] for number in kept],
            shares={s: [(place[n], share) for n, share in its if n in place] for s, its in self.shares.items()},
        )


@dataclass(frozen=True, kw_only=True)
class _Near:
    number: int
    cosine: float
    covered: float
    """The share of the question that the entry's wordings have, by weight."""


class Matcher:
    """An index over entries. It never changes once built, so that any number of threads may ask it."""

    def __init__(self, entries: Sequence[Indexed]) -> None:
        texts = [(*entry.wordings, *entry.keywords) for entry in entries]
        plain = [list(map(normalise, its)) for its in texts]
        stemmed = [[[stem(word) for word in text.split()] for text in its] for its in plain]
        self._weights = _weights(stemmed)
        self._by_letter = _grouped(self._weights, 1, SHORTEST_TYPO)
        self._by_root = _grouped(filter(_has_root, self._weights), SHORTEST_ROOT, SHORTEST_ROOT)
        self._entries = [
            _Entry(
                id=entry.id,
                texts=texts[i],
                plain=plain[i],
                sorted_stems=[" ".join(sorted(its)) for its in stemmed[i]],
                shares=self._shares(stemmed[i]),
            )
            for i, entry in enumerate(entries)
        ]
        self._postings: dict[str, dict[int, float]] = {}
        for number, variants in enumerate(stemmed):
            for feature, weight in _unit(_total(self._vector(its) for its in variants)).items():
                self._postings.setdefault(feature, {})[number] = weight

    def rank(self, utterance: str, limit: int = 5, *, leaving_out: str | None = None) -> list[Match]:
        """Return the entries that have something in common with `utterance`, best first.

        `leaving_out`: a wording that is not looked at, to learn where it would go without itself. It keeps its small
        part in the mean of its entry.
        """
        asked = [self._corrected(s) for s in stems(utterance)]
        sorted_stems = " ".join(sorted(asked))
        meant = dict.fromkeys((related for s in asked for related in self._related(s)), RELATED_WEIGHT)
        meant |= dict.fromkeys(asked, 1.0)
        matches = []
        for near in self._nearest(asked, SHORTLIST):
            entry = self._entries[near.number]
            if leaving_out in entry.texts:
                entry = entry.without(leaving_out)
            if not entry.texts:
                continue
            spelt = process.extractOne(sorted_stems, entry.sorted_stems, scorer=fuzz.ratio)[1] / 100
            asked_by, text = entry.asked_by(meant)
            score = COSINE * near.cosine + SPELLING * spelt + COVERAGE * (near.covered + asked_by) / 2
            matches.append(Match(entry=entry.id, score=min(score, 1.0), wording=text))
        matches.sort(key=lambda match: -match.score)
        return _doubted(matches)[:limit]

    def complete(self, typed: str, limit: int = 25) -> list[str]:
        """Return the ids of entries that fit what has been typed so far, best first; the last word is unfinished.

        A wording that begins with it counts more than words in common, the question as staff put it most.
        """
        *finished, unfinished = words(typed) or [""]
        if not unfinished:
            return []
        asked = [stem(word) for word in finished]
        fits = defaultdict(float, {near.number: near.cosine for near in self._nearest(asked, len(self._entries))})
        begun = [s for s in self._weights if s.startswith(unfinished)] or [self._corrected(stem(unfinished))]
        beginning = normalise(typed)
        for number, entry in enumerate(self._entries):
            begins = [text.startswith(beginning) for text in entry.plain]
            last = max(self._postings.get(s, {}).get(number, 0.0) for s in begun)
            fits[number] += last + any(begins[:1]) + any(begins)
        likely = sorted((number for number in fits if fits[number]), key=lambda number: -fits[number])
        return [self._entries[number].id for number in likely[:limit]]

    def _shares(self, stemmed: Sequence[Sequence[str]]) -> dict[str, list[tuple[int, float]]]:
        shares: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, its in enumerate(stemmed):
            weights = {s: self._weigh(s) for s in its}
            total = max(sum(weights.values()), TELLING)
            for s, weight in weights.items():
                shares[s].append((number, weight / total))
        return dict(shares)

    def _corrected(self, unknown: str) -> str:
        """Take an unknown stem for the known one that it resembles, if there is one; first letters are seldom wrong."""
        if unknown in self._weights or len(unknown) < SHORTEST_TYPO or not unknown.isalpha():
            return unknown
        found = process.extractOne(
            unknown,
            self._by_letter.get(unknown[0], ()),
            scorer=DamerauLevenshtein.normalized_similarity,
            score_cutoff=CLOSE_ENOUGH,
        )
        return found[0] if found else unknown

    def _related(self, feature: str) -> list[str]:
        """What means much the same as a stem or pair: its synonyms, and known stems of its root."""
        synonyms = list(SYNONYMS.get(feature, ()))
        if not _has_root(feature):
            return synonyms
        return synonyms + [s for s in self._by_root.get(feature[:SHORTEST_ROOT], ()) if _same_root(feature, s)]

    def _weigh(self, s: str) -> float:
        return self._weights.get(s, _prior(s))

    def _vector(self, stemmed: Sequence[str]) -> dict[str, float]:
        """Weigh stems and pairs, to length 1. Unknown ones are in it too: they tell how much of a question we miss."""
        weights = {s: self._weigh(s) for s in stemmed}
        pairs = {
            f"{one} {other}": PAIR_WEIGHT * math.sqrt(weights[one] * weights[other]) for one, other in pairwise(stemmed)
        }
        return _unit(weights | pairs)

    def _nearest(self, asked: Sequence[str], limit: int) -> list[_Near]:
        """The entries that share most with the question, nearest first."""
        cosines: defaultdict[int, float] = defaultdict(float)
        covered: defaultdict[int, float] = defaultdict(float)
        weights = {s: self._weigh(s) for s in asked}
        for feature, weight in self._vector(asked).items():
            exact = self._postings.get(feature, {})
            fits = exact | self._related_fits(feature, exact)
            share = weights.get(feature, 0.0)  # a pair covers nothing that its stems do not
            for number, fit in fits.items():
                cosines[number] += weight * fit
                covered[number] += share if number in exact else RELATED_WEIGHT * share
        total = max(sum(weights.values()), TELLING)
        nearest = heapq.nlargest(limit, cosines, key=cosines.__getitem__)
        return [_Near(number=n, cosine=cosines[n], covered=covered[n] / total) for n in nearest]

    def _related_fits(self, feature: str, exact: Mapping[int, float]) -> dict[int, float]:
        """The entries that have a related feature more than this one itself, and how much that counts."""
        fits: dict[int, float] = {}
        for related in self._related(feature):
            for number, weight in self._postings.get(related, {}).items():
                fit = RELATED_WEIGHT * weight
                if fit > fits.get(number, 0.0) and fit > exact.get(number, 0.0):
                    fits[number] = fit
        return fits


def _doubted(matches: Sequence[Match]) -> list[Match]:
    """Lower all scores where the two best are close together: either may be meant."""
    if len(matches) < 2:
        return list(matches)
    lead = matches[0].score - matches[1].score
    certainty = 1 - DOUBT * math.exp(-lead / CLEAR_LEAD)
    return [replace(match, score=match.score * certainty) for match in matches]


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


def _unit(vector: Vector) -> dict[str, float]:
    length = math.sqrt(sum(weight * weight for weight in vector.values())) or 1.0
    return {feature: weight / length for feature, weight in vector.items()}


def _total(vectors: Iterable[Vector]) -> dict[str, float]:
    total: defaultdict[str, float] = defaultdict(float)
    for vector in vectors:
        for feature, weight in vector.items():
            total[feature] += weight
    return total
