"""Which delivery format suits me: three questions, and what speaks for each format. Never a verdict."""

from __future__ import annotations

from dataclasses import dataclass

from bot.answering.formats import courses_of
from bot.answering.knowledge_base import KnowledgeBase
from bot.answering.outcomes import Answer
from bot.content.model import Format

TITLE = "Which format suits you?"
INTRO = "No format is the right one for everybody. This is what speaks for each, from what you said:"
NOTHING = "- nothing of what you said speaks for it in particular"
CLOSING = "If you want to talk it over: {contact}"

_REASONS = {
    ("week_changes", True): {
        Format.ASYNCHRONOUS: "your week changes, and you choose when you work",
        Format.HYBRID: "your week changes, and only some dates are fixed",
    },
    ("week_changes", False): {
        Format.SYNCHRONOUS: "your week is regular, so fixed class times fit in",
        Format.HYBRID: "your week is regular, so the live dates can be planned",
    },
    ("likes_live", True): {
        Format.SYNCHRONOUS: "you like live discussion, and classes are live",
        Format.HYBRID: "you like live discussion, and some sessions are live",
    },
    ("likes_live", False): {
        Format.ASYNCHRONOUS: "you can do without live discussion; you talk in writing, when it suits you",
    },
    ("wants_routine", True): {
        Format.SYNCHRONOUS: "you want a fixed routine, and set class times give you one",
    },
    ("wants_routine", False): {
        Format.ASYNCHRONOUS: "you don't need a fixed routine; deadlines give the pace",
        Format.HYBRID: "you don't need a fixed routine, but the live dates break up the weeks",
    },
}


@dataclass(frozen=True, kw_only=True)
class Preferences:
    """A student's answers to the three questions; None means no preference."""

    week_changes: bool | None
    likes_live: bool | None
    wants_routine: bool | None


def suiting_formats(preferences: Preferences, base: KnowledgeBase, contact: str) -> Answer:
    """Say for each format what of the student's answers speaks for it, with its courses."""
    sections = [INTRO]
    for which in Format:
        reasons = [
            f"- {said[which]}"
            for (question, wanted), said in _REASONS.items()
            if getattr(preferences, question) is wanted and which in said
        ]
        sections.append(
            "\n".join(filter(None, [f"**{which.capitalize()}**", *(reasons or [NOTHING]), courses_of(base, which)]))
        )
    sections.append(CLOSING.format(contact=contact))
    return Answer(entry=None, title=TITLE, text="\n\n".join(sections))
