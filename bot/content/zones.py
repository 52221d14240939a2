"""Time zones by name, from the `tzdata` package: a machine's own files are often old and wrong by an hour."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo

from rapidfuzz import fuzz, process

from bot.content.refusal import Refusal

# What people write instead of a zone's name. A three-letter name would mean standard time all year, or another country.
_HABITS = {
    "est": "America/New_York",
    "edt": "America/New_York",
    "et": "America/New_York",
    "eastern": "America/New_York",
    "us/eastern": "America/New_York",
    "est5edt": "America/New_York",
    "cst": "America/Chicago",
    "cdt": "America/Chicago",
    "ct": "America/Chicago",
    "central": "America/Chicago",
    "us/central": "America/Chicago",
    "cst6cdt": "America/Chicago",
    "mst": "America/Denver",
    "mdt": "America/Denver",
    "mt": "America/Denver",
    "mountain": "America/Denver",
    "us/mountain": "America/Denver",
    "mst7mdt": "America/Denver",
    "pst": "America/Los_Angeles",
    "pdt": "America/Los_Angeles",
    "pt": "America/Los_Angeles",
    "pacific": "America/Los_Angeles",
    "us/pacific": "America/Los_Angeles",
    "pst8pdt": "America/Los_Angeles",
    "bst": "Europe/London",
    "uk": "Europe/London",
    "cet": "Europe/Berlin",
    "cest": "Europe/Berlin",
    "met": "Europe/Berlin",
    "eet": "Europe/Athens",
    "wet": "Europe/Lisbon",
    "ist": "Asia/Kolkata",
    "jst": "Asia/Tokyo",
    "aest": "Australia/Sydney",
    "hst": "Pacific/Honolulu",
    "boston": "America/New_York",
    "washington": "America/New_York",
    "miami": "America/New_York",
    "atlanta": "America/New_York",
    "san francisco": "America/Los_Angeles",
    "seattle": "America/Los_Angeles",
}
_WORLD = {"utc": "UTC", "gmt": "UTC", "z": "UTC", "zulu": "UTC"}


@cache
def zone(name: str) -> ZoneInfo:
    """Find a zone by its IANA name, such as `America/New_York`; refuse any other, naming the right one."""
    typed = name.strip()
    if typed in _names() and typed.lower() not in _HABITS:
        return _load(typed)
    raise _refusal(typed)


@cache
def zone_meant(words: str) -> ZoneInfo:
    """Find the zone that somebody means by `EST` or by the name of a city, too; refuse what is the name of none."""
    typed = words.strip()
    return _load(right) if (right := _named(typed)) else zone(typed)


def _load(name: str) -> ZoneInfo:
    path = resources.files("tzdata").joinpath("zoneinfo", *name.split("/"))
    with path.open("rb") as file:
        return ZoneInfo.from_file(file, key=name)


@cache
def _names() -> frozenset[str]:
    text = resources.files("tzdata").joinpath("zones").read_text(encoding="ascii")
    return frozenset(text.split())


def _refusal(typed: str) -> Refusal:
    first = typed.split()[0] if typed else ""
    if " " in typed and first in _names() and "/" in first:
        return Refusal(
            f"more than a time zone stands here. Write  {first}  and put a # before a note", suggestion=first
        )
    right = _suggestion(typed)
    if right is None:
        return Refusal(f'"{typed}" is not the name of a time zone. Write it like  America/New_York  or  Europe/London')
    return Refusal(f'"{typed}" is not the name of a time zone. Write  {right}', suggestion=right)


def _suggestion(typed: str) -> str | None:
    if right := _named(typed):
        return right
    places = _places()
    best = process.extractOne(_key(typed), places.keys(), scorer=fuzz.ratio, score_cutoff=80)
    if best is None and "/" in typed:
        best = process.extractOne(_key(typed.rsplit("/", 1)[-1]), places.keys(), scorer=fuzz.ratio, score_cutoff=80)
    return places[best[0]] if best else None


def _named(typed: str) -> str | None:
    """The zone of a place or a habit, spelt right."""
    typed = re.sub(r"\([^)]*\)", "", typed).strip()  # Windows writes `(UTC-05:00) Eastern Time (US & Canada)`
    low = " ".join(typed.lower().replace("_", " ").split()).removesuffix(" time").removesuffix(" standard")
    if right := _HABITS.get(low.removesuffix(" daylight")) or _WORLD.get(low):
        return right
    return _places().get(_key(typed))


@cache
def _places() -> dict[str, str]:
    # The zones under Etc/ count west of Greenwich as plus, so nobody who writes GMT-5 means the one of that name.
    names = sorted((name for name in _names() if not name.startswith("Etc/")), reverse=True)
    places = {_key(name.rsplit("/", 1)[-1]): name for name in names if "/" in name}
    return places | {_key(name): name for name in names if name.startswith(("America/", "Europe/"))}


def _key(name: str) -> str:
    return "".join(letter for letter in name.lower() if letter.isalnum())
