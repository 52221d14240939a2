"""Staff edit the files while the bot runs: students are always answered, and staff are told in one message."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from simcord.builders import ChannelHandle
from simcord.env import Env

from bot.chat.client import SchoolbellBot
from bot.knowledge.status import TITLE
from bot.settings import Settings
from bot.store.database import Database
from tests.chat.conftest import Clock, School
from tests.chat.editing import edit, from_files, saved
from tests.chat.reading import words

pytestmark = pytest.mark.from_files

QUESTION = "do i have to log in at a specific time"


@pytest.fixture
def staff(school: School) -> ChannelHandle:
    return school.guild.create_text_channel("staff")


async def test_a_broken_file_is_told_in_one_message_which_says_when_it_is_mended(
    school: School, staff: ChannelHandle, content: Path, simcord_env: Env
) -> None:
    faq = content / "faq.yaml"
    before = words((await school.ann.slash(school.general, "ask", question=QUESTION)).response)
    line = edit(faq, "    id: login-time\n", "    id login-time\n")
    await saved(simcord_env)
    (told,) = staff.history()
    assert f"faq.yaml:{line}:" in told.content
    assert "I answer from its last good version" in told.content
    assert words((await school.ann.slash(school.general, "ask", question=QUESTION)).response) == before

    edit(faq, "    id login-time\n", "    id: login-time\n")
    edit(faq, "question: Do I have to log in at a specific time?", "question: Must I log in at a specific time?")
    await saved(simcord_env)
    (mended,) = staff.history()
    assert mended.id == told.id
    assert "Fixed: 1 question changed." in mended.content
    after = words((await school.ann.slash(school.general, "ask", question=QUESTION)).response)
    assert "Must I log in at a specific time?" in after


async def test_new_trouble_comes_at_the_end_of_the_channel_and_still_as_the_only_message(
    school: School, staff: ChannelHandle, content: Path, simcord_env: Env
) -> None:
    edit(content / "faq.yaml", "    id: login-time\n", "    id login-time\n")
    await saved(simcord_env)
    edit(content / "faq.yaml", "    id login-time\n", "    id: login-time\n")
    await saved(simcord_env)
    await school.kim.send(staff, "thanks!")
    edit(content / "courses.yaml", "due: Fri 2 Oct 2026", "due: soon")
    await saved(simcord_env)
    thanks, told = staff.history()
    assert thanks.content == "thanks!"
    assert "courses.yaml cannot be used as it is" in told.content
    assert told.flags.suppress_notifications


async def test_every_save_is_confirmed_in_the_same_message(
    school: School, staff: ChannelHandle, content: Path, simcord_env: Env
) -> None:
    await saved(simcord_env)
    assert staff.history() == []
    edit(content / "courses.yaml", "every: Tue and Thu 18:00-19:30", "every: Tue and Thu 17:00-18:30")
    await saved(simcord_env)
    edit(content / "courses.yaml", "channel: pmp-200", "channel: pm-101")
    await saved(simcord_env)
    (told,) = [message for message in staff.history() if message.content.startswith(TITLE)]
    assert "Taken up: 1 course changed." in told.content
    assert 'warning: channel: "pm-101" is the channel of PM-101 too' in told.content
    answer = words((await school.ann.slash(school.general, "ask", question="when is the next session of pmp")).response)
    assert str(int(datetime(2026, 9, 24, 17, tzinfo=ZoneInfo("America/New_York")).timestamp())) in answer


async def test_a_restart_on_a_broken_file_answers_and_keeps_to_its_message(
    school: School,
    staff: ChannelHandle,
    content: Path,
    simcord_env: Env,
    make_bot: Callable[[], SchoolbellBot],
) -> None:
    edit(content / "faq.yaml", "    id: login-time\n", "    id login-time\n")
    await saved(simcord_env)
    (told,) = staff.history()
    await simcord_env.restart_bot(make_bot())
    await saved(simcord_env)
    assert [message.id for message in staff.history()] == [told.id]
    assert "Do I have to log in" in words((await school.ann.slash(school.general, "ask", question=QUESTION)).response)
    edit(content / "faq.yaml", "    id login-time\n", "    id: login-time\n")
    await saved(simcord_env)
    (mended,) = staff.history()
    assert mended.id == told.id
    assert "Fixed" in mended.content


async def test_a_message_that_staff_removed_is_written_anew(
    staff: ChannelHandle, content: Path, simcord_env: Env
) -> None:
    edit(content / "faq.yaml", "    id: login-time\n", "    id login-time\n")
    await saved(simcord_env)
    await staff.history()[0].delete()
    edit(content / "faq.yaml", "    id login-time\n", "    id: login-time\n")
    await saved(simcord_env)
    (told,) = staff.history()
    assert "Fixed" in told.content


async def test_a_channel_that_is_closed_to_the_bot_does_not_keep_it_from_taking_up_edits(
    school: School, staff: ChannelHandle, content: Path, simcord_env: Env, caplog: pytest.LogCaptureFixture
) -> None:
    simcord_env.inject_error("POST", "/channels/*/messages", status=403, code=50013)
    edit(content / "faq.yaml", "question: Do I have to log in at a specific time?", "question: Must I log in at all?")
    await saved(simcord_env)
    assert "staff_not_told" in caplog.text
    assert "Must I log in at all?" in words((await school.ann.slash(school.general, "ask", question=QUESTION)).response)


async def test_staff_learn_at_the_next_opportunity_what_could_not_be_told(
    school: School, staff: ChannelHandle, content: Path, simcord_env: Env, clock: Clock
) -> None:
    simcord_env.inject_error("POST", "/channels/*/messages", status=403, code=50013)
    edit(content / "faq.yaml", "    id: login-time\n", "    id login-time\n")
    await saved(simcord_env)
    assert staff.history() == []
    clock.pass_by(minutes=2)
    await saved(simcord_env)
    assert len(staff.history()) == 1


async def test_a_server_without_the_channel_is_in_the_log_once_and_told_as_soon_as_there_is_one(
    school: School, content: Path, simcord_env: Env, caplog: pytest.LogCaptureFixture
) -> None:
    edit(content / "faq.yaml", "    id: login-time\n", "    id login-time\n")
    await saved(simcord_env)
    assert caplog.text.count("channel=staff: STAFF_CHANNEL names it") == 1
    staff = school.guild.create_text_channel("staff")
    await simcord_env.advance_time(3)
    (told,) = staff.history()
    assert "faq.yaml cannot be used as it is" in told.content


async def test_capitals_in_the_setting_do_not_keep_anything_from_staff(
    school: School, staff: ChannelHandle, content: Path, settings: Settings, clock: Clock, database: Database
) -> None:
    capitals = settings.model_copy(update={"staff_channel": "Staff"})
    await school.env.restart_bot(from_files(capitals, clock, database))
    edit(content / "faq.yaml", "    id: login-time\n", "    id login-time\n")
    await saved(school.env)
    assert len(staff.history()) == 1
