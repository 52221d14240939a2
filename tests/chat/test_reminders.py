"""Reminders as students meet them: asked for with a button, sent by the bell, put off, done and stopped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path

import discord
import pytest
from simcord.results import InteractionResult

from bot.answering.knowledge_base import KnowledgeBase
from bot.assistant import Assistant
from bot.chat import custom_ids
from bot.chat.client import SchoolbellBot, create
from bot.content.model import Deadline, Weekly
from bot.settings import Settings
from bot.store import Connection, deliveries
from bot.store.database import Database
from bot.store.records import State
from bot.store.tables import delivery
from tests.chat.conftest import Clock, School
from tests.chat.reading import labels, last, ring, seen, words

MISSED = "What happens if I miss a live session?"
WORKBOOK = "**DA-120: Workbook** is due <t:1790600400:F> (<t:1790600400:R>)."
WORKBOOK_REMINDER = datetime(2026, 9, 27, 13, 1, tzinfo=UTC)
"""A minute after the reminder of it that comes a day before."""
CLOSED = {"status": 403, "code": 50007, "message": "Cannot send messages to this user"}


async def follow(school: School, course: str) -> InteractionResult:
    """Ann presses Remind me on a course's card."""
    card = await school.ann.slash(school.general, "course", course=course)
    return await school.ann.click(seen(card), label="Remind me")


def recorded_as_being_sent(unit: Connection) -> None:
    """The process died after Discord had the message, and before that was written down."""
    sent = delivery.update().where(delivery.c.state == State.SENT)
    unit.execute(sent.values(state=State.SENDING, owner="dead", lease_until=delivery.c.sent_at + 60, message=None))


async def test_a_reminder_arrives_is_put_off_arrives_again_and_is_done(school: School, clock: Clock) -> None:
    said = await follow(school, "DA-120")
    dm = school.ann.user.dm_channel
    await ring(school.env)

    assert said.ephemeral
    assert words(said.response).startswith(
        "I remind you of **DA-120** by direct message: 1 day and 15 minutes before each live session, and 1 week, "
        "1 day and 2 hours before each deadline. The next reminder: <t:"
    )
    assert not dm.history()

    clock.moment = WORKBOOK_REMINDER
    await ring(school.env)
    reminder = last(dm)
    assert words(reminder) == WORKBOOK
    assert labels(reminder) == ["Snooze 15 min", "Snooze 1 h", "Snooze 1 day", "Done"]

    await school.ann.user.click(reminder, label="Snooze 1 h")
    assert words(last(dm)).endswith(f"-# Snoozed until <t:{int(clock().timestamp()) + 3600}:f>.")
    clock.pass_by(minutes=59)
    await ring(school.env)
    assert last(dm) == reminder
    clock.pass_by(minutes=1)
    await ring(school.env)
    assert last(dm) != reminder

    await school.ann.user.click(last(dm), label="Done")
    assert words(last(dm)).endswith("-# Done: no more reminders of this one.")
    count = len(dm.history())
    clock.moment = datetime(2026, 9, 28, 11, 1, tzinfo=UTC)
    await ring(school.env)
    assert len(dm.history()) == count


async def test_remind_me_tells_the_next_reminder_of_this_course(school: School) -> None:
    """And not that of another one, which comes sooner."""
    await follow(school, "DA-120")
    of_two = await follow(school, "PA-500")
    card = await school.bo.slash(school.general, "course", course="PA-500")
    of_one = await school.bo.click(seen(card), label="Remind me")
    assert "The next reminder: <t:" in words(of_one.response)
    assert words(of_two.response) == words(of_one.response)


async def test_what_i_follow_is_my_course(school: School, clock: Clock) -> None:
    assert "What happens if I miss" in words((await school.ann.slash(school.general, "ask", question=MISSED)).response)
    for course in ("DA-120", "PMP-200"):
        await follow(school, course)
    clock.pass_by(minutes=11)  # and the course that was looked at last is not remembered any more
    mine = await school.ann.slash(school.general, "schedule", days=14)
    which = await school.ann.slash(school.general, "ask", question=MISSED)
    await school.bo.slash(school.general, "schedule", days=14)

    assert words(mine.response).startswith("### Schedule: DA-120, PMP-200, next 14 days")
    assert [label.split(" ")[0] for label in labels(which.response)] == ["DA-120", "PMP-200"]


