"""Measure how well questions find their entries, on any folder of public question sets.

    python benchmarks/matching.py FOLDER [--wordings 5] [--ablation] [--queries 300]

Each FOLDER/*.json is a set: {"entries": [{"id", "phrasings": [...]}], "queries": [[text, id], ...], "oos": [...]}; its
"oos" are questions that it does not answer. chat.json, if there is one, is {kind: [lines]}: what people say to each
other.

A quarter of the entries is left out of the index, and the questions about them are near misses: same field, not written
up. "far" are the set's "oos", or those of the other sets if it has none; "chat" is talk. The columns of these names are
the share of the questions that is answered right above the score which 5 % of them get past; `wrong` is the share that
is answered wrongly above that of "far"; `typos` is top-1 with a slip in a third of the longer words.

TF-IDF with logistic regression is measured beside the others where scikit-learn is installed.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar
from unittest.mock import patch

from rapidfuzz import fuzz, process

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bot.answering import matcher, vocabulary
from bot.answering.encoder import Encoder, shipped
from bot.answering.matcher import WITH_MEANING, Indexed, Matcher, Mix
from bot.answering.text import normalise

try:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
except ImportError:
    LogisticRegression = None

LEFT_OUT = 0.25
GET_PAST = 0.05
SEEDS = (1, 2, 3)
KEYS = ["qwertyuiop", "asdfghjkl", "zxcvbnm"]

Item = TypeVar("Item")
Rank = Callable[[str], tuple[str, float]]
"""A question to the best entry's id and its score."""
Build = Callable[[Sequence[Indexed]], Rank]


@dataclass(frozen=True, kw_only=True)
class QuestionSet:
    name: str
    wordings: Mapping[str, Sequence[str]]
    questions: Sequence[tuple[str, str]]
    unanswered: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Trial:
    """One draw of a set: what is indexed, what is asked, and what should find nothing."""

    entries: Sequence[Indexed]
    asked: Sequence[tuple[str, str]]
    strangers: Mapping[str, Sequence[str]]


def schoolbell(entries: Sequence[Indexed], encoder: Callable[[], Encoder | None] = shipped) -> Rank:
    index = Matcher(entries, encoder)

    def rank(question: str) -> tuple[str, float]:
        best = index.rank(question, 1)
        return (best[0].entry, best[0].score) if best else ("", 0.0)

    return rank


def words_alone(entries: Sequence[Indexed]) -> Rank:
    return schoolbell(entries, lambda: None)


def regression(entries: Sequence[Indexed]) -> Rank:
    """What a classifier makes of it: words and word pairs by TF-IDF, one class an entry."""
    texts = [normalise(wording) for entry in entries for wording in entry.wordings]
    weights = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    model = LogisticRegression(C=10, max_iter=300)
    model.fit(weights.fit_transform(texts), [entry.id for entry in entries for _ in entry.wordings])

    def rank(question: str) -> tuple[str, float]:
        likely = model.predict_proba(weights.transform([normalise(question)]))[0]
        best = likely.argmax()
        return str(model.classes_[best]), float(likely[best])

    return rank


def by_scorer(scorer: Callable[..., float]) -> Build:
    """The usual way: the wording that rapidfuzz likes best."""

    def build(entries: Sequence[Indexed]) -> Rank:
        texts = [normalise(wording) for entry in entries for wording in entry.wordings]
        ids = [entry.id for entry in entries for _ in entry.wordings]

        def rank(question: str) -> tuple[str, float]:
            _, score, number = process.extractOne(normalise(question), texts, scorer=scorer)
            return ids[number], score / 100

        return rank

    return build


def trigrams(entries: Sequence[Indexed]) -> Rank:
    """The measure of PostgreSQL's pg_trgm: shared trigrams by all trigrams."""

    def of(text: str) -> frozenset[str]:
        padded = [f"  {word} " for word in normalise(text).split()]
        return frozenset(word[i : i + 3] for word in padded for i in range(len(word) - 2))

    wordings = [(entry.id, of(wording)) for entry in entries for wording in entry.wordings]

    def rank(question: str) -> tuple[str, float]:
        asked = of(question)
        return max(
            ((name, len(asked & its) / (len(asked | its) or 1)) for name, its in wordings), key=lambda found: found[1]
        )

    return rank


MATCHERS: Mapping[str, Build] = {
    "rapidfuzz WRatio": by_scorer(fuzz.WRatio),
    "rapidfuzz token_set_ratio": by_scorer(fuzz.token_set_ratio),
    "trigrams": trigrams,
    **({"TF-IDF + logistic regression": regression} if LogisticRegression else {}),
    "schoolbell, words alone": words_alone,
    "schoolbell": schoolbell,
}


