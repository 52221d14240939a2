"""What the two files say once they have been read: frozen values, typed, with every default filled in.

Wall times are naive `datetime`/`time` values in the course's own `timezone`; spans and lead times are whole minutes.
Weekdays count from Monday = 0. Optional text that staff did not write is None, which means "not stated".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo


class Format(StrEnum):
    """How a course is delivered."""

    ASYNCHRONOUS = "asynchronous"
    SYNCHRONOUS = "synchronous"
    HYBRID = "hybrid"


class Show(StrEnum):
    """A fact of the student's course that an entry asks to have added to its answer."""

    FORMAT = "format"
    SCHEDULE = "schedule"
    NEXT_SESSION = "next_session"
    DEADLINES = "deadlines"
    RECORDINGS = "recordings"
    ATTENDANCE = "attendance"
    IF_YOU_MISS = "if_you_miss"
    CONTACT = "contact"
    TIME_ZONE = "time_zone"
    COMPARISON = "comparison"
    TIPS = "tips"


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Whom to ask. At least one field is set."""

    name: str | None = None
    email: str | None = None
    phone: str | None = None
    page: str | None = None
    hours: str | None = None
    channel: str | None = None


# --- faq.yaml ------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One question that staff answered. Texts are Discord Markdown and may hold {placeholders}."""

    id: str
    question: str
    answer: str
    topic: str | None = None
    also_asked: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    by_format: Mapping[Format, str] = field(default_factory=dict)
    needs_course: bool = False
    show: tuple[Show, ...] = ()
    links: Mapping[str, str] = field(default_factory=dict)
    related: tuple[str, ...] = ()
    draft: bool = False


@dataclass(frozen=True, kw_only=True)
class Tip:
    title: str
    text: str
    formats: tuple[Format, ...] = tuple(Format)


@dataclass(frozen=True, kw_only=True)
class Elsewhere:
    """A topic that somebody else handles: recognised, not answered."""

    topic: str
    also_asked: tuple[str, ...] = ()
    contact: Contact | None = None


@dataclass(frozen=True, kw_only=True)
class Example:
    """Staff's own test: `expect` is an entry id, "none" or "course"."""

    ask: str
    expect: str


@dataclass(frozen=True, kw_only=True)
class Faq:
    entries: tuple[Entry, ...]
    if_no_match: str
    tips: tuple[Tip, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
    examples: tuple[Example, ...] = ()


# --- courses.yaml --------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class School:
    name: str
    short_name: str
    contact: Contact


@dataclass(frozen=True, kw_only=True)
class FormatGuide:
    """What one of the three format words means at this school."""

    also_called: tuple[str, ...] = ()
    in_short: str | None = None
    meaning: str | None = None
    what_it_means: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    often_suits: str | None = None
    watch_out: str | None = None


@dataclass(frozen=True, kw_only=True)
class ComparisonRow:
    about: str
    texts: Mapping[Format, str]


@dataclass(frozen=True, kw_only=True)
class Break:
    """Days without class, first and last included."""

    first: date
    last: date
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class Term:
    name: str
    starts: date
    ends: date
    no_class: tuple[Break, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Weekly:
    """A repeating day and time: on these weekdays, every `interval` weeks, at `at`.

    `minutes` is how long it lasts; None for a deadline.
    """

    weekdays: tuple[int, ...]
    at: time
    minutes: int | None = None
    interval: int = 1


@dataclass(frozen=True, kw_only=True)
class Span:
    """One meeting: a wall-clock start in the course's zone and its length in minutes."""

    starts: datetime
    minutes: int


@dataclass(frozen=True, kw_only=True)
class Added:
    span: Span
    title: str | None = None


@dataclass(frozen=True, kw_only=True)
class LiveSession:
    """`when` repeats (Weekly) or happens once (Span). `cancelled`, `moved`: keyed by the date as first planned."""

    when: Weekly | Span
    title: str | None = None
    where: str | None = None
    starts: date | None = None
    ends: date | None = None
    optional: bool = False
    cancelled: Mapping[date, str | None] = field(default_factory=dict)
    moved: Mapping[date, Span] = field(default_factory=dict)
    added: tuple[Added, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """`due` repeats (Weekly without minutes) or is one wall-clock moment. `remind_before` is in minutes."""

    name: str
    due: Weekly | datetime
    starts: date | None = None
    ends: date | None = None
    skip: tuple[date, ...] = ()
    remind_before: tuple[int, ...] = ()
    link: str | None = None
    note: str | None = None


class Attendance(StrEnum):
    REQUIRED = "required"
    EXPECTED = "expected"
    OPTIONAL = "optional"


@dataclass(frozen=True, kw_only=True)
class Course:
    """`starts` and `ends` are the course's own or its term's. The notes are the words after the first."""

    code: str
    title: str
    format: Format
    term: Term
    starts: date
    ends: date
    timezone: ZoneInfo
    also_called: tuple[str, ...] = ()
    about: str | None = None
    instructor: str | None = None
    channel: str | None = None
    role: str | None = None
    attendance: Attendance | None = None
    attendance_note: str | None = None
    recordings: bool | None = None
    recordings_note: str | None = None
    if_you_miss: str | None = None
    live_sessions: tuple[LiveSession, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    links: Mapping[str, str] = field(default_factory=dict)
    contact: Contact | None = None
    remind_before_sessions: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Courses:
    timezone: ZoneInfo
    school: School
    terms: Mapping[str, Term]
    formats: Mapping[Format, FormatGuide]
    comparison: tuple[ComparisonRow, ...]
    courses: tuple[Course, ...]
