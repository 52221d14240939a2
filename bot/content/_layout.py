"""Where in a file of questions a new value goes, and how its neighbours are laid out, which it follows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bot.content import nodes, schema
from bot.content._source import Below, Change, Put
from bot.content._written import is_plain, scalar
from bot.content.blocks import Block
from bot.content.model import Entry
from bot.content.names import plain
from bot.content.nodes import Items, Node, Pair, Pairs, Style, Text
from bot.content.problems import Place
from bot.content.sheet import Path

LONG_LINE = 100
"""Letters up to which a list is written on one line."""
_ABOVE_WORDINGS = ("question", "id", "topic")


class Unwritable(Exception):  # noqa: N818 - the file's layout, not the program's fault
    """The file is laid out in a way in which nothing can be put in without changing something else."""


class Layout:
    """The tree of a faq.yaml that was read without error, and its lines. `places` are those of the reading."""

    def __init__(self, text: str, places: Mapping[Path, Place]) -> None:
        self._lines = [line if line.strip() else "" for line in text.split("\n")]
        root, _ = nodes.parse("\n".join(self._lines))
        if not isinstance(root, Pairs):
            raise Unwritable
        self._root = root
        self._questions = _value(root, schema.FAQ, "questions")
        self._places = places

    def new_wording(self, number: int, text: str) -> list[Change]:
        """Put one more wording below, or beside, the others of an entry, by its number."""
        entry = self._entry(number)
        pair = _pair(entry, schema.QUESTION, "also_asked")
        if pair is None:
            return self._first_list(entry, text)
        value = pair.value
        if isinstance(value, Items):
            return self._in_brackets(value, text) if value.flow else self._below_last(value, text)
        if not isinstance(value, Text) or entry.flow:
            raise Unwritable
        return self._second(pair, value, text) if value.value.strip() else self._only(pair, value, text)

    def new_entry(self, entry: Entry) -> list[Change]:
        """Put an entry below all others."""
        questions = self._questions
        if not isinstance(questions, Items) or questions.flow or not questions.items:
            raise Unwritable
        last = questions.items[-1]
        if not isinstance(last, Pairs):
            raise Unwritable
        head = self._head(questions, last.place)
        inner = len(head)
        asked = [value for item in questions.items if (value := _value(item, schema.QUESTION, "question"))]
        topics = [value for item in questions.items if (value := _value(item, schema.QUESTION, "topic"))]
        pad = " " * inner
        lines = [f"{head}question: {scalar(entry.question, self._quote(asked))}", f"{pad}id: {entry.id}"]
        if entry.topic:
            lines.append(f"{pad}topic: {scalar(entry.topic, self._quote(topics))}")
        if entry.also_asked:
            lines += self._list(inner, entry.also_asked)
        lines += [f"{pad}answer: |", *(f"{pad}  {line}" if line else "" for line in entry.answer.split("\n"))]
        spaced = ("",) if self._are_spaced(questions.items) else ()
        return [Below(line=self._last_line_of(last, inner), lines=(*spaced, *lines))]

    def _entry(self, number: int) -> Pairs:
        place = self._places[("questions", number)]
        items = self._questions.items if isinstance(self._questions, Items) else ()
        for item in items:
            if isinstance(item, Pairs) and item.pairs and item.pairs[0].key.place == place:
                return item
        raise Unwritable

    # --- one more wording ------------------------------------------------------------------------

    def _in_brackets(self, items: Items, text: str) -> list[Change]:
        """`[one, two]`: after the last; on a line of its own where the last one has one."""
        new = scalar(text, self._quote(items.items), in_brackets=True)
        if not items.items:
            return [Put(line=items.place.line, column=items.place.column, text=new)]
        last = items.items[-1]
        if not isinstance(last, Text):
            raise Unwritable
        line, column = last.end.line, last.end.column - 1
        before, after = self._line(line)[: last.place.column - 1], self._line(line)[column:]
        if len(items.items) > 1 and last.place.line == line and before.isspace() and _ends(after):
            if after.startswith(","):
                return [Below(line=line, lines=(f"{before}{new},",))]
            return [Put(line=line, column=column, text=","), Below(line=line, lines=(before + new,))]
        return [Put(line=line, column=column, text=f", {new}")]

    def _below_last(self, items: Items, text: str) -> list[Change]:
        written = [item for item in items.items if isinstance(item, Text) and item.value.strip()]
        if not written:
            raise Unwritable
        new = self._head(items, written[-1].place) + scalar(text, self._quote(written))
        return [Below(line=self._last_line(written[-1]), lines=(new,))]

    def _only(self, pair: Pair, value: Text, text: str) -> list[Change]:
        """`also_asked:` with nothing after it."""
        if value.style is Style.PLAIN:
            dash = _column(pair.key) + self._step()
            return [Below(line=pair.key.place.line, lines=(f"{' ' * dash}- {scalar(text)}",))]
        if value.style is Style.BLOCK or value.place.line != value.end.line:
            raise Unwritable
        length = value.end.column - value.place.column
        new = f"[{scalar(text, self._quote([value]), in_brackets=True)}]"
        return [Put(line=value.place.line, column=_column(value), text=new, instead=length)]

    def _second(self, pair: Pair, value: Text, text: str) -> list[Change]:
        """`also_asked: one wording` becomes a list of two, on the same line if they fit there."""
        quote = self._quote([value])
        line, column, end = value.place.line, _column(value), value.end.column - 1
        fits = value.style is not Style.BLOCK and value.end.line == line and end + len(text) < LONG_LINE
        if fits and (value.style is Style.QUOTED or is_plain(value.value, in_brackets=True)):
            new = f", {scalar(text, quote, in_brackets=True)}]"
            return [Put(line=line, column=column, text="["), Put(line=line, column=end, text=new)]
        before = self._line(line)[:column]
        key = _column(pair.key)
        if before.isspace():
            dash = max(key, column - 2)
            first = Put(line=line, column=dash, text="- ", instead=column - dash)
        else:
            dash = key + (0 if value.style is Style.BLOCK else self._step())
            gap = len(before) - len(before.rstrip())
            first = Put(line=line, column=column - gap, text=f"\n{' ' * dash}- ", instead=gap)
        return [first, Below(line=self._last_line(value), lines=(f"{' ' * dash}- {scalar(text, quote)}",))]

    def _first_list(self, entry: Pairs, text: str) -> list[Change]:
        """The entry has no `also_asked:` yet: it goes below the question, its id and its topic."""
        above: Pair | None = None
        for pair in entry.pairs:
            field = _field(pair, schema.QUESTION)
            if field == "question" or (above is not None and field in _ABOVE_WORDINGS):
                above = pair
            elif above is not None:
                break
        if above is None or not isinstance(above.value, Text):
            raise Unwritable
        if entry.flow:
            new = f", also_asked: [{scalar(text, in_brackets=True)}]"
            return [Put(line=above.value.end.line, column=above.value.end.column - 1, text=new)]
        lines = self._list(_column(entry.pairs[0].key), (text,))
        return [Below(line=self._last_line(above.value), lines=tuple(lines))]

    # --- the style of the neighbours -------------------------------------------------------------

    def _list(self, column: int, texts: Sequence[str]) -> list[str]:
        """Write a whole list of wordings, in brackets only if all others are written so, and if it is short."""
        others = [value for value in self._lists() if isinstance(value, Items)]
        quote = self._quote([item for value in others for item in value.items])
        bracketed = ", ".join(scalar(text, quote, in_brackets=True) for text in texts)
        pad = " " * column
        if others and all(one.flow for one in others) and column + len(bracketed) < LONG_LINE:
            return [f"{pad}also_asked: [{bracketed}]"]
        step = " " * self._step()
        return [f"{pad}also_asked:", *(f"{pad}{step}- {scalar(text, quote)}" for text in texts)]

    def _lists(self) -> Iterator[Node]:
        for item in self._questions.items if isinstance(self._questions, Items) else ():
            if value := _value(item, schema.QUESTION, "also_asked"):
                yield value

    def _step(self) -> int:
        """By how much the dashes of a list stand to the right of its name: as in the first such list of the file."""
        for item in self._questions.items if isinstance(self._questions, Items) else ():
            pair = _pair(item, schema.QUESTION, "also_asked")
            if pair and isinstance(pair.value, Items) and not pair.value.flow:
                return pair.value.place.column - pair.key.place.column
        return 2

    def _head(self, items: Items, place: Place) -> str:
        """Write what stands before an item's text: the dash, as far right and with as many blanks as of this one."""
        dash = items.place.column - 1
        head = self._line(place.line)[: place.column - 1]
        beside = head.strip() == "-" and head.index("-") == dash
        return head if beside else f"{' ' * dash}- "

    def _quote(self, values: Sequence[Node]) -> str:
        """The sign in which all of some texts are quoted; empty if they are not, or each in its own."""
        texts = [value for value in values if isinstance(value, Text)]
        if not texts or any(text.style is not Style.QUOTED for text in texts):
            return ""
        signs = {self._line(text.place.line)[_column(text) : text.place.column] for text in texts}
        return signs.pop() if len(signs) == 1 else ""

    def _are_spaced(self, items: Sequence[Node]) -> bool:
        """Tell whether an empty line stands between most of these items, notes above them left aside."""
        spaced = 0
        for item in items[1:]:
            above = item.place.line - 1
            while above and self._line(above).lstrip().startswith(("#", "-")):
                above -= 1
            spaced += not self._line(above)
        return 2 * spaced >= len(items) - 1

    # --- where something ends --------------------------------------------------------------------

    def _line(self, number: int) -> str:
        return self._lines[number - 1] if 0 < number <= len(self._lines) else ""

    def _last_line(self, text: Text) -> int:
        """The last line on which a text stands; YAML lets one under a `|` go on over the empty lines below it."""
        if text.style is not Style.BLOCK:
            return text.end.line
        last = text.end.line if text.end.column > 1 else text.end.line - 1
        while last > text.place.line and not self._line(last):
            last -= 1
        return last

    def _last_line_of(self, entry: Pairs, inner: int) -> int:
        """The last line of the last entry, with the notes that belong to it."""
        start = entry.place.line
        later = [pair.key.place.line for pair in self._root.pairs if pair.key.place.line > start]
        stop = min(later, default=len(self._lines) + 1)
        last = start
        for number in range(start, stop):
            line = self._line(number)
            if line.startswith(("...", "---")):
                break
            if line and not line.lstrip().startswith("#"):
                last = number
        last = max([last, *(self._last_line(text) for text in _texts(entry) if text.style is Style.BLOCK)])
        notes = [number for number in range(last + 1, stop) if self._line(number).lstrip().startswith("#")]
        return max([last, *(number for number in notes if _indent(self._line(number)) >= inner)])


def _ends(after: str) -> bool:
    """Tell whether nothing but a comma and a note follows on the line."""
    rest = after.removeprefix(",").strip()
    return not rest or rest.startswith("#")


def _texts(node: Node) -> Iterator[Text]:
    match node:
        case Text():
            yield node
        case Items(items=items):
            for item in items:
                yield from _texts(item)
        case Pairs(pairs=pairs):
            for pair in pairs:
                yield from _texts(pair.value)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _column(text: Text) -> int:
    return text.place.column - 1


def _field(pair: Pair, block: Block) -> str | None:
    written = plain(pair.key.value)
    return next((field.name for field in block.fields if written in map(plain, (field.name, *field.also))), None)


def _pair(node: Node, block: Block, name: str) -> Pair | None:
    pairs = node.pairs if isinstance(node, Pairs) else ()
    return next((pair for pair in pairs if _field(pair, block) == name), None)


def _value(node: Node, block: Block, name: str) -> Node | None:
    pair = _pair(node, block, name)
    return pair.value if pair else None
