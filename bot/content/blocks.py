"""Blocks: a set of fields under one dash or one name, such as a course, a term or a question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bot.content import names
from bot.content.fields import Field, warn_if_empty
from bot.content.nodes import Items, Node, Pair, Pairs, Text
from bot.content.outline import leading_name
from bot.content.problems import Place
from bot.content.record import Record
from bot.content.sheet import Path, Sheet

TOP = "file"  # the noun of the block that is the whole file
FEW_OTHERS = 2  # sections of the other file, from which on they are told as one mistake
FEW_TWICE = 2  # fields of a block, from which on they are told as one mistake
MANY_TWICE = 2  # sections that may be doubled one by one


@dataclass(frozen=True, kw_only=True)
class Block:
    """`bare` names the field that a single text stands for: an e-mail address alone is a contact."""

    noun: str
    fields: tuple[Field, ...]
    bare: str | None = None

    def names(self) -> dict[str, Field]:
        """Give the fields by their plain names, all that are accepted."""
        return self._names

    @cached_property
    def _names(self) -> dict[str, Field]:
        return {names.plain(name): field for field in self.fields for name in (field.name, *field.also)}

    @cached_property
    def _wholes(self) -> dict[str, set[str]]:
        """Tell into which fields belongs what people write as a field of its own."""
        wholes: dict[str, set[str]] = {}
        for field in self.fields:
            for part in field.parts:
                wholes.setdefault(names.plain(part), set()).add(field.name)
        return wholes

    def read(self, sheet: Sheet, node: Node, path: Path) -> Record | None:
        if isinstance(node, Text) and not node.value:
            node = Pairs(pairs=(), place=node.place, flow=False)
        if isinstance(node, Text) and self.bare is not None:
            sheet.note((*path, self.bare), node)
            return Record(path, {self.bare: node.value.strip()})
        if isinstance(node, Items) and node.items and (pairs := node.all_pairs()) is not None:
            if len(node.items) > 1:
                sheet.error(node.items[0], f"{sheet.label(path)}no dashes belong here; begin each line with its name")
            node = Pairs(pairs=pairs, place=node.items[0].place, flow=node.flow)
        if not isinstance(node, Pairs):
            example = f"{self.fields[0].name}: …"
            sheet.error(
                node,
                f"{sheet.label(path)}write {names.article(self.noun)} as lines of  name: value , such as  {example}",
            )
            return None
        return self.read_pairs(sheet, node.pairs, node.place, path)

    def read_pairs(self, sheet: Sheet, pairs: tuple[Pair, ...], place: Place, path: Path) -> Record:
        values: dict[str, Any] = {}
        for field, pair in self._once_each(sheet, pairs).values():
            inner = (*path, field.name)
            sheet.note(inner, pair.value)
            values[field.name] = field.kind.read(sheet, pair.value, inner)
            if field.required and _is_blank(pair.value):
                sheet.missing(pair.key, f"{field.name}: has no value, and {names.article(self.noun)} needs one")
        wanting = [field for field in self.fields if field.required and field.name not in values]
        has_strangers = self._strangers(pairs)
        if wanting and not has_strangers:
            listed = names.listed([f" {field.name}: " for field in wanting], "and")
            hint = f" {wanting[0].help[0].lower()}{wanting[0].help[1:]}" if len(wanting) == 1 else ""
            sheet.missing(place, f"this {self.noun} has no {listed}{hint}".rstrip())
        return Record(path, values, has_strangers=has_strangers)

    def _strangers(self, pairs: tuple[Pair, ...]) -> bool:
        """Tell whether a line has a name that is no field's: it may be what seems to be missing, and it is told."""
        known, near = self.names(), [field.name for field in self.fields]
        others = [pair.key.value for pair in pairs if names.plain(pair.key.value) not in known]
        return any(names.nearest(name, near) is None for name in others)

    def _once_each(self, sheet: Sheet, pairs: tuple[Pair, ...]) -> dict[str, tuple[Field, Pair]]:
        """Take each field once. Where one stands twice, the one with a value counts, and it is told."""
        taken: dict[str, tuple[Field, Pair]] = {}
        twice: list[tuple[Field, Pair, int]] = []
        for field, pair in self._recognised(sheet, pairs):
            if field.name not in taken:
                taken[field.name] = field, pair
                continue
            first = taken[field.name][1]
            if _is_blank(first.value):
                taken[field.name] = field, pair
            twice.append((field, pair, first.key.place.line))
        if self.noun == TOP and len(twice) > MANY_TWICE:
            field, pair, line = twice[0]
            message = f"from here on the file begins anew: {field.name}: stood in line {line} already, and so did "
            sheet.error(pair.key, f"{message}{len(twice) - 1} more sections. Was it pasted twice? Keep one of the two")
            return taken
        if len(twice) >= FEW_TWICE and self.noun != TOP and not sheet.is_passage:
            field, pair, line = twice[0]
            sheet.suspect(pair.key)
            message = (
                f"{field.name}: and {len(twice) - 1} more stand twice in this {self.noun} (first in line {line}). If "
            )
            sheet.error(pair.key, f"{message}another {self.noun} begins here, its first line is missing above")
            return taken
        for field, pair, line in twice:
            sheet.suspect(pair.key)
            is_list = self.noun == TOP and isinstance(field.kind, Blocks)
            remedy = "put what is below it there, and delete this line" if is_list else "keep one of them"
            sheet.error(pair.key, f"{field.name}: stands twice in this {self.noun} (first in line {line}); {remedy}")
        return taken

    def _recognised(self, sheet: Sheet, pairs: tuple[Pair, ...]) -> Iterator[tuple[Field, Pair]]:
        """Pair each line with its field. A misspelt name is told once, and its value is read as what was meant."""
        known = self.names()
        present = {known[name].name for pair in pairs if (name := names.plain(pair.key.value)) in known}
        others = self._of_the_other_file(sheet, pairs)
        for pair in pairs:
            if pair in others:
                continue
            field = known.get(names.plain(pair.key.value))
            if field is None and self._is_part(sheet, pair, pairs):
                continue
            if field is None:
                field = self._misspelt(sheet, pair, [field for field in self.fields if field.name not in present])
            if field is not None:
                yield field, pair

    def _of_the_other_file(self, sheet: Sheet, pairs: tuple[Pair, ...]) -> list[Pair]:
        """Tell once of several sections that belong in the other file, and give them."""
        top = sheet.words.other.top if self.noun == TOP and sheet.words.other else frozenset()
        found = [pair for pair in pairs if names.plain(pair.key.value) in top - self.names().keys()]
        if len(found) < FEW_OTHERS:
            return []
        listed = names.listed([f"{pair.key.value}:" for pair in found], "and")
        sheet.error(found[0].key, f"these are sections of {sheet.words.other_file} ( {listed} ); move them there")
        return found

    def _is_part(self, sheet: Sheet, pair: Pair, pairs: tuple[Pair, ...]) -> bool:
        """Tell of a line that should be a part of another: the time of a session, below its date."""
        wholes = self._wholes.get(names.plain(pair.key.value))
        for other in pairs if wholes else ():
            field = self.names().get(names.plain(other.key.value))
            if field is not None and wholes and field.name in wholes:
                line = other.key.place.line
                message = f"is no field of its own: write it behind the rest of  {field.name}:  in line {line}"
                sheet.error(pair.key, f'"{pair.key.value}" {message}')
                sheet.settle({line})
                return True
        return False

    def _misspelt(self, sheet: Sheet, pair: Pair, free: list[Field]) -> Field | None:
        typed = pair.key.value.strip()
        homes = sheet.words.homes.get(names.plain(typed), ())
        meant = next((field for field in free if names.plain(typed) in map(names.plain, field.instead)), None)
        near = names.nearest(typed, [field.name for field in free], names.VERY_NEAR if homes else names.NEAR)
        if meant is None and near is not None:
            meant = self.names()[names.plain(near)]
        sheet.suspect(pair.key)
        whole = f"the file {sheet.name}".rstrip()
        start = f'"{typed}" is not a field of {whole if self.noun == TOP else names.article(self.noun)}'
        if meant is not None:
            sheet.error(pair.key, f"{start}; did you mean  {meant.name}: ?", fix=sheet.replaced(pair.key, meant.name))
        elif self.noun == TOP and sheet.words.other and names.plain(typed) in sheet.words.other.top:
            sheet.error(pair.key, f"{start}: it belongs in {sheet.words.other_file}")
        elif homes:
            where = names.listed([names.article(home) for home in homes])
            sheet.error(pair.key, f"{start}: it belongs in {where}. Check how far the line is indented")
        else:
            sheet.error(pair.key, f"{start}. It may have: {', '.join(field.name for field in self.fields)}")
        return meant


