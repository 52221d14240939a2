"""Ranks the entries of a FAQ by how well they fit an utterance.

Each entry is the mean of its wordings, as vectors over stems; rare stems weigh more. A question is compared with all of
them at once through an inverted index, and by what its words mean, then with the single wordings of the best ones.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from operator import itemgetter

from rapidfuzz import fuzz, process

from bot.answering.encoder import Encoder, Meanings, shipped
from bot.answering.synonyms import SYNONYMS
from bot.answering.text import normalise, stem, stems, words
from bot.answering.vocabulary import Vocabulary

RELATED_WEIGHT = 0.5
"""A synonym, against the word itself."""
SOME_MEANING = 0.08
"""How alike in meaning an entry must be to be looked at although it shares no word."""
SHORTLIST = 10
"""Entries whose single wordings are looked at."""
Vector = Mapping[str, float]


@dataclass(frozen=True, kw_only=True)
class Mix:
    """What the score is made of, in shares of 1, and how much of it is lost where two entries are close.

    Words: `cosine` is the direction of the whole entry, `spelling` the letters of its nearest wording, `covered` how
    much of the question stands in the entry, and `asked` how much of a wording stands in the question. Meaning: the
    `mean` of the entry, and its `nearest` wording.
    """

    cosine: float
    spelling: float
    covered: float
    asked: float
    mean: float = 0.0
    nearest: float = 0.0
    doubt: float
    """The share of its score that a match loses if the next one is as good."""
    clear_lead: float
    """The lead at which the doubt has gone down to 37 % of that."""
    even: float
    """The mixed score at which a match is as often right as wrong."""
    slope: float
    """How much surer it is with each point above."""

    def towards(self, other: Mix, share: float) -> Mix:
        """Take so much of another mix, and the rest of this one."""
        return Mix(**{part: (1 - share) * getattr(self, part) + share * getattr(other, part) for part in _PARTS})

    def probabilities(self, scores: Sequence[float]) -> list[float]:
        """Make probabilities of scores, best first, lower ones where the two best are close: either may be meant."""
        lead = scores[0] - scores[1] if len(scores) > 1 else math.inf
        certainty = 1 - self.doubt * math.exp(-lead / self.clear_lead)
        return [1 / (1 + math.exp(-self.slope * (score * certainty - self.even))) for score in scores]


_PARTS = [part.name for part in fields(Mix)]
WORDS_ONLY = Mix(cosine=0.35, spelling=0.25, covered=0.2, asked=0.2, doubt=0.3, clear_lead=0.06, even=0.49, slope=8.0)
WITH_MEANING = Mix(
    cosine=0.05,
    spelling=0.18,
    covered=0.1,
    asked=0.1,
    mean=0.34,
    nearest=0.23,
    doubt=0.25,
    clear_lead=0.08,
    even=0.54,
    slope=8.3,
)
"""The probabilities were fitted on public question sets with 1 to 15 wordings an entry, and are 0.11 off in the mean
where they are used on other sets; neither the number of entries nor that of wordings made them better."""


@dataclass(frozen=True, kw_only=True)
class Match:
    """An entry (or elsewhere topic) and the probability that it is the one meant, 0 to 1.

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


