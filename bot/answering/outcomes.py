"""What the bot can say to a question: five outcomes, each a value that a caller turns into a message.

Texts are Discord Markdown. Moments in them are Discord timestamps (`<t:seconds:style>`), so that each reader sees
their own zone; `bot.answering.moments.spell_out` turns them into words for a terminal.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.answering.matcher import Match
from bot.content.model import Format


@dataclass(frozen=True, kw_only=True)
class Link:
    label: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """An entry offered as a button: its id and the question as staff put it."""

    entry: str
    question: str


@dataclass(frozen=True, kw_only=True)
class CourseChoice:
    code: str
    title: str


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Sure. `entry` is None for a course's card; `courses` are the codes that the text speaks about."""

    entry: str | None
    title: str
    text: str
    courses: tuple[str, ...] = ()
    format: Format | None = None
    links: tuple[Link, ...] = ()
    related: tuple[Suggestion, ...] = ()


@dataclass(frozen=True, kw_only=True)
class WhichCourse:
    """Which course is meant? `text` says what holds in general and asks. `entry` is None when a card was asked for."""

    entry: str | None
    title: str
    text: str
    choices: tuple[CourseChoice, ...]


@dataclass(frozen=True, kw_only=True)
class DidYouMean:
    """Unsure: up to three entries, best first."""

    text: str
    suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True, kw_only=True)
class Elsewhere:
    """Recognised as a topic that somebody else handles."""

    topic: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Unknown:
    """No answer. `chatter` is true for greetings, thanks and what is not a question at all."""

    text: str
    chatter: bool = False


Outcome = Answer | WhichCourse | DidYouMean | Elsewhere | Unknown


@dataclass(frozen=True, kw_only=True)
class Reply:
    """An outcome with what led to it: entries best first, and the courses recognised in the words (codes)."""

    outcome: Outcome
    matches: tuple[Match, ...] = ()
    courses: tuple[str, ...] = ()
