"""The three delivery formats in words: what each means, how they compare, study tips, and which suits whom."""

from __future__ import annotations

from collections.abc import Collection

from bot.answering.knowledge_base import KnowledgeBase
from bot.answering.outcomes import Answer
from bot.content.model import Format

ALL_FORMATS = "How our courses are delivered"
OUR_COURSES = "The courses that I know"
COURSES_IN = "**{format}:**"
A_COURSE = "- {code} {title}"
IN_TERM = " ({term})"
NO_COURSES_IN = "None of the courses that I know is {format}."
MORE_OF_ONE = "`/course` and a course's name shows its dates and its instructor."
COURSES_OF = "**Courses:** {courses}"
OFTEN_SUITS = "**Often suits:** {text}"
WATCH_OUT = "**Watch out:** {text}"
ACTIVITIES = "**Typical activities:** {text}"


def formats_card(base: KnowledgeBase, which: Format | None = None) -> Answer:
    """Explain one format, or all three with their comparison and study tips."""
    if which is not None:
        return Answer(entry=None, title=f"{which.capitalize()} courses", text=_guide(base, which), format=which)
    meanings = [
        f"**{one.capitalize()}**: {guide.in_short}" for one, guide in base.school.formats.items() if guide.in_short
    ]
    text = "\n\n".join(filter(None, ["\n".join(meanings), comparison(base), tips(base)]))
    return Answer(entry=None, title=ALL_FORMATS, text=text)


def comparison(base: KnowledgeBase) -> str:
    """Compare the formats by row, one line a row, so that it reads on a phone."""
    return "\n".join(
        f"- **{row.about}**: " + " · ".join(f"{one}: {text}" for one, text in row.texts.items())
        for row in base.school.comparison
    )


def tips(base: KnowledgeBase, which: Format | None = None) -> str:
    """List the study tips for one format, or all of them."""
    return "\n\n".join(
        f"**{tip.title}**\n{tip.text.strip()}" for tip in base.faq.tips if which is None or which in tip.formats
    )


def courses_of(base: KnowledgeBase, which: Format) -> str:
    """Name the courses of one format; empty if there is none."""
    names = [f"{course.code} {course.title}" for course in base.courses.values() if course.format is which]
    return COURSES_OF.format(courses=", ".join(names)) if names else ""


def courses_by_format(base: KnowledgeBase, asked: Collection[Format] = ()) -> Answer:
    """List the courses of these formats, or all of them, under their formats; with their terms, if these differ."""
    term = IN_TERM if len({course.term.name for course in base.courses.values()}) > 1 else ""
    parts = []
    for which in asked or Format:
        courses = [course for course in base.courses.values() if course.format is which]
        lines = [(A_COURSE + term).format(code=one.code, title=one.title, term=one.term.name) for one in courses]
        if lines:
            parts.append("\n".join([COURSES_IN.format(format=which.capitalize()), *lines]))
        elif asked:
            parts.append(NO_COURSES_IN.format(format=which))
    return Answer(entry=None, title=OUR_COURSES, text="\n\n".join([*parts, MORE_OF_ONE]))


def _guide(base: KnowledgeBase, which: Format) -> str:
    guide = base.school.formats.get(which)
    if guide is None:
        return courses_of(base, which)
    parts = [
        guide.in_short,
        guide.meaning and guide.meaning.strip(),
        "\n".join(f"- {line}" for line in guide.what_it_means),
        guide.activities and ACTIVITIES.format(text=", ".join(guide.activities)),
        guide.often_suits and OFTEN_SUITS.format(text=guide.often_suits.strip()),
        guide.watch_out and WATCH_OUT.format(text=guide.watch_out.strip()),
        courses_of(base, which),
    ]
    return "\n\n".join(part for part in parts if part)
