"""How a question is matched, in words that tell a teacher what to add to faq.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from rapidfuzz import fuzz, process

from bot.answering.answers import ANSWER_FROM, OFFER_FROM, UNASKED_FROM
from bot.answering.chatter import is_chatter, seems_chatter
from bot.answering.conversation import COURSE_CODE, reply
from bot.answering.knowledge_base import KnowledgeBase
from bot.answering.matcher import Match
from bot.answering.outcomes import Answer, Elsewhere, Outcome, WhichCourse
from bot.answering.text import FUNCTION_WORDS, QUESTION_WORDS, stem, words
from bot.content.edit import LONGEST_WORDING
from bot.knowledge.examples import ANY_MOMENT, in_words

MANY = 4
"""Candidates that are shown."""
COUNTS_FROM = 0.02
"""What a word must add to the score to be named."""
RESEMBLES = 60
"""Likeness of 100 in their letters from which an unknown word may be a known one, misspelt."""
MANY_WORDS = 15
"""From more words on, most of them do not ask."""
HARDLY = 0.02
"""A lead that little more would turn around."""

DOES = "The bot {does}."
SCORES = "A score of {answer:.2f} is an answer, from {offer:.2f} on it asks “Did you mean”, below that it has none."
NOTHING = "Nothing in the file has a telling word in common with it."
CANDIDATE = "{number}. {score:.2f} {band}: “{question}” ({entry}), nearest by “{wording}”"
COURSES = "Course named: {courses}. It is taken out of the words before they are compared."
FORMATS = "Format named: {formats}."
COUNTED = "Words that speak for the first: {words}."
POINTED = "Words that point to another: {words}."
POINTS = "{word} (to {entry})"
RESEMBLING = "Read as a word of the file: {words}."
READ_AS = "{word} as {known}"
UNKNOWN = "Words that stand in no wording: {words}."

SMALL_TALK = "It is small talk to the bot, so no answer is looked for. There is nothing to add."
REMARK = "It reads like a remark that asks nothing, so that only a score of {sure:.2f} or more is an answer."
ONLY_COURSE = "It names a course and asks nothing, so the course's card is shown. There is nothing to add."
NO_SUCH_COURSE = (
    "{code} is no course in courses.yaml. If it is another name of one, add it there to  also_called: ; "
    "if it is a course, add the course."
)
IS_RIGHT = "If that is right, there is nothing to add."
IS_WRONG = (
    "If it is wrong: it is “{wording}” in {entry} that draws it there. Put that in other words or take it out, and add "
    "“{asked}” to the question that should answer."
)
ADD_TO = "If “{question}” answers it, add this wording there ({entry}): “{asked}”. {then}"
ADD_TO_ANY = "None is near. If one of them answers it all the same, add “{asked}” there; in {entry}, for one: {then}"
ADD_TO_RIGHT = "If another question answers it, add “{asked}” to that one."
SHORTEN = "It is long: add only the part that asks, in a dozen words at most."
THEN_ANSWERS = "Then the bot answers with it ({score:.2f})."
THEN_NOT = "Even then the bot is not sure ({score:.2f}), as {other} is nearly as close: add a few more wordings."
WRITE_NEW = "If no question answers it, write a new answer{about}."
ABOUT = ": no wording has {words} in it"
NEAR_OFFICE = "Nearest is “{question}”, a topic of another office, so the bot names that office beside."
CLOSE = "{one} and {other} are close together, which lowers both scores: the bot cannot tell which of the two is meant."


_GAP = re.compile(r"\s+([,.;:?!])")
"""Before a sign, where a course was taken out."""


class Band(Enum):
    """What a score is good for."""

    ANSWERS = "enough to answer"
    OFFERS = "enough to offer"
    TOO_LOW = "too low"


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """An entry, or an office's topic, with the wording of it that is nearest to the question."""

    entry: str
    question: str
    wording: str
    score: float
    band: Band


class Heard(Enum):
    """What became of a word of the question."""

    COUNTED = "speaks for the first candidate"
    ELSEWHERE = "speaks for another"
    UNKNOWN = "stands in no wording"
    LITTLE = "says little"


@dataclass(frozen=True, kw_only=True)
class Word:
    """A word of the question. `points_to` is the entry it leads to by itself; `read_as` a known word it resembles."""

    text: str
    heard: Heard
    points_to: str | None = None
    read_as: str | None = None


