"""What the menus and buttons of the panel of /reminders do. Each replaces the panel by its new state."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.chat import custom_ids
from bot.chat.pressing import COURSE_GONE, Gone, Pressed
from bot.chat.reminders.digest_form import DigestForm, TypedDigest, digest_of
from bot.chat.reminders.item_form import ItemForm
from bot.chat.reminders.own_items import Typed, typed_from
from bot.chat.reminders.panel import FILE, mute_card, muted_until, own_card, stop_question
from bot.chat.reminders.panels import panel_of, show
from bot.chat.reminders.times_form import TimesForm, TypedTimes, times_of
from bot.chat.replies import Interaction, asker_of, is_private
from bot.reminders.desk import GONE
from bot.reminders.post import PersonClosed, Sent
from bot.store.records import PersonalItem

STOPPED = "All reminders are stopped."
SWITCHED = {True: "Direct messages are switched on.", False: "Direct messages are switched off."}
TEST = "This is a test: reminders reach you here."
TESTED = "The test message has been sent."
NOT_TESTED = "Discord could not be reached. Try again in a minute."
DELETED = "Deleted."
ADDED = "Saved."
TYPE_AGAIN = "Too much time has passed, or I have been restarted. Please type it again."


class PanelButton(Pressed, template=custom_ids.PANEL):
    async def press(self, interaction: Interaction) -> None:
        await show(interaction)


class SeePanelButton(Pressed, template=custom_ids.SEE_PANEL):
    """Under what somebody has missed."""

    async def press(self, interaction: Interaction) -> None:
        await interaction.response.send_message(view=await panel_of(interaction), ephemeral=is_private(interaction))


class CoursesMenu(Pressed, template=custom_ids.FOLLOWED):
    """The chosen of the offered courses are followed, the others of them are not."""

    async def press(self, interaction: Interaction) -> None:
        bell, who = interaction.client.bell, interaction.user.id
        courses = interaction.client.assistant.knowledge.courses
        before = await bell.following(who)
        for value in self.offered:
            code = custom_ids.find(value, courses)
            if code and value in self.chosen and code not in before:
                await bell.follow(who, code)
            elif code and value not in self.chosen and code in before:
                await bell.desk.unfollow(who, code, interaction.client.now())
        await show(interaction)
        await bell.open(interaction)


class LeadsMenu(Pressed, template=custom_ids.LEADS):
    async def press(self, interaction: Interaction) -> None:
        bot, who = interaction.client, interaction.user.id
        person = await bot.bell.person(who)
        wished = _wished(self.chosen, from_file=all(one.offsets is None for one in person.follows))
        for follow in person.follows:
            await bot.bell.desk.set_offsets(who, follow.course, wished, bot.now())
        await show(interaction)


class MuteMenu(Pressed, template=custom_ids.MUTE):
    async def press(self, interaction: Interaction) -> None:
        bot = interaction.client
        course = custom_ids.find(self.chosen[0], bot.assistant.knowledge.courses)
        if course is None:
            raise Gone(COURSE_GONE)
        until = muted_until(await bot.bell.person(interaction.user.id), course, bot.now())
        await interaction.response.edit_message(view=mute_card(course, until))


class MuteButton(Pressed, template=custom_ids.MUTE_FOR):
    async def press(self, interaction: Interaction) -> None:
        bot, course = interaction.client, self.known_course(interaction)
        until = bot.now() + timedelta(days=int(self.said["days"]))
        await bot.bell.desk.mute(interaction.user.id, course, until, bot.now())
        await show(interaction)


class MessagesButton(Pressed, template=custom_ids.MESSAGES):
    async def press(self, interaction: Interaction) -> None:
        bot, on = interaction.client, self.said["switch"] == "on"
        await bot.bell.desk.set_direct_messages(interaction.user.id, bot.now(), on=on)
        await show(interaction, SWITCHED[on])


class TestButton(Pressed, template=custom_ids.TEST):
    async def press(self, interaction: Interaction) -> None:
        await interaction.response.defer()
        note = await _test(interaction)
        await interaction.edit_original_response(view=await panel_of(interaction, note))


class TimesButton(Pressed, template=custom_ids.TIMES):
    async def press(self, interaction: Interaction) -> None:
        bot, who = interaction.client, interaction.user.id
        typed = bot.drafts.find(who, TypedTimes)
        stored = times_of(await bot.bell.person(who), bot.assistant.knowledge.school.timezone)
        await interaction.response.send_modal(TimesForm(typed or stored))


class DigestButton(Pressed, template=custom_ids.DIGEST):
    async def press(self, interaction: Interaction) -> None:
        bot, who = interaction.client, interaction.user.id
        person = await bot.bell.person(who)
        typed = bot.drafts.find(who, TypedDigest) or digest_of(person)
        zone = person.zone or bot.assistant.knowledge.school.timezone
        await interaction.response.send_modal(DigestForm(typed, zone))


class StopButton(Pressed, template=custom_ids.STOP):
    async def press(self, interaction: Interaction) -> None:
        await interaction.response.edit_message(view=stop_question())


class StopAllButton(Pressed, template=custom_ids.STOP_ALL):
    async def press(self, interaction: Interaction) -> None:
        bot = interaction.client
        await bot.bell.desk.stop_all(interaction.user.id, bot.now())
        await show(interaction, STOPPED)


class OwnMenu(Pressed, template=custom_ids.OWN):
    async def press(self, interaction: Interaction) -> None:
        item = await _own(interaction, int(self.chosen[0]))
        await interaction.response.edit_message(view=own_card(item, interaction.client.now()))


class AddButton(Pressed, template=custom_ids.ADD):
    async def press(self, interaction: Interaction) -> None:
        await _open_form(interaction, Typed())


class AgainButton(Pressed, template=custom_ids.AGAIN):
    async def press(self, interaction: Interaction) -> None:
        await _open_form(interaction, _typed(interaction))


class EditButton(Pressed, template=custom_ids.EDIT):
    async def press(self, interaction: Interaction) -> None:
        item = await _own(interaction, int(self.said["item"]))
        await _open_form(interaction, typed_from(item))


class DeleteButton(Pressed, template=custom_ids.DELETE):
    async def press(self, interaction: Interaction) -> None:
        bot = interaction.client
        deleted = await bot.bell.desk.delete_item(interaction.user.id, int(self.said["item"]), bot.now())
        await show(interaction, DELETED if deleted else GONE)


class ConfirmButton(Pressed, template=custom_ids.CONFIRM):
    async def press(self, interaction: Interaction) -> None:
        bot, who, typed = interaction.client, interaction.user.id, _typed(interaction)
        if typed.draft is None:
            raise Gone(TYPE_AGAIN)
        if typed.edited is None:
            await bot.bell.desk.add_item(who, typed.draft, bot.now())
        else:
            await bot.bell.desk.edit_item(who, typed.edited.id, typed.draft, bot.now())
        await show(interaction, ADDED)
        await bot.bell.open(interaction)


BUTTONS: tuple[type[Pressed], ...] = (
    PanelButton,
    SeePanelButton,
    CoursesMenu,
    LeadsMenu,
    MuteMenu,
    MuteButton,
    MessagesButton,
    TestButton,
    TimesButton,
    DigestButton,
    StopButton,
    StopAllButton,
    OwnMenu,
    AddButton,
    AgainButton,
    EditButton,
    DeleteButton,
    ConfirmButton,
)


def _wished(chosen: tuple[str, ...], *, from_file: bool) -> tuple[int, ...] | None:
    """What was chosen last counts: the file's offsets go out when others are added to them, and the other way round."""
    own = tuple(int(value) for value in chosen if value != FILE)
    return None if not own or (FILE in chosen and not from_file) else own


