"""What people have typed into forms and was not taken yet, so that nobody has to type it twice."""

from __future__ import annotations

from typing import Any, TypeVar

MANY = 1_000

T = TypeVar("T")


class Drafts:
    """One for each person and kind of form; and, where a form is about one thing of many, for each `of` them.

    In memory only. The oldest gives way to a new one when there are many.
    """

    def __init__(self) -> None:
        self._typed: dict[tuple[int, type[Any], int], Any] = {}

    def keep(self, who: int, typed: object, of: int = 0) -> None:
        """Keep what a person has typed, in place of what they typed into the same form before."""
        self.drop(who, type(typed), of)
        self._typed[who, type(typed), of] = typed
        if len(self._typed) > MANY:
            del self._typed[next(iter(self._typed))]

    def find(self, who: int, kind: type[T], of: int = 0) -> T | None:
        """What a person has typed into the form of this kind, if it is kept."""
        found = self._typed.get((who, kind, of))
        return found if isinstance(found, kind) else None

    def drop(self, who: int, kind: type[Any], of: int = 0) -> None:
        """Keep it no longer, as it has been taken."""
        self._typed.pop((who, kind, of), None)

    def forget(self, who: int) -> None:
        """Forget all that a person has typed."""
        self._typed = {key: typed for key, typed in self._typed.items() if key[0] != who}
