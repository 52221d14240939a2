"""The page of `try`: the real bot answers what is written on it, and its clock runs."""

from __future__ import annotations

import asyncio
import json
import re
import signal
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import takewhile
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import aiohttp
import discord
import pytest
import simcord
from discord.ext import commands, tasks
from simcord import Env

from bot import sandbox
from bot.answering.knowledge_base import KnowledgeBase
from bot.assistant import Assistant
from bot.chat.client import SchoolbellBot, create
from bot.chat.staff.status import ALL_THERE
from bot.content.model import Courses, Term
from bot.settings import Settings
from bot.store.database import Database
from tests.chat.reading import words

IN_TERM = datetime(2026, 10, 5, 16, 0, tzinfo=UTC)


@dataclass
class Page:
    """What the browser does: it opens the page, reads its state again and again, and posts actions."""

    http: aiohttp.ClientSession
    env: Env
    state: dict[str, Any]
    sequence: int = 0

    async def read(self) -> dict[str, Any]:
        async with self.http.get("/api/state", headers={"X-Simcord-Context": self.state["context"]["id"]}) as response:
            self.state = await response.json()
            return self.state

    async def shows(self, words: str) -> None:
        async with asyncio.timeout(20):
            # The browser, too, can only ask again.
            while words not in json.dumps((await self.read())["messages"], ensure_ascii=False):  # noqa: ASYNC110
                await asyncio.sleep(0.02)

    async def act(self, kind: str, **body: Any) -> dict[str, Any]:
        """Act on the view that was read last, however old it is."""
        self.sequence += 1
        body |= {
            "kind": kind,
            "protocol_version": 3,
            "sequence": self.sequence,
            "request_id": f"test-{self.sequence}",
            "generation": self.state["context"]["generation"],
            "bot_generation": self.state["botGeneration"],
            "published_revision": self.state["publishedRevision"],
        }
        headers = {"X-Simcord-Context": self.state["context"]["id"]}
        async with self.http.post("/api/action", json=body, headers=headers) as response:
            receipt: dict[str, Any] = await response.json()
            return receipt


@asynccontextmanager
async def opened(
    create_bot: Callable[[Callable[[], datetime]], discord.Client],
    school: Courses,
    channel: str | None = None,
    skip: sandbox.Skip | None = None,
) -> AsyncIterator[Page]:
    async with sandbox.conversation(create_bot, school, skip=skip, channel=channel, starts=IN_TERM) as (env, preview):
        origin, capability = preview.url.split("/#")
        async with (
            aiohttp.ClientSession(origin, headers={"X-Simcord-Capability": capability}) as http,
            http.post("/api/pages", json={}) as response,
        ):
            yield Page(http, env, await response.json())


async def test_a_question_on_the_page_is_answered(
    assistant: Assistant, shipped: KnowledgeBase, database: Database
) -> None:
    async with opened(lambda now: create(assistant, Settings(), now, database=database), shipped.school) as page:
        await page.shows("a question about your course")
        receipt = await page.act("send_message", content="when is the next live session of da-120?")
        assert receipt["settlement"] == "settled"
        await page.shows("DA-120 is hybrid")
        assert page.env.errors == []


@pytest.mark.parametrize(("channel", "words"), [("questions", "Hybrid"), ("pm-101", "PM-101 is asynchronous")])
async def test_a_channel_is_answered_unasked_and_tells_the_course(
    assistant: Assistant, shipped: KnowledgeBase, database: Database, channel: str, words: str
) -> None:
    settings = sandbox.listening_in(channel, Settings())
    async with opened(lambda now: create(assistant, settings, now, database=database), shipped.school, channel) as page:
        await page.act("send_message", content="Do I have to log in at a specific time?")
        await page.shows(words)


async def test_staff_find_questions_in_their_inbox_and_can_look_as_a_student(
    assistant: Assistant, shipped: KnowledgeBase, database: Database
) -> None:
    def make(now: Callable[[], datetime]) -> SchoolbellBot:
        return create(assistant, Settings(), now, database=database)

    async with sandbox.conversation(make, shipped.school, channel="questions", as_staff=True, starts=IN_TERM) as (
        env,
        preview,
    ):
        kim, sam = preview.viewers
        result = await kim.slash(env.guild.channels["questions"], "staff inbox")
        assert [kim.user.global_name, sam.user.global_name] == [sandbox.STAFF, sandbox.STUDENT]
        assert "is there a bicycle shed" in words(result.response)
        status = await kim.slash(env.guild.channels["questions"], "staff status")
        assert ALL_THERE in words(status.response), "there is nothing to mend in a play"
        assert not [name for name in sam.available_commands(env.guild.channels["questions"]) if "staff" in name]
        assert env.errors == []


