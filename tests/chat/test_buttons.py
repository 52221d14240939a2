"""What buttons do: for whom, after a restart, and when what they stood for is gone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import discord
import pytest
from simcord.env import Env

from bot.chat import forms
from bot.chat.client import SchoolbellBot
from tests.chat.conftest import Clock, School
from tests.chat.reading import labels, last, seen, words

MISSED = "What happens if I miss a live session?"
PMP = "PMP-200 · PMP Exam Preparation (live)"


async def public_question(school: School, question: str) -> discord.Message:
    """Ann asks by mentioning the bot, which answers for everyone."""
    await school.ann.send(school.general, f"{school.mention} {question}")
    return last(school.general)


async def test_which_course_turns_into_the_answer(school: School) -> None:
    result = await school.ann.slash(school.general, "ask", question=MISSED)
    assert PMP in labels(result.response)
    await school.ann.click(seen(result), label=PMP)

    assert "Watch the recording before the next class" in words(result.response)
    assert PMP not in labels(result.response)
    assert labels(result.response)[-1] == "Show everyone"


async def test_did_you_mean_turns_into_the_answer(school: School, unsure: str) -> None:
    result = await school.ann.slash(school.general, "ask", question=unsure)
    offered = labels(result.response)
    assert words(result.response).startswith(f"-# You asked: {unsure}\nI'm not sure what you mean.")
    assert offered[-1] == "None of these"
    await school.ann.click(seen(result), label=offered[0])

    assert words(result.response).startswith(f"### {offered[0]}")


async def test_none_of_these_names_whom_to_ask(school: School, unsure: str) -> None:
    result = await school.ann.slash(school.general, "ask", question=unsure)
    await school.ann.click(seen(result), label="None of these")

    assert "support@sps.example.edu" in words(result.response)
    assert not labels(result.response)


async def test_a_related_question_opens_beside_the_answer_and_keeps_the_course(school: School, clock: Clock) -> None:
    result = await school.ann.slash(school.general, "ask", question=f"PMP-200: {MISSED}")
    clock.pass_by(minutes=11)
    beside = await school.ann.click(seen(result), label="When is my next live session?")

    assert beside.ephemeral
    assert "Next live session of PMP-200" in words(beside.response)
    assert words(result.response).startswith(f"### {MISSED}")


async def test_a_course_card_opens_its_schedule(school: School) -> None:
    result = await school.ann.slash(school.general, "course", course="DA-120")
    schedule = await school.ann.click(seen(result), label="Schedule")

    assert words(schedule.response).startswith("### Schedule: DA-120, next 30 days")
    assert "Add to calendar" in labels(schedule.response)


async def test_buttons_survive_a_restart(
    school: School, simcord_env: Env, make_bot: Callable[[], SchoolbellBot]
) -> None:
    private = await school.ann.slash(school.general, "ask", question=MISSED)
    asked_back = await public_question(school, MISSED)
    await simcord_env.restart_bot(make_bot())

    await school.ann.click(seen(private), label=PMP)
    await school.ann.click(asked_back, label=PMP)

    assert "Watch the recording before the next class" in words(private.response)
    assert "Watch the recording before the next class" in words(school.general.last_message)


async def test_an_answer_that_staff_have_removed_is_said_to_be_gone(
    school: School, edit_faq: Callable[[str], None]
) -> None:
    result = await school.ann.slash(school.general, "ask", question=MISSED)
    edit_faq("missed-session")
    gone = await school.ann.click(seen(result), label=PMP)

    assert words(gone.response) == (
        "That answer has been changed or removed since. Please ask again in your own words."
    )
    assert gone.ephemeral


@pytest.mark.parametrize(
    ("custom_id", "said"),
    [
        ("course:0:aaaaaaaaaaaa", "That course is no longer in my list."),
        ("calendar:aaaaaaaaaaaa", "That course is no longer in my list."),
        ("poll:7", "That button is from an older version of me"),
    ],
)
async def test_buttons_of_what_is_no_more(school: School, custom_id: str, said: str) -> None:
    view = discord.ui.View(timeout=None)
    view.add_item(discord.ui.Button(label="Old", custom_id=custom_id))
    view.stop()
    channel = school.env.bot.get_channel(school.general.id)
    assert isinstance(channel, discord.TextChannel)
    result = await school.ann.click(await channel.send(view=view), label="Old")

    assert words(result.response).startswith(said)
    assert result.ephemeral


async def test_show_everyone_posts_the_answer_once_with_a_name(school: School) -> None:
    result = await school.ann.slash(school.general, "ask", question="are these courses self-paced?")
    await school.ann.click(seen(result), label="Show everyone")

    shown = last(school.general)
    assert words(shown).startswith("### Are these courses self-paced?")
    assert words(shown).endswith(f"-# Shown by {school.ann.mention}")
    assert labels(shown)[-1] == "Remove"
    assert "Show everyone" not in labels(shown) + labels(result.response)
    assert school.general.history() == [shown]


async def test_show_everyone_is_not_offered_to_who_may_not_write(school: School) -> None:
    read_only = discord.PermissionOverwrite(send_messages=False)
    news = school.guild.create_text_channel("news", overwrites={school.guild.default_role: read_only})
    result = await school.ann.slash(news, "ask", question="are these courses self-paced?")

    assert "Show everyone" not in labels(result.response)


async def test_show_everyone_where_the_bot_may_not_write_any_more(school: School, simcord_env: Env) -> None:
    result = await school.ann.slash(school.general, "ask", question="are these courses self-paced?")
    simcord_env.inject_error("POST", "/channels/*/messages", status=403, code=50013, message="Missing Permissions")
    pressed = await school.ann.click(seen(result), label="Show everyone")

    assert words(pressed.followups[0]).startswith("I cannot write in this channel")


async def test_who_may_remove_a_public_answer(school: School) -> None:
    answer = await public_question(school, "is PM-101 self-paced?")

    refused = await school.bo.click(answer, label="Remove")
    assert words(refused.response) == "Only the person who asked and staff can remove this answer."
    assert school.general.last_message == answer

    removed = await school.ann.click(answer, label="Remove")
    assert words(removed.followups[0]) == "The answer is removed."
    assert answer not in school.general.history()

    answer = await public_question(school, "is PM-101 self-paced?")
    await school.kim.click(answer, label="Remove")
    assert answer not in school.general.history()


async def test_a_public_question_back_belongs_to_who_asked(school: School) -> None:
    asked_back = await public_question(school, MISSED)

    for_bo = await school.bo.click(asked_back, label=PMP)
    assert for_bo.ephemeral
    assert "Watch the recording before the next class" in words(for_bo.response)
    assert PMP in labels(school.general.last_message)

    await school.ann.click(asked_back, label=PMP)
    assert "Watch the recording before the next class" in words(school.general.last_message)
    assert labels(school.general.last_message)[-1] == "Remove"


@pytest.mark.parametrize("why", ["restarted", "open for long"])
async def test_who_sends_a_form_that_is_forgotten_gets_back_what_they_typed(
    school: School,
    simcord_env: Env,
    make_bot: Callable[[], SchoolbellBot],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    why: str,
) -> None:
    monkeypatch.setattr(forms, "OPEN_FOR", timedelta(seconds=5))
    panel = await school.ann.slash(school.general, "reminders")
    form = await school.ann.click(seen(panel), label="Add my own")
    if why == "restarted":
        await simcord_env.restart_bot(make_bot())
    else:
        await simcord_env.advance_time(6)
    assert form.modal is not None
    fields = [label["component"]["custom_id"] for label in form.modal["components"]]
    typed = dict(zip(fields, ["deadline", "Read `chapter` 3", "in 3 days", [], ["60"]], strict=True))
    sent = await school.ann.submit_modal(form, typed)

    assert words(sent.response).startswith("I no longer know that form")
    assert sent.ephemeral
    [file] = seen(sent).attachments
    assert (await file.read()).decode() == "Read `chapter` 3\n\nin 3 days\n"
    assert "chapter" not in caplog.text


async def test_a_forgotten_form_in_which_nothing_is_typed_gives_nothing_back(
    school: School, simcord_env: Env, make_bot: Callable[[], SchoolbellBot]
) -> None:
    formats = await school.ann.slash(school.general, "formats")
    form = await school.ann.click(seen(formats), label="Which suits me?")
    await simcord_env.restart_bot(make_bot())
    assert form.modal is not None
    answers = {label["component"]["custom_id"]: "Yes" for label in form.modal["components"]}
    sent = await school.ann.submit_modal(form, answers)
    assert words(sent.response).endswith("Please open it again.")
    assert seen(sent).attachments == []