def _is_blank(node: Node) -> bool:
    return isinstance(node, Text) and not node.value.strip()


@dataclass(frozen=True, kw_only=True)
class Blocks:
    """A list of such blocks, each with a dash before its first line."""

    block: Block

    def read(self, sheet: Sheet, node: Node, path: Path) -> tuple[Record, ...] | None:
        if isinstance(node, Text) and not node.value:
            return ()
        first = self.block.fields[0].name
        noun = names.article(self.block.noun)
        if isinstance(node, Pairs):
            keys = {names.plain(pair.key.value) for pair in node.pairs}
            if keys & self.block.names().keys():
                line = sheet.line(node.place.line)
                start = node.place.column - 1
                is_there = names.plain(first) in keys
                can_mend = is_there and start >= 2 and not node.flow
                dashed = f"{line[: start - 2]}- {line[start:]}" if can_mend else None
                sheet.error(node, f"{sheet.label(path)}{noun} begins with a dash: write  - {first}: …", fix=dashed)
                if not is_there and not sheet.is_passage:
                    sheet.settle({node.place.line})  # that the first field is missing is told with it
                node = Items(items=(node,), place=node.place, flow=False)
        if not isinstance(node, Items):
            sheet.error(
                node,
                f"{sheet.label(path)}this must be a list; begin {noun} with a dash:  - {first}: …  or leave it out",
            )
            return None
        records: list[Record] = []
        strange = False
        for item, following in zip(node.items, [*node.items[1:], None], strict=True):
            if self._doubled(sheet, item, following):
                continue
            if self._is_strange(sheet, item):
                if not strange:
                    message = f"no line of this item belongs in {noun}. {self._whereabouts(sheet, item)}"
                    sheet.error(item, message)
                    sheet.suspect(item)
                strange = True
                continue
            for pairs, place in self._blocks(sheet, item, path):
                inner = (*path, len(records))
                sheet.places[inner] = place
                records.append(self.block.read_pairs(sheet, pairs, place, inner))
        return tuple(records)

    def _is_strange(self, sheet: Sheet, item: Node) -> bool:
        """Tell whether an item has nothing but fields of other blocks: it stands under another list's name."""
        if not isinstance(item, Pairs) or len(item.pairs) < 2:
            return False
        keys = {names.plain(pair.key.value) for pair in item.pairs}
        other = sheet.words.other.known if sheet.words.other else frozenset()
        return not keys & self.block.names().keys() and (keys <= sheet.words.known or keys <= other)

    def _whereabouts(self, sheet: Sheet, item: Node) -> str:
        keys = {names.plain(pair.key.value) for pair in item.pairs} if isinstance(item, Pairs) else set()
        sections = [one.name for one in sheet.words.sections.values() if keys <= one.fields]
        if len(sections) == 1:
            return f"It belongs below  {sections[0]}:"
        if keys <= sheet.words.known:
            return "Is the name of its list missing above it?"
        return f"It looks like something of {sheet.words.other_file}"

    def _doubled(self, sheet: Sheet, item: Node, following: Node | None) -> bool:
        """Tell of a first line that stands twice, one below the other, with its dash."""
        if not (isinstance(item, Pairs) and isinstance(following, Pairs) and len(item.pairs) == 1 and following.pairs):
            return False
        one, two = item.pairs[0], following.pairs[0]
        same = one.key.value == two.key.value and isinstance(one.value, Text) and isinstance(two.value, Text)
        if (
            not same
            or not isinstance(one.value, Text)
            or not isinstance(two.value, Text)
            or one.value.value != two.value.value
        ):
            return False
        sheet.error(one.key, f"this line stands twice (again in line {two.key.place.line}); delete one of them")
        return True

    def _blocks(self, sheet: Sheet, item: Node, path: Path) -> Iterator[tuple[tuple[Pair, ...], Place]]:
        """Give the pairs of one item; two blocks where a copied one lost its dash."""
        first = self.block.fields[0].name
        if isinstance(item, Text) and not item.value:
            warn_if_empty(sheet, item)
            return
        if not isinstance(item, Pairs):
            length = leading_name(item.value, self.block.names().keys()) if isinstance(item, Text) else None
            if isinstance(item, Text) and length is not None:
                place = Place(line=item.place.line, column=item.place.column + length)
                sheet.error(place, f"the colon is missing after  {item.value[:length]}")
            else:
                sheet.error(item, f"{sheet.label(path)}after the dash comes  {first}: …  and the other lines below it")
            return
        starts = [0]
        seen: set[str] = set()
        needed = {names.plain(field.name) for field in self.block.fields if field.required}
        for index, pair in enumerate(item.pairs):
            name = names.plain(pair.key.value)
            if name == names.plain(first) and name in seen and needed <= seen:
                line = sheet.line(pair.key.place.line)
                start = pair.key.place.column - 1
                fix = f"{line[: start - 2]}- {line[start:]}" if start >= 2 and not line[:start].strip() else None
                sheet.error(
                    pair.key,
                    f"a second  {first}:  in the same {self.block.noun}. "
                    f"If a new {self.block.noun} begins here, put a dash before it",
                    fix=fix,
                )
                starts.append(index)
                seen = set()
            seen.add(name)
        for start, end in zip(starts, [*starts[1:], len(item.pairs)], strict=True):
            pairs = item.pairs[start:end]
            yield pairs, pairs[0].key.place if pairs else item.place