async def _test(interaction: Interaction) -> str:
    """Write to the person who asks for it, and say what came of it."""
    bot, who = interaction.client, interaction.user.id
    await bot.bell.open(interaction)
    channel = (await bot.bell.person(who)).dm_channel
    result = await bot.bell.poster.write(channel, TEST) if channel is not None else None
    if isinstance(result, PersonClosed):
        await bot.bell.desk.direct_messages_closed(who, bot.now())
        return ""
    return TESTED if isinstance(result, Sent) else NOT_TESTED


async def _own(interaction: Interaction, number: int) -> PersonalItem:
    person = await interaction.client.bell.person(interaction.user.id)
    found = next((item for item in person.items if item.id == number), None)
    if found is None:
        raise Gone(GONE)
    return found


def _typed(interaction: Interaction) -> Typed:
    """What this person typed into the form before."""
    typed = interaction.client.drafts.find(interaction.user.id, Typed)
    if typed is None:
        raise Gone(TYPE_AGAIN)
    return typed


async def _open_form(interaction: Interaction, typed: Typed) -> None:
    asker = await asker_of(interaction)
    if typed.course:  # offered even where there are more courses than a menu holds
        asker = replace(asker, following=(typed.course, *asker.following))
    offered = interaction.client.assistant.suggest_courses("", asker)
    await interaction.response.send_modal(ItemForm(typed, offered))
