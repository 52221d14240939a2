"""A card as it stands in a message: what was typed to get it, and itself once more with less on it."""

from __future__ import annotations

import discord
from discord import ui

from bot.chat import custom_ids
from bot.chat.cards import ASKED, REMOVE
from bot.chat.escape import unescape

SHOWN_BY = "-# Shown by {person}"


def question_in(message: discord.Message) -> str:
    """What was asked to get the card of this message, if that is said on it; else nothing."""
    return said_in(message, ASKED)


def said_in(message: discord.Message, beginning: str) -> str:
    """What was typed by a person and stands on a card, escaped, after this beginning of a text; else nothing."""
    view = ui.LayoutView.from_message(message)
    texts = (one.content for one in view.walk_children() if isinstance(one, ui.TextDisplay))
    return next((unescape(text.removeprefix(beginning)) for text in texts if text.startswith(beginning)), "")


def without(message: discord.Message, *beginnings: str) -> ui.LayoutView:
    """The card of this message once more, but for the buttons whose custom_ids begin so."""
    view = ui.LayoutView.from_message(message, timeout=None)
    view.stop()
    for row in [item for item in view.children if isinstance(item, ui.ActionRow)]:
        for item in row.children:
            if isinstance(item, ui.Button) and (item.custom_id or "").startswith(beginnings):
                row.remove_item(item)
        if not row.children:
            view.remove_item(row)
    return view


def shown_by(message: discord.Message, person: discord.abc.User) -> ui.LayoutView:
    """The card of this private message for everyone, with the name of the person who shows it and may remove it.

    What they typed to get it stays between them and the bot.
    """
    view = without(message, custom_ids.SHOW, *custom_ids.FEEDBACK)
    for box in (item for item in view.children if isinstance(item, ui.Container)):
        for text in [item for item in box.children if isinstance(item, ui.TextDisplay)]:
            if text.content.startswith(ASKED):
                box.remove_item(text)
    view.add_item(ui.TextDisplay(SHOWN_BY.format(person=person.mention)))
    view.add_item(ui.ActionRow(ui.Button(label=REMOVE, custom_id=custom_ids.remove(person.id))))
    return view
