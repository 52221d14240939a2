"""/staff notify: a few words to a course's channel, with its role, after a preview."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import discord
from discord import ui

from bot.chat import custom_ids
from bot.chat.cards import NO_FORMAT, REMIND_ME, with_buttons
from bot.chat.escape import escape, is_blank
from bot.chat.failures import CONNECTION_ERRORS, record
from bot.chat.places import channel_of, role_of
from bot.chat.pressing import Gone
from bot.chat.replies import Interaction, say
from bot.chat.staff import samples
from bot.chat.staff.gate import StaffPressed
from bot.content.model import Course

if TYPE_CHECKING:
    from bot.chat.client import SchoolbellBot

NOTICE = "**{course}:** {message}\n-# From {person}"
TO_ROLE = "<@&{role}> {notice}"
PREVIEW = "### This will be posted in {channel}"
PINGS = "It pings everybody who has the role {role}, and nobody else."
PINGS_NOBODY = "It pings nobody: {why}"
NO_ROLE = "courses.yaml names no role for {course}."
ROLE_MISSING = "there is no role **@{role}** in this server, which courses.yaml names for {course}."
MAY_NOT_PING = (
    "I may not mention the role **@{role}**. *Server Settings > Roles*, choose the role, and switch on "
    "*Allow anyone to @mention this role*."
)
NO_MESSAGE = "Write what to tell them under `message`, or choose `test` to see a sample of each reminder."
NO_COURSE = "I know no course by that name. Pick one from the list that appears as you type."
NO_CHANNEL = "courses.yaml names no channel for {course}, so I do not know where to post it."
CHANNEL_MISSING = "There is no channel **#{channel}** in this server, which courses.yaml names for {course}."
SEND = "Send it"
CANCEL = "Cancel"
SENT = "✅ Posted in {channel}: {link}"
SENT_BEFORE = "✅ It is posted in {channel} already: {link}"
CANCELLED = "Nothing was posted."
UNDER_WAY = "It is just being posted."
REFUSED = (
    "I am not allowed to post in {channel}. *Edit Channel > Permissions*: let me view the channel, send messages and "
    "read its history (by which I make sure to post it only once). Then press the button again."
)
UNREACHABLE = "Discord could not be reached. Press the button again in a minute; it is posted only once."
CHANGED = "courses.yaml or the server has changed since this preview. Please use the command again."
TEXT_ID = 7
"""Marks the text in the preview, from which it is posted: so it stays what staff have seen, over a restart too."""


@dataclass(frozen=True, kw_only=True)
class Target:
    """Where a course's notice goes. `role` is pinged; without it, `silence` says why nobody is."""

    course: Course
    channel: discord.TextChannel
    role: discord.Role | None
    silence: str = ""


async def show(interaction: Interaction, code: str, message: str | None, *, test: bool) -> None:
    """Answer the command."""
    bot, guild = interaction.client, interaction.guild
    found = bot.assistant.suggest_courses(code)
    if guild is None or not found:
        await say(interaction, NO_COURSE)
    elif test:
        await samples.show(interaction, found[0].code)
    elif message is None or is_blank(message):
        await say(interaction, NO_MESSAGE)
    else:
        try:
            target = target_in(guild, bot.assistant.knowledge.courses[found[0].code])
        except Gone as reason:
            await say(interaction, str(reason))
            return
        text = NOTICE.format(course=target.course.code, message=message.strip(), person=_name(interaction.user))
        await interaction.response.send_message(view=preview(target, text), ephemeral=True)


def target_in(guild: discord.Guild, course: Course) -> Target:
    """Find the course's channel and role in this server; raises Gone with a sentence for staff."""
    if not course.channel:
        raise Gone(NO_CHANNEL.format(course=course.code))
    channel = channel_of(course, guild)
    if channel is None:
        raise Gone(CHANNEL_MISSING.format(channel=course.channel, course=course.code))
    if not course.role:
        return Target(course=course, channel=channel, role=None, silence=NO_ROLE.format(course=course.code))
    role = role_of(course, guild)
    if role is None:
        silence = ROLE_MISSING.format(role=course.role, course=course.code)
        return Target(course=course, channel=channel, role=None, silence=silence)
    if not (role.mentionable or channel.permissions_for(guild.me).mention_everyone):
        return Target(course=course, channel=channel, role=None, silence=MAY_NOT_PING.format(role=role.name))
    return Target(course=course, channel=channel, role=role)


