"""How long a claim takes in a ledger of a million rows, and how long the tick ever holds up the event loop.

    python -m benchmarks.reminders_ledger

Each figure is printed beside that of the same statement without the ledger's partial indexes.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import literal_column

from bot.content.model import Course, Deadline, Format, Term
from bot.content.zones import zone
from bot.reminders.delivery import Courier
from bot.reminders.post import Letter, Missing, Opened, Sent
from bot.reminders.schedule import Schedule
from bot.store import Connection, deliveries, people
from bot.store.database import Database
from bot.store.records import State, To
from bot.store.tables import delivery
from bot.timetable.occurrences import Timetable

NOW = int(time.time())
DAY = 86400
ALL_DUE = 50_000


class Nowhere:
    """Posts nothing, at once."""

    async def open(self, person: int) -> Opened:
        return Opened(person)

    async def send(self, letter: Letter) -> Sent:
        return Sent(1)

    async def find(self, letter: Letter, since: int) -> Missing:
        return Missing()


def main(options: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = Database.open(Path(folder) / "ledger.db")
        print(f"{options.rows:,} rows, of which {ALL_DUE:,} planned")
        database.unit(_fill, options.rows)
        for due in (0, 500, 5_000, ALL_DUE):
            database.unit(_make_due, due)
            times = [_claim(database) for _ in range(options.claims)]
            print(f"  {due:>6,} due: claim of 16 {_figures(times)}")
        database.unit(_drop_indexes)
        times = [_claim(database) for _ in range(min(20, options.claims))]
        print(f"  without the indexes: {_figures(times)}")
        database.close()
        asyncio.run(_tick(Path(folder) / "tick.db", options.people))


def _fill(connection: Connection, rows: int) -> None:
    """Most were sent long ago; the last ones are planned for tomorrow."""
    for start in range(0, rows, 10_000):
        connection.execute(delivery.insert(), [_row(number, rows) for number in range(start, start + 10_000)])


def _row(number: int, rows: int) -> dict[str, object]:
    planned = number >= rows - ALL_DUE
    starts_at = NOW + 2 * DAY if planned else NOW - number % (60 * DAY)
    return {
        "rkey": f"rem|u{number % 20_000}|C/{number}|{starts_at}|1440",
        "to": To.PERSON,
        "recipient": number % 20_000,
        "course": "C",
        "occurrence": f"C/{number}",
        "starts_at": starts_at,
        "rule": "1440",
        "fire_at": starts_at - DAY,
        "expires_at": starts_at - number % 7_200,
        "state": State.PLANNED if planned else State.SENT,
    }


def _make_due(connection: Connection, count: int) -> None:
    planned = delivery.c.state.in_([State.PLANNED, State.SENDING])
    connection.execute(delivery.update().where(planned).values(state=State.PLANNED, fire_at=NOW + DAY, owner=None))
    ids = delivery.select().with_only_columns(delivery.c.id).where(planned).limit(count)
    connection.execute(delivery.update().where(delivery.c.id.in_(ids)).values(fire_at=NOW - 1))


def _drop_indexes(connection: Connection) -> None:
    for name in ("delivery_due", "delivery_leased"):
        connection.exec_driver_sql(f"DROP INDEX {name}")


def _claim(database: Database) -> float:
    began = time.perf_counter()
    database.unit(deliveries.claim, "me", 16, 60, NOW)
    seconds = time.perf_counter() - began
    database.unit(_give_back)
    return seconds


def _give_back(connection: Connection) -> None:
    claimed = delivery.c.state == literal_column("'sending'")
    connection.execute(delivery.update().where(claimed).values(state=State.PLANNED, owner=None, lease_until=None))


def _figures(seconds: Sequence[float]) -> str:
    cuts = statistics.quantiles(seconds, n=100)
    return f"p50 {cuts[49] * 1000:.2f} ms, p99 {cuts[98] * 1000:.2f} ms, longest {max(seconds) * 1000:.2f} ms"


async def _tick(path: Path, count: int) -> None:
    """Plan for so many people, with the bot's own loop, and watch another task of the same loop."""
    database = Database.open(path)
    courses = [_course(f"C{number}") for number in range(10)]
    database.unit(_follow, count, [course.code for course in courses])
    courier = Courier(database, Nowhere(), owner="me", clock=lambda: datetime.now(UTC), escape=str)
    courier.schedule = Schedule.of(courses, Timetable.of(courses), zone("UTC"))
    held: list[float] = []
    watching = asyncio.create_task(_watch(held))
    for name in ("first planned", "planned again"):
        held.clear()
        began = time.perf_counter()
        await courier.reconcile()
        rows = (await database.run(deliveries.counts))[State.PLANNED]
        print(f"{rows:,} rows {name} in {time.perf_counter() - began:.1f} s: the loop was held up {_figures(held)}")
    running = asyncio.create_task(courier.run())
    held.clear()
    await asyncio.sleep(10)
    print(f"10 s of the sender's own loop, planning anew: the loop was held up {_figures(held)}")
    await courier.stop()
    await running
    watching.cancel()
    database.close()


async def _watch(held: list[float]) -> None:
    while True:
        began = time.perf_counter()
        await asyncio.sleep(0.002)
        held.append(max(0.0, time.perf_counter() - began - 0.002))


def _follow(connection: Connection, count: int, courses: list[str]) -> None:
    for who in range(1, count + 1):
        for course in courses:
            people.opt_in(connection, who, course, NOW - DAY)
        people.dm_opened(connection, who, who)


def _course(code: str) -> Course:
    today = datetime.now(UTC).date()
    term = Term(name="Term", starts=today - timedelta(days=9), ends=today + timedelta(days=9))
    due = (datetime.now(UTC) + timedelta(hours=30)).replace(tzinfo=None)
    return Course(
        code=code,
        title=code,
        format=Format.ASYNCHRONOUS,
        term=term,
        starts=term.starts,
        ends=term.ends,
        timezone=zone("UTC"),
        deadlines=(Deadline(name="Essay", due=due, remind_before=(1440, 120, 30, 15, 5)),),
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--claims", type=int, default=300)
    parser.add_argument("--people", type=int, default=1_000)
    main(parser.parse_args())
