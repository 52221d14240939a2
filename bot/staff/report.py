"""What was asked, answered and helpful over some days, without anything from which a person could be told."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.answering.knowledge_base import KnowledgeBase
from bot.staff.inbox import Group
from bot.store.questions import Count, Counted

FEWEST = 3
"""A smaller number might tell who it was."""
FEWEST_VOTES = 10
"""A percentage of fewer says nothing."""
MANY = 5
"""Rows of each list."""
DAILY, WEEKLY = 14, 15 * 7
"""So many days at most are shown one by one, or week by week."""
LONGEST_NAME = 60

TITLE = "Questions, {first} – {last}"
TOTALS = "{asked} asked · {answered} answered · {unanswered} unanswered"
HELPFUL = "{percent} % of those who gave feedback were helped"
TOO_FEW = "under 3"
NOTHING = "nothing 3 times or more"
PERIODS = {1: "each day", 7: "each week", 28: "every 4 weeks"}
OVER_TIME = "Asked and answered, {period}"
LISTS = {
    "questions": "Asked most",
    "unanswered": "Most often without an answer",
    "courses": "Courses asked about most",
}
HEADER = ("what", "name", "from", "to", *(count.value for count in Count))
WIDTH = 18


@dataclass(frozen=True, kw_only=True)
class Period:
    """Some days in a row, `first` and `last` included. A count is None where it is too small to be shown."""

    first: date
    last: date
    counts: Mapping[Count, int | None]


@dataclass(frozen=True, kw_only=True)
class Row:
    """A question or a course, and how often it was asked about, which is `FEWEST` or more."""

    name: str
    count: int


@dataclass(frozen=True, kw_only=True)
class Report:
    """`days` is the length of each of the `periods`, of which the last ends with `last`. Odd days at the beginning are
    in the totals only: a shorter period would look like a quiet one.

    `helpful` is the percentage of those who pressed a button whom the answer helped; None where they were too few.
    """

    first: date
    last: date
    days: int
    periods: tuple[Period, ...]
    totals: Mapping[Count, int | None]
    helpful: int | None
    questions: tuple[Row, ...]
    unanswered: tuple[Row, ...]
    courses: tuple[Row, ...]

    @property
    def title(self) -> str:
        same_year = self.first.year == self.last.year
        return TITLE.format(first=_spelt(self.first, year=not same_year), last=_spelt(self.last))

    @property
    def summary(self) -> str:
        """The totals in one line, and in a second one how many were helped, if that can be said."""
        told = {count.value: shown(number) for count, number in self.totals.items()}
        lines = [TOTALS.format(**told)]
        lines += [HELPFUL.format(percent=self.helpful)] if self.helpful is not None else []
        return "\n".join(lines)


def report(counted: Iterable[Counted], groups: Iterable[Group], base: KnowledgeBase, first: date, last: date) -> Report:
    """Add up what was counted on these days. `groups` are the questions that were asked in vain in this time."""
    counted = [one for one in counted if first <= one.day <= last]
    totals = _sum(counted)
    voted = totals[Count.HELPED] + totals[Count.NOT_QUITE]
    entries, courses = Counter[str](), Counter[str]()
    for one in counted:
        if one.what is Count.ANSWERED and one.entry:
            entries[one.entry] += one.count
        if one.what is Count.ASKED and one.course:
            courses[one.course] += one.count
    names = {entry.id: entry.question for entry in base.faq.entries}
    days = 1 if (last - first).days < DAILY else 7 if (last - first).days < WEEKLY else 28
    return Report(
        first=first,
        last=last,
        days=days,
        periods=tuple(_periods(counted, first, last, days)),
        totals=_shown(totals),
        helpful=round(100 * totals[Count.HELPED] / voted) if voted >= FEWEST_VOTES else None,
        questions=_top({names.get(entry, entry): count for entry, count in entries.items()}),
        unanswered=_top({_shortest(group): group.count for group in groups}),
        courses=_top(courses),
    )


def in_bars(told: Report) -> str:
    """Draw the report in letters of one width, narrow enough for a phone."""
    lines = [told.title, told.summary, "", OVER_TIME.format(period=PERIODS[told.days])]
    most = max((period.counts[Count.ASKED] or 0 for period in told.periods), default=0)
    for period in told.periods:
        asked, answered = period.counts[Count.ASKED], period.counts[Count.ANSWERED]
        bar = _bar(asked or 0, most, answered or 0)
        lines.append(f"{period.first:%d %b} {bar} {shown(asked)}/{shown(answered)}")
    for field, heading in LISTS.items():
        rows: Sequence[Row] = getattr(told, field)
        lines += ["", heading]
        for row in rows:
            lines += [cut(row.name, 2 * WIDTH), f"{_bar(row.count, rows[0].count)} {row.count}"]
        lines += [] if rows else [f"({NOTHING})"]
    return "\n".join(lines)


def as_csv(told: Report) -> bytes:
    """Write the report as a table for a spreadsheet: UTF-8 with a mark, by which Excel knows it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEADER)
    for what, first, last, counts in (
        *(("period", period.first, period.last, period.counts) for period in told.periods),
        ("total", told.first, told.last, told.totals),
    ):
        writer.writerow([what, "", first.isoformat(), last.isoformat(), *(shown(counts[count]) for count in Count)])
    for field in LISTS:
        column = {"questions": Count.ANSWERED, "unanswered": Count.UNANSWERED, "courses": Count.ASKED}[field]
        for row in getattr(told, field):
            numbers = [row.count if count is column else "" for count in Count]
            writer.writerow([field, _harmless(row.name), told.first.isoformat(), told.last.isoformat(), *numbers])
    return text.getvalue().encode("utf-8-sig")


