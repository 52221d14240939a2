"""Finds the courses and the delivery formats that a text names, however they are spelt.

Names are compared without spaces and punctuation, so that PM-101, pm101 and "pm 101" are one, as are "non-profit" and
"nonprofit".
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Generic, TypeVar

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from bot.answering.text import FUNCTION_WORDS, LONGEST, plain_words, words
from bot.content.model import Course, Format, FormatGuide

CLOSE_ENOUGH = 0.79
"""Damerau-Levenshtein similarity from which a misspelt name is that name: one slip in five letters (rounding aside)."""
SHORTEST_TYPO = 5
"""Letters from which on a name can be misspelt in free text; where nothing but a name is typed, one fewer."""

_WRITTEN_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_LINK = re.compile(r"\b(?:and|or|also|too|what about|how about|same|then|for|in|with)\b")
_ASKING_FOR_IT = re.compile(r"\b(?:tell me|show|information|details|what is|compared?|versus|vs|between)\b")
_FILLER = frozenset(
    """and or also too what how about same question thing for in with of on the then course courses class please thanks
    ok so but now is it that there one tell me show information details a this my i am taking hi hello hey
    compare compared versus vs difference between""".split()  # noqa: SIM905  # reads better than forty quoted words
)

_TITLES = ("dr", "prof", "professor", "mr", "mrs", "ms", "mx", "instructor", "teacher")
_PEOPLE = re.compile(r",|&|/|;|\band\b")
MANY_TAUGHT = 2
"""Courses that the name of an instructor stands for; of who teaches more, it tells none."""

Named = TypeVar("Named")


@dataclass(frozen=True, kw_only=True)
class Mentions:
    """What a text names, and what is left of it.

    `courses` and `formats` stand in the order named; `rest` is the text without the courses (format words stay).
    `follow_up`: nothing but courses and a link to what was asked before ("and DA-120?"). `bare`: nothing but courses
    ("PM-101", "tell me about pmp").
    """

    courses: tuple[str, ...] = ()
    formats: tuple[Format, ...] = ()
    rest: str
    follow_up: bool = False
    bare: bool = False


class CourseNames:
    """All names of the courses and formats, ready to be found. A name that two courses share names both."""

    def __init__(self, courses: Sequence[Course], formats: Mapping[Format, FormatGuide]) -> None:
        self._courses = Names(
            plain_words, ((name, c.code) for c in courses for name in (c.code, c.title, *c.also_called))
        )
        self._instructors = Names(
            plain_words, ((name, c.code) for c in courses for name in _names_of(c.instructor or "")), misspelt=()
        )
        self._formats = Names(
            words,
            (
                (name, kind)
                for kind in Format
                for name in (kind.value, *(formats[kind].also_called if kind in formats else ()))
            ),
            misspelt=list(Format),  # the other names are everyday words: "schedule" is no slip for "scheduled"
        )

    def find(self, text: str) -> Mentions:
        """Find every course and format in free text, of which the first 2,000 characters are read.

        Where none is named, its instructor names it: by the whole name, or by the last one after a title.
        """
        text = text[:LONGEST]
        rest = text
        codes: list[str] = []
        for place in reversed(self._places(text)):
            rest = rest[: place.start] + rest[place.end :]
            codes = [*place.named, *codes]
        left = words(rest)
        nothing_else = bool(codes) and all(word in _FILLER for word in left)
        remark = " ".join(left)
        linked = _LINK.search(remark) is not None and _ASKING_FOR_IT.search(remark) is None
        return Mentions(
            courses=tuple(dict.fromkeys(codes)),
            formats=tuple(dict.fromkeys(kind for place in self._formats.found_in(text) for kind in place.named)),
            rest=" ".join(rest.split()),
            follow_up=nothing_else and linked,
            bare=nothing_else and not linked,
        )

    def _places(self, text: str) -> list[Place[str]]:
        taught = (place for place in self._instructors.found_in(text) if len(place.named) <= MANY_TAUGHT)
        return self._courses.found_in(text) or list(taught)

    def resolve(self, name: str) -> list[str]:
        """Return the codes that a person may have meant by `name`, best first, though it be unfinished or misspelt.

        A course's whole code, title or other name means that course alone. [] if nothing fits.
        """
        return self._courses.begun_with(name)


def _names_of(instructor: str) -> Iterator[str]:
    """How students may write the name of who teaches: `Luis Ortega`, `Prof. Ortega`, `mr ortegas` class."""
    name, address = parseaddr(instructor)
    for person in _PEOPLE.split(name if "@" in address else instructor):
        parts = person.split()
        while parts and parts[0].lower().rstrip(".") in _TITLES:
            del parts[0]
        written = [" ".join(parts)] if len(parts) > 1 else []
        written += [f"{title} {parts[-1]}" for title in _TITLES if parts]
        yield from (f"{one}{ending}" for one in written for ending in ("", "s"))


@dataclass(frozen=True, kw_only=True)
class _Word:
    """A word as names are compared and where it stands in the text; one place may hold several."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, kw_only=True)
