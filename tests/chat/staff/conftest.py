"""The school's server with a member of staff who sees /staff there."""

from __future__ import annotations

import discord
import pytest
from simcord.actors import MemberActor
from simcord.env import Env

from tests.chat.conftest import School


@pytest.fixture
def lee(school: School, simcord_env: Env) -> MemberActor:
    """Staff, who may manage the server."""
    office = school.guild.create_role("Office", permissions=discord.Permissions(manage_guild=True))
    return school.guild.add_member(simcord_env.create_user("lee"), roles=[office])