def shown(number: int | None) -> str:
    """Write a count, or that it is too small to be told."""
    return TOO_FEW if number is None else str(number)


def cut(name: str, limit: int = LONGEST_NAME) -> str:
    """Keep a long name within so many letters."""
    return name if len(name) <= limit else name[: limit - 1].rstrip() + "…"


def _spelt(day: date, *, year: bool = True) -> str:
    return f"{day.day} {day:%b %Y}" if year else f"{day.day} {day:%b}"


def _periods(counted: Sequence[Counted], first: date, last: date, days: int) -> Iterator[Period]:
    whole = max(((last - first).days + 1) // days, 1)
    for back in reversed(range(whole)):
        ends = last - timedelta(days=days * back)
        begins = ends - timedelta(days=days - 1)
        here = [one for one in counted if begins <= one.day <= ends]
        yield Period(first=begins, last=ends, counts=_shown(_sum(here)))


def _sum(counted: Iterable[Counted]) -> dict[Count, int]:
    total = dict.fromkeys(Count, 0)
    for one in counted:
        total[one.what] += one.count
    return total


def _shown(counts: Mapping[Count, int]) -> dict[Count, int | None]:
    return {what: None if 0 < number < FEWEST else number for what, number in counts.items()}


def _top(counts: Mapping[str, int]) -> tuple[Row, ...]:
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Row(name=name, count=count) for name, count in ranked[:MANY] if count >= FEWEST)


def _shortest(group: Group) -> str:
    """The shortest question of a group stands for it: it has the least in it that only one asker would say."""
    texts = (" ".join(question.text.split()) for question in group.questions)
    return cut(min(texts, key=lambda text: (len(text), text)))


def _bar(number: int, most: int, part: int | None = None) -> str:
    """Draw a bar; the `part` of it that is full is darker, or all of it."""
    length = round(WIDTH * number / most) if most else 0
    full = length if part is None else round(length * min(part, number) / number) if number else 0
    return ("█" * full + "░" * (length - full)).ljust(WIDTH)


def _harmless(cell: str) -> str:
    """Keep a spreadsheet from taking a text for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
