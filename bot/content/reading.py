"""The way of every file from bytes to a value: decode, parse, look for what YAML hides, read the fields, build."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Generic, TypeVar

from bot.content import nodes, quiet, schema, syntax
from bot.content.blocks import Block, Record
from bot.content.decoding import decode
from bot.content.nodes import Finding, Node
from bot.content.problems import Level, Place, Problem, Reading
from bot.content.sheet import Sheet
from bot.content.syntax import Mended

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
        sheet = Sheet(name, text, self._homes)
        value = None
        if text or not faults:
            mended, value = self._read(sheet, text)
            self._try_fixes(sheet, mended)
        for place, message in faults:
            sheet.error(place, message)
        problems = sorted(
            sheet.problems, key=lambda problem: (problem.level is Level.WARNING, problem.line, problem.column)
        )
        return Reading(value=None if sheet.errors() else value, problems=tuple(problems), places=sheet.places)

    def _read(self, sheet: Sheet, text: str) -> tuple[Mended | None, T | None]:
        if not text.strip():
            sheet.error(Place(line=1, column=1), "the file is empty")
            return None, None
        mended = syntax.parse(sheet, self._judge)
        if mended.root is None:
            if not sheet.problems:
                sheet.error(Place(line=1, column=1), "the file has nothing but notes in it")
            return None, None
        sheet.settle(mended.touched, lost=mended.lost)
        return mended, self._read_tree(sheet, mended.root, mended.findings)

    def _read_tree(self, sheet: Sheet, root: Node, findings: list[Finding]) -> T | None:
        quiet.look(sheet, root, findings)
        sheet.settle({problem.line for problem in sheet.problems})
        record = self._top.read(sheet, root, ())
        return None if record is None else self._build(sheet, record)

    def _try_fixes(self, sheet: Sheet, mended: Mended | None) -> None:
        """Keep a mended line only if the file, read with it, has this problem no longer and no new one."""
        budget = MOST_TRIED
        if mended is None or not any(problem.fix for problem in sheet.problems):
            sheet.problems = [replace(problem, fix=None) for problem in sheet.problems]
            return
        left = self._problems(sheet.name, mended.lines) if mended.touched else sheet.problems
        troubled = {problem.line for problem in left}
        tried: list[Problem] = []
        for problem in sheet.problems:
            fix = problem.fix
            if fix is not None and problem.line in mended.touched:
                fix = fix if problem.line not in troubled else None
            elif fix is not None:
                budget -= sum(map(len, mended.lines))
                lines = [*mended.lines[: problem.line - 1], fix, *mended.lines[problem.line :]]
                fix = fix if budget > 0 and len(self._problems(sheet.name, lines)) < len(left) else None
            tried.append(replace(problem, fix=fix))
        sheet.problems = tried

    def _judge(self, lines: list[str]) -> tuple[int, list[int]]:
        sheet = Sheet("", "\n".join(lines), self._homes)
        root, findings = nodes.parse("\n".join(lines))
        if root is not None:
            self._read_tree(sheet, root, findings)
        return len(sheet.problems), sheet.suspects

    def _problems(self, name: str, lines: list[str]) -> list[Problem]:
        text = "\n".join(lines)
        sheet = Sheet(name, text, self._homes)
        self._read(sheet, text)
        return sheet.problems


def kept(values: Iterable[U | None]) -> tuple[U, ...]:
    """Give what could be built; what could not has left its problem on the sheet."""
    return tuple(value for value in values if value is not None)
