"""Which delivery format suits me: three questions, and what speaks for each format. Never a verdict."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Preferences:
    """A student's answers to the three questions; None means no preference."""

    week_changes: bool | None
    likes_live: bool | None
    wants_routine: bool | None