def preview(target: Target, text: str) -> ui.LayoutView:
    """Lay out what will be posted, where, and who will be pinged."""
    role = target.role
    pings = PINGS.format(role=role.mention) if role else PINGS_NOBODY.format(why=target.silence)
    content = TO_ROLE.format(role=role.id, notice=text) if role else text
    custom_id = custom_ids.notify(target.course.code, target.channel.id, role.id if role else None)
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.TextDisplay(f"{PREVIEW.format(channel=target.channel.mention)}\n{pings}"))
    view.add_item(ui.Container(ui.TextDisplay(content, id=TEXT_ID), accent_colour=NO_FORMAT))
    view.add_item(
        ui.ActionRow(
            ui.Button(label=SEND, style=discord.ButtonStyle.primary, custom_id=custom_id),
            ui.Button(label=CANCEL, custom_id=custom_ids.NOTIFY_CANCEL),
        )
    )
    view.stop()
    return view


class SendButton(StaffPressed, template=custom_ids.NOTIFY):
    async def press(self, interaction: Interaction) -> None:
        under_way, (target, text, number) = interaction.client.being_posted, self._as_previewed(interaction)
        if number in under_way:
            raise Gone(UNDER_WAY)
        under_way.add(number)
        try:
            await interaction.response.defer()
            said = await _post(interaction.client, target, text, number)
        finally:
            under_way.discard(number)
        if said.startswith("✅"):
            await interaction.edit_original_response(view=_done(said))
        else:
            await interaction.followup.send(said, ephemeral=True)

    def _as_previewed(self, interaction: Interaction) -> tuple[Target, str, int]:
        """Where it goes, what it says, and its number; raises Gone if that is not what staff have seen any more."""
        message, guild = interaction.message, interaction.guild
        text = text_in(message) if message else None
        if message is None or guild is None or text is None:
            raise Gone(CHANGED)
        target = target_in(guild, interaction.client.assistant.knowledge.courses[self.known_course(interaction)])
        role = str(target.role.id) if target.role else "-"
        if (str(target.channel.id), role) != (self.said["to"], self.said["role"]):
            raise Gone(CHANGED)
        return target, text, message.id


class CancelButton(StaffPressed, template=custom_ids.NOTIFY_CANCEL):
    async def press(self, interaction: Interaction) -> None:
        await interaction.response.edit_message(view=_done(CANCELLED))


BUTTONS: tuple[type[StaffPressed], ...] = (SendButton, CancelButton)


def text_in(message: discord.Message) -> str | None:
    """The text of a preview, exactly as staff have seen it."""
    items = ui.LayoutView.from_message(message, timeout=None).walk_children()
    return next((one.content for one in items if isinstance(one, ui.TextDisplay) and one.id == TEXT_ID), None)


async def _post(bot: SchoolbellBot, target: Target, text: str, number: int) -> str:
    """Post the notice with this number unless it is there already, and say what came of it.

    A repeat within minutes is dropped by Discord, which knows the nonce; later, the bot finds the notice by its button.
    """
    button = custom_ids.under_notice(number, target.course.code)
    view = with_buttons([ui.Button(label=REMIND_ME, custom_id=button)])
    pinged = [target.role] if target.role else False
    mentions = discord.AllowedMentions(everyone=False, users=False, roles=pinged, replied_user=False)
    try:
        async for there in target.channel.history(limit=None, after=discord.Object(number)):
            if there.author == bot.user and _has(there, button):
                return SENT_BEFORE.format(channel=target.channel.mention, link=there.jump_url)
        posted = await target.channel.send(text, view=view, nonce=f"n{number}", allowed_mentions=mentions)
    except discord.Forbidden:
        return REFUSED.format(channel=target.channel.mention)
    except CONNECTION_ERRORS as error:
        record(error, "notify")
        return UNREACHABLE
    return SENT.format(channel=target.channel.mention, link=posted.jump_url)


def _has(message: discord.Message, custom_id: str) -> bool:
    rows = [row for row in message.components if isinstance(row, discord.ActionRow)]
    return any(getattr(button, "custom_id", None) == custom_id for row in rows for button in row.children)


def _done(text: str) -> ui.LayoutView:
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.TextDisplay(text))
    view.stop()
    return view


def _name(person: discord.abc.User) -> str:
    return escape(person.display_name, 40)
