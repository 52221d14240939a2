"""Who is to be reminded of what and when: a pure function of the timetable and of what people wish.

One reminder for each recipient, occurrence and rule. It fires so long before the start, unless a rule below moves it,
and expires when the next finer reminder of the same fires, or when it is of no use any more. So after an outage only
the finest of several that are due is sent, while it still helps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from zoneinfo import ZoneInfo

from bot.reminders.items import between
from bot.reminders.schedule import LONGEST_TAIL, Dated, Schedule
from bot.store.records import CourseChannel, Follow, Person, QuietHours, Reminder, To
from bot.timetable.wall_time import localize

MINUTE = 60
DAY = 86400
WORTH_A_MORNING = 30 * MINUTE
"""A reminder in quiet hours waits for their end if at least this much time is left then."""
BEFORE_THE_NIGHT = 5 * MINUTE
"""Otherwise it comes this long before they begin."""
SPREAD_FROM = 120
"""Rules of so many minutes and more are spread, so that thousands land before the moment and not after."""
SENDS_A_SECOND = 45
LARGEST_SPREAD = 20
"""At most a twentieth of the offset."""
SMALL_MOVE = 10 * MINUTE
CLOSED_FOR = 7 * DAY
"""So long nothing is tried with a person whose direct messages are closed, unless they come and open them."""


def plan(
    schedule: Schedule, people: Iterable[Person], lo: int, hi: int, followers: Mapping[str, int]
) -> list[Reminder]:
    """Return these people's reminders that fire before `hi` and are still of use at `lo`.

    `followers` counts the followers of each course, to spread what would all fire at once.
    """
    return [reminder for person in people for reminder in _of_person(schedule, person, lo, hi, followers)]


def plan_channels(schedule: Schedule, channels: Iterable[CourseChannel], lo: int, hi: int) -> list[Reminder]:
    """Return the courses' own reminders that fire before `hi` and are still of use at `lo`, by the file's offsets."""
    return [
        reminder
        for channel in channels
        if channel.closed_at is None
        for dated in schedule.between(
            channel.course, lo - LONGEST_TAIL, hi + schedule.farthest(channel.course) * MINUTE
        )
        for reminder in _of_channel(channel, dated, lo, hi)
    ]


def silent_until(person: Person, follow: Follow | None = None) -> int:
    """The instant before which nothing is sent to a person; with `follow`, nothing of this course of theirs."""
    closed_until = 0 if person.dm_closed_at is None else person.dm_closed_at + CLOSED_FOR
    muted_until = (follow and follow.muted_until) or 0
    return max(muted_until, person.direct_messages_since, closed_until)


def _of_channel(channel: CourseChannel, dated: Dated, lo: int, hi: int) -> Iterator[Reminder]:
    rules = [
        _Rule(seconds=minutes * MINUTE, name=str(minutes), fire_at=fire)
        for minutes in dated.remind_before
        if (fire := dated.starts_at - minutes * MINUTE) >= channel.since
    ]
    return _finest(To.CHANNEL, channel.channel, dated, rules, channel.told, lo, hi)


def _of_person(
    schedule: Schedule, person: Person, lo: int, hi: int, followers: Mapping[str, int]
) -> Iterator[Reminder]:
    if not person.direct_messages:
        return
    zone = person.zone or schedule.zone
    for follow in person.follows:
        own, silent = follow.offsets, silent_until(person, follow)
        farthest = schedule.farthest(follow.course) if own is None else max(own, default=0)
        for dated in schedule.between(follow.course, lo - LONGEST_TAIL, hi + farthest * MINUTE + DAY):
            crowd = followers.get(follow.course, 1)
            yield from _of_dated(person, dated, _wishes(follow, dated), silent, zone, crowd, lo, hi)
    for item in person.items:
        farthest = max(item.offsets, default=0)
        wishes = dict.fromkeys(item.offsets, item.since)
        for dated in between(item, lo - LONGEST_TAIL, hi + farthest * MINUTE + DAY):
            yield from _of_dated(person, dated, wishes, silent_until(person), zone, 1, lo, hi)


def _wishes(follow: Follow, dated: Dated) -> Mapping[int, int]:
    """How many minutes before, each since when."""
    if follow.offsets is None:
        return dict.fromkeys(dated.remind_before, follow.since)
    return follow.offsets


@dataclass(frozen=True, kw_only=True, slots=True)
class _Rule:
    """One moment at which a recipient is reminded of one thing, so many seconds before it unless moved."""

    seconds: int
    name: str
    fire_at: int


def _of_dated(
    person: Person,
    dated: Dated,
    wishes: Mapping[int, int],
    silent: int,
    zone: ZoneInfo,
    crowd: int,
    lo: int,
    hi: int,
) -> Iterator[Reminder]:
    if dated.key in person.done:
        return iter(())
    rules = []
    for minutes, since in wishes.items():
        fire = dated.starts_at - minutes * MINUTE
        if fire < since or fire < silent:
            continue
        fire -= _spread(person.id, minutes, crowd)
        if person.quiet:
            fire = _outside(person.quiet, zone, fire, dated.starts_at, max(since, silent))
        rules.append(_Rule(seconds=minutes * MINUTE, name=str(minutes), fire_at=fire))
    snooze = person.snoozes.get(dated.key)
    if snooze and snooze.starts_at == dated.starts_at and snooze.until >= silent:
        # Whoever puts a reminder off chooses the moment, also one in quiet hours.
        left = dated.starts_at - snooze.until
        rules.append(_Rule(seconds=left, name=f"s{snooze.until}", fire_at=snooze.until))
    return _finest(To.PERSON, person.id, dated, rules, person.told, lo, hi)


def _finest(
    to: To,
    recipient: int,
    dated: Dated,
    rules: list[_Rule],
    told: Mapping[tuple[str, str], tuple[int, ...]],
    lo: int,
    hi: int,
) -> Iterator[Reminder]:
    """Yield the reminders of one thing, each until the next finer one."""
    if dated.cancelled:
        return
    expires = dated.last
    for rule in sorted(rules, key=lambda rule: rule.seconds):
        if rule.fire_at >= expires:
            continue
        if rule.fire_at < hi and expires > lo and not _told_of_nearly_the_same(dated, rule, told):
            yield Reminder(
                to=to,
                recipient=recipient,
                course=dated.course,
                occurrence=dated.key,
                starts_at=dated.starts_at,
                rule=rule.name,
                fire_at=rule.fire_at,
                expires_at=expires,
            )
        expires = rule.fire_at


def _told_of_nearly_the_same(dated: Dated, rule: _Rule, told: Mapping[tuple[str, str], tuple[int, ...]]) -> bool:
    """After a small move, the notice of the move is enough."""
    starts = told.get((dated.key, rule.name), ())
    return any(0 < abs(start - dated.starts_at) < max(SMALL_MOVE, rule.seconds // 10) for start in starts)


def _spread(person: int, minutes: int, crowd: int) -> int:
    """How many seconds earlier this person's share of a crowd is reminded."""
    if minutes < SPREAD_FROM or crowd <= SENDS_A_SECOND:
        return 0
    lead = min((1 << crowd.bit_length()) // SENDS_A_SECOND, minutes * MINUTE // LARGEST_SPREAD)
    return int.from_bytes(blake2b(person.to_bytes(8), digest_size=4).digest()) % (lead + 1)


def _outside(quiet: QuietHours, zone: ZoneInfo, fire: int, starts_at: int, since: int) -> int:
    """Move out of quiet hours: to their end if that leaves time, else before their beginning if that is not past.

    If neither, it stays, and is sent without a sound.
    """
    wall = datetime.fromtimestamp(fire, UTC).astimezone(zone)
    if not quiet.cover(wall.time()):
        return fire
    today = wall.date()
    over_midnight = quiet.ends < quiet.starts
    morning = today + timedelta(days=1) if over_midnight and wall.time() >= quiet.starts else today
    evening = today - timedelta(days=1) if over_midnight and wall.time() < quiet.starts else today
    end = int(localize(datetime.combine(morning, quiet.ends), zone).timestamp())
    if starts_at - end >= WORTH_A_MORNING:
        return max(end, fire)
    beginning = int(localize(datetime.combine(evening, quiet.starts), zone).timestamp()) - BEFORE_THE_NIGHT
    return beginning if beginning >= since else fire
