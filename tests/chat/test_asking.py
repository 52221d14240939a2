"""How students and staff ask, and what they see."""

from __future__ import annotations

import pytest
from simcord.env import Env

from tests.chat.conftest import Clock, School
from tests.chat.reading import labels, last, replied_to, seen, words


async def test_a_student_asks_with_a_command_and_only_they_see_the_answer(school: School) -> None:
    result = await school.ann.slash(school.general, "ask", question="do I have to log in at a set time for pm101?")

    assert result.ephemeral
    assert "### Do I have to log in at a specific time?" in words(result.response)
    assert "PM-101** has no live sessions" in words(result.response)
    assert words(result.response).endswith("-# From the FAQ")
    assert labels(result.response)[:2] == ["Course site", "Syllabus"]
    assert labels(result.response)[-1] == "Show everyone"


async def test_a_question_from_the_list_is_answered(school: School) -> None:
    offered = await school.ann.autocomplete(school.general, "ask", "question", "what happens if i mi")
    result = await school.ann.slash(school.general, "ask", question=offered[0]["value"])

    assert offered[0]["name"] == "What happens if I miss a live session?"
    assert words(result.response).startswith("### What happens if I miss a live session?")


async def test_an_empty_box_offers_questions_and_courses(school: School) -> None:
    questions = await school.ann.autocomplete(school.general, "ask", "question", "")
    courses = await school.ann.autocomplete(school.general, "course", "course", "")

    assert questions[0]["name"] == "Do I have to log in at a specific time?"
    assert {"name": "DA-120 · Data Analysis 1: Working with Spreadsheets", "value": "DA-120"} in courses


async def test_the_channel_tells_the_course(school: School) -> None:
    result = await school.ann.slash(school.pmp, "ask", question="is attendance mandatory, what if I miss a session?")

    assert "PMP-200" in words(result.response)


async def test_a_course_and_two_courses_side_by_side(school: School) -> None:
    one = await school.ann.slash(school.general, "course", course="pmp prep")
    both = await school.ann.slash(school.general, "course", course="PMP-200", compare="PM-101")

    assert words(one.response).startswith("### PMP-200 · PMP Exam Preparation (live)")
    assert "Schedule" in labels(one.response)
    assert "### PM-101 · Project Management Foundations" in words(both.response)
    assert labels(both.response)[-3:] == ["Schedule PMP-200", "Schedule PM-101", "Show everyone"]


async def test_a_course_that_nobody_knows_is_asked_back(school: School) -> None:
    result = await school.ann.slash(school.general, "course", course="XX-999")

    assert "I don't know a course by that name" in words(result.response)
    assert "DA-120 · Data Analysis 1: Working with Spreadsheets" in labels(result.response)


async def test_a_schedule_comes_with_its_calendar_file(school: School) -> None:
    result = await school.ann.slash(school.general, "schedule", course="DA-120", days=30)
    file = await school.ann.click(seen(result), label="Add to calendar")

    assert words(result.response).startswith("### Schedule: DA-120, next 30 days")
    assert seen(file).attachments[0].filename == "DA-120.ics"
    assert (await seen(file).attachments[0].read()).startswith(b"BEGIN:VCALENDAR")
    assert file.ephemeral


async def test_a_schedule_for_one_of_several_courses(school: School) -> None:
    asked_back = await school.ann.slash(school.general, "schedule", days=14)
    await school.ann.click(seen(asked_back), label="DA-120 · Data Analysis 1: Working with Spreadsheets")

    assert words(asked_back.response).startswith("### Schedule: DA-120, next 14 days")


async def test_which_format_suits_me(school: School) -> None:
    formats = await school.ann.slash(school.general, "formats")
    form = await school.ann.click(seen(formats), label="Which suits me?")
    assert form.modal is not None
    groups = [label["component"] for label in form.modal["components"]]
    answers = dict(zip([group["custom_id"] for group in groups], ["Yes", "No", "No preference"], strict=True))
    result = await school.ann.submit_modal(form, answers)

    assert form.modal["components"][0]["label"] == "Does your week change from one to the next?"
    assert "synchronous" in words(result.response).casefold()
    assert result.ephemeral


async def test_one_format(school: School) -> None:
    result = await school.ann.slash(school.general, "formats", format="hybrid")

    assert words(result.response).startswith("### Hybrid courses")


