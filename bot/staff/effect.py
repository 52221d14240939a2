"""What an edit of faq.yaml would change in what the bot does, before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.answering.conversation import reply
from bot.answering.knowledge_base import KnowledgeBase
from bot.content.edit import Edited
from bot.content.model import Faq
from bot.content.problems import new_problems
from bot.knowledge.collisions import judge_wordings
from bot.knowledge.examples import ANY_MOMENT, in_words, judge_examples
from bot.knowledge.findings import Findings

BECOMES = "{wordings}: now the bot {before}; then it {after}."
STAYS = "{wordings}: the bot {before}, and still would."
TAKEN = 'Questions like "{wording}" would no longer lead to {entry}, but here.'
HARMLESS = "Every other question is still found by its own wordings, and your examples still hold."
MORE = "… and {count} more."
MANY = 5
"""Spoilt wordings and examples that are told."""
RIVALS = 6
"""Entries for each new wording of which the wordings are tried."""


@dataclass(frozen=True, kw_only=True)
class Turn:
    """What the bot does with a new wording now, and what it would do; both go on after "the bot"."""

    wording: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class Taken:
    """A wording such that questions like it now lead to its own entry, by its id, and would lead to the edited one."""

    wording: str
    entry: str


@dataclass(frozen=True, kw_only=True)
class Effect:
    """`warnings` are what `check` would newly say: of staff's own examples that fail, and of wordings that collide."""

    turns: tuple[Turn, ...]
    taken: tuple[Taken, ...]
    warnings: tuple[str, ...]

    @property
    def is_harmless(self) -> bool:
        return not self.taken and not self.warnings

    def __str__(self) -> str:
        """Say it in sentences for staff, in plain text."""
        alike: dict[tuple[str, str], list[str]] = {}
        for turn in self.turns:
            alike.setdefault((turn.before, turn.after), []).append(f'"{turn.wording}"')
        lines = [
            (STAYS if before == after else BECOMES).format(wordings=", ".join(wordings), before=before, after=after)
            for (before, after), wordings in alike.items()
        ]
        told = [*(TAKEN.format(**vars(one)) for one in self.taken), *self.warnings]
        lines += told[:MANY] or [HARMLESS]
        lines += [MORE.format(count=len(told) - MANY)] if len(told) > MANY else []
        return "\n".join(lines)


def effect(base: KnowledgeBase, edited: Edited) -> Effect:
    """Ask the real bot with the edit and without it. Takes a second or two: not in the event loop."""
    after = KnowledgeBase.build(edited.faq, base.school)
    new = {*edited.wordings}
    return Effect(
        turns=tuple(
            Turn(wording=wording, before=_does(wording, base), after=_does(wording, after))
            for wording in edited.wordings
        ),
        taken=tuple(_taken(base, after, edited.entry, new)),
        warnings=(
            *_newly(judge_examples, base, after, edited),
            *_newly(judge_wordings, base, after, edited),
        ),
    )


def _does(wording: str, base: KnowledgeBase) -> str:
    return in_words(reply(wording, base, ANY_MOMENT).outcome)


def _taken(base: KnowledgeBase, after: KnowledgeBase, entry: str, new: set[str]) -> Iterator[Taken]:
    """Find the wordings that the edited entry would win from those nearest to what is new in it."""
    rivals = {match.entry for wording in new for match in base.matcher.rank(wording, RIVALS)} - {entry}
    for owner, wording in _wordings(base.faq):
        if owner in rivals and _first(wording, after) == entry and _first(wording, base) == owner:
            yield Taken(wording=wording, entry=owner)


def _wordings(faq: Faq) -> Iterator[tuple[str, str]]:
    for entry in faq.entries:
        if not entry.draft:
            yield from ((entry.id, wording) for wording in (entry.question, *entry.also_asked))
    for topic in faq.elsewhere:
        yield from ((f"elsewhere: {topic.topic}", wording) for wording in (topic.topic, *topic.also_asked))


def _first(wording: str, base: KnowledgeBase) -> str | None:
    """The entry that a question much like a wording would lead to: the wording itself is not looked at."""
    matches = base.matcher.rank(base.names.find(wording).rest, 1, leaving_out=wording)
    return matches[0].entry if matches else None


def _newly(
    judge: Callable[[KnowledgeBase, Findings], None], base: KnowledgeBase, after: KnowledgeBase, edited: Edited
) -> Iterator[str]:
    """What a check says of the edited file that it does not say of the one in use."""
    known, found = Findings(edited.file, {}), Findings(edited.file, edited.places)
    judge(base, known)
    judge(after, found)
    yield from (problem.message for problem in new_problems(known.problems, found.problems))
