"""Edits of faq.yaml that staff make from Discord: one more wording of an entry, and a new entry.

Only the characters of the new value are put in; every other byte stays. The result is read again by the real reader,
and an edit that would change anything else is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from bot.content import names, schema
from bot.content._layout import Layout, Unwritable
from bot.content._source import Change, Source
from bot.content._written import one_line, paragraphs
from bot.content.decoding import decode
from bot.content.faq import NO_ENTRY, read_faq, slug
from bot.content.model import Entry, Faq
from bot.content.problems import Place, Reading, new_problems
from bot.content.prose import flowing
from bot.content.refusal import Refusal
from bot.content.sheet import Path

LONGEST_WORDING = 300
LONGEST_QUESTION = 200
LONGEST_TOPIC = 80

BROKEN = "{file} has a mistake that must be mended first: {problem}"
NO_SUCH_ENTRY = 'There is no question with the id "{entry}" in {file} any more.'
EMPTY = "There is no letter and no digit in the {what}. Please write it in words."
TOO_LONG = "The {what} has {length:,} letters; at most {limit:,} fit. Please shorten it."
THERE_ALREADY = '"{wording}" already stands under “{question}” (id {entry}). Nothing has been changed.'
UNFIT = "That text cannot be written into {file}: {problem}"
ODD_LAYOUT = (
    "{file} is laid out in a way in which I cannot write without changing something else. Please add it by hand."
)

_ANOTHER = b"questions:\n  - question: '!'\n    id: another-question-that-no-file-has-in-it\n    answer: Yes.\n"


@dataclass(frozen=True, kw_only=True)
class NewEntry:
    """A new question with its answer, as staff typed them. `topic` is the group in which it is listed."""

    question: str
    answer: str
    also_asked: tuple[str, ...] = ()
    topic: str | None = None


@dataclass(frozen=True, kw_only=True)
class Edited:
    """A file as it would be, and the lines in which it differs from `before`, for a person to see or to paste.

    From `line` on, counted from 1, the lines `old` (none, if lines are only put in) become the lines `new`. `faq` and
    `places` are what the real reader makes of `after`; `entry` is the id of the entry that has something new, and
    `wordings` are these new wordings as they read back.
    """

    file: str
    before: bytes
    after: bytes
    line: int
    old: tuple[str, ...]
    new: tuple[str, ...]
    entry: str
    wordings: tuple[str, ...]
    faq: Faq
    places: Mapping[Path, Place]

    @property
    def diff(self) -> str:
        """The change as a person reads it: lines that go begin with -, lines that come with +."""
        return "\n".join([*(f"- {line}" for line in self.old), *(f"+ {line}" for line in self.new)])


def add_wording(data: bytes, entry: str, wording: str, name: str = "faq.yaml") -> Edited:
    """Add one more wording to the entry with this id; raises Refusal with a sentence that says why not."""
    reading, faq = _read(data, name)
    number = next((index for index, one in enumerate(faq.entries) if one.id == entry), None)
    if number is None:
        raise Refusal(NO_SUCH_ENTRY.format(entry=entry, file=name))
    text = _short(wording, "wording", LONGEST_WORDING)
    _refuse_known([text], faq)
    changed = replace(faq.entries[number], also_asked=(*faq.entries[number].also_asked, text))
    wanted = replace(faq, entries=(*faq.entries[:number], changed, *faq.entries[number + 1 :]))
    return _edited(data, name, reading, changed, (text,), wanted, lambda layout: layout.new_wording(number, text))


def add_entry(data: bytes, new: NewEntry, name: str = "faq.yaml") -> Edited:
    """Add a question with its answer below the others; its id is made of the question. Raises Refusal."""
    reading, faq = _read(data, name)
    question, *also_asked = _wordings(new)
    _refuse_known([question, *also_asked], faq)
    entry = Entry(
        id=_free_id(question, faq),
        question=question,
        answer=_answer(new.answer),
        topic=_short(new.topic, "topic", LONGEST_TOPIC) if new.topic and new.topic.strip() else None,
        also_asked=tuple(also_asked),
    )
    _refuse_unfit(entry, name)
    read_back = replace(entry, answer=flowing(entry.answer))
    wanted = replace(faq, entries=(*faq.entries, read_back))
    wordings = (question, *also_asked)
    return _edited(data, name, reading, read_back, wordings, wanted, lambda layout: layout.new_entry(entry))


def _read(data: bytes, name: str) -> tuple[Reading[Faq], Faq]:
    reading = read_faq(data, name)
    if reading.value is None:
        raise Refusal(BROKEN.format(file=name, problem=reading.problems[0]))
    return reading, reading.value


def _edited(
    data: bytes,
    name: str,
    reading: Reading[Faq],
    entry: Entry,
    wordings: tuple[str, ...],
    wanted: Faq,
    place: Callable[[Layout], Iterable[Change]],
) -> Edited:
    """Put the change in, and read the file again: it must say what is `wanted`, and nothing new to complain about."""
    source = Source(data, name)
    try:
        after = source.with_changes(place(Layout(decode(data)[0], reading.places)))
    except Unwritable:
        raise Refusal(ODD_LAYOUT.format(file=name)) from None
    again = read_faq(after, name)
    if again.value != wanted or new_problems(reading.problems, again.problems):
        raise Refusal(ODD_LAYOUT.format(file=name))
    line, old, new = _difference(source.lines, Source(after, name).lines)
    return Edited(
        file=name,
        before=data,
        after=after,
        line=line,
        old=tuple(old),
        new=tuple(new),
        entry=entry.id,
        wordings=wordings,
        faq=wanted,
        places=again.places,
    )


def _wordings(new: NewEntry) -> list[str]:
    """The question and its other wordings, each once."""
    texts = [_short(new.question, "question", LONGEST_QUESTION)]
    texts += [_short(wording, "wording", LONGEST_WORDING) for wording in new.also_asked if wording.strip()]
    return list({names.plain(text): text for text in reversed(texts)}.values())[::-1]


def _short(typed: str, what: str, limit: int) -> str:
    text = one_line(typed)
    if not names.plain(text):
        raise Refusal(EMPTY.format(what=what))
    if len(text) > limit:
        raise Refusal(TOO_LONG.format(what=what, length=len(text), limit=limit))
    return text


def _answer(typed: str) -> str:
    text = paragraphs(typed)
    if not names.plain(text):
        raise Refusal(EMPTY.format(what="answer"))
    if len(text) > schema.LONGEST_ANSWER:
        raise Refusal(TOO_LONG.format(what="answer", length=len(text), limit=schema.LONGEST_ANSWER))
    return text


def _refuse_known(texts: Iterable[str], faq: Faq) -> None:
    """Two entries with the same wording are no use, whatever the case and the punctuation."""
    known = {names.plain(wording): entry for entry in faq.entries for wording in (entry.question, *entry.also_asked)}
    for text in texts:
        if there := known.get(names.plain(text)):
            raise Refusal(THERE_ALREADY.format(wording=text, question=there.question, entry=there.id))


def _refuse_unfit(entry: Entry, name: str) -> None:
    """Refuse an entry of which the reader would complain in any file, such as of an unknown {placeholder}."""
    changes = Layout(_ANOTHER.decode(), read_faq(_ANOTHER).places).new_entry(entry)
    problems = read_faq(Source(_ANOTHER, name).with_changes(changes)).problems
    if problems:
        raise Refusal(UNFIT.format(file=name, problem=problems[0].message))


def _free_id(question: str, faq: Faq) -> str:
    taken = {*NO_ENTRY, *(entry.id for entry in faq.entries)}
    wanted = slug(question)
    further = (f"{wanted[:36]}-{number}" for number in range(2, len(taken) + 3))
    return next(one for one in (wanted, *further) if one not in taken)


def _difference(before: list[str], after: list[str]) -> tuple[int, list[str], list[str]]:
    """The first line that differs, and what becomes of which lines from there on."""
    start = next((n for n, (one, two) in enumerate(zip(before, after, strict=False)) if one != two), len(before))
    most = min(len(before), len(after)) - start
    same = next((n for n in range(most) if before[-1 - n] != after[-1 - n]), most)
    return start + 1, before[start : len(before) - same], after[start : len(after) - same]
