"""Facts of one course in words. A fact that the files do not state is said to be unknown, with whom to ask."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, time
from email.utils import parseaddr
from typing import TypeAlias
from zoneinfo import ZoneInfo

from bot.answering.knowledge_base import KnowledgeBase
from bot.answering.moments import day_in_words, stamp
from bot.content.model import Attendance, Contact, Course, Show
from bot.timetable.occurrences import Kind, Occurrence, Status
from bot.timetable.wall_time import instant

MANY_SESSIONS = 4
MANY_DEADLINES = 5
ALL = 1000

NO_SESSIONS = "**{course}** has no live sessions."
NO_SESSIONS_DUE = "**{course}** has no live sessions; its next deadline is {deadline}"
NO_SESSIONS_LEFT = "**{course}** has no live sessions left; its last day is {day}."
NO_DEADLINES_LEFT = "**{course}** has no deadlines left; its last day is {day}."
NEXT_SESSION = "**Next live session of {course}:** {session}"
RUNNING = "**{course} is live now:** {session}"
LATER_SESSIONS = "After that:"
SESSIONS = "**Live sessions of {course}:**"
DEADLINES = "**Next deadlines of {course}:**"
CALLED_OFF = "No session on {moment}{reason}."
DEADLINES_UNSTATED = "what is due when"
PASSED = "**Already past in {course}:** {deadline}"
HELD = "⚠️ being changed just now, and not final yet"
BREAK = "No class {days}{reason}."
INSTRUCTOR = "**Instructor:** {who}"
CONTACT = "**Contact:** {contact}"
ZONE = "**{course}** is taught in {zone} time, and its deadlines count in that zone."
UNSTATED = "For **{course}** I don't know {what}. Ask {who}."

Dated: TypeAlias = tuple[datetime, str]
"""What is said of a moment, with that moment."""


def course_facts(
    shows: Sequence[Show], course: Course, base: KnowledgeBase, now: datetime, titles: Collection[str] = ()
) -> list[str]:
    """Say each wanted fact of a course in a paragraph; what is not stated is gathered into one last sentence.

    `titles` were asked about: of these, deadlines that have passed are told, too. `comparison` and `tips` are not
    facts of a course and are left to the caller.
    """
    told: list[str] = []
    unstated: list[str] = []
    live = bool(course.live_sessions)
    for show in shows:
        match show:
            case Show.FORMAT:
                told.append(format_line(course, base))
            case Show.NEXT_SESSION:
                told.append(next_session(course, base, now))
            case Show.SCHEDULE if live or Show.NEXT_SESSION not in shows:
                told.append(sessions_ahead(course, base, now, after_next=Show.NEXT_SESSION in shows))
            case Show.DEADLINES if course.deadlines:
                told.append(deadlines_ahead(course, base, now, titles))
            case Show.DEADLINES:
                unstated.append(DEADLINES_UNSTATED)
            case Show.CONTACT:
                told.append("\n".join(contact_rows(course, base)))
            case Show.TIME_ZONE:
                told.append(ZONE.format(course=course.code, zone=zone_in_words(course.timezone)))
            case Show.ATTENDANCE | Show.RECORDINGS | Show.IF_YOU_MISS:
                if said := _STATED[show](course):
                    told.append(said)
                elif live:
                    unstated.append(_UNSTATED[show])
                elif Show.NEXT_SESSION not in shows:
                    told.append(NO_SESSIONS.format(course=course.code))
    if unstated:
        told.append(UNSTATED.format(course=course.code, what=_listed(unstated), who=whom_to_ask(course, base)))
    return [paragraph for paragraph in dict.fromkeys(told) if paragraph]


def format_line(course: Course, base: KnowledgeBase) -> str:
    """Name the course's delivery format, with the school's one-line meaning of the word."""
    guide = base.school.formats.get(course.format)
    line = f"**{course.code}** is **{course.format}**."
    return f"{line} {guide.in_short}" if guide and guide.in_short else line


def next_session(course: Course, base: KnowledgeBase, now: datetime) -> str:
    """Say when the course meets next and what is called off before that, or that it does not meet."""
    if not course.live_sessions:
        return _no_sessions(course, base, now)
    upcoming = base.timetable.next(course.code, Kind.SESSION, now)
    if upcoming is None:
        return NO_SESSIONS_LEFT.format(course=course.code, day=day_in_words(course.ends))
    template = RUNNING if instant(upcoming.starts) <= instant(now) else NEXT_SESSION
    said = template.format(course=course.code, session=session_in_words(upcoming))
    off = [*_called_off(course, base, now, upcoming.starts), *breaks(course, now, upcoming.starts)]
    return "\n".join([said, *in_order(off)])


def sessions_ahead(course: Course, base: KnowledgeBase, now: datetime, *, after_next: bool = False) -> str:
    """List the coming live sessions; `after_next` leaves out the next one, which was said already."""
    if not course.live_sessions:
        return _no_sessions(course, base, now)
    coming = base.timetable.upcoming(course.code, Kind.SESSION, now, MANY_SESSIONS)[1 if after_next else 0 :]
    if not coming:
        return "" if after_next else NO_SESSIONS_LEFT.format(course=course.code, day=day_in_words(course.ends))
    heading = LATER_SESSIONS if after_next else SESSIONS.format(course=course.code)
    listed = [(session.starts, session_in_words(session, join=False)) for session in coming]
    since = base.timetable.next(course.code, Kind.SESSION, now) if after_next else None
    first, last = since.starts if since else now, coming[-1].starts
    dated = [*listed, *_called_off(course, base, first, last), *breaks(course, first, last)]
    return "\n".join([heading, *(f"- {text}" for text in in_order(dated))])


def breaks(course: Course, first: datetime, last: datetime) -> list[Dated]:
    """Say the breaks of the course's term that fall between two moments, each with when it begins."""
    since, until = first.astimezone(course.timezone).date(), last.astimezone(course.timezone).date()
    return [
        (
            datetime.combine(pause.first, time.min, course.timezone),
            BREAK.format(
                days=f"{day_in_words(pause.first)} to {day_in_words(pause.last)}", reason=_because(pause.reason)
            ),
        )
        for pause in course.term.no_class
        if pause.last >= since and pause.first <= until
    ]


