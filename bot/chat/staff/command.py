"""/staff: the desk, one group of commands that students neither see nor can use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord import app_commands
from discord.ext import commands

from bot.chat.cards import course_names
from bot.chat.failures import offers_nothing_on_failure
from bot.chat.replies import Interaction, asker_of
from bot.chat.staff import inbox, moves, notify, preview, report, status, why
from bot.store.questions import COUNTED_DAYS

if TYPE_CHECKING:
    from bot.chat.client import SchoolbellBot

NAME = "staff"
"""All that begins with this name is checked in one place, where commands arrive (`Tree.interaction_check`)."""
LONGEST_QUESTION = 1_000
LONGEST_NOTICE = 1_700
"""Letters; Discord allows 2,000 with the role, the course and the name of who writes it."""


@app_commands.default_permissions(manage_guild=True)
@app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
class Staff(commands.GroupCog, group_name=NAME, group_description="The staff desk: only staff see and can use it"):
    """Opens the desk."""

    def __init__(self, bot: SchoolbellBot) -> None:
        self.bot = bot

    @app_commands.command(name="status", description="How the files, the reminders and this server are doing")
    async def status(self, interaction: Interaction) -> None:
        await status.show(interaction)

    @app_commands.command(name="changes", description="Changed dates of which students have not been told yet")
    async def changes(self, interaction: Interaction) -> None:
        await moves.show(interaction)

    @app_commands.command(name="inbox", description="Questions that I could not answer, and what to do about them")
    async def inbox(self, interaction: Interaction) -> None:
        await inbox.show(interaction)

    @app_commands.command(name="why", description="How a question is matched, and what wording would help")
    @app_commands.describe(question="A question as a student would type it")
    async def why(self, interaction: Interaction, question: app_commands.Range[str, 1, LONGEST_QUESTION]) -> None:
        await why.show(interaction, question)

    @app_commands.command(name="report", description="What was asked and whether it helped, without names")
    @app_commands.describe(days="So many days up to today; 30 if you leave it out")
    async def report(self, interaction: Interaction, days: app_commands.Range[int, 1, COUNTED_DAYS] = 30) -> None:
        await report.show(interaction, days)

    @app_commands.command(name="preview", description="See a question, a draft or a course as students see it")
    @app_commands.describe(item="A question or a course; pick one from the list")
    async def preview(self, interaction: Interaction, item: str) -> None:
        await preview.show(interaction, item)

    @preview.autocomplete("item")
    @offers_nothing_on_failure
    async def complete_item(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return preview.choices(self.bot.assistant.knowledge, typed)

    @app_commands.command(
        name="notify", description="Tell a course something in its channel, with its role, after a preview"
    )
    @app_commands.describe(
        course="Its code or name",
        message="What to tell them, in Markdown",
        test="See a sample of each reminder of the course instead; only you see it",
    )
    async def notify(
        self,
        interaction: Interaction,
        course: str,
        message: app_commands.Range[str, 1, LONGEST_NOTICE] | None = None,
        test: bool = False,
    ) -> None:
        await notify.show(interaction, course, message, test=test)

    @notify.autocomplete("course")
    @offers_nothing_on_failure
    async def complete_course(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        courses = self.bot.assistant.suggest_courses(typed, await asker_of(interaction))
        return [app_commands.Choice(name=name, value=code) for name, code in course_names(courses)]
