"""What a field is: its documented name, its kind, and the words that help an editor. `schema` declares them all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from bot.content import names
from bot.content.nodes import Items, Node, Pairs, Style, Text
from bot.content.problems import Place
from bot.content.prose import FULL_LINE, flowing
from bot.content.sheet import Path, Sheet

DATE_NAMES = {"date", "day", "when", "reason", "from", "starts"}


class Kind(Protocol):
    """How a field's value is read. `read` gives None for what was not written or could not be understood."""

    def read(self, sheet: Sheet, node: Node, path: Path) -> Any: ...


@dataclass(frozen=True, kw_only=True)
class OneText:
    """One text. A date or a time is a text too: the builder of the file knows what it must mean.

    `prose`: a long text, in which line breaks at the editor's edge are none.
    """

    limit: int | None = None
    prose: bool = False

    def read(self, sheet: Sheet, node: Node, path: Path) -> str | None:
        if isinstance(node, Text):
            value = _without_loose_ends(node.value)
            if self.prose:
                value = flowing(value)
            if self.limit is not None and len(value) > self.limit:
                sheet.error(
                    path,
                    f"{sheet.label(path)}{len(value):,} letters are too many for one message; at most {self.limit:,}",
                )
                return None
            return value or None
        above = sheet.line(node.place.line - 1).rstrip()
        own_line = not sheet.line(node.place.line)[: node.place.column - 1].strip()
        if not isinstance(node, Text) and not node.flow and own_line and above.endswith(":"):
            place = Place(line=node.place.line - 1, column=len(above))
            name = above.strip(" -")
            if isinstance(node, Pairs) and all(names.plain(pair.key.value) in sheet.words.known for pair in node.pairs):
                sheet.error(place, f"one text belongs after  {name}  on the same line, and no fields below it")
                return None
            if isinstance(node, Items) and not self.prose:
                sheet.error(place, f"one text belongs after  {name}  on the same line, and no list below it")
                return None
            sheet.error(place, f"a text of several lines needs a | after  {name}", fix=f"{above} |")
        elif isinstance(node, Pairs):
            sheet.error(node, f"{sheet.label(path)}{_pair_for_text(sheet, node)}", fix=_quoted(sheet, node))
        elif node.flow:
            sheet.error(
                node,
                f"{sheet.label(path)}[ and ] make a list, and one text belongs here; leave them out, or put the whole "
                'text in "straight quotes"',
            )
        else:
            sheet.error(
                node, f"{sheet.label(path)}a list stands where one text belongs; write it on one line, without dashes"
            )
        return None


@dataclass(frozen=True, kw_only=True)
class Field:
    """A field of a block: one text, unless `kind` says otherwise.

    `also` are further names that are accepted; `instead` are names that people use, answered with `name`. `parts`
    are names under which people write a part of the value on a line of its own, such as the time of a session.
    """

    name: str
    help: str
    kind: Kind = OneText()
    required: bool = False
    also: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ManyTexts:
    """A list of texts; one text may stand for a list of one, and with `commas` it may be `one, two, three`."""

    commas: bool = False

    def read(self, sheet: Sheet, node: Node, path: Path) -> tuple[str, ...] | None:
        if isinstance(node, Text) and not node.value.strip():
            return None
        nodes = node.items if isinstance(node, Items) else (node,)
        texts: list[str] = []
        for item in nodes:
            if isinstance(item, Text):
                if item is not node:
                    warn_if_empty(sheet, item)
                if self._is_no_list(item):
                    sheet.error(item, f"{sheet.label(path)}write a list as  one, two, three  or  [one, two, three]")
                    continue
                self._warn_of_swallowed_line(sheet, item, path)
                for part in self._parts(item) if len(nodes) == 1 else [item.value.strip()]:
                    if part:
                        sheet.note((*path, len(texts)), item)
                        if len(nodes) > 1 and part in texts:
                            sheet.warning(
                                item, f'{sheet.label(path)}"{part}" stands twice in this list; leave it out once'
                            )
                        texts.append(part)
            elif isinstance(item, Pairs):
                sheet.error(item, f"{sheet.label(path)}{_pair_for_text(sheet, item)}", fix=_quoted(sheet, item))
            else:
                sheet.error(item, f"{sheet.label(path)}a list inside the list; write one text after each dash")
        return tuple(texts)

    def _warn_of_swallowed_line(self, sheet: Sheet, item: Text, path: Path) -> None:
        """Without its dash a line becomes more of the item above; nobody breaks a line as short as that on purpose."""
        above = sheet.line(item.place.line)
        if (
            item.style is Style.PLAIN
            and item.end.line > item.place.line
            and above.lstrip() == above[item.place.column - 1 :]
        ):
            message = "these lines are read as one text; begin each item of the list with a dash"
            sheet.warning(item, f"{sheet.label(path)}{message}")
        elif item.style is Style.PLAIN and item.end.line > item.place.line and "- " in above:
            below = sheet.line(item.place.line + 1).strip()
            full = len(above.rstrip()) + 1 + len(below.partition(" ")[0]) > FULL_LINE
            if full and not above.rstrip().endswith("?"):
                return
            place = Place(line=item.place.line + 1, column=item.place.column)
            message = "this line goes on with the one above; if it is an item of its own, begin it with a dash"
            sheet.warning(place, f"{sheet.label(path)}{message}")

    def _is_no_list(self, item: Text) -> bool:
        return self.commas and item.style is Style.PLAIN and bool(re.fullmatch(r"\(.*\)|[^,]*(?:;[^,]*)+", item.value))

    def _parts(self, item: Text) -> list[str]:
        if self.commas and item.style is Style.PLAIN:
            return [part.strip() for part in item.value.split(",")]
        return [item.value.strip()]


