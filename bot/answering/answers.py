"""Entry, course and moment become an answer: what staff wrote, sharpened by the course's format, with live facts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.answering.courses import choice, course_card, links
from bot.answering.facts import CONTACT, contact_in_words, course_facts, format_line
from bot.answering.formats import comparison, tips
from bot.answering.knowledge_base import KnowledgeBase
from bot.answering.matcher import Match
from bot.answering.outcomes import (
    Answer,
    DidYouMean,
    Elsewhere,
    Link,
    Outcome,
    Suggestion,
    Unknown,
    WhichCourse,
)
from bot.content.model import Course, Entry, Show
from bot.content.model import Elsewhere as ElsewhereTopic

ANSWER_FROM = 0.48
"""The probability from which an entry is the answer to somebody who asked the bot."""
OFFER_FROM = 0.22
"""The probability from which entries are offered as "did you mean"."""
UNASKED_FROM = 0.7
"""The probability from which the bot answers a question that nobody addressed to it."""
MANY_SUGGESTIONS = 3

ASK_WHICH = "**Which course do you mean?**"
DID_YOU_MEAN = "I'm not sure what you mean. Did you mean one of these?"
DID_YOU_MEAN_THIS = "I'm not sure what you mean. Did you mean this?"
UNKNOWN_COURSE = "I don't know a course **{code}**. These are the courses that I know: {courses}"
THIS_MUCH = "This is what I know of **{course}**:"
OR_CARD = "All I know of **{course}**, its dates and its instructor:  `/course {course}`"
OR_ELSEWHERE = "If it is about **{topic}**: {contact}"
ELSEWHERE = "**{topic}** is handled by another office: {contact}"
ELSEWHERE_UNSTATED = "**{topic}** isn't something I can answer. Ask {contact}"
GREETING = (
    "I'm here whenever you have a question about your course or about studying online, for example: "
    "*When is my next live session?* `/help` shows all that I can do."
)
ENTRY_GONE = "That answer has been changed or removed since. Please ask again in your own words."
YOUR_COURSE = "your course"
THIS_TERM = "this term"

_PLACEHOLDER = re.compile(r"\{(contact|school|course|term)\}")


@dataclass(frozen=True, kw_only=True)
class About:
    """What an answer is about: these `courses`; if none, `choices` are the ones to offer where the answer needs one.

    `format_asked`: the words name a delivery format beside the course, as in "is PM-101 async".
    """

    courses: Sequence[Course] = ()
    choices: Sequence[Course] = ()
    format_asked: bool = False
    named: bool = False
    """The words name the courses; else the place or the person tells them."""
    titles: Sequence[str] = ()
    """The sessions and deadlines that the words call by their titles."""


def respond(
    matches: Sequence[Match],
    about: About,
    base: KnowledgeBase,
    now: datetime,
    *,
    unasked: bool = False,
    remark: bool = False,
) -> Outcome:
    """Answer, ask back or decline, as sure as the best match is.

    `unasked`: nobody addressed the bot. `remark`: it seems to ask nothing, so that nothing is offered for it.
    """
    best = matches[0] if matches else None
    if best is None or best.score < (UNASKED_FROM if remark else OFFER_FROM):
        return no_match(base, about, now)
    if best.score < (UNASKED_FROM if unasked else ANSWER_FROM):
        return did_you_mean(matches, base, about.courses)
    if topic := base.elsewhere.get(best.entry):
        return _elsewhere(topic, base)
    return compose(base.entries[best.entry], about, base, now)


def compose(entry: Entry, about: About, base: KnowledgeBase, now: datetime) -> Answer | WhichCourse:
    """Put an entry's answer together, or ask which course is meant if it depends on one that is not known."""
    courses = about.courses
    if courses:
        parts = _about_courses(entry, about, base, now)
        general = _general_facts(entry, courses[0], base)
    elif entry.needs_course:
        return _which_course(entry, about.choices, base)
    else:
        parts = [fill(entry.answer, base)]
        general = _general_facts(entry, None, base)
    return Answer(
        entry=entry.id,
        title=entry.question,
        text="\n\n".join(part for part in [*parts, *general] if part),
        courses=tuple(course.code for course in courses),
        format=courses[0].format if len(courses) == 1 else None,
        links=(*(Link(label=label, url=url) for label, url in entry.links.items()), *links(courses)),
        related=tuple(
            suggestion(base.entries[other]) for other in entry.related if other in base.entries and other != entry.id
        ),
    )


def decline(base: KnowledgeBase) -> Unknown:
    """Decline in staff's words."""
    return Unknown(text=fill(base.faq.if_no_match, base))


