"""Reads faq.yaml: questions with their answers, tips, topics of other offices, and staff's own tests."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Container

from bot.content import names, schema
from bot.content.contacts import contact, links
from bot.content.model import Elsewhere, Entry, Example, Faq, Format, Tip
from bot.content.problems import Reading
from bot.content.reading import Reader, kept
from bot.content.record import Record
from bot.content.sheet import Path, Sheet

PLACEHOLDERS = ("contact", "school", "course", "term")
NO_MATCH = "I don't have an answer to that yet. The {school} team can help: {contact}"
NO_ENTRY = ("none", "course")  # what an example may expect instead of an id

_BRACKETED = re.compile(rf"[\[<]({'|'.join(PLACEHOLDERS)})[\]>](?!\()")
_PLACEHOLDER = re.compile(r"\{\s*([A-Za-z][A-Za-z _-]{0,30})\s*\}")
_HALF_OPEN = re.compile(r"\{(?:contact|school|course|term)\b(?![^{}\n]*\})")
_HALF_CLOSED = re.compile(r"(?<![{\w])(?<!\{ )(?:contact|school|course|term)\}")
_DOUBLE = re.compile(r"\{\{+\s*(?:contact|school|course|term)\s*\}\}+")
_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


def read_faq(data: bytes, name: str = "faq.yaml") -> Reading[Faq]:
    """Read faq.yaml into its value, or into the problems that staff must mend first."""
    return Reader(schema.FAQ, _build).read(data, name)


def _build(sheet: Sheet, file: Record) -> Faq | None:
    questions = file.records("questions")
    before = sheet.errors()
    ids = _ids(sheet, questions)
    all_known = sheet.is_passage or (sheet.errors() == before and ids and not sheet.is_broken)
    known_ids = ids if all_known else None  # a passage is only counted, and most ids stand outside of it
    first = dict(zip(reversed(ids), reversed(questions), strict=True))
    _warn_of_wordings(sheet, tuple(first.values())[::-1])  # a question with the id of another is told already
    entries = [_entry(sheet, record, entry_id, known_ids) for record, entry_id in zip(questions, ids, strict=True)]
    tips = [_tip(sheet, record) for record in file.records("tips")]
    elsewhere = [_elsewhere(sheet, record) for record in file.records("elsewhere")]
    examples = [_example(sheet, record, known_ids) for record in file.records("examples")]
    if_no_match = _filled(sheet, ("if_no_match",), file.text("if_no_match")) or NO_MATCH
    return Faq(
        entries=kept(entries),
        if_no_match=if_no_match,
        tips=kept(tips),
        elsewhere=kept(elsewhere),
        examples=kept(examples),
    )


def _entry(sheet: Sheet, record: Record, entry_id: str, ids: list[str] | None) -> Entry | None:
    question, answer = record.text("question"), _filled(sheet, (*record.path, "answer"), record.text("answer"))
    by_format = record.record("by_format")
    texts = {kind: _filled(sheet, (*by_format.path, kind.value), by_format.text(kind)) for kind in Format}
    for index, other in enumerate(record.texts("related")):
        if ids is not None and other not in ids:
            _unknown_id(sheet, (*record.path, "related", index), other, ids)
        elif other == entry_id:
            sheet.error((*record.path, "related", index), f'related: "{other}" is this question itself; leave it out')
    buttons = links(sheet, record)
    if question is None or answer is None:
        return None
    return Entry(
        id=entry_id,
        question=question,
        answer=answer,
        topic=record.text("topic"),
        also_asked=record.texts("also_asked"),
        keywords=record.texts("keywords"),
        by_format={kind: text for kind, text in texts.items() if text is not None},
        needs_course="needs" in record,
        show=record.value("show") or (),
        links=buttons,
        related=record.texts("related"),
        draft=bool(record.value("draft")),
    )


def _tip(sheet: Sheet, record: Record) -> Tip | None:
    title, text = record.text("title"), _filled(sheet, (*record.path, "text"), record.text("text"))
    if title is None or text is None:
        return None
    return Tip(title=title, text=text, formats=record.value("for") or tuple(Format))


def _elsewhere(sheet: Sheet, record: Record) -> Elsewhere | None:
    whom = contact(sheet, record.record("contact"))
    topic = record.text("topic")
    return None if topic is None else Elsewhere(topic=topic, also_asked=record.texts("also_asked"), contact=whom)


def _example(sheet: Sheet, record: Record, ids: list[str] | None) -> Example | None:
    ask, expect = record.text("ask"), record.text("expect")
    if expect is not None and ids is not None and expect not in (*NO_ENTRY, *ids):
        _unknown_id(sheet, (*record.path, "expect"), expect, [*ids, *NO_ENTRY])
    return None if ask is None or expect is None else Example(ask=ask, expect=expect)


def _ids(sheet: Sheet, questions: tuple[Record, ...]) -> list[str]:
    """Give every question its id: the one that was written, or a slug of the question."""
    first: dict[str, Path] = {}
    ids: list[str] = []
    used: Counter[str] = Counter()
    for record in questions:
        path, written = (*record.path, "id"), record.text("id")
        if written is not None:
            _check_id(sheet, path, written, first)
        entry_id = written or _free(slug(record.text("question") or ""), first, used)
        first.setdefault(entry_id, path)
        ids.append(entry_id)
    return ids


def _check_id(sheet: Sheet, path: Path, written: str, first: dict[str, Path]) -> None:
    if written in first:
        line = sheet.place(first[written]).line
        sheet.error(path, f'id: "{written}" is taken already (line {line}); every question needs an id of its own')
    elif written in NO_ENTRY:
        sheet.error(path, f'id: "{written}" has a meaning of its own under examples; choose another')
    elif not _ID.fullmatch(written):
        sheet.error(path, f'id: "{written}" may have small letters, digits and hyphens only, such as  {slug(written)}')


def slug(text: str) -> str:
    """Make an id of a text: `Who can I contact?` becomes `who-can-i-contact`."""
    letters = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode().replace("'", "")
    return re.sub(r"[^a-z0-9]+", "-", letters)[:40].strip("-") or "question"


def _free(wanted: str, taken: Container[str], used: Counter[str]) -> str:
    """Find an id that is not taken: the wanted one, or with a number. `used` counts how far the numbers have come."""
    candidate = wanted
    while candidate in taken:
        used[wanted] += 1
        candidate = f"{wanted[:33]}-{used[wanted] + 1}"
    return candidate


def _warn_of_wordings(sheet: Sheet, questions: tuple[Record, ...]) -> None:
    """Tell of wordings that stand under two questions; of two questions that share several, the first with a count."""
    first: dict[str, Path] = {}
    shared: dict[tuple[Path, Path], list[tuple[Path, str]]] = {}
    for record in questions:
        wordings = [((*record.path, "question"), record.text("question") or "")]
        wordings += [
            ((*record.path, "also_asked", index), text) for index, text in enumerate(record.texts("also_asked"))
        ]
        for path, text in wordings:
            plain = names.plain(text)
            if plain in first and first[plain][:2] != path[:2]:
                shared.setdefault((first[plain][:2], path[:2]), []).append((path, text))
            elif plain:
                first.setdefault(plain, path)
    for pairs in shared.values():
        path, text = pairs[0]
        line = sheet.place(first[names.plain(text)]).line
        more = f" ({len(pairs) - 1} more of its wordings do)" if len(pairs) > 1 else ""
        sheet.warning(
            path, f'"{text}" stands under another question too (line {line}){more}; which of them shall answer?'
        )


def _unknown_id(sheet: Sheet, path: Path, typed: str, ids: list[str]) -> None:
    several = [part for part in re.split(r"[\s/;&]+", typed) if part != "and"]
    if len(several) > 1 and set(several) <= set(ids):
        sheet.error(path, f"{sheet.label(path)}put commas between the ids: write  [{', '.join(several)}]")
        return
    meant = names.nearest(typed, ids)
    guess = f"; did you mean  {meant} ?" if meant else ". The ids stand after  id:  in each question"
    sheet.error(
        path,
        f'{sheet.label(path)}there is no question with the id "{typed}"{guess}',
        fix=sheet.with_word(path, typed, meant),
    )


def _filled(sheet: Sheet, path: Path, text: str | None) -> str | None:
    """Check the {placeholders} of a text."""
    for match in _HALF_OPEN.finditer(text or ""):
        sheet.error(sheet.within(path, match[0]), f"{match[0]} lacks its end; write  {match[0]}}}")
    for match in _DOUBLE.finditer(text or ""):
        once = match[0].strip("{} ")
        sheet.error(sheet.within(path, match[0]), f"{match[0]} has too many braces; write  {{{once}}}")
    for match in _HALF_CLOSED.finditer(text or ""):
        sheet.error(sheet.within(path, match[0]), f"{match[0]} lacks its beginning; write  {{{match[0]}")
    for match in _BRACKETED.finditer(text or ""):
        message = f"{match[0]} is shown to students as it stands; to have it filled in, write  {{{match[1]}}}"
        sheet.warning(sheet.within(path, match[0]), message)
    for match in _PLACEHOLDER.finditer(text or ""):
        if match[1] in PLACEHOLDERS:
            continue
        meant = names.nearest(match[1], PLACEHOLDERS)
        guess = (
            f"; did you mean  {{{meant}}} ?"
            if meant
            else f". There are {names.listed([f'{{{name}}}' for name in PLACEHOLDERS], 'and')}"
        )
        sheet.error(sheet.within(path, match[0]), f"nothing is known to fill in for {match[0]}{guess}")
    return text
