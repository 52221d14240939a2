"""The panel of /reminders: everything that a student may change, and what they are told when it cannot be."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import discord
import pytest
from simcord.results import InteractionResult

from bot.chat import custom_ids
from bot.store import Connection
from bot.store.database import Database
from bot.store.tables import metadata
from tests.chat.conftest import Clock, School
from tests.chat.reading import items, labels, last, ring, seen, words

DA_120, PM_101 = custom_ids.key("DA-120"), custom_ids.key("PM-101")


@pytest.fixture
async def panel(school: School) -> InteractionResult:
    """Ann's panel, which each button replaces by its new state."""
    return await school.ann.slash(school.general, "reminders")


async def fill_in(school: School, form: InteractionResult, *values: Any) -> InteractionResult:
    """Submit a form with these values from the top; None leaves a field as it was."""
    assert form.modal is not None, form
    fields = [label["component"] for label in form.modal["components"]]
    given = [field.get("value") if value is None else value for field, value in zip(fields, values, strict=True)]
    return await school.ann.submit_modal(
        form, {field["custom_id"]: value for field, value in zip(fields, given, strict=True) if value is not None}
    )


async def add(school: School, panel: InteractionResult, title: str, when: str, kind: str = "deadline") -> None:
    form = await school.ann.click(seen(panel), label="Add my own")
    await fill_in(school, form, kind, title, when, [], ["60"])


def chosen(result: InteractionResult, custom_id: str) -> list[str]:
    """What is chosen in a menu of the panel."""
    menus = [item for item in items(seen(result)) if isinstance(item, discord.ui.Select)]
    menu = next(menu for menu in menus if menu.custom_id == custom_id)
    return [option.label for option in menu.options if option.default]


def line(result: InteractionResult, beginning: str) -> str:
    """The line of the panel that begins so."""
    return next(one for one in words(result.response).splitlines() if one.startswith(beginning))


def everything(unit: Connection) -> str:
    """All rows of all tables."""
    return "\n".join(str(unit.execute(table.select()).all()) for table in metadata.sorted_tables)


async def test_courses_are_chosen_and_left(school: School, panel: InteractionResult) -> None:
    assert panel.ephemeral
    assert line(panel, "**Courses:**").startswith("**Courses:** none yet.")
    assert line(panel, "**Next:**") == "**Next:** no reminder is on its way"

    await school.ann.select(seen(panel), [DA_120, PM_101], custom_id=custom_ids.FOLLOWED)
    assert line(panel, "**Courses:**") == "**Courses:** DA-120, PM-101"
    assert [one.split(" ")[0] for one in chosen(panel, custom_ids.FOLLOWED)] == ["DA-120", "PM-101"]
    assert len([one for one in words(panel.response).splitlines() if one.startswith("- <t:")]) == 3

    await school.ann.select(seen(panel), [PM_101], custom_id=custom_ids.FOLLOWED)
    assert line(panel, "**Courses:**") == "**Courses:** PM-101"


async def test_a_course_is_muted_for_a_while_and_goes_on_by_itself(
    school: School, panel: InteractionResult, clock: Clock
) -> None:
    assert custom_ids.MUTE not in [getattr(item, "custom_id", "") for item in items(seen(panel))]
    await school.ann.select(seen(panel), [DA_120], custom_id=custom_ids.FOLLOWED)
    await school.ann.select(seen(panel), [DA_120], custom_id=custom_ids.MUTE)
    assert words(panel.response).startswith("**Mute DA-120?**")
    assert labels(panel.response) == ["1 day", "3 days", "1 week", "2 weeks", "Back"]

    await school.ann.click(seen(panel), label="1 week")
    until = int(datetime(2026, 10, 1, 14, tzinfo=UTC).timestamp())
    assert line(panel, "**Muted:**") == f"**Muted:** DA-120 until <t:{until}:f>"
    assert line(panel, "**Courses:**") == "**Courses:** DA-120"
    card = await school.ann.slash(school.general, "course", course="DA-120")
    again = await school.ann.click(seen(card), label="Remind me")
    assert f"But it is muted until <t:{until}:f>" in words(again.response)

    clock.moment = datetime(2026, 9, 27, 13, 1, tzinfo=UTC)  # a day before each Monday's workbook
    await ring(school.env)
    assert not school.ann.user.dm_channel.history()
    clock.pass_by(weeks=1)
    await ring(school.env)
    assert len(school.ann.user.dm_channel.history()) == 1
    later = await school.ann.slash(school.general, "reminders")
    assert "Muted" not in words(later.response)