@dataclass(frozen=True, kw_only=True)
class Why:
    """How a question is matched. `advice` are sentences that say what to add, and what would come of it.

    `wording` is the question as it would be added: without the course that it names.
    """

    question: str
    wording: str
    outcome: Outcome
    candidates: tuple[Candidate, ...]
    courses: tuple[str, ...]
    formats: tuple[str, ...]
    words: tuple[Word, ...]
    is_chatter: bool
    advice: tuple[str, ...]

    def __str__(self) -> str:
        """Tell it in lines of plain text, in which the student's words stand between “ and ”."""
        return "\n".join(_lines(self))


def why(question: str, base: KnowledgeBase) -> Why:
    """Explain what the bot does with a question that names all it is about; of a very long one, its beginning.

    It takes some tenths of a second: not in the event loop.
    """
    question = question[:LONGEST_WORDING]
    said = reply(question, base, ANY_MOMENT)
    mentions = base.names.find(question)
    candidates = tuple(_candidate(match, base) for match in said.matches[:MANY])
    chatter = is_chatter(question)
    found = Why(
        question=question,
        wording=_GAP.sub(r"\1", mentions.rest).strip(" ,;:"),
        outcome=said.outcome,
        candidates=() if chatter else candidates,
        courses=mentions.courses,
        formats=tuple(mentions.formats),
        words=() if chatter else tuple(_words(mentions.rest, said.matches, base)),
        is_chatter=chatter,
        advice=(),
    )
    return replace(found, advice=tuple(_advice(found, base)))


def _candidate(match: Match, base: KnowledgeBase) -> Candidate:
    entry, topic = base.entries.get(match.entry), base.elsewhere.get(match.entry)
    question = entry.question if entry else topic.topic if topic else match.entry
    band = Band.ANSWERS if match.score >= ANSWER_FROM else Band.OFFERS if match.score >= OFFER_FROM else Band.TOO_LOW
    return Candidate(entry=match.entry, question=question, wording=match.wording, score=match.score, band=band)


def _words(text: str, matches: Sequence[Match], base: KnowledgeBase) -> Iterator[Word]:
    """Ask the matcher what each word does: alone, and by being left out."""
    asked = list(dict.fromkeys(words(text)))
    known = {word: stem(word) for wording in _wordings(base) for word in words(wording)}
    stems = set(known.values())
    first = matches[0] if matches else None
    for word in asked:
        if word in FUNCTION_WORDS or word in QUESTION_WORDS:
            yield Word(text=word, heard=Heard.LITTLE)
            continue
        alone = next((match.entry for match in base.matcher.rank(word, 1)), None)
        read_as = None if stem(word) in stems else _resembling(word, known, base)
        without = " ".join(other for other in asked if other != word)
        if first is not None and first.score - _score(without, first.entry, base) >= COUNTS_FROM:
            heard = Heard.COUNTED
        elif stem(word) not in stems and read_as is None:
            heard = Heard.UNKNOWN
        else:
            heard = Heard.ELSEWHERE if first and alone not in (None, first.entry) else Heard.LITTLE
        yield Word(text=word, heard=heard, points_to=alone, read_as=read_as)


def _wordings(base: KnowledgeBase) -> Iterator[str]:
    for entry in base.entries.values():
        yield from (entry.question, *entry.also_asked, *entry.keywords)
    for topic in base.elsewhere.values():
        yield from (topic.topic, *topic.also_asked)


def _resembling(word: str, known: Iterable[str], base: KnowledgeBase) -> str | None:
    """The known word as which the matcher reads a misspelt one: it finds the same for both."""
    likely = [one for one in known if one[0] == word[0]]
    for one, *_ in process.extract(word, likely, scorer=fuzz.ratio, limit=MANY, score_cutoff=RESEMBLES):
        if base.matcher.rank(word, 1) == base.matcher.rank(one, 1):
            return one
    return None


def _score(text: str, entry: str, base: KnowledgeBase) -> float:
    return next((match.score for match in base.matcher.rank(text, 10) if match.entry == entry), 0.0)


# --- what to add ---------------------------------------------------------------------------------


