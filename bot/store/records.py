"""What the store keeps and gives back: frozen values, without SQL. Instants are whole seconds since 1970 in UTC."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.content.model import Span, Weekly
from bot.timetable.occurrences import Kind


class TextKind(StrEnum):
    """NOTICE: something was moved, called off or added. DIGEST: what is ahead. MISSED: what was not told in time."""

    REMINDER = "reminder"
    NOTICE = "notice"
    DIGEST = "digest"
    MISSED = "missed"


class To(StrEnum):
    """Where a text goes."""

    PERSON = "u"
    CHANNEL = "c"


class State(StrEnum):
    """PLANNED is a cache; the rest is memory. SENDING with a lease that is out may be claimed by anyone."""

    PLANNED = "planned"
    SENDING = "sending"
    SENT = "sent"
    DROPPED = "dropped"
    EXPIRED = "expired"
    FAILED = "failed"


class ItemKind(StrEnum):
    DEADLINE = "deadline"
    SLOT = "slot"


@dataclass(frozen=True, kw_only=True)
class QuietHours:
    """Wall times between which nothing should ring; a window that ends before it starts goes over midnight."""

    starts: time
    ends: time

    def cover(self, wall: time) -> bool:
        if self.starts <= self.ends:
            return self.starts <= wall < self.ends
        return wall >= self.starts or wall < self.ends


@dataclass(frozen=True, kw_only=True)
class Follow:
    """A person's opt-in to one course. `offsets`: minutes before, each with the instant since which it is wished.

    None means the offsets that the file gives, wished since `since`.
    """

    course: str
    since: int
    offsets: Mapping[int, int] | None = None
    muted_until: int | None = None


@dataclass(frozen=True, kw_only=True)
class ItemDraft:
    """An own deadline or study slot as a student states it. `when` is a wall time, once for a while, or on weekdays.

    `first` and `until` are the first and last day of what repeats; `offsets` are minutes before. Everything is meant in
    `zone`.
    """

    kind: ItemKind
    title: str
    when: datetime | Span | Weekly
    zone: ZoneInfo
    course: str | None = None
    first: date | None = None
    until: date | None = None
    offsets: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PersonalItem(ItemDraft):
    """`since`: reminders before this instant are not wished, as the item was not there or said something else."""

    id: int
    since: int


@dataclass(frozen=True, kw_only=True)
class Snooze:
    """Remind of this occurrence, at this start, again at `until`."""

    starts_at: int
    until: int


@dataclass(frozen=True, kw_only=True)
class Digest:
    """A person's wish for one message with the coming week, on this weekday (0 is Monday) at this wall time of theirs.

    `since`: one that would come before this instant is not wished.
    """

    weekday: int
    at: time
    since: int


@dataclass(frozen=True, kw_only=True)
class Person:
    """All that decides about a person's reminders.

    `dm_closed_at`: when Discord last refused a direct message to them. `told`: the starts for which a rule of an
    occurrence was already sent, by (occurrence, rule).
    """

    id: int
    zone: ZoneInfo | None = None
    quiet: QuietHours | None = None
    direct_messages: bool = True
    direct_messages_since: int = 0
    dm_channel: int | None = None
    dm_closed_at: int | None = None
    digest: Digest | None = None
    follows: tuple[Follow, ...] = ()
    items: tuple[PersonalItem, ...] = ()
    snoozes: Mapping[str, Snooze] = field(default_factory=dict)
    done: frozenset[str] = frozenset()
    told: Mapping[tuple[str, str], tuple[int, ...]] = field(default_factory=dict)

    def muted_until(self, course: str | None) -> int:
        """The instant until which this course is muted, or was; 0 if it never was."""
        return next((one.muted_until or 0 for one in self.follows if one.course == course), 0)


class Standing(StrEnum):
    """Whether an occurrence takes place. GONE: it is not on the schedule, any more or yet."""

    ON = "on"
    CANCELLED = "cancelled"
    GONE = "gone"


class Decision(StrEnum):
    """What becomes of a change that the world was not told of yet, other than settling by itself."""

    HELD = "held"
    SEND = "send"


@dataclass(frozen=True, kw_only=True)
class Told:
    """What people need to know of an occurrence."""

    starts_at: int
    standing: Standing = Standing.ON


@dataclass(frozen=True, kw_only=True)
class KnownOccurrence:
    """What the world was last told of a session or deadline, what it had been told before, and what is to be told.

    `uid` is the key under which calendars know it, which a renaming leaves alone; `sequence` counts what was told anew.
    `lasts` is how many seconds a session takes; a deadline none.
    `before`, `batch` and `noticed_at` are of the last change that was told: what was true before, when it was told, and
    when it was noticed. `next`, `seen_at` and `decision` are of a difference that has not been told yet: what the files
    say, and since when.
    """

    key: str
    uid: str
    course: str
    kind: Kind
    title: str | None
    told: Told
    lasts: int = 0
    sequence: int = 0
    before: Told | None = None
    batch: int | None = None
    noticed_at: int | None = None
    next: Told | None = None
    seen_at: int | None = None
    decision: Decision | None = None

    def over_at(self, told: Told) -> int:
        """The instant at which it is over, if this is what it was told to be."""
        return told.starts_at + self.lasts


@dataclass(frozen=True, kw_only=True)
class Outage:
    """The bot was not at work between these instants; `missed_by` so many people is known a little after its end."""

    began: int
    ended: int
    missed_by: int = 0


@dataclass(frozen=True, kw_only=True)
class CourseChannel:
    """Where a course's own reminders go. `closed_at`: when Discord last refused to post there."""

    guild: int
    course: str
    channel: int
    since: int
    role: int | None = None
    closed_at: int | None = None
    told: Mapping[tuple[str, str], tuple[int, ...]] = field(default_factory=dict)


