"""People: what they follow, when and where they want to be reminded, what they put off and what is done."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import time
from typing import Any

from sqlalchemy import BindParameter, Connection, and_, bindparam, delete, func, or_, select, update

from bot.content.zones import zone
from bot.store.dialect import insert_if_new
from bot.store.items import read_items
from bot.store.records import Digest, Follow, Person, QuietHours, Snooze, State, TextKind, To
from bot.store.tables import delivery, done, person, snooze, subscription

# Built once, as building a statement takes longer than running it.
_IDS: BindParameter[int] = bindparam("ids", expanding=True)
_PEOPLE = select(person).where(person.c.id.in_(_IDS)).order_by(person.c.id)
_FOLLOWS = select(subscription).where(subscription.c.person.in_(_IDS)).order_by(subscription.c.course)
_SNOOZES = select(snooze).where(snooze.c.person.in_(_IDS))
_DONE = select(done).where(done.c.person.in_(_IDS))
_TOLD = select(delivery.c.recipient, delivery.c.occurrence, delivery.c.rule, delivery.c.starts_at).where(
    delivery.c.to == bindparam("to"),
    delivery.c.recipient.in_(_IDS),
    delivery.c.starts_at > bindparam("since"),
    delivery.c.state == State.SENT,
    delivery.c.kind.in_([TextKind.REMINDER, TextKind.DIGEST]),
)
_FOLLOWERS = select(subscription.c.course, func.count().label("followers")).group_by(subscription.c.course)
_FOLLOWERS_OF = _FOLLOWERS.where(subscription.c.course.in_(bindparam("courses", expanding=True)))
_UNOPENED = select(person.c.id).where(person.c.id.in_(_IDS), person.c.dm_channel.is_(None))

NOT_YET_FORGOTTEN = 4 * 86400
"""How long after its start a reminder that was sent still counts as told: more than a tenth of the longest offset."""


def add_person(connection: Connection, who: int, now: int) -> None:
    """Make the row of a person, if there is none yet; the other functions that write rely on it."""
    connection.execute(insert_if_new(connection, person).values(id=who, created_at=now))


def person_ids(connection: Connection) -> list[int]:
    """Return everybody whom the bot knows."""
    return list(connection.scalars(select(person.c.id).order_by(person.c.id)))


def read_people(connection: Connection, ids: Collection[int], now: int) -> list[Person]:
    """Read all that decides about these people's reminders, by id; unknown ids are left out."""
    follows: defaultdict[int, list[Follow]] = defaultdict(list)
    these = {"ids": list(ids)}
    for row in connection.execute(_FOLLOWS, these):
        follows[row.person].append(
            Follow(course=row.course, since=row.since, offsets=_offsets(row.offsets), muted_until=row.muted_until)
        )
    snoozes: defaultdict[int, dict[str, Snooze]] = defaultdict(dict)
    for row in connection.execute(_SNOOZES, these):
        snoozes[row.person][row.occurrence] = Snooze(starts_at=row.starts_at, until=row.until)
    finished: defaultdict[int, set[str]] = defaultdict(set)
    for row in connection.execute(_DONE, these):
        finished[row.person].add(row.occurrence)
    items = read_items(connection, ids)
    told = read_told(connection, To.PERSON, ids, now)
    return [
        Person(
            id=row.id,
            zone=zone(row.zone) if row.zone else None,
            quiet=_quiet(row),
            direct_messages=row.direct_messages,
            direct_messages_since=row.direct_messages_since,
            dm_channel=row.dm_channel,
            dm_closed_at=row.dm_closed_at,
            digest=_digest(row),
            follows=tuple(follows[row.id]),
            items=tuple(items.get(row.id, ())),
            snoozes=snoozes[row.id],
            done=frozenset(finished[row.id]),
            told=told.get(row.id, {}),
        )
        for row in connection.execute(_PEOPLE, these)
    ]


