"""Whatever goes wrong ends in words, and what was typed appears in no log."""

from __future__ import annotations

import logging
import re

import discord
import pytest
from simcord.env import Env

from bot.assistant import Assistant
from bot.store.database import Database
from tests.chat.conftest import Clock, School
from tests.chat.reading import labels, last, ring, seen, words

PRIVATE = "my grandmother is ill"


@pytest.fixture
def broken(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    """The assistant has a bug, whose message quotes what the student wrote."""

    def fail(*_: object, **__: object) -> None:
        raise LookupError(PRIVATE)

    for name in ("ask", "answer", "formats", "suggest_questions", "suits"):
        monkeypatch.setattr(assistant, name, fail)


def reference_in(text: str) -> str:
    found = re.search(r"tell staff this reference: `(\w+)`", text)
    assert found, text
    return found[1]


@pytest.mark.usefixtures("broken")
async def test_a_failing_command_says_so_with_a_reference_that_is_in_the_log(
    school: School, simcord_env: Env, caplog: pytest.LogCaptureFixture
) -> None:
    result = await school.ann.slash(school.general, "ask", question=PRIVATE)

    assert result.ephemeral
    assert f"failed reference={reference_in(words(result.response))} in=ask error=LookupError" in caplog.text
    assert "in fail" in caplog.text
    assert PRIVATE not in caplog.text
    assert len(simcord_env.errors) == 1


async def test_a_failing_button_and_form_say_so(
    school: School, unsure: str, simcord_env: Env, request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture
) -> None:
    asked_back = await school.ann.slash(school.general, "ask", question=unsure)
    formats = await school.ann.slash(school.general, "formats")
    request.getfixturevalue("broken")
    pressed = await school.ann.click(seen(asked_back), label=labels(asked_back.response)[0])
    form = await school.ann.click(seen(formats), label="Which suits me?")
    assert form.modal is not None
    sent = await school.ann.submit_modal(
        form, {label["component"]["custom_id"]: "Yes" for label in form.modal["components"]}
    )

    assert reference_in(words(pressed.response)) in caplog.text
    assert reference_in(words(sent.response)) in caplog.text
    assert PRIVATE not in caplog.text
    assert simcord_env.errors


@pytest.mark.usefixtures("broken")
async def test_a_failing_message_says_so_only_to_who_addressed_the_bot(
    school: School, caplog: pytest.LogCaptureFixture
) -> None:
    await school.ann.send(school.questions, PRIVATE)
    assert len(school.questions.history()) == 1

    await school.ann.send_dm(PRIVATE)
    assert reference_in(words(school.ann.user.dm_channel.last_message)) in caplog.text
    assert PRIVATE not in caplog.text


@pytest.mark.usefixtures("broken")
async def test_a_failing_autocomplete_offers_nothing(school: School, caplog: pytest.LogCaptureFixture) -> None:
    assert await school.ann.autocomplete(school.general, "ask", "question", PRIVATE) == []
    assert PRIVATE not in caplog.text


async def test_discord_failing_in_between_ends_in_words(school: School, simcord_env: Env) -> None:
    message = await school.bo.send(school.general, "is PM-101 self-paced?")
    simcord_env.inject_error("POST", "/channels/*/messages", status=500)
    result = await school.kim.context_menu(school.general, "Answer this", message)

    assert reference_in(words(result.followups[0] if result.followups else result.response))
    assert simcord_env.errors


@pytest.mark.parametrize(
    ("status", "code", "said"),
    [(403, 50013, "I am not allowed to reply in this channel."), (400, 50035, "That message is gone, or its thread")],
)
async def test_staff_are_told_when_the_bot_cannot_reply(
    school: School, simcord_env: Env, status: int, code: int, said: str
) -> None:
    message = await school.bo.send(school.general, "is PM-101 self-paced?")
    simcord_env.inject_error("POST", "/channels/*/messages", status=status, code=code)
    result = await school.kim.context_menu(school.general, "Answer this", message)

    assert words(result.response).startswith(said)


async def test_an_answer_that_cannot_be_shown_to_everyone_stays_with_who_asked(
    school: School, simcord_env: Env, caplog: pytest.LogCaptureFixture
) -> None:
    result = await school.ann.slash(school.general, "ask", question="is PM-101 self-paced?")
    simcord_env.inject_error("POST", "/channels/*/messages", status=400, code=50083)  # the thread was archived
    shown = await school.ann.click(seen(result), label="Show everyone")

    assert words(shown.followups[0]).startswith("I cannot write in this channel")
    assert "failed" not in caplog.text


@pytest.mark.parametrize("denied", ["send_messages", "read_message_history"])
async def test_where_the_bot_may_not_reply_it_keeps_silent_and_out_of_the_log(
    school: School, caplog: pytest.LogCaptureFixture, denied: str
) -> None:
    mine = school.guild.roles["TestBot"]
    school.env.backend.guilds[school.guild.id].roles[mine.id].permissions = 0
    not_here = discord.PermissionOverwrite(**{denied: False})
    closed = school.guild.create_text_channel("announcements", overwrites={mine: not_here})
    listed = school.guild.create_text_channel("questions", overwrites={mine: not_here})
    await school.ann.send(closed, f"{school.mention} is PM-101 self-paced?")
    await school.ann.send(listed, "is PM-101 self-paced?")

    assert (len(closed.history()), len(listed.history())) == (1, 1)
    assert "failed" not in caplog.text


async def test_asking_too_fast_is_answered_in_words(school: School, clock: Clock) -> None:
    again = int(clock().timestamp()) + 20
    for _ in range(5):
        await school.ann.slash(school.general, "ask", question="is PM-101 self-paced?")
    sixth = await school.ann.slash(school.general, "ask", question="is PM-101 self-paced?")
    of_bo = await school.bo.slash(school.general, "ask", question="is PM-101 self-paced?")
    clock.pass_by(seconds=21)
    later = await school.ann.slash(school.general, "ask", question="is PM-101 self-paced?")

    assert words(sixth.response) == f"That was a lot of questions at once. Please ask again <t:{again}:R>."
    assert words(of_bo.response).startswith("###")
    assert words(later.response).startswith("###")


async def test_writing_too_fast_is_answered_once(school: School) -> None:
    for _ in range(8):
        await school.ann.send_dm("is PM-101 self-paced?")

    said = [words(message) for message in school.ann.user.dm_channel.history()]
    assert sum(text.startswith("###") for text in said) == 5
    assert sum(text.startswith("That was a lot of questions") for text in said) == 1


@pytest.mark.parametrize(
    "typed",
    [
        " ",
        "😀😀😀",
        "[a](" * 1500,
        "@everyone @here <@&1> <@1>",
        "\u202e\u200fwhen is it due\u202e",
        "a\0b\0",
        "¿cuándo es mi próxima clase?",
        "**bold** __x__ `code` ||spoiler|| # title",
    ],
    ids=["blank", "emoji", "6000 brackets", "mentions", "right to left", "NUL", "Spanish", "Markdown"],
)
async def test_bad_input_gets_a_sentence(school: School, typed: str) -> None:
    by_command = await school.ann.slash(school.general, "ask", question=typed)
    await school.ann.send_dm(typed[:2000].strip() or "\N{ZERO WIDTH SPACE}")

    for message in (seen(by_command).message, last(school.ann.user.dm_channel)):
        said = words(message)
        assert any(letter.isalpha() for letter in said)
        assert not set(said) & set("\0\u202e\u200f")
        assert not message.mentions


async def test_no_log_line_holds_what_a_student_wrote(
    school: School, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, logger="bot"):
        await school.ann.slash(school.general, "ask", question=PRIVATE)
        await school.ann.send_dm(PRIVATE)
        await school.ann.send(school.questions, PRIVATE)
        panel = await school.ann.slash(school.general, "reminders")
        form = await school.ann.click(seen(panel), label="Add my own")
        assert form.modal is not None
        kind, name, when, _, lead = [label["component"]["custom_id"] for label in form.modal["components"]]
        typed = {kind: "deadline", name: PRIVATE, when: "24 Sep 2026 12:00", lead: ["60"]}
        await school.ann.submit_modal(form, typed)
        await school.ann.click(seen(panel), label="Yes, save it")
        clock.pass_by(hours=1, minutes=1)
        await ring(school.env)
        assert PRIVATE in words(last(school.ann.user.dm_channel))

    assert PRIVATE not in caplog.text


async def test_questions_are_answered_while_the_database_fails(school: School, database: Database) -> None:
    database.close()
    asked = await school.ann.slash(school.general, "ask", question="is PM-101 self-paced?")
    await school.ann.send_dm("is PM-101 self-paced?")
    reminders = await school.ann.slash(school.general, "reminders")

    assert words(asked.response).startswith("###")
    assert words(last(school.ann.user.dm_channel)).startswith("###")
    assert reference_in(words(reminders.response))
    assert school.env.errors


async def test_what_was_typed_into_a_form_comes_back_while_the_database_fails(
    school: School, database: Database
) -> None:
    asked = await school.ann.slash(school.general, "ask", question="is PM-101 self-paced?")
    (offer,) = (await school.ann.click(seen(asked), label="Not quite")).followups
    to_staff = await school.ann.click(offer, label="Ask staff")
    panel = await school.ann.slash(school.general, "reminders")
    own = await school.ann.click(seen(panel), label="Add my own")
    database.close()
    assert to_staff.modal is not None
    assert own.modal is not None
    [question] = [label["component"]["custom_id"] for label in to_staff.modal["components"]]
    kind, name, when, _, lead = [label["component"]["custom_id"] for label in own.modal["components"]]
    typed = {kind: "deadline", name: "Essay", when: "fri 5pm", lead: ["60"]}
    for form, values, said, given_back in (
        (to_staff, {question: "and *now*?"}, "I could not pass your question on", "and *now*?\n"),
        (own, typed, "Something went wrong on my side", "Essay\n\nfri 5pm\n"),
    ):
        sent = await school.ann.submit_modal(form, values)
        assert words(sent.response).startswith(said)
        [file] = seen(sent).attachments
        assert (await file.read()).decode() == given_back
    assert school.env.errors
