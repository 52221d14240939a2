"""The bot's sender in a process of its own: bell, courier, poster, SQLite file, and discord.py's real HTTP client.

Only the base address of Discord is another one, the stand-in's, and there is no gateway. SIGTERM stops it as the bot is
stopped; kill -9 is not noticed by anybody.
"""

from __future__ import annotations

import asyncio
import json
import logging
import secrets
import signal
import subprocess
import sys
from collections.abc import Iterable
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock
from types import SimpleNamespace
from typing import Any, cast
from zoneinfo import ZoneInfo

import discord
from discord.http import Route
from sqlalchemy import insert

from benchmarks.reminders_stand_in import ROOT
from bot.chat.escape import escape
from bot.chat.failures import CONNECTION_ERRORS
from bot.chat.reminders.bell import Bell
from bot.chat.reminders.poster import Poster
from bot.content.model import Course, Deadline, Format, LiveSession, Span, Term
from bot.reminders.delivery import Courier, Timing
from bot.reminders.pace import Pace
from bot.reminders.post import ChannelClosed, Letter, Missing, PersonClosed, Refused, Sent, TryAgain
from bot.store import Connection
from bot.store.database import Database
from bot.store.tables import person, subscription
from bot.timetable.occurrences import Timetable

GMT = ZoneInfo("UTC")
MINUTE = 60
CONFIRM = signal.SIGUSR1
"""By this signal staff let go what is held."""
ONE_AT_A_TIME = Lock()
"""Migrations cannot run in two threads of a process."""


@dataclass(frozen=True, kw_only=True)
class Item:
    """One thing to be reminded of, in a course of its own: `code`, its start in seconds since 1970, minutes before."""

    code: str
    starts_at: int
    before: int
    session: bool = False

    @property
    def fire_at(self) -> int:
        return self.starts_at - self.before * MINUTE

    @property
    def about(self) -> str:
        """What the stand-in notes of a message about it."""
        return f"{self.code}: {self.code.title()}"


@dataclass(frozen=True, kw_only=True)
class Setup:
    """All that the sender is told. `scale` shortens every duration of the delivery, as the stand-in's nonce memory.

    `nonce` and `history` take a part of the delivery out, so that a benchmark can show what it is good for.
    """

    database: str
    port: int
    items: list[Item]
    scale: int = 1
    requests: int = 48
    open_every: float = 6
    nonce: bool = True
    history: bool = True

    def dumps(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def loads(cls, text: str) -> Setup:
        values = json.loads(text)
        return cls(**{**values, "items": [Item(**item) for item in values["items"]]})


class Crippled(Poster):
    """The bot's poster, with a part taken out if the setup says so."""

    def __init__(self, client: discord.Client, setup: Setup) -> None:
        super().__init__(client)
        self._setup = setup

    async def send(self, letter: Letter) -> Sent | PersonClosed | ChannelClosed | Refused | TryAgain:
        return await super().send(letter if self._setup.nonce else replace(letter, nonce=secrets.token_hex(12)))

    async def find(self, letter: Letter, since: int) -> Sent | Missing | PersonClosed | ChannelClosed | TryAgain:
        return await super().find(letter, since) if self._setup.history else Missing()


def courses_of(items: Iterable[Item]) -> list[Course]:
    """The items, each in its course."""
    today = datetime.now(UTC).date()
    term = Term(name="Now", starts=today - timedelta(days=30), ends=today + timedelta(days=60))
    return [_course(item, term) for item in items]


def _course(item: Item, term: Term) -> Course:
    starts = datetime.fromtimestamp(item.starts_at, UTC).replace(tzinfo=None)
    due = Deadline(name=item.code.title(), due=starts, remind_before=(item.before,))
    session = LiveSession(title=item.code.title(), when=Span(starts=starts, minutes=60))
    return Course(
        code=item.code,
        title=item.code.title(),
        format=Format.SYNCHRONOUS if item.session else Format.ASYNCHRONOUS,
        term=term,
        starts=term.starts,
        ends=term.ends,
        timezone=GMT,
        deadlines=() if item.session else (due,),
        live_sessions=(session,) if item.session else (),
        remind_before_sessions=(item.before,) if item.session else (),
    )


def enrol(
    path: Path, follows: Iterable[tuple[int, Iterable[str]]], channels: dict[int, int | None], since: int
) -> None:
    """Write people into the database: what each follows, and the channel that was opened at their click, or None."""
    rows = [{"person": who, "course": code, "since": since} for who, codes in follows for code in codes]
    people = [{"id": who, "created_at": since, "dm_channel": channel} for who, channel in channels.items()]

    def write(connection: Connection) -> None:
        connection.execute(insert(person), people)
        connection.execute(insert(subscription), rows)

    with ONE_AT_A_TIME, closing(Database.open(path)) as database:
        database.unit(write)


def start(setup: Setup) -> subprocess.Popen[bytes]:
    """Start the sender. Its log goes to a file beside the database."""
    with Path(f"{setup.database}.log").open("ab") as log:
        command = [sys.executable, "-m", "benchmarks.reminders_sender", setup.dumps()]
        return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log)


