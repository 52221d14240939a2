"""Own deadlines and study slots."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, insert, or_, select, update

from bot.content.model import Span, Weekly
from bot.content.zones import zone
from bot.store.records import ItemDraft, ItemKind, PersonalItem
from bot.store.tables import person, personal_item

HOUR, DAY = 3600, 86400
KEPT_FOR = 7 * DAY
"""Seconds for which an item stays that is over, as what is missed may yet be put later."""

_OF_THESE = personal_item.c.person.in_(bindparam("people", expanding=True))
_ITEMS = select(personal_item).where(_OF_THESE).order_by(personal_item.c.id)  # built once, as that takes its time


def read_items(connection: Connection, people: Collection[int]) -> dict[int, list[PersonalItem]]:
    """Read the items of these people, each person's by age."""
    found: defaultdict[int, list[PersonalItem]] = defaultdict(list)
    for row in connection.execute(_ITEMS, {"people": list(people)}):
        found[row.person].append(_item(row))
    return found


def count_creations(connection: Connection, who: int, now: int) -> int:
    """Count what a person created within the last hour, deleted or not."""
    return len(_creations(connection, who, now))


def find_same(connection: Connection, who: int, draft: ItemDraft) -> int | None:
    """Find an item of a person that says just this; return its id."""
    same = [personal_item.c[name].is_not_distinct_from(value) for name, value in _columns(draft).items()]
    return connection.scalar(select(personal_item.c.id).where(personal_item.c.person == who, *same).limit(1))


def add_item(connection: Connection, who: int, draft: ItemDraft, now: int) -> int:
    """Store an item of a person who has a row; return its id."""
    created = json.dumps([*_creations(connection, who, now), now])
    connection.execute(update(person).where(person.c.id == who).values(item_creations=created))
    row = insert(personal_item).values(person=who, since=now, **_columns(draft)).returning(personal_item.c.id)
    return int(connection.execute(row).scalar_one())


def edit_item(connection: Connection, who: int, item: int, draft: ItemDraft, now: int) -> bool:
    """Replace what an item says, from now on; False if this person has no such item."""
    values = {"since": now, **_columns(draft)}
    return connection.execute(update(personal_item).where(_mine(who, item)).values(**values)).rowcount > 0


def delete_item(connection: Connection, who: int, item: int) -> bool:
    """Delete an item; False if this person has no such item."""
    return connection.execute(delete(personal_item).where(_mine(who, item))).rowcount > 0


def purge_items(connection: Connection, now: int, limit: int) -> int:
    """Delete at most `limit` items that were over more than `KEPT_FOR` ago, by a day at most; return how many."""
    # Wall times are compared as if all zones were UTC, from which none is a day away.
    before = datetime.fromtimestamp(now - KEPT_FOR - DAY, UTC)
    over = or_(personal_item.c.once_at < f"{before:%Y-%m-%dT%H:%M}", personal_item.c.until < f"{before:%Y-%m-%d}")
    old = select(personal_item.c.id).where(over).limit(limit)
    return connection.execute(delete(personal_item).where(personal_item.c.id.in_(old))).rowcount


def silence_items(connection: Connection, who: int) -> int:
    """Take away all offsets of a person's items, so that none rings; return how many rang."""
    ringing = and_(personal_item.c.person == who, personal_item.c.offsets != "[]")
    return connection.execute(update(personal_item).where(ringing).values(offsets="[]")).rowcount


def _mine(who: int, item: int) -> Any:
    return and_(personal_item.c.person == who, personal_item.c.id == item)


def _creations(connection: Connection, who: int, now: int) -> list[int]:
    stored = connection.scalar(select(person.c.item_creations).where(person.c.id == who))
    return [at for at in json.loads(stored or "[]") if now - HOUR < at <= now]


def _columns(draft: ItemDraft) -> dict[str, object]:
    when = draft.when
    weekly = when if isinstance(when, Weekly) else None
    once = when.starts if isinstance(when, Span) else when
    return {
        "kind": draft.kind.value,
        "title": draft.title,
        "course": draft.course,
        "zone": draft.zone.key,
        "once_at": once.isoformat(timespec="minutes") if isinstance(once, datetime) else None,
        "weekdays": json.dumps(weekly.weekdays) if weekly else None,
        "at": f"{weekly.at:%H:%M}" if weekly else None,
        "minutes": when.minutes if isinstance(when, Span | Weekly) else None,
        "interval": weekly.interval if weekly else None,
        "first": draft.first.isoformat() if draft.first else None,
        "until": draft.until.isoformat() if draft.until else None,
        "offsets": json.dumps(sorted(set(draft.offsets), reverse=True)),
    }


def _item(row: Any) -> PersonalItem:
    when: datetime | Span | Weekly
    if row.once_at is not None:
        once = datetime.fromisoformat(row.once_at)
        when = Span(starts=once, minutes=row.minutes) if row.minutes else once
    else:
        weekdays = tuple(json.loads(row.weekdays))
        when = Weekly(weekdays=weekdays, at=time.fromisoformat(row.at), minutes=row.minutes, interval=row.interval)
    return PersonalItem(
        id=row.id,
        since=row.since,
        kind=ItemKind(row.kind),
        title=row.title,
        course=row.course,
        zone=zone(row.zone),
        when=when,
        first=date.fromisoformat(row.first) if row.first else None,
        until=date.fromisoformat(row.until) if row.until else None,
        offsets=tuple(json.loads(row.offsets)),
    )