async def test_help_names_the_commands_so_that_a_click_opens_them(school: School) -> None:
    result = await school.ann.slash(school.general, "help")

    published = {command.name: command for command in await school.env.bot.tree.fetch_commands()}  # type: ignore[attr-defined]
    assert all(published[name].mention in words(result.response) for name in ("ask", "course", "schedule", "formats"))
    assert "support@sps.example.edu" in words(result.response)


async def test_menu_on_a_message_answers_a_student_privately(school: School) -> None:
    message = await school.bo.send(school.general, "what happens if I miss PMP-200's session")
    result = await school.ann.context_menu(school.general, "Answer this", message)

    assert result.ephemeral
    assert "Watch the recording before the next class" in words(result.response)
    assert school.general.last_message == message


async def test_menu_on_a_message_lets_staff_reply_to_it(school: School) -> None:
    message = await school.bo.send(school.general, "what happens if I miss PMP-200's session")
    result = await school.kim.context_menu(school.general, "Answer this", message)

    posted = last(school.general)
    assert replied_to(posted) == message.id
    assert "Watch the recording before the next class" in words(posted)
    assert words(result.response) == "Posted as a reply to that message."


async def test_what_staff_answer_for_others_is_not_their_own_last_question(school: School) -> None:
    message = await school.bo.send(school.general, "what happens if I miss PMP-200's session")
    await school.kim.context_menu(school.general, "Answer this", message)
    result = await school.kim.slash(school.general, "ask", question="and DA-120?")

    assert words(result.response).startswith("### DA-120 · Data Analysis 1")


async def test_menu_posts_nothing_for_staff_when_unsure(school: School) -> None:
    message = await school.bo.send(school.general, "who won the football game")
    result = await school.kim.context_menu(school.general, "Answer this", message)

    assert result.ephemeral
    assert "I don't have an answer to that yet" in words(result.response)
    assert school.general.last_message == message


async def test_menu_on_a_message_without_words(school: School) -> None:
    picture = await school.bo.send(school.general, attachments=[("cat.png", b"...")])
    result = await school.ann.context_menu(school.general, "Answer this", picture)

    assert words(result.response) == "There are no words in that message that I could answer."


@pytest.mark.no_message_content
async def test_a_mention_is_answered_without_the_message_content_intent(school: School, simcord_env: Env) -> None:
    assert not simcord_env.bot.intents.message_content
    question = await school.ann.send(school.general, f"{school.mention} is PM-101 self-paced?")

    answer = last(school.general)
    assert replied_to(answer) == question.id
    assert "### Are these courses self-paced?" in words(answer)
    assert "Remove" in labels(answer)
    assert "Show everyone" not in labels(answer)


@pytest.mark.no_message_content
async def test_a_conversation_in_direct_messages(school: School, clock: Clock) -> None:
    dm = school.ann.user.dm_channel
    await school.ann.send_dm("hi!")
    assert words(dm.last_message).startswith("I'm here whenever")

    await school.ann.send_dm("what happens if I miss a session of PMP-200?")
    assert "Watch the recording before the next class" in words(dm.last_message)
    assert not {"Show everyone", "Remove"} & set(labels(dm.last_message))

    await school.ann.send_dm("and DA-120?")
    assert words(dm.last_message).startswith("### What happens if I miss a live session?")
    assert "DA-120" in words(dm.last_message)

    await school.ann.send_dm("@Schoolbell and PMP-200?")
    assert words(dm.last_message).startswith("### What happens if I miss a live session?")

    clock.pass_by(minutes=11)
    await school.ann.send_dm("and DA-120?")
    assert words(dm.last_message).startswith("### DA-120 · Data Analysis 1")


async def test_commands_work_in_direct_messages_and_stay_there(school: School) -> None:
    result = await school.ann.user.slash("course", course="PM-101")

    assert not result.ephemeral
    assert words(result.response).startswith("### PM-101")


async def test_small_talk_gets_a_friendly_line_when_addressed(school: School) -> None:
    await school.ann.send(school.general, f"thanks {school.mention}")

    assert words(school.general.last_message).startswith("I'm here whenever")


async def test_nobody_else_is_answered(school: School, simcord_env: Env) -> None:
    webhook = school.guild.create_webhook(school.general)
    await webhook.send(content=f"{school.mention} is PM-101 self-paced?")
    await school.ann.send(school.general, "is PM-101 self-paced?")

    assert all(message.author != simcord_env.bot.user for message in school.general.history())
