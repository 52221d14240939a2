"""The weekly overview as a student chooses it in the panel and finds it in the direct messages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from simcord.results import InteractionResult

from bot.assistant import Assistant
from bot.chat import custom_ids
from bot.chat.client import SchoolbellBot
from bot.store import deliveries
from bot.store.database import Database
from bot.store.privacy import export
from bot.store.records import State
from tests.chat.conftest import Clock, School
from tests.chat.reading import labels, ring, seen, words
from tests.chat.test_reminders import CLOSED, recorded_as_being_sent
from tests.chat.test_reminders_panel import fill_in, line
from tests.chat.together.test_events import change, move

SUNDAY_EVENING = datetime(2026, 9, 27, 22, tzinfo=UTC)
"""18:00 in New York."""
SUNDAY = "6"


@pytest.fixture
async def panel(school: School) -> InteractionResult:
    """Ann's panel; she takes PMP-200, with its live sessions on Tuesday and Thursday."""
    panel = await school.ann.slash(school.general, "reminders")
    await school.ann.select(seen(panel), [custom_ids.key("PMP-200")], custom_id=custom_ids.FOLLOWED)
    return panel


async def choose(school: School, panel: InteractionResult, day: str, at: str) -> None:
    form = await school.ann.click(seen(panel), label="Weekly overview")
    await fill_in(school, form, [day], at)


def overviews(school: School) -> list[str]:
    """The weekly overviews in Ann's direct messages."""
    texts = [words(message) for message in school.ann.user.dm_channel.history()]
    return [text for text in texts if text.startswith(("**Your week", "**Nothing"))]


async def test_it_is_chosen_in_the_panel_and_comes_once_at_that_time(
    school: School, panel: InteractionResult, clock: Clock
) -> None:
    assert line(panel, "**Weekly overview") == "**Weekly overview:** none"
    await choose(school, panel, SUNDAY, "6pm")
    assert line(panel, "**Weekly overview") == (
        f"**Weekly overview:** every Sunday at 18:00, next <t:{int(SUNDAY_EVENING.timestamp())}:F>"
    )

    clock.moment = SUNDAY_EVENING
    clock.pass_by(seconds=-30)
    await ring(school.env)
    assert not overviews(school)
    for _ in range(4):
        clock.pass_by(seconds=31)
        await ring(school.env)
    assert overviews(school) == [
        "**Your week from <t:1790546400:D> to <t:1791151199:D>**\n"
        "- 🔴 <t:1790719200:F> · **PMP-200: Live session**\n"
        "- 🔴 <t:1790892000:F> · **PMP-200: Live session**"
    ]
    [message] = [one for one in school.ann.user.dm_channel.history() if words(one).startswith("**Your week")]
    assert labels(message) == ["My reminders"]
    again = await school.ann.user.click(message, label="My reminders")
    assert line(again, "**Weekly overview").endswith(f"next <t:{int(SUNDAY_EVENING.timestamp()) + 7 * 86400}:F>")

    await choose(school, panel, SUNDAY, "8pm")
    clock.pass_by(hours=3)
    await ring(school.env)
    assert len(overviews(school)) == 1
    clock.pass_by(days=7)
    await ring(school.env)
    assert len(overviews(school)) == 2


async def test_it_follows_my_own_time_zone(school: School, panel: InteractionResult, clock: Clock) -> None:
    form = await school.ann.click(seen(panel), label="Time zone and quiet hours")
    await fill_in(school, form, "Europe/Berlin", "", "")
    await choose(school, panel, SUNDAY, "18:00")
    clock.moment = datetime(2026, 9, 27, 16, 0, 30, tzinfo=UTC)
    await ring(school.env)

    assert len(overviews(school)) == 1


async def test_a_time_that_cannot_be_read_is_asked_for_again(school: School, panel: InteractionResult) -> None:
    await choose(school, panel, SUNDAY, "tea time")
    assert labels(panel.response) == ["Change it", "Back"]
    assert "tea time" in words(panel.response)
    form = await school.ann.click(seen(panel), label="Change it")
    assert form.modal is not None
    assert form.modal["components"][1]["component"]["value"] == "tea time"
    await fill_in(school, form, ["0"], "7:30am")

    assert line(panel, "**Weekly overview").startswith("**Weekly overview:** every Monday at 07:30, next")


