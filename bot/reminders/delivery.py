"""Sends what the ledger plans: claim, look again whether it is still wanted, send, record.

At least once by us, and exactly once as seen: a lease frees what a crashed process held, a nonce made from the same key
lets Discord drop a repeat within its memory, and after that the channel's history is read before another try.
"""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections import deque
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from bot.reminders import ledger
from bot.reminders.ledger import Ready
from bot.reminders.outages import LONGEST_PAUSE
from bot.reminders.pace import Pace
from bot.reminders.post import ChannelClosed, Missing, Opened, PersonClosed, Post, Refused, Sent, TryAgain
from bot.reminders.reconcile import TakenUp, reconcile_channels, reconcile_people, take_up
from bot.reminders.schedule import Schedule
from bot.store import deliveries
from bot.store.database import Database
from bot.store.people import dm_opened, person_ids
from bot.store.privacy import purge
from bot.store.records import Delivery, To
from bot.store.uptime import beat

PEOPLE_A_UNIT = 50
"""So few, that a claim need not wait long for its turn in the database's thread."""
REQUESTS_A_SECOND = 48
"""Discord allows 50 to the whole bot, and others of its requests do not wait in line here."""
SECONDS_AN_OPENING = 6
"""Discord takes a bot for spam that opens many direct messages at once."""
WRONG_CLOCK = 86400
"""By so many seconds the clock may have been wrong when a reminder was tried; Discord's own clock dates the history."""
KEPT_FOR = 60 * 86400
ROWS_A_PURGE = 2_000

log = logging.getLogger(__name__)

_Result = Sent | PersonClosed | ChannelClosed | Refused | TryAgain
_Found = Sent | Missing | PersonClosed | ChannelClosed | TryAgain


@dataclass(frozen=True, kw_only=True)
class Timing:
    """In seconds. `send_within` and `look_within` bound one request; twice both must fit into a lease."""

    lease: int = 60
    nonce_memory: int = 60
    send_within: float = 15
    look_within: float = 10
    longest_wait: int = 60
    shutdown: float = 10
    slots: int = 16


