"""Stands in for Discord's REST on this machine, in a process of its own, and remembers all that reached it.

python -m benchmarks.reminders_stand_in '{"seed": 1}'

It prints its port and serves until it is ended. A person's direct messages are the channel `channel_of(person)`.
"""

from __future__ import annotations

import asyncio
import json
import random
import re
import subprocess
import sys
import time
from collections import Counter, OrderedDict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from aiohttp import web

ROOT = Path(__file__).parents[1]
PEOPLE = 100_000_000_000_000_000
CHANNELS = 200_000_000_000_000_000
EPOCH = 1_420_070_400_000
BOT = {"id": "300000000000000000", "username": "bell", "discriminator": "0", "avatar": None, "bot": True}
APP = {"id": "1", "name": "bell", "description": "", "icon": None, "bot_public": True, "bot_require_code_grant": False}

DROPPED, RESET, STALLED = "answer dropped after the work", "connection reset", "answer later than anybody waits"
BAD_GATEWAY, BAD_GATEWAY_AFTER, UNAVAILABLE, TOO_MANY = "502", "502 after the work", "503", "429"
FAULTS = (DROPPED, DROPPED, RESET, STALLED, BAD_GATEWAY, BAD_GATEWAY_AFTER, UNAVAILABLE, TOO_MANY)


@dataclass(frozen=True, kw_only=True)
class Rules:
    """How this Discord behaves. `nonce_memory` and `stall` are in seconds, `limit` in requests a second.

    `closed`: every so-many-th person takes no direct messages; 0: all do.
    """

    seed: int = 1
    faults: float = 0.0
    nonce_memory: float = 60.0
    stall: float = 20.0
    limit: int | None = None
    closed: int = 0


@dataclass(kw_only=True)
class Seen:
    """All that reached Discord: messages as (channel, what it is about, when), refusals and openings by person.

    `words` counts the texts of messages, without the moments that they name.
    """

    messages: list[tuple[int, str, float]] = field(default_factory=list)
    refused: Counter[int] = field(default_factory=Counter)
    opened: Counter[int] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    histories: int = 0
    repeats: int = 0
    over_limit: int = 0
    requests: int = 0
    words: Counter[str] = field(default_factory=Counter)


def person(number: int) -> int:
    """The id of a person, counted from 0."""
    return PEOPLE + number


def channel_of(who: int) -> int:
    """The channel of a person's direct messages."""
    return who - PEOPLE + CHANNELS


def takes_messages(who: int, closed: int) -> bool:
    """Tell whether a person's direct messages are open, if every `closed`-th person's are not."""
    return not closed or (who - PEOPLE) % closed != 0


