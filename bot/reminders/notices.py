"""Who is told that something was moved, called off or added: a pure function of what was told lately, and of people.

One notice for each follower and item of a course, and one message in the course's channel, for each batch. It comes
when the batch is told, without a sound in quiet hours, and expires after a day or when it is of no use any more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.reminders.moves import item
from bot.reminders.plan import silent_until
from bot.store.records import CourseChannel, Follow, KnownOccurrence, Person, Reminder, Standing, TextKind, To

LIFE = 86400
"""For so many seconds a notice is worth sending, if nothing ends it sooner."""
RULE = "told"


@dataclass(frozen=True, kw_only=True)
class Notice:
    """What one text tells: changes of one course in one batch, by their start; of one item, to a person."""

    course: str
    rows: tuple[KnownOccurrence, ...]


def plan_notices(told: Iterable[KnownOccurrence], people: Iterable[Person], now: int) -> list[Reminder]:
    """Return these people's notices that are of use at `now`. `told` is what was told within LIFE, by start."""
    batches = _grouped(told, lambda row: item(row.key))
    return [
        _text(To.PERSON, person.id, name, batch, rows, of_use_until)
        for (name, batch), group in batches.items()
        for person in people
        if (rows := _for_person(person, group)) and (of_use_until := _expires(rows, batch)) > now
    ]


def plan_channel_notices(
    told: Iterable[KnownOccurrence], channels: Iterable[CourseChannel], now: int
) -> list[Reminder]:
    """Return the notices of the courses' channels that are of use at `now`."""
    batches = _grouped(told, lambda row: row.course)
    return [
        _text(To.CHANNEL, channel.channel, name, batch, rows, of_use_until)
        for (name, batch), group in batches.items()
        for channel in channels
        if channel.course == name and (rows := _for_channel(channel, group))
        if (of_use_until := _expires(rows, batch)) > now
    ]


def find_notice(told: Iterable[KnownOccurrence], recipient: Person | CourseChannel, text: Reminder) -> Notice | None:
    """Find what a planned notice tells this recipient."""
    if isinstance(recipient, Person):
        rows = _for_person(recipient, [row for row in told if item(row.key) == text.occurrence])
    else:
        rows = _for_channel(recipient, [row for row in told if row.course == text.occurrence])
    rows = [row for row in rows if row.batch == text.starts_at]
    return Notice(course=rows[0].course, rows=tuple(rows)) if rows else None


def _grouped(
    told: Iterable[KnownOccurrence], by: Callable[[KnownOccurrence], str]
) -> dict[tuple[str, int], list[KnownOccurrence]]:
    groups: defaultdict[tuple[str, int], list[KnownOccurrence]] = defaultdict(list)
    for row in told:
        if row.batch is not None:
            groups[by(row), row.batch].append(row)
    return groups


def _for_person(person: Person, group: Sequence[KnownOccurrence]) -> list[KnownOccurrence]:
    """Return what is news to a person who follows its course, is not finished with it, and takes messages."""
    follow = next((one for one in person.follows if group and one.course == group[0].course), None)
    if follow is None or not person.direct_messages:
        return []
    return [row for row in group if row.key not in person.done and _is_news(row, follow, person)]


def _is_news(row: KnownOccurrence, follow: Follow, person: Person) -> bool:
    return follow.since < (row.noticed_at or 0) and silent_until(person, follow) <= (row.batch or 0)


def _for_channel(channel: CourseChannel, group: Sequence[KnownOccurrence]) -> list[KnownOccurrence]:
    if channel.closed_at is not None:
        return []
    return [row for row in group if channel.since < (row.noticed_at or 0)]


def _expires(rows: Iterable[KnownOccurrence], batch: int) -> int:
    """A notice is of use until all of it is over, as it was and as it is: it may keep somebody from waiting in vain."""
    return min(batch + LIFE, max(end for row in rows for end in _ends(row)))


def _ends(row: KnownOccurrence) -> Iterator[int]:
    for told in (row.before, row.told):
        if told is not None and told.standing is Standing.ON:
            yield row.over_at(told)


def _text(to: To, recipient: int, name: str, batch: int, rows: Sequence[KnownOccurrence], expires_at: int) -> Reminder:
    return Reminder(
        kind=TextKind.NOTICE,
        to=to,
        recipient=recipient,
        course=rows[0].course,
        occurrence=name,
        starts_at=batch,
        rule=RULE,
        fire_at=batch,
        expires_at=expires_at,
    )
