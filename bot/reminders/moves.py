"""What was moved, called off or added: a pure function of what the world was last told and of what the files say now.

A difference settles when no other has come for two minutes, so that a slip which is mended at once is told to nobody;
sooner, if otherwise what it is about would begin before anybody is told. One that would reach too many waits for staff.
Until it is told, nothing is sent about the occurrence.

- The first sessions and deadlines of a course are no news. What is over, before and after, changes silently; a session
  is over at its end, as until then somebody may be waiting in it.
- What disappears while another of its course and kind appears at the same moment was renamed: also no news.
- Whoever follows a course since after a difference was seen knows it already.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b

from bot.reminders.schedule import Dated, Schedule
from bot.store.records import Decision, KnownOccurrence, Standing, Told
from bot.timetable.occurrences import Kind

SETTLE = 120
"""Seconds without a further difference after which all of them are told; at most half of what is left to the next
beginning or end of any of them."""
FEW = 10
LARGEST_SHARE = 0.3
MANY_PEOPLE = 500
"""An edit of at least FEW occurrences that are more than this share of all to come, or for more people, is held.
Dates that are only added to a course which nobody follows yet are left out of the count."""
KEPT_FOR = 60 * 86400
"""So long after its start something that is gone is known, in seconds."""

Known = Mapping[str, KnownOccurrence]
CountPeople = Callable[[Mapping[str, int]], int]
"""Counts who has followed one of these courses since before the instant beside it, and would be told."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """One difference between what the world was last told, `before`, and what the files say, `after`."""

    key: str
    course: str
    kind: Kind
    title: str | None
    before: Told
    after: Told


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Changes that will be told together; `people` is how many get a direct message.

    `settles_at` is None for what is held, until staff let it go or mend the files. `mark` belongs to just these
    changes: whoever confirms them names it, so that nobody confirms what they have not seen.
    """

    changes: tuple[Change, ...]
    people: int
    settles_at: int | None

    @property
    def held(self) -> bool:
        return self.settles_at is None

    @property
    def mark(self) -> str:
        content = "\n".join(f"{one.key} {one.after.starts_at} {one.after.standing}" for one in self.changes)
        return blake2b(content.encode(), digest_size=6).hexdigest()

    @property
    def courses(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.course for one in self.changes))


def item(key: str) -> str:
    """Return what all dates of a weekly session or deadline have in common: the key up to the date."""
    return key.partition("@")[0]


def compare(known: Known, schedule: Schedule, now: int) -> tuple[dict[str, KnownOccurrence], dict[str, str]]:
    """Note every difference between what is known and the schedule; return that, and the new keys of renamed ones.

    What is silent is taken over at once. A difference that changes again, or is taken back, starts anew or is over.
    """
    present = {dated.key: dated for dated in schedule.all()}
    renamed = _renamed(known, present)
    rows = {**known}
    for old, new in renamed.items():
        rows[new] = replace(rows.pop(old), key=new)
    courses = {row.course for row in known.values()}
    uids = {row.uid for row in rows.values()}
    after: dict[str, KnownOccurrence] = {}
    for key, row in rows.items():
        dated = present.get(key)
        noted = _noted(_as_written(row, dated), dated, now)
        if noted is not None:
            after[key] = noted
    for key, dated in present.items():
        if key not in rows:
            uid = next(name for name in _names(key) if name not in uids)
            uids.add(uid)
            after[key] = _first_seen(dated, uid, now, is_news=dated.course in courses)
    return after, renamed


def brake(known: Known, count_people: CountPeople, now: int) -> dict[str, KnownOccurrence]:
    """Hold all that nobody has decided on, if telling it would reach too many."""
    edit = _undecided(known)
    seen = _seen(edit)
    first = {course for course in _only_added(edit) if not count_people({course: seen[course]})}
    telling = sum(row.course not in first for row in edit)
    ahead = sum(
        _counts(row, row.told, now) or (row.next is not None and _counts(row, row.next, now)) for row in known.values()
    )
    many = telling >= FEW and telling > LARGEST_SHARE * ahead
    if edit and (many or count_people(seen) > MANY_PEOPLE):
        return decide(known, edit, Decision.HELD)
    return dict(known)


def settle(known: Known, now: int) -> dict[str, KnownOccurrence]:
    """Take over as told what has settled, and what staff let go: the batch of this moment."""
    edit = _undecided(known)
    due = _settles_at(edit)
    settled = {row.key for row in edit if due is not None and due <= now}
    settled |= {row.key for row in known.values() if row.next and row.decision is Decision.SEND}
    return {**known, **{key: _told(known[key], now) for key in settled}}


def settles_at(known: Known) -> int | None:
    """Return when what nobody has decided on will be told, if nothing else changes; None if there is nothing."""
    return _settles_at(_undecided(known))


def batches(known: Known, count_people: CountPeople) -> tuple[Batch, ...]:
    """Return what is about to be told: that which settles, and that which is held, if there is any."""
    edit = _undecided(known)
    held = [row for row in known.values() if row.next and row.decision is Decision.HELD]
    return tuple(
        Batch(changes=_changes(rows), people=count_people(_seen(rows)), settles_at=moment)
        for rows, moment in ((edit, _settles_at(edit)), (held, None))
        if rows
    )


def decide(known: Known, rows: Iterable[KnownOccurrence], decision: Decision) -> dict[str, KnownOccurrence]:
    """Let these go, or hold them."""
    return {**known, **{row.key: replace(row, decision=decision) for row in rows}}


def in_batch(known: Known, batch: Batch) -> list[KnownOccurrence]:
    """Return what a batch is about."""
    return [known[change.key] for change in batch.changes]