def in_order(dated: Iterable[Dated]) -> list[str]:
    """Put what is said of some moments in their order."""
    return [text for _, text in sorted(dated, key=lambda one: instant(one[0]))]


def deadlines_ahead(course: Course, base: KnowledgeBase, now: datetime, titles: Collection[str] = ()) -> str:
    """List the next date of each deadline that still has one, soonest first; before them the last ones of `titles`."""
    firsts: dict[str, Occurrence] = {}
    for deadline in base.timetable.upcoming(course.code, Kind.DEADLINE, now, ALL):
        firsts.setdefault(deadline.title or deadline.key, deadline)
    lasts = {
        one.title: PASSED.format(course=course.code, deadline=deadline_in_words(one))
        for one in base.timetable.of_course(course.code)
        if one.kind is Kind.DEADLINE and one.title in titles and one.title not in firsts
    }
    if not firsts:
        none_left = NO_DEADLINES_LEFT.format(course=course.code, day=day_in_words(course.ends))
        return "\n".join([*lasts.values(), none_left])
    lines = [f"- {deadline_in_words(deadline)}" for deadline in list(firsts.values())[:MANY_DEADLINES]]
    return "\n".join([*lasts.values(), DEADLINES.format(course=course.code), *lines])


def session_in_words(session: Occurrence, *, join: bool = True) -> str:
    """Say when a live session is, how long, whether it was moved or is optional, and (`join`) where."""
    parts = [f"{stamp(session.starts)} ({stamp(session.starts, 'R')})"]
    if session.ends:
        parts[0] = f"{stamp(session.starts)} to {stamp(session.ends, 't')} ({stamp(session.starts, 'R')})"
    if session.title:
        parts.append(session.title)
    if session.optional:
        parts.append("optional")
    if session.status is Status.MOVED:
        parts.append(f"moved from {stamp(session.planned)}")
    if join and session.where:
        parts.append(f"[join]({session.where})" if session.where.startswith("http") else session.where)
    if session.held:
        parts.append(HELD)
    return " · ".join(parts)