async def test_a_mute_is_ended_by_the_card_that_began_it(school: School, panel: InteractionResult) -> None:
    await school.ann.select(seen(panel), [DA_120], custom_id=custom_ids.FOLLOWED)
    before = words(panel.response)
    for pressed in ("2 weeks", "End it"):
        await school.ann.select(seen(panel), [DA_120], custom_id=custom_ids.MUTE)
        await school.ann.click(seen(panel), label=pressed)
    assert words(panel.response) == before


async def test_how_long_before_holds_for_all_courses_also_for_later_ones(
    school: School, panel: InteractionResult
) -> None:
    await school.ann.select(seen(panel), [DA_120], custom_id=custom_ids.FOLLOWED)
    assert chosen(panel, custom_ids.LEADS) == ["As each course says"]

    await school.ann.select(seen(panel), ["file", "60", "1440"], custom_id=custom_ids.LEADS)
    assert line(panel, "**How long").endswith("1 day and 1 hour")
    assert chosen(panel, custom_ids.LEADS) == ["1 hour before", "1 day before"]
    await school.ann.select(seen(panel), [DA_120, PM_101], custom_id=custom_ids.FOLLOWED)
    assert line(panel, "**How long").endswith("1 day and 1 hour")

    await school.ann.select(seen(panel), ["file", "60", "1440"], custom_id=custom_ids.LEADS)
    assert line(panel, "**How long").endswith("as each course says")


async def test_a_fast_double_click_saves_one_deadline_and_complains_of_nothing(
    school: School, panel: InteractionResult
) -> None:
    await add(school, panel, "Essay draft", "fri 5pm")
    _, second = await school.press_in_a_hurry(school.ann, seen(panel), "Yes, save it", "Yes, save it")
    assert "-# Saved." in words(panel.response)
    assert words(panel.response).count("**Essay draft**: ") == 1
    assert second.followups == []
    assert seen(second).id == seen(panel).id

    await add(school, panel, "Essay draft", "sat 5pm")
    await school.ann.click(seen(panel), label="Yes, save it")
    assert words(panel.response).count("**Essay draft**: ") == 2


async def test_zone_and_quiet_hours(school: School, panel: InteractionResult) -> None:
    assert line(panel, "**Your times").endswith("America/New York (the school's); no quiet hours")
    form = await school.ann.click(seen(panel), label="Time zone and quiet hours")
    await fill_in(school, form, "Europe/Berlin", "10pm", "7:30am")

    assert line(panel, "**Your times").endswith("Europe/Berlin; nothing rings from 22:00 to 07:30")
    again = await school.ann.click(seen(panel), label="Time zone and quiet hours")
    await fill_in(school, again, None, "", "")
    assert line(panel, "**Your times").endswith("Europe/Berlin; no quiet hours")


