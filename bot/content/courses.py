"""Reads courses.yaml: the school, its terms, what the formats mean, and the courses with sessions and deadlines."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.content import names, schema, when
from bot.content._course_dates import Calendar, deadline, live_session, mistyped
from bot.content._inherited import Inherited, inherit
from bot.content.choices import Choice
from bot.content.contacts import contact, links
from bot.content.model import (
    Attendance,
    Break,
    ComparisonRow,
    Course,
    Courses,
    Format,
    FormatGuide,
    School,
    Term,
)
from bot.content.problems import Reading
from bot.content.reading import Reader, kept
from bot.content.record import Record
from bot.content.refusal import Refusal
from bot.content.sheet import Path, Sheet
from bot.content.when import Window
from bot.content.zones import zone

T = TypeVar("T")

_ATTENDANCE = {
    **dict.fromkeys(("required", "mandatory", "compulsory", "obligatory"), Attendance.REQUIRED),
    **dict.fromkeys(("expected", "recommended"), Attendance.EXPECTED),
    **dict.fromkeys(("optional", "voluntary", "not required", "not mandatory", "not expected"), Attendance.OPTIONAL),
}
_RECORDINGS = {
    **dict.fromkeys(("yes", "true", "recorded", "always recorded", "always"), True),
    **dict.fromkeys(("no", "false", "not recorded", "never recorded", "never", "none", "unrecorded"), False),
}


def read_courses(data: bytes, name: str = "courses.yaml") -> Reading[Courses]:
    """Read courses.yaml into its value, or into the problems that staff must mend first."""
    return Reader(schema.COURSES, _build).read(data, name)


@dataclass(frozen=True, kw_only=True)
class _Known:
    """What a course refers to. A term that was written but is broken is known, and has no value."""

    terms: Mapping[str, Term | None]
    inherited: Mapping[str, Inherited]
    formats: Choice
    top: Inherited


def _build(sheet: Sheet, file: Record) -> Courses | None:
    top = inherit(sheet, file.record("defaults"), Inherited(timezone=_zone(sheet, file)))
    terms = {name: _term(sheet, record) for name, record in file.named("terms").items() if record is not None}
    inherited = {
        name: inherit(sheet, record, top, _zone(sheet, record))
        for name, record in file.named("terms").items()
        if record is not None
    }
    guides = file.record("formats")
    known = _Known(terms=terms, inherited=inherited, formats=_format_words(guides), top=top)
    school = _school(sheet, file.record("school"))
    formats = {kind: _guide(guides.record(kind)) for kind in Format}
    comparison = [_row(record) for record in file.records("comparison")]
    courses = [_course(sheet, record, known) for record in file.records("courses")]
    _refuse_double_codes(sheet, file.records("courses"))
    if top.timezone is None or school is None:
        return None
    return Courses(
        timezone=top.timezone,
        school=school,
        terms={name: term for name, term in terms.items() if term is not None},
        formats=formats,
        comparison=kept(comparison),
        courses=kept(courses),
    )


def _zone(sheet: Sheet, record: Record) -> ZoneInfo | None:
    return sheet.understand((*record.path, "timezone"), record.text("timezone"), zone)


def _school(sheet: Sheet, record: Record) -> School | None:
    whom = contact(sheet, record.record("contact"))
    name, short_name = record.text("name"), record.text("short_name")
    if whom is None or name is None or short_name is None:
        return None
    return School(name=name, short_name=short_name, contact=whom)


def _guide(record: Record) -> FormatGuide:
    return FormatGuide(
        also_called=record.texts("also_called"),
        in_short=record.text("in_short"),
        meaning=record.text("meaning"),
        what_it_means=record.texts("what_it_means"),
        activities=record.texts("activities"),
        often_suits=record.text("often_suits"),
        watch_out=record.text("watch_out"),
    )


def _row(record: Record) -> ComparisonRow | None:
    texts = {kind: text for kind in Format if (text := record.text(kind)) is not None}
    about = record.text("about")
    return None if about is None else ComparisonRow(about=about, texts=texts)


def _format_words(guides: Record) -> Choice:
    """Take the words for the formats that this school uses, beside the usual ones."""
    words = dict(schema.FORMAT.words)
    for kind in Format:
        for word in guides.record(kind).texts("also_called"):
            words.setdefault(names.plain(word), kind)
    return Choice(words=words, shown=schema.FORMAT.shown)


def _term(sheet: Sheet, record: Record) -> Term | None:
    name = str(record.path[-1])
    starts = sheet.understand((*record.path, "starts"), record.text("starts"), when.read_date)
    ends = sheet.understand((*record.path, "ends"), record.text("ends"), when.read_date)
    if starts and ends and ends < starts:
        sheet.error((*record.path, "ends"), f"ends: the term ends before it starts ({when.worded(starts)})")
        ends = None
    window = Window(first=starts, last=ends, name=name) if starts and ends else None
    breaks = []
    for note in record.notes("no_class"):
        if mistyped(sheet, note, lambda text: when.read_days(text, window)):
            continue
        if note.what and _is_range(f"{note.when} {note.what}", window):
            message = f"no_class: the last day belongs before the colon; write  {note.when} {note.what}"
            sheet.error((*note.path, "to"), message)
            continue
        days = sheet.understand(
            note.path, note.when, lambda text: when.read_days(text, window), forgive_year=window is None
        )
        if days is not None:
            breaks.append(Break(first=days[0], last=days[1], reason=note.what))
    if window is None:
        return None
    return Term(name=name, starts=window.first, ends=window.last, no_class=tuple(breaks))


def _is_range(text: str, window: Window | None) -> bool:
    try:
        first, last = when.read_days(text, window)
    except Refusal:
        return False
    return first < last


def _course(sheet: Sheet, record: Record, known: _Known) -> Course | None:
    before = sheet.errors()
    path = record.path
    term, above = _named_term(sheet, record, known)
    kind = known.formats.choose(sheet, text, (*path, "format")) if (text := record.text("format")) else None
    own = inherit(sheet, record, above, _zone(sheet, record))
    starts, ends = _days(sheet, record, term)
    window = Window(first=starts, last=ends, name=_window_name(record, term)) if starts and ends else None
    calendar = Calendar(sheet=sheet, window=window, inherited=own)
    sessions = [live_session(calendar, session) for session in record.records("live_sessions")]
    deadlines = [deadline(calendar, item) for item in record.records("deadlines")]
    attendance, attendance_note = _first_words(
        sheet, record, "attendance", _ATTENDANCE, "required, expected or optional"
    )
    recordings, recordings_note = _first_words(
        sheet, record, "recordings", _RECORDINGS, "yes, no, recorded or not recorded"
    )
    buttons, whom = links(sheet, record), contact(sheet, record.record("contact"))
    code, title = record.text("code"), record.text("title")
    if sheet.errors() > before or not (code and title and kind and term and starts and ends and own.timezone):
        return None
    return Course(
        code=code,
        title=title,
        format=kind,
        term=term,
        starts=starts,
        ends=ends,
        timezone=own.timezone,
        also_called=record.texts("also_called"),
        about=record.text("about"),
        instructor=record.text("instructor"),
        channel=record.text("channel"),
        role=record.text("role"),
        attendance=attendance,
        attendance_note=attendance_note,
        recordings=recordings,
        recordings_note=recordings_note,
        if_you_miss=record.text("if_you_miss"),
        live_sessions=kept(sessions),
        deadlines=kept(deadlines),
        links=buttons,
        contact=whom,
        remind_before_sessions=own.remind_before_sessions,
    )


def _named_term(sheet: Sheet, record: Record, known: _Known) -> tuple[Term | None, Inherited]:
    written = record.text("term")
    if written is None or not known.terms:
        return None, known.top
    by_plain = {names.plain(name): name for name in known.terms}
    name = by_plain.get(names.plain(written))
    if name is None and sheet.has_lost:
        return None, known.top
    if name is None:
        path = (*record.path, "term")
        meant = names.nearest(written, known.terms)
        guess = f"; did you mean  {meant} ?" if meant else f". The terms are {names.listed(known.terms, 'and')}"
        sheet.error(path, f'term: there is no term "{written}"{guess}', fix=sheet.with_word(path, written, meant))
        return None, known.top
    return known.terms[name], known.inherited[name]


def _days(sheet: Sheet, record: Record, term: Term | None) -> tuple[date | None, date | None]:
    """Find the first and last day of a course: its own, or its term's."""
    window = Window(first=term.starts, last=term.ends, name=term.name) if term else None
    path = record.path

    def day(name: str, default: date | None) -> date | None:
        if name not in record:
            return default
        return sheet.understand(
            (*path, name), record.text(name), lambda text: when.read_date(text, window), forgive_year=term is None
        )

    starts, ends = day("starts", term.starts if term else None), day("ends", term.ends if term else None)
    if starts and ends and ends < starts:
        own = "ends" if "ends" in record and (window is None or starts in window or ends not in window) else "starts"
        sheet.error(
            (*path, own), f"{own}: the course ends ({when.worded(ends)}) before it starts ({when.worded(starts)})"
        )
        return None, None
    return starts, ends