async def test_what_i_follow_at_the_same_time_is_marked(school: School, assistant: Assistant) -> None:
    base = assistant.knowledge
    sessions = base.courses["PMP-200"].live_sessions
    courses = tuple(
        replace(one, live_sessions=sessions, term=base.courses["PMP-200"].term) if one.code == "DA-120" else one
        for one in base.school.courses
    )
    assistant.knowledge = KnowledgeBase.build(base.faq, replace(base.school, courses=courses))
    for course in ("DA-120", "PMP-200"):
        await follow(school, course)
    both = words((await school.ann.slash(school.general, "schedule")).response).splitlines()
    one = words((await school.ann.slash(school.general, "schedule", course="PMP-200")).response)

    assert [line.rpartition("⚠️ ")[2] for line in both if "🔴 PMP-200" in line] == ["at the same time as DA-120"] * 2
    assert [line.rpartition("⚠️ ")[2] for line in both if "🔴 DA-120" in line] == ["at the same time as PMP-200"] * 2
    assert "at the same time" not in one


async def test_a_restart_in_between_loses_and_repeats_nothing(
    school: School, clock: Clock, assistant: Assistant, settings: Settings, database: Database, tmp_path: Path
) -> None:
    databases = [database]

    async def restart() -> None:
        databases[-1].close()
        databases.append(Database.open(tmp_path / "schoolbell.sqlite3"))
        await school.env.restart_bot(create(assistant, settings, clock, database=databases[-1]))

    await follow(school, "DA-120")
    clock.moment = WORKBOOK_REMINDER
    await restart()
    await ring(school.env)
    dm = school.ann.user.dm_channel
    [reminder] = dm.history()

    await restart()
    await ring(school.env)
    assert dm.history() == [reminder]
    await school.ann.user.click(reminder, label="Snooze 15 min")
    await restart()
    clock.pass_by(minutes=15)
    await ring(school.env)
    assert len(dm.history()) == 2
    await restart()
    await school.ann.user.click(last(dm), label="Done")
    assert words(last(dm)).endswith("-# Done: no more reminders of this one.")
    assert sum(request.path == "/users/@me/channels" for request in school.env.http_requests) == 1
    databases[-1].close()


async def test_a_reminder_that_reached_discord_before_a_crash_is_found_and_not_sent_again(
    school: School, clock: Clock, database: Database
) -> None:
    await follow(school, "DA-120")
    clock.moment = WORKBOOK_REMINDER
    await ring(school.env)
    [reminder] = school.ann.user.dm_channel.history()
    await database.run(recorded_as_being_sent)
    clock.pass_by(minutes=2)
    await ring(school.env)

    assert school.ann.user.dm_channel.history() == [reminder]
    assert any(request.method == "GET" and "/messages" in request.path for request in school.env.http_requests)


async def test_who_stops_gets_nothing(school: School, clock: Clock) -> None:
    said = await follow(school, "DA-120")
    await school.ann.click(seen(said), label="Stop these reminders")
    assert words(said.response) == "I remind you of **DA-120** no more."
    clock.moment = WORKBOOK_REMINDER
    await ring(school.env)
    assert not school.ann.user.dm_channel.history()

    await school.ann.click(seen(said), label="Remind me")
    assert "**Courses:** DA-120" in words((await school.ann.slash(school.general, "reminders")).response)


async def test_remind_me_stands_under_what_is_about_one_course(school: School) -> None:
    about_all = await school.ann.slash(school.general, "ask", question="are these courses self-paced?")
    about_one = await school.ann.slash(school.general, "ask", question="what if I miss a session of PMP-200?")
    schedule = await school.ann.slash(school.general, "schedule", course="DA-120", days=30)
    two = await school.ann.slash(school.general, "course", course="PMP-200", compare="DA-120")

    offered = [result for result in (about_one, about_all, schedule, two) if "Remind me" in labels(result.response)]
    assert offered == [about_one, schedule]
    said = await school.ann.click(seen(about_one), label="Remind me")
    assert words(said.response).startswith("I remind you of **PMP-200** by direct message")


@pytest.mark.parametrize("status", [500, 503, 429])
async def test_a_fault_of_discord_only_delays(school: School, clock: Clock, status: int) -> None:
    await follow(school, "DA-120")
    school.env.inject_error("POST", "/channels/*/messages", status=status)
    clock.moment = WORKBOOK_REMINDER
    await ring(school.env)
    assert not school.ann.user.dm_channel.history()
    clock.pass_by(seconds=2)
    await ring(school.env)
    clock.pass_by(seconds=60)
    await ring(school.env)

    assert [words(message) for message in school.ann.user.dm_channel.history()] == [WORKBOOK]