async def test_who_stops_it_or_stops_all_gets_none(school: School, panel: InteractionResult, clock: Clock) -> None:
    await choose(school, panel, SUNDAY, "18:00")
    await choose(school, panel, "off", "18:00")
    assert line(panel, "**Weekly overview") == "**Weekly overview:** none"
    await choose(school, panel, SUNDAY, "18:00")
    await school.ann.click(seen(panel), label="Stop all")
    await school.ann.click(seen(panel), label="Yes, stop all")
    assert line(panel, "**Weekly overview") == "**Weekly overview:** none"
    clock.moment = SUNDAY_EVENING
    await ring(school.env)

    assert not overviews(school)


async def test_what_was_planned_and_is_stopped_at_the_last_moment_does_not_come(
    school: School, panel: InteractionResult, clock: Clock
) -> None:
    await choose(school, panel, SUNDAY, "18:00")
    clock.moment = SUNDAY_EVENING
    clock.pass_by(seconds=-5)
    await ring(school.env)
    await choose(school, panel, "off", "18:00")
    clock.pass_by(minutes=2)
    await ring(school.env)

    assert not overviews(school)


async def test_after_an_outage_it_comes_late_or_not_at_all(
    school: School, panel: InteractionResult, clock: Clock
) -> None:
    await choose(school, panel, SUNDAY, "18:00")
    clock.moment = SUNDAY_EVENING
    clock.pass_by(hours=5)
    await ring(school.env)
    [late] = overviews(school)
    assert late.endswith("-# This comes late, because I was not able to send it in time.")

    clock.pass_by(days=7, hours=2)
    await ring(school.env)
    assert len(overviews(school)) == 1


async def test_a_date_that_staff_are_just_changing_is_named_without_its_time(
    school: School, panel: InteractionResult, clock: Clock, assistant: Assistant
) -> None:
    await choose(school, panel, SUNDAY, "18:00")
    clock.moment = SUNDAY_EVENING
    clock.pass_by(seconds=-30)
    await ring(school.env)
    change(assistant, move)
    await ring(school.env)
    clock.moment = SUNDAY_EVENING
    await ring(school.env)

    [text] = overviews(school)
    assert text.splitlines()[1:] == [
        "- **PMP-200: Live session**: its time is just being changed. I tell you as soon as it is certain.",
        "- 🔴 <t:1790892000:F> · **PMP-200: Live session**",
    ]


async def test_a_crash_after_it_reached_discord_repeats_nothing(
    school: School, panel: InteractionResult, clock: Clock, database: Database, make_bot: Callable[[], SchoolbellBot]
) -> None:
    await choose(school, panel, SUNDAY, "18:00")
    clock.moment = SUNDAY_EVENING
    await ring(school.env)
    await database.run(recorded_as_being_sent)
    await school.env.restart_bot(make_bot())
    clock.pass_by(minutes=2)
    await ring(school.env)

    assert len(overviews(school)) == 1
    assert (await database.run(deliveries.counts)).get(State.SENDING) is None


async def test_a_closed_direct_message_is_tried_once(school: School, panel: InteractionResult, clock: Clock) -> None:
    await choose(school, panel, SUNDAY, "18:00")
    school.env.inject_error("POST", "/channels/*/messages", times=None, **CLOSED)  # type: ignore[arg-type]
    clock.moment = SUNDAY_EVENING
    for _ in range(3):
        await ring(school.env)

    posts = [one for one in school.env.http_requests if one.method == "POST" and one.path.endswith("/messages")]
    assert len(posts) == 1


async def test_it_is_in_what_is_handed_out_and_gone_with_what_is_deleted(
    school: School, panel: InteractionResult, clock: Clock, database: Database
) -> None:
    await choose(school, panel, SUNDAY, "18:00")
    clock.moment = SUNDAY_EVENING
    await ring(school.env)
    [row] = (await database.run(export, school.ann.id))["person"]
    assert (row["digest_weekday"], row["digest_at"]) == (6, "18:00")
    assert "digest" in [row["kind"] for row in (await database.run(export, school.ann.id))["delivery"]]

    about = await school.ann.slash(school.general, "help")
    question = await school.ann.click(seen(about), label="Delete my data")
    await school.ann.click(seen(question), label="Yes, delete it all")
    clock.pass_by(days=7)
    await ring(school.env)
    assert len(overviews(school)) == 1
