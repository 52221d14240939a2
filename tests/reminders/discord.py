"""Discord as the sender of reminders sees it: nonces are remembered for 60 seconds, histories for ever.

What happens to a request is decided beforehand by a `Fate`, and between the lines another world may go by.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum

from bot.reminders.post import (
    ChannelClosed,
    Letter,
    Missing,
    Opened,
    PersonClosed,
    Post,
    Refused,
    Sent,
    TryAgain,
)
from bot.store.records import To

NONCE_MEMORY = 60


class Fate(StrEnum):
    """What becomes of one request."""

    ANSWERED = "answered"
    LOST_BEFORE = "lost before the work was done"
    LOST_AFTER = "answer lost after the work was done"
    PAUSE_BEFORE = "the process stands still before the request arrives"
    PAUSE_AFTER = "the process stands still before it has the answer"
    CRASH_BEFORE = "the process dies before the request arrives"
    CRASH_AFTER = "the process dies before it has the answer"


@dataclass(frozen=True, kw_only=True)
class Message:
    number: int
    letter: Letter
    at: float


class Discord:
    """Shared by all processes. `now` is the true time, which no process's clock need agree with."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self.messages: list[Message] = []
        self.closed: set[int] = set()
        self.refusals: list[tuple[int, float]] = []
        self.opened: list[int] = []

    def post(self, letter: Letter) -> Sent | PersonClosed:
        if letter.to is To.PERSON and letter.recipient in self.closed:
            self.refusals.append((letter.recipient, self._now()))
            return PersonClosed()
        for message in reversed(self.messages):
            if message.letter.nonce == letter.nonce and self._now() - message.at <= NONCE_MEMORY:
                return Sent(message.number)
        message = Message(number=len(self.messages) + 1, letter=letter, at=self._now())
        self.messages.append(message)
        return Sent(message.number)

    def has(self, nonce: str) -> bool:
        return any(message.letter.nonce == nonce for message in self.messages)

    def history(self, letter: Letter, since: float) -> Sent | Missing:
        for message in self.messages:
            if message.letter.delivery == letter.delivery and message.at >= since:
                return Sent(message.number)
        return Missing()


@dataclass(kw_only=True)
class Line(Post):
    """One process's connection. `begins` and `ends` are told of each request; `pause` and `crash` are effects."""

    discord: Discord
    fates: deque[Fate]
    begins: Callable[[Letter], Awaitable[None]]
    ends: Callable[[Letter, object], None]
    pause: Callable[[], Awaitable[None]]
    crash: Callable[[], Awaitable[None]]

    async def open(self, person: int) -> Opened | PersonClosed | TryAgain:
        self.discord.opened.append(person)
        return Opened(person)

    async def send(self, letter: Letter) -> Sent | PersonClosed | ChannelClosed | Refused | TryAgain:
        await self.begins(letter)
        fate = self.fates.popleft() if self.fates else Fate.ANSWERED
        # A repeat that is held up until Discord has forgotten the nonce is a second message, and nobody can prevent it.
        if fate is Fate.PAUSE_BEFORE and not self.discord.has(letter.nonce):
            await self.pause()
        if fate is Fate.CRASH_BEFORE:
            await self.crash()
        if fate is Fate.LOST_BEFORE:
            result: Sent | PersonClosed | TryAgain = TryAgain()
        else:
            result = self.discord.post(letter)
        if fate is Fate.PAUSE_AFTER:
            await self.pause()
        if fate is Fate.CRASH_AFTER:
            await self.crash()
        if fate is Fate.LOST_AFTER:
            result = TryAgain()
        self.ends(letter, result)
        return result

    async def find(self, letter: Letter, since: int) -> Sent | Missing | PersonClosed | ChannelClosed | TryAgain:
        return self.discord.history(letter, since)