async def test_following_twice_is_the_same(school: School) -> None:
    once, twice = await follow(school, "DA-120"), await follow(school, "DA-120")

    assert words(once.response) == words(twice.response)


async def test_a_closed_direct_message_is_told_when_asked_and_tried_once(school: School, clock: Clock) -> None:
    await follow(school, "DA-120")
    school.env.inject_error("POST", "/channels/*/messages", times=None, **CLOSED)  # type: ignore[arg-type]
    clock.moment = WORKBOOK_REMINDER
    for _ in range(3):
        await ring(school.env)
    posts = [one for one in school.env.http_requests if one.method == "POST" and one.path.endswith("/messages")]
    assert len(posts) == 1

    panel = await school.ann.slash(school.general, "reminders")
    assert "Discord does not let me write to you." in words(panel.response)


async def test_what_was_missed_in_an_outage_leads_to_the_panel(school: School, clock: Clock) -> None:
    await follow(school, "DA-120")
    await ring(school.env)
    clock.moment = WORKBOOK_REMINDER
    clock.pass_by(days=2)
    await ring(school.env)
    [missed] = [one for one in school.ann.user.dm_channel.history() if words(one).startswith("I was away from")]
    assert "- **DA-120: Workbook**, which was due <t:1790600400:F>" in words(missed)
    panel = await school.ann.user.click(missed, label="My reminders")
    assert "**Courses:** DA-120" in words(panel.response)


async def test_a_stranger_cannot_press_anothers_buttons(school: School, clock: Clock) -> None:
    await follow(school, "DA-120")
    clock.moment = WORKBOOK_REMINDER
    await ring(school.env)
    view = discord.ui.View(timeout=None)
    for custom_id in (custom_ids.snooze(1, 15), custom_ids.done(1)):
        view.add_item(discord.ui.Button(label=custom_id, custom_id=custom_id))
    view.stop()
    channel = school.env.bot.get_channel(school.general.id)
    assert isinstance(channel, discord.TextChannel)
    copy = await channel.send("a copy", view=view)
    for label in labels(copy):
        pressed = await school.bo.click(copy, label=label)
        assert words(pressed.response) == "This reminder is not there any more."
        assert pressed.ephemeral


async def test_snoozing_for_too_long_is_refused(school: School, clock: Clock) -> None:
    await follow(school, "DA-120")
    clock.moment = WORKBOOK_REMINDER
    await ring(school.env)
    clock.pass_by(hours=23)
    late = await school.ann.user.click(last(school.ann.user.dm_channel), label="Snooze 1 day")

    assert words(late.response) == "It will be over by then. Choose a shorter time."


async def test_a_course_is_reminded_in_its_channel_with_the_ping_of_its_one_role(school: School, clock: Clock) -> None:
    role = school.guild.create_role("pmp-200 STUDENTS", mentionable=True)
    await ring(school.env)
    clock.moment = datetime(2026, 9, 28, 22, 1, tzinfo=UTC)
    await ring(school.env)

    reminder = last(school.pmp)
    assert words(reminder).startswith(f"<@&{role.id}> **PMP-200: Live session** starts <t:")
    assert [mentioned.id for mentioned in reminder.role_mentions] == [role.id]
    [post] = [one for one in school.env.http_requests if one.path == f"/channels/{school.pmp.id}/messages"]
    assert post.json
    assert post.json["allowed_mentions"] == {"parse": [], "roles": [role.id]}
    assert (post.json["enforce_nonce"], len(post.json["nonce"])) == (True, 24)
    assert labels(reminder) == ["Remind me"]
    mine = await school.bo.click(reminder, label="Remind me")
    assert mine.ephemeral
    assert words(mine.response).startswith("I remind you of **PMP-200** by direct message")


async def test_a_channel_that_is_no_longer_named_is_reminded_no_more(
    school: School, clock: Clock, assistant: Assistant
) -> None:
    await ring(school.env)
    base = assistant.knowledge
    courses = tuple(replace(course, channel=None) for course in base.school.courses)
    assistant.knowledge = KnowledgeBase.build(base.faq, replace(base.school, courses=courses))
    await ring(school.env)
    clock.moment = datetime(2026, 9, 28, 22, 1, tzinfo=UTC)
    await ring(school.env)

    assert not school.pmp.history()


