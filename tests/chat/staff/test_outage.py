"""After an outage students read what they missed, and staff how many did, once and over another restart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from bot.chat.client import SchoolbellBot
from bot.chat.staff.outage import TITLE
from bot.settings import Settings
from tests.chat.conftest import Clock, School
from tests.chat.reading import ring, seen, words

WORKBOOK_DUE = datetime.fromtimestamp(1790600400, UTC)


@pytest.fixture
def settings() -> Settings:
    return Settings(staff_channel="staff")


async def test_what_passed_in_an_outage_is_told_once_and_counted_for_staff(
    school: School, clock: Clock, make_bot: Callable[[], SchoolbellBot]
) -> None:
    staff = school.guild.create_text_channel("staff")
    card = await school.ann.slash(school.general, "course", course="DA-120")
    await school.ann.click(seen(card), label="Remind me")
    clock.moment = datetime(2026, 9, 26, 13, tzinfo=UTC)
    await ring(school.env)

    began = int(clock().timestamp())
    clock.pass_by(days=3)
    ended = int(clock().timestamp())
    for _ in range(2):
        await school.env.restart_bot(make_bot())
        await ring(school.env)
        await school.env.advance_time(61)
    [missed] = [text for text in map(words, school.ann.user.dm_channel.history()) if text.startswith("I was away")]
    assert missed.splitlines()[0] == (f"I was away from <t:{began}:f> to <t:{ended}:f>, so I could not remind you of:")
    assert "- **DA-120: Workbook**, which was due <t:" in missed
    [message] = [one for one in staff.history() if one.content.startswith(TITLE)]
    assert message.content == (
        f"{TITLE} from <t:{began}:f> to <t:{ended}:f>. 1 student missed a reminder of something that is over by now, "
        "and reads in one message what it was."
    )


async def test_hours_without_a_connection_are_an_outage_too(
    school: School, clock: Clock, simcord_bot: SchoolbellBot
) -> None:
    card = await school.ann.slash(school.general, "course", course="DA-120")
    await school.ann.click(seen(card), label="Remind me")
    clock.moment = WORKBOOK_DUE - timedelta(hours=2, minutes=5)
    await ring(school.env)
    simcord_bot.dispatch("disconnect")
    await school.env.advance_time(1)
    for _ in range(13):
        clock.pass_by(minutes=10)
        await simcord_bot.bell.courier.reconcile()
    simcord_bot.dispatch("resumed")
    await ring(school.env)
    missed = [text for text in map(words, school.ann.user.dm_channel.history()) if text.startswith("I was away")]
    assert len(missed) == 1