def without(*parts: str) -> Mix:
    """The mix without these parts; the others grow into their place."""
    left = sum(getattr(WITH_MEANING, part) for part in SHARES if part not in parts)
    return replace(
        WITH_MEANING, **{part: 0.0 if part in parts else getattr(WITH_MEANING, part) / left for part in SHARES}
    )


SHARES = ("cosine", "spelling", "covered", "asked", "mean", "nearest")
ALONE: Mapping[str, object] = {"matcher.shipped": lambda: None}
ABLATIONS: Mapping[str, Mapping[str, object]] = {
    "all of it": {},
    "without the direction of the words": {"matcher.WITH_MEANING": without("cosine")},
    "without the spelling": {"matcher.WITH_MEANING": without("spelling")},
    "without what the entry covers": {"matcher.WITH_MEANING": without("covered")},
    "without what the question covers": {"matcher.WITH_MEANING": without("asked")},
    "without the mean meaning": {"matcher.WITH_MEANING": without("mean")},
    "without the nearest meaning": {"matcher.WITH_MEANING": without("nearest")},
    "meaning also of what it cannot see": {"matcher.WORDS_ONLY": WITH_MEANING},
    "without synonyms": {"matcher.SYNONYMS": {}},
    "without mending typos": {"vocabulary.NO_WORD_SHORTEST": 100},
    "mending towards the FAQ's words alone": {"vocabulary.COMMON": 0},
    "mending as if English were unknown": {
        "vocabulary.NO_WORD_SHORTEST": vocabulary.SHORTEST_TYPO,
        "vocabulary.NO_WORD_CLOSE_ENOUGH": vocabulary.CLOSE_ENOUGH,
    },
    "without doubt": {"matcher.WITH_MEANING": replace(WITH_MEANING, doubt=0.0)},
    "words alone": ALONE,
    "words alone, without synonyms": {**ALONE, "matcher.SYNONYMS": {}},
}


def read(folder: Path) -> tuple[list[QuestionSet], list[str]]:
    sets, chat = [], []
    for path in sorted(folder.glob("*.json")):
        content = json.loads(path.read_text(encoding="utf-8"))
        if "entries" in content:
            wordings = {entry["id"]: entry["phrasings"] for entry in content["entries"]}
            questions = [(text, entry) for text, entry in content["queries"]]
            sets.append(
                QuestionSet(name=path.stem, wordings=wordings, questions=questions, unanswered=content.get("oos", []))
            )
        elif path.stem == "chat":
            chat = [line for lines in content.values() for line in lines]
    return sets, chat


def draw(one: QuestionSet, far: Sequence[str], chat: Sequence[str], wordings: int, most: int, seed: int) -> Trial:
    dice = random.Random(f"{one.name} {seed}")
    left_out = set(dice.sample(sorted(one.wordings), round(LEFT_OUT * len(one.wordings))))
    kept = {name: its for name, its in one.wordings.items() if name not in left_out}
    near = [text for text, entry in one.questions if entry in left_out]
    return Trial(
        entries=[Indexed(id=name, wordings=tuple(its[:wordings])) for name, its in kept.items()],
        asked=some([(text, entry) for text, entry in one.questions if entry in kept], most, dice),
        strangers={
            kind: some(texts, most, dice)
            for kind, texts in (("near", near), ("far", one.unanswered or far), ("chat", chat))
            if texts
        },
    )


def some(items: Sequence[Item], most: int, dice: random.Random) -> list[Item]:
    return dice.sample(list(items), min(most, len(items)))


def misspelt(text: str, dice: random.Random) -> str:
    """Slip once in a third of the longer words, at least in one: swap, drop, double, or hit the key beside."""
    written = text.split()
    long = [i for i, word in enumerate(written) if len(word) >= 4]
    for i in dice.sample(long, min(len(long), max(1, round(len(long) / 3)))):
        word = written[i]
        at = dice.randrange(1, len(word) - 1)
        beside = next((row[row.index(word[at]) - 1] for row in KEYS if word[at] in row), word[at])
        middle = dice.choice(
            [word[at + 1] + word[at], word[at + 1], word[at] * 2 + word[at + 1], beside + word[at + 1]]
        )
        written[i] = word[:at] + middle + word[at + 2 :]
    return " ".join(written)


