"""Study partners as students meet them: they join, see each other, meet in one private thread, and leave."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

import discord
from simcord.actors import MemberActor
from simcord.backend.models.channel import Overwrite
from simcord.builders import ChannelHandle
from simcord.enums import OverwriteType
from simcord.results import InteractionResult

from bot.answering.knowledge_base import KnowledgeBase
from bot.assistant import Assistant
from bot.chat.client import SchoolbellBot
from bot.chat.staff.self_test import gaps
from bot.settings import Settings
from bot.store import Connection, partners
from bot.store.database import Database
from bot.store.tables import partner_thread
from tests.chat.conftest import School
from tests.chat.reading import labels, seen, words

WITHOUT_THREADS = discord.PermissionOverwrite(create_private_threads=False)


async def look(school: School, who: MemberActor, course: str = "PMP-200") -> InteractionResult:
    """Press Study partners on a course's card."""
    card = await who.slash(school.general, "course", course=course)
    return await who.click(seen(card), label="Study partners")


async def join(school: School, *people: MemberActor) -> InteractionResult:
    """Each joins the study partners of PMP-200; what the last of them sees."""
    for who in people:
        panel = await look(school, who)
        await who.click(seen(panel), label="Join")
    return panel


async def open_thread(school: School, who: MemberActor) -> tuple[InteractionResult, ChannelHandle]:
    panel = await look(school, who)
    await who.click(seen(panel), label="Open a private thread")
    [thread] = school.pmp.threads
    return panel, thread


def inside(school: School, thread: ChannelHandle) -> set[int]:
    """Who is in a thread, without the bot."""
    assert school.env.bot.user is not None
    return set(school.env.backend.get_thread(thread.id).thread_members) - {school.env.bot.user.id}


def pings(school: School) -> list[object]:
    """What the bot's messages were allowed to mention."""
    bodies = [one.json for one in school.env.http_requests if one.method in ("POST", "PATCH") and one.json]
    allowed = [body.get("allowed_mentions") or body.get("data", {}).get("allowed_mentions") for body in bodies]
    return [one["parse"] or one.get("users") or one.get("roles") for one in allowed if one]


async def test_before_joining_nobody_is_seen_and_nothing_is_stored(school: School, database: Database) -> None:
    await join(school, school.ann)
    panel = await look(school, school.bo)

    assert panel.ephemeral
    assert "ann" not in words(panel.response)
    assert school.ann.mention not in words(panel.response)
    assert labels(panel.response) == ["Join"]
    assert await database.run(partners.partners, "PMP-200", "Fall 2026") == [school.ann.id]


async def test_who_has_joined_sees_the_others_and_nobody_is_pinged(school: School) -> None:
    alone = await join(school, school.ann)
    assert words(alone.response).endswith(
        "You have joined. Nobody else has so far: look in again in a few days, or tell your classmates about it."
    )
    assert labels(alone.response) == ["Leave"]

    two = await join(school, school.bo)
    assert two.ephemeral
    assert words(two.response).endswith(f"You have joined, and so have:\n- ann · {school.ann.mention}")
    assert f"- bo · {school.bo.mention}" in words((await look(school, school.ann)).response)
    assert not any(pings(school))


async def test_each_course_has_partners_of_its_own(school: School) -> None:
    school.guild.create_text_channel("da-120")
    await join(school, school.ann)
    other = await look(school, school.bo, "DA-120")
    await school.bo.click(seen(other), label="Join")

    assert "Nobody else has so far" in words(other.response)


async def test_a_name_is_shown_as_plain_text(school: School) -> None:
    mallory = school.guild.add_member(school.env.create_user("mallory"), nick="**@everyone** [x](http://x.y)")
    await join(school, mallory)

    assert r"- \*\*\@everyone\*\* \[x\]\(http\:\/\/x\.y\) ·" in words((await join(school, school.ann)).response)


async def test_leaving_takes_the_name_off_the_list_and_out_of_the_thread_at_once(school: School) -> None:
    panel = await join(school, school.ann, school.bo)
    _, thread = await open_thread(school, school.ann)
    assert inside(school, thread) == {school.ann.id, school.bo.id}

    await school.bo.click(seen(panel), label="Leave")
    assert words(panel.response) == (
        "You have left the study partners of PMP-200, and nobody sees your name there any more."
    )
    assert inside(school, thread) == {school.ann.id}
    assert "Nobody else has so far" in words((await look(school, school.ann)).response)


async def test_deleting_my_data_takes_me_out_of_the_thread_too(school: School, database: Database) -> None:
    await join(school, school.ann, school.bo)
    _, thread = await open_thread(school, school.ann)
    about = await school.bo.slash(school.general, "help")
    question = await school.bo.click(seen(about), label="Delete my data")
    await school.bo.click(seen(question), label="Yes, delete it all")

    assert words(question.response) == "Everything that I had stored about you is deleted."
    assert inside(school, thread) == {school.ann.id}
    assert await database.run(partners.partners, "PMP-200", "Fall 2026") == [school.ann.id]