class Courier:
    """Sends reminders until it is stopped. `schedule` may be replaced at any time; None sends and plans nothing.

    Somebody else lets it `reconcile` now and then, and `deliver` again and again, one call of each at a time.
    `clock` gives the present, aware; `escape` makes what a student typed safe to be shown; `owner` names this process.
    """

    def __init__(
        self,
        database: Database,
        post: Post,
        *,
        owner: str,
        clock: Callable[[], datetime],
        escape: Callable[[str], str],
        timing: Timing | None = None,
        requests: Pace | None = None,
        opens: Pace | None = None,
    ) -> None:
        self.schedule: Schedule | None = None
        self.reachable = True
        """Whether Discord can be reached; somebody else says so. If not for long, it counts as an outage."""
        self.taken_up: TakenUp | None = None
        """What the world knows of the schedule, as of the last `reconcile`."""
        self._database = database
        self._post = post
        self._owner = owner
        self._clock = clock
        self._escape = escape
        self._timing = timing or Timing()
        self._requests = requests or Pace(most=REQUESTS_A_SECOND, seconds=1)
        self._opens = opens or Pace(most=1, seconds=SECONDS_AN_OPENING)
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._posting: set[int] = set()
        self._claiming = asyncio.Lock()
        self._lines: dict[tuple[To, int], deque[Delivery]] = {}
        self._stopping = False

    async def stop(self) -> None:
        """Claim nothing more, wait a little for what is being sent, and give back what was not begun."""
        self._stopping = True
        async with self._claiming:  # what is claimed at this moment is sent or given back, too
            pass
        if self._tasks:
            await asyncio.wait(self._tasks.values(), timeout=self._timing.shutdown)
        unfinished = dict(self._tasks)
        begun = set(self._posting)
        for task in unfinished.values():
            task.cancel()
        await asyncio.gather(*unfinished.values(), return_exceptions=True)
        for number in unfinished.keys() - begun:
            await self._database.run(deliveries.give_back, number, self._owner, wait=0, now=self._now())

    async def reconcile(self) -> None:
        """Note what has changed, hold the whole ledger against the plan, a few people at a time, and forget the old."""
        if self.schedule is None:
            return
        if self.reachable:
            await self._database.run(beat, self._now(), LONGEST_PAUSE)
        self.taken_up = await self._database.run(take_up, self.schedule, self._now())
        came, went = await self._database.run(reconcile_channels, self.schedule, self._now())
        ids = await self._database.run(person_ids)
        for start in range(0, len(ids), PEOPLE_A_UNIT):
            some = ids[start : start + PEOPLE_A_UNIT]
            new, gone = await self._database.run(reconcile_people, self.schedule, some, self._now())
            came, went = came + new, went + gone
        await self._database.run(purge, self._now(), KEPT_FOR, ROWS_A_PURGE)
        if came or went:
            log.info("reminders_planned came=%d went=%d", came, went)

    async def deliver(self) -> int:
        """Claim what is due, as far as there are free hands, and begin to send it; return how many were claimed."""
        async with self._claiming:
            free = self._timing.slots - len(self._tasks)
            if self.schedule is None or free <= 0 or self._stopping:
                return 0
            claimed, waiting = await self._database.run(
                ledger.claim, self._owner, free, self._timing.lease, ceil(self._opens.wait()), self._now()
            )
            for delivery in claimed:
                if delivery.id in self._tasks:
                    continue  # its lease seemed out, as the clock was set ahead, while it is still being sent
                self._begin(delivery)
            return len(claimed) + waiting

    async def finish(self) -> None:
        """Wait until nothing is being sent."""
        while self._tasks:
            await asyncio.wait(self._tasks.values())

    def _begin(self, claimed: Delivery) -> None:
        """Send it in a task, one at a time for each recipient."""
        whom = (claimed.to, claimed.recipient)
        line = self._lines.get(whom)
        if line is None:
            line = self._lines[whom] = deque([claimed])
            self._tasks[claimed.id] = asyncio.create_task(self._serve(whom, line))
        else:
            self._tasks[claimed.id] = self._tasks[line[0].id]
            line.append(claimed)

    async def _serve(self, whom: tuple[To, int], line: deque[Delivery]) -> None:
        try:
            while line:
                await self._guarded(self._attempt(line[0]))
                self._finished(line.popleft())
        finally:
            del self._lines[whom]
            for delivery in line:
                self._finished(delivery)

    def _finished(self, delivery: Delivery) -> None:
        del self._tasks[delivery.id]
        self._posting.discard(delivery.id)

    async def _attempt(self, claimed: Delivery) -> None:
        """Try once to send a claimed reminder."""
        looked = False
        while True:
            async with self._requests:
                ready = await self._check(claimed.id)
                if ready is None:
                    return
                if ready.channel is None:
                    if seconds := self._opens.wait():
                        await self._give_back(ready.delivery, ceil(seconds))
                        return
                    result: _Result | _Found | Opened = await self._open(ready.delivery.recipient)
                elif self._in_doubt(ready.delivery) and not looked:
                    result = await self._find(ready)
                else:
                    # No await between the check above and this line: who opted out before it gets nothing.
                    result = await self._send(ready)
            match result:
                case Opened(channel):
                    await self._database.run(dm_opened, ready.delivery.recipient, channel)
                case Missing():
                    looked = True
                case _:
                    await self._record(ready.delivery, result)
                    return

    async def _check(self, number: int) -> Ready | None:
        """See that the claim holds and that the reminder is still wanted, at this very moment."""
        while (schedule := self.schedule) is not None and not self._stopping:
            ready = await self._database.run(
                ledger.check, schedule, number, self._owner, self._timing.lease, self._now, self._escape
            )
            if ready is None or schedule is self.schedule:
                return ready
        await self._database.run(deliveries.give_back, number, self._owner, wait=0, now=self._now())
        return None

    def _in_doubt(self, delivery: Delivery) -> bool:
        """Tell whether an earlier try may have reached Discord so long ago that the nonce protects no more."""
        tried, now = delivery.first_tried_at or 0, self._now()
        # Seconds are counted whole, so that one more may have passed; and a clock may have been set back.
        protected = tried <= now and now + 1 + self._timing.send_within <= tried + self._timing.nonce_memory
        return delivery.attempts > 1 and not protected

    async def _open(self, person: int) -> Opened | PersonClosed | TryAgain:
        """Open a person's direct messages, whose turn it is."""
        self._opens.begin()
        try:
            async with asyncio.timeout(self._timing.look_within):
                return await self._post.open(person)
        except TimeoutError:
            return TryAgain()
        finally:
            self._opens.end()

    async def _find(self, ready: Ready) -> _Found:
        """Look for the message in the channel's history."""
        since = min(ready.delivery.first_tried_at or self._now(), self._now()) - WRONG_CLOCK
        found: _Found = TryAgain()
        try:
            async with asyncio.timeout(self._timing.look_within):
                found = await self._post.find(ready.letter, since)
        except TimeoutError:
            pass
        log.info("reminder_looked_for delivery=%d result=%s", ready.delivery.id, type(found).__name__)
        return found

    async def _send(self, ready: Ready) -> _Result:
        """Post it. A repeat that relies on the nonce ends while Discord still remembers it, as it was not in doubt."""
        self._posting.add(ready.delivery.id)  # until it is recorded: it must not be given back as if it were untried
        try:
            async with asyncio.timeout(self._timing.send_within):
                return await self._post.send(ready.letter)
        except TimeoutError:
            return TryAgain()

    async def _record(self, delivery: Delivery, result: _Result) -> None:
        wait = min(2 ** (delivery.attempts - 1), self._timing.longest_wait)
        if isinstance(result, TryAgain) and result.after:
            wait = max(wait, ceil(result.after))
        wait = min(wait, self._timing.lease)
        await self._database.run(ledger.record, delivery, self._owner, result, wait, self._now())
        late = self._now() - delivery.fire_at
        log.info("reminder_tried delivery=%d result=%s late=%d", delivery.id, type(result).__name__, late)

    async def _give_back(self, delivery: Delivery, wait: int) -> None:
        wait = min(wait, self._timing.lease)
        await self._database.run(deliveries.give_back, delivery.id, self._owner, wait, self._now())

    async def _guarded(self, work: Coroutine[object, object, object]) -> None:
        """One failure must end neither the loop nor another reminder; the claim runs out and it is tried again."""
        try:
            await work
        except Exception as error:  # noqa: BLE001 # whatever it is, the others are to be sent
            # Not its message, which may quote what a student wrote.
            where = "".join(traceback.format_tb(error.__traceback__))
            log.error("reminders_failed error=%s\n%s", type(error).__name__, where)

    def _now(self) -> int:
        return int(self._clock().timestamp())
