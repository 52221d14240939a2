"""A server that the bot joins is told once what is missing there; where it is not wanted, it leaves."""

from __future__ import annotations

from collections.abc import Callable

import discord
import pytest
from simcord.builders import GuildHandle
from simcord.env import Env

from bot.assistant import Assistant
from bot.chat.client import SchoolbellBot, create
from bot.settings import Settings
from bot.store.database import Database
from tests.chat.conftest import Clock, School
from tests.chat.reading import words


async def joined(env: Env, guild: GuildHandle) -> None:
    """Tell the bot that it has joined a server which has channels already."""
    await env.settle()
    server = env.bot.get_guild(guild.id)
    env.bot.dispatch("guild_join", server)
    await env.settle()


async def test_a_server_is_greeted_once_where_the_bot_may_write(
    simcord_env: Env, make_bot: Callable[[], SchoolbellBot]
) -> None:
    guild = simcord_env.create_guild("Other school")
    closed = discord.PermissionOverwrite(send_messages=False)
    rules = guild.create_text_channel("rules", overwrites={guild.roles["TestBot"]: closed})
    lobby = guild.create_text_channel("lobby")
    await joined(simcord_env, guild)
    (greeting,) = lobby.history()
    assert rules.history() == []
    assert "There is no channel **#pm-101**" in words(greeting)
    assert "</staff status:" in words(greeting)
    assert "Anybody can invite me" not in words(greeting)
    assert greeting.flags.suppress_notifications
    await simcord_env.restart_bot(make_bot())
    await simcord_env.advance_time(5)
    assert len(lobby.history()) == 1


async def test_a_server_in_which_the_bot_may_write_nowhere_is_left_alone(simcord_env: Env) -> None:
    guild = simcord_env.create_guild("Other school")
    closed = discord.PermissionOverwrite(send_messages=False)
    rules = guild.create_text_channel("rules", overwrites={guild.roles["TestBot"]: closed})
    sent = len(simcord_env.http_requests)
    await joined(simcord_env, guild)
    assert rules.history() == []
    assert len(simcord_env.http_requests) == sent


@pytest.mark.parametrize("event", ["guild_join", "guild_available"])
async def test_the_bot_leaves_a_server_that_the_operator_has_not_named(
    school: School, assistant: Assistant, settings: Settings, clock: Clock, database: Database, event: str
) -> None:
    elsewhere = school.env.create_guild("Somebody's server")
    lobby = elsewhere.create_text_channel("lobby")
    ours = settings.model_copy(update={"servers": frozenset({school.guild.id})})
    await school.env.restart_bot(create(assistant, ours, clock, database=database))
    for guild in (school.guild, elsewhere):
        school.env.bot.dispatch(event, school.env.bot.get_guild(guild.id))
    await school.env.settle()
    assert [guild.id for guild in school.env.bot.guilds] == [school.guild.id]
    assert lobby.history() == []