class StandIn:
    """The state of this Discord and its handlers."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.seen = Seen()
        self.away_until = 0.0
        self._chance = random.Random(rules.seed)
        self._channels: dict[int, list[dict[str, Any]]] = {}
        self._nonces: OrderedDict[str, tuple[dict[str, Any], float]] = OrderedDict()
        self._lately: deque[float] = deque()
        self._last_id = 0

    def app(self) -> web.Application:
        """The routes that the bot's sender uses, and three by which a benchmark watches and disturbs."""
        app = web.Application()
        api = "/api/v10"
        app.add_routes(
            [
                web.get(f"{api}/users/@me", self._me),
                web.get(f"{api}/oauth2/applications/@me", self._application),
                web.post(f"{api}/users/@me/channels", self._open),
                web.post(f"{api}/channels/{{channel}}/messages", self._post),
                web.get(f"{api}/channels/{{channel}}/messages", self._history),
                web.get("/count", self._count),
                web.get("/seen", self._all),
                web.post("/away/{seconds}", self._away),
            ]
        )
        return app

    async def _me(self, _: web.Request) -> web.StreamResponse:
        return _json(BOT)

    async def _application(self, _: web.Request) -> web.StreamResponse:
        return _json({**APP, "owner": BOT, "verify_key": ""})

    async def _open(self, request: web.Request) -> web.StreamResponse:
        who = int((await request.json())["recipient_id"])

        def work() -> web.Response:
            self.seen.opened[who] += 1
            return _json({"id": str(channel_of(who)), "type": 1, "recipients": [{**BOT, "id": str(who)}]})

        return await self._served(request, work)

    async def _post(self, request: web.Request) -> web.StreamResponse:
        channel, body = int(request.match_info["channel"]), await request.json()
        return await self._served(request, lambda: self._posted(channel, body))

    def _posted(self, channel: int, body: dict[str, Any]) -> web.Response:
        who = channel - CHANNELS + PEOPLE
        if not takes_messages(who, self.rules.closed):
            self.seen.refused[who] += 1
            return _json({"code": 50007, "message": "Cannot send messages to this user"}, status=403)
        now = time.time()
        while self._nonces and next(iter(self._nonces.values()))[1] < now - self.rules.nonce_memory:
            self._nonces.popitem(last=False)
        nonce = str(body["nonce"]) if body.get("enforce_nonce") else ""
        if nonce in self._nonces:
            self.seen.repeats += 1
            return _json(self._nonces[nonce][0])
        self._last_id = max(self._last_id + 1, (int(now * 1000) - EPOCH) << 22)
        message = {
            "id": str(self._last_id),
            "type": 0,
            "channel_id": str(channel),
            "author": BOT,
            "content": body["content"],
            "timestamp": datetime.fromtimestamp(now, UTC).isoformat(),
            "edited_timestamp": None,
            "tts": False,
            "mention_everyone": False,
            "mentions": [],
            "mention_roles": [],
            "attachments": [],
            "embeds": [],
            "pinned": False,
            "flags": body.get("flags", 0),
            "components": body.get("components", []),
        }
        self._channels.setdefault(channel, []).append(message)
        self.seen.messages.append((channel, str(body["content"]).split("**")[1], now))
        self.seen.words[re.sub(r"<t:\d+", "<t:", str(body["content"]))] += 1
        if nonce:
            self._nonces[nonce] = message, now
        return _json(message)

    async def _history(self, request: web.Request) -> web.StreamResponse:
        channel = int(request.match_info["channel"])
        before = int(request.query.get("before", 1 << 63))
        limit = int(request.query.get("limit", 50))

        def work() -> web.Response:
            self.seen.histories += 1
            older = [one for one in reversed(self._channels.get(channel, [])) if int(one["id"]) < before]
            return _json(older[:limit])

        return await self._served(request, work)

    async def _served(self, request: web.Request, work: Any) -> web.StreamResponse:
        """Do the work, or not, and answer, or not, as chance will have it."""
        self.seen.requests += 1
        if wait := self._too_fast():
            self.seen.over_limit += 1
            return _too_many(wait, everywhere=True)
        fault = None
        if time.time() < self.away_until:
            fault = DROPPED
        elif self._chance.random() < self.rules.faults:
            fault = self._chance.choice(FAULTS)
        if fault:
            self.seen.faults[fault] += 1
        match fault:
            case "connection reset":
                return _broken(request)
            case "502" | "503":
                return _json({"message": fault, "code": 0}, status=int(fault))
            case "429":
                return _too_many(0.3, everywhere=False)
        answer: web.Response = work()
        match fault:
            case "answer dropped after the work":
                return _broken(request)
            case "502 after the work":
                return _json({"message": "502", "code": 0}, status=502)
            case "answer later than anybody waits":
                await asyncio.sleep(self.rules.stall)
        return answer

    def _too_fast(self) -> float:
        """Return how long to wait, if there were more requests within a second than are allowed."""
        if self.rules.limit is None:
            return 0.0
        now = time.monotonic()
        while self._lately and self._lately[0] <= now - 1:
            self._lately.popleft()
        if len(self._lately) >= self.rules.limit:
            return 1 - (now - self._lately[0])
        self._lately.append(now)
        return 0.0

    async def _count(self, _: web.Request) -> web.StreamResponse:
        return _json({"messages": len(self.seen.messages), "refused": self.seen.refused.total()})

    async def _all(self, _: web.Request) -> web.StreamResponse:
        return _json(vars(self.seen))

    async def _away(self, request: web.Request) -> web.StreamResponse:
        self.away_until = time.time() + float(request.match_info["seconds"])
        return _json({})


def _json(value: object, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    # discord.py reads JSON only if this header says exactly so, without a charset.
    return web.Response(
        body=json.dumps(value).encode(), status=status, content_type="application/json", headers=headers
    )


def _too_many(seconds: float, *, everywhere: bool) -> web.Response:
    # Without Via, discord.py takes it for a ban by Cloudflare.
    body = {"message": "You are being rate limited.", "retry_after": seconds, "global": everywhere}
    return _json(body, status=429, headers={"Via": "1.1 stand-in", "Retry-After": str(seconds)})


def _broken(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


async def serve(rules: Rules) -> None:
    """Serve on a free port of this machine alone, until the standard input ends."""
    runner = web.AppRunner(StandIn(rules).app(), access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)  # so it ends with whoever started it
    await runner.cleanup()


class Watch:
    """What a benchmark sees of the stand-in, and does to it."""

    def __init__(self, port: int) -> None:
        self.port = port

    def count(self) -> int:
        """Messages and refusals so far."""
        return sum(self._ask("GET", "/count").values())

    def seen(self) -> Seen:
        """All that reached it."""
        found = self._ask("GET", "/seen")
        found["messages"] = [(int(channel), str(about), float(at)) for channel, about, at in found["messages"]]
        for name in ("refused", "opened"):
            found[name] = Counter({int(who): count for who, count in found[name].items()})
        found["faults"] = Counter(found["faults"])
        return Seen(**found)

    def away(self, seconds: float) -> None:
        """Let it do all the work and answer nothing for so long."""
        self._ask("POST", f"/away/{seconds}")

    def _ask(self, method: str, path: str) -> dict[str, Any]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path)
            found: dict[str, Any] = json.loads(connection.getresponse().read())
        finally:
            connection.close()
        return found


@contextmanager
def stand_in(rules: Rules) -> Iterator[Watch]:
    """Start the stand-in, and end it."""
    command = [sys.executable, "-m", "benchmarks.reminders_stand_in", json.dumps(asdict(rules))]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout
        try:
            yield Watch(int(process.stdout.readline()))
        finally:
            process.kill()


if __name__ == "__main__":
    asyncio.run(serve(Rules(**json.loads(sys.argv[1]))))