def _window_name(record: Record, term: Term | None) -> str:
    own_days = "starts" in record or "ends" in record
    return "the course" if own_days or term is None else term.name


def _first_words(
    sheet: Sheet, record: Record, name: str, words: Mapping[str, T], shown: str
) -> tuple[T | None, str | None]:
    """Read a text that begins with one of a few words; give its meaning, and what is said after it."""
    text = record.text(name)
    if text is None:
        return None, None
    for word in sorted(words, key=len, reverse=True):
        match = re.match(rf"{word}\b[\s.,;:!–—-]*", text, re.IGNORECASE)
        if match:
            return words[word], text[match.end() :].strip() or None
    sheet.error((*record.path, name), f'{name}: "{_short(text)}" begins with none of  {shown} . Begin with one of them')
    return None, None


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:37].rstrip()}…"


def _refuse_double_codes(sheet: Sheet, courses: tuple[Record, ...]) -> None:
    first: dict[str, Path] = {}
    for record in courses:
        code = record.text("code")
        if code is None:
            continue
        plain, path = names.plain(code), (*record.path, "code")
        if plain in first:
            line = sheet.place(first[plain]).line
            sheet.error(path, f'code: "{code}" is taken already (line {line}); every course needs a code of its own')
        first.setdefault(plain, path)
