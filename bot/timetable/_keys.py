"""The keys by which occurrences are remembered, made from what they mean and never from their place in the file."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, kw_only=True)
class Candidates:
    """The keys that one occurrence could have, from the usual one to ever finer ones.

    The finest is made of all that the occurrence says, its `content`, which is hardly ever asked for. `regular`: one of
    a weekly item, which keeps its usual key when something else falls on the same day.
    """

    keys: tuple[str, ...]
    content: Callable[[], str]
    regular: bool

    def key(self, level: int) -> str:
        """Return the key of a level, from 0 to `finest`."""
        if level < self.finest:
            return self.keys[level]
        return f"{self.keys[-1]}~{sha256(self.content().encode()).hexdigest()[:8]}"

    @property
    def finest(self) -> int:
        return len(self.keys)


def slug(text: str | None, otherwise: str) -> str:
    """Return the letters and digits of `text` in lower case, joined by hyphens; `otherwise` if it has none."""
    plain = unicodedata.normalize("NFKD", text or "").casefold()
    return "-".join(re.findall(r"[^\W_]+", re.sub(r"[\u0300-\u036f'’]", "", plain))) or otherwise


def settle(namesakes: Sequence[Candidates]) -> list[str]:
    """Choose a key for each, in the same order: the usual one, or a finer one where several would share it.

    The choice does not depend on the order. All keys differ if the finest ones do.
    """
    level = [0] * len(namesakes)
    while True:
        sharing: defaultdict[str, list[int]] = defaultdict(list)
        for index, candidates in enumerate(namesakes):
            sharing[candidates.key(level[index])].append(index)
        crowded = [index for group in sharing.values() if len(group) > 1 for index in _to_refine(namesakes, group)]
        refined = [index for index in crowded if level[index] < namesakes[index].finest]
        if not refined:
            return [candidates.key(level[index]) for index, candidates in enumerate(namesakes)]
        for index in refined:
            level[index] += 1


def _to_refine(namesakes: Sequence[Candidates], group: Sequence[int]) -> list[int]:
    others = [index for index in group if not namesakes[index].regular]
    return others if len(others) == len(group) - 1 else list(group)
