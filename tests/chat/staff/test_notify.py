"""/staff notify posts once what was previewed, and pings exactly whom the preview said."""

from __future__ import annotations

from collections.abc import Callable

import discord
import pytest
from simcord.actors import MemberActor
from simcord.builders import RoleHandle
from simcord.env import Env
from simcord.results import InteractionResult

from bot.chat.client import SchoolbellBot
from tests.chat.conftest import School
from tests.chat.reading import labels, last, seen, words

TEXT = "Class is in **room 4** today, @everyone"


@pytest.fixture
def role(school: School) -> RoleHandle:
    return school.guild.create_role("PMP-200 students", mentionable=True)


async def previewed(school: School, lee: MemberActor, message: str = TEXT) -> InteractionResult:
    return await lee.slash(school.general, "staff notify", course="PMP-200", message=message)


async def test_what_was_previewed_is_posted_and_pings_the_one_role(
    school: School, lee: MemberActor, role: RoleHandle
) -> None:
    preview = await previewed(school, lee)
    assert preview.ephemeral
    assert f"This will be posted in {school.pmp.mention}" in words(preview.response)
    assert f"It pings everybody who has the role {role.mention}, and nobody else." in words(preview.response)
    assert f"{role.mention} **PMP-200:** {TEXT}" in words(preview.response)
    assert school.pmp.history() == []

    await lee.click(seen(preview), label="Send it")
    posted = last(school.pmp)
    assert posted.content == f"{role.mention} **PMP-200:** {TEXT}\n-# From lee"
    assert [one.id for one in posted.role_mentions] == [role.id]
    assert not posted.mention_everyone
    assert words(preview.response) == f"✅ Posted in {school.pmp.mention}: {posted.jump_url}"
    assert labels(preview.response) == []
    await school.ann.click(posted, label="Remind me")
    assert await school.env.bot.bell.following(school.ann.id) == ("PMP-200",)  # type: ignore[attr-defined]


async def test_a_message_of_nothing_but_blanks_is_not_even_previewed(school: School, lee: MemberActor) -> None:
    refused = await previewed(school, lee, "  ")
    assert words(refused.response).startswith("Write what to tell them under `message`")


@pytest.mark.parametrize("restarts", [False, True])
async def test_a_second_click_posts_nothing_more(
    school: School,
    lee: MemberActor,
    role: RoleHandle,
    simcord_env: Env,
    make_bot: Callable[[], SchoolbellBot],
    restarts: bool,
) -> None:
    preview = await previewed(school, lee)
    simcord_env.inject_error("PATCH", "/webhooks/*/*/messages/@original", status=404)
    await lee.click(seen(preview), label="Send it")
    assert labels(preview.response) == ["Send it", "Cancel"], "the bot died before it said so"
    if restarts:
        await simcord_env.restart_bot(make_bot())
    await lee.click(seen(preview), label="Send it")
    assert words(preview.response).startswith(f"✅ It is posted in {school.pmp.mention} already: https://")
    assert len(school.pmp.history()) == 1


async def test_a_click_while_it_is_being_posted_posts_nothing_more(school: School, lee: MemberActor) -> None:
    preview = await previewed(school, lee)
    bot = school.env.bot
    assert isinstance(bot, SchoolbellBot)
    bot.being_posted.add(seen(preview).id)
    result = await lee.click(seen(preview), label="Send it")
    assert words(result.response) == "It is just being posted."
    assert school.pmp.history() == []


async def test_cancelling_posts_nothing(school: School, lee: MemberActor) -> None:
    preview = await previewed(school, lee)
    await lee.click(seen(preview), label="Cancel")
    assert words(preview.response) == "Nothing was posted."
    assert school.pmp.history() == []


async def test_whom_it_would_not_ping_is_said_and_so_it_is(
    school: School, lee: MemberActor, simcord_env: Env, make_bot: Callable[[], SchoolbellBot]
) -> None:
    without = await previewed(school, lee)
    assert "It pings nobody: there is no role **@PMP-200 students**" in words(without.response)

    school.guild.create_role("PMP-200 students")
    mine = discord.Permissions(view_channel=True, send_messages=True, read_message_history=True)
    simcord_env.backend.guilds[school.guild.id].roles[school.guild.roles["TestBot"].id].permissions = mine.value
    await simcord_env.restart_bot(make_bot())
    mute = await previewed(school, lee)
    assert "It pings nobody: I may not mention the role **@PMP-200 students**" in words(mute.response)
    await lee.click(seen(mute), label="Send it")
    assert last(school.pmp).content == f"**PMP-200:** {TEXT}\n-# From lee"


async def test_a_role_that_came_after_the_preview_is_not_pinged_unseen(school: School, lee: MemberActor) -> None:
    preview = await previewed(school, lee)
    school.guild.create_role("PMP-200 students", mentionable=True)
    result = await lee.click(seen(preview), label="Send it")
    assert words(result.response).startswith("courses.yaml or the server has changed since this preview.")
    assert school.pmp.history() == []


async def test_a_channel_that_is_closed_to_the_bot_can_be_opened_and_tried_again(
    school: School, lee: MemberActor, simcord_env: Env
) -> None:
    preview = await previewed(school, lee)
    simcord_env.inject_error("POST", "/channels/*/messages", status=403, code=50013)
    refused = await lee.click(seen(preview), label="Send it")
    assert words(refused.followups[0]).startswith(f"I am not allowed to post in {school.pmp.mention}.")
    await lee.click(seen(preview), label="Send it")
    assert len(school.pmp.history()) == 1


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"course": "DA-120", "message": "x"}, "There is no channel **#da-120** in this server"),
        ({"course": "nonsense nowhere", "message": "x"}, "I know no course by that name."),
        ({"course": "PMP-200"}, "Write what to tell them under `message`"),
        ({"course": "PA-500", "test": True}, "A sample of each text about **PA-500**"),
    ],
)
async def test_what_cannot_be_posted_says_why(
    school: School, lee: MemberActor, options: dict[str, object], said: str
) -> None:
    result = await lee.slash(school.general, "staff notify", **options)
    assert words(result.response).startswith(said)
    assert result.ephemeral


async def test_samples_are_the_real_words_and_only_for_staff(school: School, lee: MemberActor) -> None:
    result = await lee.slash(school.general, "staff notify", course="PMP-200", test=True)
    session, deadline, notice, overview = (words(sample) for sample in result.followups)
    assert session.startswith("**PMP-200: Live session** starts <t:")
    assert "Attendance is expected." in session
    assert deadline.startswith("**PMP-200: Application to sit the exam** is due <t:")
    assert notice.startswith("**PMP-200: Live session** has moved: it starts **<t:")
    assert "PMP-200" in overview
    assert labels(result.followups[0]) == ["Snooze 15 min", "Snooze 1 h", "Snooze 1 day", "Done"]
    assert school.general.history(viewer=school.ann) == []
