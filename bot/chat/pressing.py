"""A button or a menu of choices as it was pressed, whichever process it was made by."""

from __future__ import annotations

import re
from typing import Any

import discord
from discord import ui

from bot.answering.answers import ENTRY_GONE
from bot.answering.outcomes import Outcome
from bot.chat import custom_ids
from bot.chat.cards import card
from bot.chat.failures import apologise
from bot.chat.replies import Interaction, is_staff, may_share, reply, say
from bot.reminders.desk import RefusedError

COURSE_GONE = "That course is no longer in my list. Ask again, or look for it with `/course`."


class Gone(Exception):  # noqa: N818 # not an error: what a button stood for has been edited away since
    """What a button stands for is no longer in the files; says so to the person."""


class Pressed(ui.DynamicItem["ui.Button[Any] | ui.Select[Any]"], template="(?!)"):
    """A component as it was pressed, with what its custom_id says. Whatever fails ends in words for the person."""

    def __init__(self, component: ui.Button[Any] | ui.Select[Any], said: re.Match[str]) -> None:
        super().__init__(component)
        self.said = said.groupdict()

    @property
    def chosen(self) -> tuple[str, ...]:
        """The values that were chosen in a menu; none for a button."""
        return tuple(self.item.values) if isinstance(self.item, ui.Select) else ()

    @property
    def offered(self) -> tuple[str, ...]:
        """The values that the menu offered; none for a button."""
        return tuple(option.value for option in self.item.options) if isinstance(self.item, ui.Select) else ()

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Pressed:
        if not isinstance(item, ui.Button | ui.Select):
            raise TypeError(f"{match.string} cannot be pressed")
        return cls(item, match)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        try:
            await self.press(interaction)
        except (Gone, RefusedError) as refusal:
            await say(interaction, str(refusal))
        except Exception as error:  # noqa: BLE001 # discord.py would only log it, and the person would wait in vain
            await apologise(interaction, error, type(self).__name__)

    async def press(self, interaction: Interaction) -> None:
        """Do what the button or the menu says."""
        raise NotImplementedError

    def entry(self, interaction: Interaction) -> str:
        """The id of the entry that the button stands for."""
        found = custom_ids.find(self.said["entry"], interaction.client.assistant.knowledge.entries)
        if found is None:
            raise Gone(ENTRY_GONE)
        return found

    def course(self, interaction: Interaction) -> str | None:
        """The code of the course that the button stands for, if it does for one."""
        if self.said["course"] == "-":
            return None
        found = custom_ids.find(self.said["course"], interaction.client.assistant.knowledge.courses)
        if found is None:
            raise Gone(COURSE_GONE)
        return found

    def known_course(self, interaction: Interaction) -> str:
        """The code of the course that the button stands for."""
        if course := self.course(interaction):
            return course
        raise Gone(COURSE_GONE)

    def is_for(self, interaction: Interaction) -> bool:
        """Whether whoever presses it may decide on the question that was asked back: its asker, or staff for them."""
        mine = {custom_ids.NOBODY, interaction.user.id}
        return int(self.said["asker"]) in mine or is_staff(interaction.permissions)

    async def settle(self, interaction: Interaction, outcome: Outcome, **layout: Any) -> None:
        """Put the outcome in the place of the question that was asked back, or beside it for a bystander."""
        if self.is_for(interaction):
            asker = int(self.said["asker"])
            view = card(outcome, asker=asker, shareable=not asker and may_share(interaction), **layout)
            await interaction.response.edit_message(view=view)
        else:
            await reply(interaction, outcome, **layout)