def score(build: Build, trial: Trial, dice: random.Random) -> dict[str, float]:
    """Percentages for one trial."""
    rank = build(trial.entries)
    said = [(rank(text), entry) for text, entry in trial.asked]
    right = [found == entry for (found, _), entry in said]
    figures = {"top-1": statistics.mean(right)}
    typos = [rank(misspelt(text, dice))[0] == entry for text, entry in trial.asked]
    for kind, texts in trial.strangers.items():
        scores = sorted((rank(text)[1] for text in texts), reverse=True)
        bar = scores[int(GET_PAST * len(scores))]
        past = [sure > bar for (_, sure), _ in said]
        figures[kind] = statistics.mean(r and p for r, p in zip(right, past, strict=True))
        if kind == "far":
            figures["wrong"] = statistics.mean(p and not r for r, p in zip(right, past, strict=True))
    figures["typos"] = statistics.mean(typos)
    return {name: 100 * figure for name, figure in figures.items()}


def milliseconds(build: Build, sets: Sequence[QuestionSet], wordings: int) -> tuple[float, float]:
    """The median time of a question, and the time to build the index, at so many wordings of five an entry."""
    texts = [text for one in sets for its in one.wordings.values() for text in its]
    texts += [text for one in sets for text, _ in one.questions]
    entries = [Indexed(id=str(i), wordings=tuple(texts[i : i + 5])) for i in range(0, min(wordings, len(texts)), 5)]
    asked = some([text for one in sets for text, _ in one.questions], 200, random.Random(1))
    start = time.perf_counter()
    rank = build(entries)
    built = time.perf_counter() - start
    times = []
    for text in asked:
        start = time.perf_counter()
        rank(text)
        times.append(time.perf_counter() - start)
    return 1000 * statistics.median(times), 1000 * built


@contextmanager
def changed(settings: Mapping[str, object]) -> Iterator[None]:
    """Run with other constants in the matcher and its vocabulary."""
    with ExitStack() as patches:
        for name, value in settings.items():
            module, constant = name.split(".")
            patches.enter_context(patch.object({"matcher": matcher, "vocabulary": vocabulary}[module], constant, value))
        yield


def table(rows: Mapping[str, Mapping[str, float]], first: str) -> str:
    columns = list(next(iter(rows.values())))
    lines = [f"| {first} | {' | '.join(columns)} |", "|---" * (len(columns) + 1) + "|"]
    for name, figures in rows.items():
        lines.append(f"| {name} | {' | '.join(f'{figures[column]:.1f}' for column in columns)} |")
    return "\n".join(lines)


def mean(rows: Sequence[Mapping[str, float]]) -> dict[str, float]:
    return {name: statistics.mean(row[name] for row in rows) for name in rows[0]}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--wordings", type=int, default=5, help="wordings of an entry that are indexed (default: 5)")
    parser.add_argument("--queries", type=int, default=300, help="questions of each kind, at most (default: 300)")
    parser.add_argument("--ablation", action="store_true", help="take the matcher's pieces away one by one")
    options = parser.parse_args()
    sets, chat = read(options.folder)
    if not sets:
        parser.error(f"{options.folder} holds no sets, which are *.json files as described at the top of this script")
    trials = {
        one.name: [
            draw(
                one,
                [text for other in sets if other is not one for text in other.unanswered],
                chat,
                options.wordings,
                options.queries,
                seed,
            )
            for seed in SEEDS
        ]
        for one in sets
    }

    def measured(build: Build) -> dict[str, dict[str, float]]:
        return {
            name: mean([score(build, trial, random.Random(i)) for i, trial in enumerate(its)])
            for name, its in trials.items()
        }

    print(f"{len(sets)} sets, {options.wordings} wordings an entry, {len(SEEDS)} draws, percent\n")
    if options.ablation:
        rows = {}
        for name, settings in ABLATIONS.items():
            with changed(settings):
                rows[name] = mean([*measured(lambda entries: schoolbell(entries, matcher.shipped)).values()])
        print(table(rows, "schoolbell"))
        return
    by_matcher = {name: measured(build) for name, build in MATCHERS.items()}
    print(table({name: mean([*its.values()]) for name, its in by_matcher.items()}, "mean of the sets"))
    print()
    print(table(by_matcher["schoolbell"], "schoolbell on"))
    print()
    speed: dict[str, dict[str, float]] = {name: {} for name in MATCHERS}
    for wordings in (200, 2000):
        for name, build in MATCHERS.items():
            speed[name][f"ms at {wordings}"], speed[name][f"ms to build {wordings}"] = milliseconds(
                build, sets, wordings
            )
        peer = speed["rapidfuzz token_set_ratio"][f"ms at {wordings}"]
        for figures in speed.values():
            figures[f"times token_set at {wordings}"] = figures[f"ms at {wordings}"] / peer
    print(table(speed, "median time"))


if __name__ == "__main__":
    main()