@pytest.mark.parametrize(
    ("zone", "starts", "ends", "said"),
    [
        ("GMT-5", "", "", '"GMT-5" is not the name of a time zone.'),
        ("Mars", "", "", '"Mars" is not the name of a time zone.'),
        ("Europe/Berlin", "22:00", "", "Quiet hours need both a beginning and an end"),
        ("Europe/Berlin", "22:00", "22:00", "The quiet hours begin and end at the same time."),
        ("Europe/Berlin", "late", "7am", '"late"'),
        ("Europe/Berlin", "25:00", "7am", '"25:00"'),
        ("<@&1> **x**", "", "", '"<@&1> **x**" is not the name of a time zone.'),
    ],
)
async def test_times_that_cannot_be_read_are_answered_in_words(
    school: School, panel: InteractionResult, zone: str, starts: str, ends: str, said: str
) -> None:
    form = await school.ann.click(seen(panel), label="Time zone and quiet hours")
    await fill_in(school, form, zone, starts, ends)

    assert said in words(panel.response).replace("\\", "")
    assert labels(panel.response) == ["Change it", "Back"]
    again = await school.ann.click(seen(panel), label="Change it")
    assert again.modal is not None
    assert [one["component"].get("value") or "" for one in again.modal["components"]] == [zone, starts, ends]
    await school.ann.click(seen(panel), label="Back")
    assert line(panel, "**Your times").endswith("America/New York (the school's); no quiet hours")


@pytest.mark.parametrize(
    ("typed", "zone"),
    [("chicago", "America/Chicago"), ("EST", "America/New York"), ("los angeles", "America/Los Angeles")],
)
async def test_a_city_or_a_habit_names_a_zone(school: School, panel: InteractionResult, typed: str, zone: str) -> None:
    form = await school.ann.click(seen(panel), label="Time zone and quiet hours")
    await fill_in(school, form, typed, "", "")
    assert line(panel, "**Your times").endswith(f"{zone}; no quiet hours")


async def test_an_own_deadline_is_echoed_confirmed_edited_rung_and_deleted(
    school: School, panel: InteractionResult, clock: Clock
) -> None:
    form = await school.ann.click(seen(panel), label="Add my own")
    await fill_in(school, form, "deadline", "Read *chapter* 3", "2 oct 5pm", [DA_120], ["60"])
    due = int(datetime(2026, 10, 2, 21, tzinfo=UTC).timestamp())
    assert words(panel.response) == (
        f"**Read \\*chapter\\* 3** for DA-120: <t:{due}:F> (<t:{due}:R>), with a reminder 1 hour before\n"
        "**Is that right?**\n"
        "-# I read the time as one in the zone America/New York. *Time zone and quiet hours* under `/reminders` "
        "changes that."
    )

    await school.ann.click(seen(panel), label="Yes, save it")
    assert "- **Read \\*chapter\\* 3** for DA-120" in words(panel.response)
    await school.ann.select(seen(panel), ["1"], custom_id=custom_ids.OWN)
    edited = await school.ann.click(seen(panel), label="Edit")
    await fill_in(school, edited, "deadline", "Read chapter 4", None, [], ["30"])
    await school.ann.click(seen(panel), label="Yes, save it")
    assert f"- **Read chapter 4**: <t:{due}:F>" in words(panel.response)

    clock.moment = datetime(2026, 10, 2, 20, 31, tzinfo=UTC)
    await ring(school.env)
    dm = school.ann.user.dm_channel
    assert words(last(dm)) == f"Your own deadline **Read chapter 4** is due <t:{due}:F> (<t:{due}:R>)."

    await school.ann.select(seen(panel), ["1"], custom_id=custom_ids.OWN)
    await school.ann.click(seen(panel), label="Delete")
    assert "Read chapter 4" not in words(panel.response)


@pytest.mark.parametrize(
    ("kind", "when", "understood"),
    [
        ("deadline", "fri 5pm", "<t:1790370000:F> (<t:1790370000:R>)"),
        ("deadline", "in 3 days", "<t:1790517600:F>"),
        ("deadline", "fri", "<t:1790395140:F>"),
        ("slot", "daily 7am for an hour", "every day at 07:00 for 60 min (America/New York), next <t:1790334000:F>"),
        ("slot", "every other mon and wed 19:00", "every other Mon and Wed at 19:00"),
    ],
)
async def test_moments_in_everyday_words_are_echoed(
    school: School, panel: InteractionResult, kind: str, when: str, understood: str
) -> None:
    await add(school, panel, "Study", when, kind)
    assert understood in words(panel.response)


