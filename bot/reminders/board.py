"""What is about to be told, for staff to look at, to let go at once, or to hold."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from bot.reminders import moves
from bot.reminders.moves import Batch
from bot.reminders.reconcile import take_up
from bot.reminders.schedule import Schedule
from bot.store import Connection
from bot.store.database import Database
from bot.store.occurrences import count_people, read_occurrences, write_occurrences
from bot.store.records import Decision


class Board:
    """The changes that nobody was told of yet. `schedule` is asked for the present one at each call."""

    def __init__(self, database: Database, schedule: Callable[[], Schedule | None]) -> None:
        self._database = database
        self._schedule = schedule

    async def pending(self, now: datetime) -> tuple[Batch, ...]:
        """Return the batch that settles and the one that is held, as the files are now; () if there is neither."""
        return await self._database.run(_pending, self._schedule(), int(now.timestamp()))

    async def send_now(self, mark: str, now: datetime) -> bool:
        """Tell the batch with this mark at once, held or not; False if it is not there, or has changed since."""
        return await self._database.run(_decide, self._schedule(), mark, Decision.SEND, int(now.timestamp()))

    async def hold(self, mark: str, now: datetime) -> bool:
        """Hold the batch with this mark until staff let it go; False if it is not there, or has changed since."""
        return await self._database.run(_decide, self._schedule(), mark, Decision.HELD, int(now.timestamp()))


def forecast(connection: Connection, schedule: Schedule, now: int) -> tuple[Batch, ...]:
    """Return what would be told if the files said this from now on; nothing is written."""
    noted, _ = moves.compare(read_occurrences(connection), schedule, now)
    count = partial(count_people, connection, now=now)
    return moves.batches(moves.brake(noted, count, now), count)


def _pending(connection: Connection, schedule: Schedule | None, now: int) -> tuple[Batch, ...]:
    if schedule is None:
        return ()
    return moves.batches(take_up(connection, schedule, now).known, partial(count_people, connection, now=now))


def _decide(connection: Connection, schedule: Schedule | None, mark: str, decision: Decision, now: int) -> bool:
    batch = next((one for one in _pending(connection, schedule, now) if one.mark == mark), None)
    if schedule is None or batch is None:
        return False
    known = read_occurrences(connection)
    write_occurrences(connection, known, moves.decide(known, moves.in_batch(known, batch), decision))
    take_up(connection, schedule, now)
    return True
