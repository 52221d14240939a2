"""Names as people write them: `Also asked`, `also-asked` and `also_asked` are one, and `titel` is nearly `title`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz, process

NEAR = 72  # of 100: "titel" and "title" are 80, "from" and "format" 80, "topic" and "title" 40
VERY_NEAR = 85  # "term" and "terms" are 89
_NO_LETTERS = re.compile(r"[\W_]+")


@lru_cache(maxsize=10_000)
def plain(name: str) -> str:
    """Bring a name into the form in which two spellings of it are equal."""
    return _NO_LETTERS.sub("", name.casefold())


def nearest(name: str, known: Iterable[str], near: int = NEAR) -> str | None:
    """Find the known name that was probably meant."""
    choices = {choice: plain(choice) for choice in known}
    typed = plain(name)
    if not typed:
        return None
    best = process.extractOne(typed, choices, scorer=fuzz.ratio, score_cutoff=near)
    return best[2] if best else None


def listed(names: Iterable[str], last: str = "or") -> str:
    """Write names as a sentence does: `a, b or c`."""
    *first, end = names
    return f"{', '.join(first)} {last} {end}" if first else end


def article(noun: str) -> str:
    """Put `a` or `an` before a noun."""
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
