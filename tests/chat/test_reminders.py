"""Reminders as students meet them: asked for with a button, sent by the bell, put off, done and stopped."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.chat.conftest import Clock, School
from tests.chat.reading import labels, last, ring, seen, words

MISSED = "What happens if I miss a live session?"


async def test_a_reminder_arrives_is_put_off_arrives_again_and_is_done(school: School, clock: Clock) -> None:
    card = await school.ann.slash(school.general, "course", course="DA-120")
    said = await school.ann.click(seen(card), label="Remind me")
    dm = school.ann.user.dm_channel
    await ring(school.env)

    assert said.ephemeral
    assert words(said.response).startswith(
        "I remind you of **DA-120** by direct message: 1 day and 15 minutes before each live session, and 1 week, "
        "1 day and 2 hours before each deadline. The next reminder comes <t:"
    )
    assert not dm.history()

    clock.moment = datetime(2026, 9, 27, 13, 1, tzinfo=UTC)
    await ring(school.env)
    reminder = last(dm)
    assert words(reminder) == "**DA-120: Workbook** is due <t:1790600400:F> (<t:1790600400:R>)."
    assert labels(reminder) == ["Snooze 15 min", "Snooze 1 h", "Snooze 1 day", "Done"]

    await school.ann.user.click(reminder, label="Snooze 1 h")
    assert words(last(dm)).endswith(f"-# Snoozed: I remind you again <t:{int(clock().timestamp()) + 3600}:R>.")
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


async def test_what_i_follow_is_my_course(school: School) -> None:
    assert "What happens if I miss" in words((await school.ann.slash(school.general, "ask", question=MISSED)).response)
    for course in ("DA-120", "PMP-200"):
        card = await school.ann.slash(school.general, "course", course=course)
        await school.ann.click(seen(card), label="Remind me")
    mine = await school.ann.slash(school.general, "schedule", days=14)
    which = await school.ann.slash(school.general, "ask", question=MISSED)
    await school.bo.slash(school.general, "schedule", days=14)

    assert words(mine.response).startswith("### Schedule: DA-120, PMP-200, next 14 days")
    assert [label.split(" ")[0] for label in labels(which.response)] == ["DA-120", "PMP-200"]
