"""/staff inbox: what nobody could answer, those that ask for the same thing together, and what to do about each."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import discord
from discord import ui

from bot.answering.conversation import reply as bot_reply
from bot.answering.knowledge_base import KnowledgeBase
from bot.chat import custom_ids
from bot.chat.cards import MAX_CHOICE, Button, Menu, clip, cut, layout
from bot.chat.escape import escape
from bot.chat.pressing import Gone
from bot.chat.replies import Interaction, is_settled
from bot.chat.staff.gate import StaffPressed
from bot.knowledge.examples import ANY_MOMENT
from bot.staff.inbox import Group, group_with, groups, ours
from bot.store.questions import Question, Why, handle, read_open

EMPTY = "### Inbox\nNo question waits for you. ✅"
TITLE = "### Inbox: {count}"
QUESTIONS = {1: "1 question"}
SO_MANY_QUESTIONS = "{count} questions"
LINE = "- {times}“{text}”{course}\n  -# {why} · <t:{moment}:R>{now}"
TIMES = "**{count} ×** "
COURSE = " · {course}"
NO_ANSWER = "no answer"
NOT_QUITE = "“{entry}” was not quite it"
ANSWERED_NOW = " · ✅ I would answer this now"
PAGE = "-# Page {page} of {pages}"
OPEN = "Open one …"
OPTION = "{text} ({count})"
NEWER, OLDER = "Newer", "Older"

ONE = "### “{text}”"
ASKED_TIMES = "**Asked {count} times**"
ASKED_SO = "**Asked {count} times, also as:**"
ALSO = "- “{text}”"
MORE = "- … and {count} more"
ABOUT = "**Course:** {course}"
NEAREST = "**Nearest question:** “{question}” ({entry})"
HANDLED = "This question has been seen to already."
IGNORED = "Done: {count} taken out of the inbox. Who asked is forgotten."

ADD_WORDING, NEW_ANSWER, REPLY, IGNORE, BACK = "Add wording", "New answer", "Reply", "Ignore", "Back to the inbox"
A_PAGE = 8
MANY_ALSO = 6
LONGEST_SHOWN = 160


async def show(interaction: Interaction) -> None:
    """Answer the command."""
    await interaction.response.defer(ephemeral=True)
    await interaction.edit_original_response(view=await listed(interaction, 0))


async def listed(interaction: Interaction, page: int, note: str = "") -> ui.LayoutView:
    """Lay out a page of the inbox."""
    found, base = await _groups(interaction), interaction.client.assistant.knowledge
    if not found:
        return layout([note, EMPTY])
    pages = (len(found) + A_PAGE - 1) // A_PAGE
    page = min(page, pages - 1)
    here = found[page * A_PAGE : (page + 1) * A_PAGE]
    count = sum(group.count for group in found)
    texts = [
        note,
        TITLE.format(count=QUESTIONS.get(count, SO_MANY_QUESTIONS.format(count=count))),
        clip("\n".join(_line(group, base) for group in here)),
        PAGE.format(page=page + 1, pages=pages) if pages > 1 else "",
    ]
    turns: list[Button] = [
        ui.Button(label=label, custom_id=custom_ids.inbox(to))
        for label, to in ((NEWER, page - 1), (OLDER, page + 1))
        if 0 <= to < pages
    ]
    return layout(texts, rows=[[_menu(here)], turns])


async def opened(interaction: Interaction, question: int, note: str = "") -> ui.LayoutView:
    """Lay out one group with what can be done about it; raises Gone once it is handled."""
    group, base = await group_of(interaction, question), interaction.client.assistant.knowledge
    newest = group.newest
    others = list(dict.fromkeys(one.text for one in group.questions if one.text != newest.text))
    also = [ALSO.format(text=escape(text, LONGEST_SHOWN)) for text in others[:MANY_ALSO]]
    also += [MORE.format(count=len(others) - MANY_ALSO)] if len(others) > MANY_ALSO else []
    nearest = base.entries.get(group.nearest or "")
    texts = [
        ONE.format(text=escape(newest.text, 600)),
        f"-# {_why(newest, base)} · <t:{newest.asked_at}:R>{_now(newest, base)}",
        ABOUT.format(course=group.course) if group.course else "",
        NEAREST.format(question=nearest.question, entry=nearest.id) if nearest else "",
        ASKED_TIMES.format(count=group.count) if group.count > 1 and not also else "",
        "\n".join([ASKED_SO.format(count=group.count), *also]) if also else "",
    ]
    return layout([note, "\n".join(filter(None, texts))], rows=[steps(newest.id)])


def steps(question: int) -> list[Button]:
    """The buttons under an open question."""
    each = {ADD_WORDING: "wording", NEW_ANSWER: "answer", REPLY: "reply", IGNORE: "ignore"}
    buttons: list[Button] = [
        ui.Button(label=label, custom_id=custom_ids.of_question(step, question)) for label, step in each.items()
    ]
    return [*buttons, ui.Button(label=BACK, custom_id=custom_ids.inbox(0))]


async def group_of(interaction: Interaction, question: int) -> Group:
    """Find the group in which a question is; raises Gone once it is handled."""
    group = group_with(await _groups(interaction), question)
    if group is None:
        raise Gone(HANDLED)
    return group


async def question_of(interaction: Interaction, number: int) -> Question:
    """Find an open question by itself, which is quick enough for a form; raises Gone once it is handled."""
    for one in await _ours(interaction):
        if one.id == number:
            return one
    raise Gone(HANDLED)


class OfQuestion(StaffPressed, template="(?!)"):
    """A button under an open question."""

    @property
    def question(self) -> int:
        return int(self.said["question"])


class InboxButton(StaffPressed, template=custom_ids.INBOX):
    async def press(self, interaction: Interaction) -> None:
        await interaction.response.defer()
        await interaction.edit_original_response(view=await listed(interaction, int(self.said["page"])))


class OpenMenu(StaffPressed, template=custom_ids.INBOX_OPEN):
    async def press(self, interaction: Interaction) -> None:
        await interaction.response.defer()
        await interaction.edit_original_response(view=await opened(interaction, int(next(iter(self.chosen), 0))))


class BackToButton(OfQuestion, template=custom_ids.INBOX_BACK_TO):
    async def press(self, interaction: Interaction) -> None:
        await interaction.response.defer()
        await interaction.edit_original_response(view=await opened(interaction, self.question))


class IgnoreButton(OfQuestion, template=custom_ids.IGNORE):
    async def press(self, interaction: Interaction) -> None:
        await interaction.response.defer()
        group, bot = await group_of(interaction, self.question), interaction.client
        taken = await bot.database.run(handle, group.ids, int(bot.now().timestamp()))
        count = QUESTIONS.get(len(taken), SO_MANY_QUESTIONS.format(count=len(taken)))
        await interaction.edit_original_response(view=await listed(interaction, 0, IGNORED.format(count=count)))


BUTTONS: tuple[type[StaffPressed], ...] = (InboxButton, OpenMenu, BackToButton, IgnoreButton)


async def _ours(interaction: Interaction) -> list[Question]:
    bot = interaction.client
    return ours(await bot.database.run(read_open, int(bot.now().timestamp())), interaction.guild_id)


async def _groups(interaction: Interaction) -> list[Group]:
    return await asyncio.to_thread(groups, await _ours(interaction), interaction.client.assistant.knowledge)


def _line(group: Group, base: KnowledgeBase) -> str:
    newest = group.newest
    return LINE.format(
        times=TIMES.format(count=group.count) if group.count > 1 else "",
        text=escape(newest.text, LONGEST_SHOWN),
        course=COURSE.format(course=group.course) if group.course else "",
        why=_why(newest, base),
        moment=newest.asked_at,
        now=_now(newest, base),
    )


def _why(question: Question, base: KnowledgeBase) -> str:
    if question.why is Why.UNANSWERED:
        return NO_ANSWER
    entry = base.entries.get(question.entry or "")
    return NOT_QUITE.format(entry=entry.question if entry else question.entry)


def _now(question: Question, base: KnowledgeBase) -> str:
    """Say if an edit since has given it an answer."""
    if question.why is not Why.UNANSWERED:
        return ""
    return ANSWERED_NOW if is_settled(bot_reply(question.text, base, ANY_MOMENT).outcome) else ""


def _menu(here: Sequence[Group]) -> Menu:
    options = [
        discord.SelectOption(
            label=cut(OPTION.format(text=cut(" ".join(group.newest.text.split()), 90), count=group.count), MAX_CHOICE),
            value=str(group.newest.id),
        )
        for group in here
    ]
    return ui.Select(options=options, placeholder=OPEN, custom_id=custom_ids.INBOX_OPEN)
