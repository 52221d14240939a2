"""The file as a tree of texts, pairs and items, each knowing its place. Nothing is typed yet: `23:59` is five letters.

The tree is built from YAML's events, one by one, so that nothing is expanded or constructed: an alias costs nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from itertools import chain
from typing import Any, TypeAlias

import yaml

from bot.content.problems import Place

# The parser in C where PyYAML was built with it (its wheels are), the one in Python elsewhere: the events are the same.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DEEPEST = 12
TOO_DEEP = "nested too deep"
MOST_VALUES = 35_000
TOO_MANY = "too many values"


class Style(Enum):
    PLAIN = "plain"
    QUOTED = "quoted"
    BLOCK = "block"


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class Text:
    """A text, from `place` up to and without `end`. An empty plain text is a value that was not written."""

    value: str
    style: Style
    place: Place
    end: Place


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class Pair:
    key: Text
    value: Node


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class Pairs:
    """Names with values. `flow` when written as {name: value}."""

    pairs: tuple[Pair, ...]
    place: Place
    flow: bool


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class Items:
    """A list. `flow` when written as [one, two]."""

    items: tuple[Node, ...]
    place: Place
    flow: bool

    def all_pairs(self) -> tuple[Pair, ...] | None:
        """Give what would be read without the dashes; None if some item has no names."""
        pairs = [item.pairs for item in self.items if isinstance(item, Pairs)]
        return tuple(chain.from_iterable(pairs)) if len(pairs) == len(self.items) else None


Node: TypeAlias = Text | Pairs | Items


class Unreadable(Exception):  # noqa: N818 - the file's mistake, not the program's
    """YAML gave up at `place`; what the mistake really is, is for `syntax` to find out."""

    def __init__(self, place: Place, reason: str, opened: Place | None = None) -> None:
        """`opened` is where the quote, bracket or block begins that YAML was busy with."""
        super().__init__(reason)
        self.place = place
        self.reason = reason
        self.opened = opened


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Something that YAML allows and these files do not."""

    place: Place
    sign: str


@dataclass(kw_only=True)
class _Open:
    """A list or a set of pairs whose end has not come yet."""

    place: Place
    flow: bool
    pairs: bool
    children: list[Node] = field(default_factory=list)

    def closed(self) -> Node:
        if not self.pairs:
            return Items(items=tuple(self.children), place=self.place, flow=self.flow)
        pairs = []
        for key, value in zip(self.children[::2], self.children[1::2], strict=True):
            if not isinstance(key, Text):
                raise Unreadable(key.place, "a key that is not a text")
            pairs.append(Pair(key=key, value=value))
        return Pairs(pairs=tuple(pairs), place=self.place, flow=self.flow)


def parse(text: str) -> tuple[Node | None, list[Finding]]:
    """Build the tree of a file's text; None when there is nothing in it. Raise `Unreadable` where YAML gives up."""
    try:
        events = _events(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = _place(mark) if mark else Place(line=1, column=1)
        opened = _place(error.context_mark) if error.context_mark else None
        raise Unreadable(place, f"{error.context or ''} {error.problem or ''}".strip(), opened) from None
    except yaml.YAMLError as error:
        raise Unreadable(Place(line=1, column=1), str(error)) from None
    return _build(events)


def _events(text: str) -> list[Any]:
    """Gather all events before anything is built of them, for most texts are only parsed to see where YAML gives up."""
    events: list[Any] = []
    depth = documents = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.DocumentStartEvent):
            documents += 1
        if depth > DEEPEST:
            raise Unreadable(_place(event.start_mark), TOO_DEEP)
        if documents > 1:
            raise Unreadable(_place(event.start_mark), "a second document")
        if len(events) == MOST_VALUES:
            raise Unreadable(_place(event.start_mark), TOO_MANY)
        events.append(event)
    return events


def _build(events: list[Any]) -> tuple[Node | None, list[Finding]]:
    stack: list[_Open] = []
    findings: list[Finding] = []
    root: Node | None = None
    for event in events:
        done: Node | None = None
        if getattr(event, "anchor", None) or getattr(event, "tag", None):
            sign = "*" if isinstance(event, yaml.AliasEvent) else "&" if event.anchor else "!"
            findings.append(Finding(place=_place(event.start_mark), sign=sign))
        if isinstance(event, yaml.ScalarEvent):
            done = _text(event)
        elif isinstance(event, yaml.AliasEvent):
            done = Text(value="", style=Style.QUOTED, place=_place(event.start_mark), end=_place(event.end_mark))
        elif isinstance(event, yaml.CollectionStartEvent):
            pairs = isinstance(event, yaml.MappingStartEvent)
            stack.append(_Open(place=_place(event.start_mark), flow=bool(event.flow_style), pairs=pairs))
        elif isinstance(event, yaml.CollectionEndEvent):
            done = stack.pop().closed()
        if done is not None and stack:
            stack[-1].children.append(done)
        elif done is not None:
            root = done
    if isinstance(root, Text) and not root.value:
        root = None
    return root, findings


def _text(event: Any) -> Text:
    style = Style.PLAIN if not event.style else Style.BLOCK if event.style in "|>" else Style.QUOTED
    value = event.value
    return Text(value=value, style=style, place=_place(event.start_mark), end=_place(event.end_mark))


def _place(mark: Any) -> Place:
    return Place(mark.line + 1, mark.column + 1)