async def test_study_time_once_keeps_its_length(school: School, panel: InteractionResult) -> None:
    await add(school, panel, "Study", "sat 10-11:30am", "slot")
    assert words(panel.response).startswith("**Study**: <t:1790431200:F> for 90 min (<t:1790431200:R>)")
    await school.ann.click(seen(panel), label="Yes, save it")
    assert "- **Study**: <t:1790431200:F> for 90 min (" in words(panel.response)

    await school.ann.select(seen(panel), ["1"], custom_id=custom_ids.OWN)
    form = await school.ann.click(seen(panel), label="Edit")
    assert form.modal is not None
    assert form.modal["components"][2]["component"]["value"] == "26 Sep 2026 10:00 for 90 min"
    await fill_in(school, form, "slot", "Read", None, [], [])
    assert words(panel.response).startswith("**Read**: <t:1790431200:F> for 90 min")


@pytest.mark.parametrize(
    ("kind", "when", "clash"),
    [
        ("slot", "tue 19:00-20:00", "⚠️ PMP-200 meets live at that time: <t:1790719200:F>."),
        (
            "slot",
            "every tue 7pm for an hour",
            "⚠️ PMP-200 meets live at that time: <t:1790719200:F>, and 2 more in the next four weeks",
        ),
        ("slot", "tue 18:30", "⚠️ PMP-200 meets live at that time: <t:1790719200:F>."),
        ("slot", "tue 19:30-20:30", ""),
        ("slot", "tue 17:00-18:00", ""),
        ("slot", "every sat 7pm for an hour", ""),
        ("deadline", "tue 19:00", ""),
    ],
)
async def test_study_time_during_a_live_session_is_marked_before_it_is_saved(
    school: School, panel: InteractionResult, kind: str, when: str, clash: str
) -> None:
    await school.ann.select(seen(panel), [custom_ids.key("PMP-200")], custom_id=custom_ids.FOLLOWED)
    await add(school, panel, "Study", when, kind)
    said = words(panel.response)
    assert clash in said
    assert ("⚠️" in said) == bool(clash)


@pytest.mark.parametrize("when", ["sat 10-11:30am", "sat 10am for an hour", "every sat 10-11:30am"])
async def test_a_deadline_has_no_length(school: School, panel: InteractionResult, when: str) -> None:
    await add(school, panel, "Essay", when)
    assert words(panel.response).startswith("A deadline is one moment")
    assert labels(panel.response) == ["Change it", "Back"]


async def test_study_time_needs_a_time(school: School, panel: InteractionResult) -> None:
    await add(school, panel, "Study", "fri", "slot")
    assert "has no time" in words(panel.response)


async def test_a_moment_that_is_left_as_it_was_stays_so_in_another_zone(
    school: School, panel: InteractionResult
) -> None:
    await add(school, panel, "Essay", "2 oct 5pm")
    await school.ann.click(seen(panel), label="Yes, save it")
    form = await school.ann.click(seen(panel), label="Time zone and quiet hours")
    await fill_in(school, form, "Europe/Berlin", "", "")
    await school.ann.select(seen(panel), ["1"], custom_id=custom_ids.OWN)
    form = await school.ann.click(seen(panel), label="Edit")
    await fill_in(school, form, "deadline", "My essay", None, [], [])

    due = int(datetime(2026, 10, 2, 21, tzinfo=UTC).timestamp())
    assert words(panel.response).startswith(f"**My essay**: <t:{due}:F> (<t:{due}:R>), without a reminder")


