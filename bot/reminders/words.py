"""The text of all that is delivered; a reminder's is made here.

Times are Discord's own stamps, so that it stays right however late it is read.
"""

from __future__ import annotations

from collections.abc import Callable

from bot.content.model import Attendance, Course, Format
from bot.reminders.digest_words import LATE, UNTITLED, digest
from bot.reminders.digests import Week
from bot.reminders.notice_words import missed, notice
from bot.reminders.notices import Notice
from bot.reminders.outages import Missed
from bot.reminders.schedule import Dated, Schedule
from bot.store.records import ItemKind, PersonalItem
from bot.timetable.occurrences import Kind, Occurrence

SESSION = "**{course}: {title}** starts {day} ({left})."
SESSION_BEGUN = "**{course}: {title}** has begun: it started {left}."
DEADLINE = "**{course}: {title}** is due {day} ({left})."
OWN_DEADLINE = "Your own deadline **{title}** is due {day} ({left})."
SLOT = "Your study time **{title}** starts {day} ({left})."
SLOT_BEGUN = "Your study time **{title}** has begun: it started {left}."
FOR_COURSE = "For {course}."
WHERE = "Where: {where}"
LINK = "Hand in: {link}"
NOTHING_TO_ATTEND = "Nothing to attend: do it at any time before then."
ATTENDANCE = {
    Attendance.REQUIRED: "Attendance is required.",
    Attendance.EXPECTED: "Attendance is expected.",
    Attendance.OPTIONAL: "Attendance is optional.",
}
COMES_LATE = "-# This reminder comes late, because I was not able to send it in time."


def worded(
    about: Dated | Notice | Missed | Week, schedule: Schedule, *, fire_at: int, now: int, escape: Callable[[str], str]
) -> str:
    """Word one text in Markdown, as of `now`. `escape` makes what a student typed safe to be shown."""
    match about:
        case Notice():
            return notice(about, schedule)
        case Missed():
            return missed(about, escape)
        case Week():
            return digest(about, now=now, escape=escape)
        case Dated():
            return _reminder(about, schedule, fire_at=fire_at, now=now, escape=escape)


def _reminder(dated: Dated, schedule: Schedule, *, fire_at: int, now: int, escape: Callable[[str], str]) -> str:
    match dated.of:
        case Occurrence() as occurrence:
            lines = _of_course(dated, occurrence, schedule.courses.get(occurrence.course), now)
        case PersonalItem() as item:
            lines = _of_person(dated, item, now, escape)
    if now - fire_at > LATE:
        lines.append(COMES_LATE)
    return "\n".join(lines)


def _of_course(dated: Dated, occurrence: Occurrence, course: Course | None, now: int) -> list[str]:
    said = {"course": occurrence.course, "title": occurrence.title or UNTITLED, **_stamps(dated)}
    if occurrence.kind is Kind.DEADLINE:
        lines = [DEADLINE.format(**said)]
        if course and course.format is Format.ASYNCHRONOUS:
            lines.append(NOTHING_TO_ATTEND)
        if occurrence.link:
            lines.append(LINK.format(link=occurrence.link))
    else:
        lines = [(SESSION if now < dated.starts_at else SESSION_BEGUN).format(**said)]
        if occurrence.where:
            lines.append(WHERE.format(where=occurrence.where))
        attendance = Attendance.OPTIONAL if occurrence.optional else course and course.attendance
        if attendance:
            lines.append(ATTENDANCE[attendance])
    if occurrence.note:
        lines.append(occurrence.note)
    return lines


def _of_person(dated: Dated, item: PersonalItem, now: int, escape: Callable[[str], str]) -> list[str]:
    said = {"title": escape(item.title), **_stamps(dated)}
    if item.kind is ItemKind.DEADLINE:
        lines = [OWN_DEADLINE.format(**said)]
    else:
        lines = [(SLOT if now < dated.starts_at else SLOT_BEGUN).format(**said)]
    if item.course:
        lines.append(FOR_COURSE.format(course=item.course))
    return lines


def _stamps(dated: Dated) -> dict[str, str]:
    return {"day": f"<t:{dated.starts_at}:F>", "left": f"<t:{dated.starts_at}:R>"}