async def test_who_has_left_the_server_or_may_not_see_the_channel_is_not_shown(school: School) -> None:
    await join(school, school.ann, school.bo, school.kim)
    school.guild.remove_member(school.bo)
    school.env.backend.set_overwrite(school.pmp.id, hidden_from(school.kim))
    assert "Nobody else has so far" in words((await look(school, school.ann)).response)

    refused = await look(school, school.kim)
    assert "Study partners of PMP-200 meet in a channel that you cannot see here." in words(refused.response)
    assert labels(refused.response) == ["Leave"]
    await school.kim.click(seen(refused), label="Leave")
    again = await look(school, school.kim)
    assert words(again.response).startswith("Study partners of PMP-200 meet in a channel that you cannot see")
    assert not labels(again.response)


async def test_the_thread_is_private_and_there_is_one(school: School) -> None:
    await join(school, school.ann, school.bo)
    panel, thread = await open_thread(school, school.ann)
    assert f"You meet in <#{thread.id}>." in words(panel.response)
    assert thread.name == "Study partners PMP-200, Fall 2026"
    [created] = [one.json for one in school.env.http_requests if one.path == f"/channels/{school.pmp.id}/threads"]
    assert created
    assert (created["type"], created["invitable"]) == (12, False)
    [welcome] = [one for one in thread.history() if one.content]
    assert welcome.content.startswith("This private thread is for the study partners of PMP-200")
    assert not any(pings(school))

    theirs = await look(school, school.bo)
    await school.bo.click(seen(theirs), label="Take me to the thread")
    await join(school, school.kim)
    assert school.pmp.threads[0].id == thread.id
    assert len(school.pmp.threads) == 1
    assert inside(school, thread) == {school.ann.id, school.bo.id, school.kim.id}


async def test_two_who_press_at_the_same_moment_open_one_thread(school: School, shipped: KnowledgeBase) -> None:
    await join(school, school.ann, school.bo)
    bot = school.env.bot
    assert isinstance(bot, SchoolbellBot)
    channel = bot.get_channel(school.pmp.id)
    assert isinstance(channel, discord.TextChannel)
    course = shipped.courses["PMP-200"]
    await asyncio.gather(*(bot.partners.open_thread(course, channel, who.id) for who in (school.ann, school.bo)))

    assert len(school.pmp.threads) == 1


async def test_the_next_term_has_partners_and_a_thread_of_its_own(school: School, assistant: Assistant) -> None:
    old = await join(school, school.ann, school.bo)
    _, thread = await open_thread(school, school.ann)
    base = assistant.knowledge
    courses = tuple(replace(course, term=replace(course.term, name="Spring 2027")) for course in base.school.courses)
    assistant.knowledge = KnowledgeBase.build(base.faq, replace(base.school, courses=courses))
    assert labels((await look(school, school.ann)).response) == ["Join"]

    await join(school, school.ann, school.kim)
    panel = await look(school, school.kim)
    assert "bo" not in words(panel.response)
    await school.kim.click(seen(panel), label="Open a private thread")
    [new] = [one for one in school.pmp.threads if one.id != thread.id]
    assert inside(school, new) == {school.ann.id, school.kim.id}
    await school.bo.click(seen(old), label="Leave")
    assert inside(school, thread) == {school.ann.id}


async def test_who_cannot_be_taken_out_of_the_thread_is_told_so(school: School) -> None:
    panel = await join(school, school.ann, school.bo)
    _, thread = await open_thread(school, school.ann)
    school.env.inject_error("DELETE", "/channels/*/thread-members/*", status=403, code=50013, times=2)
    await school.bo.click(seen(panel), label="Leave")
    assert words(panel.response).endswith(
        f"But I was not able to take you out of <#{thread.id}>: please leave it there yourself."
    )

    about = await school.ann.slash(school.general, "help")
    question = await school.ann.click(seen(about), label="Delete my data")
    await school.ann.click(seen(question), label="Yes, delete it all")
    assert words(question.response).endswith(f"out of <#{thread.id}>: please leave there yourself.")


async def test_a_thread_that_was_opened_just_before_a_crash_is_found_again(
    school: School, database: Database, make_bot: Callable[[], SchoolbellBot]
) -> None:
    await join(school, school.ann, school.bo)
    _, thread = await open_thread(school, school.ann)
    await database.run(not_yet_recorded)
    await school.env.restart_bot(make_bot())
    _, again = await open_thread(school, school.bo)

    assert again.id == thread.id


