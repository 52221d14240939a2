"""Keeps the bot's own requests below what Discord allows."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class Pace:
    """Lets something happen every so many seconds, and a few times at once after a rest."""

    def __init__(self, *, every: float, burst: int, clock: Callable[[], float] | None = None) -> None:
        self._every = every
        self._slack = every * (burst - 1)
        self._clock = clock
        self._next = 0.0

    def wait(self) -> float:
        """Return in how many seconds it may happen; 0 is now."""
        return max(0.0, self._next - self._slack - self._now())

    def spend(self) -> float:
        """Take the next turn and return in how many seconds it comes."""
        seconds = self.wait()
        self._next = max(self._next, self._now()) + self._every
        return seconds

    async def turn(self) -> None:
        """Take the next turn and wait for it."""
        if seconds := self.spend():
            await asyncio.sleep(seconds)

    def _now(self) -> float:
        return self._clock() if self._clock else asyncio.get_running_loop().time()
