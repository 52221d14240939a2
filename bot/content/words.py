"""The words of a file: all its fields, the blocks they stand in, and its sections."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from enum import Enum


class Shape(Enum):
    """What stands in a section."""

    ONE_VALUE = "a text or a zone"
    FIELDS = "fields of its own, such as those of `school`"
    NAMED = "names that staff choose, with fields below each, such as `terms`"
    LIST = "items with dashes, such as `courses`"


@dataclass(frozen=True, kw_only=True)
class Section:
    """A field of the whole file. `fields` are the plain names that may stand in it, or in each of its items.

    `instead` are plain names that people use for its own.
    """

    name: str
    shape: Shape
    noun: str
    required: bool
    fields: Set[str]
    instead: Set[str]


@dataclass(frozen=True, kw_only=True)
class Words:
    """`homes` tells in which blocks each field may stand; it and `sections` go by the field's plain name.

    `lists` are the fields below which a list may stand, `blocks` those with fields of their own, `long_texts` those
    with room for several paragraphs. `other` are the words of the other file, called `other_file`, for what was written
    into the wrong one.
    """

    homes: Mapping[str, tuple[str, ...]]
    sections: Mapping[str, Section]
    lists: Set[str]
    blocks: Set[str]
    long_texts: Set[str]
    other_file: str = ""
    other: Words | None = field(default=None, repr=False)

    @property
    def known(self) -> Set[str]:
        return self.homes.keys()

    @property
    def top(self) -> Set[str]:
        return self.sections.keys()
