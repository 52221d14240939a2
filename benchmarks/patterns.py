"""Draws utterances from the patterns in benchmarks/utterances, which were made up to teach from.

In a pattern, `(a|b|)` is one of its alternatives or nothing. N, V and A are any common noun, verb and adjective, and
such a pattern is drawn from more often. A line with # is a heading.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

from bot.answering.text import FUNCTION_WORDS, QUESTION_WORDS

UTTERANCES = Path(__file__).with_name("utterances")
KINDS = r"\b[NVA]\b"
DRAWS, DRAWS_OF_ANY_WORDS = 24, 500
"""Utterances that are drawn from a pattern, at most."""
DRAWS_ALTERED, ALTERED_BY_WORDS = 16, 0.75
"""Utterances of a pattern that are altered, and the share of them that get other words; the others lose some."""
KEPT = 0.7
"""The share of its words that an utterance keeps when it loses some."""
WITH_CONTEXT, NEARBY = 0.12, 6
"""The share of them that something else is said before, from a pattern so many lines away at most: the same topic."""
LITTLE_WORDS = FUNCTION_WORDS | QUESTION_WORDS
"""Never put another word for these."""


def utterances(folder: Path, words: Mapping[str, Sequence[str]], dice: random.Random) -> Iterator[str]:
    """Draw from all patterns of all files. `words`: what stands for N, V and A."""
    for patterns in read(folder).values():
        for number, pattern in enumerate(patterns):
            draws = DRAWS_OF_ANY_WORDS if re.search(KINDS, pattern) else DRAWS
            drawn = dict.fromkeys(draw(pattern, words, dice) for _ in range(2 * draws))
            for text in list(drawn)[:draws]:
                if dice.random() < WITH_CONTEXT:
                    other = min(max(0, number + dice.randint(-NEARBY, NEARBY)), len(patterns) - 1)
                    yield f"{draw(patterns[other], words, dice)}{dice.choice([', ', '. ', ' and ', '? '])}{text}"
                else:
                    yield text


def read(folder: Path) -> dict[str, list[str]]:
    """Read the patterns of all files, by the name of the file and in the order of these."""
    return {file.name: _patterns(file) for file in sorted(folder.glob("*.txt"))}


def altered(folder: Path, words: Mapping[str, Sequence[str]], dice: random.Random) -> Iterator[str]:
    """Draw from all patterns, and put any other noun, verb or adjective for one or two words, or leave some out."""
    kinds = {word: kind for kind in ("A", "V", "N") for word in words[kind]}
    for pattern in chain.from_iterable(read(folder).values()):
        if re.search(KINDS, pattern):
            continue
        for _ in range(DRAWS_ALTERED):
            said = draw(pattern, words, dice).split()
            kind_at = {at: kinds[word] for at, word in enumerate(said) if word in kinds and word not in LITTLE_WORDS}
            if dice.random() < ALTERED_BY_WORDS:
                for at in dice.sample(sorted(kind_at), min(len(kind_at), dice.choice((1, 1, 2)))):
                    said[at] = dice.choice(words[kind_at[at]])
            else:
                said = [word for word in said if dice.random() < KEPT]
            yield " ".join(said)


def draw(pattern: str, words: Mapping[str, Sequence[str]], dice: random.Random) -> str:
    """Choose among the alternatives, from the inmost brackets outward, and any words for their kinds."""
    while (chosen := re.sub(r"\(([^()]*)\)", lambda group: dice.choice(group[1].split("|")), pattern)) != pattern:
        pattern = chosen
    filled = re.sub(KINDS, lambda kind: dice.choice(words[kind[0]]), pattern)
    return re.sub(r" ([,.?!])", r"\1", " ".join(filled.split()))


def _patterns(file: Path) -> list[str]:
    lines = map(str.strip, file.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]
