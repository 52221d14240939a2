"""Keeps the bot's own requests below what Discord allows."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from types import TracebackType


class Pace:
    """Lets something happen at most `most` times in any `seconds`, evenly spread; `async with` it waits for its turn.

    Nobody knows when between its beginning and its end Discord counts a request, so each counts from the one until
    `seconds` after the other: requests that are held up on their way never meet others at Discord.
    """

    def __init__(self, *, most: int, seconds: float, clock: Callable[[], float] | None = None) -> None:
        self._most = most
        self._seconds = seconds
        self._clock = clock
        self._next = 0.0
        self._under_way = 0
        self._ended: deque[float] = deque()
        self._line: list[object] = []

    def wait(self, ahead: int = 0) -> float:
        """Return in how many seconds it may happen, after so many others that are ahead in the line; 0 is now.

        It may be longer, if what is under way takes long.
        """
        now = self._now()
        while self._ended and self._ended[0] + self._seconds <= now:
            self._ended.popleft()
        seconds = max(0.0, self._next + ahead * self._seconds / self._most - now)
        too_many = self._under_way + len(self._ended) + ahead - self._most
        if too_many < 0:
            return seconds
        frees = self._ended[too_many] - now if too_many < len(self._ended) else 0.0
        return max(seconds, frees + self._seconds)

    def begin(self) -> None:
        """Take a turn. What was missed within the last tenth of `seconds` is made up for."""
        self._next = max(self._next, self._now() - self._seconds / 10) + self._seconds / self._most
        self._under_way += 1

    def end(self) -> None:
        """Say that what began is over."""
        self._under_way -= 1
        self._ended.append(self._now())

    async def __aenter__(self) -> None:
        place = object()
        self._line.append(place)
        try:
            while seconds := self.wait(ahead=self._line.index(place)):  # noqa: ASYNC110 # it is time that passes
                await asyncio.sleep(seconds)
            self.begin()
        finally:
            self._line.remove(place)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def _now(self) -> float:
        return self._clock() if self._clock else asyncio.get_running_loop().time()