async def test_a_thread_that_staff_have_deleted_is_opened_anew_when_somebody_wants_it(school: School) -> None:
    await join(school, school.ann, school.bo)
    _, thread = await open_thread(school, school.ann)
    school.env.backend.delete_channel(thread.id)
    _, another = await open_thread(school, school.bo)

    assert another.id != thread.id
    assert inside(school, another) == {school.ann.id, school.bo.id}


async def test_an_archived_thread_is_woken_and_a_closed_one_stays_closed(school: School) -> None:
    panel = await join(school, school.ann, school.bo)
    _, thread = await open_thread(school, school.ann)
    metadata = school.env.backend.get_thread(thread.id).thread_metadata
    assert metadata
    school.env.backend.edit_channel(thread.id, {}, thread_metadata={"archived": True})
    await school.bo.click(seen(panel), label="Leave")
    assert inside(school, thread) == {school.ann.id}

    school.env.backend.edit_channel(thread.id, {}, thread_metadata={"archived": True, "locked": True})
    await join(school, school.bo)
    theirs = await look(school, school.bo)
    refused = await school.bo.click(seen(theirs), label="Take me to the thread")
    assert words(refused.followups[-1]) == f"Staff have closed the thread <#{thread.id}>. Ask them to open it again."
    assert inside(school, thread) == {school.ann.id}


async def test_what_staff_have_to_allow_is_named(school: School, shipped: KnowledgeBase) -> None:
    [server] = school.env.bot.guilds
    before = list(gaps(server, shipped, Settings(), public=False))
    await join(school, school.ann, school.bo)
    await school.env.advance_time(1)
    channel = server.get_channel(school.pmp.id)
    assert isinstance(channel, discord.TextChannel)
    await channel.set_permissions(server.me, overwrite=WITHOUT_THREADS)
    panel = await look(school, school.ann)
    refused = await school.ann.click(seen(panel), label="Open a private thread")

    assert words(refused.followups[-1]) == (
        f"I am not allowed to open private threads in {school.pmp.mention}. Ask staff to give me there: "
        "Create Private Threads."
    )
    assert not school.pmp.threads
    [new] = [one for one in gaps(server, shipped, Settings(), public=False) if one not in before]
    assert new.what == (
        f"In {school.pmp.mention} study partners cannot open a private thread, as I lack: *Create Private Threads*."
    )


async def test_a_channel_in_which_discord_has_no_private_threads_is_told(school: School) -> None:
    await join(school, school.ann, school.bo)
    school.env.inject_error("POST", "/channels/*/threads", status=400, code=50024, message="Wrong channel type")
    panel = await look(school, school.ann)
    refused = await school.ann.click(seen(panel), label="Open a private thread")

    assert words(refused.followups[-1]) == (
        f"Discord does not let me open a private thread in {school.pmp.mention} for you. Ask staff to open one."
    )


async def test_a_course_without_a_channel_here_has_no_partners_here(school: School, assistant: Assistant) -> None:
    missing = await look(school, school.ann, "DA-120")
    assert words(missing.response) == (
        "Study partners of DA-120 meet in the channel of the course, and there is none in this server."
    )

    base = assistant.knowledge
    courses = tuple(replace(course, channel=None) for course in base.school.courses)
    assistant.knowledge = KnowledgeBase.build(base.faq, replace(base.school, courses=courses))
    card = await school.ann.slash(school.general, "course", course="DA-120")
    assert labels(card.response)[:2] == ["Schedule", "Remind me"]
    assert "Study partners" not in labels(card.response)


async def test_the_button_is_under_every_card_of_one_course(school: School) -> None:
    asked = await school.ann.slash(school.general, "ask", question="pmp-200")
    two = await school.ann.slash(school.general, "course", course="PMP-200", compare="DA-120")
    entry = await school.ann.slash(school.general, "ask", question="what if I miss a session of PMP-200?")

    assert "Study partners" in labels(asked.response)
    assert "Study partners" not in labels(two.response) + labels(entry.response)


async def test_in_a_direct_message_the_server_that_we_share_counts(school: School) -> None:
    await join(school, school.bo)
    card = await school.ann.user.slash("course", course="PMP-200")
    panel = await school.ann.user.click(seen(card), label="Study partners")
    await school.ann.user.click(seen(panel), label="Join")
    assert f"- bo · {school.bo.mention}" in words(panel.response)

    stranger = school.env.create_user("stranger")
    card = await stranger.slash("course", course="PMP-200")
    refused = await stranger.click(seen(card), label="Study partners")
    assert "that you cannot see here" in words(refused.response)


def not_yet_recorded(unit: Connection) -> None:
    """The process died after Discord had opened the thread, and before that was written down."""
    unit.execute(partner_thread.delete())


def hidden_from(who: MemberActor) -> Overwrite:
    return Overwrite(target_id=who.id, type=OverwriteType.MEMBER, deny=discord.Permissions(view_channel=True).value)
