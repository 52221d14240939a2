"""Live sessions as scheduled events, as the members of a server find them in Discord."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import discord
import pytest
from simcord.backend.models.scheduled_event import ScheduledEvent

from bot.answering.knowledge_base import KnowledgeBase
from bot.assistant import Assistant
from bot.chat.client import SchoolbellBot, create
from bot.chat.staff.self_test import gaps
from bot.content.model import Course, LiveSession, Span
from bot.settings import Settings
from bot.store import Connection
from bot.store.database import Database
from bot.store.tables import scheduled_event
from tests.chat.conftest import Clock, School
from tests.chat.reading import ring

TUESDAY = date(2026, 9, 29)
SCHEDULED, ACTIVE, COMPLETED, CANCELLED = range(1, 5)


@pytest.fixture
def settings() -> Settings:
    return Settings(scheduled_events=True)


def events(school: School, *states: int) -> list[ScheduledEvent]:
    """The server's events in these states, or to come, by start."""
    there = school.env.backend.get_guild(school.guild.id).scheduled_events.values()
    of_state = [event for event in there if event.status in (states or (SCHEDULED,))]
    return sorted(of_state, key=lambda event: (event.scheduled_start_time, event.id))


async def look(school: School, clock: Clock) -> None:
    """Let the bot look at the events, as it does every few minutes; what has changed is told by then."""
    await ring(school.env)
    clock.pass_by(minutes=11)
    await ring(school.env)


def change(assistant: Assistant, session: Callable[[LiveSession], LiveSession]) -> None:
    """Staff edit the live sessions of PMP-200, and of no other course."""

    def changed(course: Course) -> Course:
        if course.code != "PMP-200":
            return course
        return replace(course, live_sessions=tuple(session(one) for one in course.live_sessions))

    base = assistant.knowledge
    courses = tuple(changed(course) for course in base.school.courses)
    assistant.knowledge = KnowledgeBase.build(base.faq, replace(base.school, courses=courses))


def move(session: LiveSession) -> LiveSession:
    """To Wednesday at 17:00."""
    wall = datetime(2026, 9, 30, 17, 0)  # noqa: DTZ001 - a wall time
    return replace(session, moved={**session.moved, TUESDAY: Span(starts=wall, minutes=60)})


def cancel(session: LiveSession) -> LiveSession:
    return replace(session, cancelled={**session.cancelled, TUESDAY: "Ill"})


def requests(school: School) -> list[str]:
    """The changes that the bot asked Discord for."""
    return [one.method for one in school.env.http_requests if "scheduled-events" in one.path and one.method != "GET"]


async def test_the_sessions_of_the_next_two_weeks_are_events(school: School, clock: Clock) -> None:
    await ring(school.env)
    mine = [event for event in events(school) if event.name.startswith("PMP-200")]

    assert [event.name for event in mine] == ["PMP-200: Live session"] * 4
    first = mine[0]
    assert (first.scheduled_start_time, first.scheduled_end_time) == (
        "2026-09-24T22:00:00+00:00",
        "2026-09-24T23:30:00+00:00",
    )
    assert first.entity_metadata == {"location": "https://video.sps.example.edu/pmp200"}
    assert first.description
    assert first.description.startswith(
        "Live session of PMP-200, PMP Exam Preparation (live).\nAttendance is expected.\nAsk me about it with /course"
    )
    assert all(event.scheduled_start_time < "2026-10-08T14:02" for event in events(school))
    count = len(requests(school))
    for _ in range(3):
        await look(school, clock)
    assert len(requests(school)) == count


async def test_days_later_the_next_ones_are_added_and_none_twice(school: School, clock: Clock) -> None:
    await ring(school.env)
    before = len(events(school))
    clock.pass_by(days=7)
    await ring(school.env)
    there = events(school)

    assert len({(event.name, event.scheduled_start_time) for event in there}) == len(there) > before / 2
    assert there[-1].scheduled_start_time > "2026-10-13"


async def test_a_moved_session_is_edited_and_a_cancelled_one_is_cancelled(
    school: School, clock: Clock, assistant: Assistant
) -> None:
    await ring(school.env)
    count = len(requests(school))
    tuesday = next(one for one in events(school) if one.scheduled_start_time.startswith("2026-09-29T22"))
    change(assistant, move)
    await look(school, clock)
    assert requests(school)[count:] == ["PATCH"]
    assert (tuesday.scheduled_start_time, tuesday.scheduled_end_time) == (
        "2026-09-30T21:00:00+00:00",
        "2026-09-30T22:00:00+00:00",
    )

    change(assistant, cancel)
    await look(school, clock)
    assert [event.id for event in events(school, CANCELLED)] == [tuesday.id]

    change(assistant, lambda session: replace(session, cancelled={}))
    await look(school, clock)
    assert tuesday.scheduled_start_time in [event.scheduled_start_time for event in events(school)]
    assert len(requests(school)) == count + 3


async def test_a_change_that_nobody_was_told_of_yet_changes_no_event(
    school: School, clock: Clock, assistant: Assistant
) -> None:
    await ring(school.env)
    there = requests(school)
    before = assistant.knowledge
    change(assistant, move)
    for _ in range(3):
        clock.pass_by(seconds=20)
        await ring(school.env)
    assert requests(school) == there

    assistant.knowledge = before
    await look(school, clock)
    assert requests(school) == there