class Client(discord.Client):
    """Logged in, but not connected to the gateway; with what the bell asks of the bot."""

    def __init__(self, items: Iterable[Item]) -> None:
        super().__init__(intents=discord.Intents.none(), max_messages=None)
        courses = courses_of(items)
        base = SimpleNamespace(
            courses={course.code: course for course in courses},
            timetable=Timetable.of(courses),
            school=SimpleNamespace(timezone=GMT),
        )
        self.assistant = SimpleNamespace(knowledge=base)
        self.process = secrets.token_hex(4)

    def now(self) -> datetime:
        return datetime.now(UTC)

    async def wait_until_ready(self) -> None:
        return


def check_alive(sender: subprocess.Popen[bytes], setup: Setup) -> None:
    """Raise if the sender ended by itself, with what it wrote last."""
    if sender.poll() is not None:
        raise RuntimeError("the sender ended: " + Path(f"{setup.database}.log").read_text(encoding="utf-8")[-2000:])


async def run(setup: Setup) -> None:
    """Send what is due, in the bell's own two loops, until SIGTERM."""
    Route.BASE = f"http://127.0.0.1:{setup.port}/api/v10"
    stopped = asyncio.Event()
    confirming: list[asyncio.Task[None]] = []
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
    async with Client(setup.items) as client:
        await _login(client)
        with closing(Database.open(Path(setup.database))) as database:
            bell = Bell(cast("Any", client), database)
            bell.courier = Courier(
                database,
                Crippled(client, setup),
                owner=client.process,
                clock=client.now,
                escape=escape,
                timing=_timing(setup),
                requests=Pace(most=setup.requests, seconds=1),
                opens=Pace(most=1, seconds=setup.open_every),
            )
            bell.start()
            asyncio.get_running_loop().add_signal_handler(CONFIRM, lambda: confirming.append(_confirm(bell)))
            await stopped.wait()
            await bell.stop()


def _confirm(bell: Bell) -> asyncio.Task[None]:
    """Let go, as staff do by a button, what is about to be told."""

    async def confirm() -> None:
        for batch in await bell.board.pending(bell.bot.now()):
            await bell.board.send_now(batch.mark, bell.bot.now())
        bell.plan.restart()

    return asyncio.create_task(confirm())


async def _login(client: Client) -> None:
    """Log in, as often as Discord needs to be asked."""
    for _ in range(100):
        try:
            await client.login("a.b.c")
        except CONNECTION_ERRORS:
            await asyncio.sleep(0.1)
        else:
            return


def _timing(setup: Setup) -> Timing:
    usual = Timing()
    return Timing(
        lease=usual.lease // setup.scale,
        nonce_memory=usual.nonce_memory // setup.scale,
        send_within=usual.send_within / setup.scale,
        look_within=usual.look_within / setup.scale,
        longest_wait=usual.longest_wait // setup.scale,
    )


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    asyncio.run(run(Setup.loads(sys.argv[1])))