def _advice(found: Why, base: KnowledgeBase) -> Iterator[str]:
    outcome, candidates = found.outcome, found.candidates
    if found.is_chatter:
        yield SMALL_TALK
    elif isinstance(outcome, Answer) and outcome.entry is None:
        yield ONLY_COURSE
    elif isinstance(outcome, Answer | WhichCourse | Elsewhere):
        yield IS_RIGHT
        first = candidates[0]
        yield IS_WRONG.format(wording=first.wording, entry=first.entry, asked=found.wording)
        yield from _too_long(found.wording)
        yield from _write_new(found.words)
    else:
        if seems_chatter(found.question):
            yield REMARK.format(sure=UNASKED_FROM)
        code = COURSE_CODE.search(found.wording)
        if code and not found.courses:
            yield NO_SUCH_COURSE.format(code=code[0].upper())
        yield from _close(candidates)
        if candidates and candidates[0].band is Band.OFFERS and candidates[0].entry in base.elsewhere:
            yield NEAR_OFFICE.format(question=candidates[0].question)
        yield from _add(candidates, found.wording, base)
        yield from _too_long(found.wording)
        yield from _write_new(found.words)


def _add(candidates: Sequence[Candidate], asked: str, base: KnowledgeBase) -> Iterator[str]:
    """Try the question as a wording of the nearest entry: what would the real matcher make of it?"""
    nearest = next((one for one in candidates if one.entry in base.entries), None)
    if nearest is None:
        yield ADD_TO_RIGHT.format(asked=asked)
        return
    entry = base.entries[nearest.entry]
    more = replace(entry, also_asked=(*entry.also_asked, asked))
    faq = replace(base.faq, entries=tuple(more if one.id == entry.id else one for one in base.faq.entries))
    matches = KnowledgeBase.build(faq, base.school).matcher.rank(asked)
    score = next((match.score for match in matches if match.entry == entry.id), 0.0)
    rival = next((match.entry for match in matches if match.entry != entry.id), "")
    sure = bool(matches) and matches[0].entry == entry.id and score >= ANSWER_FROM
    then = (THEN_ANSWERS if sure else THEN_NOT).format(score=score, other=rival)
    if nearest.band is Band.TOO_LOW:
        yield ADD_TO_ANY.format(asked=asked, entry=entry.id, then=then[:1].lower() + then[1:])
    else:
        yield ADD_TO.format(question=entry.question, entry=entry.id, asked=asked, then=then)
        yield ADD_TO_RIGHT.format(asked=asked)


def _too_long(asked: str) -> Iterator[str]:
    if len(asked.split()) > MANY_WORDS:
        yield SHORTEN


def _write_new(heard: Sequence[Word]) -> Iterator[str]:
    unknown = [word.text for word in heard if word.heard is Heard.UNKNOWN]
    yield WRITE_NEW.format(about=ABOUT.format(words=_listed(unknown)) if unknown else "")


def _close(candidates: Sequence[Candidate]) -> Iterator[str]:
    near = [one for one in candidates if one.band is not Band.TOO_LOW]
    if len(near) > 1 and near[0].score - near[1].score < HARDLY:
        yield CLOSE.format(one=candidates[0].entry, other=candidates[1].entry)


# --- in words ------------------------------------------------------------------------------------


def _lines(found: Why) -> Iterator[str]:
    yield DOES.format(does=in_words(found.outcome))
    if found.courses:
        yield COURSES.format(courses=", ".join(found.courses))
    if found.formats:
        yield FORMATS.format(formats=", ".join(found.formats))
    if found.candidates:
        yield ""
        yield SCORES.format(answer=ANSWER_FROM, offer=OFFER_FROM)
        for number, one in enumerate(found.candidates, start=1):
            yield CANDIDATE.format(
                **{**vars(one), "number": number, "band": one.band.value, "entry": _short(one.entry)}
            )
    elif not found.is_chatter:
        yield NOTHING
    yield from _heard(found)
    yield ""
    yield from found.advice


def _heard(found: Why) -> Iterator[str]:
    by_heard = {heard: [word for word in found.words if word.heard is heard] for heard in Heard}
    if counted := by_heard[Heard.COUNTED]:
        yield COUNTED.format(words=_listed([word.text for word in counted]))
    if pointed := by_heard[Heard.ELSEWHERE]:
        yield POINTED.format(words=_listed([POINTS.format(word=one.text, entry=one.points_to) for one in pointed]))
    if resembling := [word for word in found.words if word.read_as]:
        yield RESEMBLING.format(words=_listed([READ_AS.format(word=one.text, known=one.read_as) for one in resembling]))
    if unknown := by_heard[Heard.UNKNOWN]:
        yield UNKNOWN.format(words=_listed([word.text for word in unknown]))


def _short(entry: str) -> str:
    """An id beside its question; a topic of another office has no other."""
    return entry.partition(":")[0]


def _listed(texts: Sequence[str]) -> str:
    return ", ".join(texts)
