"""/staff status tells what is wrong and what to click."""

from __future__ import annotations

from pathlib import Path

import discord
import pytest
from simcord.actors import MemberActor
from simcord.env import Env

from bot.answering.knowledge_base import KnowledgeBase
from bot.chat.client import SchoolbellBot
from bot.store import Connection, deliveries
from bot.store.database import Database
from bot.store.records import Reminder, To
from tests.chat.conftest import Clock, School
from tests.chat.reading import ring, words

pytestmark = pytest.mark.from_files


async def status(school: School, lee: MemberActor) -> str:
    result = await lee.slash(school.general, "staff status")
    assert result.ephemeral
    return words(result.response)


async def test_files_that_are_fine_or_broken_since_when(
    school: School, lee: MemberActor, content: Path, clock: Clock, simcord_env: Env
) -> None:
    assert "✅ Both are fine." in await status(school, lee)
    clock.pass_by(hours=1)
    broken_at = int(clock().timestamp())
    good = (content / "faq.yaml").read_text(encoding="utf-8")
    (content / "faq.yaml").write_text(good.replace("    id: login-time\n", "    id login-time\n"), encoding="utf-8")
    await simcord_env.advance_time(7)
    clock.pass_by(hours=1)
    said = await status(school, lee)
    assert "faq.yaml cannot be used as it is" in said
    assert f"faq.yaml: broken since <t:{broken_at}:R>" in said

    (content / "faq.yaml").write_text(good.replace("at a specific time?", "at a set time?", 1), encoding="utf-8")
    await simcord_env.advance_time(7)
    said = await status(school, lee)
    assert "broken since" not in said
    assert f"The last change was taken up <t:{int(clock().timestamp())}:R>" in said


async def test_the_next_reminders_without_anybodys_name_or_own_deadline(
    school: School, lee: MemberActor, clock: Clock, simcord_env: Env
) -> None:
    assert "None: nothing is coming up" in await status(school, lee)
    bot = simcord_env.bot
    assert isinstance(bot, SchoolbellBot)
    for who in (school.ann, school.bo):
        await bot.bell.follow(who.id, "DA-120")
    school.guild.create_text_channel("da-120")
    clock.pass_by(days=2)  # to the Saturday before a Monday's deadline
    await ring(simcord_env)
    said = await status(school, lee)
    assert "DA-120 Workbook, to 2 people and 1 channel" in said
    assert "✅ None is overdue." in said
    assert "ann" not in said.casefold().split()


async def test_overdue_and_undelivered_reminders_are_counted_by_course(
    school: School, lee: MemberActor, clock: Clock, database: Database
) -> None:
    now = int(clock().timestamp())

    def plan_and_fail(unit: Connection) -> None:
        wanted = [
            Reminder(
                to=To.PERSON, recipient=7, course="WR-110", occurrence=f"WR-110/x{number}", starts_at=now + 9000,
                rule="60", fire_at=now - 600, expires_at=now + 9000,
            )
            for number in range(3)
        ]  # fmt: skip
        deliveries.reconcile(unit, To.PERSON, [7], wanted, now - 700)
        (taken,) = deliveries.claim(unit, "somebody", 1, 600, now)
        deliveries.failed(unit, taken.id, "somebody")

    await database.run(plan_and_fail)
    said = await status(school, lee)
    assert f"**Overdue:** 2, the oldest since <t:{now - 600}:R>" in said
    assert "**Not delivered in the last 7 days:** WR-110 1." in said


async def test_what_the_server_lacks_is_told_with_what_to_click(
    school: School, lee: MemberActor, simcord_env: Env
) -> None:
    bot_role = school.guild.roles["TestBot"]
    simcord_env.backend.guilds[school.guild.id].roles[bot_role.id].permissions = 0
    everyone = school.guild.default_role
    school.guild.create_text_channel("pm-101", overwrites={everyone: discord.PermissionOverwrite(send_messages=False)})
    school.guild.create_role("DA-120 students")
    school.guild.create_category("HR-150")
    said = await status(school, lee)
    assert "There is no channel **#hr-150**, **#da-120**" in said
    assert "There is no role **@PM-101 students**" in said
    assert "I cannot ping **@DA-120 students**" in said
    assert "switch on *Allow anyone to @mention this role*" in said
    assert "I lack: *Send Messages*" in said
    assert "Anybody can invite me to a server of their own" in said


async def test_a_server_that_lacks_nothing(
    school: School, lee: MemberActor, simcord_env: Env, shipped: KnowledgeBase
) -> None:
    bot = simcord_env.bot
    assert bot.application is not None
    bot.application.bot_public = False
    for course in shipped.courses.values():
        if course.channel != "pmp-200":
            school.guild.create_text_channel(course.channel or "")
        school.guild.create_role(course.role or "", mentionable=True)
    for name in ("ask-sps", "staff"):
        school.guild.create_text_channel(name)
    said = await status(school, lee)
    assert "✅ I can post, ping and read wherever the files want me to" in said
    assert "Schoolbell 0.1.0" in said