async def test_what_has_passed_is_listed_last_and_may_be_put_later(
    school: School, panel: InteractionResult, clock: Clock
) -> None:
    for title, when in (("Essay", "2 oct 5pm"), ("Review", "9 oct 5pm")):
        await add(school, panel, title, when)
        await school.ann.click(seen(panel), label="Yes, save it")
    clock.moment = datetime(2026, 10, 3, tzinfo=UTC)
    later = await school.ann.slash(school.general, "reminders")
    listed = [one for one in words(later.response).splitlines() if one.startswith("- **")]
    assert [one.partition("**:")[0] for one in listed] == ["- **Review", "- **Essay"]
    assert listed[1].endswith("<t:1790974800:F> (<t:1790974800:R>)"), "there is no reminder of it any more"

    await school.ann.select(seen(later), ["1"], custom_id=custom_ids.OWN)
    form = await school.ann.click(seen(later), label="Edit")
    await fill_in(school, form, "deadline", None, "12 oct 5pm", [], ["60"])
    await school.ann.click(seen(later), label="Yes, save it")
    assert "- **Essay**: <t:1791838800:F>" in words(later.response)


async def test_study_time_every_week(school: School, panel: InteractionResult, clock: Clock) -> None:
    await add(school, panel, "Study", "every Sunday 19:00", "slot")
    assert "every Sun at 19:00" in words(panel.response)
    assert "(America/New York), next <t:1790550000:F>, with a reminder 1 hour before" in words(panel.response)
    await school.ann.click(seen(panel), label="Yes, save it")

    for week in range(2):
        clock.moment = datetime(2026, 9, 27 if week == 0 else 28, 22, 1, tzinfo=UTC)
        await ring(school.env)
    assert [words(message) for message in school.ann.user.dm_channel.history()] == [
        "Your study time **Study** starts <t:1790550000:F> (<t:1790550000:R>)."
    ]


@pytest.mark.parametrize(
    ("title", "when", "said"),
    [
        ("Essay", "soon", '"soon"'),
        ("Essay", "03/04 5pm", "03/04"),
        ("Essay", "next friday", "which one?"),
        ("Essay", "1 Sep 2026 5pm", "has passed"),
        ("   ", "fri 5pm", "It needs a name, such as Read chapter 3"),
        ("@everyone", "[x](http://x) <@1>", "<@1>"),
    ],
)
async def test_what_is_not_understood_is_answered_in_words_and_need_not_be_typed_again(
    school: School, panel: InteractionResult, title: str, when: str, said: str
) -> None:
    await add(school, panel, title, when)
    assert said in words(panel.response).replace("\\", "")
    assert labels(panel.response) == ["Change it", "Back"]

    form = await school.ann.click(seen(panel), label="Change it")
    assert form.modal is not None
    assert form.modal["components"][2]["component"]["value"] == when
    await school.ann.click(seen(panel), label="Back")
    assert "none yet" in line(panel, "**My own")


async def test_no_reminder_is_promised_for_which_it_is_too_late(school: School, panel: InteractionResult) -> None:
    await add(school, panel, "Essay", "in 20 minutes")
    assert words(panel.response).splitlines()[0].endswith("(<t:1790259600:R>), too soon for a reminder 1 hour before")
    await school.ann.click(seen(panel), label="Yes, save it")
    assert line(panel, "**Next:**") == "**Next:** no reminder is on its way"


async def test_more_than_anyone_needs_is_refused(school: School, panel: InteractionResult) -> None:
    for number in range(10):
        await add(school, panel, f"Essay {number}", "2 Oct 2026 5pm")
        await school.ann.click(seen(panel), label="Yes, save it")
    await add(school, panel, "Essay 11", "2 Oct 2026 5pm")
    refused = await school.ann.click(seen(panel), label="Yes, save it")

    assert words(refused.response) == "You added 10 within an hour. Add more a little later."


async def test_messages_switched_off_and_on(school: School, panel: InteractionResult, clock: Clock) -> None:
    await school.ann.select(seen(panel), [DA_120], custom_id=custom_ids.FOLLOWED)
    await school.ann.click(seen(panel), label="Switch messages off")
    assert line(panel, "**Where") == "**Where:** nowhere. Direct messages are switched off."
    assert line(panel, "**Next") == "**Next:** no reminder is on its way"
    clock.moment = datetime(2026, 9, 27, 13, 1, tzinfo=UTC)
    await ring(school.env)
    assert not school.ann.user.dm_channel.history()

    await school.ann.click(seen(panel), label="Switch messages on")
    assert line(panel, "**Where") == "**Where:** in a direct message from me"