async def test_a_channel_that_refused_is_tried_again_when_the_bot_starts_anew(
    school: School, clock: Clock, make_bot: Callable[[], SchoolbellBot]
) -> None:
    await ring(school.env)
    school.env.inject_error("POST", "/channels/*/messages", status=403, code=50013, message="Missing Permissions")
    clock.moment = datetime(2026, 9, 28, 22, 1, tzinfo=UTC)
    await ring(school.env)
    clock.moment = datetime(2026, 9, 30, 22, 1, tzinfo=UTC)
    await ring(school.env)
    assert not school.pmp.history()

    bot = make_bot()
    await school.env.restart_bot(bot)
    [server] = bot.guilds
    bot.dispatch("guild_available", server)
    await school.env.settle()
    clock.moment = datetime(2026, 10, 5, 22, 1, tzinfo=UTC)
    await ring(school.env)
    assert words(last(school.pmp)).startswith("**PMP-200: Live session** starts <t:")


async def test_a_closed_bot_claims_nothing_and_the_next_sends_at_once(
    school: School, clock: Clock, make_bot: Callable[[], SchoolbellBot], database: Database
) -> None:
    await follow(school, "DA-120")
    await ring(school.env)
    assert isinstance(school.env.bot, SchoolbellBot)
    bell = school.env.bot.bell
    clock.moment = WORKBOOK_REMINDER
    await bell.courier.reconcile()
    await bell.stop()
    await bell.courier.deliver()
    await ring(school.env)
    assert set(await database.run(deliveries.counts)) == {State.PLANNED}
    assert not bell.ring.is_running()
    assert not bell.plan.is_running()

    await school.env.restart_bot(make_bot())
    await ring(school.env)
    assert [words(message) for message in school.ann.user.dm_channel.history()] == [WORKBOOK]


async def test_a_moved_deadline_is_reminded_at_its_new_time_only(
    school: School, clock: Clock, assistant: Assistant
) -> None:
    await follow(school, "DA-120")
    clock.moment = datetime(2026, 9, 26, 13, tzinfo=UTC)
    await ring(school.env)
    base = assistant.knowledge
    assistant.knowledge = with_workbook_due_at(time(12), base)
    await ring(school.env)

    clock.moment = WORKBOOK_REMINDER
    await ring(school.env)
    [notice] = school.ann.user.dm_channel.history()
    assert words(notice).startswith("Changed dates of **DA-120: Workbook**:")
    clock.pass_by(hours=3)
    await ring(school.env)
    due = 1790600400 + 3 * 3600
    reminder = last(school.ann.user.dm_channel)
    assert words(reminder) == f"**DA-120: Workbook** is due <t:{due}:F> (<t:{due}:R>)."
    assert len(school.ann.user.dm_channel.history()) == 2


async def test_an_edited_date_is_told_and_reminded_of_once_it_has_settled(
    school: School, clock: Clock, assistant: Assistant
) -> None:
    await follow(school, "DA-120")
    clock.moment = datetime(2026, 9, 27, 10, 1, tzinfo=UTC)
    await ring(school.env)
    assert not school.ann.user.dm_channel.history()
    assistant.knowledge = with_workbook_due_at(time(6), assistant.knowledge)
    await school.env.advance_time(1)
    assert not school.ann.user.dm_channel.history(), "it may be a slip, and mended in a minute"

    clock.pass_by(minutes=2)
    await ring(school.env)
    told = sorted(words(message) for message in school.ann.user.dm_channel.history())
    assert [text.split("**")[0] for text in told] == ["", "Changed dates of "]
    assert told[0].startswith("**DA-120: Workbook** is due")


def with_workbook_due_at(wall: time, base: KnowledgeBase) -> KnowledgeBase:
    """What is known once staff have moved the weekly deadlines of DA-120, and no other, to this time of day."""
    courses = tuple(
        replace(course, deadlines=tuple(_at(wall, deadline) for deadline in course.deadlines))
        if course.code == "DA-120"
        else course
        for course in base.school.courses
    )
    return KnowledgeBase.build(base.faq, replace(base.school, courses=courses))


def _at(wall: time, deadline: Deadline) -> Deadline:
    return replace(deadline, due=replace(deadline.due, at=wall)) if isinstance(deadline.due, Weekly) else deadline
