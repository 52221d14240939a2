"""What the sender of reminders needs from Discord, and what Discord's refusals mean. No Discord object passes here."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import Protocol

from bot.store.records import TextKind, To

_DM_CLOSED = {50007, 50278, 10013}  # cannot message this user · no server in common · unknown user
_NO_ENTRY = {50001, 50013, 10003}  # missing access · missing permissions · unknown channel
_UNKNOWN_MESSAGE = 10008


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One text, ready to be posted.

    `channel` is where to post: the direct messages of `recipient`, or the course's channel. `nonce` has 24 characters
    and belongs to this text alone. `silent`: no push, no sound. `role` is the one role to ping, in a course's channel.
    """

    delivery: int
    to: To
    recipient: int
    channel: int
    text: str
    nonce: str
    silent: bool = False
    role: int | None = None
    course: str | None = None
    occurrence: str
    kind: TextKind = TextKind.REMINDER


@dataclass(frozen=True)
class Sent:
    """The message is there; None: it was there, and has been deleted since."""

    message: int | None


@dataclass(frozen=True)
class Opened:
    """The channel of the direct messages."""

    channel: int


@dataclass(frozen=True)
class Missing:
    """There is no such message."""


@dataclass(frozen=True)
class PersonClosed:
    """This person takes no direct messages from the bot."""


@dataclass(frozen=True)
class ChannelClosed:
    """The bot may not post in this channel, or it is gone."""


@dataclass(frozen=True)
class Refused:
    """Discord will never take this message."""


@dataclass(frozen=True)
class TryAgain:
    """It may go well later, or may even have gone well. `after`: not before so many seconds, if Discord said so."""

    after: float | None = None


class Post(Protocol):
    """Discord's side of reminders. Every method makes requests of its own accord only as often as it is called.

    It raises nothing that Discord or the network does: `failure` turns errors into one of the answers. It may take as
    long as it likes, for the caller sets the limit and cancels.
    """

    async def open(self, person: int) -> Opened | PersonClosed | TryAgain:
        """Open, or find again, the direct messages with a person."""

    async def send(self, letter: Letter) -> Sent | PersonClosed | ChannelClosed | Refused | TryAgain:
        """Post a letter once, pinging nobody but `role`.

        The request carries `nonce` with enforce_nonce, and a component whose custom_id holds the number `delivery`, by
        which `find` knows the message again. Buttons: Snooze and Done under a person's reminder.
        """

    async def find(self, letter: Letter, since: int) -> Sent | Missing | PersonClosed | ChannelClosed | TryAgain:
        """Look in the channel's history for the bot's own message of this delivery, posted at `since` or later.

        `Missing` only if the whole history from `since`, in seconds since 1970, to now was read.
        """


def failure(
    status: int | None, code: int | None, retry_after: float | None = None
) -> Sent | PersonClosed | ChannelClosed | Refused | TryAgain:
    """Say what an error means by its HTTP status and Discord's own code; None is a fault of the network.

    A message that is unknown in answer to a repeated nonce was sent, and deleted by somebody.
    """
    if code in _DM_CLOSED:
        return PersonClosed()
    if code in _NO_ENTRY:
        return ChannelClosed()
    if code == _UNKNOWN_MESSAGE:
        return Sent(None)
    if status is None or status in (401, 408, 429) or status >= 500:  # 401: the operator can mend the token in time
        return TryAgain(retry_after)
    return TryAgain() if code == 40003 else Refused()  # 40003: opening direct messages too fast


def nonce(rkey: str, kind: TextKind) -> str:
    """Make the 24 characters by which Discord knows a repeated message, for one kind of text."""
    return blake2b(f"{kind}|{rkey}".encode(), digest_size=12).hexdigest()
