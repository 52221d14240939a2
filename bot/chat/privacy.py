"""What is stored about a person: handed out as a file, and deleted, with the buttons under /help."""

from __future__ import annotations

import json
from io import BytesIO

import discord
from discord import ui

from bot.chat import custom_ids
from bot.chat.cards import Button, layout
from bot.chat.pressing import Pressed
from bot.chat.replies import Interaction, is_private

EXPORT = "Export my data"
DELETE = "Delete my data"
EXPORTED = "This file holds all that I have stored about you. Moments are in seconds since 1970 (UTC)."
FILE = "my-schoolbell-data.json"
QUESTION = (
    "**Delete all that I have stored about you?** You would get no reminders any more, your own deadlines and study "
    "times would be gone, and you would leave your study partners. This cannot be undone."
)
YES = "Yes, delete it all"
NO = "No, keep it"
DELETED = "Everything that I had stored about you is deleted."
STILL_IN = (
    "Everything that I had stored about you is deleted. But I was not able to take you out of {threads}: please leave "
    "there yourself."
)
KEPT = "Nothing is deleted."


def privacy_buttons() -> list[Button]:
    """The buttons that go with /help."""
    export: Button = ui.Button(label=EXPORT, custom_id=custom_ids.EXPORT)
    return [export, ui.Button(label=DELETE, custom_id=custom_ids.FORGET)]


class ExportButton(Pressed, template=custom_ids.EXPORT):
    async def press(self, interaction: Interaction) -> None:
        stored = await interaction.client.bell.desk.export(interaction.user.id)
        text = json.dumps(stored, ensure_ascii=False, indent=2)
        file = discord.File(BytesIO(text.encode()), FILE)
        await interaction.response.send_message(EXPORTED, file=file, ephemeral=is_private(interaction))


class ForgetButton(Pressed, template=custom_ids.FORGET):
    async def press(self, interaction: Interaction) -> None:
        yes: Button = ui.Button(label=YES, custom_id=custom_ids.FORGET_ALL, style=discord.ButtonStyle.danger)
        view = layout([QUESTION], rows=[[yes, ui.Button(label=NO, custom_id=custom_ids.KEEP)]])
        await interaction.response.send_message(view=view, ephemeral=is_private(interaction))


class ForgetAllButton(Pressed, template=custom_ids.FORGET_ALL):
    async def press(self, interaction: Interaction) -> None:
        bot, who = interaction.client, interaction.user.id
        await interaction.response.defer()
        still_in = await bot.partners.forget(who)
        await bot.bell.desk.forget(who)
        bot.assistant.forget(who)
        bot.drafts.forget(who)
        text = STILL_IN.format(threads=" ".join(f"<#{one}>" for one in still_in)) if still_in else DELETED
        await interaction.edit_original_response(view=layout([text]))


class KeepButton(Pressed, template=custom_ids.KEEP):
    async def press(self, interaction: Interaction) -> None:
        await interaction.response.edit_message(view=layout([KEPT]))


BUTTONS: tuple[type[Pressed], ...] = (ExportButton, ForgetButton, ForgetAllButton, KeepButton)
