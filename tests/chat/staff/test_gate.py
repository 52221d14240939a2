"""A student can use nothing of staff's: no command, no suggestion, no button and no form, not even a forged one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import discord
import pytest
from discord import app_commands, ui
from hypothesis import Phase, find, settings
from hypothesis import strategies as st
from simcord.actors import MemberActor
from simcord.env import Env

from bot.chat import buttons, client  # the client knows every part of the bot
from bot.chat.forms import Form
from bot.chat.pressing import Pressed
from bot.chat.staff.gate import STAFF_ONLY, StaffForm, StaffPressed
from tests.chat.conftest import School
from tests.chat.reading import seen, words

ANY = {
    discord.AppCommandOptionType.string: "x",
    discord.AppCommandOptionType.integer: 7,
    discord.AppCommandOptionType.boolean: True,
}


def all_of(kind: type[Any]) -> Iterator[type[Any]]:
    for one in kind.__subclasses__():
        yield one
        yield from all_of(one)


def pattern_of(button: type[Pressed]) -> str:
    return button.__discord_ui_compiled_template__.pattern


def custom_id_of(button: type[Pressed]) -> str:
    """Any custom_id that leads to this button."""
    once = settings(max_examples=1, phases=[Phase.generate], database=None)
    return find(st.from_regex(pattern_of(button), fullmatch=True), lambda _: True, settings=once)


def is_staffs(thing: type[Any]) -> bool:
    return thing.__module__.startswith("bot.chat.staff.")


STAFF_BUTTONS = [one for one in buttons.BUTTONS if is_staffs(one)]


@pytest.fixture
async def opened_to_all(school: School, simcord_env: Env) -> list[app_commands.Command[Any, ..., Any]]:
    """Somebody lets everyone see /staff, in the server's settings."""
    assert isinstance(simcord_env.bot, client.SchoolbellBot)
    published = next(one for one in await simcord_env.bot.tree.fetch_commands() if one.name == "staff")
    school.guild.set_command_permissions(published, {school.guild.default_role: True})
    return [
        one
        for one in simcord_env.bot.tree.walk_commands()
        if isinstance(one, app_commands.Command) and one.qualified_name.startswith("staff ")
    ]


def test_staffs_buttons_and_forms_are_all_behind_the_gate() -> None:
    pressed = [one for one in all_of(Pressed) if is_staffs(one)]
    forms = [one for one in all_of(Form) if is_staffs(one)]
    assert forms
    assert all(issubclass(one, StaffPressed) for one in pressed)
    assert all(issubclass(one, StaffForm) for one in forms)
    assert all(pattern_of(one).startswith("staff:") == is_staffs(one) for one in buttons.BUTTONS)
    unregistered = [one for one in pressed if one not in buttons.BUTTONS and pattern_of(one) != "(?!)"]
    assert unregistered == []


async def test_students_do_not_see_staffs_commands(school: School, lee: MemberActor) -> None:
    assert not [name for name in school.ann.available_commands(school.general) if name.startswith("staff")]
    assert [name for name in lee.available_commands(school.general) if name.startswith("staff")]


async def test_a_student_who_sees_the_commands_all_the_same_can_use_none(
    school: School, opened_to_all: list[app_commands.Command[Any, ..., Any]]
) -> None:
    assert opened_to_all
    for command in opened_to_all:
        options = {one.display_name: ANY[one.type] for one in command.parameters}
        result = await school.ann.slash(school.general, command.qualified_name, **options)
        assert words(result.response) == STAFF_ONLY
        assert result.ephemeral
        for one in command.parameters:
            if one.autocomplete:
                offered = await school.ann.autocomplete(school.general, command.qualified_name, one.display_name, "")
                assert offered == []


async def test_a_student_can_press_no_button_of_staffs(school: School, lee: MemberActor) -> None:
    channel = school.env.bot.get_channel(school.general.id)
    assert isinstance(channel, discord.TextChannel)
    assert STAFF_BUTTONS
    for button in STAFF_BUTTONS:
        view = ui.View(timeout=None)
        view.add_item(ui.Button(label="Forged", custom_id=custom_id_of(button)))
        view.stop()
        message = await channel.send(view=view)
        result = await school.ann.click(message, label="Forged")
        assert words(result.response) == STAFF_ONLY, button
        assert result.ephemeral
        by_staff = await lee.click(message, label="Forged")
        assert by_staff.response is None or words(by_staff.response) != STAFF_ONLY, button


async def test_who_may_manage_one_channel_only_is_not_staff(school: School, simcord_env: Env) -> None:
    tutor = school.guild.add_member(simcord_env.create_user("tutor"))
    manages = discord.PermissionOverwrite(manage_messages=True)
    own = school.guild.create_text_channel("study-group", overwrites={tutor: manages})
    school.guild.set_command_permissions(
        next(one for one in await simcord_env.bot.tree.fetch_commands() if one.name == "staff"),  # type: ignore[attr-defined]
        {school.guild.default_role: True},
    )
    result = await tutor.slash(own, "staff preview", item="login-time")
    assert words(result.response) == STAFF_ONLY


async def test_a_form_is_not_read_from_who_is_staff_no_more(school: School, lee: MemberActor, simcord_env: Env) -> None:
    preview = await lee.slash(school.general, "staff preview", item="login-time")
    form = await lee.click(seen(preview), label="At another time")
    assert form.modal is not None
    simcord_env.backend.guilds[school.guild.id].members[lee.id].role_ids.clear()
    field = form.modal["components"][0]["component"]["custom_id"]
    result = await lee.submit_modal(form, {field: "24 Nov 2026 17:00"})
    assert words(result.response) == STAFF_ONLY