def deadline_in_words(deadline: Occurrence) -> str:
    """Say what is due and when, with staff's note and link."""
    name = f"[{deadline.title}]({deadline.link})" if deadline.link else deadline.title
    said = f"**{name}**: {stamp(deadline.starts)} ({stamp(deadline.starts, 'R')})"
    said = f"{said} · {HELD}" if deadline.held else said
    return f"{said}. {deadline.note}" if deadline.note else said


def attendance_line(course: Course) -> str:
    """Say whether sessions must be attended; empty if the file does not state it."""
    if course.attendance:
        return f"**Attendance:** {_with_note(course.attendance, course.attendance_note)}"
    if course.live_sessions and all(session.optional for session in course.live_sessions):
        return f"**Attendance:** {_with_note(Attendance.OPTIONAL, None)}"
    return ""


def recordings_line(course: Course) -> str:
    """Say whether sessions are recorded; empty if the file does not state it."""
    if course.recordings is None:
        return ""
    return f"**Recordings:** {_with_note('yes' if course.recordings else 'no', course.recordings_note)}"


def zone_in_words(zone: ZoneInfo) -> str:
    """Name a time zone as people read it: America/New York."""
    return zone.key.replace("_", " ")


def contact_in_words(contact: Contact) -> str:
    """Write a contact in one line: name, e-mail address, telephone, page, channel, hours; only what is stated."""
    channel = contact.channel and f"#{contact.channel}"
    return ", ".join(filter(None, [contact.name, contact.email, contact.phone, contact.page, channel, contact.hours]))


def instructor_in_words(course: Course) -> str | None:
    """Write `Dana <d@x.edu>` as `Dana (d@x.edu)`, which Discord shows as it stands."""
    if course.instructor is None:
        return None
    name, address = parseaddr(course.instructor)
    return f"{name} ({address})" if name and "@" in address else course.instructor


def contact_rows(course: Course, base: KnowledgeBase) -> list[str]:
    """Name the course's instructor, if stated, and its contact (its own, or the school's)."""
    who = instructor_in_words(course)
    contact = CONTACT.format(contact=contact_in_words(base.contact(course)))
    return [INSTRUCTOR.format(who=who), contact] if who else [contact]


def whom_to_ask(course: Course | None, base: KnowledgeBase) -> str:
    """Name the person for a question about this course: its instructor, its contact, or the school's."""
    return (course and instructor_in_words(course)) or contact_in_words(base.contact(course))


def _called_off(course: Course, base: KnowledgeBase, first: datetime, last: datetime) -> list[Dated]:
    return [
        (session.starts, CALLED_OFF.format(moment=stamp(session.starts), reason=_because(session.reason)))
        for session in base.timetable.between(first, last, {course.code})
        if session.kind is Kind.SESSION and session.cancelled
    ]


def _no_sessions(course: Course, base: KnowledgeBase, now: datetime) -> str:
    due = base.timetable.next(course.code, Kind.DEADLINE, now)
    if due is None:
        return NO_SESSIONS.format(course=course.code)
    return NO_SESSIONS_DUE.format(course=course.code, deadline=deadline_in_words(due))


def _if_you_miss(course: Course) -> str:
    return f"**If you miss a session:** {course.if_you_miss.strip()}" if course.if_you_miss else ""


def _with_note(word: str, note: str | None) -> str:
    """Add what staff wrote after the first word: a sentence of its own, or the rest of one ("and kept all term")."""
    if not note:
        return f"{word}."
    return f"{word}. {note}" if note[0].isupper() else f"{word}, {note}"


def _because(reason: str | None) -> str:
    return f": {reason}" if reason else ""


def _listed(items: Sequence[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} or {items[-1]}"


_STATED = {
    Show.ATTENDANCE: attendance_line,
    Show.RECORDINGS: recordings_line,
    Show.IF_YOU_MISS: _if_you_miss,
}
_UNSTATED = {
    Show.ATTENDANCE: "whether you have to attend the sessions",
    Show.RECORDINGS: "whether the sessions are recorded",
    Show.IF_YOU_MISS: "what to do if you miss one",
}