class EventState(StrEnum):
    """UP: in the server. CANCELLED: by the bot. OVER: it ran to its end. REMOVED: by a person, which is respected."""

    UP = "up"
    CANCELLED = "cancelled"
    OVER = "over"
    REMOVED = "removed"


@dataclass(frozen=True, kw_only=True)
class EventText:
    """What a scheduled event of a server says, within Discord's limits. Instants are seconds since 1970."""

    name: str
    description: str
    location: str
    starts_at: int
    ends_at: int


@dataclass(frozen=True, kw_only=True)
class ScheduledEvent:
    """A server's event for one live session. `written` is what the bot last wrote; people may have edited it since."""

    guild: int
    occurrence: str
    event: int
    state: EventState
    written: EventText


@dataclass(frozen=True, kw_only=True)
class Reminder:
    """One text to be delivered: who, of what at which start, by which rule, from when until when it is worth sending.

    `rule` of a reminder is the number of minutes before, or `s` and the instant of a snooze. Of another kind of text,
    `starts_at` is the instant that it is about, and kind, recipient, `occurrence`, `starts_at` and `rule` tell it from
    all others.
    """

    to: To
    recipient: int
    course: str | None
    occurrence: str
    starts_at: int
    rule: str
    fire_at: int
    expires_at: int
    kind: TextKind = TextKind.REMINDER

    @property
    def rkey(self) -> str:
        """The identity: the start is inside, so that a moved deadline is reminded of anew."""
        return f"{self.kind[:3]}|{self.to}{self.recipient}|{self.occurrence}|{self.starts_at}|{self.rule}"


@dataclass(frozen=True, kw_only=True)
class Delivery(Reminder):
    """A text's row in the ledger. `first_tried_at` is when it may first have reached Discord."""

    id: int
    state: State
    owner: str | None = None
    lease_until: int | None = None
    attempts: int = 0
    first_tried_at: int | None = None
    sent_at: int | None = None
    message: int | None = None