@dataclass(frozen=True, kw_only=True)
class Named:
    """Names that staff choose, each with a value of one kind: terms, links."""

    kind: Kind
    noun: str

    def read(self, sheet: Sheet, node: Node, path: Path) -> dict[str, Any] | None:
        if isinstance(node, Items) and node.items and (found := node.all_pairs()) is not None:
            pairs = list(found)
        elif isinstance(node, Pairs):
            pairs = list(node.pairs)
        elif isinstance(node, Text) and not node.value:
            return None
        else:
            sheet.suspect(node)
            sheet.error(
                node, f"{sheet.label(path)}write {names.article(self.noun)} as  Name: value  on a line of its own"
            )
            return None
        values: dict[str, Any] = {}
        first: dict[str, Place] = {}
        for pair in pairs:
            name = " ".join(pair.key.value.split())
            if name in first:
                line = first[name].line
                sheet.error(pair.key, f'the {self.noun} "{name}" stands twice (first in line {line}); keep one of them')
                continue
            first[name] = pair.key.place
            sheet.note((*path, name), pair.value)
            values[name] = self.kind.read(sheet, pair.value, (*path, name))
        return values


@dataclass(frozen=True, kw_only=True)
class DatedNote:
    """One line of `cancelled`, `moved`, `added` or `no_class`: what stands before the colon, and what after it."""

    path: Path
    when: str
    what: str | None


@dataclass(frozen=True, kw_only=True)
class Dated:
    """Dates, each with a text after a colon: as a list with dashes, or without them."""

    def read(self, sheet: Sheet, node: Node, path: Path) -> tuple[DatedNote, ...] | None:
        return tuple(self._notes(sheet, node, path))

    def _notes(self, sheet: Sheet, node: Node, path: Path) -> Iterator[DatedNote]:
        index = 0
        seen: set[str] = set()
        for item in node.items if isinstance(node, Items) else (node,):
            lines: list[tuple[Text, Node | None]]
            if isinstance(item, Text):
                lines = [(item, None)] if item.value.strip() else []
            elif isinstance(item, Pairs) and any(names.plain(pair.key.value) in DATE_NAMES for pair in item.pairs):
                sheet.error(
                    item, f"{sheet.label(path)}write the date itself before the colon, such as  13 Oct 2026: reason"
                )
                continue
            elif isinstance(item, Pairs):
                lines = [(pair.key, pair.value) for pair in item.pairs]
            else:
                sheet.error(item, f"{sheet.label(path)}a list inside the list; write one date after each dash")
                continue
            for when, value in lines:
                if when.value.strip() in seen:
                    sheet.error(when, f'{sheet.label(path)}"{when.value}" stands twice; leave it out once')
                seen.add(when.value.strip())
                sheet.note((*path, index), when)
                what = None
                if value is not None:
                    sheet.note((*path, index, "to"), value)
                    what = OneText().read(sheet, value, (*path, index, "to"))
                yield DatedNote(path=(*path, index), when=when.value.strip(), what=what)
                index += 1


def warn_if_empty(sheet: Sheet, item: Text) -> None:
    """Tell of an item of a list that has nothing after its dash."""
    if not item.value and item.style is Style.PLAIN:
        sheet.warning(item, "nothing stands after this dash; write something there, or delete the line")


def _without_loose_ends(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().split("\n"))


def _pair_for_text(sheet: Sheet, node: Pairs) -> str:
    if not node.pairs:
        return "nothing stands between { and }; text that begins with { needs quotes around it"
    key = node.pairs[0].key.value
    if sheet.line(node.place.line)[node.place.column - 1 :].startswith("? "):
        return "a text that begins with ? needs quotes around it"
    if node.flow and sheet.line(node.place.line)[node.place.column - 1 :].startswith("{"):
        return "a text that begins with { needs quotes around it"
    return (
        f'the colon after "{key}" makes a name of it, and a text belongs here; put the whole text in "straight quotes"'
    )


def _quoted(sheet: Sheet, node: Pairs) -> str | None:
    """Write the line again with the pair in quotes, which makes a text of it."""
    line = sheet.line(node.place.line)
    start = node.place.column - 1
    inner = line[start:].rstrip()
    if '"' in inner or len(node.pairs) != 1:
        return None
    return f'{line[:start]}"{inner}"'
