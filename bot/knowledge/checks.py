"""Judges what each file says as a whole, once every line of it has been understood."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.answering.text import words
from bot.content.model import Attendance, Course, Courses, Format
from bot.knowledge.dates import judge_dates, judge_term
from bot.knowledge.findings import Findings, Path

NO_SESSIONS = (
    "format: {course} is {format}, but no live session is listed. Add them under live_sessions: , or correct the format"
)
SESSIONS = (
    "format: {course} is asynchronous, but has live sessions. "
    "If nobody has to come, write  optional: yes  below each; if not, the format is  hybrid  or  synchronous"
)
ONE_SESSION = (
    "{course} is asynchronous, but this live session is not optional. "
    "If nobody has to come, write  optional: yes ; if not, the format is  hybrid  or  synchronous"
)
SHARED_CHANNEL = (
    'channel: "{channel}" is the channel of {other} too (line {line}), so it cannot tell which of the two is meant. '
    "Give each course its own, or leave it out"
)
SHARED_NAME = (
    '"{name}" stands for {other} too (line {line}), so who says it will be asked which of the two is meant. '
    "If that is not wanted, take it out of one of them"
)


def judge_courses(courses: Courses, findings: Findings) -> None:
    """Find what does not go together in courses.yaml."""
    for name, term in courses.terms.items():
        judge_term(term, ("terms", name), findings)
    for index, course in enumerate(courses.courses):
        _judge_format(course, ("courses", index), findings)
        judge_dates(course, ("courses", index), findings)
    _judge_channels(courses, findings)
    _judge_names(courses, findings)


def _judge_format(course: Course, path: Path, findings: Findings) -> None:
    """Compare the format with the sessions. Where attendance is optional, all sessions are."""
    if course.format is not Format.ASYNCHRONOUS:
        if not course.live_sessions:
            sentence = NO_SESSIONS.format(course=course.code, format=course.format)
            findings.warning((*path, "format"), sentence)
        return
    if course.attendance is Attendance.OPTIONAL:
        return
    binding = [index for index, session in enumerate(course.live_sessions) if not session.optional]
    said = [(*path, "live_sessions", index, "optional") for index in binding]
    all_bind = len(binding) == len(course.live_sessions)
    if binding and all_bind and not (len(said) == 1 and findings.says(said[0])):
        findings.warning((*path, "format"), SESSIONS.format(course=course.code))
        return
    for each in said:
        findings.warning(each, ONE_SESSION.format(course=course.code))


def _judge_channels(courses: Courses, findings: Findings) -> None:
    first: dict[str, int] = {}
    for index, course in enumerate(courses.courses):
        if course.channel is None:
            continue
        channel = course.channel.casefold()
        if channel in first:
            other = first[channel]
            sentence = SHARED_CHANNEL.format(
                channel=course.channel,
                other=courses.courses[other].code,
                line=findings.line(("courses", other, "channel")),
            )
            findings.warning(("courses", index, "channel"), sentence)
        first.setdefault(channel, index)


def _judge_names(courses: Courses, findings: Findings) -> None:
    """Tell of other names that two courses share; two sections of one course may well share their title."""
    first: dict[str, _Name] = {}
    for name in (name for index, course in enumerate(courses.courses) for name in _names(index, course)):
        other = first.setdefault("".join(words(name.text)), name)
        if other.course == name.course:
            continue
        told, because = (name, other) if name.extra else (other, name)
        if told.extra:
            code, line = courses.courses[because.course].code, findings.line(because.path)
            findings.warning(told.path, SHARED_NAME.format(name=told.text, other=code, line=line))


@dataclass(frozen=True, kw_only=True)
class _Name:
    """A name of a course, by its index; `extra` if it is one of also_called."""

    text: str
    course: int
    path: Path
    extra: bool = False


def _names(index: int, course: Course) -> Iterator[_Name]:
    path = ("courses", index)
    yield _Name(text=course.code, course=index, path=(*path, "code"))
    yield _Name(text=course.title, course=index, path=(*path, "title"))
    for number, text in enumerate(course.also_called):
        yield _Name(text=text, course=index, path=(*path, "also_called", number), extra=True)
