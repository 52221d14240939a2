"""The way of every file, from bytes to a value: decode, parse, look for what YAML hides, read the fields, build."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from bot.content import nodes, schema
from bot.content.blocks import Block, Record
from bot.content.decoding import decode
from bot.content.problems import Level, Place, Reading
from bot.content.sheet import Sheet

T = TypeVar("T")


def read(data: bytes, name: str, top: Block, build: Callable[[Sheet, Record], T | None]) -> Reading[T]:
    """Read one file. Never raises: whatever the bytes are, they give a value or problems that say why not."""
    text, faults = decode(data)
    sheet = Sheet(name, text, schema.homes(top))
    for place, message in faults:
        sheet.error(place, message)
    if faults and not text:
        return Reading(value=None, problems=tuple(sheet.problems))
    value = _read(sheet, text, top, build)
    problems = sorted(
        sheet.problems, key=lambda problem: (problem.level is Level.WARNING, problem.line, problem.column)
    )
    return Reading(value=None if sheet.errors() else value, problems=tuple(problems), places=sheet.places)


def kept(values: Iterable[T | None]) -> tuple[T, ...]:
    """Give what could be built; what could not has left its problem on the sheet."""
    return tuple(value for value in values if value is not None)


def _read(sheet: Sheet, text: str, top: Block, build: Callable[[Sheet, Record], T | None]) -> T | None:
    try:
        root, _findings = nodes.parse(text)
    except nodes.Unreadable as unreadable:
        sheet.error(unreadable.place, unreadable.reason)
        return None
    if root is None:
        sheet.error(Place(line=1, column=1), "the file is empty")
        return None
    record = top.read(sheet, root, ())
    return None if record is None else build(sheet, record)