def differs(row: KnownOccurrence, dated: Dated | None) -> bool:
    """Tell whether the files say something else than the world was told, so that nothing may be sent about it."""
    return row.told != _says(row, dated)


# --- One occurrence ------------------------------------------------------------------------------


def _as_written(row: KnownOccurrence, dated: Dated | None) -> KnownOccurrence:
    """Take over what is no news: how it is called, and how long it lasts."""
    if dated is None or (row.title, row.lasts) == (dated.of.title, dated.lasts):
        return row
    return replace(row, title=dated.of.title, lasts=dated.lasts)


def _noted(row: KnownOccurrence, dated: Dated | None, now: int) -> KnownOccurrence | None:
    """Note the difference of one, or that there is none; None forgets it."""
    says = _says(row, dated)
    if says == row.told:
        never_told = row.batch is None and row.sequence == 0
        if row.told.standing is Standing.GONE and (never_told or row.told.starts_at < now - KEPT_FOR):
            return None
        return replace(row, next=None, seen_at=None, decision=None) if row.next else row
    if not (_counts(row, row.told, now) or _counts(row, says, now)):
        return replace(_told(replace(row, next=says), now), before=None, batch=None, noticed_at=None)
    if says == row.next and row.seen_at is not None:
        return replace(row, seen_at=min(row.seen_at, now))  # a clock may have been set back
    held = row.decision is Decision.HELD
    return replace(row, next=says, seen_at=now, decision=Decision.HELD if held else None)


def _says(row: KnownOccurrence, dated: Dated | None) -> Told:
    if dated is None:
        return Told(starts_at=row.told.starts_at, standing=Standing.GONE)
    return Told(starts_at=dated.starts_at, standing=Standing.CANCELLED if dated.cancelled else Standing.ON)


def _counts(row: KnownOccurrence, told: Told, now: int) -> bool:
    """Tell whether somebody would come to it, or is there."""
    return told.standing is Standing.ON and row.over_at(told) > now


def _first_seen(dated: Dated, uid: str, now: int, *, is_news: bool) -> KnownOccurrence:
    row = KnownOccurrence(
        key=dated.key,
        uid=uid,
        course=dated.course or "",
        kind=Kind(dated.of.kind),
        title=dated.of.title,
        lasts=dated.lasts,
        told=Told(starts_at=dated.starts_at, standing=Standing.GONE),
    )
    says = _says(row, dated)
    if is_news and _counts(row, says, now):
        return replace(row, next=says, seen_at=now)
    return replace(row, told=says)


def _told(row: KnownOccurrence, now: int) -> KnownOccurrence:
    """Take over what the files say: from now on, this is what the world was told."""
    return replace(
        row,
        told=row.next or row.told,
        before=row.told,
        sequence=row.sequence + 1,
        batch=now,
        noticed_at=row.seen_at,
        next=None,
        seen_at=None,
        decision=None,
    )


def _names(key: str) -> Iterable[str]:
    """Yield names for an occurrence in calendars: its key, unless something that was renamed bears it."""
    yield key
    number = 2
    while True:
        yield f"{key}#{number}"
        number += 1


# --- All of them ---------------------------------------------------------------------------------


def _renamed(known: Known, present: Mapping[str, Dated]) -> dict[str, str]:
    """Find the new keys of what only goes by another name."""
    missing: defaultdict[tuple[str | None, str, int], list[str]] = defaultdict(list)
    for key, row in sorted(known.items()):
        last = row.next if row.next and row.next.standing is not Standing.GONE else row.told
        if key not in present and last.standing is not Standing.GONE:
            missing[row.course, row.kind, last.starts_at].append(key)
    renamed = {}
    for key, dated in sorted(present.items()):
        if key not in known and (old := missing.get((dated.course, dated.of.kind, dated.starts_at))):
            renamed[old.pop(0)] = key
    items = {item(old): item(new) for old, new in renamed.items()}
    for left in sorted(key for keys in missing.values() for key in keys):
        new = items.get(item(left), "") + left[len(item(left)) :]  # a date that was renamed with the rest, and moved
        if new in present and new not in known and new not in renamed.values():
            renamed[left] = new
    return renamed


def _undecided(known: Known) -> list[KnownOccurrence]:
    return [row for row in known.values() if row.next and row.decision is None]


def _only_added(edit: Iterable[KnownOccurrence]) -> set[str]:
    """Return the courses in which nothing that was ever told is changed."""
    rows = list(edit)
    return {row.course for row in rows} - {
        row.course for row in rows if row.told.standing is not Standing.GONE or row.sequence
    }


def _settles_at(edit: Iterable[KnownOccurrence]) -> int | None:
    rows = [row for row in edit if row.seen_at is not None]
    if not rows:
        return None
    newest = max(row.seen_at for row in rows if row.seen_at is not None)
    told = [(row, one) for row in rows for one in (row.told, row.next) if one and _counts(row, one, newest)]
    moments = [moment for row, one in told for moment in (one.starts_at, row.over_at(one)) if moment > newest]
    first = min(moments, default=newest + 2 * SETTLE)
    return newest + min(SETTLE, (first - newest) // 2)


def _seen(rows: Iterable[KnownOccurrence]) -> dict[str, int]:
    """Return by course when the last of its differences was seen."""
    seen: dict[str, int] = {}
    for row in rows:
        seen[row.course] = max(seen.get(row.course, 0), row.seen_at or 0)
    return seen


def _changes(rows: Iterable[KnownOccurrence]) -> tuple[Change, ...]:
    changes = [
        Change(key=row.key, course=row.course, kind=row.kind, title=row.title, before=row.told, after=row.next)
        for row in rows
        if row.next
    ]
    return tuple(sorted(changes, key=lambda one: (one.course, item(one.key), one.before.starts_at, one.key)))