class Matcher:
    """An index over entries. It never changes once built, so that any number of threads may ask it."""

    def __init__(self, entries: Sequence[Indexed], encoder: Callable[[], Encoder | None] = shipped) -> None:
        english = encoder() if entries else None
        texts = [(*entry.wordings, *entry.keywords) for entry in entries]
        plain = [list(map(normalise, its)) for its in texts]
        stemmed = [[[stem(word) for word in text.split()] for text in its] for its in plain]
        self._vocabulary = Vocabulary(stemmed, english or ())
        self._meanings = Meanings(english, stemmed) if english else None
        self._known = english or ()
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
        part in the weights of the words.
        """
        asked = [self._vocabulary.corrected(s) for s in stems(utterance)]
        sorted_stems = " ".join(sorted(asked))
        meant = dict.fromkeys((related for s in asked for related in SYNONYMS.get(s, ())), RELATED_WEIGHT)
        meant |= dict.fromkeys(asked, 1.0)
        mix = self._mix(asked)
        found: list[tuple[float, str, str]] = []
        for number, fit in self._likely(asked, mix, leaving_out):
            entry = self._entries[number]
            if leaving_out in entry.texts:
                entry = entry.without(leaving_out)
            if not entry.texts:
                continue
            spelt = process.extractOne(sorted_stems, entry.sorted_stems, scorer=fuzz.ratio)[1] / 100
            asked_by, text = entry.asked_by(meant)
            mixed = fit + mix.spelling * spelt + mix.asked * asked_by
            score = 1.0 if spelt == 1.0 else mixed  # staff wrote down just these words
            found.append((score, entry.id, text))
        found.sort(key=itemgetter(0), reverse=True)
        sure = mix.probabilities([score for score, _, _ in found])
        return [Match(entry=its, score=p, wording=text) for p, (_, its, text) in zip(sure, found, strict=True)][:limit]

    def complete(self, typed: str, limit: int = 25) -> list[str]:
        """Return the ids of entries that fit what has been typed so far, best first; the last word is unfinished.

        A wording that begins with it counts more than words in common, the question as staff put it most.
        """
        *finished, unfinished = words(typed) or [""]
        if not unfinished:
            return []
        asked = [stem(word) for word in finished]
        fits, _ = self._sharing(asked)
        begun = self._vocabulary.begun_with(unfinished) or [self._vocabulary.corrected(stem(unfinished))]
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
            weights = {s: self._vocabulary.weigh(s) for s in its}
            total = sum(weights.values())
            for s, weight in weights.items():
                shares[s].append((number, weight / total))
        return dict(shares)

    def _vector(self, stemmed: Sequence[str]) -> dict[str, float]:
        """Weigh stems, to length 1. Unknown ones are in it too: they tell how much of a question we miss."""
        return _unit({s: self._vocabulary.weigh(s) for s in stemmed})

    def _mix(self, asked: Sequence[str]) -> Mix:
        """Words count the more, the more of the question is said in words whose meaning we do not know."""
        weights = {s: self._vocabulary.weigh(s) for s in asked}
        total = sum(weights.values())
        share = sum(weight for s, weight in weights.items() if s in self._known) / total if total else 0.0
        return WITH_MEANING if share == 1.0 else WORDS_ONLY.towards(WITH_MEANING, share)

    def _likely(self, asked: Sequence[str], mix: Mix, leaving_out: str | None) -> list[tuple[int, float]]:
        """The few entries that share most with the question, in words or meaning, and how well they fit as a whole."""
        cosines, covered = self._sharing(asked)
        fits: defaultdict[int, float] = defaultdict(float)
        if self._meanings:
            means, nearest = self._meanings.alike(asked, self._place(leaving_out))
            alike = (mix.mean * means + mix.nearest * nearest).tolist()
            fits.update((number, fit) for number, fit in enumerate(alike) if fit >= SOME_MEANING)
        for number, cosine in cosines.items():
            fits[number] += mix.cosine * cosine + mix.covered * covered[number]
        return heapq.nlargest(SHORTLIST, fits.items(), key=itemgetter(1))

    def _place(self, wording: str | None) -> tuple[int, int] | None:
        """The number of the entry that has a wording, and the wording's number there."""
        if wording is None:
            return None
        places = ((n, entry.texts.index(wording)) for n, entry in enumerate(self._entries) if wording in entry.texts)
        return next(places, None)

    def _sharing(self, asked: Sequence[str]) -> tuple[defaultdict[int, float], dict[int, float]]:
        """The entries with a word of the question, or a related one: their cosines, and the share that they cover."""
        cosines: defaultdict[int, float] = defaultdict(float)
        covered: defaultdict[int, float] = defaultdict(float)
        weights = {s: self._vocabulary.weigh(s) for s in asked}
        for feature, weight in self._vector(asked).items():
            exact = self._postings.get(feature, {})
            fits = exact | self._related_fits(feature, exact)
            share = weights[feature]
            for number, fit in fits.items():
                cosines[number] += weight * fit
                covered[number] += share if number in exact else RELATED_WEIGHT * share
        total = sum(weights.values())
        return cosines, {number: its / total for number, its in covered.items()}

    def _related_fits(self, feature: str, exact: Mapping[int, float]) -> dict[int, float]:
        """The entries that have a related feature more than this one itself, and how much that counts."""
        fits: dict[int, float] = {}
        for related in SYNONYMS.get(feature, ()):
            for number, weight in self._postings.get(related, {}).items():
                fit = RELATED_WEIGHT * weight
                if fit > fits.get(number, 0.0) and fit > exact.get(number, 0.0):
                    fits[number] = fit
        return fits


def _unit(vector: Vector) -> dict[str, float]:
    length = math.sqrt(sum(weight * weight for weight in vector.values())) or 1.0
    return {feature: weight / length for feature, weight in vector.items()}


def _total(vectors: Iterable[Vector]) -> dict[str, float]:
    total: defaultdict[str, float] = defaultdict(float)
    for vector in vectors:
        for feature, weight in vector.items():
            total[feature] += weight
    return total
