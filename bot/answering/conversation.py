"""One turn of a conversation: what was said, what is known about who said it, and what to reply."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.answering.answers import ANSWER_FROM, GREETING, About, compose, decline, respond, unknown_course
from bot.answering.chatter import is_chatter, seems_chatter
from bot.answering.courses import course_card, courses_compared
from bot.answering.formats import courses_by_format
from bot.answering.knowledge_base import KnowledgeBase
from bot.answering.matcher import Match
from bot.answering.outcomes import Answer, Elsewhere, Outcome, Reply, Unknown
from bot.answering.text import normalise
from bot.answering.titles import Called
from bot.content.model import Course, Entry, Format

HARDLY_LIKELIER = 0.1
"""Difference of two probabilities that says little about which entry is meant."""


@dataclass(frozen=True, kw_only=True)
class Context:
    """What is known beside the words: the courses of the asker, and the last entry that they were answered with.

    `course` is certain (given, or told by the channel, the only role, or the last question); `mine` are all that may
    be meant.
    """

    course: Course | None = None
    mine: tuple[Course, ...] = ()
    last_entry: str | None = None
    awaits_course: bool = False
    """We asked back which course the last entry is about."""


ALONE = Context()

_PING = re.compile(r"@(?:everyone|here)\b|<[@#][!&]?\d+>")
COURSE_CODE = re.compile(r"\b[A-Za-z]{2,4}-?\d{3}\b")
"""What looks like a course's code; letters and digits alone, so it may be repeated as it stands."""
_FORMAT = r"(?:asynchronous|synchronous|hybrid|live|blended|on demand|real time)"
_COURSES = rf"(?:{_FORMAT} (?:or {_FORMAT} )?)?(?:courses|classes)"
_WHICH_COURSES = re.compile(
    rf"(?:(?:which|what)(?: of)?(?: the| your| my| these)? {_COURSES}"
    rf"(?: (?:are|is|do|does|can|there|you|i|we|have|offer|offered|teach|know|choose|from|take|here|available|online"
    rf"|sessions|meetings|in|for|this|next|the|fall|autumn|winter|spring|summer|term|semester|20\d\d|{_FORMAT}))*"
    rf"|(?:(?:show|give|tell|list)(?: me)?|list of)(?: all| the| a| of| your)* {_COURSES}"
    rf"|(?:are|do|have)(?: there| you| have| offer| got| any)+ {_FORMAT} (?:courses|classes))"
)
"""Asks for the list of courses and nothing else; "which courses do I need for the degree" does not."""
_MEET_LIVE = (Format.SYNCHRONOUS, Format.HYBRID)


def reply(
    utterance: str, base: KnowledgeBase, now: datetime, context: Context = ALONE, *, unasked: bool = False
) -> Reply:
    """Reply to an utterance. `unasked`: nobody addressed the bot, so it must be surer and may not greet."""
    utterance = _PING.sub(" ", utterance)
    mentions = base.names.find(utterance)
    named = tuple(base.courses[code] for code in mentions.courses)
    called = base.titles.find(mentions.rest)
    matches = _ranked(mentions.rest, called, base)
    if named:
        matches = _about_a_course_first(matches, base)
    if named and (mentions.follow_up or mentions.bare):
        again = mentions.follow_up or context.awaits_course
        entry = base.entries.get(context.last_entry or "") if again else None
        outcome = _about(named, entry, base, now, unasked=unasked)
    elif not named and _WHICH_COURSES.fullmatch(asked := normalise(utterance)):
        outcome = courses_by_format(base, mentions.formats or (_MEET_LIVE if "live" in asked.split() else ()))
    elif is_chatter(utterance):
        outcome = Unknown(text=GREETING, chatter=True)
    else:
        courses = named or ((context.course,) if context.course else _whose(called, matches, context, base))
        about = About(
            courses=courses,
            choices=choices(base, context.mine),
            format_asked=bool(mentions.formats),
            named=bool(named),
            titles=tuple(item.title for item in called.items),
        )
        outcome = respond(matches, about, base, now, unasked=unasked, remark=seems_chatter(utterance))
        unknown = COURSE_CODE.search(mentions.rest)
        if unknown and not named and not isinstance(outcome, Answer | Elsewhere):
            outcome = unknown_course(unknown[0], base)
    return Reply(outcome=outcome, matches=matches, courses=mentions.courses)


def choices(base: KnowledgeBase, mine: Sequence[Course] = ()) -> Sequence[Course]:
    """The courses to offer when it is not known which is meant: the asker's own, or all."""
    return mine or tuple(base.courses.values())


def card(courses: Sequence[Course], base: KnowledgeBase, now: datetime) -> Answer:
    """Show one course, or several under each other."""
    return course_card(courses[0], base, now) if len(courses) == 1 else courses_compared(courses, base, now)


def _ranked(text: str, called: Called, base: KnowledgeBase) -> tuple[Match, ...]:
    """Rank the entries for a text. Where none answers it as it stands, titles in it may be read as what they are."""
    as_typed = tuple(base.matcher.rank(text))
    if not called.items or any(match.entry in base.entries and match.score >= ANSWER_FROM for match in as_typed):
        return as_typed
    read = tuple(base.matcher.rank(called.rest))
    return max(as_typed, read, key=lambda matches: matches[0].score if matches else 0.0)


def _whose(called: Called, matches: Sequence[Match], context: Context, base: KnowledgeBase) -> tuple[Course, ...]:
    """The one course that has what is called by its title, where a course has to be known; none that is not mine."""
    entry = base.entries.get(matches[0].entry) if matches else None
    if len(called.courses) != 1 or entry is None or not entry.needs_course:
        return ()
    course = base.courses[called.courses[0]]
    return (course,) if not context.mine or course in context.mine else ()


def _about_a_course_first(matches: tuple[Match, ...], base: KnowledgeBase) -> tuple[Match, ...]:
    """Who names a course asks about it: an entry that depends on it wins against one that is hardly likelier."""
    for match in matches:
        entry = base.entries.get(match.entry)
        if entry and entry.needs_course and match.score >= matches[0].score - HARDLY_LIKELIER:
            return (match, *(other for other in matches if other is not match))
    return matches


def _about(
    named: Sequence[Course], entry: Entry | None, base: KnowledgeBase, now: datetime, *, unasked: bool
) -> Outcome:
    """Nothing but courses was said: answer the last question about them, or show them."""
    if entry:
        return compose(entry, About(courses=named), base, now)
    return decline(base) if unasked else card(named, base, now)
