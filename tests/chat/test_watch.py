"""What looks again and again goes on after a look that failed, and only as long as it is wanted."""

from __future__ import annotations

import pytest
from simcord.env import Env

from bot.assistant import Assistant
from bot.chat.client import SchoolbellBot
from bot.chat.watch import Watch
from bot.settings import Settings
from bot.store.database import Database
from tests.chat.conftest import Clock


class Stumbling(Watch):
    """Fails at its second look."""

    interval = 2.0
    looks = 0

    async def look(self) -> None:
        self.looks += 1
        if self.looks == 2:
            raise ValueError


class Watched(SchoolbellBot):
    async def setup_hook(self) -> None:
        await super().setup_hook()
        await self.add_cog(Stumbling(self))


@pytest.fixture
def simcord_bot(assistant: Assistant, settings: Settings, clock: Clock, database: Database) -> SchoolbellBot:
    return Watched(assistant, settings, clock, database, None)


async def test_a_look_that_fails_is_logged_and_the_next_one_comes(
    simcord_env: Env, caplog: pytest.LogCaptureFixture
) -> None:
    assert isinstance(simcord_env.bot, Watched)
    watch = simcord_env.bot.get_cog(Stumbling.__name__)
    assert isinstance(watch, Stumbling)
    await simcord_env.advance_time(9)
    assert watch.looks > 3
    assert "in=Stumbling error=ValueError" in caplog.text

    await simcord_env.bot.remove_cog(Stumbling.__name__)
    before = watch.looks
    await simcord_env.advance_time(7)
    assert watch.looks == before
