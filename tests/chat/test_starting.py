"""Starting and stopping, against a small stand-in of Discord's addresses on this machine."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import discord
import pytest
import simcord
from aiohttp import WSMsgType, web
from discord.gateway import DiscordWebSocket
from discord.http import Route
from pydantic import SecretStr
from simcord.env import Env
from yarl import URL

from bot.answering.knowledge_base import KnowledgeBase
from bot.assistant import Assistant
from bot.chat import client
from bot.chat.client import SchoolbellBot, run
from bot.chat.staff.servers import lacking
from bot.settings import Settings
from bot.store.database import Database
from tests.chat.conftest import Clock

TOKEN = "bot.token.for-tests"  # noqa: S105 # opens nothing
ME = {"id": "1", "username": "Schoolbell", "discriminator": "0", "avatar": None, "bot": True, "public_flags": 0}
APPLICATION = {
    "id": "1",
    "name": "Schoolbell",
    "description": "",
    "icon": None,
    "bot_public": True,
    "bot_require_code_grant": False,
    "owner": ME,
    "verify_key": "",
    "flags": 0,
}


def _json(value: object, status: int = 200) -> web.Response:
    """Discord names no charset, and discord.py takes nothing else for JSON."""
    return web.Response(body=json.dumps(value).encode(), status=status, content_type="application/json")


class StandIn:
    """Answers the requests of a start.

    `logins`: the status of each log-in; "reset" cuts the connection (aiohttp tries that once more by itself).

    `greeting`: what the gateway does once the bot has said who it is: a code closes the connection, None lets it in
    and then tells this process to stop.
    """

    def __init__(self) -> None:
        self.logins: list[int | str] = []
        self.greeting: int | None = None
        self.tokens: list[str] = []

    async def me(self, request: web.Request) -> web.StreamResponse:
        self.tokens.append(request.headers["Authorization"])
        status = self.logins.pop(0) if self.logins else 200
        if not isinstance(status, int):
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        return _json(ME if status == 200 else {"message": "no"}, status=status)

    async def application(self, _: web.Request) -> web.Response:
        return _json(APPLICATION)

    async def commands(self, request: web.Request) -> web.Response:
        return _json([])

    async def gateway(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"op": 10, "d": {"heartbeat_interval": 45_000}})
        async for message in socket:
            if message.type is WSMsgType.TEXT and json.loads(message.data)["op"] == 2:
                await self._greet(socket)
        return socket

    async def _greet(self, socket: web.WebSocketResponse) -> None:
        if self.greeting is not None:
            await socket.close(code=self.greeting)
            return
        ready: dict[str, Any] = {"v": 10, "user": ME, "guilds": [], "session_id": "s", "shard": [0, 1]}
        ready |= {"resume_gateway_url": "ws://127.0.0.1", "application": {"id": "1", "flags": 0}}
        await socket.send_json({"op": 0, "t": "READY", "s": 1, "d": ready})
        os.kill(os.getpid(), signal.SIGTERM)


@pytest.fixture
def discord_here(monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    """Let discord.py find the stand-in where it looks for Discord; it runs in a thread of its own."""
    stand_in = StandIn()
    loop = asyncio.new_event_loop()
    app = web.Application()
    app.router.add_get("/api/users/@me", stand_in.me)
    app.router.add_get("/api/oauth2/applications/@me", stand_in.application)
    app.router.add_route("*", "/api/applications/1/commands", stand_in.commands)
    app.router.add_get("/", stand_in.gateway)
    runner = web.AppRunner(app)
    loop.run_until_complete(runner.setup())
    site = web.TCPSite(runner, "127.0.0.1", 0)
    loop.run_until_complete(site.start())
    port = runner.addresses[0][1]
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    monkeypatch.setattr(Route, "BASE", f"http://127.0.0.1:{port}/api")
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", URL(f"ws://127.0.0.1:{port}/"))
    monkeypatch.setattr(client, "FIRST_PAUSE", 0.01)
    yield stand_in
    asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result()
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    state = tmp_path / "state"
    return Settings(discord_token=SecretStr(TOKEN), message_content=True, answer_channels=frozenset(), state_dir=state)


@pytest.fixture
def start(
    assistant: Assistant, settings: Settings, clock: Clock, caplog: pytest.LogCaptureFixture
) -> Iterator[Callable[[], int]]:
    with caplog.at_level(logging.INFO):
        yield lambda: run(assistant, settings, clock)


def test_a_wrong_token_is_said_in_a_sentence_and_not_tried_again(
    discord_here: StandIn, start: Callable[[], int], caplog: pytest.LogCaptureFixture
) -> None:
    discord_here.logins = [401]

    assert start() == 1
    assert discord_here.tokens == [f"Bot {TOKEN}"]
    assert caplog.messages[-1].startswith("Discord refuses the token, so I cannot log in.")
    assert TOKEN not in caplog.text


def test_an_outage_is_waited_out(
    discord_here: StandIn, start: Callable[[], int], caplog: pytest.LogCaptureFixture
) -> None:
    discord_here.logins = [503, "reset", "reset", 401]

    assert start() == 1
    assert not discord_here.logins
    assert [line for line in caplog.messages if line.startswith("Discord cannot be reached")] == [
        "Discord cannot be reached (503). I try again in 0 seconds.",
        "Discord cannot be reached (ServerDisconnectedError). I try again in 0 seconds.",
    ]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (4014, "MESSAGE_CONTENT is switched on here but not in Discord's developer portal."),
        (4004, "Discord refuses the token"),
        (4013, "Discord closed the connection for good (code 4013)."),
    ],
)
def test_a_refusal_by_the_gateway_is_said_in_a_sentence(
    discord_here: StandIn, start: Callable[[], int], caplog: pytest.LogCaptureFixture, code: int, said: str
) -> None:
    discord_here.greeting = code

    assert start() == 1
    assert caplog.messages[-1].startswith(said)
    assert "Traceback" not in caplog.text


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no SIGTERM")
def test_sigterm_stops_the_bot_cleanly(
    discord_here: StandIn, start: Callable[[], int], caplog: pytest.LogCaptureFixture
) -> None:
    assert start() == 0
    assert caplog.messages[0].startswith("starting tzdata=20")
    assert caplog.messages[-1] == "stopped"


def test_a_second_process_is_said_in_a_sentence(
    settings: Settings, start: Callable[[], int], caplog: pytest.LogCaptureFixture
) -> None:
    settings.state_dir.mkdir()
    with closing(Database.open(settings.state_dir / "schoolbell.sqlite3")):
        assert start() == 1
    assert "is in use by another process of this bot. Stop that one first" in caplog.messages[-1]


def test_a_state_folder_that_cannot_be_made_is_said_in_a_sentence(
    settings: Settings, start: Callable[[], int], caplog: pytest.LogCaptureFixture
) -> None:
    settings.state_dir.write_text("a file")
    assert start() == 1
    assert f"The folder {settings.state_dir} cannot be made" in caplog.messages[-1]


def test_a_missing_token_is_said_in_a_sentence(
    assistant: Assistant, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    assert run(assistant, Settings(discord_token=SecretStr(" ")), clock) == 1
    assert caplog.messages[-1].startswith("There is no token")


async def _do_nothing(_: discord.Interaction) -> None:
    pass


async def test_commands_are_published_only_when_they_changed(
    simcord_env: Env, make_bot: Callable[[], SchoolbellBot]
) -> None:
    def published() -> int:
        return sum(request.method == "PUT" for request in simcord_env.http_requests)

    assert published() == 1
    await simcord_env.restart_bot(make_bot())
    assert published() == 1

    for command in simcord_env.backend.commands[None].values():
        permissions = command["default_member_permissions"]
        command["default_member_permissions"] = permissions and str(permissions)  # as Discord writes them
    await simcord_env.restart_bot(make_bot())
    assert published() == 1

    newer = make_bot()
    newer.tree.command(name="more", description="One more command")(_do_nothing)
    await simcord_env.restart_bot(newer)
    assert published() == 2


@pytest.mark.parametrize(
    ("channels", "heard", "warned"), [({"questions"}, False, True), ({"questions"}, True, False), (set(), False, False)]
)
async def test_the_operator_is_told_that_listed_channels_need_the_intent(
    assistant: Assistant,
    clock: Clock,
    database: Database,
    caplog: pytest.LogCaptureFixture,
    channels: set[str],
    heard: bool,
    warned: bool,
) -> None:
    settings = Settings(answer_channels=frozenset(channels), message_content=heard)
    async with simcord.run(client.create(assistant, settings, clock, database=database)):
        pass

    assert ("nothing is heard there without MESSAGE_CONTENT=true" in caplog.text) is warned


async def test_the_operator_is_told_what_a_server_lacks(
    simcord_env: Env, shipped: KnowledgeBase, caplog: pytest.LogCaptureFixture
) -> None:
    guild = simcord_env.create_guild("Other")
    guild.create_text_channel("pm-101")
    guild.create_role("pm-101 STUDENTS")
    await simcord_env.settle()
    server = simcord_env.bot.get_guild(guild.id)
    assert server is not None

    assert f"server_lacks guild={guild.id} channels=pmp-200," in caplog.text
    channels, roles = lacking(server, shipped, ["questions"])
    assert channels == (
        "channels=pmp-200, hr-150, da-120, wr-110, pa-500, np-210, ask-sps, questions: "
        "the files or ANSWER_CHANNELS name them. Create them, or correct the names."
    )
    assert roles.startswith("roles=PMP-200 students, HR-150 students,")


async def test_the_operator_is_told_of_roles_that_reminders_cannot_ping(
    simcord_env: Env, make_bot: Callable[[], SchoolbellBot], shipped: KnowledgeBase
) -> None:
    guild = simcord_env.create_guild("Other")
    guild.create_role("DA-120 students")
    guild.create_role("PM-101 students", mentionable=True)

    async def told() -> bool:
        await simcord_env.restart_bot(make_bot())
        server = simcord_env.bot.get_guild(guild.id)
        assert server is not None
        return any(one.startswith("roles=DA-120 students: I cannot mention") for one in lacking(server, shipped, []))

    assert not await told()
    for role in (guild.roles["TestBot"], guild.default_role):
        simcord_env.backend.guilds[guild.id].roles[role.id].permissions = 0
    assert await told()
