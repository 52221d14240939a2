"""A block as it was read: a value for each field that was written and understood."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.content.fields import DatedNote
from bot.content.sheet import Path


class Record:
    """The values of a block by the documented names of its fields."""

    def __init__(self, path: Path, values: Mapping[str, Any], *, has_strangers: bool = False) -> None:
        """`has_strangers`: a name in it is no field's, and may be meant for what is missing."""
        self.path = path
        self._values = values
        self.has_strangers = has_strangers

    def __contains__(self, name: str) -> bool:
        return self._values.get(name) is not None

    def value(self, name: str) -> Any:
        return self._values.get(name)

    def is_broken(self, name: str) -> bool:
        """Tell whether a field was written and not understood, which is told already."""
        return name in self._values and self._values[name] is None

    def text(self, name: str) -> str | None:
        value: str | None = self._values.get(name)
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        return self._values.get(name) or ()

    def notes(self, name: str) -> tuple[DatedNote, ...]:
        return self._values.get(name) or ()

    def named(self, name: str) -> Mapping[str, Any]:
        return self._values.get(name) or {}

    def record(self, name: str) -> Record:
        """Give the block of a field; an empty one if it was not written."""
        return self._values.get(name) or Record((*self.path, name), {})

    def records(self, name: str) -> tuple[Record, ...]:
        return self._values.get(name) or ()
