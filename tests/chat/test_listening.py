"""The bot's manners where nobody addressed it: the channels and forums that the operator listed."""

from __future__ import annotations

import discord
import pytest

from bot.store.database import Database
from bot.store.questions import Count, read_open
from tests.chat.conftest import Clock, Counts, School
from tests.chat.reading import labels, last, replied_to, words

SURE = "what happens if I miss a live session of PMP-200?"


def by_bot(school: School, messages: list[discord.Message]) -> list[discord.Message]:
    return [message for message in messages if message.author == school.env.bot.user]


async def test_a_listed_channel_gets_an_answer_when_the_bot_is_sure(school: School) -> None:
    question = await school.ann.send(school.questions, SURE)

    answer = last(school.questions)
    assert replied_to(answer) == question.id
    assert "Watch the recording before the next class" in words(answer)
    assert labels(answer)[-1] == "Remove"


async def test_what_the_bot_answers_unasked_is_in_the_report_and_what_it_passes_over_is_not(
    school: School, unsure: str, counts: Counts
) -> None:
    await school.ann.send(school.questions, unsure)
    assert counts() == {}

    for _ in range(2):
        await school.ann.send(school.questions, SURE)
    about = ("missed-session", "PMP-200")
    assert counts() == {(Count.ASKED, *about): 1, (Count.ANSWERED, *about): 1}

    post = school.post("Hi", school.bo)
    await school.bo.send(post, unsure)
    assert counts()[Count.OFFERED, None, None] == counts()[Count.ASKED, None, None] == 1


@pytest.mark.parametrize(
    "said",
    [
        "hello everyone",
        "thanks!",
        "anyone up for lunch?",
        "😀",
        "PMP-200",
        "https://example.org/cat.png",
    ],
)
async def test_a_listed_channel_hears_nothing_when_the_bot_is_not_sure(school: School, said: str) -> None:
    await school.ann.send(school.questions, said)

    assert not by_bot(school, school.questions.history())


async def test_a_listed_channel_hears_no_question_back(school: School, unsure: str) -> None:
    await school.ann.send(school.questions, unsure)

    assert not by_bot(school, school.questions.history())


async def test_other_channels_hear_nothing(school: School) -> None:
    await school.ann.send(school.general, SURE)

    assert not by_bot(school, school.general.history())


@pytest.mark.no_message_content
async def test_without_the_intent_nothing_is_heard(school: School) -> None:
    await school.ann.send(school.questions, SURE)

    assert not by_bot(school, school.questions.history())


async def test_staff_and_conversations_are_left_alone(school: School) -> None:
    from_bo = await school.bo.send(school.questions, "good luck all")
    await school.kim.send(school.questions, SURE)
    await school.ann.send(school.questions, SURE, reply_to=from_bo)
    await school.ann.send(school.questions, f"{school.bo.mention} {SURE}")

    assert not by_bot(school, school.questions.history())


async def test_the_same_answer_is_not_repeated_within_minutes(school: School, clock: Clock) -> None:
    await school.ann.send(school.questions, SURE)
    clock.pass_by(minutes=4)
    await school.bo.send(school.questions, SURE)
    assert len(by_bot(school, school.questions.history())) == 1

    await school.bo.send(school.questions, SURE.replace("PMP-200", "DA-120"))
    assert "DA-120" in words(school.questions.last_message)

    clock.pass_by(minutes=2)
    await school.bo.send(school.questions, SURE)
    assert len(by_bot(school, school.questions.history())) == 3


async def test_a_forum_post_is_answered_once(school: School) -> None:
    post = school.post("Are the courses self-paced?", school.ann)
    await school.ann.send(post, "Asking before I register.")
    assert words(post.last_message).startswith("### Are these courses self-paced?")

    await school.ann.send(post, SURE)
    assert len(by_bot(school, post.history())) == 1


async def test_a_forum_post_gets_did_you_mean_when_the_bot_is_unsure(school: School, unsure: str) -> None:
    post = school.post("Hi", school.ann)
    await school.ann.send(post, unsure)

    asked_back = last(post)
    assert "Did you mean one of these?" in words(asked_back)
    assert labels(asked_back)[-2:] == ["None of these", "Remove"]


async def test_staff_read_the_title_of_a_forum_post_too(
    school: School, unsure: str, database: Database, clock: Clock
) -> None:
    post = school.post(unsure, school.ann)
    await school.ann.send(post, "Asking for a friend.")
    await school.ann.click(last(post), label="None of these")

    [question] = database.unit(read_open, int(clock().timestamp()))
    assert question.text == f"{unsure}\nAsking for a friend."


async def test_a_forum_post_where_a_person_has_answered_is_left_alone(school: School) -> None:
    post = school.post("Hello", school.ann)
    await school.ann.send(post, "hi all")
    await school.bo.send(post, "ask away!")
    await school.ann.send(post, SURE)

    assert not by_bot(school, post.history())
