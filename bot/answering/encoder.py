"""What texts mean: vectors that lie near each other where texts mean much the same, though they share no word.

The encoder is made by benchmarks/encoder.py, which tells where it comes from. Where its file or numpy is missing, the
matcher compares words alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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

FILE = Path(__file__).with_name("encoder.npz")


class Encoder:
    """A deep averaging network: a text is the sum of its stems' vectors, and what a hidden layer makes of that sum.

    The sum knows what each word means, the hidden layer what words mean together. (Iyyer and others: Deep Unordered
    Composition Rivals Syntactic Methods for Text Classification, 2015.)
    """

    def __init__(self, file: Path) -> None:
        """Read a file as benchmarks/encoder.py writes it; its stems have a line end between them."""
        with np.load(file) as content:
            stems = content["stems"].tobytes().decode().split("\n")
            self._rows = {s: row for row, s in enumerate(stems)}
            self._table: NDArray[np.int8] = content["table"]
            self._scales, self._inward, self._bias, self._outward = (
                content[name].astype(np.float32) for name in ("scales", "inward", "bias", "outward")
            )

    def __contains__(self, stemmed: object) -> bool:
        return stemmed in self._rows

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[str]:
        """All stems that have a meaning here, most frequent first."""
        return iter(self._rows)

    def encode(self, texts: Sequence[Iterable[str]]) -> Vectors:
        """Turn texts, given as their stems, into rows of length 1; a row is all zeros if none of its stems is known."""
        sums = np.stack([self._sum(stemmed) for stemmed in texts])
        hidden = np.maximum(sums @ self._inward + self._bias, 0.0)
        return _unit((sums + hidden @ self._outward) * sums.any(axis=1, keepdims=True))

    def _sum(self, stemmed: Iterable[str]) -> Vectors:
        rows = [self._rows[s] for s in stemmed if s in self._rows]
        return np.asarray(self._scales[rows] @ self._table[rows].astype(np.float32) / max(1, len(rows)) ** 0.5)


@cache
def shipped() -> Encoder | None:
    """The encoder that comes with the bot; None if it cannot be used here."""
    return Encoder(FILE) if np is not None and FILE.exists() else None


class Meanings:
    """The vectors of all wordings, entry by entry, and the mean of each entry's."""

    def __init__(self, encoder: Encoder, entries: Sequence[Sequence[Sequence[str]]]) -> None:
        """Take the stems of each wording of each entry; every entry has at least one."""
        self._encoder = encoder
        self._firsts = np.cumsum([0, *(len(wordings) for wordings in entries)])[:-1]
        self._wordings = encoder.encode([its for wordings in entries for its in wordings])
        self._sums = np.add.reduceat(self._wordings, self._firsts)
        self._means = _unit(self._sums)

    def alike(self, stemmed: Iterable[str], left_out: tuple[int, int] | None = None) -> tuple[Vectors, Vectors]:
        """Compare a text with every entry: the cosine with its mean, and that with its nearest wording, 0 to 1.

        `left_out`: the number of an entry and of a wording there that is not looked at.
        """
        asked = self._encoder.encode([stemmed])[0]
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
