"""Ranks the entries of a FAQ by how well they fit an utterance."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Match:
    """An entry (or elsewhere topic) and how sure we are of it: 0 (nothing in common) to 1; `wording` is the one that fits best."""

    entry: str
    score: float
    wording: str
