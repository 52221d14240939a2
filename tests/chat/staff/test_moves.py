"""Dates move in the file: staff see whom it will message and decide, and students are told once."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import discord
import pytest
from icalendar import Calendar
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle
from sqlalchemy import Engine, event

from bot.chat.client import SchoolbellBot
from bot.chat.staff.moves import CHANGED, TITLE
from tests.chat.conftest import Clock, School
from tests.chat.editing import edit
from tests.chat.reading import labels, last, ring, seen, words

pytestmark = pytest.mark.from_files

CHARTER, CHARTER_MOVED = "due: Fri 2 Oct 2026", "due: Mon 5 Oct 2026"
DUE = int(datetime(2026, 10, 3, 3, 59, tzinfo=UTC).timestamp())
DUE_MOVED = DUE + 3 * 86400
CLINIC, CLINIC_MOVED = int(datetime(2026, 9, 30, 23, tzinfo=UTC).timestamp()), datetime(2026, 10, 1, 22, tzinfo=UTC)
NEW_YORK, LOS_ANGELES = "timezone: America/New_York", "timezone: America/Los_Angeles"


@pytest.fixture
async def staff(school: School) -> ChannelHandle:
    """The staff channel, when the bot has seen the files as they are."""
    channel = school.guild.create_text_channel("staff")
    await ring(school.env)
    return channel


def of_moves(staff: ChannelHandle) -> list[discord.Message]:
    return [message for message in staff.history() if message.content.startswith(TITLE)]


async def follow(school: School, who: MemberActor, course: str) -> None:
    card = await who.slash(school.general, "course", course=course)
    await who.click(seen(card), label="Remind me")


async def noticed(school: School) -> None:
    """Let the bot read what was saved, and tell staff of it."""
    await school.env.advance_time(12)


async def settled(school: School, clock: Clock) -> None:
    """Let just so much time pass that the changes are told, which does not wait for the next look at all reminders."""
    clock.pass_by(seconds=121)
    await school.env.advance_time(4)


async def test_a_moved_session_is_told_once_and_reminded_of_at_its_new_time(
    school: School, staff: ChannelHandle, content: Path, clock: Clock
) -> None:
    await follow(school, school.ann, "DA-120")
    clock.pass_by(minutes=1)
    added = "          - 28 Oct 2026: Guest lecture instead, see the course site\n"
    moved = "        moved:\n          - 30 Sep 2026: Thu 1 Oct 2026 18:00-19:30\n"
    edit(content / "courses.yaml", added, added + moved)
    await noticed(school)
    dm, new = school.ann.user.dm_channel, int(CLINIC_MOVED.timestamp())
    assert dm.history() == []

    await settled(school, clock)
    [notice] = dm.history()
    assert words(notice) == (
        f"**DA-120: Clinic** has moved: it starts **<t:{new}:F>** (<t:{new}:R>), and not <t:{CLINIC}:F>."
    )
    dates = await school.ann.user.click(notice, label="See the dates")
    assert f"<t:{new}:F>" in words(dates.response)

    clock.moment = datetime(2026, 9, 30, 22, 46, tzinfo=UTC)  # 14 minutes before it would have been
    await ring(school.env)
    clock.moment = datetime(2026, 10, 1, 21, 46, tzinfo=UTC)
    await ring(school.env)
    reminders = [words(message) for message in dm.history() if "**DA-120: Clinic** starts" in words(message)]
    assert [reminder.splitlines()[0] for reminder in reminders] == [
        f"**DA-120: Clinic** starts <t:{new}:F> (<t:{new}:R>)."
    ] * 2, "a day and a quarter of an hour before"

    schedule = await school.ann.slash(school.general, "schedule", course="DA-120")
    assert f"<t:{new}:F> to" in words(schedule.response)
    file = await school.ann.click(seen(schedule), label="Add to calendar")
    calendar = Calendar.from_ical(await seen(file).attachments[0].read())
    assert isinstance(calendar, Calendar)
    assert [event["sequence"] for event in calendar.events if event.start == CLINIC_MOVED] == [1]


async def test_staff_see_whom_an_edit_will_message_and_send_it_now(
    school: School, staff: ChannelHandle, content: Path, clock: Clock
) -> None:
    for who in (school.ann, school.bo):
        await follow(school, who, "PM-101")
    clock.pass_by(minutes=1)
    edit(content / "courses.yaml", CHARTER, CHARTER_MOVED)
    await noticed(school)
    [message] = of_moves(staff)
    settles = int(clock().timestamp()) + 120
    assert message.content.splitlines() == [
        TITLE,
        f"**This edit will message 2 students and #pm-101** <t:{settles}:R>, unless you change it once more:",
        f"- **PM-101: Project charter**: <t:{DUE}:F> → <t:{DUE_MOVED}:F>",
    ]
    assert labels(message) == ["Send now", "Hold"]

    await school.kim.click(message, label="Send now")
    await ring(school.env)
    [told] = of_moves(staff)
    assert told.content.splitlines() == [
        TITLE,
        "✅ Told: 2 students and #pm-101 (let go by kim).",
        f"- **PM-101: Project charter**: <t:{DUE}:F> → <t:{DUE_MOVED}:F>",
    ]
    assert labels(told) == []
    for who in (school.ann, school.bo):
        [notice] = who.user.dm_channel.history()
        assert words(notice).startswith("**PM-101: Project charter** is due at another time: ")

    await settled(school, clock)
    assert len(school.ann.user.dm_channel.history()) == 1
    edit(content / "courses.yaml", CHARTER_MOVED, CHARTER)
    await noticed(school)
    assert len(of_moves(staff)) == 2, "another edit has a message of its own"


async def test_what_staff_hold_is_told_to_nobody_until_they_confirm(
    school: School, staff: ChannelHandle, content: Path, clock: Clock
) -> None:
    await follow(school, school.ann, "PM-101")
    clock.pass_by(minutes=1)
    edit(content / "courses.yaml", CHARTER, CHARTER_MOVED)
    await noticed(school)
    await school.kim.click(of_moves(staff)[0], label="Hold")
    await settled(school, clock)
    [held] = of_moves(staff)
    assert held.content.startswith(f"{TITLE}\n**This edit is held. It would message 1 student and #pm-101:** 1 change")
    assert labels(held) == ["Confirm"]
    assert school.ann.user.dm_channel.history() == []

    clock.moment = datetime.fromtimestamp(DUE - 86400, UTC)  # neither of the old moment nor of the new one
    await ring(school.env)
    assert not [message for message in school.ann.user.dm_channel.history() if "Project charter" in words(message)]
    answer = words((await school.ann.slash(school.general, "schedule", course="PM-101")).response)
    [line] = [line for line in answer.splitlines() if "Project charter" in line]
    assert line.endswith("⚠️ being changed just now, and not final yet")

    await school.kim.click(of_moves(staff)[0], label="Confirm")
    await ring(school.env)
    told = [words(message) for message in school.ann.user.dm_channel.history()]
    assert [text for text in told if text.startswith("**PM-101: Project charter** is due at another time")]
    answer = words((await school.ann.slash(school.general, "schedule", course="PM-101")).response)
    assert "being changed" not in answer


async def test_a_slip_that_is_mended_in_time_is_told_to_nobody(
    school: School, staff: ChannelHandle, content: Path, clock: Clock
) -> None:
    await follow(school, school.ann, "PM-101")
    clock.pass_by(minutes=1)
    edit(content / "courses.yaml", CHARTER, CHARTER_MOVED)
    await noticed(school)
    clock.pass_by(minutes=1)
    edit(content / "courses.yaml", CHARTER_MOVED, CHARTER)
    await noticed(school)
    await settled(school, clock)

    assert [message.content for message in of_moves(staff)] == [f"{TITLE}\n↩️ Taken back before anybody was told."]
    assert school.ann.user.dm_channel.history() == []


async def test_an_edit_that_moves_everything_waits_for_staff_over_a_restart(
    school: School,
    staff: ChannelHandle,
    content: Path,
    clock: Clock,
    make_bot: Callable[[], SchoolbellBot],
    lee: MemberActor,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await follow(school, school.ann, "PM-101")
    await follow(school, school.ann, "DA-120")
    clock.pass_by(minutes=1)
    edit(content / "courses.yaml", NEW_YORK, LOS_ANGELES)
    await noticed(school)
    await settled(school, clock)
    [held] = of_moves(staff)
    assert re.search(r"\*\*This edit is held. It would message 1 student and 6 channels:\*\* \d+ changes", held.content)
    assert re.search(r"- \*\*DA-120: Workbook\*\*: .*, and \d+ more of its dates$", held.content, re.MULTILINE)
    assert re.search(r"- …and \d+ more$", held.content)
    assert "moves_held changes=" in caplog.text

    await school.env.restart_bot(make_bot())
    await settled(school, clock)
    assert [message.id for message in of_moves(staff)] == [held.id]
    assert school.ann.user.dm_channel.history() == []

    command = await lee.slash(staff, "staff changes")
    assert words(command.response) == words(of_moves(staff)[0])
    assert "Changed dates wait for you" in words((await lee.slash(staff, "staff status")).response)
    await lee.click(seen(command), label="Confirm")
    await ring(school.env)
    assert words(command.response).startswith(f"{TITLE}\n✅ Told: 1 student and 6 channels")
    assert of_moves(staff)[0].content == words(command.response)
    texts = [words(message) for message in school.ann.user.dm_channel.history()]
    assert len(texts) == len(set(texts)) > 3, "one for each item"
    assert all("PM-101: " in text or "DA-120: " in text for text in texts)
    assert "Changed dates wait for you" not in words((await lee.slash(staff, "staff status")).response)


async def test_several_dates_of_a_course_in_one_save_are_one_message_in_its_channel(
    school: School, staff: ChannelHandle, content: Path, clock: Clock
) -> None:
    clock.pass_by(minutes=1)
    edit(content / "courses.yaml", "due: Mon 16 Nov 2026 noon", "due: Tue 17 Nov 2026 noon")
    edit(content / "courses.yaml", "due: Wed 2 Dec 2026", "due: Thu 3 Dec 2026")
    edit(content / "courses.yaml", "          - Sat 5 Dec 2026 9am-1pm", "          - Sun 6 Dec 2026 9am-1pm")
    await noticed(school)
    await settled(school, clock)

    [notice] = school.pmp.history()
    assert words(notice).startswith("The schedule of **PMP-200** has changed:\n- ")
    assert labels(notice) == ["See the dates"]
    dates = await school.bo.click(notice, label="See the dates")
    assert dates.ephemeral


async def test_nobody_confirms_what_they_have_not_seen(
    school: School, staff: ChannelHandle, content: Path, clock: Clock
) -> None:
    await follow(school, school.ann, "PM-101")
    clock.pass_by(minutes=1)
    edit(content / "courses.yaml", CHARTER, CHARTER_MOVED)
    await noticed(school)
    [button] = [item for item in seen_buttons(of_moves(staff)[0]) if item.label == "Send now"]
    edit(content / "courses.yaml", CHARTER_MOVED, "due: Tue 6 Oct 2026")
    await noticed(school)

    view = discord.ui.View(timeout=None)
    view.add_item(discord.ui.Button(label="Send now", custom_id=button.custom_id))
    view.stop()
    channel = school.env.bot.get_channel(staff.id)
    assert isinstance(channel, discord.TextChannel)
    old = await channel.send("as it was", view=view)
    assert words((await school.kim.click(old, label="Send now")).response) == CHANGED
    await ring(school.env)
    assert school.ann.user.dm_channel.history() == []


def seen_buttons(message: discord.Message) -> list[discord.Button]:
    rows = [row for row in message.components if isinstance(row, discord.ActionRow)]
    return [item for row in rows for item in row.children if isinstance(item, discord.Button)]


async def test_what_staff_cannot_be__and_meanwhile_the_dates_are_not_read_again_and_again(
    school: School, staff: ChannelHandle, content: Path, clock: Clock
) -> None:
    read = 0

    def count(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        nonlocal read
        read += "FROM occurrence" in statement

    for _ in ("the files", "the dates"):
        school.env.inject_error("POST", f"/channels/{staff.id}/messages", status=403, code=50013)
    edit(content / "courses.yaml", CHARTER, CHARTER_MOVED)
    await noticed(school)
    event.listen(Engine, "before_cursor_execute", count)
    try:
        await school.env.advance_time(40)
    finally:
        event.remove(Engine, "before_cursor_execute", count)
    assert of_moves(staff) == []
    assert read < 10

    clock.pass_by(seconds=70)
    await school.env.advance_time(60)
    [message] = of_moves(staff)
    assert "This edit will message #pm-101, but no student" in message.content


async def test_a_student_decides_nothing(school: School, staff: ChannelHandle, content: Path, clock: Clock) -> None:
    await follow(school, school.ann, "PM-101")
    clock.pass_by(minutes=1)
    edit(content / "courses.yaml", CHARTER, CHARTER_MOVED)
    await noticed(school)
    for label in ("Send now", "Hold"):
        refused = await school.ann.click(of_moves(staff)[0], label=label)
        assert words(refused.response).startswith("That is for staff")
    await ring(school.env)
    assert school.ann.user.dm_channel.history() == []
    assert labels(last(staff)) == ["Send now", "Hold"]
