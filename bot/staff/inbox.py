"""The questions that nobody could answer, those that ask for the same thing together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.answering.knowledge_base import KnowledgeBase
from bot.answering.matcher import Indexed, Matcher
from bot.answering.text import stems
from bot.content.model import Faq
from bot.store.questions import Question

ALIKE = 0.55
"""The share of its own score from which another question counts as the same one."""
MANY_LIKE = 30
"""Questions that are compared with each."""


@dataclass(frozen=True, kw_only=True)
class Group:
    """Questions that ask for the same thing, newest first. `course` is the code that most of them are about, if known.

    `nearest` is the entry that the matcher finds likeliest for the newest one, though not likely enough to answer.
    """

    questions: tuple[Question, ...]
    course: str | None
    nearest: str | None

    @property
    def newest(self) -> Question:
        return self.questions[0]

    @property
    def count(self) -> int:
        return len(self.questions)

    @property
    def ids(self) -> tuple[int, ...]:
        return tuple(question.id for question in self.questions)


def ours(questions: Iterable[Question], guild: int | None) -> list[Question]:
    """The questions of a server and of direct messages. Other servers' are none of its staff's business."""
    return [one for one in questions if one.guild in {None, guild}]


def groups(questions: Sequence[Question], base: KnowledgeBase) -> list[Group]:
    """Group questions by likeness; the largest group first, and of equal ones the one with the newest question."""
    alike = _same_words(questions, base)
    found = [
        sorted((one for words in bundle for one in alike[words]), key=lambda one: (-one.asked_at, -one.id))
        for bundle in _bundles(list(alike), base.faq)
    ]
    found.sort(key=lambda its: (-len(its), -its[0].asked_at, -its[0].id))
    return [_group(its, base) for its in found]


def group_with(found: Iterable[Group], question: int) -> Group | None:
    """Find the group that a question is in, by its id; None once it is handled."""
    return next((group for group in found if question in group.ids), None)


def _group(questions: Sequence[Question], base: KnowledgeBase) -> Group:
    courses = Counter(one.course for one in questions if one.course)
    nearest = next(
        (match.entry for match in base.matcher.rank(_rest(questions[0], base)) if match.entry in base.entries), None
    )
    return Group(questions=tuple(questions), course=courses.most_common(1)[0][0] if courses else None, nearest=nearest)


def _rest(question: Question, base: KnowledgeBase) -> str:
    """What the matcher looks at: the question without its course."""
    return base.names.find(question.text).rest


def _same_words(questions: Iterable[Question], base: KnowledgeBase) -> Mapping[str, list[Question]]:
    """Put those together that say the same words, in any order."""
    alike: defaultdict[tuple[str, ...], list[Question]] = defaultdict(list)
    for question in questions:
        alike[tuple(sorted(set(stems(_rest(question, base)))))].append(question)
    return {_rest(its[0], base) or its[0].text: its for its in alike.values()}


def _bundles(texts: Sequence[str], faq: Faq) -> list[list[str]]:
    """Take the text that most others are like, and these others with it; and so on with those that are left.

    The entries of the FAQ are beside them only to tell which words are rare at this school.
    """
    background = [Indexed(id=entry.id, wordings=(entry.question, *entry.also_asked)) for entry in faq.entries]
    matcher = Matcher([*(Indexed(id=_key(text), wordings=(text,)) for text in texts), *background])
    like = {text: _like(text, matcher) for text in texts}
    for text in texts:
        for other in like[text]:
            like[other].add(text)
    bundles: list[list[str]] = []
    left = set(texts)
    for text in sorted(texts, key=lambda one: -len(like[one])):
        if text in left:
            bundle = [text, *(other for other in texts if other in like[text] & left and other != text)]
            left.difference_update(bundle)
            bundles.append(bundle)
    return bundles


def _key(text: str) -> str:
    return f"asked: {text}"


def _like(text: str, matcher: Matcher) -> set[str]:
    """The texts that are like one. Its likeness to itself is the measure, as all scores fall where some are close."""
    scores = {
        match.wording: match.score for match in matcher.rank(text, MANY_LIKE) if match.entry == _key(match.wording)
    }
    own = scores.pop(text, 1.0)
    return {other for other, score in scores.items() if score >= ALIKE * own}
