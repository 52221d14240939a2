"""What words mean: a vector for each stem, so that questions can be alike that share no word.

The table is made by benchmarks/word_vectors.py, which tells where it comes from. Where it or numpy is missing, the
matcher compares words alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

try:
    import numpy as np
except ImportError:  # there are machines that it has no wheel for
    np = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vectors: TypeAlias = NDArray[np.float32]

FILE = Path(__file__).with_name("word_vectors.npz")


class WordVectors:
    """The vectors of a few ten thousand stems. A text is the sum of its stems, brought to length 1."""

    def __init__(self, rows: Mapping[str, int], table: NDArray[np.int8], scales: Vectors) -> None:
        self._rows = rows
        self._table = table
        self._scales = scales

    @classmethod
    def read(cls, file: Path) -> WordVectors:
        """Read a table: stems with a line end between them, their vectors in whole numbers, and what 1 stands for."""
        with np.load(file) as content:
            stems = content["stems"].tobytes().decode().split("\n")
            return cls({s: row for row, s in enumerate(stems)}, content["table"], content["scales"].astype(np.float32))

    def __contains__(self, stemmed: object) -> bool:
        return stemmed in self._rows

    def of(self, stemmed: Iterable[str]) -> Vectors:
        """The vector of a text, given its stems; all zeros if none is known."""
        rows = [self._rows[s] for s in stemmed if s in self._rows]
        return _unit(self._scales[rows] @ self._table[rows].astype(np.float32))


@cache
def shipped() -> WordVectors | None:
    """The table that comes with the bot; None if it cannot be used here."""
    return WordVectors.read(FILE) if np is not None and FILE.exists() else None


class Meanings:
    """The vectors of all wordings, entry by entry, and the mean of each entry's."""

    def __init__(self, vectors: WordVectors, entries: Sequence[Sequence[Sequence[str]]]) -> None:
        """Take the stems of each wording of each entry; every entry has at least one."""
        self._vectors = vectors
        self._firsts = np.cumsum([0, *(len(wordings) for wordings in entries)])[:-1]
        self._wordings = np.stack([vectors.of(its) for wordings in entries for its in wordings])
        self._sums = np.add.reduceat(self._wordings, self._firsts)
        self._means = _unit(self._sums)

    def alike(self, stemmed: Iterable[str], left_out: tuple[int, int] | None = None) -> tuple[Vectors, Vectors]:
        """Compare a text with every entry: the cosine with its mean, and that with its nearest wording, 0 to 1.

        `left_out`: the number of an entry and of a wording there that is not looked at.
        """
        asked = self._vectors.of(stemmed)
        wordings, means = self._wordings @ asked, self._means @ asked
        if left_out:
            entry, wording = left_out[0], self._firsts[left_out[0]] + left_out[1]
            wordings[wording] = 0.0
            means[entry] = _unit(self._sums[entry] - self._wordings[wording]) @ asked
        return np.clip(means, 0.0, 1.0), np.clip(np.maximum.reduceat(wordings, self._firsts), 0.0, 1.0)


def _unit(vectors: Vectors) -> Vectors:
    """Bring vectors to length 1; zeros stay."""
    lengths = np.sqrt((vectors * vectors).sum(axis=-1, keepdims=True))
    return np.asarray(vectors / np.maximum(lengths, 1e-9), dtype=np.float32)