class Ringing(commands.Bot):
    """A bot with a loop, as one that sends reminders has: when told to, it rings; and its tick waits for the gate."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__((), intents=discord.Intents.default())
        self.now = now
        self.rings: discord.abc.Messageable | None = None
        self.gate = threading.Event()
        self.gate.set()
        self.ticking = asyncio.Event()

    async def setup_hook(self) -> None:
        self.tick.start()

    async def on_message(self, message: discord.Message, /) -> None:
        if message.content == "remind me":
            self.rings = message.channel

    @tasks.loop(seconds=0.05)
    async def tick(self) -> None:
        self.ticking.set()
        await asyncio.to_thread(self.gate.wait)
        if self.rings:
            channel, self.rings = self.rings, None
            await channel.send(f"ring at {self.now():%Y-%m-%d}")


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "TICK", 0.01)


@pytest.mark.usefixtures("quick")
async def test_the_clock_runs_and_the_page_shows_what_happened(shipped: KnowledgeBase) -> None:
    async with opened(Ringing, shipped.school) as page:
        await page.act("send_message", content="remind me")
        await page.shows("ring at 2026-10-05")
        assert page.env.now() > IN_TERM


@pytest.mark.usefixtures("quick")
async def test_skip_brings_the_next_reminder_at_once(
    assistant: Assistant, shipped: KnowledgeBase, database: Database
) -> None:
    skip = sandbox.Skip()
    bots: list[SchoolbellBot] = []

    def make(now: Callable[[], datetime]) -> SchoolbellBot:
        bots.append(sandbox.with_skip(create(assistant, Settings(), now, database=database), skip))
        return bots[0]

    async with opened(make, shipped.school, skip=skip) as page:
        [bot] = bots
        [sam] = [user for user in page.env.backend.users.values() if user.name == "sam"]
        await bot.bell.follow(sam.id, "NP-210")
        [reminder] = (await bot.bell.desk.overview(sam.id, page.env.now(), limit=1)).upcoming
        skip.to = datetime.fromtimestamp(reminder.reminder.fire_at, UTC) - sandbox.JUST_BEFORE
        assert skip.to > page.env.now() + timedelta(hours=1)
        await page.shows("NP-210")
        assert page.env.now() - datetime.fromtimestamp(reminder.reminder.fire_at, UTC) < timedelta(minutes=5)
        assert page.env.errors == []


async def test_skip_says_what_it_does_and_moves_no_clock_itself(assistant: Assistant, database: Database) -> None:
    skip = sandbox.Skip()
    bot = sandbox.with_skip(create(assistant, Settings(), lambda: IN_TERM, database=database), skip)
    async with simcord.run(bot) as env:
        sam = env.create_user("sam")
        channel = env.create_guild().create_text_channel("general")
        member = env.guild.add_member(sam)
        nothing = await member.slash(channel, "skip")
        assert nothing.response
        assert nothing.response.content.startswith("You have no reminders yet.")
        assert skip.to is None

        await bot.bell.follow(sam.id, "DA-120")
        before = env.now()
        jump = await member.slash(channel, "skip")
        assert jump.response
        assert jump.response.content.startswith("I jump to just before your next reminder, which comes <t:")
        assert skip.to
        assert skip.to > IN_TERM
        assert env.now() == before
        assert "start without --channel to see it" in jump.response.content
        alone = await sam.slash("skip")
        assert "--channel" not in alone.response.content

        await bot.bell.desk.set_digest(sam.id, IN_TERM.weekday(), (IN_TERM + timedelta(minutes=9)).time(), IN_TERM)
        await bot.bell.desk.set_zone(sam.id, "UTC", IN_TERM)
        await sam.slash("skip")
        assert skip.to == IN_TERM + timedelta(minutes=9) - sandbox.JUST_BEFORE


@pytest.mark.usefixtures("quick")
async def test_an_action_on_a_view_that_was_refreshed_meanwhile_is_done(shipped: KnowledgeBase) -> None:
    async with opened(Ringing, shipped.school) as page:
        await page.act("send_message", content="remind me")
        seen = page.state
        await page.shows("ring at")
        assert page.state["publishedRevision"] > seen["publishedRevision"]
        page.state = seen
        receipt = await page.act("send_message", content="late, but here")
        assert (receipt["rejected"], receipt["settlement"]) == (False, "settled")


@pytest.mark.usefixtures("quick")
async def test_an_action_waits_for_a_tick_instead_of_failing(shipped: KnowledgeBase) -> None:
    bots: list[Ringing] = []

    def make(now: Callable[[], datetime]) -> Ringing:
        bots.append(Ringing(now))
        return bots[0]

    async with opened(make, shipped.school) as page:
        [bot] = bots
        bot.gate.clear()
        bot.ticking.clear()
        async with asyncio.timeout(20):
            await bot.ticking.wait()
        acting = asyncio.create_task(page.act("send_message", content="in the middle of a tick"))
        await page.read()
        assert not acting.done()
        bot.gate.set()
        assert (await acting)["settlement"] == "settled"


@pytest.mark.parametrize(
    ("options", "says"), [(["--channel", "#questions"], "For a reminder"), (["--as", "staff"], "writes into copies")]
)
def test_it_says_where_the_page_is_and_ends_at_ctrl_c(options: list[str], says: str) -> None:
    command = [sys.executable, "-m", "bot", "try", *options]
    root = Path(sandbox.__file__).parent.parent
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as trial:
        assert trial.stdout
        assert trial.stderr
        said = "".join(takewhile(lambda line: line != "Ctrl-C ends it.\n", trial.stdout))
        assert says in said
        [address] = re.findall(r"http://127\.0\.0\.1:\d+/", said)
        with urlopen(address) as page:  # noqa: S310 # the scheme is in the pattern
            assert b"<html" in page.read()
        trial.send_signal(signal.SIGINT)
        assert (trial.wait(timeout=20), trial.stderr.read()) == (0, "")


def test_the_desk_writes_into_copies_that_are_gone_afterwards(tmp_path: Path) -> None:
    (tmp_path / "faq.yaml").write_text("questions: []\n")
    with sandbox.copy_of(tmp_path) as folder:
        (folder / "faq.yaml").write_text("changed")
        assert [path.name for path in folder.iterdir()] == ["faq.yaml"]
    assert (tmp_path / "faq.yaml").read_text() == "questions: []\n"
    assert not folder.exists()


TERMS = [
    Term(name="Fall", starts=date(2026, 9, 8), ends=date(2026, 12, 18)),
    Term(name="Short", starts=date(2027, 1, 11), ends=date(2027, 1, 15)),
    Term(name="Spring", starts=date(2027, 1, 19), ends=date(2027, 5, 7)),
]


@pytest.mark.parametrize(
    ("now", "plays", "term"),
    [
        ("2026-10-05T16:00", "2026-10-05T16:00", None),
        ("2026-12-19T04:59", "2026-12-19T04:59", None),  # the last minute of the last day in New York
        ("2026-07-01T16:00", "2026-09-22T14:00", "Fall"),
        ("2026-12-28T16:00", "2027-01-15T15:00", "Short"),
        ("2030-01-01T16:00", "2027-02-02T15:00", "Spring"),
    ],
)
def test_the_play_begins_in_a_term(shipped: KnowledgeBase, now: str, plays: str, term: str | None) -> None:
    school = replace(shipped.school, terms={term.name: term for term in TERMS})
    begins, found = sandbox.opening(datetime.fromisoformat(now).replace(tzinfo=UTC), school)
    assert begins == datetime.fromisoformat(plays).replace(tzinfo=UTC)
    assert (found and found.name) == term


def test_without_the_packages_of_the_page_one_sentence_says_so(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sandbox, "PAGE_NEEDS", ("simcord", "no_such_package"))
    assert sandbox.run(assistant, Settings(), now=IN_TERM) == 1
    assert capsys.readouterr().err.startswith("The page needs these packages: no_such_package.")
