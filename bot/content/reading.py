"""The way of every file from bytes to a value: decode, parse, look for what YAML hides, read the fields, build."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Generic, TypeVar

from bot.content import quiet, schema, syntax
from bot.content.blocks import Block, Record
from bot.content.decoding import decode
from bot.content.problems import Level, Place, Problem, Reading
from bot.content.sheet import Sheet

T = TypeVar("T")
U = TypeVar("U")

MOST_TRIED = 2_000_000  # letters to read again, at most, to try what is offered as mended lines


class Reader(Generic[T]):
    """Reads one of the two files: `top` says what fields it has, `build` makes the value of them."""

    def __init__(self, top: Block, build: Callable[[Sheet, Record], T | None]) -> None:
        self._top = top
        self._build = build
        self._homes = schema.homes(top)

    def read(self, data: bytes, name: str) -> Reading[T]:
        """Read one file. Never raises: whatever the bytes are, they give a value, or problems that say why not."""
        text, faults = decode(data)
        if faults and not text:
            sheet = Sheet(name, text, self._homes)
            value = None
        else:
            sheet, value = self._read(text, name)
        for place, message in faults:
            sheet.error(place, message)
        problems = self._with_tried_fixes(sheet, text)
        problems.sort(key=lambda problem: (problem.level is Level.WARNING, problem.line, problem.column))
        return Reading(value=None if sheet.errors() else value, problems=tuple(problems), places=sheet.places)

    def _read(self, text: str, name: str) -> tuple[Sheet, T | None]:
        sheet = Sheet(name, text, self._homes)
        if not text.strip():
            sheet.error(Place(line=1, column=1), "the file is empty")
            return sheet, None
        mended = syntax.parse(sheet)
        if mended.root is None:
            if not sheet.problems:
                sheet.error(Place(line=1, column=1), "the file has nothing but notes in it")
            return sheet, None
        sheet.settle(mended.touched, lost=mended.lost)
        quiet.look(sheet, mended.root, mended.findings)
        sheet.settle({problem.line for problem in sheet.problems}, lost=mended.lost)
        record = self._top.read(sheet, mended.root, ())
        return sheet, None if record is None else self._build(sheet, record)

    def _with_tried_fixes(self, sheet: Sheet, text: str) -> list[Problem]:
        """Keep a mended line only if the file, read with it, has this problem no longer and no new one."""
        before = len(sheet.problems)
        tried: list[Problem] = []
        budget = MOST_TRIED
        for problem in sheet.problems:
            fix = problem.fix
            if fix is not None:
                budget -= len(text)
                if budget < 0 or fix == sheet.line(problem.line):
                    fix = None
                else:
                    lines = [*sheet.lines[: problem.line - 1], fix, *sheet.lines[problem.line :]]
                    again, _ = self._read("\n".join(lines), sheet.name)
                    fix = fix if len(again.problems) < before else None
            tried.append(replace(problem, fix=fix))
        return tried


def kept(values: Iterable[U | None]) -> tuple[U, ...]:
    """Give what could be built; what could not has left its problem on the sheet."""
    return tuple(value for value in values if value is not None)