def read_told(
    connection: Connection, to: To, recipients: Collection[int], now: int
) -> dict[int, dict[tuple[str, str], tuple[int, ...]]]:
    """Read which starts each recipient was lately reminded of, and which weeks told, by (occurrence, rule)."""
    told: defaultdict[int, dict[tuple[str, str], tuple[int, ...]]] = defaultdict(dict)
    lately = {"to": to, "ids": list(recipients), "since": now - NOT_YET_FORGOTTEN}
    for recipient, occurrence, rule, starts_at in connection.execute(_TOLD, lately):
        starts = told[recipient].get((occurrence, rule), ())
        told[recipient][occurrence, rule] = (*starts, starts_at)
    return told


def followers(connection: Connection, courses: Collection[str] | None = None) -> dict[str, int]:
    """Count the followers of these courses; None means all. Courses without any are left out."""
    if courses is None:
        rows = connection.execute(_FOLLOWERS)
    else:
        rows = connection.execute(_FOLLOWERS_OF, {"courses": list(courses)})
    return {row.course: row.followers for row in rows}


def opt_in(connection: Connection, who: int, course: str, now: int) -> bool:
    """Follow a course from now on; False if they did already, which changes nothing."""
    add_person(connection, who, now)
    values = {"person": who, "course": course, "since": now}
    return connection.execute(insert_if_new(connection, subscription).values(values)).rowcount > 0


def opt_out(connection: Connection, who: int, course: str) -> bool:
    """Stop following; False if they did not follow."""
    return connection.execute(delete(subscription).where(_following(who, course))).rowcount > 0


def opt_out_of_all(connection: Connection, who: int) -> int:
    """Stop following every course, and forget what was put off; return how many courses it was."""
    connection.execute(delete(snooze).where(snooze.c.person == who))
    return connection.execute(delete(subscription).where(subscription.c.person == who)).rowcount


def note_runs(connection: Connection, runs: Mapping[str, tuple[int, int]], now: int) -> None:
    """Note how long the courses run that people follow. Who followed a run that is over does not follow the next one.

    `runs` are the first and the last instant of each course, as the files are now. A course may turn out to be
    longer, never shorter: a slip in a year, mended at once, must not end a run for anybody.
    """
    for course, (starts, ends) in runs.items():
        these = subscription.c.course == course
        noted = subscription.c.runs_until
        over = and_(these, noted < starts, noted < now)
        connection.execute(delete(subscription).where(over))
        if ends > now:
            goes_on = and_(these, or_(noted.is_(None), and_(noted >= starts, noted < ends)))
            connection.execute(update(subscription).where(goes_on).values(runs_until=ends))


def set_offsets(connection: Connection, who: int, course: str, minutes: Iterable[int] | None, now: int) -> bool:
    """Set how long before a person is reminded; None is what the file says. False if they do not follow the course.

    An offset that was there before keeps its own beginning; a new one counts from now.
    """
    row = connection.execute(select(subscription).where(_following(who, course))).one_or_none()
    if row is None:
        return False
    before = _offsets(row.offsets) or {}
    wished = (
        None if minutes is None else json.dumps({offset: before.get(offset, now) for offset in sorted(set(minutes))})
    )
    connection.execute(update(subscription).where(_following(who, course)).values(offsets=wished))
    return True


def mute(connection: Connection, who: int, course: str, until: int) -> bool:
    """Skip the reminders of a course that would come before `until`; now ends a mute. False if they do not follow."""
    return _set(connection, subscription, _following(who, course), muted_until=until)


def set_direct_messages(connection: Connection, who: int, now: int, *, on: bool) -> None:
    """Switch all of a person's direct messages on or off. What fell due while they were off does not come later."""
    add_person(connection, who, now)
    changed = and_(person.c.id == who, person.c.direct_messages != on)
    _set(connection, person, changed, direct_messages=on, direct_messages_since=now)