class Place(Generic[Named]):
    """What the characters from `start` to `end` of a text name; longer and closer weighs more."""

    start: int
    end: int
    named: tuple[Named, ...]
    weight: float


class Names(Generic[Named]):
    """Names without spaces, and what each of them names.

    `split` says which words are compared. `misspelt` are the names that slips are forgiven in; None = all.
    """

    def __init__(
        self,
        split: Callable[[str], list[str]],
        pairs: Iterable[tuple[str, Named]],
        misspelt: Sequence[str] | None = None,
    ) -> None:
        self._split = split
        by_name: defaultdict[str, list[Named]] = defaultdict(list)
        self._later_words: defaultdict[str, list[str]] = defaultdict(list)
        self._most_words = 1
        for name, named in pairs:
            parts = split(name)
            joined = "".join(parts)
            if joined and named not in by_name[joined]:
                by_name[joined].append(named)
                self._later_words[joined] = ["".join(parts[i:]) for i in range(1, len(parts))]
                self._most_words = max(self._most_words, len(parts))
        self._named = {name: tuple(named) for name, named in by_name.items() if named}
        self._misspellable: defaultdict[str, list[str]] = defaultdict(list)
        for name in self._named if misspelt is None else misspelt:
            if len(name) >= SHORTEST_TYPO and name.isalpha():
                self._misspellable[name[0]].append(name)

    def found_in(self, text: str) -> list[Place[Named]]:
        """Find the names in a text, left to right; where two overlap, the longer and closer one counts."""
        written = [
            _Word(text=part, start=m.start(), end=m.end())
            for m in _WRITTEN_WORD.finditer(text)
            for part in self._split(m[0])
        ]
        places = [
            place
            for first in range(len(written))
            for last in range(first, min(first + self._most_words + 1, len(written)))
            if (place := self._at(written[first : last + 1]))
        ]
        kept: list[Place[Named]] = []
        for place in sorted(places, key=lambda p: -p.weight):
            if all(place.end <= other.start or other.end <= place.start for other in kept):
                kept.append(place)
        return sorted(kept, key=lambda p: p.start)

    def begun_with(self, text: str) -> list[Named]:
        """Return what a typed name, or the beginning of one, may mean, best first."""
        typed = "".join(self._split(text))
        if not typed:
            return []
        if typed in self._named:
            return list(self._named[typed])
        fits: dict[Named, float] = {}
        for name, named in self._named.items():
            fit = self._fit(typed, name)
            for one in named:
                fits[one] = max(fits.get(one, 0.0), fit)
        return sorted((one for one, fit in fits.items() if fit), key=lambda one: -fits[one])

    def _at(self, written: Sequence[_Word]) -> Place[Named] | None:
        """What these words name together."""
        name, likeness = "".join([word.text for word in written]), 1.0
        if name not in self._named:
            alike = self._misspellable.get(name[:1])  # first letters are seldom wrong
            if not alike or written[0].text in FUNCTION_WORDS or written[-1].text in FUNCTION_WORDS:
                return None  # "a projct" is no name with two slips
            close = process.extractOne(
                name, alike, scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=CLOSE_ENOUGH
            )
            if close is None:
                return None
            name, likeness = close[0], close[1]
        weight = len(name) * likeness**2
        return Place(start=written[0].start, end=written[-1].end, named=self._named[name], weight=weight)

    def _fit(self, typed: str, name: str) -> float:
        if name.startswith(typed):
            return 1.0
        if any(rest.startswith(typed) for rest in self._later_words[name]):
            return 0.9
        if len(typed) < SHORTEST_TYPO - 1 or not typed.isalpha():
            return 0.0
        beginnings = (name[: len(typed)], name[: len(typed) + 1])  # the second: a letter was left out
        return 0.8 * max(
            DamerauLevenshtein.normalized_similarity(typed, beginning, score_cutoff=CLOSE_ENOUGH)
            for beginning in beginnings
        )