def no_match(base: KnowledgeBase, about: About, now: datetime) -> Unknown:
    """Decline, and show what is known of a course that was asked about: the answer may be there."""
    said = decline(base).text
    if about.named and len(about.courses) == 1:
        course = about.courses[0]
        return Unknown(text=f"{said}\n\n{THIS_MUCH.format(course=course.code)}\n{course_card(course, base, now).text}")
    return Unknown(text="\n".join([said, *_cards_of(about.courses)]))


def unknown_course(code: str, base: KnowledgeBase) -> Unknown:
    """Decline what was asked about a course that the file does not have, and name those that it has."""
    return Unknown(text=UNKNOWN_COURSE.format(code=code.upper(), courses=", ".join(base.courses)))


def did_you_mean(matches: Sequence[Match], base: KnowledgeBase, courses: Sequence[Course] = ()) -> DidYouMean | Unknown:
    """Offer the entries that might be meant, the courses' cards, and the likeliest topic of another office."""
    likely = [match.entry for match in matches if match.score >= OFFER_FROM]
    offered = [suggestion(base.entries[entry]) for entry in likely if entry in base.entries][:MANY_SUGGESTIONS]
    topics = [base.elsewhere[entry] for entry in likely if entry in base.elsewhere][:1]
    others = [OR_ELSEWHERE.format(topic=topic.topic, contact=_contact_of(topic, base)) for topic in topics]
    others += _cards_of(courses)
    if not offered:
        return Unknown(text="\n".join([decline(base).text, *others]))
    asks = DID_YOU_MEAN if len(offered) > 1 else DID_YOU_MEAN_THIS
    return DidYouMean(text="\n".join([asks, *others]), suggestions=tuple(offered))


def suggestion(entry: Entry) -> Suggestion:
    """Offer an entry by its question."""
    return Suggestion(entry=entry.id, question=entry.question)


def fill(text: str, base: KnowledgeBase, course: Course | None = None) -> str:
    """Fill in {contact}, {school}, {course} and {term} as far as they are known."""
    values = {
        "contact": contact_in_words(base.contact(course)),
        "school": base.school.school.short_name,
        "course": course.code if course else YOUR_COURSE,
        "term": course.term.name if course else THIS_TERM,
    }
    return _PLACEHOLDER.sub(lambda found: values[found[1]], text).strip()


def _about_courses(entry: Entry, about: About, base: KnowledgeBase, now: datetime) -> list[str]:
    """What holds for each course: the words for its format and its facts. Words that hold for all are said once.

    Where only the course can tell and staff wrote nothing for its format, the facts are the answer and come first.
    """
    several = len(about.courses) > 1
    words = [fill(entry.by_format.get(course.format) or entry.answer, base, course) for course in about.courses]
    shared = words[0] if several and len(set(words)) == 1 else None
    parts: list[str] = []
    for course, own_words in zip(about.courses, words, strict=True):
        facts = course_facts(entry.show, course, base, now, about.titles)
        if about.format_asked and not (entry.needs_course or entry.by_format):
            facts = [format_line(course, base), *facts]
        own = [] if shared else [own_words]
        facts_first = entry.needs_course and course.format not in entry.by_format
        told = [*facts, *own] if facts_first else [*own, *facts]
        parts += [f"### {course.code} · {course.title}", *told] if several and told else told
    return [shared, *parts] if shared else parts


def _general_facts(entry: Entry, course: Course | None, base: KnowledgeBase) -> list[str]:
    """The facts that an entry shows which are not one course's: the comparison, study tips and the school's contact."""
    told = []
    if Show.COMPARISON in entry.show:
        told.append(comparison(base))
    if Show.TIPS in entry.show:
        told.append(tips(base, course.format if course else None))
    if Show.CONTACT in entry.show and not course and "{contact}" not in entry.answer:
        told.append(CONTACT.format(contact=contact_in_words(base.contact())))
    return told


def _which_course(entry: Entry, choices: Sequence[Course], base: KnowledgeBase) -> WhichCourse:
    text = f"{fill(entry.answer, base)}\n\n{ASK_WHICH}"
    return WhichCourse(
        entry=entry.id, title=entry.question, text=text, choices=tuple(choice(course) for course in choices)
    )


def _cards_of(courses: Sequence[Course]) -> list[str]:
    return [OR_CARD.format(course=course.code) for course in courses]


def _contact_of(topic: ElsewhereTopic, base: KnowledgeBase) -> str:
    return contact_in_words(topic.contact or base.contact())


def _elsewhere(topic: ElsewhereTopic, base: KnowledgeBase) -> Elsewhere:
    template = ELSEWHERE if topic.contact else ELSEWHERE_UNSTATED
    return Elsewhere(topic=topic.topic, text=template.format(topic=topic.topic, contact=_contact_of(topic, base)))