def set_zone(connection: Connection, who: int, name: str, now: int) -> None:
    """Set the zone of a person's quiet hours and own times. `name` is an IANA name that `zone` knows."""
    add_person(connection, who, now)
    _set(connection, person, person.c.id == who, zone=name)


def set_quiet_hours(connection: Connection, who: int, quiet: QuietHours | None, now: int) -> None:
    """Set the hours in which nothing should ring; None is none."""
    add_person(connection, who, now)
    walls = (f"{quiet.starts:%H:%M}", f"{quiet.ends:%H:%M}") if quiet else (None, None)
    _set(connection, person, person.c.id == who, quiet_from=walls[0], quiet_to=walls[1])


def set_digest(connection: Connection, who: int, digest: Digest | None, now: int) -> None:
    """Set when the weekly overview comes; None is never."""
    if digest:
        add_person(connection, who, now)
    weekday, at, since = (digest.weekday, f"{digest.at:%H:%M}", digest.since) if digest else (None, None, None)
    _set(connection, person, person.c.id == who, digest_weekday=weekday, digest_at=at, digest_since=since)


def dm_opened(connection: Connection, who: int, channel: int) -> None:
    """Remember the channel of the direct messages of a person who has a row, and that they are open."""
    _set(connection, person, person.c.id == who, dm_channel=channel, dm_closed_at=None)


def without_channel(connection: Connection, ids: Collection[int]) -> set[int]:
    """Return those of these people whose direct messages were never opened."""
    return set(connection.scalars(_UNOPENED, {"ids": list(ids)}))


def dm_lost(connection: Connection, who: int) -> None:
    """Forget the channel of a person's direct messages, as Discord does not know it any more."""
    _set(connection, person, person.c.id == who, dm_channel=None)


def dm_closed(connection: Connection, who: int, now: int) -> None:
    """Remember that Discord refused a direct message to this person."""
    _set(connection, person, person.c.id == who, dm_closed_at=now)


def put_off(connection: Connection, who: int, occurrence: str, wish: Snooze) -> None:
    """Remind of an occurrence again; a second wish replaces the first."""
    connection.execute(delete(snooze).where(snooze.c.person == who, snooze.c.occurrence == occurrence))
    values = {"person": who, "occurrence": occurrence, "starts_at": wish.starts_at, "until": wish.until}
    connection.execute(insert_if_new(connection, snooze).values(values))


def tick_off(connection: Connection, who: int, occurrence: str, starts_at: int) -> None:
    """Remember that an occurrence is done with: no more reminders of it."""
    values = {"person": who, "occurrence": occurrence, "starts_at": starts_at}
    connection.execute(insert_if_new(connection, done).values(values))


def take_up_again(connection: Connection, who: int, item: str) -> None:
    """Forget what a person put off or is done with of an item, by its key: of all its dates, if it has several."""
    for table in (snooze, done):
        of_it = or_(table.c.occurrence == item, table.c.occurrence.startswith(f"{item}@"))
        connection.execute(delete(table).where(table.c.person == who, of_it))


def _following(who: int, course: str) -> Any:
    return and_(subscription.c.person == who, subscription.c.course == course)


def _set(connection: Connection, table: Any, where: Any, **values: object) -> bool:
    return connection.execute(update(table).where(where).values(**values)).rowcount > 0


def _offsets(stored: str | None) -> dict[int, int] | None:
    return None if stored is None else {int(minutes): since for minutes, since in json.loads(stored).items()}


def _digest(row: Any) -> Digest | None:
    if row.digest_weekday is None:
        return None
    return Digest(weekday=row.digest_weekday, at=time.fromisoformat(row.digest_at), since=row.digest_since)


def _quiet(row: Any) -> QuietHours | None:
    if row.quiet_from is None:
        return None
    return QuietHours(starts=time.fromisoformat(row.quiet_from), ends=time.fromisoformat(row.quiet_to))
