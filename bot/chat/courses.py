"""Courses and delivery formats: /course, /schedule, /formats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord import app_commands
from discord.ext import commands

from bot.chat import custom_ids
from bot.chat.cards import course_buttons, course_names, schedule_buttons, suits_button
from bot.chat.failures import offers_nothing_on_failure
from bot.chat.replies import Interaction, asker_of, reply
from bot.content.model import Format

if TYPE_CHECKING:
    from bot.chat.client import SchoolbellBot

WHOLE_TERM = 0
DAYS = [
    app_commands.Choice(name="the next 7 days", value=7),
    app_commands.Choice(name="the next 14 days", value=14),
    app_commands.Choice(name="the next 30 days", value=30),
    app_commands.Choice(name="the whole term", value=WHOLE_TERM),
]
FORMATS = [app_commands.Choice(name=one.capitalize(), value=one.value) for one in Format]


class Courses(commands.Cog):
    """Shows what the files say about courses."""

    def __init__(self, bot: SchoolbellBot) -> None:
        self.bot = bot

    @app_commands.command(description="See a course: its format, next session, deadlines and contact")
    @app_commands.describe(
        course="Its code or name; leave it out for this channel's or your own course",
        compare="A second course, to see both under each other",
    )
    async def course(self, interaction: Interaction, course: str | None = None, compare: str | None = None) -> None:
        outcome = self.bot.assistant.course(course, compare, await asker_of(interaction), now=self.bot.now())
        await reply(interaction, outcome, actions=course_buttons(outcome, self.bot.assistant.knowledge))

    @app_commands.command(description="See the live sessions and deadlines that are coming up")
    @app_commands.describe(
        course="Its code or name; leave it out for this channel's or your own courses",
        days="How far ahead; 7 days if you leave it out",
    )
    @app_commands.choices(days=DAYS)
    async def schedule(self, interaction: Interaction, course: str | None = None, days: int = 7) -> None:
        outcome = self.bot.assistant.schedule(course, days or None, await asker_of(interaction), now=self.bot.now())
        actions = schedule_buttons(outcome)
        await reply(interaction, outcome, actions=actions, pick=lambda code: custom_ids.schedule(0, code, days))

    @course.autocomplete("course")
    @course.autocomplete("compare")
    @schedule.autocomplete("course")
    @offers_nothing_on_failure
    async def complete(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        courses = self.bot.assistant.suggest_courses(typed, await asker_of(interaction))
        return [app_commands.Choice(name=name, value=code) for name, code in course_names(courses)]

    @app_commands.command(description="What asynchronous, synchronous and hybrid courses are, and how they differ")
    @app_commands.rename(which="format")
    @app_commands.describe(which="One of the three; leave it out to compare all")
    @app_commands.choices(which=FORMATS)
    async def formats(self, interaction: Interaction, which: str | None = None) -> None:
        outcome = self.bot.assistant.formats(Format(which) if which else None)
        await reply(interaction, outcome, actions=suits_button())
