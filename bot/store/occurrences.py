"""What the world was last told of every session and deadline."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, func, insert, or_, select, update

from bot.store.records import Decision, KnownOccurrence, Standing, State, Told
from bot.store.tables import delivery, done, occurrence, person, scheduled_event, snooze, subscription
from bot.timetable.occurrences import Kind

# Built once, as building a statement takes longer than running it.
_ALL = select(occurrence)
_THESE = _ALL.where(occurrence.c.key.in_(bindparam("keys", expanding=True)))
_LATELY = _ALL.where(occurrence.c.batch > bindparam("since")).order_by(occurrence.c.starts_at, occurrence.c.key)
_CHANGING = select(occurrence.c.key).where(occurrence.c.next_at.is_not(None))
_CHANGE = update(occurrence).where(occurrence.c.key == bindparam("which"))
_DELETE = delete(occurrence).where(occurrence.c.key == bindparam("gone"))


def read_occurrences(connection: Connection) -> dict[str, KnownOccurrence]:
    """Read all of them, by key."""
    return {row[0]: _known(row) for row in connection.execute(_ALL)}


def read_these(connection: Connection, keys: Collection[str]) -> dict[str, KnownOccurrence]:
    """Read those with these keys, by key; unknown ones are left out."""
    return {row.key: _known(row) for row in connection.execute(_THESE, {"keys": list(keys)})}


def read_changing(connection: Connection) -> set[str]:
    """Return the keys of those about which something is still to be told."""
    return set(connection.scalars(_CHANGING))


def read_told_since(connection: Connection, since: int) -> list[KnownOccurrence]:
    """Read those of which a change was told after `since`, by their start."""
    return [_known(row) for row in connection.execute(_LATELY, {"since": since})]


def write_occurrences(
    connection: Connection, before: Mapping[str, KnownOccurrence], after: Mapping[str, KnownOccurrence]
) -> None:
    """Make the table say `after`, given that it says `before`."""
    gone = [{"gone": key} for key in before.keys() - after.keys()]
    if gone:
        connection.execute(_DELETE, gone)
    new = [_columns(known) for key, known in after.items() if key not in before]
    if new:
        connection.execute(insert(occurrence), new)
    changed = [known for key, known in after.items() if key in before and before[key] != known]
    if changed:
        connection.execute(_CHANGE, [{"which": known.key, **_columns(known)} for known in changed])


def rename(connection: Connection, old: str, new: str) -> None:
    """Let all that is remembered of one key be remembered of another, so that nothing is told twice."""
    planned = and_(delivery.c.occurrence == new, delivery.c.state == State.PLANNED)
    connection.execute(delete(delivery).where(planned))  # somebody may have been served from the new files already
    key = func.replace(delivery.c.rkey, f"|{old}|", f"|{new}|")
    there = select(delivery.c.rkey).where(delivery.c.occurrence == new)
    known = and_(delivery.c.occurrence == old, key.not_in(there))
    connection.execute(update(delivery).where(known).values(occurrence=new, rkey=key))
    for table in (snooze, done):
        whose = select(table.c.person).where(table.c.occurrence == new)
        alone = and_(table.c.occurrence == old, table.c.person.not_in(whose))
        connection.execute(update(table).where(alone).values(occurrence=new))
    where = select(scheduled_event.c.guild).where(scheduled_event.c.occurrence == new)
    alone = and_(scheduled_event.c.occurrence == old, scheduled_event.c.guild.not_in(where))
    connection.execute(update(scheduled_event).where(alone).values(occurrence=new))


def count_people(connection: Connection, courses: Mapping[str, int], *, now: int) -> int:
    """Count who has followed one of these courses since before the instant beside it and is told of it now."""
    if not courses:
        return 0
    following = or_(
        *(and_(subscription.c.course == course, subscription.c.since < before) for course, before in courses.items())
    )
    hears = func.coalesce(subscription.c.muted_until, 0) <= now
    whom = select(func.count(subscription.c.person.distinct())).join(person, person.c.id == subscription.c.person)
    return connection.scalar(whom.where(following, hears, person.c.direct_messages)) or 0


def _known(row: Any) -> KnownOccurrence:
    # Taken apart at once, in the order of the columns, as naming each takes longer than all the rest.
    (
        key,
        uid,
        course,
        kind,
        title,
        at,
        standing,
        sequence,
        was_at,
        was,
        batch,
        noticed_at,
        next_at,
        ahead,
        seen,
        said,
        lasts,
    ) = row
    return KnownOccurrence(
        key=key,
        uid=uid,
        course=course,
        kind=Kind(kind),
        title=title,
        lasts=lasts,
        told=Told(starts_at=at, standing=Standing(standing)),
        sequence=sequence,
        before=_told(was_at, was),
        batch=batch,
        noticed_at=noticed_at,
        next=_told(next_at, ahead),
        seen_at=seen,
        decision=Decision(said) if said else None,
    )


def _told(starts_at: int | None, standing: str | None) -> Told | None:
    return None if starts_at is None or standing is None else Told(starts_at=starts_at, standing=Standing(standing))


def _columns(known: KnownOccurrence) -> dict[str, object]:
    before, ahead = known.before, known.next
    return {
        "key": known.key,
        "uid": known.uid,
        "course": known.course,
        "kind": known.kind,
        "title": known.title,
        "starts_at": known.told.starts_at,
        "standing": known.told.standing,
        "sequence": known.sequence,
        "was_at": before.starts_at if before else None,
        "was_standing": before.standing if before else None,
        "batch": known.batch,
        "noticed_at": known.noticed_at,
        "next_at": ahead.starts_at if ahead else None,
        "next_standing": ahead.standing if ahead else None,
        "seen_at": known.seen_at,
        "decision": known.decision,
        "lasts": known.lasts,
    }