async def test_a_renamed_session_keeps_its_event(school: School, clock: Clock, assistant: Assistant) -> None:
    await ring(school.env)
    tuesday = next(one for one in events(school) if one.scheduled_start_time.startswith("2026-09-29T22"))
    change(assistant, lambda session: replace(session, title="Review"))
    await look(school, clock)
    await look(school, clock)

    assert (tuesday.name, tuesday.status) == ("PMP-200: Review", SCHEDULED)
    assert not events(school, CANCELLED)


async def test_an_event_that_a_person_deleted_is_not_made_again(
    school: School, clock: Clock, assistant: Assistant
) -> None:
    await ring(school.env)
    [tuesday] = [one for one in events(school) if one.scheduled_start_time.startswith("2026-09-29T22")]
    school.env.backend.delete_scheduled_event(school.guild.id, tuesday.id)
    there = [event.id for event in events(school)]
    await look(school, clock)
    change(assistant, move)
    await look(school, clock)

    assert [event.id for event in events(school)] == there


async def test_what_a_person_wrote_stays_until_the_session_says_otherwise(
    school: School, clock: Clock, assistant: Assistant
) -> None:
    await ring(school.env)
    tuesday = next(one for one in events(school) if one.scheduled_start_time.startswith("2026-09-29T22"))
    school.env.backend.edit_scheduled_event(
        school.guild.id, tuesday.id, {"description": "Bring your laptop", "name": "Laptops!"}
    )
    await look(school, clock)
    assert (tuesday.name, tuesday.description) == ("Laptops!", "Bring your laptop")

    change(assistant, move)
    await look(school, clock)
    assert (tuesday.name, tuesday.description) == ("Laptops!", "Bring your laptop")
    assert tuesday.scheduled_start_time.startswith("2026-09-30")


async def test_a_restart_in_between_makes_no_second_one(
    school: School, clock: Clock, make_bot: Callable[[], SchoolbellBot], database: Database
) -> None:
    await ring(school.env)
    there = [(event.id, event.name) for event in events(school)]
    count = len(requests(school))
    await school.env.restart_bot(make_bot())
    await ring(school.env)
    assert len(requests(school)) == count

    await database.run(not_yet_recorded)
    await school.env.restart_bot(make_bot())
    await ring(school.env)
    assert [(event.id, event.name) for event in events(school)] == there
    assert "POST" not in requests(school)[count:]


async def test_without_the_permission_it_is_said_once_and_made_up_for_later(
    school: School, clock: Clock, caplog: pytest.LogCaptureFixture, assistant: Assistant
) -> None:
    [server] = school.env.bot.guilds
    mine = next(role for role in school.env.backend.get_guild(school.guild.id).roles.values() if role.name == "TestBot")
    allowed = mine.permissions
    may_not = discord.Permissions(allowed)
    may_not.update(create_events=False)
    school.env.backend.edit_role(school.guild.id, mine.id, {"permissions": may_not.value})
    await ring(school.env)
    for _ in range(2):
        await look(school, clock)

    assert not events(school)
    said = [record.getMessage() for record in caplog.records if "SCHEDULED_EVENTS" in record.getMessage()]
    assert said == [
        f"server_lacks guild={school.guild.id} permissions=Create Events: SCHEDULED_EVENTS is on. "
        "Give me this permission in the server's settings."
    ]
    shown = gaps(server, assistant.knowledge, Settings(scheduled_events=True), public=False)
    assert [one.mend for one in shown if "Create Events" in one.what] == [
        "*Server Settings > Roles*, choose **TestBot**, and allow *Create Events*."
    ]

    school.env.backend.edit_role(school.guild.id, mine.id, {"permissions": allowed})
    await look(school, clock)
    assert events(school)


async def test_a_fault_of_discord_only_delays(school: School, clock: Clock) -> None:
    school.env.inject_error("POST", "/guilds/*/scheduled-events", status=400, code=30038, message="Too many", times=2)
    await ring(school.env)
    fewer = len(events(school))
    await look(school, clock)

    assert len(events(school)) == fewer + 2


@pytest.mark.parametrize("status", [500, 503])
async def test_while_discord_cannot_say_which_events_there_are_none_is_made(
    school: School, clock: Clock, status: int
) -> None:
    school.env.inject_error("GET", "/guilds/*/scheduled-events", status=status, times=None)
    await ring(school.env)
    assert not events(school)


async def test_a_session_runs_and_ends_by_itself(school: School, clock: Clock) -> None:
    await ring(school.env)
    clock.pass_by(hours=8, minutes=30)
    await ring(school.env)
    assert [event.name for event in events(school, ACTIVE)] == ["PMP-200: Live session"]
    clock.pass_by(hours=2)
    await ring(school.env)
    assert [event.name for event in events(school, COMPLETED)] == ["PMP-200: Live session"]
    assert set(requests(school)) == {"POST"}


async def test_when_the_operator_switches_them_off_they_go_and_when_on_again_they_come_back(
    school: School, clock: Clock, assistant: Assistant, database: Database, make_bot: Callable[[], SchoolbellBot]
) -> None:
    await ring(school.env)
    there = events(school)
    await school.env.restart_bot(create(assistant, Settings(), clock, database=database))
    await look(school, clock)
    assert not events(school)
    assert events(school, CANCELLED) == there

    count = len(requests(school))
    for _ in range(2):
        await look(school, clock)
    assert len(requests(school)) == count
    await school.env.restart_bot(make_bot())
    await look(school, clock)
    assert [event.scheduled_start_time for event in events(school)] == [one.scheduled_start_time for one in there]


def not_yet_recorded(unit: Connection) -> None:
    """The process died after Discord had made the events, and before that was written down."""
    unit.execute(scheduled_event.delete())
