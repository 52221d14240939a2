"""/help: what the bot does, by example, what it keeps, and whom to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord import app_commands
from discord.ext import commands

from bot.chat.cards import layout
from bot.chat.privacy import privacy_buttons
from bot.chat.replies import Interaction, is_private

if TYPE_CHECKING:
    from bot.chat.client import SchoolbellBot

TITLE = "What I can do"
LINES = (
    "{ask} answers a question, for example: *what if I miss {code}'s session?*",
    "{course} shows a course or compares two: format, next session, deadlines, contact; and finds you study partners.",
    "{schedule} lists what is coming up, and gives you a calendar file.",
    "{reminders} reminds you before live sessions and deadlines, and of deadlines and study times of your own; once a "
    "week, if you like, it tells you what is ahead.",
    "{formats} explains asynchronous, synchronous and hybrid, and helps you choose.",
    "You can also write to me in a direct message or mention me in a channel. For somebody else's question, press long "
    "on the message (or right-click it) and choose **Apps > Answer this**.",
)
KEPT = (
    "**What I keep about you:** if you want reminders, the courses and times that you chose, your own deadlines and "
    "study times until a week after they have passed, and which reminders you got in the last 60 days; and the courses "
    "for which you look for study partners. Your last question is remembered for ten minutes, so that you can go on "
    "with *and {code}?* A question that I could not answer is kept for staff for 30 days at most, and who asked it "
    "only until they have seen to it. "
    "No other question is stored."
)
CONTACT = "**A person to ask:** {contact}"
EXAMPLE = "my course"
COMMANDS = ("ask", "course", "schedule", "reminders", "formats")


class Help(commands.Cog):
    """Explains the bot."""

    def __init__(self, bot: SchoolbellBot) -> None:
        self.bot = bot

    @app_commands.command(name="help", description="What I can do, with examples, and whom to ask")
    async def help_(self, interaction: Interaction) -> None:
        mentions = {name: self.bot.mention(name) for name in COMMANDS}
        code = next(iter(self.bot.assistant.knowledge.courses), EXAMPLE)
        lines = [f"- {line.format(code=code, **mentions)}" for line in LINES]
        contact = CONTACT.format(contact=self.bot.assistant.contact())
        text = "\n".join([f"### {TITLE}", *lines, "", KEPT.format(code=code), contact])
        view = layout([text], rows=[privacy_buttons()])
        await interaction.response.send_message(view=view, ephemeral=is_private(interaction))