async def test_stop_all(school: School, panel: InteractionResult, clock: Clock) -> None:
    await school.ann.select(seen(panel), [DA_120, PM_101], custom_id=custom_ids.FOLLOWED)
    await add(school, panel, "Essay", "2 Oct 2026 5pm")
    await school.ann.click(seen(panel), label="Yes, save it")
    await school.ann.click(seen(panel), label="Stop all")
    assert words(panel.response).startswith("**Stop all reminders?**")
    await school.ann.click(seen(panel), label="Yes, stop all")

    assert line(panel, "**Courses").startswith("**Courses:** none yet.")
    assert line(panel, "**Next") == "**Next:** no reminder is on its way"
    assert "**Essay**" in words(panel.response)
    clock.moment = datetime(2026, 10, 2, 20, 1, tzinfo=UTC)
    await ring(school.env)
    assert not school.ann.user.dm_channel.history()


async def test_a_test_message(school: School, panel: InteractionResult) -> None:
    await school.ann.click(seen(panel), label="Test message")

    assert words(last(school.ann.user.dm_channel)) == "This is a test: reminders reach you here."
    assert "-# The test message has been sent." in words(panel.response)


async def test_closed_direct_messages_are_said_with_the_remedy(school: School, panel: InteractionResult) -> None:
    await school.ann.select(seen(panel), [DA_120], custom_id=custom_ids.FOLLOWED)
    closed = {"status": 403, "code": 50007, "message": "Cannot send messages to this user"}
    school.env.inject_error("POST", "/channels/*/messages", **closed)  # type: ignore[arg-type]
    await school.ann.click(seen(panel), label="Test message")
    assert "choose **Privacy Settings**, switch on **Direct Messages**" in line(panel, "**Where")

    await school.ann.click(seen(panel), label="Test message")
    assert line(panel, "**Where") == "**Where:** in a direct message from me"


async def test_help_exports_and_deletes(school: School, panel: InteractionResult, database: Database) -> None:
    await school.ann.select(seen(panel), [DA_120], custom_id=custom_ids.FOLLOWED)
    await add(school, panel, "Essay", "2 Oct 2026 5pm")
    await school.ann.click(seen(panel), label="Yes, save it")
    help_ = await school.ann.slash(school.general, "help")
    file = await school.ann.click(seen(help_), label="Export my data")
    exported = (await seen(file).attachments[0].read()).decode()
    assert file.ephemeral
    assert "DA-120" in exported
    assert "Essay" in exported
    for table in ("person", "subscription", "personal_item", "snooze", "done", "delivery"):
        assert f'"{table}"' in exported

    assert str(school.ann.id) in await database.run(everything)
    kept = await school.ann.click(seen(help_), label="Delete my data")
    await school.ann.click(seen(kept), label="No, keep it")
    assert words(kept.response) == "Nothing is deleted."
    deleted = await school.ann.click(seen(help_), label="Delete my data")
    await school.ann.click(seen(deleted), label="Yes, delete it all")
    assert words(deleted.response) == "Everything that I had stored about you is deleted."
    assert str(school.ann.id) not in await database.run(everything)


async def test_who_deletes_their_data_is_a_stranger_to_the_conversation_too(school: School) -> None:
    await school.ann.slash(school.general, "ask", question="do I have to log in at a set time in PMP-200?")
    help_ = await school.ann.slash(school.general, "help")
    sure = await school.ann.click(seen(help_), label="Delete my data")
    await school.ann.click(seen(sure), label="Yes, delete it all")
    asked = await school.ann.slash(school.general, "ask", question="and PM-101?")
    assert "Do I have to log in" not in words(asked.response)
